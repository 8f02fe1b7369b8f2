//! Where findings are thick: categories by regions, findings for each inspection, the worst weighed the
//! heaviest.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};

use super::inspected::{DONE, on_days};
use super::period::Period;
use super::query::Asked;
use super::{Rows, SEVERITIES, place_of, quotient};
use crate::access::Scope;
use crate::categories::Category;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::inspections::Severity;
use crate::schema::categories;

/// What a finding weighs, in the order of [`SEVERITIES`].
pub const WEIGHTS: [i64; SEVERITIES.len()] = [9, 3, 1];
/// From so many tenths on a cell is of the next step.
const STEPS: [i64; 5] = [1, 10, 30, 60, 90];

/// The inspections and findings of a category in a region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Inspections that are done.
    pub inspections: i64,
    /// Findings that were not withdrawn, in the order of [`SEVERITIES`].
    pub findings: [i64; 3],
}

impl Cell {
    fn add(&mut self, other: &Cell) {
        self.inspections += other.inspections;
        for (own, more) in self.findings.iter_mut().zip(other.findings) {
            *own += more;
        }
    }

    pub fn number(&self) -> i64 {
        self.findings.iter().sum()
    }

    /// Weighed findings for each inspection, in tenths. `None` without an inspection.
    pub fn heat(&self) -> Option<i64> {
        let weighed = self.findings.iter().zip(WEIGHTS).map(|(number, weight)| number * weight);
        quotient(weighed.sum(), self.inspections)
    }

    /// 0 for no heat, up to 5.
    pub fn step(&self) -> usize {
        let heat = self.heat().unwrap_or_default();
        STEPS.iter().filter(|from| heat >= **from).count()
    }
}

/// A category, or all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// `None` for inspections that are of no category, and for the whole.
    pub category: Option<Category>,
    /// This period and the one before, for each of [`Heat::regions`].
    pub cells: Vec<(Cell, Cell)>,
    pub all: (Cell, Cell),
}

/// The map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    pub before: Option<Period>,
    /// Codes of the regions and rest rows in which anything was inspected.
    pub regions: Vec<String>,
    /// By the codes of the categories, inspections without one last.
    pub lines: Vec<Line>,
    pub whole: Line,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Text)]
    category: String,
    #[diesel(sql_type = Text)]
    area: String,
    #[diesel(sql_type = Text)]
    company_area: String,
    #[diesel(sql_type = Text)]
    severity: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Cells by category ("" for none) and place of the region.
type Cells = BTreeMap<(String, usize), Cell>;

/// The map of a period and the one before, within what somebody may see. Five queries.
pub fn load(c: &mut AnyConnection, asked: &Asked, scope: &Scope) -> Result<Heat, Error> {
    let before = asked.period.before();
    let (now, then) = (cells(c, asked, asked.period, scope)?, cells(c, asked, before, scope)?);
    let keys: BTreeSet<&(String, usize)> = now.keys().chain(then.keys()).collect();
    let places: BTreeSet<usize> = keys.iter().map(|(_, place)| *place).collect();
    let ids: BTreeSet<&str> = keys.iter().map(|(id, _)| id.as_str()).collect();
    let codes = Rows::of(&asked.scheme).codes;
    let mut heat = Heat {
        before: Some(before),
        regions: places.iter().map(|place| codes[*place].clone()).collect(),
        lines: Vec::new(),
        whole: Line { cells: vec![Default::default(); places.len()], ..Line::default() },
    };
    let named = named(c, ids.iter().copied().filter(|id| !id.is_empty()))?;
    let without = ids.contains("").then_some(None);
    for category in named.into_iter().map(Some).chain(without) {
        let id = category.as_ref().map(|one| one.id.clone()).unwrap_or_default();
        let mut line = Line { category, ..Line::default() };
        for (at, place) in places.iter().enumerate() {
            let key = (id.clone(), *place);
            let of = |cells: &Cells| cells.get(&key).copied().unwrap_or_default();
            let (one, other) = (of(&now), of(&then));
            line.cells.push((one, other));
            let whole = &mut heat.whole;
            for (sum, other_sum) in
                [(&mut line.all.0, &mut line.all.1), (&mut whole.all.0, &mut whole.all.1)]
            {
                sum.add(&one);
                other_sum.add(&other);
            }
            heat.whole.cells[at].0.add(&one);
            heat.whole.cells[at].1.add(&other);
        }
        heat.lines.push(line);
    }
    Ok(heat)
}

fn named<'a>(
    c: &mut AnyConnection,
    ids: impl Iterator<Item = &'a str>,
) -> Result<Vec<Category>, Error> {
    Ok(categories::table
        .filter(among(categories::id, ids))
        .order(categories::code)
        .select(Category::as_select())
        .load(c)?)
}

fn cells(
    c: &mut AnyConnection,
    asked: &Asked,
    period: Period,
    scope: &Scope,
) -> Result<Cells, Error> {
    let inspected = format!(
        "SELECT COALESCE(inspections.category_id, '') AS category, inspections.area AS area, \
             suppliers.area AS company_area, '' AS severity, COUNT(*) AS n \
         FROM inspections JOIN suppliers ON suppliers.id = inspections.supplier_id \
         WHERE {} AND {DONE} GROUP BY 1, 2, 3",
        on_days("$1", "$2")
    );
    let raised = "SELECT COALESCE(findings.category_id, '') AS category, findings.area AS area, \
             suppliers.area AS company_area, findings.severity AS severity, COUNT(*) AS n \
         FROM findings JOIN suppliers ON suppliers.id = findings.supplier_id \
         WHERE findings.raised_on BETWEEN $1 AND $2 AND findings.status <> 'withdrawn' \
         GROUP BY 1, 2, 3, 4";
    let rows = Rows::of(&asked.scheme);
    let mut cells = Cells::new();
    for query in [inspected.as_str(), raised] {
        let query = diesel::sql_query(query);
        let query = query.bind::<Date, _>(period.from).bind::<Date, _>(period.to);
        for one in query.load::<Counted>(c)? {
            if !scope.allows(&one.company_area) {
                continue;
            }
            let place = rows.place(&asked.scheme, &one.area);
            let cell = cells.entry((one.category, place)).or_default();
            match Severity::parse(&one.severity) {
                Some(severity) => cell.findings[place_of(severity)] += one.n,
                None => cell.inspections += one.n,
            }
        }
    }
    Ok(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_weighs_its_findings_against_its_inspections() {
        let cell = |inspections, findings| Cell { inspections, findings };
        let heat = |one: Cell| (one.heat(), one.step());
        assert_eq!(heat(cell(4, [1, 2, 3])), (Some(45), 3));
        assert_eq!(heat(cell(1, [1, 0, 0])), (Some(90), 5));
        assert_eq!(heat(cell(3, [0, 0, 1])), (Some(3), 1));
        assert_eq!(heat(cell(2, [0, 0, 0])), (Some(0), 0));
        assert_eq!(heat(cell(0, [0, 0, 0])), (None, 0));
    }
}
