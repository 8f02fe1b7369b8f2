//! What holds for a whole list.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::suppliers::Stage;
use crate::values::now;

/// How a list is taken over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Options {
    /// Rows of the same company are not put together.
    pub each_row_a_supplier: bool,
    /// The stage of rows that name none; "" for active: a firm's list holds its suppliers.
    pub stage: String,
    /// The day (YYYY-MM-DD) since when the companies are suppliers, where a row names none; "" for
    /// the moment of the import.
    pub since: String,
}

impl Options {
    /// The stage of rows that name none.
    pub fn stage(&self) -> Stage {
        Stage::parse(&self.stage).unwrap_or(Stage::Active)
    }

    /// Where the history of rows without a date begins.
    pub fn since(&self) -> NaiveDateTime {
        day(&self.since).map_or_else(now, |day| day.and_time(Default::default()))
    }
}

/// The day that a text names, in the forms that mean the same everywhere: 2021-03-31, 2021/3/31,
/// 2021.3.31, 2021年3月31日, 20210331, with or without a time behind it.
pub fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let date = text.split([' ', 'T']).next().unwrap_or_default();
    let date = date.trim_end_matches('日').replace(['/', '.', '年', '月'], "-");
    if date.len() == 8 && date.bytes().all(|b| b.is_ascii_digit()) {
        return within(NaiveDate::parse_from_str(&date, "%Y%m%d").ok()?);
    }
    let mut parts = date.split('-');
    let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
    let (month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    if parts.next().is_some() {
        return None;
    }
    within(NaiveDate::from_ymd_opt(year, month, day)?)
}

/// Days that a relationship can have begun on: not before 1900, not in the future.
fn within(day: NaiveDate) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1900, 1, 1)?;
    (day >= first && day <= now().date().succ_opt()?).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_form_that_can_mean_only_one() {
        let wanted = NaiveDate::from_ymd_opt(2021, 3, 9);
        for text in [
            "2021-03-09",
            "2021/3/9",
            "2021.03.09",
            "2021年3月9日",
            "20210309",
            "2021-03-09 00:00:00",
            "2021-03-09T10:00:00",
        ] {
            assert_eq!(day(text), wanted, "{text}");
        }
        for text in ["03/09/2021", "9.3.21", "2021-13-01", "2999-01-01", "1021-01-01", "soon", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
