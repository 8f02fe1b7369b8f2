//! A need is recorded, changed, closed and opened again.

use chrono::{Days, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::{Need, NeedInput, areas_seen, criteria, find};
use crate::access::{May, right};
use crate::audit::{self, change};
use crate::categories::{self, Category};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::needs;
use crate::values::{new_id, now};

/// Records a need with its criteria.
pub fn record(
    c: &mut AnyConnection,
    by: &May<right::EditNeeds>,
    input: &NeedInput,
) -> Result<Need, Error> {
    let mut problems = input.problems();
    let category = category_of(c, input, &mut problems)?;
    // In the west of the world it is still yesterday.
    if input.day().is_some_and(|day| day < now().date() - Days::new(1)) {
        problems.add(Problem::new("needed_by", "needed_by_past"));
    }
    let written = input.criteria().read().unwrap_or_else(|found| {
        problems.0.extend(found.0);
        Vec::new()
    });
    problems.into_result()?;
    let area = area_within(by, input)?;
    let last: Option<i64> =
        needs::table.select(needs::number).order(needs::number.desc()).first(c).optional()?;
    let need = Need {
        id: new_id(),
        number: last.unwrap_or(0) + 1,
        title: input.title.trim().into(),
        category_id: input.category.clone(),
        area,
        reason: input.reason.trim().into(),
        needed_by: input.day().unwrap_or_default(),
        recorded_by: by.actor().account_id.clone(),
        recorded_name: by.actor().name.clone(),
        revision: 1,
        created_at: now(),
        closed_at: None,
        closed_by: None,
        closed_name: String::new(),
        closed_reason: String::new(),
    };
    diesel::insert_into(needs::table).values(&need).execute(c)?;
    criteria::replace(c, &need.id, written)?;
    let criteria = criteria::of(c, &need.id)?;
    let details = json!({
        "number": need.number,
        "need_title": need.title,
        "category": category.map(|found| found.code),
        "area": need.area,
        "needed_by": need.needed_by.to_string(),
        "why": need.reason,
        "criteria": criteria::described(&criteria),
    });
    audit::append(c, by.actor(), "need.recorded", ("need", &need.id), details)?;
    Ok(need)
}

/// Changes an open need. Once a candidate was judged, its criteria stay as they are.
pub fn edit(
    c: &mut AnyConnection,
    by: &May<right::EditNeeds>,
    id: &str,
    input: &NeedInput,
) -> Result<Need, Error> {
    let before = find(c, by.scope(), id)?;
    before.must_be_open()?;
    let mut problems = input.problems();
    if input.category != before.category_id {
        category_of(c, input, &mut problems)?;
    }
    let is_frozen = criteria::are_frozen(c, id)?;
    let written = match input.criteria().read() {
        _ if is_frozen => Vec::new(),
        Ok(written) => written,
        Err(found) => {
            problems.0.extend(found.0);
            Vec::new()
        }
    };
    problems.into_result()?;
    if input.revision != before.revision.to_string() {
        return Err(Error::Conflict("conflict-edited"));
    }
    let after = Need {
        title: input.title.trim().into(),
        category_id: input.category.clone(),
        area: area_within(by, input)?,
        reason: input.reason.trim().into(),
        needed_by: input.day().unwrap_or_default(),
        revision: before.revision + 1,
        ..before.clone()
    };
    diesel::update(needs::table.find(id))
        .set((
            needs::title.eq(&after.title),
            needs::category_id.eq(&after.category_id),
            needs::area.eq(&after.area),
            needs::reason.eq(&after.reason),
            needs::needed_by.eq(after.needed_by),
            needs::revision.eq(after.revision),
        ))
        .execute(c)?;
    let old = criteria::described(&criteria::of(c, id)?);
    if !is_frozen {
        criteria::replace(c, id, written)?;
    }
    let new = criteria::described(&criteria::of(c, id)?);
    let (was, is) = (before.needed_by.to_string(), after.needed_by.to_string());
    let details = json!({
        "need_title": change(&before.title, &after.title),
        "category": change(
            &code_of_category(c, &before.category_id)?,
            &code_of_category(c, &after.category_id)?,
        ),
        "area": change(&before.area, &after.area),
        "needed_by": change(&was, &is),
        "why": change(&before.reason, &after.reason),
        "criteria": change(&old, &new),
    });
    audit::append(c, by.actor(), "need.edited", ("need", id), details)?;
    Ok(after)
}

/// Closes a need, with the reason: no candidate is proposed for it any more.
pub fn close(
    c: &mut AnyConnection,
    by: &May<right::EditNeeds>,
    id: &str,
    reason: &str,
) -> Result<(), Error> {
    find(c, by.scope(), id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let closed = diesel::update(needs::table.find(id).filter(needs::closed_at.is_null()))
        .set((
            needs::closed_at.eq(now()),
            needs::closed_by.eq(&by.actor().account_id),
            needs::closed_name.eq(&by.actor().name),
            needs::closed_reason.eq(reason.trim()),
        ))
        .execute(c)?;
    if closed == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    audit::append(c, by.actor(), "need.closed", ("need", id), json!({ "reason": reason.trim() }))
}

/// Opens a closed need again.
pub fn reopen(c: &mut AnyConnection, by: &May<right::EditNeeds>, id: &str) -> Result<(), Error> {
    find(c, by.scope(), id)?;
    let opened = diesel::update(needs::table.find(id).filter(needs::closed_at.is_not_null()))
        .set((
            needs::closed_at.eq(None::<NaiveDateTime>),
            needs::closed_by.eq(None::<String>),
            needs::closed_name.eq(""),
            needs::closed_reason.eq(""),
        ))
        .execute(c)?;
    if opened == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    audit::append(c, by.actor(), "need.reopened", ("need", id), json!({}))
}

/// The open category that was chosen.
fn category_of(
    c: &mut AnyConnection,
    input: &NeedInput,
    problems: &mut Problems,
) -> Result<Option<Category>, Error> {
    let found = categories::all(c)?.into_iter().find(|one| one.id == input.category);
    if found.is_none() {
        problems.add(Problem::new("category", "unknown_choice"));
    }
    Ok(found)
}

fn code_of_category(c: &mut AnyConnection, id: &str) -> Result<String, Error> {
    use crate::schema::categories;
    Ok(categories::table.find(id).select(categories::code).first(c)?)
}

/// The chosen area, which the person must see afterwards.
fn area_within(by: &May<right::EditNeeds>, input: &NeedInput) -> Result<String, Error> {
    let area = input.area().unwrap_or_default();
    match areas_seen(by.scope()) {
        Some(areas) if !areas.contains(&area) => Err(Error::Forbidden("refused-outside-scope")),
        _ => Ok(area),
    }
}
