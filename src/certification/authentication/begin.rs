//! An authentication is begun.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::provider::Providers;
use super::transfer::{Transfer, confirmed};
use super::{Authentication, Method, Status};
use crate::access::{May, right};
use crate::audit;
use crate::certification::basic::examine::chosen_document;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::notices::company as letters;
use crate::schema::authentications;
use crate::suppliers::people::{self, Part, Person};
use crate::suppliers::{self, Supplier};
use crate::values::{new_id, now};
use crate::vault::Vault;

/// The form that begins an authentication.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct BeginningInput {
    /// Id of the legal representative or a signatory of the company.
    pub person: String,
    pub method: String,
    /// What was seen: needed where a person looks.
    #[validate(length(max = 2000))]
    pub evidence: String,
    /// Id of a document of the company, or "".
    pub document: String,
    /// Id of the account that money is sent to; the first confirmed one when "".
    pub account: String,
}

/// Who of a company can be authenticated.
pub fn candidates(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Person>, Error> {
    let mut people = people::of(c, supplier_id)?;
    people.retain(|person| person.role != Part::BeneficialOwner);
    Ok(people)
}

/// Begins the authentication of somebody behind a company, one at a time. For a bank transfer an
/// amount is drawn, and the company's people are told to look for it.
pub fn begin(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    (vault, providers): (&Vault, &Providers),
    supplier_id: &str,
    input: &BeginningInput,
) -> Result<Authentication, Error> {
    let supplier = suppliers::find(c, by.scope(), supplier_id)?;
    let mut problems = Problems::default();
    let people = candidates(c, supplier_id)?;
    let person = people.into_iter().find(|person| person.id == input.person);
    if person.is_none() {
        problems.add(Problem::new("person", "unknown_choice"));
    }
    let method = Method::parse(&input.method);
    match method {
        None => problems.add(Problem::new("method", "authentication_method")),
        Some(Method::External) if providers.get().is_none() => {
            problems.add(Problem::new("method", "authentication_no_provider"));
        }
        Some(method) if method.is_by_person() && input.evidence.trim().is_empty() => {
            problems.add(Problem::new("evidence", "authentication_evidence"));
        }
        Some(_) => {}
    }
    let (Some(person), Some(method), true) = (person, method, problems.is_empty()) else {
        return Err(problems.into());
    };
    let document = match input.document.as_str() {
        "" => None,
        chosen => Some(chosen_document(c, supplier_id, chosen)?),
    };
    let of_person = super::of_person(c, &person.id)?;
    if of_person.iter().any(|one| one.status == Status::Open) {
        return Err(Error::Conflict("conflict-authentication-running"));
    }
    let id = new_id();
    let secret_sealed = match method {
        Method::BankTransfer => transfer(c, supplier_id, &input.account)?.sealed(vault, &id)?,
        _ => String::new(),
    };
    let authentication = Authentication {
        id,
        supplier_id: supplier_id.into(),
        person_id: person.id.clone(),
        method,
        status: Status::Open,
        evidence: input.evidence.trim().into(),
        document_id: document,
        secret_sealed,
        tries: 0,
        begun_by: by.actor().account_id.clone(),
        begun_name: by.actor().name.clone(),
        created_at: now(),
        verified_at: None,
        verified_by: None,
        verified_name: String::new(),
        verification_note: String::new(),
        valid_to: None,
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(authentications::table).values(&authentication).execute(c)?;
    if method == Method::BankTransfer {
        tell(c, vault, &supplier, &person, &authentication)?;
    }
    let details = json!({
        "authentication": authentication.id,
        "person": person.id,
        "name": person.name,
        "role": person.role.as_str(),
        "method": method.as_str(),
    });
    audit::append(c, by.actor(), "authentication.begun", ("supplier", supplier_id), details)?;
    Ok(authentication)
}

/// An amount for the chosen account, or the first.
fn transfer(c: &mut AnyConnection, supplier_id: &str, chosen: &str) -> Result<Transfer, Error> {
    let accounts = confirmed(c, supplier_id)?;
    if accounts.is_empty() {
        return Err(Problems::one("method", "authentication_no_account").into());
    }
    let account = accounts.iter().find(|account| chosen.is_empty() || account.id == chosen);
    let account = account.ok_or_else(|| Problems::one("account", "unknown_choice"))?;
    Transfer::draw(account)
}

fn tell(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier: &Supplier,
    person: &Person,
    authentication: &Authentication,
) -> Result<(), Error> {
    let words = |_: &_| (vec![("person", person.name.clone())], Vec::new());
    let link = format!("/portal/authentications/{}", authentication.id);
    let company = (supplier.id.as_str(), supplier.legal_name.as_str());
    letters::tell(c, vault, company, "authentication_transfer", &link, words)
}
