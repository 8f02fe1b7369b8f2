//! People vote on what was brought; once all whom it takes have agreed, it is carried.

use diesel::prelude::*;
use serde_json::json;

use super::carry::carry;
use super::input::needed;
use super::open::told;
use super::seats::may_vote;
use super::{Ballot, Seats, Status, Vote, VoteInput, find_ballot, open_of, votes_of};
use crate::access::{Actor, May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::punishments::cases::steps;
use crate::punishments::standards::find_standard;
use crate::punishments::{Case, StepKind, find};
use crate::schema::{punishment_ballots, punishment_votes};
use crate::values::{new_id, now};
use crate::vault::Vault;

/// Votes on a ballot. One vote against fails it; the last one that it takes carries it.
pub fn vote(
    c: &mut AnyConnection,
    by: &May<right::DecidePunishments>,
    vault: &Vault,
    ballot_id: &str,
    input: &VoteInput,
) -> Result<Ballot, Error> {
    let ballot = find_ballot(c, ballot_id)?;
    let (case, supplier) = find(c, by.scope(), &ballot.case_id)?;
    let standard = find_standard(c, &case.standard_id)?;
    let votes = votes_of(c, std::slice::from_ref(&ballot))?.remove(ballot_id).unwrap_or_default();
    if votes.iter().any(|vote| vote.account_id == by.actor().account_id) {
        return Err(Error::Conflict("conflict-ballot-voted"));
    }
    may_vote(c, by.actor(), &case, &standard, ballot.kind)?;
    if ballot.status != Status::Open || !ballot.kind.action().is_open(case.status) {
        return Err(Error::Conflict("conflict-ballot"));
    }
    let mut problems = Problems::default();
    let agrees = match input.vote.as_str() {
        "for" => true,
        "against" => false,
        _ => {
            problems.add(Problem::new("vote", "unknown_choice"));
            false
        }
    };
    let grounds = needed("vote_grounds", &input.vote_grounds, &mut problems);
    problems.into_result()?;
    let votes = [votes, vec![cast(c, by.actor(), &ballot, agrees, &grounds)?]].concat();
    let details = json!({ "ballot": ballot.number, "vote": input.vote, "vote_grounds": grounds });
    steps::log(c, by.actor(), "punishment.voted", &case, details)?;
    if !agrees {
        fail(c, by.actor(), &case, &ballot, &grounds)?;
    } else if Seats::of(c, &case, &standard, ballot.kind)?.are_taken(&votes) {
        carry(c, by.actor(), vault, (&case, &supplier, &standard), &ballot)?;
    }
    find_ballot(c, ballot_id)
}

/// Writes a vote down.
pub(super) fn cast(
    c: &mut AnyConnection,
    by: &Actor,
    ballot: &Ballot,
    agrees: bool,
    grounds: &str,
) -> Result<Vote, Error> {
    let vote = Vote {
        id: new_id(),
        ballot_id: ballot.id.clone(),
        account_id: by.account_id.clone(),
        account_name: by.name.clone(),
        role: by.role.as_str().into(),
        agrees,
        grounds: grounds.into(),
        at: now(),
    };
    diesel::insert_into(punishment_votes::table).values(&vote).execute(c)?;
    Ok(vote)
}

/// Closes an open ballot.
pub(super) fn close(c: &mut AnyConnection, ballot: &Ballot, status: Status) -> Result<(), Error> {
    let row = punishment_ballots::table.find(&ballot.id);
    let changed = diesel::update(row.filter(punishment_ballots::status.eq(Status::Open)))
        .set((punishment_ballots::status.eq(status), punishment_ballots::closed_at.eq(now())))
        .execute(c)?;
    if changed == 0 { Err(Error::Conflict("conflict-ballot")) } else { Ok(()) }
}

/// A ballot fails: somebody is against it, or it is about what there is no more.
pub(super) fn fail(
    c: &mut AnyConnection,
    by: &Actor,
    case: &Case,
    ballot: &Ballot,
    why: &str,
) -> Result<(), Error> {
    close(c, ballot, Status::Failed)?;
    steps::add(c, by, &case.id, StepKind::BallotFailed, why, false)?;
    let mut details = told(ballot);
    details["reason"] = json!(why);
    steps::log(c, by, "punishment.ballot_failed", case, details)
}

/// Fails the ballot of a case that is still open, if there is one: what it was about has changed. Call it where
/// a case leaves the state in which it was opened.
pub fn drop_open(c: &mut AnyConnection, by: &Actor, case: &Case) -> Result<(), Error> {
    match open_of(c, &case.id)? {
        Some(ballot) => fail(c, by, case, &ballot, ""),
        None => Ok(()),
    }
}
