//! Who of staff looks after a company.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Supplier, find};
use crate::access::accounts::Account;
use crate::access::{May, Right, Role, Scope, right};
use crate::audit;
use crate::db::{AnyConnection, among};
use crate::error::{Error, Problems};
use crate::schema::{accounts, relationship_owners, suppliers};
use crate::texts::Language;
use crate::values::now;

/// Accounts that one chooses from, at most.
const AT_MOST: i64 = 500;

/// Somebody of staff who looks after a company.
#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    pub account_id: String,
    pub name: String,
    pub email: String,
    pub language: Language,
    pub role: Role,
}

/// Who is to look after a company.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct OwnerInput {
    /// Id of an account, "" for nobody.
    pub account: String,
}

#[derive(Insertable)]
#[diesel(table_name = relationship_owners)]
struct Row<'a> {
    supplier_id: &'a str,
    account_id: &'a str,
    assigned_by: &'a str,
    assigned_name: &'a str,
    assigned_at: NaiveDateTime,
}

/// Who looks after a company. Somebody who may not see it any more does not.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Option<Owner>, Error> {
    let Some(account) = assigned(c, supplier_id)? else {
        return Ok(None);
    };
    let area: String = suppliers::table.find(supplier_id).select(suppliers::area).first(c)?;
    Ok(may_look_after(&account, &area).then(|| Owner::from(account)))
}

fn assigned(c: &mut AnyConnection, supplier_id: &str) -> Result<Option<Account>, Error> {
    Ok(relationship_owners::table
        .inner_join(accounts::table.on(accounts::id.eq(relationship_owners::account_id)))
        .filter(relationship_owners::supplier_id.eq(supplier_id))
        .select(Account::as_select())
        .first(c)
        .optional()?)
}

/// Whether somebody can be told of a company in an area: an open account of staff that may read
/// companies there.
pub fn may_look_after(account: &Account, area: &str) -> bool {
    let scope = Scope::of(account.scope_scheme.as_deref(), account.scope_regions.as_deref());
    account.is_enabled() && account.role.may(Right::ReadSuppliers) && scope.allows(area)
}

impl From<Account> for Owner {
    fn from(account: Account) -> Owner {
        Owner {
            language: Language::parse(&account.language).unwrap_or(Language::English),
            account_id: account.id,
            name: account.name,
            email: account.email,
            role: account.role,
        }
    }
}

/// Who can look after a company, by name.
pub fn choices(c: &mut AnyConnection, supplier: &Supplier) -> Result<Vec<Owner>, Error> {
    let readers = Role::ALL.iter().filter(|role| role.may(Right::ReadSuppliers));
    let found: Vec<Account> = accounts::table
        .filter(among(accounts::role, readers.map(|role| role.as_str())))
        .filter(accounts::disabled_at.is_null())
        .order((accounts::name, accounts::id))
        .limit(AT_MOST)
        .select(Account::as_select())
        .load(c)?;
    let fit = found.into_iter().filter(|account| may_look_after(account, &supplier.area));
    Ok(fit.map(Owner::from).collect())
}

/// Gives a company to somebody to look after, or to nobody. Refused with `unknown_choice`: who is
/// not of staff, has left, or may not see the company.
pub fn assign(
    c: &mut AnyConnection,
    by: &May<right::AssignOwners>,
    supplier_id: &str,
    input: &OwnerInput,
) -> Result<(), Error> {
    let supplier = find(c, by.scope(), supplier_id)?;
    let before = assigned(c, supplier_id)?.map(Owner::from);
    let after = match input.account.as_str() {
        "" => None,
        id => {
            let found: Option<Account> =
                accounts::table.find(id).select(Account::as_select()).first(c).optional()?;
            let fit = found.filter(|account| may_look_after(account, &supplier.area));
            Some(fit.map(Owner::from).ok_or_else(|| Problems::one("account", "unknown_choice"))?)
        }
    };
    if before == after {
        return Ok(());
    }
    diesel::delete(relationship_owners::table.find(supplier_id)).execute(c)?;
    if let Some(owner) = &after {
        let row = Row {
            supplier_id,
            account_id: &owner.account_id,
            assigned_by: &by.actor().account_id,
            assigned_name: &by.actor().name,
            assigned_at: now(),
        };
        diesel::insert_into(relationship_owners::table).values(&row).execute(c)?;
    }
    let name = |owner: Option<Owner>| owner.map(|owner| owner.name).unwrap_or_default();
    let details = json!({ "owner": [name(before), name(after)] });
    audit::append(c, by.actor(), "supplier.owner_assigned", ("supplier", supplier_id), details)
}

/// Whoever looks after one company looks after another instead, if nobody does. Id of the account, if
/// so.
pub(super) fn take_over(
    c: &mut AnyConnection,
    from: &str,
    to: &str,
) -> Result<Option<String>, Error> {
    if assigned(c, to)?.is_some() {
        return Ok(None);
    }
    let row = relationship_owners::table.find(from);
    let account: Option<String> =
        row.select(relationship_owners::account_id).first(c).optional()?;
    diesel::update(row).set(relationship_owners::supplier_id.eq(to)).execute(c)?;
    Ok(account)
}

/// Undoes [`take_over`], unless somebody else looks after the company by now.
pub(super) fn give_back(
    c: &mut AnyConnection,
    from: &str,
    to: &str,
    account: &str,
) -> Result<(), Error> {
    let same = relationship_owners::table
        .filter(relationship_owners::supplier_id.eq(from))
        .filter(relationship_owners::account_id.eq(account));
    diesel::update(same).set(relationship_owners::supplier_id.eq(to)).execute(c)?;
    Ok(())
}
