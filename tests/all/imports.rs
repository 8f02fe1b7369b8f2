//! Lists come in: what is found in them, what is written, and what is taken back.

use std::fs;

use touchstone::access::{self, Actor, Role, right};
use touchstone::imports::{self, Counts, Options, Source};
use touchstone::sheets::Limits;
use touchstone::suppliers::columns::Mapping;

use crate::support::{Person, TempDir, TestApp, vault};

const LIST: &str = "\
供应商名称,统一社会信用代码,国家,地址,联系人,联系电话,备注
杭州甲乙纺织有限公司,91350100M000100Y43,中国,浙江省杭州市西湖区文三路1号,张三,13800001234,=cmd()
杭州甲乙纺织有限公司,,中国,浙江省嘉兴市海宁市2号,张三,13800001234,

杭州甲乙纺织 有限公司,,CHINA,\"浙江省嘉兴市海宁市2号\",,,
不知何处制衣厂,,中国,某地,,,
";

/// Reads a list as the command line does; the id and the counts.
pub fn read(app: &TestApp, contents: &[u8], options: Options) -> (String, Counts) {
    let dir = TempDir::new();
    let file = dir.path().join("list.csv");
    fs::write(&file, contents).expect("a file");
    let limits = Limits::command_line();
    let (headers, _) = imports::look_into(&file, &limits, 0).expect("headers");
    let mapping = Mapping::recognised(&headers);
    let (names, columns, chosen) = (headers.clone(), mapping.clone(), options.clone());
    let id = app
        .db()
        .write_now(move |c| {
            let begun = imports::begin(c, &Actor::command_line(), "list.csv", "hash", &names)?;
            imports::start_reading(c, &begun.id, &columns, &chosen)?;
            Ok(begun.id)
        })
        .expect("an import");
    let source = Source {
        import_id: id.clone(),
        file,
        file_name: "list.csv".into(),
        limits,
        headers,
        mapping,
        options,
        actor: Actor::command_line(),
    };
    let counts = imports::read(app.db(), &vault(), source, |_, _| {}).expect("a readable list");
    (id, counts)
}

pub fn confirm(app: &TestApp, id: &str, skip_errors: bool) -> Result<(), touchstone::error::Error> {
    let id = id.to_string();
    let by = access::command_line::<right::ImportSuppliers>();
    app.db().write_now(move |c| imports::confirm(c, &by, &id, skip_errors)).map(|_| ())
}

fn bring(app: &TestApp, contents: &str) -> Counts {
    let (id, counts) = read(app, contents.as_bytes(), Options::default());
    confirm(app, &id, false).expect("a confirmation");
    counts
}

#[test]
fn rows_of_one_company_become_one_supplier_with_its_sites() {
    let app = TestApp::new();
    let counts = bring(&app, LIST);
    assert_eq!((counts.rows, counts.suppliers_new, counts.sites_new), (4, 2, 3));
    assert_eq!((counts.duplicates, counts.unresolved, counts.errors), (1, 1, 0));
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 2);
    assert_eq!(app.number("SELECT count(*) FROM sites"), 3);
    assert_eq!(app.number("SELECT count(*) FROM supplier_versions"), 2);
    assert_eq!(app.number("SELECT count(*) FROM site_versions"), 3);
    assert_eq!(app.number("SELECT count(*) FROM contacts"), 1);
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), 1);
    assert_eq!(app.number("SELECT max(number) FROM suppliers"), 2);
    let uscc = "SELECT value FROM identifiers WHERE kind = 'uscc'";
    assert_eq!(app.text(uscc), "91350100M000100Y43");
    assert_eq!(app.text("SELECT note FROM suppliers WHERE number = 1"), "=cmd()");
    assert_eq!(app.text("SELECT area FROM suppliers WHERE number = 1"), "330000");
    // The registered site is the first row's.
    let registered = "SELECT address FROM sites JOIN suppliers ON registered_site_id = sites.id WHERE number = 1";
    assert!(app.text(registered).contains("文三路"));
    let person = app.staff(Role::ProcurementOfficer);
    person.get("/suppliers?q=91350100M000100Y43").expect(200).shows("杭州甲乙纺织");
    person.get("/suppliers?q=S000002").expect(200).shows("不知何处");
}

#[test]
fn a_list_that_comes_twice_changes_nothing() {
    let app = TestApp::new();
    bring(&app, LIST);
    let (id, counts) = read(&app, LIST.as_bytes(), Options::default());
    assert_eq!((counts.suppliers_new, counts.suppliers_matched, counts.sites_new), (0, 2, 0));
    assert!(confirm(&app, &id, false).is_err());
    let more = format!("{LIST}杭州甲乙纺织有限公司,,中国,浙江省绍兴市3号,,,\n");
    let counts = bring(&app, &more);
    assert_eq!((counts.suppliers_new, counts.suppliers_matched, counts.sites_new), (0, 2, 1));
    assert_eq!(app.number("SELECT count(*) FROM sites"), 4);
}

