//! May we order? The answer of the page, the list and the export, and that they agree.

use touchstone::access::Role;
use touchstone::imports::Options;
use touchstone::suppliers::Supplier;
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, SupplierInput, clearance};
use touchstone::values::now;

use super::imports::read;
use super::support::{Person, TestApp};

/// An introduced company that lacks nothing but somebody to talk to, with its categories.
fn almost(app: &TestApp, categories: Vec<String>) -> Supplier {
    app.enter(NewSupplier {
        company: SupplierInput {
            legal_name: "Jinji Paper Works".into(),
            categories,
            ..Default::default()
        },
        place: PlaceInput {
            country: "China".into(),
            address: "12 Jinji Lake Road, Suzhou, Jiangsu".into(),
            ..Default::default()
        },
        stage: "active".into(),
        uscc: "91350100M000100Y43".into(),
        ..Default::default()
    })
}

fn add_contact(staff: &Person, id: &str) {
    staff.post(&format!("/suppliers/{id}/contacts"), &[("name", "Li Hua")]).expect(303);
}

fn category(app: &TestApp, staff: &Person, code: &str) -> String {
    staff.post("/categories", &[("code", code), ("name_en", code)]).expect(303);
    app.text(&format!("SELECT id FROM categories WHERE code = '{code}'"))
}

#[test]
fn the_page_of_a_company_answers_before_it_describes() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let company = almost(&app, Vec::new());
    let page = staff.get(&format!("/suppliers/{}", company.id)).expect(200);
    let page = page.shows("Not cleared").shows("There is nobody to talk to.");
    assert!(page.body().find("May we order?") < page.body().find("Legal name"));
    let mend = format!("/suppliers/{}/contacts/new", company.id);
    assert!(page.links().contains(&mend), "the reason leads to where it is mended");
    add_contact(&staff, &company.id);
    let page = staff.get(&format!("/suppliers/{}", company.id)).expect(200);
    let page = page.shows("Yes, orders may be placed.");
    assert!(!page.has("Not cleared"));
}

#[test]
fn who_may_not_mend_a_reason_reads_it_without_a_link() {
    let app = TestApp::new();
    let company = app.company("Bare Ltd", "DE");
    let reader = app.staff(Role::Auditor);
    let page = reader.get(&format!("/suppliers/{}", company.id)).expect(200);
    let page = page.shows("No, for 4 reasons.").shows("Add a contact.");
    assert!(!page.links().iter().any(|link| link.ends_with("/contacts/new")));
}

#[test]
fn a_question_names_a_category_and_a_day() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let paper = category(&app, &staff, "paper");
    let steel = category(&app, &staff, "steel");
    let company = almost(&app, vec![paper.clone()]);
    add_contact(&staff, &company.id);
    let ask = |query: &str| staff.get(&format!("/suppliers/{}/clearance?{query}", company.id));
    ask("").expect(200).shows("Yes, orders").shows("Each category that the company offers");
    ask(&format!("category={paper}")).expect(200).shows("Yes, orders");
    ask(&format!("category={steel}")).expect(200).shows("It does not offer steel.");
    ask(&format!("category={paper}&on=2015-01-01"))
        .expect(200)
        .shows("not in the register on that day");
    ask(&format!("category={paper}&on=2999-01-01"))
        .expect(200)
        .shows("Yes, orders")
        .shows("What holds today is taken to hold");
    ask("category=no-such-category").expect(404);
    for wrong in ["yesterday", "2026-02-30", "31.12.2025", "99999-01-01", "-5-01-01"] {
        ask(&format!("on={wrong}")).expect(422);
    }
    app.tamper("UPDATE categories SET closed_at = created_at WHERE code = 'paper'")
        .expect("closed");
    ask(&format!("category={paper}")).expect(200).shows("paper is closed");
}

