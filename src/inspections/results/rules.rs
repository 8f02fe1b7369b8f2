//! The rules of a draft are added, changed and taken out.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::draft::{
    RULE_ADDED, RULE_EDITED, RULE_REMOVED, Written, next_revision, open_draft, told,
};
use super::{Effect, Occasion, Rule, Severity, find_rule, rules_of};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::result_rules;

/// Findings that a rule can wait for in one inspection, at most.
const MOST_FINDINGS: i64 = 50;
/// Points that a rule can take off, at most: the score has a hundred.
const MOST_POINTS: i64 = 100;
/// Months that a penalty can last, at most.
const MOST_MONTHS: i64 = 60;

/// A rule as a form sends it.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct RuleInput {
    #[validate(length(max = 20))]
    pub severity: String,
    #[validate(length(max = 20))]
    pub occasion: String,
    /// From how many findings on. Looked at where findings are counted.
    #[validate(length(max = 10))]
    pub threshold: String,
    #[validate(length(max = 20))]
    pub effect: String,
    /// Looked at for penalties, as are the months.
    #[validate(length(max = 10))]
    pub points: String,
    #[validate(length(max = 10))]
    pub months: String,
    /// The revision of the draft that the form was made from.
    #[validate(length(max = 20))]
    pub revision: String,
}

impl RuleInput {
    fn read(&self) -> Result<Written, Problems> {
        let mut problems = Problems::default();
        let severity = Severity::parse(&self.severity);
        let occasion = Occasion::parse(&self.occasion);
        let effect = Effect::parse(&self.effect);
        for (field, is_known) in [
            ("severity", severity.is_some()),
            ("occasion", occasion.is_some()),
            ("effect", effect.is_some()),
        ] {
            if !is_known {
                problems.add(Problem::new(field, "unknown_choice"));
            }
        }
        let mut number = |field: &str, typed: &str, most: i64| {
            let number = typed.trim().parse::<i64>().ok().filter(|n| (1..=most).contains(n));
            if number.is_none() {
                problems.add(Problem::new(field, "rule_number").with("max", most));
            }
            number.unwrap_or(0)
        };
        let threshold = match occasion {
            Some(Occasion::Found) => number("threshold", &self.threshold, MOST_FINDINGS),
            _ => 1,
        };
        let (points, months) = match effect {
            Some(Effect::Penalty) => (
                number("points", &self.points, MOST_POINTS),
                number("months", &self.months, MOST_MONTHS),
            ),
            _ => (0, 0),
        };
        match (severity, occasion, effect) {
            (Some(severity), Some(occasion), Some(effect)) if problems.is_empty() => {
                Ok(Written { severity, occasion, threshold, effect, points, months })
            }
            _ => Err(problems),
        }
    }
}

/// Adds a rule to a draft.
pub fn add_rule(
    c: &mut AnyConnection,
    by: &May<right::EditResultRules>,
    version_id: &str,
    input: &RuleInput,
) -> Result<Rule, Error> {
    let version = open_draft(c, version_id)?;
    let rules = rules_of(c, version_id)?;
    let written = read(&rules, "", input)?;
    next_revision(c, &version, "revision", &input.revision)?;
    let position = rules.last().map_or(1, |last| last.position + 1);
    let rule = written.into_rule(version_id, position);
    diesel::insert_into(result_rules::table).values(&rule).execute(c)?;
    let details = json!({ "version": version.version, "rule": written.described() });
    audit::append(c, by.actor(), RULE_ADDED, ("result_rules", version_id), details)?;
    Ok(rule)
}

/// Changes a rule of a draft.
pub fn edit_rule(
    c: &mut AnyConnection,
    by: &May<right::EditResultRules>,
    (version_id, id): (&str, &str),
    input: &RuleInput,
) -> Result<Rule, Error> {
    find_rule(c, version_id, id)?;
    let version = open_draft(c, version_id)?;
    let written = read(&rules_of(c, version_id)?, id, input)?;
    let before = told(c, version_id)?;
    next_revision(c, &version, "revision", &input.revision)?;
    diesel::update(result_rules::table.find(id))
        .set((
            result_rules::severity.eq(written.severity),
            result_rules::occasion.eq(written.occasion),
            result_rules::threshold.eq(written.threshold),
            result_rules::effect.eq(written.effect),
            result_rules::points.eq(written.points),
            result_rules::months.eq(written.months),
        ))
        .execute(c)?;
    let details = json!({ "version": version.version, "rules": [before, told(c, version_id)?] });
    audit::append(c, by.actor(), RULE_EDITED, ("result_rules", version_id), details)?;
    find_rule(c, version_id, id)
}

/// Takes a rule out of a draft.
pub fn remove_rule(
    c: &mut AnyConnection,
    by: &May<right::EditResultRules>,
    (version_id, id): (&str, &str),
    revision: &str,
) -> Result<(), Error> {
    find_rule(c, version_id, id)?;
    let version = open_draft(c, version_id)?;
    let before = told(c, version_id)?;
    next_revision(c, &version, "", revision)?;
    diesel::delete(result_rules::table.find(id)).execute(c)?;
    let details = json!({ "version": version.version, "rules": [before, told(c, version_id)?] });
    audit::append(c, by.actor(), RULE_REMOVED, ("result_rules", version_id), details)
}

/// Reads a rule. A severity and an occasion lead to an effect in one way only.
fn read(rules: &[Rule], own_id: &str, input: &RuleInput) -> Result<Written, Problems> {
    let written = input.read()?;
    let key = (written.severity, written.occasion, written.effect);
    let is_same = |one: &Rule| (one.severity, one.occasion, one.effect) == key && one.id != own_id;
    match rules.iter().any(is_same) {
        true => Err(Problems::one("effect", "rule_taken")),
        false => Ok(written),
    }
}
