//! Letters to the company of a case. Who may not see cases does not see them in the log of letters.

use crate::db::AnyConnection;
use crate::error::Error;
use crate::notices;
use crate::punishments::Case;
use crate::suppliers::Supplier;
use crate::vault::Vault;

/// Kinds of letters that tell of cases: the log shows them to who may see cases.
pub use crate::notices::list::OF_CASES as KINDS;

/// Writes a letter of a kind to everybody of the company. Each takes the arguments `case`, `company` and `day`,
/// "" where there is none.
pub fn tell(
    c: &mut AnyConnection,
    vault: &Vault,
    (case, supplier): (&Case, &Supplier),
    kind: &'static str,
    day: Option<chrono::NaiveDate>,
) -> Result<(), Error> {
    let link = format!("/portal/measures/{}", case.id);
    notices::company::tell(c, vault, (&supplier.id, &supplier.legal_name), kind, &link, |_| {
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        (vec![("case", case.code()), ("day", day)], Vec::new())
    })
}
