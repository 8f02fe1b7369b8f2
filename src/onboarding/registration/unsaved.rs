//! What was typed when the session had run out. Nobody is signed in then, so nothing is saved; but
//! the form carries the token of the session that made it, which tells whose it is. It is kept,
//! sealed, for that account alone, and offered on the page once the person is back. The session
//! opens nothing by this, and what is kept counts only when they save it themselves. A form is named by
//! its section, or by what it is about.

use chrono::Duration;
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::unsaved_forms;
use crate::values::{new_id, now};
use crate::vault::Vault;

/// How long a form is kept for its person.
const DAYS: i64 = 14;

/// Keeps a form for its person, in place of an earlier one of its name.
pub fn keep(
    c: &mut AnyConnection,
    vault: &Vault,
    account_id: &str,
    form: &str,
    values: &[(String, String)],
) -> Result<(), Error> {
    forget(c, account_id, form)?;
    diesel::delete(unsaved_forms::table)
        .filter(unsaved_forms::created_at.lt(now() - Duration::days(DAYS)))
        .execute(c)?;
    let id = new_id();
    let body = serde_json::to_string(values)?;
    diesel::insert_into(unsaved_forms::table)
        .values((
            unsaved_forms::body_sealed.eq(vault.seal(&body, &id)?),
            unsaved_forms::id.eq(id),
            unsaved_forms::account_id.eq(account_id),
            unsaved_forms::section.eq(form),
            unsaved_forms::created_at.eq(now()),
        ))
        .execute(c)?;
    Ok(())
}

/// The form that was kept for a person, as it was typed.
pub fn of(
    c: &mut AnyConnection,
    vault: &Vault,
    account_id: &str,
    form: &str,
) -> Result<Option<Vec<(String, String)>>, Error> {
    let kept: Option<(String, String)> = unsaved_forms::table
        .filter(unsaved_forms::account_id.eq(account_id))
        .filter(unsaved_forms::section.eq(form))
        .filter(unsaved_forms::created_at.ge(now() - Duration::days(DAYS)))
        .select((unsaved_forms::id, unsaved_forms::body_sealed))
        .first(c)
        .optional()?;
    let Some((id, sealed)) = kept else { return Ok(None) };
    Ok(Some(serde_json::from_str(&vault.open(&sealed, &id)?)?))
}

/// Forgets it: it was saved, or a newer one takes its place.
pub fn forget(c: &mut AnyConnection, account_id: &str, form: &str) -> Result<(), Error> {
    diesel::delete(unsaved_forms::table)
        .filter(unsaved_forms::account_id.eq(account_id))
        .filter(unsaved_forms::section.eq(form))
        .execute(c)?;
    Ok(())
}
