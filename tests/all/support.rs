//! A register of its own for each test, and people to use it: `TestApp::new()`, then
//! `app.staff(Role::ProcurementOfficer).get("/suppliers")`.
//!
//! SQLite in a temporary folder; with TOUCHSTONE_TEST_DATABASE_URL, the address of a PostgreSQL
//! server (`postgres://…/postgres`), a database made and dropped there.

#![allow(dead_code, reason = "what the tests of one room need, another may not")]

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::{env, fs};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use rocket::figment::Figment;
use rocket::local::blocking::Client;
use touchstone::Settings;
use touchstone::access::{Actor, Level, Role, command_line, session};
use touchstone::db::Db;
use touchstone::notices::Message;
use touchstone::schema::{accounts, messages};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, Step, Supplier, SupplierInput, advance, create_since};
use touchstone::values::{clock, new_id, now};
use touchstone::vault::Vault;

pub use super::person::Person;
pub use super::place::DatabasePlace;

/// The key of every test's vault: 32 bytes of 0, in base64.
const KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

/// The clock belongs to the whole process: who moves it runs alone.
static CLOCK: RwLock<()> = RwLock::new(());

/// Nobody moves the clock while this is held. For tests without a [`TestApp`], which holds it itself.
pub fn still_clock() -> RwLockReadGuard<'static, ()> {
    CLOCK.read().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// The application on a register of its own. Hold one at a time in a test.
pub struct TestApp {
    client: Rc<Client>,
    db: Db,
    moved: Cell<i64>,
    place: DatabasePlace,
    clock: Clock,
    files: TempDir,
}

