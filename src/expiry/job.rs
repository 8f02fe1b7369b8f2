//! What is done by the clock where things run out.

use super::reminders;
use crate::access::Actor;
use crate::certification::category::keep;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::scheduler::Step;
use crate::values::now;
use crate::vault::Vault;

/// Companies in a batch.
const COMPANIES: i64 = 50;

/// Looks at the standing certifications of the next companies: what ran out lapses, what lacks
/// something is suspended, and no longer than it lacks it.
pub fn recheck(c: &mut AnyConnection, vault: &Vault, after: &str) -> Result<Step, Error> {
    let ids = keep::companies_after(c, after, COMPANIES)?;
    let companies: Vec<&str> = ids.iter().map(String::as_str).collect();
    let changed = keep::recheck(c, &Actor::clock(), vault, &companies)?;
    Ok(Step { done: changed as i64, next: last_of(ids, COMPANIES) })
}

/// Reminds of what runs out at the next companies.
pub fn remind(c: &mut AnyConnection, vault: &Vault, after: &str) -> Result<Step, Error> {
    reminders::remind(c, vault, now().date(), after)
}

/// Where a walk goes on after a batch: nowhere, when the batch was not full.
pub(super) fn last_of(mut ids: Vec<String>, limit: i64) -> Option<String> {
    if (ids.len() as i64) < limit { None } else { ids.pop() }
}
