//! What waits where companies are certified.

use super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::certification::category::waiting;
use crate::certification::{authentication, basic, certificates, standards};
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

/// Audits of basic information that somebody else has examined and proposed.
pub fn basic_audits(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let rows = basic::waiting::to_decide(c, actor, AT_MOST as usize)?;
    let one = |(audit, supplier): basic::list::Row| Waiting {
        kind: "basic_audit",
        path: format!("/basic-audits/{}", audit.id),
        about: supplier.legal_name,
        number: None,
        since: audit.proposed_at.unwrap_or(audit.created_at),
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Companies whose basic information is to be audited again.
pub fn basic_due(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let rows = basic::waiting::due(c, &actor.scope, AT_MOST as usize)?;
    let one = |((audit, supplier), since): (basic::list::Row, _)| Waiting {
        kind: "basic_due",
        path: format!("/basic-audits/{}", audit.id),
        about: supplier.legal_name,
        number: None,
        since,
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Authentications that somebody else has looked at.
pub fn authentications(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let rows = authentication::list::to_verify(c, actor, AT_MOST)?;
    let one = |(one, person, (_, company, _)): authentication::list::Row| Waiting {
        kind: "authentication",
        path: format!("/authentications/{}", one.id),
        about: format!("{person} · {company}"),
        number: None,
        since: one.created_at,
    };
    Ok(rows.into_iter().map(one).collect())
}
