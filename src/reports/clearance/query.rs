//! What the report of clearance is asked for in the address.

use rocket::form::FromForm;
use rocket::http::RawStr;

use super::Question;
use crate::access::Scope;
use crate::categories::{self, Category};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::suppliers::query::ListQuery;
use crate::values::{calendar_day, now};

/// The query string of the report, the rows behind it and its file.
#[derive(Clone, Debug, Default, FromForm)]
pub struct ClearanceQuery {
    /// `YYYY-MM-DD`, today when missing.
    pub on: Option<String>,
    /// Code of a region of the usual scheme.
    pub region: Option<String>,
    /// Id of a category: it and those below it.
    pub group: Option<String>,
    /// Only for the rows: id of a category.
    pub category: Option<String>,
    /// Only for the rows: see [`super::Behind::parse`].
    pub answer: Option<String>,
    /// Only for the rows: how many come before.
    pub skip: Option<usize>,
}

impl ClearanceQuery {
    /// What is asked.
    pub fn question(&self, c: &mut AnyConnection, scope: &Scope) -> Result<Question, Error> {
        let on = match given(&self.on) {
            None => now().date(),
            Some(text) => calendar_day(text).ok_or(Problems::one("on", "report_date"))?,
        };
        let list = ListQuery { region: self.region.clone(), ..Default::default() };
        let filter = list.filter(c, scope)?;
        let mut categories = categories::all(c)?;
        if let Some(group) = given(&self.group) {
            categories = below(categories, group);
        }
        Ok(Question { filter, categories, on })
    }

    /// The same in an address, with more behind it.
    pub fn address(&self, path: &str, more: &str) -> String {
        let mut parts = Vec::new();
        for (name, value) in [("on", &self.on), ("region", &self.region), ("group", &self.group)] {
            if let Some(value) = given(value) {
                parts.push(format!("{name}={}", RawStr::new(value).percent_encode()));
            }
        }
        if !more.is_empty() {
            parts.push(more.into());
        }
        format!("/reports/clearance{path}?{}", parts.join("&"))
    }
}

/// What was written in a field, if anything was.
pub fn given(field: &Option<String>) -> Option<&str> {
    field.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// A category and all below it.
fn below(categories: Vec<Category>, group: &str) -> Vec<Category> {
    let mut wanted = vec![group.to_string()];
    let mut at = 0;
    while let Some(parent) = wanted.get(at).cloned() {
        let children = categories.iter().filter(|one| one.parent_id.as_ref() == Some(&parent));
        let new: Vec<String> =
            children.map(|one| one.id.clone()).filter(|id| !wanted.contains(id)).collect();
        wanted.extend(new);
        at += 1;
    }
    categories.into_iter().filter(|one| wanted.contains(&one.id)).collect()
}
