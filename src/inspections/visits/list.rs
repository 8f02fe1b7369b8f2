//! Inspections of all companies, the newest first.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::inspections::{Inspection, Kind, Severity, Status, plans};
use crate::page::paging::{Cursor, cut};
use crate::schema::{
    checklist_versions, checklists, findings, inspection_plans, inspections, suppliers,
};
use crate::suppliers::code_of;
use crate::suppliers::names::fold;

text_enum! {
    /// Which day a period is about.
    Day {
        Planned = "planned",
        Visited = "visited",
        /// The day of the visit; before it the planned one.
        Either = "either",
    }
}

/// What the list is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// "I-000012", "S-000123", or words of a company's name.
    pub text: String,
    pub supplier: Option<String>,
    /// Any of these; all when empty.
    pub statuses: Vec<Status>,
    pub kind: Option<Kind>,
    /// Id of a plan.
    pub plan: Option<String>,
    /// Id of an account.
    pub inspector: Option<String>,
    /// Areas in which companies were when their inspections were made.
    pub areas: Option<Vec<String>>,
    pub day: Option<Day>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// An inspection with its company, plan, checklist and findings.
#[derive(Clone, Debug)]
pub struct Row {
    pub inspection: Inspection,
    pub supplier_number: i64,
    pub legal_name: String,
    pub english_name: String,
    pub plan_number: Option<i64>,
    pub checklist_code: String,
    pub checklist_version: i64,
    /// Findings that were not withdrawn: of each severity, and how many of them all are open.
    pub minor: i64,
    pub major: i64,
    pub critical: i64,
    pub open: i64,
}

impl Row {
    /// "S-000123".
    pub fn supplier_code(&self) -> String {
        code_of(self.supplier_number)
    }

    /// "P-000012", "" without a plan.
    pub fn plan_code(&self) -> String {
        self.plan_number.map(plans::code_of).unwrap_or_default()
    }

    pub fn findings(&self) -> i64 {
        self.minor + self.major + self.critical
    }
}

type Read = (Inspection, i64, String, String, Option<i64>, String, i64);

/// Inspections of companies that somebody sees, with numbers below `before`, `limit` of them at most;
/// and the cursor of the last when there are more.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    before: Option<i64>,
    limit: usize,
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let mut query = inspections::table
        .inner_join(suppliers::table.on(suppliers::id.eq(inspections::supplier_id)))
        .inner_join(
            checklist_versions::table
                .on(checklist_versions::id.eq(inspections::checklist_version_id)),
        )
        .inner_join(checklists::table.on(checklists::id.eq(checklist_versions::checklist_id)))
        .left_join(
            inspection_plans::table.on(inspection_plans::id.nullable().eq(inspections::plan_id)),
        )
        .select((
            Inspection::as_select(),
            suppliers::number,
            suppliers::legal_name,
            suppliers::english_name,
            inspection_plans::number.nullable(),
            checklists::code,
            checklist_versions::version,
        ))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some(areas) = asked.areas.clone() {
        query = query.filter(inspections::area.eq_any(areas));
    }
    if let Some(supplier) = asked.supplier.clone() {
        query = query.filter(inspections::supplier_id.eq(supplier));
    }
    if !asked.statuses.is_empty() {
        query = query.filter(inspections::status.eq_any(asked.statuses.clone()));
    }
    if let Some(kind) = asked.kind {
        query = query.filter(inspections::kind.eq(kind));
    }
    if let Some(plan) = asked.plan.clone() {
        query = query.filter(inspections::plan_id.eq(plan));
    }
    if let Some(inspector) = asked.inspector.clone() {
        query = query.filter(inspections::inspector_id.eq(inspector));
    }
    if let Some(before) = before {
        query = query.filter(inspections::number.lt(before));
    }
    use inspections::{planned_on, visited_on};
    let day = asked.day.unwrap_or(Day::Planned);
    if let Some(from) = asked.from {
        let planned = visited_on.is_null().and(planned_on.ge(from));
        query = match day {
            Day::Planned => query.filter(planned_on.ge(from)),
            Day::Visited => query.filter(visited_on.ge(from)),
            Day::Either => query.filter(visited_on.ge(from).or(planned)),
        };
    }
    if let Some(to) = asked.to {
        let planned = visited_on.is_null().and(planned_on.le(to));
        query = match day {
            Day::Planned => query.filter(planned_on.le(to)),
            Day::Visited => query.filter(visited_on.le(to)),
            Day::Either => query.filter(visited_on.le(to).or(planned)),
        };
    }
    query = match text_of(&asked.text) {
        Text::Nothing => query,
        Text::Inspection(number) => query.filter(inspections::number.eq(number)),
        Text::Company(number) => query.filter(suppliers::number.eq(number)),
        Text::Name(name) => query.filter(suppliers::search_text.like(format!("%{name}%"))),
    };
    let found: Vec<Read> =
        query.order(inspections::number.desc()).limit(limit as i64 + 1).load(c)?;
    let mut rows: Vec<Row> = found.into_iter().map(row).collect();
    let place = |row: &Row| Cursor { key: String::new(), number: row.inspection.number };
    let next = cut(&mut rows, limit, place);
    count_findings(c, &mut rows)?;
    Ok((rows, next))
}

