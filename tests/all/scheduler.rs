//! What the server does by the clock: once, whatever number of nodes there is.

use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;
use std::time::Duration;

use touchstone::access::Role;
use touchstone::db::Db;
use touchstone::error::Error;
use touchstone::scheduler::work::Worker;
use touchstone::scheduler::{
    CLAIMED, Job, Jobs, Outcome, Step, advance, claim, finish, is_due, make_known,
};

use crate::expiry::{active, certificate, day, hold};
use crate::support::{TestApp, vault};

/// How often the batches of [`COUNTING`] have run in this process.
static RUNS: AtomicI64 = AtomicI64::new(0);

/// A job of three batches.
const COUNTING: Jobs = Jobs(&[Job {
    name: "counting",
    every: 60,
    after: 0,
    batch: |_, _, cursor| {
        RUNS.fetch_add(1, Ordering::SeqCst);
        thread::sleep(Duration::from_millis(50));
        let next = match cursor {
            "" => Some("a"),
            "a" => Some("b"),
            _ => None,
        };
        Ok(Step { done: 1, next: next.map(str::to_string) })
    },
}]);

const FAILING: Jobs = Jobs(&[
    Job { name: "failing", every: 60, after: 0, batch: |_, _, _| Err(Error::Busy) },
    Job {
        name: "panicking",
        every: 60,
        after: 0,
        batch: |_, _, _| panic!("a batch that goes wrong"),
    },
]);

/// The jobs with their rows, all of them due.
fn due(app: &TestApp, jobs: Jobs) {
    app.db().write_now(move |c| make_known(c, jobs)).expect("rows");
    app.tamper("UPDATE jobs SET next_at = '2020-01-01 00:00:00'").expect("what was long due");
}

/// One look of a node at its jobs.
pub fn round(db: &Db, jobs: Jobs) {
    let runtime = rocket::tokio::runtime::Builder::new_current_thread().enable_all().build();
    let worker = Worker::new(db.clone(), vault(), jobs);
    let done = runtime.expect("a runtime").block_on(worker.round(|_| async { false }));
    done.expect("a round");
}

#[test]
fn of_two_nodes_on_one_database_one_does_the_work() {
    let app = TestApp::new();
    due(&app, COUNTING);
    let (first, before) = (app.db(), RUNS.load(Ordering::SeqCst));
    let other = Db::open(&app.database_url()).expect("the same register");
    thread::scope(|scope| {
        scope.spawn(|| round(first, COUNTING));
        scope.spawn(|| round(&other, COUNTING));
    });
    assert_eq!(RUNS.load(Ordering::SeqCst) - before, 3, "each batch once");
    assert_eq!(app.number("SELECT done FROM jobs WHERE name = 'counting'"), 3);
    assert_eq!(app.text("SELECT outcome FROM jobs WHERE name = 'counting'"), "done");
    round(&other, COUNTING);
    assert_eq!(RUNS.load(Ordering::SeqCst) - before, 3, "it is not due again before its time");
}

#[test]
fn two_nodes_that_remind_at_the_same_time_write_each_letter_once() {
    let app = TestApp::new();
    for number in 0..120 {
        let company = active(&app, &format!("Weaving Works {number} GmbH"), "DE");
        app.supplier_person(Role::SupplierOwner, &company.id);
        hold(&app, certificate(&company.id, "Q-100", day(30)));
    }
    due(&app, touchstone::JOBS);
    let first = app.db();
    let other = Db::open(&app.database_url()).expect("the same register");
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| round(first, touchstone::JOBS));
            scope.spawn(|| round(&other, touchstone::JOBS));
        }
    });
    // The application's own worker is a node as well, and may still be at it.
    let done = "SELECT count(*) FROM jobs WHERE name = 'reminders' AND outcome = 'done'";
    crate::notices::wait_until(&app, done, 1);
    let emails: Vec<String> = app.letters().into_iter().map(|letter| letter.1).collect();
    let mut each = emails.clone();
    each.sort();
    each.dedup();
    assert_eq!((emails.len(), each.len()), (120, 120));
    assert_eq!(app.number("SELECT count(*) FROM reminders"), 120);
}

#[test]
fn a_claim_that_ran_out_is_taken_over_and_who_lost_it_does_nothing_more() {
    let app = TestApp::alone();
    due(&app, COUNTING);
    let job = &COUNTING.0[0];
    let take = |node: &'static str| {
        app.db().write_now(move |c| claim(c, job.name, node)).expect("an answer")
    };
    let go_on = |node: &'static str| {
        let step = app.db().write_now(move |c| advance(c, &vault(), job, node, ""));
        step.expect("an answer").is_some()
    };
    assert!(take("first"));
    assert!(!take("second"), "somebody has it");
    assert!(go_on("first") && !go_on("second"));
    app.advance_clock(CLAIMED - 10);
    assert!(go_on("first"), "still at it: the claim lasts longer");
    app.advance_clock(CLAIMED - 10);
    assert!(!take("second"));
    app.advance_clock(20);
    assert!(app.db().read_now(|c| is_due(c, job.name)).expect("an answer"));
    assert!(take("second"), "the first node has died");
    assert!(!go_on("first") && go_on("second"));
    let end = |node: &'static str| {
        app.db().write_now(move |c| finish(c, job, node, Outcome::Done)).expect("an answer");
        app.text("SELECT outcome FROM jobs WHERE name = 'counting'")
    };
    assert_eq!(end("first"), "", "it is not the first node's to end");
    assert_eq!(end("second"), "done");
    assert!(!take("first"), "done, and not due");
    app.advance_clock(3600);
    assert!(take("first"));
}

#[test]
fn a_job_that_fails_says_so_and_is_tried_again_and_keeps_no_other_from_its_turn() {
    let app = TestApp::alone();
    due(&app, FAILING);
    round(app.db(), FAILING);
    for name in ["failing", "panicking"] {
        let outcome = app.text(&format!("SELECT outcome FROM jobs WHERE name = '{name}'"));
        assert_eq!(outcome, "failed", "{name}");
    }
    let is_due = |name: &'static str| app.db().read_now(|c| is_due(c, name)).expect("an answer");
    assert!(!is_due("failing"));
    app.advance_clock(301);
    assert!(is_due("failing") && is_due("panicking"));
    app.company("Still Writing Ltd", "GB");
}

#[test]
fn the_page_tells_what_is_done_when_and_how_it_went() {
    let app = TestApp::new();
    due(&app, touchstone::JOBS);
    round(app.db(), touchstone::JOBS);
    let done = "SELECT count(*) FROM jobs WHERE outcome = 'done'";
    crate::notices::wait_until(&app, done, touchstone::JOBS.0.len() as i64);
    let auditor = app.staff(Role::Auditor);
    let page = auditor.get("/jobs").expect(200).shows("Send reminders").shows("Done");
    page.shows("Keep certifications in step").shows("Reminded of 0 things");
    app.tamper("UPDATE jobs SET outcome = 'failed'").expect("a changed outcome");
    auditor.get("/jobs").expect(200).shows("Failed");
    app.staff(Role::ProcurementOfficer).get("/jobs").expect(403);
}

#[test]
fn the_server_makes_the_rows_of_its_jobs_when_it_starts() {
    let app = TestApp::new();
    let expected = touchstone::JOBS.0.len() as i64;
    crate::notices::wait_until(&app, "SELECT count(*) FROM jobs", expected);
    app.staff(Role::Administrator).get("/jobs").expect(200).shows("Not yet");
}
