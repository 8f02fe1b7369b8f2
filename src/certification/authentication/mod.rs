//! Real-name authentication: that people behind a company are who the register says they are.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::authentications;

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
