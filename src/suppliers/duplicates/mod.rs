//! Companies that may be in the register twice: found by their names and places, decided by people.

mod compare;
mod decide;
mod keys;
mod places;
mod prepared;
mod queue;
mod scan;
mod score;
mod similar;
mod words;
mod work;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::schema::duplicate_pairs;

pub use compare::compare;
pub(super) use compare::{are_two_entities, forget, pairs_of};
pub use decide::{Decision, MOST_AT_ONCE, decide_all, keep_apart, seen};
pub(super) use decide::{ask_again, note};
pub use keys::keys;
pub use prepared::Prepared;
pub use queue::{Asked, Side, find, of_supplier, page, sides};
pub use scan::{due, is_due, scan_some};
pub use score::{Described, Likeness, Reason, THRESHOLD, likeness};
pub use similar::{SHOWN, similar};
pub use work::after_start;

text_enum! {
    /// What became of a pair.
    PairStatus {
        /// For a person's word.
        Waiting = "waiting",
        /// Two companies, as a person said.
        Apart = "apart",
        /// One company: they were merged.
        Merged = "merged",
        /// Overtaken by the merge of one of the two with a third.
        Closed = "closed",
    }
}

/// Two companies that may be one.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = duplicate_pairs)]
pub struct Pair {
    pub id: String,
    /// The company with the smaller number.
    pub first_id: String,
    pub second_id: String,
    /// Thousandths.
    pub score: i64,
    /// [`Reason`]s as a JSON list.
    pub reasons: String,
    pub status: PairStatus,
    pub found_at: NaiveDateTime,
    pub decided_at: Option<NaiveDateTime>,
    pub decided_by: Option<String>,
    pub decided_name: String,
    pub decision_reason: String,
}

impl Pair {
    /// The company beside `one`.
    pub fn other(&self, one: &str) -> &str {
        if self.first_id == one { &self.second_id } else { &self.first_id }
    }

    /// What speaks for and against it.
    pub fn reasons(&self) -> Vec<Reason> {
        let codes: Vec<String> = serde_json::from_str(&self.reasons).unwrap_or_default();
        codes.iter().filter_map(|code| Reason::parse(code)).collect()
    }
}
