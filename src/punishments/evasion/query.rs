//! The list's filters as they stand in the address.

use rocket::form::FromForm;

use super::Kind;
use super::list::{Asked, State};
use crate::page::filters::{given, query_string};
use crate::page::paging::Cursor;

/// The query string of the list. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
pub struct LinkQuery {
    /// One of [`State`]; what is still to be settled when missing.
    pub state: Option<String>,
    /// One of [`Kind`].
    pub kind: Option<String>,
    /// "S-000123", or the digits alone: the company that is held.
    pub supplier: Option<String>,
    pub after: Option<String>,
}

impl LinkQuery {
    pub fn state(&self) -> State {
        given(&self.state).and_then(State::parse).unwrap_or(State::Held)
    }

    pub fn asked(&self) -> Asked {
        Asked {
            state: self.state(),
            kind: given(&self.kind).and_then(Kind::parse),
            supplier_number: given(&self.supplier).and_then(number_of),
        }
    }

    pub fn after(&self) -> Option<Cursor> {
        given(&self.after).and_then(Cursor::decode)
    }

    fn pairs(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("state", given(&self.state)),
            ("kind", given(&self.kind)),
            ("supplier", given(&self.supplier)),
        ]
    }

    /// The address of the page after a row.
    pub fn next(&self, after: &Cursor) -> String {
        let after = after.encode();
        let all = self.pairs().into_iter().chain([("after", Some(after.as_str()))]);
        format!("/evasion-links?{}", query_string(all))
    }

    /// True when anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        self.pairs().iter().any(|(_, value)| value.is_some())
    }

    pub fn is(&self, field: &Option<String>, value: &str) -> bool {
        given(field) == Some(value)
    }

    /// What was written in a field.
    pub fn text<'q>(&self, field: &'q Option<String>) -> &'q str {
        given(field).unwrap_or_default()
    }
}

/// The number that "S-000123" or "123" names. What names no number names no company.
pub(super) fn number_of(text: &str) -> Option<i64> {
    let digits = text.strip_prefix("S-").or(text.strip_prefix("s-")).unwrap_or(text);
    let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_plain)
}
