//! A company's people look after themselves, and see nobody else.

use touchstone::access::Role;
use touchstone::onboarding::forwards;
use touchstone::onboarding::registration::Section;

use crate::invitations::{invite, link, take_up};
use crate::support::{Person, TestApp};

const COLLEAGUE: [(&str, &str); 4] = [
    ("name", "Zhao Lei"),
    ("email", "lei@example.com"),
    ("role", "supplier_member"),
    ("language", "en"),
];

/// A company that is registering, and its responsible person.
fn registering(app: &TestApp) -> (String, Person) {
    let company = app.company("Nordsee Beispiel GmbH", "DE");
    invite(&app.staff(Role::Approver), &company.id, "owner@example.com");
    take_up(app, &link(app, "supplier_invited"));
    let id = app.text("SELECT id FROM accounts WHERE email = 'owner@example.com'");
    (company.id, app.signed_in(&id, touchstone::access::Level::Full))
}

fn role(app: &TestApp, id: &str) -> String {
    app.text(&format!("SELECT role FROM accounts WHERE id = '{id}'"))
}

#[test]
fn an_owner_brings_in_colleagues_and_a_member_only_reads() {
    let app = TestApp::new();
    let (company, owner) = registering(&app);
    owner.post("/portal/people", &COLLEAGUE).expect(303).follow().expect(200).shows("Zhao Lei");
    assert!(owner.post("/portal/people", &[("role", "approver")]).expect(422).blames("role"));
    let member = take_up(&app, &link(&app, "colleague_invited"));
    let page = member.get("/portal/people").expect(200).shows("owner@example.com");
    assert!(!page.has("action=\"/portal/people"), "nothing to press");
    member.post("/portal/people", &COLLEAGUE).expect(403);
    let id = app.text("SELECT id FROM accounts WHERE email = 'lei@example.com'");
    assert_eq!(role(&app, &id), "supplier_member");
    member.post(&format!("/portal/people/{id}/role"), &[("role", "supplier_owner")]).expect(403);
    // Made responsible, they sign in anew with the new right.
    owner.post(&format!("/portal/people/{id}/role"), &[("role", "supplier_owner")]).expect(303);
    assert_eq!(member.get("/portal/people").status, 303);
    assert_eq!(role(&app, &id), "supplier_owner");
    let staff = format!("/portal/people/{id}/role");
    owner.post(&staff, &[("role", "administrator")]).expect(422);
    assert_eq!(app.text(&format!("SELECT supplier_id FROM accounts WHERE id = '{id}'")), company);
}

#[test]
fn the_last_owner_stays_and_whoever_is_taken_off_is_out_at_the_next_request() {
    let app = TestApp::new();
    let (company, owner) = registering(&app);
    let own = format!("/portal/people/{}", owner.account_id);
    owner.post(&format!("{own}/role"), &[("role", "supplier_member")]).expect(409);
    owner.post(&format!("{own}/removal"), &[]).expect(409);
    let member = app.supplier_person(Role::SupplierMember, &company);
    member.get("/portal/people").expect(200);
    owner.post(&format!("/portal/people/{}/removal", member.account_id), &[]).expect(303);
    assert_eq!(member.get("/portal/people").status, 303, "signed out");
    owner.post(&format!("/portal/people/{}/removal", member.account_id), &[]).expect(409);
    let second = app.supplier_person(Role::SupplierOwner, &company);
    owner.post(&format!("{own}/role"), &[("role", "supplier_member")]).expect(303);
    assert_eq!(role(&app, &second.account_id), "supplier_owner");
}

#[test]
fn nobody_reaches_the_people_of_another_company() {
    let app = TestApp::new();
    let (_, owner) = registering(&app);
    owner.post("/portal/people", &COLLEAGUE).expect(303);
    let id = app.text("SELECT id FROM invitations WHERE email = 'lei@example.com'");
    let stranger = app.supplier();
    assert!(!stranger.get("/portal/people").expect(200).has("owner@example.com"));
    for part in ["renewal", "revocation"] {
        stranger.post(&format!("/portal/people/invitations/{id}/{part}"), &[]).expect(404);
    }
    let path = format!("/portal/people/{}", owner.account_id);
    stranger.post(&format!("{path}/role"), &[("role", "supplier_member")]).expect(404);
    stranger.post(&format!("{path}/removal"), &[("supplier_id", "x")]).expect(404);
    let staff = format!("/portal/people/{}/removal", app.staff(Role::Approver).account_id);
    stranger.post(&staff, &[]).expect(404);
    owner.post(&format!("/portal/people/invitations/{id}/renewal"), &[]).expect(303);
    owner.post(&format!("/portal/people/invitations/{id}/revocation"), &[]).expect(303);
    app.anonymous().get(&link(&app, "colleague_invited")).expect(409);
}

