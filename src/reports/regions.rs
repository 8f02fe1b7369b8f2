//! Suppliers by region (HKEX KPI B5.1): how many suppliers, or sites of suppliers, each region
//! of a scheme has at the end of a day.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::access::Scope;
use crate::cache::Cache;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::regions::{Placement, Scheme};
use crate::schema::{site_versions, supplier_versions};
use crate::suppliers::COUNTED;
use crate::values::end_of;

text_enum! {
    /// What is counted.
    Count {
        /// Companies, each in the region of its registered site.
        Suppliers = "suppliers",
        /// Sites of those companies, each where it is.
        Sites = "sites",
    }
}

/// One region of the scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Code of the region in its scheme.
    pub code: String,
    pub name_en: String,
    pub name_zh: String,
    /// Suppliers or sites in it.
    pub suppliers: i64,
}

/// The report. Every supplier (or site) that counts stands in exactly one line or rest row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionReport {
    /// One line for each region, in the order of the scheme, also when it is empty.
    pub rows: Vec<Line>,
    /// In places that the scheme does not cover.
    pub outside: i64,
    /// In places that are not known well enough.
    pub unresolved: i64,
    /// Counted on its own, not as the sum of the rows.
    pub total: i64,
    /// (area code, number) of every area that has any, by code.
    pub areas: Vec<(String, i64)>,
}

impl RegionReport {
    /// Whether the rows and the total, which are counted separately, agree.
    pub fn adds_up(&self) -> bool {
        let rows: i64 = self.rows.iter().map(|row| row.suppliers).sum();
        rows + self.outside + self.unresolved == self.total
    }

    /// The share of `number` in the total, in tenths of a percent.
    pub fn tenths(&self, number: i64) -> i64 {
        share_tenths(number, self.total)
    }

    /// The number in an area.
    pub fn in_area(&self, area: &str) -> i64 {
        let found = self.areas.iter().find(|(code, _)| code == area);
        found.map(|(_, number)| *number).unwrap_or(0)
    }

    /// The number of a row: a region's code, `outside` or `unresolved`.
    pub fn in_row(&self, code: &str) -> i64 {
        match self.rows.iter().find(|row| row.code == code) {
            Some(row) => row.suppliers,
            None if code == crate::regions::OUTSIDE => self.outside,
            None if code == crate::regions::UNRESOLVED => self.unresolved,
            None => 0,
        }
    }
}

/// The share of `part` in `total` in tenths of a percent, halves rounded up; 0 of nothing.
pub fn share_tenths(part: i64, total: i64) -> i64 {
    if total == 0 { 0 } else { (part * 2000 + total) / (total * 2) }
}

/// Counts of one day by area of the site or company and area of the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCounts {
    groups: Vec<(String, String, i64)>,
    total: i64,
}

/// Counts kept until the register changes: every scheme and every viewer uses the same ones.
pub type DayCache = Cache<(NaiveDate, Count), Arc<DayCounts>>;

/// The report of `as_at`, of the part of the register within `scope`.
///
/// A supplier counts when it is active or suspended at the end of that day, UTC, as the history
/// says; a site counts when it is open then and its supplier counts.
pub fn by_region(
    c: &mut AnyConnection,
    cache: &DayCache,
    scheme: &Scheme,
    as_at: NaiveDate,
    count: Count,
    scope: &Scope,
) -> Result<RegionReport, Error> {
    let counts = cache.get(c, (as_at, count), |c| Ok(Arc::new(count_day(c, as_at, count)?)))?;
    Ok(report_of(scheme, &counts, scope))
}

/// The report of counts: pure, so that its promise (it adds up) can be tested on any counts.
fn report_of(scheme: &Scheme, counts: &DayCounts, scope: &Scope) -> RegionReport {
    let mut areas: BTreeMap<&str, i64> = BTreeMap::new();
    let mut seen = 0;
    for (area, company_area, number) in &counts.groups {
        if scope.allows(company_area) {
            *areas.entry(area).or_default() += number;
            seen += number;
        }
    }
    let mut report = RegionReport {
        rows: scheme.regions.iter().map(empty_line).collect(),
        outside: 0,
        unresolved: 0,
        total: if *scope == Scope::Everything { counts.total } else { seen },
        areas: areas.iter().map(|(area, number)| (area.to_string(), *number)).collect(),
    };
    for (area, number) in areas {
        let row = match scheme.place(area) {
            Placement::In(region) => {
                report.rows.iter_mut().find(|row| row.code == region.code).map(|r| &mut r.suppliers)
            }
            Placement::Outside => Some(&mut report.outside),
            Placement::Unresolved => None,
        };
        *row.unwrap_or(&mut report.unresolved) += number;
    }
    report
}

