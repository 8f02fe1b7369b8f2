//! The list of plans: the newest first.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::{Plan, Status};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::inspections::{Inspection, Kind, Status as Visit};
use crate::page::paging::{Cursor, cut};
use crate::schema::{inspection_plans as table, inspections, suppliers};

/// What the list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub status: Option<Status>,
    pub kind: Option<Kind>,
    /// Plans whose period has a day in it.
    pub year: Option<i32>,
}

/// How far the inspections of a plan are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    /// All but those that were cancelled.
    pub all: i64,
    /// Signed off.
    pub done: i64,
}

/// A page of plans after a place, and where the next one goes on.
pub fn page(
    c: &mut AnyConnection,
    asked: &Asked,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Plan>, Option<Cursor>), Error> {
    let mut query = table::table.into_boxed::<MultiBackend>();
    if let Some(status) = asked.status {
        query = query.filter(table::status.eq(status));
    }
    if let Some(kind) = asked.kind {
        query = query.filter(table::kind.eq(kind));
    }
    let day = |month, day| NaiveDate::from_ymd_opt(asked.year?, month, day);
    if let (Some(first), Some(last)) = (day(1, 1), day(12, 31)) {
        query = query.filter(table::period_from.le(last)).filter(table::period_to.ge(first));
    }
    if let Some(after) = after {
        query = query.filter(table::number.lt(after.number));
    }
    let mut found: Vec<Plan> = query
        .order(table::number.desc())
        .limit(limit as i64 + 1)
        .select(Plan::as_select())
        .load(c)?;
    let next = cut(&mut found, limit, |last| Cursor { key: String::new(), number: last.number });
    Ok((found, next))
}

/// How far the inspections of plans are, by the plans' ids; those without any are not in it.
pub fn progress(c: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, Progress>, Error> {
    let mut found: HashMap<String, Progress> = HashMap::new();
    for (plan, number) in counted(c, ids, &[])? {
        found.entry(plan).or_default().all = number;
    }
    for (plan, number) in counted(c, ids, &[Visit::SignedOff, Visit::Closed])? {
        found.entry(plan).or_default().done = number;
    }
    Ok(found)
}

/// How many inspections of plans are in some states; without any, in all but cancelled.
fn counted(
    c: &mut AnyConnection,
    ids: &[&str],
    states: &[Visit],
) -> Result<Vec<(String, i64)>, Error> {
    let others = Visit::ALL.iter().filter(|one| **one != Visit::Cancelled);
    let states: Vec<Visit> =
        if states.is_empty() { others.copied().collect() } else { states.to_vec() };
    let rows: Vec<(Option<String>, i64)> = inspections::table
        .filter(among(inspections::plan_id.assume_not_null(), ids.iter().copied()))
        .filter(inspections::status.eq_any(states))
        .group_by(inspections::plan_id)
        .select((inspections::plan_id, count_star()))
        .load(c)?;
    Ok(rows.into_iter().filter_map(|(plan, number)| Some((plan?, number))).collect())
}

/// The years in which plans begin or end, the newest first.
pub fn years(c: &mut AnyConnection) -> Result<Vec<i32>, Error> {
    use chrono::Datelike;
    use diesel::dsl::{max, min};
    let first: Option<NaiveDate> = table::table.select(min(table::period_from)).first(c)?;
    let last: Option<NaiveDate> = table::table.select(max(table::period_to)).first(c)?;
    let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
    // A slip of the keyboard does not make a list of thousands.
    let years = (first.year()..=last.year()).rev();
    Ok(years.take(60).collect())
}

/// An inspection of a plan with the legal and the English name of its company.
pub type PlanVisit = (Inspection, String, String);

/// A page of the inspections of a plan as far as somebody may see their companies, by number, and where
/// the next one goes on.
pub fn visits(
    c: &mut AnyConnection,
    scope: &Scope,
    plan_id: &str,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<PlanVisit>, Option<Cursor>), Error> {
    let mut query = inspections::table
        .inner_join(suppliers::table.on(suppliers::id.eq(inspections::supplier_id)))
        .filter(inspections::plan_id.eq(plan_id.to_string()))
        .filter(inspections::number.gt(after.map_or(0, |after| after.number)))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    let mut found: Vec<PlanVisit> = query
        .order(inspections::number)
        .limit(limit as i64 + 1)
        .select((Inspection::as_select(), suppliers::legal_name, suppliers::english_name))
        .load(c)?;
    let next = cut(&mut found, limit, |last| Cursor { key: String::new(), number: last.0.number });
    Ok((found, next))
}
