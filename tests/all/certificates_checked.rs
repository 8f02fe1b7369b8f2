//! Certificates are checked by somebody else, kept in a register, and told of.

use chrono::Days;
use touchstone::access::Role;
use touchstone::values::now;

use crate::certificates::{Said, company, day, newest};
use crate::support::{Person, TestApp};

const PORTAL: &str = "/portal/certificates";
const COPY: [(&str, &str); 1] = [("check_method", "copy")];

fn status(app: &TestApp, id: &str) -> String {
    app.text(&format!("SELECT status FROM certificates WHERE id = '{id}'"))
}

/// Hands in a certificate; its id.
pub fn hand_in(app: &TestApp, person: &Person, number: &str) -> String {
    Said::new(number).hand_in(person, PORTAL).expect(303);
    newest(app)
}

#[test]
fn a_colleague_accepts_and_says_how_it_was_checked() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    let id = hand_in(&app, &person, "CN-1");
    let auditor = app.staff(Role::Inspector);
    let path = format!("/certificates/{id}/acceptance");
    auditor.post(&path, &[]).expect(422).shows("Fill this in");
    for (method, field) in [
        ("", "check_method"),
        ("guess", "check_method"),
        ("register", "check_note"),
        ("issuer", "check_note"),
    ] {
        let reply = auditor.post(&path, &[("check_method", method)]).expect(422);
        assert!(reply.blames(field), "{method}");
    }
    assert_eq!(status(&app, &id), "submitted");
    let looked_up = [("check_method", "register"), ("check_note", "CNCA register")];
    let page = auditor.post(&path, &looked_up).expect(303).follow().expect(200);
    page.shows("CNCA register").shows("Accepted").shows("Certificate accepted");
    let page = person.get(&format!("{PORTAL}/{id}")).expect(200).shows("Accepted");
    assert!(!page.has("CNCA"), "how it was checked is ours");
    assert!(app.letters().is_empty());
}

#[test]
fn nobody_checks_what_they_recorded_or_corrected() {
    let app = TestApp::new();
    let (supplier, _) = company(&app);
    let (officer, colleague) = (app.staff(Role::Approver), app.staff(Role::Approver));
    let path = format!("/suppliers/{}/certificates", supplier.id);
    Said::new("CN-1").hand_in(&officer, &path).expect(303);
    let id = newest(&app);
    officer.get(&format!("/certificates/{id}")).expect(200).shows("A colleague has to check it");
    let steps = [
        ("acceptance", COPY.to_vec()),
        ("return", vec![("return_comment", "x")]),
        ("refusal", vec![("refusal_reason", "x")]),
    ];
    for (step, fields) in &steps {
        officer.post(&format!("/certificates/{id}/{step}"), fields).expect(403);
    }
    let comment = [("return_comment", "blurred")];
    officer.again_home(false);
    colleague.again_home(true);
    colleague.post(&format!("/certificates/{id}/return"), &comment).expect(303);
    Said::new("CN-2").hand_in(&colleague, &format!("/certificates/{id}/correction")).expect(303);
    // Now both have had a say.
    for one in [&officer, &colleague] {
        one.post(&format!("/certificates/{id}/acceptance"), &COPY).expect(403);
    }
    app.staff(Role::EsgAnalyst).post(&format!("/certificates/{id}/acceptance"), &COPY).expect(303);
}

impl Person {
    /// Looks whether a certificate to check is on the person's first page.
    fn again_home(&self, is_there: bool) {
        let page = self.get("/home").expect(200);
        assert_eq!(page.has("href=\"/certificates/"), is_there, "{}", page.body());
    }
}

