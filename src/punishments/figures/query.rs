//! What figures are asked for in an address, checked.

use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::figures::query::{Asked, FiguresQuery};
use crate::page::filters::{given, query_string};
use crate::page::paging::Cursor;

/// The filters of the figures, and of the cases behind one of their numbers.
#[derive(Clone, Debug, Default, rocket::FromForm)]
pub struct CasesQuery {
    /// `YYYY-MM-DD`, the first day of the year when missing.
    pub from: Option<String>,
    /// The last day of the year when missing.
    pub to: Option<String>,
    /// Id of a region scheme.
    pub scheme: Option<String>,
    /// See [`super::rows::Which`].
    pub which: Option<String>,
    /// A measure, or `none` for cases without one.
    pub measure: Option<String>,
    pub severity: Option<String>,
    /// Code of a violation.
    pub violation: Option<String>,
    /// Code of a region of the scheme, `outside` or `unresolved`.
    pub region: Option<String>,
    /// Where the rows go on.
    pub after: Option<String>,
}

impl CasesQuery {
    fn days(&self) -> FiguresQuery {
        FiguresQuery {
            from: self.from.clone(),
            to: self.to.clone(),
            scheme: self.scheme.clone(),
            ..FiguresQuery::default()
        }
    }

    /// What is asked for, or a problem for each field that cannot be understood.
    pub fn asked(&self, c: &mut AnyConnection) -> Result<Asked, Error> {
        self.days().asked(c)
    }

    /// What was typed, for the form.
    pub fn values(&self) -> Vec<(String, String)> {
        self.days().values()
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
            ("which", given(&self.which)),
            ("measure", given(&self.measure)),
            ("severity", given(&self.severity)),
            ("violation", given(&self.violation)),
            ("region", given(&self.region)),
            ("after", Some(place.as_str())),
        ])
    }
}
