//! A closed finding is opened again: what was done did not last.

use chrono::{Days, Months, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::input::needed;
use super::steps::{add, at, log, moved};
use super::verify::to_verify;
use super::{Finding, ReopeningInput, Status, StepKind, find, letters};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::inspections::visits;
use crate::schema::findings;
use crate::values::now;
use crate::vault::Vault;

/// For so many months after it was closed a finding can be opened again.
const MONTHS: u32 = 12;

/// Whether a finding was closed so recently that it can be opened again.
pub(super) fn can_reopen(finding: &Finding) -> bool {
    let since = now() - Months::new(MONTHS);
    finding.status == Status::Closed && finding.closed_at.is_some_and(|at| at >= since)
}

/// Opens a closed finding again. The days by which it must be contained and closed count from today.
pub fn reopen(
    c: &mut AnyConnection,
    by: &May<right::VerifyFindings>,
    vault: &Vault,
    id: &str,
    input: &ReopeningInput,
) -> Result<Finding, Error> {
    let (before, supplier) = to_verify(c, by, id, Status::Closed)?;
    if !can_reopen(&before) {
        return Err(Error::Conflict("conflict-finding-long-closed"));
    }
    let mut problems = Problems::default();
    let reason = needed("reopening_reason", &input.reopening_reason, &mut problems);
    problems.into_result()?;
    let (today, severity) = (now().date(), before.severity);
    let nothing = None::<NaiveDateTime>;
    let changed = diesel::update(at(id, Status::Closed))
        .set((
            findings::status.eq(Status::Open),
            findings::due_on.eq(today + Days::new(severity.days_to_close())),
            findings::contain_by.eq(severity.days_to_contain().map(|days| today + Days::new(days))),
            findings::contained_at.eq(nothing),
            findings::closed_at.eq(nothing),
            findings::closed_by.eq(None::<String>),
            findings::closed_name.eq(""),
            findings::reopened.eq(before.reopened + 1),
            findings::escalations.eq(0),
            findings::escalated_at.eq(nothing),
        ))
        .execute(c)?;
    moved(changed)?;
    add(c, by.actor(), &before, StepKind::Reopened, &reason)?;
    let finding = find(c, by.scope(), id)?.0;
    letters::tell(c, vault, "finding_reopened", &finding, &supplier, vec![reason.clone()])?;
    visits::follow_findings(c, by.actor(), &finding.inspection_id)?;
    let details = json!({ "reason": reason, "due_on": finding.due_on.to_string() });
    log(c, by.actor(), "finding.reopened", &finding, details)?;
    Ok(finding)
}
