//! Suppliers by region: figures, history, rows behind the numbers, files, region schemes.

use chrono::NaiveDate;
use serde_json::Value;
use touchstone::access::{Role, command_line};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, Supplier, SupplierInput, create_since};

use super::support::TestApp;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// An introduced company that the register has known since a day.
fn introduced(app: &TestApp, name: &str, place: &str, since: &str) -> Supplier {
    let in_china = place.len() == 6;
    let input = NewSupplier {
        company: SupplierInput { legal_name: name.into(), ..Default::default() },
        place: PlaceInput {
            country: if in_china { "CN" } else { place }.into(),
            province: if in_china { place } else { "" }.into(),
            ..Default::default()
        },
        stage: "active".into(),
        ..Default::default()
    };
    let since = day(since).and_hms_opt(8, 0, 0).expect("a time");
    let made = app.db().write_now(move |c| create_since(c, &command_line(), &input, since));
    made.expect("a company")
}

fn sample() -> TestApp {
    let app = TestApp::new();
    introduced(&app, "江苏甲厂", "320000", "2020-05-01");
    introduced(&app, "江苏乙厂", "320000", "2021-12-31");
    introduced(&app, "Guangdong Works", "440000", "2020-05-01");
    introduced(&app, "Hanoi Mill", "VN", "2020-05-01");
    introduced(&app, "Somewhere in China", "CN", "2020-05-01");
    app.company("Candidate only", "320000");
    app
}

fn report(app: &TestApp, query: &str) -> Value {
    let staff = app.staff(Role::ReportingStaff);
    let body = staff.get(&format!("/reports/regions.json?{query}")).expect(200).body();
    serde_json::from_str(&body).expect("JSON")
}

