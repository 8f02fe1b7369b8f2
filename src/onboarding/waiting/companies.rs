//! Companies that wait for staff.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{AT_MOST, Waiting};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::onboarding::registration::{Purpose, Registration, Status};
use crate::onboarding::review::introduction::has_reviewed;
use crate::schema::{invitations, registrations, suppliers};
use crate::suppliers::Stage;
use crate::values::now;

/// Registrations to be read, the oldest first.
pub fn reviews(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Waiting>, Error> {
    let rows = at(c, scope, Status::Submitted)?;
    Ok(rows.into_iter().map(|(registration, name)| waiting(registration, name)).collect())
}

/// Companies to be introduced by somebody who had no part in their review.
pub fn introductions(
    c: &mut AnyConnection,
    scope: &Scope,
    account_id: &str,
) -> Result<Vec<Waiting>, Error> {
    let mut found = Vec::new();
    for (registration, name) in at(c, scope, Status::Accepted)? {
        let is_theirs = has_reviewed(c, &registration, account_id)?;
        if registration.purpose == Purpose::Introduction && !is_theirs {
            found.push(waiting(registration, name));
        }
    }
    Ok(found)
}

fn at(
    c: &mut AnyConnection,
    scope: &Scope,
    status: Status,
) -> Result<Vec<(Registration, String)>, Error> {
    let mut query = registrations::table
        .inner_join(suppliers::table.on(suppliers::id.eq(registrations::supplier_id)))
        .filter(registrations::status.eq(status))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    Ok(query
        .order((registrations::submitted_at, registrations::id))
        .limit(AT_MOST)
        .select((Registration::as_select(), suppliers::legal_name))
        .load(c)?)
}

fn waiting(registration: Registration, title: String) -> Waiting {
    Waiting {
        path: format!("/registrations/{}", registration.id),
        since: registration.submitted_at.unwrap_or(registration.started_at),
        id: registration.id,
        title,
    }
}

/// Invitations that ran out unused while the company is still invited, the oldest first.
pub fn expired_invitations(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Waiting>, Error> {
    let mut query = invitations::table
        .inner_join(suppliers::table.on(invitations::supplier_id.eq(suppliers::id.nullable())))
        .filter(suppliers::stage.eq(Stage::Invited))
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.le(now()))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    let rows: Vec<(String, String, String, NaiveDateTime)> = query
        .order((invitations::expires_at, invitations::id))
        .limit(AT_MOST)
        .select((invitations::id, suppliers::id, suppliers::legal_name, invitations::expires_at))
        .load(c)?;
    let row = |(id, supplier, title, since)| {
        let path = format!("/suppliers/{supplier}/portal");
        Waiting { id, path, title, since }
    };
    Ok(rows.into_iter().map(row).collect())
}
