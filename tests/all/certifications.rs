//! A company is certified for a category: applied for, audited by one person, decided by another.

use chrono::NaiveDate;
use serde_json::json;
use touchstone::access::Role;
use touchstone::certification::demands::DemandKind;

use super::certified::{
    apply, category, certificate, check_all, company, demands_of, in_days, standard, status, today,
};
use super::support::TestApp;

#[test]
fn a_company_is_certified_by_an_auditor_and_somebody_else() {
    let app = TestApp::new();
    let paper = category(&app, "paper");
    standard(
        &app,
        &paper,
        in_days(-30),
        &[
            (DemandKind::Certificate, "iso14001"),
            (DemandKind::Fact, "contact"),
            (DemandKind::Clause, "anti_bribery"),
        ],
    );
    let company = company(&app, "Jinji Paper Works", &[&paper]);
    certificate(&app, &company.id, "iso14001", in_days(100));
    app.supplier_person(Role::SupplierOwner, &company.id);
    let officer = app.staff(Role::ProcurementOfficer);
    let clearance = format!("/suppliers/{}/clearance?category={paper}", company.id);
    officer.get(&clearance).expect(200).shows("It is not certified for paper.");
    let mend = format!("/suppliers/{}/certification", company.id);
    assert!(officer.get(&clearance).expect(200).links().contains(&mend));
    officer.get(&mend).expect(200).shows("Not applied for").shows("Apply");

    let id = apply(&officer, &company.id, &paper);
    let page = officer.get(&format!("/certifications/{id}")).expect(200);
    page.shows("C-000001").shows("ISO 14001").shows("anti-commercial-bribery").shows("There until");
    let auditor = app.staff(Role::Inspector);
    check_all(&app, &auditor, &id);
    auditor.post(&format!("/certifications/{id}/recommendation"), &[]).expect(303);
    assert_eq!(status(&app, &id), "audited");
    let approver = app.staff(Role::Approver);
    approver.get("/home").expect(200).shows("Certifications to decide");
    let last = in_days(200).to_string();
    let fields = [("decision", "certify"), ("last_day", last.as_str())];
    approver.post(&format!("/certifications/{id}/decision"), &fields).expect(303);
    assert_eq!(status(&app, &id), "certified");
    officer.get(&clearance).expect(200).shows("Yes, orders may be placed.");
    let letter = app.letters().pop().expect("a letter");
    assert_eq!(
        (letter.0.as_str(), letter.4.as_str()),
        ("certification_certified", "/portal/certification")
    );
    assert!(letter.3.contains(&last), "{}", letter.3);
    let story = officer.get(&format!("/suppliers/{}/history", company.id)).expect(200);
    story.shows("Certification applied for").shows("Certified for a category");
}

#[test]
fn nobody_decides_on_what_they_applied_for_or_audited() {
    let app = TestApp::new();
    let paper = category(&app, "paper");
    standard(&app, &paper, in_days(-30), &[(DemandKind::Fact, "contact")]);
    let company = company(&app, "Jinji Paper Works", &[&paper]);
    let (one, two, three) =
        (app.staff(Role::Approver), app.staff(Role::Approver), app.staff(Role::Approver));
    let id = apply(&one, &company.id, &paper);
    check_all(&app, &two, &id);
    two.post(&format!("/certifications/{id}/recommendation"), &[]).expect(303);
    let last = in_days(100).to_string();
    for decision in ["certify", "decline", "audit_again"] {
        let fields = [("decision", decision), ("last_day", &last), ("reason", "Because")];
        for person in [&one, &two] {
            let refused = person.post(&format!("/certifications/{id}/decision"), &fields);
            refused.expect(403).shows("Somebody else has to decide");
            assert_eq!(status(&app, &id), "audited");
        }
    }
    // Who only looked at one demand has had a part in it too.
    let again = [("decision", "audit_again"), ("reason", "Look at the contact again")];
    three.post(&format!("/certifications/{id}/decision"), &again).expect(303);
    check_all(&app, &three, &id);
    two.post(&format!("/certifications/{id}/recommendation"), &[]).expect(303);
    let fields = [("decision", "certify"), ("last_day", last.as_str())];
    three.post(&format!("/certifications/{id}/decision"), &fields).expect(403);
    app.staff(Role::Approver).post(&format!("/certifications/{id}/decision"), &fields).expect(303);
    assert_eq!(status(&app, &id), "certified");
}

