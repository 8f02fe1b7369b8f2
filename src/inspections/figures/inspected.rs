//! Inspections of a period by region, kind and month, and the companies that were inspected.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Text, Timestamp};

use super::query::Asked;
use super::{Rows, Visits};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::{Kind, Status};
use crate::schema::{inspections, supplier_versions, suppliers};
use crate::suppliers::COUNTED;
use crate::values::end_of;

/// Inspections, and the companies of those that are done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Code of a region or of a rest row, a month as "2026-03", or "" for the whole.
    pub code: String,
    /// In the order of [`Kind::ALL`]; empty for months.
    pub kinds: Vec<Visits>,
    pub all: Visits,
    /// Companies with an inspection that is done.
    pub companies: i64,
    /// Those of them that were introduced or suspended at the end.
    pub counted: i64,
    /// Companies that were introduced or suspended at the end, inspected or not.
    pub active: i64,
}

/// The inspections of a period.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inspected {
    /// In the order of the scheme, the rest rows last.
    pub regions: Vec<Line>,
    pub months: Vec<Line>,
    pub whole: Line,
    /// Inspections for which no day is planned: they are of no period.
    pub without_day: i64,
}

/// The condition that an inspection is of the days between two parameters. Both of its halves have an
/// index. SQLite numbers parameters in the order in which a statement names them.
pub(super) fn on_days(from: &str, to: &str) -> String {
    format!(
        "(inspections.visited_on BETWEEN {from} AND {to} \
             OR inspections.visited_on IS NULL AND inspections.planned_on BETWEEN {from} AND {to})"
    )
}
const MONTH: &str =
    "substr(CAST(COALESCE(inspections.visited_on, inspections.planned_on) AS TEXT), 1, 7)";
const AND_COMPANY: &str =
    "FROM inspections JOIN suppliers ON suppliers.id = inspections.supplier_id";
pub(super) const DONE: &str = "inspections.status IN ('signed_off', 'closed')";

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = Text)]
    area: String,
    #[diesel(sql_type = Text)]
    company_area: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    month: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Company {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Text)]
    area: String,
    #[diesel(sql_type = Text)]
    company_area: String,
    #[diesel(sql_type = Text)]
    month: String,
    #[diesel(sql_type = Integer)]
    is_active: i32,
}

/// The inspections of a period, within what somebody may see. Five queries.
pub fn load(
    c: &mut AnyConnection,
    asked: &Asked,
    scope: &Scope,
    today: NaiveDate,
) -> Result<Inspected, Error> {
    let rows = Rows::of(&asked.scheme);
    let months = asked.period.months();
    let line = |code: &String, kinds: usize| Line {
        code: code.clone(),
        kinds: vec![Visits::default(); kinds],
        ..Line::default()
    };
    let kinds = Kind::ALL.len();
    let mut found = Inspected {
        regions: rows.codes.iter().map(|code| line(code, kinds)).collect(),
        months: months.iter().map(|code| line(code, 0)).collect(),
        whole: line(&String::new(), kinds),
        without_day: without_day(c, scope)?,
    };
    for one in counted(c, asked)? {
        let status = Status::parse(&one.status).filter(|_| scope.allows(&one.company_area));
        let kind = Kind::ALL.iter().position(|kind| kind.as_str() == one.kind);
        let (Some(status), Some(kind)) = (status, kind) else { continue };
        let region = &mut found.regions[rows.place(&asked.scheme, &one.area)];
        for line in [region, &mut found.whole] {
            line.kinds[kind].add(status, one.n);
            line.all.add(status, one.n);
        }
        if let Some(at) = months.iter().position(|month| *month == one.month) {
            found.months[at].all.add(status, one.n);
        }
    }
    let end = asked.period.to.min(today);
    add_companies(c, asked, scope, end, &rows, &mut found)?;
    add_active(c, asked, scope, end, &rows, &mut found)?;
    Ok(found)
}

