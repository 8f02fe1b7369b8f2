//! The people behind a company are who the register says, and it takes two to say so.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use touchstone::access::Role;
use touchstone::certification::demands::{Demand, DemandKind};
use touchstone::certification::holdings::{self, Judgement};
use touchstone::values::now;

use crate::basic_audits::{document, supplier};
use crate::support::{Person, TestApp};

const NOBODY: &str = "00000000-0000-7000-8000-000000000000";
const SEEN: &str = "Identity card, original, seen today";
/// The first key of RFC 8032, section 7.1.
const PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

/// Records somebody behind a company. Their id.
pub fn record(app: &TestApp, by: &Person, supplier: &str, role: &str) -> String {
    let fields = [
        ("role", role),
        ("name", "Li Wei"),
        ("paper", "passport"),
        ("country", "DE"),
        ("number", "C01X00T47"),
    ];
    by.post(&format!("/suppliers/{supplier}/people"), &fields).expect(303);
    app.text(&format!("SELECT max(id) FROM people WHERE supplier_id = '{supplier}'"))
}

/// A confirmed bank account of a company.
fn account(app: &TestApp, supplier: &str) {
    let fields = [
        ("holder", "Paid GmbH"),
        ("bank", "Example Bank"),
        ("country", "DE"),
        ("currency", "EUR"),
        ("number", "DE89370400440532013000"),
    ];
    let place = format!("/suppliers/{supplier}/bank-accounts");
    app.staff(Role::ProcurementOfficer).post(&place, &fields).expect(303);
    let id = app.text("SELECT max(id) FROM bank_accounts");
    app.staff(Role::Approver).post(&format!("{place}/{id}/confirmation"), &[]).expect(303);
}

/// Begins an authentication. Its address.
pub fn begin(by: &Person, supplier: &str, person: &str, method: &str) -> String {
    let fields = [("person", person), ("method", method), ("evidence", SEEN)];
    let reply = by.post(&format!("/suppliers/{supplier}/authentications"), &fields).expect(303);
    reply.location.clone().expect("an address")
}

fn status(app: &TestApp) -> String {
    app.text("SELECT status FROM authentications ORDER BY id DESC LIMIT 1")
}

/// Whether the legal representative of a company counts as authenticated.
fn counts(app: &TestApp, supplier: &str) -> bool {
    let demand = Demand {
        id: NOBODY.into(),
        standard_id: NOBODY.into(),
        position: 1,
        kind: DemandKind::Authentication,
        subject: "legal_representative".into(),
    };
    let supplier = supplier.to_string();
    let judged = app.db().read_now(move |c| {
        let held = holdings::of(c, &[&supplier])?;
        Ok(held[&supplier].judge(&demand, now().date()))
    });
    matches!(judged.expect("holdings"), Judgement::Met(Some(_)))
}

#[test]
fn what_one_has_seen_another_verifies_and_not_who_recorded_the_person() {
    let app = TestApp::new();
    let company = supplier(&app, "Two People GmbH");
    let [clerk, second] = [(); 2].map(|()| app.staff(Role::LegalOfficer));
    let recorder = app.staff(Role::ProcurementOfficer);
    let person = record(&app, &recorder, &company.id, "legal_representative");
    let at = begin(&clerk, &company.id, &person, "document_review");
    let verification = format!("{at}/verification");
    let note = [("note", "Seen it too")];
    for own in [&clerk, &recorder] {
        own.get("/home").expect(200).shows("Nothing waits for you");
        own.get(&at).expect(200).shows("Another person verifies it");
        own.post(&verification, &note).expect(403).shows("A second person has to verify it");
    }
    second.get("/home").expect(200).shows("Li Wei");
    assert!(second.post(&verification, &[]).expect(422).blames("note"));
    let late = (now().date() + Duration::days(1200)).to_string();
    for day in ["2020-01-01", "2026-02-30", "soon", &late] {
        let reply = second.post(&verification, &[note[0], ("valid_to", day)]).expect(422);
        assert!(reply.blames("valid_to") && reply.has("Seen it too"), "{day}");
    }
    assert!(!counts(&app, &company.id));
    second.post(&verification, &note).expect(303);
    assert_eq!(status(&app), "verified");
    assert!(counts(&app, &company.id));
    second.post(&verification, &note).expect(409);
    let page = second.get(&at).expect(200).shows("Seen it too").shows("•••• 0T47");
    assert!(!page.has("C01X00T47"));
    second.get("/authentications?status=verified").expect(200).shows("Li Wei");
    let reason = [("reason", "The passport was stolen")];
    assert!(second.post(&format!("{at}/revocation"), &[]).expect(422).blames("reason"));
    second.post(&format!("{at}/revocation"), &reason).expect(303);
    assert_eq!(status(&app), "revoked");
    assert!(!counts(&app, &company.id));
    second.post(&format!("{at}/revocation"), &reason).expect(409);
}

