//! What follows once a ballot is carried.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde_json::Value;

use super::appeal;
use super::ends::{self, End};
use super::input::Terms;
use super::open::told;
use super::vote::{close, fail};
use super::{Ballot, Outcome, Status as BallotStatus};
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::punishments::cases::{self, letters, steps};
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Status, StepKind, evasion, members};
use crate::schema::punishment_cases;
use crate::suppliers::Supplier;
use crate::values::now;
use crate::vault::Vault;

/// Does what the people of a body have agreed on. A group that is no longer the one that was looked at fails the
/// ballot instead.
pub(super) fn carry(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    (case, supplier, standard): (&Case, &Supplier, &Standard),
    ballot: &Ballot,
) -> Result<(), Error> {
    if ballot.outcome == Outcome::Impose {
        let group = members::preview(c, case, standard)?;
        if group.hash != ballot.group_hash {
            return fail(c, by, case, ballot, "");
        }
    }
    close(c, ballot, BallotStatus::Carried)?;
    let about = (case, supplier);
    match ballot.outcome {
        Outcome::Impose => impose(c, by, vault, (case, supplier, standard), ballot),
        Outcome::Dismiss => dismiss(c, by, vault, about, ballot),
        Outcome::Uphold => appeal::uphold(c, by, vault, about, ballot),
        Outcome::Vary => appeal::vary(c, by, vault, about, ballot),
        Outcome::Overturn => appeal::overturn(c, by, vault, about, ballot),
        Outcome::End => {
            let end = if ballot.kind == super::Kind::Release { End::Released } else { End::Lifted };
            ends::end(c, by, vault, about, (end, now().date(), &ballot.grounds))
        }
    }
}

/// What a ballot imposes.
pub(super) fn terms_of(ballot: &Ballot) -> Result<Terms, Error> {
    match (ballot.measure, ballot.orders) {
        (Some(measure), Some(orders)) => {
            Ok(Terms { measure, orders, bars_data: ballot.bars_data, term: ballot.term })
        }
        _ => Err(Error::Internal(format!("ballot {} names no measure", ballot.id))),
    }
}

/// What the trail tells of a decision: what was voted on, and from when until when it holds.
pub(super) fn told_with(ballot: &Ballot, from_on: NaiveDate, to_on: NaiveDate) -> Value {
    let mut details = told(ballot);
    details["holds_from"] = from_on.to_string().into();
    details["holds_until"] = to_on.to_string().into();
    details
}

fn impose(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    (case, supplier, standard): (&Case, &Supplier, &Standard),
    ballot: &Ballot,
) -> Result<(), Error> {
    let (terms, today) = (terms_of(ballot)?, now().date());
    let appeal_by = today + Days::new(standard.appeal_days.max(0) as u64);
    let to_on = terms.ends(today, appeal_by);
    let changed = diesel::update(steps::at(&case.id, Status::Served))
        .set((
            punishment_cases::status.eq(Status::InForce),
            punishment_cases::decided_at.eq(now()),
            punishment_cases::measure.eq(terms.measure),
            punishment_cases::orders.eq(terms.orders),
            punishment_cases::bars_data.eq(terms.bars_data),
            punishment_cases::from_on.eq(today),
            punishment_cases::to_on.eq(to_on),
            punishment_cases::appeal_by.eq(appeal_by),
        ))
        .execute(c)?;
    steps::moved(changed)?;
    let case = reload(c, &case.id)?;
    members::put_in_force(c, &case)?;
    cases::end_all(c, by, &case)?;
    evasion::look_all(c, &case)?;
    steps::add(c, by, &case.id, StepKind::Decided, &ballot.grounds, true)?;
    letters::tell(c, vault, (&case, supplier), "punishment-decision", Some(appeal_by))?;
    steps::log(c, by, "punishment.decided", &case, told_with(ballot, today, to_on))
}

fn dismiss(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    (case, supplier): (&Case, &Supplier),
    ballot: &Ballot,
) -> Result<(), Error> {
    let changed = diesel::update(steps::at(&case.id, Status::Served))
        .set((
            punishment_cases::status.eq(Status::NotImposed),
            punishment_cases::decided_at.eq(now()),
            punishment_cases::ended_at.eq(now()),
            punishment_cases::ended_reason.eq(&ballot.grounds),
        ))
        .execute(c)?;
    steps::moved(changed)?;
    let (case, today) = (reload(c, &case.id)?, now().date());
    members::free(c, &case, today, &ballot.grounds)?;
    cases::end_all(c, by, &case)?;
    steps::add(c, by, &case.id, StepKind::NotImposed, &ballot.grounds, true)?;
    letters::tell(c, vault, (&case, supplier), "punishment-dropped", None)?;
    steps::log(c, by, "punishment.not_imposed", &case, told(ballot))
}

/// A case as it stands now.
pub(super) fn reload(c: &mut AnyConnection, id: &str) -> Result<Case, Error> {
    Ok(punishment_cases::table.find(id).select(Case::as_select()).first(c)?)
}
