//! The checklists and the rules of results, published as long ago as they pretend.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::Team;
use crate::access::{command_line, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::demo::certification::{day, morning};
use crate::error::Error;
use crate::inspections::checklists::{self, Checklist, Item, Version, starting};
use crate::inspections::results::{self, draft_usual};
use crate::schema::{checklist_versions, result_rule_versions};

/// Days before today on which checklists and rules came into force: before the first plan of last year.
const SINCE: i64 = -760;

/// A published version with its items.
pub(super) struct Published {
    pub version: Version,
    pub checklist: Checklist,
    pub items: Vec<Item>,
}

/// Publishes the two checklists to begin with.
pub(super) fn fill(c: &mut AnyConnection, team: &Team) -> Result<Vec<Published>, Error> {
    let mut all = Vec::new();
    for draft in starting::take_over(c, &command_line::<right::EditChecklists>())? {
        publish(c, team, &draft.id, day(SINCE))?;
        let (version, checklist) = checklists::find_version(c, &draft.id)?;
        let details = json!({
            "code": checklist.code,
            "version": version.version,
            "effective_from": day(SINCE).to_string(),
        });
        let subject = ("checklist", checklist.id.as_str());
        audit::append(c, &team.approver, "checklist.published", subject, details)?;
        let items = checklists::items_of(c, &version.id)?;
        all.push(Published { version, checklist, items });
    }
    Ok(all)
}

fn publish(c: &mut AnyConnection, team: &Team, id: &str, from: NaiveDate) -> Result<(), Error> {
    let drafter = &team.inspectors[0];
    diesel::update(checklist_versions::table.find(id))
        .set((
            checklist_versions::status.eq(checklists::Status::Published),
            checklist_versions::effective_from.eq(from),
            checklist_versions::drafted_by.eq(&drafter.account_id),
            checklist_versions::drafted_name.eq(&drafter.name),
            checklist_versions::created_at.eq(morning(from - chrono::Days::new(20))),
            checklist_versions::published_at.eq(morning(from - chrono::Days::new(10))),
            checklist_versions::published_by.eq(&team.approver.account_id),
            checklist_versions::published_name.eq(&team.approver.name),
        ))
        .execute(c)?;
    Ok(())
}

/// Publishes the usual rules.
pub(super) fn publish_rules(c: &mut AnyConnection, team: &Team) -> Result<(), Error> {
    let draft = draft_usual(c, &command_line::<right::EditResultRules>())?;
    let from = day(SINCE);
    diesel::update(result_rule_versions::table.find(&draft.id))
        .set((
            result_rule_versions::status.eq(results::Status::Published),
            result_rule_versions::effective_from.eq(from),
            result_rule_versions::drafted_by.eq(&team.planner.account_id),
            result_rule_versions::drafted_name.eq(&team.planner.name),
            result_rule_versions::created_at.eq(morning(from - chrono::Days::new(20))),
            result_rule_versions::published_at.eq(morning(from - chrono::Days::new(10))),
            result_rule_versions::published_by.eq(&team.approver.account_id),
            result_rule_versions::published_name.eq(&team.approver.name),
        ))
        .execute(c)?;
    let details = json!({ "version": draft.version, "effective_from": from.to_string() });
    let subject = ("result_rules", draft.id.as_str());
    audit::append(c, &team.approver, "result_rules.published", subject, details)
}
