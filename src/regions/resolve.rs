//! What a list says about a place → country, province and city.
//!
//! Nothing is guessed. A name that can mean several places needs another that
//! settles it, a road named after a city is no evidence, a company's name never
//! is, and whatever contradicts itself goes to a person with what was found.

mod decide;
mod names;
mod scan;
pub(super) mod text;
mod words;

use super::countries::{find_country, named};
use super::schemes::province_of_area;
use names::Level;
use scan::{Hit, Weight, scan};
pub use text::simplified;
use text::{Kind, Text};

/// What one row of a list gives. Empty where the list has no such column.
#[derive(Debug, Clone, Copy, Default)]
pub struct AddressInput<'a> {
    /// Country, by name or code.
    pub country: &'a str,
    /// Province.
    pub province: &'a str,
    /// City or county.
    pub city: &'a str,
    /// Address in free text.
    pub address: &'a str,
    /// Name of the company: only ever a hint shown to a person.
    pub name: &'a str,
}

/// A place, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'static str>,
    /// GB/T 2260 code of the province; set for HK, MO and TW as well.
    pub province: Option<&'static str>,
    /// GB/T 2260 code of the prefecture-level city.
    pub city: Option<&'static str>,
}

/// What [`resolve()`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The place is certain; in China its province is set.
    Resolved(Place),
    /// A person has to settle it.
    Unresolved {
        /// What is certain, for instance the country.
        place: Place,
        /// Why.
        reason: Reason,
        /// What was found, to choose from.
        candidates: Vec<Place>,
    },
}

/// Why a place was not resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// No place name was found.
    NothingFound,
    /// The parts name places that exclude each other.
    Contradiction,
    /// A name can mean several places and nothing settles which.
    Ambiguous,
    /// The country column holds no country.
    UnknownCountry,
}

impl Reason {
    /// Stable key for storage and texts.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NothingFound => "nothing_found",
            Self::Contradiction => "contradiction",
            Self::Ambiguous => "ambiguous",
            Self::UnknownCountry => "unknown_country",
        }
    }
}

/// Pinyin that short may be a word of any language: without a country it does
/// not tell China ("Ali", "Aba", "Dali").
const SHORTEST_TELLING_CITY: usize = 6;

/// Resolves one row. About 2 to 6 µs; never fails, whatever the text.
pub fn resolve(input: &AddressInput) -> Outcome {
    let address = Text::parse(input.address);
    let cell = match find_country(input.country) {
        Some(country) => Some(country.code),
        // "Guangdong, China" in the column of countries
        None => address_country(&Text::parse(input.country)),
    };
    let tail = address_country(&address);
    if cell.is_none() && !input.country.trim().is_empty() {
        let hits = row_hits(input, &address);
        return unresolved(Place::default(), Reason::UnknownCountry, decide::all_places(&hits));
    }
    match (cell, tail) {
        (Some(cell), _) if !is_china(cell) => foreign(cell, tail, input, &address),
        (Some(cell), Some(tail)) if !is_china(tail) => contradiction(&[cell, tail]),
        (None, Some(tail)) if !is_china(tail) => foreign(tail, None, input, &address),
        _ => in_china(cell.or(tail), input, &address),
    }
}

fn is_china(country: &str) -> bool {
    country == "CN" || province_of_area(country).is_some()
}

fn country_place(country: &'static str) -> Place {
    Place { country: Some(country), province: province_of_area(country), city: None }
}

/// A place inside China, with the country code that its province has.
fn place_in(province: &'static str, city: Option<&'static str>) -> Place {
    let mut areas = ["HK", "MO", "TW"].into_iter();
    let area = areas.find(|area| province_of_area(area) == Some(province));
    Place { country: Some(area.unwrap_or("CN")), province: Some(province), city }
}

fn unresolved(place: Place, reason: Reason, candidates: Vec<Place>) -> Outcome {
    Outcome::Unresolved { place, reason, candidates }
}

