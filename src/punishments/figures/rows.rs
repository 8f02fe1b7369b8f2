//! The cases behind a number.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::NONE;
use super::counts::ends;
use super::query::CasesQuery;
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::{Error, Problem, Problems};
use crate::inspections::Severity;
use crate::inspections::figures::query::Asked;
use crate::page::filters::given;
use crate::page::paging::{Cursor, cut};
use crate::punishments::{Case, Measure};
use crate::schema::{punishment_cases, suppliers};
use crate::suppliers::Supplier;

text_enum! {
    /// What is counted of cases.
    Which {
        All = "all",
        /// A day of ours has passed without what should have been done.
        Overdue = "overdue",
        /// The measure holds today.
        InForce = "in_force",
        Decided = "decided",
        /// Appealed, and the appeal was not heard yet.
        Waiting = "waiting",
        Upheld = "upheld",
        Varied = "varied",
        Overturned = "overturned",
        /// A warning.
        TermNone = "term_none",
        /// Up to three months.
        Term3 = "term_3",
        /// More, up to a year.
        Term12 = "term_12",
        /// More, up to three years.
        Term36 = "term_36",
        TermLonger = "term_longer",
        TermEndless = "term_endless",
    }
}

/// Terms, from the shortest.
pub const TERMS: [Which; 6] = [
    Which::TermNone,
    Which::Term3,
    Which::Term12,
    Which::Term36,
    Which::TermLonger,
    Which::TermEndless,
];

/// Year and month of a day, as a number of months.
fn months(day: &str) -> String {
    let part = |from: i64, length: i64| {
        format!("CAST(substr(CAST(punishment_cases.{day} AS TEXT), {from}, {length}) AS INTEGER)")
    };
    format!("({} * 12 + {})", part(1, 4), part(6, 2))
}

impl Which {
    /// The condition on cases, as on a day.
    pub(super) fn condition(self, today: NaiveDate) -> String {
        match self {
            Which::All => "1 = 1".into(),
            Which::Overdue => format!(
                "(punishment_cases.status = 'proposed' AND punishment_cases.notice_by < '{today}' \
                 OR punishment_cases.status = 'served' AND punishment_cases.decide_by < '{today}' \
                 OR punishment_cases.status = 'appealed' AND punishment_cases.hear_by < '{today}')"
            ),
            Which::InForce => format!(
                "(punishment_cases.status IN ('in_force', 'appealed') \
                 AND punishment_cases.from_on <= '{today}' AND punishment_cases.to_on > '{today}')"
            ),
            Which::Decided => "punishment_cases.decided_at IS NOT NULL".into(),
            Which::Waiting => "punishment_cases.status = 'appealed'".into(),
            Which::Upheld => heard("uphold"),
            Which::Varied => heard("vary"),
            Which::Overturned => heard("overturn"),
            Which::TermNone => "punishment_cases.measure = 'warning'".into(),
            Which::Term3 => term(0, 3),
            Which::Term12 => term(4, 12),
            Which::Term36 => term(13, 36),
            Which::TermLonger => term(37, 12 * 1000),
            Which::TermEndless => {
                "(punishment_cases.measure <> 'warning' AND punishment_cases.to_on > '9999-01-01')"
                    .into()
            }
        }
    }
}

/// That an appeal was decided so.
fn heard(outcome: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM punishment_ballots WHERE punishment_ballots.case_id = punishment_cases.id \
             AND punishment_ballots.kind = 'appeal' AND punishment_ballots.status = 'carried' \
             AND punishment_ballots.outcome = '{outcome}')"
    )
}

/// That a measure has an end, so many months after its beginning.
fn term(from: i64, to: i64) -> String {
    format!(
        "(punishment_cases.measure <> 'warning' AND punishment_cases.to_on <= '9999-01-01' \
             AND {} - {} BETWEEN {from} AND {to})",
        months("to_on"),
        months("from_on")
    )
}

/// The cases that are asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub which: Which,
    /// `Some(None)` for cases without a measure.
    pub measure: Option<Option<Measure>>,
    pub severity: Option<Severity>,
    pub violation: Option<String>,
    /// Code of a region of the scheme, or of a rest row.
    pub region: Option<String>,
}

