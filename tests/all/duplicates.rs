//! Companies that may be one: found as they enter, shown to who may see both, decided once.

use touchstone::access::{Role, command_line};
use touchstone::imports;
use touchstone::suppliers::duplicates::{compare, scan_some};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, SupplierInput};

use crate::imports::{confirm, read};
use crate::support::{Person, TestApp};

const SUZHOU: &str = "江苏省苏州市工业园区1号";
const USCC: &str = "91440300100012316L";
const OTHER_USCC: &str = "91350100M000100Y43";

fn entered(app: &TestApp, name: &str, address: &str, uscc: &str) -> String {
    app.enter(NewSupplier {
        company: SupplierInput { legal_name: name.into(), ..Default::default() },
        place: PlaceInput { country: "CN".into(), address: address.into(), ..Default::default() },
        uscc: uscc.into(),
        ..Default::default()
    })
    .id
}

fn waiting(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM duplicate_pairs WHERE status = 'waiting'")
}

fn pair(app: &TestApp) -> String {
    app.text("SELECT max(id) FROM duplicate_pairs")
}

/// Two spellings of one company, and the only pair.
fn twice(app: &TestApp) -> (String, String, String) {
    let first = entered(app, "苏州云贝思纺织有限公司", SUZHOU, "");
    let second = entered(app, "Suzhou Yun Bei Si Textile Co., Ltd", SUZHOU, "");
    assert_eq!(waiting(app), 1);
    (first, second, pair(app))
}

fn rename(staff: &Person, id: &str, name: &str) {
    let page = staff.get(&format!("/suppliers/{id}/edit")).expect(200);
    let revision = page.hidden("revision").expect("a revision");
    let fields = [("legal_name", name), ("revision", revision.as_str())];
    staff.post(&format!("/suppliers/{id}"), &fields).expect(303);
}

#[test]
fn two_spellings_of_one_company_wait_beside_each_other_with_reasons() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    staff.get("/duplicates").expect(200).shows("No pairs to decide");
    let (first, second, pair) = twice(&app);
    let queue = staff.get("/duplicates").expect(200);
    for text in [
        "苏州云贝思纺织有限公司",
        "Suzhou Yun Bei Si Textile Co., Ltd",
        "the Chinese name reads like the English one",
        "same city",
        "1 site",
        "<span class=\"n\" aria-hidden=\"true\">1</span>",
    ] {
        assert!(queue.has(text), "{text}");
    }
    staff.get(&format!("/duplicates/{pair}")).expect(200).shows("S-000001 stays, S-000002 goes");
    for id in [first, second] {
        staff.get(&format!("/suppliers/{id}")).expect(200).shows("Perhaps the same");
    }
    // Who may not decide sees the pairs, and no buttons.
    let reader = app.staff(Role::EsgAnalyst);
    let queue = reader.get("/duplicates").expect(200);
    assert!(queue.has("云贝思") && !queue.has("/apart"));
}

#[test]
fn a_pair_said_to_be_two_companies_is_never_asked_again() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let (first, second, pair) = twice(&app);
    let apart = format!("/duplicates/{pair}/apart");
    staff.post(&apart, &[("reason", "two plants, two licences")]).expect(303);
    staff.get("/duplicates").expect(200).shows("No pairs to decide");
    rename(&staff, &second, "Suzhou Yunbeisi Textile Co Ltd");
    let id = first.clone();
    app.db().write_now(move |c| compare(c, &id)).expect("a comparison");
    assert_eq!(waiting(&app), 0);
    assert_eq!(app.number("SELECT count(*) FROM duplicate_pairs"), 1);
    staff.post(&apart, &[]).expect(409);
    for id in [first, second] {
        let trail = staff.get(&format!("/suppliers/{id}/history")).expect(200);
        trail.shows("two plants, two licences");
    }
}

#[test]
fn a_pair_goes_when_a_name_a_place_or_a_code_tells_the_companies_apart() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let (first, second, _) = twice(&app);
    rename(&staff, &second, "Larkhollow Packaging");
    assert_eq!(waiting(&app), 0, "another name");
    rename(&staff, &second, "Suzhou Yunbeisi Textiles");
    assert_eq!(waiting(&app), 1);
    let code = |id: &str, value: &str| {
        let fields = [("kind", "uscc"), ("value", value)];
        staff.post(&format!("/suppliers/{id}/identifiers"), &fields).expect(303);
    };
    code(&first, USCC);
    assert_eq!(waiting(&app), 1, "one code proves nothing");
    code(&second, OTHER_USCC);
    assert_eq!(waiting(&app), 0, "two codes are two legal entities");
}