#[test]
fn each_row_can_be_a_supplier_of_its_own() {
    let app = TestApp::new();
    let list = "name,country,address\nAcme Ltd,DE,Weg 1\nAcme Ltd,DE,Weg 2\nAcme Ltd,DE,Weg 1\n";
    let options = Options { each_row_a_supplier: true, ..Options::default() };
    let (_, counts) = read(&app, list.as_bytes(), options);
    assert_eq!((counts.suppliers_new, counts.sites_new, counts.duplicates), (3, 3, 0));
}

#[test]
fn one_name_in_two_countries_or_with_two_codes_is_two_companies() {
    let app = TestApp::new();
    let list = "name,country,uscc\nAcme,DE,\nAcme,FR,\nBeta,CN,91350100M000100Y43\nBeta,CN,91310000MA1FL0QC2X\n";
    let (_, counts) = read(&app, list.as_bytes(), Options::default());
    assert!(counts.suppliers_new >= 3, "{counts:?}");
}

#[test]
fn a_row_with_an_error_stops_the_list_unless_it_is_left_out() {
    let app = TestApp::new();
    let list =
        "name,country,uscc,since\nGood Ltd,DE,,2020-05-01\n,DE,,\nBad Ltd,CN,123,31/12/2020\n";
    let (id, counts) = read(&app, list.as_bytes(), Options::default());
    assert_eq!((counts.rows, counts.errors, counts.suppliers_new), (3, 2, 1));
    assert!(confirm(&app, &id, false).is_err());
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 0);
    confirm(&app, &id, true).expect("the good row");
    confirm(&app, &id, true).expect("a second click changes nothing");
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 1);
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), 1);
    let since = "SELECT CAST(valid_from AS TEXT) FROM supplier_versions";
    assert!(app.text(since).starts_with("2020-05-01"));
}

#[test]
fn what_was_registered_meanwhile_stops_the_confirmation() {
    let app = TestApp::new();
    let (id, _) = read(&app, b"name,country\nLate Ltd,DE\nOther Ltd,DE\n", Options::default());
    app.company("Late Ltd", "DE");
    assert!(confirm(&app, &id, false).is_err());
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 1);
}

#[test]
fn a_list_in_gb18030_with_ragged_rows_goes_in() {
    let app = TestApp::new();
    let text = "公司名称,地址\n上海甲有限公司,上海市静安区1号,多余\n北京乙有限公司\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let (_, counts) = read(&app, &bytes, Options::default());
    assert_eq!((counts.rows, counts.suppliers_new, counts.errors), (2, 2, 0));
}

/// Uploads a list and reads it; the address of the import's page.
fn uploaded(person: &Person, contents: &[u8]) -> String {
    let reply = person.upload("/imports", "../名单.csv", contents, &[]).expect(303);
    let mapping = reply.location.clone().expect("a next page");
    person.get(&mapping).expect(200).shows("杭州甲乙纺织有限公司");
    let fields = [
        ("column-0", "legal_name"),
        ("column-1", "uscc"),
        ("column-2", "country"),
        ("column-3", "address"),
        ("stage", "active"),
    ];
    let page = person.post(&mapping, &fields).expect(303).location.clone().expect("the import");
    wait_while(person, &page, "data-poll");
    page
}

fn wait_while(person: &Person, page: &str, text: &str) {
    for _ in 0..200 {
        if !person.get(page).expect(200).has(text) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{page} still says {text}");
}

#[test]
fn a_list_goes_in_through_the_web_and_is_undone() {
    let app = TestApp::new();
    let person = app.staff(Role::ProcurementOfficer);
    let page = uploaded(&person, LIST.as_bytes());
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 0);
    let shown = person.get(&page).expect(200);
    shown.shows("Import 2 suppliers").shows("Becomes a site of");
    person.get(&format!("{page}?outcome=duplicate")).expect(200).shows("Same company and address");
    person.get(&format!("{page}?outcome=unresolved")).expect(200).shows("不知何处");
    let confirmation = format!("{page}/confirmation");
    person.post(&confirmation, &[]).expect(303);
    person.post(&confirmation, &[]).expect(303);
    wait_while(&person, &page, "data-poll");
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 2);
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), 1);
    person.post(&format!("{page}/undoing"), &[]).expect(303).follow().expect(200).shows("Undone");
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 0);
    assert_eq!(app.number("SELECT count(*) FROM sites"), 0);
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), 2);
}

