//! Standards: which measure follows from which violation, version by version.

pub mod api;
mod difference;
mod draft;
mod input;
mod lines;
pub mod list;
mod publish;
pub mod routes;
mod routes_change;
mod routes_form;
pub mod routes_portal;
mod routes_version;
pub mod shown;
mod usual;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::body::Body;
use super::{Measure, Orders, Reach, Release};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Severity;
use crate::schema::{punishment_standard_versions, punishment_standards};
use crate::versions::Versioned;

pub use crate::versions::Status;
pub use difference::{Differences, differences, version_before};
pub use draft::{NoteInput, discard, draft, draft_of, edit, has_worked_on};
pub use input::LineInput;
pub use lines::{add_line, edit_line, remove_line};
pub use publish::{publish, withdraw};
pub use usual::{draft_usual, publish_usual};

/// A version of the standards.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = punishment_standard_versions)]
pub struct Version {
    pub id: String,
    pub version: i64,
    pub status: Status,
    pub note: String,
    /// The first day on which it counts. Every published version has one.
    pub effective_from: Option<NaiveDate>,
    /// Counts the edits of a draft.
    pub revision: i64,
    pub drafted_by: String,
    pub drafted_name: String,
    pub created_at: NaiveDateTime,
    pub published_at: Option<NaiveDateTime>,
    pub published_by: Option<String>,
    pub published_name: String,
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

impl Versioned for Version {
    fn standing(&self) -> (Status, Option<NaiveDate>) {
        (self.status, self.effective_from)
    }
}

/// What follows from a violation of a severity.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = punishment_standards)]
pub struct Standard {
    pub id: String,
    pub version_id: String,
    pub position: i64,
    /// Code of the violation, the same from version to version.
    pub violation: String,
    pub name_en: String,
    pub name_zh: String,
    pub severity: Severity,
    pub measure: Measure,
    /// What belongs to the measure beside its name, "" for nothing.
    pub measure_note_en: String,
    pub measure_note_zh: String,
    /// Months, at least.
    pub term_from: i64,
    /// Months, at most; none where the measure may have no end.
    pub term_to: Option<i64>,
    pub reach: Reach,
    pub orders: Orders,
    /// Whether access to our data ends.
    pub bars_data: bool,
    pub body: Body,
    /// Days from the proposal to the notice.
    pub notice_days: i64,
    /// Days from the notice to the end of the reply.
    pub reply_days: i64,
    /// Days from the decision to the end of appeals.
    pub appeal_days: i64,
    /// Days that an interim measure lasts, at most; 0 where there is none.
    pub interim_days: i64,
    pub release: Release,
    /// Whether the company has to be certified anew before it is ordered from again.
    pub recertifies: bool,
    /// Points off the score.
    pub points: i64,
}

impl Standard {
    /// What the violation is called in a language.
    pub fn name(&self, language: crate::texts::Language) -> &str {
        match language {
            crate::texts::Language::Chinese => &self.name_zh,
            crate::texts::Language::English => &self.name_en,
        }
    }
}

/// The version of an id.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Version, Error> {
    Ok(punishment_standard_versions::table.find(id).select(Version::as_select()).first(c)?)
}

/// All versions, newest first.
pub fn versions(c: &mut AnyConnection) -> Result<Vec<Version>, Error> {
    Ok(punishment_standard_versions::table
        .order(punishment_standard_versions::version.desc())
        .limit(500)
        .select(Version::as_select())
        .load(c)?)
}

/// The version in force on a day.
pub fn in_force(c: &mut AnyConnection, day: NaiveDate) -> Result<Option<Version>, Error> {
    Ok(punishment_standard_versions::table
        .filter(punishment_standard_versions::status.eq(Status::Published))
        .filter(punishment_standard_versions::effective_from.le(day))
        .order((
            punishment_standard_versions::effective_from.desc(),
            punishment_standard_versions::version.desc(),
        ))
        .select(Version::as_select())
        .first(c)
        .optional()?)
}

/// The standards of a version, in their order.
pub fn standards_of(c: &mut AnyConnection, version_id: &str) -> Result<Vec<Standard>, Error> {
    Ok(punishment_standards::table
        .filter(punishment_standards::version_id.eq(version_id))
        .order(punishment_standards::position)
        .select(Standard::as_select())
        .load(c)?)
}

/// The standard of an id.
pub fn find_standard(c: &mut AnyConnection, id: &str) -> Result<Standard, Error> {
    Ok(punishment_standards::table.find(id).select(Standard::as_select()).first(c)?)
}

/// A standard of a version.
pub fn find_line(c: &mut AnyConnection, version_id: &str, id: &str) -> Result<Standard, Error> {
    Ok(punishment_standards::table
        .find(id)
        .filter(punishment_standards::version_id.eq(version_id))
        .select(Standard::as_select())
        .first(c)?)
}
