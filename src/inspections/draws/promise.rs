//! The first step of a draw: the register makes a seed, seals it, and tells everybody its hash.

use diesel::prelude::*;
use serde_json::json;

use super::Draw;
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
    let promised = Draw::promised(id, &plan.id, sha256_hex(&seed), by.actor(), now());
    let draw = Draw { seed_sealed: vault.seal(&seed, &promised.id)?, ..promised };
    diesel::insert_into(draws::table).values(&draw).execute(c)?;
    let details = json!({ "plan": plan.code(), "commitment": draw.commitment });
    audit::append(c, by.actor(), "draw.committed", ("draw", &draw.id), details)?;
    Ok(draw)
}
