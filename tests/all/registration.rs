//! A company registers itself: what it wrote is never lost, asked twice, or shown to another.

use touchstone::access::{Actor, Role};
use touchstone::onboarding::registration::layout::{self, Kind, Part};
use touchstone::onboarding::registration::{self, Purpose, Registration, Section};
use touchstone::suppliers::Supplier;
use touchstone::texts::Language;

use crate::person::Reply;
use crate::support::{Person, TestApp, vault};

pub type Fields<'a> = Vec<(&'a str, &'a str)>;

pub const PHONE: &str = "+49 30 1234 4417";
pub const IBAN: &str = "DE89 3704 0044 0532 0130 00";

/// A company that was invited, and its owner.
pub fn begun(app: &TestApp) -> (Supplier, Person) {
    let company = app.company("Werk Beispiel GmbH", "DE");
    let stage = format!("UPDATE suppliers SET stage = 'registering' WHERE id = '{}'", company.id);
    app.tamper(&stage).unwrap();
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let id = company.id.clone();
    app.db()
        .write_now(move |c| {
            registration::start(
                c,
                &Actor::command_line(),
                &vault(),
                &id,
                Purpose::Introduction,
                None,
            )
        })
        .expect("a registration");
    (company, owner)
}

pub fn latest(app: &TestApp, company: &Supplier) -> Registration {
    let id = company.id.clone();
    app.db().read_now(move |c| registration::latest(c, &id)).unwrap().expect("a registration")
}

pub fn path(section: &str) -> String {
    format!("/portal/registration/{section}")
}

/// Sends a section's page as the person opened it, with these fields and this button.
#[track_caller]
pub fn send<'p>(
    person: &'p Person,
    section: &str,
    fields: &[(&str, &str)],
    button: &str,
) -> Reply<'p> {
    let page = person.get(&path(section)).expect(200);
    let revision = page.hidden("revision").expect("a revision");
    let mut all = vec![("revision", revision.as_str()), ("do", button)];
    all.extend(fields);
    person.post(&path(section), &all)
}

/// Answers that follow every rule.
pub fn answers<'a>(section: Section, category: &'a str) -> Fields<'a> {
    match section {
        Section::Company => vec![
            ("legal_name", "Werk Beispiel GmbH"),
            ("website", "https://werk.example"),
            ("eu_vat", "DE123456789"),
        ],
        Section::Addresses => vec![
            ("registered_country", "DE"),
            ("registered_address", "Musterstrasse 1, 10115 Berlin"),
            ("sites-0-kind", "plant"),
            ("sites-0-country", "CN"),
            ("sites-0-address", "Somewhere without a province"),
        ],
        Section::Contacts => vec![
            ("contacts-0-name", "Ana Muster"),
            ("contacts-0-email", "ana@example.com"),
            ("contacts-0-phone", PHONE),
        ],
        Section::Ownership => vec![
            ("people-0-role", "legal_representative"),
            ("people-0-name", "Ana Muster"),
            ("people-0-country", "DE"),
            ("people-0-paper", "passport"),
            ("people-0-number", "C01X00T478"),
        ],
        Section::Bank => vec![
            ("accounts-0-holder", "Werk Beispiel GmbH"),
            ("accounts-0-bank", "Beispielbank"),
            ("accounts-0-country", "DE"),
            ("accounts-0-currency", "EUR"),
            ("accounts-0-number", IBAN),
        ],
        Section::Categories => vec![("categories", category)],
        Section::Documents => vec![("handed_in", "yes")],
        Section::Conflicts => vec![("has_conflicts", "no"), ("has_related", "no")],
    }
}

/// A category, by its id.
pub fn category(app: &TestApp) -> String {
    let buyer = app.staff(Role::ProcurementOfficer);
    buyer.post("/categories", &[("code", "steel"), ("name_en", "Steel")]).expect(303);
    app.text("SELECT max(id) FROM categories")
}

/// Completes every section.
#[track_caller]
pub fn complete(person: &Person, category: &str) {
    for section in Section::ALL {
        send(person, section.as_str(), &answers(*section, category), "continue").expect(303);
    }
}

