//! A merge taken back: the company that went stands again, with everything that it had.

use diesel::prelude::*;

use super::moved::{Moved, MovedSite};
use super::moving::add_categories;
use super::{Merge, record, risk_tiers, standing, touch};
use crate::access::{May, right};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{
    accounts, authentications, bank_accounts, basic_audits, candidates, certificates,
    certifications, clause_exceptions, clause_requests, contacts, control_links, data_access,
    declarations, documents, duplicate_pairs, evasion_links, findings, identifiers,
    inspection_effects, inspections, invitations, merges, messages, people, punishment_cases,
    punishment_interims, punishment_members, registrations, reminders, risk_tiers as tiers,
    signature_holders, signing_rights, site_versions, sites, supplier_categories,
    supplier_versions, suppliers,
};
use crate::suppliers::duplicates::{self, PairStatus};
use crate::suppliers::sites::SiteKind;
use crate::suppliers::{Supplier, names, owners};
use crate::values::{forever, now};

/// Gives back the rows of a table that are still where the merge has put them.
macro_rules! give_back {
    ($c:expr, $table:ident, $column:ident, $ids:expr, $from:expr, $to:expr) => {
        for some in $ids.chunks(500) {
            let these = $table::table
                .filter(among($table::id, some.iter().map(String::as_str)))
                .filter($table::$column.eq($from));
            diesel::update(these).set($table::$column.eq($to)).execute($c)?;
        }
    };
}

/// Undoes a merge exactly. Refused when that cannot be: see [`obstacle`].
pub fn undo(
    c: &mut AnyConnection,
    by: &May<right::DecideDuplicates>,
    id: &str,
) -> Result<Merge, Error> {
    let merge: Merge = merges::table.find(id).select(Merge::as_select()).first(c)?;
    let gone: Supplier =
        suppliers::table.find(&merge.gone_id).select(Supplier::as_select()).first(c)?;
    if !by.scope().allows(&gone.area) {
        return Err(Error::NotFound);
    }
    let kept = standing(c, by.scope(), &merge.kept_id).map_err(|error| match error {
        Error::Conflict(_) => Error::Conflict("conflict-undo-kept-merged"),
        other => other,
    })?;
    if merge.undone_at.is_some() {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let moved: Moved = serde_json::from_str(&merge.moved)?;
    if let Some(key) = obstacle(c, &merge, &kept, &moved)? {
        return Err(Error::Conflict(key));
    }
    stand_again(c, &gone, &moved)?;
    give_back_all(c, &merge, &moved)?;
    let time = now();
    diesel::update(merges::table.find(id))
        .set((merges::undone_at.eq(time), merges::undone_by.eq(&by.actor().account_id)))
        .execute(c)?;
    touch(c, &gone.id, time)?;
    touch(c, &kept.id, time)?;
    duplicates::compare(c, &gone.id)?;
    duplicates::compare(c, &kept.id)?;
    record(c, by, "supplier.merge_undone", (&kept, &gone), "", moved.counts())?;
    Ok(merge)
}

/// What stands in the way of undoing a merge exactly: the key of a text.
fn obstacle(
    c: &mut AnyConnection,
    merge: &Merge,
    kept: &Supplier,
    moved: &Moved,
) -> Result<Option<&'static str>, Error> {
    let later: Option<String> = merges::table
        .filter(merges::kept_id.eq(&merge.kept_id))
        .filter(merges::undone_at.is_null())
        .filter(merges::merged_at.gt(merge.merged_at))
        .select(merges::id)
        .first(c)
        .optional()?;
    if later.is_some() {
        return Ok(Some("conflict-undo-later-merge"));
    }
    if moved.sites.iter().any(|site| site.id == kept.registered_site_id) {
        return Ok(Some("conflict-undo-registered"));
    }
    for site in &moved.sites {
        if !is_as_moved(c, merge, site)? {
            return Ok(Some("conflict-undo-site"));
        }
    }
    Ok(None)
}

/// Whether nothing has happened to a site since it was moved.
fn is_as_moved(c: &mut AnyConnection, merge: &Merge, site: &MovedSite) -> Result<bool, Error> {
    if site.version.is_none() {
        return Ok(true);
    }
    let found: Option<String> = site_versions::table
        .filter(site_versions::site_id.eq(&site.id))
        .filter(site_versions::valid_to.eq(forever()))
        .filter(site_versions::valid_from.eq(merge.merged_at))
        .filter(site_versions::supplier_id.eq(&merge.kept_id))
        .select(site_versions::site_id)
        .first(c)
        .optional()?;
    Ok(found.is_some())
}

/// The company is itself again, and its last period goes on as if it had never ended.
fn stand_again(c: &mut AnyConnection, gone: &Supplier, moved: &Moved) -> Result<(), Error> {
    diesel::update(suppliers::table.find(&gone.id))
        .set((
            suppliers::merged_into.eq(None::<String>),
            suppliers::name_key.eq(names::name_key(&gone.legal_name)),
        ))
        .execute(c)?;
    if let Some(began) = moved.version {
        diesel::update(supplier_versions::table.find((&gone.id, began)))
            .set(supplier_versions::valid_to.eq(forever()))
            .execute(c)?;
    }
    Ok(())
}

