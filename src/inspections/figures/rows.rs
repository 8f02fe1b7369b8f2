//! The findings behind a number.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::query::{Asked, FiguresQuery};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::{Error, Problem, Problems};
use crate::inspections::Severity;
use crate::inspections::findings::Finding;
use crate::page::filters::given;
use crate::page::paging::{Cursor, cut};
use crate::schema::{checklist_items, findings, suppliers};
use crate::suppliers::Supplier;

text_enum! {
    /// What is counted of findings.
    Measure {
        /// All that were raised.
        Raised = "raised",
        /// Those that were not withdrawn.
        Standing = "standing",
        /// Closed, or the last day is over.
        Judged = "judged",
        OnTime = "on_time",
        Late = "late",
        /// Contained, or the last day for it is over.
        ContainJudged = "contain_judged",
        ContainedOnTime = "contained_on_time",
        Closed = "closed",
        Repeated = "repeated",
        /// A dispute was followed.
        Withdrawn = "withdrawn",
        /// A dispute was not followed.
        Upheld = "upheld",
        /// A dispute waits for a decision.
        Waiting = "waiting",
        /// Not settled, with the last day in the period: whenever they were raised.
        Due = "due",
    }
}

const STANDING: &str = "findings.status <> 'withdrawn'";
const DISPUTED: &str = "EXISTS (SELECT 1 FROM finding_steps \
     WHERE finding_steps.finding_id = findings.id AND finding_steps.kind = 'disputed')";

/// The condition that a time is on a day or before it: both databases write days alike, and the last
/// moment of a day is not rounded up to the next one.
fn is_by(time: &str, day: &str) -> String {
    format!("substr(CAST(findings.{time} AS TEXT), 1, 10) <= CAST(findings.{day} AS TEXT)")
}

impl Measure {
    /// The condition on findings, as on a day. A finding is late from the day after its last one.
    pub(super) fn condition(self, today: NaiveDate) -> String {
        let judged =
            format!("(findings.status = 'closed' OR {STANDING} AND findings.due_on < '{today}')");
        let on_time = format!("(findings.status = 'closed' AND {})", is_by("closed_at", "due_on"));
        match self {
            Measure::Raised => "1 = 1".into(),
            Measure::Standing => STANDING.into(),
            Measure::Judged => judged,
            Measure::OnTime => on_time,
            Measure::Late => format!("({judged} AND NOT {on_time})"),
            Measure::ContainJudged => format!(
                "({STANDING} AND findings.contain_by IS NOT NULL \
                     AND (findings.contained_at IS NOT NULL OR findings.contain_by < '{today}'))"
            ),
            Measure::ContainedOnTime => {
                format!("({STANDING} AND {})", is_by("contained_at", "contain_by"))
            }
            Measure::Closed => "findings.status = 'closed'".into(),
            Measure::Repeated => format!("({STANDING} AND findings.repeats_id IS NOT NULL)"),
            Measure::Withdrawn => "findings.status = 'withdrawn'".into(),
            Measure::Upheld => {
                format!("(findings.status NOT IN ('withdrawn', 'disputed') AND {DISPUTED})")
            }
            Measure::Waiting => "findings.status = 'disputed'".into(),
            Measure::Due => "findings.status IN ('open', 'answered', 'disputed')".into(),
        }
    }
}

/// The findings that are asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub measure: Measure,
    pub severity: Option<Severity>,
    /// Code of a region of the scheme, or of a rest row.
    pub region: Option<String>,
    /// Id of a category; "none" for those without one.
    pub category: Option<String>,
    pub section: Option<String>,
}

impl Wanted {
    /// What an address asks for, or a problem for what it names wrongly.
    pub fn of(query: &FiguresQuery) -> Result<Wanted, Error> {
        let mut problems = Problems::default();
        let measure = given(&query.measure).map_or(Some(Measure::Raised), Measure::parse);
        if measure.is_none() {
            problems.add(Problem::new("measure", "unknown_choice"));
        }
        let severity = given(&query.severity).map(Severity::parse);
        if severity == Some(None) {
            problems.add(Problem::new("severity", "unknown_choice"));
        }
        problems.into_result()?;
        let text = |field: &Option<String>| given(field).map(str::to_string);
        Ok(Wanted {
            measure: measure.unwrap_or(Measure::Raised),
            severity: severity.flatten(),
            region: text(&query.region),
            category: text(&query.category),
            section: text(&query.section),
        })
    }
}

