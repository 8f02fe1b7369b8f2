//! What does not conform becomes a finding once the inspector has signed it off.

use chrono::{Days, Months, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::{Finding, Status, Step, StepKind};
use crate::access::Actor;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::checklists::Item;
use crate::inspections::visits::ItemResult;
use crate::inspections::{Inspection, Severity};
use crate::schema::{finding_steps, findings};
use crate::values::{new_id, now};

/// For so many months a finding at an item is remembered: the next one at the same item repeats it.
pub const REMEMBERED_MONTHS: u32 = 36;

impl Finding {
    /// A finding at an item, raised by the inspector at a moment: how bad it is, and what was seen. The days
    /// to contain and to close count from the day of the visit.
    pub fn raised(
        number: i64,
        inspection: &Inspection,
        item: &Item,
        (severity, statement): (Severity, &str),
        by: &Actor,
        at: NaiveDateTime,
    ) -> Finding {
        let visited = day_of(inspection);
        Finding {
            id: new_id(),
            number,
            inspection_id: inspection.id.clone(),
            supplier_id: inspection.supplier_id.clone(),
            item_id: item.id.clone(),
            item_code: item.code.clone(),
            category_id: inspection.category_id.clone(),
            area: inspection.area.clone(),
            severity,
            statement: statement.into(),
            status: Status::Open,
            raised_on: visited,
            raised_by: by.account_id.clone(),
            raised_name: by.name.clone(),
            raised_at: at,
            contain_by: severity.days_to_contain().map(|days| visited + Days::new(days)),
            contained_at: None,
            due_on: visited + Days::new(severity.days_to_close()),
            answered_at: None,
            disputed_at: None,
            closed_at: None,
            closed_by: None,
            closed_name: String::new(),
            reopened: 0,
            escalations: 0,
            escalated_at: None,
            repeats_id: None,
        }
    }
}

/// The day of the visit.
fn day_of(inspection: &Inspection) -> NaiveDate {
    inspection.visited_on.unwrap_or_else(|| now().date())
}

/// Raises a finding for each result that is one. The days to contain and to close count from the day of
/// the visit.
pub fn raise(
    c: &mut AnyConnection,
    by: &Actor,
    inspection: &Inspection,
    results: &[(Item, ItemResult)],
) -> Result<Vec<Finding>, Error> {
    let last: Option<i64> = findings::table
        .select(findings::number)
        .order(findings::number.desc())
        .first(c)
        .optional()?;
    let visited = day_of(inspection);
    let mut raised = Vec::new();
    for (item, result) in results {
        let Some(severity) = result.outcome.severity() else { continue };
        let number = last.unwrap_or(0) + 1 + raised.len() as i64;
        let what = (severity, result.remark.as_str());
        let finding = Finding {
            repeats_id: earlier(c, &inspection.supplier_id, &item.code, visited)?,
            ..Finding::raised(number, inspection, item, what, by, now())
        };
        diesel::insert_into(findings::table).values(&finding).execute(c)?;
        let step = Step {
            id: new_id(),
            finding_id: finding.id.clone(),
            kind: StepKind::Raised,
            body: finding.statement.clone(),
            by_supplier: false,
            actor_id: by.account_id.clone(),
            actor_name: by.name.clone(),
            at: now(),
        };
        diesel::insert_into(finding_steps::table).values(&step).execute(c)?;
        let details = told(inspection, &finding, severity);
        audit::append(c, by, "finding.raised", ("supplier", &finding.supplier_id), details)?;
        raised.push(finding);
    }
    Ok(raised)
}

fn told(inspection: &Inspection, finding: &Finding, severity: Severity) -> serde_json::Value {
    json!({
        "inspection": inspection.code(),
        "finding": finding.code(),
        "severity": severity,
        "due_on": finding.due_on.to_string(),
    })
}

/// The newest finding at an item of a company that still counts as having been there before.
fn earlier(
    c: &mut AnyConnection,
    supplier_id: &str,
    item_code: &str,
    day: NaiveDate,
) -> Result<Option<String>, Error> {
    let since = day - Months::new(REMEMBERED_MONTHS);
    Ok(findings::table
        .filter(findings::supplier_id.eq(supplier_id))
        .filter(findings::item_code.eq(item_code))
        .filter(findings::status.ne(Status::Withdrawn))
        .filter(findings::raised_on.ge(since))
        .order((findings::raised_on.desc(), findings::id.desc()))
        .select(findings::id)
        .first(c)
        .optional()?)
}
