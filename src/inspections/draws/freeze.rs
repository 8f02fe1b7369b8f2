//! The second step of a draw: the roster is written down and hashed.

use diesel::prelude::*;
use serde_json::json;

use super::sample::{Line, hash, sample};
use super::{Draw, Entry, Status, find, roster};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::inspections::plans;
use crate::on_both;
use crate::schema::{draw_entries, draws};
use crate::values::now;

/// Rows of one statement.
const STATEMENT: usize = 500;

/// Freezes the roster of a promised draw as the plan's scope has it now. Refused with the reason, and
/// nothing written, when no sample can be drawn from it.
pub fn freeze(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    id: &str,
) -> Result<Draw, Error> {
    let draw = find(c, id)?;
    if draw.status != Status::Committed {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let plan = plans::find(c, &draw.plan_id)?;
    let roster = roster::load(c, &plan)?;
    roster::must_see(by.scope(), roster.iter().map(|one| one.area.as_str()))?;
    let lines: Vec<Line> = roster.iter().map(roster::Listed::line).collect();
    let sample = sample(&lines, &plan.sampling())
        .map_err(|refused| Error::Invalid(Problems(vec![refused.problem()])))?;
    let roster_hash = hash(&lines);
    let (size, time) = (roster.len() as i64, now());
    let entries: Vec<Entry> = roster.into_iter().map(|one| one.entry(id)).collect();
    insert(c, &entries)?;
    let promised = draws::table.find(id).filter(draws::status.eq(Status::Committed));
    let frozen = diesel::update(promised)
        .set((
            draws::status.eq(Status::Frozen),
            draws::roster_hash.eq(&roster_hash),
            draws::roster_size.eq(size),
            draws::sample_size.eq(sample.size),
            draws::strata.eq(serde_json::to_string(&sample.strata)?),
            draws::frozen_at.eq(time),
            draws::frozen_by.eq(&by.actor().account_id),
            draws::frozen_name.eq(&by.actor().name),
        ))
        .execute(c)?;
    if frozen == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let details = json!({
        "plan": plan.code(),
        "roster_hash": roster_hash,
        "roster_size": size,
        "sample_size": sample.size,
    });
    audit::append(c, by.actor(), "draw.frozen", ("draw", id), details)?;
    find(c, id)
}

/// Writes the roster.
fn insert(c: &mut AnyConnection, entries: &[Entry]) -> Result<(), Error> {
    for part in entries.chunks(STATEMENT) {
        on_both!(c, c => diesel::insert_into(draw_entries::table).values(part).execute(c))?;
    }
    Ok(())
}
