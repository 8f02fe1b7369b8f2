//! What of findings waits for somebody.

use chrono::{NaiveDateTime, NaiveTime};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::list::{self, Asked, State};
use super::{Finding, Status};
use crate::access::Actor;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::schema::{
    findings, inspection_declarations, inspection_results, inspections, suppliers,
};
use crate::values::now;

/// Answers, or disputes, at findings in which somebody had no part, each with the legal name of the
/// company: those that may be closed earliest first, `limit` at most.
pub fn to_verify(
    c: &mut AnyConnection,
    actor: &Actor,
    status: Status,
    limit: i64,
) -> Result<Vec<(Finding, String)>, Error> {
    let wrote = inspection_results::table
        .filter(inspection_results::inspection_id.eq(findings::inspection_id))
        .filter(inspection_results::item_id.eq(findings::item_id))
        .filter(inspection_results::recorded_by.eq(actor.account_id.clone()));
    let declared = inspection_declarations::table
        .filter(inspection_declarations::inspection_id.eq(findings::inspection_id))
        .filter(inspection_declarations::account_id.eq(actor.account_id.clone()))
        .filter(inspection_declarations::has_conflict.eq(false));
    let is_other = inspections::inspector_id
        .is_null()
        .or(inspections::inspector_id.ne(actor.account_id.clone()).assume_not_null());
    let mut query = findings::table
        .inner_join(suppliers::table.on(suppliers::id.eq(findings::supplier_id)))
        .inner_join(inspections::table.on(inspections::id.eq(findings::inspection_id)))
        .filter(findings::status.eq(status))
        .filter(findings::raised_by.ne(actor.account_id.clone()))
        .filter(is_other)
        .filter(not(exists(wrote)))
        .filter(not(exists(declared)))
        .order((findings::due_on, findings::id))
        .limit(limit)
        .select((Finding::as_select(), suppliers::legal_name))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    Ok(query.load(c)?)
}

/// How many findings are overdue at the companies that somebody sees, `limit` at most, and since when the
/// oldest is. `None` without one.
pub fn overdue(
    c: &mut AnyConnection,
    actor: &Actor,
    limit: i64,
) -> Result<Option<(i64, NaiveDateTime)>, Error> {
    let asked = Asked::all(State::Overdue);
    let (rows, _) = list::page(c, &actor.scope, &asked, now().date(), None, limit as usize)?;
    let oldest = rows.iter().map(|row| row.finding.next_day()).min();
    Ok(oldest.map(|day| (rows.len() as i64, day.and_time(NaiveTime::MIN))))
}
