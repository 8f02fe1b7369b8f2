//! The visit: results item by item, evidence, the signing off; and that nothing changes afterwards.

use serde_json::json;
use touchstone::access::Role;

use crate::certified::{in_days, today};
use crate::evidence::{jpeg, pdf};
use crate::inspected::{ITEMS, checklist};
use crate::inspections::{assign, scheduled, status};
use crate::person::Reply;
use crate::support::{Person, TestApp};

/// The id of an item of a checklist's version.
pub fn item(app: &TestApp, version: &str, code: &str) -> String {
    let at = format!("version_id = '{version}' AND code = '{code}'");
    app.text(&format!("SELECT id FROM checklist_items WHERE {at}"))
}

pub fn say<'p>(
    inspector: &'p Person,
    id: &str,
    item: &str,
    (outcome, remark, revision): (&str, &str, &str),
) -> Reply<'p> {
    let fields = [("outcome", outcome), ("remark", remark), ("revision", revision)];
    inspector.post(&format!("/inspections/{id}/results/{item}"), &fields)
}

/// Everything conforms but what is named with its outcome.
pub fn answer_all(
    app: &TestApp,
    inspector: &Person,
    id: &str,
    version: &str,
    bad: &[(&str, &str)],
) {
    for (code, _) in ITEMS {
        let found = bad.iter().find(|(one, _)| *one == code).map_or("conform", |one| one.1);
        let item = item(app, version, code);
        say(inspector, id, &item, (found, &format!("Seen at {code}"), "0")).expect(303);
    }
    let day = today().to_string();
    let facts = [("visited_on", day.as_str()), ("place", "Hall 2"), ("people_met", "Li Hua")];
    inspector.post(&format!("/inspections/{id}/facts"), &facts).expect(303);
}

pub const END: [(&str, &str); 3] = [
    ("summary", "In good order but for two doors"),
    ("representative_name", "Li Hua"),
    ("representative_title", "Plant manager"),
];

fn counts(app: &TestApp) -> (i64, i64) {
    let results =
        app.number("SELECT CAST(coalesce(sum(revision), 0) AS BIGINT) FROM inspection_results");
    (results, app.number("SELECT count(*) FROM audit_records"))
}

#[test]
fn a_visit_goes_from_the_first_answer_to_findings_that_the_company_is_told_of() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (company, version, id) = scheduled(&app, &inspector);
    app.supplier_person(Role::SupplierOwner, &company.id);
    let visit = format!("/inspections/{id}/visit");
    let page = inspector.get(&visit).expect(200).shows("Is CH01 right?").shows("Look at CH01.");
    page.shows("accept=\"image/*\" capture").shows("/static/visit.js");
    inspector.get("/static/visit.js").expect(200).shows("localStorage");
    let first = item(&app, &version, "CH01");
    let done = say(&inspector, &id, &first, ("conform", "", "0")).expect(303);
    assert_eq!(done.location, Some(format!("{visit}#i-{first}")));
    assert_eq!(status(&app, &id), "under_way");
    inspector.get(&visit).expect(200).shows("1 of 4 answered");
    let left = inspector.get(&format!("{visit}?left=on")).expect(200);
    assert!(!left.has("Is CH01 right?") && left.has("Is FL01 right?"));

    let sign_off = format!("/inspections/{id}/sign-off");
    let early = inspector.post(&sign_off, &END).expect(422);
    early.shows("3 items have no result yet: FL01, HP01, EN01").shows("Save the day of the visit");
    assert_eq!(app.number("SELECT count(*) FROM findings"), 0);
    app.tamper("DELETE FROM inspection_results").unwrap();
    answer_all(&app, &inspector, &id, &version, &[("FL01", "critical"), ("EN01", "minor")]);
    inspector.get("/home").expect(200).shows("Every item has a result: sign it off");
    inspector.post(&sign_off, &END[..1]).expect(422).shows("Fill this in");
    inspector.post(&sign_off, &END).expect(303).follow().expect(200).shows("Findings: 2");

    assert_eq!(status(&app, &id), "signed_off");
    assert_eq!(app.number("SELECT count(*) FROM findings"), 2);
    let due = app.text("SELECT CAST(due_on AS TEXT) FROM findings WHERE item_code = 'FL01'");
    assert_eq!(due, in_days(30).to_string());
    let letter = app.letters().pop().expect("a letter");
    assert_eq!(letter.0, "inspection_signed_off");
    assert!(letter.3.contains("F-000001") && letter.3.contains(&in_days(7).to_string()));
    let page = inspector.get(&format!("/inspections/{id}")).expect(200);
    page.shows("F-000001").shows("In good order but for two doors").shows("Plant manager");
    let trail = inspector.get(&format!("/suppliers/{}/history", company.id)).expect(200);
    trail.shows("Inspection signed off").shows("Result written down");
}

#[test]
fn without_a_finding_the_inspection_is_closed_at_once() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (_, version, id) = scheduled(&app, &inspector);
    answer_all(&app, &inspector, &id, &version, &[("FL01", "observation")]);
    inspector.post(&format!("/inspections/{id}/sign-off"), &END).expect(303);
    assert_eq!(status(&app, &id), "closed");
    assert_eq!(app.number("SELECT count(*) FROM findings"), 0);
}

