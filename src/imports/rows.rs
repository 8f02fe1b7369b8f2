//! The rows of an import, as a person looks them over.

use diesel::prelude::*;

use super::Outcome;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::{Error, Problem};
use crate::schema::{import_rows, suppliers};
use crate::suppliers::place::PlaceStatus;

/// Which rows to look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Which {
    All,
    Of(Outcome),
    /// Rows whose place is not known.
    Unresolved,
}

impl Which {
    /// The choice that a query parameter names; anything else is everything.
    pub fn parse(text: &str) -> Which {
        if text == "unresolved" {
            return Which::Unresolved;
        }
        Outcome::parse(text).map_or(Which::All, Which::Of)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Which::All => "",
            Which::Of(outcome) => outcome.as_str(),
            Which::Unresolved => "unresolved",
        }
    }
}

/// A row that was read.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = import_rows)]
pub struct ReadRow {
    /// Its number in the file, the header included.
    pub row_number: i64,
    pub outcome: Outcome,
    pub supplier_id: String,
    /// The row that brings the supplier, 0 when none does.
    pub first_row: i64,
    pub legal_name: String,
    pub english_name: String,
    pub address: String,
    pub country: String,
    pub area: String,
    pub city: String,
    pub place_status: PlaceStatus,
    pub place_reason: String,
    /// JSON list of problems, "" for none.
    problems: String,
}

impl ReadRow {
    pub fn problems(&self) -> Vec<Problem> {
        serde_json::from_str(&self.problems).unwrap_or_default()
    }

    pub fn is_unresolved(&self) -> bool {
        self.place_status == PlaceStatus::Unresolved
    }
}

/// Rows after (or, backwards, before) a row number, in the order of the file.
pub fn page(
    c: &mut AnyConnection,
    import_id: &str,
    which: Which,
    after: Option<i64>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<ReadRow>, Error> {
    let mut query = import_rows::table
        .filter(import_rows::import_id.eq(import_id))
        .into_boxed::<MultiBackend>();
    query = match which {
        Which::All => query,
        Which::Of(outcome) => query.filter(import_rows::outcome.eq(outcome)),
        // The literal lets the partial index serve.
        Which::Unresolved => {
            query.filter(diesel::dsl::sql::<diesel::sql_types::Bool>("place_status = 'unresolved'"))
        }
    };
    query = match before {
        Some(before) => {
            query.filter(import_rows::row_number.lt(before)).order(import_rows::row_number.desc())
        }
        None => query
            .filter(import_rows::row_number.gt(after.unwrap_or(0)))
            .order(import_rows::row_number.asc()),
    };
    let mut rows: Vec<ReadRow> = query.limit(limit).select(ReadRow::as_select()).load(c)?;
    if before.is_some() {
        rows.reverse();
    }
    Ok(rows)
}

/// Row number and company of rows.
pub fn names(
    c: &mut AnyConnection,
    import_id: &str,
    row_numbers: &[i64],
) -> Result<Vec<(i64, String)>, Error> {
    Ok(import_rows::table
        .filter(import_rows::import_id.eq(import_id))
        .filter(import_rows::row_number.eq_any(row_numbers))
        .select((import_rows::row_number, import_rows::legal_name))
        .load(c)?)
}

/// Number and name of registered suppliers, by id.
pub fn registered(
    c: &mut AnyConnection,
    ids: &[&str],
) -> Result<Vec<(String, i64, String)>, Error> {
    Ok(suppliers::table
        .filter(suppliers::id.eq_any(ids))
        .select((suppliers::id, suppliers::number, suppliers::legal_name))
        .load(c)?)
}
