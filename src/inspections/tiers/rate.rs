//! The risk tier of a company is said anew.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{RiskTier, Tier};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::risk_tiers;
use crate::suppliers::find;
use crate::values::{forever, new_id, now};

/// What somebody says of a company, and why.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct TierInput {
    /// See [`Tier`].
    pub tier: String,
    #[validate(length(max = 1000))]
    pub reason: String,
}

/// Records the tier of a company from now on; the one before it ends.
pub fn rate(
    c: &mut AnyConnection,
    by: &May<right::RateRisks>,
    supplier_id: &str,
    input: &TierInput,
) -> Result<Tier, Error> {
    let supplier = find(c, by.scope(), supplier_id)?;
    let before: Option<RiskTier> = risk_tiers::table
        .filter(risk_tiers::supplier_id.eq(supplier_id))
        .filter(risk_tiers::valid_to.eq(forever()))
        .select(RiskTier::as_select())
        .first(c)
        .optional()?;
    let mut problems = Problems::default();
    let tier = Tier::parse(&input.tier);
    match tier {
        None => problems.add(Problem::new("tier", "unknown_choice")),
        Some(tier) if before.as_ref().is_some_and(|before| before.tier == tier) => {
            problems.add(Problem::new("tier", "risk_tier_same"));
        }
        Some(_) => {}
    }
    if input.reason.trim().is_empty() {
        problems.add(Problem::new("reason", "missing"));
    }
    problems.into_result()?;
    let (tier, time) = (tier.unwrap_or_default(), now());
    if let Some(before) = &before {
        diesel::update(risk_tiers::table.find(&before.id))
            .set(risk_tiers::valid_to.eq(time))
            .execute(c)?;
    }
    let row = RiskTier {
        id: new_id(),
        supplier_id: supplier.id.clone(),
        tier,
        reason: input.reason.trim().into(),
        valid_from: time,
        valid_to: forever(),
        recorded_by: by.actor().account_id.clone(),
        recorded_name: by.actor().name.clone(),
    };
    diesel::insert_into(risk_tiers::table).values(&row).execute(c)?;
    let was = before.map_or("", |before| before.tier.as_str());
    let details = json!({ "risk_tier": [was, tier.as_str()], "reason": row.reason });
    audit::append(c, by.actor(), "supplier.risk_rated", ("supplier", &supplier.id), details)?;
    Ok(tier)
}
