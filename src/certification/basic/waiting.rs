//! Audits that wait for somebody.

use chrono::{Days, NaiveTime};

use super::{Status, list, parts};
use crate::access::{Actor, Scope};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::values::now;

use super::list::Row;

/// How many days before its last day a company is to be audited again.
const AHEAD: u64 = 30;

/// Audits that somebody else has examined and proposed, the oldest first.
pub fn to_decide(c: &mut AnyConnection, actor: &Actor, at_most: usize) -> Result<Vec<Row>, Error> {
    let mut rows = list::by_status(c, &actor.scope, Some(Status::Proposed), None, at_most)?;
    let audits: Vec<_> = rows.iter().map(|(audit, _)| audit).collect();
    let own = parts::of(c, &actor.account_id, &audits)?;
    rows.retain(|(audit, _)| !own.contains(&audit.id));
    Ok(rows)
}

/// Companies whose certification runs out in the next 30 days, or has, each with the moment since
/// when it waits.
pub fn due(
    c: &mut AnyConnection,
    scope: &Scope,
    at_most: usize,
) -> Result<Vec<(Row, chrono::NaiveDateTime)>, Error> {
    let today = now().date();
    let until = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let rows = list::running_out(c, scope, (None, until), None, at_most)?;
    let since = |row: Row| {
        let end = row.0.valid_to.unwrap_or(today);
        let from = end.checked_sub_days(Days::new(AHEAD)).unwrap_or(end);
        (row, from.and_time(NaiveTime::MIN))
    };
    Ok(rows.into_iter().map(since).collect())
}
