//! What is set down for a person to look over goes once it is no longer needed.

use diesel::prelude::*;

use super::{Import, Status, advance, find};
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::schema::{import_categories, import_contacts, import_identifiers, import_rows};

/// Rows deleted in one transaction: other writers get their turn in between.
const STEP: i64 = 20_000;

/// Gives an import up; nothing of it was written to the register. Its rows go with
/// [`forget_rows`].
pub fn discard(
    c: &mut AnyConnection,
    by: &May<right::ImportSuppliers>,
    id: &str,
) -> Result<Import, Error> {
    let import = find(c, by, id)?;
    let from = [Status::Mapping, Status::Reading, Status::Ready, Status::Failed];
    if !advance(c, id, &from, Status::Discarded)? && import.status != Status::Discarded {
        return Err(Error::Conflict("conflict-import-state"));
    }
    Ok(import)
}

/// So many new suppliers scatter the search index.
const MANY: i64 = 5_000;

/// What is left to do once an import is in the register.
pub fn tidy_up(db: &Db, import: &Import) -> Result<(), Error> {
    forget_rows(db, &import.id)?;
    if import.counts().suppliers_new > MANY { db.tidy_search() } else { Ok(()) }
}

/// Deletes the rows set down for an import, step by step.
pub fn forget_rows(db: &Db, id: &str) -> Result<(), Error> {
    loop {
        let id = id.to_string();
        if db.write_now(move |c| forget_some(c, &id))? {
            return Ok(());
        }
    }
}

/// True when nothing is left.
fn forget_some(c: &mut AnyConnection, id: &str) -> Result<bool, Error> {
    let first: Option<i64> = import_rows::table
        .filter(import_rows::import_id.eq(id))
        .order(import_rows::row_number)
        .offset(STEP)
        .select(import_rows::row_number)
        .first(c)
        .optional()?;
    if let Some(row) = first {
        let some = import_rows::table
            .filter(import_rows::import_id.eq(id))
            .filter(import_rows::row_number.lt(row));
        diesel::delete(some).execute(c)?;
        return Ok(false);
    }
    diesel::delete(import_rows::table.filter(import_rows::import_id.eq(id))).execute(c)?;
    diesel::delete(import_identifiers::table.filter(import_identifiers::import_id.eq(id)))
        .execute(c)?;
    diesel::delete(import_contacts::table.filter(import_contacts::import_id.eq(id))).execute(c)?;
    diesel::delete(import_categories::table.filter(import_categories::import_id.eq(id)))
        .execute(c)?;
    Ok(true)
}
