//! Suppliers on their pages: entered, edited, moved through stages, kept apart.

use crate::support::{Person, TestApp};
use touchstone::access::Role;
use touchstone::suppliers::{NewSupplier, SupplierInput, place::PlaceInput};

const USCC: &str = "91440300100012316L";
const RANDOM_ID: &str = "01890000-0000-7000-8000-00000000beef";

/// The id in the address of a supplier's page.
fn id_of(location: Option<&str>) -> String {
    location.and_then(|l| l.strip_prefix("/suppliers/")).expect("a supplier's page").into()
}

fn enter(staff: &Person, fields: &[(&str, &str)]) -> String {
    id_of(staff.post("/suppliers", fields).expect(303).location.as_deref())
}

fn revision(app: &TestApp, id: &str) -> String {
    app.number(&format!("SELECT revision FROM suppliers WHERE id = '{id}'")).to_string()
}

#[test]
fn a_supplier_is_entered_and_shown_with_its_region_history_and_trail() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let fields = [
        ("legal_name", " 江阴市澄星包装有限公司 "),
        ("english_name", "Jiangyin Chengxing Packaging Co., Ltd."),
        ("country", "CN"),
        ("address", "江苏省无锡市江阴市澄江中路100号"),
        ("uscc", "914403-00100012316-l"),
        ("website", "https://chengxing.example.com"),
    ];
    let made = staff.post("/suppliers", &fields).expect(303);
    let id = id_of(made.location.as_deref());
    let page = made.follow().expect(200);
    for text in
        ["江阴市澄星包装有限公司", "Jiangyin Chengxing", USCC, "S-000001", "Jiangsu", "Candidate"]
    {
        assert!(page.has(text), "{text}");
    }
    assert!(page.has("class=\"notice done\""), "the page says that it is done");
    assert!(!staff.get(&format!("/suppliers/{id}")).has("class=\"notice done\""), "once");
    assert_eq!(app.text("SELECT area FROM suppliers"), "320000");
    assert_eq!(app.text("SELECT legal_name FROM suppliers"), "江阴市澄星包装有限公司");
    assert_eq!(app.number("SELECT count(*) FROM supplier_versions"), 1);
    assert_eq!(app.number("SELECT count(*) FROM site_versions"), 1);
    assert_eq!(app.text("SELECT actor_id FROM audit_records"), staff.account_id);
}

#[test]
fn a_rejected_form_keeps_what_was_typed_and_names_the_fields() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let fields = [
        ("legal_name", ""),
        ("english_name", "Kept & \"quoted\" <b>"),
        ("website", "javascript:alert(1)"),
        ("uscc", "914403001000123160"),
        ("lei", "too short"),
        ("country", "Atlantis"),
        ("stage", "eliminated"),
        ("note", "first line\nsecond line"),
        ("address", "Kept Street 1"),
    ];
    let reply = staff.post("/suppliers", &fields).expect(422);
    for field in ["legal_name", "website", "uscc", "lei", "country", "stage"] {
        assert!(reply.blames(field), "{field} is not blamed");
        assert!(reply.has(&format!("href=\"#f-{field}\"")), "{field} is not in the summary");
    }
    assert!(!reply.blames("english_name") && !reply.blames("note"));
    for typed in
        ["javascript:alert(1)", "914403001000123160", "too short", "Kept Street 1", "second line"]
    {
        assert!(reply.has(typed), "{typed} is gone");
    }
    assert!(!reply.has("<b>"), "what was typed is text");
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 0);
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), 0);
}

#[test]
fn a_field_longer_than_its_limit_is_blamed_not_cut() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    for (field, limit) in [("legal_name", 200), ("note", 2000), ("industry", 100), ("address", 500)]
    {
        let long = "长".repeat(limit + 1);
        let mut fields = vec![("country", "DE"), (field, long.as_str())];
        if field != "legal_name" {
            fields.push(("legal_name", "Lang AG"));
        }
        let reply = staff.post("/suppliers", &fields).expect(422);
        assert!(reply.blames(field), "{field}");
    }
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 0);
}

#[test]
fn an_identifier_belongs_to_one_supplier_only() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let first = [("legal_name", "甲有限公司"), ("country", "CN"), ("uscc", USCC)];
    enter(&staff, &first);
    let second =
        [("legal_name", "乙有限公司"), ("country", "CN"), ("uscc", "9144 0300 1000 1231 6l")];
    let reply = staff.post("/suppliers", &second).expect(422);
    assert!(reply.blames("uscc") && reply.has("乙有限公司"));
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 1);
    // Nor by the way around through another supplier's page; removed, it is free again.
    let other = enter(&staff, &[("legal_name", "丙有限公司"), ("country", "CN")]);
    let add = format!("/suppliers/{other}/identifiers");
    staff.post(&add, &[("kind", "uscc"), ("value", USCC)]).expect(422);
    let holder = app.text("SELECT supplier_id FROM identifiers");
    let identifier = app.text("SELECT id FROM identifiers");
    staff.post(&format!("/suppliers/{holder}/identifiers/{identifier}/removal"), &[]).expect(303);
    staff.post(&add, &[("kind", "uscc"), ("value", USCC)]).expect(303);
}

