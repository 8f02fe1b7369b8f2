//! Asking: a row for each company and version, and one letter to each of its people.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::choose::{AT_ONCE, lately};
use super::{Request, settle};
use crate::access::{May, right};
use crate::audit;
use crate::clauses::coverage::rows::with_account;
use crate::clauses::standing::{self, Company, InForce, Published};
use crate::db::{AnyConnection, among};
use crate::error::{Error, Problems};
use crate::notices::company::reach;
use crate::schema::{clause_requests, suppliers as companies};
use crate::suppliers::{self, COUNTED};
use crate::texts::{Language, Texts};
use crate::values::{new_id, now};
use crate::vault::Vault;

/// What came of asking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// Companies that were asked.
    pub companies: usize,
    /// Companies that nobody can sign in for: they were not.
    pub unreachable: usize,
}

/// Asks companies to sign clauses, each by its id with those of the clauses; at most [`AT_ONCE`] of them.
/// What need not be signed at the end of `on` (any more), and what was asked lately, is left out, and so
/// are companies outside the scope.
pub fn ask(
    c: &mut AnyConnection,
    by: &May<right::RequestSignatures>,
    vault: &Vault,
    on: NaiveDate,
    chosen: &[(String, Vec<String>)],
) -> Result<Asked, Error> {
    let chosen = &chosen[..chosen.len().min(AT_ONCE)];
    let ids: Vec<&str> = chosen.iter().map(|(id, _)| id.as_str()).collect();
    let published = standing::published(c)?;
    let known = standing::load(c, &ids)?;
    let names = names(c, &ids)?;
    let reachable = with_account(c, ids.iter().copied())?;
    let asked = asked_lately(c, &ids)?;
    let mut done = Asked::default();
    for (id, clauses) in chosen {
        let Some((name, _)) = names.get(id).filter(|(_, area)| by.scope().allows(area)) else {
            continue;
        };
        let Some(company) = known.get(id) else { continue };
        let mut open: Vec<&InForce> =
            clauses.iter().filter_map(|clause| to_sign(&published, company, clause, on)).collect();
        open.retain(|one| !asked.contains(&(id.clone(), one.version.id.clone())));
        if open.is_empty() {
            continue;
        }
        if !reachable.contains(id) {
            done.unreachable += 1;
            continue;
        }
        match write(c, by, vault, &published, (id, name), &open)? {
            true => done.companies += 1,
            false => done.unreachable += 1,
        }
    }
    Ok(done)
}

/// Asks one company for all that it must sign today, or for one clause, by its code. Fails with
/// `requests_nothing`, `requests_lately` or `requests_unreachable` where there is nothing to ask, or
/// nobody.
pub fn ask_one(
    c: &mut AnyConnection,
    by: &May<right::RequestSignatures>,
    vault: &Vault,
    supplier_id: &str,
    clause: Option<&str>,
) -> Result<Asked, Error> {
    let supplier = suppliers::find(c, by.scope(), supplier_id)?;
    let published = standing::published(c)?;
    let is_meant = |code: &str| clause.is_none_or(|clause| clause == code);
    let clauses: Vec<String> = published
        .clauses
        .iter()
        .filter(|one| is_meant(&one.code))
        .map(|one| one.id.clone())
        .collect();
    let today = now().date();
    let company = standing::load(c, &[&supplier.id])?.remove(&supplier.id).unwrap_or_default();
    let is_open = |id: &String| to_sign(&published, &company, id, today).is_some();
    if !COUNTED.contains(&supplier.stage) || !clauses.iter().any(is_open) {
        return Err(Problems::one("clause", "requests_nothing").into());
    }
    let done = ask(c, by, vault, today, &[(supplier.id, clauses)])?;
    match done {
        Asked { unreachable: 1.., .. } => {
            Err(Problems::one("clause", "requests_unreachable").into())
        }
        Asked { companies: 0, .. } => Err(Problems::one("clause", "requests_lately").into()),
        done => Ok(done),
    }
}

