//! The tables of ISO 2859-1:1999 (GB/T 2828.1-2012): code letters by lot size and level, and single
//! sampling plans for normal inspection by letter and quality limit.
//!
//! `code_letters.csv` is table 1. `single_normal.csv` is table 2-A for limits from 0.010 to 10 percent,
//! with the arrows of the printed table followed: `use_letter` is the letter whose plan counts.

use std::sync::LazyLock;

/// The levels of inspection: the special ones, then the general ones. II is the usual one.
pub const LEVELS: [&str; 7] = ["S1", "S2", "S3", "S4", "I", "II", "III"];

/// A single sampling plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The letter whose plan counts, where the table's arrows lead.
    pub letter: String,
    pub sample: i64,
    /// As many bad ones are accepted.
    pub accept: i64,
    /// From as many on the whole is rejected.
    pub reject: i64,
}

/// A row of the table of code letters: from, to (none in the last row), a letter for each level.
type Letters = (i64, Option<i64>, Vec<&'static str>);

static LETTERS: LazyLock<Vec<Letters>> = LazyLock::new(|| {
    let rows = include_str!("code_letters.csv").lines().skip(1);
    let row = |line: &'static str| {
        let mut cells = line.split(',');
        let from = cells.next()?.parse().ok()?;
        let to = cells.next()?.parse().ok();
        Some((from, to, cells.collect()))
    };
    rows.filter_map(row).collect()
});

/// A row of the table of plans: code letter, quality limit, plan.
static PLANS: LazyLock<Vec<(&'static str, &'static str, Plan)>> = LazyLock::new(|| {
    let rows = include_str!("single_normal.csv").lines().skip(1);
    let row = |line: &'static str| {
        let cells: Vec<&'static str> = line.split(',').collect();
        let number = |at: usize| cells.get(at)?.parse().ok();
        let plan = Plan {
            letter: cells.get(2)?.to_string(),
            sample: number(3)?,
            accept: number(4)?,
            reject: number(5)?,
        };
        Some((*cells.first()?, *cells.get(1)?, plan))
    };
    rows.filter_map(row).collect()
});

/// The quality limits of the table, in percent, from strict to lenient.
pub fn limits() -> Vec<&'static str> {
    let mut limits: Vec<&str> = Vec::new();
    for (_, limit, _) in PLANS.iter() {
        if !limits.contains(limit) {
            limits.push(limit);
        }
    }
    limits
}

/// The code letter of a lot of `size` at a level; `None` for a lot of fewer than two and for levels that
/// there are none of.
pub fn code_letter(size: i64, level: &str) -> Option<&'static str> {
    let column = LEVELS.iter().position(|one| *one == level)?;
    let (.., letters) =
        LETTERS.iter().find(|(from, to, _)| *from <= size && to.is_none_or(|to| size <= to))?;
    letters.get(column).copied()
}

/// The plan for a code letter and a quality limit, as the table writes it ("4.0").
pub fn plan(letter: &str, limit: &str) -> Option<&'static Plan> {
    PLANS.iter().find(|(of, at, _)| *of == letter && *at == limit).map(|(.., plan)| plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_791_are_those_of_the_standard() {
        let letters = LEVELS.map(|level| code_letter(791, level));
        assert_eq!(letters, ["C", "C", "E", "F", "G", "J", "K"].map(Some));
        let samples = LEVELS.map(|level| {
            let letter = code_letter(791, level).unwrap_or_default();
            // Level by level the sizes of the letters themselves.
            PLANS
                .iter()
                .find(|(of, _, plan)| *of == letter && plan.letter == letter)
                .map(|(.., plan)| plan.sample)
        });
        assert_eq!(samples, [5, 5, 13, 20, 32, 80, 125].map(Some));
    }

    #[test]
    fn level_two_at_a_limit_of_four_takes_eighty_and_accepts_seven() {
        let found = plan("J", "4.0").cloned();
        let expected = Plan { letter: "J".into(), sample: 80, accept: 7, reject: 8 };
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn both_tables_are_whole() {
        assert_eq!(LETTERS.len(), 15);
        for (row, next) in LETTERS.iter().zip(LETTERS.iter().skip(1)) {
            assert_eq!(row.1.map(|to| to + 1), Some(next.0), "no size is left out");
        }
        assert!(LETTERS.iter().all(|(.., letters)| letters.len() == LEVELS.len()));
        assert_eq!(limits().len(), 16);
        let mut used: Vec<&str> = LETTERS.iter().flat_map(|(.., all)| all.clone()).collect();
        used.sort_unstable();
        used.dedup();
        let mut missing = Vec::new();
        for letter in used {
            for limit in limits() {
                match plan(letter, limit) {
                    Some(plan) => assert_eq!(plan.reject, plan.accept + 1, "single sampling"),
                    None => missing.push((letter, limit)),
                }
            }
        }
        // There the arrow points below the last row.
        assert_eq!(missing, [("R", "0.015")]);
    }

    #[test]
    fn nothing_is_found_for_what_is_not_in_the_table() {
        assert_eq!(code_letter(1, "II"), None);
        assert_eq!(code_letter(791, "IV"), None);
        assert_eq!(plan("J", "4"), None);
        assert_eq!(code_letter(i64::MAX, "III"), Some("R"));
    }
}