#[test]
fn a_doubtful_identifier_needs_evidence_and_a_second_person() {
    let app = TestApp::new();
    let (buyer, approver) = (app.staff(Role::ProcurementOfficer), app.staff(Role::Approver));
    let id = enter(&buyer, &[("legal_name", "丁有限公司"), ("country", "CN")]);
    let add = format!("/suppliers/{id}/identifiers");
    let doubtful = [("kind", "uscc"), ("value", "914403001000123160")];
    buyer.post(&add, &doubtful).expect(422);
    let with_evidence = [doubtful[0], doubtful[1], ("evidence", "Licence copy of 2021")];
    approver.post(&add, &with_evidence).expect(303);
    let identifier = app.text("SELECT id FROM identifiers");
    let confirm = format!("{add}/{identifier}/confirmation");
    buyer.post(&confirm, &[]).expect(403);
    approver.post(&confirm, &[]).expect(403);
    let legal = app.staff(Role::LegalOfficer);
    legal.post(&confirm, &[]).expect(303);
    app.staff(Role::Approver).post(&confirm, &[]).expect(409);
}

#[test]
fn an_edit_from_an_old_page_is_refused_and_overwrites_nothing() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = enter(&staff, &[("legal_name", "Alt GmbH"), ("country", "DE")]);
    let (page, edit) = (format!("/suppliers/{id}"), format!("/suppliers/{id}/edit"));
    let seen = staff.get(&edit).expect(200).hidden("revision").expect("the form has a revision");
    staff.post(&page, &[("legal_name", "Neu GmbH"), ("revision", &seen)]).expect(303);
    let late = app.staff(Role::Approver);
    late.post(&page, &[("legal_name", "Spät GmbH"), ("revision", &seen)]).expect(409);
    for forged in ["", "-1", "999", "x", "1.0"] {
        late.post(&page, &[("legal_name", "Falsch GmbH"), ("revision", forged)]).expect(409);
    }
    assert_eq!(app.text("SELECT legal_name FROM suppliers"), "Neu GmbH");
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), 2);
}

#[test]
fn an_edit_with_errors_shows_the_form_again() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = enter(&staff, &[("legal_name", "Alt GmbH"), ("country", "DE")]);
    let revision = revision(&app, &id);
    let fields = [("legal_name", " "), ("industry", "Kept"), ("revision", &revision)];
    let reply = staff.post(&format!("/suppliers/{id}"), &fields).expect(422);
    assert!(reply.blames("legal_name") && reply.has("Kept"));
    assert_eq!(reply.hidden("revision"), Some(revision));
}

#[test]
fn history_keeps_every_name_and_stage_without_gaps() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = enter(&staff, &[("legal_name", "Eins AG"), ("country", "CH")]);
    let page = format!("/suppliers/{id}");
    app.introduce(&id, "known for years");
    let now = revision(&app, &id);
    staff.post(&page, &[("legal_name", "Zwei AG"), ("revision", &now)]).expect(303);
    let stage = format!("{page}/stage");
    staff.post(&stage, &[("stage", "suspended"), ("reason", "")]).expect(422);
    staff.post(&stage, &[("stage", "no-such"), ("reason", "x")]).expect(422);
    staff.post(&stage, &[("stage", "candidate"), ("reason", "x")]).expect(409);
    staff.post(&stage, &[("stage", "suspended"), ("reason", "Audit overdue")]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM supplier_versions"), 4);
    // Each period ends where the next begins; one still runs.
    let joined = "SELECT count(*) FROM supplier_versions a JOIN supplier_versions b \
                  ON a.supplier_id = b.supplier_id AND a.valid_to = b.valid_from";
    assert_eq!(app.number(joined), 3);
    let running = "SELECT count(*) FROM supplier_versions WHERE valid_to > '9000-01-01 00:00:00'";
    assert_eq!(app.number(running), 1);
    let shown = staff.get(&page).expect(200);
    assert!(shown.has("Eins AG") && shown.has("Zwei AG") && shown.has("Suspended"));
    staff.get(&format!("{page}/history")).expect(200).shows("Audit overdue");
}

