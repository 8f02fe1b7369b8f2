//! What an import found, in numbers.

use serde::{Deserialize, Serialize};

use super::Outcome;

/// The counts of an import. Everything but the suppliers counts rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Rows with content below the header.
    pub rows: i64,
    pub suppliers_new: i64,
    /// Suppliers that the register had before and that the file names.
    pub suppliers_matched: i64,
    /// Sites that come into the register, the registered one of each new supplier included.
    pub sites_new: i64,
    /// Of these sites, how many have a place that a person must settle.
    pub unresolved: i64,
    pub duplicates: i64,
    pub errors: i64,
    /// Rows that name a site of a supplier already in the register.
    pub rows_matched: i64,
    /// Rows that bring another site to a supplier that is new, or was there before.
    pub rows_site: i64,
    pub rows_matched_site: i64,
}

impl Counts {
    /// Counts a row that ends in `outcome`.
    pub fn add(&mut self, outcome: Outcome, unresolved: bool) {
        self.rows += 1;
        match outcome {
            Outcome::New => self.suppliers_new += 1,
            Outcome::Site => self.rows_site += 1,
            Outcome::Matches => self.rows_matched += 1,
            Outcome::MatchesSite => self.rows_matched_site += 1,
            Outcome::Duplicate => self.duplicates += 1,
            Outcome::Error => self.errors += 1,
        }
        if outcome.adds_site() {
            self.sites_new += 1;
            self.unresolved += i64::from(unresolved);
        }
    }

    /// How many rows ended in `outcome`.
    pub fn of(&self, outcome: Outcome) -> i64 {
        match outcome {
            Outcome::New => self.suppliers_new,
            Outcome::Site => self.rows_site,
            Outcome::Matches => self.rows_matched,
            Outcome::MatchesSite => self.rows_matched_site,
            Outcome::Duplicate => self.duplicates,
            Outcome::Error => self.errors,
        }
    }

    /// Whether a confirmation would write anything.
    pub fn brings_something(&self) -> bool {
        self.sites_new > 0
    }
}
