//! Reminders of what runs out: each step once, to both sides.

use chrono::NaiveDate;
use touchstone::access::Role;
use touchstone::expiry::reminders::{AFTER, remind};

use crate::expiry::{active, certificate, day, hold};
use crate::support::{TestApp, vault};

/// Reminds of everything as on a day; how many things.
fn remind_on(app: &TestApp, today: NaiveDate) -> i64 {
    let (mut done, mut next) = (0, Some(String::new()));
    while let Some(after) = next {
        let step = app.db().write_now(move |c| remind(c, &vault(), today, &after));
        let step = step.expect("reminders");
        (done, next) = (done + step.done, step.next);
    }
    done
}

/// The addresses and texts of the letters written since the first `seen`.
fn since(app: &TestApp, seen: usize) -> Vec<(String, String)> {
    let letters = app.letters().into_iter().skip(seen);
    letters.map(|(_, email, subject, text, _)| (email, format!("{subject}\n{text}"))).collect()
}

#[test]
fn each_step_goes_out_once_as_the_day_moves() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    let member = app.supplier_person(Role::SupplierOwner, &company.id);
    hold(&app, certificate(&company.id, "Q-100", day(200)));
    let mut told = Vec::new();
    for today in 0..700 {
        // Two nodes that both remind on the same day tell once.
        let number = remind_on(&app, day(today)) + remind_on(&app, day(today));
        if number > 0 {
            assert_eq!(number, 1);
            told.push(200 - today);
        }
    }
    let after = (1..=AFTER.1).map(|n| -AFTER.0 * n);
    let expected: Vec<i64> = [90, 60, 30, 7].into_iter().chain(after).collect();
    assert_eq!(told, expected);
    let letters = app.letters();
    assert_eq!(letters.len(), expected.len());
    let (kind, email, subject, text, link) = &letters[0];
    assert_eq!(kind, "expiry_supplier");
    assert_eq!(*email, format!("{}@example.com", member.account_id));
    assert!(subject.contains("Weaving Works GmbH") && subject.contains("one thing"), "{subject}");
    assert!(text.contains("no. Q-100") && text.contains("in 90 days"), "{text}");
    assert_eq!(link, "/portal/certification");
    assert!(letters[4].3.contains("30 days ago"), "{}", letters[4].3);
    let trail = "SELECT count(*) FROM audit_records WHERE action = 'supplier.reminded'";
    assert_eq!(app.number(trail), expected.len() as i64);
}

#[test]
fn after_a_pause_only_the_newest_step_goes_out() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    app.supplier_person(Role::SupplierOwner, &company.id);
    hold(&app, certificate(&company.id, "Q-100", day(100)));
    assert_eq!(remind_on(&app, day(10)), 1, "90 days before");
    assert_eq!(remind_on(&app, day(95)), 1, "the server was off, and 60 and 30 have passed");
    assert_eq!(app.number("SELECT count(*) FROM reminders WHERE step = 7"), 1);
    assert_eq!(remind_on(&app, day(96)), 0);
    assert_eq!(remind_on(&app, day(100 + 95)), 1, "90 days past it");
    assert_eq!(app.number("SELECT min(step) FROM reminders"), -90);
    assert_eq!(app.letters().len(), 3);
    assert_eq!(remind_on(&app, day(100 + 500)), 0, "long past it nobody is told any more");
}

