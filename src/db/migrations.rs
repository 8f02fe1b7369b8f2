//! Migrations: one portable file each, and for each database what only it knows (triggers,
//! search). They run at start, in order, each wholly or not at all.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::AnyConnection;
use crate::error::Error;

struct Migration {
    name: &'static str,
    portable: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

macro_rules! migration {
    ($name:literal) => {
        Migration {
            name: $name,
            portable: include_str!(concat!("../../migrations/", $name, "/up.sql")),
            sqlite: include_str!(concat!("../../migrations/", $name, "/sqlite.sql")),
            postgres: include_str!(concat!("../../migrations/", $name, "/postgres.sql")),
        }
    };
}

const MIGRATIONS: &[Migration] = &[
    migration!("0001_register"),
    migration!("0002_companies"),
    migration!("0003_lists"),
    migration!("0004_onboarding"),
    migration!("0005_certification"),
    migration!("0006_clauses"),
    migration!("0007_inspections"),
    migration!("0008_punishments"),
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (name TEXT NOT NULL PRIMARY KEY)";
/// SQLite's own lock is its transaction.
const POSTGRES_LOCK: &str = "SELECT pg_advisory_lock(7305810)";
const POSTGRES_UNLOCK: &str = "SELECT pg_advisory_unlock(7305810)";

#[derive(QueryableByName)]
struct Applied {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Applies the migrations that the database does not have yet. Refuses a database that is
/// newer than this program. Nodes that start together take turns.
pub fn run(connection: &mut AnyConnection) -> Result<(), Error> {
    lock(connection)?;
    let result = run_locked(connection);
    let unlocked = unlock(connection, result.is_ok());
    result.and(unlocked.map_err(Error::from))
}

fn lock(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(c) => diesel::sql_query(POSTGRES_LOCK).execute(c).map(|_| ()),
        AnyConnection::Sqlite(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")
        }
    }
}

fn unlock(connection: &mut AnyConnection, done: bool) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(c) => diesel::sql_query(POSTGRES_UNLOCK).execute(c).map(|_| ()),
        AnyConnection::Sqlite(c) if done => AnsiTransactionManager::commit_transaction(c),
        AnyConnection::Sqlite(c) => AnsiTransactionManager::rollback_transaction(c),
    }
}

fn run_locked(connection: &mut AnyConnection) -> Result<(), Error> {
    connection.batch_execute(TABLE)?;
    let applied: Vec<Applied> =
        diesel::sql_query("SELECT name FROM migrations").load(connection)?;
    if let Some(newer) = applied.iter().find(|a| MIGRATIONS.iter().all(|m| m.name != a.name)) {
        return Err(Error::Internal(format!(
            "the database was made by a newer version (it has the migration {}): update the program",
            newer.name
        )));
    }
    for migration in MIGRATIONS.iter().filter(|m| applied.iter().all(|a| a.name != m.name)) {
        connection.transaction(|c| apply(c, migration))?;
    }
    Ok(())
}

fn apply(connection: &mut AnyConnection, migration: &Migration) -> Result<(), Error> {
    connection.batch_execute(migration.portable)?;
    let own = match connection {
        AnyConnection::Postgres(_) => migration.postgres,
        AnyConnection::Sqlite(_) => migration.sqlite,
    };
    connection.batch_execute(own)?;
    connection
        .batch_execute(&format!("INSERT INTO migrations (name) VALUES ('{}')", migration.name))?;
    Ok(())
}
