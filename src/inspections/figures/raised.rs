//! Findings of a period: how bad, where, at what, and what became of them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Text};

use super::query::Asked;
use super::rows::Measure;
use super::{Rows, SEVERITIES, place_of, quotient};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Severity;

/// What became of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// All that were raised, also those that were withdrawn.
    pub raised: i64,
    /// Closed, or their last day is over: those that can be told to be on time.
    pub judged: i64,
    /// Closed on their last day or before.
    pub on_time: i64,
    /// The same of containing.
    pub contain_judged: i64,
    pub contained_on_time: i64,
    /// Closed, and the days that it took from the visit, together.
    pub closed: i64,
    pub days: i64,
    /// At the item of an earlier one.
    pub repeated: i64,
    /// Withdrawn: a dispute was followed.
    pub withdrawn: i64,
    /// Disputed, and the finding stood.
    pub upheld: i64,
    /// Disputed, and nobody has decided.
    pub waiting: i64,
}

impl Outcomes {
    fn add(&mut self, other: &Outcomes) {
        self.raised += other.raised;
        self.judged += other.judged;
        self.on_time += other.on_time;
        self.contain_judged += other.contain_judged;
        self.contained_on_time += other.contained_on_time;
        self.closed += other.closed;
        self.days += other.days;
        self.repeated += other.repeated;
        self.withdrawn += other.withdrawn;
        self.upheld += other.upheld;
        self.waiting += other.waiting;
    }

    /// Those that were not withdrawn.
    pub fn standing(&self) -> i64 {
        self.raised - self.withdrawn
    }

    pub fn disputed(&self) -> i64 {
        self.withdrawn + self.upheld + self.waiting
    }

    /// Days from the visit to the closing, in tenths. `None` where nothing is closed.
    pub fn mean_days(&self) -> Option<i64> {
        quotient(self.days, self.closed)
    }
}

/// Findings by severity, in the order of [`SEVERITIES`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Code of a region or of a rest row, English name of a section, or "" for the whole.
    pub code: String,
    /// Chinese name of a section.
    pub name_zh: String,
    pub raised: [i64; 3],
}

impl Line {
    pub fn all(&self) -> i64 {
        self.raised.iter().sum()
    }
}

/// The findings of a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Raised {
    /// In the order of the scheme, the rest rows last.
    pub regions: Vec<Line>,
    /// Of all checklists, the section with the most findings first.
    pub sections: Vec<Line>,
    pub whole: Line,
    /// In the order of [`SEVERITIES`].
    pub severities: [Outcomes; 3],
    pub outcomes: Outcomes,
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Text)]
    severity: String,
    #[diesel(sql_type = Text)]
    area: String,
    #[diesel(sql_type = Text)]
    company_area: String,
    #[diesel(sql_type = BigInt)]
    raised: i64,
    #[diesel(sql_type = BigInt)]
    judged: i64,
    #[diesel(sql_type = BigInt)]
    on_time: i64,
    #[diesel(sql_type = BigInt)]
    contain_judged: i64,
    #[diesel(sql_type = BigInt)]
    contained_on_time: i64,
    #[diesel(sql_type = BigInt)]
    repeated: i64,
    #[diesel(sql_type = BigInt)]
    withdrawn: i64,
    #[diesel(sql_type = BigInt)]
    upheld: i64,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
}

const AND_COMPANY: &str = "FROM findings JOIN suppliers ON suppliers.id = findings.supplier_id";
const ON_DAYS: &str = "findings.raised_on BETWEEN $1 AND $2";

/// The findings of a period, within what somebody may see. Three queries.
pub fn load(
    c: &mut AnyConnection,
    asked: &Asked,
    scope: &Scope,
    today: NaiveDate,
) -> Result<Raised, Error> {
    let rows = Rows::of(&asked.scheme);
    let line = |code: &String| Line { code: code.clone(), ..Line::default() };
    let mut found = Raised { regions: rows.codes.iter().map(line).collect(), ..Raised::default() };
    for one in counted(c, asked, today)? {
        let severity = Severity::parse(&one.severity).filter(|_| scope.allows(&one.company_area));
        let Some(at) = severity.map(place_of) else { continue };
        let outcomes = Outcomes {
            raised: one.raised,
            judged: one.judged,
            on_time: one.on_time,
            contain_judged: one.contain_judged,
            contained_on_time: one.contained_on_time,
            closed: 0,
            days: 0,
            repeated: one.repeated,
            withdrawn: one.withdrawn,
            upheld: one.upheld,
            waiting: one.waiting,
        };
        found.severities[at].add(&outcomes);
        found.regions[rows.place(&asked.scheme, &one.area)].raised[at] += one.raised;
        found.whole.raised[at] += one.raised;
    }
    add_days(c, asked, scope, &mut found)?;
    for at in 0..SEVERITIES.len() {
        found.outcomes.add(&found.severities[at]);
    }
    found.sections = sections(c, asked, scope)?;
    Ok(found)
}