#[track_caller]
pub fn hand_in(person: &Person) {
    person.post("/portal/registration/submission", &[("declared", "on")]).expect(303);
}

#[test]
fn each_section_says_at_the_field_what_breaks_its_rules() {
    let app = TestApp::new();
    let (_, owner) = begun(&app);
    let cases: &[(&str, Fields, &str)] = &[
        ("company", vec![("legal_name", "")], "legal_name"),
        ("company", vec![("legal_name", "A"), ("website", "werk")], "website"),
        ("company", vec![("legal_name", "A"), ("uscc", "91320594MA1T5UFN6X")], "uscc"),
        ("company", vec![("legal_name", "A"), ("lei", "123")], "lei"),
        ("addresses", vec![("registered_country", "DE")], "registered_address"),
        (
            "addresses",
            vec![
                ("registered_country", "DE"),
                ("registered_address", "Berlin"),
                ("registered_province", "320000"),
            ],
            "registered_province",
        ),
        ("addresses", vec![("sites-0-kind", "castle")], "sites-0-kind"),
        ("contacts", vec![("contacts-0-name", "Ana")], "contacts-0-email"),
        (
            "contacts",
            vec![("contacts-3-name", "Ana"), ("contacts-3-email", "a@")],
            "contacts-0-email",
        ),
        ("ownership", vec![], "people-0-role"),
        ("ownership", vec![("parent_share", "50")], "parent_name"),
        ("bank", vec![], "accounts-0-holder"),
        (
            "bank",
            vec![
                ("accounts-0-number", "DE89 3704 0044 0532 0130 01"),
                ("accounts-0-country", "DE"),
            ],
            "accounts-0-number",
        ),
        ("categories", vec![("categories", "no-such-category")], "categories"),
        ("documents", vec![("handed_in", "no")], "missing"),
        ("conflicts", vec![("has_conflicts", "yes"), ("has_related", "no")], "details"),
        ("conflicts", vec![("has_conflicts", "no"), ("has_related", "yes")], "parties-0-name"),
    ];
    for (section, fields, field) in cases {
        let reply = send(&owner, section, fields, "continue").expect(422);
        // A section without rows shows the fields of the first one only where one is expected.
        let says = reply.blames(field) || reply.has("data-summary");
        assert!(says, "{section} {fields:?} blames nothing");
        assert!(reply.blames(field) || *field == "parties-0-name", "{section}: {field}");
    }
    assert_eq!(app.number("SELECT count(*) FROM registration_sections WHERE complete"), 0);
}

#[test]
fn a_registration_is_written_over_several_visits_and_a_draft_may_break_rules() {
    let app = TestApp::new();
    let (_, owner) = begun(&app);
    owner
        .get("/portal/registration")
        .expect(200)
        .shows("0 of 8 sections complete")
        .shows("Not started");
    let company = owner.get(&path("company")).expect(200);
    assert_eq!(
        company.hidden("legal_name").as_deref(),
        Some("Werk Beispiel GmbH"),
        "known already"
    );
    let fields =
        [("contacts-0-name", "Ana"), ("contacts-0-email", "not an address"), ("stage", "active")];
    send(&owner, "contacts", &fields, "later").expect(303).follow().shows("In progress");
    let again = app.again(&owner);
    again.get(&path("contacts")).expect(200).shows("not an address");
    // One more row, and one less.
    let added = send(&again, "contacts", &fields, "add:contacts").expect(303).location.unwrap();
    let more = again.get(added.split('#').next().unwrap()).expect(200);
    assert!(more.shows("contacts-1-name").has("Contact 2"));
    send(&again, "contacts", &fields, "remove:contacts-0").expect(303).follow();
    assert!(!again.get(&path("contacts")).has("not an address"));
    // What is refused is kept as well.
    send(&again, "contacts", &fields, "continue").expect(422).shows("not an address");
    owner.get(&path("contacts")).shows("not an address");
    send(&owner, "contacts", &answers(Section::Contacts, ""), "continue").expect(303);
    owner.get("/portal/registration").shows("1 of 8 sections complete");
    // A number that was given once is neither shown nor asked again.
    let page = owner.get(&path("contacts")).shows("•••• 4417");
    assert!(!page.has("1234 4417"));
    let row = page.hidden("contacts-0-row").unwrap();
    let fields = [
        ("contacts-0-row", row.as_str()),
        ("contacts-0-name", "Ana M."),
        ("contacts-0-email", "a@example.com"),
    ];
    send(&owner, "contacts", &fields, "continue").expect(303);
    owner.get(&path("contacts")).shows("•••• 4417").shows("Ana M.");
}

