//! Inspections: what is looked at and by whom, whom chance has chosen and why, what was found, and what
//! was done about it.
//!
//! A [`plans::Plan`] says what is inspected in a period; its [`draws::Draw`] chooses companies from a
//! frozen roster with a seed that was promised before; each choice becomes an [`Inspection`], which an
//! inspector goes through with a version of a [`checklists::Checklist`]. What does not conform becomes a
//! [`findings::Finding`], which the company answers or disputes and somebody uninvolved closes.
//! [`results`] has the written rules of what follows.

pub mod checklists;
pub mod draws;
pub mod figures;
pub mod findings;
pub mod plans;
pub mod results;
pub mod sampling;
pub mod tiers;
pub mod visits;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::inspections;
use crate::suppliers::{self, Supplier};

text_enum! {
    /// What an inspection is for.
    Kind {
        /// Whoever was drawn.
        Sampling = "sampling",
        /// Around a contract or a delivery.
        Project = "project",
        CodeOfConduct = "code_of_conduct",
        InformationSecurity = "information_security",
    }
}

text_enum! {
    /// How bad a finding is.
    Severity {
        Minor = "minor",
        Major = "major",
        Critical = "critical",
    }
}

text_enum! {
    /// What was found at an item of a checklist.
    Outcome {
        Conform = "conform",
        /// Nothing is broken, but something is worth a word.
        Observation = "observation",
        Minor = "minor",
        Major = "major",
        Critical = "critical",
        NotApplicable = "not_applicable",
    }
}

text_enum! {
    /// Where an inspection stands.
    Status {
        /// Nobody goes yet.
        Planned = "planned",
        /// Somebody is named who has not yet said whether they have a conflict of interest.
        Assigned = "assigned",
        /// The inspector has none, and there is a day.
        Scheduled = "scheduled",
        /// The first result is written down.
        UnderWay = "under_way",
        /// The inspector has signed the results off: they never change again.
        SignedOff = "signed_off",
        /// Signed off, and none of its findings is open.
        Closed = "closed",
        Cancelled = "cancelled",
    }
}

impl Severity {
    /// Days from the visit until a finding must be closed (DOMAIN.md, section 6).
    pub fn days_to_close(self) -> u64 {
        match self {
            Severity::Critical => 30,
            Severity::Major => 60,
            Severity::Minor => 90,
        }
    }

    /// Days from the visit until the harm must be contained, for findings that are that bad.
    pub fn days_to_contain(self) -> Option<u64> {
        match self {
            Severity::Critical => Some(7),
            Severity::Major | Severity::Minor => None,
        }
    }

    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Severity::Critical => "stop",
            Severity::Major => "due",
            Severity::Minor => "wait",
        }
    }
}

impl Outcome {
    /// How bad the finding is that it makes, if it makes one.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Outcome::Minor => Some(Severity::Minor),
            Outcome::Major => Some(Severity::Major),
            Outcome::Critical => Some(Severity::Critical),
            Outcome::Conform | Outcome::Observation | Outcome::NotApplicable => None,
        }
    }
}

impl Status {
    /// Whether the visit is still to come or under way.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Planned | Status::Assigned | Status::Scheduled | Status::UnderWay)
    }

    /// Whether there are results that count.
    pub fn is_done(self) -> bool {
        matches!(self, Status::SignedOff | Status::Closed)
    }

    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Planned | Status::Assigned => "due",
            Status::Scheduled | Status::UnderWay => "wait",
            Status::SignedOff | Status::Closed => "ok",
            Status::Cancelled => "none",
        }
    }
}

/// An inspection of a company: one visit.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspections)]
pub struct Inspection {
    pub id: String,
    /// The number people use: "I-000012".
    pub number: i64,
    pub supplier_id: String,
    pub site_id: Option<String>,
    pub plan_id: Option<String>,
    /// The entry of the draw that chose the company.
    pub entry_id: Option<String>,
    pub kind: Kind,
    /// Why it is made when no plan says so: the contract, the delivery, the complaint.
    pub reason: String,
    pub checklist_version_id: String,
    /// The category for which its results count.
    pub category_id: Option<String>,
    /// Where the company was when the inspection was made.
    pub area: String,
    pub status: Status,
    pub created_by: String,
    pub created_name: String,
    pub created_at: NaiveDateTime,
    pub inspector_id: Option<String>,
    pub inspector_name: String,
    pub planned_on: Option<NaiveDate>,
    pub visited_on: Option<NaiveDate>,
    pub place: String,
    pub people_met: String,
    pub summary: String,
    pub signed_off_at: Option<NaiveDateTime>,
    pub signed_off_name: String,
    /// Who was there for the company at the end.
    pub representative_name: String,
    pub representative_title: String,
    /// When the company has taken note of the summary, in the portal.
    pub acknowledged_at: Option<NaiveDateTime>,
    pub acknowledged_by: Option<String>,
    pub acknowledged_note: String,
    /// When it was closed or cancelled.
    pub ended_at: Option<NaiveDateTime>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// The number of an inspection as people write it.
pub fn code_of(number: i64) -> String {
    format!("I-{number:06}")
}

impl Inspection {
    /// "I-000012": the number as people write it.
    pub fn code(&self) -> String {
        code_of(self.number)
    }
}

/// An inspection and its company, within what the person may see.
pub fn find(
    c: &mut AnyConnection,
    scope: &Scope,
    id: &str,
) -> Result<(Inspection, Supplier), Error> {
    let found: Inspection = inspections::table.find(id).select(Inspection::as_select()).first(c)?;
    let supplier = suppliers::find(c, scope, &found.supplier_id)?;
    Ok((found, supplier))
}
