//! A form sent twice does its work once: a double click, the back button, a retry after a
//! lost answer.

use diesel::prelude::*;

use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::form_keys;
use crate::values::{is_id, now};

/// Does `work`, which returns where to go next, unless this person's form with this key was
/// handled before: then the earlier answer is given again. Runs inside the change's transaction.
pub fn once(
    c: &mut AnyConnection,
    actor: &Actor,
    key: &str,
    work: impl FnOnce(&mut AnyConnection) -> Result<String, Error>,
) -> Result<String, Error> {
    if !is_id(key) {
        return work(c);
    }
    // A key belongs to its person: another's form with the same key is another form.
    let key = format!("{}:{key}", actor.account_id);
    let earlier: Option<String> =
        form_keys::table.find(&key).select(form_keys::location).first(c).optional()?;
    if let Some(location) = earlier {
        return Ok(location);
    }
    let location = work(c)?;
    diesel::insert_into(form_keys::table)
        .values((
            form_keys::id.eq(key),
            form_keys::account_id.eq(&actor.account_id),
            form_keys::location.eq(&location),
            form_keys::created_at.eq(now()),
        ))
        .execute(c)?;
    Ok(location)
}