fn number(report: &Value, code: &str) -> i64 {
    let rows = report["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["code"] == code).expect("a region");
    row[report["count"].as_str().expect("count")].as_i64().expect("a number")
}

#[test]
fn only_introduced_suppliers_count_and_the_rows_add_up() {
    let app = sample();
    let report = report(&app, "scheme=cn-six");
    assert_eq!(number(&report, "eastern"), 2);
    assert_eq!(number(&report, "southern"), 1);
    assert_eq!(number(&report, "northwest"), 0);
    assert_eq!(
        (&report["outside"], &report["unresolved"], &report["total"]),
        (&1.into(), &1.into(), &5.into())
    );
    assert_eq!(report["rows"][4]["share"], 40.0);
    let staff = app.staff(Role::EsgAnalyst);
    let page = staff.get("/reports/regions").expect(200);
    assert!(page.has("counts add up") && page.has("5 suppliers"));
}

#[test]
fn a_past_date_shows_what_was_so_then() {
    let app = sample();
    let before = report(&app, "as_at=2021-12-30");
    assert_eq!((number(&before, "eastern"), &before["total"]), (1, &4.into()));
    let at = report(&app, "as_at=2021-12-31");
    assert_eq!(number(&at, "eastern"), 2);
    let sites = report(&app, "as_at=2021-12-31&count=sites&scheme=m49");
    assert_eq!((number(&sites, "030"), number(&sites, "035"), &sites["total"]), (4, 1, &5.into()));
    let staff = app.staff(Role::Auditor);
    let page = staff.get("/reports/regions?as_at=2021-12-31&compare=2021-12-30");
    assert!(page.expect(200).has("Change since 30 December 2021"));
}

#[test]
fn the_report_follows_a_change_at_once() {
    let app = sample();
    let total = |app: &TestApp| report(app, "")["total"].clone();
    assert_eq!(total(&app), 5);
    introduced(&app, "Another", "320000", "2022-01-01");
    assert_eq!(total(&app), 6);
}

#[test]
fn a_csv_has_the_agreed_columns_and_rows() {
    let app = sample();
    let staff = app.staff(Role::ReportingStaff);
    let csv = staff.get("/reports/regions.csv?as_at=2021-12-31&scheme=cn-six").expect(200);
    assert_eq!(
        csv.header("Content-Disposition"),
        Some("attachment; filename=\"suppliers-by-region-2021-12-31.csv\"")
    );
    assert_eq!(
        csv.body().trim_start_matches('\u{FEFF}').lines().collect::<Vec<_>>(),
        [
            "region,suppliers,share",
            "Northeast China,0,0.0",
            "Northwest China,0,0.0",
            "Central China,0,0.0",
            "Northern China,0,0.0",
            "Eastern China,2,40.0",
            "Southern China,1,20.0",
            "Outside the scheme,1,20.0",
            "Unresolved,1,20.0",
            "Total,5,100.0",
        ]
    );
    staff.get("/reports/regions.xlsx").expect(200);
    staff.get("/reports/regions.pdf").expect(404);
}

#[test]
fn what_cannot_be_asked_for_is_said_at_its_field() {
    let app = TestApp::new();
    let staff = app.staff(Role::EsgAnalyst);
    for (query, field) in [
        ("as_at=2021-02-30", "as_at"),
        ("as_at=tomorrow", "as_at"),
        ("as_at=2999-01-01", "as_at"),
        ("compare=x", "compare"),
        ("scheme=nowhere", "scheme"),
        ("scheme=%27%3B--", "scheme"),
        ("count=everything", "count"),
    ] {
        let reply = staff.get(&format!("/reports/regions?{query}")).expect(422);
        assert!(reply.blames(field), "{query}");
        staff.get(&format!("/reports/regions.csv?{query}")).expect(422);
        staff.get(&format!("/reports/regions/rows?region=outside&{query}")).expect(422);
    }
    staff.get("/reports/regions/rows?region=nowhere").expect(404);
    staff.get("/reports/regions/rows").expect(404);
    app.staff(Role::Administrator).get("/reports/regions").expect(403);
}

#[test]
fn each_number_opens_its_rows_under_their_names_of_the_time() {
    let app = sample();
    let staff = app.staff(Role::ProcurementOfficer);
    let rows = staff.get("/reports/regions/rows?region=eastern&as_at=2021-12-30").expect(200);
    assert!(rows.has("江苏甲厂") && !rows.has("江苏乙厂") && rows.has("1 supplier"));
    staff.get("/reports/regions/rows?area=VN").expect(200).shows("Hanoi Mill");
    staff.get("/reports/regions/rows?region=unresolved").expect(200).shows("Somewhere in China");
    let sites = staff.get("/reports/regions/rows?region=eastern&count=sites").expect(200);
    assert!(sites.has("江苏乙厂") && sites.has("2 sites"));
}

#[test]
fn rows_are_paged_without_gaps() {
    let app = TestApp::new();
    for index in 0..103 {
        introduced(&app, &format!("Works no. {index:03}"), "320000", "2020-01-01");
    }
    let staff = app.staff(Role::EsgAnalyst);
    for count in ["suppliers", "sites"] {
        let first = staff.get(&format!("/reports/regions/rows?region=eastern&count={count}"));
        let first = first.expect(200);
        assert!(first.has("Works no. 099") && !first.has("Works no. 100"));
        let links = first.links();
        let next = links.iter().find(|link| link.contains("after=")).expect("a next page");
        let second = staff.get(next).expect(200);
        assert!(second.has("Works no. 100") && second.has("Works no. 102"));
        assert!(!second.has("Works no. 099"));
    }
}

#[test]
fn staff_limited_to_a_region_count_their_part_and_are_told() {
    let app = sample();
    let limited = app.staff_of(Role::EsgAnalyst, "cn-six", "southern");
    let page = limited.get("/reports/regions").expect(200);
    assert!(page.has("1 supplier") && page.has("your part of the register"));
    let body = limited.get("/reports/regions.json").expect(200).body();
    let report: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!((number(&report, "eastern"), number(&report, "southern")), (0, 1));
    for count in ["suppliers", "sites"] {
        let rows = limited.get(&format!("/reports/regions/rows?region=eastern&count={count}"));
        assert!(!rows.expect(200).has("江苏甲厂"));
    }
}

#[test]
fn a_scheme_is_copied_changed_used_and_retired() {
    let app = sample();
    let staff = app.staff(Role::ReportingStaff);
    staff.get("/regions").expect(200).shows("China, six regions");
    staff.get("/regions/cn-six").expect(200).shows("Jiangsu");
    staff.get("/regions/m49").expect(200).shows("Eastern Asia");
    staff.get("/regions/nowhere").expect(404);
    staff.get("/regions/cn-six/edit").expect(404);
    let nameless = staff.post("/regions/cn-six/copies", &[("name_en", " ")]).expect(422);
    assert!(nameless.blames("name_en"));
    let copied = staff.post("/regions/cn-six/copies", &[("name_en", "Ours <b>")]).expect(303);
    let edit = copied.header("Location").expect("a page").to_string();
    let id = edit.split('/').nth(2).expect("an id").to_string();
    let moved = [
        ("revision", "1"),
        ("name_en", "Ours"),
        ("new_en", "The Delta"),
        ("province-320000", "new"),
        ("remove-southern", "on"),
    ];
    staff.get(&edit).expect(200).shows("Ours &#60;b&#62;");
    staff.post(&edit, &moved).expect(303);
    staff.post(&edit, &moved).expect(409);
    let changed = report(&app, &format!("scheme={id}"));
    assert_eq!((number(&changed, "region-1"), number(&changed, "eastern")), (2, 0));
    assert_eq!((&changed["outside"], &changed["scheme_version"]), (&2.into(), &"2".into()));
    let forged = [("revision", "2"), ("name_en", "Ours"), ("province-320000", "nowhere")];
    staff.post(&edit, &forged).expect(422);
    staff.get("/reports/regions").expect(200).shows("Ours");
    staff.post(&format!("/regions/{id}/retirement"), &[]).expect(303);
    assert!(!staff.get("/reports/regions").expect(200).has(">Ours<"));
    staff.get(&format!("/reports/regions?scheme={id}")).expect(200);
    staff.get(&edit).expect(409);
    let trail = "SELECT count(*) FROM audit_records WHERE subject_kind = 'scheme'";
    assert_eq!(app.number(trail), 3);
}

#[test]
fn only_those_who_may_edit_regions_can() {
    let app = TestApp::new();
    let analyst = app.staff(Role::EsgAnalyst);
    assert!(!analyst.get("/regions/cn-six").expect(200).has("Make a copy"));
    analyst.post("/regions/cn-six/copies", &[("name_en", "Ours")]).expect(403);
    let administrator = app.staff(Role::Administrator);
    administrator.get("/regions/cn-six").expect(200).shows("Make a copy");
    administrator.post_bare("/regions/cn-six/copies", &[("name_en", "Ours")]).expect(403);
    app.supplier().get("/regions").expect(404);
}
