//! What waits where inspections are prepared and followed up.

use super::super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::{checklists, results};

/// Drafts of checklists that somebody else wrote.
pub fn checklists(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = checklists::list::to_publish(c, &actor.account_id, AT_MOST)?;
    let one = |(id, english, chinese, since): checklists::list::Waiting| Waiting {
        kind: "checklist",
        path: format!("/checklist-versions/{id}"),
        about: if english == chinese { english } else { format!("{english} · {chinese}") },
        number: None,
        since,
    };
    Ok(found.into_iter().map(one).collect())
}

/// Drafts of the rules of results that somebody else wrote.
pub fn result_rules(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = results::list::to_publish(c, &actor.account_id, AT_MOST)?;
    let one = |(id, version, since)| Waiting {
        kind: "result_rules",
        path: format!("/result-rules/{id}"),
        about: format!("v{version}"),
        number: None,
        since,
    };
    Ok(found.into_iter().map(one).collect())
}

/// What the rules have proposed after inspections that others have made.
pub fn effects(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let found = results::list::to_decide(c, actor, AT_MOST)?;
    let one = |(effect, _, inspection, supplier): results::list::Row| Waiting {
        kind: "inspection_effect",
        path: format!("/inspection-effects/{}", effect.id),
        about: format!("{} · {}", supplier.legal_name, inspection.code()),
        number: None,
        since: effect.created_at,
    };
    Ok(found.into_iter().map(one).collect())
}