fn empty_line(region: &crate::regions::Region) -> Line {
    Line {
        code: region.code.clone(),
        name_en: region.name_en.clone(),
        name_zh: region.name_zh.clone(),
        suppliers: 0,
    }
}

fn count_day(c: &mut AnyConnection, as_at: NaiveDate, count: Count) -> Result<DayCounts, Error> {
    let end = end_of(as_at);
    match count {
        Count::Suppliers => count_suppliers(c, end),
        Count::Sites => count_sites(c, end),
    }
}

fn count_suppliers(c: &mut AnyConnection, at: NaiveDateTime) -> Result<DayCounts, Error> {
    let valid = supplier_versions::table
        .filter(supplier_versions::stage.eq_any(COUNTED))
        .filter(supplier_versions::valid_from.le(at))
        .filter(supplier_versions::valid_to.gt(at));
    let groups: Vec<(String, i64)> = valid
        .clone()
        .group_by(supplier_versions::area)
        .select((supplier_versions::area, count_star()))
        .load(c)?;
    let total = valid.count().get_result(c)?;
    let groups = groups.into_iter().map(|(area, number)| (area.clone(), area, number)).collect();
    Ok(DayCounts { groups, total })
}

fn count_sites(c: &mut AnyConnection, at: NaiveDateTime) -> Result<DayCounts, Error> {
    let valid = site_versions::table
        .inner_join(
            supplier_versions::table
                .on(supplier_versions::supplier_id.eq(site_versions::supplier_id)),
        )
        .filter(site_versions::valid_from.le(at))
        .filter(site_versions::valid_to.gt(at))
        .filter(supplier_versions::stage.eq_any(COUNTED))
        .filter(supplier_versions::valid_from.le(at))
        .filter(supplier_versions::valid_to.gt(at));
    let groups = valid
        .clone()
        .group_by((site_versions::area, supplier_versions::area))
        .select((site_versions::area, supplier_versions::area, count_star()))
        .load(c)?;
    let total = valid.count().get_result(c)?;
    Ok(DayCounts { groups, total })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::regions::{built_in, built_in_schemes, countries, provinces};

    #[test]
    fn a_share_has_one_decimal_and_is_nought_of_nothing() {
        assert_eq!(share_tenths(387, 791), 489);
        assert_eq!(share_tenths(1, 2000), 1);
        assert_eq!(share_tenths(0, 0), 0);
        assert_eq!(share_tenths(7, 7), 1000);
    }

    #[test]
    fn the_scope_narrows_by_the_area_of_the_company() {
        let counts = DayCounts {
            groups: vec![
                ("320000".into(), "320000".into(), 2),
                ("440000".into(), "320000".into(), 1),
                ("320000".into(), "440000".into(), 5),
            ],
            total: 8,
        };
        let six = built_in("cn-six").unwrap();
        let report = report_of(six, &counts, &Scope::of(Some("cn-six"), Some("eastern")));
        assert_eq!((report.total, report.in_row("eastern"), report.in_row("southern")), (3, 2, 1));
        assert!(report.adds_up());
    }

    fn any_area() -> impl Strategy<Value = String> {
        let known = provinces().iter().map(|p| p.code).chain(countries().iter().map(|c| c.code));
        let all: Vec<String> = known.chain(["CN", "", "??"]).map(str::to_string).collect();
        proptest::sample::select(all)
    }

    proptest! {
        #[test]
        fn counts_always_add_up(
            groups in proptest::collection::vec((any_area(), any_area(), 0i64..100_000), 0..80)
        ) {
            let total = groups.iter().map(|(_, _, number)| number).sum();
            let counts = DayCounts { groups, total };
            for scheme in built_in_schemes() {
                let limited = Scope::of(Some("cn-six"), Some("eastern,southern"));
                for scope in [Scope::Everything, limited] {
                    let report = report_of(scheme, &counts, &scope);
                    prop_assert!(report.adds_up());
                    prop_assert_eq!(report.rows.len(), scheme.regions.len());
                    let areas: i64 = report.areas.iter().map(|(_, number)| number).sum();
                    prop_assert_eq!(areas, report.total);
                }
            }
        }
    }
}
