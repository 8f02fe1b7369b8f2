//! What punishments hold against an order, as clearance asks for it. Whoever asks may not see cases: a reason says
//! no more than what goes for orders, and neither what for, nor for how long.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::ballots::{self, Outcome};
use super::{Orders, evasion};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{
    evasion_links, punishment_ballots, punishment_cases, punishment_interims, punishment_members,
};
use crate::suppliers::clearance::periods::{both, days};
use crate::suppliers::clearance::{Area, Hold, Period};
use crate::values::forever;

/// What stands against orders from companies: measures, what was ordered before a decision, and links to companies
/// under a measure that wait for a person. In a few queries, whatever the number of companies.
pub fn of(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Hold)>, Error> {
    let mut all = measures(c, ids)?;
    all.extend(interims(c, ids)?);
    all.extend(links(c, ids)?);
    Ok(all)
}

/// The code of the reason; none where orders are allowed.
fn code(orders: Orders) -> Option<&'static str> {
    match orders {
        Orders::Allowed => None,
        Orders::ExistingOnly | Orders::UnderRemediation => Some("orders_existing"),
        Orders::Blocked | Orders::ExitPlan => Some("orders_blocked"),
        Orders::Terminate => Some("orders_terminate"),
    }
}

fn hold(code: &'static str, period: Period) -> Hold {
    Hold { area: Area::Punishments, code, args: Vec::new(), period, category: None }
}

/// From a day to the one before another, which is the first on which nothing holds.
fn until(from: NaiveDate, to: NaiveDate) -> Period {
    days(from, to.pred_opt().filter(|_| to != forever().date()))
}

/// A company that a case holds or held: its days, the case, what holds there now.
type Member = (String, Option<NaiveDate>, Option<NaiveDate>, String, Option<Orders>);

/// Companies that were included hold their days whatever became of them: who waits or is exempted has none.
fn measures(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Hold)>, Error> {
    let members: Vec<Member> = punishment_members::table
        .inner_join(
            punishment_cases::table.on(punishment_cases::id.eq(punishment_members::case_id)),
        )
        .filter(among(punishment_members::supplier_id, ids.iter().copied()))
        .filter(punishment_members::from_on.is_not_null())
        .select((
            punishment_members::supplier_id,
            punishment_members::from_on,
            punishment_members::to_on,
            punishment_members::case_id,
            punishment_cases::orders,
        ))
        .load(c)?;
    if members.is_empty() {
        return Ok(Vec::new());
    }
    let decided = decided(c, members.iter().map(|(_, _, _, case, _)| case.as_str()))?;
    let mut all = Vec::new();
    for (supplier, from, to, case, orders) in members {
        let (Some(from), Some(to)) = (from, to) else { continue };
        let earlier = decided.get(&case).map(Vec::as_slice).unwrap_or_default();
        for (period, orders) in in_turn(earlier, orders) {
            let code = orders.and_then(code);
            for held in both(&[until(from, to)], &[period]) {
                all.extend(code.map(|code| (supplier.clone(), hold(code, held))));
            }
        }
    }
    Ok(all)
}

/// What decisions on cases have said of orders, and when, the oldest first.
fn decided<'a>(
    c: &mut AnyConnection,
    cases: impl Iterator<Item = &'a str>,
) -> Result<HashMap<String, Vec<(NaiveDateTime, Orders)>>, Error> {
    let outcomes = [Outcome::Impose, Outcome::Vary];
    let found: Vec<(String, Option<NaiveDateTime>, Option<Orders>)> = punishment_ballots::table
        .filter(among(punishment_ballots::case_id, cases))
        .filter(punishment_ballots::status.eq(ballots::Status::Carried))
        .filter(among(punishment_ballots::outcome, outcomes.map(Outcome::as_str)))
        .order((punishment_ballots::closed_at, punishment_ballots::id))
        .select((
            punishment_ballots::case_id,
            punishment_ballots::closed_at,
            punishment_ballots::orders,
        ))
        .load(c)?;
    let mut of: HashMap<String, Vec<(NaiveDateTime, Orders)>> = HashMap::new();
    for (case, at, orders) in found {
        if let (Some(at), Some(orders)) = (at, orders) {
            of.entry(case).or_default().push((at, orders));
        }
    }
    Ok(of)
}