fn contradiction(countries: &[&'static str]) -> Outcome {
    let candidates = countries.iter().map(|country| country_place(country)).collect();
    unresolved(Place::default(), Reason::Contradiction, candidates)
}

/// Outside China the country is enough, unless the address names another one
/// or ends in a province of China.
fn foreign(
    country: &'static str,
    tail: Option<&'static str>,
    input: &AddressInput,
    address: &Text,
) -> Outcome {
    if let Some(other) = tail.filter(|tail| *tail != country && !counted_within(country, tail)) {
        return contradiction(&[country, other]);
    }
    if tail.is_none() {
        let mut hits = row_hits(input, address);
        hits.retain(|(hit, _)| !hit.han && hit.general && hit.weight == Weight::Strong);
        let province = |(hit, _): &(Hit, bool)| {
            hit.meanings.iter().any(|meaning| meaning.level == Level::Province)
        };
        if hits.iter().any(province) {
            let mut candidates = vec![country_place(country)];
            candidates.extend(decide::all_places(&hits));
            return unresolved(Place::default(), Reason::Contradiction, candidates);
        }
    }
    Outcome::Resolved(country_place(country))
}

/// Areas with a code of their own that addresses also give to a country, and
/// states that are called like a country.
fn counted_within(country: &str, other: &str) -> bool {
    let areas: &[&str] = match country {
        "US" => &["PR", "GU", "VI", "AS", "MP", "UM", "GE", "JO", "PE", "LB"],
        "PR" | "GU" | "VI" | "AS" | "MP" => &["US"],
        "FR" => &["GP", "MQ", "GF", "RE", "YT", "PM", "NC", "PF", "MC"],
        "RE" | "MC" | "GP" | "MQ" => &["FR"],
        "GB" => &["GG", "JE", "IM", "GI"],
        "NL" => &["AW", "CW", "SX", "BQ"],
        _ => &[],
    };
    areas.contains(&other)
}

fn in_china(country: Option<&'static str>, input: &AddressInput, address: &Text) -> Outcome {
    let hits = row_hits(input, address);
    let area = country.filter(|country| *country != "CN");
    if let Some(area) = area {
        return in_area(area, &hits);
    }
    let place = country.map(country_place).unwrap_or_default();
    match decide::decide(&hits) {
        Ok(found) if country.is_some() || tells_china(&hits) => Outcome::Resolved(found),
        Ok(found) => unresolved(place, Reason::Ambiguous, vec![found]),
        Err((reason, mut candidates)) => {
            for hint in name_places(input.name) {
                if !candidates.contains(&hint) {
                    candidates.push(hint);
                }
            }
            unresolved(place, reason, candidates)
        }
    }
}

/// Hong Kong, Macao and Taiwan: the area is enough, unless the address ends in
/// another province.
fn in_area(area: &'static str, hits: &[(Hit, bool)]) -> Outcome {
    let other = |(hit, _): &(Hit, bool)| {
        hit.general
            && hit.weight == Weight::Strong
            && hit.meanings.iter().any(|meaning| {
                meaning.level == Level::Province && Some(meaning.province) != province_of_area(area)
            })
    };
    if !hits.iter().any(other) {
        return Outcome::Resolved(country_place(area));
    }
    let mut candidates = vec![country_place(area)];
    let found = decide::all_places(hits).into_iter();
    candidates.extend(found.filter(|place| place.country != Some(area)));
    unresolved(Place::default(), Reason::Contradiction, candidates)
}

/// Whether the names alone show that the row is about China.
fn tells_china(hits: &[(Hit, bool)]) -> bool {
    hits.iter().any(|(hit, _)| {
        let level = |level| hit.meanings.iter().any(|meaning| meaning.level == level);
        hit.weight == Weight::Strong
            && (hit.han
                || level(Level::Province)
                || level(Level::City) && hit.len >= SHORTEST_TELLING_CITY)
    })
}

/// The hits of the columns and of the address, specific before general as in
/// an English address: address, city, province.
fn row_hits(input: &AddressInput, address: &Text) -> Vec<(Hit, bool)> {
    let mut hits: Vec<_> = scan(address).into_iter().map(|hit| (hit, false)).collect();
    let mut offset = address.words.len();
    let country = if find_country(input.country).is_some() { "" } else { input.country };
    for (column, is_city) in [(input.city, true), (input.province, false), (country, false)] {
        if column.trim().is_empty() {
            continue;
        }
        let text = Text::parse(column);
        for mut hit in scan(&text) {
            hit.from += offset;
            hit.to += offset;
            hits.push((hit, is_city));
        }
        offset += text.words.len();
    }
    hits
}

/// Places in the name of the company, for a person to look at.
fn name_places(name: &str) -> Vec<Place> {
    let hits: Vec<_> = scan(&Text::parse(name)).into_iter().map(|hit| (hit, false)).collect();
    decide::all_places(&hits)
}

/// Most words of a country's name that are tried.
const MOST_COUNTRY_WORDS: usize = 7;

/// The country that an address names: at its end in English, at its start in
/// Chinese.
fn address_country(text: &Text) -> Option<&'static str> {
    let first = text.words.first()?;
    if first.kind == Kind::Han {
        return leading_country(text.word(0));
    }
    let trailing = |at: &usize| text.words[*at - 1].kind == Kind::Number;
    let skipped = (1..=text.words.len()).rev().take_while(trailing).count();
    let end = text.words.len() - skipped;
    let segment = text.words.get(end.checked_sub(1)?)?.segment;
    let same = |at: &usize| text.words[*at].segment == segment;
    let from = (end.saturating_sub(MOST_COUNTRY_WORDS)..end).find(same)?;
    for start in from..end {
        let name = text.slice(start, end);
        if let Some(country) = named(name) {
            return Some(country.code);
        }
        // "Inner Mongolia" is a place of China before "Mongolia" is a country.
        if names::meanings(name).is_some() {
            return None;
        }
    }
    None
}

fn leading_country(run: &str) -> Option<&'static str> {
    let ends: Vec<usize> = run.char_indices().map(|(at, c)| at + c.len_utf8()).take(11).collect();
    let found = ends.iter().rev().find_map(|end| {
        let after = &run[*end..];
        named(&run[..*end]).filter(|_| !words::han_names_something_else(after, false))
    });
    found.map(|country| country.code)
}

#[cfg(test)]
mod tests;
