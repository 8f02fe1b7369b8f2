//! A company is compared with those it has a key in common with, and what is alike waits for a
//! person. Pairs that the program finds are proposals, not changes of the register: only what
//! people decide is in the audit trail.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::keys::keys;
use super::score::{Described, Likeness, THRESHOLD, likeness};
use super::{Pair, PairStatus};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::on_both;
use crate::schema::{duplicate_pairs, identifiers, merges, supplier_keys, suppliers};
use crate::values::{new_id, now};

/// A key that more companies have says nothing.
const SHARED: usize = 50;

/// A company as far as it is compared.
#[derive(Queryable, Selectable)]
#[diesel(table_name = suppliers)]
pub(super) struct Compared {
    pub id: String,
    number: i64,
    legal_name: String,
    english_name: String,
    area: String,
    city: String,
}

impl Compared {
    pub(super) fn described(&self) -> Described {
        Described::of(&self.legal_name, &self.english_name, &self.area, &self.city)
    }
}

/// Compares a company with the others as it is now: call it when it has entered, or its name,
/// place or identifiers have changed. New pairs wait, pairs that are alike no more go; what was
/// decided stays decided.
pub fn compare(c: &mut AnyConnection, supplier_id: &str) -> Result<(), Error> {
    let Some(mine) = compared(c, &[supplier_id])?.pop() else {
        return forget(c, supplier_id);
    };
    let described = mine.described();
    let keys = keys(&described);
    write_keys(c, supplier_id, &keys)?;
    let known = pairs_of(c, supplier_id)?;
    let mut others = sharing(c, supplier_id, &keys)?;
    others.extend(known.iter().map(|pair| pair.other(supplier_id).to_string()));
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    if others.is_empty() {
        return Ok(());
    }
    let codes = codes_of(c, others.iter().copied().chain([supplier_id]))?;
    let mut found = Vec::new();
    for other in compared(c, &others)? {
        let pair = known.iter().find(|pair| pair.other(supplier_id) == other.id);
        let likeness = likeness(&described, &other.described());
        let is_alike =
            likeness.score >= THRESHOLD && !are_two(&codes, supplier_id, other.id.as_str());
        match pair {
            Some(pair) => revise(c, pair, is_alike, &likeness)?,
            None if is_alike => found.push(pair_of(&mine, &other, &likeness)?),
            None => {}
        }
    }
    insert(c, &found)
}

/// The company is compared no more: it is gone.
pub(in crate::suppliers) fn forget(c: &mut AnyConnection, supplier_id: &str) -> Result<(), Error> {
    diesel::delete(supplier_keys::table.filter(supplier_keys::supplier_id.eq(supplier_id)))
        .execute(c)?;
    Ok(())
}

/// Companies of these ids that stand for themselves.
pub(super) fn compared(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<Compared>, Error> {
    Ok(suppliers::table
        .filter(among(suppliers::id, ids.iter().copied()))
        .filter(suppliers::merged_into.is_null())
        .order(suppliers::number)
        .select(Compared::as_select())
        .load(c)?)
}

fn write_keys(
    c: &mut AnyConnection,
    supplier_id: &str,
    keys: &BTreeSet<String>,
) -> Result<(), Error> {
    forget(c, supplier_id)?;
    let rows: Vec<_> = keys
        .iter()
        .map(|key| (supplier_keys::name_part.eq(key), supplier_keys::supplier_id.eq(supplier_id)))
        .collect();
    on_both!(c, c => diesel::insert_into(supplier_keys::table).values(&rows).execute(c))?;
    Ok(())
}

/// Companies that have one of the keys, unless too many have it.
pub(super) fn sharing(
    c: &mut AnyConnection,
    supplier_id: &str,
    keys: &BTreeSet<String>,
) -> Result<HashSet<String>, Error> {
    let mut found = HashSet::new();
    for key in keys {
        let holders: Vec<String> = supplier_keys::table
            .filter(supplier_keys::name_part.eq(key))
            .limit(SHARED as i64 + 2)
            .select(supplier_keys::supplier_id)
            .load(c)?;
        if holders.len() <= SHARED + 1 {
            found.extend(holders);
        }
    }
    found.remove(supplier_id);
    Ok(found)
}

/// Every pair of a company, decided or not.
pub(in crate::suppliers) fn pairs_of(
    c: &mut AnyConnection,
    supplier_id: &str,
) -> Result<Vec<Pair>, Error> {
    let mut pairs: Vec<Pair> = duplicate_pairs::table
        .filter(duplicate_pairs::first_id.eq(supplier_id))
        .select(Pair::as_select())
        .load(c)?;
    let as_second: Vec<Pair> = duplicate_pairs::table
        .filter(duplicate_pairs::second_id.eq(supplier_id))
        .select(Pair::as_select())
        .load(c)?;
    pairs.extend(as_second);
    Ok(pairs)
}

/// (kind, value) by company.
type Codes = HashMap<String, Vec<(String, String)>>;

/// The identifiers that prove who a company is: confirmed ones of the kinds that each legal
/// entity has one of.
fn codes_of<'a>(c: &mut AnyConnection, ids: impl Iterator<Item = &'a str>) -> Result<Codes, Error> {
    let rows: Vec<(String, String, String)> = identifiers::table
        .filter(among(identifiers::supplier_id, ids))
        .filter(identifiers::removed_at.is_null())
        .filter(identifiers::confirmed_at.is_not_null())
        .filter(identifiers::kind.eq_any(["uscc", "lei"]))
        .select((identifiers::supplier_id, identifiers::kind, identifiers::value))
        .load(c)?;
    let mut codes = Codes::new();
    for (supplier, kind, value) in rows {
        codes.entry(supplier).or_default().push((kind, value));
    }
    Ok(codes)
}

