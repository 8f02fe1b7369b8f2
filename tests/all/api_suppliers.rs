//! Suppliers through the API: the rules of the pages, for programs.

use std::collections::BTreeSet;

use rocket::http::{ContentType, Method};
use serde_json::{Value, json};
use touchstone::access::tokens::Grant;
use touchstone::access::{Role, command_line};
use touchstone::suppliers::merges::{MergeInput, merge};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, SupplierInput};

use crate::program::Program;
use crate::support::TestApp;

const SUPPLIERS: &str = "/api/v1/suppliers";
/// No record has it.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

fn patch<'p>(
    program: &'p Program,
    path: &str,
    version: &str,
    body: Value,
) -> crate::person::Reply<'p> {
    program.json(Method::Patch, path, &[("If-Match", version)], body)
}

#[test]
fn a_supplier_is_entered_read_changed_and_moved() {
    let app = TestApp::new();
    let program = app.program(Role::ProcurementOfficer);
    let body = json!({
        "legal_name": "苏州样例有限公司", "english_name": "Suzhou Example",
        "address": "江苏省苏州市工业园区", "uscc": "91350100M000100Y43",
    });
    let made = program.post(SUPPLIERS, body).expect(201);
    let place = made.location.clone().expect("its address");
    let shown = program.get(&place).expect(200);
    assert_eq!(shown.value(), made.value());
    assert_eq!(
        (&shown.value()["area"], &shown.value()["city"]),
        (&json!("320000"), &json!("320500"))
    );
    assert_eq!(shown.header("ETag"), Some("\"1\""));
    let again = program.get_with(&place, &[("If-None-Match", "W/\"1\"")]).expect(304);
    assert!(again.bytes.is_empty() && again.header("ETag") == Some("\"1\""));

    let note = json!({ "note": "Looked at", "english_name": null });
    let changed = patch(&program, &place, "\"1\"", note).expect(200);
    assert_eq!(changed.header("ETag"), Some("\"2\""));
    assert_eq!(
        (&changed.value()["note"], &changed.value()["english_name"]),
        (&json!("Looked at"), &json!(""))
    );
    assert_eq!(changed.value()["legal_name"], "苏州样例有限公司");
    program.get_with(&place, &[("If-None-Match", "\"1\"")]).expect(200);

    let stage = format!("{place}/stage");
    let move_to = |stage_name: &str, version: &str| {
        let body = json!({ "stage": stage_name, "reason": "Late deliveries" });
        program.json(Method::Post, &stage, &[("If-Match", version)], body)
    };
    // One person, or one program, introduces nobody.
    move_to("active", "\"2\"").expect(409).problems();
    app.introduce(shown.value()["id"].as_str().expect("its id"), "known for years");
    move_to("eliminated", "\"3\"").expect(409).problems();
    assert_eq!(move_to("suspended", "\"3\"").expect(200).value()["stage"], "suspended");
    assert_eq!(move_to("odd", "\"4\"").expect(422).problems(), ["stage: unknown_choice"]);
    let actions = app.number("SELECT count(*) FROM audit_records WHERE subject_kind = 'supplier'");
    assert_eq!(actions, 4);
}