#[test]
fn what_somebody_may_not_see_answers_like_what_is_not_there() {
    let app = TestApp::new();
    let foreign = app.company("Hamburger Beispiel GmbH", "DE");
    let sichuan = app.company("成都样例有限公司", "510000");
    let own = app.company("上海样例有限公司", "310000");
    let officer = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    officer.get(&format!("/suppliers/{}", own.id)).expect(200);
    for id in [&foreign.id, &sichuan.id] {
        for rest in
            ["", "/edit", "/stage", "/history", "/sites/new", "/identifiers/new", "/contacts/new"]
        {
            let there = officer.get(&format!("/suppliers/{id}{rest}"));
            let nowhere = officer.get(&format!("/suppliers/{RANDOM_ID}{rest}"));
            assert_eq!((there.status, nowhere.status), (404, 404), "{rest}");
            let hide = |body: String| body.replace(id.as_str(), "").replace(RANDOM_ID, "");
            assert_eq!(hide(there.body()), hide(nowhere.body()), "{rest}");
        }
        for (rest, fields) in [
            ("", vec![("legal_name", "Übernommen"), ("revision", "1")]),
            ("/stage", vec![("stage", "active"), ("reason", "x")]),
            ("/sites", vec![("kind", "plant"), ("country", "CN"), ("province", "310000")]),
            ("/identifiers", vec![("kind", "uscc"), ("value", USCC)]),
            ("/contacts", vec![("name", "X")]),
        ] {
            officer.post(&format!("/suppliers/{id}{rest}"), &fields).expect(404);
        }
    }
    let list = officer.get("/suppliers").expect(200);
    assert!(list.has("上海样例") && !list.has("Hamburger") && !list.has("成都样例"));
    for query in ["q=Hamburger", "area=DE", "region=outside", "q=成都", "area=510000", "q=S-000001"]
    {
        let list =
            officer.get(&format!("/suppliers?{}", query.replace("成都", "%E6%88%90%E9%83%BD")));
        assert!(!list.has("Hamburger Beispiel") && !list.has("成都样例"), "{query}");
    }
    officer.post("/suppliers", &[("legal_name", "Neu"), ("country", "DE")]).expect(403);
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 3);
}

#[test]
fn a_scope_that_no_longer_exists_shows_nothing() {
    let app = TestApp::new();
    app.company("上海样例有限公司", "310000");
    let officer = app.staff_of(Role::ProcurementOfficer, "no-such-scheme", "eastern");
    assert!(!officer.get("/suppliers").expect(200).has("上海样例"));
}

#[test]
fn fields_that_the_form_does_not_have_change_nothing() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let forged = [
        ("id", RANDOM_ID),
        ("number", "777"),
        ("area", "110000"),
        ("name_key", "x"),
        ("search_text", "x"),
        ("import_id", RANDOM_ID),
        ("created_at", "1999-01-01 00:00:00"),
        ("registered_site_id", RANDOM_ID),
        ("supplier_id", RANDOM_ID),
        ("confirmed_by", "me"),
        ("account_id", RANDOM_ID),
        ("role", "administrator"),
    ];
    let mut fields = vec![("legal_name", "Brav AG"), ("country", "CH")];
    fields.extend(forged);
    let id = enter(&staff, &fields);
    assert_ne!(id, RANDOM_ID);
    let mut fields = vec![("legal_name", "Brav AG"), ("revision", "1"), ("stage", "active")];
    fields.extend(forged);
    staff.post(&format!("/suppliers/{id}"), &fields).expect(303);
    let unchanged = format!(
        "SELECT count(*) FROM suppliers WHERE number = 1 AND area = 'CH' AND import_id IS NULL \
         AND stage = 'candidate' AND created_at > '2020-01-01 00:00:00' \
         AND registered_site_id <> '{RANDOM_ID}' AND name_key <> 'x'"
    );
    assert_eq!(app.number(&unchanged), 1);
    let role = format!("SELECT role FROM accounts WHERE id = '{}'", staff.account_id);
    assert_eq!(app.text(&role), "procurement_officer");
}

#[test]
fn a_phone_number_is_masked_sealed_and_opened_on_the_record() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = enter(&staff, &[("legal_name", "Telefon AG"), ("country", "CH")]);
    let contacts = format!("/suppliers/{id}/contacts");
    staff.post(&contacts, &[("name", "王芳"), ("phone", "+86 138 0013 4417")]).expect(303);
    let shown = staff.get(&format!("/suppliers/{id}")).expect(200);
    assert!(shown.has("•••• 4417") && !shown.has("138 0013"));
    assert!(!app.text("SELECT phone_sealed FROM contacts").contains("4417"));
    assert_eq!(app.number("SELECT count(*) FROM audit_records WHERE details LIKE '%4417%'"), 0);
    let contact = app.text("SELECT id FROM contacts");
    let open = format!("{contacts}/{contact}/phone");
    app.staff(Role::Auditor).post(&open, &[]).expect(403);
    assert!(staff.post(&open, &[]).expect(200).has("+86 138 0013 4417"));
    let opened = "SELECT count(*) FROM audit_records WHERE action = 'contact.phone_opened'";
    assert_eq!(app.number(opened), 1);
    // A contact is found under its own company only.
    let other = enter(&staff, &[("legal_name", "Andere AG"), ("country", "CH")]);
    staff.post(&format!("/suppliers/{other}/contacts/{contact}/phone"), &[]).expect(404);
    staff.post(&format!("{contacts}/{contact}/removal"), &[]).expect(303);
    assert_eq!(app.text("SELECT phone_sealed FROM contacts"), "");
}

