//! A draft is put into force by somebody who had no part in it, and a version whose day has not come can
//! be taken back.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::draft::{has_worked_on, open_draft};
use super::{Status, Version, find_version, items_of, versions_of};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::checklist_versions;
use crate::values::{calendar_day, now};

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

impl PublicationInput {
    /// The first day, if it is today or later and after that of the newest version.
    pub fn day(&self, newest: Option<NaiveDate>) -> Result<NaiveDate, Problems> {
        let Some(day) = calendar_day(self.effective_from.trim()) else {
            return Err(Problems::one("effective_from", "effective_from"));
        };
        if day < now().date() {
            return Err(Problems::one("effective_from", "effective_past"));
        }
        match newest.filter(|last| *last >= day) {
            Some(last) => {
                let problem = Problem::new("effective_from", "effective_order").with("day", last);
                Err(Problems(vec![problem]))
            }
            None => Ok(day),
        }
    }
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
    let day = input.day(newest_day(c, &checklist.id)?)?;
    let put = diesel::update(
        checklist_versions::table
            .find(id)
            .filter(checklist_versions::status.eq(Status::Draft))
            .filter(checklist_versions::revision.eq(version.revision)),
    )
    .set((
        checklist_versions::status.eq(Status::Published),
        checklist_versions::effective_from.eq(day),
        checklist_versions::published_at.eq(now()),
        checklist_versions::published_by.eq(&by.actor().account_id),
        checklist_versions::published_name.eq(&by.actor().name),
    ))
    .execute(c)?;
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

/// The first day of the newest published version of a checklist.
pub(super) fn newest_day(
    c: &mut AnyConnection,
    checklist_id: &str,
) -> Result<Option<NaiveDate>, Error> {
    let versions = versions_of(c, checklist_id)?;
    let published = versions.iter().filter(|one| one.status == Status::Published);
    Ok(published.filter_map(|one| one.effective_from).max())
}

/// The first day that a next version can have: today or later, and after the newest one's.
pub fn earliest(newest: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    newest.map_or(today, |last| (last + Days::new(1)).max(today))
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
    let ended = diesel::update(
        checklist_versions::table
            .find(id)
            .filter(checklist_versions::status.eq(Status::Published))
            .filter(checklist_versions::effective_from.gt(now().date())),
    )
    .set((
        checklist_versions::status.eq(Status::Discarded),
        checklist_versions::ended_at.eq(now()),
        checklist_versions::ended_by.eq(&by.actor().account_id),
        checklist_versions::ended_name.eq(&by.actor().name),
        checklist_versions::ended_reason.eq(reason.trim()),
    ))
    .execute(c)?;
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
