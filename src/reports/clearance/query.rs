//! What the report of clearance is asked for in the address.

use rocket::form::FromForm;

use super::Question;
use crate::access::Scope;
use crate::categories::{self, Category};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::page::filters::{given, query_string};
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
    /// What is asked, of all open categories or of those of a group.
    pub fn question(
        &self,
        c: &mut AnyConnection,
        scope: &Scope,
        mut categories: Vec<Category>,
    ) -> Result<Question, Error> {
        let on = match given(&self.on) {
            None => now().date(),
            Some(text) => calendar_day(text).ok_or(Problems::one("on", "report_date"))?,
        };
        let list = ListQuery { region: self.region.clone(), ..Default::default() };
        let filter = list.filter(c, scope)?;
        if let Some(group) = given(&self.group) {
            categories = categories::with_below(categories, group);
        }
        Ok(Question { filter, categories, on })
    }

    /// The same in an address, with more behind it.
    pub fn address(&self, path: &str, more: &[(&str, String)]) -> String {
        let fields = [("on", &self.on), ("region", &self.region), ("group", &self.group)];
        let fields = fields.map(|(name, field)| (name, given(field)));
        let more = more.iter().map(|(name, value)| (*name, Some(value.as_str())));
        format!("/reports/clearance{path}?{}", query_string(fields.into_iter().chain(more)))
    }
}
