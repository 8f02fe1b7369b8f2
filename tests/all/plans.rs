//! Risk tiers and plans: who weighs what, and what is inspected in a period.

use serde_json::Value;
use touchstone::access::Role;
use touchstone::inspections::Status;
use touchstone::inspections::tiers::{self, Tier};
use touchstone::values::now;

use crate::certified::category;
use crate::inspected::{checklist, inspection};
use crate::planned::{companies, fields, plan};
use crate::support::TestApp;

#[test]
fn a_risk_tier_is_said_with_a_reason_and_its_history_stays() {
    let app = TestApp::new();
    let company = app.company("Werkstatt Beispiel GmbH", "DE");
    let analyst = app.staff(Role::EsgAnalyst);
    let at = format!("/suppliers/{}/risk-tier", company.id);
    analyst.get(&at).expect(200).shows("Nobody has rated it yet").shows("Medium");
    analyst.get(&format!("/suppliers/{}", company.id)).expect(200).shows("/risk-tier");
    analyst.post(&at, &[("tier", "high"), ("reason", "Handles <b> data")]).expect(303);
    analyst.post(&at, &[("tier", "low"), ("reason", "Handles none any more")]).expect(303);
    let page = analyst.get(&at).expect(200).shows("Handles &#60;b&#62; data");
    assert!(page.has("High") && page.has("Low"));
    let running = "SELECT count(*) FROM risk_tiers WHERE valid_to > '9999-01-01'";
    assert_eq!((app.number("SELECT count(*) FROM risk_tiers"), app.number(running)), (2, 1));
    let id = company.id.clone();
    let found = app.db().read_now(move |c| tiers::of(c, &[id.as_str(), "nobody"], now())).unwrap();
    assert_eq!(found.get(&company.id), Some(&Tier::Low));
    assert_eq!(found.len(), 1);
    let told = "SELECT count(*) FROM audit_records WHERE action = 'supplier.risk_rated'";
    assert_eq!(app.number(told), 2);
}

#[test]
fn a_tier_without_a_reason_or_that_changes_nothing_is_refused() {
    let app = TestApp::new();
    let company = app.company("Werkstatt Beispiel GmbH", "DE");
    let analyst = app.staff(Role::EsgAnalyst);
    let at = format!("/suppliers/{}/risk-tier", company.id);
    let reply = analyst.post(&at, &[("tier", "huge"), ("reason", " ")]).expect(422);
    assert!(reply.blames("tier") && reply.blames("reason"));
    assert_eq!(app.number("SELECT count(*) FROM risk_tiers"), 0);
    analyst.post(&at, &[("tier", "high"), ("reason", "Data")]).expect(303);
    let reply = analyst.post(&at, &[("tier", "high"), ("reason", "Data")]).expect(422);
    assert!(reply.blames("tier"));
    assert_eq!(app.number("SELECT count(*) FROM risk_tiers"), 1);
    let elsewhere = app.staff_of(Role::EsgAnalyst, "cn-six", "eastern");
    elsewhere.get(&at).expect(404);
    elsewhere.post(&at, &[("tier", "low"), ("reason", "x")]).expect(404);
    app.staff(Role::Auditor).post(&at, &[("tier", "low"), ("reason", "x")]).expect(403);
}

#[test]
fn a_plan_is_recorded_shown_in_words_edited_and_listed() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let inspector = app.staff(Role::Inspector);
    officer.get("/inspection-plans").expect(200).shows("No plans yet");
    officer.get("/inspection-plans/new").expect(200).shows("Eastern China");
    let changed = [
        ("region", "eastern"),
        ("tier", "medium"),
        ("inspector", inspector.account_id.as_str()),
        ("method", "discovery"),
        ("note", "By train where it goes"),
    ];
    companies(&app, 0..40);
    let id = plan(&app, &officer, &changed);
    let page = officer.get(&format!("/inspection-plans/{id}")).expect(200);
    for text in [
        "P-000001",
        "Discovery: if 5 % are bad",
        "Eastern China",
        "Medium",
        "Test inspector",
        "8 hours",
        "By train where it goes",
        "Companies on the roster",
    ] {
        assert!(page.has(text), "{text}");
    }
    let form = officer.get(&format!("/inspection-plans/{id}/edit")).expect(200);
    assert!(form.has("By train where it goes") && form.has("value=\"eastern\" checked"));
    let version = app.text("SELECT id FROM checklist_versions");
    let edited = fields(&version, &[("name", "Shorter"), ("revision", "1"), ("certain", "")]);
    officer.post(&format!("/inspection-plans/{id}/edit"), &edited).expect(303);
    officer.post(&format!("/inspection-plans/{id}/edit"), &edited).expect(409);
    let kept: Value =
        serde_json::from_str(&app.text("SELECT sampling FROM inspection_plans")).unwrap();
    assert_eq!((&kept["method"], &kept["certain"]), (&"number".into(), &false.into()));
    let list = |query: &str| officer.get(&format!("/inspection-plans{query}")).expect(200);
    assert!(list("?status=draft&kind=sampling&year=2026").has("Shorter"));
    assert!(!list("?status=closed").has("Shorter") && !list("?year=2027").has("Shorter"));
    let told = "SELECT count(*) FROM audit_records WHERE action LIKE 'inspection_plan.%'";
    assert_eq!(app.number(told), 2);
}

