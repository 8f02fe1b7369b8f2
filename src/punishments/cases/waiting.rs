//! What of cases waits for somebody of staff, or of a company.

use chrono::{NaiveDateTime, NaiveTime};
use diesel::prelude::*;

use super::Interim;
use super::list::{self, Asked, State};
use crate::access::Actor;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::punishments::{Case, Status};
use crate::schema::{punishment_cases, punishment_interims, suppliers};
use crate::values::now;

/// Cases whose notice nobody has served, each with the legal name of the company: the oldest first, `limit` at
/// most.
pub fn to_serve(
    c: &mut AnyConnection,
    actor: &Actor,
    limit: i64,
) -> Result<Vec<(Case, String)>, Error> {
    let mut query = punishment_cases::table
        .inner_join(suppliers::table.on(suppliers::id.eq(punishment_cases::supplier_id)))
        .filter(punishment_cases::status.eq(Status::Proposed))
        .order(punishment_cases::id)
        .limit(limit)
        .select((Case::as_select(), suppliers::legal_name))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    Ok(query.load(c)?)
}

/// How many cases wait though a day of ours has passed, `limit` at most, and since when the oldest does.
/// `None` without one.
pub fn overdue(
    c: &mut AnyConnection,
    actor: &Actor,
    limit: i64,
) -> Result<Option<(i64, NaiveDateTime)>, Error> {
    let asked = Asked::all(State::Overdue);
    let (rows, _) = list::page(c, &actor.scope, &asked, now().date(), None, limit as usize)?;
    let day = |case: &Case| match case.status {
        Status::Proposed => Some(case.notice_by),
        Status::Served => case.decide_by,
        _ => case.hear_by,
    };
    let oldest = rows.iter().filter_map(|row| day(&row.case)).min();
    Ok(oldest.map(|day| (rows.len() as i64, day.and_time(NaiveTime::MIN))))
}

/// Interim measures that hold, that somebody else has ordered and nobody has looked at again, each with the
/// number of its case and the legal name of the company.
pub fn to_review(
    c: &mut AnyConnection,
    actor: &Actor,
    limit: i64,
) -> Result<Vec<(Interim, i64, String)>, Error> {
    let today = now().date();
    let mut query = punishment_interims::table
        .inner_join(
            punishment_cases::table.on(punishment_cases::id.eq(punishment_interims::case_id)),
        )
        .inner_join(suppliers::table.on(suppliers::id.eq(punishment_interims::supplier_id)))
        .filter(punishment_interims::ended_on.is_null())
        .filter(punishment_interims::reviewed_at.is_null())
        .filter(punishment_interims::to_on.gt(today))
        .filter(punishment_interims::imposed_by.ne(actor.account_id.clone()))
        .order((punishment_interims::imposed_at, punishment_interims::id))
        .limit(limit)
        .select((Interim::as_select(), punishment_cases::number, suppliers::legal_name))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    Ok(query.load(c)?)
}

/// How many cases there are to which a company may still reply, and has not.
pub fn asked_of_company(c: &mut AnyConnection, supplier_id: &str) -> Result<i64, Error> {
    Ok(punishment_cases::table
        .filter(punishment_cases::supplier_id.eq(supplier_id))
        .filter(punishment_cases::status.eq(Status::Served))
        .filter(punishment_cases::replied_at.is_null())
        .filter(punishment_cases::reply_by.ge(now().date()))
        .count()
        .get_result(c)?)
}
