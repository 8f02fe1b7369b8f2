//! Companies that were asked to sign and have not are reminded: 7, 14 and 30 days after the request and
//! every 30 days from then on, six times at most; and 14 days before the first day of the version. Each
//! step goes out once: its row is written with the letters. What needs no signature any more is settled.

use std::collections::{BTreeMap, HashSet};

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::requests::{Request, names, settle, words};
use super::standing::{self, Company, InForce, Published};
use crate::access::Actor;
use crate::audit;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::notices::company::reach;
use crate::on_both;
use crate::scheduler::Step;
use crate::schema::{clause_requests, reminders};
use crate::values::{end_of, new_id, now};
use crate::vault::Vault;

/// Days after a request at which a company is reminded.
pub const AFTER: [i64; 6] = [7, 14, 30, 60, 90, 120];
/// Days before the first day of a version at which it is reminded.
pub const BEFORE: i64 = 14;
/// What reminders of requests are called among reminders.
const KIND: &str = "clause_request";
/// Companies in a batch.
const COMPANIES: i64 = 50;

/// A reminder that went out.
#[derive(Insertable)]
#[diesel(table_name = reminders)]
struct Row<'a> {
    id: String,
    kind: &'a str,
    subject_id: &'a str,
    due_on: NaiveDate,
    step: i64,
    supplier_id: &'a str,
    created_at: NaiveDateTime,
}

/// A step of a request: the day that it is counted from, and the days after it (below zero: before).
type Due = (NaiveDate, i64);

/// A request that waits, with its version.
type Open<'p> = (Request, &'p InForce);

/// Settles and reminds at the next companies after one.
pub fn batch(c: &mut AnyConnection, vault: &Vault, after: &str) -> Result<Step, Error> {
    remind(c, vault, now().date(), after)
}

/// The same as on a day: a letter to each person of a company with all that has reached a new step.
pub fn remind(
    c: &mut AnyConnection,
    vault: &Vault,
    today: NaiveDate,
    after: &str,
) -> Result<Step, Error> {
    let ids: Vec<String> = clause_requests::table
        .filter(clause_requests::settled_at.is_null())
        .filter(clause_requests::supplier_id.gt(after))
        .group_by(clause_requests::supplier_id)
        .order(clause_requests::supplier_id)
        .limit(COMPANIES)
        .select(clause_requests::supplier_id)
        .load(c)?;
    let companies: Vec<&str> = ids.iter().map(String::as_str).collect();
    let published = standing::published(c)?;
    let known = standing::load(c, &companies)?;
    let names = names(c, &companies)?;
    let told = told(c, &companies)?;
    let mut done = 0;
    for (id, requests) in open_at(c, &companies)? {
        let name = names.get(&id).map(|(name, _)| name.as_str());
        let company = known.get(&id).filter(|_| name.is_some());
        let (open, over): (Vec<_>, Vec<_>) =
            requests.into_iter().partition(|(request, version)| {
                company.is_some_and(|one| needs(&published, one, request, version, today))
            });
        done += settle_all(c, &id, over)?;
        let due = due_of(&published, &open, today, &told);
        if let Some(name) = name.filter(|_| !due.is_empty()) {
            done += tell_of(c, vault, &published, (&id, name), &due)?;
        }
    }
    let next = ids.into_iter().nth(COMPANIES as usize - 1);
    Ok(Step { done, next })
}

/// The open requests of companies, each with the clause of its version.
fn open_at(
    c: &mut AnyConnection,
    companies: &[&str],
) -> Result<BTreeMap<String, Vec<(Request, String)>>, Error> {
    use crate::schema::clause_versions;
    let found: Vec<(Request, String)> = clause_requests::table
        .inner_join(clause_versions::table.on(clause_versions::id.eq(clause_requests::version_id)))
        .filter(among(clause_requests::supplier_id, companies.iter().copied()))
        .filter(clause_requests::settled_at.is_null())
        .order((clause_requests::supplier_id, clause_requests::id))
        .select((Request::as_select(), clause_versions::clause_id))
        .load(c)?;
    let mut all: BTreeMap<String, Vec<(Request, String)>> = BTreeMap::new();
    for one in found {
        all.entry(one.0.supplier_id.clone()).or_default().push(one);
    }
    Ok(all)
}

/// Whether a request still asks for something: its version is the newest, the company has not signed it,
/// and must sign it today or on its first day.
fn needs(
    published: &Published,
    company: &Company,
    request: &Request,
    clause: &str,
    today: NaiveDate,
) -> bool {
    let newest = published.newest(clause);
    let Some(one) = newest.filter(|one| one.version.id == request.version_id) else {
        return false;
    };
    let must = |day: NaiveDate| company.standing(published, clause, day).is_outstanding();
    !company.has_signed(&one.version.id, end_of(today))
        && (must(today) || must(today.max(one.from)))
}

