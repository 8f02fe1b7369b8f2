//! An inspection is closed once it is signed off and none of its findings is open, and opens again with
//! one that is reopened.

use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::json;

use crate::access::Actor;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::findings::Status as Finding;
use crate::inspections::{Inspection, Status};
use crate::schema::{findings, inspections};
use crate::values::now;

/// Brings an inspection's state in line with its findings: called in the write that changes one of them,
/// and when the inspection is signed off.
pub fn follow_findings(c: &mut AnyConnection, by: &Actor, id: &str) -> Result<(), Error> {
    let inspection: Inspection =
        inspections::table.find(id).select(Inspection::as_select()).first(c)?;
    let open = findings::table
        .filter(findings::inspection_id.eq(id))
        .filter(findings::status.ne_all([Finding::Closed, Finding::Withdrawn]));
    let has_open: bool = diesel::select(exists(open)).get_result(c)?;
    let (to, action) = match (inspection.status, has_open) {
        (Status::SignedOff, false) => (Status::Closed, "inspection.closed"),
        (Status::Closed, true) => (Status::SignedOff, "inspection.reopened"),
        _ => return Ok(()),
    };
    let (ended_at, ended_name) = match to {
        Status::Closed => (Some(now()), by.name.as_str()),
        _ => (None, ""),
    };
    diesel::update(inspections::table.find(id))
        .set((
            inspections::status.eq(to),
            inspections::ended_at.eq(ended_at),
            inspections::ended_name.eq(ended_name),
        ))
        .execute(c)?;
    let details = json!({ "inspection": inspection.code() });
    audit::append(c, by, action, ("supplier", &inspection.supplier_id), details)
}
