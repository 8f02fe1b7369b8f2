//! What of cases waits for somebody who votes.

use std::collections::HashSet;

use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::seats::{Seats, voters};
use super::{Ballot, Kind, Status as BallotStatus, votes_of};
use crate::access::Actor;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Status};
use crate::schema::{punishment_ballots, punishment_cases, punishment_standards, suppliers};
use crate::values::now;

/// A case that waits: it, the legal name of its company, since when.
pub type Waiting = (Case, String, NaiveDateTime);

/// Ballots on which somebody may vote and has not, the oldest first, `limit` at most.
pub fn to_vote(c: &mut AnyConnection, actor: &Actor, limit: i64) -> Result<Vec<Waiting>, Error> {
    let mut query = punishment_ballots::table
        .inner_join(
            punishment_cases::table.on(punishment_cases::id.eq(punishment_ballots::case_id)),
        )
        .inner_join(suppliers::table.on(suppliers::id.eq(punishment_cases::supplier_id)))
        .inner_join(
            punishment_standards::table
                .on(punishment_standards::id.eq(punishment_cases::standard_id)),
        )
        .filter(punishment_ballots::status.eq(BallotStatus::Open))
        .filter(punishment_cases::proposed_by.ne(actor.account_id.clone()))
        .order((punishment_ballots::opened_at, punishment_ballots::id))
        .limit(limit)
        .select((
            Ballot::as_select(),
            Case::as_select(),
            suppliers::legal_name,
            Standard::as_select(),
        ))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    let found: Vec<(Ballot, Case, String, Standard)> = query.load(c)?;
    let ballots: Vec<Ballot> = found.iter().map(|(ballot, ..)| ballot.clone()).collect();
    let votes = votes_of(c, &ballots)?;
    let involved = voters(c, &ids(found.iter().map(|(_, case, ..)| case)))?;
    let mut waiting = Vec::new();
    for (ballot, case, company, standard) in found {
        let cast = votes.get(&ballot.id).map(Vec::as_slice).unwrap_or_default();
        let has_voted = cast.iter().any(|vote| vote.account_id == actor.account_id);
        if has_voted || !ballot.kind.action().is_open(case.status) {
            continue;
        }
        if may_sit(c, actor, (&case, &standard, ballot.kind), &involved)? {
            waiting.push((case, company, ballot.opened_at));
        }
    }
    Ok(waiting)
}

/// Cases whose company was heard, and on which nobody votes yet.
pub fn to_decide(c: &mut AnyConnection, actor: &Actor, limit: i64) -> Result<Vec<Waiting>, Error> {
    let today = now().date();
    let all = without_ballot(c, actor, (Kind::Decision, Status::Served), limit)?;
    let heard = all.into_iter().filter(|(case, _)| case.is_heard(today));
    let since = |case: &Case| case.replied_at.or(case.served_at).unwrap_or(case.proposed_at);
    Ok(heard.map(|(case, company)| (since(&case), case, company)).map(turned).collect())
}

/// Appeals on which nobody votes yet.
pub fn to_hear(c: &mut AnyConnection, actor: &Actor, limit: i64) -> Result<Vec<Waiting>, Error> {
    let all = without_ballot(c, actor, (Kind::Appeal, Status::Appealed), limit)?;
    let since = |case: &Case| case.appealed_at.unwrap_or(case.proposed_at);
    Ok(all.into_iter().map(|(case, company)| (since(&case), case, company)).map(turned).collect())
}

fn turned((since, case, company): (NaiveDateTime, Case, String)) -> Waiting {
    (case, company, since)
}

/// Cases in a state that somebody may decide on, without an open ballot.
fn without_ballot(
    c: &mut AnyConnection,
    actor: &Actor,
    (kind, status): (Kind, Status),
    limit: i64,
) -> Result<Vec<(Case, String)>, Error> {
    let open = punishment_ballots::table
        .filter(punishment_ballots::case_id.eq(punishment_cases::id))
        .filter(punishment_ballots::status.eq(BallotStatus::Open));
    let mut query = punishment_cases::table
        .inner_join(suppliers::table.on(suppliers::id.eq(punishment_cases::supplier_id)))
        .inner_join(
            punishment_standards::table
                .on(punishment_standards::id.eq(punishment_cases::standard_id)),
        )
        .filter(punishment_cases::status.eq(status))
        .filter(punishment_cases::proposed_by.ne(actor.account_id.clone()))
        .filter(not(exists(open)))
        .order(punishment_cases::id)
        .limit(limit)
        .select((Case::as_select(), suppliers::legal_name, Standard::as_select()))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    let found: Vec<(Case, String, Standard)> = query.load(c)?;
    let involved = voters(c, &ids(found.iter().map(|(case, ..)| case)))?;
    let mut waiting = Vec::new();
    for (case, company, standard) in found {
        if may_sit(c, actor, (&case, &standard, kind), &involved)? {
            waiting.push((case, company));
        }
    }
    Ok(waiting)
}

fn ids<'a>(cases: impl Iterator<Item = &'a Case>) -> Vec<&'a str> {
    let distinct: HashSet<&str> = cases.map(|case| case.id.as_str()).collect();
    distinct.into_iter().collect()
}

/// Whether somebody counts for a ballot of a case that others have brought. Only appeals, of which there are few
/// at a time, ask who of staff is uninvolved.
fn may_sit(
    c: &mut AnyConnection,
    actor: &Actor,
    (case, standard, kind): (&Case, &Standard, Kind),
    involved: &HashSet<(String, String)>,
) -> Result<bool, Error> {
    let is_involved =
        kind == Kind::Appeal && involved.contains(&(case.id.clone(), actor.account_id.clone()));
    Ok(!is_involved && Seats::of(c, case, standard, kind)?.counts(actor.role))
}
