//! The list of cases, its file, and the cases that programs read.

use touchstone::access::Role;
use touchstone::inspections::Severity::{Critical, Major};

use crate::certified::in_days;
use crate::punished;
use crate::support::TestApp;

#[test]
fn the_list_is_narrowed_by_its_address_and_goes_on_page_by_page() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    let chinese = app.company("苏州纸业有限公司", "320000");
    let proposed = punished::case(&app, &company, "late_delivery", Critical);
    let served = punished::served(&app, &chinese, "false_material", Major);
    let in_force = punished::in_force(&app, &company, "quality", Critical);
    let late = punished::case(&app, &company, "safety", Critical);
    let row = format!("UPDATE punishment_cases SET notice_by = '{}'", in_days(-1));
    app.tamper(&format!("{row} WHERE id = '{}'", late.id)).expect("a day");
    let reader = app.staff(Role::Auditor);
    let all = [&proposed, &served, &in_force, &late];
    for (query, expected) in [
        ("", vec![0, 1, 2, 3]),
        ("state=proposed", vec![0, 3]),
        ("state=served", vec![1]),
        ("state=in_force", vec![2]),
        ("state=overdue", vec![3]),
        ("state=over", vec![]),
        ("severity=major", vec![1]),
        ("violation=quality", vec![2]),
        ("region=outside", vec![0, 2, 3]),
        ("supplier=S-000002", vec![1]),
    ] {
        let page = reader.get(&format!("/punishments?{query}")).expect(200);
        let csv = reader.get(&format!("/punishments/export/csv?{query}")).expect(200);
        let shown: Vec<usize> =
            (0..4).filter(|at| page.has(&format!("/punishments/{}\"", all[*at].id))).collect();
        assert_eq!(shown, expected, "{query}");
        let written: Vec<usize> = (0..4).filter(|at| csv.has(&all[*at].id)).collect();
        assert_eq!(written, expected, "{query} as a file");
    }
    reader.get("/punishments?state=over").expect(200).shows("No case fits");
    for format in ["xlsx", "jsonl"] {
        reader.get(&format!("/punishments/export/{format}")).expect(200);
    }
    reader.get("/punishments/export/pdf").expect(404);
    for _ in 0..51 {
        punished::case(&app, &company, "late_delivery", Major);
    }
    let first = reader.get("/punishments?state=proposed").expect(200);
    let links = first.links();
    let next = links.iter().find(|link| link.contains("after=")).expect("a second page");
    assert!(next.contains("state=proposed"));
    let second = reader.get(next).expect(200);
    assert!(second.has(&proposed.id) && !first.has(&proposed.id));
    reader.get("/punishments?after=%25%25&state=x&severity=y&supplier=z").expect(200);
}

#[test]
fn what_has_run_out_is_not_in_force_in_no_file_and_over_whether_the_clock_struck_or_not() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    let standard = punished::standard(&app, "quality", Critical);
    let case = punished::in_force_between(&app, &company, &standard, in_days(-400), in_days(0));
    let reader = app.staff(Role::LegalOfficer);
    let link = format!("/punishments/{}\"", case.id);
    assert!(!reader.get("/punishments?state=in_force").expect(200).has(&link));
    assert!(!reader.get("/punishments").expect(200).has(&link));
    for query in ["", "state=over", "state=all", "state=in_force"] {
        let file = reader.get(&format!("/punishments/export/csv?{query}")).expect(200);
        assert!(!file.has(&case.id), "{query}");
    }
    reader.get("/punishments?state=over").expect(200).shows(&link).shows("Expired");
    let tab = format!("/suppliers/{}/punishments", company.id);
    reader.get(&tab).expect(200).shows("Expired");
    let program = app.program(Role::Auditor);
    let list = program.get("/api/v1/punishments").expect(200).value();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(0));
    let over = program.get("/api/v1/punishments?state=over").expect(200).value();
    assert_eq!(over["items"][0]["status"], "expired");
}

#[test]
fn programs_read_cases_with_all_that_happened_and_slips_in_the_address_are_named() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    let case = punished::served(&app, &company, "late_delivery", Critical);
    punished::interim(&app, &case, 10);
    let program = app.program(Role::EthicsOfficer);
    let list = program.get("/api/v1/punishments?state=served&limit=1").expect(200).value();
    assert_eq!(list["items"][0]["number"], "PC-000001");
    assert_eq!(list["items"][0]["overdue"], false);
    let one = program.get(&format!("/api/v1/punishments/{}", case.id)).expect(200).value();
    assert_eq!(one["violation_en"], "Late or failed delivery");
    assert_eq!((&one["status"], &one["steps"][0]["kind"]), (&"served".into(), &"proposed".into()));
    assert_eq!(one["interims"][0]["orders"], "blocked");
    for (query, problem) in [
        ("state=x", "state: unknown_choice"),
        ("severity=x", "severity: unknown_choice"),
        ("supplier=x", "supplier: unknown_choice"),
        ("cursor=x", "cursor: cursor"),
        ("scheme=x&region=y", "scheme: report_scheme"),
    ] {
        let reply = program.get(&format!("/api/v1/punishments?{query}"));
        assert_eq!(reply.problems(), [problem], "{query}");
    }
    let nobody = "00000000-0000-7000-8000-000000000000";
    program.get(&format!("/api/v1/punishments/{nobody}")).expect(404);
    app.program(Role::ProcurementOfficer).get("/api/v1/punishments").expect(403);
}