#[test]
fn a_plan_with_something_wrong_keeps_what_was_typed_and_names_each_field() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let version = checklist(&app, "conduct");
    let stranger = app.staff(Role::Auditor);
    let wrong = [
        ("name", ""),
        ("kind", "raid"),
        ("checklist", "none"),
        ("period_from", "2026-12-31"),
        ("period_to", "2026-02-30"),
        ("region", "atlantis"),
        ("category", "nothing"),
        ("tier", "huge"),
        ("stage", "gone"),
        ("inspector", stranger.account_id.as_str()),
        ("effort_hours", "0"),
        ("number", "none"),
        ("minimum", "-1"),
        ("note", "Kept <i>"),
    ];
    let reply = officer.post("/inspection-plans", &fields(&version, &wrong)).expect(422);
    for (field, _) in wrong.iter().filter(|(name, _)| !["note", "period_from"].contains(name)) {
        assert!(reply.blames(field), "{field}");
    }
    assert!(reply.has("Kept &#60;i&#62;"));
    for (method, field, value) in [
        ("iso2859", "level", "IV"),
        ("iso2859", "aql", "5"),
        ("discovery", "bad_percent", "0"),
        ("discovery", "bad_percent", "1.234"),
        ("discovery", "confidence_percent", "100"),
        ("percentage", "percentage", "1e1"),
        ("percentage", "percentage", "NaN"),
        ("number", "number", "0"),
    ] {
        let one = [("method", method), (field, value)];
        let reply = officer.post("/inspection-plans", &fields(&version, &one)).expect(422);
        assert!(reply.blames(field), "{field} {value}");
    }
    let backwards = [("period_from", "2026-12-31"), ("period_to", "2026-12-30")];
    let reply = officer.post("/inspection-plans", &fields(&version, &backwards)).expect(422);
    assert!(reply.blames("period_to"));
    // What another method would use may be anything.
    let unused = [("method", "all"), ("number", "many"), ("minimum", "")];
    officer.post("/inspection-plans", &fields(&version, &unused)).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM inspection_plans"), 1);
}

#[test]
fn the_regions_of_another_scheme_come_without_script_and_lose_nothing() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let version = checklist(&app, "conduct");
    let other = [("scheme", "cn-seven"), ("more", "regions"), ("name", "Typed so far")];
    let page = officer.post("/inspection-plans", &fields(&version, &other)).expect(200);
    assert!(page.has("Typed so far") && page.has("Southwest China"));
    assert_eq!(app.number("SELECT count(*) FROM inspection_plans"), 0);
}

#[test]
fn a_preview_says_what_a_draw_would_come_to_or_why_there_is_none() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let id = plan(&app, &officer, &[("method", "iso2859"), ("minimum", "2")]);
    let at = format!("/inspection-plans/{id}");
    officer.get(&at).expect(200).shows("Nobody is on the roster");
    companies(&app, 0..100);
    // Of 100 at level II: letter F, 20 companies.
    let page = officer.get(&at).expect(200).shows("Letter F");
    assert!(page.has("160 hours") && page.has("Medium · Eastern China"));
    let id = plan(&app, &officer, &[("number", "101")]);
    let page = officer.get(&format!("/inspection-plans/{id}")).expect(200);
    assert!(page.has("would have 101 companies, and only 100 are there"));
    let id = plan(&app, &officer, &[("number", "9"), ("minimum", "2")]);
    officer.get(&format!("/inspection-plans/{id}")).expect(200).shows("makes 10");
}

