//! Checklists are made, and their versions drafted, edited and given up. Nothing of this touches a
//! published one.

use diesel::prelude::*;
use serde_json::json;

use super::input::{Named, Written};
use super::{
    Checklist, DraftInput, Item, Status, Version, find, find_version, items_of, versions_of,
};
use crate::access::{May, right};
use crate::audit::{self, change};
use crate::db::{AnyConnection, is_unique_violation};
use crate::error::{Error, Problems};
use crate::schema::{checklist_items, checklist_versions, checklists};
use crate::values::{new_id, now};
use crate::{end_version, next_revision, on_both};

/// What the trail calls the changes of a draft.
pub(super) const EDITED: &str = "checklist.edited";
pub(super) const ITEM_ADDED: &str = "checklist.item_added";
pub(super) const ITEM_EDITED: &str = "checklist.item_edited";
pub(super) const ITEM_REMOVED: &str = "checklist.item_removed";
pub(super) const ITEM_MOVED: &str = "checklist.item_moved";
/// Whoever did one of these has had a part in a draft.
pub(super) const WORK: [&str; 5] = [EDITED, ITEM_ADDED, ITEM_EDITED, ITEM_REMOVED, ITEM_MOVED];

/// Makes a checklist, with the draft of its first version, which has no items yet.
pub fn create(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    input: &DraftInput,
) -> Result<Version, Error> {
    let mut problems = Problems::default();
    let (named, planned) = (input.named(), input.planned());
    if let Err(of_name) = &named {
        problems.0.extend(of_name.0.clone());
    }
    if let Err(of_day) = &planned {
        problems.0.extend(of_day.0.clone());
    }
    problems.into_result()?;
    let (named, planned) = (named?, planned?);
    let checklist = add(c, by, named)?;
    let version = insert(c, by, &checklist, input.note.trim(), &[])?;
    diesel::update(checklist_versions::table.find(&version.id))
        .set(checklist_versions::effective_from.eq(planned))
        .execute(c)?;
    Ok(find_version(c, &version.id)?.0)
}

/// Adds a checklist without a version.
pub(super) fn add(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    named: Named,
) -> Result<Checklist, Error> {
    let last: Option<i64> = checklists::table
        .select(checklists::position)
        .order(checklists::position.desc())
        .first(c)
        .optional()?;
    let checklist = Checklist {
        id: new_id(),
        code: named.code,
        position: last.unwrap_or(0) + 1,
        kind: named.kind,
        name_en: named.name_en,
        name_zh: named.name_zh,
        created_by: by.actor().account_id.clone(),
        created_name: by.actor().name.clone(),
        created_at: now(),
    };
    diesel::insert_into(checklists::table).values(&checklist).execute(c).map_err(|error| {
        match is_unique_violation(&error) {
            true => Error::Invalid(Problems::one("code", "checklist_code_taken")),
            false => error.into(),
        }
    })?;
    let details = json!({
        "code": checklist.code,
        "name_en": checklist.name_en,
        "name_zh": checklist.name_zh,
    });
    audit::append(c, by.actor(), "checklist.created", ("checklist", &checklist.id), details)?;
    Ok(checklist)
}

/// Drafts the next version of a checklist, with the items of the newest one that was not given up. A
/// checklist has one draft at a time.
pub fn draft(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    checklist_id: &str,
) -> Result<Version, Error> {
    let checklist = find(c, checklist_id)?;
    if draft_of(c, &checklist.id)?.is_some() {
        return Err(Error::Conflict("conflict-checklist-draft"));
    }
    let versions = versions_of(c, &checklist.id)?;
    let kept = versions.iter().find(|one| one.status == Status::Published);
    let items: Vec<Written> = match kept.or(versions.first()) {
        Some(newest) => items_of(c, &newest.id)?.iter().map(Written::of).collect(),
        None => Vec::new(),
    };
    insert(c, by, &checklist, "", &items)
}

