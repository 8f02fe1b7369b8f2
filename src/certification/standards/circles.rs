//! Categories that demand each other: nobody could ever be certified for any of them.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::Standards;
use crate::certification::demands::DemandKind;

/// The ring of categories that a version of `category_id` would close, from a category back to itself,
/// when it demands certification for `demanded`. What counts today or later is looked at, whenever it
/// does: a ring that breaks by itself some day is a ring until then.
pub fn ring<'a>(
    standards: &'a Standards,
    category_id: &'a str,
    demanded: &'a [String],
    today: NaiveDate,
) -> Option<Vec<&'a str>> {
    let mut concerned = standards.inheriting(category_id);
    concerned.insert(category_id);
    let next = |id: &str| {
        let counts = standards.of(id).iter().filter(|one| one.until.is_none_or(|day| day > today));
        let demands = counts.flat_map(|one| one.demands.iter());
        let mut all: Vec<&str> = demands
            .filter(|demand| demand.kind == DemandKind::Category)
            .map(|demand| demand.subject.as_str())
            .collect();
        if concerned.contains(id) {
            all.extend(demanded.iter().map(String::as_str));
        }
        all
    };
    let mut starts: Vec<&str> = concerned.iter().copied().collect();
    // The category itself first: the shortest ring to read.
    starts.sort_by_key(|id| (*id != category_id, *id));
    starts.into_iter().find_map(|start| way_back(start, next))
}

/// The way from a category back to itself.
fn way_back<'a>(start: &'a str, next: impl Fn(&str) -> Vec<&'a str>) -> Option<Vec<&'a str>> {
    let mut seen = HashSet::new();
    let mut ways = vec![vec![start]];
    while let Some(way) = ways.pop() {
        for id in way.last().map(|last| next(last)).unwrap_or_default() {
            let longer = || [way.as_slice(), &[id]].concat();
            if id == start {
                return Some(longer());
            }
            if seen.insert(id) {
                ways.push(longer());
            }
        }
    }
    None
}
