//! Ballots: what the people of a body vote on, and what follows once all whom it takes have agreed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Measure, Orders};
use crate::schema::{punishment_ballots, punishment_votes};

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
