//! The days that figures are about.

use chrono::{Datelike, Days, Months, NaiveDate};

/// From a day to a day, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    /// The calendar year of a day.
    pub fn year_of(day: NaiveDate) -> Period {
        let of = |month, last| NaiveDate::from_ymd_opt(day.year(), month, last).unwrap_or(day);
        Period { from: of(1, 1), to: of(12, 31) }
    }

    /// The period before this one: as many months where it is made of whole months, else as many days.
    pub fn before(self) -> Period {
        let to = self.from.pred_opt().unwrap_or(self.from);
        let after = self.to.succ_opt().unwrap_or(self.to);
        let from = if self.from.day() == 1 && after.day() == 1 {
            let years = i64::from(after.year() - self.from.year());
            let months = years * 12 + i64::from(after.month()) - i64::from(self.from.month());
            self.from.checked_sub_months(Months::new(u32::try_from(months).unwrap_or(12)))
        } else {
            let days = (self.to - self.from).num_days().unsigned_abs();
            to.checked_sub_days(Days::new(days))
        };
        Period { from: from.unwrap_or(to), to }
    }

    /// The months that it touches: "2026-03".
    pub fn months(self) -> Vec<String> {
        let mut months = Vec::new();
        let mut next = self.from.with_day(1);
        while let Some(month) = next.filter(|month| *month <= self.to) {
            months.push(month.format("%Y-%m").to_string());
            next = month.checked_add_months(Months::new(1));
        }
        months
    }

    /// The days of one of its months: "2026-03".
    pub fn within(self, month: &str) -> Period {
        let first = format!("{month}-01").parse().unwrap_or(self.from);
        let after = first.checked_add_months(Months::new(1)).unwrap_or(self.to);
        let last = after.pred_opt().unwrap_or(self.to);
        Period { from: first.max(self.from), to: last.min(self.to) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period { from: from.parse().expect("a day"), to: to.parse().expect("a day") }
    }

    #[test]
    fn before_a_year_is_a_year_and_before_ten_days_are_ten_days() {
        let year = Period::year_of("2024-05-06".parse().expect("a day"));
        assert_eq!(year, period("2024-01-01", "2024-12-31"));
        assert_eq!(year.before(), period("2023-01-01", "2023-12-31"));
        assert_eq!(period("2026-04-01", "2026-06-30").before(), period("2026-01-01", "2026-03-31"));
        assert_eq!(period("2026-03-01", "2026-03-10").before(), period("2026-02-19", "2026-02-28"));
        assert_eq!(period("2026-03-05", "2026-03-05").before(), period("2026-03-04", "2026-03-04"));
    }

    #[test]
    fn the_months_of_a_period_are_those_that_it_touches() {
        let some = period("2026-11-15", "2027-01-02");
        assert_eq!(some.months(), ["2026-11", "2026-12", "2027-01"]);
        assert_eq!(some.within("2026-11"), period("2026-11-15", "2026-11-30"));
        assert_eq!(some.within("2027-01"), period("2027-01-01", "2027-01-02"));
    }
}
