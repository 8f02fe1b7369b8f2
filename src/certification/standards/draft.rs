//! Versions are drafted, edited and given up. Nothing of this touches a published one.

use std::collections::HashSet;

use diesel::prelude::*;
use serde_json::json;

use super::input::Written;
use super::{Standard, StandardInput, Standards, Status, circles, demands_of, find, published};
use crate::access::{May, right};
use crate::audit::{self, change};
use crate::categories::{self, Category};
use crate::certification::demands::{Demand, DemandKind};
use crate::clauses;
use crate::db::AnyConnection;
use crate::end_version;
use crate::error::{Error, Problem, Problems};
use crate::on_both;
use crate::schema::{access_demands, access_standards};
use crate::values::{new_id, now};

/// Months for which a certification holds when nobody has said so yet: three years, as most
/// certificates do.
const USUAL_MONTHS: i64 = 36;

/// What the draft of a category begins with: the demands of the version that counts for it now, or
/// of the next one to come.
pub fn prefilled(standards: &Standards, category_id: &str) -> (i64, Vec<Demand>) {
    let today = now().date();
    let versions = standards.of(category_id);
    let now = standards.on(category_id, today);
    let now = now.or_else(|| versions.iter().find(|one| one.from > today));
    now.map_or((USUAL_MONTHS, Vec::new()), |one| {
        (one.standard.validity_months, one.demands.clone())
    })
}

/// Drafts the next version of a category's standard. A category has one draft at a time.
pub fn draft(
    c: &mut AnyConnection,
    by: &May<right::EditStandards>,
    input: &StandardInput,
) -> Result<Standard, Error> {
    let all = categories::all(c)?;
    let Some(category) = all.iter().find(|one| one.id == input.category) else {
        return Err(Problems::one("category", "unknown_choice").into());
    };
    if draft_of(c, &category.id)?.is_some() {
        return Err(Problems::one("category", "draft_exists").into());
    }
    let written = read(c, &all, category, input)?;
    let last: Option<i64> = access_standards::table
        .filter(access_standards::category_id.eq(&category.id))
        .select(access_standards::version)
        .order(access_standards::version.desc())
        .first(c)
        .optional()?;
    let standard = Standard {
        id: new_id(),
        category_id: category.id.clone(),
        version: last.unwrap_or(0) + 1,
        status: Status::Draft,
        effective_from: written.effective_from,
        validity_months: written.validity_months,
        note: written.note.clone(),
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
    diesel::insert_into(access_standards::table).values(&standard).execute(c)?;
    demand(c, &standard.id, &written)?;
    let details = json!({
        "version": standard.version,
        "validity_months": standard.validity_months,
        "effective_from": standard.effective_from.map(|day| day.to_string()),
        "demands": described(&all, &demands_of(c, &standard.id)?),
    });
    audit::append(c, by.actor(), DRAFTED, ("category", &category.id), details)?;
    Ok(standard)
}

const DRAFTED: &str = "standard.drafted";
/// What the trail calls a change of a draft.
pub(super) const EDITED: &str = "standard.edited";

/// Changes a draft.
pub fn edit(
    c: &mut AnyConnection,
    by: &May<right::EditStandards>,
    id: &str,
    input: &StandardInput,
) -> Result<Standard, Error> {
    let before = find(c, id)?;
    if before.status != Status::Draft {
        return Err(Error::Conflict("conflict-standard-stands"));
    }
    let all = categories::all(c)?;
    let Some(category) = all.iter().find(|one| one.id == before.category_id) else {
        return Err(Error::Conflict("conflict-category-closed"));
    };
    let written = read(c, &all, category, input)?;
    if input.revision != before.revision.to_string() {
        return Err(Problems::one("revision", "draft_changed").into());
    }
    let old = described(&all, &demands_of(c, id)?);
    let changed = diesel::update(
        access_standards::table
            .find(id)
            .filter(access_standards::status.eq(Status::Draft))
            .filter(access_standards::revision.eq(before.revision)),
    )
    .set((
        access_standards::validity_months.eq(written.validity_months),
        access_standards::effective_from.eq(written.effective_from),
        access_standards::note.eq(&written.note),
        access_standards::revision.eq(before.revision + 1),
    ))
    .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-standard-stands"));
    }
    diesel::delete(access_demands::table.filter(access_demands::standard_id.eq(id))).execute(c)?;
    demand(c, id, &written)?;
    let after = find(c, id)?;
    let day = |one: &Standard| one.effective_from.map(|day| day.to_string()).unwrap_or_default();
    let new = described(&all, &demands_of(c, id)?);
    let details = json!({
        "version": before.version,
        "validity_months": change(
            &before.validity_months.to_string(),
            &after.validity_months.to_string(),
        ),
        "effective_from": change(&day(&before), &day(&after)),
        "note": change(&before.note, &after.note),
        "demands": change(&old, &new),
    });
    audit::append(c, by.actor(), EDITED, ("category", &before.category_id), details)?;
    Ok(after)
}

