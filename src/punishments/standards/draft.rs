//! Versions of the standards are drafted, edited and given up. Nothing of this touches a published one.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Standard, Status, Version, find, standards_of, versions};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::end_version;
use crate::error::{Error, Problems};
use crate::on_both;
use crate::schema::{punishment_standard_versions, punishment_standards};
use crate::values::{calendar_day, new_id, now};

/// What the trail calls the versions.
pub(super) const SUBJECT: &str = "punishment_standards";
/// What the trail calls the changes of a draft.
pub(super) const EDITED: &str = "punishment_standards.edited";
pub(super) const LINE_ADDED: &str = "punishment_standards.line_added";
pub(super) const LINE_EDITED: &str = "punishment_standards.line_edited";
pub(super) const LINE_REMOVED: &str = "punishment_standards.line_removed";
/// Whoever did one of these has had a part in a draft.
pub(super) const WORK: [&str; 4] = [EDITED, LINE_ADDED, LINE_EDITED, LINE_REMOVED];

/// What a draft says of itself.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct NoteInput {
    /// What is new, and why.
    #[validate(length(max = 2000))]
    pub note: String,
    /// The planned first day, "2027-01-31", or "".
    #[validate(length(max = 20))]
    pub effective_from: String,
    /// The revision that the form was made from.
    #[validate(length(max = 20))]
    pub revision: String,
}

/// Drafts the next version, with the standards of the newest one that was not given up. There is one draft
/// at a time.
pub fn draft(
    c: &mut AnyConnection,
    by: &May<right::EditPunishmentStandards>,
) -> Result<Version, Error> {
    let all = versions(c)?;
    let kept = all.iter().find(|one| one.status == Status::Published);
    let lines = match kept.or(all.first()) {
        Some(newest) => standards_of(c, &newest.id)?,
        None => Vec::new(),
    };
    insert(c, by, lines)
}

pub(super) fn insert(
    c: &mut AnyConnection,
    by: &May<right::EditPunishmentStandards>,
    lines: Vec<Standard>,
) -> Result<Version, Error> {
    if draft_of(c)?.is_some() {
        return Err(Error::Conflict("conflict-punishment-standards-draft"));
    }
    let last = versions(c)?.first().map_or(0, |newest| newest.version);
    let version = Version {
        id: new_id(),
        version: last + 1,
        status: Status::Draft,
        note: String::new(),
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
    diesel::insert_into(punishment_standard_versions::table).values(&version).execute(c)?;
    let own = |(position, line): (i64, Standard)| Standard {
        id: new_id(),
        version_id: version.id.clone(),
        position,
        ..line
    };
    let rows: Vec<Standard> = (1..).zip(lines).map(own).collect();
    if !rows.is_empty() {
        on_both!(c, c => diesel::insert_into(punishment_standards::table).values(&rows).execute(c))?;
    }
    let details = json!({ "version": version.version, "punishment_standards": rows.len() });
    let subject = (SUBJECT, version.id.as_str());
    audit::append(c, by.actor(), "punishment_standards.drafted", subject, details)?;
    Ok(version)
}

/// Changes what a draft says of itself.
pub fn edit(
    c: &mut AnyConnection,
    by: &May<right::EditPunishmentStandards>,
    id: &str,
    input: &NoteInput,
) -> Result<Version, Error> {
    let before = open_draft(c, id)?;
    let typed = input.effective_from.trim();
    let planned = calendar_day(typed);
    if planned.is_none() && !typed.is_empty() {
        return Err(Problems::one("effective_from", "effective_from").into());
    }
    next_revision(c, &before, "revision", &input.revision)?;
    diesel::update(punishment_standard_versions::table.find(id))
        .set((
            punishment_standard_versions::note.eq(input.note.trim()),
            punishment_standard_versions::effective_from.eq(planned),
        ))
        .execute(c)?;
    let details = json!({
        "version": before.version,
        "note": input.note.trim(),
        "effective_from": planned.map(|day| day.to_string()),
    });
    audit::append(c, by.actor(), EDITED, (SUBJECT, id), details)?;
    find(c, id)
}

/// A version that is still a draft.
pub(super) fn open_draft(c: &mut AnyConnection, id: &str) -> Result<Version, Error> {
    let version = find(c, id)?;
    match version.status {
        Status::Draft => Ok(version),
        _ => Err(Error::Conflict("conflict-punishment-standards-stand")),
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
    if seen != draft.revision.to_string() {
        return Err(Problems::one(field, "draft_changed").into());
    }
    let moved = diesel::update(
        punishment_standard_versions::table
            .find(&draft.id)
            .filter(punishment_standard_versions::status.eq(Status::Draft))
            .filter(punishment_standard_versions::revision.eq(draft.revision)),
    )
    .set(punishment_standard_versions::revision.eq(draft.revision + 1))
    .execute(c)?;
    match moved {
        0 => Err(Error::Conflict("conflict-punishment-standards-stand")),
        _ => Ok(()),
    }
}

/// Gives a draft up, with the reason.
pub fn discard(
    c: &mut AnyConnection,
    by: &May<right::EditPunishmentStandards>,
    id: &str,
    reason: &str,
) -> Result<Version, Error> {
    let version = open_draft(c, id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let ended = end_version!(
        c,
        punishment_standard_versions,
        punishment_standard_versions::table
            .find(id)
            .filter(punishment_standard_versions::status.eq(Status::Draft)),
        Status::Discarded,
        by.actor(),
        reason.trim()
    )?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-punishment-standards-stand"));
    }
    let details = json!({ "version": version.version, "reason": reason.trim() });
    audit::append(c, by.actor(), "punishment_standards.discarded", (SUBJECT, id), details)?;
    find(c, id)
}

/// The draft of the standards.
pub fn draft_of(c: &mut AnyConnection) -> Result<Option<Version>, Error> {
    Ok(punishment_standard_versions::table
        .filter(punishment_standard_versions::status.eq(Status::Draft))
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
    audit::has_done(c, account_id, (SUBJECT, &version.id), &WORK, version.created_at)
}
