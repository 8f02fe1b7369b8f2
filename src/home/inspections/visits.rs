//! What waits where companies are inspected.

use super::super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::visits::waiting;

/// Inspections for which nobody is named.
pub fn to_assign(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = waiting::to_assign(c, &actor.scope, AT_MOST)?;
    Ok(found.into_iter().map(|one| of_inspection("inspection_assign", one)).collect())
}

/// Somebody's inspections before they have said whether they have a conflict of interest.
pub fn to_declare(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = waiting::to_declare(c, actor, AT_MOST)?;
    Ok(found.into_iter().map(|one| of_inspection("inspection_declare", one)).collect())
}

/// Somebody's visits to make, or to go on with.
pub fn to_visit(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = waiting::to_visit(c, actor, AT_MOST)?;
    Ok(found.into_iter().map(|one| of_inspection("inspection_visit", one)).collect())
}

/// Somebody's visits in which every item has a result.
pub fn to_sign_off(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = waiting::to_sign_off(c, actor, AT_MOST)?;
    Ok(found.into_iter().map(|one| of_inspection("inspection_sign_off", one)).collect())
}

fn of_inspection(kind: &'static str, (id, about, since): waiting::Waiting) -> Waiting {
    Waiting { kind, path: format!("/inspections/{id}"), about, number: None, since }
}
