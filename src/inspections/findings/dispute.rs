//! A company says that a finding is none, and somebody who did not inspect decides.

use diesel::prelude::*;
use serde_json::json;
use validator::Validate;

use super::answer::{open_to_company, with_documents};
use super::extend::{moved_to, put_off};
use super::input::needed;
use super::steps::{add, at, attach, has_happened, log, moved};
use super::verify::to_verify;
use super::{
    DisputeInput, Finding, Status, StepKind, UpholdingInput, WithdrawalInput, find, find_of,
    letters,
};
use crate::access::{May, Member, right};
use crate::db::AnyConnection;
use crate::documents::Document;
use crate::error::{Error, Problems};
use crate::inspections::{results, visits};
use crate::schema::findings;
use crate::values::now;
use crate::vault::Vault;

/// What a dispute comes to, where it can be taken: the finding, the reason, the documents.
pub(super) fn may_dispute(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &DisputeInput,
) -> Result<(Finding, String, Vec<Document>), Error> {
    let finding = find_of(c, &by.supplier_id, id)?;
    open_to_company(&finding)?;
    if has_happened(c, id, StepKind::Upheld)? {
        return Err(Error::Conflict("conflict-finding-upheld"));
    }
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let reason = needed("dispute_reason", &input.dispute_reason, &mut problems);
    let documents = with_documents(c, by, &input.documents, &mut problems)?;
    problems.into_result()?;
    Ok((finding, reason, documents))
}

/// The company disputes a finding. Once it was upheld, the company answers instead.
pub fn dispute(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &DisputeInput,
) -> Result<Finding, Error> {
    let (finding, reason, documents) = may_dispute(c, by, id, input)?;
    let changed = diesel::update(at(id, Status::Open))
        .set((findings::status.eq(Status::Disputed), findings::disputed_at.eq(now())))
        .execute(c)?;
    moved(changed)?;
    let step = add(c, &by.actor, &finding, StepKind::Disputed, &reason)?;
    attach(c, by, &finding, &step, &documents)?;
    let details = json!({ "reason": reason, "documents": documents.len() });
    log(c, &by.actor, "finding.disputed", &finding, details)?;
    find_of(c, &by.supplier_id, id)
}

/// The dispute is not followed: the finding stays, and the company has to answer, by the same day unless
/// it is put off.
pub fn uphold(
    c: &mut AnyConnection,
    by: &May<right::VerifyFindings>,
    vault: &Vault,
    id: &str,
    input: &UpholdingInput,
) -> Result<Finding, Error> {
    let (finding, supplier) = to_verify(c, by, id, Status::Disputed)?;
    let mut problems = Problems::default();
    let reason = needed("upholding_reason", &input.upholding_reason, &mut problems);
    let later = match input.extended_to.trim() {
        "" => None,
        day => moved_to(c, &finding, "extended_to", day, &mut problems)?,
    };
    problems.into_result()?;
    let due_on = finding.due_after_our_word(finding.disputed_at, now().date());
    let changed = diesel::update(at(id, Status::Disputed))
        .set((findings::status.eq(Status::Open), findings::due_on.eq(due_on)))
        .execute(c)?;
    moved(changed)?;
    add(c, by.actor(), &finding, StepKind::Upheld, &reason)?;
    let mut details = json!({ "reason": reason });
    if let Some(day) = later {
        put_off(c, by.actor(), &finding, day, &reason)?;
        details["due_on"] = json!([finding.due_on.to_string(), day.to_string()]);
    }
    let finding = find(c, by.scope(), id)?.0;
    letters::tell(c, vault, "finding_upheld", &finding, &supplier, vec![reason])?;
    log(c, by.actor(), "finding.upheld", &finding, details)?;
    Ok(finding)
}

/// The dispute is followed: it was no finding, and what it alone has led to is dropped.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::VerifyFindings>,
    vault: &Vault,
    id: &str,
    input: &WithdrawalInput,
) -> Result<Finding, Error> {
    let (finding, supplier) = to_verify(c, by, id, Status::Disputed)?;
    let mut problems = Problems::default();
    let reason = needed("withdrawal_reason", &input.withdrawal_reason, &mut problems);
    problems.into_result()?;
    let changed = diesel::update(at(id, Status::Disputed))
        .set((
            findings::status.eq(Status::Withdrawn),
            findings::closed_at.eq(now()),
            findings::closed_by.eq(&by.actor().account_id),
            findings::closed_name.eq(&by.actor().name),
        ))
        .execute(c)?;
    moved(changed)?;
    add(c, by.actor(), &finding, StepKind::Withdrawn, &reason)?;
    let finding = find(c, by.scope(), id)?.0;
    letters::tell(c, vault, "finding_withdrawn", &finding, &supplier, vec![reason.clone()])?;
    results::apply::after_withdrawal(c, by.actor(), &finding)?;
    visits::follow_findings(c, by.actor(), &finding.inspection_id)?;
    log(c, by.actor(), "finding.withdrawn", &finding, json!({ "reason": reason }))?;
    Ok(finding)
}
