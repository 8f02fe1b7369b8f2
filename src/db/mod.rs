//! The database: one connection type for SQLite and PostgreSQL, a pool of readers and one
//! durable writer. Only this module names a backend.

mod among;
mod migrations;
mod readers;
mod search;
mod sqlite;
mod writer;

use std::sync::Arc;

use diesel::prelude::*;
use diesel::{PgConnection, SqliteConnection};
use rocket::tokio::sync::{Semaphore, oneshot};
use rocket::tokio::task::spawn_blocking;

use crate::error::Error;
pub use among::{among, among_numbers};
pub use search::{Found, Next, Search, found, numbers_found};
pub use sqlite::version as sqlite_version;

/// A connection to either database. Queries are written once, for both.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// Runs a statement that the common subset of both backends does not cover (multi-row inserts):
/// the same expression is compiled once for each of them.
#[macro_export]
macro_rules! on_both {
    ($connection:expr, $inner:ident => $statement:expr) => {
        match $connection {
            $crate::db::AnyConnection::Postgres($inner) => $statement,
            $crate::db::AnyConnection::Sqlite($inner) => $statement,
        }
    };
}

/// The register's database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    address: Address,
    readers: readers::Readers,
    permits: Semaphore,
    writer: writer::Writer,
}

/// Which database an address means.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Address {
    Postgres(String),
    Sqlite(String),
}

impl Address {
    fn parse(url: &str) -> Address {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Address::Postgres(with_timeouts(url));
        }
        let path = url.strip_prefix("sqlite://").or(url.strip_prefix("sqlite:")).unwrap_or(url);
        Address::Sqlite(path.to_string())
    }

    fn connect(&self) -> Result<AnyConnection, Error> {
        match self {
            Address::Postgres(url) => Ok(AnyConnection::Postgres(PgConnection::establish(url)?)),
            Address::Sqlite(path) => Ok(AnyConnection::Sqlite(sqlite::connect(path)?)),
        }
    }
}

/// libpq waits for ever on a vanished server unless told otherwise.
fn with_timeouts(url: &str) -> String {
    let separator = if url.contains('?') { '&' } else { '?' };
    format!(
        "{url}{separator}connect_timeout=5&tcp_user_timeout=5000&keepalives_idle=30&application_name=touchstone"
    )
}

/// How many readers work at once. More than the cores only helps while they wait for disk.
const READERS: usize = 6;

impl Db {
    /// Opens the database at `url` (`postgres://…`, or a path, with or without `sqlite:`),
    /// creating a SQLite file where none is, and brings its tables up to date.
    pub fn open(url: &str) -> Result<Db, Error> {
        let address = Address::parse(url);
        if let Address::Sqlite(path) = &address {
            sqlite::prepare_folder(path)?;
        }
        let mut connection = address.connect()?;
        if let AnyConnection::Sqlite(c) = &mut connection {
            sqlite::prepare_writer(c)?;
        }
        migrations::run(&mut connection)?;
        Ok(Db {
            inner: Arc::new(Inner {
                address: address.clone(),
                readers: readers::Readers::new(address.clone()),
                permits: Semaphore::new(READERS),
                writer: writer::Writer::start(address, connection),
            }),
        })
    }

    /// Runs a whole reading use case in one snapshot of the data, off the async workers.
    pub async fn read<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T, Error> + Send + 'static,
    {
        let _permit = self.inner.permits.acquire().await.map_err(|_| Error::Busy)?;
        let db = self.clone();
        spawn_blocking(move || db.inner.readers.run(work))
            .await
            .map_err(|gone| Error::Internal(format!("a reading task ended early: {gone}")))?
    }

    /// Runs a whole changing use case in one transaction, its audit record included, and
    /// answers only once it is on disk.
    pub async fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T, Error> + Send + 'static,
    {
        let (answer, outcome) = oneshot::channel();
        self.inner.writer.send(work, move |result| {
            // Nobody waiting any more is no reason to undo a change that is on disk.
            let _ = answer.send(result);
        })?;
        outcome.await.map_err(|_| Error::Busy)?
    }

    /// Brings everything into the database file itself, so that it can be copied as one file.
    /// PostgreSQL needs none of this.
    pub fn checkpoint(&self) -> Result<(), Error> {
        match self.inner.address.connect()? {
            AnyConnection::Sqlite(mut c) => sqlite::checkpoint(&mut c),
            AnyConnection::Postgres(_) => Ok(()),
        }
    }

    /// Makes searching quick again after many changes, step by step: other writers get their turn
    /// in between.
    pub fn tidy_search(&self) -> Result<(), Error> {
        let mut done = self.write_now(|c| search::tidy(c, true))?;
        while !done {
            done = self.write_now(|c| search::tidy(c, false))?;
        }
        Ok(())
    }

    /// [`Db::read`] for code outside the server: the command line, threads, tests.
    pub fn read_now<T, F>(&self, work: F) -> Result<T, Error>
    where
        F: FnOnce(&mut AnyConnection) -> Result<T, Error>,
    {
        self.inner.readers.run(work)
    }

    /// [`Db::write`] for code outside the server: the command line, threads, tests.
    pub fn write_now<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T, Error> + Send + 'static,
    {
        let (answer, outcome) = std::sync::mpsc::sync_channel(1);
        self.inner.writer.send(work, move |result| {
            let _ = answer.send(result);
        })?;
        outcome.recv().map_err(|_| Error::Busy)?
    }
}

/// True for the error of a value that must be unique and is already there.
pub fn is_unique_violation(error: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error::DatabaseError};
    matches!(error, DatabaseError(DatabaseErrorKind::UniqueViolation, _))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_database() {
        assert_eq!(Address::parse("data/a.db"), Address::Sqlite("data/a.db".into()));
        assert_eq!(Address::parse("sqlite:a.db"), Address::Sqlite("a.db".into()));
        assert!(matches!(Address::parse("postgres://u@h/d"), Address::Postgres(_)));
    }
}
