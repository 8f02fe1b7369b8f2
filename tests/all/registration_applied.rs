//! What was accepted comes into the register, and nothing else.

use touchstone::access::{Actor, Role};
use touchstone::onboarding::registration::{self, Section, Waiting};

use crate::registration::{IBAN, answers, begun, category, complete, hand_in, latest, path, send};
use crate::support::{TestApp, vault};

fn apply(app: &TestApp) -> Result<(), touchstone::error::Error> {
    app.db().write_now(|c| {
        let id: String = {
            use diesel::prelude::*;
            use touchstone::schema::registrations::dsl;
            dsl::registrations.select(dsl::id).order(dsl::id.desc()).first(c)?
        };
        let registration = registration::find(c, &id)?;
        registration::apply(c, &Actor::command_line(), &vault(), &registration)
    })
}

fn finish(app: &TestApp) {
    app.tamper(
        "UPDATE registrations SET status = 'finished', finished_at = submitted_at;
         UPDATE suppliers SET stage = 'active';",
    )
    .unwrap();
}

const RECORDS: &str = "SELECT count(*) FROM audit_records";

#[test]
fn what_was_accepted_comes_into_the_register_once_with_its_records() {
    let app = TestApp::new();
    let (company, owner) = begun(&app);
    complete(&owner, &category(&app));
    assert!(apply(&app).is_err(), "not handed in");
    hand_in(&owner);
    assert_eq!(app.number("SELECT count(*) FROM contacts"), 0, "nothing before it is accepted");
    apply(&app).unwrap();
    let buyer = app.staff(Role::ProcurementOfficer);
    let page = buyer.get(&format!("/suppliers/{}", company.id)).expect(200);
    let page = page.shows("https://werk.example").shows("DE123456789").shows("Musterstrasse 1");
    let page = page.shows("Ana Muster").shows("•••• 4417").shows("Steel").shows("Beispielbank");
    assert!(!page.has(IBAN), "numbers stay masked");
    assert_eq!(app.text("SELECT recorded_by FROM bank_accounts"), owner.account_id);
    assert_eq!(app.number("SELECT count(*) FROM bank_accounts WHERE confirmed_at IS NULL"), 1);
    let queue = "SELECT count(*) FROM sites WHERE place_status = 'unresolved'";
    assert_eq!(app.number(queue), 1, "a place that cannot be told waits for a person");
    assert_eq!(app.text("SELECT area FROM suppliers"), "DE");
    assert_eq!(app.number("SELECT count(*) FROM declarations WHERE NOT has_conflicts"), 1);
    for action in
        ["supplier.edited", "identifier.added", "site.added", "contact.added", "person.added"]
    {
        let count = format!("{RECORDS} WHERE action = '{action}'");
        assert!(app.number(&count) >= 1, "{action}");
    }
    let records = app.number(RECORDS);
    apply(&app).unwrap();
    assert_eq!(app.number(RECORDS), records, "done again, it finds nothing left to do");
    assert_eq!(app.number("SELECT count(*) FROM contacts"), 1);
}

