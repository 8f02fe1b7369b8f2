//! What a company handed in is read, answered in one letter, and introduced by a second person.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde_json::{Value, json};
use touchstone::access::{Actor, Role, Scope};
use touchstone::onboarding::registration::{self, Purpose, Registration};
use touchstone::onboarding::waiting;
use touchstone::schema::registration_sections;
use touchstone::suppliers::{Step, advance};
use touchstone::values::new_id;

use crate::support::{Person, TestApp, vault};

const SECTIONS: [&str; 8] = [
    "company",
    "addresses",
    "contacts",
    "ownership",
    "bank",
    "categories",
    "documents",
    "conflicts",
];

/// A registration that somebody of a company handed in: the company section says its names.
fn handed_in(app: &TestApp, supplier: &str, by: &Person) -> Registration {
    let made = begun(app, supplier, Purpose::Introduction);
    hand_in(app, &made, by);
    let id = supplier.to_string();
    let steps = app.db().write_now(move |c| {
        let by = Actor::command_line();
        advance(c, &by, &id, Step::Invite, "")?;
        advance(c, &by, &id, Step::Submit, "")
    });
    steps.expect("under review");
    made
}

fn begun(app: &TestApp, supplier: &str, purpose: Purpose) -> Registration {
    let id = supplier.to_string();
    let made = app.db().write_now(move |c| {
        let by = Actor::command_line();
        registration::start(c, &by, &vault(), &id, purpose, None)
    });
    let made = made.expect("a registration");
    let names = json!({ "legal_name": "Neue Nordsee GmbH", "website": "https://nord.example" });
    write(app, &made.id, "company", &names, &json!({ "legal_name": "Nordsee GmbH" }));
    made
}

