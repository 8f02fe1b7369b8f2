//! Somebody who did not inspect verifies what a company did: it is enough, or it is not.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::answer::waiting;
use super::input::needed;
use super::steps::{add, at, log, moved};
use super::{ActionStatus, ClosingInput, Finding, ReturnInput, Status, StepKind, find, letters};
use crate::access::{Actor, May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::inspections::visits;
use crate::schema::{corrective_actions, findings};
use crate::suppliers::Supplier;
use crate::values::now;
use crate::vault::Vault;

/// Closes an answered finding, and so accepts the answer. A critical one must be contained, or the answer
/// must show that it is.
pub fn close(
    c: &mut AnyConnection,
    by: &May<right::VerifyFindings>,
    vault: &Vault,
    id: &str,
    input: &ClosingInput,
) -> Result<Finding, Error> {
    let (finding, supplier) = to_verify(c, by, id, Status::Answered)?;
    let mut problems = Problems::default();
    let note = needed("closing_note", &input.closing_note, &mut problems);
    let contained = input.contained == "on";
    if finding.is_uncontained() && !contained {
        problems.add(Problem::new("contained", "finding_uncontained"));
    }
    problems.into_result()?;
    let is_contained_now = finding.is_uncontained();
    let contained_at: Option<NaiveDateTime> =
        if is_contained_now { Some(now()) } else { finding.contained_at };
    let changed = diesel::update(at(id, Status::Answered))
        .set((
            findings::status.eq(Status::Closed),
            findings::contained_at.eq(contained_at),
            findings::closed_at.eq(now()),
            findings::closed_by.eq(&by.actor().account_id),
            findings::closed_name.eq(&by.actor().name),
        ))
        .execute(c)?;
    moved(changed)?;
    decide_answer(c, by.actor(), id, ActionStatus::Accepted, &note)?;
    if is_contained_now {
        add(c, by.actor(), &finding, StepKind::Contained, "")?;
    }
    add(c, by.actor(), &finding, StepKind::Closed, &note)?;
    letters::tell(c, vault, "finding_closed", &finding, &supplier, vec![note.clone()])?;
    visits::follow_findings(c, by.actor(), &finding.inspection_id)?;
    log(c, by.actor(), "finding.closed", &finding, json!({ "note": note }))?;
    Ok(find(c, by.scope(), id)?.0)
}

/// Returns an answer that is not enough: the company answers anew.
pub fn give_back(
    c: &mut AnyConnection,
    by: &May<right::VerifyFindings>,
    vault: &Vault,
    id: &str,
    input: &ReturnInput,
) -> Result<Finding, Error> {
    let (finding, supplier) = to_verify(c, by, id, Status::Answered)?;
    let mut problems = Problems::default();
    let comment = needed("return_comment", &input.return_comment, &mut problems);
    problems.into_result()?;
    let due_on = finding.due_after_our_word(finding.answered_at, now().date());
    let changed = diesel::update(at(id, Status::Answered))
        .set((findings::status.eq(Status::Open), findings::due_on.eq(due_on)))
        .execute(c)?;
    moved(changed)?;
    let finding = Finding { due_on, ..finding };
    decide_answer(c, by.actor(), id, ActionStatus::Returned, &comment)?;
    add(c, by.actor(), &finding, StepKind::Returned, &comment)?;
    letters::tell(c, vault, "finding_returned", &finding, &supplier, vec![comment.clone()])?;
    log(c, by.actor(), "finding.returned", &finding, json!({ "reason": comment }))?;
    Ok(find(c, by.scope(), id)?.0)
}

fn decide_answer(
    c: &mut AnyConnection,
    by: &Actor,
    finding_id: &str,
    status: ActionStatus,
    note: &str,
) -> Result<(), Error> {
    let changed = diesel::update(waiting(finding_id))
        .set((
            corrective_actions::status.eq(status),
            corrective_actions::decided_at.eq(now()),
            corrective_actions::decided_by.eq(&by.account_id),
            corrective_actions::decided_name.eq(&by.name),
            corrective_actions::decision_note.eq(note),
        ))
        .execute(c)?;
    moved(changed)
}

/// A finding at a status that this person may decide on.
pub(super) fn to_verify(
    c: &mut AnyConnection,
    by: &May<right::VerifyFindings>,
    id: &str,
    status: Status,
) -> Result<(Finding, Supplier), Error> {
    let (finding, supplier) = find(c, by.scope(), id)?;
    uninvolved(c, by, &finding)?;
    if finding.status != status {
        return Err(Error::Conflict("conflict-finding"));
    }
    Ok((finding, supplier))
}

/// Passes for who had no part in the inspection.
pub(super) fn uninvolved(
    c: &mut AnyConnection,
    by: &May<right::VerifyFindings>,
    finding: &Finding,
) -> Result<(), Error> {
    if visits::had_part(c, &finding.inspection_id, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-own-finding"));
    }
    Ok(())
}
