//! A new key for the register: every sealed text is sealed with the newest key, and older keys go
//! once nothing needs them. It may be stopped anywhere and begun again, and the server runs on.

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text};
use serde_json::json;

use crate::access::Actor;
use crate::audit;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::schema::{audit_records, imports};
use crate::values::now;
use crate::vault::Vault;

/// Where sealed texts are. Each is sealed to the id of its row.
struct Column {
    table: &'static str,
    sealed: &'static str,
    /// The column of the marks, and what they are made under.
    mark: Option<(&'static str, &'static str)>,
}

/// Under which marks of bank accounts are made.
pub const ACCOUNT_MARK: &str = "mark of a bank account";
/// Under which marks of identity papers are made.
pub const PAPER_MARK: &str = "mark of an identity paper";

const COLUMNS: &[Column] = &[
    Column { table: "accounts", sealed: "totp_secret", mark: None },
    Column { table: "contacts", sealed: "phone_sealed", mark: None },
    Column { table: "import_contacts", sealed: "phone_sealed", mark: None },
    Column {
        table: "bank_accounts",
        sealed: "number_sealed",
        mark: Some(("number_mark", ACCOUNT_MARK)),
    },
    Column { table: "people", sealed: "number_sealed", mark: Some(("number_mark", PAPER_MARK)) },
    Column { table: "webhooks", sealed: "secret_sealed", mark: None },
    Column { table: "messages", sealed: "link_sealed", mark: None },
    Column { table: "candidates", sealed: "contact_phone_sealed", mark: None },
    Column { table: "registration_sections", sealed: "answers_sealed", mark: None },
    Column { table: "registration_sections", sealed: "before_sealed", mark: None },
    Column { table: "unsaved_forms", sealed: "body_sealed", mark: None },
    Column { table: "draws", sealed: "seed_sealed", mark: None },
    Column { table: "authentications", sealed: "secret_sealed", mark: None },
];

/// Texts sealed anew in one transaction: bounds how long other changes wait.
const BATCH: i64 = 500;
/// A list being read holds texts that it has sealed but not yet written. One that has said
/// nothing for so long is not read any more.
const SILENCE_MINUTES: i64 = 10;
/// What the last record of a rotation says was done.
const ACTION: &str = "register.key_rotated";

/// How far the work is, in texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Progress {
    pub done: i64,
    pub total: i64,
}

/// How many texts of a table a key has sealed.
#[derive(Clone, Debug, PartialEq, QueryableByName)]
pub struct Count {
    #[diesel(sql_type = Text)]
    pub table_name: String,
    /// "" for texts in the form of version 0.1.0, which do not name their key.
    #[diesel(sql_type = Text)]
    pub key_id: String,
    #[diesel(sql_type = BigInt)]
    pub texts: i64,
}

/// What became of a rotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Texts sealed anew by this run.
    pub resealed: i64,
    /// Records whose text opens with none of the keys: "contacts 0190…". At most ten are named.
    pub unreadable: Vec<String>,
    /// Nothing is sealed with an older key any more.
    pub is_complete: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    id: String,
    #[diesel(sql_type = Nullable<Text>)]
    sealed: Option<String>,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// Makes a new key, seals everything with it, and drops the old one. Where an earlier rotation was
/// cut off, it goes on with that one.
pub fn rotate(db: &Db, vault: &Vault, progress: impl FnMut(Progress)) -> Result<Outcome, Error> {
    vault.add_key()?;
    let newest = vault.newest()?;
    let outcome = reseal(db, vault, progress)?;
    if outcome.is_complete {
        vault.drop_older_than(&newest)?;
    }
    Ok(outcome)
}

/// Seals everything with the newest key. Whoever keeps the keys may drop the others when the
/// outcome is complete.
pub fn reseal(
    db: &Db,
    vault: &Vault,
    mut progress: impl FnMut(Progress),
) -> Result<Outcome, Error> {
    let newest = vault.newest()?;
    let total = db.read_now(|c| older(c, &newest))?;
    let mut so_far = Progress { done: 0, total };
    let mut unreadable = Vec::new();
    progress(so_far);
    for column in COLUMNS {
        let mut last = String::new();
        while let Some(batch) = reseal_some(db, vault, column, &newest, last)? {
            so_far.done += batch.done;
            unreadable.extend(batch.unreadable);
            last = batch.last;
            progress(so_far);
        }
    }
    unreadable.truncate(10);
    let resealed = so_far.done;
    let has_older = vault.key_ids()?.len() > 1;
    let is_complete = db.write_now(move |c| finish(c, &newest, has_older, resealed))?;
    Ok(Outcome { resealed, unreadable, is_complete })
}

struct Batch {
    done: i64,
    unreadable: Vec<String>,
    last: String,
}

/// The next texts after the id `last`, in one transaction. `None` when there are no more.
fn reseal_some(
    db: &Db,
    vault: &Vault,
    column: &'static Column,
    newest: &str,
    last: String,
) -> Result<Option<Batch>, Error> {
    let (vault, newest) = (vault.clone(), newest.to_string());
    db.write_now(move |c| {
        let rows = rows_after(c, column, &newest, &last)?;
        let Some(end) = rows.last() else { return Ok(None) };
        let mut batch = Batch { done: 0, unreadable: Vec::new(), last: end.id.clone() };
        for row in &rows {
            let sealed = row.sealed.as_deref().unwrap_or_default();
            match vault.open(sealed, &row.id) {
                Ok(text) => {
                    put(c, &vault, column, &row.id, &text)?;
                    batch.done += 1;
                }
                Err(_) => batch.unreadable.push(format!("{} {}", column.table, row.id)),
            }
        }
        Ok(Some(batch))
    })
}

