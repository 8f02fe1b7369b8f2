//! The filters of the register of signatures as they stand in the address, shared by the page and its
//! export.

use rocket::form::FromForm;

use super::Method;
use super::list::{Asked, Counting};
use crate::page::filters::{given, query_string};

/// The query string of the register. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
pub struct SignatureQuery {
    /// Code of a clause.
    pub clause: Option<String>,
    pub method: Option<String>,
    /// Whether they count: "counting" or "void".
    pub state: Option<String>,
    /// The number of the last signature of the page before.
    pub before: Option<String>,
}

impl SignatureQuery {
    pub fn asked(&self) -> Asked {
        Asked {
            clause: given(&self.clause).map(str::to_string),
            method: given(&self.method).and_then(Method::parse),
            state: given(&self.state).and_then(Counting::parse),
        }
    }

    pub fn before(&self) -> Option<i64> {
        given(&self.before).and_then(|number| number.parse().ok())
    }

    fn pairs(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("clause", given(&self.clause)),
            ("method", given(&self.method)),
            ("state", given(&self.state)),
        ]
    }

    /// The filters as a query string without `?`.
    pub fn filters(&self) -> String {
        query_string(self.pairs())
    }

    /// The address of the page after a signature of a number.
    pub fn next(&self, before: i64) -> String {
        let before = before.to_string();
        let all = self.pairs().into_iter().chain([("before", Some(before.as_str()))]);
        format!("/signatures?{}", query_string(all))
    }

    /// True when anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        self.pairs().iter().any(|(_, value)| value.is_some())
    }

    pub fn is(&self, field: &Option<String>, value: &str) -> bool {
        given(field) == Some(value)
    }
}
