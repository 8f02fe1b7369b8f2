//! The list of suppliers: filters, search, order, pages. The export goes through the same filter.

mod certified;
mod reach;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::Stage;
use super::clearance::{self, Clearance, HoldSources};
use crate::access::Scope;
use crate::cache::Cache;
use crate::db::{AnyConnection, among, among_numbers, numbers_found};
use crate::error::Error;
use crate::page::paging::{Cursor, PAGE_SIZE};
use crate::schema::{categories, identifiers, supplier_categories, suppliers};
use crate::values::now;
pub use certified::{Certified, Held};
pub(super) use reach::{Part, from_on, parts};
use reach::{Reach, ordered, reach, search, within};

/// Companies that a search counts: a word that a million names hold must not cost more than a rare
/// one. In the order of numbers, a search can be walked to its end.
pub const SEARCH_LIMIT: usize = 50;

/// Companies that a search sorts by name.
pub const SORTED_LIMIT: usize = 100;

/// Rows on a page of what a search finds. Who searches types on rather than reads on.
pub const SEARCH_PAGE: usize = 20;

text_enum! {
    /// The order of the list.
    Order {
        Name = "name",
        NameBackwards = "-name",
        Newest = "newest",
        Oldest = "oldest",
    }
}

/// What the list is narrowed to. Made from the address by [`super::routes`].
#[derive(Clone, Debug)]
pub struct Filter {
    /// Area codes, `None` for all.
    pub areas: Option<Vec<String>>,
    pub stage: Option<Stage>,
    /// Id of a category.
    pub category: Option<String>,
    /// What they hold of certifications.
    pub certified: Option<Certified>,
    pub text: String,
    pub order: Order,
}

impl Filter {
    /// Everything that a person may see.
    pub fn all(scope: &Scope) -> Filter {
        Filter {
            areas: scope.areas(),
            stage: None,
            category: None,
            certified: None,
            text: String::new(),
            order: Order::Name,
        }
    }

