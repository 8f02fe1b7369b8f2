//! The right to sign: asked for by the one who signs, decided by somebody else.

use touchstone::access::Role;

use crate::authentications::record;
use crate::certified::today;
use crate::signed;
use crate::signing::{NOBODY, company};
use crate::support::{Person, TestApp};

fn status(app: &TestApp) -> String {
    app.text("SELECT status FROM signing_rights ORDER BY id DESC LIMIT 1")
}

/// Asks for the right as somebody of the company. The address of the request for staff.
fn ask(app: &TestApp, who: &Person, person: &str) -> String {
    let fields = [("person", person), ("basis", "Power of attorney of 1 March 2026")];
    who.post("/portal/signing-rights", &fields).expect(303);
    format!("/signing-rights/{}", app.text("SELECT max(id) FROM signing_rights"))
}

#[test]
fn the_right_is_asked_for_and_granted_by_somebody_else() {
    let app = TestApp::new();
    let company = app.company("Signing Works GmbH", "DE");
    signed::published(&app, "anti_bribery", today());
    let officer = app.staff(Role::ProcurementOfficer);
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    owner.get("/portal/clauses").expect(200).shows("Add the person who signs");
    let person = record(&app, &officer, &company.id, "legal_representative");
    let holder = record(&app, &officer, &company.id, "beneficial_owner");
    owner.get("/portal/clauses").expect(200).shows("Ask for the right to sign");
    for (fields, field) in [
        ([("person", person.as_str()), ("basis", " ")], "basis"),
        ([("person", NOBODY), ("basis", "x")], "person"),
        ([("person", holder.as_str()), ("basis", "x")], "person"),
    ] {
        assert!(owner.post("/portal/signing-rights", &fields).expect(422).blames(field));
    }
    let strange = [("person", person.as_str()), ("basis", "Typed once"), ("document", NOBODY)];
    owner.post("/portal/signing-rights", &strange).expect(422).shows("Typed once");
    let place = ask(&app, &owner, &person);
    owner.post("/portal/signing-rights", &[("person", &person), ("basis", "x")]).expect(409);
    owner.get("/portal/clauses").expect(200).shows("You have asked for the right to sign");
    officer.get("/home").expect(200).shows("Somebody asks for the right to sign");
    officer.get("/signing-rights?status=requested").expect(200).shows("Test supplier_owner");
    officer.get("/signing-rights?status=granted").expect(200).shows("None in this state");
    officer.get(&place).expect(200).shows("Not authenticated");
    assert!(officer.post(&format!("{place}/grant"), &[("basis", "")]).expect(422).blames("basis"));
    let basis = [("basis", "Power of attorney of 2 March 2026"), ("note", "Original seen")];
    officer.post(&format!("{place}/grant"), &basis).expect(303);
    officer.post(&format!("{place}/grant"), &basis).expect(409);
    let refusal = [("reason", "late")];
    officer.post(&format!("{place}/refusal"), &refusal).expect(409);
    assert_eq!(app.text("SELECT basis FROM signing_rights"), "Power of attorney of 2 March 2026");
    let letter = app.letters().pop().expect("a letter");
    assert_eq!(
        (letter.0.as_str(), letter.4.as_str()),
        ("signing_right_granted", "/portal/clauses")
    );
    // The right alone does not make somebody a signatory.
    owner.get("/portal/clauses").expect(200).shows("real name is not authenticated");
}

#[test]
fn a_request_is_declined_and_a_right_taken_back_with_a_reason_that_the_company_reads() {
    let app = TestApp::new();
    let (company, owner) = company(&app);
    let officer = app.staff(Role::Approver);
    let second = record(&app, &officer, &company.id, "signatory");
    let colleague = app.supplier_person(Role::SupplierMember, &company.id);
    let place = ask(&app, &colleague, &second);
    assert!(officer.post(&format!("{place}/refusal"), &[]).expect(422).blames("reason"));
    let reason = [("reason", "The power of attorney has run out")];
    officer.post(&format!("{place}/refusal"), &reason).expect(303);
    assert_eq!(status(&app), "declined");
    let letter = app.letters().pop().expect("a letter");
    assert!(letter.0 == "signing_right_declined" && letter.3.contains("has run out"));
    colleague.get("/portal/clauses").expect(200).shows("has run out");
    let granted = app.text("SELECT id FROM signing_rights WHERE status = 'granted'");
    let place = format!("/signing-rights/{granted}");
    officer.post(&format!("{place}/revocation"), &reason).expect(303);
    officer.post(&format!("{place}/revocation"), &reason).expect(409);
    owner.get("/portal/clauses").expect(200).shows("no right to sign");
    let asked = "SELECT count(*) FROM audit_records WHERE action LIKE 'signing_right.%'";
    assert_eq!(app.number(asked), 3);
}

#[test]
fn staff_give_the_right_to_people_of_the_company_whom_somebody_else_has_recorded() {
    let app = TestApp::new();
    let company = app.company("Signing Works GmbH", "DE");
    let officer = app.staff(Role::ProcurementOfficer);
    let approver = app.staff(Role::Approver);
    let person = record(&app, &officer, &company.id, "legal_representative");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let stranger = app.supplier();
    let place = format!("/suppliers/{}/signing-rights", company.id);
    approver.get(&format!("{place}/new")).expect(200).shows("Test supplier_owner");
    let fields = |account: &str| {
        [
            ("account", account.to_string()),
            ("person", person.clone()),
            ("basis", "Legal representative".to_string()),
        ]
    };
    let give = |who: &Person, account: &str| {
        let fields = fields(account);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        who.post(&place, &fields).status
    };
    assert_eq!(give(&approver, &stranger.account_id), 422);
    assert_eq!(give(&approver, NOBODY), 422);
    assert_eq!(give(&officer, &owner.account_id), 403);
    assert_eq!(app.number("SELECT count(*) FROM signing_rights"), 0);
    assert_eq!(give(&approver, &owner.account_id), 303);
    assert_eq!(give(&approver, &owner.account_id), 409);
    assert_eq!(status(&app), "granted");
    let elsewhere = app.staff_of(Role::Approver, "cn-six", "eastern");
    let right = app.text("SELECT id FROM signing_rights");
    elsewhere.get(&format!("/signing-rights/{right}")).expect(404);
    elsewhere.get("/signing-rights").expect(200).shows("No rights to sign yet");
    assert_eq!(give(&elsewhere, &owner.account_id), 404);
}
