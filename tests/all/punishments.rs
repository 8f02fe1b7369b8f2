//! Cases: brought with their facts, served on the company, taken back; what may not wait; what is added later.

use chrono::Days;
use touchstone::access::Role;
use touchstone::inspections::Outcome;
use touchstone::inspections::Severity::{Critical, Major};
use touchstone::punishments::Status;
use touchstone::suppliers::Supplier;

use crate::certified::{in_days, today};
use crate::evidence::pdf;
use crate::inspected::{checklist, effect, found};
use crate::person::Reply;
use crate::punished::{self, FACTS, find, status};
use crate::support::{Person, TestApp};

/// Brings a case as the form does, with some of its fields changed.
pub fn propose<'p>(
    person: &'p Person,
    supplier: &Supplier,
    changes: &[(&str, &str)],
    file: &[u8],
) -> Reply<'p> {
    let day = in_days(-10).to_string();
    let usual = [
        ("supplier", supplier.id.as_str()),
        ("violation", "late_delivery"),
        ("severity", "critical"),
        ("origin", "report"),
        ("deed_on", day.as_str()),
        ("facts", FACTS),
    ];
    let kept = usual.into_iter().filter(|(name, _)| changes.iter().all(|(one, _)| one != name));
    let fields: Vec<(&str, &str)> = kept.chain(changes.iter().copied()).collect();
    let name = if file.is_empty() { "" } else { "proof.pdf" };
    person.upload("/punishments", name, file, &fields)
}

