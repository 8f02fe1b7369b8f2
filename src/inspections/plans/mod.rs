//! Plans: what is inspected in a period, at which companies, by whom, and how a sample of them is drawn.

pub mod api;
mod by_hand;
mod change;
mod end;
mod input;
pub mod inspectors;
pub mod list;
pub mod routes;
mod routes_change;
mod routes_form;
pub mod words;

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::inspection_plans;

pub use by_hand::{NamedInput, name};
pub use change::{edit, record};
pub use end::{ReasonInput, back_to_draft, cancel, close, start};
pub use input::PlanInput;

text_enum! {
    /// Where a plan stands.
    Status {
        /// May still be changed.
        Draft = "draft",
        /// Its draw is promised, frozen or made, or its inspections were named by hand: it is not
        /// changed any more.
        Running = "running",
        Closed = "closed",
        Cancelled = "cancelled",
    }
}

impl Status {
    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Draft => "due",
            Status::Running => "wait",
            Status::Closed => "ok",
            Status::Cancelled => "none",
        }
    }
}

/// Which companies a plan is about. An empty list leaves nothing out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanScope {
    /// Codes of regions of the plan's scheme, [`crate::regions::OUTSIDE`] and
    /// [`crate::regions::UNRESOLVED`] among them.
    pub regions: BTreeSet<String>,
    /// Ids of categories.
    pub categories: BTreeSet<String>,
    /// [`super::tiers::Tier`] as text.
    pub tiers: BTreeSet<String>,
    /// [`crate::suppliers::Stage`] as text.
    pub stages: BTreeSet<String>,
}

text_enum! {
    /// How large the sample is.
    Method {
        /// By a level of inspection of ISO 2859-1.
        Iso2859 = "iso2859",
        /// As many as it takes to see at least one bad company with a certain chance.
        Discovery = "discovery",
        Percentage = "percentage",
        Number = "number",
        All = "all",
        /// Nothing is drawn: companies are named by hand.
        ByHand = "by_hand",
    }
}

/// How the sample of a plan is drawn. What the method does not use is left as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sampling {
    pub method: String,
    /// A level of ISO 2859-1: "S1" to "S4", "I", "II", "III".
    pub level: String,
    /// The quality limit in percent, as the table writes it: "4.0".
    pub aql: String,
    /// How many of a hundred companies are thought to be bad.
    pub bad_percent: f64,
    /// With which chance in percent at least one of them shall be seen.
    pub confidence_percent: f64,
    pub percentage: f64,
    pub number: i64,
    /// How many of each stratum at least.
    pub minimum: i64,
    /// Whether companies of the tier "high" and those with an open critical finding are in without
    /// chance.
    pub certain: bool,
}

impl Default for Sampling {
    fn default() -> Sampling {
        Sampling {
            method: Method::Iso2859.as_str().into(),
            level: "II".into(),
            aql: "4.0".into(),
            bad_percent: 5.0,
            confidence_percent: 95.0,
            percentage: 10.0,
            number: 20,
            minimum: 2,
            certain: true,
        }
    }
}

impl Sampling {
    pub fn method(&self) -> Method {
        Method::parse(&self.method).unwrap_or(Method::ByHand)
    }
}

/// A plan.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_plans)]
pub struct Plan {
    pub id: String,
    /// The number people use: "P-000012".
    pub number: i64,
    pub name: String,
    pub kind: Kind,
    pub status: Status,
    pub checklist_version_id: String,
    pub period_from: NaiveDate,
    /// The last day.
    pub period_to: NaiveDate,
    /// The scheme of regions by which the roster is put into strata.
    pub scheme: String,
    /// [`PlanScope`] in JSON.
    pub scope: String,
    /// [`Sampling`] in JSON.
    pub sampling: String,
    /// Hours for each inspection.
    pub effort_hours: i64,
    pub note: String,
    /// Counts the changes.
    pub revision: i64,
    pub created_by: String,
    pub created_name: String,
    pub created_at: NaiveDateTime,
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// The number of a plan as people write it.
pub fn code_of(number: i64) -> String {
    format!("P-{number:06}")
}

impl Plan {
    /// "P-000012": the number as people write it.
    pub fn code(&self) -> String {
        code_of(self.number)
    }

    pub fn scope(&self) -> PlanScope {
        serde_json::from_str(&self.scope).unwrap_or_default()
    }

    pub fn sampling(&self) -> Sampling {
        serde_json::from_str(&self.sampling).unwrap_or_default()
    }
}

/// The plan of an id.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Plan, Error> {
    Ok(inspection_plans::table.find(id).select(Plan::as_select()).first(c)?)
}