/// A finding with its company, and its item's section in both languages.
pub type Row = (Finding, Supplier, String, String);

type Boxed<'a> = findings::BoxedQuery<'a, MultiBackend>;

fn narrowed<'a>(asked: &Asked, wanted: &'a Wanted, scope: &Scope, today: NaiveDate) -> Boxed<'a> {
    let mut query = findings::table
        .into_boxed::<MultiBackend>()
        .filter(sql::<Bool>(&wanted.measure.condition(today)));
    let (from, to) = (asked.period.from, asked.period.to);
    query = match wanted.measure {
        Measure::Due => query.filter(findings::due_on.between(from, to)),
        _ => query.filter(findings::raised_on.between(from, to)),
    };
    if let Some(areas) = scope.areas() {
        let seen = suppliers::table.filter(suppliers::area.eq_any(areas)).select(suppliers::id);
        query = query.filter(findings::supplier_id.eq_any(seen));
    }
    if let Some(severity) = wanted.severity {
        query = query.filter(findings::severity.eq(severity));
    }
    if let Some(region) = &wanted.region {
        query = query.filter(findings::area.eq_any(asked.scheme.areas_of(region)));
    }
    match wanted.category.as_deref() {
        None => {}
        Some("none") => query = query.filter(findings::category_id.is_null()),
        Some(id) => query = query.filter(findings::category_id.eq(id)),
    }
    if let Some(section) = &wanted.section {
        let items = checklist_items::table.filter(checklist_items::section_en.eq(section));
        query = query.filter(findings::item_id.eq_any(items.select(checklist_items::id)));
    }
    query
}

/// How many findings are meant.
pub fn count(
    c: &mut AnyConnection,
    asked: &Asked,
    wanted: &Wanted,
    scope: &Scope,
    today: NaiveDate,
) -> Result<i64, Error> {
    Ok(narrowed(asked, wanted, scope, today).count().get_result(c)?)
}

/// A page of the findings that are meant, by number from a place on, and where the next one begins.
pub fn page(
    c: &mut AnyConnection,
    asked: &Asked,
    wanted: &Wanted,
    scope: &Scope,
    (today, after, limit): (NaiveDate, Option<&Cursor>, usize),
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let number = after.map_or(0, |cursor| cursor.number);
    let found: Vec<Finding> = narrowed(asked, wanted, scope, today)
        .filter(findings::number.gt(number))
        .order(findings::number)
        .limit(limit as i64 + 1)
        .select(Finding::as_select())
        .load(c)?;
    let companies = found.iter().map(|one| one.supplier_id.as_str());
    let companies: Vec<Supplier> = suppliers::table
        .filter(among(suppliers::id, companies))
        .select(Supplier::as_select())
        .load(c)?;
    let companies: HashMap<String, Supplier> =
        companies.into_iter().map(|one| (one.id.clone(), one)).collect();
    let ids: Vec<&str> = found.iter().map(|finding| finding.item_id.as_str()).collect();
    let named: Vec<(String, String, String)> = checklist_items::table
        .filter(among(checklist_items::id, ids))
        .select((checklist_items::id, checklist_items::section_en, checklist_items::section_zh))
        .load(c)?;
    let row = |finding: Finding| {
        let of = named.iter().find(|(id, ..)| *id == finding.item_id);
        let (english, chinese) =
            of.map(|(_, english, chinese)| (english.clone(), chinese.clone())).unwrap_or_default();
        let supplier = companies.get(&finding.supplier_id)?.clone();
        Some((finding, supplier, english, chinese))
    };
    let mut rows: Vec<Row> = found.into_iter().filter_map(row).collect();
    let next = cut(&mut rows, limit, |last| Cursor { key: String::new(), number: last.0.number });
    Ok((rows, next))
}

/// The day of a time, where there is one.
pub fn day_of(time: Option<NaiveDateTime>) -> Option<NaiveDate> {
    time.map(|time| time.date())
}
