//! Exports of suppliers and sites: columns, filters, scope, formats.

use serde_json::Value;
use touchstone::access::Role;
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, SupplierInput};

use super::support::TestApp;

fn sample() -> TestApp {
    let app = TestApp::new();
    app.enter(NewSupplier {
        company: SupplierInput {
            legal_name: "=2+3 有限公司".into(),
            english_name: "Sums, \"Limited\"".into(),
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
    });
    app.company("Hanoi Mill", "VN");
    app.company("Guangdong Works", "440000");
    app
}

#[test]
fn suppliers_go_out_with_the_headers_that_the_import_reads() {
    let app = sample();
    let staff = app.staff(Role::ProcurementOfficer);
    let reply = staff.get("/suppliers/export/csv").expect(200);
    let csv = reply.body();
    let mut lines = csv.trim_start_matches('\u{FEFF}').lines();
    assert_eq!(
        lines.next(),
        Some(
            "supplier_id,number,legal_name,english_name,stage,since,country,province_code,province,city,region,address,uscc,lei,duns,eu_vat,category,industry,website,note,created_at,cleared,clearance_reasons"
        )
    );
    let first = lines.next().expect("a row");
    assert!(
        first.contains(",S-000001,'=2+3 有限公司,\"Sums, \"\"Limited\"\"\",active,"),
        "{first}"
    );
    assert!(first.contains(",CN,320000,Jiangsu,Suzhou,Eastern China,"), "{first}");
    assert!(first.contains(",91350100M000100Y43,,,"), "{first}");
    let second = lines.next().expect("a row");
    assert!(
        second.contains("Hanoi Mill,,candidate,") && second.contains(",VN,,,,Outside the scheme,")
    );
    assert_eq!(lines.count(), 1);
}

#[test]
fn sites_go_out_with_the_agreed_columns() {
    let app = sample();
    let staff = app.staff(Role::EsgAnalyst);
    let body = staff.get("/sites/export/jsonl?scheme=cn-seven").expect(200).body();
    let rows: Vec<Value> =
        body.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows.len(), 3);
    let first = rows.iter().find(|row| row["province_code"] == "320000").expect("a site");
    assert_eq!(first["supplier_name"], "=2+3 有限公司");
    assert_eq!(first["region"], "East China");
    assert_eq!(first["city"], "Suzhou");
    assert_eq!(first["site_kind"], "registered_office");
    let csv = staff.get("/sites/export/csv").expect(200).body();
    let headers = csv.trim_start_matches('\u{FEFF}').lines().next();
    let agreed =
        "supplier_id,supplier_name,site_id,country,province_code,province,city,region,address";
    assert!(headers.is_some_and(|headers| headers.starts_with(agreed)));
}

#[test]
fn an_export_is_filtered_as_the_list_and_keeps_to_what_one_may_see() {
    let app = sample();
    let staff = app.staff(Role::ReportingStaff);
    for (query, rows) in [
        ("", 3),
        ("region=southern", 1),
        ("stage=active", 1),
        ("area=VN", 1),
        ("q=hanoi", 1),
        ("q=nobody", 0),
    ] {
        let body = staff.get(&format!("/suppliers/export/jsonl?{query}")).expect(200).body();
        assert_eq!(body.lines().count(), rows, "{query}");
    }
    let limited = app.staff_of(Role::EsgAnalyst, "cn-six", "southern");
    for what in ["suppliers", "sites"] {
        let body = limited.get(&format!("/{what}/export/jsonl")).expect(200).body();
        assert_eq!(body.lines().count(), 1);
        assert!(body.contains("Guangdong Works"));
        let outside = limited.get(&format!("/{what}/export/jsonl?area=VN")).expect(200).body();
        assert_eq!(outside.lines().count(), 0);
    }
}

#[test]
fn a_workbook_is_a_workbook_and_an_unknown_format_is_not_found() {
    let app = sample();
    let staff = app.staff(Role::Auditor);
    let reply = staff.get("/suppliers/export/xlsx").expect(200);
    assert!(reply.header("Content-Type").is_some_and(|kind| kind.contains("spreadsheetml")));
    staff.get("/suppliers/export/pdf").expect(404);
    staff.get("/sites/export/csv?scheme=nowhere").expect(404);
    app.staff(Role::Inspector).get("/suppliers/export/csv").expect(403);
    app.supplier().get("/sites/export/csv").expect(404);
}

#[test]
fn batches_follow_each_other_without_gaps() {
    let app = TestApp::new();
    app.tamper(
        "INSERT INTO suppliers SELECT 'id-' || n, n, 'Works ' || n, '', 'k', 'k', '', 'active', \
         '320000', '', 'site-' || n, '', '', '', NULL, 1, '2024-01-01 00:00:00', '2024-01-01 00:00:00', NULL \
         FROM (WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 2500) \
         SELECT n FROM t) numbers",
    )
    .or_else(|_| {
        app.tamper(
            "INSERT INTO suppliers SELECT 'id-' || n, n, 'Works ' || n, '', 'k', 'k', '', 'active', \
             '320000', '', 'site-' || n, '', '', '', NULL, 1, timestamp '2024-01-01', \
             timestamp '2024-01-01', NULL FROM generate_series(1, 2500) n",
        )
    })
    .expect("suppliers");
    let staff = app.staff(Role::Auditor);
    for query in ["", "region=eastern"] {
        let body = staff.get(&format!("/suppliers/export/jsonl?{query}")).expect(200).body();
        let mut numbers: Vec<&str> =
            body.lines().filter_map(|line| line.split("\"number\":\"").nth(1)?.get(..8)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 2500);
    }
}
