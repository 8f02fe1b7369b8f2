//! The pairs that wait for a person, the likeliest first, and what is shown of their companies.

use std::collections::HashMap;

use diesel::dsl::{count_star, exists, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use super::{Pair, PairStatus, pairs_of};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::page::paging::Cursor;
use crate::schema::{
    categories, contacts, duplicate_pairs, identifiers, sites, supplier_categories, suppliers,
};
use crate::suppliers::{Stage, code_of};

/// Pairs on a page of the queue.
pub const SHOWN: usize = 20;

/// What the queue is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Areas in which one of the two is, `None` for anywhere.
    pub areas: Option<Vec<String>>,
    /// Id of the import that one of the two came with.
    pub import: Option<String>,
    /// The lowest score shown.
    pub least: i64,
    /// Score and id of the last pair of the page before.
    pub after: Option<Cursor>,
}

/// A company of a pair, as far as it is shown.
#[derive(Clone, Debug)]
pub struct Side {
    pub id: String,
    pub number: i64,
    pub legal_name: String,
    pub english_name: String,
    pub stage: Stage,
    pub area: String,
    pub city: String,
    pub revision: i64,
    /// Of its registered site.
    pub address: String,
    /// (kind, value).
    pub identifiers: Vec<(String, String)>,
    /// (English, Chinese) names.
    pub categories: Vec<(String, String)>,
    pub sites: i64,
    pub contacts: i64,
}

impl Side {
    pub fn code(&self) -> String {
        code_of(self.number)
    }

    /// How much is known of it: of two companies, the one to keep is the one with more.
    pub fn weight(&self) -> (bool, usize, i64, i64) {
        let is_active = self.stage == Stage::Active;
        (is_active, self.identifiers.len(), self.sites + self.contacts, -self.number)
    }
}

/// The waiting pairs whose companies are both within the scope, and the cursor of the next page.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
) -> Result<(Vec<Pair>, Option<Cursor>), Error> {
    let mut query = duplicate_pairs::table
        .filter(duplicate_pairs::status.eq(PairStatus::Waiting))
        .filter(duplicate_pairs::score.ge(asked.least))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        let (one, other) = (areas.clone(), areas);
        query = query.filter(
            exists(
                suppliers::table
                    .filter(suppliers::id.eq(duplicate_pairs::first_id))
                    .filter(suppliers::area.eq_any(one)),
            )
            .and(exists(
                suppliers::table
                    .filter(suppliers::id.eq(duplicate_pairs::second_id))
                    .filter(suppliers::area.eq_any(other)),
            )),
        );
    }
    if let Some(areas) = &asked.areas {
        query = query.filter(exists(
            suppliers::table
                .filter(
                    suppliers::id
                        .eq(duplicate_pairs::first_id)
                        .or(suppliers::id.eq(duplicate_pairs::second_id)),
                )
                .filter(suppliers::area.eq_any(areas.clone())),
        ));
    }
    if let Some(import) = &asked.import {
        query = query.filter(exists(
            suppliers::table
                .filter(
                    suppliers::id
                        .eq(duplicate_pairs::first_id)
                        .or(suppliers::id.eq(duplicate_pairs::second_id)),
                )
                .filter(suppliers::import_id.eq(import.clone())),
        ));
    }
    if let Some(after) = &asked.after {
        query = query.filter(
            sql::<Bool>("(duplicate_pairs.score, duplicate_pairs.id) < (")
                .bind::<BigInt, _>(after.number)
                .sql(", ")
                .bind::<Text, _>(after.key.clone())
                .sql(")"),
        );
    }
    let mut pairs: Vec<Pair> = query
        .order((duplicate_pairs::score.desc(), duplicate_pairs::id.desc()))
        .limit(SHOWN as i64 + 1)
        .select(Pair::as_select())
        .load(c)?;
    let has_more = pairs.len() > SHOWN;
    pairs.truncate(SHOWN);
    let next = pairs.last().filter(|_| has_more);
    let next = next.map(|pair| Cursor { key: pair.id.clone(), number: pair.score });
    Ok((pairs, next))
}

