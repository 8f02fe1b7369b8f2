//! The register's filters as they stand in the address, shared by the page and its export.

use rocket::form::FromForm;

use super::list::{Asked, Ends};
use super::{Status, types};
use crate::page::filters::{given, query_string};
use crate::page::paging::Cursor;

/// The query string of the register. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
pub struct CertificateQuery {
    /// The beginning of a number, or of a word of a company's name.
    pub q: Option<String>,
    /// Id of a type.
    #[field(name = "type")]
    pub type_id: Option<String>,
    pub pillar: Option<String>,
    pub state: Option<String>,
    pub ends: Option<String>,
    pub after: Option<String>,
}

impl CertificateQuery {
    pub fn asked(&self) -> Asked {
        Asked {
            text: given(&self.q).unwrap_or_default().chars().take(200).collect(),
            type_id: given(&self.type_id)
                .filter(|id| types::find(id).is_some())
                .map(str::to_string),
            pillar: given(&self.pillar).filter(|one| pillars().contains(one)).map(str::to_string),
            status: given(&self.state).and_then(Status::parse),
            ends: given(&self.ends).and_then(Ends::parse),
        }
    }

    pub fn after(&self) -> Option<Cursor> {
        given(&self.after).and_then(Cursor::decode)
    }

    fn pairs(&self) -> [(&'static str, Option<&str>); 5] {
        [
            ("q", given(&self.q)),
            ("type", given(&self.type_id)),
            ("pillar", given(&self.pillar)),
            ("state", given(&self.state)),
            ("ends", given(&self.ends)),
        ]
    }

    /// The filters as a query string without `?`, one of them replaced or, with "", dropped.
    pub fn with(&self, name: &'static str, value: &str) -> String {
        let kept = self.pairs().into_iter().filter(|(one, _)| *one != name);
        let all = kept.chain([(name, Some(value))]);
        query_string(all)
    }

    /// The address of the page after a row.
    pub fn next(&self, after: &Cursor) -> String {
        format!("/certificates?{}", self.with("after", &after.encode()))
    }

    /// True when anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        self.pairs().iter().any(|(_, value)| value.is_some())
    }

    pub fn is(&self, field: &Option<String>, value: &str) -> bool {
        given(field) == Some(value)
    }
}

/// The pillars that types of certificates belong to, in the order of the types.
pub fn pillars() -> Vec<&'static str> {
    let mut pillars = Vec::new();
    for one in types::all() {
        if !pillars.contains(&one.pillar) {
            pillars.push(one.pillar);
        }
    }
    pillars
}
