//! The figures as one document: what programs get, and the JSON file.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::heat::Cell;
use super::raised::Outcomes;
use super::{Figures, SEVERITIES, Visits, heat, inspected, quotient, raised, share};
use crate::inspections::{Kind, Severity};

/// Inspections by what became of them.
#[derive(Serialize, ToSchema)]
pub struct InspectionNumbers {
    /// Signed off, or closed.
    done: i64,
    /// To come, or under way.
    planned: i64,
    cancelled: i64,
}

/// Inspections of one kind.
#[derive(Serialize, ToSchema)]
pub struct InspectionsOfKind {
    #[schema(inline)]
    kind: Kind,
    numbers: InspectionNumbers,
}

/// The inspections of a region.
#[derive(Serialize, ToSchema)]
pub struct InspectionsOfRegion {
    /// `outside` or `unresolved` for the rest.
    region: String,
    all: InspectionNumbers,
    kinds: Vec<InspectionsOfKind>,
    /// Companies with an inspection that is done.
    companies: i64,
    /// Those of them that were introduced or suspended at the end of the period, or today.
    companies_active: i64,
    /// All that were introduced or suspended then.
    active: i64,
    /// Percent of the active companies that were inspected, rounded down to one decimal; null where
    /// there are none.
    companies_percent: Option<f64>,
}

/// The inspections of a month.
#[derive(Serialize, ToSchema)]
pub struct InspectionsOfMonth {
    #[schema(example = "2026-03")]
    month: String,
    all: InspectionNumbers,
    /// Companies with an inspection that is done.
    companies: i64,
}

/// Findings by severity.
#[derive(Serialize, ToSchema)]
pub struct FindingNumbers {
    critical: i64,
    major: i64,
    minor: i64,
}

/// The findings of a region.
#[derive(Serialize, ToSchema)]
pub struct FindingsOfRegion {
    region: String,
    raised: FindingNumbers,
}

/// The findings of a section of a checklist.
#[derive(Serialize, ToSchema)]
pub struct FindingsOfSection {
    section_en: String,
    section_zh: String,
    raised: FindingNumbers,
}

/// What became of the findings of a severity.
#[derive(Serialize, ToSchema)]
pub struct FindingOutcomes {
    // All severities together when null.
    #[schema(inline)]
    severity: Option<Severity>,
    raised: i64,
    /// Closed, or their last day is over, and not withdrawn.
    judged: i64,
    /// Closed on their last day or before.
    closed_on_time: i64,
    /// Percent of those that are judged, rounded down to one decimal.
    closed_on_time_percent: Option<f64>,
    /// Contained, or the last day for it is over.
    contain_judged: i64,
    contained_on_time: i64,
    contained_on_time_percent: Option<f64>,
    closed: i64,
    /// From the visit to the closing.
    mean_days_to_close: Option<f64>,
    /// At the item of an earlier finding, and not withdrawn.
    repeated: i64,
    /// Percent of those that were not withdrawn.
    repeated_percent: Option<f64>,
    /// Withdrawn because a dispute was followed.
    disputes_followed: i64,
    disputes_upheld: i64,
    disputes_waiting: i64,
}

/// A category in a region.
#[derive(Serialize, ToSchema)]
pub struct HeatCell {
    /// Id of a category; null for inspections without one.
    category: Option<String>,
    category_code: Option<String>,
    region: String,
    inspections: i64,
    findings: FindingNumbers,
    /// Critical findings times 9, major ones times 3 and minor ones, for each inspection; null where
    /// nothing was inspected.
    heat: Option<f64>,
    /// The same of the period before.
    heat_before: Option<f64>,
}

/// Inspections and findings of a period.
#[derive(Serialize, ToSchema)]
pub struct InspectionFigures {
    from: NaiveDate,
    to: NaiveDate,
    before_from: Option<NaiveDate>,
    before_to: Option<NaiveDate>,
    scheme: String,
    scheme_version: String,
    inspections: InspectionsOfRegion,
    /// Inspections to come for which no day is planned: they are of no period.
    inspections_without_day: i64,
    inspections_by_region: Vec<InspectionsOfRegion>,
    inspections_by_month: Vec<InspectionsOfMonth>,
    findings: FindingNumbers,
    findings_by_region: Vec<FindingsOfRegion>,
    findings_by_section: Vec<FindingsOfSection>,
    /// By severity, all together last.
    outcomes: Vec<FindingOutcomes>,
    heat: Vec<HeatCell>,
}