/// What went for orders in turn: each decision up to the day of the next, and from the last one on what goes now.
fn in_turn(
    decided: &[(NaiveDateTime, Orders)],
    now: Option<Orders>,
) -> Vec<(Period, Option<Orders>)> {
    let mut periods = Vec::with_capacity(decided.len().max(1));
    let mut whole = Period::ALWAYS;
    for pair in decided.windows(2) {
        let [(_, orders), (changed, _)] = pair else { continue };
        let to = until(changed.date(), forever().date()).from;
        periods.push((Period { to, ..whole }, Some(*orders)));
        whole.from = to;
    }
    periods.push((whole, now));
    periods
}

/// What was ordered before a decision: the company, what goes for orders, its days, its earlier end.
type Ordered = (String, Orders, NaiveDate, NaiveDate, Option<NaiveDate>);

/// What was ordered before a decision, up to its last day or an earlier end.
fn interims(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Hold)>, Error> {
    let found: Vec<Ordered> = punishment_interims::table
        .filter(among(punishment_interims::supplier_id, ids.iter().copied()))
        .select((
            punishment_interims::supplier_id,
            punishment_interims::orders,
            punishment_interims::from_on,
            punishment_interims::to_on,
            punishment_interims::ended_on,
        ))
        .load(c)?;
    let held = |(supplier, orders, from, to, ended): Ordered| {
        let to = ended.map_or(to, |ended| ended.min(to));
        code(orders).map(|code| (supplier, hold(code, until(from, to))))
    };
    Ok(found.into_iter().filter_map(held).collect())
}

/// A link: the company that waits, since when, what was said of it and when, and how far the case goes.
type Linked = (
    String,
    NaiveDateTime,
    evasion::Status,
    Option<NaiveDateTime>,
    Option<NaiveDate>,
    Option<NaiveDateTime>,
);

/// A company that shares something with one of a case waits until a person has cleared it, at most as long as that
/// case goes. One that a person has found to be the same waits on: a case of its own follows.
fn links(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Hold)>, Error> {
    let found: Vec<Linked> = evasion_links::table
        .inner_join(punishment_cases::table.on(punishment_cases::id.eq(evasion_links::case_id)))
        .filter(among(evasion_links::supplier_id, ids.iter().copied()))
        .select((
            evasion_links::supplier_id,
            evasion_links::found_at,
            evasion_links::status,
            evasion_links::settled_at,
            punishment_cases::to_on,
            punishment_cases::ended_at,
        ))
        .load(c)?;
    let held = |(supplier, from, status, settled, last, ended): Linked| {
        let cleared = settled.filter(|_| status == evasion::Status::Cleared);
        let last = last.filter(|last| *last != forever().date());
        let last = last.map(|last| until(last, forever().date()).from);
        let to = [cleared, last, ended].into_iter().flatten().min().unwrap_or(NaiveDateTime::MAX);
        (supplier, hold("orders_blocked", Period { from, to }))
    };
    Ok(found.into_iter().map(held).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    #[test]
    fn what_a_measure_does_to_orders_has_a_reason_unless_they_are_allowed() {
        for orders in Orders::ALL {
            assert_eq!(code(*orders).is_none(), *orders == Orders::Allowed, "{orders:?}");
        }
    }

    #[test]
    fn an_appeal_changes_what_goes_from_its_day_on_and_not_what_went_before() {
        let at = |n| day(n).and_hms_opt(9, 0, 0).unwrap();
        let decided = [(at(2), Orders::Blocked), (at(9), Orders::ExistingOnly)];
        let turns = in_turn(&decided, Some(Orders::ExistingOnly));
        let on = |n: u32| {
            let found = turns.iter().find(|(one, _)| one.from <= at(n) && at(n) < one.to);
            found.and_then(|(_, orders)| *orders)
        };
        assert_eq!(on(8), Some(Orders::Blocked));
        assert_eq!(on(9), Some(Orders::ExistingOnly));
        assert_eq!(in_turn(&[], Some(Orders::Blocked)).len(), 1);
    }

    #[test]
    fn the_last_day_is_the_one_before_the_first_on_which_nothing_holds() {
        let period = until(day(2), day(4));
        let evening = day(3).and_hms_opt(23, 59, 59).unwrap();
        assert!(period.from <= evening && evening < period.to);
        assert_eq!(period.to, day(4).and_hms_opt(0, 0, 0).unwrap());
        assert_eq!(until(day(2), forever().date()).to, NaiveDateTime::MAX);
        assert!(until(day(2), day(2)).from >= until(day(2), day(2)).to, "nothing at all");
    }
}