#[test]
fn the_past_is_told_as_it_was() {
    let app = TestApp::alone();
    let staff = app.staff(Role::ProcurementOfficer);
    let company = almost(&app, Vec::new());
    add_contact(&staff, &company.id);
    let entered = now().date();
    app.advance_clock(40 * 86400);
    let staff = app.again(&staff);
    let stage = [("stage", "suspended"), ("reason", "late deliveries")];
    staff.post(&format!("/suppliers/{}/stage", company.id), &stage).expect(303);
    let ask = |on: chrono::NaiveDate| {
        staff.get(&format!("/suppliers/{}/clearance?on={on}", company.id)).expect(200)
    };
    ask(entered).shows("Yes, orders");
    ask(now().date().pred_opt().expect("a day")).shows("Yes, orders");
    ask(now().date()).shows("The company is suspended.");
    ask(entered.pred_opt().expect("a day")).shows("not in the register");
}

#[test]
fn an_identifier_on_doubtful_evidence_waits_for_a_second_person() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let company = almost(&app, Vec::new());
    add_contact(&staff, &company.id);
    let doubtful =
        [("kind", "uscc"), ("value", "91350100M000100Y44"), ("evidence", "as on the licence")];
    staff.post(&format!("/suppliers/{}/identifiers", company.id), &doubtful).expect(303);
    let path = format!("/suppliers/{}", company.id);
    let told = "91350100M000100Y44 was recorded on doubtful evidence";
    staff.get(&path).expect(200).shows(told);
    let id = app.text("SELECT id FROM identifiers WHERE confirmed_at IS NULL");
    let second = app.staff(Role::Approver);
    assert!(second.get(&path).expect(200).links().contains(&format!("{path}#identifiers")));
    second.post(&format!("{path}/identifiers/{id}/confirmation"), &[]).expect(303);
    staff.get(&path).expect(200).shows("Yes, orders");
}

#[test]
fn the_list_and_the_export_say_what_the_page_says() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let good = almost(&app, Vec::new());
    add_contact(&staff, &good.id);
    let bare = app.company("Bare Ltd", "DE");
    let nowhere = app.company("Nowhere Ltd", "");
    let body = staff.get("/suppliers").expect(200).body();
    let row = |name: &str| {
        let (_, after) = body.split_once(name).expect("a row");
        after.split("</tr>").next().unwrap_or_default().to_string()
    };
    assert!(row("Jinji Paper Works").contains("st ok\">Cleared"));
    assert!(row("Bare Ltd").contains("Not cleared") && row("Bare Ltd").contains("candidate +3"));
    assert!(row("Nowhere Ltd").contains("candidate +4"));

    let csv = staff.get("/suppliers/export/csv").expect(200).body();
    let line = |id: &str| csv.lines().find(|line| line.contains(id)).expect("a row").to_string();
    assert!(line(&good.id).ends_with(",yes,"));
    for company in [&bare, &nowhere] {
        let id = company.id.clone();
        let answer = app.db().read_now(|c| {
            let facts = clearance::load(c, touchstone::HOLDS, &[&id])?.remove(&id).expect("facts");
            Ok(clearance::clearance(&facts, None, now().date()).codes())
        });
        let codes = answer.expect("an answer");
        assert!(line(&company.id).ends_with(&format!(",no,{codes}")), "{codes}");
    }
    assert!(line(&nowhere.id).ends_with("no_place"));
}

#[test]
fn an_export_with_its_clearance_comes_back_without_a_change() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    almost(&app, Vec::new());
    app.company("Bare Ltd", "DE");
    let csv = staff.get("/suppliers/export/csv").expect(200).bytes;
    let (_, counts) = read(&app, &csv, Options::default());
    assert_eq!((counts.rows, counts.errors), (2, 0));
    assert_eq!((counts.suppliers_new, counts.sites_new), (0, 0));
    assert!(!app.text("SELECT mapping FROM imports").contains("clear"));
}

#[test]
fn clearance_of_a_foreign_company_is_not_found() {
    let app = TestApp::new();
    let company = app.company("Berlin Works", "DE");
    let limited = app.staff_of(Role::ProcurementOfficer, "cn-six", "southern");
    limited.get(&format!("/suppliers/{}/clearance", company.id)).expect(404);
}