impl Wanted {
    /// What an address asks for, or a problem for what it names wrongly.
    pub fn of(query: &CasesQuery) -> Result<Wanted, Error> {
        let mut problems = Problems::default();
        let which = given(&query.which).map_or(Some(Which::All), Which::parse);
        if which.is_none() {
            problems.add(Problem::new("which", "unknown_choice"));
        }
        let measure = match given(&query.measure) {
            None => None,
            Some(NONE) => Some(None),
            Some(text) => Measure::parse(text).map(Some).or_else(|| {
                problems.add(Problem::new("measure", "unknown_choice"));
                None
            }),
        };
        let severity = given(&query.severity).map(Severity::parse);
        if severity == Some(None) {
            problems.add(Problem::new("severity", "unknown_choice"));
        }
        problems.into_result()?;
        Ok(Wanted {
            which: which.unwrap_or(Which::All),
            measure,
            severity: severity.flatten(),
            violation: given(&query.violation).map(str::to_string),
            region: given(&query.region).map(str::to_string),
        })
    }
}

/// A case with its company.
pub type Row = (Case, Supplier);

type Boxed<'a> = punishment_cases::BoxedQuery<'a, MultiBackend>;

fn narrowed<'a>(asked: &Asked, wanted: &'a Wanted, scope: &Scope, today: NaiveDate) -> Boxed<'a> {
    let (from, to) = ends(asked);
    let mut query = punishment_cases::table
        .into_boxed::<MultiBackend>()
        .filter(sql::<Bool>(&wanted.which.condition(today)))
        .filter(punishment_cases::proposed_at.ge(from))
        .filter(punishment_cases::proposed_at.le(to));
    if let Some(areas) = scope.areas() {
        let seen = suppliers::table.filter(suppliers::area.eq_any(areas)).select(suppliers::id);
        query = query.filter(punishment_cases::supplier_id.eq_any(seen));
    }
    match wanted.measure {
        None => {}
        Some(None) => query = query.filter(punishment_cases::measure.is_null()),
        Some(Some(measure)) => query = query.filter(punishment_cases::measure.eq(measure)),
    }
    if let Some(severity) = wanted.severity {
        query = query.filter(punishment_cases::severity.eq(severity));
    }
    if let Some(violation) = &wanted.violation {
        query = query.filter(punishment_cases::violation.eq(violation));
    }
    if let Some(region) = &wanted.region {
        query = query.filter(punishment_cases::area.eq_any(asked.scheme.areas_of(region)));
    }
    query
}

/// How many cases are meant.
pub fn count(
    c: &mut AnyConnection,
    asked: &Asked,
    wanted: &Wanted,
    scope: &Scope,
    today: NaiveDate,
) -> Result<i64, Error> {
    Ok(narrowed(asked, wanted, scope, today).count().get_result(c)?)
}

/// A page of the cases that are meant, by number from a place on, and where the next one begins.
pub fn page(
    c: &mut AnyConnection,
    asked: &Asked,
    wanted: &Wanted,
    scope: &Scope,
    (today, after, limit): (NaiveDate, Option<&Cursor>, usize),
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let number = after.map_or(0, |cursor| cursor.number);
    let mut found: Vec<Case> = narrowed(asked, wanted, scope, today)
        .filter(punishment_cases::number.gt(number))
        .order(punishment_cases::number)
        .limit(limit as i64 + 1)
        .select(Case::as_select())
        .load(c)?;
    let next = cut(&mut found, limit, |last| Cursor { key: String::new(), number: last.number });
    let companies = found.iter().map(|one| one.supplier_id.as_str());
    let companies: Vec<Supplier> = suppliers::table
        .filter(among(suppliers::id, companies))
        .select(Supplier::as_select())
        .load(c)?;
    let companies: HashMap<String, Supplier> =
        companies.into_iter().map(|one| (one.id.clone(), one)).collect();
    let row = |case: Case| {
        let supplier = companies.get(&case.supplier_id)?.clone();
        Some((case, supplier))
    };
    Ok((found.into_iter().filter_map(row).collect(), next))
}