#[test]
fn a_state_that_is_skipped_by_a_direct_post_is_a_conflict_and_nothing_is_written() {
    let app = TestApp::new();
    let paper = category(&app, "paper");
    standard(&app, &paper, in_days(-30), &[(DemandKind::Fact, "contact")]);
    let company = company(&app, "Jinji Paper Works", &[&paper]);
    let officer = app.staff(Role::ProcurementOfficer);
    let id = apply(&officer, &company.id, &paper);
    let (auditor, approver) = (app.staff(Role::Inspector), app.staff(Role::Approver));
    let last = in_days(100).to_string();
    let certify = [("decision", "certify"), ("last_day", last.as_str())];
    let why = [("why", "Because"), ("comment", "Mend"), ("note", "Done")];
    let records = || app.number("SELECT count(*) FROM audit_records");
    let steps = |allowed: &[&str]| {
        let before = (status(&app, &id), records());
        let all = [
            ("checks", &auditor),
            ("return", &auditor),
            ("recommendation", &auditor),
            ("answer", &officer),
            ("withdrawal", &officer),
            ("decision", &approver),
            ("suspension", &approver),
            ("lifting", &approver),
            ("revocation", &approver),
        ];
        for (step, person) in all.into_iter().filter(|(step, _)| !allowed.contains(step)) {
            let fields = if step == "decision" { &certify[..] } else { &why[..] };
            let status = person.post(&format!("/certifications/{id}/{step}"), fields).status;
            assert_eq!(status, 409, "{step} at {}", before.0);
        }
        assert_eq!((status(&app, &id), records()), before);
    };
    steps(&["checks", "return", "recommendation", "withdrawal"]);
    auditor.post(&format!("/certifications/{id}/return"), &why).expect(303);
    steps(&["answer", "withdrawal"]);
    officer.post(&format!("/certifications/{id}/answer"), &why).expect(303);
    check_all(&app, &auditor, &id);
    auditor.post(&format!("/certifications/{id}/recommendation"), &[]).expect(303);
    steps(&["decision", "withdrawal"]);
    approver.post(&format!("/certifications/{id}/decision"), &certify).expect(303);
    steps(&["suspension", "revocation"]);
    approver.post(&format!("/certifications/{id}/suspension"), &why).expect(303);
    steps(&["lifting", "revocation"]);
    approver.post(&format!("/certifications/{id}/revocation"), &why).expect(303);
    steps(&[]);
}

