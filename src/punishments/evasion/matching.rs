//! Companies compared with those under a measure, by their traces.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::traces::Trace;
use super::{HELD, Kind, Link, Status};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::on_both;
use crate::punishments::{Orders, Status as CaseStatus};
use crate::schema::{
    evasion_links, evasion_traces, punishment_cases, punishment_interims, punishment_members,
};
use crate::values::{new_id, now};

/// A name, a phone, an address or a domain that more companies have says nothing: an agent's, a park's.
const SHARED: i64 = 50;
/// Values asked for in one query, and links written in one.
const AT_ONCE: usize = 500;

/// What a link is between, and what it is made of: company, case, other company.
type Between = (String, String, String, Kind);

/// What two companies share, and who recorded it.
#[derive(Default)]
struct Found {
    shown: BTreeSet<String>,
    recorded_by: BTreeSet<String>,
}

/// Compares companies with those under a measure today, in the same few queries however many they are. How
/// many links wait that did not before.
pub(super) fn find_links(c: &mut AnyConnection, ids: &[&str]) -> Result<usize, Error> {
    let mine: Vec<Trace> = evasion_traces::table
        .filter(among(evasion_traces::supplier_id, ids.iter().copied()))
        .select(Trace::as_select())
        .load(c)?;
    let values: HashSet<&str> = mine.iter().map(|trace| trace.value.as_str()).collect();
    let values: Vec<&str> = values.into_iter().collect();
    let mut theirs = Vec::new();
    for some in values.chunks(AT_ONCE) {
        theirs.extend(under_measures(c, some, now().date())?);
    }
    let own = own_cases(c, ids, &theirs)?;
    let met: HashSet<&str> = theirs.iter().map(|(trace, _)| trace.value.as_str()).collect();
    let met: Vec<&str> = met.into_iter().collect();
    let common = too_common(c, &met)?;
    let mut found: HashMap<Between, Found> = HashMap::new();
    let mut by_value: HashMap<&str, Vec<&(Trace, String)>> = HashMap::new();
    for one in &theirs {
        by_value.entry(one.0.value.as_str()).or_default().push(one);
    }
    for trace in &mine {
        for (other, case) in by_value.get(trace.value.as_str()).into_iter().flatten() {
            let is_own = own.contains(&(case.clone(), trace.supplier_id.clone()));
            if is_own || !is_same(trace, other) || is_weak(trace) && common.contains(&trace.value) {
                continue;
            }
            let between =
                (trace.supplier_id.clone(), case.clone(), other.supplier_id.clone(), trace.kind);
            let shared = found.entry(between).or_default();
            shared.shown.insert(trace.shown.clone());
            shared.recorded_by.insert(trace.recorded_by.clone());
        }
    }
    write(c, ids, found)
}

/// Two people of one name whose papers are known are the same by their papers alone.
fn is_same(one: &Trace, other: &Trace) -> bool {
    one.supplier_id != other.supplier_id && (one.paper.is_empty() || other.paper.is_empty())
}

/// Whether many companies may have it without having to do with each other.
fn is_weak(trace: &Trace) -> bool {
    let is_of_person = matches!(trace.kind, Kind::LegalRepresentative | Kind::BeneficialOwner);
    // What a name alone says is shown without a paper.
    is_of_person && !trace.shown.contains('•')
        || matches!(trace.kind, Kind::Phone | Kind::Address | Kind::MailDomain)
}

/// The traces with some values of companies that a measure holds on a day, each with the case.
fn under_measures(
    c: &mut AnyConnection,
    values: &[&str],
    today: NaiveDate,
) -> Result<Vec<(Trace, String)>, Error> {
    let mut found: Vec<(Trace, String)> = evasion_traces::table
        .inner_join(
            punishment_members::table
                .on(punishment_members::supplier_id.eq(evasion_traces::supplier_id)),
        )
        .inner_join(
            punishment_cases::table.on(punishment_cases::id.eq(punishment_members::case_id)),
        )
        .filter(among(evasion_traces::value, values.iter().copied()))
        .filter(punishment_cases::status.eq_any([CaseStatus::InForce, CaseStatus::Appealed]))
        // Where nothing is stopped there is nothing to get around.
        .filter(punishment_cases::orders.ne(Orders::Allowed))
        .filter(punishment_members::status.eq_any(HELD))
        .filter(punishment_members::from_on.le(today))
        .filter(punishment_members::to_on.gt(today))
        .select((Trace::as_select(), punishment_members::case_id))
        .load(c)?;
    let interim: Vec<(Trace, String)> = evasion_traces::table
        .inner_join(
            punishment_interims::table
                .on(punishment_interims::supplier_id.eq(evasion_traces::supplier_id)),
        )
        .inner_join(
            punishment_cases::table.on(punishment_cases::id.eq(punishment_interims::case_id)),
        )
        .filter(among(evasion_traces::value, values.iter().copied()))
        .filter(punishment_cases::status.eq(CaseStatus::Served))
        .filter(punishment_interims::from_on.le(today))
        .filter(punishment_interims::to_on.gt(today))
        .filter(punishment_interims::ended_on.is_null().or(punishment_interims::ended_on.gt(today)))
        .select((Trace::as_select(), punishment_interims::case_id))
        .load(c)?;
    found.extend(interim);
    Ok(found)
}

