//! What the rules propose is decided by somebody who had no part in the inspection, and then carried out.

use touchstone::HOLDS;
use touchstone::access::Role;
use touchstone::certification::demands::DemandKind;
use touchstone::inspections::Outcome;
use touchstone::inspections::findings::Finding;
use touchstone::suppliers::Supplier;
use touchstone::suppliers::clearance::{clearance, load};

use crate::certified::{category, certify, company, in_days, standard, status, today};
use crate::inspected::{checklist, found};
use crate::results::{applied, usual, withdrawn};
use crate::support::{Person, TestApp};

/// A company, the ids of its category and of its certification, and what was found there.
type Inspected = (Supplier, String, String, Vec<Finding>);

/// A company certified for a category, with two critical findings of an inspection that was made for the
/// category, or for none.
fn inspected(app: &TestApp, inspector: &Person, for_category: bool) -> Inspected {
    usual(app);
    let category = category(app, "paper");
    standard(app, &category, in_days(-30), &[(DemandKind::Fact, "contact")]);
    let company = company(app, "Paper Works Ltd", &[&category]);
    let certification = certify(app, &company.id, &category, in_days(100));
    let version = checklist(app, "conduct");
    let two = [("CH01", Outcome::Critical), ("FL01", Outcome::Critical)];
    let mut findings = found(app, &company, &version, inspector, today(), &two);
    if for_category {
        let id = &findings[0].inspection_id;
        app.tamper(&format!("UPDATE inspections SET category_id = '{category}' WHERE id = '{id}'"))
            .expect("a category");
        app.tamper(&format!("UPDATE findings SET category_id = '{category}'")).expect("a category");
        findings.iter_mut().for_each(|one| one.category_id = Some(category.clone()));
    }
    applied(app, &findings);
    (company, category, certification, findings)
}

fn effect(app: &TestApp, kind: &str) -> String {
    app.text(&format!("SELECT id FROM inspection_effects WHERE effect = '{kind}' LIMIT 1"))
}

fn state(app: &TestApp, id: &str) -> String {
    app.text(&format!("SELECT status FROM inspection_effects WHERE id = '{id}'"))
}

/// Why one may not order a category today, "" when one may.
fn why(app: &TestApp, company: &Supplier, category: &str) -> String {
    let (id, category) = (company.id.clone(), category.to_string());
    let facts = app.db().read_now(move |c| {
        let facts = load(c, HOLDS, &[&id])?.remove(&id).expect("facts");
        Ok(clearance(&facts, Some(&category), today()).codes())
    });
    facts.expect("an answer")
}

const ACCEPT: [(&str, &str); 2] = [("decision", "accept"), ("reason", "Children at the press")];

#[test]
fn an_accepted_suspension_suspends_the_certification_and_shows_in_clearance() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (company, category, certification, _) = inspected(&app, &inspector, true);
    app.supplier_person(Role::SupplierOwner, &company.id);
    assert_eq!(why(&app, &company, &category), "");
    let id = effect(&app, "suspension");
    let path = format!("/inspection-effects/{id}");
    // A legal officer decides results, though not certifications.
    let legal = app.staff(Role::LegalOfficer);
    legal.get("/home").expect(200).shows("Decide what follows from findings");
    legal.get("/result-rules").expect(200).shows("2 proposals wait for your decision.");
    legal
        .get("/inspection-effects?status=proposed&effect=suspension")
        .expect(200)
        .shows("Paper Works");
    let page = legal.get(&path).expect(200);
    let page = page.shows("From 1 critical finding in one inspection").shows("Seen at CH01");
    assert!(page.links().contains(&format!("/certifications/{certification}")));
    let decision = format!("{path}/decision");
    legal.post(&decision, &[("decision", "accept"), ("reason", " ")]).expect(422);
    legal.post(&decision, &[("decision", "perhaps"), ("reason", "x")]).expect(422);
    assert_eq!(
        (status(&app, &certification), state(&app, &id)),
        ("certified".into(), "proposed".into())
    );
    legal.post(&decision, &ACCEPT).expect(303);
    assert_eq!(
        (status(&app, &certification), state(&app, &id)),
        ("suspended".into(), "applied".into())
    );
    assert_eq!(why(&app, &company, &category), "certification_suspended");
    legal
        .get(&path)
        .expect(200)
        .shows("The certification was suspended")
        .shows("Children at the press");
    legal.post(&decision, &ACCEPT).expect(409);
    let letters = app.letters();
    let told = letters.iter().find(|(kind, ..)| kind == "certification_halted").expect("a letter");
    assert!(told.3.contains("Children at the press"));
    for action in ["certification.halted", "inspection_effect.accepted"] {
        let query = format!(
            "SELECT count(*) FROM audit_records WHERE action = '{action}' AND subject_id = '{}'",
            company.id
        );
        assert_eq!(app.number(&query), 1, "{action}");
    }
}

