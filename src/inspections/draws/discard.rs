//! A draw is given up before it is made.

use diesel::prelude::*;
use serde_json::json;

use super::{Draw, Status, find};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::plans::{self, ReasonInput};
use crate::schema::draws;
use crate::values::now;

/// Gives up a draw that is not made yet, with the reason: its plan is a draft again. The seed stays sealed
/// for ever, and the promise stays on record.
pub fn discard(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    id: &str,
    input: &ReasonInput,
) -> Result<(), Error> {
    let draw = find(c, id)?;
    let reason = input.given()?;
    give_up(c, by.actor(), &draw, reason)?;
    plans::back_to_draft(c, &draw.plan_id)
}

/// Marks a draw that is promised or frozen as given up.
pub fn give_up(c: &mut AnyConnection, by: &Actor, draw: &Draw, reason: &str) -> Result<(), Error> {
    let open = draws::table
        .find(&draw.id)
        .filter(draws::status.eq_any([Status::Committed, Status::Frozen]));
    let ended = diesel::update(open)
        .set((
            draws::status.eq(Status::Discarded),
            draws::ended_at.eq(now()),
            draws::ended_by.eq(&by.account_id),
            draws::ended_name.eq(&by.name),
            draws::ended_reason.eq(reason),
        ))
        .execute(c)?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-draw-made"));
    }
    let details = json!({ "commitment": draw.commitment, "reason": reason });
    audit::append(c, by, "draw.discarded", ("draw", &draw.id), details)
}
