//! What a company says of itself is certified by two people, section by section, for a time.

use touchstone::access::Role;
use touchstone::suppliers::Supplier;

use crate::support::{Person, TestApp};

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
const CONFIRMED: [(&str, &str); 3] = [
    ("verdict", "confirmed"),
    ("source", "public_register"),
    ("evidence", "Extract of the register, seen today"),
];

/// An active company.
pub fn supplier(app: &TestApp, name: &str) -> Supplier {
    let company = app.company(name, "DE");
    app.introduce(&company.id, "known for years");
    company
}

/// Opens an audit. Its address.
pub fn open(by: &Person, supplier: &str) -> String {
    let reply = by.post(&format!("/suppliers/{supplier}/basic-audits"), &[]).expect(303);
    reply.location.clone().expect("an address")
}

/// Examines every section.
fn examine_all(by: &Person, audit: &str) {
    for section in SECTIONS {
        by.post(&format!("{audit}/sections/{section}"), &CONFIRMED).expect(303);
    }
}

/// Certifies a company for a number of months. The address of the audit.
pub fn certify(app: &TestApp, supplier: &str, months: &str) -> String {
    let (officer, approver) = (app.staff(Role::ProcurementOfficer), app.staff(Role::Approver));
    let audit = open(&officer, supplier);
    examine_all(&officer, &audit);
    officer.post(&format!("{audit}/proposal"), &[("outcome", "certified")]).expect(303);
    let decision = [("decision", "confirm"), ("months", months)];
    approver.post(&format!("{audit}/decision"), &decision).expect(303);
    audit
}

fn status(app: &TestApp) -> String {
    app.text("SELECT status FROM basic_audits ORDER BY id DESC LIMIT 1")
}

#[test]
fn a_company_is_certified_by_two_people_for_two_years_and_told() {
    let app = TestApp::new();
    let company = supplier(&app, "Certified Works GmbH");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let (officer, approver) = (app.staff(Role::ProcurementOfficer), app.staff(Role::Approver));
    let audit = open(&officer, &company.id);
    officer.get(&audit).expect(200).shows("0 of 8 sections").shows("Certified Works GmbH");
    officer.post(&format!("{audit}/sections/bank"), &CONFIRMED).expect(303);
    officer.get(&audit).expect(200).shows("1 of 8 sections");
    examine_all(&officer, &audit);
    officer.post(&format!("{audit}/proposal"), &[("outcome", "certified")]).expect(303);
    approver.get("/home").expect(200).shows("Certified Works GmbH");
    approver.post(&format!("{audit}/decision"), &[("decision", "confirm")]).expect(303);
    assert_eq!(status(&app), "certified");
    approver.get("/home").expect(200).shows("Nothing waits for you");
    let until =
        touchstone::certification::basic::decide::last_day(touchstone::values::now().date(), 24);
    assert_eq!(app.text("SELECT CAST(valid_to AS TEXT) FROM basic_audits"), until.to_string());
    let letters = app.letters();
    let letter = letters.iter().find(|(kind, ..)| kind == "basic_certified").expect("a letter");
    assert!(letter.1.contains(&owner.account_id) && letter.3.contains(&until.to_string()));
    assert_eq!(letter.4, "/portal/certification");
}

#[test]
fn nobody_decides_on_what_they_opened_examined_or_proposed() {
    let app = TestApp::new();
    let company = supplier(&app, "Two People GmbH");
    let [opener, examiner, proposer, second] = [(); 4].map(|()| app.staff(Role::Approver));
    let audit = open(&opener, &company.id);
    examine_all(&examiner, &audit);
    // What one wrote is written over by another: it was theirs all the same.
    examine_all(&proposer, &audit);
    proposer.post(&format!("{audit}/proposal"), &[("outcome", "certified")]).expect(303);
    for person in [&opener, &examiner, &proposer] {
        person.get("/home").expect(200).shows("Nothing waits for you");
        person
            .post(&format!("{audit}/decision"), &[("decision", "confirm")])
            .expect(403)
            .shows("Another person has to decide");
    }
    assert_eq!(status(&app), "proposed");
    second.post(&format!("{audit}/decision"), &[("decision", "confirm")]).expect(303);
    assert_eq!(status(&app), "certified");
}