#[test]
fn an_auditor_cannot_say_what_the_register_contradicts() {
    let app = TestApp::new();
    let paper = category(&app, "paper");
    standard(
        &app,
        &paper,
        in_days(-30),
        &[
            (DemandKind::Certificate, "iso14001"),
            (DemandKind::Document, "policy"),
            (DemandKind::Grade, "B"),
        ],
    );
    let company = company(&app, "Jinji Paper Works", &[&paper]);
    let id = apply(&app.staff(Role::ProcurementOfficer), &company.id, &paper);
    let auditor = app.staff(Role::Inspector);
    let standard = app.text(&format!("SELECT standard_id FROM certifications WHERE id = '{id}'"));
    let demands = demands_of(&app, &standard);
    let say = |verdicts: [&str; 3], remark: &str| {
        let mut fields = Vec::new();
        for (demand, verdict) in demands.iter().zip(verdicts) {
            fields.extend([("demand", demand.as_str()), ("verdict", verdict), ("remark", remark)]);
        }
        auditor.post(&format!("/certifications/{id}/checks"), &fields)
    };
    assert!(say(["met", "", ""], "Seen").expect(422).blames("verdict-1"), "it is not there");
    assert!(say(["waived", "", ""], "Soon").expect(422).blames("verdict-1"), "it must be there");
    assert!(say(["", "met", ""], "Seen").expect(422).blames("verdict-2"));
    assert!(say(["", "waived", ""], "").expect(422).blames("remark-2"), "a reason is needed");
    assert!(say(["", "", "met"], "").expect(422).blames("remark-3"), "what was seen?");
    assert_eq!(app.number("SELECT count(*) FROM certification_checks"), 0);
    say(["short", "waived", "met"], "Agreed with the buyer").expect(303);
    assert_eq!(app.number("SELECT count(*) FROM certification_checks"), 3);
    let refused = auditor.post(&format!("/certifications/{id}/recommendation"), &[]);
    refused.expect(422).shows("none may be short");
    certificate(&app, &company.id, "iso14001", in_days(100));
    say(["met", "waived", "met"], "Agreed with the buyer").expect(303);
    assert_eq!(app.number("SELECT count(*) FROM certification_checks"), 3, "replaced");
    auditor.post(&format!("/certifications/{id}/recommendation"), &[]).expect(303);
}

#[test]
fn what_was_there_at_the_audit_and_is_gone_at_the_decision_keeps_it_from_being_certified() {
    let app = TestApp::new();
    let paper = category(&app, "paper");
    standard(&app, &paper, in_days(-30), &[(DemandKind::Certificate, "iso14001")]);
    let company = company(&app, "Jinji Paper Works", &[&paper]);
    certificate(&app, &company.id, "iso14001", in_days(100));
    let id = apply(&app.staff(Role::ProcurementOfficer), &company.id, &paper);
    let (auditor, approver) = (app.staff(Role::Inspector), app.staff(Role::Approver));
    check_all(&app, &auditor, &id);
    auditor.post(&format!("/certifications/{id}/recommendation"), &[]).expect(303);
    let decide = |last: NaiveDate| {
        let last = last.to_string();
        let fields = [("decision", "certify"), ("last_day", last.as_str())];
        approver.post(&format!("/certifications/{id}/decision"), &fields)
    };
    let over = in_days(-1);
    app.tamper(&format!("UPDATE certificates SET valid_to = '{over}'")).expect("a lapse");
    decide(in_days(100)).expect(422).shows("ISO 14001");
    let later = in_days(90);
    app.tamper(&format!("UPDATE certificates SET valid_to = '{later}'")).expect("a renewal");
    assert!(decide(in_days(400)).expect(422).blames("last_day"), "longer than the standard says");
    assert!(decide(in_days(-1)).expect(422).blames("last_day"));
    standard(&app, &paper, today(), &[(DemandKind::Certificate, "iso14001")]);
    decide(in_days(100)).expect(422).shows("Another version of the standard");
    assert_eq!(status(&app, &id), "audited");
    let again = [("decision", "audit_again"), ("reason", "Another version")];
    approver.post(&format!("/certifications/{id}/decision"), &again).expect(303);
    let page = auditor.get(&format!("/certifications/{id}")).expect(200);
    page.shows("Version 2").shows("asks for another audit");
}

