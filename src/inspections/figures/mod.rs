//! Figures: inspections by period and region, findings by severity, what was closed on time, what
//! repeats, and where.
//!
//! An inspection counts on the day of its visit, or while there was none on the day that is planned; a
//! finding on the day of the visit. Regions are those in which the company was then.

pub mod api;
pub mod calendar;
pub mod document;
pub mod files;
pub mod heat;
pub mod inspected;
pub mod of_supplier;
pub mod period;
pub mod query;
pub mod raised;
pub mod routes;
mod routes_calendar;
mod routes_files;
mod routes_rows;
mod routes_supplier;
pub mod rows;

use std::collections::HashMap;

use super::{Severity, Status};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::regions::{OUTSIDE, Scheme, UNRESOLVED, region_code};
use crate::values::now;
use heat::Heat;
use inspected::Inspected;
use query::Asked;
use raised::Raised;

/// The severities, the worst first.
pub const SEVERITIES: [Severity; 3] = [Severity::Critical, Severity::Major, Severity::Minor];

/// Everything that is counted for a period.
#[derive(Debug)]
pub struct Figures {
    pub asked: Asked,
    pub inspected: Inspected,
    pub raised: Raised,
    pub heat: Heat,
}

/// The figures of a period, within what somebody may see: a dozen queries whatever there is.
pub fn load(c: &mut AnyConnection, asked: Asked, scope: &Scope) -> Result<Figures, Error> {
    let today = now().date();
    Ok(Figures {
        inspected: inspected::load(c, &asked, scope, today)?,
        raised: raised::load(c, &asked, scope, today)?,
        heat: heat::load(c, &asked, scope)?,
        asked,
    })
}

/// Inspections by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visits {
    /// Signed off.
    pub done: i64,
    /// Still to come, or under way.
    pub planned: i64,
    pub cancelled: i64,
}

impl Visits {
    fn add(&mut self, status: Status, number: i64) {
        let of = match status {
            _ if status.is_done() => &mut self.done,
            Status::Cancelled => &mut self.cancelled,
            _ => &mut self.planned,
        };
        *of += number;
    }

    pub fn all(&self) -> i64 {
        self.done + self.planned + self.cancelled
    }
}

/// A share in tenths of a percent, rounded down: what is not whole never looks whole. `None` of nothing.
pub fn share(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| part * 1000 / whole)
}

/// 123 → "12.3"; "–" for nothing.
pub fn tenths(number: Option<i64>) -> String {
    number.map_or("–".into(), |number| format!("{}.{}", number / 10, number % 10))
}

/// A quotient in tenths, halves rounded up. `None` of nothing.
pub fn quotient(number: i64, by: i64) -> Option<i64> {
    (by > 0).then(|| (number * 20 + by) / (by * 2))
}

/// Place of a severity in [`SEVERITIES`].
fn place_of(severity: Severity) -> usize {
    match severity {
        Severity::Critical => 0,
        Severity::Major => 1,
        Severity::Minor => 2,
    }
}

/// The rows of a scheme: the codes of its regions and of the two rest rows, and their places.
pub(crate) struct Rows {
    pub codes: Vec<String>,
    places: HashMap<String, usize>,
}

impl Rows {
    pub fn of(scheme: &Scheme) -> Rows {
        let codes = scheme.regions.iter().map(|region| region.code.as_str());
        let codes: Vec<String> = codes.chain([OUTSIDE, UNRESOLVED]).map(str::to_string).collect();
        let places = codes.iter().cloned().enumerate().map(|(at, code)| (code, at)).collect();
        Rows { codes, places }
    }

    /// The row in which an area is counted.
    pub fn place(&self, scheme: &Scheme, area: &str) -> usize {
        let last = self.codes.len() - 1;
        self.places.get(region_code(scheme, area)).copied().unwrap_or(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_down_and_means_to_the_nearest_tenth() {
        assert_eq!((share(1999, 2000), share(0, 5), share(1, 0)), (Some(999), Some(0), None));
        assert_eq!(
            (quotient(7, 3), quotient(8, 3), quotient(1, 20)),
            (Some(23), Some(27), Some(1))
        );
        assert_eq!((tenths(quotient(12, 1)), tenths(None)), ("12.0".into(), "–".into()));
    }
}
