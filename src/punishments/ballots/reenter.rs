//! A company comes back once a case is over, through certification where the standard says so.

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::json;

use super::ReentryInput;
use super::ends::wants_certification;
use super::input::needed;
use crate::access::{May, Role, right};
use crate::certification::category;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::punishments::cases::steps;
use crate::punishments::stages::Action;
use crate::punishments::standards::find_standard;
use crate::punishments::{Case, StepKind, find};
use crate::schema::punishment_steps;
use crate::vault::Vault;

/// Whose word it is.
pub(super) const ROLES: [Role; 2] = [Role::Approver, Role::LegalOfficer];

/// Records that a company may come back. Where the standard asks for certification, the company has been
/// certified since the case was over.
pub fn reenter(
    c: &mut AnyConnection,
    by: &May<right::DecidePunishments>,
    _vault: &Vault,
    id: &str,
    input: &ReentryInput,
) -> Result<Case, Error> {
    let (case, _) = find(c, by.scope(), id)?;
    if !ROLES.contains(&by.actor().role) {
        return Err(Error::Forbidden("refused-reentry-role"));
    }
    if !Action::Reenter.is_open(case.status) || is_back(c, id)? {
        return Err(Error::Conflict("conflict-punishment"));
    }
    let standard = find_standard(c, &case.standard_id)?;
    let mut problems = Problems::default();
    let note = needed("reentry_note", &input.reentry_note, &mut problems);
    if wants_certification(&case, &standard) && !is_certified_since(c, &case)? {
        problems.add(Problem::new("reentry_note", "reentry_certification"));
    }
    problems.into_result()?;
    steps::add(c, by.actor(), id, StepKind::Reentered, &note, false)?;
    steps::log(c, by.actor(), "punishment.reentered", &case, json!({ "reason": note }))?;
    Ok(case)
}

/// Whether it is recorded already that the company may come back.
pub(super) fn is_back(c: &mut AnyConnection, case_id: &str) -> Result<bool, Error> {
    let step = punishment_steps::table
        .filter(punishment_steps::case_id.eq(case_id))
        .filter(punishment_steps::kind.eq(StepKind::Reentered));
    Ok(diesel::select(exists(step)).get_result(c)?)
}

fn is_certified_since(c: &mut AnyConnection, case: &Case) -> Result<bool, Error> {
    let since: NaiveDateTime = case.ended_at.unwrap_or(case.proposed_at);
    let all = category::of(c, &case.supplier_id)?;
    Ok(all.iter().any(|one| {
        one.status == category::Status::Certified && one.decided_at.is_some_and(|at| at >= since)
    }))
}
