//! A draft of the rules is put into force by somebody who had no part in it, and a version whose day has
//! not come can be taken back.

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
use crate::versions::{first_day, newest_day};
use crate::{end_version, put_in_force};

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
    let day = first_day(&input.effective_from, newest_day(&versions(c)?))?;
    let put = put_in_force!(
        c,
        result_rule_versions,
        result_rule_versions::table
            .find(id)
            .filter(result_rule_versions::status.eq(Status::Draft))
            .filter(result_rule_versions::revision.eq(version.revision)),
        Status::Published,
        day,
        by.actor()
    )?;
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
    let ended = end_version!(
        c,
        result_rule_versions,
        result_rule_versions::table
            .find(id)
            .filter(result_rule_versions::status.eq(Status::Published))
            .filter(result_rule_versions::effective_from.gt(now().date())),
        Status::Discarded,
        by.actor(),
        reason.trim()
    )?;
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
