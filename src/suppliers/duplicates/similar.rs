//! Companies of the register that one which is not in it may be.

use super::compare::{compared, sharing};
use super::keys::keys;
use super::score::{Described, THRESHOLD, likeness};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;

/// How many are named.
pub const SHOWN: usize = 10;

/// The companies within the scope that are as alike as those of the queue: ids, the likeliest
/// first, at most [`SHOWN`].
pub fn similar(
    c: &mut AnyConnection,
    scope: &Scope,
    described: &Described,
) -> Result<Vec<String>, Error> {
    let sharing = sharing(c, "", &keys(described))?;
    if sharing.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<&str> = sharing.iter().map(String::as_str).collect();
    let mut found: Vec<(i64, String)> = compared(c, &ids)?
        .into_iter()
        .map(|other| (other.described(), other.id))
        .filter(|(other, _)| scope.allows(&other.area))
        .map(|(other, id)| (likeness(described, &other).score, id))
        .filter(|(score, _)| *score >= THRESHOLD)
        .collect();
    found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    found.truncate(SHOWN);
    Ok(found.into_iter().map(|(_, id)| id).collect())
}
