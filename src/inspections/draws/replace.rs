//! A company of a sample that cannot be inspected is replaced by the next of its stratum.

use diesel::prelude::*;
use serde_json::json;

use super::reveal::visit;
use super::{Chosen, Draw, Entry, Status, find};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::inspections::plans::{self, ReasonInput};
use crate::inspections::{Inspection, Status as Visit, visits};
use crate::schema::{draw_entries, inspections};
use crate::suppliers;
use crate::values::now;

/// Puts the next company by rank of the same stratum in the place of a chosen one whose inspection nobody
/// has begun, with a written reason. Its inspection is made, the other's is cancelled.
pub fn replace(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    draw_id: &str,
    entry_id: &str,
    input: &ReasonInput,
) -> Result<Entry, Error> {
    let draw = find(c, draw_id)?;
    let (gone, company) = entry_of(c, by, &draw, entry_id)?;
    if draw.status != Status::Drawn || !gone.chosen.is_in() {
        return Err(Error::Conflict("conflict-draw-not-chosen"));
    }
    let inspection: Option<Inspection> = inspections::table
        .filter(inspections::entry_id.eq(entry_id))
        .filter(inspections::status.eq(Visit::Planned))
        .select(Inspection::as_select())
        .first(c)
        .optional()?;
    let inspection = inspection.ok_or(Error::Conflict("conflict-draw-visit-begun"))?;
    let reason = input.given()?;
    let next: Option<Entry> = draw_entries::table
        .filter(draw_entries::draw_id.eq(draw_id))
        .filter(draw_entries::stratum.eq(&gone.stratum))
        .filter(draw_entries::chosen.eq(Chosen::No))
        .filter(draw_entries::rank.is_not_null())
        .order(draw_entries::rank)
        .select(Entry::as_select())
        .first(c)
        .optional()?;
    let next = next.ok_or_else(|| Problems::one("reason", "draw_nobody_left"))?;
    let (next, supplier) = entry_of(c, by, &draw, &next.id)?;
    let plan = plans::find(c, &draw.plan_id)?;
    visits::cancel_planned(c, by.actor(), &inspection, reason)?;
    let state = |of: &Entry| draw_entries::table.find(of.id.clone());
    let time = now();
    let marks = || {
        (
            draw_entries::changed_at.eq(time),
            draw_entries::changed_by.eq(&by.actor().account_id),
            draw_entries::changed_name.eq(&by.actor().name),
            draw_entries::reason.eq(reason),
        )
    };
    let replaced = diesel::update(state(&gone).filter(draw_entries::chosen.eq(gone.chosen)))
        .set((draw_entries::chosen.eq(Chosen::Replaced), marks()))
        .execute(c)?;
    let taken = diesel::update(state(&next).filter(draw_entries::chosen.eq(Chosen::No)))
        .set((
            draw_entries::chosen.eq(Chosen::Replacement),
            draw_entries::replaces_id.eq(&gone.id),
            marks(),
        ))
        .execute(c)?;
    if (replaced, taken) != (1, 1) {
        return Err(Error::Conflict("conflict-done-already"));
    }
    visits::create(c, by, &supplier, visit(&plan, &next))?;
    let details = json!({
        "chosen_company": [company.code(), supplier.code()],
        "stratum": gone.stratum,
        "reason": reason,
    });
    audit::append(c, by.actor(), "draw.replaced", ("draw", draw_id), details)?;
    Ok(next)
}

/// An entry of a draw and its company, which the person must see.
fn entry_of(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    draw: &Draw,
    id: &str,
) -> Result<(Entry, suppliers::Supplier), Error> {
    let entry: Entry = draw_entries::table.find(id).select(Entry::as_select()).first(c)?;
    if entry.draw_id != draw.id {
        return Err(Error::NotFound);
    }
    let supplier = match suppliers::find(c, by.scope(), &entry.supplier_id) {
        // Merged since the roster was frozen.
        Err(Error::Moved { to, .. }) => suppliers::find(c, by.scope(), &to)?,
        found => found?,
    };
    Ok((entry, supplier))
}
