//! The database room: what is answered is on disk, and a failure undoes only itself.

use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde_json::json;
use touchstone::access::{Actor, Role};
use touchstone::audit::{self, Verdict};
use touchstone::db::{AnyConnection, Db};
use touchstone::error::Error;
use touchstone::schema::settings;

use crate::support::{DatabasePlace, TestApp};

fn put(c: &mut AnyConnection, name: &str) -> Result<(), Error> {
    diesel::insert_into(settings::table)
        .values((settings::name.eq(name), settings::value.eq("")))
        .execute(c)?;
    Ok(())
}

fn noted(c: &mut AnyConnection, name: &str) -> Result<(), Error> {
    put(c, name)?;
    let subject = ("setting", name);
    audit::append(c, &Actor::command_line(), "setting.noted", subject, json!({}))
}

/// Keeps the writer busy, so that what comes after waits and shares one commit.
fn hold_up(db: &Db) -> thread::JoinHandle<()> {
    let db = db.clone();
    let held = thread::spawn(move || {
        let slept = db.write_now(|_| {
            thread::sleep(Duration::from_millis(300));
            Ok(())
        });
        slept.expect("nothing else is in this job");
    });
    thread::sleep(Duration::from_millis(100));
    held
}

#[test]
fn two_hundred_writers_at_once_are_all_on_disk_in_one_unbroken_trail() {
    let app = TestApp::new();
    let writers: Vec<_> = (0..200)
        .map(|n| {
            let db = app.db().clone();
            thread::spawn(move || db.write_now(move |c| noted(c, &format!("n{n}"))))
        })
        .collect();
    for writer in writers {
        writer.join().unwrap().expect("every write is answered");
    }
    // Somebody else's connections see only what was committed.
    let other = Db::open(&app.database_url()).unwrap();
    let seen = other.read_now(|c| Ok(settings::table.count().first::<i64>(c)?));
    assert_eq!(seen.unwrap(), 200);
    let verdict = other.read_now(audit::verify).unwrap();
    assert!(matches!(verdict, Verdict::Sound { records: 200, .. }), "{verdict:?}");
}

#[test]
fn a_commit_waits_for_the_disk() {
    let app = TestApp::new();
    if !app.is_postgres() {
        // 2 is FULL. PostgreSQL's own settings belong to its administrator.
        assert_eq!(app.number("SELECT synchronous FROM pragma_synchronous"), 2);
        assert_eq!(app.text("SELECT journal_mode FROM pragma_journal_mode"), "wal");
    }
}

#[test]
fn a_failing_change_in_a_shared_commit_undoes_only_itself() {
    let app = TestApp::new();
    let held = hold_up(app.db());
    let writers: Vec<_> = (0..20)
        .map(|n| {
            let db = app.db().clone();
            thread::spawn(move || {
                let work = move |c: &mut AnyConnection| {
                    noted(c, &format!("n{n}"))?;
                    match n % 4 {
                        0 => Err(Error::Conflict("conflict-edited")),
                        // The database itself refuses: on PostgreSQL that spoils a transaction.
                        1 => put(c, &format!("n{n}")),
                        _ => Ok(()),
                    }
                };
                (n, db.write_now(work).is_ok())
            })
        })
        .collect();
    for writer in writers {
        let (n, done) = writer.join().unwrap();
        assert_eq!(done, n % 4 > 1, "{n}");
    }
    held.join().unwrap();
    assert_eq!(app.number("SELECT count(*) FROM settings"), 10);
    let verdict = app.db().read_now(audit::verify).unwrap();
    assert!(matches!(verdict, Verdict::Sound { records: 10, .. }), "{verdict:?}");
}

#[test]
fn a_panicking_change_leaves_nothing_and_the_writer_goes_on() {
    let app = TestApp::new();
    let held = hold_up(app.db());
    let db = app.db().clone();
    let neighbour = thread::spawn(move || db.write_now(|c| noted(c, "neighbour")));
    let panicked: Result<(), Error> = app.db().write_now(|c| {
        noted(c, "half")?;
        std::panic::panic_any("a test panics on purpose")
    });
    assert!(panicked.is_err());
    let neighbour = neighbour.join().unwrap();
    let kept = app.number("SELECT count(*) FROM settings WHERE name = 'neighbour'");
    assert_eq!(neighbour.is_ok(), kept == 1, "the answer says what the disk holds");
    drop(held);
    app.db().write_now(|c| noted(c, "after")).expect("the writer is alive");
    assert_eq!(app.number("SELECT count(*) FROM settings WHERE name = 'half'"), 0);
    assert!(matches!(app.db().read_now(audit::verify), Ok(Verdict::Sound { .. })));
}

#[test]
fn a_change_that_ends_in_an_error_leaves_nothing() {
    let app = TestApp::new();
    let failed: Result<(), Error> = app.db().write_now(|c| {
        noted(c, "gone")?;
        Err(Error::NotFound)
    });
    assert!(matches!(failed, Err(Error::NotFound)));
    assert_eq!(app.number("SELECT count(*) FROM settings"), 0);
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), 0);
}

