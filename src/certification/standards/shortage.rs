//! Whom a version would leave short: certified companies that lack something it demands.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Standard, Standards};
use crate::access::Scope;
use crate::certification::category::Status;
use crate::certification::demands::Demand;
use crate::certification::holdings::{self, Judgement};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{certifications, suppliers};
use crate::suppliers::code_of;

/// Companies that are read at once.
pub const BATCH: usize = 200;
/// Companies that are named, at most.
pub const NAMED: usize = 200;

/// A company that would be short.
#[derive(Clone, Debug)]
pub struct Lack {
    pub supplier_id: String,
    pub number: i64,
    pub legal_name: String,
    pub english_name: String,
    /// The categories that it is certified for, of those that the version counts for.
    pub categories: Vec<String>,
    pub lacks: Vec<Demand>,
}

impl Lack {
    /// "S-000012": the number as people write it.
    pub fn code(&self) -> String {
        code_of(self.number)
    }
}

/// What a version would do to the companies that are certified for its categories.
#[derive(Clone, Debug, Default)]
pub struct Shortage {
    /// Companies that are certified, or suspended, on the version's first day.
    pub certified: i64,
    /// Of these, how many would lack something.
    pub short: i64,
    /// Of these, how many the reader may not see.
    pub hidden: i64,
    /// The others by name, at most [`NAMED`].
    pub lines: Vec<Lack>,
}

/// Looks at every company whose certification reaches the day, at the end of that day, as far as the
/// register knows today. What only a person can judge is left out.
pub fn shortage(
    c: &mut AnyConnection,
    scope: &Scope,
    standards: &Standards,
    standard: &Standard,
    demands: &[Demand],
    day: NaiveDate,
) -> Result<Shortage, Error> {
    let companies = companies(c, standards, &standard.category_id, day)?;
    let mut all = Shortage { certified: companies.len() as i64, ..Shortage::default() };
    for batch in companies.chunks(BATCH) {
        let ids: Vec<&str> = batch.iter().map(|one| one.0.supplier_id.as_str()).collect();
        let holdings = holdings::of(c, &ids)?;
        for (company, area) in batch {
            let Some(held) = holdings.get(&company.supplier_id) else { continue };
            let is_short = |demand: &&Demand| held.judge(demand, day) == Judgement::Short;
            let lacks: Vec<Demand> = demands.iter().filter(is_short).cloned().collect();
            if lacks.is_empty() {
                continue;
            }
            all.short += 1;
            if !scope.allows(area) {
                all.hidden += 1;
            } else if all.lines.len() < NAMED {
                all.lines.push(Lack { lacks, ..company.clone() });
            }
        }
    }
    Ok(all)
}

/// The companies that are certified or suspended for a category, or for one that takes its standard
/// from it, and their areas; in the order of their names.
fn companies(
    c: &mut AnyConnection,
    standards: &Standards,
    category_id: &str,
    day: NaiveDate,
) -> Result<Vec<(Lack, String)>, Error> {
    type Row = (String, String, i64, String, String, String, Option<NaiveDate>);
    let mut concerned: Vec<&str> = standards.inheriting(category_id).into_iter().collect();
    concerned.push(category_id);
    let rows: Vec<Row> = certifications::table
        .inner_join(suppliers::table.on(suppliers::id.eq(certifications::supplier_id)))
        .filter(among(certifications::category_id, concerned))
        .filter(among(
            certifications::status,
            [Status::Certified, Status::Suspended].map(Status::as_str),
        ))
        .filter(suppliers::merged_into.is_null())
        .order((suppliers::sort_key, suppliers::number))
        .select((
            certifications::supplier_id,
            certifications::category_id,
            suppliers::number,
            suppliers::legal_name,
            suppliers::english_name,
            suppliers::area,
            certifications::valid_to,
        ))
        .load(c)?;
    let mut all: Vec<(Lack, String)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    // Asked for the days, SQLite would read the certifications of every category.
    let reach = rows.into_iter().filter(|row| row.6.is_none_or(|last| last >= day));
    for (supplier_id, category, number, legal_name, english_name, area, _) in reach {
        let place = *places.entry(supplier_id.clone()).or_insert(all.len());
        if place == all.len() {
            let (categories, lacks) = (Vec::new(), Vec::new());
            let company = Lack { supplier_id, number, legal_name, english_name, categories, lacks };
            all.push((company, area));
        }
        if !all[place].0.categories.contains(&category) {
            all[place].0.categories.push(category);
        }
    }
    Ok(all)
}

/// The companies whose certifications stand under a category's standard, whenever they end.
pub(super) fn standing(
    c: &mut AnyConnection,
    standards: &Standards,
    category_id: &str,
) -> Result<Vec<String>, Error> {
    let mut concerned: HashSet<&str> = standards.inheriting(category_id);
    concerned.insert(category_id);
    Ok(certifications::table
        .filter(among(certifications::category_id, concerned))
        .filter(among(
            certifications::status,
            [Status::Certified, Status::Suspended].map(Status::as_str),
        ))
        .select(certifications::supplier_id)
        .distinct()
        .load(c)?)
}