/// A pair whose companies are both within the scope; any other is not found.
pub fn find(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Pair, Error> {
    let pair: Pair = duplicate_pairs::table.find(id).select(Pair::as_select()).first(c)?;
    let areas: Vec<String> = suppliers::table
        .filter(among(suppliers::id, [pair.first_id.as_str(), pair.second_id.as_str()]))
        .select(suppliers::area)
        .load(c)?;
    if areas.iter().all(|area| scope.allows(area)) { Ok(pair) } else { Err(Error::NotFound) }
}

/// The waiting pairs of one company whose other company is within the scope too.
pub fn of_supplier(
    c: &mut AnyConnection,
    scope: &Scope,
    supplier_id: &str,
) -> Result<Vec<(Pair, Side)>, Error> {
    let mut pairs = pairs_of(c, supplier_id)?;
    pairs.retain(|pair| pair.status == PairStatus::Waiting);
    pairs.sort_by_key(|pair| -pair.score);
    pairs.truncate(SHOWN);
    let others: Vec<&str> = pairs.iter().map(|pair| pair.other(supplier_id)).collect();
    let mut sides = sides(c, &others)?;
    let both = |pair: Pair| sides.remove(pair.other(supplier_id)).map(|side| (pair, side));
    let found: Vec<(Pair, Side)> = pairs.into_iter().filter_map(both).collect();
    Ok(found.into_iter().filter(|(_, side)| scope.allows(&side.area)).collect())
}

/// The companies of these ids, as they are shown beside each other.
pub fn sides(c: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, Side>, Error> {
    type Row = (String, i64, String, String, Stage, String, String, i64, String);
    let rows: Vec<Row> = suppliers::table
        .inner_join(sites::table.on(sites::id.eq(suppliers::registered_site_id)))
        .filter(among(suppliers::id, ids.iter().copied()))
        .select((
            suppliers::id,
            suppliers::number,
            suppliers::legal_name,
            suppliers::english_name,
            suppliers::stage,
            suppliers::area,
            suppliers::city,
            suppliers::revision,
            sites::address,
        ))
        .load(c)?;
    let side = |row: Row| {
        let (id, number, legal_name, english_name, stage, area, city, revision, address) = row;
        let none = (Vec::new(), Vec::new());
        Side {
            id,
            number,
            legal_name,
            english_name,
            stage,
            area,
            city,
            revision,
            address,
            identifiers: none.0,
            categories: none.1,
            sites: 0,
            contacts: 0,
        }
    };
    let mut sides: HashMap<String, Side> =
        rows.into_iter().map(side).map(|side| (side.id.clone(), side)).collect();
    fill(c, ids, &mut sides)?;
    Ok(sides)
}

/// What hangs on the companies.
fn fill(
    c: &mut AnyConnection,
    ids: &[&str],
    sides: &mut HashMap<String, Side>,
) -> Result<(), Error> {
    let held: Vec<(String, String, String)> = identifiers::table
        .filter(among(identifiers::supplier_id, ids.iter().copied()))
        .filter(identifiers::removed_at.is_null())
        .order((identifiers::created_at, identifiers::id))
        .select((identifiers::supplier_id, identifiers::kind, identifiers::value))
        .load(c)?;
    for (id, kind, value) in held {
        sides.entry(id).and_modify(|side| side.identifiers.push((kind, value)));
    }
    let offered: Vec<(String, String, String)> = supplier_categories::table
        .inner_join(categories::table.on(categories::id.eq(supplier_categories::category_id)))
        .filter(among(supplier_categories::supplier_id, ids.iter().copied()))
        .order(categories::code)
        .select((supplier_categories::supplier_id, categories::name_en, categories::name_zh))
        .load(c)?;
    for (id, english, chinese) in offered {
        sides.entry(id).and_modify(|side| side.categories.push((english, chinese)));
    }
    let open: Vec<(String, i64)> = sites::table
        .filter(among(sites::supplier_id, ids.iter().copied()))
        .filter(sites::closed_at.is_null())
        .group_by(sites::supplier_id)
        .select((sites::supplier_id, count_star()))
        .load(c)?;
    for (id, count) in open {
        sides.entry(id).and_modify(|side| side.sites = count);
    }
    let people: Vec<(String, i64)> = contacts::table
        .filter(among(contacts::supplier_id, ids.iter().copied()))
        .filter(contacts::removed_at.is_null())
        .group_by(contacts::supplier_id)
        .select((contacts::supplier_id, count_star()))
        .load(c)?;
    for (id, count) in people {
        sides.entry(id).and_modify(|side| side.contacts = count);
    }
    Ok(())
}
