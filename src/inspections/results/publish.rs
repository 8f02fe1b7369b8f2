//! A draft of the rules is put into force by somebody who had no part in it, and a version whose day has
//! not come can be taken back.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::draft::{has_worked_on, open_draft, told};
use super::{Status, Version, find, rules_of, versions};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::inspections::checklists::PublicationInput;
use crate::schema::result_rule_versions;
use crate::values::now;

/// Publishes a draft that has rules. They apply to visits from their first day on.
pub fn publish(
    c: &mut AnyConnection,
    by: &May<right::PublishResultRules>,
    id: &str,
    input: &PublicationInput,
) -> Result<Version, Error> {
    let version = open_draft(c, id)?;
    if has_worked_on(c, &version, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-own-result-rules"));
    }
    if input.revision != version.revision.to_string() {
        return Err(Problems::one("", "draft_changed").into());
    }
    if rules_of(c, id)?.is_empty() {
        return Err(Problems::one("", "result_rules_empty").into());
    }
    let day = input.day(newest_day(&versions(c)?))?;
    let put = diesel::update(
        result_rule_versions::table
            .find(id)
            .filter(result_rule_versions::status.eq(Status::Draft))
            .filter(result_rule_versions::revision.eq(version.revision)),
    )
    .set((
        result_rule_versions::status.eq(Status::Published),
        result_rule_versions::effective_from.eq(day),
        result_rule_versions::published_at.eq(now()),
        result_rule_versions::published_by.eq(&by.actor().account_id),
        result_rule_versions::published_name.eq(&by.actor().name),
    ))
    .execute(c)?;
    if put == 0 {
        return Err(Error::Conflict("conflict-result-rules-stand"));
    }
    let details = json!({
        "version": version.version,
        "effective_from": day.to_string(),
        "rules": told(c, id)?,
    });
    audit::append(c, by.actor(), "result_rules.published", ("result_rules", id), details)?;
    find(c, id)
}

/// The first day of the newest published version.
pub(super) fn newest_day(versions: &[Version]) -> Option<NaiveDate> {
    let published = versions.iter().filter(|one| one.status == Status::Published);
    published.filter_map(|one| one.effective_from).max()
}

/// Takes back a published version before its day, with the reason.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::PublishResultRules>,
    id: &str,
    reason: &str,
) -> Result<Version, Error> {
    let version = find(c, id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let ended = diesel::update(
        result_rule_versions::table
            .find(id)
            .filter(result_rule_versions::status.eq(Status::Published))
            .filter(result_rule_versions::effective_from.gt(now().date())),
    )
    .set((
        result_rule_versions::status.eq(Status::Discarded),
        result_rule_versions::ended_at.eq(now()),
        result_rule_versions::ended_by.eq(&by.actor().account_id),
        result_rule_versions::ended_name.eq(&by.actor().name),
        result_rule_versions::ended_reason.eq(reason.trim()),
    ))
    .execute(c)?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-result-rules-stand"));
    }
    let details = json!({
        "version": version.version,
        "effective_from": version.effective_from.map(|day| day.to_string()),
        "reason": reason.trim(),
    });
    audit::append(c, by.actor(), "result_rules.withdrawn", ("result_rules", id), details)?;
    find(c, id)
}
