//! Who inspects under a plan.

use diesel::prelude::*;

use crate::access::{Right, Role};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::on_both;
use crate::schema::{accounts, plan_inspectors};

/// Accounts that one chooses from, at most.
const AT_MOST: i64 = 500;

/// Somebody of staff who may inspect.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspector {
    pub account_id: String,
    pub name: String,
    pub role: Role,
}

type Row = (String, String, Role);

fn inspector((account_id, name, role): Row) -> Inspector {
    Inspector { account_id, name, role }
}

/// Open accounts whose role inspects, by name.
pub fn choices(c: &mut AnyConnection) -> Result<Vec<Inspector>, Error> {
    let roles = Role::ALL.iter().filter(|role| role.may(Right::Inspect));
    let found: Vec<Row> = accounts::table
        .filter(among(accounts::role, roles.map(|role| role.as_str())))
        .filter(accounts::disabled_at.is_null())
        .order((accounts::name, accounts::id))
        .limit(AT_MOST)
        .select((accounts::id, accounts::name, accounts::role))
        .load(c)?;
    Ok(found.into_iter().map(inspector).collect())
}

/// Those of a plan, by name; also who has left since.
pub fn of(c: &mut AnyConnection, plan_id: &str) -> Result<Vec<Inspector>, Error> {
    let found: Vec<Row> = plan_inspectors::table
        .inner_join(accounts::table.on(accounts::id.eq(plan_inspectors::account_id)))
        .filter(plan_inspectors::plan_id.eq(plan_id))
        .order((accounts::name, accounts::id))
        .select((accounts::id, accounts::name, accounts::role))
        .load(c)?;
    Ok(found.into_iter().map(inspector).collect())
}

#[derive(Insertable)]
#[diesel(table_name = plan_inspectors)]
struct New<'a> {
    plan_id: &'a str,
    account_id: &'a str,
}

/// Puts these in the place of a plan's inspectors.
pub(super) fn replace(
    c: &mut AnyConnection,
    plan_id: &str,
    chosen: &[Inspector],
) -> Result<(), Error> {
    diesel::delete(plan_inspectors::table.filter(plan_inspectors::plan_id.eq(plan_id)))
        .execute(c)?;
    let rows: Vec<New> =
        chosen.iter().map(|one| New { plan_id, account_id: &one.account_id }).collect();
    if !rows.is_empty() {
        on_both!(c, c => diesel::insert_into(plan_inspectors::table).values(&rows).execute(c))?;
    }
    Ok(())
}

/// Their names in one text, for the audit trail.
pub(super) fn described(inspectors: &[Inspector]) -> String {
    inspectors.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join("; ")
}
