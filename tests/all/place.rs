//! Databases of tests: empty ones, and ones with the tables in them.

use std::env;
use std::fs;
use std::sync::OnceLock;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use touchstone::db::Db;

use crate::support::{TempDir, unique_name};

const SERVER: &str = "TOUCHSTONE_TEST_DATABASE_URL";

/// What a file with the tables holds.
static FILE: OnceLock<Vec<u8>> = OnceLock::new();
/// The name of a database with the tables on the server.
static TEMPLATE: OnceLock<String> = OnceLock::new();

/// Where a test's database is; gone with the value.
pub enum DatabasePlace {
    Folder(TempDir),
    Server { server: String, name: String },
}

impl DatabasePlace {
    /// A database with the tables of today in it and nothing else: a copy of one that was made once.
    pub fn ready() -> DatabasePlace {
        let Ok(server) = env::var(SERVER) else {
            let place = DatabasePlace::Folder(TempDir::new());
            fs::write(place.url(), FILE.get_or_init(file)).expect("a database for this test");
            return place;
        };
        let name = unique_name("_");
        let template = TEMPLATE.get_or_init(|| template(&server));
        on_server(&server, &format!("DROP DATABASE IF EXISTS {name}"));
        on_server(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}"));
        DatabasePlace::Server { server, name }
    }

    /// A database with nothing in it.
    pub fn new() -> DatabasePlace {
        let Ok(server) = env::var(SERVER) else {
            return DatabasePlace::Folder(TempDir::new());
        };
        let name = unique_name("_");
        on_server(&server, &format!("DROP DATABASE IF EXISTS {name}"));
        on_server(&server, &format!("CREATE DATABASE {name}"));
        DatabasePlace::Server { server, name }
    }

    pub fn url(&self) -> String {
        match self {
            DatabasePlace::Folder(dir) => dir.path().join("test.db").display().to_string(),
            DatabasePlace::Server { server, name } => address_of(server, name),
        }
    }
}

impl Drop for DatabasePlace {
    fn drop(&mut self) {
        if let DatabasePlace::Server { server, name } = self {
            on_server(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// The address of a database on the server.
fn address_of(server: &str, name: &str) -> String {
    let (address, _) = server.rsplit_once('/').expect("postgres://…/postgres");
    format!("{address}/{name}")
}

fn on_server(server: &str, statement: &str) {
    let mut connection = PgConnection::establish(server).expect("the server for tests answers");
    connection.batch_execute(statement).expect(statement);
}

/// Makes the tables in a file, and reads it.
fn file() -> Vec<u8> {
    let folder = TempDir::new();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let made = Db::open(&path("made.db")).expect("an empty register");
    // What is still in the log beside the file comes along.
    let mut connection = SqliteConnection::establish(&path("made.db")).expect("a connection");
    connection.batch_execute(&format!("VACUUM INTO '{}'", path("whole.db"))).expect("a copy");
    drop((connection, made));
    fs::read(path("whole.db")).expect("the copy")
}

/// Makes the tables in a database on the server. It is gone with the server.
fn template(server: &str) -> String {
    let name = unique_name("_template_");
    on_server(server, &format!("CREATE DATABASE {name}"));
    drop(Db::open(&address_of(server, &name)).expect("an empty register"));
    // It can be copied once nobody is connected with it.
    let others =
        format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    on_server(server, &others);
    name
}
