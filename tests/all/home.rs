//! What waits for somebody is what they can do, and goes when it is done.

use touchstone::access::Role;

use crate::support::TestApp;

#[test]
fn what_waits_is_shown_to_who_may_do_it_and_goes_when_done() {
    let app = TestApp::new();
    let company = app.company("Waiting Works GmbH", "DE");
    let officer = app.staff(Role::ProcurementOfficer);
    let identifier = [
        ("kind", "uscc"),
        // The check digit is wrong: recorded on evidence.
        ("value", "91310000MA1FL1LW0X"),
        ("evidence", "Licence copy of 2015"),
    ];
    officer.post(&format!("/suppliers/{}/identifiers", company.id), &identifier).expect(303);
    let approver = app.staff(Role::Approver);
    let home = approver.get("/home").expect(200).shows("Waiting Works GmbH").shows("since today");
    assert!(home.links().contains(&format!("/suppliers/{}", company.id)));
    // Nobody is asked to confirm what they recorded, or what they may not.
    for role in [Role::Inspector, Role::Auditor] {
        app.staff(role).get("/home").expect(200).shows("Nothing waits for you");
    }
    officer.get("/home").expect(200).shows("Nothing waits for you");
    let elsewhere = app.staff_of(Role::Approver, "cn-six", "eastern");
    assert!(!elsewhere.get("/home").expect(200).has("Waiting Works"));
    let id = app.text("SELECT id FROM identifiers");
    let confirm = format!("/suppliers/{}/identifiers/{id}/confirmation", company.id);
    approver.post(&confirm, &[]).expect(303);
    approver.get("/home").expect(200).shows("Nothing waits for you");
}

#[test]
fn a_queue_is_one_line_with_its_number_and_the_age_of_its_oldest() {
    let app = TestApp::alone();
    let officer = app.staff(Role::ProcurementOfficer);
    for name in ["First Unclear Ltd", "Second Unclear Ltd"] {
        let form = [("legal_name", name), ("address", "Warehouse 3, Keji Road"), ("country", "CN")];
        officer.post("/suppliers", &form).expect(303);
    }
    app.advance_clock(9 * 24 * 3600);
    let officer = app.again(&officer);
    let home = officer.get("/home").expect(200).shows("Addresses to settle (2)").shows("9 days");
    assert!(home.links().contains(&"/addresses".to_string()));
    officer.get("/home?kind=addresses").expect(200).shows("Addresses to settle (2)");
    // A kind that is none narrows nothing.
    officer.get("/home?kind=%3Cscript%3E").expect(200).shows("Addresses to settle (2)");
}

#[test]
fn a_pair_waits_for_those_who_see_both_of_its_companies() {
    let app = TestApp::new();
    let (inside, outside) = (app.company("Inside GmbH", "DE"), app.company("Outside Ltd", "GB"));
    let pair = |id: &str, first: &str, second: &str| {
        app.tamper(&format!(
            "INSERT INTO duplicate_pairs (id, first_id, second_id, score, reasons, status, found_at,
            decided_name, decision_reason) VALUES ('{id}', '{first}', '{second}', 900, '[]',
            'waiting', '2026-01-01 00:00:00', '', '')"
        ))
        .expect("a pair");
    };
    // Whichever of the two is outside.
    pair("1", &inside.id, &outside.id);
    app.staff(Role::Approver).get("/home").expect(200).shows("Possible duplicates (1)");
    for scope in ["155", "154"] {
        let limited = app.staff_of(Role::Approver, "m49", scope);
        assert!(!limited.get("/home").expect(200).has("Possible duplicates"), "{scope}");
    }
}
