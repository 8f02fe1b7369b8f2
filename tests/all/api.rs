//! What holds for the whole API: problems, methods, media types, imports, reports, reference.

use rocket::http::{ContentType, Method};
use serde_json::{Value, json};
use touchstone::access::Role;

use crate::program::Program;
use crate::support::TestApp;

#[test]
fn a_problem_is_told_in_the_language_of_the_program_and_never_repeats_what_was_sent() {
    let app = TestApp::new();
    let program = app.program(Role::ProcurementOfficer);
    let body = json!({ "legal_name": "", "website": "javascript:secret", "country": "Nowhere" });
    let english = program.post("/api/v1/suppliers", body.clone()).expect(422);
    let mut problems = english.problems();
    problems.sort();
    assert_eq!(
        problems,
        ["country: unknown_country", "legal_name: missing", "website: web_address"]
    );
    assert!(!english.has("secret") && !english.has("Nowhere"));
    let chinese = [("Accept-Language", "zh-CN,zh;q=0.9")];
    let chinese = program.json(Method::Post, "/api/v1/suppliers", &chinese, body).expect(422);
    assert_eq!(chinese.value()["title"], "输入不符合规则");
    assert!(chinese.has("请"));
    assert_eq!(english.value()["type"], "http://127.0.0.1:8000/api#problem-invalid");
}

#[test]
fn nothing_under_the_api_is_answered_with_a_page() {
    let app = TestApp::new();
    let program = app.program(Role::ProcurementOfficer);
    let suppliers = "/api/v1/suppliers";
    let json = || Some(ContentType::JSON);
    program.get("/api/v1/nothing").expect(404).problems();
    program.get("/api/v1/suppliers/..%2f..%2fx").expect(404).problems();
    program.get("/api/v1/suppliers/a%00b").expect(400).problems();
    let reply = program.send(Method::Put, suppliers, &[], json(), b"{}").expect(405);
    assert!(reply.problems().is_empty());
    assert_eq!(reply.header("Allow"), Some("GET, POST"));
    program.send(Method::Delete, suppliers, &[], None, b"").expect(405).problems();
    program.send(Method::Post, suppliers, &[], None, b"{}").expect(415).problems();
    program.send(Method::Post, suppliers, &[], Some(ContentType::Text), b"{}").expect(415);
    for body in [&b"{"[..], b"", b"\xff", b"{\"note\":\"\\ud800\"}"] {
        program.send(Method::Post, suppliers, &[], json(), body).expect(400).problems();
    }
    let problems = |body: Value| program.post(suppliers, body).expect(422).problems();
    assert_eq!(problems(json!([])), [": not_an_object"]);
    assert_eq!(problems(json!({ "revision": "7" })), ["revision: unknown_field"]);
    assert_eq!(problems(json!({ "supplier_id": "x" })), ["supplier_id: unknown_field"]);
    assert_eq!(problems(json!({ "note": 7 })), ["note: wrong_type"]);
    assert_eq!(problems(json!({ "note": "a\u{0}b" })), ["note: control_characters"]);
    let long = json!({ "legal_name": "x".repeat(300 * 1024) });
    program.post(suppliers, long).expect(413).problems();
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 0);
}

#[test]
fn a_form_reaches_no_operation_whatever_method_it_claims() {
    let app = TestApp::new();
    let company = app.company("Formular AG", "CH");
    let program = app.program(Role::ProcurementOfficer);
    let path = format!("/api/v1/suppliers/{}", company.id);
    for method in ["PATCH", "DELETE", "PUT", "GET"] {
        let body = format!("_method={method}&legal_name=x");
        let reply = program.send(
            Method::Post,
            &path,
            &[("If-Match", "*")],
            Some(ContentType::Form),
            body.as_bytes(),
        );
        reply.expect(415).problems();
    }
    assert_eq!(app.text("SELECT legal_name FROM suppliers"), "Formular AG");
}