fn rows_after(
    c: &mut AnyConnection,
    column: &Column,
    newest: &str,
    last: &str,
) -> Result<Vec<Row>, Error> {
    let Column { table, sealed, .. } = column;
    let query = format!(
        "SELECT id, {sealed} AS sealed FROM {table} \
         WHERE id > $1 AND {sealed} <> '' AND {sealed} NOT LIKE $2 ORDER BY id LIMIT {BATCH}"
    );
    Ok(diesel::sql_query(query)
        .bind::<Text, _>(last)
        .bind::<Text, _>(format!("{newest}:%"))
        .load(c)?)
}

fn put(
    c: &mut AnyConnection,
    vault: &Vault,
    column: &Column,
    id: &str,
    text: &str,
) -> Result<(), Error> {
    let Column { table, sealed, .. } = column;
    match column.mark {
        Some((mark_column, label)) => {
            let (new, mark) = vault.seal_marked(text, id, label)?;
            diesel::sql_query(format!(
                "UPDATE {table} SET {sealed} = $1, {mark_column} = $2 WHERE id = $3"
            ))
            .bind::<Text, _>(new)
            .bind::<Text, _>(mark)
            .bind::<Text, _>(id)
            .execute(c)?;
        }
        None => {
            diesel::sql_query(format!("UPDATE {table} SET {sealed} = $1 WHERE id = $2"))
                .bind::<Text, _>(vault.seal(text, id)?)
                .bind::<Text, _>(id)
                .execute(c)?;
        }
    }
    Ok(())
}

/// Whether nothing is sealed with an older key any more, nor will be: every other change waits for
/// this transaction, and those to come find the newest key. Then the rotation is on record, once.
fn finish(
    c: &mut AnyConnection,
    newest: &str,
    has_older: bool,
    resealed: i64,
) -> Result<bool, Error> {
    let since = now() - Duration::minutes(SILENCE_MINUTES);
    let being_read: i64 = imports::table
        .filter(imports::status.eq("reading"))
        .filter(imports::touched_at.gt(since))
        .count()
        .get_result(c)?;
    if older(c, newest)? > 0 || being_read > 0 {
        return Ok(false);
    }
    // Texts of version 0.1.0 are sealed anew also where there is one key only: no rotation.
    if has_older && !is_on_record(c, newest)? {
        let details = json!({ "key": newest, "count": resealed });
        audit::append(c, &Actor::command_line(), ACTION, ("register", "key"), details)?;
    }
    Ok(true)
}

fn is_on_record(c: &mut AnyConnection, newest: &str) -> Result<bool, Error> {
    let details: Option<String> = audit_records::table
        .filter(audit_records::subject_kind.eq("register"))
        .filter(audit_records::subject_id.eq("key"))
        .order(audit_records::sequence.desc())
        .select(audit_records::details)
        .first(c)
        .optional()?;
    let details: Option<serde_json::Value> =
        details.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok(details.is_some_and(|details| details["key"] == newest))
}

/// Texts that are not sealed with the newest key.
fn older(c: &mut AnyConnection, newest: &str) -> Result<i64, Error> {
    let mut total = 0;
    for Column { table, sealed, .. } in COLUMNS {
        let query = format!(
            "SELECT count(*) AS n FROM {table} WHERE {sealed} <> '' AND {sealed} NOT LIKE $1"
        );
        let pattern = format!("{newest}:%");
        total += diesel::sql_query(query).bind::<Text, _>(pattern).get_result::<Number>(c)?.n;
    }
    Ok(total)
}

/// How many texts each key has sealed, table by table.
pub fn counts(c: &mut AnyConnection) -> Result<Vec<Count>, Error> {
    let mut all = Vec::new();
    for Column { table, sealed, .. } in COLUMNS {
        // The colon is no letter of base64: it stands only behind the id of a key.
        let query = format!(
            "SELECT '{table}' AS table_name, key_id, count(*) AS texts FROM ( \
                 SELECT CASE WHEN substr({sealed}, 9, 1) = ':' THEN substr({sealed}, 1, 8) \
                     ELSE '' END AS key_id FROM {table} WHERE {sealed} <> '') found \
             GROUP BY key_id ORDER BY key_id"
        );
        all.extend(diesel::sql_query(query).load::<Count>(c)?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::COLUMNS;

    #[test]
    fn every_sealed_column_of_the_schema_is_sealed_anew() {
        let schema = [
            include_str!("schema/mod.rs"),
            include_str!("schema/companies.rs"),
            include_str!("schema/onboarding.rs"),
            include_str!("schema/certification.rs"),
            include_str!("schema/lists.rs"),
            include_str!("schema/signing.rs"),
            include_str!("schema/inspecting.rs"),
            include_str!("schema/punishing.rs"),
        ]
        .concat();
        let mut found = Vec::new();
        for table in schema.split("diesel::table! {").skip(1) {
            let name = table.split_whitespace().next().unwrap_or_default();
            let columns = table.lines().filter_map(|line| line.trim().split_once(" ->"));
            let sealed = columns.filter(|(c, _)| c.ends_with("_sealed") || *c == "totp_secret");
            found.extend(sealed.map(|(column, _)| (name, column)));
        }
        let mut known: Vec<_> = COLUMNS.iter().map(|c| (c.table, c.sealed)).collect();
        known.sort();
        found.sort();
        assert_eq!(known, found);
    }
}
