//! The list: found by any part of a name, walked from end to end, narrowed.

use std::collections::BTreeSet;

use rocket::http::RawStr;
use touchstone::access::Role;
use touchstone::suppliers::list::SORTED_LIMIT;
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, SupplierInput};

use crate::support::{Person, TestApp};

fn query(text: &str) -> String {
    format!("/suppliers?q={}", RawStr::new(text).percent_encode())
}

/// The names of the companies on a page of the list.
fn ids(person: &Person, path: &str) -> (Vec<String>, Option<String>, Option<String>) {
    let page = person.get(path).expect(200);
    let body = page.body();
    let table = body.split_once("<tbody>").map(|(_, t)| t).unwrap_or_default();
    let table = table.split("</tbody>").next().unwrap_or_default();
    let rows = table.split("href=\"/suppliers/").skip(1);
    let ids = rows.map(|r| r.split('"').next().unwrap_or_default().to_string()).collect();
    let step = |rel: &str| {
        let (_, after) = body.split_once(&format!("rel=\"{rel}\" href=\""))?;
        Some(after.split('"').next()?.replace("&amp;", "&").replace("&#38;", "&"))
    };
    (ids, step("prev"), step("next"))
}

fn register(app: &TestApp) {
    for (legal, english, place, uscc, stage) in [
        (
            "江阴市澄星包装有限公司",
            "Jiangyin Chengxing Packaging Co., Ltd.",
            "320000",
            "91440300100012316L",
            "active",
        ),
        (
            "深圳市万科样例有限公司",
            "Shenzhen Vanke Sample",
            "440000",
            "914403001922038216",
            "candidate",
        ),
        ("Müller & Söhne GmbH", "", "DE", "", "active"),
        ("株式会社サンプル", "Sample KK", "JP", "", "candidate"),
    ] {
        let in_china = place.len() == 6;
        app.enter(NewSupplier {
            company: SupplierInput {
                legal_name: legal.into(),
                english_name: english.into(),
                ..Default::default()
            },
            place: PlaceInput {
                country: if in_china { "CN" } else { place }.into(),
                province: if in_china { place } else { "" }.into(),
                ..Default::default()
            },
            uscc: uscc.into(),
            stage: stage.into(),
            ..Default::default()
        });
    }
}

#[test]
fn a_company_is_found_by_part_of_a_name_in_either_script_and_by_its_numbers() {
    let app = TestApp::new();
    register(&app);
    let staff = app.staff(Role::ProcurementOfficer);
    for (text, found) in [
        ("澄星包装", "江阴市澄星"),
        ("澄星", "江阴市澄星"),
        ("packag", "江阴市澄星"),
        ("PACKAGING jiangyin", "江阴市澄星"),
        ("ｊｉａｎｇｙｉｎ", "江阴市澄星"),
        ("muller", "Müller"),
        ("Söhne", "Müller"),
        ("91440300100012316L", "江阴市澄星"),
        ("9144030010", "江阴市澄星"),
        ("S-000002", "深圳市万科"),
        ("サンプル", "株式会社"),
        ("sample kk", "株式会社"),
    ] {
        let (rows, _, _) = ids(&staff, &query(text));
        assert_eq!(rows.len(), 1, "{text}");
        assert!(staff.get(&query(text)).has(found), "{text}");
    }
    let (rows, _, _) = ids(&staff, &query("sample"));
    assert_eq!(rows.len(), 2);
    let (rows, _, _) = ids(&staff, &query("no such company"));
    assert!(rows.is_empty());
}

#[test]
fn a_renamed_company_is_found_by_both_names_and_by_a_new_identifier() {
    let app = TestApp::new();
    let company = app.company("Vorher GmbH", "DE");
    let staff = app.staff(Role::ProcurementOfficer);
    let page = format!("/suppliers/{}", company.id);
    staff.post(&page, &[("legal_name", "Nachher GmbH"), ("revision", "1")]).expect(303);
    let added = [("kind", "uscc"), ("value", "91440300100012316L")];
    staff.post(&format!("{page}/identifiers"), &added).expect(303);
    for text in ["nachher", "vorher", "91440300100012316L"] {
        assert_eq!(ids(&staff, &query(text)).0, vec![company.id.clone()], "{text}");
    }
    let identifier = app.text("SELECT id FROM identifiers");
    staff.post(&format!("{page}/identifiers/{identifier}/removal"), &[]).expect(303);
    assert!(ids(&staff, &query("91440300100012316L")).0.is_empty());
}

