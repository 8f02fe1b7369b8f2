//! A company contains the harm of a critical finding, and says what it did about each.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;
use validator::Validate;

use super::input::{Said, needed};
use super::steps::{add, at, attach, chosen, log, moved};
use super::{
    ActionStatus, AnswerInput, ContainmentInput, CorrectiveAction, Finding, Status, StepKind,
    find_of,
};
use crate::access::Member;
use crate::db::{AnyConnection, among};
use crate::documents::Document;
use crate::error::{Error, Problem, Problems};
use crate::schema::{corrective_actions, findings};
use crate::values::{new_id, now};

/// What a containment comes to, where it can be taken: the finding, what was done, the documents.
pub(super) fn may_contain(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &ContainmentInput,
    has_file: bool,
) -> Result<(Finding, String, Vec<Document>), Error> {
    let finding = find_of(c, &by.supplier_id, id)?;
    if !finding.status.is_open() || !finding.is_uncontained() {
        return Err(Error::Conflict("conflict-finding"));
    }
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let how = needed("containment", &input.containment, &mut problems);
    let documents = with_documents(c, by, &input.documents, &mut problems)?;
    if documents.is_empty() && !has_file {
        problems.add(Problem::new("file", "finding_evidence"));
    }
    problems.into_result()?;
    Ok((finding, how, documents))
}

/// The company has contained the harm. `input` names at least one document that shows it.
pub fn contain(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &ContainmentInput,
) -> Result<Finding, Error> {
    let (finding, how, documents) = may_contain(c, by, id, input, false)?;
    let uncontained = at(id, finding.status).filter(findings::contained_at.is_null());
    let changed = diesel::update(uncontained)
        .set((
            findings::contained_at.eq(now()),
            findings::escalations.eq(0),
            findings::escalated_at.eq(None::<NaiveDateTime>),
        ))
        .execute(c)?;
    moved(changed)?;
    let step = add(c, &by.actor, &finding, StepKind::Contained, &how)?;
    attach(c, by, &finding, &step, &documents)?;
    let details = json!({ "documents": documents.len() });
    log(c, &by.actor, "finding.contained", &finding, details)?;
    find_of(c, &by.supplier_id, id)
}

/// What an answer comes to, where it can be taken: the finding, what is said, the documents. What is
/// done already is shown with a document.
pub(super) fn may_answer(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &AnswerInput,
    has_file: bool,
) -> Result<(Finding, Said, Vec<Document>), Error> {
    let finding = find_of(c, &by.supplier_id, id)?;
    open_to_company(&finding)?;
    let today = now().date();
    let mut problems = Problems::default();
    let said = input.said(&finding, today).map_err(|found| problems = found).ok();
    let documents = with_documents(c, by, &input.documents, &mut problems)?;
    let is_done = said.as_ref().is_some_and(|said| said.done_on <= today);
    if is_done && documents.is_empty() && !has_file {
        problems.add(Problem::new("file", "finding_evidence"));
    }
    problems.clone().into_result()?;
    said.map(|said| (finding, said, documents)).ok_or(Error::Invalid(problems))
}

/// The company answers: why it came to that, what it did, who answers for it, and when.
pub fn answer(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &AnswerInput,
) -> Result<Finding, Error> {
    let (finding, said, documents) = may_answer(c, by, id, input, false)?;
    let changed = diesel::update(at(id, Status::Open))
        .set((findings::status.eq(Status::Answered), findings::answered_at.eq(now())))
        .execute(c)?;
    moved(changed)?;
    let last: Option<i64> = corrective_actions::table
        .filter(corrective_actions::finding_id.eq(id))
        .select(corrective_actions::round)
        .order(corrective_actions::round.desc())
        .first(c)
        .optional()?;
    let action = CorrectiveAction {
        id: new_id(),
        finding_id: id.into(),
        round: last.unwrap_or(0) + 1,
        root_cause: said.root_cause,
        action: said.action,
        owner: said.owner,
        done_on: said.done_on,
        status: ActionStatus::Submitted,
        answered_by: by.actor.account_id.clone(),
        answered_name: by.actor.name.clone(),
        answered_at: now(),
        decided_at: None,
        decided_by: None,
        decided_name: String::new(),
        decision_note: String::new(),
    };
    diesel::insert_into(corrective_actions::table).values(&action).execute(c)?;
    let step = add(c, &by.actor, &finding, StepKind::Answered, "")?;
    attach(c, by, &finding, &step, &documents)?;
    let details = json!({ "round": action.round, "documents": documents.len() });
    log(c, &by.actor, "finding.answered", &finding, details)?;
    find_of(c, &by.supplier_id, id)
}

/// The company takes back an answer, or a dispute, that nobody has decided on.
pub fn take_back(c: &mut AnyConnection, by: &Member, id: &str) -> Result<Finding, Error> {
    let finding = find_of(c, &by.supplier_id, id)?;
    if !matches!(finding.status, Status::Answered | Status::Disputed) {
        return Err(Error::Conflict("conflict-finding"));
    }
    let changed =
        diesel::update(at(id, finding.status)).set(findings::status.eq(Status::Open)).execute(c)?;
    moved(changed)?;
    if finding.status == Status::Answered {
        diesel::update(waiting(id))
            .set(corrective_actions::status.eq(ActionStatus::TakenBack))
            .execute(c)?;
    }
    add(c, &by.actor, &finding, StepKind::TakenBack, "")?;
    log(c, &by.actor, "finding.taken_back", &finding, json!({}))?;
    find_of(c, &by.supplier_id, id)
}

type Waiting<'a> = diesel::dsl::Filter<
    diesel::dsl::Filter<
        corrective_actions::table,
        diesel::dsl::Eq<corrective_actions::finding_id, &'a str>,
    >,
    diesel::dsl::Eq<corrective_actions::status, ActionStatus>,
>;

/// The answer of a finding that waits to be verified.
pub(super) fn waiting(finding_id: &str) -> Waiting<'_> {
    corrective_actions::table
        .filter(corrective_actions::finding_id.eq(finding_id))
        .filter(corrective_actions::status.eq(ActionStatus::Submitted))
}

/// Passes where a finding waits for its company.
pub(super) fn open_to_company(finding: &Finding) -> Result<(), Error> {
    match finding.status {
        Status::Open => Ok(()),
        Status::Answered | Status::Disputed => Err(Error::Conflict("conflict-finding-waits")),
        Status::Closed | Status::Withdrawn => Err(Error::Conflict("conflict-finding")),
    }
}

/// The documents that were chosen; what is wrong with the choice is added to the problems.
pub(super) fn with_documents(
    c: &mut AnyConnection,
    by: &Member,
    ids: &[String],
    problems: &mut Problems,
) -> Result<Vec<Document>, Error> {
    match chosen(c, &by.supplier_id, ids) {
        Err(Error::Invalid(found)) => {
            problems.0.extend(found.0);
            Ok(Vec::new())
        }
        found => found,
    }
}

/// How many findings of a company it has to do something about: to contain or to answer.
pub fn asked_of_company(c: &mut AnyConnection, supplier_id: &str) -> Result<i64, Error> {
    let uncontained = findings::contain_by.is_not_null().and(findings::contained_at.is_null());
    let statuses = Status::OPEN.map(|status| status.as_str());
    Ok(findings::table
        .filter(findings::supplier_id.eq(supplier_id))
        .filter(among(findings::status, statuses))
        .filter(findings::status.eq(Status::Open).or(uncontained))
        .count()
        .get_result(c)?)
}
