//! The list's filters as they stand in the address, shared by the page and its export.

use rocket::form::FromForm;

use super::list::{Asked, State};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Severity;
use crate::page::filters::{given, query_string};
use crate::page::paging::Cursor;
use crate::regions;
use crate::suppliers::query::DEFAULT_SCHEME;

/// The query string of the list. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
pub struct CaseQuery {
    /// One of [`State`]; what is not settled when missing.
    pub state: Option<String>,
    pub violation: Option<String>,
    pub severity: Option<String>,
    /// Id of a region scheme.
    pub scheme: Option<String>,
    /// Code of a region of the scheme, `outside` or `unresolved`.
    pub region: Option<String>,
    /// "S-000123", or the digits alone.
    pub supplier: Option<String>,
    pub after: Option<String>,
}

impl CaseQuery {
    pub fn scheme_id(&self) -> &str {
        given(&self.scheme).unwrap_or(DEFAULT_SCHEME)
    }

    pub fn state(&self) -> State {
        given(&self.state).and_then(State::parse).unwrap_or(State::Unsettled)
    }

    pub fn asked(&self, c: &mut AnyConnection) -> Result<Asked, Error> {
        Ok(Asked {
            violation: given(&self.violation).map(str::to_string),
            severity: given(&self.severity).and_then(Severity::parse),
            areas: areas(c, self.scheme_id(), given(&self.region))?,
            supplier_number: given(&self.supplier).and_then(number_of),
            ..Asked::all(self.state())
        })
    }

    pub fn after(&self) -> Option<Cursor> {
        given(&self.after).and_then(Cursor::decode)
    }

    fn pairs(&self) -> [(&'static str, Option<&str>); 6] {
        [
            ("state", given(&self.state)),
            ("violation", given(&self.violation)),
            ("severity", given(&self.severity)),
            ("scheme", given(&self.scheme)),
            ("region", given(&self.region)),
            ("supplier", given(&self.supplier)),
        ]
    }

    /// The filters as a query string without `?`, one of them replaced or, with "", dropped.
    pub fn with(&self, name: &'static str, value: &str) -> String {
        let kept = self.pairs().into_iter().filter(|(one, _)| *one != name);
        query_string(kept.chain([(name, Some(value))]))
    }

    /// The address of the page after a row.
    pub fn next(&self, after: &Cursor) -> String {
        format!("/punishments?{}", self.with("after", &after.encode()))
    }

    /// True when anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        self.pairs().iter().any(|(name, value)| value.is_some() && *name != "scheme")
    }

    pub fn is(&self, field: &Option<String>, value: &str) -> bool {
        given(field) == Some(value)
    }

    /// What was written in a field.
    pub fn text<'q>(&self, field: &'q Option<String>) -> &'q str {
        given(field).unwrap_or_default()
    }
}

/// The areas of a region of a scheme; `None` without a limit.
pub(super) fn areas(
    c: &mut AnyConnection,
    scheme: &str,
    region: Option<&str>,
) -> Result<Option<Vec<String>>, Error> {
    Ok(match region {
        Some(region) => Some(regions::find_scheme(c, scheme)?.areas_of(region)),
        None => None,
    })
}

/// The number that "S-000123" or "123" names. What names no number names no company.
pub(super) fn number_of(text: &str) -> Option<i64> {
    let digits = text.strip_prefix("S-").or(text.strip_prefix("s-")).unwrap_or(text);
    let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_replaced_and_the_others_stay() {
        let query = CaseQuery {
            state: Some("overdue".into()),
            supplier: Some("S-000012".into()),
            after: Some("x".into()),
            ..Default::default()
        };
        assert_eq!(query.with("state", ""), "supplier=S-000012");
        assert_eq!(
            query.with("severity", "major"),
            "state=overdue&supplier=S-000012&severity=major"
        );
        assert!(query.is_narrowed());
    }
}