fn wait_for(program: &Program, import: &str, status: &str) -> Value {
    for _ in 0..200 {
        let import = program.get(import).expect(200).value();
        if import["status"] == status {
            return import;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{import} does not become {status}: {}", program.get(import).body());
}

#[test]
fn a_list_comes_in_is_looked_over_confirmed_and_undone() {
    let app = TestApp::new();
    let program = app.program(Role::ProcurementOfficer);
    let list = "name,country\nAlpha AG,CH\nBeta GmbH,DE\n\"\",FR\n";
    let key = [("Idempotency-Key", "\"list-1\"")];
    let send = |list: &str| {
        let path = "/api/v1/imports?name=list.csv&stage=candidate";
        program.send(Method::Post, path, &key, Some(ContentType::CSV), list.as_bytes())
    };
    let begun = send(list).expect(202);
    let import = begun.location.clone().expect("its address");
    assert_eq!(send(list).expect(202).location, begun.location);
    assert_eq!(
        send("name\nOther\n").expect(422).value()["title"],
        "The Idempotency-Key belongs to another request"
    );
    assert_eq!(app.number("SELECT count(*) FROM imports"), 1);

    let ready = wait_for(&program, &import, "ready");
    assert_eq!((&ready["counts"]["rows"], &ready["counts"]["errors"]), (&json!(3), &json!(1)));
    let errors = program.get(&format!("{import}/rows?outcome=error")).expect(200).value();
    assert_eq!(errors["items"][0]["outcome"], "error");
    let first = program.get(&format!("{import}/rows?limit=2")).expect(200).value();
    let next = format!("{import}/rows?cursor={}", first["next_cursor"].as_str().unwrap());
    assert_eq!(program.get(&next).expect(200).value()["items"].as_array().unwrap().len(), 1);
    program.get(&format!("{import}/rows?outcome=odd")).expect(422).problems();

    let confirmation = format!("{import}/confirmation");
    let refused = program.post(&confirmation, json!({})).expect(422);
    assert_eq!(refused.problems(), ["skip_errors: import_has_errors"]);
    program.post(&confirmation, json!({ "skip_errors": true })).expect(202);
    wait_for(&program, &import, "confirmed");
    assert_eq!(app.number("SELECT count(*) FROM suppliers WHERE stage = 'candidate'"), 2);
    let undone = program.send(Method::Post, &format!("{import}/undoing"), &[], None, b"");
    assert_eq!(undone.expect(200).value()["status"], "undone");
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 0);
    let discarded = program.send(Method::Post, &format!("{import}/discarding"), &[], None, b"");
    discarded.expect(409).problems();
}

#[test]
fn a_file_that_is_no_list_is_refused_and_leaves_nothing() {
    let app = TestApp::new();
    let program = app.program(Role::ProcurementOfficer);
    let send = |query: &str, kind: ContentType, body: &[u8]| {
        let path = format!("/api/v1/imports{query}");
        let reply = program.send(Method::Post, &path, &[], Some(kind), body);
        (reply.status, reply.problems())
    };
    assert_eq!(send("", ContentType::CSV, b"").0, 422);
    let unnamed = send("", ContentType::CSV, b"colour\nred\n");
    assert_eq!(unnamed, (422, vec!["file: import_no_name".to_string()]));
    assert_eq!(send("", ContentType::JSON, b"{}").0, 415);
    let query = send("?since=soon&stage=suspended&odd=1", ContentType::CSV, b"name\nA\n");
    assert_eq!(query, (422, vec!["odd: unknown_field".to_string()]));
    let query = send("?since=soon&stage=suspended", ContentType::CSV, b"name\nA\n");
    assert_eq!(query.1, ["stage: unknown_choice", "since: import_date"]);
    assert_eq!(app.number("SELECT count(*) FROM imports"), 0);
    if !app.is_postgres() {
        let folder = std::path::Path::new(&app.database_url()).with_extension("uploads");
        assert_eq!(std::fs::read_dir(folder).expect("the folder").count(), 0);
    }
}

#[test]
fn the_report_of_programs_is_that_of_people() {
    let app = TestApp::new();
    let officer = app.program(Role::ProcurementOfficer);
    let body = json!({ "legal_name": "Basel AG", "country": "CH" });
    let made = officer.post("/api/v1/suppliers", body).expect(201).value();
    app.introduce(made["id"].as_str().expect("its id"), "known for years");
    let program = app.program(Role::Auditor);
    let report = program.get("/api/v1/reports/regions").expect(200).value();
    let rows = report["rows"].as_array().unwrap().iter().map(|r| r["number"].as_i64().unwrap());
    let sum = rows.sum::<i64>() + report["outside"].as_i64().unwrap();
    assert_eq!(sum + report["unresolved"].as_i64().unwrap(), report["total"].as_i64().unwrap());
    assert_eq!(report["total"], 1);
    let wrong = program.get("/api/v1/reports/regions?as_at=2021-02-30&count=cows&scheme=x");
    assert_eq!(
        wrong.expect(422).problems(),
        ["as_at: report_date", "count: report_count", "scheme: report_scheme"]
    );
    let past = program.get("/api/v1/reports/regions?as_at=1999-12-31&count=sites").expect(200);
    assert_eq!(past.value()["total"], 0);
}

#[test]
fn a_program_reads_what_the_register_refers_to() {
    let app = TestApp::new();
    let program = app.program(Role::Administrator);
    let schemes = program.get("/api/v1/regions/schemes").expect(200).value();
    assert_eq!(schemes["items"][0]["id"], "cn-six");
    let scheme = program.get("/api/v1/regions/schemes/cn-six").expect(200).value();
    assert_eq!(scheme["provinces"]["320000"], "eastern");
    program.get("/api/v1/regions/schemes/none").expect(404).problems();
    program.get("/api/v1/categories").expect(200);
    let resolve = |address: &str| {
        program
            .post("/api/v1/regions/resolution", json!({ "address": address }))
            .expect(200)
            .value()
    };
    assert_eq!(resolve("江苏省苏州市工业园区")["place"]["city"], "320500");
    let doubtful = resolve("Somewhere");
    assert_eq!(
        (&doubtful["resolved"], &doubtful["reason"]),
        (&json!(false), &json!("nothing_found"))
    );
}
