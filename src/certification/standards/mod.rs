//! Access standards: what a category demands of whoever supplies it, version by version.

pub mod api;
mod circles;
mod draft;
mod input;
pub mod list;
mod publish;
pub mod routes;
mod routes_change;
mod routes_form;
mod shortage;

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::demands::Demand;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{access_demands, access_standards, categories};

pub use crate::versions::Status;
pub use draft::{discard, draft, edit, prefilled};
pub use input::StandardInput;
pub use publish::{PublicationInput, publish, withdraw};
pub use shortage::{Lack, Shortage, shortage};

/// A version of a category's standard.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = access_standards)]
pub struct Standard {
    pub id: String,
    pub category_id: String,
    /// 1, 2, 3… within the category.
    pub version: i64,
    pub status: Status,
    /// The first day on which it counts. Every published version has one.
    pub effective_from: Option<NaiveDate>,
    /// For how many months a certification against it holds.
    pub validity_months: i64,
    pub note: String,
    /// Counts the edits of a draft.
    pub revision: i64,
    pub drafted_by: String,
    pub drafted_name: String,
    pub created_at: NaiveDateTime,
    pub published_at: Option<NaiveDateTime>,
    pub published_by: Option<String>,
    pub published_name: String,
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// A published version with what it demands, and the day on which the next one takes its place.
#[derive(Clone, Debug)]
pub struct InForce {
    pub standard: Standard,
    /// In their order.
    pub demands: Vec<Demand>,
    /// The first day on which it counts.
    pub from: NaiveDate,
    /// The first day on which it counts no more.
    pub until: Option<NaiveDate>,
}

/// All published standards, by the category they count for. One that a category does not have itself
/// comes from the nearest category above it that has any.
#[derive(Clone, Debug, Default)]
pub struct Standards {
    /// Of the categories that have versions of their own, in the order of their days. Before the
    /// first of them stand those of the category above, which count until then.
    own: HashMap<String, Vec<InForce>>,
    parents: HashMap<String, String>,
}

/// Steps from a category to the top: a tree of categories is a few steps deep, and a ring of them
/// ends here all the same.
const DEEPEST: usize = 20;

/// Reads the published standards: as many as there are categories, a few times over.
pub fn published(c: &mut AnyConnection) -> Result<Standards, Error> {
    let versions: Vec<Standard> = access_standards::table
        .filter(access_standards::status.eq(Status::Published))
        .order((access_standards::effective_from, access_standards::version))
        .select(Standard::as_select())
        .load(c)?;
    let demands: Vec<Demand> = access_demands::table
        .inner_join(
            access_standards::table.on(access_standards::id.eq(access_demands::standard_id)),
        )
        .filter(access_standards::status.eq(Status::Published))
        .order((access_demands::standard_id, access_demands::position))
        .select(Demand::as_select())
        .load(c)?;
    let parents: Vec<(String, Option<String>)> =
        categories::table.select((categories::id, categories::parent_id)).load(c)?;
    let parents = parents.into_iter().filter_map(|(id, parent)| Some((id, parent?))).collect();
    let mut by_standard: HashMap<String, Vec<Demand>> = HashMap::new();
    for demand in demands {
        by_standard.entry(demand.standard_id.clone()).or_default().push(demand);
    }
    let mut own: HashMap<String, Vec<InForce>> = HashMap::new();
    for standard in versions {
        let Some(from) = standard.effective_from else { continue };
        let versions = own.entry(standard.category_id.clone()).or_default();
        if let Some(before) = versions.last_mut() {
            before.until = Some(from);
        }
        let demands = by_standard.remove(&standard.id).unwrap_or_default();
        versions.push(InForce { standard, demands, from, until: None });
    }
    Ok(Standards { own, parents }.filled())
}

impl Standards {
    /// Puts the versions of the category above before a category's own first day.
    fn filled(mut self) -> Standards {
        let mut ids: Vec<String> = self.own.keys().cloned().collect();
        ids.sort_by_cached_key(|id| self.above(id).len());
        for id in ids {
            let Some(first) = self.own.get(&id).and_then(|own| own.first()).map(|one| one.from)
            else {
                continue;
            };
            let above = self.parents.get(&id).map_or(&[][..], |parent| self.of(parent));
            let before = above.iter().filter(|one| one.from < first).cloned();
            let clipped = |one: InForce| {
                let until = Some(one.until.map_or(first, |until| until.min(first)));
                InForce { until, ..one }
            };
            let mut all: Vec<InForce> = before.map(clipped).collect();
            all.extend(self.own.remove(&id).unwrap_or_default());
            self.own.insert(id, all);
        }
        self
    }

    /// The categories above one, the nearest first.
    pub fn above<'a>(&'a self, category_id: &str) -> Vec<&'a str> {
        let mut above: Vec<&str> = Vec::new();
        let mut next = self.parents.get(category_id);
        while let Some(parent) = next.filter(|_| above.len() < DEEPEST) {
            above.push(parent);
            next = self.parents.get(parent);
        }
        above
    }

    /// The categories below one that have no standard of their own: one of it counts for them too.
    pub fn inheriting<'a>(&'a self, category_id: &str) -> HashSet<&'a str> {
        let inherits = |id: &&str| {
            let above = self.above(id);
            let Some(place) = above.iter().position(|one| *one == category_id) else {
                return false;
            };
            let between = above.iter().take(place).chain([id]);
            between.into_iter().all(|one| !self.own.contains_key(*one))
        };
        self.parents.keys().map(String::as_str).filter(inherits).collect()
    }

    /// The versions that count for a category, in the order of their days; none when nothing is
    /// demanded of its suppliers.
    pub fn of(&self, category_id: &str) -> &[InForce] {
        if let Some(versions) = self.own.get(category_id) {
            return versions;
        }
        let nearest = self.above(category_id).into_iter().find_map(|id| self.own.get(id));
        nearest.map_or(&[], Vec::as_slice)
    }

    /// The version that counts for a category on a day.
    pub fn on(&self, category_id: &str, day: NaiveDate) -> Option<&InForce> {
        self.of(category_id).iter().rev().find(|one| one.counts_on(day))
    }

    /// The categories that have a published standard of their own.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        self.own.keys().map(String::as_str)
    }
}

impl InForce {
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// The standard of an id, whatever its state.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Standard, Error> {
    Ok(access_standards::table.find(id).select(Standard::as_select()).first(c)?)
}

/// What a version demands, in order.
pub fn demands_of(c: &mut AnyConnection, standard_id: &str) -> Result<Vec<Demand>, Error> {
    Ok(access_demands::table
        .filter(access_demands::standard_id.eq(standard_id))
        .order(access_demands::position)
        .select(Demand::as_select())
        .load(c)?)
}
