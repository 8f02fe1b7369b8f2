//! How long something still holds, in words and with a mark: never by colour alone.

use chrono::NaiveDate;

use crate::texts::Texts;

/// Days before its end from which on something is said to run out soon.
pub const SOON: i64 = 90;
/// Days before its end from which on it is urgent.
pub const URGENT: i64 = 30;

/// How long something still holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expiry {
    /// Days that are left: 0 on the last day, below zero once it has run out; `None` without an end.
    pub days: Option<i64>,
    /// Class of the mark: `ok`, `wait`, `due` or `stop`.
    pub mark: &'static str,
    /// Key of the text, which counts the days `n`.
    pub key: &'static str,
}

/// How long something holds whose last day is `valid_to`, seen from a day.
pub fn expiry(valid_to: Option<NaiveDate>, today: NaiveDate) -> Expiry {
    let Some(last) = valid_to else {
        return Expiry { days: None, mark: "ok", key: "expiry-none" };
    };
    let days = (last - today).num_days();
    let (mark, key) = match days {
        ..0 => ("stop", "expiry-past"),
        0..=URGENT => ("due", "expiry-left"),
        _ if days <= SOON => ("wait", "expiry-left"),
        _ => ("ok", "expiry-left"),
    };
    Expiry { days: Some(days), mark, key }
}

impl Expiry {
    /// "runs out in 23 days", "ran out 3 days ago", "no end".
    pub fn text(&self, texts: &Texts) -> String {
        texts.count(self.key, self.days.unwrap_or_default().abs())
    }
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::texts::Language;

    fn on(days: i64) -> Expiry {
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let (later, earlier) = (days.max(0) as u64, (-days).max(0) as u64);
        expiry(Some(today + Days::new(later) - Days::new(earlier)), today)
    }

    #[test]
    fn the_mark_and_the_words_change_on_the_same_days() {
        let marks = [-1, 0, 30, 31, 90, 91].map(|days| on(days).mark);
        assert_eq!(marks, ["stop", "due", "due", "wait", "wait", "ok"]);
        let english = [-3, -1, 0, 1, 23].map(|days| on(days).text(Language::English.texts()));
        assert_eq!(
            english,
            [
                "ran out 3 days ago",
                "ran out yesterday",
                "runs out today",
                "runs out tomorrow",
                "runs out in 23 days"
            ]
        );
        assert_eq!(on(23).text(Language::Chinese.texts()), "23 天后到期");
    }

    #[test]
    fn what_has_no_end_does_not_run_out() {
        let never = expiry(None, NaiveDate::from_ymd_opt(2026, 3, 1).unwrap());
        assert_eq!((never.days, never.mark), (None, "ok"));
        assert_eq!(never.text(Language::English.texts()), "no end");
    }
}
