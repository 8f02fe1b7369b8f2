//! A form sent twice does its work once.

use touchstone::access::Role;

use crate::support::{Person, TestApp};

/// The key that the form of a page carries now.
fn key_of(person: &Person, page: &str) -> String {
    person.get(page).expect(200).hidden("form_key").unwrap_or_else(|| panic!("{page} has no key"))
}

#[test]
fn a_form_sent_twice_makes_one_record_and_gives_the_same_answer() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let reporter = app.staff(Role::ReportingStaff);
    let company = app.company("Doppelt AG", "CH").id;
    let of = |part: &str| format!("/suppliers/{company}/{part}");
    let place: &[_] = &[("kind", "plant"), ("country", "CH"), ("address", "Weg 1")];
    let code: &[_] = &[("kind", "uscc"), ("value", "91350100M000100Y43")];
    let supplier: &[_] = &[("legal_name", "Neu AG"), ("country", "CH")];
    let category: &[_] = &[("name_en", "Zips"), ("name_zh", "拉链"), ("code", "zips")];
    let view: &[_] = &[("name", "Swiss"), ("query", "area=CH")];
    app.company("Mutter AG", "CH");
    let link: &[_] = &[
        ("company", "S-000002"),
        ("direction", "controlled_by"),
        ("control", "contract"),
        ("valid_from", "2020-01-01"),
        ("evidence", "Contract of 2019"),
    ];
    // Who, the page of the form, where it is sent, what is typed, the table that grows.
    let forms = [
        (&officer, "/suppliers/new".into(), "/suppliers".into(), supplier, "suppliers"),
        (&officer, of("sites/new"), of("sites"), place, "sites"),
        (&officer, of("identifiers/new"), of("identifiers"), code, "identifiers"),
        (&officer, of("links/new"), of("links"), link, "control_links"),
        (&officer, of("contacts/new"), of("contacts"), &[("name", "Ann")], "contacts"),
        (&officer, "/categories".into(), "/categories".into(), category, "categories"),
        (&officer, "/suppliers?area=CH".into(), "/views".into(), view, "saved_views"),
        (
            &reporter,
            "/regions/cn-six".into(),
            "/regions/cn-six/copies".into(),
            &[("name_en", "Ours")],
            "region_schemes",
        ),
    ];
    for (person, page, to, typed, table) in forms {
        let rows = || app.number(&format!("SELECT count(*) FROM {table}"));
        let before = rows();
        let key = key_of(person, &page);
        let fields = [typed, &[("form_key", key.as_str())]].concat();
        let answers = [(); 2].map(|()| {
            let answer = person.post(&to, &fields).expect(303);
            let location = answer.location.clone();
            let done = answer.follow().expect(200);
            assert!(done.has("class=\"notice done\""), "{to} says that it is done");
            location
        });
        assert_eq!(answers[0], answers[1], "{to}");
        assert_eq!(rows(), before + 1, "{to}");
        assert_ne!(key_of(person, &page), key, "{page} gives each form a key of its own");
    }
}

#[test]
fn an_invitation_sent_twice_is_one_whose_newest_link_works() {
    let app = TestApp::new();
    let admin = app.staff(Role::Administrator);
    let key = key_of(&admin, "/invitations/new");
    let fields = [
        ("name", "Wang Wei"),
        ("email", "w@example.com"),
        ("role", "inspector"),
        ("form_key", key.as_str()),
    ];
    let links = [(); 2].map(|()| {
        let body = admin.post("/invitations", &fields).expect(200).body();
        let (_, link) = body.split_once("value=\"http://127.0.0.1:8000").expect("a link");
        link.split('"').next().unwrap_or_default().to_string()
    });
    assert_eq!(app.number("SELECT count(*) FROM invitations"), 1);
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), 2);
    app.anonymous().get(&links[0]).expect(409);
    app.anonymous().get(&links[1]).expect(200).shows("Wang Wei");
    let id = app.text("SELECT id FROM invitations");
    admin.post(&format!("/invitations/{id}/revocation"), &[]).expect(303);
    admin.post("/invitations", &fields).expect(409);
    app.anonymous().get(&links[1]).expect(409);
}

#[test]
fn a_file_sent_twice_is_one_import() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let key = key_of(&officer, "/imports/new");
    let fields = [("form_key", key.as_str())];
    let list = b"name,country\nAcme,DE\n";
    let answers = [(); 2].map(|()| {
        let answer = officer.upload("/imports", "list.csv", list, &fields).expect(303);
        let location = answer.location.clone();
        answer.follow().expect(200).shows("Acme");
        location
    });
    assert_eq!(answers[0], answers[1]);
    assert_eq!(app.number("SELECT count(*) FROM imports"), 1);
    officer.upload("/imports", "list.csv", list, &[]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM imports"), 2);
}

#[test]
fn the_same_key_from_somebody_else_or_after_a_mistake_is_another_form() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let key = key_of(&officer, "/suppliers/new");
    let wrong = [("legal_name", ""), ("country", "CH"), ("form_key", key.as_str())];
    let right = [("legal_name", "Eigen AG"), ("country", "CH"), ("form_key", key.as_str())];
    officer.post("/suppliers", &wrong).expect(422);
    officer.post("/suppliers", &right).expect(303);
    app.staff(Role::Approver).post("/suppliers", &right).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 2);
}
