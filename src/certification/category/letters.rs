//! Letters about certifications, to everybody with an account of the company.

use diesel::prelude::*;

use super::{Certification, category};
use crate::certification::PORTAL;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::notices::company as letters;
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
    let company: String =
        suppliers::table.find(&certification.supplier_id).select(suppliers::legal_name).first(c)?;
    let words = |texts: &Texts| {
        let name = match texts.language() {
            Language::English => category.name_en.clone(),
            Language::Chinese => category.name_zh.clone(),
        };
        (vec![("number", certification.code()), ("category", name)], lines(texts))
    };
    letters::tell(c, vault, (&certification.supplier_id, &company), kind, PORTAL, words)
}
