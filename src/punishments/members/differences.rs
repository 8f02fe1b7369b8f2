//! What has changed in a group since somebody looked at it.

use std::collections::HashMap;

use super::preview::{Preview, PreviewMember, preview};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Ground, Held};
use crate::suppliers::Supplier;

/// What has changed in a group since it was looked at.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// Companies that were not there.
    pub joined: Vec<PreviewMember>,
    /// Companies that are there no more.
    pub left: Vec<(Held, Supplier)>,
    /// Companies that stand to the one of the case in another way, and how they stood.
    pub moved: Vec<(PreviewMember, Ground)>,
}

impl Differences {
    /// Whether everybody is there as before.
    pub fn is_empty(&self) -> bool {
        self.joined.is_empty() && self.left.is_empty() && self.moved.is_empty()
    }
}

/// What has changed since the group had a hash, beside what was chosen then; none where it has not changed.
pub fn differences(
    c: &mut AnyConnection,
    case: &Case,
    standard: &Standard,
    old_hash: &str,
) -> Result<Option<Differences>, Error> {
    let preview = preview(c, case, standard)?;
    if preview.hash == old_hash {
        return Ok(None);
    }
    Ok(Some(between(&preview, &super::of(c, &case.id)?)))
}

/// What a group has that those who were chosen from it have not, and the other way round.
pub(super) fn between(preview: &Preview, chosen: &[(Held, Supplier)]) -> Differences {
    let before: HashMap<&str, Ground> =
        chosen.iter().map(|(row, _)| (row.supplier_id.as_str(), row.ground)).collect();
    let mut found = Differences::default();
    for member in &preview.members {
        match before.get(member.supplier.id.as_str()) {
            None => found.joined.push(member.clone()),
            Some(ground) if !is_same(*ground, member.ground) => {
                found.moved.push((member.clone(), *ground));
            }
            Some(_) => {}
        }
    }
    let is_there = |row: &Held| preview.members.iter().any(|m| m.supplier.id == row.supplier_id);
    found.left = chosen.iter().filter(|(row, _)| !is_there(row)).cloned().collect();
    found
}

/// Whether a company stands as it stood: a successor is called so by people.
fn is_same(before: Ground, now: Ground) -> bool {
    before == now || before == Ground::Successor
}
