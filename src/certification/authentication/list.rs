//! Authentications by where they stand, those that run out, and those that wait for a second person.

use chrono::{Datelike, Days, NaiveDate};
use diesel::prelude::*;

use super::{Authentication, Method, Status};
use crate::access::{Actor, Scope};
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::page::paging::{Cursor, cut};
use crate::schema::{authentications, people, suppliers};
use crate::values::now;

/// How many days before its last day an authentication is due again.
const SOON: u64 = 90;

/// An authentication, the name of the person, and id, legal and English name of the company.
pub type Row = (Authentication, String, (String, String, String));

/// What the list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub status: Option<Status>,
    /// Those verified whose last day is in the next 90, or past, of people who are still there.
    pub is_due: bool,
    pub after: Option<Cursor>,
}

/// A page of what somebody sees, and where the next begins: those in a state with the oldest first,
/// what runs out by its last day, else the newest first.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    limit: usize,
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let mut query = authentications::table
        .inner_join(people::table.on(people::id.eq(authentications::person_id)))
        .inner_join(suppliers::table.on(suppliers::id.eq(authentications::supplier_id)))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    let after = asked.after.as_ref();
    if asked.is_due {
        let today = now().date();
        let soon = today.checked_add_days(Days::new(SOON)).unwrap_or(today);
        query = query
            .filter(authentications::status.eq(Status::Verified))
            .filter(authentications::valid_to.le(soon))
            .filter(people::removed_at.is_null());
        if let Some((day, after)) = after.and_then(|one| Some((day_of(one)?, one))) {
            let same = authentications::valid_to.eq(day);
            let beyond = same.and(authentications::id.gt(after.key.clone()));
            query = query.filter(authentications::valid_to.gt(day).or(beyond));
        }
        query = query.order((authentications::valid_to, authentications::id));
    } else if let Some(status) = asked.status {
        query = query.filter(authentications::status.eq(status));
        if let Some((at, after)) = after.and_then(|one| Some((one.moment()?, one))) {
            let same = authentications::created_at.eq(at);
            let beyond = same.and(authentications::id.gt(after.key.clone()));
            query = query.filter(authentications::created_at.gt(at).or(beyond));
        }
        query = query.order((authentications::created_at, authentications::id));
    } else {
        if let Some(after) = after {
            query = query.filter(authentications::id.lt(after.key.clone()));
        }
        query = query.order(authentications::id.desc());
    }
    let mut rows: Vec<Row> = query
        .limit(limit as i64 + 1)
        .select((
            Authentication::as_select(),
            people::name,
            (suppliers::id, suppliers::legal_name, suppliers::english_name),
        ))
        .load(c)?;
    let next = cut(&mut rows, limit, |(last, ..)| cursor(last, asked.is_due));
    Ok((rows, next))
}

fn cursor(last: &Authentication, by_day: bool) -> Cursor {
    let number = match by_day {
        true => i64::from(last.valid_to.unwrap_or_default().num_days_from_ce()),
        false => last.created_at.and_utc().timestamp_micros(),
    };
    Cursor { key: last.id.clone(), number }
}

fn day_of(cursor: &Cursor) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(cursor.number.try_into().ok()?)
}

/// Those that somebody else has looked at and that wait for a second person, the oldest first.
pub fn to_verify(c: &mut AnyConnection, actor: &Actor, at_most: i64) -> Result<Vec<Row>, Error> {
    let mut query = authentications::table
        .inner_join(people::table.on(people::id.eq(authentications::person_id)))
        .inner_join(suppliers::table.on(suppliers::id.eq(authentications::supplier_id)))
        .filter(authentications::status.eq(Status::Open))
        .filter(
            authentications::method
                .eq(Method::DocumentReview)
                .or(authentications::method.eq(Method::InPerson)),
        )
        .filter(authentications::begun_by.ne(actor.account_id.clone()))
        .filter(people::recorded_by.ne(actor.account_id.clone()))
        .filter(people::removed_at.is_null())
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    Ok(query
        .order((authentications::created_at, authentications::id))
        .limit(at_most)
        .select((
            Authentication::as_select(),
            people::name,
            (suppliers::id, suppliers::legal_name, suppliers::english_name),
        ))
        .load(c)?)
}
