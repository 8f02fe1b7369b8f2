//! Evidence files: licences, certificates, letters of banks. What a file holds is stored by its
//! SHA-256 and never changed; a row says what it is and whose.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::documents;

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

/// The documents of a company, newest first.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Document>, Error> {
    Ok(documents::table
        .filter(documents::supplier_id.eq(supplier_id))
        .filter(documents::removed_at.is_null())
        .order(documents::id.desc())
        .limit(500)
        .select(Document::as_select())
        .load(c)?)
}
