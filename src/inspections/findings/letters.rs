//! A company is told what became of a finding.

use super::Finding;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::notices::company as letters;
use crate::suppliers::Supplier;
use crate::texts::Texts;
use crate::vault::Vault;

/// Writes to everybody of the company who can sign in. `lines` is what was said of the finding.
pub(super) fn tell(
    c: &mut AnyConnection,
    vault: &Vault,
    kind: &'static str,
    finding: &Finding,
    supplier: &Supplier,
    lines: Vec<String>,
) -> Result<(), Error> {
    let words = |_: &Texts| {
        let args = vec![("number", finding.code()), ("due", finding.next_day().to_string())];
        (args, lines.clone())
    };
    let link = format!("/portal/findings/{}", finding.id);
    letters::tell(c, vault, (&supplier.id, &supplier.legal_name), kind, &link, words)
}
