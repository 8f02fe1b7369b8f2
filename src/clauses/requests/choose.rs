//! Whom to ask: of those who must sign and have not, who can be asked now.

use std::collections::HashSet;

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use crate::clauses::coverage::narrowed::Narrowed;
use crate::clauses::coverage::{Counted, Day};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::{accounts, clause_requests};
use crate::values::now;

/// Companies that are asked at once, at most.
pub const AT_ONCE: usize = 500;
/// Days for which somebody who was asked is not asked again.
pub const LATELY: i64 = 7;

/// Whom a question would ask.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Companies by number, each with the ids of the clauses that it is to sign.
    pub ready: Vec<(String, Vec<String>)>,
    /// Companies that nobody can sign in for.
    pub unreachable: Vec<Unreachable>,
    /// Companies that were asked for all of it within [`LATELY`] days.
    pub lately: usize,
}

/// A company without an open account.
#[derive(Clone, Debug)]
pub struct Unreachable {
    pub id: String,
    pub number: i64,
    pub legal_name: String,
    pub english_name: String,
}

impl Choice {
    /// The companies that the next press asks.
    pub fn next(&self) -> &[(String, Vec<String>)] {
        &self.ready[..self.ready.len().min(AT_ONCE)]
    }
}

/// The moment since which somebody was asked lately.
pub(super) fn lately() -> NaiveDateTime {
    now() - Duration::days(LATELY)
}

/// Whom to ask, of the companies that a question means, in two queries whatever their number. Refused for
/// a day that is over.
pub fn choose(c: &mut AnyConnection, asked: &Narrowed) -> Result<Choice, Error> {
    if asked.day.on < now().date() {
        return Err(Problems::one("on", "coverage_past").into());
    }
    let with_account: Vec<Option<String>> = accounts::table
        .filter(accounts::supplier_id.is_not_null())
        .filter(accounts::disabled_at.is_null())
        .select(accounts::supplier_id)
        .distinct()
        .load(c)?;
    let with_account: HashSet<&str> = with_account.iter().flatten().map(String::as_str).collect();
    let asked_lately: Vec<(String, String)> = clause_requests::table
        .filter(clause_requests::requested_at.gt(lately()))
        .select((clause_requests::supplier_id, clause_requests::version_id))
        .load(c)?;
    let asked_lately: HashSet<(&str, &str)> =
        asked_lately.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let mut choice = Choice::default();
    for company in asked.companies() {
        let mut open: Vec<(&str, &str)> = wanted(asked, company).collect();
        if open.is_empty() {
            continue;
        }
        if !with_account.contains(company.id.as_str()) {
            choice.unreachable.push(Unreachable {
                id: company.id.clone(),
                number: company.number,
                legal_name: company.legal_name.clone(),
                english_name: company.english_name.clone(),
            });
            continue;
        }
        open.retain(|(_, version)| !asked_lately.contains(&(company.id.as_str(), version)));
        match open.is_empty() {
            true => choice.lately += 1,
            false => {
                let clauses = open.into_iter().map(|(clause, _)| clause.to_string()).collect();
                choice.ready.push((company.id.clone(), clauses));
            }
        }
    }
    Ok(choice)
}

/// The clauses that a company must sign and has not, with the version to sign: the newest, also before
/// its day.
fn wanted<'d>(
    asked: &Narrowed<'d>,
    company: &'d Counted,
) -> impl Iterator<Item = (&'d str, &'d str)> {
    let day: &'d Day = asked.day;
    let meant = asked.clauses.iter().copied().filter(|clause| {
        let cell = company.cell(*clause);
        let is_meant = asked.wanted.is_none_or(|wanted| wanted.is(cell));
        let is_held = asked.version.is_none_or(|one| cell.held.unwrap_or_default() == one);
        is_meant && is_held && cell.standing.is_outstanding()
    });
    meant.filter_map(|clause| {
        let id = day.published.clauses[clause].id.as_str();
        let newest = day.published.newest(id)?;
        let has_signed = company.cell(clause).held == Some(newest.version.version);
        (!has_signed).then_some((id, newest.version.id.as_str()))
    })
}
