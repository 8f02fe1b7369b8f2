//! What items test beside themselves: indicators of the ESG review, and clauses.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::SubjectKind;
use crate::clauses::{self, starting};
use crate::db::AnyConnection;
use crate::error::Error;

/// An indicator of the ESG review.
#[derive(Clone, Copy, Debug)]
pub struct Indicator {
    /// "L01": the letter of its pillar, and a number.
    pub code: &'static str,
    pub name_en: &'static str,
    pub name_zh: &'static str,
}

static INDICATORS: LazyLock<Vec<Indicator>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let [code, name_en, name_zh] = line.split(',').collect::<Vec<_>>()[..] else {
            return None;
        };
        Some(Indicator { code, name_en, name_zh })
    };
    include_str!("indicators.csv").lines().skip(1).filter_map(line).collect()
});

/// The indicators, in the order of their codes.
pub fn indicators() -> &'static [Indicator] {
    &INDICATORS
}

/// Something that an item can test: its kind, its code, and its English and Chinese name.
pub type Subject = (SubjectKind, String, String, String);

/// Everything that an item can test: the indicators, the clauses of the register, and those that come
/// with the product and are not taken over yet.
pub fn all(c: &mut AnyConnection) -> Result<Vec<Subject>, Error> {
    let indicator = |one: &Indicator| {
        let (en, zh) = (one.name_en.to_string(), one.name_zh.to_string());
        (SubjectKind::Indicator, one.code.to_string(), en, zh)
    };
    let mut all: Vec<Subject> = indicators().iter().map(indicator).collect();
    let clauses = clauses::all(c)?;
    let known: HashSet<&str> = clauses.iter().map(|one| one.code.as_str()).collect();
    let to_come = starting::starting().iter().filter(|one| !known.contains(one.code));
    let to_come: Vec<Subject> = to_come
        .map(|one| {
            let (en, zh) = (one.name_en.to_string(), one.name_zh.to_string());
            (SubjectKind::Clause, one.code.to_string(), en, zh)
        })
        .collect();
    let clause = |one: clauses::Clause| (SubjectKind::Clause, one.code, one.name_en, one.name_zh);
    all.extend(clauses.into_iter().map(clause));
    all.extend(to_come);
    Ok(all)
}
