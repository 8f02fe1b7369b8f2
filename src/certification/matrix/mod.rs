//! The certification matrix: companies and categories, and how each stands for each.

pub mod export;
pub mod query;
pub mod routes;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::category::{Certification, Status};
use super::standards::{self, Standards, list};
use crate::access::Scope;
use crate::categories::{self, Category};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{certifications, supplier_categories, suppliers};

/// Categories beside each other, at most.
pub const COLUMNS: usize = 8;

/// How a company stands for a category.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Neither offered nor ever applied for.
    Nothing,
    /// Offered, and never certified nor applied for.
    Offered,
    /// The certification that counts, or the newest that there was, as of a day; and one that is on
    /// its way beside it.
    Held { one: Box<Certification>, status: Status, pending: Option<Status> },
}

impl Cell {
    /// The state as lists and files name it, "" for nothing.
    pub fn state(&self) -> &'static str {
        match self {
            Cell::Nothing => "",
            Cell::Offered => "not_certified",
            Cell::Held { status, .. } => status.as_str(),
        }
    }

    /// How pages mark it.
    pub fn mark(&self) -> &'static str {
        match self {
            Cell::Nothing | Cell::Offered => "none",
            Cell::Held { status, .. } => match status {
                Status::Certified => "ok",
                Status::Suspended | Status::Revoked => "stop",
                Status::Lapsed => "due",
                Status::Applied | Status::Returned | Status::Audited => "wait",
                _ => "none",
            },
        }
    }
}

/// The cells of some companies, by company and category.
pub struct Cells(HashMap<(String, String), Cell>);

impl Cells {
    pub fn at(&self, supplier_id: &str, category_id: &str) -> &Cell {
        let key = (supplier_id.to_string(), category_id.to_string());
        self.0.get(&key).unwrap_or(&Cell::Nothing)
    }
}

/// How companies stand for categories on a day, in two queries whatever their number.
pub fn cells(
    c: &mut AnyConnection,
    supplier_ids: &[&str],
    category_ids: &[&str],
    day: NaiveDate,
) -> Result<Cells, Error> {
    let offered: Vec<(String, String)> = supplier_categories::table
        .filter(among(supplier_categories::supplier_id, supplier_ids.iter().copied()))
        .filter(among(supplier_categories::category_id, category_ids.iter().copied()))
        .select((supplier_categories::supplier_id, supplier_categories::category_id))
        .load(c)?;
    let found: Vec<Certification> = certifications::table
        .filter(among(certifications::supplier_id, supplier_ids.iter().copied()))
        .filter(among(certifications::category_id, category_ids.iter().copied()))
        .order(certifications::id)
        .select(Certification::as_select())
        .load(c)?;
    let mut cells: HashMap<(String, String), Cell> =
        offered.into_iter().map(|key| (key, Cell::Offered)).collect();
    let mut groups: HashMap<(String, String), Vec<Certification>> = HashMap::new();
    for one in found {
        let key = (one.supplier_id.clone(), one.category_id.clone());
        groups.entry(key).or_default().push(one);
    }
    for (key, group) in groups {
        if let Some(cell) = cell_of(group, day) {
            cells.insert(key, cell);
        }
    }
    Ok(Cells(cells))
}

/// The cell of a company's certifications for one category, which come oldest first. What never was
/// one, because it was declined or withdrawn, leaves no mark.
fn cell_of(group: Vec<Certification>, day: NaiveDate) -> Option<Cell> {
    let pending = group.iter().rev().map(|one| one.status).find(|status| status.is_pending());
    let rank = |one: &&Certification| match as_of(one, day) {
        Status::Certified | Status::Suspended => Some(3),
        status if status.is_pending() => Some(2),
        Status::Lapsed | Status::Revoked => Some(1),
        _ => None,
    };
    // Of equal ones the last, which is the newest.
    let shown = group.iter().filter(|one| rank(one).is_some()).max_by_key(rank)?;
    let status = as_of(shown, day);
    let pending = pending.filter(|_| !status.is_pending());
    Some(Cell::Held { one: Box::new(shown.clone()), status, pending })
}