#[test]
fn a_section_needs_a_source_and_what_was_seen_and_keeps_what_was_typed() {
    let app = TestApp::new();
    let company = supplier(&app, "Evidence GmbH");
    let officer = app.staff(Role::Inspector);
    let audit = open(&officer, &company.id);
    let bank = format!("{audit}/sections/bank");
    let wrong: [&[(&str, &str)]; 6] = [
        &[],
        &[("verdict", "confirmed"), ("source", "call_back")],
        &[("verdict", "confirmed"), ("evidence", "Words that were typed")],
        &[("verdict", "differs"), ("source", "rumour"), ("evidence", "Words that were typed")],
        &[("verdict", "fine"), ("source", "other"), ("evidence", "Words that were typed")],
        &[("verdict", "not_applicable")],
    ];
    for fields in wrong {
        let reply = officer.post(&bank, fields).expect(422);
        assert!(reply.has("id=\"e-bank-"), "{fields:?}");
        if fields.iter().any(|(_, value)| value.starts_with("Words")) {
            assert!(reply.has("Words that were typed"));
        }
    }
    assert_eq!(app.number("SELECT count(*) FROM basic_audit_sections WHERE verdict <> ''"), 0);
    let gone = [("verdict", "not_applicable"), ("evidence", "Is paid by its parent")];
    officer.post(&bank, &gone).expect(303);
    officer.get(&audit).expect(200).shows("Is paid by its parent");
    officer.post(&format!("{audit}/sections/gossip"), &CONFIRMED).expect(404);
}

#[test]
fn another_companys_document_is_as_unknown_as_none() {
    let app = TestApp::new();
    let (mine, other) = (supplier(&app, "Mine GmbH"), supplier(&app, "Other GmbH"));
    let officer = app.staff(Role::ProcurementOfficer);
    let foreign = document(&app, &other.id);
    let audit = open(&officer, &mine.id);
    for id in [foreign.as_str(), "00000000-0000-7000-8000-000000000000", "x"] {
        let fields = [CONFIRMED.as_slice(), &[("document", id)]].concat();
        let reply = officer.post(&format!("{audit}/sections/bank"), &fields).expect(422);
        assert!(reply.has("id=\"e-bank-document\""), "{id}");
    }
    let own = document(&app, &mine.id);
    let fields = [CONFIRMED.as_slice(), &[("document", &own)]].concat();
    officer.post(&format!("{audit}/sections/bank"), &fields).expect(303);
}

/// A document of a company: its id.
pub fn document(app: &TestApp, supplier: &str) -> String {
    let owner = app.supplier_person(Role::SupplierOwner, supplier);
    let fields = [("kind", "business_licence"), ("document_title", "Licence")];
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    owner.upload("/portal/documents", "licence.pdf", pdf, &fields).expect(303);
    app.text(&format!("SELECT max(id) FROM documents WHERE supplier_id = '{supplier}'"))
}

#[test]
fn it_is_proposed_as_certified_only_when_every_section_is_examined_and_none_differs() {
    let app = TestApp::new();
    let company = supplier(&app, "Differing GmbH");
    let officer = app.staff(Role::ProcurementOfficer);
    let audit = open(&officer, &company.id);
    let proposal = format!("{audit}/proposal");
    let reply = officer.post(&proposal, &[("outcome", "certified"), ("note", "kept")]).expect(422);
    assert!(reply.blames("outcome") && reply.has("kept"));
    examine_all(&officer, &audit);
    let differs =
        [("verdict", "differs"), ("source", "bank_letter"), ("evidence", "Another holder")];
    officer.post(&format!("{audit}/sections/bank"), &differs).expect(303);
    assert!(officer.post(&proposal, &[("outcome", "certified")]).expect(422).blames("outcome"));
    assert!(officer.post(&proposal, &[("outcome", "failed")]).expect(422).blames("note"));
    assert!(officer.post(&proposal, &[("outcome", "perfect")]).expect(422).blames("outcome"));
    assert_eq!(status(&app), "open");
    let failed = [("outcome", "failed"), ("note", "The account is another company's")];
    officer.post(&proposal, &failed).expect(303);
    app.supplier_person(Role::SupplierOwner, &company.id);
    let approver = app.staff(Role::Approver);
    approver.post(&format!("{audit}/decision"), &[("decision", "confirm")]).expect(303);
    assert_eq!(status(&app), "failed");
    let letters = app.letters();
    let letter = letters.iter().find(|(kind, ..)| kind == "basic_failed").expect("a letter");
    assert!(letter.3.contains("The account is another company's"));
}