#[test]
fn a_pair_is_merged_from_its_page_and_undone_from_the_companys() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let (first, second, pair) = twice(&app);
    let form = [("pair", pair.as_str()), ("kept", &second), ("reason", "same licence")];
    let done = staff.post("/merges", &form).expect(303);
    assert_eq!(done.location, Some(format!("/suppliers/{second}")));
    let page = done.follow().expect(200).shows("Includes S-000001 苏州云贝思纺织有限公司");
    assert!(page.has("same licence") && page.has("Undo the merge"));
    assert_eq!(waiting(&app), 0);
    staff.get("/duplicates").expect(200).shows("No pairs to decide");
    staff.post("/merges", &form).expect(409);
    let merge = app.text("SELECT id FROM merges");
    let undone = staff.post(&format!("/merges/{merge}/undo"), &[]).expect(303);
    assert_eq!(undone.location, Some(format!("/suppliers/{first}")));
    assert_eq!(waiting(&app), 1, "the pair is asked again");
}

#[test]
fn several_pairs_are_decided_as_they_were_shown_or_not_at_all() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    twice(&app);
    let other = entered(&app, "无锡禾源达服装有限公司", "江苏省无锡市新吴区2号", "");
    entered(&app, "Wuxi He Yuan Da Garments", "江苏省无锡市新吴区2号", "");
    assert_eq!(waiting(&app), 2);
    let pairs =
        ["min", "max"].map(|end| app.text(&format!("SELECT {end}(id) FROM duplicate_pairs")));
    staff.post("/duplicates/preview", &[]).expect(422).shows("Choose at least one pair");
    let chosen = [("pairs", pairs[0].as_str()), ("pairs", pairs[1].as_str()), ("action", "merge")];
    let preview = staff.post("/duplicates/preview", &chosen).expect(200);
    assert!(preview.has("2 companies go into others") && preview.has("goes into S-000003"));
    assert_eq!(waiting(&app), 2, "looking changes nothing");
    let body = preview.body();
    let decisions: Vec<String> = body
        .split("name=\"decisions\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default().to_string())
        .collect();
    let mut fields: Vec<(&str, &str)> =
        decisions.iter().map(|value| ("decisions", value.as_str())).collect();
    fields.push(("reason", "one licence each"));
    rename(&staff, &other, "无锡禾源达服饰有限公司");
    let refused = staff.post("/duplicates/decisions", &fields).expect(422);
    assert!(refused.has("禾源达服饰") && refused.has("Nothing was written"));
    assert_eq!((waiting(&app), app.number("SELECT count(*) FROM merges")), (2, 0));
    let again = staff.post("/duplicates/preview", &chosen).expect(200).body();
    let fresh: Vec<(&str, &str)> = again
        .split("name=\"decisions\" value=\"")
        .skip(1)
        .map(|rest| ("decisions", rest.split('"').next().unwrap_or_default()))
        .collect();
    staff.post("/duplicates/decisions", &fresh).expect(303);
    assert_eq!((waiting(&app), app.number("SELECT count(*) FROM merges")), (0, 2));
}

#[test]
fn a_company_in_two_of_the_pairs_chosen_is_named() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    twice(&app);
    entered(&app, "Yunbeisi (Suzhou) Textile Limited", SUZHOU, "");
    assert_eq!(waiting(&app), 3);
    let ids = ["min", "max"].map(|end| app.text(&format!("SELECT {end}(id) FROM duplicate_pairs")));
    let chosen = [("pairs", ids[0].as_str()), ("pairs", &ids[1]), ("action", "merge")];
    let preview = staff.post("/duplicates/preview", &chosen).expect(200).body();
    let fields: Vec<(&str, &str)> = preview
        .split("name=\"decisions\" value=\"")
        .skip(1)
        .map(|rest| ("decisions", rest.split('"').next().unwrap_or_default()))
        .collect();
    staff.post("/duplicates/decisions", &fields).expect(422).shows("two of the pairs chosen");
    assert_eq!(waiting(&app), 3);
}

