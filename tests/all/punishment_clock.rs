//! What happens to cases because a day has come: once, and on that day.

use touchstone::access::Role::*;
use touchstone::inspections::Severity::{Critical, Major, Minor};
use touchstone::punishments::{Case, Status, ballots};

use crate::ballots::{open, vote};
use crate::certified::in_days;
use crate::punished::{self, status};
use crate::support::{TestApp, vault};

const DAY: i64 = 24 * 60 * 60;
/// No day at all.
const NOTHING: [i64; 0] = [];

/// Runs the job as two nodes would; how many things it did.
fn run(app: &TestApp) -> i64 {
    let mut done = 0;
    for _ in 0..2 {
        let mut next = Some(String::new());
        while let Some(after) = next {
            let step = app.db().write_now(move |c| ballots::clock::batch(c, &vault(), &after));
            let step = step.expect("a batch");
            (done, next) = (done + step.done, step.next);
        }
    }
    done
}

/// Moves the clock on day by day, and runs the job each day. On which days, counted from the first, it did
/// something.
fn days(app: &TestApp, days: i64) -> Vec<i64> {
    let mut busy = Vec::new();
    for day in 0..=days {
        if day > 0 {
            app.advance_clock(DAY);
        }
        if run(app) > 0 {
            busy.push(day);
        }
    }
    busy
}

fn steps(app: &TestApp, case: &Case, kind: &str) -> i64 {
    let of = format!("case_id = '{}' AND kind = '{kind}'", case.id);
    app.number(&format!("SELECT count(*) FROM punishment_steps WHERE {of}"))
}

fn letters(app: &TestApp, kind: &str) -> usize {
    app.letters().iter().filter(|letter| letter.0 == kind).count()
}

#[test]
fn a_measure_is_over_on_its_last_day_whether_the_job_has_run_or_not() {
    let app = TestApp::alone();
    let company = app.company("Paper Works Ltd", "DE");
    let owner = app.supplier_person(SupplierOwner, &company.id);
    let standard = punished::standard(&app, "late_delivery", Critical);
    let case = punished::in_force_between(&app, &company, &standard, in_days(-90), in_days(3));
    let portal = format!("/portal/measures/{}", case.id);
    owner.get(&portal).expect(200);
    assert_eq!(days(&app, 2), NOTHING);
    assert_eq!(status(&app, &case.id), Status::InForce);
    app.advance_clock(DAY);
    let (owner, legal) = (app.again(&owner), app.staff(LegalOfficer));
    owner.get(&portal).expect(404);
    let lift = [("ballot_kind", "lifting"), ("ballot_outcome", "end")];
    open(&app, &legal, &case, &lift).expect(409);
    assert_eq!(run(&app), 1);
    assert_eq!((status(&app, &case.id), steps(&app, &case, "expired")), (Status::Expired, 1));
    assert_eq!(letters(&app, "punishment-ended"), 1);
    let freed = format!(
        "SELECT count(*) FROM punishment_members WHERE status = 'freed' AND to_on = '{}'",
        in_days(0)
    );
    assert_eq!(app.number(&freed), 1);
    assert_eq!(days(&app, 5), NOTHING);
}

#[test]
fn a_company_is_reminded_three_days_before_its_reply_is_due_and_a_missed_reply_is_noted_once() {
    let app = TestApp::alone();
    let company = app.company("Paper Works Ltd", "DE");
    app.supplier_person(SupplierOwner, &company.id);
    let case = punished::served(&app, &company, "late_delivery", Critical);
    // Ten days to reply, thirty to decide; then a note each week.
    assert_eq!(days(&app, 60), [7, 11, 41, 48, 55]);
    assert_eq!(letters(&app, "punishment-reply-due"), 1);
    assert_eq!((steps(&app, &case, "reply_missed"), steps(&app, &case, "overdue")), (1, 3));
    assert_eq!(status(&app, &case.id), Status::Served, "nothing is decided by the clock");
}

#[test]
fn who_has_replied_is_not_reminded() {
    let app = TestApp::alone();
    let company = app.company("Paper Works Ltd", "DE");
    app.supplier_person(SupplierOwner, &company.id);
    let case = punished::heard(&app, &company, "late_delivery", Major);
    assert_eq!(days(&app, 15), NOTHING);
    assert_eq!((letters(&app, "punishment-reply-due"), steps(&app, &case, "reply_missed")), (0, 0));
}

#[test]
fn a_notice_that_nobody_serves_and_an_appeal_that_nobody_hears_are_noted() {
    let app = TestApp::alone();
    let company = app.company("Paper Works Ltd", "DE");
    let case = punished::case(&app, &company, "late_delivery", Critical);
    assert_eq!(days(&app, 14), [6, 13]);
    assert_eq!(steps(&app, &case, "overdue"), 2);
    app.tamper("UPDATE punishment_cases SET status = 'withdrawn'").expect("another state");
    let standard = punished::standard(&app, "bribery", Critical);
    let forever = chrono::NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
    let case = punished::in_force_between(&app, &company, &standard, in_days(-1), forever);
    let row = "UPDATE punishment_cases SET status = 'appealed', hear_by = ";
    app.tamper(&format!("{row}'{}' WHERE id = '{}'", in_days(30), case.id)).expect("an appeal");
    assert_eq!(days(&app, 40), [31, 38]);
    assert_eq!(status(&app, &case.id), Status::Appealed);
}

#[test]
fn an_interim_measure_is_over_on_its_last_day() {
    let app = TestApp::alone();
    let company = app.company("Paper Works Ltd", "DE");
    let case = punished::heard(&app, &company, "late_delivery", Critical);
    punished::interim(&app, &case, 5);
    assert_eq!(days(&app, 10), [5]);
    assert_eq!(steps(&app, &case, "interim_ended"), 1);
}

#[test]
fn a_warning_whose_appeal_is_heard_after_its_last_day_is_over_once_that_is_decided() {
    let app = TestApp::alone();
    let company = app.company("Paper Works Ltd", "DE");
    let owner = app.supplier_person(SupplierOwner, &company.id);
    let case = punished::in_force(&app, &company, "late_delivery", Minor);
    app.advance_clock(5 * DAY);
    let owner = app.again(&owner);
    crate::ballots::appeal(&owner, &case, "It was in time").expect(303);
    assert_eq!(days(&app, 3), NOTHING, "it waits to be heard");
    let uphold = [("ballot_kind", "appeal"), ("ballot_outcome", "uphold")];
    open(&app, &app.staff(Approver), &case, &uphold).expect(303);
    vote(&app, &app.staff(LegalOfficer), &case, "for").expect(303);
    assert_eq!((status(&app, &case.id), steps(&app, &case, "upheld")), (Status::Expired, 1));
}
