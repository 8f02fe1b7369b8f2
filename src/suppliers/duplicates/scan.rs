//! Lists bring many companies at once: they queue, and are compared a few at a time.

use diesel::prelude::*;

use super::compare::compare;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::comparisons_due;

/// Companies compared in one change: others wait for it some hundredths of a second.
pub const AT_ONCE: i64 = 25;

/// Compares the companies that wait the longest; how many. Two nodes that do so at once take
/// different ones, since each takes them inside its own transaction.
pub fn scan_some(c: &mut AnyConnection) -> Result<usize, Error> {
    let due: Vec<String> = comparisons_due::table
        .order((comparisons_due::since, comparisons_due::supplier_id))
        .limit(AT_ONCE)
        .select(comparisons_due::supplier_id)
        .load(c)?;
    for id in &due {
        compare(c, id)?;
    }
    let ids = due.iter().map(String::as_str);
    diesel::delete(comparisons_due::table.filter(among(comparisons_due::supplier_id, ids)))
        .execute(c)?;
    Ok(due.len())
}

/// Whether any company waits to be compared.
pub fn is_due(c: &mut AnyConnection) -> Result<bool, Error> {
    let first: Option<String> =
        comparisons_due::table.select(comparisons_due::supplier_id).limit(1).first(c).optional()?;
    Ok(first.is_some())
}

/// How many companies wait to be compared.
pub fn due(c: &mut AnyConnection) -> Result<i64, Error> {
    Ok(comparisons_due::table.count().get_result(c)?)
}
