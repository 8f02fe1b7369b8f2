//! A plan as a form sends it, and what is wrong with it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Deserialize;
use validator::Validate;

use super::inspectors::{self, Inspector};
use super::{Method, Plan, PlanScope, Sampling};
use crate::categories;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::inspections::sampling::tables;
use crate::inspections::tiers::Tier;
use crate::inspections::{Kind, checklists};
use crate::regions::{OUTSIDE, UNRESOLVED, find_scheme};
use crate::suppliers::Stage;
use crate::values::{calendar_day, now};

/// What staff write about a plan.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PlanInput {
    #[validate(length(max = 200))]
    pub name: String,
    /// See [`Kind`].
    pub kind: String,
    /// Id of a version of a checklist.
    pub checklist: String,
    /// "2026-01-01".
    pub period_from: String,
    pub period_to: String,
    /// Id of a region scheme.
    pub scheme: String,
    /// Codes of its regions; none for all.
    #[validate(length(max = 100))]
    pub region: Vec<String>,
    /// Ids of categories; none for all.
    #[validate(length(max = 2000))]
    pub category: Vec<String>,
    #[validate(length(max = 10))]
    pub tier: Vec<String>,
    #[validate(length(max = 20))]
    pub stage: Vec<String>,
    /// Ids of accounts.
    #[validate(length(max = 200))]
    pub inspector: Vec<String>,
    pub effort_hours: String,
    /// See [`Method`]; what follows is what each of them uses.
    pub method: String,
    pub level: String,
    pub aql: String,
    pub bad_percent: String,
    pub confidence_percent: String,
    pub percentage: String,
    pub number: String,
    pub minimum: String,
    /// "on".
    pub certain: String,
    #[validate(length(max = 2000))]
    pub note: String,
    /// The revision that the form was made from.
    pub revision: String,
}

/// A plan that was read, not yet kept.
pub(super) struct Written {
    pub name: String,
    pub kind: Kind,
    pub checklist_version_id: String,
    pub period_from: NaiveDate,
    pub period_to: NaiveDate,
    pub scheme: String,
    pub scope: PlanScope,
    pub sampling: Sampling,
    pub effort_hours: i64,
    pub inspectors: Vec<Inspector>,
    pub note: String,
}

/// Reads a form. What a plan has already may stay, even if it would not be offered any more.
pub(super) fn read(
    c: &mut AnyConnection,
    input: &PlanInput,
    before: Option<&Plan>,
) -> Result<Written, Error> {
    let mut problems = Problems::default();
    let name = input.name.trim();
    if name.is_empty() {
        problems.add(Problem::new("name", "missing"));
    } else if name.chars().any(char::is_control) {
        problems.add(Problem::new("name", "control_characters"));
    }
    let kind = Kind::parse(&input.kind);
    if kind.is_none() {
        problems.add(Problem::new("kind", "unknown_choice"));
    }
    let is_kept = before.is_some_and(|plan| plan.checklist_version_id == input.checklist);
    let in_force = checklists::in_force(c, now().date())?;
    if !is_kept && !in_force.iter().any(|(version, _)| version.id == input.checklist) {
        problems.add(Problem::new("checklist", "unknown_choice"));
    }
    let (from, to) = period(input, &mut problems);
    let scope = scope(c, input, &mut problems)?;
    let sampling = sampling(input, &mut problems);
    let effort = whole(&mut problems, "effort_hours", &input.effort_hours, (1, 1000));
    let named: BTreeSet<&String> = input.inspector.iter().collect();
    let mut chosen: Vec<Inspector> = inspectors::choices(c)?;
    chosen.retain(|one| named.contains(&one.account_id));
    if chosen.len() != named.len() {
        problems.add(Problem::new("inspector", "unknown_choice"));
    }
    problems.into_result()?;
    Ok(Written {
        name: name.into(),
        kind: kind.unwrap_or(Kind::Sampling),
        checklist_version_id: input.checklist.clone(),
        period_from: from,
        period_to: to,
        scheme: input.scheme.clone(),
        scope,
        sampling,
        effort_hours: effort,
        inspectors: chosen,
        note: input.note.trim().into(),
    })
}

fn period(input: &PlanInput, problems: &mut Problems) -> (NaiveDate, NaiveDate) {
    let from = calendar_day(input.period_from.trim());
    let to = calendar_day(input.period_to.trim());
    if from.is_none() {
        problems.add(Problem::new("period_from", "plan_day"));
    }
    match (from, to) {
        (_, None) => problems.add(Problem::new("period_to", "plan_day")),
        (Some(from), Some(to)) if to < from => {
            problems.add(Problem::new("period_to", "plan_period"));
        }
        _ => {}
    }
    (from.unwrap_or_default(), to.unwrap_or_default())
}