#[test]
fn no_step_is_skipped_by_posting_it_directly() {
    let app = TestApp::new();
    let company = supplier(&app, "Hasty GmbH");
    let (officer, approver) = (app.staff(Role::ProcurementOfficer), app.staff(Role::Approver));
    let audit = open(&officer, &company.id);
    let at = |step: &str| format!("{audit}/{step}");
    let confirm = [("decision", "confirm")];
    let reason = [("reason", "a reason")];
    approver.post(&at("decision"), &confirm).expect(409);
    approver.post(&at("revocation"), &reason).expect(409);
    officer.post(&format!("/suppliers/{}/basic-audits", company.id), &[]).expect(409);
    examine_all(&officer, &audit);
    officer.post(&at("proposal"), &[("outcome", "certified")]).expect(303);
    officer.post(&at("sections/bank"), &CONFIRMED).expect(409);
    officer.post(&at("proposal"), &[("outcome", "certified")]).expect(409);
    officer.post(&format!("/suppliers/{}/basic-audits", company.id), &[]).expect(409);
    for months in ["0", "37", "two", "-3"] {
        let decision = [("decision", "confirm"), ("months", months)];
        let reply = approver.post(&at("decision"), &decision).expect(422);
        assert!(reply.blames("months") && reply.has(months));
    }
    assert!(
        approver
            .post(&at("decision"), &[("decision", "return")])
            .expect(422)
            .has("e-decision_note")
    );
    approver
        .post(&at("decision"), &[("decision", "return"), ("decision_note", "Call the bank")])
        .expect(303);
    officer.get(&audit).expect(200).shows("Call the bank");
    officer.post(&at("proposal"), &[("outcome", "certified")]).expect(303);
    approver.post(&at("decision"), &confirm).expect(303);
    approver.post(&at("decision"), &confirm).expect(409);
    officer.post(&at("withdrawal"), &reason).expect(409);
    assert!(approver.post(&at("revocation"), &[]).expect(422).blames("reason"));
    approver.post(&at("revocation"), &reason).expect(303);
    approver.post(&at("revocation"), &reason).expect(409);
    assert_eq!(status(&app), "revoked");
    // Another may be opened now, and given up.
    let audit = open(&officer, &company.id);
    officer.post(&format!("{audit}/withdrawal"), &reason).expect(303);
    officer.post(&format!("{audit}/withdrawal"), &reason).expect(409);
}

#[test]
fn the_list_finds_what_waits_what_is_due_and_what_was_never_audited() {
    let app = TestApp::alone();
    let (due, fresh) = (supplier(&app, "Due GmbH"), supplier(&app, "Fresh GmbH"));
    let never = supplier(&app, "Never GmbH");
    app.company("Candidate GmbH", "DE");
    certify(&app, &due.id, "2");
    certify(&app, &fresh.id, "36");
    let officer = app.staff(Role::ProcurementOfficer);
    let list = |query: &str| {
        let device = app.again(&officer);
        let reply = device.get(&format!("/basic-audits?{query}")).expect(200);
        ["Due GmbH", "Fresh GmbH", "Never GmbH", "Candidate GmbH"].map(|name| reply.has(name))
    };
    assert_eq!(list(""), [true, true, false, false]);
    assert_eq!(list("status=proposed"), [false; 4]);
    assert_eq!(list("status=certified"), [true, true, false, false]);
    assert_eq!(list("due=soon"), [true, false, false, false]);
    assert_eq!(list("due=overdue"), [false; 4]);
    assert_eq!(list("due=never"), [false, false, true, false]);
    app.advance_clock(70 * 24 * 3600);
    assert_eq!(list("due=soon"), [false; 4]);
    assert_eq!(list("due=overdue"), [true, false, false, false]);
    app.again(&officer).get("/home").expect(200).shows("Due GmbH");
    // Once somebody is at it, nobody else needs to be.
    let officer = app.again(&officer);
    let audit = open(&officer, &due.id);
    assert_eq!(list("due=overdue"), [false; 4]);
    officer.get("/home").expect(200).shows("Nothing waits for you");
    officer.post(&format!("{audit}/withdrawal"), &[("reason", "tomorrow")]).expect(303);
    assert_eq!(list("due=overdue"), [true, false, false, false]);
    let elsewhere = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    for query in ["", "due=overdue", "due=never"] {
        let reply = elsewhere.get(&format!("/basic-audits?{query}")).expect(200);
        assert!(!reply.has("Due GmbH") && !reply.has("Never GmbH"));
    }
    elsewhere.get(&audit).expect(404);
    let csv = officer.get("/basic-audits/export/csv?due=never").expect(200);
    assert!(csv.has("Never GmbH") && !csv.has("Due GmbH"));
    officer.get("/basic-audits/export/csv").expect(200).shows("Fresh GmbH").shows("certified");
    officer.get("/basic-audits/export/exe").expect(404);
    let _ = never;
}

