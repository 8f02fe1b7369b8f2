//! What waits where companies are certified.

use super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::certification::{authentication, basic};
use crate::db::AnyConnection;
use crate::error::Error;

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
