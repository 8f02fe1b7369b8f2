//! The accounts of a company's people: who is responsible, who has left, who was there twice.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::accounts::{self, Account};
use super::company_invitations::Host;
use super::manage::last_sign_ins;
use super::roles::Role;
use super::session;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::accounts as table;
use crate::values::now;

/// The accounts of a company by name, closed ones too, each with its last sign-in. At most 200.
pub fn of(
    c: &mut AnyConnection,
    supplier_id: &str,
) -> Result<Vec<(Account, Option<NaiveDateTime>)>, Error> {
    let accounts: Vec<Account> = table::table
        .filter(table::supplier_id.eq(supplier_id))
        .order((table::name, table::id))
        .limit(200)
        .select(Account::as_select())
        .load(c)?;
    let ids: Vec<&str> = accounts.iter().map(|account| account.id.as_str()).collect();
    let last = last_sign_ins(c, &ids)?;
    let with_last = |account: Account| {
        let at = last.get(&account.id).copied();
        (account, at)
    };
    Ok(accounts.into_iter().map(with_last).collect())
}

/// The open accounts of a company, the responsible ones first, the oldest of them before.
pub fn open_of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Account>, Error> {
    let mut accounts: Vec<Account> = table::table
        .filter(table::supplier_id.eq(supplier_id))
        .filter(table::disabled_at.is_null())
        .order(table::id)
        .limit(200)
        .select(Account::as_select())
        .load(c)?;
    accounts.sort_by_key(|account| account.role != Role::SupplierOwner);
    Ok(accounts)
}

/// An open account of a company; one of another company is not found.
pub fn find(c: &mut AnyConnection, supplier_id: &str, id: &str) -> Result<Account, Error> {
    let account = accounts::find(c, id)?;
    if account.supplier_id.as_deref() != Some(supplier_id) {
        return Err(Error::NotFound);
    }
    if !account.is_enabled() {
        return Err(Error::Conflict("conflict-done-already"));
    }
    Ok(account)
}

/// Makes somebody responsible, or a colleague. They sign in anew.
pub fn change_role(
    c: &mut AnyConnection,
    host: &Host,
    supplier_id: &str,
    id: &str,
    role: &str,
) -> Result<Account, Error> {
    let account = find(c, supplier_id, id)?;
    let role = Role::parse(role).filter(|role| !role.is_staff());
    let role = role.ok_or_else(|| Problems::one("role", "choose_role"))?;
    if role == account.role {
        return Err(Error::Conflict("conflict-done-already"));
    }
    if role == Role::SupplierMember {
        keep_an_owner(c, host, supplier_id, id)?;
    }
    diesel::update(table::table.find(id)).set(table::role.eq(role)).execute(c)?;
    session::end_all(c, id)?;
    let details = json!({ "email": account.email, "role": [account.role.as_str(), role.as_str()] });
    audit::append(c, host.actor(), "access.role_changed", ("account", id), details)?;
    Ok(account)
}

/// Closes an account: its sessions end, nobody signs in with it. `successor` takes over.
pub fn close(
    c: &mut AnyConnection,
    host: &Host,
    supplier_id: &str,
    id: &str,
    successor: Option<&Account>,
    reason: &str,
) -> Result<Account, Error> {
    let account = find(c, supplier_id, id)?;
    keep_an_owner(c, host, supplier_id, id)?;
    diesel::update(table::table.find(id))
        .set((table::disabled_at.eq(now()), table::replaced_by.eq(successor.map(|s| &s.id))))
        .execute(c)?;
    session::end_all(c, id)?;
    let mut details = json!({ "email": account.email, "reason": reason.trim() });
    if let Some(successor) = successor {
        details["replaced_by"] = json!(successor.email);
    }
    audit::append(c, host.actor(), "access.disabled", ("account", id), details)?;
    Ok(account)
}

/// A company does not lose its last responsible person by its own hand. Staff may close even that
/// account: it may be in the wrong hands.
fn keep_an_owner(
    c: &mut AnyConnection,
    host: &Host,
    supplier_id: &str,
    id: &str,
) -> Result<(), Error> {
    if matches!(host, Host::Staff(_)) {
        return Ok(());
    }
    let others = open_of(c, supplier_id)?;
    let is_kept = others.iter().any(|one| one.role == Role::SupplierOwner && one.id != id);
    if is_kept { Ok(()) } else { Err(Error::Conflict("conflict-last-owner")) }
}