#[test]
fn what_was_verified_counts_no_longer_once_the_person_is_taken_off() {
    let app = TestApp::new();
    let company = supplier(&app, "Leaving GmbH");
    let recorder = app.staff(Role::ProcurementOfficer);
    let [clerk, second] = [(); 2].map(|()| app.staff(Role::LegalOfficer));
    let person = record(&app, &recorder, &company.id, "legal_representative");
    let at = begin(&clerk, &company.id, &person, "in_person");
    second.post(&format!("{at}/verification"), &[("note", "met too")]).expect(303);
    assert!(counts(&app, &company.id));
    let again = begin(&clerk, &company.id, &person, "in_person");
    let removal = format!("/suppliers/{}/people/{person}/removal", company.id);
    recorder.post(&removal, &[]).expect(303);
    assert!(!counts(&app, &company.id));
    second.post(&format!("{again}/verification"), &[("note", "met")]).expect(409);
    second.get(&again).expect(200).shows("no longer behind the company");
    second.get("/home").expect(200).shows("Nothing waits for you");
}

#[test]
fn beginning_refuses_what_is_not_this_companys_and_keeps_what_was_typed() {
    let app = TestApp::new();
    let (company, other) = (supplier(&app, "Mine GmbH"), supplier(&app, "Other GmbH"));
    let officer = app.staff(Role::ProcurementOfficer);
    let person = record(&app, &officer, &company.id, "signatory");
    let owner = record(&app, &officer, &company.id, "beneficial_owner");
    let foreign = record(&app, &officer, &other.id, "signatory");
    let paper = document(&app, &other.id);
    let place = format!("/suppliers/{}/authentications", company.id);
    let refused = |fields: [(&str, &str); 4], field: &str| {
        let reply = officer.post(&place, &fields).expect(422);
        assert!(reply.blames(field) && reply.has(SEEN), "{fields:?}");
    };
    let review = ("method", "document_review");
    let evidence = ("evidence", SEEN);
    for id in [foreign.as_str(), NOBODY, &owner, ""] {
        refused([("person", id), review, evidence, ("document", "")], "person");
    }
    for id in [paper.as_str(), NOBODY] {
        refused([("person", &person), review, evidence, ("document", id)], "document");
    }
    for method in ["", "gossip", "external", "bank_transfer"] {
        let method = ("method", method);
        refused([("person", &person), method, evidence, ("document", "")], "method");
    }
    let bare = [("person", person.as_str()), review];
    assert!(officer.post(&place, &bare).expect(422).blames("evidence"));
    assert_eq!(app.number("SELECT count(*) FROM authentications"), 0);
    let at = begin(&officer, &company.id, &person, "document_review");
    let fields = [("person", person.as_str()), review, evidence];
    officer.post(&place, &fields).expect(409);
    officer.post(&format!("{at}/statement"), &[("statement", "x")]).expect(409);
    officer.post(&format!("{at}/opening"), &[]).expect(409);
    officer.post(&format!("{at}/revocation"), &[("reason", "x")]).expect(409);
    officer.post(&format!("{at}/withdrawal"), &[("reason", "not needed")]).expect(303);
    officer.post(&format!("{at}/failure"), &[("reason", "late")]).expect(409);
    let at = begin(&officer, &company.id, &person, "document_review");
    officer.post(&format!("{at}/failure"), &[("reason", "forged")]).expect(303);
    assert_eq!(status(&app), "failed");
    let elsewhere = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    elsewhere.get(&at).expect(404);
    elsewhere.post(&format!("{at}/failure"), &[("reason", "x")]).expect(404);
    assert!(!elsewhere.get("/authentications").expect(200).has("Li Wei"));
}