fn nothing_is_written(app: &TestApp, records: i64) {
    for table in ["punishment_cases", "punishment_steps", "documents", "punishment_papers"] {
        assert_eq!(app.number(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), records);
}

fn kinds(app: &TestApp) -> Vec<String> {
    app.letters().into_iter().map(|(kind, ..)| kind).collect()
}

#[test]
fn a_case_has_its_facts_its_evidence_and_the_standard_of_the_day_of_the_deed() {
    let app = TestApp::new();
    punished::standards(&app);
    let newer = punished::standards_from(&app, in_days(-5));
    let company = app.company("Paper Works Ltd", "DE");
    let by = app.staff(Role::EthicsOfficer);
    by.get("/punishments/new").expect(200);
    let form = by.get(&format!("/punishments/new?supplier={}", company.code())).expect(200);
    form.shows("Late or failed delivery");
    let page = propose(&by, &company, &[], &pdf("proof")).expect(303).follow().expect(200);
    page.shows("PC-000001").shows(FACTS).shows("proof.pdf").shows("Serve the notice");
    let id = app.text("SELECT id FROM punishment_cases");
    let case = find(&app, &id);
    assert_eq!((case.status, case.deed_on), (Status::Proposed, in_days(-10)));
    assert_eq!(case.notice_by, in_days(5));
    let version =
        format!("SELECT version_id FROM punishment_standards WHERE id = '{}'", case.standard_id);
    assert_ne!(app.text(&version), newer, "the newer version is not of that day");
    // The company's trail tells nothing of it.
    let of = |subject: &str| {
        app.number(&format!(
            "SELECT count(*) FROM audit_records WHERE subject_kind = '{subject}' AND
             (action LIKE 'punishment.%' OR action = 'document.added')"
        ))
    };
    assert_eq!((of("punishment_case"), of("supplier")), (2, 0));
    assert_eq!(app.number("SELECT count(*) FROM punishment_papers"), 1);
}

#[test]
fn a_case_that_breaks_rules_comes_back_as_typed_and_leaves_nothing() {
    let app = TestApp::new();
    punished::standards(&app);
    let company = app.company("Paper Works Ltd", "DE");
    let by = app.staff(Role::Approver);
    let before = app.number("SELECT count(*) FROM audit_records");
    let (tomorrow, long_ago) = (in_days(1).to_string(), in_days(-500).to_string());
    let long = "长".repeat(8001);
    for (field, value) in [
        ("violation", "arson"),
        ("violation", ""),
        ("severity", "minor"),
        ("severity", "terrible"),
        ("origin", "inspection"),
        ("origin", ""),
        ("deed_on", tomorrow.as_str()),
        ("deed_on", long_ago.as_str()),
        ("deed_on", "2026-02-30"),
        ("deed_on", ""),
        ("facts", "  "),
        ("facts", long.as_str()),
    ] {
        // There is no standard for child labour of minor severity.
        let violation = if value == "minor" { "child_labour" } else { "late_delivery" };
        let mut changes = vec![(field, value)];
        if field != "violation" {
            changes.push(("violation", violation));
        }
        let page = propose(&by, &company, &changes, &pdf("a")).expect(422);
        assert!(page.blames(field), "{field} {value:?}");
        page.shows("name=\"violation\"");
    }
    nothing_is_written(&app, before);
    propose(&by, &company, &[("supplier", "00000000-0000-7000-8000-000000000000")], b"")
        .expect(404);
    let east = app.staff_of(Role::Approver, "cn-six", "eastern");
    propose(&east, &company, &[], b"").expect(404);
    nothing_is_written(&app, before);
}

#[test]
fn a_second_case_of_the_same_deed_is_asked_about_and_a_form_sent_twice_is_one() {
    let app = TestApp::new();
    punished::standards(&app);
    let company = app.company("Paper Works Ltd", "DE");
    let by = app.staff(Role::LegalOfficer);
    let form = by.get(&format!("/punishments/new?supplier={}", company.id)).expect(200);
    let key = form.hidden("form_key").expect("a key");
    for _ in 0..2 {
        propose(&by, &company, &[("form_key", &key)], &pdf("a")).expect(303);
    }
    assert_eq!(app.number("SELECT count(*) FROM punishment_cases"), 1);
    let again = propose(&by, &company, &[], b"").expect(422);
    assert!(again.blames("confirm_duplicate"));
    again.shows("PC-000001");
    assert_eq!(app.number("SELECT count(*) FROM punishment_cases"), 1);
    let day = in_days(-9).to_string();
    propose(&by, &company, &[("deed_on", &day)], b"").expect(303);
    propose(&by, &company, &[("confirm_duplicate", "on")], b"").expect(303);
    assert_eq!(app.number("SELECT count(*) FROM punishment_cases"), 3);
}

#[test]
fn what_an_inspection_led_to_opens_one_case_once_somebody_has_accepted_it() {
    let app = TestApp::new();
    punished::standards(&app);
    let company = app.company("Paper Works Ltd", "DE");
    let inspector = app.staff(Role::Inspector);
    let version = checklist(&app, "conduct");
    let findings =
        found(&app, &company, &version, &inspector, today(), &[("CH01", Outcome::Critical)]);
    let effect = effect(&app, &findings[0]);
    let by = app.staff(Role::LegalOfficer);
    let buyer = app.staff(Role::ProcurementOfficer);
    let path = format!("/inspection-effects/{effect}");
    let link = format!("/punishments/new?supplier={}&effect={effect}", company.id);
    assert!(!by.get(&path).expect(200).links().contains(&link), "nobody has accepted it");
    by.get(&link).expect(409);
    let changes = [("effect", effect.as_str()), ("violation", "child_labour")];
    propose(&by, &company, &changes, b"").expect(409);
    app.tamper(&format!("UPDATE inspection_effects SET status = 'applied' WHERE id = '{effect}'"))
        .expect("accepted");
    by.get("/home").expect(200).shows(&path);
    assert!(by.get(&path).expect(200).links().contains(&link));
    assert!(!buyer.get(&path).expect(200).has("/punishments"));
    by.get(&link).expect(200).shows("Seen at CH01").shows(&today().to_string());
    let other = app.company("Other GmbH", "DE");
    propose(&by, &other, &changes, b"").expect(404);
    propose(&by, &company, &changes, b"").expect(303);
    assert_eq!(app.text("SELECT origin FROM punishment_cases"), "inspection");
    propose(&by, &company, &changes, b"").expect(409);
    let page = by.get(&path).expect(200);
    assert!(!page.links().contains(&link));
    let id = app.text("SELECT id FROM punishment_cases");
    assert!(page.has(&format!("/punishments/{id}")));
    assert!(!buyer.get(&path).expect(200).has(&id));
}

#[test]
fn a_notice_is_served_in_the_portal_and_by_mail_and_the_days_count() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    app.supplier_person(Role::SupplierOwner, &company.id);
    app.supplier_person(Role::SupplierMember, &company.id);
    let case = punished::case(&app, &company, "late_delivery", Critical);
    let path = format!("/punishments/{}/notice", case.id);
    let legal = app.staff(Role::LegalOfficer);
    legal.get("/home").expect(200).shows("PC-000001");
    app.staff(Role::Approver).post(&path, &[("notice_text", "x")]).expect(403);
    assert!(legal.post(&path, &[("notice_text", " ")]).expect(422).blames("notice_text"));
    assert_eq!(status(&app, &case.id), Status::Proposed);
    legal.post(&path, &[("notice_text", "You are said to be late")]).expect(303);
    let served = find(&app, &case.id);
    assert_eq!(served.status, Status::Served);
    assert_eq!((served.reply_by, served.decide_by), (Some(in_days(10)), Some(in_days(40))));
    assert_eq!(kinds(&app), ["punishment-notice", "punishment-notice"]);
    legal.post(&path, &[("notice_text", "Again")]).expect(409);
    assert_eq!(app.letters().len(), 2);
    legal.get(&format!("/punishments/{}", case.id)).expect(200).shows("You are said to be late");
}

