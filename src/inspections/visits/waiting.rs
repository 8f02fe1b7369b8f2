//! Inspections that wait for somebody of staff, the oldest first.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::access::{Actor, Scope};
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::inspections::{Inspection, Status};
use crate::schema::{checklist_items, inspection_results, inspections, suppliers};

/// An inspection that waits: its id, what it is about, and since when.
pub type Waiting = (String, String, NaiveDateTime);

/// Inspections for which nobody is named.
pub fn to_assign(
    c: &mut AnyConnection,
    scope: &Scope,
    at_most: i64,
) -> Result<Vec<Waiting>, Error> {
    Ok(at(c, scope, Status::Planned, None, at_most)?.into_iter().map(waiting).collect())
}

/// Somebody's inspections before they have declared.
pub fn to_declare(
    c: &mut AnyConnection,
    actor: &Actor,
    at_most: i64,
) -> Result<Vec<Waiting>, Error> {
    let found = at(c, &actor.scope, Status::Assigned, Some(&actor.account_id), at_most)?;
    Ok(found.into_iter().map(waiting).collect())
}

/// Somebody's visits that are to come, or that have items without a result.
pub fn to_visit(c: &mut AnyConnection, actor: &Actor, at_most: i64) -> Result<Vec<Waiting>, Error> {
    let mut found = at(c, &actor.scope, Status::Scheduled, Some(&actor.account_id), at_most)?;
    found.extend(under_way(c, actor, at_most, false)?);
    Ok(found.into_iter().map(waiting).collect())
}

/// Somebody's visits in which every item has a result.
pub fn to_sign_off(
    c: &mut AnyConnection,
    actor: &Actor,
    at_most: i64,
) -> Result<Vec<Waiting>, Error> {
    Ok(under_way(c, actor, at_most, true)?.into_iter().map(waiting).collect())
}

fn waiting((one, company): (Inspection, String)) -> Waiting {
    let about = format!("{company} · {}", one.code());
    (one.id, about, one.created_at)
}

fn at(
    c: &mut AnyConnection,
    scope: &Scope,
    status: Status,
    inspector: Option<&str>,
    at_most: i64,
) -> Result<Vec<(Inspection, String)>, Error> {
    let mut query = inspections::table
        .inner_join(suppliers::table.on(suppliers::id.eq(inspections::supplier_id)))
        .filter(inspections::status.eq(status))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some(inspector) = inspector {
        query = query.filter(inspections::inspector_id.eq(inspector.to_string()));
    }
    Ok(query
        .order((inspections::planned_on, inspections::id))
        .limit(at_most)
        .select((Inspection::as_select(), suppliers::legal_name))
        .load(c)?)
}

/// Somebody's visits under way: those that are complete, or the others.
fn under_way(
    c: &mut AnyConnection,
    actor: &Actor,
    at_most: i64,
    complete: bool,
) -> Result<Vec<(Inspection, String)>, Error> {
    let mut found = at(c, &actor.scope, Status::UnderWay, Some(&actor.account_id), at_most)?;
    let ids = found.iter().map(|(one, _)| one.id.as_str());
    let results: HashMap<String, i64> = inspection_results::table
        .filter(among(inspection_results::inspection_id, ids))
        .group_by(inspection_results::inspection_id)
        .select((inspection_results::inspection_id, count_star()))
        .load::<(String, i64)>(c)?
        .into_iter()
        .collect();
    let versions = found.iter().map(|(one, _)| one.checklist_version_id.as_str());
    let items: HashMap<String, i64> = checklist_items::table
        .filter(among(checklist_items::version_id, versions))
        .group_by(checklist_items::version_id)
        .select((checklist_items::version_id, count_star()))
        .load::<(String, i64)>(c)?
        .into_iter()
        .collect();
    found.retain(|(one, _)| {
        (results.get(&one.id) == items.get(&one.checklist_version_id)) == complete
    });
    Ok(found)
}
