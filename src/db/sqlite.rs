//! SQLite: where the file is and how a connection is set up.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::error::Error;

/// `busy_timeout` comes first: several connections opened at once on a new file fail otherwise.
/// FULL: a change is synced before it is acknowledged, also over power loss. A WAL that a long
/// import made large is cut back: the next start would have to read it all.
const PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; \
    PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4096; \
    PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY; \
    PRAGMA mmap_size = 68719476736;";

/// Opens a connection with the register's settings.
pub fn connect(path: &str) -> Result<SqliteConnection, Error> {
    let mut connection = SqliteConnection::establish(path)?;
    let mut set_up = connection.batch_execute(PRAGMAS);
    // The change to WAL does not wait for a lock, whatever the timeout.
    for _ in 0..100 {
        if set_up.is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
        set_up = connection.batch_execute(PRAGMAS);
    }
    set_up?;
    Ok(connection)
}

/// Moves what is in the WAL into the database file.
pub fn checkpoint(connection: &mut SqliteConnection) -> Result<(), Error> {
    Ok(connection.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)
}

/// Gives the writer 64 MiB of pages, since a long import touches every index, and lets it keep
/// what it may have to take back in a file: that is as long as the import.
pub fn prepare_writer(connection: &mut SqliteConnection) -> Result<(), Error> {
    let pragmas = "PRAGMA cache_size = -65536; PRAGMA temp_store = DEFAULT; \
        PRAGMA mmap_size = 268435456";
    Ok(connection.batch_execute(pragmas)?)
}

/// Creates the folder of the database file.
pub fn prepare_folder(path: &str) -> Result<(), Error> {
    let Some(folder) = Path::new(path).parent().filter(|f| !f.as_os_str().is_empty()) else {
        return Ok(());
    };
    std::fs::create_dir_all(folder).map_err(|e| {
        Error::Internal(format!("the folder {} cannot be made: {e}", folder.display()))
    })
}

/// The version of the SQLite built in. Versions before 3.51.3 can corrupt a WAL.
pub fn version() -> Result<String, Error> {
    let mut connection = SqliteConnection::establish(":memory:")?;
    Ok(diesel::select(diesel::dsl::sql::<Text>("sqlite_version()")).get_result(&mut connection)?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_bundled_sqlite_has_the_wal_fix_of_3_51_3() {
        let version = super::version().unwrap();
        let parts: Vec<u32> = version.split('.').map(|p| p.parse().unwrap()).collect();
        assert!(parts >= vec![3, 51, 3], "{version}");
    }
}