#[test]
fn an_application_needs_an_offer_and_a_standard_and_is_made_once() {
    let app = TestApp::new();
    let (paper, steel, glass) =
        (category(&app, "paper"), category(&app, "steel"), category(&app, "glass"));
    standard(&app, &paper, in_days(-30), &[(DemandKind::Fact, "contact")]);
    standard(&app, &steel, in_days(-30), &[(DemandKind::Fact, "contact")]);
    standard(&app, &glass, in_days(1), &[(DemandKind::Fact, "contact")]);
    let company = company(&app, "Jinji Paper Works", &[&paper, &glass]);
    let officer = app.staff(Role::ProcurementOfficer);
    let place = format!("/suppliers/{}/certifications", company.id);
    let ask = |category: &str| officer.post(&place, &[("category", category)]);
    ask(&steel).expect(422).shows("does not offer this category");
    ask(&glass).expect(422).shows("No access standard is in force");
    ask("").expect(422);
    ask(&paper).expect(303);
    ask(&paper).expect(409).shows("There is an application for this category already");
    assert_eq!(app.number("SELECT count(*) FROM certifications"), 1);
    let id = app.text("SELECT id FROM certifications");
    officer.post(&format!("/certifications/{id}/withdrawal"), &[]).expect(303);
    ask(&paper).expect(303);
    let limited = app.staff_of(Role::Approver, "cn-six", "north-america");
    assert!(matches!(limited.get(&format!("/certifications/{id}")).status, 404));
    assert!(matches!(limited.post(&place, &[("category", &paper)]).status, 404));
}

#[test]
fn programs_apply_and_decide_under_the_same_rules_as_people() {
    let app = TestApp::new();
    let paper = category(&app, "paper");
    standard(&app, &paper, in_days(-30), &[(DemandKind::Fact, "contact")]);
    let company = company(&app, "Jinji Paper Works", &[&paper]);
    let officer = app.program(Role::ProcurementOfficer);
    let place = format!("/api/v1/suppliers/{}/certifications", company.id);
    let none = json!({ "category": "00000000-0000-7000-8000-000000000000" });
    let refused = officer.post(&place, none).expect(422);
    assert_eq!(refused.problems(), ["category: certification_not_offered"]);
    let made = officer.post(&place, json!({ "category": paper })).expect(201).value();
    let id = made["id"].as_str().expect("an id").to_string();
    assert_eq!((&made["code"], &made["status"]), (&json!("C-000001"), &json!("applied")));
    let approver = app.program(Role::Approver);
    let decision = format!("/api/v1/certifications/{id}/decision");
    let last = in_days(100).to_string();
    let certify = json!({ "decision": "certify", "valid_to": last });
    approver.post(&decision, certify.clone()).expect(409);
    officer.post(&decision, certify.clone()).expect(403);
    let auditor = app.staff(Role::Inspector);
    check_all(&app, &auditor, &id);
    auditor.post(&format!("/certifications/{id}/recommendation"), &[]).expect(303);
    let given = approver.post(&decision, certify).expect(200).value();
    assert_eq!((&given["status"], &given["valid_to"]), (&json!("certified"), &json!(last)));
    let why = json!({ "why": "Because" });
    let step =
        |step: &str| approver.post(&format!("/api/v1/certifications/{id}/{step}"), why.clone());
    let stopped = step("suspension").expect(200).value();
    assert_eq!(stopped["suspensions"][0]["cause"], "decision");
    assert_eq!(step("lifting").expect(200).value()["status"], "certified");
    assert_eq!(step("revocation").expect(200).value()["status"], "revoked");
    officer.post(&place, json!({ "category": paper })).expect(201);
    let listed = |query: &str| officer.get(&format!("/api/v1/certifications?{query}")).expect(200);
    let first = listed("limit=1").value();
    assert_eq!(first["items"][0]["code"], "C-000002", "newest first");
    let cursor = first["next_cursor"].as_str().expect("more").to_string();
    let rest = listed(&format!("limit=1&cursor={cursor}")).value();
    assert_eq!(
        (&rest["items"][0]["code"], &rest["next_cursor"]),
        (&json!("C-000001"), &json!(null))
    );
    let applied = listed(&format!("status=applied&supplier={}&category={paper}", company.id));
    assert_eq!(applied.value()["items"].as_array().expect("items").len(), 1);
    officer.get("/api/v1/certifications?status=lost").expect(422);
}
