//! What waits for somebody, for the queue of work: the oldest first, at most 100 of each.

pub mod candidates;
pub mod companies;

use chrono::NaiveDateTime;

/// Rows of a queue, at most: more than this nobody reads in one sitting.
const AT_MOST: i64 = 100;

/// Something that waits, and where it is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    pub id: String,
    pub path: String,
    /// A company's name as it is registered, or the title of a need.
    pub title: String,
    /// Since when, UTC; of a need the day on which it was wanted.
    pub since: NaiveDateTime,
}
