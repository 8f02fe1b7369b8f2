//! Draws, and the companies on their rosters.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Chosen, Draw, Entry, Status};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::inspections::Status as Visit;
use crate::inspections::plans::Plan;
use crate::page::paging::{Cursor, cut};
use crate::schema::{draw_entries, draws, inspection_plans, inspections, suppliers};
use crate::suppliers::code_of;

/// How a company comes into the sample.
const IN: [Chosen; 3] = [Chosen::Certain, Chosen::Drawn, Chosen::Replacement];

/// What a roster is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Only those that are or were in.
    pub chosen: bool,
    /// A company's number.
    pub number: Option<i64>,
}

/// A company on a roster.
#[derive(Clone, Debug)]
pub struct Row {
    pub entry: Entry,
    /// Today's names.
    pub legal_name: String,
    pub english_name: String,
    /// "S-000034": whose place it took.
    pub replaces: Option<String>,
    /// Its inspection, by id, number and state.
    pub visit: Option<(String, i64, Visit)>,
}

/// The whole roster of a draw, by number.
pub fn all(c: &mut AnyConnection, draw_id: &str) -> Result<Vec<Entry>, Error> {
    Ok(draw_entries::table
        .filter(draw_entries::draw_id.eq(draw_id))
        .order(draw_entries::number)
        .select(Entry::as_select())
        .load(c)?)
}

/// A part of the roster of a draw by number, after a number.
pub fn part(
    c: &mut AnyConnection,
    draw_id: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    Ok(draw_entries::table
        .filter(draw_entries::draw_id.eq(draw_id))
        .filter(draw_entries::number.gt(after))
        .order(draw_entries::number)
        .limit(limit)
        .select(Entry::as_select())
        .load(c)?)
}

/// A page of a roster as far as somebody may see it, by number, and where the next one goes on.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    draw_id: &str,
    asked: &Asked,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let mut query = draw_entries::table
        .inner_join(suppliers::table.on(suppliers::id.eq(draw_entries::supplier_id)))
        .filter(draw_entries::draw_id.eq(draw_id.to_string()))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if asked.chosen {
        query = query.filter(draw_entries::chosen.ne(Chosen::No));
    }
    if let Some(number) = asked.number {
        query = query.filter(draw_entries::number.eq(number));
    }
    if let Some(after) = after {
        query = query.filter(draw_entries::number.gt(after.number));
    }
    let mut found: Vec<(Entry, String, String)> = query
        .order(draw_entries::number)
        .limit(limit as i64 + 1)
        .select((Entry::as_select(), suppliers::legal_name, suppliers::english_name))
        .load(c)?;
    let place =
        |last: &(Entry, String, String)| Cursor { key: String::new(), number: last.0.number };
    let next = cut(&mut found, limit, place);
    Ok((with_details(c, scope, found)?, next))
}

/// Whose place companies took, and their inspections, in two queries.
fn with_details(
    c: &mut AnyConnection,
    scope: &Scope,
    found: Vec<(Entry, String, String)>,
) -> Result<Vec<Row>, Error> {
    let replaced = found.iter().filter_map(|(entry, ..)| entry.replaces_id.as_deref());
    let replaced = codes(c, Some(scope), &replaced.collect::<Vec<_>>())?;
    let ids = found.iter().map(|(entry, ..)| entry.id.as_str());
    let visits: Vec<(Option<String>, String, i64, Visit)> = inspections::table
        .filter(among(inspections::entry_id.assume_not_null(), ids))
        .select((inspections::entry_id, inspections::id, inspections::number, inspections::status))
        .load(c)?;
    let mut visits: HashMap<String, (String, i64, Visit)> = visits
        .into_iter()
        .filter_map(|(entry, id, number, status)| Some((entry?, (id, number, status))))
        .collect();
    let row = |(entry, legal_name, english_name): (Entry, String, String)| Row {
        replaces: entry.replaces_id.as_ref().and_then(|id| replaced.get(id).cloned()),
        visit: visits.remove(&entry.id),
        legal_name,
        english_name,
        entry,
    };
    Ok(found.into_iter().map(row).collect())
}

