//! What waits where companies are certified.

use super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::certification::category::waiting;
use crate::certification::{certificates, standards};
use crate::db::AnyConnection;
use crate::error::Error;

/// Certificates that somebody else recorded and nobody has checked.
pub fn certificates(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let one = |(id, about, since)| Waiting {
        kind: "certificate",
        path: format!("/certificates/{id}"),
        about,
        number: None,
        since,
    };
    Ok(certificates::waiting::to_check(c, actor, AT_MOST)?.into_iter().map(one).collect())
}

/// Drafts of standards that somebody else wrote.
pub fn standards(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let drafts = standards::list::to_publish(c, &actor.account_id, AT_MOST)?;
    let waiting = |(id, english, chinese, since): (String, String, String, _)| Waiting {
        kind: "standard",
        path: format!("/standards/{id}"),
        about: if english == chinese { english } else { format!("{english} · {chinese}") },
        number: None,
        since,
    };
    Ok(drafts.into_iter().map(waiting).collect())
}

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
