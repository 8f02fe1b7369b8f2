//! Draws are drawn again by anybody, and what does not fit is named.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::{Value, json};
use touchstone::access::Role;
use touchstone::inspections::draws::sample::{Line, draw as draw_again, sample};
use touchstone::inspections::draws::{list, verify::verify};

use crate::planned::{committed, companies, drawn, file, number_of, plan, rate};
use crate::support::{TempDir, TestApp};

#[test]
fn eighty_of_791_are_drawn_and_the_program_reproduces_them_in_an_empty_folder() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    companies(&app, 0..791);
    let id = plan(&app, &officer, &[("method", "iso2859"), ("minimum", "2")]);
    let draw = drawn(&app, &id);
    assert_eq!(number_of(&app, "drawn"), 80);
    let folder = TempDir::new();
    fs::write(folder.path().join("draw.json"), file(&officer, &draw)).unwrap();
    let run = |name: &str| {
        let done = Command::new(env!("CARGO_BIN_EXE_touchstone"))
            .env_clear()
            .current_dir(folder.path())
            .args(["verify", "draw", name])
            .output()
            .unwrap();
        let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
        (done.status.success(), said)
    };
    let (is_right, said) = run("draw.json");
    assert!(is_right && said.contains("80 of 791 drawn; reproduced"), "{said}");
    let altered = fs::read_to_string(folder.path().join("draw.json")).unwrap();
    let altered =
        altered.replacen("\"rank\":1,\"chosen\":\"drawn\"", "\"rank\":1,\"chosen\":\"\"", 1);
    fs::write(folder.path().join("altered.json"), altered).unwrap();
    let (is_right, said) = run("altered.json");
    assert!(
        !is_right && said.contains("NOT REPRODUCED: S-000") && said.contains(": chosen"),
        "{said}"
    );
    assert!(!run("nothing.json").0);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing was made");
    // A page of 50 at a time, each with the reason.
    let at = format!("/draws/{draw}/roster");
    let page = officer.get(&at).expect(200);
    assert_eq!(page.body().matches("/entries/").count(), 50);
    assert!(page.has("only the first") && page.links().iter().any(|to| to.contains("after=")));
    let chosen = officer.get(&format!("{at}?show=chosen")).expect(200);
    assert!(chosen.has("are in") && !chosen.has("only the first"));
    let one = officer.get(&format!("{at}?q=S-000123")).expect(200);
    assert_eq!(one.body().matches("/entries/").count(), 1);
    officer.get(&format!("{at}?q=nobody")).expect(200).shows("Nobody matches");
}

#[test]
fn a_file_with_any_field_changed_names_it() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    companies(&app, 0..40);
    rate(&app, &officer, "S-000002", "high");
    let id = plan(&app, &officer, &[("minimum", "1")]);
    let draw = drawn(&app, &id);
    let gone =
        app.text("SELECT id FROM draw_entries WHERE chosen = 'drawn' ORDER BY number LIMIT 1");
    let fields = [("reason", "Closed for rebuilding")];
    officer.post(&format!("/draws/{draw}/entries/{gone}/replacement"), &fields).expect(303);
    let text = file(&officer, &draw);
    let report = verify(&text).unwrap();
    assert_eq!((report.chosen, report.replacements), (8, 1));
    let whole: Value = serde_json::from_str(&text).unwrap();
    let flipped = |change: &dyn Fn(&mut Value)| {
        let mut altered = whole.clone();
        change(&mut altered);
        verify(&altered.to_string()).expect_err("a flaw").place
    };
    let head = |field: &str, value: Value| flipped(&|file| file["draw"][field] = value.clone());
    assert_eq!(head("format", json!("other")), "format");
    assert_eq!(head("commitment", json!("00")), "seed");
    assert_eq!(head("seed", json!("other")), "seed");
    assert!(head("salt", json!("other")).ends_with(": key"));
    assert_eq!(head("roster_hash", json!("00")), "roster_hash");
    assert_eq!(head("roster_size", json!(41)), "roster_size");
    assert_eq!(head("sample_size", json!(9)), "sample_size");
    assert_eq!(head("strata", json!([])), "strata");
    assert_eq!(head("extra", json!(1)), "file");
    let sampling = |field: &str, value: Value| {
        flipped(&|file| file["draw"]["sampling"][field] = value.clone())
    };
    assert_eq!(sampling("number", json!(9)), "sample_size");
    assert_eq!(sampling("minimum", json!(50)), "sampling");
    assert!(sampling("certain", json!(false)).ends_with(": certain"));
    assert_eq!(sampling("method", json!("by_hand")), "sampling");
    for field in ["size", "certain", "weight", "drawn"] {
        let place = flipped(&|file| file["draw"]["strata"][0][field] = json!(77));
        assert!(place.starts_with("stratum ") && place.ends_with(field), "{place}");
    }
    let place = flipped(&|file| file["draw"]["strata"][0]["key"] = json!("x"));
    assert!(place.ends_with(": key"), "{place}");
    let at = |what: &str| {
        let all = whole["roster"].as_array().unwrap();
        all.iter().position(|one| one["chosen"] == what).expect(what)
    };
    let entry = |index: usize, field: &str, value: Value| {
        flipped(&|file| file["roster"][index][field] = value.clone())
    };
    let name = |index: usize| whole["roster"][index]["id"].as_str().unwrap().to_string();
    for (what, field, value) in [
        ("drawn", "id", json!("S-999")),
        ("drawn", "weight", json!(3)),
        ("drawn", "certain", json!("odd")),
        ("drawn", "certain", json!("high_tier")),
        ("certain", "certain", json!("")),
        ("drawn", "key", json!("0.5")),
        ("drawn", "rank", json!(40)),
        ("drawn", "chosen", json!("")),
        ("drawn", "chosen", json!("odd")),
        ("", "chosen", json!("drawn")),
        ("replaced", "chosen", json!("drawn")),
        ("replacement", "replaces", Value::Null),
        ("replacement", "replaces", json!("S-999999")),
        ("replacement", "reason", json!("")),
        ("drawn", "reason", json!("Because")),
        ("certain", "chosen", json!("drawn")),
    ] {
        let index = at(what);
        let place = entry(index, field, value.clone());
        let named = [name(index), value.as_str().unwrap_or_default().to_string()];
        // Whoever was replaced is found out by whoever took the place.
        let is_named = named.iter().any(|name| place == format!("{name}: {field}"))
            || what == "replaced" && (place.ends_with(": replaces") || place.ends_with(": reason"));
        assert!(is_named, "{what} {field} {value}: {place}");
    }
    assert_eq!(entry(at("drawn"), "stratum", json!("medium|eastern|x")), "roster_hash");
    assert!(entry(at("drawn"), "stratum", json!("x")).ends_with(": stratum"));
    // Another one in the place than the next by rank.
    let place = flipped(&|file| {
        let taken = at("replacement");
        let stratum = file["roster"][taken]["stratum"].clone();
        let other = file["roster"]
            .as_array()
            .unwrap()
            .iter()
            .position(|one| one["stratum"] == stratum && one["chosen"] == "");
        let other = other.expect("another");
        for field in ["chosen", "replaces", "reason"] {
            let (mine, theirs) =
                (file["roster"][taken][field].clone(), file["roster"][other][field].clone());
            file["roster"][taken][field] = theirs;
            file["roster"][other][field] = mine;
        }
    });
    assert!(place.starts_with("stratum ") && place.ends_with(": replaces"), "{place}");
    assert_eq!(verify("[]").unwrap_err().place, "file");
}

