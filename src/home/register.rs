//! What waits in the register itself.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{AT_MOST, Waiting};
use crate::access::Actor;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::schema::{bank_accounts, duplicate_pairs, identifiers, sites, suppliers};

type Row = (String, String, NaiveDateTime);

/// Doubtful identifiers that somebody else recorded.
pub fn identifiers(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let mut query = identifiers::table
        .inner_join(suppliers::table.on(suppliers::id.eq(identifiers::supplier_id)))
        .filter(identifiers::confirmed_at.is_null())
        .filter(identifiers::removed_at.is_null())
        .filter(identifiers::recorded_by.ne(&actor.account_id))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    let rows: Vec<Row> = query
        .order(identifiers::created_at)
        .limit(AT_MOST)
        .select((suppliers::id, suppliers::legal_name, identifiers::created_at))
        .load(c)?;
    Ok(rows.into_iter().map(|row| of_supplier("identifier", row)).collect())
}

/// Bank accounts that somebody else recorded.
pub fn bank_accounts(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let mut query = bank_accounts::table
        .inner_join(suppliers::table.on(suppliers::id.eq(bank_accounts::supplier_id)))
        .filter(bank_accounts::confirmed_at.is_null())
        .filter(bank_accounts::removed_at.is_null())
        .filter(bank_accounts::recorded_by.ne(&actor.account_id))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    let rows: Vec<Row> = query
        .order(bank_accounts::created_at)
        .limit(AT_MOST)
        .select((suppliers::id, suppliers::legal_name, bank_accounts::created_at))
        .load(c)?;
    Ok(rows.into_iter().map(|row| of_supplier("bank_account", row)).collect())
}

fn of_supplier(kind: &'static str, (id, name, since): Row) -> Waiting {
    Waiting { kind, path: format!("/suppliers/{id}"), about: name, number: None, since }
}

/// The queue of addresses, as one thing to do.
pub fn addresses(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let mut query =
        sites::table.filter(sites::place_status.eq("unresolved")).into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        let within = suppliers::table.filter(suppliers::area.eq_any(areas));
        query = query.filter(sites::supplier_id.eq_any(within.select(suppliers::id)));
    }
    // Ids grow with time.
    let waiting = query.order(sites::id).limit(AT_MOST).select(sites::created_at).load(c)?;
    Ok(queue("addresses", "/addresses", waiting))
}

/// The queue of companies that may be one, as one thing to do.
pub fn pairs(c: &mut AnyConnection, actor: &Actor) -> Result<Vec<Waiting>, Error> {
    let mut query = duplicate_pairs::table
        .filter(duplicate_pairs::status.eq("waiting"))
        .into_boxed::<MultiBackend>();
    // Both companies must be theirs, as in the queue.
    if let Some(areas) = actor.scope.areas() {
        let within = suppliers::table.filter(suppliers::area.eq_any(areas)).select(suppliers::id);
        query = query
            .filter(duplicate_pairs::first_id.eq_any(within.clone()))
            .filter(duplicate_pairs::second_id.eq_any(within));
    }
    let waiting = query
        .order(duplicate_pairs::id)
        .limit(AT_MOST)
        .select(duplicate_pairs::found_at)
        .load(c)?;
    Ok(queue("pairs", "/duplicates", waiting))
}

/// A queue with a page of its own.
fn queue(kind: &'static str, path: &str, waiting: Vec<NaiveDateTime>) -> Vec<Waiting> {
    let number = Some(waiting.len() as i64);
    let oldest = waiting.into_iter().min();
    let whole = |since| Waiting { kind, path: path.into(), about: String::new(), number, since };
    oldest.map(whole).into_iter().collect()
}
