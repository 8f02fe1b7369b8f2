//! What an administrator does to accounts. Nobody does it to their own, and the register never
//! loses its last administrator.

use std::collections::HashMap;

use chrono::NaiveDateTime;
use diesel::dsl::max;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::accounts::{self, Account};
use super::guards::May;
use super::roles::{Role, right};
use super::session;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::regions;
use crate::schema::{accounts as table, sessions};
use crate::values::now;

/// The part of the register that somebody sees, as an account keeps it. Nothing: everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    pub scheme: Option<String>,
    /// Region codes, comma-separated.
    pub regions: Option<String>,
}

/// Limits from the choices of a form, each `scheme:region`. They must be of one scheme.
pub fn limits(chosen: &[String]) -> Result<Limits, Problem> {
    let unknown = || Problem::new("regions", "unknown_choice");
    let mut codes: Vec<&str> = Vec::new();
    let mut scheme: Option<&str> = None;
    for choice in chosen.iter().filter(|c| !c.is_empty()) {
        let (id, code) = choice.split_once(':').ok_or_else(unknown)?;
        let known = regions::built_in(id).ok_or_else(unknown)?;
        if !known.regions.iter().any(|region| region.code == code) {
            return Err(unknown());
        }
        if *scheme.get_or_insert(id) != id {
            return Err(Problem::new("regions", "one_scheme"));
        }
        codes.push(code);
    }
    let Some(scheme) = scheme else {
        return Ok(Limits::default());
    };
    Ok(Limits { scheme: Some(scheme.into()), regions: Some(codes.join(",")) })
}

/// Accounts by e-mail address after `after`, each with its last sign-in.
pub fn list(
    c: &mut AnyConnection,
    _by: &May<right::ManageAccounts>,
    after: &str,
    limit: i64,
) -> Result<Vec<(Account, Option<NaiveDateTime>)>, Error> {
    let accounts: Vec<Account> = table::table
        .filter(table::email.gt(after))
        .order(table::email)
        .limit(limit)
        .select(Account::as_select())
        .load(c)?;
    let ids: Vec<&str> = accounts.iter().map(|account| account.id.as_str()).collect();
    let last = last_sign_ins(c, &ids)?;
    Ok(accounts
        .into_iter()
        .map(|account| {
            let seen = last.get(&account.id).copied();
            (account, seen)
        })
        .collect())
}

