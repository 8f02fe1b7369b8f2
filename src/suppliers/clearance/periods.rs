//! Sets of moments, as lists of periods.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::Period;

/// From the beginning of a day to the end of another; without a last day, without an end.
pub fn days(from: NaiveDate, last: Option<NaiveDate>) -> Period {
    let after = last.and_then(|day| day.checked_add_days(Days::new(1)));
    Period { from: midnight(from), to: after.map_or(NaiveDateTime::MAX, midnight) }
}

fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}

/// The same moments, in order, without overlaps and without empty periods.
pub fn tidy(mut periods: Vec<Period>) -> Vec<Period> {
    periods.retain(|period| period.from < period.to);
    periods.sort_by_key(|period| period.from);
    let mut tidied: Vec<Period> = Vec::with_capacity(periods.len());
    for period in periods {
        match tidied.last_mut() {
            Some(last) if period.from <= last.to => last.to = last.to.max(period.to),
            _ => tidied.push(period),
        }
    }
    tidied
}

/// The moments of `whole` that are in none of `taken`.
pub fn without(whole: &[Period], taken: &[Period]) -> Vec<Period> {
    let taken = tidy(taken.to_vec());
    let mut left = Vec::new();
    for period in tidy(whole.to_vec()) {
        let mut from = period.from;
        for hole in taken.iter().filter(|hole| hole.to > period.from && hole.from < period.to) {
            left.push(Period { from, to: hole.from });
            from = from.max(hole.to);
        }
        left.push(Period { from, to: period.to });
    }
    tidy(left)
}

/// The moments that are in both.
pub fn both(one: &[Period], other: &[Period]) -> Vec<Period> {
    let mut common = Vec::new();
    for a in one {
        for b in other {
            common.push(Period { from: a.from.max(b.from), to: a.to.min(b.to) });
        }
    }
    tidy(common)
}

/// The period that a moment is in.
pub fn at(periods: &[Period], moment: NaiveDateTime) -> Option<Period> {
    periods.iter().copied().find(|period| period.from <= moment && moment < period.to)
}

/// The last day of a period, `None` when it has no end.
pub fn last_day(period: &Period) -> Option<NaiveDate> {
    let end = (period.to != NaiveDateTime::MAX).then_some(period.to)?;
    let before = end.checked_sub_signed(chrono::Duration::microseconds(1))?;
    Some(before.date())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: u32, last: u32) -> Period {
        let day = |n| NaiveDate::from_ymd_opt(2026, 1, n).unwrap();
        days(day(from), Some(day(last)))
    }

    #[test]
    fn periods_that_touch_are_one_and_empty_ones_are_none() {
        let empty = Period { from: span(5, 5).from, to: span(5, 5).from };
        assert_eq!(tidy(vec![span(4, 6), span(1, 3), empty, span(9, 9)]), [span(1, 6), span(9, 9)]);
    }

    #[test]
    fn what_is_left_and_what_is_common_make_the_whole() {
        let (whole, taken) = (vec![span(1, 10), span(20, 25)], vec![span(3, 4), span(8, 21)]);
        let (left, common) = (without(&whole, &taken), both(&whole, &taken));
        assert_eq!(left, [span(1, 2), span(5, 7), span(22, 25)]);
        assert_eq!(common, [span(3, 4), span(8, 10), span(20, 21)]);
        assert_eq!(tidy([left, common].concat()), tidy(whole));
        assert_eq!(without(&[span(1, 2)], &[span(1, 5)]), []);
    }

    #[test]
    fn the_last_day_of_a_period_is_included() {
        let period = span(1, 10);
        assert_eq!(last_day(&period), NaiveDate::from_ymd_opt(2026, 1, 10));
        assert_eq!(last_day(&days(period.from.date(), None)), None);
        let evening = period.to - chrono::Duration::microseconds(1);
        assert!(at(&[period], evening).is_some() && at(&[period], period.to).is_none());
    }
}