#[test]
fn an_import_that_work_was_built_on_stays() {
    let app = TestApp::new();
    let person = app.staff(Role::ProcurementOfficer);
    let page = uploaded(&person, LIST.as_bytes());
    person.post(&format!("{page}/confirmation"), &[]).expect(303);
    wait_while(&person, &page, "data-poll");
    app.tamper("UPDATE suppliers SET revision = 2 WHERE number = 1").expect("an edit");
    person.get(&page).expect(200).shows("was edited");
    person.post(&format!("{page}/undoing"), &[]).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 2);
}

#[test]
fn an_import_is_seen_by_those_who_may_import_and_within_their_regions() {
    let app = TestApp::new();
    let person = app.staff(Role::ProcurementOfficer);
    let page = uploaded(&person, LIST.as_bytes());
    app.staff(Role::Auditor).get(&page).expect(403);
    let limited = app.staff_of(Role::ProcurementOfficer, "cn-seven", "north");
    limited.get(&page).expect(404);
    let own = uploaded(&limited, LIST.as_bytes());
    limited.get(&own).expect(200).shows("outside the regions");
    person.post(&format!("{page}/discarding"), &[]).expect(303).follow().expect(200);
    person.get("/imports").expect(200).shows("名单.csv");
}

#[test]
fn files_that_are_no_lists_are_refused_with_the_reason() {
    let app = TestApp::new();
    let person = app.staff(Role::ProcurementOfficer);
    for (contents, reason) in [
        (&b""[..], "The file is empty"),
        (&b"%PDF-1.7\n\x00\x01\x02\xff\xfe\x00"[..], "neither a CSV nor an XLSX"),
        (&b"PK\x03\x04 nothing more"[..], "damaged"),
    ] {
        person.upload("/imports", "list.csv", contents, &[]).expect(422).shows(reason);
    }
    assert_eq!(app.number("SELECT count(*) FROM imports"), 0);
    person.get("/imports/template.xlsx").expect(200);
}

/// The rows of an export of sites, without what belongs to the register that wrote them.
fn exported_sites(person: &Person) -> Vec<serde_json::Value> {
    let body = person.get("/sites/export/jsonl").expect(200).body();
    let rows = body.lines().map(|line| {
        let mut row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let row_of = row.as_object_mut().expect("an object");
        assert!(row_of.remove("supplier_id").is_some() && row_of.remove("site_id").is_some());
        row
    });
    rows.collect()
}

#[test]
fn an_export_of_sites_comes_back_as_it_went_out_registered_sites_included() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    bring(&app, LIST);
    let moved = app.company("Drei Orte AG", "CH").id;
    let sites = format!("/suppliers/{moved}/sites");
    for (kind, name, country, address) in [
        ("office", "Büro", "DE", "Weg 1, Hamburg"),
        ("plant", "Werk", "CN", "江苏省苏州市工业园区星湖街328号"),
        ("warehouse", "", "CH", "Gasse 3, \"Hof\""),
    ] {
        let fields = [("kind", kind), ("name", name), ("country", country), ("address", address)];
        officer.post(&sites, &fields).expect(303);
    }
    // A plant, neither the oldest site nor of the kind that says so, is the registered one.
    let plant = app.text("SELECT id FROM sites WHERE kind = 'plant'");
    officer.post(&format!("{sites}/{plant}/registration"), &[]).expect(303);
    // Two companies of one name, and two sites at one address.
    let namesake = app.company("Drei Orte AG", "CH").id;
    for _ in 0..2 {
        let fields = [("kind", "plant"), ("country", "CH"), ("address", "Gasse 3")];
        officer.post(&format!("/suppliers/{namesake}/sites"), &fields).expect(303);
    }
    let before = exported_sites(&officer);
    assert_eq!(before.len(), 10);

    let other = TestApp::new();
    let counts = bring(&other, &officer.get("/sites/export/csv").expect(200).body());
    assert_eq!((counts.suppliers_new, counts.sites_new, counts.duplicates), (4, 10, 0));
    assert_eq!(exported_sites(&other.staff(Role::ProcurementOfficer)), before);
    let registered = "SELECT site.kind || ' ' || suppliers.area || ' ' || suppliers.city \
                      FROM suppliers JOIN sites site ON site.id = registered_site_id \
                      WHERE number = 3";
    assert_eq!(other.text(registered), "plant 320000 320500");
    assert_eq!(app.text(registered), other.text(registered));
    // Where the companies are known, the file brings nothing.
    let again = officer.get("/sites/export/csv").expect(200).body();
    let (_, counts) = read(&app, again.as_bytes(), Options::default());
    assert_eq!((counts.suppliers_matched, counts.sites_new, counts.errors), (4, 0, 0));
}
