//! A form sent twice does its work once: a double click, the back button, a retry after a
//! lost answer.

use diesel::prelude::*;

use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::form_keys;
use crate::values::{is_id, now};

/// What came of a form.
pub enum Once<T> {
    Now(T),
    /// It was handled before, and this was kept as its answer.
    Before(String),
}

/// Does `work`, unless this person's form with this key was handled before. `work` returns what
/// to keep as the answer, beside what it made. A form without a key is a new one each time.
/// Runs inside the change's transaction.
pub fn once<T>(
    c: &mut AnyConnection,
    actor: &Actor,
    key: &str,
    work: impl FnOnce(&mut AnyConnection) -> Result<(String, T), Error>,
) -> Result<Once<T>, Error> {
    if !is_id(key) {
        return Ok(Once::Now(work(c)?.1));
    }
    // A key belongs to its person: another's form with the same key is another form.
    let key = format!("{}:{key}", actor.account_id);
    let earlier: Option<String> =
        form_keys::table.find(&key).select(form_keys::location).first(c).optional()?;
    if let Some(answer) = earlier {
        return Ok(Once::Before(answer));
    }
    let (answer, made) = work(c)?;
    diesel::insert_into(form_keys::table)
        .values((
            form_keys::id.eq(key),
            form_keys::account_id.eq(&actor.account_id),
            form_keys::location.eq(answer),
            form_keys::created_at.eq(now()),
        ))
        .execute(c)?;
    Ok(Once::Now(made))
}
