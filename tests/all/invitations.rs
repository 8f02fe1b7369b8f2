//! A company is invited, and its link leads in once, whoever sits at the browser.

use touchstone::access::Role;
use touchstone::values::new_id;

use crate::support::{Person, TestApp, vault};

const PASSWORD: &str = "four unrelated words";

/// The path in the newest letter of a kind.
pub fn link(app: &TestApp, kind: &str) -> String {
    let newest = |what: &str| {
        app.text(&format!(
            "SELECT {what} FROM messages WHERE kind = '{kind}' ORDER BY id DESC LIMIT 1"
        ))
    };
    vault().open(&newest("link_sealed"), &newest("id")).expect("a link")
}

/// Takes an invitation up.
pub fn take_up(app: &TestApp, path: &str) -> Person {
    let guest = app.anonymous();
    let reply = guest.post(path, &[("password", PASSWORD), ("again", PASSWORD)]).expect(303);
    assert_eq!(reply.location.as_deref(), Some("/portal/registration"));
    guest
}

pub fn invite(staff: &Person, supplier: &str, email: &str) {
    let fields = [("name", "Wang Fang"), ("email", email), ("language", "en")];
    staff.post(&format!("/suppliers/{supplier}/invitations"), &fields).expect(303);
}

fn stage(app: &TestApp, id: &str) -> String {
    app.text(&format!("SELECT stage FROM suppliers WHERE id = '{id}'"))
}

#[test]
fn an_invited_company_gets_a_letter_a_registration_and_a_link_that_works_once() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let company = app.company("Nordsee Beispiel GmbH", "DE");
    let contact = [("name", "Wang Fang"), ("email", "fang@example.com")];
    staff.post(&format!("/suppliers/{}/contacts", company.id), &contact).expect(303);
    let page = format!("/suppliers/{}/invitation/new", company.id);
    staff.get(&page).expect(200).shows("fang@example.com").shows("Wang Fang");
    let fields = [
        ("name", "Wang Fang"),
        ("email", "Fang@example.com"),
        ("language", "en"),
        ("note", "We met <in> Hannover."),
        // Not of this form.
        ("role", "administrator"),
        ("supplier_id", "x"),
        ("form_key", "019a0000-0000-7000-8000-00000000000a"),
    ];
    let post = format!("/suppliers/{}/invitations", company.id);
    staff.post(&post, &fields).expect(303).follow().expect(200).shows("Waiting");
    staff.post(&post, &fields).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM invitations"), 1, "sent twice, invited once");
    assert_eq!(app.number("SELECT count(*) FROM messages"), 1);
    assert_eq!(app.number("SELECT count(*) FROM registrations WHERE status = 'open'"), 1);
    assert_eq!(app.number("SELECT count(*) FROM registration_sections"), 8);
    assert_eq!(stage(&app, &company.id), "invited");
    let letter = app.text("SELECT body_text FROM messages");
    assert!(letter.contains("We met <in> Hannover.") && letter.contains("{link}"), "{letter}");
    let path = link(&app, "supplier_invited");
    assert!(
        !letter.contains(&path) && !app.text("SELECT token_hash FROM invitations").contains(&path)
    );

    app.anonymous().get(&path).expect(200).shows("Nordsee Beispiel GmbH");
    let owner = take_up(&app, &path);
    assert_eq!(stage(&app, &company.id), "registering");
    assert_eq!(
        app.text("SELECT role FROM accounts WHERE email = 'fang@example.com'"),
        "supplier_owner"
    );
    assert_eq!(
        app.text("SELECT supplier_id FROM accounts WHERE email = 'fang@example.com'"),
        company.id
    );
    let again = app.anonymous();
    again.get(&path).expect(409).shows("used already");
    again.post(&path, &[("password", PASSWORD), ("again", PASSWORD)]).expect(409);
    // Whoever it was for is led on, however often they open it.
    assert_eq!(owner.get(&path).expect(303).location.as_deref(), Some("/portal/registration"));
    staff.get(&format!("/suppliers/{}/portal", company.id)).expect(200).shows("Taken up");
}

#[test]
fn sent_again_only_the_newest_link_works_and_revoked_or_run_out_none() {
    let app = TestApp::alone();
    let staff = app.staff(Role::Approver);
    let company = app.company("Nordsee Beispiel GmbH", "DE");
    invite(&staff, &company.id, "a@example.com");
    let first = link(&app, "supplier_invited");
    let id = app.text("SELECT id FROM invitations");
    let path = format!("/suppliers/{}/invitations/{id}", company.id);
    staff.post(&format!("{path}/renewal"), &[]).expect(303);
    let second = link(&app, "supplier_invited");
    assert_ne!(first, second);
    app.anonymous().get(&first).expect(409);
    app.anonymous().get(&second).expect(200);
    app.advance_clock(15 * 24 * 3600);
    app.anonymous().get(&second).expect(409).shows("run out");
    let staff = app.again(&staff);
    staff.get(&format!("/suppliers/{}/portal", company.id)).expect(200).shows("Run out");
    staff.post(&format!("{path}/renewal"), &[]).expect(303);
    let third = link(&app, "supplier_invited");
    app.anonymous().get(&third).expect(200);
    staff.post(&format!("{path}/revocation"), &[]).expect(303);
    app.anonymous().get(&third).expect(409).shows("withdrawn");
    staff.post(&format!("{path}/revocation"), &[]).expect(409);
    staff.post(&format!("{path}/renewal"), &[]).expect(409);
    let records = "SELECT count(*) FROM audit_records WHERE action LIKE 'access.invit%'";
    assert_eq!(app.number(records), 4);
}