fn counted(c: &mut AnyConnection, asked: &Asked) -> Result<Vec<Counted>, Error> {
    let query = format!(
        "SELECT inspections.area AS area, suppliers.area AS company_area, inspections.kind AS kind, \
             inspections.status AS status, {MONTH} AS month, COUNT(*) AS n \
         {AND_COMPANY} WHERE {} GROUP BY 1, 2, 3, 4, 5",
        on_days("$1", "$2")
    );
    let query = diesel::sql_query(query);
    let query = query.bind::<Date, _>(asked.period.from).bind::<Date, _>(asked.period.to);
    Ok(query.load(c)?)
}

/// Companies with an inspection that is done: each once in a region, in a month and in the whole.
fn add_companies(
    c: &mut AnyConnection,
    asked: &Asked,
    scope: &Scope,
    end: NaiveDate,
    rows: &Rows,
    found: &mut Inspected,
) -> Result<(), Error> {
    let stages: Vec<String> = COUNTED.iter().map(|one| format!("'{}'", one.as_str())).collect();
    let query = format!(
        "SELECT DISTINCT inspections.supplier_id AS id, inspections.area AS area, \
             suppliers.area AS company_area, {MONTH} AS month, \
             CASE WHEN held.supplier_id IS NULL THEN 0 ELSE 1 END AS is_active \
         {AND_COMPANY} LEFT JOIN supplier_versions held \
             ON held.supplier_id = inspections.supplier_id AND held.valid_from <= $1 \
             AND held.valid_to > $1 AND held.stage IN ({}) \
         WHERE {} AND {DONE}",
        stages.join(", "),
        on_days("$2", "$3")
    );
    let query = diesel::sql_query(query).bind::<Timestamp, _>(end_of(end));
    let query = query.bind::<Date, _>(asked.period.from).bind::<Date, _>(asked.period.to);
    let mut seen: HashSet<(String, String)> = HashSet::new();
    for company in query.load::<Company>(c)? {
        if !scope.allows(&company.company_area) {
            continue;
        }
        let region = &mut found.regions[rows.place(&asked.scheme, &company.area)];
        let month = found.months.iter_mut().find(|line| line.code == company.month);
        for line in [Some(region), month, Some(&mut found.whole)].into_iter().flatten() {
            if seen.insert((line.code.clone(), company.id.clone())) {
                line.companies += 1;
                line.counted += i64::from(company.is_active);
            }
        }
    }
    Ok(())
}

/// Companies that are introduced or suspended at the end of a day.
fn add_active(
    c: &mut AnyConnection,
    asked: &Asked,
    scope: &Scope,
    end: NaiveDate,
    rows: &Rows,
    found: &mut Inspected,
) -> Result<(), Error> {
    let areas: Vec<(String, i64)> = supplier_versions::table
        .filter(supplier_versions::stage.eq_any(COUNTED))
        .filter(supplier_versions::valid_from.le(end_of(end)))
        .filter(supplier_versions::valid_to.gt(end_of(end)))
        .group_by(supplier_versions::area)
        .select((supplier_versions::area, count_star()))
        .load(c)?;
    for (area, number) in areas.into_iter().filter(|(area, _)| scope.allows(area)) {
        found.regions[rows.place(&asked.scheme, &area)].active += number;
        found.whole.active += number;
    }
    Ok(())
}

/// Inspections to come for which there is no day.
fn without_day(c: &mut AnyConnection, scope: &Scope) -> Result<i64, Error> {
    let open = [Status::Planned, Status::Assigned, Status::Scheduled, Status::UnderWay];
    let areas: Vec<(String, i64)> = inspections::table
        .inner_join(suppliers::table.on(suppliers::id.eq(inspections::supplier_id)))
        .filter(inspections::status.eq_any(open))
        .filter(inspections::planned_on.is_null())
        .filter(inspections::visited_on.is_null())
        .group_by(suppliers::area)
        .select((suppliers::area, count_star()))
        .load(c)?;
    Ok(areas.into_iter().filter(|(area, _)| scope.allows(area)).map(|(_, number)| number).sum())
}
