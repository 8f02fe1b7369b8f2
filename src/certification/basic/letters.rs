//! The company's people are told.

use crate::access::company_people;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::notices::{self, Letter};
use crate::suppliers::Supplier;
use crate::texts::Language;
use crate::vault::Vault;

/// Writes to everybody with an open account of a company; to nobody where there is none. The link
/// leads to the company's certification.
pub fn tell(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier: &Supplier,
    kind: &'static str,
    args: &[(&'static str, String)],
    lines: Vec<String>,
) -> Result<(), Error> {
    tell_leading_to(c, vault, supplier, kind, args, lines, "/portal/certification")
}

/// [`tell`] with a link of its own.
pub fn tell_leading_to(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier: &Supplier,
    kind: &'static str,
    args: &[(&'static str, String)],
    lines: Vec<String>,
    link: &str,
) -> Result<(), Error> {
    for to in company_people::open_of(c, &supplier.id)? {
        let mut args = args.to_vec();
        args.push(("company", supplier.legal_name.clone()));
        let letter = Letter {
            kind,
            email: &to.email,
            name: &to.name,
            language: Language::parse(&to.language).unwrap_or(Language::English),
            supplier_id: Some(&supplier.id),
            args,
            lines: lines.clone(),
            link: Some(link.into()),
        };
        notices::post(c, vault, letter)?;
    }
    Ok(())
}
