//! An audit is opened, and its sections are examined one by one.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::parts::EXAMINED;
use super::{AuditSection, BasicAudit, Outcome, Source, Status, Verdict, find};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::documents;
use crate::error::{Error, Problem, Problems};
use crate::on_both;
use crate::onboarding::registration::Section;
use crate::schema::{basic_audit_sections, basic_audits};
use crate::suppliers;
use crate::values::{new_id, now};

/// The form of a section.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SectionInput {
    pub verdict: String,
    pub source: String,
    /// What was seen; of a section that does not concern the company, why.
    #[validate(length(max = 2000))]
    pub evidence: String,
    /// Id of a document of the company, or "".
    pub document: String,
}

impl SectionInput {
    fn read(&self) -> Result<(Verdict, Source), Error> {
        let mut problems = Problems::default();
        let verdict = Verdict::parse(&self.verdict).filter(|verdict| *verdict != Verdict::None);
        if verdict.is_none() {
            problems.add(Problem::new("verdict", "basic_verdict"));
        }
        let source = Source::parse(&self.source);
        let needs_source = verdict != Some(Verdict::NotApplicable);
        match source {
            None => problems.add(Problem::new("source", "unknown_choice")),
            Some(Source::None) if needs_source => {
                problems.add(Problem::new("source", "basic_source"));
            }
            Some(_) => {}
        }
        if self.evidence.trim().is_empty() {
            let code = if needs_source { "basic_evidence" } else { "basic_not_applicable" };
            problems.add(Problem::new("evidence", code));
        }
        match (verdict, source) {
            (Some(verdict), Some(source)) if problems.is_empty() => Ok((verdict, source)),
            _ => Err(problems.into()),
        }
    }
}

/// Opens an audit of a company, every section of it to be examined. One at a time.
pub fn open(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    supplier_id: &str,
) -> Result<BasicAudit, Error> {
    suppliers::find(c, by.scope(), supplier_id)?;
    if super::of(c, supplier_id)?.iter().any(|audit| audit.status.is_running()) {
        return Err(Error::Conflict("conflict-basic-running"));
    }
    let audit = BasicAudit {
        id: new_id(),
        number: next_number(c)?,
        supplier_id: supplier_id.into(),
        status: Status::Open,
        opened_by: by.actor().account_id.clone(),
        opened_name: by.actor().name.clone(),
        created_at: now(),
        outcome: Outcome::None,
        proposed_at: None,
        proposed_by: None,
        proposed_name: String::new(),
        proposal_note: String::new(),
        decided_at: None,
        decided_by: None,
        decided_name: String::new(),
        decision_note: String::new(),
        valid_from: None,
        valid_to: None,
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(basic_audits::table).values(&audit).execute(c)?;
    let rows: Vec<AuditSection> =
        Section::ALL.iter().map(|section| unexamined(&audit.id, *section)).collect();
    on_both!(c, inner => diesel::insert_into(basic_audit_sections::table).values(&rows).execute(inner))?;
    let details = json!({ "number": audit.code() });
    audit::append(c, by.actor(), super::parts::OPENED, ("supplier", supplier_id), details)?;
    Ok(audit)
}

fn unexamined(audit_id: &str, section: Section) -> AuditSection {
    AuditSection {
        id: new_id(),
        audit_id: audit_id.into(),
        section,
        verdict: Verdict::None,
        source: Source::None,
        evidence: String::new(),
        document_id: None,
        examined_at: None,
        examined_by: None,
        examined_name: String::new(),
    }
}

/// Writes down what was found of a section, with a source and what was seen. It can be written anew
/// while the audit is open.
pub fn examine(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    id: &str,
    section: Section,
    input: &SectionInput,
) -> Result<(), Error> {
    let (audit, _) = find(c, by.scope(), id)?;
    if audit.status != Status::Open {
        return Err(Error::Conflict("conflict-basic-closed"));
    }
    let (verdict, source) = input.read()?;
    let document = match input.document.as_str() {
        "" => None,
        chosen => Some(chosen_document(c, &audit.supplier_id, chosen)?),
    };
    let row = basic_audit_sections::table
        .filter(basic_audit_sections::audit_id.eq(id))
        .filter(basic_audit_sections::section.eq(section));
    let changed = diesel::update(row)
        .set((
            basic_audit_sections::verdict.eq(verdict),
            basic_audit_sections::source.eq(source),
            basic_audit_sections::evidence.eq(input.evidence.trim()),
            basic_audit_sections::document_id.eq(document),
            basic_audit_sections::examined_at.eq(now()),
            basic_audit_sections::examined_by.eq(&by.actor().account_id),
            basic_audit_sections::examined_name.eq(&by.actor().name),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    let details = json!({
        "number": audit.code(),
        "section": section.as_str(),
        "verdict": verdict.as_str(),
        "source": source.as_str(),
    });
    audit::append(c, by.actor(), EXAMINED, ("supplier", &audit.supplier_id), details)
}

/// A document of the company. Another company's is as unknown as one that is not there.
pub fn chosen_document(
    c: &mut AnyConnection,
    supplier_id: &str,
    id: &str,
) -> Result<String, Error> {
    match documents::find_of(c, supplier_id, id) {
        Ok(document) => Ok(document.id),
        Err(Error::NotFound) => Err(Problems::one("document", "unknown_choice").into()),
        Err(error) => Err(error),
    }
}

/// The next number. Writers take turns, so no two get the same.
fn next_number(c: &mut AnyConnection) -> Result<i64, Error> {
    let last: Option<i64> = basic_audits::table
        .select(basic_audits::number)
        .order(basic_audits::number.desc())
        .first(c)
        .optional()?;
    Ok(last.unwrap_or(0) + 1)
}
