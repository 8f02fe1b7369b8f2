//! A company changes: its facts, its stage, its region. History keeps what was.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::{Value, json};

use super::create::{display_name, insert_version, search_text_of};
use super::stage::{StageInput, Step};
use super::{Stage, Supplier, SupplierInput, code_of, duplicates, find, merges, names};
use crate::access::{Actor, May, MayWrite, Scope, right};
use crate::audit::{self, change};
use crate::categories;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::{identifiers, supplier_versions, suppliers};
use crate::values::{forever, now};

/// Changes what staff write about a company. A form made from an older revision is refused.
pub fn update(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    id: &str,
    input: &SupplierInput,
) -> Result<Supplier, Error> {
    let before = find(c, by.scope(), id)?;
    input.problems().into_result()?;
    if input.revision != before.revision.to_string() {
        return Err(Error::Conflict("conflict-edited"));
    }
    let after = Supplier {
        legal_name: input.legal_name.trim().into(),
        english_name: input.english_name.trim().into(),
        name_key: names::name_key(&input.legal_name),
        sort_key: names::sort_key(display_name(input)),
        industry: input.industry.trim().into(),
        website: input.website.trim().into(),
        note: input.note.trim().into(),
        ..before.clone()
    };
    let categories = categories::assign(c, id, &input.categories)?;
    let changes = json!({
        "legal_name": change(&before.legal_name, &after.legal_name),
        "english_name": change(&before.english_name, &after.english_name),
        "industry": change(&before.industry, &after.industry),
        "website": change(&before.website, &after.website),
        "note": change(&before.note, &after.note),
        "categories": categories,
    });
    save(c, by.actor(), &before, after, "supplier.edited", changes)
}

/// Moves a company to another stage through an allowed transition.
pub fn change_stage(
    c: &mut AnyConnection,
    by: &May<right::EditSuppliers>,
    id: &str,
    input: &StageInput,
) -> Result<Supplier, Error> {
    let before = find(c, by.scope(), id)?;
    let Some(stage) = Stage::parse(&input.stage) else {
        return Err(Problems::one("stage", "unknown_choice").into());
    };
    if input.reason.trim().is_empty() {
        return Err(Problems(vec![Problem::new("reason", "missing")]).into());
    }
    if !before.stage.next().contains(&stage) {
        return Err(Error::Conflict("conflict-stage"));
    }
    let details = json!({
        "stage": change(before.stage.as_str(), stage.as_str()),
        "reason": input.reason.trim(),
    });
    let after = Supplier { stage, ..before.clone() };
    save(c, by.actor(), &before, after, "supplier.stage_changed", details)
}

/// Moves a company one step on its way to introduction. The caller has asked whether `by` may, and
/// sees the company.
pub fn advance(
    c: &mut AnyConnection,
    by: &Actor,
    id: &str,
    step: Step,
    reason: &str,
) -> Result<Supplier, Error> {
    let before = find(c, &Scope::Everything, id)?;
    if !step.from().contains(&before.stage) {
        return Err(Error::Conflict("conflict-stage"));
    }
    let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
    let details = json!({
        "stage": change(before.stage.as_str(), step.to().as_str()),
        "step": step.as_str(),
        "reason": reason,
    });
    let after = Supplier { stage: step.to(), ..before.clone() };
    save(c, by, &before, after, "supplier.stage_changed", details)
}

/// Gives an eliminated company the stage back that it had before: the elimination was not right. Only
/// one from `since` on is taken back. Whether there was such a one.
pub fn reinstate(
    c: &mut AnyConnection,
    by: &Actor,
    id: &str,
    since: NaiveDate,
    reason: &str,
) -> Result<bool, Error> {
    let before = find(c, &Scope::Everything, id)?;
    if before.stage != Stage::Eliminated {
        return Ok(false);
    }
    let last: Option<(Stage, NaiveDateTime)> = supplier_versions::table
        .filter(supplier_versions::supplier_id.eq(id))
        .filter(supplier_versions::stage.ne(Stage::Eliminated))
        .order(supplier_versions::valid_from.desc())
        .select((supplier_versions::stage, supplier_versions::valid_to))
        .first(c)
        .optional()?;
    let Some((stage, _)) = last.filter(|(_, ended)| ended.date() >= since) else {
        return Ok(false);
    };
    let details = json!({
        "stage": change(before.stage.as_str(), stage.as_str()),
        "step": "reinstate",
        "reason": reason,
    });
    let after = Supplier { stage, ..before.clone() };
    save(c, by, &before, after, "supplier.stage_changed", details)?;
    Ok(true)
}

