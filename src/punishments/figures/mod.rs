//! Figures: the cases of a period by measure, region, violation and severity; how long decisions took, for how
//! long measures hold, what became of appeals, and what is overdue.
//!
//! A case counts on the day on which it was proposed, in the region in which the company was then.

pub mod api;
mod counts;
pub mod document;
mod durations;
pub mod files;
pub mod query;
pub mod routes;
mod routes_files;
mod routes_rows;
pub mod rows;

use std::collections::HashMap;

use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Severity;
use crate::inspections::figures::SEVERITIES;
use crate::inspections::figures::query::Asked;
use crate::values::now;
use rows::{TERMS, Which};

/// Code of the row of cases in which nothing is imposed.
pub const NONE: &str = "none";

/// Cases by severity, in the order of [`SEVERITIES`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Code of a region or of a rest row, of a measure or [`NONE`], of a violation, or "" for the whole.
    pub code: String,
    pub cases: [i64; 3],
}

impl Line {
    fn of(code: &str) -> Line {
        Line { code: code.into(), cases: [0; 3] }
    }

    pub fn all(&self) -> i64 {
        self.cases.iter().sum()
    }
}

/// From the proposal to the decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duration {
    /// Cases that were decided.
    pub decided: i64,
    /// In tenths of days. `None` where nothing was decided.
    pub median: Option<i64>,
    /// In days.
    pub longest: Option<i64>,
}

/// Everything that is counted for a period.
#[derive(Debug)]
pub struct Figures {
    pub asked: Asked,
    pub whole: Line,
    /// In the order of [`super::Measure::ALL`], [`NONE`] last.
    pub measures: Vec<Line>,
    /// In the order of the scheme, the rest rows last.
    pub regions: Vec<Line>,
    /// The violation with the most cases first.
    pub violations: Vec<Line>,
    /// English and Chinese names of violations by their codes.
    pub names: HashMap<String, (String, String)>,
    /// Cases for each of [`Which::ALL`].
    counted: HashMap<Which, i64>,
    /// For each of [`SEVERITIES`], all together last.
    pub durations: [Duration; 4],
}

impl Figures {
    /// The cases that something is true of.
    pub fn count(&self, which: Which) -> i64 {
        self.counted.get(&which).copied().unwrap_or_default()
    }

    /// Measures by their terms.
    pub fn terms(&self) -> [(Which, i64); TERMS.len()] {
        TERMS.map(|term| (term, self.count(term)))
    }

    /// Appeals that were heard.
    pub fn heard(&self) -> i64 {
        [Which::Upheld, Which::Varied, Which::Overturned].map(|one| self.count(one)).iter().sum()
    }

    /// What a violation is called: English, Chinese.
    pub fn name<'f>(&'f self, code: &'f str) -> (&'f str, &'f str) {
        match self.names.get(code) {
            Some((english, chinese)) => (english, chinese),
            None => (code, code),
        }
    }
}

/// The figures of a period, within what somebody may see: three queries whatever there is.
pub fn load(c: &mut AnyConnection, asked: Asked, scope: &Scope) -> Result<Figures, Error> {
    let mut found = counts::load(c, asked, scope, now().date())?;
    found.durations = durations::load(c, &found.asked, scope)?;
    found.names = counts::names(c)?;
    Ok(found)
}

/// Place of a severity in [`SEVERITIES`].
fn place_of(severity: Severity) -> usize {
    SEVERITIES.iter().position(|one| *one == severity).unwrap_or_default()
}
