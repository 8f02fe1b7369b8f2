//! What the database knows about the companies of a batch.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{Code, Company, Known, site_key};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::imports::draft::{Draft, address_key};
use crate::imports::{Outcome, Status};
use crate::schema::{identifiers, import_identifiers, import_rows, imports, sites, suppliers};
use crate::suppliers::identifiers::Kind;
use crate::suppliers::merges;

/// Companies of the same name that are looked at; a list with more of them is not a list of
/// companies.
const SAME_NAME: i64 = 20_000;
/// Sites that are looked at for one batch.
const SITES: i64 = 100_000;

/// Looks up the companies that the rows of a batch may mean.
pub fn look_up(c: &mut AnyConnection, import_id: &str, drafts: &[Draft]) -> Result<Known, Error> {
    let mut known = Known::default();
    let good = || drafts.iter().filter(|draft| draft.problems.is_empty());
    let names: HashSet<&str> = good().map(|draft| draft.name_key.as_str()).collect();
    let ids: HashSet<&str> =
        good().map(|d| d.supplier_id.as_str()).filter(|id| !id.is_empty()).collect();
    registered_names(c, &mut known, &names)?;
    staged_names(c, &mut known, import_id, &names)?;
    for kind in Kind::ALL {
        let values: HashSet<&str> = good()
            .flat_map(|draft| &draft.identifiers)
            .filter(|given| given.kind == kind)
            .map(|given| given.value.as_str())
            .collect();
        if !values.is_empty() {
            codes(c, &mut known, import_id, kind, &values)?;
        }
    }
    companies(c, &mut known, &ids)?;
    usccs(c, &mut known, import_id)?;
    registered_sites(c, &mut known)?;
    Ok(known)
}

type Found = (String, String, String);

fn registered_names(
    c: &mut AnyConnection,
    known: &mut Known,
    names: &HashSet<&str>,
) -> Result<(), Error> {
    let found: Vec<Found> = suppliers::table
        .filter(suppliers::name_key.eq_any(names))
        .order(suppliers::name_key)
        .limit(SAME_NAME)
        .select((suppliers::name_key, suppliers::id, suppliers::area))
        .load(c)?;
    for (name, id, area) in found {
        known.by_name.entry(name).or_default().push(id.clone());
        insert(known, id, area, None);
    }
    Ok(())
}

/// Only rows that bring a company carry its name's key; asked for their outcome as well, SQLite
/// would read all rows of that outcome for each batch.
fn staged_names(
    c: &mut AnyConnection,
    known: &mut Known,
    import_id: &str,
    names: &HashSet<&str>,
) -> Result<(), Error> {
    let found: Vec<(String, String, String, i64)> = import_rows::table
        .filter(import_rows::import_id.eq(import_id))
        .filter(import_rows::match_key.eq_any(names))
        .limit(SAME_NAME)
        .select((
            import_rows::match_key,
            import_rows::supplier_id,
            import_rows::area,
            import_rows::row_number,
        ))
        .load(c)?;
    for (name, id, area, row) in found {
        known.by_name.entry(name).or_default().push(id.clone());
        insert(known, id, area, Some(row));
    }
    Ok(())
}

/// `first_row` is the row that brings the company, none for one in the register.
fn insert(known: &mut Known, id: String, area: String, first_row: Option<i64>) {
    let company = Company {
        id: id.clone(),
        area,
        usccs: Vec::new(),
        is_registered: first_row.is_none(),
        first_row: first_row.unwrap_or(0),
    };
    known.companies.entry(id).or_insert(company);
}

/// The owners of identifiers, in the register and in the file.
fn codes(
    c: &mut AnyConnection,
    known: &mut Known,
    import_id: &str,
    kind: Kind,
    values: &HashSet<&str>,
) -> Result<(), Error> {
    let code = |value: String| -> Code { (kind.as_str().to_string(), value) };
    let row = import_rows::import_id
        .eq(import_identifiers::import_id)
        .and(import_rows::row_number.eq(import_identifiers::row_number));
    let staged: Vec<(String, String, i64)> = import_identifiers::table
        .inner_join(import_rows::table.on(row))
        .filter(import_identifiers::import_id.eq(import_id))
        .filter(import_identifiers::kind.eq(kind.as_str()))
        .filter(import_identifiers::value.eq_any(values))
        .select((
            import_identifiers::value,
            import_identifiers::supplier_id,
            import_rows::first_row,
        ))
        .load(c)?;
    for (value, id, first_row) in staged {
        // A contradiction of areas is only looked for between names.
        insert(known, id.clone(), String::new(), Some(first_row));
        known.by_code.insert(code(value), id);
    }
    let registered: Vec<Found> = identifiers::table
        .inner_join(suppliers::table.on(suppliers::id.eq(identifiers::supplier_id)))
        .filter(identifiers::kind.eq(kind.as_str()))
        .filter(identifiers::value.eq_any(values))
        .filter(identifiers::removed_at.is_null())
        .select((identifiers::value, suppliers::id, suppliers::area))
        .load(c)?;
    for (value, id, area) in registered {
        insert(known, id.clone(), area, None);
        known.by_code.insert(code(value), id);
    }
    Ok(())
}

