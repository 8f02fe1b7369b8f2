//! Companies that may be in the register twice: found by their names and places, decided by people.

mod keys;
mod places;
mod prepared;
mod score;
mod words;

pub use keys::keys;
pub use prepared::Prepared;
pub use score::{Described, Likeness, Reason, THRESHOLD, likeness};