#[test]
fn a_better_copy_is_asked_for_and_comes() {
    let app = TestApp::new();
    let (supplier, person) = company(&app);
    app.supplier_person(Role::SupplierMember, &supplier.id);
    let id = hand_in(&app, &person, "CN-1");
    let auditor = app.staff(Role::Inspector);
    let give_back = format!("/certificates/{id}/return");
    assert!(auditor.post(&give_back, &[]).expect(422).blames("return_comment"));
    let comment = [("return_comment", "The scan <b>cannot</b> be read")];
    auditor.post(&give_back, &comment).expect(303);
    let letters = app.letters();
    assert_eq!(letters.len(), 2, "everybody of the company is written to");
    for (kind, _, subject, text, link) in letters {
        assert_eq!(kind, "certificate_returned");
        assert!(subject.contains("ISO 14001") && text.contains("cannot"), "{subject} {text}");
        assert_eq!(link, format!("{PORTAL}/{id}"));
    }
    let page = person.get(&format!("{PORTAL}/{id}")).expect(200);
    let page = page.shows("&#60;b&#62;cannot").shows("Better copy asked for");
    assert_eq!(page.hidden("certificate_number").as_deref(), Some("CN-1"));
    let correction = format!("{PORTAL}/{id}/correction");
    let wrong = Said::new("CN-1b").days(day(2), day(1)).hand_in(&person, &correction).expect(422);
    assert!(wrong.blames("last_day") && wrong.has("CN-1b"));
    let key = page.hidden("form_key").expect("a key");
    let said = Said::new("CN-1b").with("form_key", &key);
    for _ in 0..2 {
        said.hand_in(&person, &correction).expect(303);
    }
    assert_eq!(status(&app, &id), "submitted");
    assert_eq!(app.number("SELECT count(*) FROM certificates"), 1);
    assert_eq!(app.number("SELECT count(*) FROM documents"), 2);
    let page = auditor.get(&format!("/certificates/{id}")).expect(200);
    page.shows("CN-1b").shows("Certificate corrected").shows("The scan &#60;b&#62;cannot");
    auditor.post(&format!("/certificates/{id}/acceptance"), &COPY).expect(303);
}

#[test]
fn a_refusal_and_a_withdrawal_are_told_with_their_reason() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    let (refused, taken) = (hand_in(&app, &person, "A-1"), hand_in(&app, &person, "B-1"));
    let (auditor, approver) = (app.staff(Role::Inspector), app.staff(Role::Approver));
    let refusal = format!("/certificates/{refused}/refusal");
    assert!(auditor.post(&refusal, &[]).expect(422).blames("refusal_reason"));
    auditor.post(&refusal, &[("refusal_reason", "Not in the register")]).expect(303);
    person.get(&format!("{PORTAL}/{refused}")).shows("Not in the register").shows("Refused");
    auditor.post(&format!("/certificates/{taken}/acceptance"), &COPY).expect(303);
    let withdrawal = format!("/certificates/{taken}/withdrawal");
    auditor.post(&withdrawal, &[("withdrawal_reason", "x")]).expect(403);
    assert!(approver.post(&withdrawal, &[]).expect(422).blames("withdrawal_reason"));
    approver.post(&withdrawal, &[("withdrawal_reason", "The issuer took it back")]).expect(303);
    person.get(&format!("{PORTAL}/{taken}")).shows("The issuer took it back").shows("Withdrawn");
    let kinds: Vec<String> = app.letters().into_iter().map(|letter| letter.0).collect();
    assert_eq!(kinds, ["certificate_refused", "certificate_withdrawn"]);
    // A number that counts no more may be recorded again.
    hand_in(&app, &person, "A-1");
    hand_in(&app, &person, "B-1");
}

#[test]
fn nothing_decided_is_changed_and_no_state_is_skipped() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    let (auditor, approver) = (app.staff(Role::Inspector), app.staff(Role::Approver));
    let staff = |id: &str, step: &str| {
        let fields = [
            ("check_method", "copy"),
            ("return_comment", "x"),
            ("refusal_reason", "x"),
            ("withdrawal_reason", "x"),
        ];
        approver.post(&format!("/certificates/{id}/{step}"), &fields).status
    };
    let submitted = hand_in(&app, &person, "S-1");
    let accepted = hand_in(&app, &person, "A-1");
    auditor.post(&format!("/certificates/{accepted}/acceptance"), &COPY).expect(303);
    let returned = hand_in(&app, &person, "R-1");
    auditor
        .post(&format!("/certificates/{returned}/return"), &[("return_comment", "x")])
        .expect(303);
    let refused = hand_in(&app, &person, "N-1");
    auditor
        .post(&format!("/certificates/{refused}/refusal"), &[("refusal_reason", "x")])
        .expect(303);
    let gone = hand_in(&app, &person, "W-1");
    person.post(&format!("{PORTAL}/{gone}/removal"), &[]).expect(303);
    person.get(&format!("{PORTAL}/{gone}")).expect(200).shows("You took it back");
    let before = app.number("SELECT count(*) FROM audit_records");
    for (id, steps) in [
        (&submitted, &["withdrawal"][..]),
        (&returned, &["acceptance", "return", "refusal", "withdrawal"]),
        (&accepted, &["acceptance", "return", "refusal"]),
        (&refused, &["acceptance", "return", "refusal", "withdrawal"]),
        (&gone, &["acceptance", "return", "refusal", "withdrawal"]),
    ] {
        for step in steps {
            assert_eq!(staff(id, step), 409, "{step} of {}", status(&app, id));
        }
    }
    for id in [&submitted, &accepted, &refused, &gone] {
        let said = Said::new("Z-1");
        said.hand_in(&person, &format!("{PORTAL}/{id}/correction")).expect(409);
        said.hand_in(&approver, &format!("/certificates/{id}/correction")).expect(409);
    }
    for id in [&accepted, &refused, &gone] {
        person.post(&format!("{PORTAL}/{id}/removal"), &[]).expect(409);
    }
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), before);
    assert_eq!(app.number("SELECT count(*) FROM certificates WHERE number = 'Z-1'"), 0);
    person.post(&format!("{PORTAL}/{returned}/removal"), &[]).expect(303);
}