/// The suppliers whose own id a row carries. One that was merged away means the one that it was
/// merged into.
fn companies(c: &mut AnyConnection, known: &mut Known, ids: &HashSet<&str>) -> Result<(), Error> {
    if ids.is_empty() {
        return Ok(());
    }
    let found: Vec<(String, String, Option<String>)> = suppliers::table
        .filter(suppliers::id.eq_any(ids))
        .select((suppliers::id, suppliers::area, suppliers::merged_into))
        .load(c)?;
    for (id, area, merged_into) in found {
        if merged_into.is_none() {
            insert(known, id, area, None);
        } else if let Some(end) = merges::end_of_way(c, &id)? {
            insert(known, end.id.clone(), end.area, None);
            if let Some(company) = known.companies.get(&end.id).cloned() {
                known.companies.insert(id, company);
            }
        }
    }
    Ok(())
}

fn usccs(c: &mut AnyConnection, known: &mut Known, import_id: &str) -> Result<(), Error> {
    let of = |known: &Known, registered: bool| -> Vec<String> {
        let companies =
            known.companies.values().filter(|company| company.is_registered == registered);
        companies.map(|company| company.id.clone()).collect()
    };
    let (registered, staged) = (of(known, true), of(known, false));
    let mut found: Vec<(String, String, String)> = Vec::new();
    if !registered.is_empty() {
        found = identifiers::table
            .filter(identifiers::supplier_id.eq_any(&registered))
            .filter(identifiers::removed_at.is_null())
            .select((identifiers::supplier_id, identifiers::value, identifiers::kind))
            .load(c)?;
    }
    if !staged.is_empty() {
        let of_file: Vec<(String, String, String)> = import_identifiers::table
            .filter(import_identifiers::import_id.eq(import_id))
            .filter(import_identifiers::supplier_id.eq_any(&staged))
            .select((
                import_identifiers::supplier_id,
                import_identifiers::value,
                import_identifiers::kind,
            ))
            .load(c)?;
        found.extend(of_file);
    }
    // Not asked of the database: given a kind and many ids, SQLite reads all of the kind.
    for (id, value, _) in found.into_iter().filter(|(_, _, k)| k == Kind::Uscc.as_str()) {
        if let Some(company) = known.companies.get_mut(&id) {
            company.usccs.push(value);
        }
    }
    Ok(())
}

fn registered_sites(c: &mut AnyConnection, known: &mut Known) -> Result<(), Error> {
    let registered = known.companies.values().filter(|company| company.is_registered);
    let ids: Vec<String> = registered.map(|company| company.id.clone()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let found: Vec<(String, String, String, String, String)> = sites::table
        .filter(sites::supplier_id.eq_any(&ids))
        .filter(sites::closed_at.is_null())
        .limit(SITES)
        .select((sites::supplier_id, sites::id, sites::address, sites::area, sites::city))
        .load(c)?;
    known.sites = found
        .iter()
        .flat_map(|(supplier, id, address, area, city)| {
            let address = address_key(address, area, city);
            [site_key(supplier, id), site_key(supplier, &address)]
        })
        .collect();
    Ok(())
}

/// Which of these sites earlier rows of the file have brought.
pub fn staged_sites(
    c: &mut AnyConnection,
    import_id: &str,
    keys: &[i64],
) -> Result<HashSet<i64>, Error> {
    if keys.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<i64> = import_rows::table
        .filter(import_rows::import_id.eq(import_id))
        .filter(import_rows::site_key.eq_any(keys))
        .filter(import_rows::outcome.ne(Outcome::Duplicate))
        .select(import_rows::site_key)
        .load(c)?;
    Ok(found.into_iter().collect())
}

/// Which of these suppliers of the register earlier rows of the file have named, by match key.
pub fn suppliers_matched_before(
    c: &mut AnyConnection,
    import_id: &str,
    keys: &[String],
) -> Result<HashSet<String>, Error> {
    if keys.is_empty() {
        return Ok(HashSet::new());
    }
    let found: Vec<String> = import_rows::table
        .filter(import_rows::import_id.eq(import_id))
        .filter(import_rows::match_key.eq_any(keys))
        .select(import_rows::match_key)
        .distinct()
        .load(c)?;
    Ok(found.into_iter().collect())
}

/// Whether somebody still wants the result: a discarded import is read no further.
pub fn is_wanted(c: &mut AnyConnection, import_id: &str) -> Result<bool, Error> {
    let status: Option<Status> =
        imports::table.find(import_id).select(imports::status).first(c).optional()?;
    Ok(status == Some(Status::Reading))
}
