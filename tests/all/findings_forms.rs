//! What companies send about their findings: what is taken, what comes back, what is kept for later.

use chrono::NaiveDate;
use touchstone::access::Role;

use crate::certified::{in_days, today};
use crate::evidence::pdf;
use crate::findings::{Case, NOTE, answer_with, status};
use crate::support::TestApp;

/// No record has it.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

#[test]
fn an_answer_that_breaks_rules_comes_back_as_typed_and_leaves_nothing() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    let before = app.number("SELECT count(*) FROM audit_records");
    let (too_early, too_late) = (in_days(-11).to_string(), in_days(51).to_string());
    for (field, value, shows) in [
        ("root_cause", "", "Fill this in"),
        ("corrective_action", " ", "Fill this in"),
        ("action_owner", "", "Fill this in"),
        ("action_owner", "Li\u{7}Hua", "Remove line breaks"),
        ("done_on", "", "Fill this in"),
        ("done_on", "2026-02-30", "Write the day as"),
        ("done_on", too_early.as_str(), "The visit was on"),
        ("done_on", too_late.as_str(), "It must be done by"),
        ("documents", NOBODY, "Choose one of the values offered"),
    ] {
        let page = answer_with(&case.person, &one.id, &[(field, value)]).expect(422);
        assert!(page.blames(field), "{field} {value}");
        let kept = if field == "root_cause" { "Li Hua" } else { "Nobody was named for it" };
        page.shows(shows).shows(kept);
    }
    let long = "长".repeat(4001);
    let page = answer_with(&case.person, &one.id, &[("root_cause", &long)]).expect(422);
    assert!(page.blames("root_cause"));
    // What is done is shown; what will be done cannot be yet.
    let bare = |day: NaiveDate| {
        let day = day.to_string();
        let fields = [
            ("root_cause", "a"),
            ("corrective_action", "b"),
            ("action_owner", "c"),
            ("done_on", day.as_str()),
        ];
        case.person.upload(&format!("/portal/findings/{}/answer", one.id), "", b"", &fields)
    };
    assert!(bare(today()).expect(422).blames("file"));
    assert_eq!(app.number("SELECT count(*) FROM corrective_actions"), 0);
    assert_eq!(app.number("SELECT count(*) FROM documents"), 0);
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), before);
    bare(in_days(50)).expect(303).follow().shows("Will be done on");
}

#[test]
fn a_form_sent_twice_is_one_answer_and_a_second_answer_waits_for_the_first() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    let form = case.person.get(&format!("/portal/findings/{}/answer", one.id)).expect(200);
    let key = form.hidden("form_key").expect("a key");
    for _ in 0..2 {
        answer_with(&case.person, &one.id, &[("form_key", &key)]).expect(303);
    }
    assert_eq!(app.number("SELECT count(*) FROM corrective_actions"), 1);
    assert_eq!(app.number("SELECT count(*) FROM documents"), 1);
    case.answer(&one.id).expect(409).shows("Wait for our decision");
    let dispute = format!("/portal/findings/{}/dispute", one.id);
    case.person.upload(&dispute, "", b"", &[("dispute_reason", "x")]).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM documents"), 1);
}

#[test]
fn a_company_takes_back_what_nobody_has_decided_on() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    let path = format!("/portal/findings/{}", one.id);
    case.person.post(&format!("{path}/retraction"), &[]).expect(409);
    case.answer(&one.id).expect(303);
    case.person.get(&path).expect(200).shows("/retraction");
    case.person.post(&format!("{path}/retraction"), &[]).expect(303);
    assert_eq!(status(&app, &one.id), "open");
    assert_eq!(app.text("SELECT status FROM corrective_actions"), "taken_back");
    let verifier = app.staff(Role::Approver);
    verifier.post(&format!("/findings/{}/closing", one.id), &NOTE).expect(409);
    case.answer(&one.id).expect(303);
    verifier.post(&format!("/findings/{}/closing", one.id), &NOTE).expect(303);
    case.person.post(&format!("{path}/retraction"), &[]).expect(409);
    assert_eq!(app.number("SELECT max(round) FROM corrective_actions"), 2);
}

#[test]
fn a_document_that_is_there_is_evidence_again_and_stays() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    let fields = [("kind", "policy"), ("document_title", "Working hours")];
    case.person.upload("/portal/documents", "a.pdf", &pdf("a"), &fields).expect(303);
    let document = app.text("SELECT id FROM documents");
    let form = case.person.get(&format!("/portal/findings/{}/answer", one.id)).expect(200);
    form.shows("Working hours");
    answer_with(&case.person, &one.id, &[("documents", &document)]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM finding_evidence"), 2);
    let verifier = app.staff(Role::Approver);
    let page = verifier.get(&format!("/findings/{}", one.id)).expect(200);
    page.shows("Working hours").shows(&format!("/documents/{document}"));
    case.person.post(&format!("/portal/documents/{document}/removal"), &[]).expect(409);
}

