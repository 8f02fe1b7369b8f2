//! Needs: what is looked for, where, why and by when, with the criteria that candidates are
//! screened against.

mod change;
pub mod criteria;
pub mod list;
pub mod routes;
mod routes_change;
mod routes_form;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;
use validator::Validate;

use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::regions;
use crate::schema::needs;
use crate::values::calendar_day;

pub use change::{close, edit, record, reopen};
use criteria::CriteriaInput;

/// Something that is looked for.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = needs)]
pub struct Need {
    pub id: String,
    /// The number people use, "N-000012".
    pub number: i64,
    pub title: String,
    pub category_id: String,
    /// Area code of a province or country, "CN" for anywhere in China, "" for anywhere.
    pub area: String,
    pub reason: String,
    pub needed_by: NaiveDate,
    pub recorded_by: String,
    pub recorded_name: String,
    /// Counts the edits: a form made from an older one is refused.
    pub revision: i64,
    pub created_at: NaiveDateTime,
    pub closed_at: Option<NaiveDateTime>,
    pub closed_by: Option<String>,
    pub closed_name: String,
    pub closed_reason: String,
}

/// What staff write about a need.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct NeedInput {
    #[validate(length(max = 200))]
    pub title: String,
    /// Id of a category.
    pub category: String,
    /// ISO 3166-1 code, "" for anywhere.
    pub country: String,
    /// GB/T 2260 code of a province of China, "" for all of the country.
    pub province: String,
    #[validate(length(max = 2000))]
    pub reason: String,
    /// "2026-12-31".
    pub needed_by: String,
    // A form's fields repeat, one of each in a row of criteria.
    #[validate(length(max = 40))]
    pub criterion_title: Vec<String>,
    pub criterion_strength: Vec<String>,
    pub criterion_method: Vec<String>,
    pub criterion_weight: Vec<String>,
    /// The revision that the form was made from.
    pub revision: String,
}

impl NeedInput {
    /// The rules that `validator`'s attributes do not express, criteria apart.
    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        for (field, text) in [("title", &self.title), ("reason", &self.reason)] {
            if text.trim().is_empty() {
                problems.add(Problem::new(field, "missing"));
            }
        }
        if self.title.chars().any(char::is_control) {
            problems.add(Problem::new("title", "control_characters"));
        }
        if self.area().is_none() {
            problems.add(Problem::new("country", "unknown_choice"));
        }
        if self.day().is_none() {
            problems.add(Problem::new("needed_by", "needed_by"));
        }
        problems
    }

    fn day(&self) -> Option<NaiveDate> {
        calendar_day(self.needed_by.trim())
    }

    /// The area that was chosen, `None` for codes that are none.
    fn area(&self) -> Option<String> {
        if !self.province.is_empty() {
            return regions::province(&self.province).map(|found| found.code.to_string());
        }
        if self.country.is_empty() {
            return Some(String::new());
        }
        let country = regions::country(&self.country)?.code;
        // Hong Kong, Macao and Taiwan are kept under their province codes only.
        let own = regions::provinces()
            .iter()
            .find(|p| country != "CN" && regions::country_of_province(p.code) == country);
        Some(own.map_or(country, |province| province.code).to_string())
    }

    fn criteria(&self) -> CriteriaInput<'_> {
        CriteriaInput {
            titles: &self.criterion_title,
            strengths: &self.criterion_strength,
            methods: &self.criterion_method,
            weights: &self.criterion_weight,
        }
    }
}

impl Need {
    /// "N-000012".
    pub fn code(&self) -> String {
        code_of(self.number)
    }

    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// Open, and wanted before `today`.
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.is_open() && self.needed_by < today
    }

    /// Fails unless it is open.
    pub fn must_be_open(&self) -> Result<(), Error> {
        if self.is_open() { Ok(()) } else { Err(Error::Conflict("conflict-need-closed")) }
    }
}

/// A need's number as people write it.
pub fn code_of(number: i64) -> String {
    format!("N-{number:06}")
}

/// The need of an id, if it is within what the person may see. A foreign id is not found.
pub fn find(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Need, Error> {
    let need: Need = needs::table.find(id).select(Need::as_select()).first(c)?;
    let seen = areas_seen(scope).is_none_or(|areas| areas.contains(&need.area));
    if seen { Ok(need) } else { Err(Error::NotFound) }
}

/// The areas whose needs somebody sees, `None` for no limit: their own, anywhere, and anywhere in
/// China for those who have a part of it.
pub fn areas_seen(scope: &Scope) -> Option<Vec<String>> {
    let mut areas = scope.areas()?;
    let in_china = areas.iter().any(|area| regions::country_of_area(area) == "CN");
    areas.push(String::new());
    if in_china {
        areas.push("CN".into());
    }
    Some(areas)
}
