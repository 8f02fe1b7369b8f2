//! Needs: what is looked for, and the criteria that stand before anybody is judged by them.

use touchstone::access::{Role, Scope};
use touchstone::onboarding::waiting;

use crate::support::{Person, TestApp};

/// A category of the register.
pub fn category(app: &TestApp) -> String {
    let staff = app.staff(Role::ProcurementOfficer);
    staff.post("/categories", &[("code", "boxes"), ("name_en", "Boxes")]).expect(303);
    app.text("SELECT id FROM categories")
}

/// Records a need at a place ("" for anywhere) with two criteria, of which one is a must.
pub fn record(app: &TestApp, staff: &Person, country: &str, province: &str) -> String {
    if app.number("SELECT count(*) FROM categories") == 0 {
        category(app);
    }
    let category = app.text("SELECT id FROM categories");
    let fields = [
        ("title", "Corrugated boxes"),
        ("category", category.as_str()),
        ("country", country),
        ("province", province),
        ("reason", "The second source is gone"),
        ("needed_by", "2999-12-31"),
        ("criterion_title", "Holds ISO 9001"),
        ("criterion_strength", "must"),
        ("criterion_method", "pass_fail"),
        ("criterion_weight", "2"),
        ("criterion_title", ""),
        ("criterion_strength", "must"),
        ("criterion_method", "pass_fail"),
        ("criterion_weight", "1"),
        ("criterion_title", "Price"),
        ("criterion_strength", "should"),
        ("criterion_method", "score"),
        ("criterion_weight", "3"),
    ];
    let made = staff.post("/needs/new", &fields).expect(303);
    made.location.and_then(|to| to.strip_prefix("/needs/").map(str::to_string)).expect("a need")
}

fn edited<'a>(category: &'a str, revision: &'a str, criterion: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("title", "Strong boxes"),
        ("category", category),
        ("reason", "As before"),
        ("needed_by", "2999-11-30"),
        ("criterion_title", criterion),
        ("criterion_strength", "should"),
        ("criterion_method", "score"),
        ("criterion_weight", "5"),
        ("revision", revision),
    ]
}

#[test]
fn a_need_is_recorded_with_its_criteria_and_stands_in_the_list() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    staff.get("/needs").expect(200).shows("No needs yet");
    let id = record(&app, &staff, "CN", "320000");
    let page = staff.get(&format!("/needs/{id}")).expect(200);
    for text in ["N-000001", "Corrugated boxes", "Jiangsu", "Holds ISO 9001", "Price", "Must"] {
        assert!(page.has(text), "{text}");
    }
    assert_eq!(app.number("SELECT count(*) FROM need_criteria"), 2);
    assert_eq!(app.text("SELECT area FROM needs"), "320000");
    let recorded = "SELECT count(*) FROM audit_records WHERE action = 'need.recorded'";
    assert_eq!(app.number(recorded), 1);
    let list = staff.get("/needs?state=open&area=320000").expect(200);
    assert!(list.has("Corrugated boxes") && list.has("31 December 2999"));
    assert!(!staff.get("/needs?state=closed").has("Corrugated boxes"));
    assert!(!staff.get("/needs?area=anywhere").has("Corrugated boxes"));
}

#[test]
fn a_rejected_need_keeps_what_was_typed_and_names_the_rows() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let fields = [
        ("title", ""),
        ("category", "nothing"),
        ("country", "XX"),
        ("reason", "Kept <b>"),
        ("needed_by", "2001-01-01"),
        ("criterion_title", "Kept criterion"),
        ("criterion_strength", "must"),
        ("criterion_method", "score"),
        ("criterion_weight", "11"),
    ];
    let reply = staff.post("/needs/new", &fields).expect(422);
    for field in ["title", "category", "country", "needed_by", "criterion-1"] {
        assert!(reply.blames(field), "{field}");
    }
    assert!(reply.has("Kept criterion") && reply.has("value=\"11\"") && !reply.has("<b>"));
    staff.post("/needs/new", &[("title", "x")]).expect(422).shows("at least one criterion");
    assert_eq!(app.number("SELECT count(*) FROM needs"), 0);
}

#[test]
fn another_row_of_criteria_comes_without_script_and_loses_nothing() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let rows = |body: String| body.matches("name=\"criterion_title\"").count();
    assert_eq!(rows(staff.get("/needs/new").expect(200).body()), 4);
    let mut fields = vec![("title", "Typed so far"), ("more", "row")];
    for title in ["one", "two", "three", "four"] {
        fields.push(("criterion_title", title));
        fields.push(("criterion_weight", "7"));
    }
    let reply = staff.post("/needs/new", &fields).expect(200).shows("Typed so far");
    assert!(reply.has("value=\"four\"") && reply.has("value=\"7\""));
    assert_eq!(rows(reply.body()), 5);
    assert_eq!(app.number("SELECT count(*) FROM needs"), 0);
}

