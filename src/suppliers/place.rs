//! Where a site is: what the address says, or what a person chose.

use serde::Deserialize;
use validator::Validate;

use crate::error::{Problem, Problems};
use crate::regions::{self, AddressInput, Outcome, Place};

/// What staff write about the place of a site.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PlaceInput {
    /// ISO 3166-1 code, or a country's name as lists write it.
    #[validate(length(max = 100))]
    pub country: String,
    /// GB/T 2260 code when chosen, or a province's name as lists write it.
    #[validate(length(max = 100))]
    pub province: String,
    #[validate(length(max = 100))]
    pub city: String,
    #[validate(length(max = 500))]
    pub address: String,
}

/// A place as a site keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct Located {
    pub country: String,
    /// See the migration: province, country, 'CN' or ''.
    pub area: String,
    pub city: String,
    pub status: PlaceStatus,
    /// Why it is unresolved, "" otherwise.
    pub reason: String,
    /// JSON list of what was found, for a person to choose from.
    pub candidates: String,
}

text_enum! {
    /// How the place of a site is known.
    PlaceStatus {
        /// From the address.
        Resolved = "resolved",
        /// Not known: waits for a person.
        Unresolved = "unresolved",
        /// A person chose it.
        Settled = "settled",
    }
}

/// One of the places that an unresolved address may mean, as kept in JSON.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Candidate {
    pub area: String,
    pub city: String,
}

/// The area code of a place.
pub fn area_of(place: &Place) -> String {
    place.province.or(place.country).unwrap_or_default().to_string()
}

impl PlaceInput {
    /// Rules beyond lengths: a country that was given must be one.
    pub fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        let country = self.country.trim();
        if !country.is_empty() && regions::find_country(country).is_none() {
            problems.add(Problem::new("country", "unknown_country"));
        }
        problems
    }

    /// Finds the place. A chosen province or a chosen foreign country is a person's word.
    pub fn locate(&self, company: &str) -> Located {
        if let Some(province) = regions::province(self.province.trim()) {
            return settled(regions::country_of_province(province.code), province.code, "");
        }
        let input = AddressInput {
            country: &self.country,
            province: &self.province,
            city: &self.city,
            address: &self.address,
            name: company,
        };
        locate(&input)
    }
}

/// Finds the place of an address as a list gives it.
pub fn locate(input: &AddressInput) -> Located {
    match regions::resolve(input) {
        Outcome::Resolved(place) => Located {
            country: place.country.unwrap_or_default().to_string(),
            area: area_of(&place),
            city: place.city.unwrap_or_default().to_string(),
            status: PlaceStatus::Resolved,
            reason: String::new(),
            candidates: "[]".into(),
        },
        Outcome::Unresolved { place, reason, candidates } => {
            let candidates: Vec<Candidate> = candidates
                .iter()
                .take(6)
                .map(|p| Candidate { area: area_of(p), city: p.city.unwrap_or_default().into() })
                .collect();
            Located {
                country: place.country.unwrap_or_default().to_string(),
                area: place.country.unwrap_or_default().to_string(),
                city: String::new(),
                status: PlaceStatus::Unresolved,
                reason: reason.key().to_string(),
                candidates: serde_json::to_string(&candidates).unwrap_or_else(|_| "[]".into()),
            }
        }
    }
}

/// A place that a person chose.
pub fn settled(country: &str, area: &str, city: &str) -> Located {
    Located {
        country: country.to_string(),
        area: area.to_string(),
        city: city.to_string(),
        status: PlaceStatus::Settled,
        reason: String::new(),
        candidates: "[]".into(),
    }
}
