//! Points off the score for cases decided against a company: whole while the measure holds, then half of them
//! every year.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::punishments::Status;
use crate::schema::{punishment_cases, punishment_standards};

/// Days after its end in which half of what a measure takes off fades (ESG method, section 5).
const HALF_LIFE: f64 = 365.0;
/// Less than this is nothing in a score of two decimals.
const NOTHING: f64 = 0.005;

/// What a case takes off a company's score on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Penalty {
    pub supplier_id: String,
    /// For whoever may see why.
    pub case_id: String,
    /// More than 0.
    pub points: f64,
    /// The day from which they fade; 9999-12-31 without an end.
    pub fades_from: NaiveDate,
}

/// A decided case as it counts: company, id, the day after its term, its earlier end, points of its standard.
type Decided = (String, String, Option<NaiveDate>, Option<NaiveDateTime>, i64);

/// What cases take off the scores of companies on a day, in one query; those of which nothing is left are left
/// out, and so are those whose appeal was followed.
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
            punishment_cases::to_on,
            punishment_cases::ended_at,
            punishment_standards::points,
        ))
        .load(c)?;
    let penalty = |(supplier_id, case_id, to, ended, points): Decided| {
        let to = to?;
        let fades_from = ended.map_or(to, |ended| to.min(ended.date()));
        let points = points_on(points, fades_from, on);
        (points >= NOTHING).then_some(Penalty { supplier_id, case_id, points, fades_from })
    };
    Ok(found.into_iter().filter_map(penalty).collect())
}

/// Points that are whole up to the end of a measure, and half as many after every year from there.
fn points_on(points: i64, fades_from: NaiveDate, on: NaiveDate) -> f64 {
    let days = (on - fades_from).num_days().max(0);
    points as f64 * libm::exp2(-(days as f64) / HALF_LIFE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_whole_until_the_measure_ends_and_half_after_every_year() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let end = day(2026, 1, 1);
        let on = |day| points_on(12, end, day);
        assert_eq!(on(day(2025, 6, 30)), 12.0);
        assert_eq!(on(end), 12.0);
        assert_eq!(on(day(2027, 1, 1)), 6.0);
        assert_eq!(on(day(2028, 1, 1)), 3.0);
        assert!(on(day(2026, 1, 2)) < 12.0);
    }
}