/// Gives a draft up, with the reason.
pub fn discard(
    c: &mut AnyConnection,
    by: &May<right::EditStandards>,
    id: &str,
    reason: &str,
) -> Result<Standard, Error> {
    let standard = find(c, id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let ended = end_version!(
        c,
        access_standards,
        access_standards::table.find(id).filter(access_standards::status.eq(Status::Draft)),
        Status::Discarded,
        by.actor(),
        reason.trim()
    )?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-standard-stands"));
    }
    let details = json!({ "version": standard.version, "reason": reason.trim() });
    audit::append(
        c,
        by.actor(),
        "standard.discarded",
        ("category", &standard.category_id),
        details,
    )?;
    Ok(standard)
}

/// The draft of a category.
pub fn draft_of(c: &mut AnyConnection, category_id: &str) -> Result<Option<Standard>, Error> {
    Ok(access_standards::table
        .filter(access_standards::category_id.eq(category_id))
        .filter(access_standards::status.eq(Status::Draft))
        .select(Standard::as_select())
        .first(c)
        .optional()?)
}

/// Whether somebody has drafted a version, or changed the draft of it.
pub fn has_worked_on(
    c: &mut AnyConnection,
    standard: &Standard,
    account_id: &str,
) -> Result<bool, Error> {
    if standard.drafted_by == account_id {
        return Ok(true);
    }
    // A category has one draft at a time: what was edited since it was begun is this one.
    let subject = ("category", standard.category_id.as_str());
    audit::has_done(c, account_id, subject, &[EDITED], standard.created_at)
}

/// What was written, once it breaks no rule: neither one of the form, nor that of rings.
fn read(
    c: &mut AnyConnection,
    all: &[Category],
    category: &Category,
    input: &StandardInput,
) -> Result<Written, Error> {
    let ids: HashSet<&str> = all.iter().map(|one| one.id.as_str()).collect();
    let written = input.read(&ids, &clauses::all(c)?)?;
    let other = |(kind, subject): &(DemandKind, String)| {
        (*kind == DemandKind::Category).then(|| subject.clone())
    };
    let others: Vec<String> = written.demands.iter().filter_map(other).collect();
    must_not_circle(&published(c)?, all, &category.id, &others)?;
    Ok(written)
}

/// Refuses demands by which categories would demand each other, and names them.
pub(super) fn must_not_circle(
    standards: &Standards,
    all: &[Category],
    category_id: &str,
    demanded: &[String],
) -> Result<(), Error> {
    let Some(ring) = circles::ring(standards, category_id, demanded, now().date()) else {
        return Ok(());
    };
    let chain: Vec<&str> = ring.into_iter().map(|id| code_of(all, id)).collect();
    let problem = Problem::new("other", "demand_circle").with("chain", chain.join(" → "));
    Err(Problems(vec![problem]).into())
}

fn demand(c: &mut AnyConnection, id: &str, written: &Written) -> Result<(), Error> {
    let row = |((kind, subject), position): (&(DemandKind, String), i64)| Demand {
        id: new_id(),
        standard_id: id.into(),
        position,
        kind: *kind,
        subject: subject.clone(),
    };
    let rows: Vec<Demand> = written.demands.iter().zip(1..).map(row).collect();
    on_both!(c, c => diesel::insert_into(access_demands::table).values(&rows).execute(c))?;
    Ok(())
}

/// The demands in one text, for the audit trail.
pub(super) fn described(all: &[Category], demands: &[Demand]) -> String {
    let text = |one: &Demand| match one.kind {
        DemandKind::Basic => one.kind.as_str().to_string(),
        DemandKind::Category => format!("{}: {}", one.kind.as_str(), code_of(all, &one.subject)),
        _ => format!("{}: {}", one.kind.as_str(), one.subject),
    };
    demands.iter().map(text).collect::<Vec<_>>().join("; ")
}

fn code_of<'a>(all: &'a [Category], id: &'a str) -> &'a str {
    all.iter().find(|one| one.id == id).map_or(id, |one| one.code.as_str())
}
