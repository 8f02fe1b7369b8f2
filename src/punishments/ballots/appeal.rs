//! The company appeals, once; people who had no part in the decision hear it.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde_json::json;
use validator::Validate;

use super::carry::{reload, terms_of, told_with};
use super::ends::{self, End};
use super::input::needed;
use super::open::told;
use super::{AppealInput, Ballot, vote};
use crate::access::{Actor, Member};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::punishments::cases::{HEAR_DAYS, letters, steps};
use crate::punishments::stages::Action;
use crate::punishments::{Case, Status, StepKind, find_of, members};
use crate::schema::punishment_cases;
use crate::suppliers::Supplier;
use crate::values::now;
use crate::vault::Vault;

/// Why a company cannot appeal today; none where it can.
pub(super) fn obstacle(case: &Case, today: NaiveDate) -> Option<&'static str> {
    if case.appealed_at.is_some() {
        return Some("conflict-appealed");
    }
    if !Action::Appeal.is_open(case.status) {
        return Some("conflict-punishment");
    }
    let is_late = case.appeal_by.is_none_or(|last| last < today);
    is_late.then_some("conflict-appeal-late")
}

/// What an appeal comes to, where it can be taken: the case, and the reason.
pub fn may_appeal(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &AppealInput,
) -> Result<(Case, String), Error> {
    let case = find_of(c, by, id)?;
    if let Some(why) = obstacle(&case, now().date()) {
        return Err(Error::Conflict(why));
    }
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let reason = needed("appeal_reason", &input.appeal_reason, &mut problems);
    problems.into_result()?;
    Ok((case, reason))
}

/// The company appeals against a decision; the id of the step, for what it hands in with it. Refused after the
/// last day, and a second time.
pub fn appeal(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &AppealInput,
) -> Result<(Case, String), Error> {
    let (case, reason) = may_appeal(c, by, id, input)?;
    let today = now().date();
    let hear_by = today + Days::new(HEAR_DAYS);
    let unheard = steps::at(id, Status::InForce).filter(punishment_cases::appealed_at.is_null());
    let changed = diesel::update(unheard)
        .set((
            punishment_cases::status.eq(Status::Appealed),
            punishment_cases::appealed_at.eq(now()),
            punishment_cases::hear_by.eq(hear_by),
        ))
        .execute(c)?;
    steps::moved(changed)?;
    vote::drop_open(c, &Actor::clock(), &case)?;
    let step = steps::add(c, &by.actor, id, StepKind::Appealed, &reason, true)?;
    steps::log(c, &by.actor, "punishment.appealed", &case, json!({ "reason": reason }))?;
    Ok((reload(c, id)?, step))
}

/// The decision stays.
pub(super) fn uphold(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    (case, supplier): (&Case, &Supplier),
    ballot: &Ballot,
) -> Result<(), Error> {
    let changed = diesel::update(steps::at(&case.id, Status::Appealed))
        .set(punishment_cases::status.eq(Status::InForce))
        .execute(c)?;
    steps::moved(changed)?;
    steps::add(c, by, &case.id, StepKind::Upheld, &ballot.grounds, true)?;
    letters::tell(c, vault, (case, supplier), "punishment-appeal-decision", case.to_on)?;
    steps::log(c, by, "punishment.upheld", case, told(ballot))?;
    let case = reload(c, &case.id)?;
    end_if_over(c, vault, (&case, supplier))
}

/// Something lighter takes the place of the decision, from the day on which that came into force.
pub(super) fn vary(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    (case, supplier): (&Case, &Supplier),
    ballot: &Ballot,
) -> Result<(), Error> {
    let terms = terms_of(ballot)?;
    let (Some(from_on), Some(appeal_by)) = (case.from_on, case.appeal_by) else {
        return Err(Error::Internal(format!("case {} is in force from no day", case.id)));
    };
    let to_on = terms.ends(from_on, appeal_by);
    let changed = diesel::update(steps::at(&case.id, Status::Appealed))
        .set((
            punishment_cases::status.eq(Status::InForce),
            punishment_cases::measure.eq(terms.measure),
            punishment_cases::orders.eq(terms.orders),
            punishment_cases::bars_data.eq(terms.bars_data),
            punishment_cases::to_on.eq(to_on),
        ))
        .execute(c)?;
    steps::moved(changed)?;
    let case = reload(c, &case.id)?;
    members::vary(c, &case)?;
    steps::add(c, by, &case.id, StepKind::Varied, &ballot.grounds, true)?;
    letters::tell(c, vault, (&case, supplier), "punishment-appeal-decision", Some(to_on))?;
    steps::log(c, by, "punishment.varied", &case, told_with(ballot, from_on, to_on))?;
    end_if_over(c, vault, (&case, supplier))
}

/// The appeal is followed: nothing is left of the decision.
pub(super) fn overturn(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    (case, supplier): (&Case, &Supplier),
    ballot: &Ballot,
) -> Result<(), Error> {
    let changed = diesel::update(steps::at(&case.id, Status::Appealed))
        .set((
            punishment_cases::status.eq(Status::Overturned),
            punishment_cases::ended_at.eq(now()),
            punishment_cases::ended_reason.eq(&ballot.grounds),
        ))
        .execute(c)?;
    steps::moved(changed)?;
    let (case, today) = (reload(c, &case.id)?, now().date());
    members::free(c, &case, today, &ballot.grounds)?;
    steps::add(c, by, &case.id, StepKind::Overturned, &ballot.grounds, true)?;
    letters::tell(c, vault, (&case, supplier), "punishment-appeal-decision", Some(today))?;
    steps::log(c, by, "punishment.overturned", &case, told(ballot))
}

/// A short measure may have run out while its appeal was heard.
fn end_if_over(
    c: &mut AnyConnection,
    vault: &Vault,
    (case, supplier): (&Case, &Supplier),
) -> Result<(), Error> {
    match case.to_on.filter(|day| *day <= now().date()) {
        Some(day) => {
            ends::end(c, &Actor::clock(), vault, (case, supplier), (End::Expired, day, ""))
        }
        None => Ok(()),
    }
}
