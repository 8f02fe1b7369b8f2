//! The inspector signs off what was found. From then on it never changes, and what does not conform is a
//! finding.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::facts::day_problem;
use super::sheet::Sheet;
use super::{follow_findings, letters, record, writable};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::inspections::findings::{self, Finding};
use crate::inspections::results::apply::after_sign_off;
use crate::inspections::{Inspection, Outcome, Status, find};
use crate::schema::inspections;
use crate::values::now;
use crate::vault::Vault;

/// What is said at the end of a visit.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SignOffInput {
    #[validate(length(max = 8000))]
    pub summary: String,
    /// Who was there for the company.
    #[validate(length(max = 100))]
    pub representative_name: String,
    #[validate(length(max = 100))]
    pub representative_title: String,
}

/// Signs the results off, raises the findings, does what follows from them by the written rules, and
/// tells the company.
pub fn sign_off(
    c: &mut AnyConnection,
    by: &May<right::Inspect>,
    vault: &Vault,
    id: &str,
    input: &SignOffInput,
) -> Result<Vec<Finding>, Error> {
    let before = writable(c, by, id)?;
    let sheet = Sheet::load(c, &before)?;
    problems(&before, &sheet, input).into_result()?;
    let row = inspections::table.find(id).filter(inspections::status.eq(Status::UnderWay));
    let changed = diesel::update(row)
        .set((
            inspections::status.eq(Status::SignedOff),
            inspections::summary.eq(said(&input.summary)),
            inspections::representative_name.eq(input.representative_name.trim()),
            inspections::representative_title.eq(input.representative_title.trim()),
            inspections::signed_off_at.eq(now()),
            inspections::signed_off_name.eq(&by.actor().name),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-inspection-signed-off"));
    }
    let after = find(c, by.scope(), id)?.0;
    let number = |outcome| sheet.number(outcome);
    let details = json!({
        "conform": number(Outcome::Conform),
        "observation": number(Outcome::Observation),
        "minor": number(Outcome::Minor),
        "major": number(Outcome::Major),
        "critical": number(Outcome::Critical),
        "not_applicable": number(Outcome::NotApplicable),
        "visited_on": after.visited_on.map(|day| day.to_string()),
        "representative": after.representative_name,
    });
    record(c, by.actor(), &after, "inspection.signed_off", details)?;
    let found = findings::raise(c, by.actor(), &after, &sheet.results())?;
    after_sign_off(c, by.actor(), &after, &found)?;
    follow_findings(c, by.actor(), id)?;
    letters::signed_off(c, vault, &after, &found)?;
    Ok(found)
}

fn said(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_string()
}

/// What is still missing.
fn problems(inspection: &Inspection, sheet: &Sheet, input: &SignOffInput) -> Problems {
    let mut problems = Problems::default();
    let missing: Vec<&str> = sheet.missing().iter().map(|item| item.code.as_str()).collect();
    if !missing.is_empty() || sheet.all() == 0 {
        let said = Problem::new("items", "inspection_items_missing");
        problems.add(said.with("n", missing.len()).with("items", missing.join(", ")));
    }
    match inspection.visited_on {
        None => problems.add(Problem::new("visited_on", "inspection_no_day")),
        Some(day) => problems.0.extend(day_problem(inspection, day)),
    }
    for (field, text) in [
        ("summary", &input.summary),
        ("representative_name", &input.representative_name),
        ("representative_title", &input.representative_title),
    ] {
        if text.trim().is_empty() {
            problems.add(Problem::new(field, "missing"));
        } else if field != "summary" && text.trim().chars().any(char::is_control) {
            problems.add(Problem::new(field, "control_characters"));
        }
    }
    problems
}