impl InspectionFigures {
    pub fn of(figures: &Figures) -> InspectionFigures {
        let (asked, inspected) = (&figures.asked, &figures.inspected);
        let raised = &figures.raised;
        let before = figures.heat.before;
        let each = raised.severities.iter().zip(SEVERITIES);
        let each = each.map(|(one, severity)| outcomes(Some(severity), one));
        InspectionFigures {
            from: asked.period.from,
            to: asked.period.to,
            before_from: before.map(|one| one.from),
            before_to: before.map(|one| one.to),
            scheme: asked.scheme.id.clone(),
            scheme_version: asked.scheme.version.clone(),
            inspections: of_region(&inspected.whole),
            inspections_without_day: inspected.without_day,
            inspections_by_region: inspected.regions.iter().map(of_region).collect(),
            inspections_by_month: inspected.months.iter().map(of_month).collect(),
            findings: findings(raised.whole.raised),
            findings_by_region: raised.regions.iter().map(findings_of_region).collect(),
            findings_by_section: raised.sections.iter().map(findings_of_section).collect(),
            outcomes: each.chain([outcomes(None, &raised.outcomes)]).collect(),
            heat: figures.heat.lines.iter().flat_map(|line| cells(&figures.heat, line)).collect(),
        }
    }
}

/// Tenths as a number with one decimal.
fn decimal(tenths: Option<i64>) -> Option<f64> {
    tenths.map(|tenths| tenths as f64 / 10.0)
}

fn numbers(visits: Visits) -> InspectionNumbers {
    let Visits { done, planned, cancelled } = visits;
    InspectionNumbers { done, planned, cancelled }
}

fn of_region(line: &inspected::Line) -> InspectionsOfRegion {
    let kinds = Kind::ALL.iter().zip(&line.kinds);
    let kinds = kinds.map(|(kind, one)| InspectionsOfKind { kind: *kind, numbers: numbers(*one) });
    InspectionsOfRegion {
        region: line.code.clone(),
        all: numbers(line.all),
        kinds: kinds.collect(),
        companies: line.companies,
        companies_active: line.counted,
        active: line.active,
        companies_percent: decimal(share(line.counted, line.active)),
    }
}

fn of_month(line: &inspected::Line) -> InspectionsOfMonth {
    InspectionsOfMonth {
        month: line.code.clone(),
        all: numbers(line.all),
        companies: line.companies,
    }
}

fn findings([critical, major, minor]: [i64; 3]) -> FindingNumbers {
    FindingNumbers { critical, major, minor }
}

fn findings_of_region(line: &raised::Line) -> FindingsOfRegion {
    FindingsOfRegion { region: line.code.clone(), raised: findings(line.raised) }
}

fn findings_of_section(line: &raised::Line) -> FindingsOfSection {
    FindingsOfSection {
        section_en: line.code.clone(),
        section_zh: line.name_zh.clone(),
        raised: findings(line.raised),
    }
}

fn outcomes(severity: Option<Severity>, one: &Outcomes) -> FindingOutcomes {
    FindingOutcomes {
        severity,
        raised: one.raised,
        judged: one.judged,
        closed_on_time: one.on_time,
        closed_on_time_percent: decimal(share(one.on_time, one.judged)),
        contain_judged: one.contain_judged,
        contained_on_time: one.contained_on_time,
        contained_on_time_percent: decimal(share(one.contained_on_time, one.contain_judged)),
        closed: one.closed,
        mean_days_to_close: decimal(quotient(one.days, one.closed)),
        repeated: one.repeated,
        repeated_percent: decimal(share(one.repeated, one.standing())),
        disputes_followed: one.withdrawn,
        disputes_upheld: one.upheld,
        disputes_waiting: one.waiting,
    }
}

/// The cells of a line in which anything was inspected.
fn cells(map: &heat::Heat, line: &heat::Line) -> Vec<HeatCell> {
    let shown = |(region, (now, then)): (&String, &(Cell, Cell))| HeatCell {
        category: line.category.as_ref().map(|one| one.id.clone()),
        category_code: line.category.as_ref().map(|one| one.code.clone()),
        region: region.clone(),
        inspections: now.inspections,
        findings: findings(now.findings),
        heat: decimal(now.heat()),
        heat_before: decimal(then.heat()),
    };
    let some = map.regions.iter().zip(&line.cells);
    let some = some.filter(|(_, (now, then))| *now != Cell::default() || *then != Cell::default());
    some.map(shown).collect()
}
