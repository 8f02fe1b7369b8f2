//! The register's filters as they stand in the address, shared by the page and its export.

use rocket::form::FromForm;
use rocket::http::RawStr;

use super::list::{Asked, Ends};
use super::{Status, types};
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
            text: set(&self.q).unwrap_or_default().chars().take(200).collect(),
            type_id: set(&self.type_id).filter(|id| types::find(id).is_some()).map(str::to_string),
            pillar: set(&self.pillar).filter(|one| pillars().contains(one)).map(str::to_string),
            status: set(&self.state).and_then(Status::parse),
            ends: set(&self.ends).and_then(Ends::parse),
        }
    }

    pub fn after(&self) -> Option<Cursor> {
        set(&self.after).and_then(Cursor::decode)
    }

    fn pairs(&self) -> [(&'static str, Option<&str>); 5] {
        [
            ("q", set(&self.q)),
            ("type", set(&self.type_id)),
            ("pillar", set(&self.pillar)),
            ("state", set(&self.state)),
            ("ends", set(&self.ends)),
        ]
    }

    /// The filters as a query string without `?`, one of them replaced or, with "", dropped.
    pub fn with(&self, name: &'static str, value: &str) -> String {
        let kept = self.pairs().into_iter().filter(|(one, _)| *one != name);
        let all = kept.chain([(name, Some(value))]);
        let parts: Vec<String> = all
            .filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
            .map(|(name, value)| format!("{name}={}", RawStr::new(value).percent_encode()))
            .collect();
        parts.join("&")
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
        set(field) == Some(value)
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

fn set(field: &Option<String>) -> Option<&str> {
    field.as_deref().map(str::trim).filter(|value| !value.is_empty())
}