enum Clock {
    Shared(#[allow(dead_code, reason = "held, not read")] RwLockReadGuard<'static, ()>),
    Mine(#[allow(dead_code, reason = "held, not read")] RwLockWriteGuard<'static, ()>),
}

impl TestApp {
    /// An empty register, without a second factor.
    pub fn new() -> TestApp {
        TestApp::with(|settings| settings)
    }

    /// An empty register with other settings.
    pub fn with(change: impl FnOnce(Settings) -> Settings) -> TestApp {
        let shared = still_clock();
        TestApp::start(Clock::Shared(shared), change)
    }

    /// A register whose test moves the clock: no other test runs meanwhile.
    pub fn alone() -> TestApp {
        TestApp::alone_with(|settings| settings)
    }

    /// [`TestApp::alone`] with other settings.
    pub fn alone_with(change: impl FnOnce(Settings) -> Settings) -> TestApp {
        let mine = CLOCK.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        TestApp::start(Clock::Mine(mine), change)
    }

    /// A register that is there already.
    pub fn on(place: DatabasePlace) -> TestApp {
        let shared = still_clock();
        TestApp::start_on(place, Clock::Shared(shared), vault(), |settings| settings)
    }

    /// A register whose numbers another vault keeps.
    pub fn sealed_by(place: DatabasePlace, vault: Vault) -> TestApp {
        let shared = still_clock();
        TestApp::start_on(place, Clock::Shared(shared), vault, |settings| settings)
    }

    fn start(clock: Clock, change: impl FnOnce(Settings) -> Settings) -> TestApp {
        TestApp::start_on(DatabasePlace::ready(), clock, vault(), change)
    }

    fn start_on(
        place: DatabasePlace,
        clock: Clock,
        vault: Vault,
        change: impl FnOnce(Settings) -> Settings,
    ) -> TestApp {
        let files = TempDir::new();
        let usual = settings()
            .with("documents_url", files.path().join("documents"))
            .and_then(|settings| settings.with("mail_folder", files.path().join("outbox")))
            .expect("settings");
        let settings = change(usual).on_database(&place.url()).expect("settings");
        let db = Db::open(&settings.database_url).expect("an empty register");
        let rocket = touchstone::rocket(settings, db.clone(), vault);
        // Untracked: each person has a browser, and so cookies, of their own.
        let client = Rc::new(Client::untracked(rocket).expect("the application starts"));
        TestApp { client, db, moved: Cell::new(0), place, clock, files }
    }

    /// Somebody of staff, signed in, who sees everything.
    pub fn staff(&self, role: Role) -> Person {
        self.account(role, None, None)
    }

    /// Somebody of staff who sees only some regions of a built-in scheme (codes, comma-separated).
    pub fn staff_of(&self, role: Role, scheme: &str, regions: &str) -> Person {
        self.account(role, None, Some((scheme, regions)))
    }

    /// The owner of a supplier's account, the supplier made for it.
    pub fn supplier(&self) -> Person {
        let supplier = self.company("Portal Example Ltd", "DE");
        self.supplier_person(Role::SupplierOwner, &supplier.id)
    }

    /// Somebody of a supplier, signed in.
    pub fn supplier_person(&self, role: Role, supplier_id: &str) -> Person {
        self.account(role, Some(supplier_id), None)
    }

    /// Somebody who has not signed in.
    pub fn anonymous(&self) -> Person {
        Person::new(self.client.clone(), "")
    }

    /// Signs somebody in on another device.
    pub fn again(&self, person: &Person) -> Person {
        self.signed_in(&person.account_id, Level::Full)
    }

    /// Opens a session of an account at a level of signing in.
    pub fn signed_in(&self, account_id: &str, level: Level) -> Person {
        let id = account_id.to_string();
        let secret = self
            .db
            .write_now(move |c| session::open(c, &id, level, "192.0.2.1", "test"))
            .expect("a session");
        let person = Person::new(self.client.clone(), account_id);
        person.set_cookie(session::SESSION_COOKIE, &secret);
        person
    }

    fn account(&self, role: Role, supplier: Option<&str>, scope: Option<(&str, &str)>) -> Person {
        let id = new_id();
        let values = (
            accounts::id.eq(id.clone()),
            accounts::email.eq(format!("{}@example.com", &id)),
            accounts::name.eq(format!("Test {}", role.as_str())),
            accounts::language.eq("en"),
            accounts::role.eq(role),
            accounts::supplier_id.eq(supplier.map(str::to_string)),
            accounts::scope_scheme.eq(scope.map(|(scheme, _)| scheme.to_string())),
            accounts::scope_regions.eq(scope.map(|(_, regions)| regions.to_string())),
            accounts::created_at.eq(now()),
        );
        self.db
            .write_now(move |c| {
                diesel::insert_into(accounts::table).values(values).execute(c)?;
                Ok(())
            })
            .expect("an account");
        self.signed_in(&id, Level::Full)
    }

    /// A company in the register, its registered site in a country or a Chinese province.
    pub fn company(&self, name: &str, place: &str) -> Supplier {
        let in_china = place.len() == 6;
        let input = NewSupplier {
            company: SupplierInput { legal_name: name.into(), ..Default::default() },
            place: PlaceInput {
                country: if in_china { "CN" } else { place }.into(),
                province: if in_china { place } else { "" }.into(),
                ..Default::default()
            },
            ..Default::default()
        };
        self.enter(input)
    }

    /// Enters a company as the command line would, also one introduced long ago.
    pub fn enter(&self, input: NewSupplier) -> Supplier {
        let made = self.db.write_now(move |c| create_since(c, &command_line(), &input, now()));
        made.expect("a company")
    }

    /// Enters many companies in one change.
    pub fn enter_all(&self, inputs: Vec<NewSupplier>) {
        let made = self.db.write_now(move |c| {
            let by = command_line();
            inputs.iter().try_for_each(|input| create_since(c, &by, input, now()).map(|_| ()))
        });
        made.expect("companies");
    }

    /// The letters written so far, oldest first: kind, e-mail address, subject, text, and the path
    /// of the link ("" without one, and once a mail server took it).
    pub fn letters(&self) -> Vec<(String, String, String, String, String)> {
        let found = self.db.read_now(|c| {
            let all = messages::table.order(messages::id).select(Message::as_select());
            Ok(all.load::<Message>(c)?)
        });
        let vault = self.rocket().state::<Vault>().expect("a vault");
        let letter = |message: Message| {
            let link = message.link(vault, "").expect("a link that opens").unwrap_or_default();
            (message.kind, message.email, message.subject, message.body_text, link)
        };
        found.expect("letters").into_iter().map(letter).collect()
    }

    /// Where letters lie that no mail server takes.
    pub fn mail_folder(&self) -> PathBuf {
        self.files.path().join("outbox")
    }

    /// Introduces a company that was entered before.
    pub fn introduce(&self, id: &str, reason: &str) {
        let (id, reason) = (id.to_string(), reason.to_string());
        let by = Actor::command_line();
        let done = self.db.write_now(move |c| advance(c, &by, &id, Step::Introduce, &reason));
        done.expect("an introduced supplier");
    }

    pub fn db(&self) -> &Db {
        &self.db
    }

    pub fn rocket(&self) -> &rocket::Rocket<rocket::Orbit> {
        self.client.rocket()
    }

    /// For requests that no [`Person`] makes.
    pub fn client(&self) -> &Client {
        &self.client
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.place, DatabasePlace::Server { .. })
    }

    /// The address of the register's database.
    pub fn database_url(&self) -> String {
        self.place.url()
    }

    /// The folder with the evidence files.
    pub fn documents(&self) -> PathBuf {
        self.files.path().join("documents")
    }

    /// The one number that a query answers, as in `SELECT count(*) FROM suppliers`.
    pub fn number(&self, query: &str) -> i64 {
        let question = diesel::dsl::sql::<BigInt>(&format!("({query})"));
        self.db.read_now(|c| Ok(diesel::select(question).get_result(c)?)).expect(query)
    }

    /// The one text that a query answers.
    pub fn text(&self, query: &str) -> String {
        let question = diesel::dsl::sql::<Text>(&format!("({query})"));
        self.db.read_now(|c| Ok(diesel::select(question).get_result(c)?)).expect(query)
    }

    /// Changes the tables behind the application's back. What the database said when it refused.
    pub fn tamper(&self, statements: &str) -> Result<(), String> {
        let statements = statements.to_string();
        let done = self.db.write_now(move |c| Ok(c.batch_execute(&statements)?));
        done.map_err(|error| error.to_string())
    }

    /// Moves the clock; it is put back at the end. Only for [`TestApp::alone`].
    pub fn advance_clock(&self, seconds: i64) {
        assert!(matches!(self.clock, Clock::Mine(_)), "TestApp::alone() may move the clock");
        clock::advance(seconds);
        self.moved.set(self.moved.get() + seconds);
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        clock::advance(-self.moved.get());
    }
}

/// The settings of a test: none of the file's, so that editing it changes no test.
pub fn settings() -> Settings {
    let figment = Figment::from(rocket::Config::debug_default())
        .merge(("log_level", "off"))
        .merge(("second_factor", false))
        .merge(("limits.form", "256 KiB"))
        .merge(("limits.data-form", "64 MiB"))
        .merge(("limits.file", "64 MiB"));
    Settings::of(figment).expect("settings")
}

pub fn vault() -> Vault {
    Vault::of_key(KEY).expect("a key")
}

/// A folder of its own, removed with the value. Not under `target`: Chromium puts a socket into
/// it, whose path may have 107 bytes at most.
pub struct TempDir(PathBuf);

impl TempDir {
    pub fn new() -> TempDir {
        let path = env::temp_dir().join(unique_name("-"));
        fs::create_dir_all(&path).expect("a folder for this test");
        TempDir(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempDir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn unique_name(separator: &str) -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("touchstone{separator}{}{separator}{number}", std::process::id())
}
