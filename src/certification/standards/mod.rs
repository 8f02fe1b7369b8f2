//! Access standards: what a category demands of whoever supplies it, version by version.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::demands::Demand;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{access_demands, access_standards, categories};

text_enum! {
    /// Where a version of a standard stands.
    Status {
        Draft = "draft",
        /// In force from its day until the next version's.
        Published = "published",
        /// A draft that was given up, or a version that was taken back before its day.
        Discarded = "discarded",
    }
}

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
    /// By category, in the order of their days.
    own: HashMap<String, Vec<InForce>>,
    parents: HashMap<String, String>,
}

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
    Ok(Standards { own, parents })
}

impl Standards {
    /// The versions that count for a category, in the order of their days; none when nothing is
    /// demanded of its suppliers.
    pub fn of(&self, category_id: &str) -> &[InForce] {
        let mut id = category_id;
        // A tree of categories is a few steps deep; a ring of them ends here all the same.
        for _ in 0..20 {
            if let Some(versions) = self.own.get(id) {
                return versions;
            }
            match self.parents.get(id) {
                Some(parent) => id = parent,
                None => break,
            }
        }
        &[]
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
