//! Every two minutes: companies of which something was recorded are looked at.
//!
//! The audit trail has every change, so no room that records something knows of this. Companies that it
//! names queue, and are looked at some at a time. With other keys every company queues: what sealed texts are
//! compared by is made with the key.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamp};

use super::look::{both_ways, look_all};
use super::traces;
use crate::audit::{self, AuditRecord};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::on_both;
use crate::punishments::Case;
use crate::scheduler::Step;
use crate::schema::{accounts, evasion_due, punishment_cases, settings, suppliers};
use crate::values::now;
use crate::vault::Vault;

/// The setting that holds the number of the last record of the trail that was read.
const READ: &str = "evasion_read";
/// The setting that holds the ids of the keys that traces were made with.
const KEYS: &str = "evasion_keys";
/// Records read at once.
const RECORDS: i64 = 500;
/// Companies looked at in one change: others wait for it some tenths of a second.
const AT_ONCE: i64 = 100;

/// Reads on in the trail, and looks at some of the companies that wait.
pub fn batch(c: &mut AnyConnection, vault: &Vault, _cursor: &str) -> Result<Step, Error> {
    let keys = vault.key_ids()?.join(",");
    if kept(c, KEYS)?.as_deref() != Some(keys.as_str()) {
        queue_all(c, now())?;
        keep(c, KEYS, &keys)?;
    }
    let (is_behind, mut found) = read_on(c)?;
    let due: Vec<String> = evasion_due::table
        .order((evasion_due::since, evasion_due::supplier_id))
        .limit(AT_ONCE)
        .select(evasion_due::supplier_id)
        .load(c)?;
    let ids: Vec<&str> = due.iter().map(String::as_str).collect();
    if !ids.is_empty() {
        traces::refresh(c, Some(vault), &ids)?;
        found += both_ways(c, &ids)?;
        let seen = among(evasion_due::supplier_id, ids.iter().copied());
        diesel::delete(evasion_due::table.filter(seen)).execute(c)?;
    }
    let is_more = is_behind || due.len() as i64 == AT_ONCE;
    Ok(Step { done: found as i64, next: is_more.then(|| "on".to_string()) })
}

/// Queues the companies that the next records of the trail are about. Whether there may be more records; and how
/// many links come from measures that did not wait for a decision.
fn read_on(c: &mut AnyConnection) -> Result<(bool, usize), Error> {
    let Some(read) = kept(c, READ)? else {
        // All companies queue already.
        let newest = audit::version(c)?.to_string();
        keep(c, READ, &newest)?;
        return Ok((false, 0));
    };
    let read: i64 = read.parse().unwrap_or(0);
    let records = audit::records_after(c, read, RECORDS)?;
    let Some(last) = records.last() else { return Ok((false, 0)) };
    let mut ids: Vec<String> =
        about(&records, "supplier").into_iter().map(str::to_string).collect();
    let people: Vec<Option<String>> = accounts::table
        .filter(among(accounts::id, about(&records, "account")))
        .select(accounts::supplier_id)
        .load(c)?;
    ids.extend(people.into_iter().flatten());
    queue(c, &ids, now())?;
    for record in records.iter().filter(|record| record.action == "import.confirmed") {
        queue_imported(c, &record.subject_id, now())?;
    }
    let mut found = 0;
    for record in records.iter().filter(|record| record.action == "punishment.interim_imposed") {
        let case: Case =
            punishment_cases::table.find(&record.subject_id).select(Case::as_select()).first(c)?;
        found += look_all(c, &case)?;
    }
    keep(c, READ, &last.sequence.to_string())?;
    Ok((records.len() as i64 == RECORDS, found))
}

/// The ids that records of one kind are about.
fn about<'r>(records: &'r [AuditRecord], kind: &str) -> Vec<&'r str> {
    let of_kind = records.iter().filter(|record| record.subject_kind == kind);
    of_kind.map(|record| record.subject_id.as_str()).collect()
}

/// Companies that wait already keep their place.
fn queue(c: &mut AnyConnection, ids: &[String], since: NaiveDateTime) -> Result<(), Error> {
    let waiting: Vec<String> = evasion_due::table
        .filter(among(evasion_due::supplier_id, ids.iter().map(String::as_str)))
        .select(evasion_due::supplier_id)
        .load(c)?;
    let known: Vec<String> = suppliers::table
        .filter(among(suppliers::id, ids.iter().map(String::as_str)))
        .select(suppliers::id)
        .load(c)?;
    let rows: Vec<_> = known
        .iter()
        .filter(|id| !waiting.contains(id))
        .map(|id| (evasion_due::supplier_id.eq(id), evasion_due::since.eq(since)))
        .collect();
    if !rows.is_empty() {
        on_both!(c, c => diesel::insert_into(evasion_due::table).values(&rows).execute(c))?;
    }
    Ok(())
}

fn queue_all(c: &mut AnyConnection, since: NaiveDateTime) -> Result<(), Error> {
    diesel::sql_query(
        "INSERT INTO evasion_due (supplier_id, since) SELECT id, $1 FROM suppliers \
         WHERE merged_into IS NULL AND id NOT IN (SELECT supplier_id FROM evasion_due)",
    )
    .bind::<Timestamp, _>(since)
    .execute(c)?;
    Ok(())
}

/// A list tells of its companies in one record.
fn queue_imported(
    c: &mut AnyConnection,
    import_id: &str,
    since: NaiveDateTime,
) -> Result<(), Error> {
    diesel::sql_query(
        "INSERT INTO evasion_due (supplier_id, since) SELECT id, $1 FROM suppliers \
         WHERE (import_id = $2 OR id IN (SELECT supplier_id FROM sites WHERE import_id = $2) \
             OR id IN (SELECT supplier_id FROM import_contacts WHERE import_id = $2)) \
         AND id NOT IN (SELECT supplier_id FROM evasion_due)",
    )
    .bind::<Timestamp, _>(since)
    .bind::<Text, _>(import_id)
    .execute(c)?;
    Ok(())
}

fn kept(c: &mut AnyConnection, name: &str) -> Result<Option<String>, Error> {
    Ok(settings::table.find(name).select(settings::value).first(c).optional()?)
}

fn keep(c: &mut AnyConnection, name: &str, value: &str) -> Result<(), Error> {
    let row = settings::table.find(name);
    if diesel::update(row).set(settings::value.eq(value)).execute(c)? == 0 {
        diesel::insert_into(settings::table)
            .values((settings::name.eq(name), settings::value.eq(value)))
            .execute(c)?;
    }
    Ok(())
}