/// "S-000034" of entries, by their ids: of those that a scope allows, or of all.
pub(super) fn codes(
    c: &mut AnyConnection,
    scope: Option<&Scope>,
    ids: &[&str],
) -> Result<HashMap<String, String>, Error> {
    let found: Vec<(String, i64, String)> = draw_entries::table
        .filter(among(draw_entries::id, ids.iter().copied()))
        .select((draw_entries::id, draw_entries::number, draw_entries::area))
        .load(c)?;
    let is_seen = |area: &str| scope.is_none_or(|one| one.allows(area));
    let seen = found.into_iter().filter(|(.., area)| is_seen(area));
    Ok(seen.map(|(id, number, _)| (id, code_of(number))).collect())
}

/// The companies of a draw that are in and that somebody may see, by number, at most `limit`; and how
/// many there are.
pub fn chosen(
    c: &mut AnyConnection,
    scope: &Scope,
    draw_id: &str,
    limit: usize,
) -> Result<(Vec<Row>, i64), Error> {
    let (rows, _) = page(c, scope, draw_id, &Asked { chosen: true, number: None }, None, limit)?;
    let number = draw_entries::table
        .filter(draw_entries::draw_id.eq(draw_id))
        .filter(draw_entries::chosen.eq_any(IN))
        .count()
        .get_result(c)?;
    Ok((rows, number))
}

/// Whether somebody may see every company of a draw's roster.
pub fn sees_all(c: &mut AnyConnection, scope: &Scope, draw_id: &str) -> Result<bool, Error> {
    let Some(areas) = scope.areas() else { return Ok(true) };
    let outside = draw_entries::table
        .filter(draw_entries::draw_id.eq(draw_id))
        .filter(draw_entries::area.ne_all(areas));
    let is_outside: bool = diesel::select(diesel::dsl::exists(outside)).get_result(c)?;
    Ok(!is_outside)
}

/// Draws with their plans, and where the next page goes on.
pub type Page = (Vec<(Draw, Plan)>, Option<Cursor>);

/// A page of all draws with their plans, the newest first.
pub fn draws(c: &mut AnyConnection, after: Option<&Cursor>, limit: usize) -> Result<Page, Error> {
    let mut query = draws::table
        .inner_join(inspection_plans::table.on(inspection_plans::id.eq(draws::plan_id)))
        .into_boxed::<MultiBackend>();
    if let Some(after) = after {
        query = query.filter(draws::id.lt(after.key.clone()));
    }
    let mut found: Vec<(Draw, Plan)> = query
        // Ids sort by the time they were made.
        .order(draws::id.desc())
        .limit(limit as i64 + 1)
        .select((Draw::as_select(), Plan::as_select()))
        .load(c)?;
    let next = cut(&mut found, limit, |last| Cursor { key: last.0.id.clone(), number: 0 });
    Ok((found, next))
}

/// A frozen draw that waits for somebody to open its seed: its id, the plan's number and name, since when.
pub type Waiting = (String, i64, String, NaiveDateTime);

/// Frozen draws that somebody else has promised, the oldest first.
pub fn to_reveal(
    c: &mut AnyConnection,
    account_id: &str,
    limit: i64,
) -> Result<Vec<Waiting>, Error> {
    Ok(draws::table
        .inner_join(inspection_plans::table.on(inspection_plans::id.eq(draws::plan_id)))
        .filter(draws::status.eq(Status::Frozen))
        .filter(draws::committed_by.ne(account_id))
        .order(draws::committed_at)
        .limit(limit)
        .select((draws::id, inspection_plans::number, inspection_plans::name, draws::committed_at))
        .load(c)?)
}
