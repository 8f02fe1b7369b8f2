//! Cases: brought with their facts, served on the company, answered by it.

pub mod letters;
pub mod steps;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Orders;
use crate::schema::punishment_interims;

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
