//! Saved views: a person's names for filters of the supplier list.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use validator::Validate;

use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::saved_views;
use crate::values::{new_id, now};

/// Saved views that one person can keep.
const LIMIT: i64 = 30;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = saved_views)]
pub struct SavedView {
    pub id: String,
    pub account_id: String,
    pub name: String,
    /// The query string of the list, without `?`.
    pub query: String,
    pub created_at: NaiveDateTime,
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ViewInput {
    #[validate(length(min = 1, max = 60))]
    pub name: String,
    #[validate(length(max = 1000))]
    pub query: String,
}

/// Keeps the filters of a list under a name. A preference, not a fact of the register: it is
/// not in the audit trail.
pub fn save(c: &mut AnyConnection, actor: &Actor, input: &ViewInput) -> Result<(), Error> {
    let kept: i64 = saved_views::table
        .filter(saved_views::account_id.eq(&actor.account_id))
        .count()
        .get_result(c)?;
    if kept >= LIMIT {
        return Err(Problems::one("name", "too_many_views").into());
    }
    let view = SavedView {
        id: new_id(),
        account_id: actor.account_id.clone(),
        name: input.name.trim().into(),
        query: input.query.clone(),
        created_at: now(),
    };
    diesel::insert_into(saved_views::table).values(&view).execute(c)?;
    Ok(())
}

/// Forgets a saved view of one's own.
pub fn remove(c: &mut AnyConnection, actor: &Actor, id: &str) -> Result<(), Error> {
    let own = saved_views::table.find(id).filter(saved_views::account_id.eq(&actor.account_id));
    let removed = diesel::delete(own).execute(c)?;
    if removed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// The saved views of a person, by name.
pub fn of(c: &mut AnyConnection, account_id: &str) -> Result<Vec<SavedView>, Error> {
    Ok(saved_views::table
        .filter(saved_views::account_id.eq(account_id))
        .order(saved_views::name)
        .limit(LIMIT)
        .select(SavedView::as_select())
        .load(c)?)
}
