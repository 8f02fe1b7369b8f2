//! Plans and draws that tests of inspections begin with.

use touchstone::access::Role;
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, SupplierInput};

use crate::inspected::checklist;
use crate::support::{Person, TestApp};

/// Provinces in different regions of the scheme `cn-six`.
pub const PROVINCES: [&str; 5] = ["310000", "110000", "440000", "420000", "210000"];

/// Enters so many introduced companies, in turn in the provinces.
pub fn companies(app: &TestApp, numbers: impl IntoIterator<Item = usize>) {
    let one = |number: usize| NewSupplier {
        company: SupplierInput { legal_name: format!("Company {number:04}"), ..Default::default() },
        place: PlaceInput {
            country: "CN".into(),
            province: PROVINCES[number % PROVINCES.len()].into(),
            ..Default::default()
        },
        stage: "active".into(),
        ..Default::default()
    };
    app.enter_all(numbers.into_iter().map(one).collect());
}

/// The fields of a plan, some of them replaced: a field that is named several times has several values.
pub fn fields<'a>(version: &'a str, changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("name", "Code of conduct, second half"),
        ("kind", "sampling"),
        ("checklist", version),
        ("period_from", "2026-07-01"),
        ("period_to", "2026-12-31"),
        ("scheme", "cn-six"),
        ("stage", "active"),
        ("effort_hours", "8"),
        ("method", "number"),
        ("level", "II"),
        ("aql", "4.0"),
        ("bad_percent", "5"),
        ("confidence_percent", "95"),
        ("percentage", "10"),
        ("number", "8"),
        ("minimum", "0"),
        ("certain", "on"),
        ("note", ""),
    ];
    let is_changed = |name: &str| changed.iter().any(|(other, _)| *other == name);
    let kept = usual.into_iter().filter(|(name, _)| !is_changed(name));
    kept.chain(changed.iter().copied()).collect()
}

/// Records a plan. Its id.
pub fn plan(app: &TestApp, officer: &Person, changed: &[(&str, &str)]) -> String {
    let have = app.number("SELECT count(*) FROM checklist_versions");
    let version = match have {
        0 => checklist(app, "conduct"),
        _ => app.text("SELECT id FROM checklist_versions LIMIT 1"),
    };
    let made = officer.post("/inspection-plans", &fields(&version, changed)).expect(303);
    made.location.and_then(|to| to.rsplit('/').next().map(str::to_string)).expect("a plan")
}

/// Promises a seed for a plan. The id of the draw.
pub fn committed(officer: &Person, plan: &str) -> String {
    let made = officer.post(&format!("/inspection-plans/{plan}/draw"), &[]).expect(303);
    made.location.and_then(|to| to.rsplit('/').next().map(str::to_string)).expect("a draw")
}

/// Promises, freezes and draws, by two people. The id of the draw.
pub fn drawn(app: &TestApp, plan: &str) -> String {
    let (first, second) = (app.staff(Role::ProcurementOfficer), app.staff(Role::Approver));
    let draw = committed(&first, plan);
    first.post(&format!("/draws/{draw}/freezing"), &[]).expect(303);
    second.post(&format!("/draws/{draw}/revealing"), &[("salt", "3,421.77")]).expect(303);
    draw
}

/// The file of a draw as staff download it.
pub fn file(person: &Person, draw: &str) -> String {
    person.get(&format!("/draws/{draw}/file.json")).expect(200).body()
}

pub fn number_of(app: &TestApp, chosen: &str) -> i64 {
    app.number(&format!("SELECT count(*) FROM draw_entries WHERE chosen = '{chosen}'"))
}

/// Says how much a company weighs.
pub fn rate(app: &TestApp, officer: &Person, code: &str, tier: &str) {
    let number: i64 = code.trim_start_matches("S-").parse().unwrap();
    let id = app.text(&format!("SELECT id FROM suppliers WHERE number = {number}"));
    let fields = [("tier", tier), ("reason", "Sees customers")];
    officer.post(&format!("/suppliers/{id}/risk-tier"), &fields).expect(303);
}
