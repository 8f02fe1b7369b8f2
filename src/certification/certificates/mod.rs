//! Certificates: what companies hold from others, until when, and how it was checked.

pub mod about;
pub mod api;
mod check;
pub mod expiry;
pub mod export;
mod input;
mod letters;
pub mod list;
pub mod query;
mod record;
pub mod routes;
mod routes_papers;
pub mod routes_portal;
mod routes_record;
mod routes_show;
pub mod types;
pub mod view;
pub mod waiting;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::certificates;
use crate::suppliers::{self, Supplier};

pub use check::{
    AcceptanceInput, RefusalInput, ReturnInput, TRAIL, WithdrawalInput, accept, give_back,
    has_said, refuse, withdraw,
};
pub use expiry::{Expiry, expiry};
pub use input::{CertificateInput, number_key};
pub use record::{Recorder, correct, may_correct, may_record, record, take_back};

text_enum! {
    /// Where a certificate stands. Whether an accepted one has run out is a matter of its last day.
    Status {
        /// Waits for somebody to check it.
        Submitted = "submitted",
        /// A better copy, or a correction, was asked for.
        Returned = "returned",
        Accepted = "accepted",
        Refused = "refused",
        /// Accepted once, and its issuer took it back, or it was accepted in error; or taken back
        /// by the company before anybody had decided.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// How a certificate was checked.
    Method {
        Unchecked = "",
        /// Looked up in the register of its issuer or of an authority.
        Register = "register",
        /// The issuer was asked.
        Issuer = "issuer",
        /// The copy was looked at, nothing else.
        Copy = "copy",
    }
}

/// A certificate of a company.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = certificates)]
pub struct Certificate {
    pub id: String,
    pub supplier_id: String,
    /// See [`types`].
    pub type_id: String,
    pub number: String,
    /// The number as it is compared: capital letters and digits only.
    pub number_key: String,
    pub issuer: String,
    pub scope: String,
    /// The name on the certificate.
    pub holder: String,
    /// The site that it is about, when it is not about the whole company.
    pub site_id: Option<String>,
    pub document_id: Option<String>,
    pub valid_from: NaiveDate,
    /// The last day; `None` for no end.
    pub valid_to: Option<NaiveDate>,
    pub status: Status,
    pub renews_id: Option<String>,
    pub by_supplier: bool,
    pub recorded_by: String,
    pub recorded_name: String,
    pub created_at: NaiveDateTime,
    /// When it was last handed in to be checked.
    pub submitted_at: NaiveDateTime,
    pub returned_at: Option<NaiveDateTime>,
    pub returned_name: String,
    pub return_comment: String,
    pub method: Method,
    /// When it was accepted or refused.
    pub decided_at: Option<NaiveDateTime>,
    pub decided_by: Option<String>,
    pub decided_name: String,
    pub decision_note: String,
    /// When it was withdrawn.
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// The certificates of a company, newest first.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Certificate>, Error> {
    Ok(certificates::table
        .filter(certificates::supplier_id.eq(supplier_id))
        .order(certificates::id.desc())
        .limit(MOST_OF_COMPANY)
        .select(Certificate::as_select())
        .load(c)?)
}

/// Certificates of one company, at most.
pub const MOST_OF_COMPANY: i64 = 500;

/// The certificate of an id and its company, if that is within what the person may see.
pub fn find(
    c: &mut AnyConnection,
    scope: &Scope,
    id: &str,
) -> Result<(Certificate, Supplier), Error> {
    let certificate: Certificate =
        certificates::table.find(id).select(Certificate::as_select()).first(c)?;
    let supplier = suppliers::find(c, scope, &certificate.supplier_id)?;
    Ok((certificate, supplier))
}

/// The certificate of an id among those of a company. Another company's is as absent as none.
pub fn find_of(c: &mut AnyConnection, supplier_id: &str, id: &str) -> Result<Certificate, Error> {
    Ok(certificates::table
        .find(id)
        .filter(certificates::supplier_id.eq(supplier_id))
        .select(Certificate::as_select())
        .first(c)?)
}

impl Status {
    /// The class of the mark beside the words.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Submitted => "wait",
            Status::Returned => "due",
            Status::Accepted => "ok",
            Status::Refused | Status::Withdrawn => "stop",
        }
    }
}