#[test]
fn a_company_takes_back_only_what_it_handed_in_itself() {
    let app = TestApp::new();
    let (supplier, person) = company(&app);
    let officer = app.staff(Role::ProcurementOfficer);
    let path = format!("/suppliers/{}/certificates", supplier.id);
    Said::new("CN-1").hand_in(&officer, &path).expect(303);
    let id = newest(&app);
    assert!(!person.get(&format!("{PORTAL}/{id}")).expect(200).has("Take back"));
    person.post(&format!("{PORTAL}/{id}/removal"), &[]).expect(403);
    assert_eq!(status(&app, &id), "submitted");
}

#[test]
fn whoever_checks_is_told_what_looks_odd() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    let auditor = app.staff(Role::Inspector);
    let look = |said: Said| {
        said.hand_in(&person, PORTAL).expect(303);
        auditor.get(&format!("/certificates/{}", newest(&app))).expect(200)
    };
    let plain = look(Said::new("A-1").with("certificate_holder", "PORTAL EXAMPLE Limited"));
    assert!(!plain.has("Look closely"), "another spelling is the same name");
    look(Said::new("A-2").with("certificate_holder", "Other Ltd")).shows("holder’s name is none");
    look(Said::new("A-3").days(day(-1), day(60))).shows("longer than such certificates usually");
}

#[test]
fn whoever_checks_sees_for_which_categories_it_is_demanded() {
    let app = TestApp::new();
    let (supplier, person) = company(&app);
    let officer = app.staff(Role::ProcurementOfficer);
    officer.post("/categories", &[("code", "paper"), ("name_en", "Paper")]).expect(303);
    let category = app.text("SELECT id FROM categories");
    let standard = format!(
        "INSERT INTO supplier_categories (supplier_id, category_id) VALUES ('{}', '{category}');
         INSERT INTO access_standards (id, category_id, version, status, effective_from,
         validity_months, note, revision, drafted_by, drafted_name, created_at, published_name,
         ended_name, ended_reason) VALUES ('s', '{category}', 1, 'published', '{}', 24, '', 1, 'x',
         'x', '2026-01-01 00:00:00', 'x', '', '');
         INSERT INTO access_demands VALUES ('d', 's', 1, 'certificate', 'iso14001');",
        supplier.id,
        day(-2),
    );
    app.tamper(&standard).expect("a standard");
    let auditor = app.staff(Role::Inspector);
    let look = |said: Said| {
        said.hand_in(&person, PORTAL).expect(303);
        auditor.get(&format!("/certificates/{}", newest(&app))).expect(200)
    };
    let page = look(Said::new("A-1"));
    assert!(page.has("<li>Paper") && !page.has("No category of this company demands"));
    let other = look(Said::new("A-2").with("certificate_type", "iso9001"));
    other.shows("No category of this company demands");
}

