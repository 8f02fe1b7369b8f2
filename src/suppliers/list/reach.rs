//! What the queries of a list read: which part of a filter, from where on, in which order.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::{Filter, From, Order, SORTED_LIMIT};
use crate::db::{AnyConnection, MultiBackend, Next, Search, found};
use crate::schema::{supplier_categories, suppliers};
use crate::suppliers::{Stage, names};

type Boxed<'a> = suppliers::BoxedQuery<'a, MultiBackend>;

/// A part of what a filter finds that one query reads in the list's order.
#[derive(Clone, Copy)]
pub enum Part<'a> {
    /// All of it: without areas, or found by its text, which takes the areas in.
    Whole,
    Area(&'a str),
}

pub fn parts(filter: &Filter) -> Vec<Part<'_>> {
    match &filter.areas {
        Some(areas) if !filter.has_text() => areas.iter().map(|a| Part::Area(a)).collect(),
        _ => vec![Part::Whole],
    }
}

/// The suppliers of a part of a filter from a cursor on, in the filter's order: what the export
/// reads by. `None` when the text holds nothing to look for.
pub fn from_on<'a>(
    c: &AnyConnection,
    filter: &'a Filter,
    part: Part<'a>,
    from: &'a From,
) -> Option<Boxed<'a>> {
    let query = within(c, filter, part, Reach::All)?.filter(suppliers::merged_into.is_null());
    Some(ordered(query, filter.order, from))
}

/// How much of what a text finds is looked at.
pub enum Reach {
    All,
    /// This many, whichever come first.
    Some(usize),
    /// This many next to a place in the order of numbers.
    Next(Next, usize),
}

/// What must be looked at for `limit` rows on one side of a cursor.
pub fn reach(order: Order, from: &From, limit: usize) -> Reach {
    let (place, backwards) = match from {
        From::Start => (None, false),
        From::After(cursor) => (Some(cursor.number), false),
        From::Before(cursor) => (Some(cursor.number), true),
    };
    match order {
        Order::Name | Order::NameBackwards => Reach::Some(SORTED_LIMIT),
        Order::Oldest | Order::Newest if (order == Order::Oldest) != backwards => {
            Reach::Next(Next::Above(place.unwrap_or(i64::MIN)), limit)
        }
        Order::Oldest | Order::Newest => Reach::Next(Next::Below(place.unwrap_or(i64::MAX)), limit),
    }
}

/// The suppliers of a part of a filter; of those found by text, what is in reach. `None` when the
/// text holds nothing to look for.
pub fn within<'a>(
    c: &AnyConnection,
    filter: &'a Filter,
    part: Part<'a>,
    reach: Reach,
) -> Option<Boxed<'a>> {
    let mut query = suppliers::table.into_boxed::<MultiBackend>();
    if let Some(certified) = &filter.certified {
        query = query.filter(certified.condition());
    }
    if filter.has_text() {
        return Some(query.filter(found(c, search(filter, reach))?));
    }
    let mut query = match part {
        Part::Area(area) => query.filter(suppliers::area.eq(area)),
        Part::Whole => query,
    };
    if let Some(stage) = filter.stage {
        query = query.filter(suppliers::stage.eq(stage));
    }
    if let Some(category) = &filter.category {
        query = query.filter(
            suppliers::id.eq_any(
                supplier_categories::table
                    .filter(supplier_categories::category_id.eq(category))
                    .select(supplier_categories::supplier_id),
            ),
        );
    }
    Some(query)
}

/// What the search index is asked for.
pub fn search(filter: &Filter, reach: Reach) -> Search {
    Search {
        terms: names::search_terms(&filter.text),
        areas: filter.areas.clone(),
        stage: filter.stage.map(Stage::as_str),
        category: filter.category.clone(),
        limit: match reach {
            Reach::All => None,
            Reach::Some(limit) | Reach::Next(_, limit) => Some(limit),
        },
        next: match reach {
            Reach::Next(next, _) => Some(next),
            _ => None,
        },
    }
}

pub fn ordered<'a>(query: Boxed<'a>, order: Order, from: &'a From) -> Boxed<'a> {
    use suppliers::{number, sort_key};
    let (cursor, backwards) = match from {
        From::Start => (None, false),
        From::After(cursor) => (Some(cursor), false),
        From::Before(cursor) => (Some(cursor), true),
    };
    let ascending = matches!(order, Order::Name | Order::Oldest) != backwards;
    match (order, ascending) {
        (Order::Name | Order::NameBackwards, true) => {
            let query = match cursor {
                // Row values let both databases walk the index from the cursor on.
                Some(at) => query.filter(
                    sql::<Bool>("(suppliers.sort_key, suppliers.number) > (")
                        .bind::<diesel::sql_types::Text, _>(&at.key)
                        .sql(", ")
                        .bind::<BigInt, _>(at.number)
                        .sql(")"),
                ),
                None => query,
            };
            query.order((sort_key.asc(), number.asc()))
        }
        (Order::Name | Order::NameBackwards, false) => {
            let query = match cursor {
                Some(at) => query.filter(
                    sql::<Bool>("(suppliers.sort_key, suppliers.number) < (")
                        .bind::<diesel::sql_types::Text, _>(&at.key)
                        .sql(", ")
                        .bind::<BigInt, _>(at.number)
                        .sql(")"),
                ),
                None => query,
            };
            query.order((sort_key.desc(), number.desc()))
        }
        (_, true) => {
            let after = cursor.map(|at| at.number).unwrap_or(i64::MIN);
            query.filter(number.gt(after)).order(number.asc())
        }
        (_, false) => {
            let before = cursor.map(|at| at.number).unwrap_or(i64::MAX);
            query.filter(number.lt(before)).order(number.desc())
        }
    }
}