#[test]
fn companies_are_named_by_hand_one_at_a_time() {
    let app = TestApp::new();
    let officer = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    let category = category(&app, "boxes");
    companies(&app, 0..2);
    app.tamper(&format!(
        "INSERT INTO supplier_categories (supplier_id, category_id) \
         SELECT id, '{category}' FROM suppliers"
    ))
    .expect("offers");
    let id = plan(&app, &officer, &[("method", "by_hand")]);
    let at = format!("/inspection-plans/{id}");
    officer.post(&format!("{at}/draw"), &[]).expect(409);
    officer.post(&format!("{at}/companies"), &[("company", "S-000001")]).expect(303);
    assert_eq!(app.text("SELECT status FROM inspection_plans"), "running");
    assert_eq!(app.text("SELECT category_id FROM inspections"), category);
    let reply = officer.post(&format!("{at}/companies"), &[("company", "S-000001")]).expect(422);
    assert!(reply.blames("company"));
    // Beijing is not in the officer's part of the register.
    for company in ["S-000002", "S-000009", "nobody"] {
        let fields = [("company", company)];
        let reply = officer.post(&format!("{at}/companies"), &fields).expect(422);
        assert!(reply.blames("company") && reply.has(company), "{company}");
    }
    assert_eq!(app.number("SELECT count(*) FROM inspections"), 1);
    officer.get(&at).expect(200).shows("I-000001");
    officer.post(&format!("{at}/closing"), &[]).expect(409);
    app.tamper("UPDATE inspections SET status = 'closed'").expect("done");
    officer.post(&format!("{at}/closing"), &[]).expect(303);
    officer.post(&format!("{at}/companies"), &[("company", "S-000001")]).expect(409);
    assert_eq!(app.text("SELECT status FROM inspection_plans"), "closed");
}

#[test]
fn a_plan_is_cancelled_with_a_reason_and_takes_what_nobody_has_begun_with_it() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    companies(&app, 0..2);
    let id = plan(&app, &officer, &[("method", "by_hand")]);
    let at = format!("/inspection-plans/{id}");
    for company in ["S-000001", "S-000002"] {
        officer.post(&format!("{at}/companies"), &[("company", company)]).expect(303);
    }
    app.tamper("UPDATE inspections SET status = 'under_way' WHERE number = 2").expect("begun");
    let reply = officer.post(&format!("{at}/cancellation"), &[("reason", " ")]).expect(422);
    assert!(reply.blames("reason"));
    officer.post(&format!("{at}/cancellation"), &[("reason", "No budget")]).expect(303);
    officer.post(&format!("{at}/cancellation"), &[("reason", "Again")]).expect(409);
    officer.get(&at).expect(200).shows("No budget");
    let states = "SELECT count(*) FROM inspections WHERE status = 'cancelled' AND number = 1";
    assert_eq!(app.number(states), 1);
    assert_eq!(app.number("SELECT count(*) FROM inspections WHERE status = 'under_way'"), 1);
}

#[test]
fn programs_read_plans_page_by_page() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    companies(&app, 0..3);
    let ids = [0, 1, 2].map(|_| plan(&app, &officer, &[("method", "percentage")]));
    let program = app.program(Role::Auditor);
    let read = |path: &str| -> Value {
        serde_json::from_str(&program.get(path).expect(200).body()).unwrap()
    };
    let first = read("/api/v1/inspection-plans?limit=2&status=draft&year=2026");
    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    assert_eq!(first["items"][0]["code"], "P-000003");
    assert_eq!(first["items"][0]["sampling"]["percentage"], 10.0);
    assert!(first["items"][0]["sampling"]["level"].is_null());
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = read(&format!("/api/v1/inspection-plans?cursor={cursor}"));
    assert_eq!(second["items"][0]["code"], "P-000001");
    assert!(second["next_cursor"].is_null());
    let one = read(&format!("/api/v1/inspection-plans/{}", ids[0]));
    assert!(one["draw"].is_null() && one["plan"]["scope"]["stages"][0] == "active");
    program.get("/api/v1/inspection-plans?status=odd").expect(422);
    program.get("/api/v1/inspection-plans/nothing").expect(404);
}

#[test]
fn an_open_critical_finding_makes_a_company_certain_unless_it_is_closed() {
    use touchstone::inspections::Outcome;
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    companies(&app, 0..20);
    let id = plan(&app, &officer, &[]);
    let version = app.text("SELECT id FROM checklist_versions");
    let inspector = app.staff(Role::Inspector);
    let company = app.company("Werkstatt Beispiel GmbH", "310000");
    app.tamper("UPDATE suppliers SET stage = 'active'").expect("stages");
    let today = crate::certified::today();
    let outcomes = [("CH01", Outcome::Critical)];
    crate::inspected::found(&app, &company, &version, &inspector, today, &outcomes);
    inspection(&app, &company, &version, None, Status::Planned);
    let certain = |id: &str| {
        let id = id.to_string();
        let found = app.db().read_now(move |c| {
            let plan = touchstone::inspections::plans::find(c, &id)?;
            touchstone::inspections::draws::roster::load(c, &plan)
        });
        found.unwrap().iter().filter(|one| one.certain.is_certain()).count()
    };
    assert_eq!(certain(&id), 1);
    let without = plan(&app, &officer, &[("certain", "")]);
    assert_eq!(certain(&without), 0);
    app.tamper("UPDATE findings SET status = 'closed'").expect("closed");
    assert_eq!(certain(&id), 0);
}
