//! The companies of a group that a measure holds: looked at before the decision, and watched afterwards.
//!
//! A [`Preview`] has every company within the reach of a standard, how it stands to the one that the case is
//! against, and what would stop. Whoever brings a decision to the vote includes or exempts each; once it is
//! carried the included ones are held. [`watch`] finds who has joined or left since, and a person settles it.

mod choose;
mod differences;
mod force;
mod penalties;
mod preview;
pub mod routes;
mod settle;
pub mod shown;
mod stage;
mod waiting;
pub mod watch;

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Held, MemberStatus};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{punishment_members, suppliers};
use crate::suppliers::Supplier;

pub use choose::{choices_of, choose};
pub use differences::{Differences, differences};
pub use force::{free, put_in_force, vary};
pub use penalties::{Penalty, penalties_of};
pub use preview::{Preview, PreviewMember, preview};
pub use settle::{SettleInput, find, settle};
pub use shown::Shown;
pub use stage::readmit;
pub use waiting::{Waiting, waiting};

impl MemberStatus {
    /// Whether somebody has to look.
    pub fn waits(self) -> bool {
        matches!(self, MemberStatus::Proposed | MemberStatus::Left)
    }

    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            MemberStatus::Proposed | MemberStatus::Left => "due",
            MemberStatus::Included => "stop",
            MemberStatus::Exempted | MemberStatus::Freed => "none",
        }
    }
}

/// The companies that a case is or was about: the one that it is against first, then by ground and number.
pub fn of(c: &mut AnyConnection, case_id: &str) -> Result<Vec<(Held, Supplier)>, Error> {
    let mut all: Vec<(Held, Supplier)> = punishment_members::table
        .inner_join(suppliers::table.on(suppliers::id.eq(punishment_members::supplier_id)))
        .filter(punishment_members::case_id.eq(case_id))
        .order((punishment_members::found_at, punishment_members::id))
        .select((Held::as_select(), Supplier::as_select()))
        .load(c)?;
    all.sort_by_key(|(row, supplier)| (row.ground, supplier.number));
    Ok(all)
}

/// The newest row of each company of a case: one that was freed and came back has two.
fn newest(c: &mut AnyConnection, case_id: &str) -> Result<HashMap<String, Held>, Error> {
    let rows: Vec<Held> = punishment_members::table
        .filter(punishment_members::case_id.eq(case_id))
        .order((punishment_members::found_at, punishment_members::id))
        .select(Held::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(|row| (row.supplier_id.clone(), row)).collect())
}
