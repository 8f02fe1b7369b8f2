//! A year of inspections: what is planned, what was done, what is due, and the hours that it takes.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

use super::Visits;
use super::inspected::on_days;
use super::period::Period;
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Status;
use crate::inspections::plans::{self, Plan};
use crate::schema::inspection_plans;

/// Plans of a year that are shown, at most.
const PLANS: i64 = 200;

/// A day with inspections.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    pub on: NaiveDate,
    pub visits: Visits,
}

/// A month of the year.
#[derive(Clone, Debug, PartialEq)]
pub struct Month {
    pub period: Period,
    /// Days on which there are inspections, in order.
    pub days: Vec<Day>,
    pub visits: Visits,
    /// Places in [`Year::plans`] of those that are under way in the month.
    pub plans: Vec<usize>,
    /// Findings that are not settled and whose last day is in the month; and those of them whose last day
    /// is over.
    pub due: i64,
    pub overdue: i64,
    /// Hours of the inspections on its days, by what their plans say an inspection takes.
    pub hours: i64,
    /// Hours of all inspections of the plans, spread evenly over the days of each plan.
    pub planned_hours: i64,
}

/// A plan that is under way at some time of the year.
#[derive(Clone, Debug)]
pub struct Planned {
    pub plan: Plan,
    /// Its inspections that are not cancelled.
    pub inspections: i64,
}

impl Planned {
    /// Hours of all its inspections.
    pub fn hours(&self) -> i64 {
        self.plan.effort_hours * self.inspections
    }
}

/// A year.
#[derive(Clone, Debug)]
pub struct Year {
    pub year: i32,
    pub months: Vec<Month>,
    pub plans: Vec<Planned>,
    /// There are more plans than are shown.
    pub is_cut: bool,
}

#[derive(QueryableByName)]
struct OnDay {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    company_area: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    effort: Option<i64>,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
    #[diesel(sql_type = Text)]
    company_area: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct OfPlan {
    #[diesel(sql_type = Text)]
    plan_id: String,
    #[diesel(sql_type = Text)]
    company_area: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// "March 2027" or "2027年3月" of "2027-03"; what is no month stands for itself.
pub fn month_name(code: &str, is_chinese: bool) -> String {
    match format!("{code}-01").parse::<NaiveDate>() {
        Ok(month) if is_chinese => format!("{}年{}月", month.year(), month.month()),
        Ok(month) => month.format("%B %Y").to_string(),
        Err(_) => code.to_string(),
    }
}

/// A year, within what somebody may see. Four queries.
pub fn load(
    c: &mut AnyConnection,
    scope: &Scope,
    year: i32,
    today: NaiveDate,
) -> Result<Year, Error> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today);
    let whole = Period::year_of(first);
    let empty = |code: &String| Month {
        period: whole.within(code),
        days: Vec::new(),
        visits: Visits::default(),
        plans: Vec::new(),
        due: 0,
        overdue: 0,
        hours: 0,
        planned_hours: 0,
    };
    let mut months: Vec<Month> = whole.months().iter().map(empty).collect();
    add_days(c, scope, whole, &mut months)?;
    add_due(c, scope, whole, today, &mut months)?;
    let mut plans = plans_of(c, scope, whole)?;
    let is_cut = plans.len() as i64 > PLANS;
    plans.truncate(PLANS as usize);
    for (at, planned) in plans.iter().enumerate() {
        let of_plan = Period { from: planned.plan.period_from, to: planned.plan.period_to };
        let shared = spread(planned.hours(), of_plan, &months);
        for (month, hours) in months.iter_mut().zip(shared) {
            month.planned_hours += hours;
            if of_plan.from <= month.period.to && month.period.from <= of_plan.to {
                month.plans.push(at);
            }
        }
    }
    Ok(Year { year, months, plans, is_cut })
}

/// The part of some hours that falls into each month: as many as its days in the period make up, rounded
/// so that nothing is lost from one month to the next.
fn spread(hours: i64, period: Period, months: &[Month]) -> Vec<i64> {
    let days = (period.to - period.from).num_days() + 1;
    // Hours up to the end of a day of the period.
    let until = |day: NaiveDate| {
        let passed = ((day - period.from).num_days() + 1).clamp(0, days.max(1));
        hours * passed / days.max(1)
    };
    let before = |day: NaiveDate| day.pred_opt().unwrap_or(day);
    months.iter().map(|one| until(one.period.to) - until(before(one.period.from))).collect()
}

