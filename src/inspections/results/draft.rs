//! Versions of the rules are drafted, edited and given up. Nothing of this touches a published one.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Effect, Occasion, Rule, Severity, Status, Version, find, rules_of, versions};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::{result_rule_versions, result_rules};
use crate::values::{calendar_day, new_id, now};
use crate::{end_version, next_revision, on_both};

/// What the trail calls the changes of a draft.
pub(super) const EDITED: &str = "result_rules.edited";
pub(super) const RULE_ADDED: &str = "result_rules.rule_added";
pub(super) const RULE_EDITED: &str = "result_rules.rule_edited";
pub(super) const RULE_REMOVED: &str = "result_rules.rule_removed";
/// Whoever did one of these has had a part in a draft.
pub(super) const WORK: [&str; 4] = [EDITED, RULE_ADDED, RULE_EDITED, RULE_REMOVED];

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

/// A rule that was read, not yet kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    pub severity: Severity,
    pub occasion: Occasion,
    pub threshold: i64,
    pub effect: Effect,
    pub points: i64,
    pub months: i64,
}

impl Written {
    fn of(rule: &Rule) -> Written {
        Written {
            severity: rule.severity,
            occasion: rule.occasion,
            threshold: rule.threshold,
            effect: rule.effect,
            points: rule.points,
            months: rule.months,
        }
    }

    pub(super) fn into_rule(self, version_id: &str, position: i64) -> Rule {
        Rule {
            id: new_id(),
            version_id: version_id.into(),
            position,
            severity: self.severity,
            occasion: self.occasion,
            threshold: self.threshold,
            effect: self.effect,
            points: self.points,
            months: self.months,
        }
    }

    /// The rule in one text, for the audit trail.
    pub(super) fn described(&self) -> String {
        let Written { severity, occasion, threshold, effect, points, months } = self;
        let when = format!("{} {} ≥ {threshold}", severity.as_str(), occasion.as_str());
        match effect {
            Effect::Penalty => format!("{when}: {points} points, {months} months"),
            _ => format!("{when}: {}", effect.as_str()),
        }
    }
}

/// Drafts the next version, with the rules of the newest one that was not given up. There is one draft at
/// a time.
pub fn draft(c: &mut AnyConnection, by: &May<right::EditResultRules>) -> Result<Version, Error> {
    let all = versions(c)?;
    let kept = all.iter().find(|one| one.status == Status::Published);
    let rules: Vec<Written> = match kept.or(all.first()) {
        Some(newest) => rules_of(c, &newest.id)?.iter().map(Written::of).collect(),
        None => Vec::new(),
    };
    insert(c, by, &rules)
}

pub(super) fn insert(
    c: &mut AnyConnection,
    by: &May<right::EditResultRules>,
    rules: &[Written],
) -> Result<Version, Error> {
    if draft_of(c)?.is_some() {
        return Err(Error::Conflict("conflict-result-rules-draft"));
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
    diesel::insert_into(result_rule_versions::table).values(&version).execute(c)?;
    let at = |(position, rule): (i64, &Written)| rule.into_rule(&version.id, position);
    let rows: Vec<Rule> = (1..).zip(rules).map(at).collect();
    if !rows.is_empty() {
        on_both!(c, c => diesel::insert_into(result_rules::table).values(&rows).execute(c))?;
    }
    let details = json!({ "version": version.version, "rules": rules_told(rules) });
    let subject = ("result_rules", version.id.as_str());
    audit::append(c, by.actor(), "result_rules.drafted", subject, details)?;
    Ok(version)
}

/// Rules in one text, for the audit trail.
pub(super) fn rules_told(rules: &[Written]) -> String {
    rules.iter().map(Written::described).collect::<Vec<_>>().join("; ")
}

/// The rules of a version in one text, for the audit trail.
pub(super) fn told(c: &mut AnyConnection, version_id: &str) -> Result<String, Error> {
    let rules: Vec<Written> = rules_of(c, version_id)?.iter().map(Written::of).collect();
    Ok(rules_told(&rules))
}

/// Changes what a draft says of itself.
pub fn edit(
    c: &mut AnyConnection,
    by: &May<right::EditResultRules>,
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
    diesel::update(result_rule_versions::table.find(id))
        .set((
            result_rule_versions::note.eq(input.note.trim()),
            result_rule_versions::effective_from.eq(planned),
        ))
        .execute(c)?;
    let details = json!({
        "version": before.version,
        "note": input.note.trim(),
        "effective_from": planned.map(|day| day.to_string()),
    });
    audit::append(c, by.actor(), EDITED, ("result_rules", id), details)?;
    find(c, id)
}

/// A version that is still a draft.
pub(super) fn open_draft(c: &mut AnyConnection, id: &str) -> Result<Version, Error> {
    let version = find(c, id)?;
    match version.status {
        Status::Draft => Ok(version),
        _ => Err(Error::Conflict("conflict-result-rules-stand")),
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
    next_revision!(c, result_rule_versions, draft, (field, seen), "conflict-result-rules-stand")
}

/// Gives a draft up, with the reason.
pub fn discard(
    c: &mut AnyConnection,
    by: &May<right::EditResultRules>,
    id: &str,
    reason: &str,
) -> Result<Version, Error> {
    let version = open_draft(c, id)?;
    if reason.trim().is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let ended = end_version!(
        c,
        result_rule_versions,
        result_rule_versions::table.find(id).filter(result_rule_versions::status.eq(Status::Draft)),
        Status::Discarded,
        by.actor(),
        reason.trim()
    )?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-result-rules-stand"));
    }
    let details = json!({ "version": version.version, "reason": reason.trim() });
    audit::append(c, by.actor(), "result_rules.discarded", ("result_rules", id), details)?;
    find(c, id)
}

/// The draft of the rules.
pub fn draft_of(c: &mut AnyConnection) -> Result<Option<Version>, Error> {
    Ok(result_rule_versions::table
        .filter(result_rule_versions::status.eq(Status::Draft))
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
    let subject = ("result_rules", version.id.as_str());
    audit::has_done(c, account_id, subject, &WORK, version.created_at)
}
