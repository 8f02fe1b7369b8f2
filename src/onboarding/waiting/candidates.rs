//! Candidates and needs that wait for staff.

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::{AT_MOST, Waiting};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::onboarding::candidates::Status;
use crate::onboarding::needs::{Need, areas_seen};
use crate::schema::{candidates, needs};
use crate::values::now;

/// Whether a criterion of the need has no verdict yet.
const UNSCREENED: &str = "EXISTS (SELECT 1 FROM need_criteria WHERE need_criteria.need_id = \
     candidates.need_id AND NOT EXISTS (SELECT 1 FROM screenings WHERE screenings.criterion_id = \
     need_criteria.id AND screenings.candidate_id = candidates.id))";

type Found = (String, String, NaiveDateTime);

/// Candidates that are held until somebody has looked.
pub fn held(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Waiting>, Error> {
    of_candidates(c, scope, Status::Held, Step::Any)
}

/// Candidates of open needs that lack a verdict.
pub fn to_screen(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Waiting>, Error> {
    of_candidates(c, scope, Status::Proposed, Step::Screening)
}

/// Candidates that were judged under every criterion, and those whose need was closed.
/// Nobody decides about what they proposed.
pub fn to_decide(
    c: &mut AnyConnection,
    scope: &Scope,
    account_id: &str,
) -> Result<Vec<Waiting>, Error> {
    of_candidates(c, scope, Status::Proposed, Step::Decision(account_id))
}

/// What candidates wait for.
enum Step<'a> {
    Any,
    Screening,
    /// By somebody else than this account's person.
    Decision(&'a str),
}

fn of_candidates(
    c: &mut AnyConnection,
    scope: &Scope,
    status: Status,
    step: Step<'_>,
) -> Result<Vec<Waiting>, Error> {
    let mut query = candidates::table
        .left_join(needs::table.on(candidates::need_id.eq(needs::id.nullable())))
        .filter(candidates::status.eq(status))
        .order(candidates::id)
        .limit(AT_MOST)
        .select((candidates::id, candidates::legal_name, candidates::created_at))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = areas_seen(scope) {
        let within = needs::area.nullable().eq_any(areas).assume_not_null();
        query = query.filter(candidates::need_id.is_null().or(within));
    }
    match step {
        Step::Any => {}
        Step::Screening => {
            query = query.filter(needs::closed_at.is_null()).filter(sql::<Bool>(UNSCREENED));
        }
        Step::Decision(account_id) => {
            let screened = diesel::dsl::not(sql::<Bool>(UNSCREENED));
            let by_another = candidates::proposed_by.is_null();
            let by_another =
                by_another.or(candidates::proposed_by.ne(account_id).assume_not_null());
            query = query.filter(needs::closed_at.is_not_null().or(screened)).filter(by_another);
        }
    }
    let rows: Vec<Found> = query.load(c)?;
    Ok(rows
        .into_iter()
        .map(|(id, title, since)| Waiting { path: format!("/candidates/{id}"), id, title, since })
        .collect())
}

/// Open needs whose day has passed.
pub fn late_needs(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Waiting>, Error> {
    let mut query = needs::table
        .filter(needs::closed_at.is_null())
        .filter(needs::needed_by.lt(now().date()))
        .order((needs::needed_by, needs::id))
        .limit(AT_MOST)
        .select(Need::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(areas) = areas_seen(scope) {
        query = query.filter(needs::area.eq_any(areas));
    }
    let rows: Vec<Need> = query.load(c)?;
    Ok(rows
        .into_iter()
        .map(|need| Waiting {
            path: format!("/needs/{}", need.id),
            since: need.needed_by.and_time(Default::default()),
            title: need.title,
            id: need.id,
        })
        .collect())
}