/// Whether two companies are two legal entities, as their Unified Social Credit Codes or Legal
/// Entity Identifiers prove.
fn are_two(codes: &Codes, one: &str, other: &str) -> bool {
    let of = |id: &str, kind: &str| -> Vec<&str> {
        let all = codes.get(id).map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|(k, _)| k == kind).map(|(_, value)| value.as_str()).collect()
    };
    ["uscc", "lei"].iter().any(|kind| {
        let (mine, theirs) = (of(one, kind), of(other, kind));
        !mine.is_empty() && !theirs.is_empty() && mine.iter().all(|code| !theirs.contains(code))
    })
}

/// [`are_two`] for two companies alone.
pub(in crate::suppliers) fn are_two_entities(
    c: &mut AnyConnection,
    one: &str,
    other: &str,
) -> Result<bool, Error> {
    let codes = codes_of(c, [one, other].into_iter())?;
    Ok(are_two(&codes, one, other))
}

/// A pair that waits follows its companies; one that a person has decided stays as it is.
fn revise(
    c: &mut AnyConnection,
    pair: &Pair,
    is_alike: bool,
    likeness: &Likeness,
) -> Result<(), Error> {
    let row = duplicate_pairs::table.find(&pair.id);
    match pair.status {
        PairStatus::Apart | PairStatus::Merged => return Ok(()),
        PairStatus::Closed if !is_alike => return Ok(()),
        PairStatus::Waiting if !is_alike => return drop_pair(c, &pair.id),
        // Closed by a merge whose reason is no more.
        PairStatus::Closed => {
            diesel::update(row).set(duplicate_pairs::status.eq(PairStatus::Waiting)).execute(c)?;
        }
        PairStatus::Waiting => {}
    }
    let reasons = reasons(likeness)?;
    if pair.score != likeness.score || pair.reasons != reasons {
        diesel::update(row)
            .set((duplicate_pairs::score.eq(likeness.score), duplicate_pairs::reasons.eq(reasons)))
            .execute(c)?;
    }
    Ok(())
}

/// Takes a pair out of the queue; one that a merge remembers stays, closed.
fn drop_pair(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    let of_merge: Option<String> =
        merges::table.filter(merges::pair_id.eq(id)).select(merges::id).first(c).optional()?;
    let row = duplicate_pairs::table.find(id);
    match of_merge {
        None => diesel::delete(row).execute(c)?,
        Some(_) => {
            let closed = duplicate_pairs::status.eq(PairStatus::Closed);
            diesel::update(row).set(closed).execute(c)?
        }
    };
    Ok(())
}

fn reasons(likeness: &Likeness) -> Result<String, Error> {
    let codes: Vec<&str> = likeness.reasons.iter().map(|reason| reason.as_str()).collect();
    Ok(serde_json::to_string(&codes)?)
}

fn pair_of(one: &Compared, other: &Compared, likeness: &Likeness) -> Result<Pair, Error> {
    let (first, second) = if one.number < other.number { (one, other) } else { (other, one) };
    Ok(Pair {
        id: new_id(),
        first_id: first.id.clone(),
        second_id: second.id.clone(),
        score: likeness.score,
        reasons: reasons(likeness)?,
        status: PairStatus::Waiting,
        found_at: now(),
        decided_at: None,
        decided_by: None,
        decided_name: String::new(),
        decision_reason: String::new(),
    })
}

fn insert(c: &mut AnyConnection, found: &[Pair]) -> Result<(), Error> {
    for some in found.chunks(50) {
        on_both!(c, c => diesel::insert_into(duplicate_pairs::table).values(some).execute(c))?;
    }
    Ok(())
}
