//! A company proposes itself on the public page. Whether it is in the register already is not
//! told to it: anybody could ask for anybody.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Candidate, CompanyInput, check};
use crate::access::{Actor, Client, Counter, Role, Scope, admit};
use crate::audit;
use crate::categories;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::notices::{self, Letter};
use crate::schema::candidates;
use crate::texts::Language;
use crate::vault::Vault;

/// Letters that say what somebody offers, at least.
const LEAST_MESSAGE: usize = 15;

/// The form of the public page.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SelfInput {
    #[serde(flatten)]
    #[validate(nested)]
    pub company: CompanyInput,
    /// Id of a category.
    pub category: String,
    #[validate(length(max = 2000))]
    pub message: String,
    /// Nobody sees this field; programs that fill in everything do.
    pub fax: String,
}

impl SelfInput {
    fn problems(&self) -> Problems {
        let mut problems = self.company.problems();
        let company = &self.company;
        let needed =
            [("contact_name", &company.contact_name), ("contact_email", &company.contact_email)];
        for (field, text) in needed {
            if text.trim().is_empty() {
                problems.add(Problem::new(field, "missing"));
            }
        }
        // Both names are in the letter of thanks, which must carry nobody's advertisement.
        for (field, text) in [
            ("legal_name", &company.legal_name),
            ("english_name", &company.english_name),
            ("contact_name", &company.contact_name),
        ] {
            if has_address(text) {
                problems.add(Problem::new(field, "address_in_name"));
            }
        }
        if self.message.trim().chars().count() < LEAST_MESSAGE {
            problems.add(Problem::new("message", "too_short").with("min", LEAST_MESSAGE));
        }
        problems
    }
}

fn has_address(text: &str) -> bool {
    let text = text.to_lowercase();
    text.contains("://") || text.contains("www.") || text.contains('@')
}

/// Takes in what a company says of itself: a candidate that is held, and a letter of thanks.
/// [`Error::TooMany`] when too much was handed in from there, or altogether.
pub fn arrive(
    c: &mut AnyConnection,
    vault: &Vault,
    client: &Client,
    input: &SelfInput,
) -> Result<(), Error> {
    let mut problems = input.problems();
    if !categories::all(c)?.iter().any(|one| one.id == input.category) {
        problems.add(Problem::new("category", "unknown_choice"));
    }
    problems.into_result()?;
    admit(c, &Counter::of_visitor("candidates", client))?;
    // Who fell into the trap is thanked like everybody.
    if !input.fax.is_empty() {
        return Ok(());
    }
    let alert = check::alert(c, vault, &input.company)?;
    let described = input.company.described(c, vault, alert, &input.message)?;
    let candidate = Candidate { category_id: Some(input.category.clone()), ..described };
    diesel::insert_into(candidates::table).values(&candidate).execute(c)?;
    thank(c, vault, &candidate)?;
    let details = json!({
        "number": candidate.number,
        "legal_name": candidate.legal_name,
        "country": candidate.country,
        "alert": candidate.alert.as_str(),
    });
    audit::append(c, &visitor(), "candidate.arrived", ("candidate", &candidate.id), details)
}

/// One letter a day to an address: it may be that of somebody who never asked for it.
fn thank(c: &mut AnyConnection, vault: &Vault, candidate: &Candidate) -> Result<(), Error> {
    let email = candidate.contact_email.to_lowercase();
    match admit(c, &[Counter::of_letter("candidate_received", &email)]) {
        Err(Error::TooMany) => return Ok(()),
        other => other?,
    }
    let letter = Letter {
        kind: "candidate_received",
        email: &candidate.contact_email,
        name: &candidate.contact_name,
        language: Language::parse(&candidate.language).unwrap_or(Language::English),
        supplier_id: None,
        args: vec![("company", candidate.legal_name.clone()), ("number", candidate.code())],
        lines: Vec::new(),
        link: None,
    };
    notices::post(c, vault, letter)?;
    Ok(())
}

/// Whoever filled in the public page.
fn visitor() -> Actor {
    Actor {
        account_id: "public-page".into(),
        name: "public page".into(),
        role: Role::SupplierMember,
        scope: Scope::Areas(Default::default()),
        supplier_id: None,
    }
}
