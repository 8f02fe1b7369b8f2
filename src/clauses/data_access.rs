//! Which companies touch our data, and when.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::voiding::ReasonInput;
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::data_access;
use crate::suppliers;
use crate::values::{forever, new_id, now};

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

/// The time that runs, if one does.
pub fn running(c: &mut AnyConnection, supplier_id: &str) -> Result<Option<DataAccess>, Error> {
    Ok(of(c, supplier_id)?.into_iter().find(|one| one.valid_to == forever()))
}

/// Writes down that a company touches our data from now on; the reason says which, and for what.
pub fn begin(
    c: &mut AnyConnection,
    by: &May<right::EditSuppliers>,
    supplier_id: &str,
    input: &ReasonInput,
) -> Result<DataAccess, Error> {
    suppliers::find(c, by.scope(), supplier_id)?;
    if running(c, supplier_id)?.is_some() {
        return Err(Error::Conflict("conflict-data-access"));
    }
    let actor = by.actor();
    let access = DataAccess {
        id: new_id(),
        supplier_id: supplier_id.into(),
        reason: input.given()?.into(),
        valid_from: now(),
        valid_to: forever(),
        begun_by: actor.account_id.clone(),
        begun_name: actor.name.clone(),
        ended_by: None,
        ended_name: String::new(),
    };
    diesel::insert_into(data_access::table).values(&access).execute(c)?;
    let details = json!({ "reason": access.reason });
    audit::append(c, actor, "data_access.begun", ("supplier", supplier_id), details)?;
    Ok(access)
}

/// Writes down that a company touches our data no more.
pub fn end(
    c: &mut AnyConnection,
    by: &May<right::EditSuppliers>,
    supplier_id: &str,
) -> Result<(), Error> {
    suppliers::find(c, by.scope(), supplier_id)?;
    let actor = by.actor();
    let open = data_access::table
        .filter(data_access::supplier_id.eq(supplier_id))
        .filter(data_access::valid_to.eq(forever()));
    let changed = diesel::update(open)
        .set((
            data_access::valid_to.eq(now()),
            data_access::ended_by.eq(&actor.account_id),
            data_access::ended_name.eq(&actor.name),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-data-access"));
    }
    audit::append(c, actor, "data_access.ended", ("supplier", supplier_id), json!({}))
}