#[test]
fn criteria_stay_as_they_are_once_somebody_was_judged_by_them() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = record(&app, &staff, "", "");
    let category = app.text("SELECT id FROM categories");
    let path = format!("/needs/{id}/edit");
    staff.post(&path, &edited(&category, "1", "Speed")).expect(303);
    assert_eq!(app.text("SELECT title FROM need_criteria"), "Speed");
    staff.post(&path, &edited(&category, "1", "Late")).expect(409);

    let made = staff
        .post(
            &format!("/needs/{id}/candidates"),
            &[("legal_name", "Muster AG"), ("country", "DE"), ("language", "en")],
        )
        .expect(303);
    let candidate = made.location.clone().expect("its page");
    let criterion = app.text("SELECT id FROM need_criteria");
    let verdict =
        [("criterion", criterion.as_str()), ("verdict", "4"), ("reason", ""), ("seen", "")];
    staff.post(&format!("{candidate}/screening"), &verdict).expect(303);
    staff.get(&path).expect(200).shows("so they stay as they are");
    staff.post(&path, &edited(&category, "2", "Bent")).expect(303);
    assert_eq!(app.text("SELECT title FROM need_criteria"), "Speed");
    assert_eq!(app.number("SELECT revision FROM needs"), 3);
}

#[test]
fn a_closed_need_refuses_candidates_until_it_is_opened_again() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = record(&app, &staff, "", "");
    let close = format!("/needs/{id}/closing");
    assert!(staff.post(&close, &[("reason", " ")]).expect(422).blames("reason"));
    staff.post(&close, &[("reason", "Found one")]).expect(303).follow().shows("Found one");
    staff.post(&close, &[("reason", "Again")]).expect(409);
    let company = [("legal_name", "Muster AG"), ("country", "DE"), ("language", "en")];
    let propose = format!("/needs/{id}/candidates");
    staff.post(&propose, &company).expect(409);
    staff.get(&format!("{propose}/new")).expect(409);
    let category = app.text("SELECT id FROM categories");
    staff.post(&format!("/needs/{id}/edit"), &edited(&category, "1", "x")).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM candidates"), 0);
    staff.post(&format!("/needs/{id}/reopening"), &[]).expect(303);
    staff.post(&format!("/needs/{id}/reopening"), &[]).expect(409);
    staff.post(&propose, &company).expect(303);
    let trail =
        "SELECT count(*) FROM audit_records WHERE action IN ('need.closed', 'need.reopened')";
    assert_eq!(app.number(trail), 2);
}

#[test]
fn a_need_of_another_region_is_not_there() {
    let app = TestApp::new();
    let everywhere = app.staff(Role::ProcurementOfficer);
    let north = app.staff_of(Role::ProcurementOfficer, "cn-six", "northeast");
    let east = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    let jiangsu = record(&app, &everywhere, "CN", "320000");
    let anywhere = record(&app, &everywhere, "", "");
    let china = record(&app, &everywhere, "CN", "");
    for path in ["", "/edit", "/comparison", "/candidates/new"] {
        east.get(&format!("/needs/{jiangsu}{path}")).expect(200);
        north.get(&format!("/needs/{jiangsu}{path}")).expect(404);
        north.get(&format!("/needs/{anywhere}{path}")).expect(200);
        north.get(&format!("/needs/{china}{path}")).expect(200);
    }
    north.post(&format!("/needs/{jiangsu}/closing"), &[("reason", "x")]).expect(404);
    let company = [("legal_name", "Muster AG"), ("country", "DE"), ("language", "en")];
    north.post(&format!("/needs/{jiangsu}/candidates"), &company).expect(404);
    let made = east.post(&format!("/needs/{jiangsu}/candidates"), &company).expect(303);
    let candidate = made.location.clone().expect("its page");
    north.get(&candidate).expect(404);
    assert!(!north.get("/candidates").expect(200).has("Muster AG"));
    assert!(!north.get("/needs").expect(200).has(&jiangsu));
    let category = app.text("SELECT id FROM categories");
    let mut outside = edited(&category, "1", "x");
    outside.extend([("country", "CN"), ("province", "320000")]);
    north.post("/needs/new", &outside).expect(403);
}

#[test]
fn the_list_goes_on_from_open_needs_to_closed_ones() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let ids: Vec<String> = (0..54).map(|_| record(&app, &staff, "", "")).collect();
    for id in &ids[..5] {
        staff.post(&format!("/needs/{id}/closing"), &[("reason", "Done")]).expect(303);
    }
    let first = staff.get("/needs").expect(200);
    let next = first.links().into_iter().find(|link| link.contains("after=")).expect("more");
    let second = staff.get(&next).expect(200);
    for id in &ids {
        let link = format!("\"/needs/{id}\"");
        assert!(first.has(&link) != second.has(&link), "each stands on one of the pages");
    }
    assert!(second.has(&format!("\"/needs/{}\"", ids[0])), "closed ones come last");
}

#[test]
fn an_open_need_whose_day_has_passed_waits_for_somebody() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = record(&app, &staff, "CN", "320000");
    let late = |scope: Scope| {
        app.db().read_now(move |c| waiting::candidates::late_needs(c, &scope)).unwrap()
    };
    assert!(late(Scope::Everything).is_empty());
    app.tamper("UPDATE needs SET needed_by = '2020-05-01'").unwrap();
    let found = late(Scope::Everything);
    assert_eq!((found.len(), found[0].path.as_str()), (1, format!("/needs/{id}").as_str()));
    assert!(late(Scope::of(Some("cn-six"), Some("northeast"))).is_empty());
    staff.get("/needs").shows("Overdue");
}
