//! Which companies touch our data, and when.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::data_access;

/// A time in which a company touches our data.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = data_access)]
pub struct DataAccess {
    pub id: String,
    pub supplier_id: String,
    /// Which data, and for what.
    pub reason: String,
    pub valid_from: NaiveDateTime,
    /// [`crate::values::forever`] while it runs.
    pub valid_to: NaiveDateTime,
    pub begun_by: String,
    pub begun_name: String,
    pub ended_by: Option<String>,
    pub ended_name: String,
}

/// The times of a company, newest first.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<DataAccess>, Error> {
    Ok(data_access::table
        .filter(data_access::supplier_id.eq(supplier_id))
        .order(data_access::id.desc())
        .limit(100)
        .select(DataAccess::as_select())
        .load(c)?)
}
