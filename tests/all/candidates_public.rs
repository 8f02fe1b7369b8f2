//! The public page: anybody may propose their company, nobody learns from it, and it is not a way
//! to fill the register.

use touchstone::access::Role;

use crate::needs::{category, record};
use crate::support::{Person, TestApp};

fn company<'a>(category: &'a str, name: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("legal_name", name),
        ("country", "DE"),
        ("category", category),
        ("message", "We make corrugated boxes of every size."),
        ("contact_name", "Erika Muster"),
        ("contact_email", email),
        ("language", "en"),
    ]
}

fn hand_in(visitor: &Person, fields: &[(&str, &str)]) {
    let reply = visitor.post("/become-a-supplier", fields).expect(303);
    assert_eq!(reply.location.as_deref(), Some("/become-a-supplier/received"));
}

#[test]
fn a_company_proposes_itself_in_both_languages_and_is_held() {
    let app = TestApp::new();
    let category = category(&app);
    let visitor = app.anonymous();
    visitor.get("/sign-in").expect(200).shows("href=\"/become-a-supplier\"");
    let page = visitor.get("/become-a-supplier").expect(200);
    assert!(page.has("Become a supplier") && page.has("/language/zh-CN"));
    visitor.set_cookie("__Host-language", "zh-CN");
    visitor.get("/become-a-supplier").expect(200).shows("成为供应商");
    let mut fields = company(&category, "Muster AG", "erika@muster.example.com");
    fields.extend([("status", "accepted"), ("origin", "staff"), ("need_id", "x")]);
    hand_in(&visitor, &fields);
    visitor.get("/become-a-supplier/received").expect(200).shows("感谢您的自荐");
    assert_eq!(app.text("SELECT status || origin FROM candidates"), "heldself");
    assert_eq!(app.number("SELECT count(*) FROM candidates WHERE need_id IS NULL"), 1);
    let letter =
        app.text("SELECT email || subject FROM messages WHERE kind = 'candidate_received'");
    assert_eq!(letter, "erika@muster.example.comWe have received your introduction (C-000001)");
    // The trail is forever: no person stands in it.
    let details = app.text("SELECT details FROM audit_records WHERE action = 'candidate.arrived'");
    assert!(details.contains("Muster AG") && !details.contains("Erika"), "{details}");
}

#[test]
fn a_rejected_introduction_keeps_what_was_typed() {
    let app = TestApp::new();
    let visitor = app.anonymous();
    let mut fields = company("nothing", "Buy at www.example.com", "no address");
    fields.extend([("message", "short"), ("identifier_kind", "lei"), ("identifier_value", "x")]);
    fields.retain(|(name, value)| *name != "message" || *value == "short");
    let reply = visitor.post("/become-a-supplier", &fields).expect(422);
    for field in ["legal_name", "category", "message", "contact_email", "identifier_value"] {
        assert!(reply.blames(field), "{field}");
    }
    assert!(reply.has("Buy at www.example.com") && reply.has("Erika Muster"));
    assert_eq!(app.number("SELECT count(*) FROM candidates"), 0);
    // Without the form's token nothing is read.
    let valid = company("nothing", "Muster AG", "erika@muster.example.com");
    visitor.post_bare("/become-a-supplier", &valid).expect(403);
}

#[test]
fn the_answer_does_not_tell_whether_the_register_knows_a_company() {
    let app = TestApp::new();
    let category = category(&app);
    let staff = app.staff(Role::ProcurementOfficer);
    let known = app.company("Muster AG", "DE");
    let lei = [("kind", "lei"), ("value", "529900T8BM49AURSDO55")];
    staff.post(&format!("/suppliers/{}/identifiers", known.id), &lei).expect(303);
    for name in ["Muster AG", "Nie gesehen AG"] {
        let mut fields = company(&category, name, "erika@muster.example.com");
        fields.extend([("identifier_kind", "lei"), ("identifier_value", lei[1].1)]);
        hand_in(&app.anonymous(), &fields);
    }
    assert_eq!(app.number("SELECT count(*) FROM candidates"), 2);
    assert_eq!(app.number("SELECT count(*) FROM messages"), 1, "one letter a day to an address");
}

