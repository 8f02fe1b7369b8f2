//! Certifications that wait for somebody of staff, the oldest first, at most 100.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::decide::had_part;
use super::{Certification, Status};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::schema::{certifications, suppliers};

const AT_MOST: i64 = 100;

/// A certification that waits: its id, its company's name, and since when.
pub type Waiting = (String, String, NaiveDateTime);

/// Applications to audit.
pub fn to_audit(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Waiting>, Error> {
    let found = at(c, scope, Status::Applied)?;
    let waiting = |(one, company): (Certification, String)| (one.id, company, one.applied_at);
    Ok(found.into_iter().map(waiting).collect())
}

/// Audited applications, for somebody who had no part in them.
pub fn to_decide(
    c: &mut AnyConnection,
    scope: &Scope,
    account_id: &str,
) -> Result<Vec<Waiting>, Error> {
    let mut all = Vec::new();
    for (one, company) in at(c, scope, Status::Audited)? {
        if !had_part(c, &one, account_id)? {
            all.push((one.id, company, one.audited_at.unwrap_or(one.applied_at)));
        }
    }
    Ok(all)
}

fn at(
    c: &mut AnyConnection,
    scope: &Scope,
    status: Status,
) -> Result<Vec<(Certification, String)>, Error> {
    let mut query = certifications::table
        .inner_join(suppliers::table.on(suppliers::id.eq(certifications::supplier_id)))
        .filter(certifications::status.eq(status))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    Ok(query
        .order((certifications::applied_at, certifications::id))
        .limit(AT_MOST)
        .select((Certification::as_select(), suppliers::legal_name))
        .load(c)?)
}
