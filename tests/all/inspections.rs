//! Inspections until the visit: planned, given to somebody who declares, moved, cancelled; and their list.

use touchstone::access::Role;
use touchstone::inspections::Status;
use touchstone::suppliers::Supplier;

use crate::certified::{category, in_days, today};
use crate::inspected::{checklist, found, inspection};
use crate::support::{Person, TestApp};

/// An inspection for which nobody is named, of a new company.
pub fn planned(app: &TestApp) -> (Supplier, String, String) {
    let company = app.company("Jinji Paper Works", "320000");
    let version = checklist(app, "social");
    let id = inspection(app, &company, &version, None, Status::Planned);
    (company, version, id)
}

/// Names somebody who goes on a day.
pub fn assign(app: &TestApp, id: &str, inspector: &Person, days: i64) {
    let day = in_days(days).to_string();
    let fields = [
        ("inspector", inspector.account_id.as_str()),
        ("planned_on", day.as_str()),
        ("place", "Gate 3"),
    ];
    let officer = app.staff(Role::ProcurementOfficer);
    officer.post(&format!("/inspections/{id}/assignment"), &fields).expect(303);
}

/// An inspection whose inspector has declared no conflict: company, version of the checklist, id.
pub fn scheduled(app: &TestApp, inspector: &Person) -> (Supplier, String, String) {
    let (company, version, id) = planned(app);
    assign(app, &id, inspector, 0);
    let none = [("conflict", "none")];
    inspector.post(&format!("/inspections/{id}/declaration"), &none).expect(303);
    (company, version, id)
}

pub fn status(app: &TestApp, id: &str) -> String {
    app.text(&format!("SELECT status FROM inspections WHERE id = '{id}'"))
}

fn records(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM audit_records")
}

#[test]
fn an_inspection_is_planned_around_a_project_once_and_only_with_what_the_company_has() {
    let app = TestApp::new();
    let company = app.company("Jinji Paper Works", "320000");
    let (offered, foreign) = (category(&app, "paper"), category(&app, "steel"));
    let offer = format!(
        "INSERT INTO supplier_categories (supplier_id, category_id) VALUES ('{}', '{offered}')",
        company.id
    );
    app.tamper(&offer).unwrap();
    let officer = app.staff(Role::ProcurementOfficer);
    let page = format!("/suppliers/{}/inspections/new", company.id);
    officer.get(&page).expect(200).shows("No checklist is in force");
    let version = checklist(&app, "social");
    let shown = officer.get(&page).expect(200).shows("Checklist social");
    let key = shown.hidden("form_key").expect("a key");
    let to = format!("/suppliers/{}/inspections", company.id);
    let other = app.company("Other Works", "DE");
    let elsewhere = app.text(&format!("SELECT id FROM sites WHERE supplier_id = '{}'", other.id));
    let right = [
        ("kind", "project"),
        ("reason", "Contract 4711"),
        ("checklist", version.as_str()),
        ("category", offered.as_str()),
        ("form_key", key.as_str()),
    ];
    for (field, wrong) in [
        ("kind", "sampling"),
        ("kind", ""),
        ("reason", "  "),
        ("checklist", company.id.as_str()),
        ("category", foreign.as_str()),
        ("site", elsewhere.as_str()),
    ] {
        let mut fields = right.to_vec();
        fields.retain(|(name, _)| *name != field);
        fields.push((field, wrong));
        let refused = officer.post(&to, &fields).expect(422);
        assert!(refused.blames(field), "{field} {wrong}");
        assert_eq!(app.number("SELECT count(*) FROM inspections"), 0);
    }
    let first = officer.post(&to, &right).expect(303).location.clone();
    let second = officer.post(&to, &right).expect(303).location.clone();
    assert_eq!(first, second);
    assert_eq!(app.number("SELECT count(*) FROM inspections"), 1);
    let shown = officer.get(&first.expect("a place")).expect(200);
    shown.shows("I-000001").shows("Contract 4711").shows("Who goes, and when");
    officer.get("/home").expect(200).shows("Jinji Paper Works · I-000001");
    app.staff(Role::Inspector).get(&page).expect(403);
    app.staff_of(Role::Approver, "cn-six", "southern").get(&page).expect(404);
}

