//! Who can be sent: accounts of staff that inspect and see the company.

use std::collections::HashSet;

use diesel::prelude::*;

use super::declarations_of;
use crate::access::accounts::Account;
use crate::access::{Right, Role};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::inspections::Inspection;
use crate::schema::{accounts, plan_inspectors};
use crate::suppliers::Supplier;
use crate::suppliers::owners::may_look_after;
use crate::texts::Language;

/// Accounts that one chooses from, at most.
const AT_MOST: i64 = 500;

/// Somebody who can be sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspector {
    pub account_id: String,
    pub name: String,
    pub email: String,
    pub language: Language,
    pub role: Role,
    /// Whether the plan of the inspection names them.
    pub is_of_plan: bool,
}

impl From<Account> for Inspector {
    fn from(account: Account) -> Inspector {
        Inspector {
            language: Language::parse(&account.language).unwrap_or(Language::English),
            account_id: account.id,
            name: account.name,
            email: account.email,
            role: account.role,
            is_of_plan: false,
        }
    }
}

/// Who can be sent to an inspection: the inspectors of its plan first, then all others by name. Who has
/// declared a conflict of interest for it is not among them.
pub fn choices(
    c: &mut AnyConnection,
    inspection: &Inspection,
    supplier: &Supplier,
) -> Result<Vec<Inspector>, Error> {
    let roles = Role::ALL.iter().filter(|role| role.may(Right::Inspect));
    let found: Vec<Account> = accounts::table
        .filter(among(accounts::role, roles.map(|role| role.as_str())))
        .filter(accounts::disabled_at.is_null())
        .order((accounts::name, accounts::id))
        .limit(AT_MOST)
        .select(Account::as_select())
        .load(c)?;
    let of_plan: HashSet<String> = match &inspection.plan_id {
        Some(plan) => plan_inspectors::table
            .filter(plan_inspectors::plan_id.eq(plan))
            .select(plan_inspectors::account_id)
            .load(c)?
            .into_iter()
            .collect(),
        None => HashSet::new(),
    };
    let conflicted = conflicted(c, &inspection.id)?;
    let fit = |account: &Account| {
        may_look_after(account, &supplier.area) && !conflicted.contains(&account.id)
    };
    let mut all: Vec<Inspector> = found.into_iter().filter(fit).map(Inspector::from).collect();
    for one in &mut all {
        one.is_of_plan = of_plan.contains(&one.account_id);
    }
    all.sort_by_key(|one| !one.is_of_plan);
    Ok(all)
}

/// Ids of accounts that have declared a conflict of interest for an inspection.
pub fn conflicted(c: &mut AnyConnection, inspection_id: &str) -> Result<HashSet<String>, Error> {
    let all = declarations_of(c, inspection_id)?.into_iter();
    Ok(all.filter(|one| one.has_conflict).map(|one| one.account_id).collect())
}

/// Somebody who was sent, as letters need them; `None` when their account is closed.
pub(super) fn find(c: &mut AnyConnection, account_id: &str) -> Result<Option<Inspector>, Error> {
    let found: Option<Account> = accounts::table
        .find(account_id)
        .filter(accounts::disabled_at.is_null())
        .select(Account::as_select())
        .first(c)
        .optional()?;
    Ok(found.map(Inspector::from))
}
