//! Points off the score for cases decided against a company, fewer day by day.

use chrono::{Months, NaiveDate};
use diesel::prelude::*;

use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::punishments::{Measure, Status};
use crate::schema::{punishment_cases, punishment_standards};
use crate::values::forever;

/// Months in which points go down where a measure has no term, or no end.
const MONTHS: u32 = 24;

/// What a case takes off a company's score on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Penalty {
    pub supplier_id: String,
    /// For whoever may see why.
    pub case_id: String,
    /// More than 0.
    pub points: f64,
    /// The first day on which nothing is left of it.
    pub until: NaiveDate,
}

/// A decided case as it counts: company, id, measure, days, points of its standard.
type Decided = (String, String, Option<Measure>, Option<NaiveDate>, Option<NaiveDate>, i64);

/// What cases take off the scores of companies on a day, in one query; those that count no more are left out, and
/// so are those whose appeal was followed.
pub fn penalties_of(
    c: &mut AnyConnection,
    supplier_ids: &[&str],
    on: NaiveDate,
) -> Result<Vec<Penalty>, Error> {
    let counting =
        [Status::InForce, Status::Appealed, Status::Released, Status::Expired, Status::Lifted];
    let found: Vec<Decided> = punishment_cases::table
        .inner_join(
            punishment_standards::table
                .on(punishment_standards::id.eq(punishment_cases::standard_id)),
        )
        .filter(among(punishment_cases::supplier_id, supplier_ids.iter().copied()))
        .filter(among(punishment_cases::status, counting.map(|status| status.as_str())))
        .filter(punishment_cases::from_on.le(on))
        .order((punishment_cases::from_on, punishment_cases::id))
        .select((
            punishment_cases::supplier_id,
            punishment_cases::id,
            punishment_cases::measure,
            punishment_cases::from_on,
            punishment_cases::to_on,
            punishment_standards::points,
        ))
        .load(c)?;
    let penalty = |(supplier_id, case_id, measure, from, to, points): Decided| {
        let (from, until) = (from?, until(measure?, from?, to?));
        let points = points_on(points, from, until, on);
        (points > 0.0).then_some(Penalty { supplier_id, case_id, points, until })
    };
    Ok(found.into_iter().filter_map(penalty).collect())
}

/// The day on which nothing is left.
fn until(measure: Measure, from: NaiveDate, to: NaiveDate) -> NaiveDate {
    let has_term = measure != Measure::Warning && to != forever().date();
    if has_term { to } else { from.checked_add_months(Months::new(MONTHS)).unwrap_or(to) }
}

/// Points that go down evenly from the first day to nothing on the last.
fn points_on(points: i64, from: NaiveDate, until: NaiveDate, on: NaiveDate) -> f64 {
    let (whole, left) = ((until - from).num_days(), (until - on).num_days());
    if on < from || left <= 0 || whole <= 0 {
        return 0.0;
    }
    points as f64 * left as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn points_go_down_evenly_from_the_first_day_to_nothing_on_the_last() {
        let (from, until) = (day(2026, 1, 1), day(2026, 1, 11));
        let on = |day| points_on(20, from, until, day);
        assert_eq!(on(day(2025, 12, 31)), 0.0);
        assert_eq!(on(from), 20.0);
        assert_eq!(on(day(2026, 1, 6)), 10.0);
        assert_eq!(on(day(2026, 1, 10)), 2.0);
        assert_eq!((on(until), on(day(2027, 1, 1))), (0.0, 0.0));
    }

    #[test]
    fn without_a_term_or_an_end_they_go_down_over_24_months() {
        let (from, end) = (day(2026, 1, 1), day(2028, 1, 1));
        assert_eq!(until(Measure::Suspension, from, day(2026, 7, 1)), day(2026, 7, 1));
        assert_eq!(until(Measure::Elimination, from, day(9999, 12, 31)), end);
        assert_eq!(until(Measure::Warning, from, day(2026, 1, 7)), end);
        assert_eq!(until(Measure::Elimination, from, day(2031, 1, 1)), day(2031, 1, 1));
    }
}
