//! What follows once a case is decided: appeals, early ends, the way back.

use diesel::prelude::*;
use touchstone::access::Role::*;
use touchstone::inspections::Severity::Critical;
use touchstone::punishments::{Case, Orders, Status};
use touchstone::schema::punishment_cases;
use touchstone::suppliers::Supplier;

use crate::ballots::{a_company, appeal, count, open, steps, vote};
use crate::certified::{in_days, today};
use crate::evidence::pdf;
use crate::punished::{self, find, heard, status};
use crate::support::{Person, TestApp};

/// A case that two people have decided today, who those are, and an owner of the company.
fn decided(app: &TestApp, company: &Supplier) -> (Case, Person, Person, Person) {
    let case = heard(app, company, "late_delivery", Critical);
    let (legal, approver) = (app.staff(LegalOfficer), app.staff(Approver));
    open(app, &legal, &case, &[("decided_term", "6")]).expect(303);
    vote(app, &approver, &case, "for").expect(303);
    let owner = app.supplier_person(SupplierOwner, &company.id);
    (find(app, &case.id), legal, approver, owner)
}

#[test]
fn a_company_appeals_once_in_time_and_others_hear_it() {
    let app = TestApp::new();
    let company = a_company(&app);
    let (case, legal, approver, owner) = decided(&app, &company);
    let stranger = app.supplier();
    appeal(&stranger, &case, "Mine too").expect(404);
    appeal(&owner, &case, " ").expect(422);
    assert_eq!(status(&app, &case.id), Status::InForce);
    let path = format!("/portal/measures/{}/appeal", case.id);
    owner.upload(&path, "a.pdf", &pdf("a"), &[("appeal_reason", "It was the storm")]).expect(303);
    let case = find(&app, &case.id);
    assert_eq!((case.status, case.hear_by), (Status::Appealed, Some(in_days(30))));
    assert_eq!(count(&app, "punishment_papers", &case), 1);
    appeal(&owner, &case, "Again").expect(409);
    let upheld = [("ballot_kind", "appeal"), ("ballot_outcome", "uphold")];
    for decider in [&legal, &approver] {
        open(&app, decider, &case, &upheld).expect(403);
    }
    let (other, second) = (app.staff(Approver), app.staff(LegalOfficer));
    other.get("/home").expect(200).shows("Appeals to hear");
    open(&app, &other, &case, &upheld).expect(303);
    vote(&app, &legal, &case, "for").expect(403);
    assert_eq!(status(&app, &case.id), Status::Appealed);
    vote(&app, &second, &case, "for").expect(303);
    assert_eq!((status(&app, &case.id), steps(&app, &case, "upheld")), (Status::InForce, 1));
    let letters = app.letters();
    assert!(letters.iter().any(|letter| letter.0 == "punishment-appeal-decision"));
    appeal(&owner, &case, "Again").expect(409);
}

#[test]
fn an_appeal_after_its_last_day_is_refused() {
    let app = TestApp::new();
    let company = a_company(&app);
    let (case, .., owner) = decided(&app, &company);
    let row = format!("UPDATE punishment_cases SET appeal_by = '{}'", in_days(-1));
    app.tamper(&format!("{row} WHERE id = '{}'", case.id)).expect("a day");
    appeal(&owner, &case, "Late").expect(409);
    assert_eq!((status(&app, &case.id), steps(&app, &case, "appealed")), (Status::InForce, 0));
    let row = format!("UPDATE punishment_cases SET appeal_by = '{}'", today());
    app.tamper(&format!("{row} WHERE id = '{}'", case.id)).expect("a day");
    appeal(&owner, &case, "On the last day").expect(303);
}

#[test]
fn an_appeal_makes_nothing_heavier_and_a_varied_measure_counts_from_its_first_day() {
    let app = TestApp::new();
    let company = a_company(&app);
    let (case, .., owner) = decided(&app, &company);
    appeal(&owner, &case, "Too long").expect(303);
    let (other, second) = (app.staff(Approver), app.staff(EthicsOfficer));
    let vary = [("ballot_kind", "appeal"), ("ballot_outcome", "vary"), ("departure", "Because")];
    let with = |changes: &[(&'static str, &'static str)]| [vary.as_slice(), changes].concat();
    for changes in [
        &[("decided_term", "7")],
        &[("decided_term", "6")],
        &[("decided_measure", "blacklist")],
        &[("decided_orders", "terminate")],
        &[("decided_bars_data", "on")],
        &[("decided_endless", "on")],
    ] {
        open(&app, &other, &case, &with(changes)).expect(422);
    }
    assert_eq!(app.number("SELECT count(*) FROM punishment_ballots WHERE kind = 'appeal'"), 0);
    let lighter = with(&[("decided_term", "4"), ("decided_orders", "existing_only")]);
    open(&app, &other, &case, &lighter).expect(303);
    vote(&app, &second, &case, "for").expect(303);
    let after = find(&app, &case.id);
    assert_eq!((after.status, after.orders), (Status::InForce, Some(Orders::ExistingOnly)));
    assert_eq!(after.to_on, Some(today() + chrono::Months::new(4)));
    let held =
        format!("SELECT count(*) FROM punishment_members WHERE to_on = '{}'", after.to_on.unwrap());
    assert_eq!(app.number(&held), 1);
}

