//! Letters about certifications, to everybody with an account of the company.

use diesel::prelude::*;

use super::{Certification, category};
use crate::access::accounts::Account;
use crate::access::company_people;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::notices::{self, Letter};
use crate::schema::suppliers;
use crate::texts::{Language, Texts};
use crate::vault::Vault;

pub(super) const RETURNED: &str = "certification_returned";
pub(super) const CERTIFIED: &str = "certification_certified";
pub(super) const DECLINED: &str = "certification_declined";
/// Suspended by somebody's decision.
pub(super) const HALTED: &str = "certification_halted";
pub(super) const REVOKED: &str = "certification_revoked";
/// Suspended because something is missing; the lines say what and what to do.
pub(super) const SUSPENDED: &str = "certification_suspended";
pub(super) const RESTORED: &str = "certification_restored";
pub(super) const LAPSED: &str = "certification_lapsed";

/// Tells a company of one of its certifications. `lines` gives the paragraphs after the body.
pub(super) fn tell(
    c: &mut AnyConnection,
    vault: &Vault,
    certification: &Certification,
    kind: &'static str,
    lines: impl Fn(&Texts) -> Vec<String>,
) -> Result<(), Error> {
    let category = category(c, &certification.category_id)?;
    let (company, accounts) = addressees(c, &certification.supplier_id)?;
    for account in accounts {
        let language = Language::parse(&account.language).unwrap_or(Language::English);
        let name = match language {
            Language::English => category.name_en.clone(),
            Language::Chinese => category.name_zh.clone(),
        };
        let letter = Letter {
            kind,
            email: &account.email,
            name: &account.name,
            language,
            supplier_id: Some(&certification.supplier_id),
            args: vec![
                ("company", company.clone()),
                ("number", certification.code()),
                ("category", name),
            ],
            lines: lines(language.texts()),
            link: Some("/portal/certification".into()),
        };
        notices::post(c, vault, letter)?;
    }
    Ok(())
}

/// The name of a company, and its open accounts.
fn addressees(c: &mut AnyConnection, supplier_id: &str) -> Result<(String, Vec<Account>), Error> {
    let name = suppliers::table.find(supplier_id).select(suppliers::legal_name).first(c)?;
    Ok((name, company_people::open_of(c, supplier_id)?))
}
