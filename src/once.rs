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
    if let Some(answer) = earlier(c, actor, key)? {
        return Ok(Once::Before(answer));
    }
    let (answer, made) = work(c)?;
    diesel::insert_into(form_keys::table)
        .values((
            form_keys::id.eq(key_of(actor, key)),
            form_keys::account_id.eq(&actor.account_id),
            form_keys::location.eq(answer),
            form_keys::created_at.eq(now()),
        ))
        .execute(c)?;
    Ok(Once::Now(made))
}

/// What was kept as the answer when this person's form with this key was handled.
pub fn earlier(c: &mut AnyConnection, actor: &Actor, key: &str) -> Result<Option<String>, Error> {
    let kept = form_keys::table.find(key_of(actor, key)).select(form_keys::location);
    Ok(kept.first(c).optional()?)
}

/// A key belongs to its person: another's form with the same key is another form.
fn key_of(actor: &Actor, key: &str) -> String {
    format!("{}:{key}", actor.account_id)
}
