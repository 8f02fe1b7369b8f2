//! A draft of the standards is put into force by somebody who had no part in it, and a version whose day
//! has not come can be taken back.

use diesel::prelude::*;
use serde_json::json;

use super::draft::{SUBJECT, has_worked_on, open_draft};
use super::lines::described;
use super::{Standard, Status, Version, find, standards_of, versions};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::inspections::checklists::PublicationInput;
use crate::schema::punishment_standard_versions;
use crate::values::now;
use crate::versions::{first_day, newest_day};
use crate::{end_version, put_in_force};

/// Publishes a draft that has standards. They apply to what is done from their first day on.
pub fn publish(
    c: &mut AnyConnection,
    by: &May<right::PublishPunishmentStandards>,
    id: &str,
    input: &PublicationInput,
) -> Result<Version, Error> {
    let version = open_draft(c, id)?;
    if has_worked_on(c, &version, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-own-punishment-standards"));
    }
    if input.revision != version.revision.to_string() {
        return Err(Problems::one("", "draft_changed").into());
    }
    let lines = standards_of(c, id)?;
    if lines.is_empty() {
        return Err(Problems::one("", "punishment_standards_empty").into());
    }
    let day = first_day(&input.effective_from, newest_day(&versions(c)?))?;
    let put = put_in_force!(
        c,
        punishment_standard_versions,
        punishment_standard_versions::table
            .find(id)
            .filter(punishment_standard_versions::status.eq(Status::Draft))
            .filter(punishment_standard_versions::revision.eq(version.revision)),
        Status::Published,
        day,
        by.actor()
    )?;
    if put == 0 {
        return Err(Error::Conflict("conflict-punishment-standards-stand"));
    }
    let details = json!({
        "version": version.version,
        "effective_from": day.to_string(),
        "punishment_standards": told(&lines),
    });
    audit::append(c, by.actor(), "punishment_standards.published", (SUBJECT, id), details)?;
    find(c, id)
}

/// Takes back a published version before its day, with the reason.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::PublishPunishmentStandards>,
    id: &str,
    reason: &str,
) -> Result<Version, Error> {
    let version = find(c, id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let ended = end_version!(
        c,
        punishment_standard_versions,
        punishment_standard_versions::table
            .find(id)
            .filter(punishment_standard_versions::status.eq(Status::Published))
            .filter(punishment_standard_versions::effective_from.gt(now().date())),
        Status::Discarded,
        by.actor(),
        reason.trim()
    )?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-punishment-standards-stand"));
    }
    let details = json!({
        "version": version.version,
        "effective_from": version.effective_from.map(|day| day.to_string()),
        "reason": reason.trim(),
    });
    audit::append(c, by.actor(), "punishment_standards.withdrawn", (SUBJECT, id), details)?;
    find(c, id)
}

/// Standards in one text, for the audit trail.
pub(super) fn told(lines: &[Standard]) -> String {
    lines.iter().map(described).collect::<Vec<_>>().join("; ")
}
