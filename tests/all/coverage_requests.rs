//! Companies are asked to sign, once, and reminded until they have.

use std::thread;

use chrono::NaiveDate;
use touchstone::access::Role;
use touchstone::clauses::reminders::{AFTER, remind};
use touchstone::db::Db;
use touchstone::values::new_id;

use crate::coverage::{exception, old};
use crate::expiry::day;
use crate::signed::{published, sign, signatory};
use crate::support::{TestApp, vault};

const PATH: &str = "/clauses/coverage/requests";

fn remind_on(app: &TestApp, today: NaiveDate) -> i64 {
    let (mut done, mut next) = (0, Some(String::new()));
    while let Some(after) = next {
        let step = app.db().write_now(move |c| remind(c, &vault(), today, &after));
        let step = step.expect("reminders");
        (done, next) = (done + step.done, step.next);
    }
    done
}

fn requests(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM clause_requests")
}

#[test]
fn one_press_asks_everybody_who_must_and_a_double_click_asks_once() {
    let app = TestApp::new();
    let with_account: Vec<String> =
        (0..3).map(|n| old(&app, &format!("Works {n} GmbH"), "DE")).collect();
    let nobody = old(&app, "Lonely Works GmbH", "DE");
    let done = old(&app, "Finished Works GmbH", "DE");
    for id in &with_account {
        app.supplier_person(Role::SupplierOwner, id);
    }
    app.supplier_person(Role::SupplierMember, &with_account[0]);
    let one = published(&app, "anti_bribery", day(-1));
    let two = published(&app, "labour_rights", day(-1));
    let by = signatory(&app, &done);
    sign(&app, &done, &one, &by);
    sign(&app, &done, &two, &by);
    let officer = app.staff(Role::ProcurementOfficer);
    let page = officer.get("/clauses/coverage?standing=outstanding").expect(200);
    assert!(page.links().contains(&format!("{PATH}?standing=outstanding")));
    let page = officer.get(&format!("{PATH}?standing=outstanding")).expect(200);
    let page = page.shows("Ask all 3 to sign").shows("One company cannot be asked");
    let page = page.shows("Lonely Works GmbH");
    assert!(page.links().contains(&format!("/suppliers/{nobody}/portal")));
    let key = page.hidden("form_key").expect("a key");
    let form = [("standing", "outstanding"), ("form_key", key.as_str())];
    let first = officer.post(PATH, &form).expect(303);
    let second = officer.post(PATH, &form).expect(303);
    assert_eq!(first.location, second.location);
    second.follow().expect(200).shows("Companies asked to sign: 3");
    assert_eq!(requests(&app), 6, "a row for each company and version");
    let of_nobody = format!("SELECT count(*) FROM clause_requests WHERE supplier_id = '{nobody}'");
    assert_eq!(app.number(&of_nobody), 0, "who cannot be reached is not counted as asked");
    let letters = app.letters();
    assert_eq!(letters.len(), 4, "one letter a person, whatever the number of clauses");
    let (kind, _, subject, text, link) = &letters[0];
    assert_eq!((kind.as_str(), link.as_str()), ("clause_request", "/portal/clauses"));
    assert!(subject.contains("2 clauses"), "{subject}");
    assert!(
        text.contains("Clause anti_bribery") && text.contains("Clause labour_rights"),
        "{text}"
    );
    let trail = "SELECT count(*) FROM audit_records WHERE action = 'clause.requested'";
    assert_eq!(app.number(trail), 3);
    // Another form asks nobody again: all were asked lately.
    officer.get(PATH).expect(200).shows("There is nobody to ask").shows("Left out: 3");
    officer.post(PATH, &[]).expect(303);
    assert_eq!((requests(&app), app.letters().len()), (6, 4));
    officer.get("/clauses/coverage?clause=anti_bribery").expect(200).shows("Nobody: invite");
    officer.get("/home").expect(200).shows("Companies to ask for a signature (1)");
}

