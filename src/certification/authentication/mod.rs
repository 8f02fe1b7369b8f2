//! Real-name authentication: that people behind a company are who the register says they are.

pub mod api;
pub mod begin;
pub mod list;
pub mod provider;
pub mod routes;
mod routes_act;
mod routes_begin;
pub mod routes_portal;
pub mod statement;
pub mod transfer;
pub mod verify;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{authentications, people};
use crate::suppliers::people::Person;
use crate::suppliers::{self, Supplier};

text_enum! {
    /// How it was made sure.
    Method {
        DocumentReview = "document_review",
        /// A small amount was sent to the company's account, and the person told us how much.
        BankTransfer = "bank_transfer",
        InPerson = "in_person",
        /// Somebody whose business it is has said so.
        External = "external",
    }
}

text_enum! {
    /// Where an authentication stands.
    Status {
        /// Begun: the person, or a second one of staff, has still to act.
        Open = "open",
        Verified = "verified",
        Failed = "failed",
        Withdrawn = "withdrawn",
        /// Verified once, and taken back.
        Revoked = "revoked",
    }
}

impl Method {
    /// Whether one of staff looks, and another verifies.
    pub fn is_by_person(self) -> bool {
        matches!(self, Method::DocumentReview | Method::InPerson)
    }
}

impl Status {
    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Open => "wait",
            Status::Verified => "ok",
            Status::Failed | Status::Revoked => "stop",
            Status::Withdrawn => "none",
        }
    }
}

/// An authentication of somebody behind a company.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = authentications)]
pub struct Authentication {
    pub id: String,
    pub supplier_id: String,
    pub person_id: String,
    pub method: Method,
    pub status: Status,
    /// What was seen.
    pub evidence: String,
    pub document_id: Option<String>,
    /// What the person has to tell us, sealed to the id; "" where there is nothing.
    pub secret_sealed: String,
    /// Wrong answers so far.
    pub tries: i64,
    pub begun_by: String,
    pub begun_name: String,
    pub created_at: NaiveDateTime,
    pub verified_at: Option<NaiveDateTime>,
    pub verified_by: Option<String>,
    pub verified_name: String,
    pub verification_note: String,
    /// The last day on which it counts.
    pub valid_to: Option<NaiveDate>,
    /// When it failed, was withdrawn or revoked.
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// The authentications of a company's people, newest first.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Authentication>, Error> {
    Ok(authentications::table
        .filter(authentications::supplier_id.eq(supplier_id))
        .order(authentications::id.desc())
        .limit(500)
        .select(Authentication::as_select())
        .load(c)?)
}

/// The authentication of an id, whom it is about (also when they were taken off since), and the
/// company. One of a company outside what the person may see is not found.
pub fn find(
    c: &mut AnyConnection,
    scope: &Scope,
    id: &str,
) -> Result<(Authentication, Person, Supplier), Error> {
    let authentication: Authentication =
        authentications::table.find(id).select(Authentication::as_select()).first(c)?;
    let supplier = suppliers::find(c, scope, &authentication.supplier_id)?;
    let person =
        people::table.find(&authentication.person_id).select(Person::as_select()).first(c)?;
    Ok((authentication, person, supplier))
}

/// Whom an authentication is about, who must still be behind the company.
pub(crate) fn present(
    c: &mut AnyConnection,
    authentication: &Authentication,
) -> Result<Person, Error> {
    let person: Person =
        people::table.find(&authentication.person_id).select(Person::as_select()).first(c)?;
    match person.removed_at {
        None => Ok(person),
        Some(_) => Err(Error::Conflict("conflict-authentication-person")),
    }
}

/// The authentications of one person, newest first.
pub fn of_person(c: &mut AnyConnection, person_id: &str) -> Result<Vec<Authentication>, Error> {
    let supplier: String = people::table.find(person_id).select(people::supplier_id).first(c)?;
    let mut all = of(c, &supplier)?;
    all.retain(|one| one.person_id == person_id);
    Ok(all)
}
