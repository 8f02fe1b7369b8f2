//! Looks at a company, or at all companies when a measure comes into force.

use std::collections::{BTreeSet, HashSet};

use diesel::prelude::*;

use super::matching::{find_links, held_of, too_common};
use super::{HELD, traces};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::punishments::Case;
use crate::schema::{evasion_traces, punishment_members};
use crate::values::now;

/// Companies compared in one go.
const AT_ONCE: usize = 200;
/// Values asked for in one query.
const VALUES: usize = 500;

/// Compares a company as it is now with those under a measure today, outside its own cases. How many links
/// wait that did not before. What only the key opens is compared as the job has last seen it.
pub fn look(c: &mut AnyConnection, supplier_id: &str) -> Result<usize, Error> {
    traces::refresh(c, None, &[supplier_id])?;
    both_ways(c, &[supplier_id])
}

/// Compares companies with those under a measure; and where one of them is under a measure itself, every company
/// that shares something with it.
pub(super) fn both_ways(c: &mut AnyConnection, ids: &[&str]) -> Result<usize, Error> {
    let found = find_links(c, ids)?;
    let held = held_of(c, ids, now().date())?;
    let held: Vec<&str> = held.iter().map(String::as_str).collect();
    Ok(found + compare_sharing(c, &held)?)
}

/// The other way round, when a measure comes into force: compares every company that shares something with
/// those that it holds.
pub fn look_all(c: &mut AnyConnection, case: &Case) -> Result<usize, Error> {
    let mut held: Vec<String> = punishment_members::table
        .filter(punishment_members::case_id.eq(&case.id))
        .filter(punishment_members::status.eq_any(HELD))
        .select(punishment_members::supplier_id)
        .load(c)?;
    held.push(case.supplier_id.clone());
    let held: Vec<&str> = held.iter().map(String::as_str).collect();
    for some in held.chunks(AT_ONCE) {
        traces::refresh(c, None, some)?;
    }
    compare_sharing(c, &held)
}

fn compare_sharing(c: &mut AnyConnection, held: &[&str]) -> Result<usize, Error> {
    if held.is_empty() {
        return Ok(0);
    }
    let others = sharing(c, held)?;
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let mut found = 0;
    for some in others.chunks(AT_ONCE) {
        found += find_links(c, some)?;
    }
    Ok(found)
}

/// The other companies that have a trace of one of these, unless it is one that too many have.
fn sharing(c: &mut AnyConnection, held: &[&str]) -> Result<Vec<String>, Error> {
    let mut values = HashSet::new();
    for some in held.chunks(AT_ONCE) {
        let theirs: Vec<String> = evasion_traces::table
            .filter(among(evasion_traces::supplier_id, some.iter().copied()))
            .select(evasion_traces::value)
            .load(c)?;
        values.extend(theirs);
    }
    let all: Vec<&str> = values.iter().map(String::as_str).collect();
    let common = too_common(c, &all)?;
    let rare: Vec<&str> = all.into_iter().filter(|value| !common.contains(*value)).collect();
    let mut others = BTreeSet::new();
    for some in rare.chunks(VALUES) {
        let found: Vec<String> = evasion_traces::table
            .filter(among(evasion_traces::value, some.iter().copied()))
            .select(evasion_traces::supplier_id)
            .distinct()
            .load(c)?;
        others.extend(found);
    }
    others.retain(|id| !held.contains(&id.as_str()));
    Ok(others.into_iter().collect())
}