#[test]
fn a_pair_is_seen_only_by_who_sees_both_companies() {
    let app = TestApp::new();
    let (first, second, pair) = twice(&app);
    // One of the two moves to another region; the names alone keep the pair.
    app.tamper(&format!("UPDATE suppliers SET area = '440000' WHERE id = '{second}'"))
        .expect("another province");
    let eastern = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    let queue = eastern.get("/duplicates").expect(200).shows("No pairs to decide");
    assert!(!queue.has("aria-hidden=\"true\">1</span>"), "nor is it counted");
    eastern.get(&format!("/duplicates/{pair}")).expect(404);
    eastern.post(&format!("/duplicates/{pair}/apart"), &[]).expect(404);
    eastern.post("/duplicates/preview", &[("pairs", &pair), ("action", "apart")]).expect(404);
    eastern.post("/merges", &[("pair", &pair), ("kept", &first)]).expect(404);
    let page = eastern.get(&format!("/suppliers/{first}")).expect(200);
    assert!(!page.has("Perhaps the same"));
    assert_eq!(waiting(&app), 1);
    let both = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern,southern");
    both.get(&format!("/duplicates/{pair}")).expect(200);
}

#[test]
fn whoever_enters_a_code_again_is_led_to_the_company_that_has_it() {
    let app = TestApp::new();
    let holder = entered(&app, "苏州云贝思纺织有限公司", SUZHOU, USCC);
    let form = [("legal_name", "云贝思"), ("country", "CN"), ("uscc", USCC)];
    let staff = app.staff(Role::ProcurementOfficer);
    let reply = staff.post("/suppliers", &form).expect(422);
    assert!(reply.blames("uscc") && reply.has(&format!("/suppliers/{holder}")));
    reply.shows("S-000001 苏州云贝思纺织有限公司");
    // Outside somebody's regions the code is taken, and no more is said.
    let southern = app.staff_of(Role::ProcurementOfficer, "cn-six", "southern");
    let form =
        [("legal_name", "云贝思"), ("country", "CN"), ("province", "440000"), ("uscc", USCC)];
    let reply = southern.post("/suppliers", &form).expect(422);
    assert!(reply.blames("uscc") && !reply.has(&holder) && !reply.has("S-000001"));
}

#[test]
fn a_list_is_compared_after_it_has_come_in() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    entered(&app, "苏州云贝思纺织有限公司", SUZHOU, "");
    let list = "name,country,address\n\
        Suzhou Yunbeisi Textile Co Ltd,China,\"Suzhou, Jiangsu\"\n\
        Larkhollow Packaging,China,\"Suzhou, Jiangsu\"\n\
        LARK HOLLOW Packing Co.,China,\"Suzhou, Jiangsu\"\n";
    let (id, _) = read(&app, list.as_bytes(), imports::Options::default());
    staff.get(&format!("/imports/{id}")).expect(200).shows("compared with the register");
    confirm(&app, &id, false).expect("a confirmation");
    // The server does so by itself, too.
    while app.db().write_now(scan_some).expect("a scan") > 0 {}
    assert_eq!((app.number("SELECT count(*) FROM comparisons_due"), waiting(&app)), (0, 2));
    staff.get(&format!("/imports/{id}")).expect(200).shows("2 possible duplicates to decide");
    // An import that nothing was decided about is still taken back, with its pairs.
    let undone = id.clone();
    app.db().write_now(move |c| imports::undo(c, &command_line(), &undone)).expect("undone");
    assert_eq!(app.number("SELECT count(*) FROM duplicate_pairs"), 0);
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 1);
}

#[test]
fn a_list_that_names_a_merged_company_by_its_id_means_the_one_it_went_into() {
    let app = TestApp::new();
    let (first, second, pair) = twice(&app);
    let staff = app.staff(Role::ProcurementOfficer);
    staff.post("/merges", &[("pair", &pair), ("kept", &first)]).expect(303);
    let list = format!(
        "supplier_id,legal_name,country,address\n{second},Suzhou Yun Bei Si Textile,China,\"9 New Road, Suzhou, Jiangsu\"\n"
    );
    let (id, counts) = read(&app, list.as_bytes(), imports::Options::default());
    assert_eq!((counts.suppliers_new, counts.suppliers_matched), (0, 1));
    confirm(&app, &id, false).expect("a confirmation");
    let sites = format!("SELECT count(*) FROM sites WHERE supplier_id = '{first}'");
    assert_eq!(app.number(&sites), 3);
}