fn counted(c: &mut AnyConnection, asked: &Asked, today: NaiveDate) -> Result<Vec<Counted>, Error> {
    let count = |measure: Measure, name: &str| {
        format!("COUNT(CASE WHEN {} THEN 1 END) AS {name}", measure.condition(today))
    };
    let counts = [
        count(Measure::Judged, "judged"),
        count(Measure::OnTime, "on_time"),
        count(Measure::ContainJudged, "contain_judged"),
        count(Measure::ContainedOnTime, "contained_on_time"),
        count(Measure::Repeated, "repeated"),
        count(Measure::Withdrawn, "withdrawn"),
        count(Measure::Upheld, "upheld"),
        count(Measure::Waiting, "waiting"),
    ];
    let query = format!(
        "SELECT findings.severity AS severity, findings.area AS area, \
             suppliers.area AS company_area, COUNT(*) AS raised, {} \
         {AND_COMPANY} WHERE {ON_DAYS} GROUP BY 1, 2, 3",
        counts.join(", ")
    );
    let query = diesel::sql_query(query);
    let query = query.bind::<Date, _>(asked.period.from).bind::<Date, _>(asked.period.to);
    Ok(query.load(c)?)
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = Text)]
    severity: String,
    #[diesel(sql_type = Text)]
    company_area: String,
    #[diesel(sql_type = Date)]
    raised_on: NaiveDate,
    /// As text: both databases write days alike.
    #[diesel(sql_type = Text)]
    closed_on: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Days from the visit to the closing. The two databases reckon with days differently: it is done here.
fn add_days(
    c: &mut AnyConnection,
    asked: &Asked,
    scope: &Scope,
    found: &mut Raised,
) -> Result<(), Error> {
    let query = format!(
        "SELECT findings.severity AS severity, suppliers.area AS company_area, \
             findings.raised_on AS raised_on, \
             substr(CAST(findings.closed_at AS TEXT), 1, 10) AS closed_on, COUNT(*) AS n \
         {AND_COMPANY} WHERE {ON_DAYS} AND findings.status = 'closed' \
             AND findings.closed_at IS NOT NULL GROUP BY 1, 2, 3, 4"
    );
    let query = diesel::sql_query(query);
    let query = query.bind::<Date, _>(asked.period.from).bind::<Date, _>(asked.period.to);
    for one in query.load::<Taken>(c)? {
        let severity = Severity::parse(&one.severity).filter(|_| scope.allows(&one.company_area));
        let Some(at) = severity.map(place_of) else { continue };
        found.severities[at].closed += one.n;
        let closed_on: NaiveDate = one.closed_on.parse().unwrap_or(one.raised_on);
        found.severities[at].days += one.n * (closed_on - one.raised_on).num_days();
    }
    Ok(())
}

#[derive(QueryableByName)]
struct OfSection {
    #[diesel(sql_type = Text)]
    section_en: String,
    #[diesel(sql_type = Text)]
    section_zh: String,
    #[diesel(sql_type = Text)]
    severity: String,
    #[diesel(sql_type = Text)]
    company_area: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn sections(c: &mut AnyConnection, asked: &Asked, scope: &Scope) -> Result<Vec<Line>, Error> {
    let query = format!(
        "SELECT checklist_items.section_en AS section_en, MAX(checklist_items.section_zh) AS section_zh, \
             findings.severity AS severity, suppliers.area AS company_area, COUNT(*) AS n \
         {AND_COMPANY} JOIN checklist_items ON checklist_items.id = findings.item_id \
         WHERE {ON_DAYS} GROUP BY 1, 3, 4"
    );
    let query = diesel::sql_query(query);
    let query = query.bind::<Date, _>(asked.period.from).bind::<Date, _>(asked.period.to);
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for one in query.load::<OfSection>(c)? {
        let severity = Severity::parse(&one.severity).filter(|_| scope.allows(&one.company_area));
        let Some(at) = severity.map(place_of) else { continue };
        let line = lines.entry(one.section_en.clone()).or_insert_with(|| Line {
            code: one.section_en,
            name_zh: one.section_zh,
            raised: [0; 3],
        });
        line.raised[at] += one.n;
    }
    let mut lines: Vec<Line> = lines.into_values().collect();
    lines.sort_by_key(|line| -line.all());
    Ok(lines)
}
