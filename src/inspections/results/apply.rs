//! What the rules in force make of findings: each occasion leads to each effect once.
//!
//! The rules are those in force on the day of the visit. A rule for findings of a severity waits for its
//! number of them in one inspection, and then leads to its effect once; a penalty from the first finding
//! on counts for each finding. Repeated and overdue findings lead to the effect each. Penalties are
//! applied at once, for people decide about the rule; everything else is proposed, and people decide
//! each time.

use chrono::{Months, NaiveDate};
use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::json;

use super::{Effect, EffectStatus, Led, Occasion, Rule, in_force, rules_of};
use crate::access::Actor;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Inspection;
use crate::inspections::findings::{Finding, REMEMBERED_MONTHS, Status};
use crate::schema::{findings, inspection_effects, inspections, result_rules};
use crate::values::{new_id, now};

/// What follows from an inspection that was just signed off, with all of its findings.
pub fn after_sign_off(
    c: &mut AnyConnection,
    by: &Actor,
    inspection: &Inspection,
    findings: &[Finding],
) -> Result<(), Error> {
    let day = inspection.visited_on.unwrap_or_else(|| now().date());
    for rule in rules_on(c, day)? {
        let of_severity: Vec<&Finding> = findings
            .iter()
            .filter(|one| one.severity == rule.severity && one.status != Status::Withdrawn)
            .collect();
        match rule.occasion {
            Occasion::Found if counts_each(&rule) => {
                for one in of_severity {
                    lead(c, by, &rule, inspection, Some(one))?;
                }
            }
            Occasion::Found => {
                if of_severity.len() as i64 >= rule.threshold.max(1) {
                    lead(c, by, &rule, inspection, None)?;
                }
            }
            Occasion::Repeated => {
                for one in of_severity.into_iter().filter(|one| one.repeats_id.is_some()) {
                    lead(c, by, &rule, inspection, Some(one))?;
                }
            }
            Occasion::Overdue => {}
        }
    }
    Ok(())
}

/// What follows from a finding that is overdue.
pub fn after_overdue(c: &mut AnyConnection, finding: &Finding) -> Result<(), Error> {
    let rules = rules_on(c, finding.raised_on)?;
    let of_it =
        |rule: &&Rule| rule.occasion == Occasion::Overdue && rule.severity == finding.severity;
    let rules: Vec<&Rule> = rules.iter().filter(of_it).collect();
    if rules.is_empty() || finding.status == Status::Withdrawn {
        return Ok(());
    }
    let inspection: Inspection =
        inspections::table.find(&finding.inspection_id).select(Inspection::as_select()).first(c)?;
    for rule in rules {
        lead(c, &Actor::clock(), rule, &inspection, Some(finding))?;
    }
    Ok(())
}

/// A finding was withdrawn: what it alone has led to is dropped, unless somebody has decided on it. What
/// a number of findings has led to is dropped when too few are left; a later finding that repeated this
/// one only does not repeat any more.
pub fn after_withdrawal(c: &mut AnyConnection, by: &Actor, finding: &Finding) -> Result<(), Error> {
    let of_inspection: Vec<(Led, Rule)> = inspection_effects::table
        .inner_join(result_rules::table.on(result_rules::id.eq(inspection_effects::rule_id)))
        .filter(inspection_effects::inspection_id.eq(&finding.inspection_id))
        .filter(inspection_effects::decided_at.is_null())
        .filter(inspection_effects::status.eq_any([EffectStatus::Proposed, EffectStatus::Applied]))
        .order(inspection_effects::id)
        .select((Led::as_select(), Rule::as_select()))
        .load(c)?;
    for (effect, rule) in &of_inspection {
        let is_over = match &effect.finding_id {
            Some(of) => *of == finding.id,
            None => left(c, finding, rule)? < rule.threshold.max(1),
        };
        if is_over {
            drop_effect(c, by, effect, finding)?;
        }
    }
    for later in repeating(c, finding)? {
        if repeats_another(c, &later, finding)? {
            continue;
        }
        let of_repeating: Vec<Led> = inspection_effects::table
            .inner_join(result_rules::table.on(result_rules::id.eq(inspection_effects::rule_id)))
            .filter(inspection_effects::finding_id.eq(&later.id))
            .filter(result_rules::occasion.eq(Occasion::Repeated))
            .filter(inspection_effects::decided_at.is_null())
            .filter(
                inspection_effects::status.eq_any([EffectStatus::Proposed, EffectStatus::Applied]),
            )
            .select(Led::as_select())
            .load(c)?;
        for effect in &of_repeating {
            drop_effect(c, by, effect, &later)?;
        }
    }
    Ok(())
}

fn rules_on(c: &mut AnyConnection, day: NaiveDate) -> Result<Vec<Rule>, Error> {
    match in_force(c, day)? {
        Some(version) => rules_of(c, &version.id),
        None => Ok(Vec::new()),
    }
}

