//! The day by which a finding may be closed is put off, once.

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::input::{day_of, needed};
use super::steps::{add, has_happened, log, moved};
use super::verify::uninvolved;
use super::{ExtensionInput, Finding, StepKind, find, letters};
use crate::access::{Actor, May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::findings;
use crate::values::now;
use crate::vault::Vault;

/// Puts the day off by which an open finding may be closed: once, until it is reopened. The company is
/// told.
pub fn extend(
    c: &mut AnyConnection,
    by: &May<right::VerifyFindings>,
    vault: &Vault,
    id: &str,
    input: &ExtensionInput,
) -> Result<Finding, Error> {
    let (before, supplier) = find(c, by.scope(), id)?;
    uninvolved(c, by, &before)?;
    if !before.status.is_open() {
        return Err(Error::Conflict("conflict-finding"));
    }
    if has_happened(c, id, StepKind::Extended)? {
        return Err(Error::Conflict("conflict-finding-extended"));
    }
    let mut problems = Problems::default();
    let day = moved_to(c, &before, "new_due_on", &input.new_due_on, &mut problems)?;
    let reason = needed("extension_reason", &input.extension_reason, &mut problems);
    let Some(day) = day.filter(|_| problems.is_empty()) else { return Err(problems.into()) };
    put_off(c, by.actor(), &before, day, &reason)?;
    let finding = find(c, by.scope(), id)?.0;
    letters::tell(c, vault, "finding_extended", &finding, &supplier, vec![reason.clone()])?;
    let days = [before.due_on.to_string(), day.to_string()];
    let details = json!({ "due_on": days, "reason": reason });
    log(c, by.actor(), "finding.extended", &finding, details)?;
    Ok(finding)
}

/// The last day to which a finding can be put off: as many days as it had at first, from the day by which
/// it may be closed, or from today when that has passed.
pub(super) fn latest(finding: &Finding, today: NaiveDate) -> NaiveDate {
    finding.due_on.max(today) + Days::new(finding.severity.days_to_close())
}

/// The later day that was written into a field, or what is wrong with it.
pub(super) fn moved_to(
    c: &mut AnyConnection,
    finding: &Finding,
    field: &str,
    text: &str,
    problems: &mut Problems,
) -> Result<Option<NaiveDate>, Error> {
    let Some(day) = day_of(field, text, problems) else { return Ok(None) };
    let today = now().date();
    let last = latest(finding, today);
    if has_happened(c, &finding.id, StepKind::Extended)? {
        problems.add(Problem::new(field, "finding_extended"));
    } else if day <= finding.due_on || day < today {
        let first = (finding.due_on + Days::new(1)).max(today);
        problems.add(Problem::new(field, "finding_not_later").with("day", first));
    } else if day > last {
        problems.add(Problem::new(field, "finding_too_late").with("day", last));
    }
    Ok(Some(day))
}

/// Writes a later day down. Whether it is overdue counts from there.
pub(super) fn put_off(
    c: &mut AnyConnection,
    by: &Actor,
    finding: &Finding,
    day: NaiveDate,
    reason: &str,
) -> Result<(), Error> {
    let unmoved = findings::table.find(&finding.id).filter(findings::due_on.eq(finding.due_on));
    let changed = diesel::update(unmoved)
        .set((
            findings::due_on.eq(day),
            findings::escalations.eq(0),
            findings::escalated_at.eq(None::<NaiveDateTime>),
        ))
        .execute(c)?;
    moved(changed)?;
    add(c, by, finding, StepKind::Extended, &format!("{day}: {reason}")).map(|_| ())
}
