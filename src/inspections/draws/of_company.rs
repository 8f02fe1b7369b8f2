//! What one company may know of a draw: the promise, and its own line; nothing of others.

use diesel::prelude::*;

use super::{Draw, Entry, Status, find};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::inspections::plans::{self, Plan};
use crate::schema::draw_entries;

/// A company in a draw.
#[derive(Clone, Debug)]
pub struct Own {
    pub entry: Entry,
    /// All companies of its stratum.
    pub stratum_size: i64,
    /// How many of the stratum draw.
    pub drawing: i64,
    /// How many of those were in by their first ranks.
    pub drawn: i64,
    /// The largest key that was in at first.
    pub cut_off: Option<f64>,
}

/// A draw with its plan, and the company on its roster, if it is there.
pub fn show(
    c: &mut AnyConnection,
    supplier_id: &str,
    draw_id: &str,
) -> Result<(Draw, Plan, Option<Own>), Error> {
    let draw = find(c, draw_id)?;
    let plan = plans::find(c, &draw.plan_id)?;
    let own = if draw.is_frozen() { own(c, supplier_id, &draw)? } else { None };
    Ok((draw, plan, own))
}

fn own(c: &mut AnyConnection, supplier_id: &str, draw: &Draw) -> Result<Option<Own>, Error> {
    let entry: Option<Entry> = draw_entries::table
        .filter(draw_entries::supplier_id.eq(supplier_id))
        .filter(draw_entries::draw_id.eq(&draw.id))
        .select(Entry::as_select())
        .first(c)
        .optional()?;
    let Some(entry) = entry else { return Ok(None) };
    let stratum = draw.strata().into_iter().find(|one| one.key == entry.stratum);
    let drawn = stratum.as_ref().map_or(0, |one| one.drawn);
    let cut_off = match draw.status == Status::Drawn && drawn > 0 {
        false => None,
        true => draw_entries::table
            .filter(draw_entries::draw_id.eq(&draw.id))
            .filter(draw_entries::stratum.eq(&entry.stratum))
            .filter(draw_entries::rank.eq(drawn))
            .select(draw_entries::draw_key)
            .first::<Option<f64>>(c)
            .optional()?
            .flatten(),
    };
    Ok(Some(Own {
        stratum_size: stratum.as_ref().map_or(0, |one| one.all()),
        drawing: stratum.as_ref().map_or(0, |one| one.size),
        drawn,
        cut_off,
        entry,
    }))
}

/// Which of some draws a company is on the roster of.
pub fn listed(
    c: &mut AnyConnection,
    supplier_id: &str,
    draw_ids: &[&str],
) -> Result<Vec<Entry>, Error> {
    Ok(draw_entries::table
        .filter(draw_entries::supplier_id.eq(supplier_id))
        .filter(among(draw_entries::draw_id, draw_ids.iter().copied()))
        .select(Entry::as_select())
        .load(c)?)
}