#[test]
fn a_section_is_handed_on_to_somebody_without_an_account_and_to_somebody_with_one() {
    let app = TestApp::new();
    let (company, owner) = registering(&app);
    let path = "/portal/registration/bank/forwards";
    owner.get(path).expect(200).shows("Bank accounts");
    owner.get("/portal/registration/no-such/forwards").expect(404);
    let fields = [
        ("name", "Zhao Lei"),
        ("email", "lei@example.com"),
        ("note", "You know the IBAN"),
        ("form_key", "019a0000-0000-7000-8000-00000000000a"),
    ];
    owner.post(path, &fields).expect(303);
    owner.post(path, &fields).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM section_forwards"), 1);
    assert!(owner.post(path, &fields[..3]).expect(422).blames("email"), "handed on already");
    let member = take_up(&app, &link(&app, "section_forwarded"));
    let colleague = app.supplier_person(Role::SupplierMember, &company);
    let fields = [("colleague", colleague.account_id.as_str()), ("due_on", "")];
    member.post("/portal/registration/contacts/forwards", &fields).expect(303);
    assert_eq!(link(&app, "section_forwarded"), "/portal/registration/contacts");
    let stranger = app.supplier();
    let fields = [("colleague", stranger.account_id.as_str())];
    member.post("/portal/registration/company/forwards", &fields).expect(404);
    stranger.get(path).expect(404);

    // Whoever handed it on takes it back, or an owner; nobody of another company finds it.
    let id = app.text("SELECT id FROM section_forwards WHERE section = 'bank'");
    stranger.post(&format!("{path}/{id}/withdrawal"), &[]).expect(404);
    colleague.post(&format!("{path}/{id}/withdrawal"), &[]).expect(403);
    owner.post(&format!("{path}/{id}/withdrawal"), &[]).expect(303);
    owner.post(&format!("{path}/{id}/withdrawal"), &[]).expect(409);

    // Saved complete, what was handed on is done.
    let registration = app.text("SELECT id FROM registrations");
    let done = registration.clone();
    app.db().write_now(move |c| forwards::settle(c, &done, Section::Contacts)).expect("settled");
    let open = app.db().read_now(move |c| forwards::open_of(c, &registration)).expect("open");
    assert!(open.is_empty());
}

#[test]
fn what_was_handed_on_passes_to_whoever_takes_over() {
    let app = TestApp::new();
    let (company, owner) = registering(&app);
    let leaving = app.supplier_person(Role::SupplierMember, &company);
    let staying = app.supplier_person(Role::SupplierMember, &company);
    let path = "/portal/registration/bank/forwards";
    owner.post(path, &[("colleague", leaving.account_id.as_str())]).expect(303);
    let removal = format!("/portal/people/{}/removal", leaving.account_id);
    owner.post(&removal, &[("successor", leaving.account_id.as_str())]).expect(422);
    owner.post(&removal, &[("successor", staying.account_id.as_str())]).expect(303);
    let email = format!("{}@example.com", staying.account_id);
    assert_eq!(app.text("SELECT email FROM section_forwards"), email);
    let replaced = format!("SELECT replaced_by FROM accounts WHERE id = '{}'", leaving.account_id);
    assert_eq!(app.text(&replaced), staying.account_id);
    let letters = format!("SELECT count(*) FROM messages WHERE email = '{email}'");
    assert_eq!(app.number(&letters), 1);
    // Without anybody it goes back.
    let removal = format!("/portal/people/{}/removal", staying.account_id);
    owner.post(&removal, &[]).expect(303);
    let open = "SELECT count(*) FROM section_forwards WHERE withdrawn_at IS NULL";
    assert_eq!(app.number(open), 0);
}

#[test]
fn staff_replace_an_owner_and_make_two_accounts_of_one_person_one() {
    let app = TestApp::new();
    let (company, owner) = registering(&app);
    let staff = app.staff(Role::ProcurementOfficer);
    let portal = format!("/suppliers/{company}/portal");
    let double = app.supplier_person(Role::SupplierMember, &company);
    let merges = format!("{portal}/merges");
    let one = owner.account_id.as_str();
    let same = [("kept", one), ("gone", one), ("merge_reason", "x")];
    assert!(staff.post(&merges, &same).expect(422).blames("gone"));
    let foreign = app.supplier();
    let other = [("kept", one), ("gone", foreign.account_id.as_str()), ("merge_reason", "x")];
    staff.post(&merges, &other).expect(404);
    // The one that stays was a colleague only: it takes over what the other one could do.
    let both = [
        ("kept", double.account_id.as_str()),
        ("gone", one),
        ("merge_reason", "Married, new address"),
    ];
    staff.post(&merges, &both).expect(303);
    assert_eq!(owner.get("/portal/people").status, 303, "its sessions end");
    assert_eq!(role(&app, &double.account_id), "supplier_owner");
    staff.get(&portal).expect(200).shows("taken over by");

    let closures = format!("{portal}/closures");
    let id = double.account_id.as_str();
    assert!(staff.post(&closures, &[("account", id)]).expect(422).blames("reason"));
    let fields = [("account", id), ("reason", "Left the company")];
    staff.post(&closures, &fields).expect(303);
    assert_eq!(app.again(&double).get("/portal/people").status, 303);
    let open = "SELECT count(*) FROM accounts WHERE role = 'supplier_owner' \
                AND disabled_at IS NULL AND email <> ''";
    assert_eq!(app.number(open), 1, "only the other company's");
    let eastern = app.staff_of(Role::Approver, "cn-six", "eastern");
    eastern.post(&closures, &fields).expect(404);
    eastern.post(&merges, &both).expect(404);
    invite(&staff, &company, "new@example.com");
    take_up(&app, &link(&app, "supplier_invited"));
}