/// Whether a rule counts for each finding: a penalty from the first one on.
pub(super) fn counts_each(rule: &Rule) -> bool {
    rule.effect == Effect::Penalty && rule.threshold <= 1
}

/// Writes down that a rule has led to its effect, unless it did so already.
fn lead(
    c: &mut AnyConnection,
    by: &Actor,
    rule: &Rule,
    inspection: &Inspection,
    finding: Option<&Finding>,
) -> Result<(), Error> {
    let subject = finding.map_or(&inspection.id, |one| &one.id);
    let subject_key = format!("{}|{subject}", rule.id);
    let known = inspection_effects::table.filter(inspection_effects::subject_key.eq(&subject_key));
    let is_known: bool = diesel::select(exists(known)).get_result(c)?;
    if is_known {
        return Ok(());
    }
    let (status, action) = match rule.effect.is_proposal() {
        true => (EffectStatus::Proposed, "inspection_effect.proposed"),
        false => (EffectStatus::Applied, "inspection_effect.applied"),
    };
    let effect = Led {
        id: new_id(),
        rule_id: rule.id.clone(),
        inspection_id: inspection.id.clone(),
        finding_id: finding.map(|one| one.id.clone()),
        supplier_id: inspection.supplier_id.clone(),
        category_id: inspection.category_id.clone(),
        effect: rule.effect,
        points: rule.points,
        months: rule.months,
        status,
        created_at: now(),
        decided_at: None,
        decided_by: None,
        decided_name: String::new(),
        decision_note: String::new(),
        subject_key,
    };
    diesel::insert_into(inspection_effects::table).values(&effect).execute(c)?;
    let mut details = json!({
        "inspection": inspection.code(),
        "effect": rule.effect,
        "severity": rule.severity,
        "occasion": rule.occasion,
    });
    if let Some(finding) = finding {
        details["finding"] = finding.code().into();
    }
    if rule.effect == Effect::Penalty {
        details["points"] = rule.points.into();
        details["months"] = rule.months.into();
    }
    audit::append(c, by, action, ("supplier", &inspection.supplier_id), details)
}

/// How many findings of a rule's severity an inspection has beside the withdrawn ones.
fn left(c: &mut AnyConnection, withdrawn: &Finding, rule: &Rule) -> Result<i64, Error> {
    Ok(findings::table
        .filter(findings::inspection_id.eq(&withdrawn.inspection_id))
        .filter(findings::severity.eq(rule.severity))
        .filter(findings::status.ne(Status::Withdrawn))
        .filter(findings::id.ne(&withdrawn.id))
        .count()
        .get_result(c)?)
}

/// Findings that repeat one, and are not withdrawn themselves.
fn repeating(c: &mut AnyConnection, finding: &Finding) -> Result<Vec<Finding>, Error> {
    Ok(findings::table
        .filter(findings::supplier_id.eq(&finding.supplier_id))
        .filter(findings::item_code.eq(&finding.item_code))
        .filter(findings::repeats_id.eq(&finding.id))
        .filter(findings::status.ne(Status::Withdrawn))
        .limit(100)
        .select(Finding::as_select())
        .load(c)?)
}

/// Whether a finding repeats one at the same item even without the one that was withdrawn.
fn repeats_another(
    c: &mut AnyConnection,
    later: &Finding,
    withdrawn: &Finding,
) -> Result<bool, Error> {
    let since = later.raised_on - Months::new(REMEMBERED_MONTHS);
    let another = findings::table
        .filter(findings::supplier_id.eq(&later.supplier_id))
        .filter(findings::item_code.eq(&later.item_code))
        .filter(findings::status.ne(Status::Withdrawn))
        .filter(findings::raised_on.ge(since))
        .filter(findings::raised_at.lt(later.raised_at))
        .filter(findings::id.ne_all([later.id.as_str(), withdrawn.id.as_str()]));
    Ok(diesel::select(exists(another)).get_result(c)?)
}

fn drop_effect(
    c: &mut AnyConnection,
    by: &Actor,
    effect: &Led,
    finding: &Finding,
) -> Result<(), Error> {
    let open = inspection_effects::table
        .find(&effect.id)
        .filter(inspection_effects::decided_at.is_null())
        .filter(inspection_effects::status.eq(effect.status));
    let dropped = diesel::update(open)
        .set(inspection_effects::status.eq(EffectStatus::Dropped))
        .execute(c)?;
    if dropped == 0 {
        return Ok(());
    }
    let details = json!({ "finding": finding.code(), "effect": effect.effect });
    let subject = ("supplier", effect.supplier_id.as_str());
    audit::append(c, by, "inspection_effect.dropped", subject, details)
}
