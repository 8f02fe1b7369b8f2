//! A list enters the register: all of it in one transaction, or nothing.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use super::{Import, Outcome, Status, advance, find, record};
use crate::access::{May, Scope, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::{identifiers, import_identifiers, import_rows, imports, suppliers};
use crate::suppliers::{next_number, refresh_search};
use crate::values::{forever, now};

/// Rows that bring a site.
const SITES: &str = "outcome IN ('new', 'site', 'matches_site')";

/// Suppliers looked at in one step.
const STEP: i64 = 1_000;

/// Writes everything that the rows bring, and the audit record. What has changed since the file was
/// read is checked again: the first row at fault is named, and nothing is written. With
/// `skip_errors`, rows with errors are left out; without it, they stop the import.
///
/// An import that is confirmed already stays as it is.
pub fn confirm(
    c: &mut AnyConnection,
    by: &May<right::ImportSuppliers>,
    id: &str,
    skip_errors: bool,
) -> Result<Import, Error> {
    let import = find(c, by, id)?;
    if import.status == Status::Confirmed {
        return Ok(import);
    }
    if !advance(c, id, &[Status::Ready, Status::Confirming], Status::Confirmed)? {
        return Err(Error::Conflict("conflict-import-state"));
    }
    if import.counts().errors > 0 && !skip_errors {
        return Err(Problems::one("skip_errors", "import_has_errors").into());
    }
    if !import.counts().brings_something() {
        return Err(Problems::one("file", "import_brings_nothing").into());
    }
    check_scope(c, by.scope(), id)?;
    check_identifiers(c, id)?;
    check_suppliers(c, &import)?;
    let time = now();
    write_suppliers(c, id, time)?;
    compare_later(c, id, time)?;
    write_sites(c, id, time)?;
    write_parts(c, by, id, time)?;
    widen_search(c, id)?;
    diesel::update(imports::table.find(id))
        .set((imports::confirmed_at.eq(time), imports::failure.eq("")))
        .execute(c)?;
    record(c, by.actor(), "import.confirmed", &import)?;
    find(c, by, id)
}

fn conflict(code: &str, row: i64) -> Error {
    Problems(vec![Problem::new("file", code).with("row", row)]).into()
}

/// Whoever confirms may be limited to other regions than whoever read the file.
fn check_scope(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<(), Error> {
    let Some(areas) = scope.areas() else { return Ok(()) };
    let outside: Option<i64> = import_rows::table
        .filter(import_rows::import_id.eq(id))
        .filter(import_rows::outcome.eq_any([Outcome::New, Outcome::Site, Outcome::MatchesSite]))
        .filter(import_rows::area.ne_all(areas))
        .select(import_rows::row_number)
        .first(c)
        .optional()?;
    match outside {
        Some(_) => Err(Error::Forbidden("refused-outside-scope")),
        None => Ok(()),
    }
}

/// Somebody may have recorded an identifier of the list meanwhile.
fn check_identifiers(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    let in_use = identifiers::kind
        .eq(import_identifiers::kind)
        .and(identifiers::value.eq(import_identifiers::value))
        .and(identifiers::removed_at.is_null());
    let taken: Option<i64> = import_identifiers::table
        .inner_join(identifiers::table.on(in_use))
        .filter(import_identifiers::import_id.eq(id))
        .select(import_identifiers::row_number)
        .first(c)
        .optional()?;
    taken.map_or(Ok(()), |row| Err(conflict("import_taken_meanwhile", row)))
}

/// A company of the list may have been registered meanwhile, or one that it adds a site to may be
/// gone.
fn check_suppliers(c: &mut AnyConnection, import: &Import) -> Result<(), Error> {
    let of_import = import_rows::import_id.eq(&import.id);
    let same_name = suppliers::name_key.eq(import_rows::match_key);
    let registered: Option<i64> = suppliers::table
        .inner_join(import_rows::table.on(same_name))
        .filter(suppliers::number.gt(import.last_number))
        .filter(of_import)
        .filter(import_rows::outcome.eq(Outcome::New))
        .select(import_rows::row_number)
        .first(c)
        .optional()?;
    if let Some(row) = registered {
        return Err(conflict("import_registered_meanwhile", row));
    }
    let gone: Option<i64> = import_rows::table
        .left_join(suppliers::table.on(suppliers::id.eq(import_rows::supplier_id)))
        .filter(of_import)
        .filter(import_rows::outcome.eq(Outcome::MatchesSite))
        .filter(suppliers::id.nullable().is_null().or(suppliers::merged_into.is_not_null()))
        .select(import_rows::row_number)
        .first(c)
        .optional()?;
    gone.map_or(Ok(()), |row| Err(conflict("import_gone_meanwhile", row)))
}

/// The number's digits, as people write it, end the text that a supplier is found by.
fn write_suppliers(c: &mut AnyConnection, id: &str, time: NaiveDateTime) -> Result<(), Error> {
    let last = next_number(c)? - 1;
    diesel::sql_query(
        "INSERT INTO suppliers (id, number, legal_name, english_name, name_key, sort_key, \
             search_text, stage, area, city, registered_site_id, industry, website, note, \
             import_id, revision, created_at, updated_at) \
         SELECT supplier_id, $1 + supplier_ordinal, legal_name, english_name, match_key, sort_key, \
             search_text || '  s' || CASE WHEN $1 + supplier_ordinal < 1000000 \
                 THEN substr(CAST(1000000 + $1 + supplier_ordinal AS TEXT), 2) \
                 ELSE CAST($1 + supplier_ordinal AS TEXT) END, \
             stage, area, city, site_id, industry, website, note, import_id, 1, $2, $2 \
         FROM import_rows WHERE import_id = $3 AND outcome = 'new' ORDER BY row_number",
    )
    .bind::<BigInt, _>(last)
    .bind::<Timestamp, _>(time)
    .bind::<Text, _>(id)
    .execute(c)?;
    diesel::sql_query(
        "INSERT INTO supplier_versions (supplier_id, valid_from, valid_to, legal_name, stage, area) \
         SELECT supplier_id, since, $1, legal_name, stage, area \
         FROM import_rows WHERE import_id = $2 AND outcome = 'new' ORDER BY row_number",
    )
    .bind::<Timestamp, _>(forever())
    .bind::<Text, _>(id)
    .execute(c)?;
    Ok(())
}

/// Whether a new supplier is in the register already under another spelling is found out later,
/// a few at a time.
fn compare_later(c: &mut AnyConnection, id: &str, time: NaiveDateTime) -> Result<(), Error> {
    diesel::sql_query(
        "INSERT INTO comparisons_due (supplier_id, since) \
         SELECT supplier_id, $1 FROM import_rows WHERE import_id = $2 AND outcome = 'new'",
    )
    .bind::<Timestamp, _>(time)
    .bind::<Text, _>(id)
    .execute(c)?;
    Ok(())
}

fn write_sites(c: &mut AnyConnection, id: &str, time: NaiveDateTime) -> Result<(), Error> {
    diesel::sql_query(format!(
        "INSERT INTO sites (id, supplier_id, kind, name, address, country, area, city, \
             place_status, place_reason, place_candidates, import_id, created_at, closed_at) \
         SELECT site_id, supplier_id, site_kind, site_name, address, country, area, city, \
             place_status, place_reason, place_candidates, import_id, $1, NULL \
         FROM import_rows WHERE import_id = $2 AND {SITES}"
    ))
    .bind::<Timestamp, _>(time)
    .bind::<Text, _>(id)
    .execute(c)?;
    diesel::sql_query(format!(
        "INSERT INTO site_versions (site_id, valid_from, valid_to, supplier_id, area, city, address) \
         SELECT site_id, since, $1, supplier_id, area, city, address \
         FROM import_rows WHERE import_id = $2 AND {SITES}"
    ))
    .bind::<Timestamp, _>(forever())
    .bind::<Text, _>(id)
    .execute(c)?;
    Ok(())
}

/// Identifiers, contacts and categories of the new suppliers. A contact that several rows repeat
/// comes in once.
fn write_parts(
    c: &mut AnyConnection,
    by: &May<right::ImportSuppliers>,
    id: &str,
    time: NaiveDateTime,
) -> Result<(), Error> {
    diesel::sql_query(
        "INSERT INTO identifiers (id, supplier_id, kind, value, evidence, recorded_by, created_at, \
             confirmed_by, confirmed_at, removed_at) \
         SELECT id, supplier_id, kind, value, evidence, $1, $2, \
             CASE WHEN doubtful = 0 THEN 'check digit' END, CASE WHEN doubtful = 0 THEN $2 END, NULL \
         FROM import_identifiers WHERE import_id = $3",
    )
    .bind::<Text, _>(&by.actor().account_id)
    .bind::<Timestamp, _>(time)
    .bind::<Text, _>(id)
    .execute(c)?;
    diesel::sql_query(
        "INSERT INTO contacts (id, supplier_id, name, title, email, phone_sealed, phone_hint, \
             created_at, removed_at) \
         SELECT id, supplier_id, name, '', email, phone_sealed, phone_hint, $1, NULL \
         FROM import_contacts mine WHERE import_id = $2 AND NOT EXISTS ( \
             SELECT 1 FROM import_contacts other WHERE other.import_id = mine.import_id \
                 AND other.supplier_id = mine.supplier_id AND other.id < mine.id \
                 AND other.name = mine.name AND other.email = mine.email \
                 AND other.phone_hint = mine.phone_hint)",
    )
    .bind::<Timestamp, _>(time)
    .bind::<Text, _>(id)
    .execute(c)?;
    diesel::sql_query(
        "INSERT INTO supplier_categories (supplier_id, category_id) \
         SELECT DISTINCT supplier_id, category_id FROM import_categories WHERE import_id = $1",
    )
    .bind::<Text, _>(id)
    .execute(c)?;
    Ok(())
}

/// A supplier is found by the identifiers that further rows brought, too.
fn widen_search(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    let mut last = String::new();
    loop {
        let further = import_rows::import_id
            .eq(import_identifiers::import_id)
            .and(import_rows::row_number.eq(import_identifiers::row_number));
        let found: Vec<String> = import_identifiers::table
            .inner_join(import_rows::table.on(further))
            .filter(import_identifiers::import_id.eq(id))
            .filter(import_rows::outcome.ne(Outcome::New))
            .filter(import_identifiers::supplier_id.gt(&last))
            .order(import_identifiers::supplier_id)
            .limit(STEP)
            .select(import_identifiers::supplier_id)
            .distinct()
            .load(c)?;
        for supplier in &found {
            refresh_search(c, supplier)?;
        }
        match found.last() {
            Some(supplier) => last = supplier.clone(),
            None => return Ok(()),
        }
    }
}
