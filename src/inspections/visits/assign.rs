//! Somebody is named who goes, with a day; another one or another day; or nobody goes at all.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::inspectors::{self, Inspector, choices, conflicted};
use super::{changed, day_told, letters, record};
use crate::access::{Actor, May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::inspections::{Inspection, Status, find};
use crate::schema::inspections;
use crate::values::{calendar_day, now};
use crate::vault::Vault;

/// Who goes, when and where.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct AssignmentInput {
    /// Id of an account.
    #[validate(length(max = 40))]
    pub inspector: String,
    /// `2027-03-31`.
    #[validate(length(max = 10))]
    pub planned_on: String,
    #[validate(length(max = 300))]
    pub place: String,
}

/// Why nobody goes.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CancellationInput {
    #[validate(length(max = 1000))]
    pub reason: String,
}

/// Names who goes and when. Somebody else than before has to declare first; the same person on another
/// day has done so.
pub fn assign(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    vault: &Vault,
    id: &str,
    input: &AssignmentInput,
) -> Result<Inspection, Error> {
    let (before, supplier) = find(c, by.scope(), id)?;
    if !before.status.is_open() {
        return Err(Error::Conflict("conflict-inspection"));
    }
    let found = choices(c, &before, &supplier)?;
    let inspector = found.into_iter().find(|one| one.account_id == input.inspector);
    let mut problems = Problems::default();
    if inspector.is_none() {
        let has_conflict = conflicted(c, id)?.contains(&input.inspector);
        let code = if has_conflict { "inspector_conflict" } else { "unknown_choice" };
        problems.add(Problem::new("inspector", code));
    }
    let day = read_day(&before, &input.planned_on).map_err(|problem| problems.add(problem)).ok();
    let place = input.place.trim();
    if place.chars().any(char::is_control) {
        problems.add(Problem::new("place", "control_characters"));
    }
    problems.into_result()?;
    let (Some(inspector), Some(day)) = (inspector, day) else { return Err(Error::NotFound) };
    let is_same = before.inspector_id.as_deref() == Some(inspector.account_id.as_str());
    if is_same && before.planned_on == Some(day) && before.place == place {
        return Ok(before);
    }
    let status = if is_same { before.status } else { Status::Assigned };
    let row = inspections::table.find(id).filter(inspections::status.eq(before.status));
    let done = diesel::update(row)
        .set((
            inspections::inspector_id.eq(&inspector.account_id),
            inspections::inspector_name.eq(&inspector.name),
            inspections::planned_on.eq(day),
            inspections::place.eq(place),
            inspections::status.eq(status),
        ))
        .execute(c)?;
    if done == 0 {
        return Err(Error::Conflict("conflict-inspection"));
    }
    let after = find(c, by.scope(), id)?.0;
    tell(c, vault, &before, &after, &inspector)?;
    let details = changed([
        ("inspector", before.inspector_name, after.inspector_name.clone()),
        ("planned_on", day_told(before.planned_on), day_told(after.planned_on)),
        ("place", before.place, after.place.clone()),
    ]);
    let action = if is_same { "inspection.rescheduled" } else { "inspection.assigned" };
    record(c, by.actor(), &after, action, details)?;
    Ok(after)
}

/// The day that was typed: not before today, unless it stays what it was.
fn read_day(before: &Inspection, typed: &str) -> Result<NaiveDate, Problem> {
    let day =
        calendar_day(typed.trim()).ok_or_else(|| Problem::new("planned_on", "inspection_day"))?;
    if day < now().date() && before.planned_on != Some(day) {
        return Err(Problem::new("planned_on", "inspection_day_past"));
    }
    Ok(day)
}

fn tell(
    c: &mut AnyConnection,
    vault: &Vault,
    before: &Inspection,
    after: &Inspection,
    inspector: &Inspector,
) -> Result<(), Error> {
    if before.inspector_id == after.inspector_id {
        letters::to_inspector(c, vault, after, inspector, letters::MOVED)?;
        if matches!(after.status, Status::Scheduled | Status::UnderWay) {
            letters::announce(c, vault, after)?;
        }
        return Ok(());
    }
    if let Some(former) = &before.inspector_id
        && let Some(former) = inspectors::find(c, former)?
    {
        letters::to_inspector(c, vault, before, &former, letters::HANDED_OVER)?;
    }
    letters::to_inspector(c, vault, after, inspector, letters::ASSIGNED)
}

/// Nobody goes.
pub fn cancel(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    vault: &Vault,
    id: &str,
    input: &CancellationInput,
) -> Result<Inspection, Error> {
    let (before, _) = find(c, by.scope(), id)?;
    if !before.status.is_open() {
        return Err(Error::Conflict("conflict-inspection"));
    }
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    if !mark_cancelled(c, by.actor(), &before, reason)? {
        return Err(Error::Conflict("conflict-inspection"));
    }
    if let Some(inspector) = &before.inspector_id
        && let Some(inspector) = inspectors::find(c, inspector)?
    {
        letters::to_inspector(c, vault, &before, &inspector, letters::CANCELLED)?;
    }
    if matches!(before.status, Status::Scheduled | Status::UnderWay) {
        letters::call_off(c, vault, &before)?;
    }
    record(c, by.actor(), &before, "inspection.cancelled", json!({ "reason": reason }))?;
    Ok(find(c, by.scope(), id)?.0)
}

/// Cancels an inspection that nobody has begun, because its draw or its plan goes without it, with the
/// reason. Nobody was named, so nobody is written to.
pub fn cancel_planned(
    c: &mut AnyConnection,
    by: &Actor,
    inspection: &Inspection,
    reason: &str,
) -> Result<(), Error> {
    if inspection.status != Status::Planned || !mark_cancelled(c, by, inspection, reason)? {
        return Err(Error::Conflict("conflict-draw-visit-begun"));
    }
    record(c, by, inspection, "inspection.cancelled", json!({ "reason": reason }))
}

/// Marks an inspection as cancelled, unless it has gone on since it was read.
fn mark_cancelled(
    c: &mut AnyConnection,
    by: &Actor,
    inspection: &Inspection,
    reason: &str,
) -> Result<bool, Error> {
    let row = inspections::table.find(&inspection.id);
    let marked = diesel::update(row.filter(inspections::status.eq(inspection.status)))
        .set((
            inspections::status.eq(Status::Cancelled),
            inspections::ended_at.eq(now()),
            inspections::ended_name.eq(&by.name),
            inspections::ended_reason.eq(reason),
        ))
        .execute(c)?;
    Ok(marked > 0)
}