#[test]
fn at_most_five_hundred_are_asked_at_once_and_the_rest_next_time() {
    let app = TestApp::new();
    let first = old(&app, "First Works GmbH", "DE");
    app.supplier_person(Role::SupplierOwner, &first);
    published(&app, "anti_bribery", day(-1));
    let (mut companies, mut people) = (String::new(), String::new());
    for number in 0..502 {
        let id = new_id();
        companies.push_str(&format!(
            "INSERT INTO suppliers (id, number, legal_name, english_name, name_key, sort_key, search_text,
                stage, area, city, registered_site_id, industry, website, note, revision, created_at,
                updated_at)
            SELECT '{id}', {}, 'Works {number}', '', '', '', '', stage, area, '', registered_site_id, '', '',
                '', 1, created_at, updated_at FROM suppliers WHERE id = '{first}';
            INSERT INTO supplier_versions (supplier_id, valid_from, valid_to, legal_name, stage, area)
            SELECT '{id}', valid_from, valid_to, 'Works {number}', stage, area FROM supplier_versions
                WHERE supplier_id = '{first}';",
            1000 + number
        ));
        people.push_str(&format!(
            "INSERT INTO accounts (id, email, name, language, role, supplier_id, created_at)
            VALUES ('{id}', '{id}@example.com', 'P', 'zh-CN', 'supplier_owner', '{id}',
            '2026-01-01 00:00:00');"
        ));
    }
    app.tamper(&companies).expect("companies");
    app.tamper(&people).expect("people");
    let officer = app.staff(Role::LegalOfficer);
    let page = officer.get(PATH).expect(200).shows("Ask all 500 to sign").shows("3 are left");
    let key = page.hidden("form_key").expect("a key");
    let asked = officer.post(PATH, &[("form_key", &key)]).expect(303).follow().expect(200);
    asked.shows("Companies asked to sign: 500").shows("Ask all 3 to sign");
    assert_eq!(requests(&app), 500);
    officer.post(PATH, &[]).expect(303);
    assert_eq!(requests(&app), 503);
    assert!(app.letters().iter().any(|letter| letter.2.contains("请签署1 项条款")));
}

#[test]
fn one_company_is_asked_by_its_own_button_within_the_scope_and_for_what_is_open() {
    let app = TestApp::new();
    let id = old(&app, "Works GmbH", "DE");
    let path = format!("/suppliers/{id}/clause-requests");
    let officer = app.staff(Role::Approver);
    officer.post(&path, &[]).expect(422).shows("nothing that this company must sign");
    published(&app, "anti_bribery", day(-1));
    officer.post(&path, &[]).expect(422).shows("Nobody of this company can sign in");
    app.supplier_person(Role::SupplierOwner, &id);
    app.staff_of(Role::Approver, "cn-six", "eastern").post(&path, &[]).expect(404);
    app.staff(Role::Auditor).post(&path, &[]).expect(403);
    let done = officer.post(&path, &[("clause", "anti_bribery")]).expect(303);
    assert_eq!(done.location, Some(format!("/suppliers/{id}/clauses")));
    officer.post(&path, &[]).expect(422).shows("within the last 7 days");
    assert_eq!((requests(&app), app.letters().len()), (1, 1));
    // Nobody asks as of a day that is over.
    officer.get(&format!("{PATH}?on={}", day(-1))).expect(422);
    officer.post(PATH, &[("on", &day(-1).to_string())]).expect(422);
    assert_eq!(requests(&app), 1);
}

#[test]
fn who_was_asked_is_reminded_at_each_step_once_until_they_sign() {
    let app = TestApp::new();
    let id = old(&app, "Works GmbH", "DE");
    let by = signatory(&app, &id);
    let version = published(&app, "anti_bribery", day(-1));
    let officer = app.staff(Role::ProcurementOfficer);
    officer.post(&format!("/suppliers/{id}/clause-requests"), &[]).expect(303);
    let mut told = Vec::new();
    for days in 0..200 {
        let number = remind_on(&app, day(days)) + remind_on(&app, day(days));
        if number > 0 {
            assert_eq!(number, 1);
            told.push(days);
        }
    }
    assert_eq!(told, AFTER);
    let letters = app.letters();
    assert_eq!(letters.len(), 1 + AFTER.len());
    assert_eq!(letters[1].0, "clause_reminder");
    assert!(letters[1].3.contains("Clause anti_bribery"), "{}", letters[1].3);
    sign(&app, &id, &version, &by);
    app.tamper("UPDATE clause_requests SET settled_at = NULL; DELETE FROM reminders")
        .expect("anew");
    remind_on(&app, day(30));
    let open = "SELECT count(*) FROM clause_requests WHERE settled_at IS NULL";
    assert_eq!(app.number(open), 0, "what was signed is settled");
    assert_eq!(app.letters().len(), letters.len());
}

