//! A company is told what became of a certificate.

use super::{Certificate, types};
use crate::access::company_people;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::notices::{self, Letter};
use crate::suppliers::Supplier;
use crate::texts::Language;
use crate::vault::Vault;

/// Writes to everybody of the company who can sign in. `said` is what was said of the certificate.
pub(super) fn tell(
    c: &mut AnyConnection,
    vault: &Vault,
    kind: &'static str,
    certificate: &Certificate,
    supplier: &Supplier,
    said: &str,
) -> Result<(), Error> {
    for account in company_people::open_of(c, &supplier.id)? {
        let language = Language::parse(&account.language).unwrap_or(Language::English);
        let letter = Letter {
            kind,
            email: &account.email,
            name: &account.name,
            language,
            supplier_id: Some(&supplier.id),
            args: vec![
                ("type", types::name(language.texts(), &certificate.type_id).to_string()),
                ("number", certificate.number.clone()),
                ("company", supplier.legal_name.clone()),
            ],
            lines: vec![said.to_string()],
            link: Some(format!("/portal/certificates/{}", certificate.id)),
        };
        notices::post(c, vault, letter)?;
    }
    Ok(())
}
