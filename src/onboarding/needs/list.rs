//! The list of needs: the open ones first, the most urgent on top, then those that were closed.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::{Need, areas_seen};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::page::paging::{Cursor, PAGE_SIZE};
use crate::schema::{candidates, needs};
use crate::values::calendar_day;

/// The key of a cursor among those that were closed; among the open ones it is their day.
const CLOSED: &str = "closed";
/// Needs that a select offers, at most.
const OFFERED: i64 = 500;

text_enum! {
    /// Whether candidates are looked for.
    State { Open = "open", Closed = "closed" }
}

/// What the list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub state: Option<State>,
    pub category: Option<String>,
    /// An area code; `Some("")` for needs that any place serves.
    pub area: Option<String>,
    pub after: Option<Cursor>,
}

/// A page of the needs that somebody sees, and the cursor of the next.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
) -> Result<(Vec<Need>, Option<Cursor>), Error> {
    let limit = PAGE_SIZE + 1;
    let mut found = Vec::new();
    let is_past_open = asked.after.as_ref().is_some_and(|after| after.key == CLOSED);
    if asked.state != Some(State::Closed) && !is_past_open {
        found = open(c, scope, asked, limit as i64)?;
    }
    if asked.state != Some(State::Open) && found.len() < limit {
        found.extend(closed(c, scope, asked, (limit - found.len()) as i64)?);
    }
    let has_more = found.len() == limit;
    found.truncate(PAGE_SIZE);
    let next = found.last().filter(|_| has_more).map(|last| Cursor {
        key: if last.is_open() { last.needed_by.to_string() } else { CLOSED.into() },
        number: last.number,
    });
    Ok((found, next))
}

type Boxed<'a> = needs::BoxedQuery<'a, MultiBackend>;

fn narrowed(scope: &Scope, asked: &Asked) -> Boxed<'static> {
    let mut query = needs::table.into_boxed::<MultiBackend>();
    if let Some(areas) = areas_seen(scope) {
        query = query.filter(needs::area.eq_any(areas));
    }
    if let Some(area) = &asked.area {
        query = query.filter(needs::area.eq(area.clone()));
    }
    if let Some(category) = &asked.category {
        query = query.filter(needs::category_id.eq(category.clone()));
    }
    query
}

fn open(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Need>, Error> {
    let mut query = narrowed(scope, asked).filter(needs::closed_at.is_null());
    let after = asked.after.as_ref().and_then(|at| Some((calendar_day(&at.key)?, at.number)));
    if let Some((day, number)) = after {
        let same_day = needs::needed_by.eq(day).and(needs::number.gt(number));
        query = query.filter(needs::needed_by.gt(day).or(same_day));
    }
    Ok(query
        .order((needs::needed_by, needs::number))
        .limit(limit)
        .select(Need::as_select())
        .load(c)?)
}

fn closed(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    limit: i64,
) -> Result<Vec<Need>, Error> {
    let mut query = narrowed(scope, asked).filter(needs::closed_at.is_not_null());
    if let Some(after) = asked.after.as_ref().filter(|after| after.key == CLOSED) {
        query = query.filter(needs::number.lt(after.number));
    }
    Ok(query.order(needs::number.desc()).limit(limit).select(Need::as_select()).load(c)?)
}

/// How many candidates each of these needs has, by id; those without are not in it.
pub fn candidates_of(c: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, i64>, Error> {
    let rows: Vec<(Option<String>, i64)> = candidates::table
        .filter(among(candidates::need_id.assume_not_null(), ids.iter().copied()))
        .group_by(candidates::need_id)
        .select((candidates::need_id, count_star()))
        .load(c)?;
    Ok(rows.into_iter().filter_map(|(need, count)| Some((need?, count))).collect())
}

/// The areas that needs are in, as far as somebody sees them.
pub fn areas(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<String>, Error> {
    let mut query = needs::table.into_boxed::<MultiBackend>();
    if let Some(areas) = areas_seen(scope) {
        query = query.filter(needs::area.eq_any(areas));
    }
    Ok(query.select(needs::area).distinct().order(needs::area).load(c)?)
}

/// The open needs to choose from, the most urgent first, at most 500.
pub fn all_open(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Need>, Error> {
    open(c, scope, &Asked::default(), OFFERED)
}
