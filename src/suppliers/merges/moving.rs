//! Everything of one company moves to another.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::moved::{Moved, MovedPair, MovedSite};
use super::{evasion, risk_tiers, touch};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{
    accounts, authentications, bank_accounts, basic_audits, candidates, certificates,
    certifications, clause_exceptions, clause_requests, contacts, control_links, data_access,
    declarations, documents, duplicate_pairs, findings, identifiers, inspection_effects,
    inspections, invitations, messages, people, punishment_cases, punishment_interims,
    punishment_members, registrations, reminders, signature_holders, signing_rights, site_versions,
    sites, supplier_categories, supplier_versions, suppliers,
};
use crate::suppliers::duplicates::{self, Pair, PairStatus};
use crate::suppliers::sites::SiteKind;
use crate::suppliers::{Supplier, owners};
use crate::values::forever;

/// Moves the rows of a table from one company to another; their ids.
macro_rules! move_rows {
    ($c:expr, $table:ident, $column:ident, $from:expr, $to:expr) => {{
        let ids: Vec<String> = $table::table
            .filter($table::$column.eq($from))
            .order($table::id)
            .select($table::id)
            .load($c)?;
        diesel::update($table::table.filter($table::$column.eq($from)))
            .set($table::$column.eq($to))
            .execute($c)?;
        ids
    }};
}

/// Moves everything of `gone` to `kept` at `time`, and leaves `gone` as a way there.
pub fn move_all(
    c: &mut AnyConnection,
    kept: &Supplier,
    gone: &Supplier,
    pair: Option<&Pair>,
    time: NaiveDateTime,
) -> Result<Moved, Error> {
    let (from, to) = (gone.id.as_str(), kept.id.as_str());
    let mut moved = Moved {
        version: end_version(c, from, time)?,
        sites: move_sites(c, from, to, time)?,
        identifiers: move_rows!(c, identifiers, supplier_id, from, to),
        contacts: move_rows!(c, contacts, supplier_id, from, to),
        accounts: move_people_of_supplier(c, from, to)?,
        invitations: move_invitations(c, from, to)?,
        bank_accounts: move_rows!(c, bank_accounts, supplier_id, from, to),
        people: move_rows!(c, people, supplier_id, from, to),
        documents: move_rows!(c, documents, supplier_id, from, to),
        reminders: move_rows!(c, reminders, supplier_id, from, to),
        owner: owners::take_over(c, from, to)?,
        authentications: move_rows!(c, authentications, supplier_id, from, to),
        basic_audits: move_rows!(c, basic_audits, supplier_id, from, to),
        certifications: move_rows!(c, certifications, supplier_id, from, to),
        certificates: move_rows!(c, certificates, supplier_id, from, to),
        data_access: move_rows!(c, data_access, supplier_id, from, to),
        signing_rights: move_rows!(c, signing_rights, supplier_id, from, to),
        signature_holders: move_rows!(c, signature_holders, supplier_id, from, to),
        clause_exceptions: move_rows!(c, clause_exceptions, supplier_id, from, to),
        clause_requests: move_rows!(c, clause_requests, supplier_id, from, to),
        // The entries of draws stay: they say who was drawn, under the name that was drawn, and both
        // companies may stand on one roster.
        inspections: move_rows!(c, inspections, supplier_id, from, to),
        findings: move_rows!(c, findings, supplier_id, from, to),
        inspection_effects: move_rows!(c, inspection_effects, supplier_id, from, to),
        // Nothing of this is counted in the trail of the company, which more people read.
        punishment_cases: move_rows!(c, punishment_cases, supplier_id, from, to),
        punishment_interims: move_rows!(c, punishment_interims, supplier_id, from, to),
        punishment_members: move_rows!(c, punishment_members, supplier_id, from, to),
        registrations: move_rows!(c, registrations, supplier_id, from, to),
        candidates: move_rows!(c, candidates, supplier_id, Some(from), Some(to)),
        declarations: move_rows!(c, declarations, supplier_id, from, to),
        messages: move_rows!(c, messages, supplier_id, Some(from), Some(to)),
        ..Moved::default()
    };
    move_categories(c, from, to, &mut moved)?;
    (moved.evasion_links, moved.evasion_others) = evasion::move_all(c, from, to)?;
    (moved.risk_tiers, moved.risk_tier_ended) = risk_tiers::move_all(c, from, to, time)?;
    moved.withdrawn = withdraw_links(c, from, to, time)?;
    // What is left between the two holds on no day, and stays as it was recorded.
    moved.as_parent = links(c, &moved.withdrawn, from, to, true)?;
    moved.as_child = links(c, &moved.withdrawn, from, to, false)?;
    moved.pairs = move_pairs(c, from, to, pair)?;
    duplicates::forget(c, from)?;
    diesel::update(suppliers::table.find(from))
        .set((suppliers::merged_into.eq(to), suppliers::name_key.eq("")))
        .execute(c)?;
    touch(c, from, time)?;
    touch(c, to, time)?;
    Ok(moved)
}

