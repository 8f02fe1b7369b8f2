//! A register of an older version is made searchable: the texts that names are found by get
//! today's form. Goes on where it was stopped, and costs nothing once it is done.

use diesel::prelude::*;

use super::refresh_search;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::schema::{settings, suppliers};

/// Where the number of the last supplier done is kept, as long as there is something to do.
const SETTING: &str = "search_text";
/// Suppliers of one change.
const STEP: i64 = 500;

/// Rewrites what has the form of an older version. Call it before the register is used.
pub fn bring_search_up_to_date(db: &Db) -> Result<(), Error> {
    if !db.read_now(is_due)? {
        return Ok(());
    }
    while db.read_now(is_due)? {
        db.write_now(refold_some)?;
    }
    db.tidy_search()
}

fn is_due(c: &mut AnyConnection) -> Result<bool, Error> {
    Ok(last_done(c)?.is_some())
}

fn last_done(c: &mut AnyConnection) -> Result<Option<i64>, Error> {
    let kept: Option<String> =
        settings::table.find(SETTING).select(settings::value).first(c).optional()?;
    Ok(kept.map(|number| number.parse().unwrap_or(0)))
}

fn refold_some(c: &mut AnyConnection) -> Result<(), Error> {
    let Some(last) = last_done(c)? else {
        return Ok(());
    };
    let some: Vec<(i64, String)> = suppliers::table
        .filter(suppliers::number.gt(last))
        .order(suppliers::number)
        .limit(STEP)
        .select((suppliers::number, suppliers::id))
        .load(c)?;
    for (_, id) in &some {
        refresh_search(c, id)?;
    }
    let setting = settings::table.find(SETTING);
    match some.last() {
        Some((number, _)) => {
            diesel::update(setting).set(settings::value.eq(number.to_string())).execute(c)?
        }
        None => diesel::delete(setting).execute(c)?,
    };
    Ok(())
}
