//! The companies that a plan is about, as the register knows them now.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::sample::Line;
use super::{Certain, Chosen, Entry};
use crate::access::Scope;
use crate::categories::{self, Category, with_below};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Severity;
use crate::inspections::findings::Status as Finding;
use crate::inspections::plans::{Plan, PlanScope};
use crate::inspections::tiers::{self, Tier};
use crate::regions::{UNRESOLVED, find_scheme, region_code};
use crate::schema::{findings, supplier_categories, suppliers};
use crate::suppliers::{Stage, code_of};
use crate::values::{new_id, now};

/// A company that a plan is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub supplier_id: String,
    pub number: i64,
    pub area: String,
    /// Code of the region, "" when the place is not known.
    pub region: String,
    pub category_id: Option<String>,
    pub category_code: String,
    pub tier: Tier,
    pub certain: Certain,
}

impl Listed {
    /// "medium|eastern|it".
    pub fn stratum(&self) -> String {
        format!("{}|{}|{}", self.tier.as_str(), self.region, self.category_code)
    }

    pub fn line(&self) -> Line {
        Line {
            id: code_of(self.number),
            stratum: self.stratum(),
            weight: self.tier.weight(),
            certain: self.certain,
        }
    }

    /// The row of the company on the roster of a draw.
    pub(super) fn entry(self, draw_id: &str) -> Entry {
        Entry {
            id: new_id(),
            draw_id: draw_id.into(),
            stratum: self.stratum(),
            weight: self.tier.weight(),
            supplier_id: self.supplier_id,
            number: self.number,
            area: self.area,
            region: self.region,
            category_id: self.category_id,
            category_code: self.category_code,
            tier: self.tier,
            certain: self.certain,
            draw_key: None,
            rank: None,
            chosen: Chosen::No,
            replaces_id: None,
            changed_at: None,
            changed_by: None,
            changed_name: String::new(),
            reason: String::new(),
        }
    }
}

impl Entry {
    /// The company as the draw needs it.
    pub fn line(&self) -> Line {
        Line {
            id: self.code(),
            stratum: self.stratum.clone(),
            weight: self.weight,
            certain: self.certain,
        }
    }
}

/// The categories of a plan's scope with those below them, by code; `None` when it names none.
struct Wanted {
    by_id: HashMap<String, String>,
    is_limited: bool,
}

impl Wanted {
    fn of(all: Vec<Category>, scope: &PlanScope) -> Wanted {
        let wanted: HashSet<String> = scope
            .categories
            .iter()
            .flat_map(|id| with_below(all.clone(), id))
            .map(|one| one.id)
            .collect();
        let is_limited = !scope.categories.is_empty();
        let kept = all.into_iter().filter(|one| !is_limited || wanted.contains(&one.id));
        Wanted { by_id: kept.map(|one| (one.id, one.code)).collect(), is_limited }
    }

    /// The first by code of those that a company offers.
    fn first<'a>(&self, offered: impl IntoIterator<Item = &'a String>) -> Option<(String, String)> {
        let known = offered.into_iter().filter_map(|id| Some((self.by_id.get(id)?, id)));
        known.min().map(|(code, id)| (id.clone(), code.clone()))
    }
}

/// The roster of a plan by number: companies in its scope that were not merged into others. The same few
/// queries, however many there are.
pub fn load(c: &mut AnyConnection, plan: &Plan) -> Result<Vec<Listed>, Error> {
    let scope = plan.scope();
    let scheme = find_scheme(c, &plan.scheme)?;
    let wanted = Wanted::of(categories::all(c)?, &scope);
    let found: Vec<(String, i64, String)> = suppliers::table
        .filter(suppliers::merged_into.is_null())
        .filter(suppliers::stage.eq_any(stages(&scope.stages)))
        .order(suppliers::number)
        .select((suppliers::id, suppliers::number, suppliers::area))
        .load(c)?;
    let offered = offered(c)?;
    let ids: Vec<&str> = found.iter().map(|(id, ..)| id.as_str()).collect();
    let tiers = tiers::of(c, &ids, now())?;
    let is_certain = plan.sampling().certain;
    let critical = if is_certain { with_open_critical(c)? } else { HashSet::new() };
    let mut roster = Vec::with_capacity(found.len());
    for (id, number, area) in found {
        let code = region_code(&scheme, &area);
        if !scope.regions.is_empty() && !scope.regions.contains(code) {
            continue;
        }
        let tier = tiers.get(&id).copied().unwrap_or_default();
        if !scope.tiers.is_empty() && !scope.tiers.contains(tier.as_str()) {
            continue;
        }
        let category = wanted.first(offered.get(&id).into_iter().flatten());
        if wanted.is_limited && category.is_none() {
            continue;
        }
        let certain = match (is_certain, tier) {
            (false, _) => Certain::No,
            (true, Tier::High) => Certain::HighTier,
            (true, _) if critical.contains(&id) => Certain::OpenCritical,
            (true, _) => Certain::No,
        };
        let region = if code == UNRESOLVED { String::new() } else { code.to_string() };
        let (category_id, category_code) = category.unzip();
        roster.push(Listed {
            supplier_id: id,
            number,
            region,
            category_id,
            category_code: category_code.unwrap_or_default(),
            tier,
            certain,
            area,
        });
    }
    Ok(roster)
}

/// The category for which an inspection of a company counts under a plan.
pub fn category_for(
    c: &mut AnyConnection,
    scope: &PlanScope,
    supplier_id: &str,
) -> Result<Option<String>, Error> {
    let wanted = Wanted::of(categories::all(c)?, scope);
    let offered: Vec<String> =
        categories::of_supplier(c, supplier_id)?.into_iter().map(|one| one.id).collect();
    Ok(wanted.first(&offered).map(|(id, _)| id))
}

/// Fails unless somebody may see every company of a roster.
pub fn must_see<'a>(scope: &Scope, areas: impl IntoIterator<Item = &'a str>) -> Result<(), Error> {
    match areas.into_iter().all(|area| scope.allows(area)) {
        true => Ok(()),
        false => Err(Error::Forbidden("refused-outside-scope")),
    }
}

fn stages(wanted: &BTreeSet<String>) -> Vec<Stage> {
    let chosen = wanted.iter().filter_map(|text| Stage::parse(text));
    if wanted.is_empty() { Stage::ALL.to_vec() } else { chosen.collect() }
}

fn offered(c: &mut AnyConnection) -> Result<HashMap<String, Vec<String>>, Error> {
    let found: Vec<(String, String)> = supplier_categories::table
        .select((supplier_categories::supplier_id, supplier_categories::category_id))
        .load(c)?;
    let mut by_supplier: HashMap<String, Vec<String>> = HashMap::new();
    for (supplier, category) in found {
        by_supplier.entry(supplier).or_default().push(category);
    }
    Ok(by_supplier)
}

/// Companies with a critical finding that is neither closed nor withdrawn.
fn with_open_critical(c: &mut AnyConnection) -> Result<HashSet<String>, Error> {
    let found: Vec<String> = findings::table
        .filter(findings::severity.eq(Severity::Critical))
        .filter(findings::status.ne_all([Finding::Closed, Finding::Withdrawn]))
        .select(findings::supplier_id)
        .distinct()
        .load(c)?;
    Ok(found.into_iter().collect())
}
