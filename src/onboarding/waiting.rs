//! What waits for somebody, for the queue of work: the oldest first, at most 100 of each.

use chrono::NaiveDateTime;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::candidates::Status;
use super::needs::{Need, areas_seen};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::schema::{candidates, needs};
use crate::values::now;

/// Rows of a queue, at most.
const AT_MOST: i64 = 100;
/// Whether a criterion of the need has no verdict yet.
const UNSCREENED: &str = "EXISTS (SELECT 1 FROM need_criteria WHERE need_criteria.need_id = \
     candidates.need_id AND NOT EXISTS (SELECT 1 FROM screenings WHERE screenings.criterion_id = \
     need_criteria.id AND screenings.candidate_id = candidates.id))";

/// Something that waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub id: String,
    pub path: String,
    /// A company's name, or the title of a need.
    pub title: String,
    /// Since when, UTC; of a need the day on which it was wanted.
    pub since: NaiveDateTime,
    /// Who proposed it, and so does not decide about it.
    pub proposed_by: Option<String>,
}

type Found = (String, String, NaiveDateTime, Option<String>);

/// Candidates that are held until somebody has looked.
pub fn held(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Waiting>, Error> {
    of_candidates(c, scope, Status::Held, Step::Any)
}

/// Candidates of open needs that lack a verdict.
pub fn to_screen(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Waiting>, Error> {
    of_candidates(c, scope, Status::Proposed, Step::Screening)
}

/// Candidates that were judged under every criterion, and those whose need was closed.
pub fn to_decide(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Waiting>, Error> {
    of_candidates(c, scope, Status::Proposed, Step::Decision)
}

/// What candidates wait for.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Any,
    Screening,
    Decision,
}

fn of_candidates(
    c: &mut AnyConnection,
    scope: &Scope,
    status: Status,
    step: Step,
) -> Result<Vec<Waiting>, Error> {
    let mut query = candidates::table
        .left_join(needs::table.on(candidates::need_id.eq(needs::id.nullable())))
        .filter(candidates::status.eq(status))
        .order(candidates::id)
        .limit(AT_MOST)
        .select((
            candidates::id,
            candidates::legal_name,
            candidates::created_at,
            candidates::proposed_by,
        ))
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
        Step::Decision => {
            let screened = diesel::dsl::not(sql::<Bool>(UNSCREENED));
            query = query.filter(needs::closed_at.is_not_null().or(screened));
        }
    }
    let rows: Vec<Found> = query.load(c)?;
    Ok(rows
        .into_iter()
        .map(|(id, title, since, proposed_by)| Waiting {
            path: format!("/candidates/{id}"),
            id,
            title,
            since,
            proposed_by,
        })
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
            proposed_by: None,
        })
        .collect())
}
