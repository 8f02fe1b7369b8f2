//! What of the calendar is asked for, as it stands in the address. What cannot be there is left out.

use chrono::{Datelike, Months, NaiveDate};
use rocket::form::FromForm;

use super::{Kind, Place};
use crate::page::paging::Cursor;
use crate::values::calendar_day;

/// The query string of the calendar.
#[derive(Clone, Debug, Default, FromForm)]
pub struct CalendarQuery {
    /// "2027-03".
    pub month: Option<String>,
    /// "2027-03-01": only this day, as a list.
    pub day: Option<String>,
    /// "yes": only what ran out, as a list.
    pub overdue: Option<String>,
    pub kind: Option<String>,
    /// "yes": only companies that one looks after.
    pub mine: Option<String>,
    /// Where the list goes on.
    pub after: Option<String>,
}

impl CalendarQuery {
    /// The first day of the month asked for; of today's without one.
    pub fn month(&self, today: NaiveDate) -> NaiveDate {
        let asked = self.month.as_deref().and_then(|month| calendar_day(&format!("{month}-01")));
        asked.or_else(|| today.with_day(1)).unwrap_or(today)
    }

    pub fn day(&self) -> Option<NaiveDate> {
        self.day.as_deref().and_then(calendar_day)
    }

    pub fn is_overdue(&self) -> bool {
        self.overdue.as_deref() == Some("yes")
    }

    pub fn kind(&self) -> Option<Kind> {
        self.kind.as_deref().and_then(Kind::parse)
    }

    pub fn is_mine(&self) -> bool {
        self.mine.as_deref() == Some("yes")
    }

    pub fn place(&self) -> Option<Place> {
        self.after.as_deref().and_then(Cursor::decode).as_ref().and_then(Place::of)
    }

    /// The address of a part of the calendar, "month=2027-03", with a kind and whose.
    pub fn address(&self, part: &str, kind: Option<Kind>, mine: bool) -> String {
        let kind = kind.map(|kind| format!("kind={}", kind.as_str()));
        let mine = mine.then(|| "mine=yes".to_string());
        let part = Some(part.to_string()).filter(|part| !part.is_empty());
        let all: Vec<String> = [part, kind, mine].into_iter().flatten().collect();
        let query = all.join("&");
        if query.is_empty() { "/calendar".into() } else { format!("/calendar?{query}") }
    }
}

/// The month before, and the one after, where there are any.
pub fn beside(month: NaiveDate) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let within = |day: &NaiveDate| (1900..9999).contains(&day.year());
    let one = Months::new(1);
    let before = month.checked_sub_months(one).filter(within);
    (before, month.checked_add_months(one).filter(within))
}