/// A transfer that was begun: the address for staff, and the amount that was drawn.
fn transfer(app: &TestApp, supplier: &str) -> (String, String) {
    let officer = app.staff(Role::ProcurementOfficer);
    let person = record(app, &officer, supplier, "legal_representative");
    account(app, supplier);
    let at = begin(&officer, supplier, &person, "bank_transfer");
    let page = officer.post(&format!("{at}/opening"), &[]).expect(200);
    let body = page.body();
    let (before, _) = body.split_once(" EUR").expect("an amount");
    (at, before[before.len() - 4..].to_string())
}

#[test]
fn who_says_how_much_came_is_authenticated_and_the_amount_is_nowhere_else() {
    let app = TestApp::new();
    let company = supplier(&app, "Paid GmbH");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let (at, amount) = transfer(&app, &company.id);
    let portal = format!("/portal{at}");
    let page = owner.get(&portal).expect(200).shows("•••• 3000").shows("Li Wei");
    assert!(!page.has(&amount) && !page.has("DE8937"));
    let officer = app.staff(Role::ProcurementOfficer);
    assert!(!officer.get(&at).expect(200).has(&amount));
    let letters = app.letters();
    let letter = letters.iter().find(|(kind, ..)| kind == "authentication_transfer");
    let (_, email, subject, text, link) = letter.expect("a letter");
    assert!(email.contains(&owner.account_id) && *link == portal);
    assert!(!subject.contains(&amount) && !text.contains(&amount));
    let sealed = app.text("SELECT secret_sealed FROM authentications");
    assert!(!sealed.is_empty() && !sealed.contains(&amount));
    owner.post(&format!("{portal}/answer"), &[("amount", &amount.replace('.', ","))]).expect(303);
    assert_eq!(status(&app), "verified");
    assert!(counts(&app, &company.id));
    assert_eq!(app.text("SELECT verified_by FROM authentications"), "clock");
    assert_eq!(app.text("SELECT secret_sealed FROM authentications"), "");
    let told = format!("SELECT count(*) FROM audit_records WHERE details LIKE '%{amount}%'");
    assert_eq!(app.number(&told), 0);
    let opened = "SELECT count(*) FROM audit_records WHERE action = 'authentication.amount_opened'";
    assert_eq!(app.number(opened), 1);
    owner.get(&portal).expect(200).shows("is authenticated");
    owner.post(&format!("{portal}/answer"), &[("amount", &amount)]).expect(409);
    officer.post(&format!("{at}/opening"), &[]).expect(409);
}

#[test]
fn three_wrong_amounts_end_it_and_what_is_no_amount_is_not_counted() {
    let app = TestApp::new();
    let company = supplier(&app, "Paid GmbH");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let (at, amount) = transfer(&app, &company.id);
    let answer = format!("/portal{at}/answer");
    let wrong = if amount == "0.11" { "0.22" } else { "0.11" };
    for typed in ["", "abc", "1.37", "0.123", "99"] {
        assert!(owner.post(&answer, &[("amount", typed)]).expect(422).blames("amount"), "{typed}");
    }
    assert_eq!(app.number("SELECT tries FROM authentications"), 0);
    owner.post(&answer, &[("amount", wrong)]).expect(422).shows("2 answers are left").shows(wrong);
    owner.post(&answer, &[("amount", wrong)]).expect(422).shows("One answer is left");
    assert_eq!(status(&app), "open");
    owner.post(&answer, &[("amount", wrong)]).expect(303);
    assert_eq!(status(&app), "failed");
    owner.post(&answer, &[("amount", &amount)]).expect(409);
    owner.get(&format!("/portal{at}")).expect(200).shows("did not succeed");
    assert!(!counts(&app, &company.id));
}

#[test]
fn another_companys_transfer_is_not_there_and_no_colleague_verifies_one() {
    let app = TestApp::new();
    let company = supplier(&app, "Paid GmbH");
    let (at, amount) = transfer(&app, &company.id);
    let stranger = app.supplier();
    stranger.get(&format!("/portal{at}")).expect(404);
    stranger.post(&format!("/portal{at}/answer"), &[("amount", &amount)]).expect(404);
    let second = app.staff(Role::LegalOfficer);
    second.post(&format!("{at}/verification"), &[("note", "fine")]).expect(409);
    // An account that the company takes off is no way any more.
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let removal = app.text("SELECT max(id) FROM bank_accounts");
    let removal = format!("/suppliers/{}/bank-accounts/{removal}/removal", company.id);
    app.staff(Role::ProcurementOfficer).post(&removal, &[]).expect(303);
    owner.get(&format!("/portal{at}")).expect(200).shows("no longer in your registration");
    owner.post(&format!("/portal{at}/answer"), &[("amount", &amount)]).expect(409);
    assert_eq!(status(&app), "open");
}

