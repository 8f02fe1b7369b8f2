//! A company says that it has put right what was wrong, and asks for an early end.

use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use serde_json::json;
use validator::Validate;

use super::input::needed;
use super::{Kind, ReleaseInput, Status as BallotStatus};
use crate::access::Member;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::punishments::cases::steps;
use crate::punishments::stages::Action;
use crate::punishments::standards::{Standard, find_standard};
use crate::punishments::{Case, Release, StepKind, find_of};
use crate::schema::{punishment_ballots, punishment_steps};
use crate::values::{forever, now};

/// Months after which a measure without an end is looked at again.
const REVIEW_MONTHS: u32 = 60;

/// The first day on which an early end may be asked for; none where there is none.
pub(super) fn release_from(case: &Case, standard: &Standard) -> Option<NaiveDate> {
    let (from_on, to_on) = (case.from_on?, case.to_on?);
    let review = from_on + Months::new(REVIEW_MONTHS);
    match standard.release {
        Release::Never => None,
        Release::Review => Some(review),
        Release::HalfTerm if to_on >= forever().date() => Some(review),
        Release::HalfTerm => {
            let days = (to_on - from_on).num_days();
            // The half is over only when the longer one is.
            Some(from_on + chrono::Duration::days(days - days / 2))
        }
    }
}

/// Why an early end cannot be asked for today; none where it can.
pub(super) fn obstacle(
    c: &mut AnyConnection,
    case: &Case,
    standard: &Standard,
    today: NaiveDate,
) -> Result<Option<&'static str>, Error> {
    if !Action::AskRelease.is_open(case.status) || case.to_on.is_none_or(|last| last <= today) {
        return Ok(Some("conflict-punishment"));
    }
    match release_from(case, standard) {
        None => return Ok(Some("conflict-release-never")),
        Some(day) if day > today => return Ok(Some("conflict-release-early")),
        Some(_) => {}
    }
    Ok(waits(c, &case.id)?.then_some("conflict-release-asked"))
}

/// Whether an early end may be voted on: it was asked for, nobody has decided on that since, and the standard
/// allows it by now.
pub(super) fn is_asked(
    c: &mut AnyConnection,
    case: &Case,
    standard: &Standard,
    today: NaiveDate,
) -> Result<bool, Error> {
    let is_time = release_from(case, standard).is_some_and(|day| day <= today);
    Ok(is_time && waits(c, &case.id)?)
}

/// Whether the company has asked, and no ballot has answered it.
fn waits(c: &mut AnyConnection, case_id: &str) -> Result<bool, Error> {
    let asked = punishment_steps::table
        .filter(punishment_steps::case_id.eq(case_id))
        .filter(punishment_steps::kind.eq(StepKind::ReleaseAsked))
        .order((punishment_steps::at.desc(), punishment_steps::id.desc()))
        .select(punishment_steps::at)
        .first::<chrono::NaiveDateTime>(c)
        .optional()?;
    let Some(asked) = asked else {
        return Ok(false);
    };
    let answered: i64 = punishment_ballots::table
        .filter(punishment_ballots::case_id.eq(case_id))
        .filter(punishment_ballots::kind.eq(Kind::Release))
        .filter(punishment_ballots::status.ne(BallotStatus::Open))
        .filter(punishment_ballots::opened_at.ge(asked))
        .count()
        .get_result(c)?;
    Ok(answered == 0)
}

/// What asking for an early end comes to, where it can be taken: the case, and what was put right. `has_file` says
/// whether something that shows it comes along.
pub fn may_ask_release(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &ReleaseInput,
    has_file: bool,
) -> Result<(Case, String), Error> {
    let case = find_of(c, by, id)?;
    let standard = find_standard(c, &case.standard_id)?;
    if let Some(why) = obstacle(c, &case, &standard, now().date())? {
        return Err(Error::Conflict(why));
    }
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let text = needed("release_text", &input.release_text, &mut problems);
    if !has_file {
        problems.add(Problem::new("file", "release_evidence"));
    }
    problems.into_result()?;
    Ok((case, text))
}

/// The company asks for an early end; the id of the step, for the file that comes with it.
pub fn ask_release(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &ReleaseInput,
) -> Result<(Case, String), Error> {
    let (case, text) = may_ask_release(c, by, id, input, true)?;
    let step = steps::add(c, &by.actor, id, StepKind::ReleaseAsked, &text, true)?;
    steps::log(c, &by.actor, "punishment.release_asked", &case, json!({}))?;
    Ok((case, step))
}
