//! A draw is drawn again from its file, with no register at hand.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use super::file::{Company, DrawFile, FORMAT};
use super::sample::{Line, Sample, draw, hash, key_written, sample};
use super::{Certain, Chosen};
use crate::inspections::tiers::Tier;
use crate::values::sha256_hex;

/// What holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub roster: i64,
    /// Companies that are in.
    pub chosen: i64,
    /// Those of them that took the place of others.
    pub replacements: i64,
    pub strata: usize,
    /// Whether the seed is open: before that only the roster and the sizes can be checked.
    pub is_drawn: bool,
}

/// The first thing that does not hold: where it is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Flaw {
    /// A field of the file, or a company and its field: "S-000012: rank".
    pub place: String,
    pub what: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

fn flaw(place: impl Into<String>, what: impl Into<String>) -> Flaw {
    Flaw { place: place.into(), what: what.into() }
}

/// Fails with `place` unless both are the same.
fn same<T: PartialEq + fmt::Display>(place: &str, said: T, found: T) -> Result<(), Flaw> {
    match said == found {
        true => Ok(()),
        false => Err(flaw(place, format!("the file says {said}, and it is {found}"))),
    }
}

/// Draws again what a file tells of.
pub fn verify(text: &str) -> Result<Report, Flaw> {
    let file: DrawFile = serde_json::from_str(text)
        .map_err(|error| flaw("file", format!("it is not the file of a draw: {error}")))?;
    let head = &file.head;
    same("format", head.format.as_str(), FORMAT)?;
    same("roster_size", head.roster_size, file.roster.len() as i64)?;
    let lines = lines(&file)?;
    same("roster_hash", head.roster_hash.as_str(), &hash(&lines))?;
    let sample = sizes(&file, &lines)?;
    let mut report = Report {
        roster: head.roster_size,
        chosen: 0,
        replacements: 0,
        strata: sample.strata.len(),
        is_drawn: !head.seed.is_empty(),
    };
    if !report.is_drawn {
        not_drawn(&file)?;
        return Ok(report);
    }
    same("seed", sha256_hex(&head.seed).as_str(), &head.commitment).map_err(|_| {
        flaw("seed", "its SHA-256 is not the commitment: one of the two was changed")
    })?;
    let chosen = drawn(&file, &lines, &sample)?;
    replacements(&file, &chosen, &sample)?;
    let is_in = |one: &&Company| one.chosen().is_some_and(Chosen::is_in);
    report.chosen = file.roster.iter().filter(is_in).count() as i64;
    let took = |one: &&Company| one.replaces.is_some();
    report.replacements = file.roster.iter().filter(took).count() as i64;
    same("sample_size", head.sample_size, report.chosen)?;
    Ok(report)
}

/// The roster, each company in order and with words that are some.
fn lines(file: &DrawFile) -> Result<Vec<Line>, Flaw> {
    let mut lines = Vec::with_capacity(file.roster.len());
    let mut last = 0;
    for one in &file.roster {
        let at = |field: &str| format!("{}: {field}", one.id);
        let number = one.id.strip_prefix("S-").and_then(|text| text.parse::<i64>().ok());
        let number = number.filter(|number| crate::suppliers::code_of(*number) == one.id);
        let number = number.ok_or_else(|| flaw(at("id"), "it is no number of a company"))?;
        if number <= last {
            return Err(flaw(at("id"), "the companies are not in the order of their numbers"));
        }
        last = number;
        let line = one.line().ok_or_else(|| flaw(at("certain"), "there is no such reason"))?;
        let tier = one.stratum.split('|').next().and_then(Tier::parse);
        let has_parts = one.stratum.split('|').count() == 3;
        let tier = tier
            .filter(|_| has_parts)
            .ok_or_else(|| flaw(at("stratum"), "it is not tier, region and category"))?;
        same(&at("weight"), one.weight, tier.weight())?;
        let is_certain = file.head.sampling.certain;
        let fits = match line.certain {
            Certain::HighTier => is_certain && tier == Tier::High,
            Certain::OpenCritical => is_certain && tier != Tier::High,
            Certain::No => !is_certain || tier != Tier::High,
        };
        if !fits {
            return Err(flaw(at("certain"), "it does not follow from the tier and the sampling"));
        }
        lines.push(line);
    }
    Ok(lines)
}

