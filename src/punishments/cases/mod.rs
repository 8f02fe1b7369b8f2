//! Cases: brought with their facts, served on the company, answered by it.

pub mod api;
mod correct;
mod export;
mod input;
mod interims;
pub mod letters;
pub mod list;
pub mod mine;
mod papers;
mod propose;
mod query;
mod reply;
pub mod routes;
mod routes_acts;
mod routes_new;
pub mod routes_portal;
mod routes_reply;
pub mod routes_show;
mod serve;
pub mod shown;
pub mod steps;
pub mod waiting;
mod withdraw;

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Orders;
use crate::schema::punishment_interims;

pub use correct::{correct, may_correct};
pub use input::{
    CorrectionInput, EndingInput, InterimInput, ProposalInput, ReplyInput, ReviewInput,
    ServiceInput, WithdrawalInput,
};
pub use interims::{end_all, end_interim, impose_interim, interims_of, review_interim};
pub use papers::{MOST_PAPERS, attach, may_take, papers_of, take};
pub use propose::{may_propose, proposals_from_effects, propose};
pub use reply::{may_reply, reply};
pub use serve::serve;
pub use withdraw::withdraw;

/// Days from the end of the reply in which we decide.
pub const DECIDE_DAYS: u64 = 30;
/// Days from an appeal in which it is heard.
pub const HEAR_DAYS: u64 = 30;

/// What holds the company before the decision.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = punishment_interims)]
pub struct Interim {
    pub id: String,
    pub case_id: String,
    pub supplier_id: String,
    pub orders: Orders,
    pub from_on: NaiveDate,
    /// The first day on which it holds no more.
    pub to_on: NaiveDate,
    pub reason: String,
    pub imposed_by: String,
    pub imposed_name: String,
    pub imposed_at: NaiveDateTime,
    /// Somebody else has looked whether it is still needed.
    pub reviewed_at: Option<NaiveDateTime>,
    pub reviewed_by: Option<String>,
    pub reviewed_name: String,
    /// Ended early, on this day.
    pub ended_on: Option<NaiveDate>,
    pub ended_reason: String,
}

impl Interim {
    /// The first day on which it holds no more, or held no more.
    pub fn last(&self) -> NaiveDate {
        self.ended_on.map_or(self.to_on, |day| day.min(self.to_on))
    }

    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from_on <= day && day < self.last()
    }
}

/// A day so many days after another.
fn after(day: NaiveDate, days: i64) -> NaiveDate {
    day + Days::new(days.max(0) as u64)
}