#[test]
fn the_register_shows_of_itself_what_is_to_be_examined_and_masks_numbers() {
    let app = TestApp::new();
    let company = supplier(&app, "Masked GmbH");
    let officer = app.staff(Role::ProcurementOfficer);
    let place = format!("/suppliers/{}", company.id);
    let contact = [("name", "Eva Beispiel"), ("phone", "+49 30 5550 4417")];
    officer.post(&format!("{place}/contacts"), &contact).expect(303);
    let account = [
        ("holder", "Masked GmbH"),
        ("bank", "Example Bank"),
        ("country", "DE"),
        ("currency", "EUR"),
        ("number", "DE89370400440532013000"),
    ];
    officer.post(&format!("{place}/bank-accounts"), &account).expect(303);
    let code = [("kind", "eu_vat"), ("value", "DE136695976")];
    officer.post(&format!("{place}/identifiers"), &code).expect(303);
    let audit = open(&officer, &company.id);
    let page = officer.get(&audit).expect(200);
    for text in ["Eva Beispiel", "4417", "Example Bank", "DE136695976", "not confirmed"] {
        assert!(page.has(text), "{text}");
    }
    for secret in ["5550 4417", "55504417", "DE893704", "0532013000"] {
        assert!(!page.has(secret), "{secret}");
    }
    let chinese = app.again(&officer);
    chinese.set_cookie("__Host-language", "zh-CN");
    chinese.get(&audit).expect(200).shows("系统现有信息").shows("待核验");
}

#[test]
fn programs_read_audits_page_by_page_and_what_is_due() {
    let app = TestApp::new();
    let (first, second) = (supplier(&app, "First GmbH"), supplier(&app, "Second GmbH"));
    certify(&app, &first.id, "2");
    let program = app.program(Role::ReportingStaff);
    let items = |query: &str| {
        let reply = program.get(&format!("/api/v1/basic-audits{query}")).expect(200);
        reply.value()["items"].clone()
    };
    assert_eq!(items("")[0]["supplier_id"], first.id.as_str());
    assert_eq!(items("?due=soon")[0]["status"], "certified");
    assert_eq!(items("?due=overdue"), serde_json::json!([]));
    let never = items("?due=never");
    assert_eq!(never[0]["supplier_id"], second.id.as_str());
    assert!(never[0]["id"].is_null() && never[1].is_null());
    open(&app.staff(Role::Inspector), &second.id);
    let page = program.get("/api/v1/basic-audits?limit=1").expect(200).value();
    assert_eq!(page["items"][0]["supplier_id"], second.id.as_str());
    let cursor = page["next_cursor"].as_str().expect("a cursor");
    let rest = items(&format!("?limit=1&cursor={cursor}"));
    assert_eq!(rest[0]["supplier_id"], first.id.as_str());
    for query in ["?status=gossip", "?due=never&status=open", "?limit=0", "?cursor=x"] {
        program.get(&format!("/api/v1/basic-audits{query}")).expect(422);
    }
    let path = format!("/api/v1/suppliers/{}/basic-audits", first.id);
    assert_eq!(program.get(&path).expect(200).value()["items"][0]["code"], "BA-000001");
}