/// The state on a day: past its last day a certification has lapsed, also before the clock says so.
fn as_of(one: &Certification, day: NaiveDate) -> Status {
    let is_over = one.valid_to.is_some_and(|last| last < day);
    if one.status.is_standing() && is_over { Status::Lapsed } else { one.status }
}

/// What the columns can be.
pub struct Choice {
    pub categories: Vec<Category>,
    pub standards: Standards,
    /// How many companies are certified for each, of those that the reader may see: asked for when
    /// not all fit beside each other.
    pub certified: HashMap<String, i64>,
}

/// Reads what the columns can be.
pub fn choice(c: &mut AnyConnection, scope: &Scope) -> Result<Choice, Error> {
    let (categories, standards) = (categories::all(c)?, standards::published(c)?);
    let choice = Choice { categories, standards, certified: HashMap::new() };
    let all = choice.columns(None);
    if all.len() <= COLUMNS {
        return Ok(choice);
    }
    let ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
    let certified = list::certified(c, scope, &ids)?;
    Ok(Choice { certified, ..choice })
}

impl Choice {
    /// The open categories that have a standard, their own or one from above, as a tree.
    pub fn with_standard(&self) -> Vec<(&Category, usize)> {
        let tree = categories::tree(&self.categories);
        tree.into_iter().filter(|(one, _)| !self.standards.of(&one.id).is_empty()).collect()
    }

    /// The columns that are asked for: a category with those below it, or without one all that have
    /// a standard.
    pub fn columns(&self, category_id: Option<&str>) -> Vec<&Category> {
        let all = self.with_standard().into_iter().map(|(one, _)| one);
        let Some(id) = category_id else {
            return all.collect();
        };
        all.filter(|one| one.id == id || self.standards.above(&one.id).contains(&id)).collect()
    }

    /// The columns of a page: those with the most certified companies, in the order of the tree.
    pub fn shown(&self, category_id: Option<&str>) -> Vec<&Category> {
        let all = self.columns(category_id);
        let number = |one: &&Category| self.certified.get(&one.id).copied().unwrap_or(0);
        let mut most = all.clone();
        most.sort_by_key(|one| (Some(one.id.as_str()) != category_id, -number(one)));
        let most: HashSet<&str> = most.iter().take(COLUMNS).map(|one| one.id.as_str()).collect();
        all.into_iter().filter(|one| most.contains(one.id.as_str())).collect()
    }
}

/// How many certifications of a category stand where, whatever the stage of the companies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Numbers {
    pub certified: i64,
    pub suspended: i64,
    /// Applied for, and not decided.
    pub pending: i64,
}

/// The numbers of categories, of the companies in some areas (`None` for all).
pub fn numbers(
    c: &mut AnyConnection,
    category_ids: &[&str],
    areas: Option<&[String]>,
) -> Result<HashMap<String, Numbers>, Error> {
    let counted: Vec<(String, Status, i64)> = match areas {
        None => certifications::table
            .filter(among(certifications::category_id, category_ids.iter().copied()))
            .group_by((certifications::category_id, certifications::status))
            .select((certifications::category_id, certifications::status, count_star()))
            .load(c)?,
        Some(areas) => certifications::table
            .inner_join(suppliers::table.on(suppliers::id.eq(certifications::supplier_id)))
            .filter(among(certifications::category_id, category_ids.iter().copied()))
            // Not `among`: where nothing is known of a place, the area is an empty text.
            .filter(suppliers::area.eq_any(areas))
            .group_by((certifications::category_id, certifications::status))
            .select((certifications::category_id, certifications::status, count_star()))
            .load(c)?,
    };
    let mut all: HashMap<String, Numbers> = HashMap::new();
    for (category, status, number) in counted {
        let numbers = all.entry(category).or_default();
        match status {
            Status::Certified => numbers.certified += number,
            Status::Suspended => numbers.suspended += number,
            status if status.is_pending() => numbers.pending += number,
            _ => {}
        }
    }
    Ok(all)
}
