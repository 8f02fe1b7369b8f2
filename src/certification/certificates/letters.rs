//! A company is told what became of a certificate.

use super::{Certificate, types};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::notices::company as letters;
use crate::suppliers::Supplier;
use crate::texts::Texts;
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
    let words = |texts: &Texts| {
        let name = types::name(texts, &certificate.type_id).to_string();
        let args = vec![("type", name), ("number", certificate.number.clone())];
        (args, vec![said.to_string()])
    };
    let link = format!("/portal/certificates/{}", certificate.id);
    letters::tell(c, vault, (&supplier.id, &supplier.legal_name), kind, &link, words)
}
