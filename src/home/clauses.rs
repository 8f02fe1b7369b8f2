//! What waits where clauses are signed.

use super::Waiting;
use crate::access::Actor;
use crate::clauses::coverage::unasked;
use crate::db::AnyConnection;
use crate::error::Error;

/// Companies that must sign a clause and were not asked to: one line for each clause.
pub fn unasked(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let one = |one: unasked::Unasked| Waiting {
        kind: "clause_unasked",
        path: format!("/clauses/coverage?clause={}&standing=outstanding", one.clause.code),
        about: format!("{} · {}", one.clause.name_en, one.clause.name_zh),
        number: Some(one.companies),
        since: one.since,
    };
    Ok(unasked::today(c, &actor.scope)?.into_iter().map(one).collect())
}