#[test]
fn a_site_moves_the_companys_region_only_when_it_is_the_registered_one() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = enter(
        &staff,
        &[("legal_name", "沪样例有限公司"), ("country", "CN"), ("province", "310000")],
    );
    let sites = format!("/suppliers/{id}/sites");
    let plant = [("kind", "plant"), ("country", "CN"), ("province", "510000"), ("name", "二厂")];
    staff.post(&sites, &plant).expect(303);
    assert_eq!(app.text("SELECT area FROM suppliers"), "310000");
    let site = app.text("SELECT id FROM sites WHERE kind = 'plant'");
    staff.get(&format!("{sites}/{site}")).expect(200).shows("二厂");
    let registered = app.text("SELECT registered_site_id FROM suppliers");
    staff.post(&format!("{sites}/{registered}/closure"), &[]).expect(409);
    staff.post(&format!("{sites}/{site}/registration"), &[]).expect(303);
    assert_eq!(app.text("SELECT area FROM suppliers"), "510000");
    staff.post(&format!("{sites}/{registered}/closure"), &[]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM supplier_versions"), 2);
}

#[test]
fn an_address_nobody_can_place_waits_for_a_person() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    app.enter(NewSupplier {
        company: SupplierInput { legal_name: "某某有限公司".into(), ..Default::default() },
        place: PlaceInput {
            country: "CN".into(),
            address: "朝阳路1号".into(),
            ..Default::default()
        },
        ..Default::default()
    });
    assert_eq!(app.number("SELECT count(*) FROM sites WHERE place_status = 'unresolved'"), 1);
    let queue = staff.get("/addresses").expect(200);
    assert!(queue.has("朝阳路1号") && queue.has("某某有限公司"));
    let site = app.text("SELECT id FROM sites");
    let settle = format!("/addresses/{site}");
    staff.post(&settle, &[("area", "CN")]).expect(422);
    staff.post(&settle, &[("area", "999999")]).expect(422);
    staff.post(&settle, &[("area", "110000"), ("city", "320100")]).expect(422);
    staff.post(&settle, &[("area", "110000")]).expect(303);
    assert_eq!(app.text("SELECT area FROM suppliers"), "110000");
    app.staff(Role::Approver).post(&settle, &[("area", "310000")]).expect(409);
    // Said once as done, then gone from the queue.
    staff.get("/addresses").expect(200);
    assert!(!staff.get("/addresses").expect(200).has("朝阳路1号"));
}

#[test]
fn the_queue_of_addresses_shows_nobody_a_company_outside_their_regions() {
    let app = TestApp::new();
    let far = app.company("远方样例有限公司", "510000");
    let all = app.staff(Role::ProcurementOfficer);
    let site = [("kind", "plant"), ("country", "CN"), ("address", "朝阳路9号")];
    all.post(&format!("/suppliers/{}/sites", far.id), &site).expect(303);
    assert!(all.get("/addresses").expect(200).has("远方样例"));
    let officer = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    let queue = officer.get("/addresses").expect(200);
    assert!(!queue.has("远方样例") && !queue.has("朝阳路9号"));
    let site = app.text("SELECT id FROM sites WHERE kind = 'plant'");
    officer.post(&format!("/addresses/{site}"), &[("area", "310000")]).expect(404);
}

#[test]
fn a_saved_view_is_its_owners() {
    let app = TestApp::new();
    let (one, two) = (app.staff(Role::Inspector), app.staff(Role::Inspector));
    one.post("/views", &[("name", "Mine"), ("query", "stage=active")]).expect(303);
    assert!(one.get("/suppliers").has("Mine") && !two.get("/suppliers").has("Mine"));
    let view = app.text("SELECT id FROM saved_views");
    two.post(&format!("/views/{view}/removal"), &[]).expect(404);
    // A view is a set of filters, never a way to another site.
    let away = one.post("/views", &[("name", "Away"), ("query", "//evil.example")]);
    let location = away.location.unwrap_or_default();
    assert!(location.is_empty() || location.starts_with("/suppliers"), "{location}");
    let broken = one.post("/views", &[("name", "Line"), ("query", "a\r\nSet-Cookie: x=y")]);
    assert!(
        broken.status < 500 && broken.header("Set-Cookie").is_none_or(|c| !c.starts_with("x="))
    );
    one.post(&format!("/views/{view}/removal"), &[]).expect(303);
}