/// Those of some companies that a measure holds on a day.
pub(super) fn held_of(
    c: &mut AnyConnection,
    ids: &[&str],
    today: NaiveDate,
) -> Result<Vec<String>, Error> {
    let mut held: Vec<String> = punishment_members::table
        .filter(among(punishment_members::supplier_id, ids.iter().copied()))
        .filter(punishment_members::status.eq_any(HELD))
        .filter(punishment_members::to_on.gt(today))
        .select(punishment_members::supplier_id)
        .load(c)?;
    let interim: Vec<String> = punishment_interims::table
        .filter(among(punishment_interims::supplier_id, ids.iter().copied()))
        .filter(punishment_interims::to_on.gt(today))
        .select(punishment_interims::supplier_id)
        .load(c)?;
    held.extend(interim);
    held.sort();
    held.dedup();
    Ok(held)
}

/// (case, company) of the companies that are in a case themselves: what they share is known there.
fn own_cases(
    c: &mut AnyConnection,
    ids: &[&str],
    theirs: &[(Trace, String)],
) -> Result<HashSet<(String, String)>, Error> {
    let cases: HashSet<&str> = theirs.iter().map(|(_, case)| case.as_str()).collect();
    let cases: Vec<&str> = cases.into_iter().collect();
    let mut own = HashSet::new();
    for some in cases.chunks(AT_ONCE) {
        let members: Vec<(String, String)> = punishment_members::table
            .filter(among(punishment_members::case_id, some.iter().copied()))
            .filter(among(punishment_members::supplier_id, ids.iter().copied()))
            .select((punishment_members::case_id, punishment_members::supplier_id))
            .load(c)?;
        own.extend(members);
        let principals: Vec<(String, String)> = punishment_cases::table
            .filter(among(punishment_cases::id, some.iter().copied()))
            .select((punishment_cases::id, punishment_cases::supplier_id))
            .load(c)?;
        own.extend(principals);
    }
    Ok(own)
}

/// The values that too many companies have.
pub(super) fn too_common(c: &mut AnyConnection, values: &[&str]) -> Result<HashSet<String>, Error> {
    let mut common = HashSet::new();
    for some in values.chunks(AT_ONCE) {
        let counts: Vec<(String, i64)> = evasion_traces::table
            .filter(among(evasion_traces::value, some.iter().copied()))
            .group_by(evasion_traces::value)
            .select((evasion_traces::value, count_star()))
            .load(c)?;
        let many = counts.into_iter().filter(|(_, count)| *count > SHARED);
        common.extend(many.map(|(value, _)| value));
    }
    Ok(common)
}

/// Writes down what was found: a link that is new waits, one that waits says all that is shared, and one that
/// was settled waits again only when something else is shared.
fn write(
    c: &mut AnyConnection,
    ids: &[&str],
    found: HashMap<Between, Found>,
) -> Result<usize, Error> {
    if found.is_empty() {
        return Ok(0);
    }
    let known: Vec<Link> = evasion_links::table
        .filter(among(evasion_links::supplier_id, ids.iter().copied()))
        .select(Link::as_select())
        .load(c)?;
    let key = |link: Link| {
        let between =
            (link.supplier_id.clone(), link.case_id.clone(), link.other_id.clone(), link.kind);
        (between, link)
    };
    let known: HashMap<Between, Link> = known.into_iter().map(key).collect();
    let (mut new, mut raised) = (Vec::new(), 0);
    for (between, shared) in found {
        match known.get(&between) {
            None => new.push(link_of(between, shared)),
            Some(link) => raised += usize::from(revise(c, link, shared)?),
        }
    }
    // One after the other, as they are in the list.
    new.sort_by(|one, other| (&one.supplier_id, one.kind).cmp(&(&other.supplier_id, other.kind)));
    for some in new.chunks(AT_ONCE / 5) {
        on_both!(c, c => diesel::insert_into(evasion_links::table).values(some).execute(c))?;
    }
    Ok(new.len() + raised)
}

fn link_of((supplier_id, case_id, other_id, kind): Between, shared: Found) -> Link {
    Link {
        id: new_id(),
        supplier_id,
        case_id,
        other_id,
        kind,
        shared: joined(&shared.shown, "\n"),
        recorded_by: joined(&shared.recorded_by, " "),
        status: Status::Held,
        found_at: now(),
        settled_at: None,
        settled_by: None,
        settled_name: String::new(),
        reason: String::new(),
    }
}

fn joined(texts: &BTreeSet<String>, between: &str) -> String {
    let texts: Vec<&str> =
        texts.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    texts.join(between)
}

/// Whether a link waits that did not before.
fn revise(c: &mut AnyConnection, link: &Link, mut shared: Found) -> Result<bool, Error> {
    let before: HashSet<&str> = link.shared.lines().collect();
    if shared.shown.iter().all(|one| before.contains(one.as_str())) {
        return Ok(false);
    }
    shared.shown.extend(link.shared.lines().map(str::to_string));
    shared.recorded_by.extend(link.recorded_by.split(' ').map(str::to_string));
    let is_raised = link.status != Status::Held;
    diesel::update(evasion_links::table.find(&link.id))
        .set((
            evasion_links::shared.eq(joined(&shared.shown, "\n")),
            evasion_links::recorded_by.eq(joined(&shared.recorded_by, " ")),
        ))
        .execute(c)?;
    if is_raised {
        diesel::update(evasion_links::table.find(&link.id))
            .set((
                evasion_links::status.eq(Status::Held),
                evasion_links::found_at.eq(now()),
                evasion_links::settled_at.eq(None::<chrono::NaiveDateTime>),
                evasion_links::settled_by.eq(None::<String>),
                evasion_links::settled_name.eq(""),
                evasion_links::reason.eq(""),
            ))
            .execute(c)?;
    }
    Ok(is_raised)
}