#[test]
fn a_notice_to_nobody_is_refused_unless_it_was_delivered_on_paper() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    let case = punished::case(&app, &company, "late_delivery", Critical);
    let path = format!("/punishments/{}/notice", case.id);
    let legal = app.staff(Role::LegalOfficer);
    let text = ("notice_text", "You are said to be late");
    let page = legal.post(&path, &[text]).expect(422);
    assert!(page.blames("delivery_reference"));
    page.shows("You are said to be late");
    for day in [in_days(1), in_days(-1)] {
        let day = day.to_string();
        let fields = [text, ("delivery_reference", "EMS 1"), ("delivered_on", day.as_str())];
        assert!(legal.post(&path, &fields).expect(422).blames("delivered_on"), "{day}");
    }
    assert!(
        legal
            .post(&path, &[text, ("delivery_reference", "EMS 1")])
            .expect(422)
            .blames("delivered_on")
    );
    assert_eq!(status(&app, &case.id), Status::Proposed);
    assert_eq!(app.number("SELECT count(*) FROM punishment_steps"), 1);
    let day = today().to_string();
    let fields = [text, ("delivery_reference", "EMS 1234"), ("delivered_on", day.as_str())];
    legal.post(&path, &fields).expect(303).follow().shows("EMS 1234");
    assert_eq!(find(&app, &case.id).reply_by, Some(today() + Days::new(10)));
    assert!(app.letters().is_empty());
}

#[test]
fn a_case_is_taken_back_with_a_reason_and_the_company_that_knew_is_told() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let by = app.staff(Role::Approver);
    let unknown = punished::case(&app, &company, "late_delivery", Critical);
    let known = punished::served(&app, &company, "quality", Critical);
    punished::interim(&app, &known, 10);
    for case in [&unknown, &known] {
        let path = format!("/punishments/{}/withdrawal", case.id);
        assert!(by.post(&path, &[]).expect(422).blames("withdrawal_reason"));
        by.post(&path, &[("withdrawal_reason", "A mistake of ours")]).expect(303);
        let after = find(&app, &case.id);
        assert_eq!((after.status, after.ended_at.is_some()), (Status::Withdrawn, true));
        by.post(&path, &[("withdrawal_reason", "Again")]).expect(409);
    }
    assert_eq!(kinds(&app), ["punishment-dropped"]);
    owner.get(&format!("/portal/measures/{}", known.id)).expect(404);
    let ended = format!("SELECT count(*) FROM punishment_interims WHERE ended_on = '{}'", today());
    assert_eq!(app.number(&ended), 1);
    let running = punished::in_force(&app, &company, "safety", Critical);
    let path = format!("/punishments/{}/withdrawal", running.id);
    by.post(&path, &[("withdrawal_reason", "x")]).expect(409);
}

