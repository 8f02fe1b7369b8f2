//! The figures of coverage: of each clause, and of its regions, groups, categories and versions.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::narrowed::Narrowed;
use super::{Counted, Figures, Leader};
use crate::categories::Category;
use crate::regions::{OUTSIDE, UNRESOLVED};

/// Something that companies have in common, and how they stand to each clause, in the order of the
/// clauses that were asked about.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<T> {
    pub what: T,
    pub figures: Vec<Figures>,
}

/// How many companies have signed a version last.
#[derive(Clone, Debug, PartialEq)]
pub struct Holding {
    /// Place of the clause.
    pub clause: usize,
    /// 0 for those who have signed none.
    pub version: i64,
    pub is_in_force: bool,
    pub companies: i64,
}

fn nothing(asked: &Narrowed) -> Vec<Figures> {
    asked.clauses.iter().map(|_| Figures::default()).collect()
}

fn add(figures: &mut [Figures], asked: &Narrowed, company: &Counted) {
    for (figures, clause) in figures.iter_mut().zip(&asked.clauses) {
        figures.add(company.cell(*clause));
    }
}

/// Of each clause that is asked about.
pub fn by_clause(asked: &Narrowed) -> Vec<Figures> {
    let mut all = nothing(asked);
    asked.companies().for_each(|company| add(&mut all, asked, company));
    all
}

/// Of each region of the scheme and both rest rows, in their order, by code: also where there is nobody.
pub fn by_region(asked: &Narrowed) -> Vec<Line<String>> {
    let codes = asked.scheme.regions.iter().map(|region| region.code.as_str());
    let codes = codes.chain([OUTSIDE, UNRESOLVED]);
    let line = |code: &str| Line { what: code.to_string(), figures: nothing(asked) };
    let mut lines: Vec<Line<String>> = codes.map(line).collect();
    let places: HashMap<String, usize> =
        lines.iter().enumerate().map(|(place, line)| (line.what.clone(), place)).collect();
    for company in asked.companies() {
        if let Some(place) = places.get(asked.region_of(company)) {
            add(&mut lines[*place].figures, asked, company);
        }
    }
    lines
}

/// Of each group with a company that counts, those with the most companies first. Companies outside any
/// group are in none.
pub fn by_group(asked: &Narrowed) -> Vec<Line<Leader>> {
    let mut lines: BTreeMap<i64, Line<Leader>> = BTreeMap::new();
    for company in asked.companies() {
        let Some(leader) = asked.day.leader(company, &asked.scope) else { continue };
        let line = lines
            .entry(leader.number)
            .or_insert_with(|| Line { what: leader.clone(), figures: nothing(asked) });
        add(&mut line.figures, asked, company);
    }
    let mut lines: Vec<Line<Leader>> = lines.into_values().collect();
    lines.sort_by_key(|line| -line.figures.first().map_or(0, |figures| figures.companies));
    lines
}

/// Of each category that somebody offers, it or one below it, in the order of `categories`. A company
/// stands in several.
pub fn by_category(asked: &Narrowed, categories: &[Category]) -> Vec<Line<Category>> {
    let line = |one: &Category| Line { what: one.clone(), figures: nothing(asked) };
    let mut lines: Vec<Line<Category>> = categories.iter().map(line).collect();
    let places: HashMap<&str, usize> =
        categories.iter().enumerate().map(|(place, one)| (one.id.as_str(), place)).collect();
    for company in asked.companies() {
        let offered = company.categories.iter();
        let all: HashSet<&str> =
            offered.flat_map(|one| asked.day.published.with_above(one)).collect();
        for place in all.iter().filter_map(|id| places.get(id)) {
            add(&mut lines[*place].figures, asked, company);
        }
    }
    lines.retain(|line| line.figures.iter().any(|figures| figures.companies > 0));
    lines
}

/// How many companies hold which version of each clause, the newest first, those without any last.
pub fn by_version(asked: &Narrowed) -> Vec<Holding> {
    let mut held: HashMap<(usize, i64), i64> = HashMap::new();
    for company in asked.companies() {
        for clause in &asked.clauses {
            let version = company.cell(*clause).held.unwrap_or_default();
            *held.entry((*clause, version)).or_default() += 1;
        }
    }
    let mut all = Vec::new();
    for clause in &asked.clauses {
        let in_force = asked.day.in_force(*clause).map(|one| one.version.version);
        let versions = asked.day.published.of(&asked.day.published.clauses[*clause].id).iter();
        let versions = versions.rev().map(|one| one.version.version).chain([0]);
        all.extend(versions.map(|version| Holding {
            clause: *clause,
            version,
            is_in_force: in_force == Some(version),
            companies: held.get(&(*clause, version)).copied().unwrap_or_default(),
        }));
    }
    all
}
