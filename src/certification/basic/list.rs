//! Audits by where they stand, and those that are due again. A certification that a later one, or
//! an audit under way, has taken over from is not due.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::{BasicAudit, Status};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::page::paging::Cursor;
use crate::schema::{basic_audits, suppliers};
use crate::suppliers::{COUNTED, Stage, Supplier};

/// How many days before its last day a certification is due again.
pub const SOON: u64 = 90;
/// Suppliers looked at for one page of those never audited: bounds its cost when nearly all are.
const LOOKED_AT: usize = 2000;
const BATCH: usize = 500;

text_enum! {
    /// What of companies is due.
    Due {
        /// Certified until a day in the next 90.
        Soon = "soon",
        /// Certified once, until a day that has passed.
        Overdue = "overdue",
        /// Active, and no audit was ever begun, or what was begun was given up.
        Never = "never",
    }
}

/// An audit and its company.
pub type Row = (BasicAudit, Supplier);

diesel::alias!(basic_audits as later: Later);

/// Audits in a state, the oldest first; of any state, the newest first. One more row than `limit`
/// when there is more.
pub fn by_status(
    c: &mut AnyConnection,
    scope: &Scope,
    status: Option<Status>,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Row>, Error> {
    let mut query = basic_audits::table
        .inner_join(suppliers::table.on(suppliers::id.eq(basic_audits::supplier_id)))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    match status {
        Some(status) => {
            query = query.filter(basic_audits::status.eq(status));
            if let Some((at, after)) = after.and_then(|one| Some((one.moment()?, one))) {
                let same = basic_audits::created_at.eq(at);
                let beyond = same.and(basic_audits::id.gt(after.key.clone()));
                query = query.filter(basic_audits::created_at.gt(at).or(beyond));
            }
            query = query.order((basic_audits::created_at, basic_audits::id));
        }
        None => {
            if let Some(after) = after {
                query = query.filter(basic_audits::id.lt(after.key.clone()));
            }
            query = query.order(basic_audits::id.desc());
        }
    }
    Ok(query
        .limit(limit as i64 + 1)
        .select((BasicAudit::as_select(), Supplier::as_select()))
        .load(c)?)
}

/// Where a list by state goes on after an audit.
pub fn cursor(audit: &BasicAudit) -> Cursor {
    Cursor { key: audit.id.clone(), number: audit.created_at.and_utc().timestamp_micros() }
}

/// Certifications that run out between two days and that nothing has taken over from, the first to
/// run out first. One more row than `limit` when there is more.
pub fn running_out(
    c: &mut AnyConnection,
    scope: &Scope,
    (from, to): (Option<NaiveDate>, NaiveDate),
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Vec<Row>, Error> {
    let taken_over =
        later.filter(later.field(basic_audits::supplier_id).eq(basic_audits::supplier_id)).filter(
            later
                .field(basic_audits::status)
                .eq(Status::Certified)
                .and(
                    later
                        .field(basic_audits::valid_to)
                        .gt(basic_audits::valid_to)
                        .assume_not_null(),
                )
                .or(later.field(basic_audits::status).eq(Status::Open))
                .or(later.field(basic_audits::status).eq(Status::Proposed)),
        );
    let mut query = basic_audits::table
        .inner_join(suppliers::table.on(suppliers::id.eq(basic_audits::supplier_id)))
        .filter(basic_audits::status.eq(Status::Certified))
        .filter(basic_audits::valid_to.le(to))
        .filter(suppliers::stage.eq_any(COUNTED))
        .filter(diesel::dsl::not(diesel::dsl::exists(taken_over)))
        .into_boxed::<MultiBackend>();
    if let Some(from) = from {
        query = query.filter(basic_audits::valid_to.ge(from));
    }
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some((day, after)) = after.and_then(|one| Some((day_of(one)?, one))) {
        let same = basic_audits::valid_to.eq(day);
        let beyond = same.and(basic_audits::id.gt(after.key.clone()));
        query = query.filter(basic_audits::valid_to.gt(day).or(beyond));
    }
    Ok(query
        .order((basic_audits::valid_to, basic_audits::id))
        .limit(limit as i64 + 1)
        .select((BasicAudit::as_select(), Supplier::as_select()))
        .load(c)?)
}

/// Where a list by last days goes on after an audit.
pub fn cursor_by_end(audit: &BasicAudit) -> Cursor {
    let end = audit.valid_to.unwrap_or_default();
    Cursor { key: audit.id.clone(), number: i64::from(chrono::Datelike::num_days_from_ce(&end)) }
}

fn day_of(cursor: &Cursor) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(cursor.number.try_into().ok()?)
}

/// The days between which what is due runs out; `None` for companies never audited.
pub fn days(due: Due, today: NaiveDate) -> Option<(Option<NaiveDate>, NaiveDate)> {
    let soon = today.checked_add_days(Days::new(SOON)).unwrap_or(today);
    let yesterday = today.pred_opt().unwrap_or(today);
    match due {
        Due::Soon => Some((Some(today), soon)),
        Due::Overdue => Some((None, yesterday)),
        Due::Never => None,
    }
}

/// Active companies that were never audited, by name, and where the list goes on. A page may have
/// fewer rows than there are further on, because only so many companies are looked at for it.
pub fn never_audited(
    c: &mut AnyConnection,
    scope: &Scope,
    after: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<Supplier>, Option<Cursor>), Error> {
    let (mut found, mut place) = (Vec::new(), after);
    for _ in 0..LOOKED_AT / BATCH {
        let batch = active(c, scope, place.as_ref())?;
        let ids = batch.iter().map(|supplier| supplier.id.as_str());
        let audited: Vec<String> = basic_audits::table
            .filter(among(basic_audits::supplier_id, ids))
            .filter(basic_audits::status.ne(Status::Withdrawn))
            .select(basic_audits::supplier_id)
            .distinct()
            .load(c)?;
        let is_whole = batch.len() == BATCH;
        for supplier in batch {
            let here = Cursor { key: supplier.sort_key.clone(), number: supplier.number };
            if !audited.contains(&supplier.id) {
                if found.len() == limit {
                    return Ok((found, place));
                }
                found.push(supplier);
            }
            place = Some(here);
        }
        if !is_whole {
            return Ok((found, None));
        }
    }
    Ok((found, place))
}

/// The active companies after a place, in the order of their names.
fn active(
    c: &mut AnyConnection,
    scope: &Scope,
    after: Option<&Cursor>,
) -> Result<Vec<Supplier>, Error> {
    let mut query = suppliers::table
        .filter(suppliers::stage.eq(Stage::Active))
        .filter(suppliers::merged_into.is_null())
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some(after) = after {
        let same = suppliers::sort_key.eq(after.key.clone());
        let beyond = same.and(suppliers::number.gt(after.number));
        query = query.filter(suppliers::sort_key.gt(after.key.clone()).or(beyond));
    }
    Ok(query
        .order((suppliers::sort_key, suppliers::number))
        .limit(BATCH as i64)
        .select(Supplier::as_select())
        .load(c)?)
}
