//! A plan begins to run, goes back to being a draft, is closed, or is cancelled.

use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Plan, Status, find};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::db::{AnyConnection, among};
use crate::error::{Error, Problems};
use crate::inspections::draws::{self, Status as Draw};
use crate::inspections::{Inspection, Status as Visit, visits};
use crate::schema::{draws as draws_table, inspection_plans as table, inspections, suppliers};
use crate::values::now;

/// Why something ends.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReasonInput {
    #[validate(length(max = 500))]
    pub reason: String,
}

impl ReasonInput {
    /// The reason, which must be there.
    pub fn given(&self) -> Result<&str, Error> {
        match self.reason.trim() {
            "" => Err(Problems::one("reason", "missing").into()),
            reason => Ok(reason),
        }
    }
}

/// A draft runs from now on: it is not changed any more.
pub fn start(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    turn(c, id, Status::Draft, Status::Running, "conflict-plan-not-draft")
}

/// What ran without effect may be changed again.
pub fn back_to_draft(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    turn(c, id, Status::Running, Status::Draft, "conflict-done-already")
}

fn turn(
    c: &mut AnyConnection,
    id: &str,
    from: Status,
    to: Status,
    otherwise: &'static str,
) -> Result<(), Error> {
    let plan = table::table.find(id).filter(table::status.eq(from));
    let turned = diesel::update(plan).set(table::status.eq(to)).execute(c)?;
    if turned == 0 { Err(Error::Conflict(otherwise)) } else { Ok(()) }
}

/// Closes a plan that ran, once its draw is made and no visit is still to come.
pub fn close(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    id: &str,
) -> Result<(), Error> {
    find(c, id)?;
    if open_draw(c, id)?.is_some() {
        return Err(Error::Conflict("conflict-plan-draw-open"));
    }
    let open = inspections::table
        .filter(inspections::plan_id.eq(id))
        .filter(inspections::status.eq_any(open_visits()));
    if diesel::select(exists(open)).get_result(c)? {
        return Err(Error::Conflict("conflict-plan-visits-open"));
    }
    end(c, by.actor(), id, &[Status::Running], (Status::Closed, ""))?;
    let subject = ("inspection_plan", id);
    audit::append(c, by.actor(), "inspection_plan.closed", subject, json!({}))
}

/// Cancels a plan, with the reason. A draw that is not made yet is given up, and inspections that nobody
/// has begun are cancelled; those that were begun go on.
pub fn cancel(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    id: &str,
    input: &ReasonInput,
) -> Result<(), Error> {
    let plan = find(c, id)?;
    let reason = input.given()?;
    if let Some(draw) = open_draw(c, id)? {
        draws::give_up(c, by.actor(), &draw, reason)?;
    }
    let waiting: Vec<Inspection> = inspections::table
        .filter(inspections::plan_id.eq(id))
        .filter(inspections::status.eq(Visit::Planned))
        .order(inspections::number)
        .select(Inspection::as_select())
        .load(c)?;
    must_see(c, by, &waiting)?;
    for inspection in &waiting {
        visits::cancel_planned(c, by.actor(), inspection, reason)?;
    }
    end(c, by.actor(), id, &[Status::Draft, Status::Running], (Status::Cancelled, reason))?;
    let details = json!({ "plan": plan.code(), "reason": reason });
    audit::append(c, by.actor(), "inspection_plan.cancelled", ("inspection_plan", id), details)
}

/// Nobody cancels visits to companies that they may not see.
fn must_see(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    visits: &[Inspection],
) -> Result<(), Error> {
    let Some(areas) = by.scope().areas() else { return Ok(()) };
    // Where a company is now, not where it was when the visit was planned.
    let outside = suppliers::table
        .filter(among(suppliers::id, visits.iter().map(|visit| visit.supplier_id.as_str())))
        .filter(suppliers::area.ne_all(areas));
    match diesel::select(exists(outside)).get_result(c)? {
        true => Err(Error::Forbidden("refused-outside-scope")),
        false => Ok(()),
    }
}

fn end(
    c: &mut AnyConnection,
    by: &Actor,
    id: &str,
    from: &[Status],
    (to, reason): (Status, &str),
) -> Result<(), Error> {
    let plan = table::table.find(id).filter(table::status.eq_any(from));
    let ended = diesel::update(plan)
        .set((
            table::status.eq(to),
            table::ended_at.eq(now()),
            table::ended_by.eq(&by.account_id),
            table::ended_name.eq(&by.name),
            table::ended_reason.eq(reason),
        ))
        .execute(c)?;
    if ended == 0 { Err(Error::Conflict("conflict-done-already")) } else { Ok(()) }
}

/// The draw of a plan that is promised or frozen, but not made.
fn open_draw(c: &mut AnyConnection, plan_id: &str) -> Result<Option<draws::Draw>, Error> {
    Ok(draws_table::table
        .filter(draws_table::plan_id.eq(plan_id))
        .filter(draws_table::status.eq_any([Draw::Committed, Draw::Frozen]))
        .select(draws::Draw::as_select())
        .first(c)
        .optional()?)
}

fn open_visits() -> [Visit; 4] {
    [Visit::Planned, Visit::Assigned, Visit::Scheduled, Visit::UnderWay]
}

impl Plan {
    /// Whether it may still be ended.
    pub fn is_open(&self) -> bool {
        matches!(self.status, Status::Draft | Status::Running)
    }
}
