//! The first step of a draw: the register makes a seed, seals it, and tells everybody its hash.

use diesel::prelude::*;
use serde_json::json;

use super::{Draw, Status};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::plans::{self, Method};
use crate::schema::draws;
use crate::values::{new_id, new_secret, now, sha256_hex};
use crate::vault::Vault;

/// Promises a seed for a plan that is a draft: the plan runs from now on. Nobody sees the seed before the
/// roster is frozen.
pub fn commit(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    vault: &Vault,
    plan_id: &str,
) -> Result<Draw, Error> {
    let plan = plans::find(c, plan_id)?;
    if plan.sampling().method() == Method::ByHand {
        return Err(Error::Conflict("conflict-plan-by-hand"));
    }
    plans::start(c, plan_id)?;
    let (id, seed) = (new_id(), new_secret());
    let draw = Draw {
        seed_sealed: vault.seal(&seed, &id)?,
        commitment: sha256_hex(&seed),
        id,
        plan_id: plan.id.clone(),
        status: Status::Committed,
        committed_at: now(),
        committed_by: by.actor().account_id.clone(),
        committed_name: by.actor().name.clone(),
        roster_hash: String::new(),
        roster_size: 0,
        sample_size: 0,
        strata: "[]".into(),
        frozen_at: None,
        frozen_by: None,
        frozen_name: String::new(),
        seed: String::new(),
        salt: String::new(),
        revealed_at: None,
        revealed_by: None,
        revealed_name: String::new(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(draws::table).values(&draw).execute(c)?;
    let details = json!({ "plan": plan.code(), "commitment": draw.commitment });
    audit::append(c, by.actor(), "draw.committed", ("draw", &draw.id), details)?;
    Ok(draw)
}
