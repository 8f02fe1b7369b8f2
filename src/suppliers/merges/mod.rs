//! Two entries of one company become one. The entry that goes stays as a way to the one that is
//! kept, everything that it had moves there, and all of it is written down so that the merge can
//! be undone.

mod evasion;
mod moved;
mod moving;
mod risk_tiers;
mod undo;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use validator::Validate;

use super::duplicates::{self, Pair, PairStatus};
use super::groups;
use super::{Stage, Supplier, change, find};
use crate::access::{May, Scope, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::{duplicate_pairs, merges, suppliers};
use crate::values::{new_id, now};

pub use moved::Moved;
pub use undo::undo;

/// What is written about a merge.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct MergeInput {
    /// Id of the company that stays.
    pub kept: String,
    /// Id of the one that goes into it.
    pub gone: String,
    /// Id of the pair that this decides, "" for none.
    pub pair: String,
    #[validate(length(max = 500))]
    pub reason: String,
}

/// A merge that was done.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = merges)]
pub struct Merge {
    pub id: String,
    pub kept_id: String,
    pub gone_id: String,
    pub pair_id: Option<String>,
    pub reason: String,
    /// [`Moved`] as JSON.
    pub moved: String,
    pub merged_at: NaiveDateTime,
    pub merged_by: String,
    pub merged_name: String,
    pub undone_at: Option<NaiveDateTime>,
    pub undone_by: Option<String>,
}

/// Merges one company into another. Refused: what [`obstacle`] names, and companies outside the
/// person's regions, which are not found.
pub fn merge(
    c: &mut AnyConnection,
    by: &May<right::DecideDuplicates>,
    input: &MergeInput,
) -> Result<Merge, Error> {
    let input = &with_gone(c, input)?;
    if input.kept == input.gone {
        return Err(Problems::one("kept", "merge_with_itself").into());
    }
    let kept = standing(c, by.scope(), &input.kept)?;
    let gone = standing(c, by.scope(), &input.gone)?;
    let pair = pair_of(c, input)?;
    if let Some(key) = obstacle(c, &kept, &gone)? {
        return Err(Error::Conflict(key));
    }
    let time = now();
    let moved = moving::move_all(c, &kept, &gone, pair.as_ref(), time)?;
    // A company above one of the two and below the other would stand above itself.
    if groups::stands_in_circle(c, &kept.id)? {
        return Err(Error::Conflict("conflict-merge-circle"));
    }
    let merge = Merge {
        id: new_id(),
        kept_id: kept.id.clone(),
        gone_id: gone.id.clone(),
        pair_id: pair.as_ref().map(|pair| pair.id.clone()),
        reason: input.reason.trim().into(),
        moved: serde_json::to_string(&moved)?,
        merged_at: time,
        merged_by: by.actor().account_id.clone(),
        merged_name: by.actor().name.clone(),
        undone_at: None,
        undone_by: None,
    };
    diesel::insert_into(merges::table).values(&merge).execute(c)?;
    if let Some(pair) = &pair {
        duplicates::note(c, by.actor(), &pair.id, PairStatus::Merged, &merge.reason)?;
    }
    record(c, by, "supplier.merged", (&kept, &gone), &merge.reason, moved.counts())?;
    Ok(merge)
}

/// The input with the company that goes: of a pair, that is the one that is not kept.
fn with_gone(c: &mut AnyConnection, input: &MergeInput) -> Result<MergeInput, Error> {
    let mut input = input.clone();
    if input.kept.is_empty() {
        return Err(Problems::one("kept", "missing").into());
    }
    if input.gone.is_empty() && !input.pair.is_empty() {
        let pair: Pair =
            duplicate_pairs::table.find(&input.pair).select(Pair::as_select()).first(c)?;
        input.gone = pair.other(&input.kept).to_string();
    }
    Ok(input)
}

/// A company that is itself in the register, not merged into another.
fn standing(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Supplier, Error> {
    find(c, scope, id).map_err(|error| match error {
        Error::Moved { .. } => Error::Conflict("conflict-merged-already"),
        other => other,
    })
}

/// The pair that a merge decides; another decision may have come first.
fn pair_of(c: &mut AnyConnection, input: &MergeInput) -> Result<Option<Pair>, Error> {
    let ids = [&input.kept, &input.gone];
    if input.pair.is_empty() {
        // Merged from elsewhere, the pair is decided all the same.
        let known = duplicates::pairs_of(c, &input.kept)?;
        let waits = |pair: &Pair| {
            pair.other(&input.kept) == input.gone && pair.status == PairStatus::Waiting
        };
        return Ok(known.into_iter().find(waits));
    }
    let pair: Pair = duplicate_pairs::table.find(&input.pair).select(Pair::as_select()).first(c)?;
    if !ids.contains(&&pair.first_id) || !ids.contains(&&pair.second_id) {
        return Err(Error::NotFound);
    }
    if pair.status != PairStatus::Waiting {
        return Err(Error::Conflict("conflict-pair-decided"));
    }
    Ok(Some(pair))
}

/// Why two companies cannot be merged: the key of a text. `None` when they can.
pub fn obstacle(
    c: &mut AnyConnection,
    kept: &Supplier,
    gone: &Supplier,
) -> Result<Option<&'static str>, Error> {
    if held_back(kept.stage) != held_back(gone.stage) {
        return Ok(Some("conflict-merge-held"));
    }
    if duplicates::are_two_entities(c, &kept.id, &gone.id)? {
        return Ok(Some("conflict-merge-entities"));
    }
    Ok(None)
}