#[test]
fn what_is_another_companys_is_not_found_whatever_is_sent() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let (one, other) = (case.major(&app), app.company("Other GmbH", "DE"));
    let stranger = app.supplier_person(Role::SupplierOwner, &other.id);
    let east = app.staff_of(Role::Inspector, "cn-six", "eastern");
    let forged = [("supplier_id", case.supplier.id.as_str()), ("status", "closed")];
    for id in [one.id.as_str(), NOBODY] {
        for act in ["answer", "containment", "dispute"] {
            let path = format!("/portal/findings/{id}/{act}");
            stranger.get(&path).expect(404);
            let fields = [forged.as_slice(), &[("dispute_reason", "x"), ("do", "later")]].concat();
            stranger.upload(&path, "a.pdf", &pdf("a"), &fields).expect(404);
            stranger.upload(&path, "a.pdf", &pdf("a"), &forged).expect(404);
        }
        stranger.get(&format!("/portal/findings/{id}")).expect(404);
        stranger.post(&format!("/portal/findings/{id}/retraction"), &forged).expect(404);
        east.get(&format!("/findings/{id}")).expect(404);
        for step in ["closing", "return", "upholding", "withdrawal", "reopening", "extension"] {
            let all = [("closing_note", "x"), ("return_comment", "x"), ("upholding_reason", "x")];
            east.post(&format!("/findings/{id}/{step}"), &all).expect(404);
        }
    }
    assert!(!east.get("/findings?state=all").expect(200).has(&one.id));
    assert!(!stranger.get("/portal/findings").expect(200).has(&one.id));
    // Nor is another company's document evidence.
    let fields = [("kind", "other"), ("document_title", "Theirs")];
    stranger.upload("/portal/documents", "a.pdf", &pdf("a"), &fields).expect(303);
    let theirs = app.text("SELECT id FROM documents");
    let page = answer_with(&case.person, &one.id, &[("documents", &theirs)]).expect(422);
    assert!(page.blames("documents"));
    assert_eq!(status(&app, &one.id), "open");
    assert_eq!(app.number("SELECT count(*) FROM finding_evidence"), 0);
}

#[test]
fn fields_that_the_form_does_not_have_change_nothing() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    let forged = [
        ("status", "closed"),
        ("supplier_id", NOBODY),
        ("due_on", "2099-01-01"),
        ("round", "9"),
        ("raised_by", "x"),
    ];
    answer_with(&case.person, &one.id, &forged).expect(303);
    assert_eq!(status(&app, &one.id), "answered");
    let same = format!(
        "SELECT count(*) FROM findings WHERE supplier_id = '{}' AND due_on = '{}' AND raised_by = '{}'",
        case.supplier.id, one.due_on, case.inspector.account_id
    );
    assert_eq!(app.number(&same), 1);
    assert_eq!(app.number("SELECT round FROM corrective_actions"), 1);
}

#[test]
fn what_was_typed_is_kept_for_its_person_and_offered_again() {
    let app = TestApp::alone();
    let case = Case::new(&app);
    let one = case.major(&app);
    let path = format!("/portal/findings/{}/answer", one.id);
    let later = [("root_cause", "Half a thought"), ("done_on", ""), ("do", "later")];
    case.person.upload(&path, "", b"", &later).expect(303).follow().shows("Go on with your answer");
    case.person.get(&path).expect(200).shows("Half a thought").shows("has not been sent yet");
    assert!(!case.person.get(&format!("{path}?fresh=yes")).expect(200).has("Half a thought"));
    let colleague = app.supplier_person(Role::SupplierMember, &case.supplier.id);
    assert!(!colleague.get(&path).expect(200).has("Half a thought"), "it is that person's alone");
    assert_eq!(app.number("SELECT count(*) FROM corrective_actions"), 0);
    app.advance_clock(2 * 60 * 60);
    let fields = [("root_cause", "A whole thought")];
    let reply = case.person.upload(&path, "", b"", &fields).expect(303);
    assert_eq!(reply.location, Some(format!("/sign-in?next={path}")));
    let back = app.again(&case.person);
    back.get(&path).expect(200).shows("A whole thought");
    answer_with(&back, &one.id, &[]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM unsaved_forms"), 0, "it was handed in");
}
