//! A plan is recorded, and changed while it is a draft.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde_json::{Value, json};

use super::input::{PlanInput, Written, read};
use super::{Method, Plan, PlanScope, Sampling, Status, find, inspectors};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::inspection_plans as table;
use crate::values::{new_id, now};

/// Records a plan as a draft.
pub fn record(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    input: &PlanInput,
) -> Result<Plan, Error> {
    let written = read(c, input, None)?;
    let last: Option<i64> =
        table::table.select(table::number).order(table::number.desc()).first(c).optional()?;
    let plan = Plan {
        id: new_id(),
        number: last.unwrap_or(0) + 1,
        name: written.name.clone(),
        kind: written.kind,
        status: Status::Draft,
        checklist_version_id: written.checklist_version_id.clone(),
        period_from: written.period_from,
        period_to: written.period_to,
        scheme: written.scheme.clone(),
        scope: serde_json::to_string(&written.scope)?,
        sampling: serde_json::to_string(&written.sampling)?,
        effort_hours: written.effort_hours,
        note: written.note.clone(),
        revision: 1,
        created_by: by.actor().account_id.clone(),
        created_name: by.actor().name.clone(),
        created_at: now(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(table::table).values(&plan).execute(c)?;
    inspectors::replace(c, &plan.id, &written.inspectors)?;
    let details = facts(&plan, &inspectors::described(&written.inspectors));
    audit::append(
        c,
        by.actor(),
        "inspection_plan.recorded",
        ("inspection_plan", &plan.id),
        details,
    )?;
    Ok(plan)
}

/// Changes a draft.
pub fn edit(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    id: &str,
    input: &PlanInput,
) -> Result<Plan, Error> {
    let before = find(c, id)?;
    if before.status != Status::Draft {
        return Err(Error::Conflict("conflict-plan-not-draft"));
    }
    let written = read(c, input, Some(&before))?;
    if input.revision != before.revision.to_string() {
        return Err(Error::Conflict("conflict-edited"));
    }
    let after = changed(&before, &written)?;
    let draft = table::table
        .find(id)
        .filter(table::status.eq(Status::Draft))
        .filter(table::revision.eq(before.revision));
    let edited = diesel::update(draft)
        .set((
            table::name.eq(&after.name),
            table::kind.eq(after.kind),
            table::checklist_version_id.eq(&after.checklist_version_id),
            table::period_from.eq(after.period_from),
            table::period_to.eq(after.period_to),
            table::scheme.eq(&after.scheme),
            table::scope.eq(&after.scope),
            table::sampling.eq(&after.sampling),
            table::effort_hours.eq(after.effort_hours),
            table::note.eq(&after.note),
            table::revision.eq(after.revision),
        ))
        .execute(c)?;
    if edited == 0 {
        return Err(Error::Conflict("conflict-edited"));
    }
    let old = facts(&before, &inspectors::described(&inspectors::of(c, id)?));
    inspectors::replace(c, id, &written.inspectors)?;
    let new = facts(&after, &inspectors::described(&written.inspectors));
    let details = differences(&old, &new);
    audit::append(c, by.actor(), "inspection_plan.edited", ("inspection_plan", id), details)?;
    Ok(after)
}

fn changed(before: &Plan, written: &Written) -> Result<Plan, Error> {
    Ok(Plan {
        name: written.name.clone(),
        kind: written.kind,
        checklist_version_id: written.checklist_version_id.clone(),
        period_from: written.period_from,
        period_to: written.period_to,
        scheme: written.scheme.clone(),
        scope: serde_json::to_string(&written.scope)?,
        sampling: serde_json::to_string(&written.sampling)?,
        effort_hours: written.effort_hours,
        note: written.note.clone(),
        revision: before.revision + 1,
        ..before.clone()
    })
}

/// A plan as the audit trail tells it.
fn facts(plan: &Plan, inspectors: &str) -> Value {
    json!({
        "plan": plan.code(),
        "plan_name": plan.name,
        "plan_kind": plan.kind,
        "checklist_version": plan.checklist_version_id,
        "plan_period": format!("{} – {}", plan.period_from, plan.period_to),
        "scheme": plan.scheme,
        "plan_scope": scope_described(&plan.scope()),
        "sampling": sampling_described(&plan.sampling()),
        "effort_hours": plan.effort_hours,
        "inspectors": inspectors,
        "note": plan.note,
    })
}

/// The codes of a scope: "eastern; ; medium; active", an empty part for all.
fn scope_described(scope: &PlanScope) -> String {
    let parts = [&scope.regions, &scope.categories, &scope.tiers, &scope.stages];
    let part = |all: &BTreeSet<String>| all.iter().cloned().collect::<Vec<_>>().join(", ");
    match parts.iter().all(|all| all.is_empty()) {
        true => String::new(),
        false => parts.map(part).join("; "),
    }
}

/// The method with its numbers: "iso2859 II 4.0, 2, certain".
fn sampling_described(one: &Sampling) -> String {
    let numbers = match one.method() {
        Method::Iso2859 => format!(" {} {}", one.level, one.aql),
        Method::Discovery => format!(" {} % {} %", one.bad_percent, one.confidence_percent),
        Method::Percentage => format!(" {} %", one.percentage),
        Method::Number => format!(" {}", one.number),
        Method::All | Method::ByHand => String::new(),
    };
    let certain = if one.certain { ", certain" } else { "" };
    format!("{}{numbers}, {}{certain}", one.method, one.minimum)
}

/// `[before, after]` of what is not the same.
fn differences(old: &Value, new: &Value) -> Value {
    let mut found = serde_json::Map::new();
    for (field, after) in new.as_object().into_iter().flatten() {
        let before = &old[field];
        if before != after {
            found.insert(field.clone(), json!([before, after]));
        }
    }
    Value::Object(found)
}
