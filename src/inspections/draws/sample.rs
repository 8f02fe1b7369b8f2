//! From a roster to a sample, without a database: what the register does when a roster is frozen and drawn,
//! and what anybody does who checks it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Certain, Chosen, key_text};
use crate::error::Problem;
use crate::inspections::plans::{Method, Sampling};
use crate::inspections::sampling::size::{self, Size, SizeProblem};
use crate::inspections::sampling::strata::{SpreadProblem, Stratum, spread};
use crate::inspections::sampling::{drawing, tables};
use crate::values::sha256_hex;

/// A company of a roster, as far as a draw needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// "S-000012".
    pub id: String,
    /// "medium|eastern|it".
    pub stratum: String,
    pub weight: i64,
    pub certain: Certain,
}

/// A stratum, and how many of it are in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StratumSample {
    pub key: String,
    /// Companies that draw.
    pub size: i64,
    /// Companies that are in without chance.
    pub certain: i64,
    /// What one of its companies weighs.
    pub weight: i64,
    /// How many of those that draw are in.
    pub drawn: i64,
}

impl StratumSample {
    /// All of its companies.
    pub fn all(&self) -> i64 {
        self.size + self.certain
    }

    /// Those that are in.
    pub fn chosen(&self) -> i64 {
        self.drawn + self.certain
    }
}

/// A sample before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// All who will be in.
    pub size: i64,
    /// Those of them who are in without chance.
    pub certain: i64,
    /// By their keys.
    pub strata: Vec<StratumSample>,
    /// The plan of the table, when the size comes from it.
    pub table: Option<tables::Plan>,
}

/// Why there is no sample.
#[derive(Clone, Debug, PartialEq)]
pub enum Refused {
    /// Nobody is on the roster.
    Empty,
    /// More were asked for than there are.
    TooLarge { asked: i64, there: i64 },
    /// The least of each stratum makes more than what is left for chance.
    Minima { left: i64, least: i64, certain: i64 },
    /// Companies are named by hand, or the numbers are none of the table.
    NotDrawn,
}

impl Refused {
    /// In the words of the product.
    pub fn problem(&self) -> Problem {
        match self {
            Refused::Empty => Problem::new("", "draw_empty"),
            Refused::TooLarge { asked, there } => {
                Problem::new("", "draw_too_large").with("asked", asked).with("there", there)
            }
            Refused::Minima { left, least, certain } => Problem::new("", "draw_minima")
                .with("left", left)
                .with("least", least)
                .with("certain", certain),
            Refused::NotDrawn => Problem::new("", "draw_by_hand"),
        }
    }
}

/// How large the sample of a roster is and how it is spread. Those who are in without chance count; the
/// rest is spread over the strata of the others.
pub fn sample(roster: &[Line], sampling: &Sampling) -> Result<Sample, Refused> {
    let Size { sample, table } = size_of(roster.len() as i64, sampling)?;
    let mut strata: BTreeMap<&str, StratumSample> = BTreeMap::new();
    for line in roster {
        let stratum = strata.entry(&line.stratum).or_insert_with(|| StratumSample {
            key: line.stratum.clone(),
            size: 0,
            certain: 0,
            weight: line.weight,
            drawn: 0,
        });
        match line.certain.is_certain() {
            true => stratum.certain += 1,
            false => stratum.size += 1,
        }
    }
    let mut strata: Vec<StratumSample> = strata.into_values().collect();
    let certain: i64 = strata.iter().map(|one| one.certain).sum();
    let left = (sample - certain).max(0);
    // Where nobody draws there is no least either.
    let drawing: Vec<Stratum> = strata
        .iter()
        .map(|one| Stratum { key: one.key.clone(), size: one.size, weight: one.weight })
        .collect();
    let drawn = spread(&drawing, left, sampling.minimum).map_err(|problem| match problem {
        SpreadProblem::TooLarge { asked, there } => {
            Refused::TooLarge { asked: asked + certain, there: there + certain }
        }
        SpreadProblem::Minima { least, .. } => Refused::Minima { left, least, certain },
    })?;
    for (one, drawn) in strata.iter_mut().zip(drawn) {
        one.drawn = drawn;
    }
    Ok(Sample { size: left + certain, certain, strata, table })
}

fn size_of(there: i64, sampling: &Sampling) -> Result<Size, Refused> {
    let found = match sampling.method() {
        Method::Iso2859 => size::by_table(there, &sampling.level, &sampling.aql),
        Method::Discovery => {
            size::by_discovery(there, sampling.bad_percent, sampling.confidence_percent)
        }
        Method::Percentage => size::by_percentage(there, sampling.percentage),
        Method::Number => size::by_number(there, sampling.number),
        Method::All => size::all(there),
        Method::ByHand => return Err(Refused::NotDrawn),
    };
    found.map_err(|problem| match problem {
        SizeProblem::EmptyRoster => Refused::Empty,
        SizeProblem::TooLarge { asked, there } => Refused::TooLarge { asked, there },
        SizeProblem::OutOfRange => Refused::NotDrawn,
    })
}

/// What a company of a roster drew.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// `None` for who is in without chance.
    pub key: Option<f64>,
    /// Its place in its stratum, from 1.
    pub rank: Option<i64>,
    pub chosen: Chosen,
}

