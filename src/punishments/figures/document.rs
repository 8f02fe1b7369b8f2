//! The figures as one document: what programs get.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::rows::Which;
use super::{Duration, Figures, Line, NONE};
use crate::inspections::Severity;
use crate::inspections::figures::{SEVERITIES, share};
use crate::punishments::Measure;

/// Cases by severity.
#[derive(Serialize, ToSchema)]
pub struct CaseNumbers {
    critical: i64,
    major: i64,
    minor: i64,
    all: i64,
}

/// The cases of a measure.
#[derive(Serialize, ToSchema)]
pub struct CasesOfMeasure {
    // Null for cases in which nothing is imposed.
    #[schema(inline)]
    measure: Option<Measure>,
    cases: CaseNumbers,
}

/// The cases of a region.
#[derive(Serialize, ToSchema)]
pub struct CasesOfRegion {
    /// `outside` or `unresolved` for the rest.
    region: String,
    cases: CaseNumbers,
}

/// The cases of a violation.
#[derive(Serialize, ToSchema)]
pub struct CasesOfViolation {
    violation: String,
    name_en: String,
    name_zh: String,
    cases: CaseNumbers,
}

/// From the proposal to the decision.
#[derive(Serialize, ToSchema)]
pub struct DaysToDecision {
    // All severities together when null.
    #[schema(inline)]
    severity: Option<Severity>,
    decided: i64,
    /// Between the two in the middle where there is none; null where nothing was decided.
    median_days: Option<f64>,
    longest_days: Option<i64>,
}

/// Measures by their terms.
#[derive(Serialize, ToSchema)]
pub struct TermNumbers {
    /// Warnings.
    none: i64,
    to_3_months: i64,
    to_12_months: i64,
    to_36_months: i64,
    longer: i64,
    without_end: i64,
}

/// Appeals by what became of them.
#[derive(Serialize, ToSchema)]
pub struct AppealNumbers {
    upheld: i64,
    varied: i64,
    overturned: i64,
    /// Not heard yet.
    waiting: i64,
    /// Percent of those that were heard, rounded down to one decimal; null where there are none.
    upheld_percent: Option<f64>,
    varied_percent: Option<f64>,
    overturned_percent: Option<f64>,
}

/// Cases of punishment of a period.
#[derive(Serialize, ToSchema)]
pub struct PunishmentFigures {
    from: NaiveDate,
    to: NaiveDate,
    scheme: String,
    scheme_version: String,
    cases: CaseNumbers,
    /// Cases whose measure holds today.
    in_force: i64,
    /// Cases in which a day of ours has passed.
    overdue: i64,
    by_measure: Vec<CasesOfMeasure>,
    by_region: Vec<CasesOfRegion>,
    by_violation: Vec<CasesOfViolation>,
    /// By severity, all together last.
    days_to_decision: Vec<DaysToDecision>,
    terms: TermNumbers,
    appeals: AppealNumbers,
}

impl PunishmentFigures {
    pub fn of(figures: &Figures) -> PunishmentFigures {
        let asked = &figures.asked;
        let count = |which| figures.count(which);
        let each = SEVERITIES.iter().map(|one| Some(*one)).chain([None]);
        PunishmentFigures {
            from: asked.period.from,
            to: asked.period.to,
            scheme: asked.scheme.id.clone(),
            scheme_version: asked.scheme.version.clone(),
            cases: cases(&figures.whole),
            in_force: count(Which::InForce),
            overdue: count(Which::Overdue),
            by_measure: figures.measures.iter().map(of_measure).collect(),
            by_region: figures.regions.iter().map(of_region).collect(),
            by_violation: figures
                .violations
                .iter()
                .map(|line| of_violation(figures, line))
                .collect(),
            days_to_decision: each.zip(figures.durations).map(days).collect(),
            terms: TermNumbers {
                none: count(Which::TermNone),
                to_3_months: count(Which::Term3),
                to_12_months: count(Which::Term12),
                to_36_months: count(Which::Term36),
                longer: count(Which::TermLonger),
                without_end: count(Which::TermEndless),
            },
            appeals: AppealNumbers {
                upheld: count(Which::Upheld),
                varied: count(Which::Varied),
                overturned: count(Which::Overturned),
                waiting: count(Which::Waiting),
                upheld_percent: percent(figures, Which::Upheld),
                varied_percent: percent(figures, Which::Varied),
                overturned_percent: percent(figures, Which::Overturned),
            },
        }
    }
}

/// Tenths as a number with one decimal.
fn decimal(tenths: Option<i64>) -> Option<f64> {
    tenths.map(|tenths| tenths as f64 / 10.0)
}

fn percent(figures: &Figures, which: Which) -> Option<f64> {
    decimal(share(figures.count(which), figures.heard()))
}

fn cases(line: &Line) -> CaseNumbers {
    let [critical, major, minor] = line.cases;
    CaseNumbers { critical, major, minor, all: line.all() }
}

fn of_measure(line: &Line) -> CasesOfMeasure {
    let measure = if line.code == NONE { None } else { Measure::parse(&line.code) };
    CasesOfMeasure { measure, cases: cases(line) }
}

fn of_region(line: &Line) -> CasesOfRegion {
    CasesOfRegion { region: line.code.clone(), cases: cases(line) }
}

fn of_violation(figures: &Figures, line: &Line) -> CasesOfViolation {
    let (english, chinese) = figures.name(&line.code);
    CasesOfViolation {
        violation: line.code.clone(),
        name_en: english.into(),
        name_zh: chinese.into(),
        cases: cases(line),
    }
}

fn days((severity, one): (Option<Severity>, Duration)) -> DaysToDecision {
    DaysToDecision {
        severity,
        decided: one.decided,
        median_days: decimal(one.median),
        longest_days: one.longest,
    }
}