#[test]
fn operators_of_search_languages_are_text() {
    let app = TestApp::new();
    register(&app);
    let staff = app.staff(Role::ProcurementOfficer);
    for text in [
        "\"",
        "'",
        "\"\"",
        "'; DROP TABLE suppliers; --",
        "a' OR '1'='1",
        "* OR *",
        "NEAR(a b)",
        "NOT",
        "AND",
        "OR",
        "a AND",
        "(",
        ")",
        "^abc",
        "col:abc",
        "search_text:澄星",
        "-abc",
        "+",
        "%",
        "_",
        "%%%",
        "\\",
        "\\'",
        "a\\",
        "{a b}",
        "\u{feff}",
        "$1",
        "?1",
        "$$",
        "/*",
        "--",
        "🙂",
        "\u{202e}abc",
        "e\u{301}",
        "ﬀ",
        "  ",
        "\t",
        "\r\n",
        "x y z w v u t s r q p o n m",
    ] {
        let reply = staff.get(&query(text));
        assert_eq!(reply.status, 200, "{text:?}");
    }
    staff.get(&query(&"长".repeat(5000))).expect(200);
    staff.get(&query(&"a ".repeat(2000))).expect(200);
    for raw in ["q=%FF%FE", "q=%", "q=%zz", "q", "q=a&q=b", "q[]=a", "=", "&&&"] {
        let status = staff.get(&format!("/suppliers?{raw}")).status;
        assert!(status < 500, "{raw}: {status}");
    }
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 4);
}

#[test]
fn filters_of_any_content_are_an_answer() {
    let app = TestApp::new();
    register(&app);
    let staff = app.staff(Role::ProcurementOfficer);
    for name in ["scheme", "region", "area", "stage", "category", "sort", "after", "before"] {
        for value in ["x", "%27", "%22%3E%3Cscript%3E", "-1", "%E6%B1%9F", "AAAA", "MQph"] {
            let reply = staff.get(&format!("/suppliers?{name}={value}"));
            assert!(reply.status < 500, "{name}={value}: {}", reply.status);
            assert!(!reply.has("\"><script>"), "{name}");
        }
    }
}

#[test]
fn filters_narrow_and_add_up() {
    let app = TestApp::new();
    register(&app);
    let staff = app.staff(Role::ProcurementOfficer);
    let count = |query: &str| ids(&staff, &format!("/suppliers?{query}")).0.len();
    assert_eq!(count(""), 4);
    assert_eq!(count("stage=active"), 2);
    assert_eq!(count("area=320000"), 1);
    assert_eq!(count("area=DE"), 1);
    assert_eq!(count("region=eastern"), 1);
    assert_eq!(count("region=southern"), 1);
    assert_eq!(count("region=outside"), 2);
    assert_eq!(count("region=unresolved"), 0);
    assert_eq!(count("region=eastern&area=DE"), 0);
    assert_eq!(count("region=eastern&area=320000&stage=active"), 1);
    assert_eq!(count("region=outside&q=sample"), 1);
    // What cannot be understood narrows nothing, as the page then shows.
    assert_eq!(count("stage=no-such"), 4);
}

#[test]
fn a_category_narrows_to_what_supplies_it() {
    let app = TestApp::new();
    register(&app);
    let staff = app.staff(Role::ProcurementOfficer);
    let category = [("code", "PACK"), ("name_en", "Packaging"), ("name_zh", "包装")];
    staff.post("/categories", &category).expect(303);
    let id = app.text("SELECT id FROM categories");
    let supplier = app.text("SELECT id FROM suppliers WHERE number = 1");
    let fields = [("legal_name", "江阴市澄星包装有限公司"), ("categories", &id), ("revision", "1")];
    staff.post(&format!("/suppliers/{supplier}"), &fields).expect(303);
    let (found, _, _) = ids(&staff, &format!("/suppliers?category={id}"));
    assert_eq!(found, vec![supplier]);
}

/// Names that are hard to sort: equal, in two scripts, with accents, beginning alike.
fn many(app: &TestApp, count: usize) {
    let inputs: Vec<NewSupplier> = (0..count)
        .map(|n| {
            let name = match n % 5 {
                0 => "Gleich AG".to_string(),
                1 => format!("Ähnlich {} AG", n / 10),
                2 => format!("样例{}有限公司", n / 15),
                3 => format!("zeta {n}"),
                _ => format!("Z{}", "é".repeat(n % 7 + 1)),
            };
            let country = ["DE", "CH", "JP"][n % 3];
            NewSupplier {
                company: SupplierInput { legal_name: name, ..Default::default() },
                place: PlaceInput { country: country.into(), ..Default::default() },
                stage: if n % 2 == 0 { "active" } else { "candidate" }.into(),
                ..Default::default()
            }
        })
        .collect();
    app.enter_all(inputs);
}

