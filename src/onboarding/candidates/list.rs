//! The list of candidates, the newest first.

use diesel::prelude::*;

use super::{Candidate, Origin, Status};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::onboarding::needs::areas_seen;
use crate::page::paging::PAGE_SIZE;
use crate::schema::{candidates, needs};

/// Candidates of one need, at most: those that are compared.
const OF_NEED: i64 = 100;

/// What the list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub status: Option<Status>,
    pub origin: Option<Origin>,
    /// Id of a need.
    pub need: Option<String>,
    /// The number of the last candidate of the page before.
    pub after: Option<i64>,
}

/// A candidate, and number and title of its need.
pub type Row = (Candidate, Option<(i64, String)>);

/// A page of the candidates that somebody sees, and where the next begins.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
) -> Result<(Vec<Row>, Option<i64>), Error> {
    let mut query = candidates::table
        .left_join(needs::table.on(candidates::need_id.eq(needs::id.nullable())))
        .order(candidates::number.desc())
        .limit(PAGE_SIZE as i64 + 1)
        .select((Candidate::as_select(), (needs::number, needs::title).nullable()))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = areas_seen(scope) {
        let within = needs::area.nullable().eq_any(areas).assume_not_null();
        query = query.filter(candidates::need_id.is_null().or(within));
    }
    if let Some(status) = asked.status {
        query = query.filter(candidates::status.eq(status));
    }
    if let Some(origin) = asked.origin {
        query = query.filter(candidates::origin.eq(origin));
    }
    if let Some(need) = &asked.need {
        query = query.filter(candidates::need_id.eq(need.clone()));
    }
    if let Some(after) = asked.after {
        query = query.filter(candidates::number.lt(after));
    }
    let mut rows: Vec<Row> = query.load(c)?;
    let has_more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    let next = rows.last().filter(|_| has_more).map(|(last, _)| last.number);
    Ok((rows, next))
}

/// The candidates of a need, in the order in which they came, at most 100. Whether the person may
/// see the need is asked by the caller.
pub fn of_need(c: &mut AnyConnection, need_id: &str) -> Result<Vec<Candidate>, Error> {
    Ok(candidates::table
        .filter(candidates::need_id.eq(need_id))
        .order(candidates::number)
        .limit(OF_NEED)
        .select(Candidate::as_select())
        .load(c)?)
}
