//! The company takes note of what was found, once.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{find_announced, record};
use crate::access::Member;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::{Inspection, Status};
use crate::schema::{accounts, inspections};
use crate::values::now;

/// What a company says to the summary.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct AcknowledgementInput {
    #[validate(length(max = 2000))]
    pub acknowledged_note: String,
}

const DONE: [Status; 2] = [Status::SignedOff, Status::Closed];

/// Somebody of the company takes note of the summary. It says that they have read it, not that they
/// agree.
pub fn acknowledge(
    c: &mut AnyConnection,
    member: &Member,
    id: &str,
    input: &AcknowledgementInput,
) -> Result<Inspection, Error> {
    let before = find_announced(c, &member.supplier_id, id)?;
    if !before.status.is_done() {
        return Err(Error::Conflict("conflict-inspection"));
    }
    let note = input.acknowledged_note.replace("\r\n", "\n").trim().to_string();
    let row = inspections::table
        .find(id)
        .filter(inspections::status.eq_any(DONE))
        .filter(inspections::acknowledged_at.is_null());
    let changed = diesel::update(row)
        .set((
            inspections::acknowledged_at.eq(now()),
            inspections::acknowledged_by.eq(&member.actor.account_id),
            inspections::acknowledged_note.eq(&note),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let details = if note.is_empty() { json!({}) } else { json!({ "note": note }) };
    record(c, &member.actor, &before, "inspection.acknowledged", details)?;
    find_announced(c, &member.supplier_id, id)
}

/// How many inspections of a company are signed off that nobody of it has taken note of.
pub fn number_open(c: &mut AnyConnection, supplier_id: &str) -> Result<i64, Error> {
    Ok(inspections::table
        .filter(inspections::supplier_id.eq(supplier_id))
        .filter(inspections::status.eq_any(DONE))
        .filter(inspections::acknowledged_at.is_null())
        .count()
        .get_result(c)?)
}

/// The name of who took note of an inspection.
pub fn name_of(c: &mut AnyConnection, inspection: &Inspection) -> Result<Option<String>, Error> {
    let Some(account) = &inspection.acknowledged_by else { return Ok(None) };
    Ok(accounts::table.find(account).select(accounts::name).first(c).optional()?)
}
