//! What happens to findings is written down step by step, with the files that belong to each step.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::input::MOST_DOCUMENTS;
use super::{Evidence, Finding, Status, Step, StepKind};
use crate::access::{Actor, Member};
use crate::audit;
use crate::db::{AnyConnection, among};
use crate::documents::{self, Document};
use crate::error::{Error, Problem, Problems};
use crate::schema::{finding_evidence, finding_steps, findings};
use crate::values::{new_id, now};

/// Writes a step of a finding down; its id.
pub(super) fn add(
    c: &mut AnyConnection,
    by: &Actor,
    finding: &Finding,
    kind: StepKind,
    body: &str,
) -> Result<String, Error> {
    let step = Step {
        id: new_id(),
        finding_id: finding.id.clone(),
        kind,
        body: body.into(),
        by_supplier: by.supplier_id.is_some(),
        actor_id: by.account_id.clone(),
        actor_name: by.name.clone(),
        at: now(),
    };
    diesel::insert_into(finding_steps::table).values(&step).execute(c)?;
    Ok(step.id)
}

/// Whether something has happened to a finding since it was raised or last reopened.
pub(super) fn has_happened(
    c: &mut AnyConnection,
    finding_id: &str,
    kind: StepKind,
) -> Result<bool, Error> {
    let kinds = [kind.as_str(), StepKind::Reopened.as_str()];
    let last: Option<StepKind> = finding_steps::table
        .filter(finding_steps::finding_id.eq(finding_id))
        .filter(among(finding_steps::kind, kinds))
        .order((finding_steps::at.desc(), finding_steps::id.desc()))
        .select(finding_steps::kind)
        .first(c)
        .optional()?;
    Ok(last == Some(kind))
}

/// The documents of a company that come with a step, each once. Refused with `unknown_choice`: what is
/// not the company's; with `finding_documents`: too many.
pub(super) fn chosen(
    c: &mut AnyConnection,
    supplier_id: &str,
    ids: &[String],
) -> Result<Vec<Document>, Error> {
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).filter(|id| !id.is_empty()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > MOST_DOCUMENTS {
        let problem = Problem::new("documents", "finding_documents").with("max", MOST_DOCUMENTS);
        return Err(Problems(vec![problem]).into());
    }
    let mut found = Vec::new();
    for id in ids {
        match documents::find_of(c, supplier_id, id) {
            Err(Error::NotFound) => {
                return Err(Problems::one("documents", "unknown_choice").into());
            }
            one => found.push(one?),
        }
    }
    Ok(found)
}

/// Ties documents to a step.
pub(super) fn attach(
    c: &mut AnyConnection,
    by: &Member,
    finding: &Finding,
    step_id: &str,
    documents: &[Document],
) -> Result<(), Error> {
    for document in documents {
        let evidence = Evidence {
            id: new_id(),
            finding_id: finding.id.clone(),
            step_id: Some(step_id.into()),
            document_id: document.id.clone(),
            added_by: by.actor.account_id.clone(),
            added_name: by.actor.name.clone(),
            added_at: now(),
        };
        diesel::insert_into(finding_evidence::table).values(&evidence).execute(c)?;
    }
    Ok(())
}

type At<'a> = diesel::dsl::Filter<
    diesel::dsl::Find<findings::table, &'a str>,
    diesel::dsl::Eq<findings::status, Status>,
>;

/// The row of a finding, as long as it is at a status.
pub(super) fn at(id: &str, status: Status) -> At<'_> {
    findings::table.find(id).filter(findings::status.eq(status))
}

/// Fails where nothing was changed: somebody else was faster.
pub(super) fn moved(changed: usize) -> Result<(), Error> {
    if changed == 0 { Err(Error::Conflict("conflict-finding")) } else { Ok(()) }
}

/// Appends what happened to the trail of the company.
pub(super) fn log(
    c: &mut AnyConnection,
    by: &Actor,
    action: &str,
    finding: &Finding,
    mut details: Value,
) -> Result<(), Error> {
    details["finding"] = json!(finding.code());
    audit::append(c, by, action, ("supplier", &finding.supplier_id), details)
}