/// The version that a company is to sign, if it must and has not: the newest, also before its day.
fn to_sign<'p>(
    published: &'p Published,
    company: &Company,
    clause: &str,
    on: NaiveDate,
) -> Option<&'p InForce> {
    let newest = published.newest(clause)?;
    let has_signed = company.has_signed(&newest.version.id, now());
    let must = company.standing(published, clause, on).is_outstanding();
    (must && !has_signed).then_some(newest)
}

/// Asks one company. False, and nothing written, where no letter can go to anybody.
fn write(
    c: &mut AnyConnection,
    by: &May<right::RequestSignatures>,
    vault: &Vault,
    published: &Published,
    (id, name): (&str, &str),
    open: &[&InForce],
) -> Result<bool, Error> {
    let words = |texts: &Texts| words(texts, published, open);
    if reach(c, vault, (id, name), "clause_request", "/portal/clauses", words)? == 0 {
        return Ok(false);
    }
    let mut told = Vec::new();
    for one in open {
        // Who is asked again is reminded from now on.
        settle(c, id, &one.version.id)?;
        let request = Request {
            id: new_id(),
            supplier_id: id.into(),
            version_id: one.version.id.clone(),
            requested_by: by.actor().account_id.clone(),
            requested_name: by.actor().name.clone(),
            requested_at: now(),
            settled_at: None,
        };
        diesel::insert_into(clause_requests::table).values(&request).execute(c)?;
        told.push(format!("{} {}", code_of(published, one), one.version.version));
    }
    let details = json!({ "clauses": told });
    audit::append(c, by.actor(), "clause.requested", ("supplier", id), details)?;
    Ok(true)
}

fn code_of<'p>(published: &'p Published, one: &InForce) -> &'p str {
    let of = |clause: &&crate::clauses::Clause| clause.id == one.version.clause_id;
    published.clauses.iter().find(of).map_or("", |clause| clause.code.as_str())
}

/// What a letter about clauses says beside its text: how many there are, and a line for each.
pub fn words(
    texts: &Texts,
    published: &Published,
    open: &[&InForce],
) -> crate::notices::company::Words {
    let line = |one: &&InForce| {
        let of = |clause: &&crate::clauses::Clause| clause.id == one.version.clause_id;
        let name = published.clauses.iter().find(of).map_or("", |clause| match texts.language() {
            Language::English => clause.name_en.as_str(),
            Language::Chinese => clause.name_zh.as_str(),
        });
        let (version, day) = (one.version.version.to_string(), one.from.to_string());
        let args = [("clause", name), ("version", version.as_str()), ("day", day.as_str())];
        texts.with("clause-request-line", &args)
    };
    let number = texts.count("clause-request-things", open.len() as i64);
    (vec![("things", number)], open.iter().map(line).collect())
}

/// The names and areas of companies that count, by id.
pub fn names(
    c: &mut AnyConnection,
    ids: &[&str],
) -> Result<HashMap<String, (String, String)>, Error> {
    let found: Vec<(String, String, String)> = companies::table
        .filter(among(companies::id, ids.iter().copied()))
        .filter(companies::stage.eq_any(COUNTED))
        .select((companies::id, companies::legal_name, companies::area))
        .load(c)?;
    Ok(found.into_iter().map(|(id, name, area)| (id, (name, area))).collect())
}

fn asked_lately(c: &mut AnyConnection, ids: &[&str]) -> Result<HashSet<(String, String)>, Error> {
    let found: Vec<(String, String)> = clause_requests::table
        .filter(among(clause_requests::supplier_id, ids.iter().copied()))
        .filter(clause_requests::requested_at.gt(lately()))
        .select((clause_requests::supplier_id, clause_requests::version_id))
        .load(c)?;
    Ok(found.into_iter().collect())
}