#[test]
fn one_address_hands_in_five_an_hour_and_a_trap_catches_programs() {
    let app = TestApp::alone();
    let category = category(&app);
    let visitor = app.anonymous();
    let mut trapped = company(&category, "Robot AG", "robot@example.com");
    trapped.push(("fax", "123"));
    hand_in(&visitor, &trapped);
    assert_eq!(app.number("SELECT count(*) FROM candidates"), 0);
    let fields = company(&category, "Muster AG", "erika@muster.example.com");
    for _ in 0..4 {
        hand_in(&visitor, &fields);
    }
    let refused = visitor.post("/become-a-supplier", &fields).expect(429);
    assert!(refused.has("please try again in an hour") && refused.has("Erika Muster"));
    assert_eq!(app.number("SELECT count(*) FROM candidates"), 4);
    app.advance_clock(50 * 60);
    visitor.post("/become-a-supplier", &fields).expect(429);
    app.advance_clock(11 * 60);
    hand_in(&visitor, &fields);
}

#[test]
fn what_an_eliminated_company_had_is_looked_at_closely() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let need = record(&app, &staff, "", "");
    let category = app.text("SELECT id FROM categories");
    let gone = app.company("Verbannt Werke AG", "DE");
    let contact =
        [("name", "Erika"), ("email", "erika@verbannt.example.com"), ("phone", "+49 30 5550 4417")];
    staff.post(&format!("/suppliers/{}/contacts", gone.id), &contact).expect(303);
    let lei = [("kind", "lei"), ("value", "529900T8BM49AURSDO55")];
    staff.post(&format!("/suppliers/{}/identifiers", gone.id), &lei).expect(303);
    app.tamper(&format!("UPDATE suppliers SET stage = 'eliminated' WHERE id = '{}'", gone.id))
        .unwrap();
    let cases = [
        ("a@VERBANNT.example.com", "", "", "domain"),
        ("b@new.example.com", "030-55504417", "", "phone"),
        ("c@new.example.com", "", "529900T8BM49AURSDO55", "identifier"),
        ("d@new.example.com", "030-55514417", "", ""),
    ];
    for (number, (email, phone, code, alert)) in cases.into_iter().enumerate() {
        let mut fields = company(&category, "Neubeginn GmbH", email);
        fields.extend([
            ("contact_phone", phone),
            ("identifier_kind", "lei"),
            ("identifier_value", code),
        ]);
        hand_in(&app.anonymous(), &fields);
        let found = format!("SELECT alert FROM candidates WHERE number = {}", number + 1);
        assert_eq!(app.text(&found), alert);
    }
    // Staff's own proposal is held as well, and released by somebody else.
    let fields = [
        ("legal_name", "Anders GmbH"),
        ("country", "DE"),
        ("language", "en"),
        ("contact_email", "x@verbannt.example.com"),
    ];
    let made = staff.post(&format!("/needs/{need}/candidates"), &fields).expect(303);
    let path = made.location.clone().expect("its page");
    staff.get(&path).expect(200).shows("Look closely");
    staff.post(&format!("{path}/release"), &[]).expect(403);
    app.staff(Role::Approver).post(&format!("{path}/release"), &[]).expect(303);
}

#[test]
fn staff_release_a_held_one_to_an_open_need_or_decline_it_without_a_letter() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let need = record(&app, &staff, "CN", "320000");
    let category = app.text("SELECT id FROM categories");
    hand_in(&app.anonymous(), &company(&category, "Muster AG", "erika@muster.example.com"));
    hand_in(&app.anonymous(), &company(&category, "Spam AG", "spam@example.com"));
    let id_of =
        |name: &str| app.text(&format!("SELECT id FROM candidates WHERE legal_name = '{name}'"));
    let path = format!("/candidates/{}", id_of("Muster AG"));
    let accept = [("decision", "accept"), ("reason", "x")];
    staff.post(&format!("{path}/decision"), &accept).expect(409);
    assert!(staff.post(&format!("{path}/release"), &[("need", "x")]).expect(422).blames("need"));
    let north = app.staff_of(Role::ProcurementOfficer, "cn-six", "northeast");
    let other = north.post(&format!("{path}/release"), &[("need", &need)]).expect(422);
    assert!(other.blames("need"), "a need of another region");
    staff.post(&format!("{path}/release"), &[("need", &need)]).expect(303);
    staff.post(&format!("{path}/release"), &[("need", &need)]).expect(409);
    assert_eq!(
        app.text("SELECT status FROM candidates WHERE legal_name = 'Muster AG'"),
        "proposed"
    );
    let spam = format!("/candidates/{}/decision", id_of("Spam AG"));
    staff.post(&spam, &[("decision", "decline"), ("reason", "Spam")]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM messages WHERE kind = 'candidate_declined'"), 0);
}