fn signing(seed: &str) -> EncodingKey {
    let text = format!("302e020100300506032b657004220420{seed}");
    let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal");
    let der: Vec<u8> = (0..text.len()).step_by(2).map(byte).collect();
    EncodingKey::from_ed_der(&der)
}

fn statement(claims: &Value, typ: &str, seed: &str) -> String {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(typ.into());
    encode(&header, claims, &signing(seed)).expect("a statement")
}

#[test]
fn a_statement_of_the_provider_is_taken_and_no_other() {
    let app = TestApp::with(|settings| {
        let named = settings.with("identity_provider_name", "Example Identity");
        named.and_then(|s| s.with("identity_provider_key", PUBLIC)).expect("settings")
    });
    let company = supplier(&app, "Stated GmbH");
    let officer = app.staff(Role::ProcurementOfficer);
    let person = record(&app, &officer, &company.id, "legal_representative");
    let at = begin(&officer, &company.id, &person, "external");
    let id = at.rsplit('/').next().expect("an id");
    let take = format!("{at}/statement");
    let typ = "identity-statement+jwt";
    let time = now().and_utc().timestamp();
    let good = json!({ "iss": "Example Identity", "sub": id, "name": "LI  WEI",
        "result": "verified", "iat": time, "exp": time + 600 });
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        statement(&claims, typ, SEED)
    };
    let sound = statement(&good, typ, SEED);
    let (body, _) = sound.rsplit_once('.').expect("a signature");
    let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"identity-statement+jwt"}"#);
    let attacks = [
        (String::new(), "Fill this in"),
        ("not a statement".into(), "no statement of the provider"),
        (format!("{body}."), "not"),
        (format!("{none}.{}.", body.split_once('.').expect("claims").1), "no statement"),
        (statement(&good, "at+jwt", SEED), "no statement of the provider"),
        (statement(&good, typ, &"07".repeat(32)), "not signed by the provider"),
        (with("iss", json!("Another")), "not signed by the provider"),
        (with("sub", json!(NOBODY)), "another authentication"),
        (with("name", json!("Li Wen")), "names another person"),
        (with("result", json!("failed")), "did not find"),
        (with("exp", json!(time - 1)), "time has passed"),
        (with("valid_until", json!("2020-01-01")), "time has passed"),
    ];
    for (text, why) in &attacks {
        let reply = officer.post(&take, &[("statement", text.as_str())]).expect(422);
        assert!(reply.blames("statement") && reply.has(why), "{why}: {text}");
    }
    assert_eq!(status(&app), "open");
    officer.post(&format!("{at}/verification"), &[("note", "fine")]).expect(409);
    officer.post(&take, &[("statement", &with("valid_until", json!("2999-01-01")))]).expect(303);
    assert_eq!(status(&app), "verified");
    officer.get(&at).expect(200).shows("Example Identity, ");
    // However far it reaches, three years are the most.
    let most = "SELECT count(*) FROM authentications WHERE valid_to < '2999-01-01'";
    assert_eq!(app.number(most), 1);
    officer.post(&take, &[("statement", &sound)]).expect(409);
}

#[test]
fn programs_read_whose_and_until_when_but_no_numbers() {
    let app = TestApp::new();
    let company = supplier(&app, "Program GmbH");
    let recorder = app.staff(Role::ProcurementOfficer);
    let person = record(&app, &recorder, &company.id, "signatory");
    begin(&recorder, &company.id, &person, "in_person");
    let program = app.program(Role::ReportingStaff);
    let path = format!("/api/v1/suppliers/{}/authentications", company.id);
    let reply = program.get(&path).expect(200);
    let value = reply.value();
    assert_eq!(value["items"][0]["person_name"], "Li Wei");
    assert_eq!(value["items"][0]["status"], "open");
    assert!(!reply.has("T47") && !reply.has("number"));
    program.get(&format!("/api/v1/suppliers/{NOBODY}/authentications")).expect(404);
}
