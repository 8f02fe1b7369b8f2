//! By the clock alone: a certificate runs out, and what demands it stops; it is renewed, and goes on.

use std::thread;

use touchstone::access::Role;
use touchstone::certification::demands::DemandKind::Certificate;
use touchstone::db::Db;
use touchstone::suppliers::clearance::{clearance, load};
use touchstone::{HOLDS, JOBS};

use crate::certificates::Said;
use crate::certified::{category, certificate, certify, company, in_days, standard, status, today};
use crate::notices::wait_until;
use crate::scheduler::round;
use crate::support::TestApp;

const A_DAY: i64 = 86_400;

/// So many days pass, and two nodes beside the application's own do what is due, at the same time.
fn days_pass(app: &TestApp, other: &Db, days: i64) {
    let began = app.text("SELECT CAST(max(next_at) AS TEXT) FROM jobs");
    app.advance_clock(days * A_DAY);
    let first = app.db();
    thread::scope(|scope| {
        scope.spawn(|| round(first, JOBS));
        scope.spawn(|| round(other, JOBS));
    });
    let over = format!(
        "SELECT count(*) FROM jobs WHERE outcome = 'done' AND claimed_by IS NULL \
         AND CAST(next_at AS TEXT) > '{began}'"
    );
    wait_until(app, &over, JOBS.0.len() as i64);
}

fn kinds(app: &TestApp) -> Vec<String> {
    let mut kinds: Vec<String> = app.letters().into_iter().map(|letter| letter.0).collect();
    kinds.sort();
    kinds
}

#[test]
fn a_certificate_that_runs_out_stops_what_demands_it_on_its_day_and_its_renewal_lets_it_go_on() {
    let app = TestApp::alone();
    let other = Db::open(&app.database_url()).expect("the same register");
    let [paper, steel] = ["paper", "steel"].map(|code| category(&app, code));
    standard(&app, &paper, in_days(-30), &[(Certificate, "iso14001")]);
    standard(&app, &steel, in_days(-30), &[(Certificate, "iso9001")]);
    let ours = company(&app, "Jinji Paper Works", &[&paper, &steel]);
    app.supplier_person(Role::SupplierOwner, &ours.id);
    certificate(&app, &ours.id, "iso14001", in_days(31));
    certificate(&app, &ours.id, "iso9001", in_days(700));
    let [a, b] = [&paper, &steel].map(|one| certify(&app, &ours.id, one, in_days(364)));
    let why = |category: &str| {
        let (id, category) = (ours.id.clone(), category.to_string());
        let facts = app.db().read_now(move |c| Ok(load(c, HOLDS, &[&id])?.remove(&id)));
        let facts = facts.expect("an answer").expect("facts");
        clearance(&facts, Some(&category), today()).codes()
    };
    let before = kinds(&app).len();

    days_pass(&app, &other, 1);
    let told =
        |step: i64| app.number(&format!("SELECT count(*) FROM reminders WHERE step = {step}"));
    assert_eq!((told(30), told(60), told(90)), (1, 0, 0), "30 days are left");
    assert_eq!(kinds(&app).len(), before + 1, "to the company, once");
    assert_eq!([&a, &b].map(|id| status(&app, id)), ["certified"; 2]);

    days_pass(&app, &other, 30);
    assert_eq!([&a, &b].map(|id| status(&app, id)), ["certified"; 2], "on its last day it counts");
    assert_eq!((why(&paper), why(&steel)), (String::new(), String::new()));
    assert_eq!(told(7), 1);

    days_pass(&app, &other, 1);
    assert_eq!([&a, &b].map(|id| status(&app, id)), ["suspended", "certified"]);
    assert_eq!((why(&paper), why(&steel)), ("certificate_missing".to_string(), String::new()));
    let suspended = kinds(&app).iter().filter(|kind| *kind == "certification_suspended").count();
    assert_eq!(suspended, 1, "three nodes told it once");

    let officer = app.staff(Role::ProcurementOfficer);
    let path = format!("/suppliers/{}/certificates", ours.id);
    let renewal = Said::new("N-RENEWED").days(in_days(-1), in_days(700));
    renewal.hand_in(&officer, &path).expect(303);
    assert_eq!(status(&app, &a), "suspended", "nobody has checked it yet");
    let id = crate::certificates::newest(&app);
    let checked = [("check_method", "register"), ("check_note", "Issuer's register")];
    let auditor = app.staff(Role::Inspector);
    auditor.post(&format!("/certificates/{id}/acceptance"), &checked).expect(303);
    assert_eq!([&a, &b].map(|id| status(&app, id)), ["certified"; 2], "at once");
    assert_eq!((why(&paper), why(&steel)), (String::new(), String::new()));

    let letters = kinds(&app).len();
    days_pass(&app, &other, 1);
    assert_eq!(kinds(&app).len(), letters, "a day later there is nothing to tell");
}
