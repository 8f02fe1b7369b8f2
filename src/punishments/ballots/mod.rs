//! Ballots: what the people of a body vote on, and what follows once all whom it takes have agreed.

mod appeal;
mod carry;
pub mod clock;
mod ends;
mod input;
mod open;
mod reenter;
mod release;
pub mod routes;
pub mod routes_portal;
mod seats;
pub mod shown;
mod vote;
pub mod waiting;

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::stages::Action;
use super::{Measure, Orders};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{punishment_ballots, punishment_votes};

pub use appeal::{appeal, may_appeal};
pub use input::{AppealInput, BallotInput, ReentryInput, ReleaseInput, VoteInput};
pub use open::open;
pub use reenter::reenter;
pub use release::{ask_release, may_ask_release};
pub use seats::Seats;
pub use shown::Shown;
pub use vote::{drop_open, vote};

text_enum! {
    /// What a ballot is about.
    Kind {
        Decision = "decision",
        Appeal = "appeal",
        Release = "release",
        Lifting = "lifting",
    }
}

text_enum! {
    /// What is to follow if all agree.
    Outcome {
        Impose = "impose",
        /// Nothing follows from the case.
        Dismiss = "dismiss",
        Uphold = "uphold",
        Vary = "vary",
        Overturn = "overturn",
        /// The measure ends today.
        End = "end",
    }
}

text_enum! {
    /// Where a ballot stands.
    Status {
        Open = "open",
        Carried = "carried",
        /// Somebody voted against it, or what it was about has changed.
        Failed = "failed",
    }
}

impl Kind {
    /// What is done to the case once a ballot is carried.
    pub fn action(self) -> Action {
        match self {
            Kind::Decision => Action::Decide,
            Kind::Appeal => Action::Hear,
            Kind::Release => Action::Release,
            Kind::Lifting => Action::Lift,
        }
    }

    /// What can be voted for.
    pub fn outcomes(self) -> &'static [Outcome] {
        match self {
            Kind::Decision => &[Outcome::Impose, Outcome::Dismiss],
            Kind::Appeal => &[Outcome::Uphold, Outcome::Vary, Outcome::Overturn],
            Kind::Release | Kind::Lifting => &[Outcome::End],
        }
    }
}

impl Outcome {
    /// Whether it names a measure.
    pub fn imposes(self) -> bool {
        matches!(self, Outcome::Impose | Outcome::Vary)
    }
}

impl Status {
    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Open => "wait",
            Status::Carried => "ok",
            Status::Failed => "none",
        }
    }
}

/// What is voted on.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = punishment_ballots)]
pub struct Ballot {
    pub id: String,
    pub case_id: String,
    /// 1, 2, 3… within the case.
    pub number: i64,
    pub kind: Kind,
    pub outcome: Outcome,
    /// What is imposed, where something is.
    pub measure: Option<Measure>,
    pub orders: Option<Orders>,
    pub bars_data: bool,
    /// Months; none for a measure without an end, or where nothing is imposed.
    pub term: Option<i64>,
    pub grounds: String,
    /// Why it departs from the standard, "" where it does not.
    pub departure: String,
    /// How the board was told, where the body tells it.
    pub board_notice: String,
    /// That of the group as it was looked at, where the measure reaches it.
    pub group_hash: String,
    pub status: Status,
    pub opened_by: String,
    pub opened_name: String,
    pub opened_at: NaiveDateTime,
    pub closed_at: Option<NaiveDateTime>,
}

/// A vote: one for each person and ballot. Whoever opens a ballot votes for it by that.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = punishment_votes)]
pub struct Vote {
    pub id: String,
    pub ballot_id: String,
    pub account_id: String,
    pub account_name: String,
    pub role: String,
    pub agrees: bool,
    pub grounds: String,
    pub at: NaiveDateTime,
}

/// The ballots of a case with their votes, the oldest first.
pub fn of(c: &mut AnyConnection, case_id: &str) -> Result<Vec<(Ballot, Vec<Vote>)>, Error> {
    let ballots: Vec<Ballot> = punishment_ballots::table
        .filter(punishment_ballots::case_id.eq(case_id))
        .order(punishment_ballots::number)
        .limit(500)
        .select(Ballot::as_select())
        .load(c)?;
    let mut votes = votes_of(c, &ballots)?;
    let whole = |ballot: Ballot| {
        let cast = votes.remove(&ballot.id).unwrap_or_default();
        (ballot, cast)
    };
    Ok(ballots.into_iter().map(whole).collect())
}

/// The votes of some ballots by the id of each, the first first.
fn votes_of(
    c: &mut AnyConnection,
    ballots: &[Ballot],
) -> Result<HashMap<String, Vec<Vote>>, Error> {
    let ids = ballots.iter().map(|ballot| ballot.id.as_str());
    let all: Vec<Vote> = punishment_votes::table
        .filter(among(punishment_votes::ballot_id, ids))
        .order((punishment_votes::at, punishment_votes::id))
        .select(Vote::as_select())
        .load(c)?;
    let mut votes: HashMap<String, Vec<Vote>> = HashMap::new();
    for one in all {
        votes.entry(one.ballot_id.clone()).or_default().push(one);
    }
    Ok(votes)
}

/// The ballot of an id.
fn find_ballot(c: &mut AnyConnection, id: &str) -> Result<Ballot, Error> {
    Ok(punishment_ballots::table.find(id).select(Ballot::as_select()).first(c)?)
}

/// The ballot of a number in a case.
fn numbered(c: &mut AnyConnection, case_id: &str, number: i64) -> Result<Ballot, Error> {
    Ok(punishment_ballots::table
        .filter(punishment_ballots::case_id.eq(case_id))
        .filter(punishment_ballots::number.eq(number))
        .select(Ballot::as_select())
        .first(c)?)
}

/// The ballot of a case that people vote on now, if there is one.
fn open_of(c: &mut AnyConnection, case_id: &str) -> Result<Option<Ballot>, Error> {
    Ok(punishment_ballots::table
        .filter(punishment_ballots::case_id.eq(case_id))
        .filter(punishment_ballots::status.eq(Status::Open))
        .select(Ballot::as_select())
        .first(c)
        .optional()?)
}
