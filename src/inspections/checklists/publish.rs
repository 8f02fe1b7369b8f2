//! A draft is put into force by somebody who had no part in it, and a version whose day has not come can
//! be taken back.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::draft::{has_worked_on, open_draft};
use super::{Status, Version, find_version, items_of, versions_of};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::checklist_versions;
use crate::values::now;
use crate::versions::{first_day, newest_day};
use crate::{end_version, put_in_force};

/// From when on a version shall count, and what the person saw who publishes it.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PublicationInput {
    /// The first day, "2027-01-31": today or later.
    #[validate(length(max = 20))]
    pub effective_from: String,
    /// The revision of the draft that the page showed.
    #[validate(length(max = 20))]
    pub revision: String,
}

/// Publishes a draft that has items.
pub fn publish(
    c: &mut AnyConnection,
    by: &May<right::PublishChecklists>,
    id: &str,
    input: &PublicationInput,
) -> Result<Version, Error> {
    let (version, checklist) = open_draft(c, id)?;
    if has_worked_on(c, &version, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-own-checklist"));
    }
    if input.revision != version.revision.to_string() {
        return Err(Problems::one("", "draft_changed").into());
    }
    let items = items_of(c, id)?;
    if items.is_empty() {
        return Err(Problems::one("", "checklist_empty").into());
    }
    let newest = newest_day(&versions_of(c, &checklist.id)?);
    let day = first_day(&input.effective_from, newest)?;
    let put = put_in_force!(
        c,
        checklist_versions,
        checklist_versions::table
            .find(id)
            .filter(checklist_versions::status.eq(Status::Draft))
            .filter(checklist_versions::revision.eq(version.revision)),
        Status::Published,
        day,
        by.actor()
    )?;
    if put == 0 {
        return Err(Error::Conflict("conflict-checklist-stands"));
    }
    let details = json!({
        "code": checklist.code,
        "version": version.version,
        "effective_from": day.to_string(),
        "checklist_items": items.len(),
    });
    audit::append(c, by.actor(), "checklist.published", ("checklist", &checklist.id), details)?;
    Ok(find_version(c, id)?.0)
}

/// Takes back a published version before its day, with the reason.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::PublishChecklists>,
    id: &str,
    reason: &str,
) -> Result<Version, Error> {
    let (version, checklist) = find_version(c, id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let ended = end_version!(
        c,
        checklist_versions,
        checklist_versions::table
            .find(id)
            .filter(checklist_versions::status.eq(Status::Published))
            .filter(checklist_versions::effective_from.gt(now().date())),
        Status::Discarded,
        by.actor(),
        reason.trim()
    )?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-checklist-stands"));
    }
    let details = json!({
        "code": checklist.code,
        "version": version.version,
        "effective_from": version.effective_from.map(|day| day.to_string()),
        "reason": reason.trim(),
    });
    audit::append(c, by.actor(), "checklist.withdrawn", ("checklist", &checklist.id), details)?;
    Ok(find_version(c, id)?.0)
}