#[test]
fn what_needs_no_signature_any_more_is_settled_without_a_letter() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let ids: Vec<String> = (0..3).map(|n| old(&app, &format!("Works {n} GmbH"), "DE")).collect();
    for id in &ids {
        app.supplier_person(Role::SupplierOwner, id);
    }
    published(&app, "anti_bribery", day(-1));
    officer.post(PATH, &[]).expect(303);
    exception(&app, &ids[0], "anti_bribery", (day(0), day(90)));
    app.tamper(&format!("UPDATE suppliers SET stage = 'eliminated' WHERE id = '{}'", ids[1]))
        .expect("a company that has gone");
    assert_eq!(remind_on(&app, day(7)), 3, "two are settled, one is reminded");
    let open = "SELECT count(*) FROM clause_requests WHERE settled_at IS NULL";
    assert_eq!((app.number(open), app.letters().len()), (1, 4));
    published(&app, "anti_bribery", day(60));
    assert_eq!(remind_on(&app, day(8)), 1, "another version is to be signed now");
    assert_eq!((app.number(open), app.letters().len()), (0, 4));
    let settled = "SELECT count(*) FROM audit_records WHERE action = 'clause.requests_settled'";
    assert_eq!(app.number(settled), 3);
}

#[test]
fn before_the_day_of_a_version_those_who_were_asked_are_reminded_once() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let id = old(&app, "Works GmbH", "DE");
    app.supplier_person(Role::SupplierOwner, &id);
    published(&app, "anti_bribery", day(40));
    officer.get(PATH).expect(200).shows("There is nobody to ask");
    let on = day(40).to_string();
    officer.post(PATH, &[("on", &on)]).expect(303);
    assert_eq!(requests(&app), 1, "as of its first day it must be signed");
    let told: Vec<i64> = (0..40)
        .filter(|days| remind_on(&app, day(*days)) + remind_on(&app, day(*days)) > 0)
        .collect();
    assert_eq!(told, [7, 14, 26, 30]);
}

#[test]
fn two_nodes_that_remind_at_the_same_time_write_each_letter_once() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    for number in 0..60 {
        let id = old(&app, &format!("Works {number} GmbH"), "DE");
        app.supplier_person(Role::SupplierOwner, &id);
    }
    published(&app, "anti_bribery", day(-1));
    officer.post(PATH, &[]).expect(303);
    assert_eq!(app.letters().len(), 60);
    let first = app.db();
    let other = Db::open(&app.database_url()).expect("the same register");
    let run = |db: &Db| {
        let mut next = Some(String::new());
        while let Some(after) = next {
            let step = db.write_now(move |c| remind(c, &vault(), day(8), &after));
            next = step.expect("reminders").next;
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| run(first));
        scope.spawn(|| run(&other));
    });
    assert_eq!(app.letters().len(), 120);
    assert_eq!(app.number("SELECT count(*) FROM reminders WHERE kind = 'clause_request'"), 60);
}

#[test]
fn a_company_that_no_letter_can_go_to_is_not_counted_as_asked_and_keeps_no_other_from_its_letter() {
    let app = TestApp::new();
    let wrong = old(&app, "Wrong Address GmbH", "DE");
    let right = old(&app, "Right Address GmbH", "DE");
    let person = app.supplier_person(Role::SupplierOwner, &wrong);
    app.supplier_person(Role::SupplierOwner, &right);
    published(&app, "anti_bribery", day(-1));
    let address =
        format!("UPDATE accounts SET email = 'nowhere' WHERE id = '{}'", person.account_id);
    app.tamper(&address).expect("an address that cannot be written to");
    let officer = app.staff(Role::ProcurementOfficer);
    officer.post(PATH, &[]).expect(303).follow().expect(200).shows("Companies asked to sign: 1");
    let of = |id: &str| format!("SELECT count(*) FROM clause_requests WHERE supplier_id = '{id}'");
    assert_eq!((app.number(&of(&wrong)), app.number(&of(&right))), (0, 1));
    assert_eq!(app.letters().len(), 1);
}