/// When the accounts last signed in.
pub fn last_sign_ins(
    c: &mut AnyConnection,
    ids: &[&str],
) -> Result<HashMap<String, NaiveDateTime>, Error> {
    let rows: Vec<(String, Option<NaiveDateTime>)> = sessions::table
        .filter(sessions::account_id.eq_any(ids))
        .filter(sessions::level.eq("full"))
        .group_by(sessions::account_id)
        .select((sessions::account_id, max(sessions::created_at)))
        .load(c)?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

/// Gives an account another role, or another part of the register. It signs in anew.
pub fn change_role(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    id: &str,
    role: &str,
    chosen: &[String],
) -> Result<(), Error> {
    let account = other_account(c, by, id)?;
    let role = Role::parse(role)
        .filter(|role| role.is_staff() == account.role.is_staff())
        .ok_or_else(|| Problems::one("role", "choose_role"))?;
    let limits = limits(chosen).map_err(|problem| Problems(vec![problem]))?;
    let limits = if role.is_staff() { limits } else { Limits::default() };
    if role != Role::Administrator {
        keep_an_administrator(c, &account)?;
    }
    let scope = |scheme: &Option<String>, regions: &Option<String>| match (scheme, regions) {
        (Some(scheme), Some(regions)) => format!("{scheme}: {regions}"),
        _ => String::new(),
    };
    let before = scope(&account.scope_scheme, &account.scope_regions);
    let after = scope(&limits.scheme, &limits.regions);
    if role == account.role && before == after {
        return Ok(());
    }
    diesel::update(table::table.find(id))
        .set((
            table::role.eq(role),
            table::scope_scheme.eq(&limits.scheme),
            table::scope_regions.eq(&limits.regions),
        ))
        .execute(c)?;
    session::end_all(c, id)?;
    let mut details = json!({ "email": account.email });
    if role != account.role {
        details["role"] = json!([account.role.as_str(), role.as_str()]);
    }
    if before != after {
        details["scope"] = json!([before, after]);
    }
    record(c, by, "access.role_changed", id, details)
}

/// Closes an account: its sessions end, it cannot sign in.
pub fn disable(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    id: &str,
) -> Result<(), Error> {
    let account = other_account(c, by, id)?;
    if !account.is_enabled() {
        return Err(Error::Conflict("conflict-done-already"));
    }
    keep_an_administrator(c, &account)?;
    diesel::update(table::table.find(id)).set(table::disabled_at.eq(now())).execute(c)?;
    session::end_all(c, id)?;
    record(c, by, "access.disabled", id, json!({ "email": account.email }))
}

/// Opens a closed account again.
pub fn enable(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    id: &str,
) -> Result<(), Error> {
    let account = other_account(c, by, id)?;
    if account.is_enabled() {
        return Err(Error::Conflict("conflict-done-already"));
    }
    diesel::update(table::table.find(id))
        .set(table::disabled_at.eq(None::<NaiveDateTime>))
        .execute(c)?;
    record(c, by, "access.enabled", id, json!({ "email": account.email }))
}

/// Takes the second factor off an account, for a lost telephone. Staff enrol a new one at the
/// next sign-in.
pub fn reset_second_factor(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    id: &str,
) -> Result<(), Error> {
    let account = other_account(c, by, id)?;
    if !account.has_second_factor() {
        return Err(Error::Conflict("conflict-done-already"));
    }
    diesel::update(table::table.find(id))
        .set((
            table::totp_secret.eq(None::<String>),
            table::totp_enrolled_at.eq(None::<NaiveDateTime>),
            table::totp_last_step.eq(None::<i64>),
        ))
        .execute(c)?;
    session::end_all(c, id)?;
    record(c, by, "access.second_factor_reset", id, json!({ "email": account.email }))
}

/// Ends every session of an account.
pub fn end_sessions(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    id: &str,
) -> Result<(), Error> {
    let account = other_account(c, by, id)?;
    session::end_all(c, id)?;
    record(c, by, "access.sessions_ended", id, json!({ "email": account.email }))
}

/// The account of an id, which must not be one's own.
pub fn other_account(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    id: &str,
) -> Result<Account, Error> {
    if by.actor().account_id == id {
        return Err(Error::Forbidden("refused-own-account"));
    }
    accounts::find(c, id)
}

/// Two administrators may act on each other at the same moment: looked up in the transaction.
fn keep_an_administrator(c: &mut AnyConnection, account: &Account) -> Result<(), Error> {
    if account.role != Role::Administrator || !account.is_enabled() {
        return Ok(());
    }
    let another: Option<String> = table::table
        .filter(table::role.eq(Role::Administrator))
        .filter(table::disabled_at.is_null())
        .filter(table::id.ne(&account.id))
        .select(table::id)
        .first(c)
        .optional()?;
    another.map(|_| ()).ok_or(Error::Conflict("conflict-last-administrator"))
}

fn record(
    c: &mut AnyConnection,
    by: &May<right::ManageAccounts>,
    action: &str,
    id: &str,
    details: Value,
) -> Result<(), Error> {
    audit::append(c, by.actor(), action, ("account", id), details)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(chosen: &[&str]) -> Result<Limits, String> {
        let chosen: Vec<String> = chosen.iter().map(|c| c.to_string()).collect();
        limits(&chosen).map_err(|problem| problem.code)
    }

    #[test]
    fn limits_are_regions_of_one_scheme() {
        assert_eq!(of(&[]), Ok(Limits::default()));
        let eastern = Limits { scheme: Some("cn-six".into()), regions: Some("eastern".into()) };
        assert_eq!(of(&["cn-six:eastern"]), Ok(eastern));
        assert_eq!(of(&["cn-six:eastern", "m49:030"]).unwrap_err(), "one_scheme");
        assert_eq!(of(&["cn-six:moon"]).unwrap_err(), "unknown_choice");
        assert_eq!(of(&["eastern"]).unwrap_err(), "unknown_choice");
    }
}
