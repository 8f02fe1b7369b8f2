//! Companies that need not sign a clause for a time.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::clause_exceptions;

/// An exception, granted by a legal officer.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = clause_exceptions)]
pub struct Exception {
    pub id: String,
    pub supplier_id: String,
    pub clause_id: String,
    pub reason: String,
    /// It counts from the moment at which it was granted, if that is later.
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_to: NaiveDate,
    pub granted_by: String,
    pub granted_name: String,
    pub created_at: NaiveDateTime,
    /// When it was taken back early.
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// The exceptions of a company, newest first.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Exception>, Error> {
    Ok(clause_exceptions::table
        .filter(clause_exceptions::supplier_id.eq(supplier_id))
        .order(clause_exceptions::id.desc())
        .limit(200)
        .select(Exception::as_select())
        .load(c)?)
}
