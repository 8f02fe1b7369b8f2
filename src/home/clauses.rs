//! What waits where clauses are written and signed.

use super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::clauses::coverage::unasked;
use crate::clauses::rights::list as rights;
use crate::clauses::{Status, list};
use crate::db::AnyConnection;
use crate::error::Error;

/// Drafts of clauses that somebody else wrote.
pub fn to_review(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = list::waiting(c, Status::Draft, &actor.account_id, AT_MOST)?;
    Ok(found.into_iter().map(|one| version("clause_review", one)).collect())
}

/// Reviewed clauses in whose words somebody had no part.
pub fn to_publish(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = list::waiting(c, Status::Reviewed, &actor.account_id, AT_MOST)?;
    Ok(found.into_iter().map(|one| version("clause_publication", one)).collect())
}

/// Drafts of clauses that were returned to whoever wrote them.
pub fn returned(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = list::returned(c, &actor.account_id, AT_MOST)?;
    Ok(found.into_iter().map(|one| version("clause_returned", one)).collect())
}

fn version(kind: &'static str, (id, english, chinese, since): list::Waiting) -> Waiting {
    Waiting {
        kind,
        path: format!("/clause-versions/{id}"),
        about: if english == chinese { english } else { format!("{english} · {chinese}") },
        number: None,
        since,
    }
}

/// Requests for the right to sign.
pub fn signing_rights(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let one = |row: rights::Row| Waiting {
        kind: "signing_right",
        path: format!("/signing-rights/{}", row.right.id),
        about: format!("{} · {}", row.account_name, row.company.1),
        number: None,
        since: row.right.created_at,
    };
    Ok(rights::to_decide(c, actor, AT_MOST)?.into_iter().map(one).collect())
}

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