pub(super) fn insert(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    checklist: &Checklist,
    note: &str,
    items: &[Written],
) -> Result<Version, Error> {
    let last = versions_of(c, &checklist.id)?.first().map_or(0, |newest| newest.version);
    let version = Version {
        id: new_id(),
        checklist_id: checklist.id.clone(),
        version: last + 1,
        status: Status::Draft,
        note: note.into(),
        effective_from: None,
        revision: 1,
        drafted_by: by.actor().account_id.clone(),
        drafted_name: by.actor().name.clone(),
        created_at: now(),
        published_at: None,
        published_by: None,
        published_name: String::new(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(checklist_versions::table).values(&version).execute(c)?;
    let at = |(position, item): (i64, &Written)| item.clone().into_item(&version.id, position);
    let rows: Vec<Item> = (1..).zip(items).map(at).collect();
    if !rows.is_empty() {
        on_both!(c, c => diesel::insert_into(checklist_items::table).values(&rows).execute(c))?;
    }
    let details = json!({
        "code": checklist.code,
        "version": version.version,
        "checklist_items": rows.len(),
        "note": note,
    });
    audit::append(c, by.actor(), "checklist.drafted", ("checklist", &checklist.id), details)?;
    Ok(version)
}

/// Changes what a draft says of itself: what is new in it, and from when it shall count.
pub fn edit(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    id: &str,
    input: &DraftInput,
) -> Result<Version, Error> {
    let (before, checklist) = open_draft(c, id)?;
    let planned = input.planned()?;
    let note = input.note.trim();
    next_revision(c, &before, "revision", &input.revision)?;
    diesel::update(checklist_versions::table.find(id))
        .set((checklist_versions::note.eq(note), checklist_versions::effective_from.eq(planned)))
        .execute(c)?;
    let (after, _) = find_version(c, id)?;
    let day = |one: &Version| one.effective_from.map(|day| day.to_string()).unwrap_or_default();
    let details = json!({
        "code": checklist.code,
        "version": before.version,
        "note": change(&before.note, &after.note),
        "effective_from": change(&day(&before), &day(&after)),
    });
    audit::append(c, by.actor(), EDITED, ("checklist", &checklist.id), details)?;
    Ok(after)
}

/// A version that is still a draft, and its checklist.
pub(super) fn open_draft(c: &mut AnyConnection, id: &str) -> Result<(Version, Checklist), Error> {
    let (version, checklist) = find_version(c, id)?;
    match version.status {
        Status::Draft => Ok((version, checklist)),
        _ => Err(Error::Conflict("conflict-checklist-stands")),
    }
}

/// Moves a draft's revision on, before it is changed. Refused, at a field of the form, when the form was
/// made from another revision.
pub(super) fn next_revision(
    c: &mut AnyConnection,
    draft: &Version,
    field: &str,
    seen: &str,
) -> Result<(), Error> {
    next_revision!(c, checklist_versions, draft, (field, seen), "conflict-checklist-stands")
}

/// Gives a draft up, with the reason.
pub fn discard(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    id: &str,
    reason: &str,
) -> Result<Version, Error> {
    let (version, checklist) = open_draft(c, id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let ended = end_version!(
        c,
        checklist_versions,
        checklist_versions::table.find(id).filter(checklist_versions::status.eq(Status::Draft)),
        Status::Discarded,
        by.actor(),
        reason.trim()
    )?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-checklist-stands"));
    }
    let details =
        json!({ "code": checklist.code, "version": version.version, "reason": reason.trim() });
    audit::append(c, by.actor(), "checklist.discarded", ("checklist", &checklist.id), details)?;
    Ok(find_version(c, id)?.0)
}

/// The draft of a checklist.
pub fn draft_of(c: &mut AnyConnection, checklist_id: &str) -> Result<Option<Version>, Error> {
    Ok(checklist_versions::table
        .filter(checklist_versions::checklist_id.eq(checklist_id))
        .filter(checklist_versions::status.eq(Status::Draft))
        .select(Version::as_select())
        .first(c)
        .optional()?)
}

/// Whether somebody has drafted a version, or changed the draft of it.
pub fn has_worked_on(
    c: &mut AnyConnection,
    version: &Version,
    account_id: &str,
) -> Result<bool, Error> {
    if version.drafted_by == account_id {
        return Ok(true);
    }
    // A checklist has one draft at a time: what was changed since it was begun is this one.
    let subject = ("checklist", version.checklist_id.as_str());
    audit::has_done(c, account_id, subject, &WORK, version.created_at)
}
