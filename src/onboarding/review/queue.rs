//! Registrations by where they stand, the oldest first.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::onboarding::registration::{Registration, Status};
use crate::page::paging::{Cursor, PAGE_SIZE};
use crate::schema::{registrations, suppliers};
use crate::suppliers::Supplier;

/// A registration with its company.
pub type Row = (Registration, Supplier);

/// Whether a status is waited in since the registration was handed in.
fn is_handed_in(status: Status) -> bool {
    matches!(status, Status::Submitted | Status::Accepted)
}

/// A page of the registrations at a status, and the cursor of the next one. What was handed in is
/// in the order of that, the rest in the order of numbers.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    status: Status,
    after: Option<&Cursor>,
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let mut query = registrations::table
        .inner_join(suppliers::table.on(suppliers::id.eq(registrations::supplier_id)))
        .filter(registrations::status.eq(status))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if is_handed_in(status) {
        if let Some((at, after)) = after.and_then(|after| Some((time_of(after)?, after))) {
            let later = registrations::submitted_at.gt(at).assume_not_null();
            let same = registrations::submitted_at.eq(at).assume_not_null();
            query = query.filter(later.or(same.and(registrations::number.gt(after.number))));
        }
        query = query.order((registrations::submitted_at, registrations::number));
    } else {
        if let Some(after) = after {
            query = query.filter(registrations::number.gt(after.number));
        }
        query = query.order(registrations::number);
    }
    let mut rows: Vec<Row> = query
        .limit(PAGE_SIZE as i64 + 1)
        .select((Registration::as_select(), Supplier::as_select()))
        .load(c)?;
    let has_more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    let last = rows.last().filter(|_| has_more);
    let next = last.map(|(registration, _)| Cursor {
        key: registration
            .submitted_at
            .map(|at| at.and_utc().timestamp_micros().to_string())
            .unwrap_or_default(),
        number: registration.number,
    });
    Ok((rows, next))
}

fn time_of(cursor: &Cursor) -> Option<NaiveDateTime> {
    Cursor { key: String::new(), number: cursor.key.parse().ok()? }.moment()
}