#[test]
fn what_was_typed_when_the_session_ran_out_is_there_after_signing_in() {
    let app = TestApp::alone();
    let (company, owner) = begun(&app);
    let fields = answers(Section::Contacts, "");
    let revision = owner.get(&path("contacts")).hidden("revision").unwrap();
    app.advance_clock(2 * 60 * 60);
    let mut all = vec![("revision", revision.as_str()), ("do", "continue")];
    all.extend(fields);
    let reply = owner.post(&path("contacts"), &all).expect(303);
    assert_eq!(reply.location.as_deref(), Some("/sign-in?next=/portal/registration/contacts"));
    assert_eq!(app.number("SELECT count(*) FROM registration_sections WHERE revision > 0"), 0);
    assert!(!app.text("SELECT max(body_sealed) FROM unsaved_forms").contains("Ana"));
    let colleague = app.supplier_person(Role::SupplierMember, &company.id);
    assert!(!colleague.get(&path("contacts")).has("Ana Muster"), "another account's");
    let back = app.again(&owner);
    let page = back.get(&path("contacts")).shows("Ana Muster").shows("Your session had ended");
    assert!(page.has(PHONE), "as it was typed");
    let saved = back.get("/portal/registration/contacts?saved=yes").expect(200);
    assert!(!saved.has("Ana Muster"));
}

#[test]
fn two_colleagues_at_once_lose_nothing() {
    let app = TestApp::new();
    let (company, owner) = begun(&app);
    let colleague = app.supplier_person(Role::SupplierMember, &company.id);
    let revision = owner.get(&path("company")).hidden("revision").unwrap();
    let first = [("legal_name", "Werk Beispiel GmbH"), ("industry", "Steel")];
    send(&colleague, "company", &first, "continue").expect(303);
    let second = [
        ("revision", revision.as_str()),
        ("do", "continue"),
        ("legal_name", "Werk AG"),
        ("industry", "Tools"),
    ];
    let both = owner.post(&path("company"), &second).expect(409);
    let both = both.shows("Steel").shows("Tools").shows("Test supplier_member");
    assert_eq!(app.number("SELECT max(revision) FROM registration_sections"), 1);
    let newest = both.hidden("revision").unwrap();
    let again = [
        ("revision", newest.as_str()),
        ("do", "continue"),
        ("legal_name", "Werk AG"),
        ("industry", "Tools"),
    ];
    owner.post(&path("company"), &again).expect(303);
    // Sent twice, it is saved once.
    owner.post(&path("company"), &again).expect(303);
    assert_eq!(app.number("SELECT max(revision) FROM registration_sections"), 2);
    owner.get(&path("company")).shows("Tools");
}

#[test]
fn a_registration_is_handed_in_once_and_then_only_read() {
    let app = TestApp::new();
    let (company, owner) = begun(&app);
    let steel = category(&app);
    owner.post("/portal/registration/submission", &[("declared", "on")]).expect(409);
    complete(&owner, &steel);
    let check =
        owner.get("/portal/registration/check").expect(200).shows("•••• 4417").shows("Germany");
    assert!(
        !check.has("3704")
            && check.links().contains(&"/portal/registration/contacts#f-contacts-0-phone".into())
    );
    assert!(owner.post("/portal/registration/submission", &[]).expect(422).blames("declared"));
    hand_in(&owner);
    owner.post("/portal/registration/submission", &[("declared", "on")]).expect(409);
    assert_eq!(app.text("SELECT stage FROM suppliers"), "under_review");
    assert_eq!(app.number("SELECT count(*) FROM messages WHERE kind = 'registration_received'"), 1);
    let submitted = "SELECT count(*) FROM audit_records WHERE action = 'registration.submitted'";
    assert_eq!(app.number(submitted), 1);
    owner
        .get("/portal/registration")
        .expect(200)
        .shows("Ana Muster")
        .shows("We have your registration");
    owner.get(&path("company")).expect(303);
    owner.get("/portal/registration/check").expect(303);
    for section in Section::ALL {
        let fields = [("revision", "1"), ("do", "later"), ("legal_name", "Other")];
        owner.post(&path(section.as_str()), &fields).expect(409);
    }
    let file = owner.get("/portal/registration/download").expect(200);
    let name = file.header("Content-Disposition").unwrap();
    assert!(name.starts_with("attachment; filename=\"R-000001.json\""), "{name}");
    assert!(file.has("Ana Muster") && !file.has("3704"));
    // Nobody else's people see any of it.
    let other = app.supplier();
    for page in ["/portal/registration", "/portal"] {
        let body = other.get(page).expect(200).body();
        assert!(!body.contains("Ana") && !body.contains(&company.legal_name));
    }
    other.get("/portal/registration/download").expect(404);
}