#[test]
fn what_cannot_wait_is_ordered_within_the_days_of_the_standard_one_at_a_time() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    app.supplier_person(Role::SupplierOwner, &company.id);
    let legal = app.staff(Role::LegalOfficer);
    let order = |case: &str, days: &str, orders: &str| {
        let fields =
            [("interim_orders", orders), ("interim_days", days), ("interim_reason", "Risk")];
        legal.post(&format!("/punishments/{case}/interims"), &fields)
    };
    let none = punished::served(&app, &company, "false_material", Major);
    order(&none.id, "5", "blocked").expect(409);
    let unserved = punished::case(&app, &company, "safety", Critical);
    order(&unserved.id, "5", "blocked").expect(409);
    let case = punished::served(&app, &company, "late_delivery", Critical);
    for days in ["31", "0", "-1", "", "two"] {
        assert!(order(&case.id, days, "blocked").expect(422).blames("interim_days"), "{days}");
    }
    assert!(order(&case.id, "5", "allowed").expect(422).blames("interim_orders"));
    assert_eq!(app.number("SELECT count(*) FROM punishment_interims"), 0);
    order(&case.id, "20", "blocked").expect(303);
    assert_eq!(kinds(&app), ["punishment-interim"]);
    order(&case.id, "5", "blocked").expect(409);
    let to = format!("SELECT count(*) FROM punishment_interims WHERE to_on = '{}'", in_days(20));
    assert_eq!(app.number(&to), 1);
}

#[test]
fn somebody_else_looks_at_an_interim_measure_again_and_it_can_be_ended() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    let legal = app.staff(Role::LegalOfficer);
    let ethics = app.staff(Role::EthicsOfficer);
    let case = punished::served(&app, &company, "late_delivery", Critical);
    let fields = [("interim_orders", "blocked"), ("interim_days", "9"), ("interim_reason", "x")];
    legal.post(&format!("/punishments/{}/interims", case.id), &fields).expect(303);
    let id = app.text("SELECT id FROM punishment_interims");
    let review = format!("/punishments/{}/interims/{id}/review", case.id);
    let keep = [("interim_review", "keep"), ("interim_review_reason", "The risk is there")];
    legal.post(&review, &keep).expect(403);
    assert!(ethics.post(&review, &[keep[1]]).expect(422).blames("interim_review"));
    ethics.get("/home").expect(200).shows("PC-000001");
    ethics.post(&review, &keep).expect(303);
    ethics.post(&review, &keep).expect(409);
    let other = punished::served(&app, &company, "quality", Critical);
    let elsewhere = format!("/punishments/{}/interims/{id}/ending", other.id);
    legal.post(&elsewhere, &[("interim_end_reason", "x")]).expect(404);
    let ending = format!("/punishments/{}/interims/{id}/ending", case.id);
    assert!(legal.post(&ending, &[]).expect(422).blames("interim_end_reason"));
    legal.post(&ending, &[("interim_end_reason", "The risk is gone")]).expect(303);
    legal.post(&ending, &[("interim_end_reason", "Again")]).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM punishment_steps WHERE kind LIKE 'interim%'"), 3);
}

#[test]
fn records_are_added_and_never_edited() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    let case = punished::served(&app, &company, "late_delivery", Critical);
    let by = app.staff(Role::Approver);
    let path = format!("/punishments/{}/corrections", case.id);
    assert!(by.upload(&path, "a.pdf", &pdf("a"), &[]).expect(422).blames("correction"));
    assert_eq!(app.number("SELECT count(*) FROM documents"), 0);
    let fields = [("correction", "It was the other gate")];
    let page = by.upload(&path, "gate.pdf", &pdf("gate"), &fields).expect(303).follow();
    page.shows("It was the other gate").shows("gate.pdf").shows(FACTS);
    for statement in [
        "UPDATE punishment_cases SET facts = 'x'",
        "UPDATE punishment_steps SET body = 'x'",
        "DELETE FROM punishment_steps",
        "DELETE FROM punishment_cases",
    ] {
        assert!(app.tamper(statement).is_err(), "{statement}");
    }
}
