//! The trail only grows, and any change made behind its back is named.

use diesel::prelude::*;
use serde_json::json;
use touchstone::access::{Actor, Role};
use touchstone::audit::{self, AuditRecord, Flaw, Verdict};
use touchstone::schema::audit_records;

use crate::support::TestApp;

/// A register whose trail has `count` records.
fn with_records(count: usize) -> TestApp {
    let app = TestApp::new();
    app.db()
        .write_now(move |c| {
            for n in 0..count {
                let actor = Actor { name: "Zoë\nPolle".into(), ..Actor::command_line() };
                let id = n.to_string();
                let details = json!({ "z": "第二", "a": [1, null], "n": n });
                audit::append(c, &actor, "test.done", ("test", &id), details)?;
            }
            Ok(())
        })
        .unwrap();
    app
}

fn verdict(app: &TestApp) -> Verdict {
    app.db().read_now(audit::verify).unwrap()
}

/// What somebody with the database's password would have to do first.
fn unlock(app: &TestApp) {
    let statements = if app.is_postgres() {
        "DROP TRIGGER audit_records_no_change ON audit_records"
    } else {
        "DROP TRIGGER audit_records_no_update; DROP TRIGGER audit_records_no_delete"
    };
    app.tamper(statements).unwrap();
}

#[test]
fn the_database_itself_refuses_to_change_or_delete_a_record() {
    let app = with_records(5);
    let mut refused = vec![
        "UPDATE audit_records SET details = '{}' WHERE sequence = 3",
        "UPDATE audit_records SET actor_name = actor_name",
        "DELETE FROM audit_records WHERE sequence = 5",
        "DELETE FROM audit_records",
    ];
    // Each database has a way of its own around its triggers.
    if app.is_postgres() {
        refused.push("TRUNCATE audit_records");
        refused.push(
            "INSERT INTO audit_records SELECT * FROM audit_records \
             ON CONFLICT (sequence) DO UPDATE SET details = '{}'",
        );
    } else {
        refused.push(
            "REPLACE INTO audit_records SELECT sequence, at, actor_id, 'Nobody', action, \
             subject_kind, subject_id, details, previous_hash, hash FROM audit_records \
             WHERE sequence = 3",
        );
        refused.push(
            "INSERT OR REPLACE INTO audit_records SELECT 6, at, actor_id, actor_name, action, \
             subject_kind, subject_id, details, previous_hash, hash FROM audit_records \
             WHERE sequence = 3",
        );
    }
    for statement in refused {
        let said = app.tamper(statement).expect_err(statement);
        assert!(said.contains("append-only"), "{statement}: {said}");
    }
    assert!(matches!(verdict(&app), Verdict::Sound { records: 5, .. }));
}

#[test]
fn an_untouched_trail_is_sound_up_to_its_head() {
    let app = with_records(0);
    assert_eq!(verdict(&app), Verdict::Sound { records: 0, head: audit::BEGINNING.into() });
    let app = with_records(1203);
    let head = app.text("SELECT hash FROM audit_records WHERE sequence = 1203");
    assert_eq!(verdict(&app), Verdict::Sound { records: 1203, head });
}

#[test]
fn an_altered_record_is_named() {
    for change in [
        "details = '{}'",
        "actor_name = 'Somebody else'",
        "actor_id = 'x'",
        "action = 'test.undone'",
        "subject_id = '9'",
        "subject_kind = 'tests'",
        "at = '2001-01-01 00:00:00'",
        "hash = 'ff'",
    ] {
        let app = with_records(5);
        unlock(&app);
        app.tamper(&format!("UPDATE audit_records SET {change} WHERE sequence = 3")).unwrap();
        let broken = Verdict::Broken { sequence: 3, flaw: Flaw::Altered };
        assert_eq!(verdict(&app), broken, "{change}");
    }
}

#[test]
fn a_missing_record_is_named() {
    for gone in [1, 3] {
        let app = with_records(5);
        unlock(&app);
        app.tamper(&format!("DELETE FROM audit_records WHERE sequence = {gone}")).unwrap();
        assert_eq!(verdict(&app), Verdict::Broken { sequence: gone, flaw: Flaw::Missing });
    }
}

#[test]
fn a_forged_record_with_a_hash_that_fits_breaks_the_link_after_it() {
    let app = with_records(5);
    unlock(&app);
    app.db()
        .write_now(|c| {
            let mut record: AuditRecord =
                audit_records::table.find(3).select(AuditRecord::as_select()).first(c)?;
            record.details = "{}".into();
            record.hash = record.compute_hash();
            diesel::update(audit_records::table.find(3))
                .set((
                    audit_records::details.eq(record.details),
                    audit_records::hash.eq(record.hash),
                ))
                .execute(c)?;
            Ok(())
        })
        .unwrap();
    assert_eq!(verdict(&app), Verdict::Broken { sequence: 4, flaw: Flaw::Unlinked });
}

#[test]
fn two_records_cannot_follow_the_same_one() {
    let app = with_records(3);
    let forked = app.tamper(
        "INSERT INTO audit_records SELECT 4, at, actor_id, actor_name, action, subject_kind, \
         subject_id, details, previous_hash, hash FROM audit_records WHERE sequence = 3",
    );
    assert!(forked.is_err());
}

#[test]
fn what_a_person_does_carries_their_name_and_reading_leaves_no_record() {
    let app = TestApp::new();
    app.company("Testfall GmbH", "DE");
    let staff = app.staff(Role::ProcurementOfficer);
    let before = app.number("SELECT count(*) FROM audit_records");
    staff.get("/suppliers");
    staff.get("/no-such-page");
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), before);
    assert_eq!(app.text("SELECT action FROM audit_records WHERE sequence = 1"), "supplier.created");
}