    fn has_text(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// Rows on a page.
    fn page_size(&self) -> usize {
        if self.has_text() { SEARCH_PAGE } else { PAGE_SIZE }
    }

    /// Narrows to the areas of a region of a scheme, or to one area, within the scope.
    pub fn within(mut self, scope: &Scope, chosen: Vec<String>) -> Filter {
        self.areas = Some(chosen.into_iter().filter(|a| scope.allows(a)).collect());
        self
    }
}

/// A row of the list.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = suppliers)]
pub struct Row {
    pub id: String,
    pub number: i64,
    pub legal_name: String,
    pub english_name: String,
    pub sort_key: String,
    pub stage: Stage,
    pub area: String,
    pub city: String,
    pub registered_site_id: String,
}

impl Row {
    pub fn code(&self) -> String {
        super::code_of(self.number)
    }
}

/// A page of the list.
pub struct Listing {
    pub rows: Vec<Row>,
    /// The identifiers shown under the names.
    pub codes: Vec<Code>,
    /// May we order today? One for each row.
    pub clearances: Arc<[Clearance]>,
    /// (supplier id, English name, Chinese name) of categories.
    pub supplies: Vec<(String, String, String)>,
    pub has_previous: bool,
    pub has_next: bool,
    /// Suppliers that match; [`SEARCH_LIMIT`] + 1 means "more than that".
    pub matching: i64,
}

/// An identifier of a row.
#[derive(Clone, Debug, Queryable)]
pub struct Code {
    pub supplier_id: String,
    pub kind: String,
    pub value: String,
    pub confirmed_at: Option<NaiveDateTime>,
}

/// Which way a page lies from its cursor.
#[derive(Clone, Debug, PartialEq)]
pub enum From {
    Start,
    After(Cursor),
    Before(Cursor),
}

/// (id, English name, Chinese name) of a category.
type CategoryNames = (String, String, String);

/// Counts, and what else the list computes, kept until the register changes.
#[derive(Default)]
pub struct Counts {
    matching: Cache<String, i64>,
    areas: Cache<(), Vec<(String, i64)>>,
    /// Of the rows of a page, by filter, place and day.
    clearances: Cache<String, Arc<[Clearance]>>,
    categories: Cache<(), Arc<[CategoryNames]>>,
    merged: Cache<(), Vec<(String, Stage, i64)>>,
}

/// One page of the list, with what its rows show.
pub fn page(
    c: &mut AnyConnection,
    sources: HoldSources,
    counts: &Counts,
    filter: &Filter,
    from: &From,
) -> Result<Listing, Error> {
    let backwards = matches!(from, From::Before(_));
    let size = filter.page_size();
    let (mut rows, mut found) = match first_found(c, filter, from)? {
        Some((rows, found)) => (rows, Some(found)),
        None => (rows(c, filter, from, size + 1, reach)?, None),
    };
    let more = rows.len() > size;
    // What fits on the first page is counted.
    if *from == From::Start && !more {
        found = Some(rows.len() as i64);
    }
    rows.truncate(size);
    if backwards {
        rows.reverse();
    }
    let ids: Vec<&str> = rows.iter().map(|r| r.id.as_str()).collect();
    let codes: Vec<Code> = identifiers::table
        .filter(among(identifiers::supplier_id, ids.iter().copied()))
        .filter(identifiers::removed_at.is_null())
        .order(identifiers::created_at)
        .select((
            identifiers::supplier_id,
            identifiers::kind,
            identifiers::value,
            identifiers::confirmed_at,
        ))
        .load(c)?;
    let supplies = supplies(c, counts, &ids)?;
    let page = format!("{filter:?} {from:?} {}", now().date());
    let clearances = counts
        .clearances
        .get(c, page, |c| Ok(clearance::of_rows(c, sources, &rows, &codes)?.into()))?;
    Ok(Listing {
        has_previous: if backwards { more } else { *from != From::Start },
        has_next: if backwards { true } else { more },
        matching: match found {
            Some(number) => number,
            None => counts.matching.get(c, format!("{filter:?}"), |c| count(c, counts, filter))?,
        },
        rows,
        codes,
        clearances,
        supplies,
    })
}

/// What the companies of a page supply, as [`Listing::supplies`] has it: each company's in the
/// order of the categories' codes. The few categories are not read again for every page.
fn supplies(
    c: &mut AnyConnection,
    counts: &Counts,
    ids: &[&str],
) -> Result<Vec<(String, String, String)>, Error> {
    let names = counts.categories.get(c, (), |c| {
        let names = (categories::id, categories::name_en, categories::name_zh);
        let all: Vec<CategoryNames> =
            categories::table.order(categories::code).select(names).load(c)?;
        Ok(all.into())
    })?;
    let place: HashMap<&str, usize> =
        names.iter().enumerate().map(|(place, (id, ..))| (id.as_str(), place)).collect();
    let offers: Vec<(String, String)> = supplier_categories::table
        .filter(among(supplier_categories::supplier_id, ids.iter().copied()))
        .select((supplier_categories::supplier_id, supplier_categories::category_id))
        .load(c)?;
    let mut placed: Vec<(usize, String)> = offers
        .into_iter()
        .filter_map(|(supplier, category)| Some((*place.get(category.as_str())?, supplier)))
        .collect();
    placed.sort();
    let named = |(place, supplier): (usize, String)| {
        let (_, english, chinese) = &names[place];
        (supplier, english.clone(), chinese.clone())
    };
    Ok(placed.into_iter().map(named).collect())
}

/// The first page of a search in the order of numbers, and how many it finds as far as it counts:
/// the index is asked once for both. `None` for any other page.
fn first_found(
    c: &mut AnyConnection,
    filter: &Filter,
    from: &From,
) -> Result<Option<(Vec<Row>, i64)>, Error> {
    let in_order = matches!(filter.order, Order::Oldest | Order::Newest);
    if *from != From::Start || !in_order || !filter.has_text() {
        return Ok(None);
    }
    let all = search(filter, reach(filter.order, from, SEARCH_LIMIT + 1));
    let numbers = numbers_found(c, all)?;
    let shown = &numbers[..numbers.len().min(filter.page_size() + 1)];
    let mut rows: Vec<Row> = suppliers::table
        .filter(among_numbers(suppliers::number, shown))
        .order(suppliers::number)
        .select(Row::as_select())
        .load(c)?;
    if filter.order == Order::Newest {
        rows.reverse();
    }
    Ok(Some((rows, numbers.len() as i64)))
}

/// Up to `limit` rows from a cursor on, of everything that the filter finds: for programs, which
/// read on to the end.
pub fn complete(
    c: &mut AnyConnection,
    filter: &Filter,
    from: &From,
    limit: usize,
) -> Result<Vec<Row>, Error> {
    rows(c, filter, from, limit, |order, from, limit| match reach(order, from, limit) {
        Reach::Some(_) => Reach::All,
        next => next,
    })
}

/// Up to `limit` rows on one side of a cursor, in reading order of that side. An area has an
/// index in the list's order, so each area is read on its own and the results are merged.
fn rows(
    c: &mut AnyConnection,
    filter: &Filter,
    from: &From,
    limit: usize,
    reach: fn(Order, &From, usize) -> Reach,
) -> Result<Vec<Row>, Error> {
    let mut rows: Vec<Row> = Vec::new();
    let parts = parts(filter);
    for part in &parts {
        let Some(query) = within(c, filter, *part, reach(filter.order, from, limit)) else {
            return Ok(Vec::new());
        };
        let query = query.filter(suppliers::merged_into.is_null());
        let query = ordered(query, filter.order, from).limit(limit as i64);
        rows.extend(query.select(Row::as_select()).load::<Row>(c)?);
    }
    if parts.len() > 1 {
        let backwards = matches!(from, From::Before(_));
        rows.sort_by(|a, b| {
            let order = match filter.order {
                Order::Name => (&a.sort_key, a.number).cmp(&(&b.sort_key, b.number)),
                Order::NameBackwards => (&b.sort_key, b.number).cmp(&(&a.sort_key, a.number)),
                Order::Oldest => a.number.cmp(&b.number),
                Order::Newest => b.number.cmp(&a.number),
            };
            if backwards { order.reverse() } else { order }
        });
        rows.truncate(limit);
    }
    Ok(rows)
}

/// (area, suppliers) of what somebody may see, by area code.
pub fn areas(
    c: &mut AnyConnection,
    counts: &Counts,
    scope: &Scope,
) -> Result<Vec<(String, i64)>, Error> {
    let all = counts.areas.get(c, (), |c| {
        Ok(suppliers::table
            .group_by(suppliers::area)
            .select((suppliers::area, count_star()))
            .order(suppliers::area)
            .load::<(String, i64)>(c)?)
    })?;
    let merged = merged(c, counts)?;
    let all = all.into_iter().map(|(area, number)| {
        let gone = merged.iter().filter(|(of, _, _)| *of == area);
        let number = number - gone.map(|(_, _, number)| number).sum::<i64>();
        (area, number)
    });
    let all: Vec<(String, i64)> = all.filter(|(_, number)| *number > 0).collect();
    Ok(all.into_iter().filter(|(area, _)| scope.allows(area)).collect())
}

/// (area, stage, number) of the companies that were merged into others. They are few: counting
/// them apart lets the others be counted from an index alone.
fn merged(c: &mut AnyConnection, counts: &Counts) -> Result<Vec<(String, Stage, i64)>, Error> {
    counts.merged.get(c, (), |c| {
        Ok(suppliers::table
            // Not "is not null": a range leads SQLite to the index of merged companies alone.
            .filter(suppliers::merged_into.gt(""))
            .group_by((suppliers::area, suppliers::stage))
            .select((suppliers::area, suppliers::stage, count_star()))
            .load(c)?)
    })
}

/// How many suppliers a filter finds; of those found by text, at most [`SEARCH_LIMIT`] + 1.
fn count(c: &mut AnyConnection, counts: &Counts, filter: &Filter) -> Result<i64, Error> {
    let mut total = 0;
    for part in parts(filter) {
        let Some(query) = within(c, filter, part, Reach::Some(SEARCH_LIMIT + 1)) else {
            return Ok(0);
        };
        total += query.count().get_result::<i64>(c)?;
    }
    // A merged company has neither a text nor categories that it is found by.
    if filter.has_text() || filter.category.is_some() || filter.certified.is_some() {
        return Ok(total);
    }
    let is_counted = |area: &String, stage: Stage| {
        filter.areas.as_ref().is_none_or(|areas| areas.contains(area))
            && filter.stage.is_none_or(|only| only == stage)
    };
    let gone = merged(c, counts)?.into_iter().filter(|(area, stage, _)| is_counted(area, *stage));
    Ok(total - gone.map(|(_, _, number)| number).sum::<i64>())
}