/// The size of the sample and its spread over the strata.
fn sizes(file: &DrawFile, lines: &[Line]) -> Result<Sample, Flaw> {
    let head = &file.head;
    let sample = sample(lines, &head.sampling)
        .map_err(|refused| flaw("sampling", format!("no sample follows from it: {refused:?}")))?;
    same("sample_size", head.sample_size, sample.size)?;
    same("strata", head.strata.len(), sample.strata.len())?;
    for (said, found) in head.strata.iter().zip(&sample.strata) {
        let at = |field: &str| format!("stratum {}: {field}", found.key);
        same(&at("key"), &said.key, &found.key)?;
        same(&at("size"), said.size, found.size)?;
        same(&at("certain"), said.certain, found.certain)?;
        same(&at("weight"), said.weight, found.weight)?;
        same(&at("drawn"), said.drawn, found.drawn)?;
    }
    Ok(sample)
}

/// Before the seed is open nobody has drawn.
fn not_drawn(file: &DrawFile) -> Result<(), Flaw> {
    same("salt", file.head.salt.as_str(), "")?;
    for one in &file.roster {
        let is_empty = one.key.is_none()
            && one.rank.is_none()
            && one.chosen.is_empty()
            && one.replaces.is_none();
        if !is_empty {
            return Err(flaw(format!("{}: chosen", one.id), "the seed is not open yet"));
        }
    }
    Ok(())
}

/// Keys, ranks, and who was in at first. The outcome of each company before anybody was replaced.
fn drawn(file: &DrawFile, lines: &[Line], sample: &Sample) -> Result<Vec<Chosen>, Flaw> {
    let head = &file.head;
    let mut first = Vec::with_capacity(lines.len());
    for (one, drawn) in file.roster.iter().zip(draw(lines, sample, &head.seed, &head.salt)) {
        let at = |field: &str| format!("{}: {field}", one.id);
        let text = |value: Option<String>| value.unwrap_or_else(|| "nothing".into());
        same(&at("key"), text(one.key.clone()), text(drawn.key.map(key_written)))?;
        let rank = |value: Option<i64>| text(value.map(|rank| rank.to_string()));
        same(&at("rank"), rank(one.rank), rank(drawn.rank))?;
        let said = one.chosen().ok_or_else(|| flaw(at("chosen"), "there is no such outcome"))?;
        let fits = match drawn.chosen {
            Chosen::No => matches!(said, Chosen::No | Chosen::Replacement | Chosen::Replaced),
            was => said == was || said == Chosen::Replaced,
        };
        if !fits {
            let (said, found) = (said.as_str(), drawn.chosen.as_str());
            return Err(flaw(at("chosen"), format!("the file says {said:?}, drawn was {found:?}")));
        }
        first.push(drawn.chosen);
    }
    Ok(first)
}

/// Whoever was replaced has one in its place, of the same stratum, and those came in by rank.
fn replacements(file: &DrawFile, first: &[Chosen], sample: &Sample) -> Result<(), Flaw> {
    let by_id: HashMap<&str, &Company> =
        file.roster.iter().map(|one| (one.id.as_str(), one)).collect();
    let mut replaced: HashSet<&str> = HashSet::new();
    let mut ranks: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    for (one, first) in file.roster.iter().zip(first) {
        let at = |field: &str| format!("{}: {field}", one.id);
        let said = one.chosen().unwrap_or(Chosen::No);
        let came_later = *first == Chosen::No && said != Chosen::No;
        if came_later != one.replaces.is_some() {
            return Err(flaw(at("replaces"), "it does not go with how the company came in"));
        }
        let has_reason = came_later || said == Chosen::Replaced;
        if has_reason == one.reason.trim().is_empty() {
            return Err(flaw(at("reason"), "it does not go with how the company came in"));
        }
        let Some(whom) = &one.replaces else { continue };
        let fits = by_id.get(whom.as_str()).is_some_and(|other| {
            other.chosen() == Some(Chosen::Replaced)
                && other.stratum == one.stratum
                && other.id != one.id
                // Who was replaced only once has the same reason.
                && (said == Chosen::Replaced || other.reason == one.reason)
        });
        if !fits || !replaced.insert(whom) {
            return Err(flaw(at("replaces"), "it does not name a company that was replaced by it"));
        }
        ranks.entry(&one.stratum).or_default().extend(one.rank);
    }
    for one in &file.roster {
        if one.chosen() == Some(Chosen::Replaced) && !replaced.contains(one.id.as_str()) {
            let at = format!("{}: chosen", one.id);
            return Err(flaw(at, "it was replaced, and nobody is in its place"));
        }
    }
    for (stratum, mut ranks) in ranks {
        ranks.sort_unstable();
        let drawn = sample.strata.iter().find(|one| one.key == stratum).map_or(0, |one| one.drawn);
        let expected: Vec<i64> = (drawn + 1..).take(ranks.len()).collect();
        if ranks != expected {
            let at = format!("stratum {stratum}: replaces");
            return Err(flaw(at, "those who took places were not the next by rank"));
        }
    }
    Ok(())
}