fn hand_in(app: &TestApp, registration: &Registration, by: &Person) {
    let now = if app.is_postgres() {
        "now() AT TIME ZONE 'utc'"
    } else {
        "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    };
    app.tamper(&format!(
        "UPDATE registrations SET status = 'submitted', submitted_at = {now}, \
         submitted_by = '{}', submitted_name = 'Wang Fang' WHERE id = '{}'",
        by.account_id, registration.id
    ))
    .expect("handed in");
}

/// Seals answers into a section, as the company's pages would.
fn write(app: &TestApp, registration: &str, section: &str, answers: &Value, before: &Value) {
    let id = app.text(&format!(
        "SELECT id FROM registration_sections WHERE registration_id = '{registration}' \
         AND section = '{section}'"
    ));
    let sealed =
        [answers, before].map(|text| vault().seal(&text.to_string(), &id).expect("sealed"));
    let [answers, before] = sealed;
    let done = app.db().write_now(move |c| {
        diesel::update(registration_sections::table.find(&id))
            .set((
                registration_sections::answers_sealed.eq(answers),
                registration_sections::before_sealed.eq(before),
            ))
            .execute(c)?;
        Ok(())
    });
    done.expect("answers");
}

fn accept(reviewer: &Person, id: &str, sections: &[&str]) {
    for section in sections {
        let path = format!("/registrations/{id}/{section}");
        reviewer.post(&path, &[("verdict", "accepted")]).expect(303);
    }
}

fn status(app: &TestApp) -> String {
    app.text("SELECT status FROM registrations")
}

fn stage(app: &TestApp) -> String {
    app.text("SELECT stage FROM suppliers ORDER BY number LIMIT 1")
}

#[test]
fn changes_are_asked_for_in_one_letter_with_every_comment() {
    let app = TestApp::new();
    let company = app.company("Nordsee GmbH", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let id = handed_in(&app, &company.id, &owner).id;
    let reviewer = app.staff(Role::ProcurementOfficer);
    reviewer.get("/registrations").expect(200).shows("Nordsee GmbH");
    let page = reviewer.get(&format!("/registrations/{id}/company")).expect(200);
    for text in ["<del>Nordsee GmbH</del>", "<ins>Neue Nordsee GmbH</ins>", "changed", "new"] {
        assert!(page.has(text), "{text}");
    }
    let outcome = format!("/registrations/{id}/outcome");
    reviewer.post(&outcome, &[]).expect(409).shows("Not every section");
    let company_path = format!("/registrations/{id}/company");
    let no_comment = [("verdict", "changes"), ("field", "legal_name"), ("comment", " ")];
    assert!(reviewer.post(&company_path, &no_comment).expect(422).blames("verdict"));
    let fields = [
        ("verdict", "changes"),
        ("field", "legal_name"),
        ("comment", "As on the <licence>, please"),
        ("field", "website"),
        ("comment", ""),
        ("field", ""),
        ("comment", "The rest is fine"),
    ];
    let unknown = [("verdict", "changes"), ("field", "no_such"), ("comment", "x")];
    reviewer.post(&company_path, &unknown).expect(422);
    reviewer.post(&company_path, &fields).expect(303);
    reviewer.post(&company_path, &fields).expect(303);
    let drafts = "SELECT count(*) FROM review_comments WHERE sent_at IS NULL";
    assert_eq!(app.number(drafts), 2, "saved again, they take the place of those before");
    reviewer.get(&company_path).expect(200).shows("As on the &#60;licence&#62;, please");
    accept(&reviewer, &id, &SECTIONS[1..7]);
    let conflicts = [("verdict", "changes"), ("field", ""), ("comment", "Who is Mr Li?")];
    reviewer.post(&format!("/registrations/{id}/conflicts"), &conflicts).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM messages"), 0, "drafts are not sent");
    reviewer.post(&outcome, &[]).expect(303).follow().expect(200).shows("Who is Mr Li?");
    reviewer.post(&outcome, &[]).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM messages WHERE kind = 'changes_requested'"), 1);
    let letter = app.text("SELECT body_text FROM messages");
    for text in ["As on the <licence>, please", "The rest is fine", "Who is Mr Li?"] {
        assert!(letter.contains(text), "{letter}");
    }
    assert_eq!(crate::invitations::link(&app, "changes_requested"), "/portal/registration/company");
    let to =
        format!("SELECT count(*) FROM messages WHERE email = '{}@example.com'", owner.account_id);
    assert_eq!(app.number(&to), 1);
    assert_eq!((status(&app).as_str(), stage(&app).as_str()), ("changes_requested", "registering"));
    assert_eq!(app.number(drafts), 0);
    reviewer.post(&company_path, &fields).expect(409);

    // The next round: what was accepted and not written anew stays accepted.
    app.tamper("UPDATE registrations SET round = 2").expect("the next round");
    hand_in(&app, &registration_of(&app, &id), &owner);
    let page = reviewer.get(&format!("/registrations/{id}")).expect(200);
    assert_eq!(page.body().matches("Not read yet").count(), 2);
    reviewer.get(&company_path).expect(200).shows("As on the &#60;licence&#62;, please");
    accept(&reviewer, &id, &["company", "conflicts"]);
    reviewer.post(&outcome, &[]).expect(303);
    assert_eq!(status(&app), "accepted");
}

fn registration_of(app: &TestApp, id: &str) -> Registration {
    let id = id.to_string();
    app.db().read_now(move |c| registration::find(c, &id)).expect("a registration")
}

#[test]
fn a_second_person_introduces_whom_the_first_accepted() {
    let app = TestApp::new();
    let company = app.company("Nordsee GmbH", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let id = handed_in(&app, &company.id, &owner).id;
    let reviewer = app.staff(Role::Approver);
    let helper = app.staff(Role::Approver);
    let third = app.staff(Role::Approver);
    let introduce = format!("/registrations/{id}/introduction");
    third.post(&introduce, &[]).expect(409);
    accept(&helper, &id, &SECTIONS[..1]);
    accept(&reviewer, &id, &SECTIONS[1..]);
    reviewer.post(&format!("/registrations/{id}/outcome"), &[]).expect(303);
    assert_eq!((status(&app).as_str(), stage(&app).as_str()), ("accepted", "under_review"));
    for person in [&reviewer, &helper] {
        person.post(&introduce, &[("finished_by", "x")]).expect(403).shows("second person");
        assert!(waits(&app, &person.account_id).is_empty());
    }
    let officer = app.staff(Role::ProcurementOfficer);
    officer.post(&introduce, &[]).expect(403);
    // Neither by its stage nor by a new entry.
    let active = [("stage", "active"), ("reason", "me alone")];
    reviewer.post(&format!("/suppliers/{}/stage", company.id), &active).expect(409);
    let entry = [("legal_name", "Neu AG"), ("country", "CH"), ("stage", "active")];
    reviewer.post("/suppliers", &entry).expect(422);
    assert_eq!(waits(&app, &third.account_id), [format!("/registrations/{id}")]);
    third.post(&introduce, &[]).expect(303);
    third.post(&introduce, &[]).expect(409);
    assert_eq!((status(&app).as_str(), stage(&app).as_str()), ("finished", "active"));
    assert_eq!(app.number("SELECT count(*) FROM messages WHERE kind = 'supplier_introduced'"), 1);
    let step = "SELECT count(*) FROM audit_records WHERE details LIKE '%\"step\":\"introduce\"%'";
    assert_eq!(app.number(step), 1);
    let done = "SELECT count(*) FROM audit_records WHERE action = 'registration.introduced'";
    assert_eq!(app.number(done), 1);
}

/// The introductions that wait for somebody.
fn waits(app: &TestApp, account: &str) -> Vec<String> {
    let account = account.to_string();
    let found = app
        .db()
        .read_now(move |c| waiting::companies::introductions(c, &Scope::Everything, &account));
    found.expect("what waits").into_iter().map(|one| one.path).collect()
}

#[test]
fn a_company_without_a_portal_is_proposed_by_one_and_introduced_by_another() {
    let app = TestApp::new();
    let company = app.company("Nordsee GmbH", "DE");
    let proposer = app.staff(Role::Approver);
    let path = format!("/suppliers/{}/introductions", company.id);
    assert!(proposer.post(&path, &[("why", " ")]).expect(422).blames("why"));
    let fields = [("why", "known for years"), ("form_key", "019a0000-0000-7000-8000-00000000000a")];
    let made = proposer.post(&path, &fields).expect(303);
    proposer.post(&path, &fields).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM registrations"), 1);
    let page = made.location.clone().expect("the registration");
    made.follow().expect(200).shows("known for years");
    proposer.post(&format!("{page}/introduction"), &[]).expect(403);
    proposer.post(&path, &[("why", "once more")]).expect(409);
    app.staff(Role::Approver).post(&format!("{page}/introduction"), &[]).expect(303);
    assert_eq!((status(&app).as_str(), stage(&app).as_str()), ("finished", "active"));
    assert_eq!(app.number("SELECT count(*) FROM messages"), 0, "nobody to write to");
}

#[test]
fn a_declined_company_is_told_why() {
    let app = TestApp::new();
    let company = app.company("Nordsee GmbH", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let id = handed_in(&app, &company.id, &owner).id;
    let staff = app.staff(Role::ProcurementOfficer);
    let path = format!("/registrations/{id}/decline");
    assert!(staff.post(&path, &[]).expect(422).blames("decline_reason"));
    staff.post(&path, &[("decline_reason", "No capacity")]).expect(303);
    staff.post(&path, &[("decline_reason", "No capacity")]).expect(409);
    assert_eq!((status(&app).as_str(), stage(&app).as_str()), ("withdrawn", "declined"));
    assert!(app.text("SELECT body_text FROM messages").contains("No capacity"));
}

#[test]
fn what_a_company_shares_with_an_eliminated_one_holds_its_introduction() {
    let app = TestApp::new();
    let company = app.company("Nordsee GmbH", "DE");
    let gone = app.company("Alte Nordsee GmbH", "DE");
    let staff = app.staff(Role::Approver);
    let place = format!("/suppliers/{}", gone.id);
    let account = [
        ("holder", "Alte Nordsee GmbH"),
        ("bank", "Sparkasse"),
        ("country", "DE"),
        ("currency", "EUR"),
        ("number", "DE89 3704 0044 0532 0130 00"),
    ];
    staff.post(&format!("{place}/bank-accounts"), &account).expect(303);
    let contact = [("name", "Li"), ("phone", "+49 40 1234567")];
    staff.post(&format!("{place}/contacts"), &contact).expect(303);
    let web = [("legal_name", "Alte Nordsee GmbH"), ("website", "http://www.nord.example/x")];
    let revision = app.number("SELECT revision FROM suppliers WHERE number = 2").to_string();
    staff.post(&place, &[web[0], web[1], ("revision", revision.as_str())]).expect(303);
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let id = handed_in(&app, &company.id, &owner).id;
    let row = touchstone::values::new_id();
    let bank = json!({ "accounts": [{
        "row": row, "holder": "Nordsee GmbH", "bank": "Sparkasse", "country": "DE",
        "bank_code": "", "currency": "EUR", "number": "DE89370400440532013000",
    }] });
    write(&app, &id, "bank", &bank, &json!({}));
    let people = json!({ "contacts": [{
        "row": row, "name": "Li", "title": "", "email": "", "phone": "040-1234567",
    }] });
    write(&app, &id, "contacts", &people, &json!({}));
    let path = format!("/registrations/{id}");
    assert!(!staff.get(&path).expect(200).has("Held:"));
    app.tamper(&format!("UPDATE suppliers SET stage = 'eliminated' WHERE id = '{}'", gone.id))
        .expect("eliminated");
    let page = staff.get(&path).expect(200).shows("Held:").shows("same bank account");
    assert!(page.has("same web site") && page.has("same telephone number"));
    accept(&staff, &id, &SECTIONS);
    staff.post(&format!("{path}/outcome"), &[]).expect(303);
    let second = app.staff(Role::Approver);
    let introduce = format!("{path}/introduction");
    assert!(second.post(&introduce, &[]).expect(422).blames("reason"));
    assert_eq!(stage(&app), "under_review");
    second.post(&introduce, &[("reason", "New owners, checked in the register")]).expect(303);
    assert_eq!(stage(&app), "active");
}

#[test]
fn an_accepted_change_is_in_the_register_at_once() {
    let app = TestApp::new();
    let company = app.company("Nordsee GmbH", "DE");
    app.introduce(&company.id, "known for years");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let made = begun(&app, &company.id, Purpose::Change);
    for section in &SECTIONS[1..] {
        write(&app, &made.id, section, &json!({}), &json!({}));
    }
    hand_in(&app, &made, &owner);
    let staff = app.staff(Role::ProcurementOfficer);
    let outcome = format!("/registrations/{}/outcome", made.id);
    staff.post(&outcome, &[]).expect(409);
    // Only what changed wants a verdict.
    accept(&staff, &made.id, &SECTIONS[..1]);
    staff.post(&outcome, &[]).expect(303);
    assert_eq!((status(&app).as_str(), stage(&app).as_str()), ("finished", "active"));
    assert_eq!(app.number("SELECT count(*) FROM messages WHERE kind = 'change_accepted'"), 1);
    staff.post(&format!("/registrations/{}/introduction", made.id), &[]).expect(403);
}

#[test]
fn registrations_out_of_reach_are_not_found_and_readers_change_nothing() {
    let app = TestApp::new();
    let company = app.company("Nordsee GmbH", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let id = handed_in(&app, &company.id, &owner).id;
    let eastern = app.staff_of(Role::Approver, "cn-six", "eastern");
    for path in [format!("/registrations/{id}"), format!("/registrations/{id}/bank")] {
        eastern.get(&path).expect(404);
    }
    eastern.post(&format!("/registrations/{id}/bank"), &[("verdict", "accepted")]).expect(404);
    for part in ["outcome", "introduction"] {
        eastern.post(&format!("/registrations/{id}/{part}"), &[]).expect(404);
    }
    eastern.post(&format!("/registrations/{id}/decline"), &[("decline_reason", "x")]).expect(404);
    let staff = app.staff(Role::Approver);
    for path in [format!("/registrations/{id}/no-such"), format!("/registrations/{}", new_id())] {
        staff.get(&path).expect(404);
    }
    let auditor = app.staff(Role::Auditor);
    let page = auditor.get(&format!("/registrations/{id}/company")).expect(200);
    assert!(!page.has("name=\"verdict\""));
    let reviews =
        app.db().read_now(|c| waiting::companies::reviews(c, &Scope::Everything)).expect("waits");
    assert_eq!(reviews.len(), 1);
}

#[test]
fn the_queue_is_read_page_by_page_the_oldest_first() {
    let app = TestApp::new();
    let company = app.company("Nordsee GmbH", "DE");
    let mut rows = String::new();
    for n in 1..=120 {
        rows.push_str(&format!(
            "INSERT INTO registrations (id, number, supplier_id, purpose, status, round, started_at, \
             submitted_at, submitted_name, reviewed_name, finished_name, finished_reason) VALUES \
             ('{}', {n}, '{}', 'introduction', 'submitted', 1, '2021-01-01 00:00:00', \
             '2021-0{}-01 00:00:00', '', '', '', '');",
            new_id(),
            company.id,
            9 - n / 20,
        ));
    }
    app.db().write_now(move |c| Ok(c.batch_execute(&rows)?)).expect("rows");
    let staff = app.staff(Role::Auditor);
    let (mut path, mut seen) = ("/registrations".to_string(), Vec::new());
    loop {
        let page = staff.get(&path).expect(200);
        let body = page.body();
        let codes = body.split("<small>R-").skip(1).map(|rest| rest[..6].to_string());
        seen.extend(codes);
        match page.links().into_iter().find(|link| link.contains("after=")) {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!((seen.len(), seen[0].as_str()), (120, "000120"));
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), 120);
}
