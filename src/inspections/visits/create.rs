//! Inspections are made: from a draw, under a plan by hand, or around a project.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use crate::access::{Actor, May, right};
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

impl New {
    /// The inspection of a company, planned by somebody at a moment, for which nobody is named yet.
    pub fn planned(
        self,
        number: i64,
        supplier: &Supplier,
        by: &Actor,
        at: NaiveDateTime,
    ) -> Inspection {
        Inspection {
            id: new_id(),
            number,
            supplier_id: supplier.id.clone(),
            site_id: self.site_id,
            plan_id: self.plan_id,
            entry_id: self.entry_id,
            kind: self.kind,
            reason: self.reason,
            checklist_version_id: self.checklist_version_id,
            category_id: self.category_id,
            area: supplier.area.clone(),
            status: Status::Planned,
            created_by: by.account_id.clone(),
            created_name: by.name.clone(),
            created_at: at,
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
        }
    }
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
    let inspection = new.planned(last.unwrap_or(0) + 1, supplier, by.actor(), now());
    diesel::insert_into(inspections::table).values(&inspection).execute(c)?;
    let mut details = json!({ "inspection": inspection.code(), "kind": inspection.kind });
    if !inspection.reason.is_empty() {
        details["reason"] = inspection.reason.clone().into();
    }
    audit::append(c, by.actor(), "inspection.planned", ("supplier", &supplier.id), details)?;
    Ok(inspection)
}
