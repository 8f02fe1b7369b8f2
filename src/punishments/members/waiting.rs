//! Companies that have joined or left the group of a case, and wait for somebody to look.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::access::Actor;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::punishments::{Case, Held, MemberStatus, Status};
use crate::schema::{punishment_cases, punishment_members, suppliers};
use crate::suppliers::Supplier;
use crate::values::now;

/// A company that waits, with its case, and since when.
pub type Waiting = (Case, Held, Supplier, NaiveDateTime);

/// What waits for somebody, the oldest first, `limit` at most: cases that somebody else has brought, whose measure
/// is in force.
pub fn waiting(c: &mut AnyConnection, actor: &Actor, limit: i64) -> Result<Vec<Waiting>, Error> {
    let waits = [MemberStatus::Proposed, MemberStatus::Left];
    let in_force = [Status::InForce, Status::Appealed];
    let mut query = punishment_members::table
        .inner_join(
            punishment_cases::table.on(punishment_cases::id.eq(punishment_members::case_id)),
        )
        .inner_join(suppliers::table.on(suppliers::id.eq(punishment_members::supplier_id)))
        .filter(among(punishment_members::status, waits.map(MemberStatus::as_str)))
        .filter(among(punishment_cases::status, in_force.map(Status::as_str)))
        .filter(punishment_cases::to_on.gt(now().date()))
        .filter(punishment_cases::proposed_by.ne(&actor.account_id))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    let found: Vec<(Case, Held, Supplier)> = query
        .order((punishment_members::found_at, punishment_members::id))
        .limit(limit)
        .select((Case::as_select(), Held::as_select(), Supplier::as_select()))
        .load(c)?;
    let ids = found.iter().map(|(case, ..)| case.supplier_id.as_str());
    let areas: HashMap<String, String> = suppliers::table
        .filter(among(suppliers::id, ids))
        .select((suppliers::id, suppliers::area))
        .load::<(String, String)>(c)?
        .into_iter()
        .collect();
    let seen = |case: &Case| areas.get(&case.supplier_id).is_some_and(|a| actor.scope.allows(a));
    let with_day = |(case, row, supplier): (Case, Held, Supplier)| {
        let since = row.left_at.unwrap_or(row.found_at);
        (case, row, supplier, since)
    };
    Ok(found.into_iter().filter(|(case, ..)| seen(case)).map(with_day).collect())
}
