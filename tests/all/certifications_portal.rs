//! "Your certifications": a company sees where it stands and what to do next, and does it.

use touchstone::access::Role;
use touchstone::certification::certificates::Status as Paper;
use touchstone::certification::demands::DemandKind::{Certificate, Clause, Fact};

use super::certified::{
    apply, category, certificate, certify, check_all, company, in_days, paper, standard, status,
};
use super::support::TestApp;

const HERE: &str = "/portal/certification";

#[test]
fn a_company_applies_mends_and_is_certified_without_a_word_to_anybody() {
    let app = TestApp::new();
    let boxes = category(&app, "boxes");
    let plain = category(&app, "plain");
    standard(&app, &boxes, in_days(-30), &[(Certificate, "iso14001"), (Clause, "anti_bribery")]);
    let ours = company(&app, "Jinji Paper Works", &[&boxes, &plain]);
    let owner = app.supplier_person(Role::SupplierOwner, &ours.id);
    let page =
        owner.get(HERE).expect(200).shows("Not applied for").shows("No certification needed");
    let hand_in = "/portal/certificates/new?type=iso14001".to_string();
    assert!(page.links().contains(&hand_in), "what is missing leads to where it is handed in");
    owner.get("/portal").expect(200).shows("Your certifications").shows("2 things to do");
    owner.post("/portal/certifications", &[("category", &plain)]).expect(422).shows("No access");
    owner.post("/portal/certifications", &[("category", &boxes)]).expect(303);
    let id = app.text("SELECT id FROM certifications");
    assert_eq!(app.text("SELECT supplier_id FROM certifications"), ours.id);
    owner.get(HERE).expect(200).shows("Applied for");

    let auditor = app.staff(Role::Inspector);
    auditor.get("/certifications/not-there").expect(404);
    let comment = [("comment", "Tell us your output in tonnes a year")];
    auditor.post(&format!("/certifications/{id}/return"), &[("comment", " ")]).expect(422);
    auditor.post(&format!("/certifications/{id}/return"), &comment).expect(303);
    let letter = app.letters().pop().expect("a letter");
    assert_eq!((letter.0.as_str(), letter.4.as_str()), ("certification_returned", HERE));
    assert!(letter.3.contains("tonnes a year"));
    owner.get(HERE).expect(200).shows("Your turn").shows("Tell us your output in tonnes a year");
    let answer = format!("/portal/certifications/{id}/answer");
    owner.post(&answer, &[("note", "12,000 tonnes")]).expect(303);
    owner.post(&answer, &[("note", "Again")]).expect(409);
    assert_eq!(status(&app, &id), "applied");
    auditor.get(&format!("/certifications/{id}")).expect(200).shows("12,000 tonnes");

    certificate(&app, &ours.id, "iso14001", in_days(60));
    check_all(&app, &auditor, &id);
    auditor.post(&format!("/certifications/{id}/recommendation"), &[]).expect(303);
    owner.get(HERE).expect(200).shows("Being decided");
    let last = in_days(200).to_string();
    let fields = [("decision", "certify"), ("last_day", last.as_str())];
    app.staff(Role::Approver).post(&format!("/certifications/{id}/decision"), &fields).expect(303);
    let page = owner.get(HERE).expect(200).shows("Certified").shows("60 more days");
    assert!(page.has("Renewal possible from") && !page.has("What is missing"));
    assert!(!owner.get("/portal").expect(200).has("to do</small>"), "nothing is asked");
}

#[test]
fn what_was_handed_in_is_said_to_be_checked_or_to_be_copied_again() {
    let app = TestApp::new();
    let boxes = category(&app, "boxes");
    standard(&app, &boxes, in_days(-30), &[(Certificate, "iso14001"), (Certificate, "iso9001")]);
    let ours = company(&app, "Jinji Paper Works", &[&boxes]);
    let owner = app.supplier_person(Role::SupplierOwner, &ours.id);
    paper(&app, &ours.id, "iso14001", in_days(60), Paper::Submitted);
    let poor = paper(&app, &ours.id, "iso9001", in_days(60), Paper::Returned);
    let page = owner.get(HERE).expect(200).shows("we are checking it").shows("a better copy");
    assert!(page.links().contains(&format!("/portal/certificates/{poor}")));
}

#[test]
fn a_decline_is_said_with_its_reason_and_an_own_application_is_taken_back_by_its_own_side() {
    let app = TestApp::new();
    let boxes = category(&app, "boxes");
    standard(&app, &boxes, in_days(-30), &[(Fact, "contact")]);
    let ours = company(&app, "Jinji Paper Works", &[&boxes]);
    let owner = app.supplier_person(Role::SupplierOwner, &ours.id);
    let officer = app.staff(Role::ProcurementOfficer);
    let theirs = apply(&officer, &ours.id, &boxes);
    let withdraw = format!("/portal/certifications/{theirs}/withdrawal");
    owner.post(&withdraw, &[]).expect(403);
    let fields = [("decision", "decline"), ("reason", "The site was closed")];
    let decision = format!("/certifications/{theirs}/decision");
    app.staff(Role::Approver).post(&decision, &fields[..1]).expect(422);
    app.staff(Role::Approver).post(&decision, &fields).expect(303);
    owner.get(HERE).expect(200).shows("Declined").shows("The site was closed");
    owner.post("/portal/certifications", &[("category", &boxes)]).expect(303);
    let own = app.text("SELECT id FROM certifications WHERE status = 'applied'");
    officer.post(&format!("/certifications/{own}/withdrawal"), &[]).expect(403);
    owner.post(&format!("/portal/certifications/{own}/withdrawal"), &[]).expect(303);
    assert_eq!(status(&app, &own), "withdrawn");
}

#[test]
fn a_company_reads_and_moves_nothing_of_another() {
    let app = TestApp::new();
    let boxes = category(&app, "boxes");
    standard(&app, &boxes, in_days(-30), &[(Fact, "contact")]);
    let ours = company(&app, "Jinji Paper Works", &[&boxes]);
    let id = certify(&app, &ours.id, &boxes, in_days(100));
    let stranger = app.supplier();
    for step in ["answer", "withdrawal"] {
        stranger.post(&format!("/portal/certifications/{id}/{step}"), &[]).expect(404);
    }
    stranger.get(&format!("/certifications/{id}")).expect(404);
    let page = stranger.get(HERE).expect(200).shows("You have told us of no category");
    assert!(page.links().contains(&"/portal/registration/categories".to_string()));
    assert_eq!(status(&app, &id), "certified");
}
