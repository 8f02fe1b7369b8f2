//! Risk tiers: how much a company's failure would harm. People record them, with a reason; who has none
//! is medium.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::schema::risk_tiers;

text_enum! {
    /// How much a company's failure would harm.
    Tier {
        High = "high",
        Medium = "medium",
        Low = "low",
    }
}

impl Tier {
    /// How heavy it weighs when a sample is spread over strata.
    pub fn weight(self) -> i64 {
        match self {
            Tier::High => 3,
            Tier::Medium => 2,
            Tier::Low => 1,
        }
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