fn scope(
    c: &mut AnyConnection,
    input: &PlanInput,
    problems: &mut Problems,
) -> Result<PlanScope, Error> {
    let mut check = |field: &str, is_known: bool| {
        if !is_known {
            problems.add(Problem::new(field, "unknown_choice"));
        }
    };
    match find_scheme(c, &input.scheme) {
        Ok(scheme) => {
            let rest = |code: &str| [OUTSIDE, UNRESOLVED].contains(&code);
            let is_known = |code: &String| {
                rest(code.as_str()) || scheme.regions.iter().any(|one| one.code == *code)
            };
            check("region", input.region.iter().all(is_known));
        }
        Err(Error::NotFound) => check("scheme", false),
        Err(error) => return Err(error),
    }
    let categories = categories::all(c)?;
    let is_open = |id: &String| categories.iter().any(|one| one.id == *id);
    check("category", input.category.iter().all(is_open));
    check("tier", input.tier.iter().all(|text| Tier::parse(text).is_some()));
    check("stage", input.stage.iter().all(|text| Stage::parse(text).is_some()));
    let set = |texts: &[String]| texts.iter().cloned().collect::<BTreeSet<String>>();
    Ok(PlanScope {
        regions: set(&input.region),
        categories: set(&input.category),
        tiers: set(&input.tier),
        stages: set(&input.stage),
    })
}

/// What the chosen method uses must be right; what others use is kept where it can be read.
fn sampling(input: &PlanInput, problems: &mut Problems) -> Sampling {
    let usual = Sampling::default();
    let method = Method::parse(&input.method);
    if method.is_none() {
        problems.add(Problem::new("method", "unknown_choice"));
    }
    let mut unused = Problems::default();
    let (kept, is) = (&mut unused, |one: Method| method == Some(one));
    let at = pick(is(Method::Iso2859), problems, kept);
    let level = choice(at, "level", &input.level, &tables::LEVELS, &usual.level);
    let aql = choice(at, "aql", &input.aql, &tables::limits(), &usual.aql);
    let at = pick(is(Method::Discovery), problems, kept);
    let bad = percent(at, "bad_percent", &input.bad_percent, 100.0);
    let confidence = percent(at, "confidence_percent", &input.confidence_percent, 99.99);
    let at = pick(is(Method::Percentage), problems, kept);
    let percentage = percent(at, "percentage", &input.percentage, 100.0);
    let at = pick(is(Method::Number), problems, kept);
    let asked = whole_or_none(at, "number", &input.number, (1, 1_000_000));
    let at = pick(!is(Method::ByHand) && !is(Method::All), problems, kept);
    let minimum = whole_or_none(at, "minimum", &input.minimum, (0, 1000));
    Sampling {
        method: input.method.clone(),
        level,
        aql,
        bad_percent: bad.unwrap_or(usual.bad_percent),
        confidence_percent: confidence.unwrap_or(usual.confidence_percent),
        percentage: percentage.unwrap_or(usual.percentage),
        number: asked.unwrap_or(usual.number),
        minimum: minimum.unwrap_or(usual.minimum),
        certain: input.certain == "on",
    }
}

/// Where problems with a field go: nobody hears of those with one that is not used.
fn pick<'p>(is_used: bool, heard: &'p mut Problems, unheard: &'p mut Problems) -> &'p mut Problems {
    if is_used { heard } else { unheard }
}

fn choice(
    problems: &mut Problems,
    field: &str,
    typed: &str,
    offered: &[&str],
    usual: &str,
) -> String {
    if offered.contains(&typed) {
        return typed.into();
    }
    problems.add(Problem::new(field, "unknown_choice"));
    usual.into()
}

/// A percentage above nothing, with two decimals at most: so it is the same number in every program.
fn percent(problems: &mut Problems, field: &str, typed: &str, most: f64) -> Option<f64> {
    let typed = typed.trim();
    let (whole, decimals) = typed.split_once('.').unwrap_or((typed, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_plain = digits(whole) && digits(decimals) && whole.len() <= 3 && decimals.len() <= 2;
    let found =
        typed.parse::<f64>().ok().filter(|value| is_plain && *value > 0.0 && *value <= most);
    if found.is_none() {
        problems.add(Problem::new(field, "plan_percent").with("max", most));
    }
    found
}

fn whole_or_none(
    problems: &mut Problems,
    field: &str,
    typed: &str,
    (least, most): (i64, i64),
) -> Option<i64> {
    let found = typed.trim().parse::<i64>().ok().filter(|value| (least..=most).contains(value));
    if found.is_none() {
        problems.add(Problem::new(field, "plan_whole").with("min", least).with("max", most));
    }
    found
}

fn whole(problems: &mut Problems, field: &str, typed: &str, limits: (i64, i64)) -> i64 {
    whole_or_none(problems, field, typed, limits).unwrap_or_default()
}