#[test]
fn the_register_lists_what_runs_out_first_and_narrows() {
    let app = TestApp::new();
    let (supplier, person) = company(&app);
    let officer = app.staff(Role::ProcurementOfficer);
    let today = now().date();
    assert!(officer.get("/certificates").expect(200).has("No certificates yet"));
    for (number, days) in [("LONG-1", 400), ("SOON-1", 60), ("NEXT-1", 23)] {
        Said::new(number)
            .days(day(-1), today + Days::new(days))
            .hand_in(&person, PORTAL)
            .expect(303);
    }
    let past = Said::new("PAST-1").days(day(-20), today - Days::new(3));
    past.hand_in(&officer, &format!("/suppliers/{}/certificates", supplier.id)).expect(303);
    let licence = Said::new("EVER-1").with("certificate_type", "cn_licence").with("no_end", "on");
    licence.hand_in(&person, PORTAL).expect(303);
    let order = |path: &str| {
        let page = officer.get(path).expect(200).body();
        let body = page.split_once("<table").map(|(_, table)| table).unwrap_or_default();
        let mut found: Vec<(usize, &str)> = ["LONG-1", "SOON-1", "NEXT-1", "PAST-1", "EVER-1"]
            .into_iter()
            .filter_map(|number| Some((body.find(number)?, number)))
            .collect();
        found.sort();
        found.into_iter().map(|(_, number)| number).collect::<Vec<_>>()
    };
    assert_eq!(order("/certificates"), ["NEXT-1", "SOON-1", "LONG-1", "EVER-1", "PAST-1"]);
    assert_eq!(order("/certificates?ends=30"), ["NEXT-1"]);
    assert_eq!(order("/certificates?ends=90"), ["NEXT-1", "SOON-1"]);
    assert_eq!(order("/certificates?ends=past"), ["PAST-1"]);
    assert_eq!(order("/certificates?q=soon"), ["SOON-1"]);
    assert_eq!(order("/certificates?q=exam&ends=30"), ["NEXT-1"]);
    assert!(order("/certificates?q=ample").is_empty());
    assert_eq!(order("/certificates?type=cn_licence"), ["EVER-1"]);
    assert_eq!(order("/certificates?pillar=governance"), ["EVER-1"]);
    assert_eq!(order("/certificates?state=submitted").len(), 5);
    assert!(order("/certificates?state=accepted").is_empty());
    let page = officer.get("/certificates").expect(200);
    page.shows("runs out in 23 days").shows("ran out 3 days ago").shows("no end").shows("st stop");
    let elsewhere = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    assert!(!elsewhere.get("/certificates").expect(200).has("NEXT-1"));
    // Whoever may not export is not offered it.
    let csv = officer.get("/certificates/export/csv?ends=90").expect(200);
    let lines: Vec<String> = csv.body().lines().map(str::to_string).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[1].contains("NEXT-1") && lines[1].contains(",23,submitted"), "{}", lines[1]);
    for format in ["xlsx", "jsonl"] {
        officer.get(&format!("/certificates/export/{format}")).expect(200);
    }
    officer.get("/certificates/export/pdf").expect(404);
    app.staff(Role::Inspector).get("/certificates/export/csv").expect(403);
}

#[test]
fn a_walk_through_the_register_meets_each_certificate_once() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    hand_in(&app, &person, "CN-0");
    let columns = "supplier_id, type_id, issuer, scope, holder, site_id, document_id, valid_from,
        status, renews_id, by_supplier, recorded_by, recorded_name, created_at, submitted_at,
        returned_at, returned_name, return_comment, method, decided_at, decided_by, decided_name,
        decision_note, ended_at, ended_by, ended_name, ended_reason";
    // As many that run out on one day, that have no end, and that ran out.
    for (number, last) in [("V", "valid_to"), ("E", "NULL"), ("P", "created_at")] {
        for at in 0..25 {
            let last = if last == "created_at" { "valid_from" } else { last };
            let copy = format!(
                "INSERT INTO certificates (id, number, number_key, valid_to, {columns})
                 SELECT '{number}{at:02}', '{number}{at:02}', '{number}{at:02}', {last}, {columns}
                 FROM certificates WHERE number = 'CN-0'"
            );
            app.tamper(&copy).expect("a copy");
        }
    }
    let officer = app.staff(Role::ProcurementOfficer);
    let (mut path, mut seen) = ("/certificates?state=submitted".to_string(), Vec::new());
    loop {
        let page = officer.get(&path).expect(200);
        let links = page.links();
        seen.extend(links.iter().filter(|link| link.starts_with("/certificates/")).cloned());
        seen.retain(|link| !link.contains("/export/"));
        match links.into_iter().find(|link| link.contains("after=")) {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!(seen.len(), 76);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 76);
    let file = officer.get("/certificates/export/jsonl").expect(200);
    assert_eq!(file.body().lines().count(), 76);
}
