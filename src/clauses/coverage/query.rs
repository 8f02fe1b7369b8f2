//! What of coverage is asked for, as it stands in the address, in a form and in an operation.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::NaiveDate;
use rocket::form::FromForm;
use serde::Deserialize;
use validator::Validate;

use super::narrowed::{Narrowed, Wanted};
use super::{Day, DayCache};
use crate::access::Scope;
use crate::categories::{self, Category};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::page::filters::{given, query_string};
use crate::page::paging::Cursor;
use crate::regions::{OUTSIDE, Scheme, UNRESOLVED, find_scheme};
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::values::{calendar_day, now};

/// The filters.
#[derive(Clone, Debug, Default, FromForm, Deserialize, Validate)]
#[serde(default)]
pub struct CoverageQuery {
    /// Code of a clause; all when missing.
    pub clause: Option<String>,
    /// `YYYY-MM-DD`, today when missing.
    pub on: Option<String>,
    /// Id of a region scheme.
    pub scheme: Option<String>,
    /// Code of one of its regions, `outside` or `unresolved`.
    pub region: Option<String>,
    /// Id of a category: it and those below it.
    pub category: Option<String>,
    /// Id of the company at the top of a group.
    pub group: Option<String>,
    /// See [`Wanted`].
    pub standing: Option<String>,
    /// Number of a version of the clause, 0 for none: those who have signed it last.
    pub version: Option<String>,
    /// Where the list goes on.
    pub after: Option<String>,
}

/// What a question is about: the day, the scheme, and the categories that there are.
pub struct About {
    pub day: Arc<Day>,
    pub scheme: Cow<'static, Scheme>,
    pub categories: Vec<Category>,
}

impl CoverageQuery {
    /// The filters as a form carries them.
    pub fn of(values: &[(String, String)]) -> CoverageQuery {
        let field = |name: &str| {
            values.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
        };
        CoverageQuery {
            clause: field("clause"),
            on: field("on"),
            scheme: field("scheme"),
            region: field("region"),
            category: field("category"),
            group: field("group"),
            standing: field("standing"),
            version: field("version"),
            after: None,
        }
    }

    /// The day asked about.
    pub fn on(&self) -> Result<NaiveDate, Problems> {
        match given(&self.on) {
            None => Ok(now().date()),
            Some(text) => calendar_day(text).ok_or(Problems::one("on", "report_date")),
        }
    }

    /// Reads what the question is about.
    pub fn about(&self, c: &mut AnyConnection, cache: &DayCache) -> Result<About, Error> {
        let on = self.on()?;
        let scheme = match find_scheme(c, given(&self.scheme).unwrap_or(DEFAULT_SCHEME)) {
            Err(Error::NotFound) => return Err(Problems::one("scheme", "report_scheme").into()),
            found => found?,
        };
        Ok(About { day: cache.day(c, on)?, scheme, categories: categories::all(c)? })
    }

    /// The part that is asked about, or a problem for each filter that names nothing the reader knows.
    pub fn narrow<'d>(&self, about: &'d About, scope: &Scope) -> Result<Narrowed<'d>, Error> {
        let mut asked = Narrowed::all(&about.day, scope, about.scheme.clone());
        let mut problems = Problems::default();
        let mut check = |field: &str, is_known: bool| {
            if !is_known {
                problems.add(Problem::new(field, "unknown_choice"));
            }
        };
        if let Some(code) = given(&self.clause) {
            asked.clauses.retain(|place| about.day.published.clauses[*place].code == code);
            check("clause", !asked.clauses.is_empty());
        }
        if let Some(code) = given(&self.region) {
            let mut known = about.scheme.regions.iter().map(|region| region.code.as_str());
            check("region", known.any(|one| one == code) || [OUTSIDE, UNRESOLVED].contains(&code));
            asked.region = Some(code.to_string());
        }
        if let Some(id) = given(&self.category) {
            check("category", about.categories.iter().any(|one| one.id == id));
            asked.category = Some(id.to_string());
        }
        if let Some(id) = given(&self.group) {
            let companies = about.day.companies.iter().filter(|one| scope.allows(&one.area));
            let mut leaders = companies.filter_map(|one| about.day.leader(one, scope));
            check("group", leaders.any(|leader| leader.id == id));
            asked.group = Some(id.to_string());
        }
        if let Some(text) = given(&self.standing) {
            asked.wanted = Wanted::parse(text);
            check("standing", asked.wanted.is_some());
        }
        if let Some(text) = given(&self.version) {
            asked.version = text.parse().ok();
            check("version", asked.version.is_some());
        }
        problems.into_result()?;
        Ok(asked)
    }

    /// Where the list goes on.
    pub fn place(&self) -> Option<Cursor> {
        given(&self.after).and_then(Cursor::decode)
    }

    /// The filters with their names, but for the place in the list.
    pub fn pairs(&self) -> [(&'static str, Option<&str>); 8] {
        [
            ("clause", given(&self.clause)),
            ("on", given(&self.on)),
            ("scheme", given(&self.scheme)),
            ("region", given(&self.region)),
            ("category", given(&self.category)),
            ("group", given(&self.group)),
            ("standing", given(&self.standing)),
            ("version", given(&self.version)),
        ]
    }

    /// The filters as a query string without `?`, some of them replaced (or, with "", dropped), from the
    /// first page on.
    pub fn with(&self, changed: &[(&str, &str)]) -> String {
        let is_changed = |name: &str| changed.iter().any(|(other, _)| *other == name);
        let kept = self.pairs().into_iter().filter(|(name, _)| !is_changed(name));
        query_string(kept.chain(changed.iter().map(|(name, value)| (*name, Some(*value)))))
    }
}