fn give_back_all(c: &mut AnyConnection, merge: &Merge, moved: &Moved) -> Result<(), Error> {
    let (from, to) = (merge.kept_id.as_str(), merge.gone_id.as_str());
    for site in &moved.sites {
        give_back_site(c, merge, site)?;
    }
    give_back!(c, identifiers, supplier_id, moved.identifiers, from, to);
    give_back!(c, contacts, supplier_id, moved.contacts, from, to);
    give_back!(c, bank_accounts, supplier_id, moved.bank_accounts, from, to);
    give_back!(c, people, supplier_id, moved.people, from, to);
    give_back!(c, documents, supplier_id, moved.documents, from, to);
    give_back!(c, reminders, supplier_id, moved.reminders, from, to);
    if let Some(account) = &moved.owner {
        owners::give_back(c, from, to, account)?;
    }
    give_back!(c, authentications, supplier_id, moved.authentications, from, to);
    give_back!(c, basic_audits, supplier_id, moved.basic_audits, from, to);
    give_back!(c, certifications, supplier_id, moved.certifications, from, to);
    give_back!(c, data_access, supplier_id, moved.data_access, from, to);
    give_back!(c, signing_rights, supplier_id, moved.signing_rights, from, to);
    give_back!(c, signature_holders, supplier_id, moved.signature_holders, from, to);
    give_back!(c, clause_exceptions, supplier_id, moved.clause_exceptions, from, to);
    give_back!(c, clause_requests, supplier_id, moved.clause_requests, from, to);
    give_back!(c, inspections, supplier_id, moved.inspections, from, to);
    give_back!(c, findings, supplier_id, moved.findings, from, to);
    give_back!(c, inspection_effects, supplier_id, moved.inspection_effects, from, to);
    give_back!(c, punishment_cases, supplier_id, moved.punishment_cases, from, to);
    give_back!(c, punishment_interims, supplier_id, moved.punishment_interims, from, to);
    give_back!(c, punishment_members, supplier_id, moved.punishment_members, from, to);
    give_back!(c, evasion_links, supplier_id, moved.evasion_links, from, to);
    give_back!(c, evasion_links, other_id, moved.evasion_others, from, to);
    give_back!(c, tiers, supplier_id, moved.risk_tiers, from, to);
    if let Some(ended) = &moved.risk_tier_ended {
        risk_tiers::go_on(c, ended, merge.merged_at)?;
    }
    give_back!(c, certificates, supplier_id, moved.certificates, from, to);
    give_back!(c, registrations, supplier_id, moved.registrations, from, to);
    give_back!(c, candidates, supplier_id, moved.candidates, Some(from), Some(to));
    give_back!(c, declarations, supplier_id, moved.declarations, from, to);
    give_back!(c, messages, supplier_id, moved.messages, Some(from), Some(to));
    give_back!(c, accounts, supplier_id, moved.accounts, Some(from), Some(to));
    give_back!(c, invitations, supplier_id, moved.invitations, Some(from), Some(to));
    give_back!(c, control_links, parent_id, moved.as_parent, from, to);
    give_back!(c, control_links, child_id, moved.as_child, from, to);
    for some in moved.withdrawn.chunks(500) {
        let these = control_links::table
            .filter(among(control_links::id, some.iter().map(String::as_str)))
            .filter(control_links::withdrawn_at.eq(merge.merged_at));
        diesel::update(these)
            .set(control_links::withdrawn_at.eq(None::<chrono::NaiveDateTime>))
            .execute(c)?;
    }
    for category in &moved.categories_added {
        diesel::delete(supplier_categories::table.find((from, category))).execute(c)?;
    }
    add_categories(c, to, &moved.categories)?;
    give_back_pairs(c, merge, moved)
}

fn give_back_site(c: &mut AnyConnection, merge: &Merge, site: &MovedSite) -> Result<(), Error> {
    let kind = SiteKind::parse(&site.kind).unwrap_or(SiteKind::Other);
    diesel::update(sites::table.find(&site.id))
        .set((sites::supplier_id.eq(&merge.gone_id), sites::kind.eq(kind)))
        .execute(c)?;
    if let Some(began) = site.version {
        diesel::delete(site_versions::table.find((&site.id, merge.merged_at))).execute(c)?;
        diesel::update(site_versions::table.find((&site.id, began)))
            .set(site_versions::valid_to.eq(forever()))
            .execute(c)?;
    }
    Ok(())
}

/// Pairs are again those that they were; what was decided about them meanwhile stays decided.
fn give_back_pairs(c: &mut AnyConnection, merge: &Merge, moved: &Moved) -> Result<(), Error> {
    for before in &moved.pairs {
        let row = duplicate_pairs::table.find(&before.id);
        let status: Option<PairStatus> = row.select(duplicate_pairs::status).first(c).optional()?;
        let status = match status {
            Some(PairStatus::Closed) | None => before.status(),
            Some(decided) => decided,
        };
        diesel::update(row)
            .set((
                duplicate_pairs::first_id.eq(&before.first),
                duplicate_pairs::second_id.eq(&before.second),
                duplicate_pairs::status.eq(status),
            ))
            .execute(c)?;
    }
    if let Some(pair) = &merge.pair_id {
        duplicates::ask_again(c, pair)?;
    }
    Ok(())
}