#[test]
fn the_inspector_is_told_declares_no_conflict_and_then_the_company_is_told() {
    let app = TestApp::new();
    let (company, _, id) = planned(&app);
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let inspector = app.staff(Role::Inspector);
    assign(&app, &id, &inspector, 3);
    assert_eq!(status(&app, &id), "assigned");
    let letter = app.letters().pop().expect("a letter");
    assert_eq!(letter.0, "inspection_assigned");
    assert_eq!(
        (letter.4.as_str(), app.letters().len()),
        (format!("/inspections/{id}").as_str(), 1)
    );
    assert!(letter.3.contains("Gate 3") && letter.3.contains(&in_days(3).to_string()));
    inspector.get("/home").expect(200).shows("say whether you have a conflict of interest");
    owner.get(&format!("/portal/inspections/{id}")).expect(404);
    // Without a declaration no visit begins.
    inspector.get(&format!("/inspections/{id}/visit")).expect(409);

    let declare = format!("/inspections/{id}/declaration");
    let none = [("conflict", "none")];
    app.staff(Role::Inspector).post(&declare, &none).expect(403);
    inspector.post(&declare, &[]).expect(422);
    inspector.post(&declare, &[("conflict", "conflict")]).expect(422).shows("Fill this in");
    assert_eq!(app.number("SELECT count(*) FROM inspection_declarations"), 0);
    inspector.post(&declare, &none).expect(303);
    assert_eq!(status(&app, &id), "scheduled");
    inspector.post(&declare, &none).expect(409);
    let letter = app.letters().pop().expect("a letter");
    assert_eq!(letter.0, "inspection_announced");
    assert_eq!(letter.4, format!("/portal/inspections/{id}"));
    owner.get(&letter.4).expect(200).shows("Gate 3").shows("Is CH01 right?");
    inspector.get("/home").expect(200).shows("Go there and write down what you find");
    inspector.get(&format!("/inspections/{id}/visit")).expect(200).shows("0 of 4 answered");
}

#[test]
fn who_declares_a_conflict_is_taken_off_and_never_named_again() {
    let app = TestApp::new();
    let (company, _, id) = planned(&app);
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let (first, second) = (app.staff(Role::Inspector), app.staff(Role::EsgAnalyst));
    assign(&app, &id, &first, 3);
    let fields = [("conflict", "conflict"), ("statement", "My sister works there")];
    first.post(&format!("/inspections/{id}/declaration"), &fields).expect(303);
    assert_eq!(status(&app, &id), "planned");
    let officer = app.staff(Role::ProcurementOfficer);
    let page = officer.get(&format!("/inspections/{id}")).expect(200);
    page.shows("has declared a conflict of interest").shows("My sister works there");
    officer.get("/home").expect(200).shows("Name an inspector and a day");
    owner.get(&format!("/portal/inspections/{id}")).expect(404);
    let day = in_days(3).to_string();
    let again = [("inspector", first.account_id.as_str()), ("planned_on", day.as_str())];
    let to = format!("/inspections/{id}/assignment");
    officer.post(&to, &again).expect(422).shows("has declared a conflict of interest for this");
    assert_eq!(status(&app, &id), "planned");
    assign(&app, &id, &second, 3);
    second.post(&format!("/inspections/{id}/declaration"), &[("conflict", "none")]).expect(303);
    first.get(&format!("/inspections/{id}/visit")).expect(403);
    second.get(&format!("/inspections/{id}/visit")).expect(200);
}

#[test]
fn nobody_without_the_right_or_the_region_is_named_and_no_day_has_passed() {
    let app = TestApp::new();
    let (_, _, id) = planned(&app);
    let officer = app.staff(Role::ProcurementOfficer);
    let to = format!("/inspections/{id}/assignment");
    let (day, past) = (in_days(3).to_string(), in_days(-1).to_string());
    let inspector = app.staff(Role::Inspector).account_id;
    let before = records(&app);
    for (account, day) in [
        (app.staff(Role::Auditor).account_id, day.as_str()),
        (app.staff_of(Role::Inspector, "cn-six", "southern").account_id, day.as_str()),
        ("nobody".to_string(), day.as_str()),
        (inspector.clone(), past.as_str()),
        (inspector.clone(), "tomorrow"),
        (inspector, ""),
    ] {
        let fields = [("inspector", account.as_str()), ("planned_on", day)];
        officer.post(&to, &fields).expect(422);
    }
    assert_eq!((status(&app, &id).as_str(), records(&app)), ("planned", before));
    app.staff(Role::Inspector).post(&to, &[]).expect(403);
    app.staff_of(Role::Approver, "cn-six", "southern").post(&to, &[]).expect(404);
}

#[test]
fn another_day_keeps_the_declaration_and_another_inspector_declares_anew() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (company, _, id) = scheduled(&app, &inspector);
    app.supplier_person(Role::SupplierOwner, &company.id);
    assign(&app, &id, &inspector, 9);
    assert_eq!(status(&app, &id), "scheduled");
    let kinds: Vec<String> = app.letters().into_iter().map(|letter| letter.0).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["inspection_moved", "inspection_announced"]);
    // The same once more changes nothing and tells nobody.
    let before = (records(&app), app.letters().len());
    assign(&app, &id, &inspector, 9);
    assert_eq!((records(&app), app.letters().len()), before);
    let other = app.staff(Role::Inspector);
    assign(&app, &id, &other, 9);
    assert_eq!(status(&app, &id), "assigned");
    let kinds: Vec<String> = app.letters().into_iter().map(|letter| letter.0).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["inspection_handed_over", "inspection_assigned"]);
    inspector.get(&format!("/inspections/{id}/visit")).expect(403);
}