#[test]
fn the_list_is_walked_once_each_in_every_order_and_back() {
    let app = TestApp::new();
    many(&app, 173);
    let staff = app.staff(Role::ProcurementOfficer);
    for filter in
        ["", "stage=active", "region=outside", "area=DE", "region=outside&stage=candidate"]
    {
        for sort in ["name", "-name", "newest", "oldest"] {
            let start = format!("/suppliers?{filter}&sort={sort}");
            let (mut forth, mut last, mut path) = (Vec::new(), start.clone(), Some(start.clone()));
            while let Some(here) = path {
                let (rows, _, next) = ids(&staff, &here);
                assert!(!rows.is_empty(), "{here} is empty");
                forth.extend(rows);
                (last, path) = (here, next);
            }
            let distinct: BTreeSet<_> = forth.iter().collect();
            assert_eq!(distinct.len(), forth.len(), "{start} shows somebody twice");
            let expected = match filter {
                "" | "region=outside" => 173,
                "stage=active" => 87,
                "area=DE" => 58,
                _ => 86,
            };
            assert_eq!(forth.len(), expected, "{start}");
            // And back again: the same, in the same order.
            let (mut back, mut path) = (Vec::new(), Some(last));
            while let Some(here) = path {
                let (rows, previous, _) = ids(&staff, &here);
                back.splice(0..0, rows);
                path = previous;
            }
            assert_eq!(back, forth, "{start} backwards");
        }
    }
}

#[test]
fn a_company_entered_meanwhile_moves_nobody_to_another_page() {
    let app = TestApp::new();
    many(&app, 120);
    let staff = app.staff(Role::ProcurementOfficer);
    let (first, _, next) = ids(&staff, "/suppliers");
    app.company("!! first of all", "DE");
    let (second, _, _) = ids(&staff, &next.expect("a second page"));
    assert!(first.iter().all(|id| !second.contains(id)));
}

#[test]
fn the_counts_on_the_page_follow_every_change() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    staff.get("/suppliers").expect(200).shows("0 companies");
    app.company("Eins AG", "CH");
    staff.get("/suppliers").expect(200).shows("1 company");
    app.company("Zwei AG", "CH");
    staff.get("/suppliers").expect(200).shows("2 companies");
    staff.get("/suppliers?q=Eins").expect(200).shows("1 match");
}

#[test]
fn the_list_speaks_the_readers_language() {
    let app = TestApp::new();
    register(&app);
    let staff = app.staff(Role::ProcurementOfficer);
    staff.set_cookie("__Host-language", "zh-CN");
    let page = staff.get("/suppliers").expect(200);
    assert!(page.has("<html lang=\"zh-CN\">") && page.has("江苏") && page.has("供应商"));
    assert!(!page.has("Any region"));
}

#[test]
fn a_common_word_never_hides_what_a_region_holds() {
    let app = TestApp::new();
    let company = |name: String, province: &str| NewSupplier {
        company: SupplierInput { legal_name: name, ..Default::default() },
        place: PlaceInput { province: province.into(), country: "CN".into(), ..Default::default() },
        ..Default::default()
    };
    let many = (0..SORTED_LIMIT + 20).map(|n| company(format!("Common {n}"), "320000"));
    app.enter_all(
        many.chain((0..3).map(|n| company(format!("Common far {n}"), "210000"))).collect(),
    );
    let staff = app.staff(Role::ProcurementOfficer);
    let of_region = staff.get("/suppliers?q=common&region=northeast").expect(200);
    assert_eq!(of_region.body().matches("Common far").count(), 3);
    assert!(of_region.body().contains("3 match"), "{}", of_region.body());
    let all = staff.get("/suppliers?q=common").expect(200);
    assert!(all.body().contains("more than 50 match"), "{}", all.body());
    for (order, reached) in [
        ("", SORTED_LIMIT + 23),
        ("&sort=newest", SORTED_LIMIT + 23),
        // By name, as far as names can be sorted quickly.
        ("&sort=name", SORTED_LIMIT),
    ] {
        let mut walked = Vec::new();
        let mut next = Some(format!("/suppliers?q=common{order}"));
        while let Some(path) = next {
            let (found, _, after) = ids(&staff, &path);
            walked.extend(found);
            next = after;
        }
        let different: BTreeSet<&String> = walked.iter().collect();
        assert_eq!((walked.len(), different.len()), (reached, reached), "{order}");
    }
    let (_, _, next) = ids(&staff, "/suppliers?q=common");
    let (_, back, _) = ids(&staff, &next.unwrap());
    assert_eq!(ids(&staff, &back.unwrap()).0, ids(&staff, "/suppliers?q=common").0);
}