/// Gives a company the region of its registered site. `None` when nothing changes.
pub(super) fn follow_site(
    c: &mut AnyConnection,
    supplier: &Supplier,
    area: &str,
    city: &str,
) -> Result<(), Error> {
    let after = Supplier { area: area.into(), city: city.into(), ..supplier.clone() };
    write(c, supplier, &after)
}

fn save(
    c: &mut AnyConnection,
    actor: &Actor,
    before: &Supplier,
    after: Supplier,
    action: &str,
    details: Value,
) -> Result<Supplier, Error> {
    let details = without_nulls(details);
    if details.as_object().is_some_and(|d| d.is_empty()) {
        return Ok(after);
    }
    write(c, before, &after)?;
    refresh_search(c, &after.id)?;
    audit::append(c, actor, action, ("supplier", &after.id), details)?;
    Ok(after)
}

/// Drops what did not change from an audit record's details.
pub(super) fn without_nulls(details: Value) -> Value {
    match details {
        Value::Object(map) => {
            Value::Object(map.into_iter().filter(|(_, v)| !v.is_null()).collect())
        }
        other => other,
    }
}

fn write(c: &mut AnyConnection, before: &Supplier, after: &Supplier) -> Result<(), Error> {
    let time = now();
    let changed = diesel::update(
        suppliers::table.find(&before.id).filter(suppliers::revision.eq(before.revision)),
    )
    .set((
        suppliers::legal_name.eq(&after.legal_name),
        suppliers::english_name.eq(&after.english_name),
        suppliers::name_key.eq(&after.name_key),
        suppliers::sort_key.eq(&after.sort_key),
        suppliers::stage.eq(after.stage),
        suppliers::area.eq(&after.area),
        suppliers::city.eq(&after.city),
        suppliers::industry.eq(&after.industry),
        suppliers::website.eq(&after.website),
        suppliers::note.eq(&after.note),
        suppliers::revision.eq(before.revision + 1),
        suppliers::updated_at.eq(time),
    ))
    .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-edited"));
    }
    if is_compared_by(before) != is_compared_by(after) {
        duplicates::compare(c, &after.id)?;
    }
    let same = before.legal_name == after.legal_name
        && before.stage == after.stage
        && before.area == after.area;
    if same {
        return Ok(());
    }
    diesel::update(
        supplier_versions::table
            .filter(supplier_versions::supplier_id.eq(&before.id))
            .filter(supplier_versions::valid_to.eq(forever())),
    )
    .set(supplier_versions::valid_to.eq(time))
    .execute(c)?;
    insert_version(c, after, time)
}

/// What decides which other companies a company is alike to.
fn is_compared_by(supplier: &Supplier) -> [&str; 4] {
    [&supplier.legal_name, &supplier.english_name, &supplier.area, &supplier.city]
}

/// Writes anew what a company is found by: its names, earlier ones too, identifiers, and the names
/// and numbers of the companies that were merged into it. One that was merged itself is not found.
pub fn refresh_search(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    let (number, legal_name, english_name, merged_into): (i64, String, String, Option<String>) =
        suppliers::table
            .find(id)
            .select((
                suppliers::number,
                suppliers::legal_name,
                suppliers::english_name,
                suppliers::merged_into,
            ))
            .first(c)?;
    let row = suppliers::table.find(id);
    if merged_into.is_some() {
        diesel::update(row).set(suppliers::search_text.eq("")).execute(c)?;
        return Ok(());
    }
    let mut others: Vec<String> = identifiers::table
        .filter(identifiers::supplier_id.eq(id))
        .filter(identifiers::removed_at.is_null())
        .select(identifiers::value)
        .load(c)?;
    let former: Vec<String> = supplier_versions::table
        .filter(supplier_versions::supplier_id.eq(id))
        .filter(supplier_versions::legal_name.ne(&legal_name))
        .select(supplier_versions::legal_name)
        .distinct()
        .load(c)?;
    others.extend(former);
    for (number, legal_name, english_name) in merges::names_within(c, id)? {
        // The number is found as the company's own is: "S000124" as one word.
        others.extend([legal_name, english_name, code_of(number).replace('-', "")]);
    }
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let text = search_text_of(number, &legal_name, &english_name, &others);
    diesel::update(row).set(suppliers::search_text.eq(text)).execute(c)?;
    Ok(())
}
