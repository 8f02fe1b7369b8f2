//! The facts of many companies at once, in the same few queries whatever their number.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::{BEGINNING, Facts, Held, Hold, HoldSources, Offer, Period};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{
    categories, contacts, identifiers, site_versions, sites, supplier_categories,
    supplier_versions, suppliers,
};
use crate::suppliers::Stage;
use crate::values::forever;

type Time = NaiveDateTime;

/// The facts of the companies of some ids, with their history.
///
/// What was recorded on the day on which a company entered the register is taken to be as old as
/// the company: its history may begin long before. What came later counts from its recording.
pub fn load(
    c: &mut AnyConnection,
    sources: HoldSources,
    ids: &[&str],
) -> Result<HashMap<String, Facts>, Error> {
    let entered: HashMap<String, Time> = suppliers::table
        .filter(among(suppliers::id, ids.iter().copied()))
        .select((suppliers::id, suppliers::created_at))
        .load::<(String, Time)>(c)?
        .into_iter()
        .collect();
    let since = |supplier: &str, time: Time| match entered.get(supplier) {
        Some(entered) if time.date() <= entered.date() => BEGINNING,
        _ => time,
    };
    let mut all: HashMap<String, Facts> =
        entered.keys().map(|id| (id.clone(), Facts::default())).collect();
    for (supplier, from, to, stage, area) in standing(c, ids)? {
        if let Some(facts) = all.get_mut(&supplier) {
            facts.standing.push((period(from, to), stage, area));
        }
    }
    for (supplier, from, to) in addressed(c, ids)? {
        if let Some(facts) = all.get_mut(&supplier) {
            facts.addressed.push(period(since(&supplier, from), to));
        }
    }
    for (supplier, created, removed) in contacts_of(c, ids)? {
        if let Some(facts) = all.get_mut(&supplier) {
            let to = removed.unwrap_or(Time::MAX);
            facts.contacts.push(period(since(&supplier, created), to));
        }
    }
    for (supplier, kind, value, created, confirmed, removed) in identifiers_of(c, ids)? {
        if let Some(facts) = all.get_mut(&supplier) {
            let to = removed.unwrap_or(Time::MAX);
            let period = period(since(&supplier, created), to);
            let confirmed = confirmed.map(|time| since(&supplier, time));
            facts.identifiers.push(Held { period, confirmed, kind, value });
        }
    }
    for (supplier, category, closed) in offers_of(c, ids)? {
        if let Some(facts) = all.get_mut(&supplier) {
            facts.offers.push(Offer { category, closed });
        }
    }
    for (supplier, holds) in sources.held(c, ids)? {
        if let Some(facts) = all.get_mut(&supplier) {
            facts.holds = holds;
        }
    }
    Ok(all)
}

/// What runs in the database for ever does so here on every day.
fn period(from: Time, to: Time) -> Period {
    Period { from, to: if to == forever() { Time::MAX } else { to } }
}

type Standing = (String, Time, Time, Stage, String);

fn standing(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<Standing>, Error> {
    Ok(supplier_versions::table
        .filter(among(supplier_versions::supplier_id, ids.iter().copied()))
        .select((
            supplier_versions::supplier_id,
            supplier_versions::valid_from,
            supplier_versions::valid_to,
            supplier_versions::stage,
            supplier_versions::area,
        ))
        .load(c)?)
}

/// Of the site that is registered today: which one was earlier is not kept.
fn addressed(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Time, Time)>, Error> {
    Ok(site_versions::table
        .inner_join(suppliers::table.on(suppliers::registered_site_id.eq(site_versions::site_id)))
        .filter(among(suppliers::id, ids.iter().copied()))
        .filter(site_versions::address.ne(""))
        .select((suppliers::id, site_versions::valid_from, site_versions::valid_to))
        .load(c)?)
}

type Recorded = (String, Time, Option<Time>);

fn contacts_of(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<Recorded>, Error> {
    Ok(contacts::table
        .filter(among(contacts::supplier_id, ids.iter().copied()))
        .select((contacts::supplier_id, contacts::created_at, contacts::removed_at))
        .load(c)?)
}

type Identified = (String, String, String, Time, Option<Time>, Option<Time>);

fn identifiers_of(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<Identified>, Error> {
    Ok(identifiers::table
        .filter(among(identifiers::supplier_id, ids.iter().copied()))
        .select((
            identifiers::supplier_id,
            identifiers::kind,
            identifiers::value,
            identifiers::created_at,
            identifiers::confirmed_at,
            identifiers::removed_at,
        ))
        .load(c)?)
}

type Offered = (String, String, Option<Time>);

fn offers_of(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<Offered>, Error> {
    Ok(supplier_categories::table
        .inner_join(categories::table.on(categories::id.eq(supplier_categories::category_id)))
        .filter(among(supplier_categories::supplier_id, ids.iter().copied()))
        .select((supplier_categories::supplier_id, categories::id, categories::closed_at))
        .load(c)?)
}

/// Whether and where a company can be reached today.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Of its registered site, "" when not known.
    pub address: String,
    pub has_contact: bool,
}

/// The reach of companies by their ids, found by the ids of their registered sites.
pub fn reach(c: &mut AnyConnection, site_ids: &[&str]) -> Result<HashMap<String, Reach>, Error> {
    let contact = contacts::table
        .filter(contacts::supplier_id.eq(sites::supplier_id))
        .filter(contacts::removed_at.is_null());
    let found: Vec<(String, String, bool)> = sites::table
        .filter(among(sites::id, site_ids.iter().copied()))
        .select((sites::supplier_id, sites::address, exists(contact)))
        .load(c)?;
    let reach = |(id, address, has_contact)| (id, Reach { address, has_contact });
    Ok(found.into_iter().map(reach).collect())
}

/// The facts of today, from what a list or an export has read already: `identifiers` are kind,
/// value, and whether confirmed. They answer no question about another day or a category.
pub fn today<'a>(
    stage: Stage,
    area: &str,
    reach: Option<&Reach>,
    identifiers: impl Iterator<Item = (&'a str, &'a str, bool)>,
    holds: Option<&Vec<Hold>>,
) -> Facts {
    let always = |holds: bool| if holds { vec![Period::ALWAYS] } else { Vec::new() };
    Facts {
        standing: vec![(Period::ALWAYS, stage, area.to_string())],
        addressed: always(reach.is_some_and(|reach| !reach.address.trim().is_empty())),
        contacts: always(reach.is_some_and(|reach| reach.has_contact)),
        identifiers: identifiers
            .map(|(kind, value, confirmed)| Held {
                period: Period::ALWAYS,
                confirmed: confirmed.then_some(BEGINNING),
                kind: kind.into(),
                value: value.into(),
            })
            .collect(),
        offers: Vec::new(),
        holds: holds.cloned().unwrap_or_default(),
    }
}
