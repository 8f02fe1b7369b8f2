//! Basic-information certification: what a company says of itself, audited section by section.

pub mod api;
pub mod decide;
pub mod examine;
mod export;
pub mod list;
pub mod parts;
pub mod query;
pub mod routes;
mod routes_decide;
mod routes_list;
pub mod shown;
pub mod waiting;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::onboarding::registration::Section;
use crate::schema::{basic_audit_sections, basic_audits};
use crate::suppliers::{self, Supplier};

text_enum! {
    /// Where an audit stands.
    Status {
        /// Sections are being examined.
        Open = "open",
        /// Examined; a second person decides.
        Proposed = "proposed",
        /// The basic information is certified, from a day until a day.
        Certified = "certified",
        Failed = "failed",
        Withdrawn = "withdrawn",
        /// Certified once, and taken back.
        Revoked = "revoked",
    }
}

text_enum! {
    /// What was found of a section.
    Verdict {
        None = "",
        Confirmed = "confirmed",
        /// The source says otherwise.
        Differs = "differs",
        /// Does not concern this company.
        NotApplicable = "not_applicable",
    }
}

text_enum! {
    /// Where the evidence came from.
    Source {
        None = "",
        LicenceCopy = "licence_copy",
        PublicRegister = "public_register",
        CallBack = "call_back",
        BankLetter = "bank_letter",
        SiteVisit = "site_visit",
        Other = "other",
    }
}

text_enum! {
    /// What somebody proposes.
    Outcome {
        None = "",
        Certified = "certified",
        Failed = "failed",
    }
}

impl Status {
    /// Whether nothing is decided yet.
    pub fn is_running(self) -> bool {
        matches!(self, Status::Open | Status::Proposed)
    }

    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Open => "wait",
            Status::Proposed => "due",
            Status::Certified => "ok",
            Status::Failed | Status::Revoked => "stop",
            Status::Withdrawn => "none",
        }
    }
}

impl Verdict {
    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Verdict::None => "wait",
            Verdict::Confirmed => "ok",
            Verdict::Differs => "stop",
            Verdict::NotApplicable => "none",
        }
    }
}

/// An audit of a company's basic information.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = basic_audits)]
pub struct BasicAudit {
    pub id: String,
    /// The number people use: "BA-000012".
    pub number: i64,
    pub supplier_id: String,
    pub status: Status,
    pub opened_by: String,
    pub opened_name: String,
    pub created_at: NaiveDateTime,
    /// What the first person proposes; nothing before.
    pub outcome: Outcome,
    pub proposed_at: Option<NaiveDateTime>,
    pub proposed_by: Option<String>,
    pub proposed_name: String,
    pub proposal_note: String,
    pub decided_at: Option<NaiveDateTime>,
    pub decided_by: Option<String>,
    pub decided_name: String,
    pub decision_note: String,
    pub valid_from: Option<NaiveDate>,
    /// The last day; the next audit is due by then.
    pub valid_to: Option<NaiveDate>,
    /// When it was withdrawn or revoked.
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// A section of an audit.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = basic_audit_sections)]
pub struct AuditSection {
    pub id: String,
    pub audit_id: String,
    pub section: Section,
    pub verdict: Verdict,
    pub source: Source,
    /// What was seen.
    pub evidence: String,
    pub document_id: Option<String>,
    pub examined_at: Option<NaiveDateTime>,
    pub examined_by: Option<String>,
    pub examined_name: String,
}

/// The number of an audit of basic information as people write it.
pub fn code_of(number: i64) -> String {
    format!("BA-{number:06}")
}

impl BasicAudit {
    /// "BA-000012": the number as people write it.
    pub fn code(&self) -> String {
        code_of(self.number)
    }
}

/// The audit of an id and its company. One of a company outside what the person may see is not
/// found.
pub fn find(
    c: &mut AnyConnection,
    scope: &Scope,
    id: &str,
) -> Result<(BasicAudit, Supplier), Error> {
    let audit: BasicAudit =
        basic_audits::table.find(id).select(BasicAudit::as_select()).first(c)?;
    let supplier = suppliers::find(c, scope, &audit.supplier_id)?;
    Ok((audit, supplier))
}

/// The sections of an audit, in the order of the registration.
pub fn sections(c: &mut AnyConnection, audit_id: &str) -> Result<Vec<AuditSection>, Error> {
    let mut rows: Vec<AuditSection> = basic_audit_sections::table
        .filter(basic_audit_sections::audit_id.eq(audit_id))
        .select(AuditSection::as_select())
        .load(c)?;
    rows.sort_by_key(|row| row.section);
    Ok(rows)
}

/// The audits of a company, newest first.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<BasicAudit>, Error> {
    Ok(basic_audits::table
        .filter(basic_audits::supplier_id.eq(supplier_id))
        .order(basic_audits::id.desc())
        .limit(100)
        .select(BasicAudit::as_select())
        .load(c)?)
}
