//! What figures are asked for in an address, checked.

use std::borrow::Cow;

use chrono::NaiveDate;
use rocket::form::FromForm;

use super::period::Period;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::page::filters::{given, query_string};
use crate::page::paging::Cursor;
use crate::regions::{Scheme, find_scheme};
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::values::{calendar_day, now};

/// Days of the longest period.
const LONGEST: i64 = 3_660;

/// The filters of the figures, and of the rows behind one of their numbers.
#[derive(Clone, Debug, Default, FromForm)]
pub struct FiguresQuery {
    /// `YYYY-MM-DD`, the first day of the year when missing.
    pub from: Option<String>,
    /// The last day of the year when missing.
    pub to: Option<String>,
    /// Id of a region scheme.
    pub scheme: Option<String>,
    /// See [`super::rows::Measure`].
    pub measure: Option<String>,
    pub severity: Option<String>,
    /// Code of a region of the scheme, `outside` or `unresolved`.
    pub region: Option<String>,
    /// Id of a category, `none` for findings without one.
    pub category: Option<String>,
    /// English name of a section of a checklist.
    pub section: Option<String>,
    /// Where the rows go on.
    pub after: Option<String>,
}

/// The days and the regions that figures are about.
#[derive(Clone, Debug)]
pub struct Asked {
    pub period: Period,
    pub scheme: Cow<'static, Scheme>,
}

impl FiguresQuery {
    /// What is asked for, or a problem for each field that cannot be understood.
    pub fn asked(&self, c: &mut AnyConnection) -> Result<Asked, Error> {
        let mut problems = Problems::default();
        let mut day = |field: &str, text: &Option<String>| -> Option<NaiveDate> {
            let text = given(text)?;
            let day = calendar_day(text);
            if day.is_none() {
                problems.add(Problem::new(field, "report_date"));
            }
            day
        };
        let (from, to) = (day("from", &self.from), day("to", &self.to));
        let year = Period::year_of(from.or(to).unwrap_or_else(|| now().date()));
        let period = Period { from: from.unwrap_or(year.from), to: to.unwrap_or(year.to) };
        if problems.is_empty() && period.to < period.from {
            problems.add(Problem::new("to", "figures_order"));
        } else if (period.to - period.from).num_days() > LONGEST {
            problems.add(Problem::new("to", "figures_long"));
        }
        let scheme = match find_scheme(c, given(&self.scheme).unwrap_or(DEFAULT_SCHEME)) {
            Ok(scheme) => Some(scheme),
            Err(Error::NotFound) => {
                problems.add(Problem::new("scheme", "report_scheme"));
                None
            }
            Err(error) => return Err(error),
        };
        match scheme.filter(|_| problems.is_empty()) {
            Some(scheme) => Ok(Asked { period, scheme }),
            None => Err(problems.into()),
        }
    }

    /// What was typed, for the form.
    pub fn values(&self) -> Vec<(String, String)> {
        let fields = [("from", &self.from), ("to", &self.to), ("scheme", &self.scheme)];
        let typed = |field: &Option<String>| given(field).unwrap_or_default().to_string();
        fields.into_iter().map(|(name, value)| (name.to_string(), typed(value))).collect()
    }

    /// Where the rows go on.
    pub fn place(&self) -> Option<Cursor> {
        given(&self.after).and_then(Cursor::decode)
    }

    /// The filters of the rows as a query string, from a place on.
    pub fn rows_from(&self, place: &Cursor) -> String {
        let place = place.encode();
        query_string([
            ("from", given(&self.from)),
            ("to", given(&self.to)),
            ("scheme", given(&self.scheme)),
            ("measure", given(&self.measure)),
            ("severity", given(&self.severity)),
            ("region", given(&self.region)),
            ("category", given(&self.category)),
            ("section", given(&self.section)),
            ("after", Some(place.as_str())),
        ])
    }
}

impl Asked {
    /// The days and the scheme as a query string, with more fields; those that are "" are left out.
    pub fn with(&self, more: &[(&str, &str)]) -> String {
        self.of(self.period, more)
    }

    /// The same of other days.
    pub fn of(&self, period: Period, more: &[(&str, &str)]) -> String {
        let (from, to) = (period.from.to_string(), period.to.to_string());
        let own =
            [("from", from.as_str()), ("to", to.as_str()), ("scheme", self.scheme.id.as_str())];
        query_string(own.iter().chain(more).map(|(name, value)| (*name, Some(*value))))
    }
}