/// Draws: for each line of a roster, in its order, what it drew and whether it is in. The order of the
/// roster makes no difference.
pub fn draw(roster: &[Line], sample: &Sample, seed: &str, salt: &str) -> Vec<Drawn> {
    let nothing = |line: &Line| Drawn {
        key: None,
        rank: None,
        chosen: if line.certain.is_certain() { Chosen::Certain } else { Chosen::No },
    };
    let mut all: Vec<Drawn> = roster.iter().map(nothing).collect();
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, line) in roster.iter().enumerate().filter(|(_, line)| !line.certain.is_certain()) {
        members.entry(&line.stratum).or_default().push(at);
    }
    let text = key_text(seed, salt);
    for stratum in &sample.strata {
        let Some(members) = members.get(stratum.key.as_str()) else { continue };
        let companies: Vec<(&str, i64)> =
            members.iter().map(|at| (roster[*at].id.as_str(), roster[*at].weight)).collect();
        for one in drawing::ranked(&text, &companies) {
            all[members[one.at]] = Drawn {
                key: Some(one.key),
                rank: Some(one.rank),
                chosen: if one.rank <= stratum.drawn { Chosen::Drawn } else { Chosen::No },
            };
        }
    }
    all
}

/// SHA-256 of a roster: a line for each company by its number, its parts parted by tabulators, each line
/// ended by a line feed.
pub fn hash<'a>(roster: impl IntoIterator<Item = &'a Line>) -> String {
    let mut lines: Vec<&Line> = roster.into_iter().collect();
    // Longer numbers are larger ones.
    lines.sort_by(|a, b| a.id.len().cmp(&b.id.len()).then_with(|| a.id.cmp(&b.id)));
    let text: String = lines.into_iter().map(written).collect();
    sha256_hex(text)
}

fn written(line: &Line) -> String {
    format!("{}\t{}\t{}\t{}\n", line.id, line.stratum, line.weight, line.certain.as_str())
}

/// A key as it is written down: the shortest decimal that is the same number when it is read again.
pub fn key_written(key: f64) -> String {
    key.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster(number: usize, certain: usize) -> Vec<Line> {
        let line = |at: usize| Line {
            id: format!("S-{:06}", at + 1),
            stratum: if at.is_multiple_of(3) { "medium|eastern|it" } else { "medium|western|it" }
                .into(),
            weight: 2,
            certain: if at < certain { Certain::OpenCritical } else { Certain::No },
        };
        (0..number).map(line).collect()
    }

    fn of_number(number: i64) -> Sampling {
        Sampling { method: "number".into(), number, ..Sampling::default() }
    }

    #[test]
    fn those_who_are_in_without_chance_count() {
        let found = sample(&roster(100, 7), &of_number(20)).expect("a sample");
        assert_eq!((found.size, found.certain), (20, 7));
        assert_eq!(found.strata.iter().map(|one| one.drawn).sum::<i64>(), 13);
        assert_eq!(found.strata.iter().map(StratumSample::all).sum::<i64>(), 100);
        let only = Sampling { minimum: 0, ..of_number(5) };
        let found = sample(&roster(100, 7), &only).expect("a sample");
        assert_eq!((found.size, found.certain), (7, 7), "nobody of them is left out");
    }

    #[test]
    fn what_cannot_be_drawn_says_why() {
        assert_eq!(sample(&[], &of_number(1)), Err(Refused::Empty));
        let too_large = Refused::TooLarge { asked: 11, there: 10 };
        assert_eq!(sample(&roster(10, 0), &of_number(11)), Err(too_large));
        let minima = Refused::Minima { left: 3, least: 4, certain: 2 };
        assert_eq!(sample(&roster(10, 2), &of_number(5)), Err(minima));
        let by_hand = Sampling { method: "by_hand".into(), ..Sampling::default() };
        assert_eq!(sample(&roster(10, 0), &by_hand), Err(Refused::NotDrawn));
    }

    #[test]
    fn each_stratum_has_its_first_ranks_and_the_order_makes_no_difference() {
        let mut roster = roster(50, 4);
        let found = sample(&roster, &of_number(14)).expect("a sample");
        let mut drawn: Vec<(String, Drawn)> =
            roster.iter().map(|one| one.id.clone()).zip(draw(&roster, &found, "s", "t")).collect();
        let chosen = drawn.iter().filter(|(_, one)| one.chosen.is_in()).count();
        assert_eq!(chosen, 14);
        let before = hash(&roster);
        roster.reverse();
        assert_eq!(hash(&roster), before);
        let mut again: Vec<(String, Drawn)> =
            roster.iter().map(|one| one.id.clone()).zip(draw(&roster, &found, "s", "t")).collect();
        drawn.sort_by(|a, b| a.0.cmp(&b.0));
        again.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(drawn, again);
    }

    #[test]
    fn a_key_is_the_same_number_when_it_is_read_again() {
        for id in 1..2000 {
            let key = drawing::key("seed", &format!("S-{id:06}"), 3);
            assert_eq!(key_written(key).parse(), Ok(key));
        }
    }
}
