//! The items of a draft are added, changed, taken out and put in order. Each step moves the draft's
//! revision on, so that nobody works from a page that is older than the draft.

use diesel::prelude::*;
use serde_json::json;

use super::draft::{ITEM_ADDED, ITEM_EDITED, ITEM_MOVED, ITEM_REMOVED, next_revision, open_draft};
use super::input::Written;
use super::{Checklist, Item, ItemInput, Version, items_of, subjects};
use crate::access::{May, right};
use crate::audit::{self, change};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::checklist_items;

/// Items in a version, at most.
const MOST_ITEMS: usize = 300;

/// Where an item goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    Up,
    Down,
}

/// An item of a version.
pub fn find_item(c: &mut AnyConnection, version_id: &str, id: &str) -> Result<Item, Error> {
    Ok(checklist_items::table
        .find(id)
        .filter(checklist_items::version_id.eq(version_id))
        .select(Item::as_select())
        .first(c)?)
}

/// Adds an item to a draft: after the last one of its section, else at the end.
pub fn add_item(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    version_id: &str,
    input: &ItemInput,
) -> Result<Item, Error> {
    let (version, checklist) = open_draft(c, version_id)?;
    let items = items_of(c, version_id)?;
    let written = read(c, &items, "", input)?;
    if items.len() >= MOST_ITEMS {
        let problem = Problem::new("code", "too_many_items").with("max", MOST_ITEMS);
        return Err(Problems(vec![problem]).into());
    }
    next_revision(c, &version, "revision", &input.revision)?;
    let of_section = items.iter().rev().find(|one| one.section_en == written.section_en);
    let last = of_section.or(items.last()).map_or(0, |one| one.position);
    let behind = checklist_items::table
        .filter(checklist_items::version_id.eq(version_id))
        .filter(checklist_items::position.gt(last));
    diesel::update(behind)
        .set(checklist_items::position.eq(checklist_items::position + 1))
        .execute(c)?;
    let item = written.into_item(version_id, last + 1);
    diesel::insert_into(checklist_items::table).values(&item).execute(c)?;
    record(c, by, ITEM_ADDED, (&version, &checklist), &item)?;
    Ok(item)
}

/// Changes an item of a draft.
pub fn edit_item(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    (version_id, id): (&str, &str),
    input: &ItemInput,
) -> Result<Item, Error> {
    let before = find_item(c, version_id, id)?;
    let (version, checklist) = open_draft(c, version_id)?;
    let items = items_of(c, version_id)?;
    let written = read(c, &items, id, input)?;
    next_revision(c, &version, "revision", &input.revision)?;
    diesel::update(checklist_items::table.find(id))
        .set((
            checklist_items::code.eq(&written.code),
            checklist_items::section_en.eq(&written.section_en),
            checklist_items::section_zh.eq(&written.section_zh),
            checklist_items::question_en.eq(&written.question_en),
            checklist_items::question_zh.eq(&written.question_zh),
            checklist_items::guidance_en.eq(&written.guidance_en),
            checklist_items::guidance_zh.eq(&written.guidance_zh),
            checklist_items::severity.eq(written.severity),
            checklist_items::subject_kind.eq(written.subject_kind),
            checklist_items::subject.eq(&written.subject),
        ))
        .execute(c)?;
    let after = find_item(c, version_id, id)?;
    let details = json!({
        "code": checklist.code,
        "version": version.version,
        "checklist_item": before.code,
        "item_code": change(&before.code, &after.code),
        "question_en": change(&before.question_en, &after.question_en),
        "question_zh": change(&before.question_zh, &after.question_zh),
        "guidance_en": change(&before.guidance_en, &after.guidance_en),
        "guidance_zh": change(&before.guidance_zh, &after.guidance_zh),
        "section_en": change(&before.section_en, &after.section_en),
        "section_zh": change(&before.section_zh, &after.section_zh),
        "severity": change(before.severity.as_str(), after.severity.as_str()),
        "tests": change(&before.subject, &after.subject),
    });
    audit::append(c, by.actor(), ITEM_EDITED, ("checklist", &checklist.id), details)?;
    Ok(after)
}

/// Takes an item out of a draft.
pub fn remove_item(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    (version_id, id): (&str, &str),
    revision: &str,
) -> Result<Item, Error> {
    let item = find_item(c, version_id, id)?;
    let (version, checklist) = open_draft(c, version_id)?;
    next_revision(c, &version, "", revision)?;
    diesel::delete(checklist_items::table.find(id)).execute(c)?;
    record(c, by, ITEM_REMOVED, (&version, &checklist), &item)?;
    Ok(item)
}

/// Puts an item of a draft one place up or down. At the end of the list nothing changes.
pub fn move_item(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    (version_id, id): (&str, &str),
    way: Way,
    revision: &str,
) -> Result<Item, Error> {
    let item = find_item(c, version_id, id)?;
    let (version, checklist) = open_draft(c, version_id)?;
    let items = items_of(c, version_id)?;
    let at = items.iter().position(|one| one.id == id).ok_or(Error::NotFound)?;
    let other = match way {
        Way::Up => at.checked_sub(1),
        Way::Down => Some(at + 1),
    };
    let Some(other) = other.and_then(|place| items.get(place)) else {
        return Ok(item);
    };
    next_revision(c, &version, "", revision)?;
    for (one, position) in [(&item, other.position), (other, item.position)] {
        diesel::update(checklist_items::table.find(&one.id))
            .set(checklist_items::position.eq(position))
            .execute(c)?;
    }
    record(c, by, ITEM_MOVED, (&version, &checklist), &item)?;
    find_item(c, version_id, id)
}

/// Reads an item whose code no other item of the version may have.
fn read(
    c: &mut AnyConnection,
    items: &[Item],
    own_id: &str,
    input: &ItemInput,
) -> Result<Written, Error> {
    let written = input.read(&subjects::all(c)?)?;
    match items.iter().any(|one| one.code == written.code && one.id != own_id) {
        true => Err(Problems::one("code", "item_code_taken").into()),
        false => Ok(written),
    }
}

fn record(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
    action: &str,
    (version, checklist): (&Version, &Checklist),
    item: &Item,
) -> Result<(), Error> {
    let details = json!({
        "code": checklist.code,
        "version": version.version,
        "checklist_item": item.code,
        "question_en": item.question_en,
    });
    audit::append(c, by.actor(), action, ("checklist", &checklist.id), details)
}
