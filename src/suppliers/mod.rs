//! Suppliers: who they are and where. One supplier is one legal entity.

pub mod api;
pub mod as_at;
pub mod bank_accounts;
mod change;
pub mod clearance;
pub mod columns;
pub mod contacts;
mod create;
pub mod duplicates;
pub mod export;
pub mod groups;
pub mod held;
pub mod history;
pub mod identifiers;
pub mod list;
pub mod merges;
pub mod names;
pub(crate) mod numbers;
pub mod opening;
pub mod owners;
pub mod people;
pub mod place;
pub mod query;
mod refolding;
pub mod routes;
pub mod settling;
pub mod sites;
mod stage;
pub mod views;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use validator::Validate;

use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::suppliers;

pub use change::{advance, change_stage, refresh_search, reinstate, update};
pub use create::{NewSupplier, create, create_since, next_number};
pub use refolding::bring_search_up_to_date;
pub use stage::{COUNTED, Stage, StageInput, Step};

/// A supplier as the register holds it. Its region is that of its registered site.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = suppliers)]
pub struct Supplier {
    pub id: String,
    /// The number people use: 1, 2, 3… in the order of arrival.
    pub number: i64,
    /// In the company's own script.
    pub legal_name: String,
    pub english_name: String,
    pub name_key: String,
    pub sort_key: String,
    pub search_text: String,
    pub stage: Stage,
    /// The area code of the registered site: see the migration.
    pub area: String,
    /// GB/T 2260 code of the prefecture, "" when unknown.
    pub city: String,
    pub registered_site_id: String,
    pub industry: String,
    pub website: String,
    pub note: String,
    pub import_id: Option<String>,
    /// Counts the edits: a form made from an older one is refused.
    pub revision: i64,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
    /// The company that this one turned out to be. It is then no more than a way there.
    pub merged_into: Option<String>,
}

/// What staff write about a company itself.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SupplierInput {
    #[validate(length(max = 200))]
    pub legal_name: String,
    #[validate(length(max = 200))]
    pub english_name: String,
    #[validate(length(max = 100))]
    pub industry: String,
    #[validate(length(max = 200))]
    pub website: String,
    #[validate(length(max = 2000))]
    pub note: String,
    /// Ids of categories.
    #[validate(length(max = 50))]
    pub categories: Vec<String>,
    /// The revision that the form was made from.
    pub revision: String,
}

impl SupplierInput {
    /// The rules that `validator`'s attributes do not express.
    pub(crate) fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        if self.legal_name.trim().is_empty() {
            problems.add(Problem::new("legal_name", "missing"));
        }
        for (field, text) in
            [("legal_name", &self.legal_name), ("english_name", &self.english_name)]
        {
            if text.chars().any(char::is_control) {
                problems.add(Problem::new(field, "control_characters"));
            }
        }
        let site = self.website.trim();
        if !site.is_empty() && !is_web_address(site) {
            problems.add(Problem::new("website", "web_address"));
        }
        problems
    }
}

/// `https://…` or `http://…` with a host and no spaces; nothing else becomes a link.
pub(crate) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or(text.strip_prefix("http://"));
    rest.is_some_and(|r| r.contains('.') && !r.contains(char::is_whitespace) && r.len() > 3)
}

/// The supplier of an id, if it is within what the person may see. A foreign id is not found; one
/// that was merged into another leads there.
pub fn find(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Supplier, Error> {
    let supplier: Supplier =
        suppliers::table.find(id).select(Supplier::as_select()).first(c).map_err(Error::from)?;
    if supplier.merged_into.is_some() {
        let end = merges::end_of_way(c, id)?.filter(|end| scope.allows(&end.area));
        return Err(
            end.map_or(Error::NotFound, |end| Error::Moved { from: supplier.id, to: end.id })
        );
    }
    if scope.allows(&supplier.area) { Ok(supplier) } else { Err(Error::NotFound) }
}

impl Supplier {
    /// "S-000123": the number as people write it.
    pub fn code(&self) -> String {
        code_of(self.number)
    }
}

/// A supplier number as people write it.
pub fn code_of(number: i64) -> String {
    format!("S-{number:06}")
}
