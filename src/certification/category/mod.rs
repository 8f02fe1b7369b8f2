//! Category certification: a company may supply a category, from a day until a day.

pub mod api;
pub mod apply;
pub mod audit;
pub mod decide;
pub mod keep;
mod letters;
pub mod list;
pub mod overview;
pub mod routes;
mod routes_portal;
mod routes_steps;
mod routes_supplier;
mod routes_view;
pub mod standing;
pub mod waiting;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::Value;

use super::standards::{self, InForce};
use crate::access::{Actor, Scope};
use crate::categories::Category;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{categories, certification_checks, certification_suspensions, certifications};
use crate::suppliers::{self, Supplier};

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
        /// A clause is not signed; the subject is its code.
        Clause = "clause",
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

    /// The shape that the state is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Certified => "ok",
            Status::Applied | Status::Audited => "wait",
            Status::Returned | Status::Lapsed => "due",
            Status::Suspended | Status::Revoked | Status::Declined => "stop",
            Status::Renewed | Status::Withdrawn => "none",
        }
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

/// A certification and its company, within what the person may see.
pub fn find(
    c: &mut AnyConnection,
    scope: &Scope,
    id: &str,
) -> Result<(Certification, Supplier), Error> {
    let found: Certification =
        certifications::table.find(id).select(Certification::as_select()).first(c)?;
    let supplier = suppliers::find(c, scope, &found.supplier_id)?;
    Ok((found, supplier))
}

/// What was found of the demands of a certification, in no order.
pub fn checks(c: &mut AnyConnection, certification_id: &str) -> Result<Vec<Check>, Error> {
    Ok(certification_checks::table
        .filter(certification_checks::certification_id.eq(certification_id))
        .select(Check::as_select())
        .load(c)?)
}

/// The suspensions of a certification, newest first.
pub fn suspensions(
    c: &mut AnyConnection,
    certification_id: &str,
) -> Result<Vec<Suspension>, Error> {
    Ok(certification_suspensions::table
        .filter(certification_suspensions::certification_id.eq(certification_id))
        .order(certification_suspensions::id.desc())
        .limit(200)
        .select(Suspension::as_select())
        .load(c)?)
}

/// The version of the standard that a certification is measured by: while it waits for its audit the
/// one in force on `day`, afterwards the one that it was audited against.
pub fn standard_of(
    c: &mut AnyConnection,
    certification: &Certification,
    day: NaiveDate,
) -> Result<InForce, Error> {
    let published = standards::published(c)?;
    let versions = published.of(&certification.category_id);
    let in_force = published.on(&certification.category_id, day);
    let audited = versions.iter().find(|one| one.standard.id == certification.standard_id);
    let waits = matches!(certification.status, Status::Applied | Status::Returned);
    let (first, second) = if waits { (in_force, audited) } else { (audited, in_force) };
    if let Some(found) = first.or(second) {
        return Ok(found.clone());
    }
    let standard = standards::find(c, &certification.standard_id)?;
    let demands = standards::demands_of(c, &standard.id)?;
    let from = standard.effective_from.unwrap_or(day);
    Ok(InForce { standard, demands, from, until: None })
}

/// The category of an id, closed ones too.
pub fn category(c: &mut AnyConnection, id: &str) -> Result<Category, Error> {
    Ok(categories::table.find(id).select(Category::as_select()).first(c)?)
}

/// Records what happened to a certification in its company's trail, with its number and category.
fn record(
    c: &mut AnyConnection,
    by: &Actor,
    certification: &Certification,
    action: &str,
    mut details: Value,
) -> Result<(), Error> {
    details["number"] = certification.number.into();
    details["category"] = category(c, &certification.category_id)?.code.into();
    crate::audit::append(c, by, action, ("supplier", &certification.supplier_id), details)
}

/// The number of a certification as people write it.
pub fn code_of(number: i64) -> String {
    format!("C-{number:06}")
}

impl Certification {
    /// "C-000012": the number as people write it.
    pub fn code(&self) -> String {
        code_of(self.number)
    }
}

impl Suspension {
    pub fn is_running(&self) -> bool {
        self.ended_at.is_none()
    }
}
