//! A case is taken back before it is decided.

use diesel::prelude::*;
use serde_json::json;
use validator::Validate;

use super::input::needed;
use super::steps::{add, at, log, moved};
use super::{WithdrawalInput, end_all, letters};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::punishments::ballots;
use crate::punishments::stages::Action;
use crate::punishments::{Case, Status, StepKind, find};
use crate::schema::punishment_cases;
use crate::values::now;
use crate::vault::Vault;

/// Takes a case back: nothing follows from it, and nobody votes on it any more.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::ProposePunishments>,
    vault: &Vault,
    id: &str,
    input: &WithdrawalInput,
) -> Result<Case, Error> {
    let (case, supplier) = find(c, by.scope(), id)?;
    if !Action::Withdraw.is_open(case.status) {
        return Err(Error::Conflict("conflict-punishment"));
    }
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let reason = needed("withdrawal_reason", &input.withdrawal_reason, &mut problems);
    problems.into_result()?;
    let changed = diesel::update(at(id, case.status))
        .set((
            punishment_cases::status.eq(Status::Withdrawn),
            punishment_cases::ended_at.eq(now()),
            punishment_cases::ended_reason.eq(&reason),
        ))
        .execute(c)?;
    moved(changed)?;
    end_all(c, by.actor(), &case)?;
    ballots::drop_open(c, by.actor(), &case)?;
    add(c, by.actor(), id, StepKind::Withdrawn, &reason, true)?;
    if case.served_at.is_some() {
        letters::tell(c, vault, (&case, &supplier), "punishment-dropped", None)?;
    }
    log(c, by.actor(), "punishment.withdrawn", &case, json!({ "reason": reason }))?;
    Ok(find(c, by.scope(), id)?.0)
}
