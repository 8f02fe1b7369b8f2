//! Evidence files: licences, certificates, letters of banks. What a file holds is stored by its
//! SHA-256 and never changed; a row says what it is and whose.

mod change;
pub mod check;
mod names;
mod papers;
pub mod routes;
pub mod routes_portal;
mod routes_upload;
mod scan;
pub mod store;
pub mod verify;
pub mod view;
pub mod work;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{documents, inspection_evidence, punishment_papers};
use crate::suppliers;

pub use change::{DocumentInput, Uploader, add, add_told_in, may_add, remove};
pub use papers::{find_paper, find_paper_of};
pub use routes_upload::Desk;
pub use store::{Flaw, Store, Stored};

/// Bytes of a file, at most.
pub const MOST_BYTES: u64 = 20 << 20;
/// Documents of a company, at most.
pub const MOST_DOCUMENTS: usize = 200;
/// Bytes of a company's files, at most, with those of documents that were taken off: they stay.
pub const MOST_STORED: i64 = 1 << 30;

/// What every company is asked for.
pub const WANTED: &[Kind] = &[Kind::BusinessLicence, Kind::BankLetter, Kind::Ownership];

text_enum! {
    /// What a document is evidence of.
    Kind {
        BusinessLicence = "business_licence",
        Certificate = "certificate",
        BankLetter = "bank_letter",
        IdentityPaper = "identity_paper",
        PowerOfAttorney = "power_of_attorney",
        Ownership = "ownership",
        Policy = "policy",
        Other = "other",
    }
}

/// A document of a company.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = documents)]
pub struct Document {
    pub id: String,
    pub supplier_id: String,
    pub kind: Kind,
    pub title: String,
    /// As the file was called where it came from, made harmless.
    pub file_name: String,
    /// What its first bytes say that it is.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Of what it holds, in hexadecimal.
    pub sha256: String,
    pub valid_to: Option<NaiveDate>,
    /// Id of the account.
    pub uploaded_by: String,
    pub uploaded_name: String,
    /// Whether the company itself handed it in.
    pub by_supplier: bool,
    pub created_at: NaiveDateTime,
    pub removed_at: Option<NaiveDateTime>,
}

/// The documents of a company, newest first. What was seen at inspections stands with them, and what belongs
/// to a case against the company with the case.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Document>, Error> {
    Ok(documents::table
        .filter(documents::supplier_id.eq(supplier_id))
        .filter(documents::removed_at.is_null())
        .filter(not(exists(
            inspection_evidence::table.filter(inspection_evidence::document_id.eq(documents::id)),
        )))
        .filter(not(exists(
            punishment_papers::table.filter(punishment_papers::document_id.eq(documents::id)),
        )))
        .order(documents::id.desc())
        .limit(MOST_DOCUMENTS as i64)
        .select(Document::as_select())
        .load(c)?)
}

/// The document of an id among those of a company. Another company's is as absent as none.
pub fn find_of(c: &mut AnyConnection, supplier_id: &str, id: &str) -> Result<Document, Error> {
    let document = find(c, id)?;
    if document.supplier_id == supplier_id { Ok(document) } else { Err(Error::NotFound) }
}

/// The document of an id, if its company is within what the person may see.
pub fn find_within(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Document, Error> {
    let document = find(c, id)?;
    suppliers::find(c, scope, &document.supplier_id)?;
    Ok(document)
}

/// A document, but for what belongs to a case: see [`find_paper`].
fn find(c: &mut AnyConnection, id: &str) -> Result<Document, Error> {
    Ok(documents::table
        .find(id)
        .filter(documents::removed_at.is_null())
        .filter(not(exists(
            punishment_papers::table.filter(punishment_papers::document_id.eq(documents::id)),
        )))
        .select(Document::as_select())
        .first(c)?)
}