#[test]
fn a_link_is_not_lost_when_somebody_else_is_signed_in() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let company = app.company("Nordsee Beispiel GmbH", "DE");
    invite(&staff, &company.id, "a@example.com");
    let path = link(&app, "supplier_invited");
    let page = staff.get(&path).expect(200).shows("You are signed in as");
    assert!(page.has(&format!("name=\"next\" value=\"{path}\"")) && !page.has("name=\"password\""));
    let reply = staff.post("/sign-out", &[("next", &path)]).expect(303);
    assert_eq!(reply.location.as_deref(), Some(path.as_str()));
    staff.get(&path).expect(200).shows("name=\"password\"");
    // Nowhere outside.
    let other = app.staff(Role::Inspector);
    let reply = other.post("/sign-out", &[("next", "//evil.example")]).expect(303);
    assert_eq!(reply.location.as_deref(), Some("/"));
    // The address has an account by now.
    take_up(&app, &path);
    let used = app.anonymous();
    used.get(&path).expect(409).shows("sign in");
}

#[test]
fn an_address_in_use_elsewhere_is_refused_with_a_way_out() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let (one, two) = (app.company("Eins GmbH", "DE"), app.company("Zwei GmbH", "DE"));
    invite(&staff, &one.id, "a@example.com");
    let post = |id: &str, email: &str| {
        let fields = [("name", "W"), ("email", email), ("language", "en")];
        staff.post(&format!("/suppliers/{id}/invitations"), &fields).expect(422)
    };
    // Invited there, then with an account there.
    assert!(post(&two.id, "a@example.com").shows("outside this company").blames("email"));
    take_up(&app, &link(&app, "supplier_invited"));
    post(&two.id, "a@example.com").shows("outside this company");
    post(&one.id, "a@example.com").shows("can sign in");
    let officer = format!("{}@example.com", staff.account_id);
    post(&two.id, &officer).shows("outside this company");
    assert_eq!(stage(&app, &two.id), "candidate");
    assert_eq!(app.number("SELECT count(*) FROM registrations"), 1);
    let bad = [("name", ""), ("email", "no"), ("language", "fr"), ("due_on", "1999-01-01")];
    let reply = staff.post(&format!("/suppliers/{}/invitations", two.id), &bad).expect(422);
    for field in ["name", "email", "language", "due_on"] {
        assert!(reply.blames(field), "{field}");
    }
}

#[test]
fn foreign_companies_and_invitations_are_not_found() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let (here, there) = (app.company("上海样例有限公司", "310000"), app.company("Eins GmbH", "DE"));
    invite(&staff, &there.id, "a@example.com");
    let id = app.text("SELECT id FROM invitations");
    for part in ["renewal", "revocation"] {
        staff.post(&format!("/suppliers/{}/invitations/{id}/{part}", here.id), &[]).expect(404);
        let random = format!("/suppliers/{}/invitations/{}/{part}", here.id, new_id());
        staff.post(&random, &[]).expect(404);
    }
    let eastern = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    eastern.get(&format!("/suppliers/{}/portal", here.id)).expect(200);
    for part in ["portal", "invitation/new"] {
        eastern.get(&format!("/suppliers/{}/{part}", there.id)).expect(404);
    }
    let fields = [("name", "W"), ("email", "b@example.com"), ("language", "en")];
    eastern.post(&format!("/suppliers/{}/invitations", there.id), &fields).expect(404);
    eastern.post(&format!("/suppliers/{}/invitations/{id}/renewal", there.id), &[]).expect(404);
    eastern
        .get(&format!("/registrations/{}", app.text("SELECT id FROM registrations")))
        .expect(404);
    assert!(!eastern.get("/registrations?status=open").expect(200).has("Eins GmbH"));
    staff.get("/registrations?status=open").expect(200).shows("Eins GmbH");
}

#[test]
fn a_company_that_has_gone_is_not_invited() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let company = app.company("Eins GmbH", "DE");
    let declined = [("stage", "declined"), ("reason", "no capacity")];
    staff.post(&format!("/suppliers/{}/stage", company.id), &declined).expect(303);
    let fields = [("name", "W"), ("email", "b@example.com"), ("language", "en")];
    staff.post(&format!("/suppliers/{}/invitations", company.id), &fields).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM messages"), 0);
}