#[test]
fn after_the_signing_off_nothing_changes_by_any_way() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (_, version, id) = scheduled(&app, &inspector);
    answer_all(&app, &inspector, &id, &version, &[("FL01", "major")]);
    let of = |part: &str| format!("/inspections/{id}/{part}");
    let photo = inspector.upload(&of("evidence"), "door.jpg", &jpeg(60, 40), &[]);
    photo.expect(303);
    inspector.post(&of("sign-off"), &END).expect(303);
    let evidence = app.text("SELECT id FROM inspection_evidence");
    let item = item(&app, &version, "FL01");
    let before = (counts(&app), app.letters().len());
    let officer = app.staff(Role::ProcurementOfficer);
    say(&inspector, &id, &item, ("conform", "", "1")).expect(409);
    let quiet = [("outcome", "conform"), ("revision", "1")];
    inspector.post(&of(&format!("saved-results/{item}")), &quiet).expect(409);
    let day = today().to_string();
    inspector.post(&of("facts"), &[("visited_on", day.as_str())]).expect(409);
    inspector.post(&of("sign-off"), &END).expect(409);
    inspector.post(&of("declaration"), &[("conflict", "none")]).expect(409);
    inspector.post(&of(&format!("evidence/{evidence}/removal")), &[]).expect(409);
    inspector.upload(&of("evidence"), "b.pdf", &pdf("b"), &[]).expect(409);
    inspector.get(&of("visit")).expect(409);
    officer.post(&of("cancellation"), &[("reason", "x")]).expect(409);
    officer.post(&of("assignment"), &[("inspector", inspector.account_id.as_str())]).expect(409);
    assert_eq!((counts(&app), app.letters().len()), before);
    let changed = app.tamper("UPDATE inspection_results SET outcome = 'conform'");
    assert!(changed.is_err_and(|said| said.contains("signed off")));
    assert!(app.tamper("DELETE FROM inspection_results").is_err());
    for set in [
        "summary = 'All is well'",
        "visited_on = '2020-01-01'",
        "area = '110000'",
        "kind = 'project'",
    ] {
        let changed = app.tamper(&format!("UPDATE inspections SET {set}"));
        assert!(changed.is_err_and(|said| said.contains("signed off")), "{set}");
    }
    assert_eq!(counts(&app), before.0);
}

#[test]
fn only_the_inspector_writes_and_only_at_items_of_the_inspections_own_checklist() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (_, version, id) = scheduled(&app, &inspector);
    let other = checklist(&app, "other");
    let (own, foreign) = (item(&app, &version, "CH01"), item(&app, &other, "CH01"));
    let before = counts(&app);
    for stranger in [app.staff(Role::Inspector), app.staff(Role::ProcurementOfficer)] {
        say(&stranger, &id, &own, ("conform", "", "0")).expect(403);
        stranger.get(&format!("/inspections/{id}/visit")).expect(403);
        stranger.post(&format!("/inspections/{id}/facts"), &[]).expect(403);
        stranger.post(&format!("/inspections/{id}/sign-off"), &END).expect(403);
        stranger
            .upload(&format!("/inspections/{id}/evidence"), "a.pdf", &pdf("a"), &[])
            .expect(403);
    }
    app.staff(Role::Auditor).get(&format!("/inspections/{id}/visit")).expect(403);
    let elsewhere = app.staff_of(Role::Inspector, "cn-six", "southern");
    say(&elsewhere, &id, &own, ("conform", "", "0")).expect(404);
    elsewhere.get(&format!("/inspections/{id}")).expect(404);
    for body in [("conform", "", "0"), ("nonsense", "", "0")] {
        say(&inspector, &id, &foreign, body).expect(404);
        say(&inspector, &id, "nothing", body).expect(404);
    }
    let quiet = format!("/inspections/{id}/saved-results/{foreign}");
    inspector.post(&quiet, &[("outcome", "conform")]).expect(404);
    let file = [("item", foreign.as_str())];
    inspector.upload(&format!("/inspections/{id}/evidence"), "a.pdf", &pdf("a"), &file).expect(404);
    assert_eq!(counts(&app), before);
    assert_eq!(status(&app, &id), "scheduled");
    // Who was assigned and has not declared again does not write either.
    let next = app.staff(Role::Inspector);
    assign(&app, &id, &next, 1);
    say(&next, &id, &own, ("conform", "", "0")).expect(409);
}

#[test]
fn an_outcome_needs_words_unless_it_conforms_and_what_was_typed_comes_back() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (_, version, id) = scheduled(&app, &inspector);
    let own = item(&app, &version, "HP01");
    let before = counts(&app);
    for outcome in ["observation", "minor", "major", "critical", "not_applicable"] {
        let refused = say(&inspector, &id, &own, (outcome, "  ", "0")).expect(422);
        assert!(refused.blames("remark-3"), "{outcome}");
    }
    let refused = say(&inspector, &id, &own, ("", "Half a door", "0")).expect(422);
    assert!(refused.blames("outcome-3"));
    refused.shows("Half a door").shows("href=\"#f-outcome-3\"");
    say(&inspector, &id, &own, ("minor", &"x".repeat(4001), "0")).expect(422);
    assert_eq!(counts(&app), before);
    assert_eq!(status(&app, &id), "scheduled");
}