#[test]
fn comments_stand_at_their_fields_and_what_they_ask_for_is_done_before_the_next_round() {
    let app = TestApp::new();
    let (company, owner) = begun(&app);
    complete(&owner, &category(&app));
    hand_in(&owner);
    let id = latest(&app, &company).id;
    let ask = |id: &str, field: &str, sent: &str| {
        format!(
            "INSERT INTO review_comments VALUES ('{id}', '{}', 'contacts', '{field}', 1, 'About {field}', 'x', 'Li', \
             '2030-01-01 00:00:00', {sent}, NULL);",
            latest(&app, &company).id
        )
    };
    app.tamper(&format!(
        "{}{}UPDATE registrations SET status = 'changes_requested';
         UPDATE registration_sections SET verdict = 'changes', verdict_at = saved_at WHERE section = 'contacts';",
        ask("1", "contacts-0-phone", "'2030-01-01 00:00:00'"),
        ask("2", "contacts-0-name", "NULL"),
    ))
    .unwrap();
    let list = owner.get("/portal/registration").expect(200);
    list.shows("Changes requested").shows("About contacts-0-phone").shows("One comment");
    let page = owner.get(&path("contacts")).expect(200).shows("Contact 1, Telephone");
    assert!(
        page.links().contains(&"#f-contacts-0-phone".into()) && !page.has("About contacts-0-name")
    );
    owner.post("/portal/registration/submission", &[("declared", "on")]).expect(409);
    let row = page.hidden("contacts-0-row").unwrap();
    let mut fields = answers(Section::Contacts, "");
    fields.extend([("contacts-0-row", row.as_str())]);
    send(&owner, "contacts", &fields, "continue").expect(303);
    hand_in(&owner);
    let again = latest(&app, &company);
    assert_eq!((again.round, again.id), (2, id));
    assert_eq!(app.number("SELECT count(*) FROM review_comments WHERE answered_at IS NULL"), 1);
}

#[test]
fn every_question_has_its_words_in_both_languages() {
    for section in Section::ALL {
        let mut keys: Vec<String> =
            ["section", "lead"].map(|k| format!("{k}-{}", section.as_str())).into();
        let own = |name: &str| format!("{}-{name}", section.as_str());
        for part in layout::parts(*section) {
            let fields = match part {
                Part::One(field) => std::slice::from_ref(field),
                Part::Several(group) => {
                    keys.extend(
                        ["", "-add", "-one"].map(|end| own(&format!("{}{end}", group.name))),
                    );
                    group.fields
                }
                Part::Tree(group) => {
                    keys.push(own(group.name));
                    group.fields
                }
            };
            for field in fields {
                keys.push(own(field.name));
                keys.extend(field.has_hint.then(|| own(&format!("{}-hint", field.name))));
                if let Kind::Choice(set, values) = field.kind {
                    keys.extend(values.iter().map(|value| format!("{set}-{value}")));
                }
            }
        }
        for language in Language::ALL {
            let is_missing = |key: &&String| !language.texts().has(&format!("registration-{key}"));
            let missing: Vec<&String> = keys.iter().filter(is_missing).collect();
            assert!(missing.is_empty(), "{} {missing:?}", language.as_str());
        }
    }
}