#[test]
fn a_cancelled_inspection_says_why_and_takes_no_step_more() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (company, _, id) = scheduled(&app, &inspector);
    app.supplier_person(Role::SupplierOwner, &company.id);
    let officer = app.staff(Role::Approver);
    let to = format!("/inspections/{id}/cancellation");
    officer.post(&to, &[("reason", " ")]).expect(422);
    officer.post(&to, &[("reason", "The plant is closed")]).expect(303);
    assert_eq!(status(&app, &id), "cancelled");
    officer.get(&format!("/inspections/{id}")).expect(200).shows("The plant is closed");
    let kinds: Vec<String> = app.letters().into_iter().map(|letter| letter.0).collect();
    assert_eq!(kinds[kinds.len() - 2..], ["inspection_cancelled", "inspection_called_off"]);
    let before = records(&app);
    officer.post(&to, &[("reason", "Again")]).expect(409);
    let fields = [("inspector", inspector.account_id.as_str())];
    officer.post(&format!("/inspections/{id}/assignment"), &fields).expect(409);
    inspector.get(&format!("/inspections/{id}/visit")).expect(409);
    inspector.post(&format!("/inspections/{id}/declaration"), &[("conflict", "none")]).expect(409);
    assert_eq!(records(&app), before);
    inspector.get("/home").expect(200).shows("Nothing waits for you");
}

#[test]
fn the_list_is_narrowed_by_its_address_and_goes_out_as_it_stands() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    officer.get("/inspections").expect(200).shows("No inspections yet");
    let version = checklist(&app, "social");
    let (here, there) =
        (app.company("Jinji Paper Works", "320000"), app.company("Hanoi Mill", "VN"));
    let inspector = app.staff(Role::Inspector);
    inspection(&app, &here, &version, None, Status::Planned);
    inspection(&app, &there, &version, Some(&inspector), Status::Scheduled);
    let critical = [("CH01", touchstone::inspections::Outcome::Critical)];
    found(&app, &here, &version, &inspector, in_days(-40), &critical);
    let all = officer.get("/inspections").expect(200);
    assert!(["I-000001", "I-000002", "I-000003"].iter().all(|one| all.has(one)));
    let long_ago = format!("day=visited&from={}&to={}", in_days(-50), in_days(-30));
    let soon = format!("day=planned&from={}", today());
    let either = format!("day=either&from={}&to={}", in_days(-50), today());
    for (filters, shown) in [
        ("status=planned", vec!["I-000001"]),
        ("status=scheduled&kind=code_of_conduct", vec!["I-000002"]),
        ("kind=project", vec![]),
        ("region=eastern", vec!["I-000001", "I-000003"]),
        ("area=VN", vec!["I-000002"]),
        ("q=S-000002", vec!["I-000002"]),
        ("q=i-000003", vec!["I-000003"]),
        ("q=hanoi", vec!["I-000002"]),
        (long_ago.as_str(), vec!["I-000003"]),
        (soon.as_str(), vec!["I-000002"]),
        (either.as_str(), vec!["I-000002", "I-000003"]),
        ("status=open", vec!["I-000001", "I-000002"]),
        ("status=done", vec!["I-000003"]),
        ("inspector=mine", vec![]),
        ("plan=nothing", vec![]),
        ("status=unknown", vec!["I-000001", "I-000002", "I-000003"]),
    ] {
        let page = officer.get(&format!("/inspections?{filters}")).expect(200);
        let csv = officer.get(&format!("/inspections/export/csv?{filters}")).expect(200);
        for number in ["I-000001", "I-000002", "I-000003"] {
            let is_shown = shown.contains(&number);
            assert_eq!(page.has(number), is_shown, "{filters}: {number}");
            assert_eq!(csv.has(number), is_shown, "{filters}: {number} in the file");
        }
    }
    let mine = inspector.get("/inspections?inspector=mine").expect(200);
    assert!(mine.has("I-000002") && mine.has("I-000003") && !mine.has("I-000001"));
    let elsewhere = app.staff_of(Role::Approver, "cn-six", "eastern");
    assert!(!elsewhere.get("/inspections").expect(200).has("I-000002"));
    assert!(!elsewhere.get("/inspections/export/csv").expect(200).has("I-000002"));
    officer.get("/inspections/export/xlsx").expect(200);
    officer.get("/inspections/export/pdf").expect(404);
    let csv = officer.get("/inspections/export/csv?status=signed_off").expect(200).body();
    assert!(csv.lines().nth(1).is_some_and(|row| row.ends_with(",0,0,1,1")), "{csv}");
}

#[test]
fn a_long_list_goes_on_where_the_page_ended() {
    let app = TestApp::new();
    let (company, version, _) = planned(&app);
    for _ in 0..51 {
        inspection(&app, &company, &version, None, Status::Planned);
    }
    let officer = app.staff(Role::ProcurementOfficer);
    let page = officer.get("/inspections?status=planned").expect(200);
    assert!(page.has("I-000052") && page.has("I-000003") && !page.has("I-000002"));
    let next = page.links().into_iter().find(|link| link.contains("after=")).expect("a next page");
    let rest = officer.get(&next).expect(200);
    assert!(rest.has("I-000002") && rest.has("I-000001") && !rest.has("I-000003"));
}
