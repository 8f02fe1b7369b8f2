//! Companies are asked to sign.

mod ask;
mod choose;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::clause_requests;
use crate::values::now;

pub use ask::{Asked, ask, ask_one};
pub(super) use ask::{names, words};
pub use choose::{AT_ONCE, Choice, LATELY, Unreachable, choose};

/// A company was asked to sign a version.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = clause_requests)]
pub struct Request {
    pub id: String,
    pub supplier_id: String,
    pub version_id: String,
    pub requested_by: String,
    pub requested_name: String,
    pub requested_at: NaiveDateTime,
    /// Since when nothing is asked any more: it was signed, or replaced.
    pub settled_at: Option<NaiveDateTime>,
}

/// The requests of a company that wait for an answer, the oldest first.
pub fn open_of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Request>, Error> {
    Ok(clause_requests::table
        .filter(clause_requests::supplier_id.eq(supplier_id))
        .filter(clause_requests::settled_at.is_null())
        .order(clause_requests::id)
        .select(Request::as_select())
        .load(c)?)
}

/// Settles what was asked of a company about a version.
pub(super) fn settle(
    c: &mut AnyConnection,
    supplier_id: &str,
    version_id: &str,
) -> Result<(), Error> {
    let open = clause_requests::table
        .filter(clause_requests::supplier_id.eq(supplier_id))
        .filter(clause_requests::version_id.eq(version_id))
        .filter(clause_requests::settled_at.is_null());
    diesel::update(open).set(clause_requests::settled_at.eq(now())).execute(c)?;
    Ok(())
}