#[test]
fn a_reading_connection_cannot_write() {
    let app = TestApp::new();
    assert!(app.db().read_now(|c| put(c, "smuggled")).is_err());
    assert!(app.db().read_now(|c| Ok(c.batch_execute("DROP TABLE guesses")?)).is_err());
    assert_eq!(app.number("SELECT count(*) FROM settings"), 0);
    assert_eq!(app.number("SELECT count(*) FROM guesses"), 0);
}

#[test]
fn one_reading_sees_one_state_of_the_register() {
    let app = TestApp::new();
    let db = app.db().clone();
    let (before, after) = app
        .db()
        .read_now(move |c| {
            let count = |c: &mut AnyConnection| settings::table.count().first::<i64>(c);
            let before = count(c)?;
            db.write_now(|c| put(c, "meanwhile"))?;
            Ok((before, count(c)?))
        })
        .unwrap();
    assert_eq!((before, after), (0, 0));
    assert_eq!(app.number("SELECT count(*) FROM settings"), 1);
}

#[test]
fn opening_again_changes_nothing() {
    let app = TestApp::new();
    app.db().write_now(|c| put(c, "kept")).unwrap();
    let (before, applied) = (tables(&app), app.number("SELECT count(*) FROM migrations"));
    drop(Db::open(&app.database_url()).expect("opens again"));
    assert_eq!(tables(&app), before);
    assert_eq!(app.number("SELECT count(*) FROM migrations"), applied);
    assert_eq!(app.number("SELECT count(*) FROM settings"), 1);
}

#[test]
fn nodes_that_start_together_on_a_new_register_all_open_it() {
    // Several times: the moment at which they meet is short.
    for _ in 0..5 {
        let place = DatabasePlace::new();
        let nodes: Vec<_> = (0..4)
            .map(|_| {
                let url = place.url();
                thread::spawn(move || Db::open(&url).map(|_| ()).map_err(|e| e.to_string()))
            })
            .collect();
        for node in nodes {
            assert_eq!(node.join().unwrap(), Ok(()));
        }
    }
}

#[test]
fn a_register_of_a_newer_program_is_refused() {
    let app = TestApp::new();
    app.tamper("INSERT INTO migrations (name) VALUES ('9999_future')").unwrap();
    let refused = Db::open(&app.database_url()).map(|_| ()).unwrap_err().to_string();
    assert!(refused.contains("9999_future") && refused.contains("newer"), "{refused}");
}

#[test]
fn the_tables_are_those_of_the_schema() {
    let app = TestApp::new();
    assert_eq!(tables(&app), declared());
}

/// Every column as `table column type nullable`, sorted.
fn tables(app: &TestApp) -> Vec<String> {
    let lines = if app.is_postgres() {
        app.text(
            "SELECT string_agg(table_name || ' ' || column_name || ' ' || data_type || ' ' \
             || (is_nullable = 'YES'), chr(10)) FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name <> 'migrations'",
        )
    } else {
        app.text(
            "SELECT group_concat(t.name || ' ' || c.name || ' ' || lower(c.type) || ' ' \
             || iif(c.\"notnull\", 'false', 'true'), char(10)) \
             FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' \
             AND t.name NOT LIKE 'supplier_search%' AND t.name <> 'migrations'",
        )
    };
    let lines = lines.replace("timestamp without time zone", "timestamp");
    let mut columns: Vec<String> = lines.lines().map(str::to_string).collect();
    columns.sort();
    columns
}

const SCHEMA: [&str; 8] = [
    include_str!("../../src/schema/mod.rs"),
    include_str!("../../src/schema/companies.rs"),
    include_str!("../../src/schema/onboarding.rs"),
    include_str!("../../src/schema/certification.rs"),
    include_str!("../../src/schema/signing.rs"),
    include_str!("../../src/schema/inspecting.rs"),
    include_str!("../../src/schema/punishing.rs"),
    include_str!("../../src/schema/lists.rs"),
];

/// The same of `schema/`.
fn declared() -> Vec<String> {
    let mut columns = Vec::new();
    let mut table = "";
    let schema = SCHEMA.concat();
    for line in schema.lines().map(str::trim) {
        if let Some((column, kind)) = line.split_once(" -> ") {
            let kind = kind.trim_end_matches(',').to_lowercase();
            let bare = kind.trim_start_matches("nullable<").trim_end_matches('>');
            let bare = match bare {
                "int8" => "bigint",
                "bool" => "boolean",
                "double" => "double precision",
                bare => bare,
            };
            columns.push(format!("{table} {column} {bare} {}", kind.starts_with("nullable")));
        } else if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name;
        }
    }
    columns.sort();
    columns
}

#[test]
fn a_tidied_search_index_finds_what_it_found() {
    let app = TestApp::new();
    for n in 0..15 {
        app.company(&format!("Scattered {n}"), "DE");
    }
    let found = |app: &TestApp| {
        let staff = app.staff(Role::ProcurementOfficer);
        staff.get("/suppliers?q=scattered").expect(200).body().matches(">Scattered ").count()
    };
    assert_eq!(found(&app), 15);
    app.db().tidy_search().expect("tidied");
    assert_eq!(found(&app), 15);
    if !app.is_postgres() {
        // One piece is left to look into.
        assert_eq!(app.number("SELECT count(DISTINCT segid) FROM supplier_search_idx"), 1);
    }
}
