//! Somebody says of a company that has joined a group, or left it, whether the measure holds it.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::stage;
use crate::access::{May, Scope, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::punishments::cases::steps;
use crate::punishments::{self, Case, Ground, Held, Measure, MemberStatus, StepKind, evasion};
use crate::schema::{punishment_members, suppliers};
use crate::suppliers::Supplier;
use crate::values::now;

/// What somebody says of a company.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SettleInput {
    /// "include" or "exempt" for one that has joined, "keep" or "free" for one that has left.
    #[validate(length(max = 20))]
    pub decision: String,
    /// "on" where it goes on with the business of a company under the measure.
    #[validate(length(max = 10))]
    pub is_successor: String,
    #[validate(length(max = 1000))]
    pub reason: String,
}

/// A company of a case, within what the person may see.
pub fn find(
    c: &mut AnyConnection,
    scope: &Scope,
    case_id: &str,
    member_id: &str,
) -> Result<(Case, Held, Supplier), Error> {
    let (case, _) = punishments::find(c, scope, case_id)?;
    let (row, supplier): (Held, Supplier) = punishment_members::table
        .inner_join(suppliers::table.on(suppliers::id.eq(punishment_members::supplier_id)))
        .filter(punishment_members::id.eq(member_id))
        .filter(punishment_members::case_id.eq(case_id))
        .select((Held::as_select(), Supplier::as_select()))
        .first(c)?;
    match scope.allows(&supplier.area) {
        true => Ok((case, row, supplier)),
        false => Err(Error::NotFound),
    }
}

/// Includes or exempts a company that has joined, keeps or frees one that has left, with the reason. Never by who
/// brought the case, and only while its measure is in force.
pub fn settle(
    c: &mut AnyConnection,
    by: &May<right::DecidePunishments>,
    case_id: &str,
    member_id: &str,
    input: &SettleInput,
) -> Result<Held, Error> {
    let (case, row, supplier) = find(c, by.scope(), case_id, member_id)?;
    if case.proposed_by == by.actor().account_id {
        return Err(Error::Forbidden("refused-own-punishment-member"));
    }
    let today = now().date();
    let last = case.to_on.filter(|last| case.status.is_in_force() && *last > today);
    let Some(last) = last.filter(|_| row.status.waits()) else {
        return Err(Error::Conflict("conflict-punishment-member"));
    };
    let (status, kind, action) = match (row.status, input.decision.as_str()) {
        (MemberStatus::Proposed, "include") => {
            (MemberStatus::Included, StepKind::MemberIncluded, "punishment.member_included")
        }
        (MemberStatus::Proposed, "exempt") => {
            (MemberStatus::Exempted, StepKind::MemberExempted, "punishment.member_exempted")
        }
        (MemberStatus::Left, "keep") => {
            (MemberStatus::Included, StepKind::MemberKept, "punishment.member_kept")
        }
        (MemberStatus::Left, "free") => {
            (MemberStatus::Freed, StepKind::MemberFreed, "punishment.member_freed")
        }
        _ => return Err(Problems::one("decision", "unknown_choice").into()),
    };
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    // One that is kept, or is free again, keeps the day from which it was held.
    let (from, to) = match (status, kind) {
        (MemberStatus::Included, StepKind::MemberIncluded) => (Some(today), Some(last)),
        (MemberStatus::Freed, _) => (row.from_on, row.to_on.map(|last| last.min(today))),
        _ => (row.from_on, row.to_on),
    };
    let is_successor = input.is_successor == "on" && status == MemberStatus::Included;
    let ground = if is_successor { Ground::Successor } else { row.ground };
    // Why it was included stands in its step, too, when another reason follows.
    let settled = diesel::update(
        punishment_members::table.find(member_id).filter(punishment_members::status.eq(row.status)),
    )
    .set((
        punishment_members::status.eq(status),
        punishment_members::ground.eq(ground),
        punishment_members::reason.eq(reason),
        punishment_members::from_on.eq(from),
        punishment_members::to_on.eq(to),
        punishment_members::settled_at.eq(now()),
        punishment_members::settled_by.eq(&by.actor().account_id),
        punishment_members::settled_name.eq(&by.actor().name),
    ))
    .execute(c)?;
    if settled == 0 {
        return Err(Error::Conflict("conflict-punishment-member"));
    }
    let is_new = kind == StepKind::MemberIncluded;
    if is_new && case.measure == Some(Measure::Elimination) {
        stage::eliminate_one(c, &supplier)?;
    }
    if is_new {
        evasion::look_all(c, &case)?;
    }
    let member = format!("{} {}", supplier.code(), supplier.legal_name);
    let body = format!("{member}: {reason}");
    steps::add(c, by.actor(), &case.id, kind, &body, false)?;
    let details = json!({
        "company": supplier.id,
        "member": member,
        "ground": ground,
        "reason": reason,
    });
    steps::log(c, by.actor(), action, &case, details)?;
    Ok(find(c, by.scope(), case_id, member_id)?.1)
}
