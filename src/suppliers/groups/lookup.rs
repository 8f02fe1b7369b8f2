//! The company that somebody means by a number, an id or an identifier.

use diesel::prelude::*;

use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{identifiers, suppliers};
use crate::suppliers::identifiers::{Kind, check};
use crate::suppliers::{Supplier, find};
use crate::values::is_id;

/// The company of "S-000123", of an id, or of an identifier that it holds, exactly. `None` when
/// there is none, when there are two, and when it is outside the scope.
pub fn company_of(
    c: &mut AnyConnection,
    scope: &Scope,
    typed: &str,
) -> Result<Option<Supplier>, Error> {
    let typed = typed.trim();
    let id = match number_of(typed) {
        Some(number) => with_number(c, number)?,
        None if is_id(typed) => Some(typed.to_lowercase()),
        None => with_identifier(c, typed)?,
    };
    match id.map(|id| find(c, scope, &id)) {
        Some(Ok(supplier)) => Ok(Some(supplier)),
        None | Some(Err(Error::NotFound)) => Ok(None),
        Some(Err(error)) => Err(error),
    }
}

fn number_of(typed: &str) -> Option<i64> {
    typed.strip_prefix("S-").or(typed.strip_prefix("s-"))?.parse().ok()
}

fn with_number(c: &mut AnyConnection, number: i64) -> Result<Option<String>, Error> {
    Ok(suppliers::table
        .filter(suppliers::number.eq(number))
        .select(suppliers::id)
        .first(c)
        .optional()?)
}

/// The same text may be an identifier of several kinds, of different companies.
fn with_identifier(c: &mut AnyConnection, typed: &str) -> Result<Option<String>, Error> {
    let mut holder: Option<String> = None;
    for kind in Kind::ALL {
        let Some(value) = check(kind, typed).normalised().map(str::to_string) else {
            continue;
        };
        let found: Option<String> = identifiers::table
            .filter(identifiers::kind.eq(kind.as_str()))
            .filter(identifiers::value.eq(value))
            .filter(identifiers::removed_at.is_null())
            .select(identifiers::supplier_id)
            .first(c)
            .optional()?;
        match (&holder, found) {
            (Some(one), Some(other)) if *one != other => return Ok(None),
            (_, Some(found)) => holder = Some(found),
            _ => {}
        }
    }
    Ok(holder)
}
