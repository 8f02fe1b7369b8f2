//! What a report is asked for in the address, checked.

use chrono::NaiveDate;
use rocket::form::FromForm;

use super::files::Subject;
use super::regions::Count;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::page::filters::{given, query_string};
use crate::regions::find_scheme;
use crate::values::{now, past_day};

/// The query string of the report and its files.
#[derive(Clone, Debug, Default, FromForm)]
pub struct ReportQuery {
    /// `YYYY-MM-DD`, today when missing.
    pub as_at: Option<String>,
    /// Id of a region scheme, [`DEFAULT_SCHEME`] when missing.
    pub scheme: Option<String>,
    /// `suppliers` (when missing) or `sites`.
    pub count: Option<String>,
    /// A date to compare with.
    pub compare: Option<String>,
    /// Only for the rows behind a number: a region's code or rest row.
    pub region: Option<String>,
    /// Only for the rows behind a number: an area code.
    pub area: Option<String>,
    /// Only for the rows behind a number: the place to go on from.
    pub after: Option<String>,
}

/// The reference report's scheme.
pub const DEFAULT_SCHEME: &str = "cn-six";

impl ReportQuery {
    /// What was asked for and the date to compare with, or a problem for each field that cannot
    /// be understood.
    pub fn check(
        &self,
        c: &mut AnyConnection,
    ) -> Result<Result<(Subject, Option<NaiveDate>), Problems>, Error> {
        let mut problems = Problems::default();
        let mut date = |field: &str, text: &Option<String>| match given(text).map(past_day) {
            None => None,
            Some(Ok(day)) => Some(day),
            Some(Err(code)) => {
                problems.add(Problem::new(field, code));
                None
            }
        };
        let as_at = date("as_at", &self.as_at).unwrap_or_else(|| now().date());
        let compare = date("compare", &self.compare);
        let count = match given(&self.count).map(Count::parse) {
            None => Count::Suppliers,
            Some(Some(count)) => count,
            Some(None) => {
                problems.add(Problem::new("count", "report_count"));
                Count::Suppliers
            }
        };
        let scheme = match find_scheme(c, given(&self.scheme).unwrap_or(DEFAULT_SCHEME)) {
            Ok(scheme) => Some(scheme),
            Err(Error::NotFound) => {
                problems.add(Problem::new("scheme", "report_scheme"));
                None
            }
            Err(error) => return Err(error),
        };
        Ok(match scheme.filter(|_| problems.is_empty()) {
            Some(scheme) => Ok((Subject { as_at, scheme, count }, compare)),
            None => Err(problems),
        })
    }

    /// What was typed, for the form.
    pub fn values(&self) -> Vec<(String, String)> {
        [
            ("as_at", &self.as_at),
            ("scheme", &self.scheme),
            ("count", &self.count),
            ("compare", &self.compare),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_string(), given(value).unwrap_or_default().to_string()))
        .collect()
    }
}

impl Subject {
    /// The parameters of a report as a query string without `?`.
    pub fn query(&self) -> String {
        let as_at = self.as_at.to_string();
        query_string([
            ("as_at", Some(as_at.as_str())),
            ("scheme", Some(&self.scheme.id)),
            ("count", Some(self.count.as_str())),
        ])
    }
}