/// The company that goes is counted up to now and no longer. When its last period began.
fn end_version(
    c: &mut AnyConnection,
    id: &str,
    time: NaiveDateTime,
) -> Result<Option<NaiveDateTime>, Error> {
    let current = supplier_versions::table
        .filter(supplier_versions::supplier_id.eq(id))
        .filter(supplier_versions::valid_to.eq(forever()));
    let began = current.select(supplier_versions::valid_from).first(c).optional()?;
    diesel::update(current).set(supplier_versions::valid_to.eq(time)).execute(c)?;
    Ok(began)
}

/// Moves sites, closed ones too. Up to now they were the other company's: their periods say so.
fn move_sites(
    c: &mut AnyConnection,
    from: &str,
    to: &str,
    time: NaiveDateTime,
) -> Result<Vec<MovedSite>, Error> {
    let found: Vec<(String, SiteKind, String, String, String)> = sites::table
        .filter(sites::supplier_id.eq(from))
        .order(sites::id)
        .select((sites::id, sites::kind, sites::area, sites::city, sites::address))
        .load(c)?;
    let mut moved = Vec::with_capacity(found.len());
    for (id, kind, area, city, address) in found {
        // A company has one registered office: this becomes an ordinary one.
        let after = if kind == SiteKind::RegisteredOffice { SiteKind::Office } else { kind };
        diesel::update(sites::table.find(&id))
            .set((sites::supplier_id.eq(to), sites::kind.eq(after)))
            .execute(c)?;
        let current = site_versions::table
            .filter(site_versions::site_id.eq(&id))
            .filter(site_versions::valid_to.eq(forever()));
        let began: Option<NaiveDateTime> =
            current.select(site_versions::valid_from).first(c).optional()?;
        if began.is_some() {
            diesel::update(current).set(site_versions::valid_to.eq(time)).execute(c)?;
            diesel::insert_into(site_versions::table)
                .values((
                    site_versions::site_id.eq(&id),
                    site_versions::valid_from.eq(time),
                    site_versions::valid_to.eq(forever()),
                    site_versions::supplier_id.eq(to),
                    site_versions::area.eq(area),
                    site_versions::city.eq(city),
                    site_versions::address.eq(address),
                ))
                .execute(c)?;
        }
        moved.push(MovedSite { id, kind: kind.as_str().into(), version: began });
    }
    Ok(moved)
}

fn move_people_of_supplier(
    c: &mut AnyConnection,
    from: &str,
    to: &str,
) -> Result<Vec<String>, Error> {
    Ok(move_rows!(c, accounts, supplier_id, Some(from), Some(to)))
}

fn move_invitations(c: &mut AnyConnection, from: &str, to: &str) -> Result<Vec<String>, Error> {
    Ok(move_rows!(c, invitations, supplier_id, Some(from), Some(to)))
}

fn move_categories(
    c: &mut AnyConnection,
    from: &str,
    to: &str,
    moved: &mut Moved,
) -> Result<(), Error> {
    let of = |c: &mut AnyConnection, id: &str| -> Result<Vec<String>, Error> {
        Ok(supplier_categories::table
            .filter(supplier_categories::supplier_id.eq(id))
            .order(supplier_categories::category_id)
            .select(supplier_categories::category_id)
            .load(c)?)
    };
    let (theirs, ours) = (of(c, from)?, of(c, to)?);
    diesel::delete(supplier_categories::table.filter(supplier_categories::supplier_id.eq(from)))
        .execute(c)?;
    moved.categories_added = theirs.iter().filter(|id| !ours.contains(id)).cloned().collect();
    add_categories(c, to, &moved.categories_added)?;
    moved.categories = theirs;
    Ok(())
}

