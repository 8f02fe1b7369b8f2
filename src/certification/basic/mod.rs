//! Basic-information certification: what a company says of itself, audited section by section.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::onboarding::registration::Section;
use crate::schema::{basic_audit_sections, basic_audits};

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
    /// What the first person proposes: "certified", "failed", or "" before.
    pub outcome: String,
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

/// The audits of a company, newest first.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<BasicAudit>, Error> {
    Ok(basic_audits::table
        .filter(basic_audits::supplier_id.eq(supplier_id))
        .order(basic_audits::id.desc())
        .limit(100)
        .select(BasicAudit::as_select())
        .load(c)?)
}
