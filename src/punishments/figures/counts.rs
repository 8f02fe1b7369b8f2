//! Cases counted: one query that groups them, whatever their number.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use super::rows::Which;
use super::{Duration, Figures, Line, NONE, place_of};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Severity;
use crate::inspections::figures::Rows;
use crate::inspections::figures::query::Asked;
use crate::punishments::Measure;
use crate::punishments::standards::Status;
use crate::schema::{punishment_standard_versions, punishment_standards};
use crate::values::end_of;

/// Cases with their companies, of the days between two parameters.
pub(super) const OF_PERIOD: &str = "FROM punishment_cases \
     JOIN suppliers ON suppliers.id = punishment_cases.supplier_id \
     WHERE punishment_cases.proposed_at >= $1 AND punishment_cases.proposed_at <= $2";

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Text)]
    measure: String,
    #[diesel(sql_type = Text)]
    violation: String,
    #[diesel(sql_type = Text)]
    severity: String,
    #[diesel(sql_type = Text)]
    area: String,
    #[diesel(sql_type = Text)]
    company_area: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
    #[diesel(sql_type = BigInt)]
    overdue: i64,
    #[diesel(sql_type = BigInt)]
    in_force: i64,
    #[diesel(sql_type = BigInt)]
    decided: i64,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
    #[diesel(sql_type = BigInt)]
    upheld: i64,
    #[diesel(sql_type = BigInt)]
    varied: i64,
    #[diesel(sql_type = BigInt)]
    overturned: i64,
    #[diesel(sql_type = BigInt)]
    term_none: i64,
    #[diesel(sql_type = BigInt)]
    term_3: i64,
    #[diesel(sql_type = BigInt)]
    term_12: i64,
    #[diesel(sql_type = BigInt)]
    term_36: i64,
    #[diesel(sql_type = BigInt)]
    term_longer: i64,
    #[diesel(sql_type = BigInt)]
    term_endless: i64,
}

impl Counted {
    fn of(&self, which: Which) -> i64 {
        match which {
            Which::All => self.n,
            Which::Overdue => self.overdue,
            Which::InForce => self.in_force,
            Which::Decided => self.decided,
            Which::Waiting => self.waiting,
            Which::Upheld => self.upheld,
            Which::Varied => self.varied,
            Which::Overturned => self.overturned,
            Which::TermNone => self.term_none,
            Which::Term3 => self.term_3,
            Which::Term12 => self.term_12,
            Which::Term36 => self.term_36,
            Which::TermLonger => self.term_longer,
            Which::TermEndless => self.term_endless,
        }
    }
}

/// The cases of a period, within what somebody may see. One query.
pub(super) fn load(
    c: &mut AnyConnection,
    asked: Asked,
    scope: &Scope,
    today: NaiveDate,
) -> Result<Figures, Error> {
    let rows = Rows::of(&asked.scheme);
    let measures = Measure::ALL.iter().map(|one| one.as_str()).chain([NONE]);
    let mut found = Figures {
        whole: Line::default(),
        measures: measures.map(Line::of).collect(),
        regions: rows.codes.iter().map(|code| Line::of(code)).collect(),
        violations: Vec::new(),
        names: HashMap::new(),
        counted: HashMap::new(),
        durations: [Duration::default(); 4],
        asked,
    };
    for one in counted(c, &found.asked, today)? {
        let severity = Severity::parse(&one.severity).filter(|_| scope.allows(&one.company_area));
        let Some(at) = severity.map(place_of) else { continue };
        for which in Which::ALL {
            *found.counted.entry(*which).or_default() += one.of(*which);
        }
        let place = rows.place(&found.asked.scheme, &one.area);
        found.whole.cases[at] += one.n;
        found.regions[place].cases[at] += one.n;
        if let Some(line) = found.measures.iter_mut().find(|line| line.code == one.measure) {
            line.cases[at] += one.n;
        }
        let known = found.violations.iter().position(|line| line.code == one.violation);
        let known = known.unwrap_or_else(|| {
            found.violations.push(Line::of(&one.violation));
            found.violations.len() - 1
        });
        found.violations[known].cases[at] += one.n;
    }
    found.violations.sort_by_key(|line| (-line.all(), line.code.clone()));
    Ok(found)
}

fn counted(c: &mut AnyConnection, asked: &Asked, today: NaiveDate) -> Result<Vec<Counted>, Error> {
    let counts: Vec<String> = Which::ALL
        .iter()
        .filter(|which| **which != Which::All)
        .map(|which| {
            let (name, condition) = (which.as_str(), which.condition(today));
            format!("COUNT(CASE WHEN {condition} THEN 1 END) AS {name}")
        })
        .collect();
    let query = format!(
        "SELECT COALESCE(punishment_cases.measure, '{NONE}') AS measure, \
             punishment_cases.violation AS violation, punishment_cases.severity AS severity, \
             punishment_cases.area AS area, suppliers.area AS company_area, COUNT(*) AS n, {} \
         {OF_PERIOD} GROUP BY 1, 2, 3, 4, 5",
        counts.join(", ")
    );
    let (from, to) = ends(asked);
    let query = diesel::sql_query(query).bind::<Timestamp, _>(from).bind::<Timestamp, _>(to);
    Ok(query.load(c)?)
}

/// The first and the last moment of the days that are asked for.
pub(super) fn ends(asked: &Asked) -> (chrono::NaiveDateTime, chrono::NaiveDateTime) {
    (asked.period.from.and_time(chrono::NaiveTime::MIN), end_of(asked.period.to))
}

/// What violations are called in the newest standards that name them.
pub(super) fn names(c: &mut AnyConnection) -> Result<HashMap<String, (String, String)>, Error> {
    let told: Vec<(String, String, String)> = punishment_standards::table
        .inner_join(
            punishment_standard_versions::table
                .on(punishment_standard_versions::id.eq(punishment_standards::version_id)),
        )
        .filter(punishment_standard_versions::status.ne(Status::Draft))
        .order((punishment_standard_versions::version, punishment_standards::position))
        .select((
            punishment_standards::violation,
            punishment_standards::name_en,
            punishment_standards::name_zh,
        ))
        .load(c)?;
    Ok(told.into_iter().map(|(code, english, chinese)| (code, (english, chinese))).collect())
}