fn add_days(
    c: &mut AnyConnection,
    scope: &Scope,
    whole: Period,
    months: &mut [Month],
) -> Result<(), Error> {
    let query = format!(
        "SELECT COALESCE(inspections.visited_on, inspections.planned_on) AS day, \
             inspections.status AS status, suppliers.area AS company_area, \
             inspection_plans.effort_hours AS effort, COUNT(*) AS n \
         FROM inspections JOIN suppliers ON suppliers.id = inspections.supplier_id \
             LEFT JOIN inspection_plans ON inspection_plans.id = inspections.plan_id \
         WHERE {} GROUP BY 1, 2, 3, 4 ORDER BY 1",
        on_days("$1", "$2")
    );
    let query = diesel::sql_query(query);
    let query = query.bind::<Date, _>(whole.from).bind::<Date, _>(whole.to);
    for one in query.load::<OnDay>(c)? {
        let status = Status::parse(&one.status).filter(|_| scope.allows(&one.company_area));
        let Some(status) = status else { continue };
        let Some(month) = months.get_mut(one.day.month0() as usize) else { continue };
        month.visits.add(status, one.n);
        if status != Status::Cancelled {
            month.hours += one.effort.unwrap_or_default() * one.n;
        }
        if month.days.last().is_none_or(|last| last.on != one.day) {
            month.days.push(Day { on: one.day, visits: Visits::default() });
        }
        if let Some(day) = month.days.last_mut() {
            day.visits.add(status, one.n);
        }
    }
    Ok(())
}

fn add_due(
    c: &mut AnyConnection,
    scope: &Scope,
    whole: Period,
    today: NaiveDate,
    months: &mut [Month],
) -> Result<(), Error> {
    let query = diesel::sql_query(
        "SELECT findings.due_on AS day, suppliers.area AS company_area, COUNT(*) AS n \
         FROM findings JOIN suppliers ON suppliers.id = findings.supplier_id \
         WHERE findings.status IN ('open', 'answered', 'disputed') \
             AND findings.due_on BETWEEN $1 AND $2 GROUP BY 1, 2",
    );
    let query = query.bind::<Date, _>(whole.from).bind::<Date, _>(whole.to);
    for one in query.load::<Due>(c)?.into_iter().filter(|one| scope.allows(&one.company_area)) {
        let Some(month) = months.get_mut(one.day.month0() as usize) else { continue };
        month.due += one.n;
        if one.day < today {
            month.overdue += one.n;
        }
    }
    Ok(())
}

/// The plans that are under way at some time of a year, with the number of their inspections.
fn plans_of(c: &mut AnyConnection, scope: &Scope, whole: Period) -> Result<Vec<Planned>, Error> {
    let found: Vec<Plan> = inspection_plans::table
        .filter(inspection_plans::status.ne(plans::Status::Cancelled))
        .filter(inspection_plans::period_from.le(whole.to))
        .filter(inspection_plans::period_to.ge(whole.from))
        .order((inspection_plans::period_from, inspection_plans::number))
        .limit(PLANS + 1)
        .select(Plan::as_select())
        .load(c)?;
    let query = diesel::sql_query(
        "SELECT inspections.plan_id AS plan_id, suppliers.area AS company_area, COUNT(*) AS n \
         FROM inspections JOIN suppliers ON suppliers.id = inspections.supplier_id \
             JOIN inspection_plans ON inspection_plans.id = inspections.plan_id \
         WHERE inspection_plans.period_from <= $1 AND inspection_plans.period_to >= $2 \
             AND inspections.status <> 'cancelled' GROUP BY 1, 2",
    );
    let query = query.bind::<Date, _>(whole.to).bind::<Date, _>(whole.from);
    let mut numbers: BTreeMap<String, i64> = BTreeMap::new();
    for one in query.load::<OfPlan>(c)?.into_iter().filter(|one| scope.allows(&one.company_area)) {
        *numbers.entry(one.plan_id).or_default() += one.n;
    }
    let with = |plan: Plan| {
        let inspections = numbers.get(&plan.id).copied().unwrap_or_default();
        Planned { plan, inspections }
    };
    Ok(found.into_iter().map(with).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_spread_over_the_days_of_a_plan_and_none_is_lost() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let month = |code: &String| Month {
            period: Period::year_of(day("2026-01-01")).within(code),
            days: vec![],
            visits: Visits::default(),
            plans: vec![],
            due: 0,
            overdue: 0,
            hours: 0,
            planned_hours: 0,
        };
        let codes = Period::year_of(day("2026-01-01")).months();
        let months: Vec<Month> = codes.iter().map(month).collect();
        let quarter = Period { from: day("2026-03-15"), to: day("2026-05-31") };
        let found = spread(100, quarter, &months);
        assert_eq!(found.iter().sum::<i64>(), 100);
        assert_eq!(found, [0, 0, 21, 39, 40, 0, 0, 0, 0, 0, 0, 0]);
        // What lies in other years is not of this one.
        let long = Period { from: day("2025-07-01"), to: day("2026-06-30") };
        assert_eq!(spread(365, long, &months).iter().sum::<i64>(), 181);
    }
}