/// Settles requests of a company. How many there were.
fn settle_all(c: &mut AnyConnection, id: &str, over: Vec<(Request, String)>) -> Result<i64, Error> {
    for (request, _) in &over {
        settle(c, id, &request.version_id)?;
    }
    if !over.is_empty() {
        let details = json!({ "requests": over.len() });
        audit::append(c, &Actor::clock(), "clause.requests_settled", ("supplier", id), details)?;
    }
    Ok(over.len() as i64)
}

/// The steps of which companies were told already: of which request, counted from which day.
fn told(
    c: &mut AnyConnection,
    companies: &[&str],
) -> Result<HashSet<(String, NaiveDate, i64)>, Error> {
    let found: Vec<(String, NaiveDate, i64)> = reminders::table
        .filter(among(reminders::supplier_id, companies.iter().copied()))
        .filter(reminders::kind.eq(KIND))
        .select((reminders::subject_id, reminders::due_on, reminders::step))
        .load(c)?;
    Ok(found.into_iter().collect())
}

/// What has reached a step that nobody was told of.
fn due_of<'p>(
    published: &'p Published,
    open: &[(Request, String)],
    today: NaiveDate,
    told: &HashSet<(String, NaiveDate, i64)>,
) -> Vec<(Open<'p>, Due)> {
    let mut due = Vec::new();
    for (request, clause) in open {
        let Some(version) = published.newest(clause) else { continue };
        let is_new = |(from, step): &Due| !told.contains(&(request.id.clone(), *from, *step));
        let steps = steps_of(request.requested_at.date(), version.from, today);
        due.extend(steps.into_iter().filter(is_new).map(|one| ((request.clone(), version), one)));
    }
    due
}

/// The steps that a request has reached: the newest one after it; and that before the first day of its
/// version, for those who were asked earlier than that.
fn steps_of(requested: NaiveDate, from: NaiveDate, today: NaiveDate) -> Vec<Due> {
    let days = (today - requested).num_days();
    let after = AFTER.into_iter().rev().find(|step| *step <= days);
    let mut steps: Vec<Due> = after.map(|step| (requested, step)).into_iter().collect();
    let begins = from.checked_sub_days(Days::new(BEFORE as u64)).unwrap_or(from);
    if requested < begins && begins <= today && today < from {
        steps.push((from, -BEFORE));
    }
    steps
}

/// Tells a company of what is due. How many requests it was told of: none, where there is nobody to tell.
fn tell_of(
    c: &mut AnyConnection,
    vault: &Vault,
    published: &Published,
    (id, name): (&str, &str),
    due: &[(Open, Due)],
) -> Result<i64, Error> {
    if super::coverage::rows::with_account(c, [id])?.is_empty() {
        return Ok(0);
    }
    let mut versions: Vec<&InForce> = due.iter().map(|((_, version), _)| *version).collect();
    versions.dedup_by_key(|one| one.version.id.clone());
    let say = |texts: &crate::texts::Texts| words(texts, published, &versions);
    if reach(c, vault, (id, name), "clause_reminder", "/portal/clauses", say)? == 0 {
        return Ok(0);
    }
    let rows: Vec<Row> = due
        .iter()
        .map(|((request, _), (from, step))| Row {
            id: new_id(),
            kind: KIND,
            subject_id: &request.id,
            due_on: *from,
            step: *step,
            supplier_id: id,
            created_at: now(),
        })
        .collect();
    on_both!(c, inner => {
        diesel::insert_into(reminders::table).values(&rows).execute(inner)?
    });
    let details = json!({ "reminders": versions.len() });
    audit::append(c, &Actor::clock(), "supplier.reminded", ("supplier", id), details)?;
    Ok(versions.len() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(days: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(days)
    }

    #[test]
    fn the_newest_step_after_the_request_counts_and_the_one_before_the_day_once() {
        let steps = |days| steps_of(day(0), day(0), day(days));
        assert_eq!(steps(6), []);
        for (days, step) in [(7, 7), (13, 7), (14, 14), (30, 30), (60, 60), (89, 60), (900, 120)] {
            assert_eq!(steps(days), [(day(0), step)], "{days} days");
        }
        let before = |days| steps_of(day(0), day(20), day(days));
        assert_eq!(before(5), []);
        assert_eq!(before(6), [(day(20), -14)]);
        assert_eq!(before(19), [(day(0), 14), (day(20), -14)]);
        assert_eq!(before(20), [(day(0), 14)]);
        let asked_late = steps_of(day(10), day(20), day(12));
        assert_eq!(asked_late, [], "who was asked within those days was told then");
    }
}
