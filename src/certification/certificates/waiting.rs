//! Certificates that wait for somebody to check them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Status;
use crate::access::Actor;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::schema::{certificates, suppliers};

/// Ids of certificates that somebody else recorded, the legal names of their companies, and since
/// when they wait: the longest first, `limit` at most.
pub fn to_check(
    c: &mut AnyConnection,
    actor: &Actor,
    limit: i64,
) -> Result<Vec<(String, String, NaiveDateTime)>, Error> {
    let mut query = certificates::table
        .inner_join(suppliers::table.on(suppliers::id.eq(certificates::supplier_id)))
        .filter(certificates::status.eq(Status::Submitted))
        .filter(certificates::recorded_by.ne(&actor.account_id))
        .order((certificates::submitted_at, certificates::id))
        .limit(limit)
        .select((certificates::id, suppliers::legal_name, certificates::submitted_at))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    Ok(query.load(c)?)
}
