//! Somebody who had no part in the inspection decides what the rules have proposed.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Effect, EffectStatus, Led, find_effect};
use crate::access::{May, right};
use crate::audit;
use crate::certification::category::standing::suspend_for_findings;
use crate::certification::category::{self, Cause, Certification};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::inspections::{Inspection, visits};
use crate::schema::{inspection_effects, inspections};
use crate::values::now;
use crate::vault::Vault;

/// The form of a decision.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DecisionInput {
    /// "accept" or "decline".
    #[validate(length(max = 20))]
    pub decision: String,
    /// Why: the company reads it when its certification is suspended.
    #[validate(length(max = 1000))]
    pub reason: String,
}

/// Accepts or declines what was proposed, with the reason. A suspension that is accepted suspends the
/// company's standing certification for the category at once, and the company is told so.
pub fn decide(
    c: &mut AnyConnection,
    by: &May<right::DecideResults>,
    vault: &Vault,
    id: &str,
    input: &DecisionInput,
) -> Result<Led, Error> {
    let (effect, _) = find_effect(c, by.scope(), id)?;
    if effect.status != EffectStatus::Proposed {
        return Err(Error::Conflict("conflict-inspection-effect"));
    }
    if visits::had_part(c, &effect.inspection_id, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-own-inspection-effect"));
    }
    let (status, action) = match input.decision.as_str() {
        "accept" => (EffectStatus::Applied, "inspection_effect.accepted"),
        "decline" => (EffectStatus::Declined, "inspection_effect.declined"),
        _ => return Err(Problems::one("decision", "unknown_choice").into()),
    };
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let to_suspend = match (status, effect.effect) {
        (EffectStatus::Applied, Effect::Suspension) => Some(certification_of(c, &effect)??),
        _ => None,
    };
    let decided = diesel::update(
        inspection_effects::table
            .find(id)
            .filter(inspection_effects::status.eq(EffectStatus::Proposed)),
    )
    .set((
        inspection_effects::status.eq(status),
        inspection_effects::decided_at.eq(now()),
        inspection_effects::decided_by.eq(&by.actor().account_id),
        inspection_effects::decided_name.eq(&by.actor().name),
        inspection_effects::decision_note.eq(reason),
    ))
    .execute(c)?;
    if decided == 0 {
        return Err(Error::Conflict("conflict-inspection-effect"));
    }
    if let Some(certification) = &to_suspend {
        suspend_for_findings(c, by, vault, &certification.id, reason)?;
    }
    let inspection: Inspection =
        inspections::table.find(&effect.inspection_id).select(Inspection::as_select()).first(c)?;
    let mut details = json!({
        "inspection": inspection.code(),
        "effect": effect.effect,
        "reason": reason,
    });
    if let Some(certification) = to_suspend {
        details["certification"] = certification.code().into();
    }
    audit::append(c, by.actor(), action, ("supplier", &effect.supplier_id), details)?;
    Ok(find_effect(c, by.scope(), id)?.0)
}

/// The certification that a suspension would suspend, or why there is none to suspend.
pub(super) fn certification_of(
    c: &mut AnyConnection,
    effect: &Led,
) -> Result<Result<Certification, Problems>, Error> {
    let Some(category_id) = &effect.category_id else {
        return Ok(Err(Problems::one("decision", "effect_no_category")));
    };
    let all = category::of(c, &effect.supplier_id)?;
    let standing =
        all.into_iter().find(|one| one.category_id == *category_id && one.status.is_standing());
    let Some(standing) = standing else {
        return Ok(Err(Problems::one("decision", "effect_not_certified")));
    };
    let running = category::suspensions(c, &standing.id)?;
    match running.iter().any(|one| one.is_running() && one.cause == Cause::Decision) {
        true => Ok(Err(Problems::one("decision", "effect_suspended_already"))),
        false => Ok(Ok(standing)),
    }
}
