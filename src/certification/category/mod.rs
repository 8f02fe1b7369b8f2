//! Category certification: a company may supply a category, from a day until a day.

pub mod keep;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{certification_checks, certification_suspensions, certifications};

text_enum! {
    /// Where a certification stands.
    Status {
        /// Waits for an audit.
        Applied = "applied",
        /// The company is to mend something.
        Returned = "returned",
        /// Audited, with a recommendation; a second person decides.
        Audited = "audited",
        Certified = "certified",
        /// Certified, and does not count while a suspension runs.
        Suspended = "suspended",
        /// Ran out.
        Lapsed = "lapsed",
        Revoked = "revoked",
        /// Another certification took its place.
        Renewed = "renewed",
        Declined = "declined",
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// Why a certification does not count for a time.
    Cause {
        /// A demanded certificate is missing; the subject is its type.
        Certificate = "certificate",
        /// The basic-information certification is missing.
        Basic = "basic",
        /// An authentication is missing; the subject says whose.
        Authentication = "authentication",
        /// The certification for another category is missing; the subject is that category.
        Category = "category",
        /// Somebody decided so.
        Decision = "decision",
    }
}

text_enum! {
    /// What an auditor found of a demand.
    Verdict {
        Met = "met",
        Short = "short",
        /// Not met, and let pass with a reason.
        Waived = "waived",
    }
}

impl Status {
    /// Whether it is still on its way to a decision.
    pub fn is_pending(self) -> bool {
        matches!(self, Status::Applied | Status::Returned | Status::Audited)
    }

    /// Whether it has been given and not ended.
    pub fn is_standing(self) -> bool {
        matches!(self, Status::Certified | Status::Suspended)
    }
}

/// A company's certification for a category, from its application on.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = certifications)]
pub struct Certification {
    pub id: String,
    /// The number people use: "C-000012".
    pub number: i64,
    pub supplier_id: String,
    pub category_id: String,
    /// The version of the standard that it is audited against.
    pub standard_id: String,
    pub status: Status,
    pub renews_id: Option<String>,
    pub by_supplier: bool,
    pub applied_by: String,
    pub applied_name: String,
    pub applied_at: NaiveDateTime,
    pub note: String,
    pub returned_at: Option<NaiveDateTime>,
    pub returned_by: Option<String>,
    pub returned_name: String,
    pub return_comment: String,
    pub audited_at: Option<NaiveDateTime>,
    pub audited_by: Option<String>,
    pub audited_name: String,
    pub audit_note: String,
    /// When it was certified or declined.
    pub decided_at: Option<NaiveDateTime>,
    pub decided_by: Option<String>,
    pub decided_name: String,
    pub decision_note: String,
    pub valid_from: Option<NaiveDate>,
    /// The last day.
    pub valid_to: Option<NaiveDate>,
    /// When it lapsed, or was revoked, renewed or withdrawn.
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// What the auditor found of one demand.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = certification_checks)]
pub struct Check {
    pub id: String,
    pub certification_id: String,
    pub demand_id: String,
    pub verdict: Verdict,
    pub note: String,
    pub checked_by: String,
    pub checked_name: String,
    pub created_at: NaiveDateTime,
}

/// A time in which a certification does not count.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = certification_suspensions)]
pub struct Suspension {
    pub id: String,
    pub certification_id: String,
    pub cause: Cause,
    pub subject: String,
    pub reason: String,
    pub begun_at: NaiveDateTime,
    pub begun_by: String,
    pub begun_name: String,
    /// `None` while it runs.
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// The certifications of a company, newest first.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Certification>, Error> {
    Ok(certifications::table
        .filter(certifications::supplier_id.eq(supplier_id))
        .order(certifications::id.desc())
        .limit(500)
        .select(Certification::as_select())
        .load(c)?)
}

impl Certification {
    /// "C-000012": the number as people write it.
    pub fn code(&self) -> String {
        format!("C-{:06}", self.number)
    }
}