fn row((inspection, supplier_number, legal_name, english_name, plan, code, version): Read) -> Row {
    Row {
        inspection,
        supplier_number,
        legal_name,
        english_name,
        plan_number: plan,
        checklist_code: code,
        checklist_version: version,
        minor: 0,
        major: 0,
        critical: 0,
        open: 0,
    }
}

enum Text {
    Nothing,
    Inspection(i64),
    Company(i64),
    /// Letters, digits and spaces only.
    Name(String),
}

fn text_of(typed: &str) -> Text {
    let typed = typed.trim();
    let upper = typed.to_uppercase();
    let number = |text: &str| text.trim_start_matches('-').parse::<i64>().ok();
    if let Some(number) = upper.strip_prefix('I').and_then(number) {
        return Text::Inspection(number);
    }
    if let Some(number) = upper.strip_prefix('S').and_then(number) {
        return Text::Company(number);
    }
    if let Ok(number) = typed.parse::<i64>() {
        return Text::Company(number);
    }
    match fold(typed) {
        name if name.trim().is_empty() => Text::Nothing,
        name => Text::Name(name.trim().to_string()),
    }
}

/// Counts the findings of all rows in one query.
fn count_findings(c: &mut AnyConnection, rows: &mut [Row]) -> Result<(), Error> {
    use crate::inspections::findings::Status as Finding;
    let ids = rows.iter().map(|row| row.inspection.id.as_str());
    let found: Vec<(String, Severity, Finding)> = findings::table
        .filter(among(findings::inspection_id, ids))
        .filter(findings::status.ne(Finding::Withdrawn))
        .select((findings::inspection_id, findings::severity, findings::status))
        .load(c)?;
    let mut at: HashMap<String, usize> = HashMap::new();
    for (index, row) in rows.iter().enumerate() {
        at.insert(row.inspection.id.clone(), index);
    }
    for (inspection, severity, status) in found {
        let Some(row) = at.get(&inspection).and_then(|index| rows.get_mut(*index)) else {
            continue;
        };
        match severity {
            Severity::Minor => row.minor += 1,
            Severity::Major => row.major += 1,
            Severity::Critical => row.critical += 1,
        }
        row.open += i64::from(status.is_open());
    }
    Ok(())
}

/// The newest plans, for a list to choose from: id, number and name; and one that is chosen already.
pub fn plans(
    c: &mut AnyConnection,
    chosen: Option<&str>,
) -> Result<Vec<(String, i64, String)>, Error> {
    use inspection_plans::{id, name, number};
    let mut all: Vec<(String, i64, String)> = inspection_plans::table
        .order(number.desc())
        .limit(100)
        .select((id, number, name))
        .load(c)?;
    if let Some(chosen) = chosen.filter(|chosen| !all.iter().any(|(one, ..)| one == chosen)) {
        let found = inspection_plans::table.find(chosen).select((id, number, name));
        all.extend(found.first::<(String, i64, String)>(c).optional()?);
    }
    Ok(all)
}

/// The inspections of a company that its people may see, the newest first, at most 200.
pub fn of_company(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Inspection>, Error> {
    Ok(inspections::table
        .filter(inspections::supplier_id.eq(supplier_id))
        .filter(inspections::status.eq_any(super::ANNOUNCED))
        .order((inspections::created_at.desc(), inspections::id.desc()))
        .limit(200)
        .select(Inspection::as_select())
        .load(c)?)
}