#[test]
fn two_devices_see_both_answers_and_neither_overwrites_the_other_unseen() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (_, version, id) = scheduled(&app, &inspector);
    let own = item(&app, &version, "CH01");
    let quiet = format!("/inspections/{id}/saved-results/{own}");
    let send = |outcome: &'static str, remark: &'static str, revision: &'static str| {
        let fields = [("outcome", outcome), ("remark", remark), ("revision", revision)];
        inspector.post(&quiet, &fields)
    };
    let kept = send("minor", "A crack", "0").expect(200).value();
    assert_eq!((&kept["revision"], &kept["done"], &kept["all"]), (&json!(1), &json!(1), &json!(4)));
    // Sent again because the answer was lost: it is there already.
    let before = counts(&app);
    assert_eq!(send("minor", "A crack", "0").expect(200).value()["revision"], 1);
    assert_eq!(counts(&app), before);
    let newer = send("major", "A hole", "0").expect(409).value();
    assert_eq!((&newer["outcome"], &newer["remark"]), (&json!("minor"), &json!("A crack")));
    let page = say(&inspector, &id, &own, ("major", "A hole", "0")).expect(422);
    page.shows("A crack").shows("A hole").shows("nothing was overwritten");
    assert_eq!(counts(&app), before);
    assert_eq!(send("major", "A hole", "1").expect(200).value()["revision"], 2);
    let wrong = send("major", "", "2").expect(422).value();
    assert!(wrong["problems"]["remark"].is_string());
    // Signed out meanwhile: the script is sent to sign in, and nothing is written.
    let fields = [("outcome", "conform"), ("revision", "2")];
    app.anonymous().post(&quiet, &fields).expect(303);
    let page = inspector.get(&format!("/inspections/{id}/visit")).expect(200);
    page.shows(&format!("data-account=\"{}\"", inspector.account_id));
    assert_eq!(app.text("SELECT remark FROM inspection_results"), "A hole");
}

#[test]
fn the_day_of_the_visit_is_neither_before_it_was_planned_nor_to_come() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (_, version, id) = scheduled(&app, &inspector);
    let facts = format!("/inspections/{id}/facts");
    let before = counts(&app);
    for day in [in_days(-1).to_string(), in_days(5).to_string(), "yesterday".into(), "".into()] {
        let refused = inspector.post(&facts, &[("visited_on", day.as_str())]).expect(422);
        assert!(refused.blames("visited_on"), "{day}");
    }
    assert_eq!(counts(&app), before);
    answer_all(&app, &inspector, &id, &version, &[]);
    let early = format!("UPDATE inspections SET visited_on = '{}'", in_days(-3));
    app.tamper(&early).unwrap();
    let refused = inspector.post(&format!("/inspections/{id}/sign-off"), &END).expect(422);
    refused.shows("The visit was not before that");
    assert_eq!(status(&app, &id), "under_way");
}

#[test]
fn evidence_belongs_to_an_item_stays_once_and_is_taken_off_before_the_signing_off() {
    let app = TestApp::new();
    let inspector = app.staff(Role::EthicsOfficer);
    let (company, version, id) = scheduled(&app, &inspector);
    let own = item(&app, &version, "CH01");
    let to = format!("/inspections/{id}/evidence");
    let page = inspector.get(&format!("/inspections/{id}/visit")).expect(200);
    let key = page.hidden("form_key").expect("a key");
    let fields = [("item", own.as_str()), ("note", "Left door"), ("form_key", key.as_str())];
    inspector.upload(&to, "", b"", &fields).expect(422).shows("Choose a file");
    inspector.upload(&to, "a.html", b"<html>", &fields).expect(422);
    assert_eq!(app.number("SELECT count(*) FROM documents"), 0);
    for _ in 0..2 {
        inspector.upload(&to, "door.jpg", &jpeg(60, 40), &fields).expect(303);
    }
    assert_eq!(app.number("SELECT count(*) FROM inspection_evidence"), 1);
    let document = app.text("SELECT document_id FROM inspection_evidence");
    let page = inspector.get(&format!("/inspections/{id}")).expect(200).shows("door.jpg");
    assert!(page.links().contains(&format!("/documents/{document}")));
    // Nobody takes off what an inspection rests on.
    let removal = format!("/suppliers/{}/documents/{document}/removal", company.id);
    app.staff(Role::ProcurementOfficer).post(&removal, &[]).expect(409);
    let evidence = app.text("SELECT id FROM inspection_evidence");
    let off = format!("{to}/{evidence}/removal");
    app.staff(Role::Inspector).post(&off, &[]).expect(403);
    inspector.post(&off, &[]).expect(303);
    inspector.post(&off, &[]).expect(409);
    assert!(!inspector.get(&format!("/inspections/{id}")).expect(200).has("door.jpg"));
}