#[test]
fn a_change_touches_only_what_the_company_changed() {
    let app = TestApp::new();
    let (company, owner) = begun(&app);
    complete(&owner, &category(&app));
    owner.post("/portal/changes", &[]).expect(303).follow().shows("8 of 8 sections complete");
    hand_in(&owner);
    apply(&app).unwrap();
    finish(&app);
    owner.get("/portal/registration").shows("Report a change");
    owner.post("/portal/changes", &[]).expect(303).follow().shows("Change to your registration");
    assert!(
        owner
            .post("/portal/registration/submission", &[("declared", "on")])
            .expect(422)
            .blames("declared")
    );
    let page = owner.get(&path("company")).expect(200);
    assert_eq!(page.hidden("website").as_deref(), Some("https://werk.example"));
    let mut fields = answers(Section::Company, "");
    fields.retain(|(name, _)| *name != "website");
    fields.push(("website", "https://neu.example"));
    send(&owner, "company", &fields, "continue").expect(303);
    // The site goes, and so does the number of nobody.
    let sites = owner.get(&path("addresses")).expect(200);
    assert!(sites.has("Somewhere without a province"));
    let mut fields = answers(Section::Addresses, "");
    fields.retain(|(name, _)| !name.starts_with("sites-"));
    send(&owner, "addresses", &fields, "continue").expect(303);
    // Meanwhile staff learn of another person.
    let buyer = app.staff(Role::ProcurementOfficer);
    let contacts = format!("/suppliers/{}/contacts", company.id);
    buyer.post(&contacts, &[("name", "Bo Neu"), ("email", "bo@example.com")]).expect(303);
    hand_in(&owner);
    let records = app.number(RECORDS);
    apply(&app).unwrap();
    assert_eq!(app.number(RECORDS), records + 2, "the web site and the site");
    let page = buyer.get(&format!("/suppliers/{}", company.id)).expect(200);
    let page =
        page.shows("https://neu.example").shows("Bo Neu").shows("Ana Muster").shows("Beispielbank");
    assert!(page.has("Site closed"));
    assert_eq!(app.number("SELECT count(*) FROM sites WHERE closed_at IS NULL"), 1);
    assert_eq!(app.number("SELECT count(*) FROM registrations WHERE purpose = 'change'"), 1);
    assert_eq!(latest(&app, &company).number, 2);
}

#[test]
fn the_start_page_is_told_what_waits_for_whom() {
    let app = TestApp::new();
    let (company, owner) = begun(&app);
    send(&owner, "documents", &answers(Section::Documents, ""), "continue").expect(303);
    let colleague = app.supplier_person(Role::SupplierMember, &company.id);
    app.tamper(&format!(
        "INSERT INTO section_forwards VALUES ('1', '{}', 'bank', '{}@example.com', 'Bo', 'Please', NULL, 'x', 'Ana', \
         '2030-01-01 00:00:00', NULL, NULL)",
        latest(&app, &company).id,
        colleague.account_id
    ))
    .unwrap();
    owner.get("/portal/registration").shows("With Bo");
    let waiting = |person: &str| {
        let actor = Actor { account_id: person.into(), ..Actor::command_line() };
        let member = touchstone::access::Member { actor, supplier_id: company.id.clone() };
        app.db().read_now(move |c| registration::waiting_for_supplier(c, &member)).unwrap()
    };
    let whole = Waiting::Registration { done: 1, all: 8, due_on: None };
    assert_eq!(waiting(&owner.account_id), [whole]);
    assert_eq!(waiting(&colleague.account_id).len(), 2);
    send(&colleague, "bank", &answers(Section::Bank, ""), "continue").expect(303);
    assert_eq!(waiting(&colleague.account_id).len(), 1, "what was handed on is done");
}

#[test]
fn a_company_that_withdraws_sees_how_it_stands_and_no_more() {
    let app = TestApp::new();
    let (company, owner) = begun(&app);
    send(&owner, "contacts", &answers(Section::Contacts, ""), "continue").expect(303);
    let withdrawal = "/portal/registration/withdrawal";
    let member = app.supplier_person(Role::SupplierMember, &company.id);
    member.post(withdrawal, &[("reason", "Enough")]).expect(403);
    assert!(owner.post(withdrawal, &[]).expect(422).blames("reason"));
    owner.post(withdrawal, &[("reason", "No capacity")]).expect(303);
    let page = owner.get("/portal/registration").expect(200).shows("This registration has ended");
    assert!(!page.has("Ana Muster"));
    owner.get("/portal/registration/download").expect(404);
    assert_eq!(app.text("SELECT stage FROM suppliers"), "withdrawn");
    owner.post(withdrawal, &[("reason", "Again")]).expect(409);
    // So does one that was declined while it was writing.
    app.tamper("UPDATE registrations SET status = 'open'; UPDATE suppliers SET stage = 'declined'")
        .unwrap();
    assert!(!owner.get("/portal/registration").expect(200).has("Ana Muster"));
    owner.get(&path("contacts")).expect(303);
    owner.post(&path("contacts"), &[("revision", "1"), ("do", "later")]).expect(409);
}