#[test]
fn one_letter_tells_each_person_of_all_that_runs_out_at_a_company() {
    let app = TestApp::new();
    let company = active(&app, "苏州华纺织品有限公司", "320000");
    let officer = app.staff(Role::ProcurementOfficer);
    let owner = app.staff(Role::Inspector);
    let contacts = format!("/suppliers/{}/contacts", company.id);
    for email in ["li@huafang.example", "LI@huafang.example", "wang@huafang.example", ""] {
        officer.post(&contacts, &[("name", "李伟"), ("email", email)]).expect(303);
    }
    let assign = [("account", owner.account_id.as_str())];
    officer.post(&format!("/suppliers/{}/owner", company.id), &assign).expect(303);
    for (number, end) in [("A-1", 90), ("A-2", 61), ("A-3", 5), ("FAR", 91)] {
        hold(&app, certificate(&company.id, number, day(end)));
    }
    assert_eq!(remind_on(&app, day(0)), 3);
    let letters = app.letters();
    let to: Vec<&str> = letters.iter().map(|letter| letter.1.as_str()).collect();
    let ours = format!("{}@example.com", owner.account_id);
    assert_eq!(to, ["li@huafang.example", "wang@huafang.example", ours.as_str()]);
    for (_, email, _, text, _) in &letters {
        assert!(["A-1", "A-2", "A-3"].iter().all(|number| text.contains(number)), "{text}");
        assert!(!text.contains("FAR"), "{email}: {text}");
    }
    assert_eq!((letters[0].0.as_str(), letters[0].4.as_str()), ("expiry_contact", ""));
    assert!(letters[0].2.contains("3 项") && letters[0].3.contains("还有 90 天"));
    let expected = format!("/suppliers/{}/certification", company.id);
    assert_eq!((letters[2].0.as_str(), &letters[2].4), ("expiry_owner", &expected));
}

#[test]
fn without_an_owner_whoever_decided_is_told_of_what_they_decided() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    let (first, second) = (app.staff(Role::Approver), app.staff(Role::Approver));
    let elsewhere = app.staff_of(Role::Approver, "cn-six", "eastern");
    for (number, by) in [("ONE", &first), ("TWO", &second), ("LOST", &elsewhere)] {
        let mut held = certificate(&company.id, number, day(30));
        held.decided_by = Some(by.account_id.clone());
        hold(&app, held);
    }
    assert_eq!(remind_on(&app, day(0)), 3);
    let letters = since(&app, 0);
    assert_eq!(letters.len(), 2, "who may not see the company is not told");
    for (person, number, other) in [(&first, "ONE", "TWO"), (&second, "TWO", "ONE")] {
        let email = format!("{}@example.com", person.account_id);
        let text = &letters.iter().find(|letter| letter.0 == email).expect("a letter").1;
        assert!(text.contains(&format!("no. {number}")), "{text}");
        assert!(!text.contains(&format!("no. {other}")) && !text.contains("LOST"), "{text}");
    }
}

#[test]
fn where_there_is_nobody_to_tell_nothing_is_noted_and_it_is_told_once_there_is() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    hold(&app, certificate(&company.id, "Q-100", day(30)));
    assert_eq!(remind_on(&app, day(0)), 0);
    assert_eq!(app.number("SELECT count(*) FROM reminders"), 0);
    app.supplier_person(Role::SupplierOwner, &company.id);
    assert_eq!((remind_on(&app, day(1)), remind_on(&app, day(2))), (1, 0));
}

#[test]
fn companies_that_have_gone_or_were_never_introduced_are_not_reminded_of_what_is_over() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    app.supplier_person(Role::SupplierOwner, &company.id);
    hold(&app, certificate(&company.id, "Q-100", day(-40)));
    hold(&app, certificate(&company.id, "Q-101", day(40)));
    for stage in ["eliminated", "withdrawn", "declined"] {
        app.tamper(&format!("UPDATE suppliers SET stage = '{stage}'")).expect("a changed stage");
        assert_eq!(remind_on(&app, day(0)), 0, "{stage}");
    }
    app.tamper("UPDATE suppliers SET stage = 'under_review'").expect("a changed stage");
    assert_eq!(remind_on(&app, day(0)), 1, "of what is still to come");
    app.tamper("UPDATE suppliers SET stage = 'suspended'").expect("a changed stage");
    assert_eq!(remind_on(&app, day(0)), 1, "of what is over too");
}

#[test]
fn an_address_that_no_letter_can_go_to_keeps_nobody_else_from_theirs() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    let officer = app.staff(Role::ProcurementOfficer);
    let contacts = format!("/suppliers/{}/contacts", company.id);
    for email in ["eva@weaving.example", "tom@weaving.example"] {
        officer.post(&contacts, &[("name", "Eva"), ("email", email)]).expect(303);
    }
    app.tamper("UPDATE contacts SET email = 'nowhere' WHERE email LIKE 'eva%'").expect("spoilt");
    hold(&app, certificate(&company.id, "Q-100", day(30)));
    assert_eq!(remind_on(&app, day(0)), 1);
    let letters = since(&app, 0);
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].0, "tom@weaving.example");
}