/// [`obstacle`] between two companies of these ids, whichever of them is kept.
pub fn obstacle_between(
    c: &mut AnyConnection,
    one: &str,
    other: &str,
) -> Result<Option<&'static str>, Error> {
    let load = |c: &mut AnyConnection, id: &str| -> Result<Supplier, Error> {
        Ok(suppliers::table.find(id).select(Supplier::as_select()).first(c)?)
    };
    let (one, other) = (load(c, one)?, load(c, other)?);
    obstacle(c, &one, &other)
}

/// The stage of a company that is punished: a merge must not carry it out of that, nor into it.
fn held_back(stage: Stage) -> Option<Stage> {
    matches!(stage, Stage::Suspended | Stage::Eliminated).then_some(stage)
}

/// The record on the trails of both companies.
fn record(
    c: &mut AnyConnection,
    by: &May<right::DecideDuplicates>,
    action: &str,
    (kept, gone): (&Supplier, &Supplier),
    reason: &str,
    counts: Value,
) -> Result<(), Error> {
    let named = |supplier: &Supplier| format!("{} {}", supplier.code(), supplier.legal_name);
    for (subject, field, other) in [(kept, "merged_from", gone), (gone, "merged_into", kept)] {
        let mut details = json!({ field: named(other), "reason": reason });
        if let (Some(details), Some(counts)) = (details.as_object_mut(), counts.as_object()) {
            details.extend(counts.clone());
        }
        audit::append(c, by.actor(), action, ("supplier", &subject.id), details)?;
    }
    Ok(())
}

/// Where a company that was merged away is now: the end of the way, however often it was merged.
pub fn end_of_way(c: &mut AnyConnection, id: &str) -> Result<Option<Supplier>, Error> {
    let mut next = id.to_string();
    // Each merge leads to a company that was not merged then, so no way is a circle.
    loop {
        let found: Option<Supplier> =
            suppliers::table.find(&next).select(Supplier::as_select()).first(c).optional()?;
        match found {
            Some(Supplier { merged_into: Some(further), .. }) => next = further,
            other => return Ok(other),
        }
    }
}

/// (number, legal name, English name) of every company that was merged into this one, also by
/// way of others.
pub(super) fn names_within(
    c: &mut AnyConnection,
    id: &str,
) -> Result<Vec<(i64, String, String)>, Error> {
    let mut names = Vec::new();
    let mut left = vec![id.to_string()];
    while let Some(next) = left.pop() {
        let merged: Vec<(String, i64, String, String)> = suppliers::table
            .filter(suppliers::merged_into.eq(next))
            .select((
                suppliers::id,
                suppliers::number,
                suppliers::legal_name,
                suppliers::english_name,
            ))
            .load(c)?;
        for (id, number, legal, english) in merged {
            left.push(id);
            names.push((number, legal, english));
        }
    }
    Ok(names)
}

/// Merges into a company that were not undone, newest first, with the company that went.
pub fn into(c: &mut AnyConnection, kept_id: &str) -> Result<Vec<(Merge, Supplier)>, Error> {
    Ok(merges::table
        .inner_join(suppliers::table.on(suppliers::id.eq(merges::gone_id)))
        .filter(merges::kept_id.eq(kept_id))
        .filter(merges::undone_at.is_null())
        .order((merges::merged_at.desc(), merges::id.desc()))
        .limit(50)
        .select((Merge::as_select(), Supplier::as_select()))
        .load(c)?)
}

/// Raises the revision of a company, so that a form made before the change is refused.
fn touch(c: &mut AnyConnection, id: &str, time: NaiveDateTime) -> Result<(), Error> {
    diesel::update(suppliers::table.find(id))
        .set((suppliers::revision.eq(suppliers::revision + 1), suppliers::updated_at.eq(time)))
        .execute(c)?;
    change::refresh_search(c, id)
}
