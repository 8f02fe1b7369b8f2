//! What waits where companies are certified.

use super::Waiting;
use crate::access::Actor;
use crate::certification::category::waiting;
use crate::db::AnyConnection;
use crate::error::Error;

/// Applications for a category that are to be audited.
pub fn applications(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = waiting::to_audit(c, &actor.scope)?;
    Ok(found.into_iter().map(|one| of_certification("certification_audit", one)).collect())
}

/// Audited applications that somebody else is to decide on.
pub fn decisions(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = waiting::to_decide(c, &actor.scope, &actor.account_id)?;
    Ok(found.into_iter().map(|one| of_certification("certification_decision", one)).collect())
}

fn of_certification(kind: &'static str, (id, about, since): waiting::Waiting) -> Waiting {
    Waiting { kind, path: format!("/certifications/{id}"), about, number: None, since }
}
