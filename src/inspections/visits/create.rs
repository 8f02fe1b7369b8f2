//! Inspections are made: from a draw, under a plan by hand, or around a project.

use diesel::prelude::*;
use serde_json::json;

use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::{Inspection, Kind, Status};
use crate::schema::inspections;
use crate::suppliers::Supplier;
use crate::values::{new_id, now};

/// What a new inspection is about.
#[derive(Clone, Debug)]
pub struct New {
    pub kind: Kind,
    /// Empty under a plan.
    pub reason: String,
    pub checklist_version_id: String,
    pub plan_id: Option<String>,
    pub entry_id: Option<String>,
    pub category_id: Option<String>,
    pub site_id: Option<String>,
}

/// Makes an inspection of a company, for which nobody is named yet.
pub fn create(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    supplier: &Supplier,
    new: New,
) -> Result<Inspection, Error> {
    let last: Option<i64> = inspections::table
        .select(inspections::number)
        .order(inspections::number.desc())
        .first(c)
        .optional()?;
    let inspection = Inspection {
        id: new_id(),
        number: last.unwrap_or(0) + 1,
        supplier_id: supplier.id.clone(),
        site_id: new.site_id,
        plan_id: new.plan_id,
        entry_id: new.entry_id,
        kind: new.kind,
        reason: new.reason,
        checklist_version_id: new.checklist_version_id,
        category_id: new.category_id,
        area: supplier.area.clone(),
        status: Status::Planned,
        created_by: by.actor().account_id.clone(),
        created_name: by.actor().name.clone(),
        created_at: now(),
        inspector_id: None,
        inspector_name: String::new(),
        planned_on: None,
        visited_on: None,
        place: String::new(),
        people_met: String::new(),
        summary: String::new(),
        signed_off_at: None,
        signed_off_name: String::new(),
        representative_name: String::new(),
        representative_title: String::new(),
        acknowledged_at: None,
        acknowledged_by: None,
        acknowledged_note: String::new(),
        ended_at: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(inspections::table).values(&inspection).execute(c)?;
    let mut details = json!({ "inspection": inspection.code(), "kind": inspection.kind });
    if !inspection.reason.is_empty() {
        details["reason"] = inspection.reason.clone().into();
    }
    audit::append(c, by.actor(), "inspection.planned", ("supplier", &supplier.id), details)?;
    Ok(inspection)
}