#[test]
fn the_database_refuses_to_change_what_was_promised_and_drawn() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    companies(&app, 0..20);
    committed(&officer, &plan(&app, &officer, &[]));
    for change in [
        "UPDATE draws SET commitment = 'x'",
        "UPDATE draws SET committed_by = 'x'",
        "DELETE FROM draws",
    ] {
        assert!(app.tamper(change).is_err(), "{change}");
    }
    drawn(&app, &plan(&app, &officer, &[]));
    let later = "WHERE revealed_at IS NOT NULL";
    for change in ["seed = 'x'", "salt = 'x'", "roster_hash = 'x'", "sample_size = 1"] {
        assert!(app.tamper(&format!("UPDATE draws SET {change} {later}")).is_err(), "{change}");
    }
}

#[test]
fn the_same_companies_are_drawn_in_whatever_order_they_were_entered() {
    let orders: [Vec<usize>; 2] = [(0..50).collect(), (0..50).rev().collect()];
    let chosen = orders.map(|order| {
        let app = TestApp::new();
        let officer = app.staff(Role::ProcurementOfficer);
        companies(&app, order);
        // The numbers that the other order gave them.
        app.tamper("UPDATE suppliers SET number = -number").unwrap();
        let number = "CAST(substr(legal_name, 9) AS INTEGER) + 1";
        app.tamper(&format!("UPDATE suppliers SET number = {number}")).unwrap();
        let draw = drawn(&app, &plan(&app, &officer, &[]));
        // The seed is another one in each register: drawn again with one and the same.
        let mut file: Value = serde_json::from_str(&file(&officer, &draw)).unwrap();
        let lines: Vec<Line> = app
            .db()
            .read_now(move |c| list::all(c, &draw))
            .unwrap()
            .iter()
            .map(|entry| entry.line())
            .collect();
        let sampling = serde_json::from_value(file["draw"]["sampling"].take()).unwrap();
        let sample = sample(&lines, &sampling).unwrap();
        let drawn = draw_again(&lines, &sample, "seed", "salt");
        let pairs = lines.iter().zip(&drawn).filter(|(_, one)| one.chosen.is_in());
        let ids: BTreeSet<String> = pairs.map(|(line, _)| line.id.clone()).collect();
        (ids, file["draw"]["roster_hash"].clone())
    });
    assert_eq!(chosen[0].0.len(), 8);
    assert_eq!(chosen[0], chosen[1]);
}

#[test]
fn ten_thousand_companies_are_written_down_and_drawn_from() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    companies(&app, 0..1);
    app.tamper(
        "INSERT INTO suppliers (id, number, legal_name, english_name, name_key, sort_key, search_text, \
         stage, area, city, registered_site_id, industry, website, note, revision, created_at, updated_at) \
         WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) \
         SELECT 'company-' || n.i, n.i, 'Company ' || n.i, '', 'company' || n.i, 'company' || n.i, '', \
         s.stage, CASE n.i % 3 WHEN 0 THEN '310000' WHEN 1 THEN '110000' ELSE 'DE' END, '', \
         s.registered_site_id, '', '', '', 1, s.created_at, s.updated_at \
         FROM n, suppliers s WHERE s.number = 1",
    )
    .unwrap();
    let draw = drawn(&app, &plan(&app, &officer, &[("method", "iso2859"), ("minimum", "2")]));
    let report = verify(&file(&officer, &draw)).unwrap();
    // Of 10,000 at level II: letter L, 200 companies.
    assert_eq!((report.roster, report.chosen, report.strata), (10_000, 200, 3));
    assert_eq!(app.number("SELECT count(*) FROM inspections"), 200);
    let page = officer.get(&format!("/draws/{draw}/roster?q=S-010000")).expect(200);
    assert_eq!(page.body().matches("/entries/").count(), 1);
}
