//! Visits: an inspector is named and says whether they have a conflict of interest, goes, writes down
//! what they find, and signs it off.

pub mod acknowledge;
pub mod api;
pub mod assign;
pub mod attach;
mod close;
mod create;
pub mod declare;
pub mod export;
pub mod facts;
pub mod inspectors;
mod letters;
pub mod list;
pub mod outcome;
mod part;
pub mod plan;
pub mod query;
pub mod routes;
mod routes_evidence;
mod routes_new;
pub mod routes_portal;
mod routes_report;
mod routes_steps;
mod routes_view;
mod routes_visit;
pub mod sheet;
pub mod sign_off;
pub mod told;
pub mod waiting;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::{Inspection, Outcome, Status};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{
    inspection_declarations, inspection_evidence, inspection_results, inspections,
};

pub use assign::cancel_planned;
pub use close::follow_findings;
pub use create::{New, create};
pub use part::had_part;

/// What an inspector said of their ties to the company.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_declarations)]
pub struct Declaration {
    pub id: String,
    pub inspection_id: String,
    pub account_id: String,
    pub account_name: String,
    pub has_conflict: bool,
    pub statement: String,
    pub declared_at: NaiveDateTime,
}

/// What was found at an item.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_results)]
pub struct ItemResult {
    pub id: String,
    pub inspection_id: String,
    pub item_id: String,
    pub outcome: Outcome,
    pub remark: String,
    /// Counts the changes before the signing off.
    pub revision: i64,
    pub recorded_by: String,
    pub recorded_name: String,
    pub recorded_at: NaiveDateTime,
}

/// A photo or a paper of an inspection.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_evidence)]
pub struct Evidence {
    pub id: String,
    pub inspection_id: String,
    /// `None` for what belongs to the whole.
    pub item_id: Option<String>,
    pub document_id: String,
    pub note: String,
    pub added_by: String,
    pub added_name: String,
    pub added_at: NaiveDateTime,
    pub removed_at: Option<NaiveDateTime>,
    pub removed_by: Option<String>,
}

/// What was found so far, in no order.
pub fn results_of(c: &mut AnyConnection, inspection_id: &str) -> Result<Vec<ItemResult>, Error> {
    Ok(inspection_results::table
        .filter(inspection_results::inspection_id.eq(inspection_id))
        .select(ItemResult::as_select())
        .load(c)?)
}

/// What inspectors said of their ties to the company, the oldest first.
pub fn declarations_of(
    c: &mut AnyConnection,
    inspection_id: &str,
) -> Result<Vec<Declaration>, Error> {
    Ok(inspection_declarations::table
        .filter(inspection_declarations::inspection_id.eq(inspection_id))
        .order((inspection_declarations::declared_at, inspection_declarations::id))
        .limit(100)
        .select(Declaration::as_select())
        .load(c)?)
}

/// An inspection that somebody may write into: it is theirs, they have declared no conflict of
/// interest, and it is neither signed off nor cancelled.
pub fn writable(
    c: &mut AnyConnection,
    by: &May<right::Inspect>,
    id: &str,
) -> Result<Inspection, Error> {
    let (inspection, _) = super::find(c, by.scope(), id)?;
    let me = by.actor().account_id.as_str();
    if inspection.inspector_id.as_deref() != Some(me) {
        return Err(Error::Forbidden("refused-inspection-not-yours"));
    }
    match inspection.status {
        Status::Scheduled | Status::UnderWay => {}
        Status::Planned | Status::Assigned => {
            return Err(Error::Conflict("conflict-inspection-undeclared"));
        }
        Status::SignedOff | Status::Closed => {
            return Err(Error::Conflict("conflict-inspection-signed-off"));
        }
        Status::Cancelled => return Err(Error::Conflict("conflict-inspection")),
    }
    let mut own = declarations_of(c, id)?.into_iter().filter(|one| one.account_id == me);
    if own.next_back().is_none_or(|one| one.has_conflict) {
        return Err(Error::Conflict("conflict-inspection-undeclared"));
    }
    Ok(inspection)
}

/// An inspection of a company that its people may see: it has a day and an inspector without a
/// conflict, or it is done.
pub fn find_announced(
    c: &mut AnyConnection,
    supplier_id: &str,
    id: &str,
) -> Result<Inspection, Error> {
    Ok(inspections::table
        .find(id)
        .filter(inspections::supplier_id.eq(supplier_id))
        .filter(inspections::status.eq_any(ANNOUNCED))
        .select(Inspection::as_select())
        .first(c)?)
}

/// States in which a company sees its inspection.
pub const ANNOUNCED: [Status; 4] =
    [Status::Scheduled, Status::UnderWay, Status::SignedOff, Status::Closed];

/// What has changed, as the trail tells it: field, before, after.
fn changed<const N: usize>(fields: [(&str, String, String); N]) -> Value {
    let told = fields.into_iter().filter(|(_, before, after)| before != after);
    told.map(|(field, before, after)| (field.to_string(), json!([before, after]))).collect()
}

/// A day as the trail tells it, "" without one.
fn day_told(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Records what happened to an inspection in its company's trail.
fn record(
    c: &mut AnyConnection,
    by: &Actor,
    inspection: &Inspection,
    action: &str,
    mut details: Value,
) -> Result<(), Error> {
    if details.is_null() {
        details = json!({});
    }
    details["inspection"] = inspection.code().into();
    audit::append(c, by, action, ("supplier", &inspection.supplier_id), details)
}
