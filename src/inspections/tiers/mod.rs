//! Risk tiers: how much a company's failure would harm. People record them, with a reason; who has none
//! is medium.

mod rate;
pub mod routes;

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::risk_tiers;

pub use rate::{TierInput, rate};

/// Ids that are named in a query; for more of them everything is read.
const NAMED: usize = 1000;
/// Periods of one company that are shown.
const SHOWN: i64 = 100;

text_enum! {
    /// How much a company's failure would harm.
    Tier {
        High = "high",
        Medium = "medium",
        Low = "low",
    }
}

impl Tier {
    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Tier::High => "stop",
            Tier::Medium => "due",
            Tier::Low => "ok",
        }
    }

    /// How heavy it weighs when a sample is spread over strata.
    pub fn weight(self) -> i64 {
        match self {
            Tier::High => 3,
            Tier::Medium => 2,
            Tier::Low => 1,
        }
    }
}

/// Who has none is medium.
impl Default for Tier {
    fn default() -> Tier {
        Tier::Medium
    }
}

/// The tier of a company for a time.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = risk_tiers)]
pub struct RiskTier {
    pub id: String,
    pub supplier_id: String,
    pub tier: Tier,
    pub reason: String,
    pub valid_from: NaiveDateTime,
    pub valid_to: NaiveDateTime,
    pub recorded_by: String,
    pub recorded_name: String,
}

impl RiskTier {
    /// Whether it still runs.
    pub fn is_current(&self) -> bool {
        self.valid_to == crate::values::forever()
    }
}

/// The tiers of companies at a time, by their ids, in one query. Who has none is not in it:
/// see [`Tier::default`].
pub fn of(
    c: &mut AnyConnection,
    ids: &[&str],
    at: NaiveDateTime,
) -> Result<HashMap<String, Tier>, Error> {
    let running =
        risk_tiers::table.filter(risk_tiers::valid_from.le(at)).filter(risk_tiers::valid_to.gt(at));
    let columns = (risk_tiers::supplier_id, risk_tiers::tier);
    let found: Vec<(String, Tier)> = if ids.len() > NAMED {
        running.select(columns).load(c)?
    } else {
        let named = running.filter(among(risk_tiers::supplier_id, ids.iter().copied()));
        named.select(columns).load(c)?
    };
    Ok(found.into_iter().collect())
}

/// The tiers that a company has and had, the newest first, at most 100.
pub fn history(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<RiskTier>, Error> {
    Ok(risk_tiers::table
        .filter(risk_tiers::supplier_id.eq(supplier_id))
        .order((risk_tiers::valid_to.desc(), risk_tiers::valid_from.desc()))
        .limit(SHOWN)
        .select(RiskTier::as_select())
        .load(c)?)
}
