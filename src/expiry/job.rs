//! What is done by the clock where things run out.

use diesel::prelude::*;

use super::reminders;
use crate::access::Actor;
use crate::certification::category::{Status, keep};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::scheduler::Step;
use crate::schema::certifications;
use crate::values::now;
use crate::vault::Vault;

/// Companies in a batch.
const COMPANIES: i64 = 50;

/// Looks at the standing certifications of the next companies: what ran out lapses, what lacks
/// something is suspended, and no longer than it lacks it.
pub fn recheck(c: &mut AnyConnection, vault: &Vault, after: &str) -> Result<Step, Error> {
    let ids = companies_after(c, after, COMPANIES)?;
    let companies: Vec<&str> = ids.iter().map(String::as_str).collect();
    let changed = keep::recheck(c, &Actor::clock(), vault, &companies)?;
    Ok(Step { done: changed as i64, next: last_of(ids, COMPANIES) })
}

/// Reminds of what runs out at the next companies.
pub fn remind(c: &mut AnyConnection, vault: &Vault, after: &str) -> Result<Step, Error> {
    reminders::remind(c, vault, now().date(), after)
}

/// Companies with a standing certification, by id.
fn companies_after(c: &mut AnyConnection, after: &str, limit: i64) -> Result<Vec<String>, Error> {
    let standing = [Status::Certified, Status::Suspended].map(|status| status.as_str());
    Ok(certifications::table
        .filter(among(certifications::status, standing))
        .filter(certifications::supplier_id.gt(after))
        .order(certifications::supplier_id)
        .limit(limit)
        .select(certifications::supplier_id)
        .distinct()
        .load(c)?)
}

/// Where a walk goes on after a batch: nowhere, when the batch was not full.
pub(super) fn last_of(mut ids: Vec<String>, limit: i64) -> Option<String> {
    if (ids.len() as i64) < limit { None } else { ids.pop() }
}
