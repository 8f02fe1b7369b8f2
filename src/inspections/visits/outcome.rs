//! What was found at an item is written down, and changed until it is signed off.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{ItemResult, record, writable};
use crate::access::{Actor, May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::inspections::checklists::Item;
use crate::inspections::{Inspection, Outcome, Status};
use crate::schema::{checklist_items, inspection_results, inspections};
use crate::values::{new_id, now};

/// What was found at an item.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ResultInput {
    /// [`Outcome`] as text.
    #[validate(length(max = 20))]
    pub outcome: String,
    #[validate(length(max = 4000))]
    pub remark: String,
    /// The revision that the page knew; "0" before there was a result.
    #[validate(length(max = 20))]
    pub revision: String,
}

/// What became of a result that was sent.
pub enum Saved {
    Done(ItemResult),
    /// Meanwhile another page has saved this, and nothing was written.
    Differs(ItemResult),
}

/// Writes down what was found at an item of the inspection's checklist. A page that knew an older
/// result is told of the newer one; one that sends what is there already has saved it.
pub fn save(
    c: &mut AnyConnection,
    by: &May<right::Inspect>,
    id: &str,
    item_id: &str,
    input: &ResultInput,
) -> Result<Saved, Error> {
    let inspection = writable(c, by, id)?;
    let item: Item = checklist_items::table
        .find(item_id)
        .filter(checklist_items::version_id.eq(&inspection.checklist_version_id))
        .select(Item::as_select())
        .first(c)?;
    let (outcome, remark) = read(input)?;
    let known: i64 = input.revision.trim().parse().unwrap_or(0);
    let before: Option<ItemResult> = inspection_results::table
        .filter(inspection_results::inspection_id.eq(id))
        .filter(inspection_results::item_id.eq(item_id))
        .select(ItemResult::as_select())
        .first(c)
        .optional()?;
    if let Some(before) = &before {
        if before.outcome == outcome && before.remark == remark {
            return Ok(Saved::Done(before.clone()));
        }
        if before.revision != known {
            return Ok(Saved::Differs(before.clone()));
        }
    }
    begin(c, id)?;
    let saved = write(c, by.actor(), &inspection, &item, before, (outcome, remark))?;
    let details = json!({ "checklist_item": item.code, "outcome": saved.outcome });
    record(c, by.actor(), &inspection, "inspection.recorded", details)?;
    Ok(Saved::Done(saved))
}

fn read(input: &ResultInput) -> Result<(Outcome, String), Problems> {
    let remark = input.remark.replace("\r\n", "\n").trim().to_string();
    let mut problems = Problems::default();
    let outcome = Outcome::parse(&input.outcome);
    if outcome.is_none() {
        problems.add(Problem::new("outcome", "inspection_outcome"));
    }
    if remark.is_empty() && outcome.is_some_and(|one| one != Outcome::Conform) {
        problems.add(Problem::new("remark", "inspection_remark"));
    }
    match outcome {
        Some(outcome) if problems.is_empty() => Ok((outcome, remark)),
        _ => Err(problems),
    }
}

/// The first result begins the visit; nothing is written into one that has ended meanwhile.
fn begin(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    let row = inspections::table
        .find(id)
        .filter(inspections::status.eq_any([Status::Scheduled, Status::UnderWay]));
    let changed = diesel::update(row).set(inspections::status.eq(Status::UnderWay)).execute(c)?;
    if changed == 0 { Err(Error::Conflict("conflict-inspection-signed-off")) } else { Ok(()) }
}

fn write(
    c: &mut AnyConnection,
    by: &Actor,
    inspection: &Inspection,
    item: &Item,
    before: Option<ItemResult>,
    (outcome, remark): (Outcome, String),
) -> Result<ItemResult, Error> {
    let (id, revision, is_new) = match before {
        Some(before) => (before.id, before.revision + 1, false),
        None => (new_id(), 1, true),
    };
    let result = ItemResult {
        id,
        inspection_id: inspection.id.clone(),
        item_id: item.id.clone(),
        outcome,
        remark,
        revision,
        recorded_by: by.account_id.clone(),
        recorded_name: by.name.clone(),
        recorded_at: now(),
    };
    if is_new {
        diesel::insert_into(inspection_results::table).values(&result).execute(c)?;
        return Ok(result);
    }
    let row = inspection_results::table
        .find(&result.id)
        .filter(inspection_results::revision.eq(revision - 1));
    let changed = diesel::update(row)
        .set((
            inspection_results::outcome.eq(result.outcome),
            inspection_results::remark.eq(&result.remark),
            inspection_results::revision.eq(result.revision),
            inspection_results::recorded_by.eq(&result.recorded_by),
            inspection_results::recorded_name.eq(&result.recorded_name),
            inspection_results::recorded_at.eq(result.recorded_at),
        ))
        .execute(c)?;
    if changed == 0 { Err(Error::Conflict("conflict-edited")) } else { Ok(result) }
}