#[test]
fn a_change_from_an_old_version_changes_nothing() {
    let app = TestApp::new();
    let company = app.company("Alt AG", "CH");
    let program = app.program(Role::Approver);
    let place = format!("{SUPPLIERS}/{}", company.id);
    let body = json!({ "note": "x" });
    program.json(Method::Patch, &place, &[], body.clone()).expect(428).problems();
    for stale in ["\"0\"", "\"2\"", "W/\"1\"", "1", ""] {
        patch(&program, &place, stale, body.clone()).expect(412).problems();
    }
    let stage = json!({ "stage": "suspended", "reason": "r" });
    program.post(&format!("{place}/stage"), stage.clone()).expect(428);
    let old = [("If-Match", "\"9\"")];
    program.json(Method::Post, &format!("{place}/stage"), &old, stage).expect(412);
    assert_eq!(app.number("SELECT revision FROM suppliers"), 1);
    assert_eq!(app.number("SELECT count(*) FROM audit_records WHERE action LIKE 'supplier.%'"), 1);
    patch(&program, &place, "\"0\", \"1\"", body.clone()).expect(200);
    patch(&program, &place, "*", json!({ "note": "y" })).expect(200);
    for (wrong, problem) in [
        (json!({ "nmae": "x" }), "nmae: unknown_field"),
        (json!({ "nmae": null }), "nmae: unknown_field"),
        (json!({ "stage": "eliminated" }), "stage: unknown_field"),
        (json!({ "legal_name": null }), "legal_name: missing"),
        (json!({ "categories": ["x"] }), "categories: unknown_choice"),
        (json!({ "industry": "x".repeat(101) }), "industry: too_long"),
    ] {
        assert_eq!(patch(&program, &place, "*", wrong).expect(422).problems(), [problem]);
    }
    let kind = ContentType::new("application", "merge-patch+json");
    let head = [("If-Match", "*")];
    program.send(Method::Patch, &place, &head, Some(kind), br#"{"note":"z"}"#).expect(200);
}

#[test]
fn the_same_request_twice_makes_one_record_and_gives_the_same_answer() {
    let app = TestApp::alone();
    let program = app.program(Role::ProcurementOfficer);
    let company = app.company("Doppelt AG", "CH").id;
    let of = |part: &str| format!("{SUPPLIERS}/{company}/{part}");
    let creations = [
        (SUPPLIERS.to_string(), json!({ "legal_name": "Neu AG", "country": "CH" }), "suppliers"),
        (of("sites"), json!({ "kind": "plant", "country": "CH" }), "sites"),
        (of("contacts"), json!({ "name": "Ann", "phone": "+41 61 555 44 17" }), "contacts"),
        (
            of("identifiers"),
            json!({ "kind": "uscc", "value": "91350100M000100Y43" }),
            "identifiers",
        ),
    ];
    for (number, (path, body, table)) in creations.iter().enumerate() {
        let rows = || app.number(&format!("SELECT count(*) FROM {table}"));
        let before = rows();
        let key = format!("key-{number}");
        let send = |key: &str, body: &Value| {
            program.json(Method::Post, path, &[("Idempotency-Key", key)], body.clone())
        };
        let first = send(&key, body).expect(201);
        let second = send(&format!("\"{key}\""), body).expect(201);
        assert_eq!((&first.bytes, &first.location), (&second.bytes, &second.location), "{path}");
        assert_eq!(first.header("ETag"), second.header("ETag"));
        assert_eq!(rows(), before + 1, "{path}");
        let mut other = body.clone();
        other["name"] = json!("Other");
        let reused =
            send(&key, &json!({ "legal_name": "Anders AG", "kind": "office", "name": "B" }));
        assert!(matches!(reused.status, 422), "{path}: {}", reused.status);
        assert_eq!(rows(), before + 1, "{path}");
        assert!(!first.has("555 44 17"), "telephone numbers are masked");
    }
    let neu = |key: &str, name: &str| {
        let body = json!({ "legal_name": name, "country": "CH" });
        program.json(Method::Post, SUPPLIERS, &[("Idempotency-Key", key)], body)
    };
    let reused = neu("key-0", "Anders AG").expect(422);
    assert_eq!(reused.value()["type"], "http://127.0.0.1:8000/api#problem-key-reused");
    // What was refused is not kept: mended, it can be sent with the same key.
    neu("mended", "").expect(422);
    neu("mended", "Mended AG").expect(201);
    // Another's key is another key.
    let other = app.program(Role::Approver);
    let body = json!({ "legal_name": "Anders AG", "country": "CH" });
    other.json(Method::Post, SUPPLIERS, &[("Idempotency-Key", "key-0")], body).expect(201);
    for key in ["", "ü", &"x".repeat(201)] {
        neu(key, "Leer AG").expect(400).problems();
    }
    app.advance_clock(12 * 3600);
    let kept = app.number("SELECT count(*) FROM api_answers");
    assert!(kept > 3);
    app.advance_clock(12 * 3600 + 1);
    let body = json!({ "legal_name": "Spät AG", "country": "CH" });
    program.json(Method::Post, SUPPLIERS, &[("Idempotency-Key", "late")], body).expect(201);
    assert_eq!(app.number("SELECT count(*) FROM api_answers"), 1, "old answers are forgotten");
}

#[test]
fn walking_the_list_meets_everybody_once() {
    let app = TestApp::new();
    let inputs = (0..260).map(|n| NewSupplier {
        company: SupplierInput { legal_name: format!("Common Works {n:03}"), ..Default::default() },
        place: PlaceInput {
            country: if n % 2 == 0 { "CH" } else { "DE" }.into(),
            ..Default::default()
        },
        stage: "active".into(),
        ..Default::default()
    });
    app.enter_all(inputs.collect());
    let program = app.program(Role::Auditor);
    let walk = |query: &str| {
        let (mut seen, mut pages) = (Vec::new(), 0);
        let mut next = Some(format!("{SUPPLIERS}?{query}"));
        while let Some(address) = next {
            let page = program.get(&address).expect(200);
            let value = page.value();
            for item in value["items"].as_array().unwrap() {
                seen.push(item["number"].as_i64().unwrap());
            }
            let link = page.header("Link").map(str::to_string);
            assert_eq!(link.is_some(), !value["next_cursor"].is_null());
            next = link.map(|l| l.trim_start_matches('<').split('>').next().unwrap().to_string());
            pages += 1;
        }
        let distinct: BTreeSet<i64> = seen.iter().copied().collect();
        assert_eq!(distinct.len(), seen.len(), "{query}");
        (seen.len(), pages)
    };
    assert_eq!(walk("limit=200"), (260, 2));
    assert_eq!(walk("limit=7&sort=-name").0, 260);
    assert_eq!(walk("q=common&limit=100&sort=newest"), (260, 3), "also for a word that all have");
    assert_eq!(walk("q=common&area=CH&limit=50&sort=name").0, 130);
    assert_eq!(walk("region=outside&limit=99").0, 260);
    assert_eq!(walk("stage=suspended").0, 0);
    let wrong = "limit=0&cursor=x&stage=odd&sort=odd&area=ZZ&category=x&scheme=none";
    let mut problems = program.get(&format!("{SUPPLIERS}?{wrong}")).expect(422).problems();
    problems.sort();
    assert_eq!(
        problems,
        [
            "area: unknown_choice",
            "category: unknown_choice",
            "cursor: cursor",
            "limit: limit",
            "scheme: unknown_choice",
            "sort: unknown_choice",
            "stage: unknown_choice",
        ]
    );
    let odd = program.get(&format!("{SUPPLIERS}?stgae=active")).expect(422);
    assert_eq!(odd.problems(), ["stgae: unknown_field"]);
    program.get(&format!("{SUPPLIERS}?q=a&q=b")).expect(422).problems();
}

#[test]
fn what_is_outside_ones_regions_is_as_absent_as_what_does_not_exist() {
    let app = TestApp::new();
    let abroad = app.company("Fern AG", "CH");
    let limited = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    let program = app.program_for(limited, Grant::ALL);
    let site = &abroad.registered_site_id;
    let requests = [
        (Method::Get, String::new(), Value::Null),
        (Method::Patch, String::new(), json!({ "note": "x" })),
        (Method::Post, "/stage".into(), json!({ "stage": "suspended", "reason": "r" })),
        (Method::Get, "/identifiers".into(), Value::Null),
        (Method::Post, "/identifiers".into(), json!({ "kind": "other", "value": "1" })),
        (Method::Delete, format!("/identifiers/{site}"), Value::Null),
        (Method::Get, "/sites".into(), Value::Null),
        (Method::Post, "/sites".into(), json!({ "kind": "plant" })),
        (Method::Get, "/contacts".into(), Value::Null),
        (Method::Post, "/contacts".into(), json!({ "name": "Ann" })),
        (Method::Get, "/group".into(), Value::Null),
        (Method::Get, "/links".into(), Value::Null),
        (Method::Post, "/links".into(), json!({ "company": "S-000001" })),
    ];
    for (method, part, body) in requests {
        let answers = [abroad.id.as_str(), NOBODY].map(|id| {
            let path = format!("{SUPPLIERS}/{id}{part}");
            let head = [("If-Match", "\"1\"")];
            let reply = match &body {
                Value::Null => program.send(method, &path, &head, None, b""),
                body => program.json(method, &path, &head, body.clone()),
            };
            reply.expect(404).bytes
        });
        assert_eq!(answers[0], answers[1], "{method} {part}");
    }
    assert_eq!(program.get(SUPPLIERS).expect(200).value()["items"], json!([]));
    let outside = json!({ "legal_name": "Fern AG", "country": "CH" });
    program.post(SUPPLIERS, outside).expect(403).problems();
    assert_eq!(program.get("/api/v1/reports/regions").expect(200).value()["total"], 0);
}

#[test]
fn an_identifier_comes_off_only_the_supplier_that_holds_it() {
    let app = TestApp::new();
    let (first, second) = (app.company("Erste AG", "CH").id, app.company("Zweite AG", "CH").id);
    let program = app.program(Role::ProcurementOfficer);
    let add = |id: &str| {
        let body = json!({ "kind": "uscc", "value": "91350100M000100Y43" });
        program.post(&format!("{SUPPLIERS}/{id}/identifiers"), body)
    };
    let held = add(&first).expect(201);
    assert_eq!(add(&second).expect(422).problems(), ["uscc: identifier_taken"]);
    let place = held.location.clone().expect("its address");
    let elsewhere = place.replace(&first, &second);
    program.send(Method::Delete, &elsewhere, &[], None, b"").expect(404);
    program.send(Method::Delete, &place, &[], None, b"").expect(204);
    program.send(Method::Delete, &place, &[], None, b"").expect(404);
    add(&second).expect(201);
    let doubtful = json!({ "kind": "uscc", "value": "91350100M000100Y44" });
    let path = format!("{SUPPLIERS}/{first}/identifiers");
    assert_eq!(program.post(&path, doubtful).expect(422).problems().len(), 1);
}

#[test]
fn a_program_records_a_link_and_reads_the_group_of_a_day() {
    let app = TestApp::new();
    let (mother, daughter) = (app.company("Mutter AG", "CH"), app.company("Tochter AG", "CH"));
    let program = app.program(Role::LegalOfficer);
    let links = format!("{SUPPLIERS}/{}/links", mother.id);
    let link = json!({
        "company": daughter.code(), "direction": "controls", "control": "majority",
        "share": "51.25", "valid_from": "2020-01-01", "evidence": "Register of commerce",
    });
    let made = program.post(&links, link.clone()).expect(201);
    assert_eq!(made.value()["child_id"], daughter.id.as_str());
    assert_eq!((&made.value()["share"], &made.value()["valid_to"]), (&json!(5125), &Value::Null));
    program.post(&links, link).expect(422).problems();
    assert_eq!(program.get(&links).expect(200).value()["items"][0], made.value());
    let group = |on: &str| {
        let path = format!("{SUPPLIERS}/{}/group{on}", daughter.id);
        program.get(&path).expect(200).value()["members"].as_array().unwrap().len()
    };
    assert_eq!((group(""), group("?on=2019-12-31"), group("?on=2020-01-01")), (2, 1, 2));
    let wrong = program.get(&format!("{SUPPLIERS}/{}/group?on=soon", daughter.id)).expect(422);
    assert_eq!(wrong.problems(), ["on: report_date"]);
}

#[test]
fn a_program_hears_whether_it_may_order_and_every_reason_why_not() {
    let app = TestApp::new();
    let program = app.program(Role::ProcurementOfficer);
    let staff = app.staff(Role::ProcurementOfficer);
    staff.post("/categories", &[("code", "steel"), ("name_en", "Steel"), ("name_zh", "钢材")]);
    let id = app.company("Unready Example", "DE").id;
    let place = format!("{SUPPLIERS}/{id}/clearance");
    let answer = program.get(&format!("{place}?category=steel")).expect(200);
    let answer = answer.value();
    assert_eq!((&answer["cleared"], &answer["category"]), (&json!(false), &json!("steel")));
    let codes: Vec<&str> =
        answer["reasons"].as_array().unwrap().iter().filter_map(|r| r["code"].as_str()).collect();
    for code in ["candidate", "no_contact", "no_identifier", "category_not_offered"] {
        assert!(codes.contains(&code), "{code} {codes:?}");
    }
    assert!(answer["reasons"][0]["detail"].as_str().is_some_and(|text| text.len() > 10));
    let before = program.get(&format!("{place}?on=2001-01-01")).expect(200);
    assert_eq!(before.value()["reasons"][0]["code"], "not_in_register");
    let refused = program.get(&format!("{place}?category=none")).expect(422);
    assert_eq!(refused.problems(), ["category: unknown_choice"]);
    program.get(&format!("{place}?on=yesterday")).expect(422);
    program.get(&format!("{SUPPLIERS}/{NOBODY}/clearance")).expect(404);
}

#[test]
fn a_program_follows_a_merged_supplier_to_the_one_that_was_kept() {
    let app = TestApp::new();
    let program = app.program(Role::ProcurementOfficer);
    let (kept, gone) = (app.company("Kept", "DE").id, app.company("Gone", "DE").id);
    let input = MergeInput { kept: kept.clone(), gone: gone.clone(), ..Default::default() };
    app.db().write_now(move |c| merge(c, &command_line(), &input)).expect("a merge");
    let led = program.get(&format!("{SUPPLIERS}/{gone}/sites")).expect(308);
    assert_eq!(led.location.as_deref(), Some(format!("{SUPPLIERS}/{kept}/sites").as_str()));
    let contact = json!({ "name": "Li Wei" });
    program.post(&format!("{SUPPLIERS}/{gone}/contacts"), contact).expect(409);
}