#[test]
fn nobody_decides_who_inspected_and_nobody_sees_beyond_their_regions() {
    let app = TestApp::new();
    // Somebody may be made an approver after they inspected.
    let inspector = app.staff(Role::Approver);
    inspected(&app, &inspector, true);
    let id = effect(&app, "punishment");
    let (path, decision) =
        (format!("/inspection-effects/{id}"), format!("/inspection-effects/{id}/decision"));
    inspector.get(&path).expect(200).shows("You had a part in this inspection.");
    inspector.post(&decision, &ACCEPT).expect(403);
    assert!(!inspector.get("/home").expect(200).has("Decide what follows from findings"));
    app.staff(Role::ProcurementOfficer).post(&decision, &ACCEPT).expect(403);
    // The company is in Jiangsu, in the east.
    let elsewhere = app.staff_of(Role::Approver, "cn-six", "southern");
    for person in [elsewhere, app.staff_of(Role::LegalOfficer, "cn-six", "north-america")] {
        person.get(&path).expect(404);
        person.post(&decision, &ACCEPT).expect(404);
        person.post(&decision, &[]).expect(404);
        assert!(!person.get("/inspection-effects").expect(200).has("Paper Works"));
        assert!(!person.get("/home").expect(200).has("Paper Works"));
    }
    assert_eq!(state(&app, &id), "proposed");
}

#[test]
fn an_accepted_case_is_recorded_as_to_be_opened_and_what_was_decided_is_not_dropped() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (_, _, certification, findings) = inspected(&app, &inspector, true);
    let approver = app.staff(Role::Approver);
    let (case, stop) = (effect(&app, "punishment"), effect(&app, "suspension"));
    approver.post(&format!("/inspection-effects/{case}/decision"), &ACCEPT).expect(303);
    approver
        .get(&format!("/inspection-effects/{case}"))
        .expect(200)
        .shows("Recorded as to be opened.");
    let decline = [("decision", "decline"), ("reason", "Put right on the day")];
    approver.post(&format!("/inspection-effects/{stop}/decision"), &decline).expect(303);
    let page = approver.get(&format!("/inspection-effects/{stop}")).expect(200);
    page.shows("It was decided not to suspend").shows("Put right on the day");
    assert_eq!(status(&app, &certification), "certified");
    assert_eq!((state(&app, &case), state(&app, &stop)), ("applied".into(), "declined".into()));
    // The findings are withdrawn afterwards: what people have decided stays, the penalties go.
    findings.iter().for_each(|one| withdrawn(&app, one));
    assert_eq!((state(&app, &case), state(&app, &stop)), ("applied".into(), "declined".into()));
    let dropped = "SELECT count(*) FROM inspection_effects WHERE status = 'dropped'";
    assert_eq!(app.number(dropped), 2);
    approver.get("/inspection-effects?status=declined").expect(200).shows("Declined");
    let none = "/inspection-effects?status=dropped&effect=suspension";
    approver.get(none).expect(200).shows("Nothing fits these filters");
}

#[test]
fn where_there_is_nothing_to_suspend_the_page_says_so_and_only_declining_is_possible() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    inspected(&app, &inspector, false);
    let approver = app.staff(Role::Approver);
    let id = effect(&app, "suspension");
    let path = format!("/inspection-effects/{id}");
    approver.get(&path).expect(200).shows("was not made for a category");
    let page = approver.post(&format!("{path}/decision"), &ACCEPT).expect(422);
    assert!(page.blames("decision") && page.has("Children at the press"));
    assert_eq!(state(&app, &id), "proposed");
    let other = app.text("SELECT id FROM categories");
    let of_category =
        format!("UPDATE inspection_effects SET category_id = '{other}' WHERE id = '{id}'");
    app.tamper(&of_category).expect("a category");
    app.tamper("UPDATE certifications SET status = 'revoked'").expect("no certification");
    approver.get(&path).expect(200).shows("no standing certification");
    approver.post(&format!("{path}/decision"), &ACCEPT).expect(422);
    app.tamper("UPDATE certifications SET status = 'certified'").expect("a certification");
    let certification = app.text("SELECT id FROM certifications");
    let halt = format!("/certifications/{certification}/suspension");
    approver.post(&halt, &[("why", "Something else")]).expect(303);
    approver.get(&path).expect(200).shows("has suspended this certification already");
    approver.post(&format!("{path}/decision"), &ACCEPT).expect(422);
    let decline = [("decision", "decline"), ("reason", "Suspended already")];
    approver.post(&format!("{path}/decision"), &decline).expect(303);
    assert_eq!(state(&app, &id), "declined");
}