#[test]
fn nothing_is_left_of_a_decision_that_was_overturned() {
    let app = TestApp::new();
    let company = a_company(&app);
    let (case, .., owner) = decided(&app, &company);
    appeal(&owner, &case, "It was another company").expect(303);
    let overturn = [("ballot_kind", "appeal"), ("ballot_outcome", "overturn")];
    open(&app, &app.staff(Approver), &case, &overturn).expect(303);
    vote(&app, &app.staff(LegalOfficer), &case, "for").expect(303);
    assert_eq!(status(&app, &case.id), Status::Overturned);
    assert_eq!(app.number("SELECT count(*) FROM punishment_members WHERE status = 'freed'"), 1);
    owner.get(&format!("/portal/measures/{}", case.id)).expect(404);
}

/// Puts the first and the last day of a case elsewhere.
fn between(app: &TestApp, case: &Case, from: i64, to: i64) {
    let (id, from, to) = (case.id.clone(), in_days(from), in_days(to));
    let moved = app.db().write_now(move |c| {
        diesel::update(punishment_cases::table.find(&id))
            .set((
                punishment_cases::from_on.eq(from),
                punishment_cases::to_on.eq(to),
                punishment_cases::appeal_by.eq(from),
            ))
            .execute(c)?;
        Ok(())
    });
    moved.expect("days");
}

#[test]
fn early_release_is_asked_for_with_evidence_after_half_the_term() {
    let app = TestApp::new();
    let company = a_company(&app);
    let (case, legal, approver, owner) = decided(&app, &company);
    let path = format!("/portal/measures/{}/release", case.id);
    let text = [("release_text", "New machines since May")];
    let ask = || owner.upload(&path, "a.pdf", &pdf("a"), &text);
    ask().expect(409);
    let release = [("ballot_kind", "release"), ("ballot_outcome", "end")];
    open(&app, &legal, &case, &release).expect(409);
    between(&app, &case, -99, 101);
    ask().expect(409);
    between(&app, &case, -100, 100);
    owner.upload(&path, "", b"", &text).expect(422).shows("Add a file");
    owner.upload(&path, "a.pdf", &pdf("a"), &[("release_text", "")]).expect(422);
    assert_eq!(steps(&app, &case, "release_asked"), 0);
    app.supplier().upload(&path, "a.pdf", &pdf("a"), &text).expect(404);
    ask().expect(303);
    ask().expect(409);
    open(&app, &legal, &case, &release).expect(303);
    vote(&app, &approver, &case, "against").expect(303);
    open(&app, &legal, &case, &release).expect(409);
    ask().expect(303);
    open(&app, &legal, &case, &release).expect(303);
    vote(&app, &approver, &case, "for").expect(303);
    assert_eq!(status(&app, &case.id), Status::Released);
    assert!(app.letters().iter().any(|letter| letter.0 == "punishment-ended"));
    ask().expect(404);
}

#[test]
fn a_measure_is_lifted_with_grounds_and_the_way_back_is_recorded_once() {
    let app = TestApp::new();
    let company = a_company(&app);
    let (case, legal, approver, _) = decided(&app, &company);
    let reentry = format!("/punishments/{}/reentry", case.id);
    let note = [("reentry_note", "Agreed with the plant")];
    legal.post(&reentry, &note).expect(409);
    let lift = [("ballot_kind", "lifting"), ("ballot_outcome", "end"), ("ballot_grounds", "")];
    open(&app, &approver, &case, &lift).expect(422);
    open(&app, &approver, &case, &lift[..2]).expect(303);
    vote(&app, &legal, &case, "for").expect(303);
    assert_eq!(status(&app, &case.id), Status::Lifted);
    app.staff(EthicsOfficer).post(&reentry, &note).expect(403);
    legal.post(&reentry, &[]).expect(422);
    legal.post(&reentry, &note).expect(303);
    approver.post(&reentry, &note).expect(409);
    assert_eq!(steps(&app, &case, "reentered"), 1);
}

#[test]
fn where_the_standard_says_so_a_company_comes_back_through_certification() {
    use crate::certified::{category, certify, standard};
    use touchstone::certification::demands::DemandKind;
    let app = TestApp::new();
    let category = category(&app, "paper");
    standard(&app, &category, in_days(-30), &[(DemandKind::Fact, "contact")]);
    let company = crate::certified::company(&app, "Paper Works Ltd", &[&category]);
    let first = certify(&app, &company.id, &category, in_days(100));
    let case = punished::in_force(&app, &company, "quality", Critical);
    let (legal, approver) = (app.staff(LegalOfficer), app.staff(Approver));
    let lift = [("ballot_kind", "lifting"), ("ballot_outcome", "end")];
    open(&app, &approver, &case, &lift).expect(303);
    assert_eq!(crate::certified::status(&app, &first), "certified");
    vote(&app, &legal, &case, "for").expect(303);
    assert_eq!(crate::certified::status(&app, &first), "revoked");
    let reason = app.text(&format!("SELECT ended_reason FROM certifications WHERE id = '{first}'"));
    assert!(reason.contains("anew") && !reason.contains("convince"), "{reason}");
    let reentry = format!("/punishments/{}/reentry", case.id);
    let note = [("reentry_note", "Agreed with the plant")];
    legal.post(&reentry, &note).expect(422).shows("has not been certified");
    certify(&app, &company.id, &category, in_days(100));
    legal.post(&reentry, &note).expect(303);
}