pub(super) fn add_categories(
    c: &mut AnyConnection,
    supplier_id: &str,
    categories: &[String],
) -> Result<(), Error> {
    for category in categories {
        diesel::insert_into(supplier_categories::table)
            .values((
                supplier_categories::supplier_id.eq(supplier_id),
                supplier_categories::category_id.eq(category),
            ))
            .execute(c)?;
    }
    Ok(())
}

/// A company does not control itself: links between the two are withdrawn.
fn withdraw_links(
    c: &mut AnyConnection,
    from: &str,
    to: &str,
    time: NaiveDateTime,
) -> Result<Vec<String>, Error> {
    let mut ids = Vec::new();
    for (parent, child) in [(from, to), (to, from)] {
        let between = control_links::table
            .filter(control_links::parent_id.eq(parent))
            .filter(control_links::child_id.eq(child))
            .filter(control_links::withdrawn_at.is_null());
        ids.extend(between.select(control_links::id).load::<String>(c)?);
        diesel::update(between).set(control_links::withdrawn_at.eq(time)).execute(c)?;
    }
    Ok(ids)
}

/// Moves one end of the links of a company, except of those between the two.
fn links(
    c: &mut AnyConnection,
    between: &[String],
    from: &str,
    to: &str,
    is_parent: bool,
) -> Result<Vec<String>, Error> {
    let all: Vec<(String, String, String)> = control_links::table
        .filter(control_links::parent_id.eq(from).or(control_links::child_id.eq(from)))
        .order(control_links::id)
        .select((control_links::id, control_links::parent_id, control_links::child_id))
        .load(c)?;
    let mut moved = Vec::new();
    for (id, parent, child) in all {
        let ends = [parent.as_str(), child.as_str()];
        let is_ours = if is_parent { parent == from } else { child == from };
        if between.contains(&id) || ends.contains(&to) || !is_ours {
            continue;
        }
        let link = control_links::table.find(&id);
        match is_parent {
            true => diesel::update(link).set(control_links::parent_id.eq(to)).execute(c)?,
            false => diesel::update(link).set(control_links::child_id.eq(to)).execute(c)?,
        };
        moved.push(id);
    }
    Ok(moved)
}

/// Pairs with third companies become pairs of the company that is kept, unless it has one with
/// that company already, or the two are proven to be two.
fn move_pairs(
    c: &mut AnyConnection,
    from: &str,
    to: &str,
    own: Option<&Pair>,
) -> Result<Vec<MovedPair>, Error> {
    let known = duplicates::pairs_of(c, to)?;
    let mut moved = Vec::new();
    for pair in duplicates::pairs_of(c, from)? {
        let third = pair.other(from).to_string();
        if third == to || own.is_some_and(|own| own.id == pair.id) {
            continue;
        }
        moved.push(MovedPair::of(&pair));
        let row = duplicate_pairs::table.find(&pair.id);
        let is_known = known.iter().any(|other| other.other(to) == third);
        let is_waiting = pair.status == PairStatus::Waiting;
        if is_known || is_waiting && duplicates::are_two_entities(c, to, &third)? {
            let status = if is_waiting { PairStatus::Closed } else { pair.status };
            diesel::update(row).set(duplicate_pairs::status.eq(status)).execute(c)?;
            continue;
        }
        let (first, second) = in_order(c, to, &third)?;
        diesel::update(row)
            .set((duplicate_pairs::first_id.eq(first), duplicate_pairs::second_id.eq(second)))
            .execute(c)?;
    }
    // Its own waiting pairs may be with companies that the identifiers that came tell apart.
    for pair in known.iter().filter(|pair| pair.status == PairStatus::Waiting) {
        let third = pair.other(to);
        if third != from && duplicates::are_two_entities(c, to, third)? {
            moved.push(MovedPair::of(pair));
            diesel::update(duplicate_pairs::table.find(&pair.id))
                .set(duplicate_pairs::status.eq(PairStatus::Closed))
                .execute(c)?;
        }
    }
    Ok(moved)
}

/// Two ids, the smaller number first.
fn in_order(c: &mut AnyConnection, one: &str, other: &str) -> Result<(String, String), Error> {
    let number = |c: &mut AnyConnection, id: &str| -> Result<i64, Error> {
        Ok(suppliers::table.find(id).select(suppliers::number).first(c)?)
    };
    let is_first = number(c, one)? < number(c, other)?;
    let (first, second) = if is_first { (one, other) } else { (other, one) };
    Ok((first.to_string(), second.to_string()))
}
