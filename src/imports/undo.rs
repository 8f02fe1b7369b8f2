//! An import taken back, as long as nothing was built on it.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{Import, Status, advance, find, record};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::imports;
use crate::values::now;

/// What stands in the way of undoing an import: the key of its text, and how often it occurs.
#[derive(Clone, Debug, PartialEq)]
pub struct Obstacle {
    pub key: &'static str,
    pub count: i64,
}

const OURS: &str = "(SELECT id FROM suppliers WHERE import_id = $1)";

/// Everything that was built on an import. Each question goes by an index, whatever its size.
const QUESTIONS: &[(&str, &str)] = &[
    (
        "import-obstacle-edited",
        "SELECT count(*) AS n FROM suppliers WHERE import_id = $1 AND revision <> 1",
    ),
    (
        "import-obstacle-trail",
        "SELECT count(DISTINCT subject_id) AS n FROM audit_records \
         WHERE subject_kind = 'supplier' AND subject_id IN OURS",
    ),
    ("import-obstacle-accounts", "SELECT count(*) AS n FROM accounts WHERE supplier_id IN OURS"),
    (
        "import-obstacle-invitations",
        "SELECT count(*) AS n FROM invitations WHERE supplier_id IN OURS",
    ),
    (
        "import-obstacle-sites",
        "SELECT count(*) AS n FROM sites WHERE supplier_id IN OURS \
         AND (import_id IS NULL OR import_id <> $1)",
    ),
    (
        "import-obstacle-moved",
        "SELECT count(*) AS n FROM (SELECT site_id FROM site_versions WHERE site_id IN \
         (SELECT id FROM sites WHERE import_id = $1) GROUP BY site_id HAVING count(*) > 1) moved",
    ),
    (
        "import-obstacle-registered",
        "SELECT count(*) AS n FROM sites JOIN suppliers ON suppliers.id = sites.supplier_id \
         AND suppliers.registered_site_id = sites.id \
         WHERE sites.import_id = $1 AND (suppliers.import_id IS NULL OR suppliers.import_id <> $1)",
    ),
    (
        "import-obstacle-closed",
        "SELECT count(*) AS n FROM sites WHERE import_id = $1 AND closed_at IS NOT NULL",
    ),
];

/// In this order no row is deleted while another refers to it.
const DELETIONS: &[&str] = &[
    "DELETE FROM site_versions WHERE site_id IN (SELECT id FROM sites WHERE import_id = $1)",
    "DELETE FROM sites WHERE import_id = $1",
    "DELETE FROM supplier_versions WHERE supplier_id IN OURS",
    "DELETE FROM identifiers WHERE supplier_id IN OURS",
    "DELETE FROM contacts WHERE supplier_id IN OURS",
    "DELETE FROM supplier_categories WHERE supplier_id IN OURS",
    "DELETE FROM comparisons_due WHERE supplier_id IN OURS",
    "DELETE FROM supplier_keys WHERE supplier_id IN OURS",
    "DELETE FROM evasion_due WHERE supplier_id IN OURS",
    "DELETE FROM evasion_traces WHERE supplier_id IN OURS",
    "DELETE FROM evasion_links WHERE supplier_id IN OURS",
    "DELETE FROM duplicate_pairs WHERE first_id IN OURS",
    "DELETE FROM duplicate_pairs WHERE second_id IN OURS",
    "DELETE FROM suppliers WHERE import_id = $1",
];

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// What stands in the way of undoing an import; nothing for one that can be undone.
pub fn obstacles(c: &mut AnyConnection, id: &str) -> Result<Vec<Obstacle>, Error> {
    let mut found = Vec::new();
    for (key, question) in QUESTIONS {
        let sql = question.replace("OURS", OURS);
        let count: Count = diesel::sql_query(sql).bind::<Text, _>(id).get_result(c)?;
        if count.n > 0 {
            found.push(Obstacle { key, count: count.n });
        }
    }
    Ok(found)
}

/// Takes back what an import wrote. Refused when anything was built on it: see [`obstacles`].
pub fn undo(
    c: &mut AnyConnection,
    by: &May<right::ImportSuppliers>,
    id: &str,
) -> Result<Import, Error> {
    let import = find(c, by, id)?;
    if import.status == Status::Undone {
        return Ok(import);
    }
    if !advance(c, id, &[Status::Confirmed], Status::Undone)? {
        return Err(Error::Conflict("conflict-import-state"));
    }
    if !obstacles(c, id)?.is_empty() {
        return Err(Error::Conflict("conflict-import-built-on"));
    }
    for deletion in DELETIONS {
        let sql = deletion.replace("OURS", OURS);
        diesel::sql_query(sql).bind::<Text, _>(id).execute(c)?;
    }
    diesel::update(imports::table.find(id)).set(imports::undone_at.eq(now())).execute(c)?;
    record(c, by.actor(), "import.undone", &import)?;
    find(c, by, id)
}
