//! The certification matrix: who is certified for what, as a page and as a file.

use touchstone::access::Role;
use touchstone::certification::category::Status;
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, SupplierInput};

use crate::standards::{category, certify, in_force};
use crate::support::{Person, TestApp};

/// An introduced company that offers categories.
fn company(app: &TestApp, name: &str, country: &str, categories: &[&str]) -> String {
    let input = NewSupplier {
        company: SupplierInput {
            legal_name: name.into(),
            categories: categories.iter().map(|id| id.to_string()).collect(),
            ..Default::default()
        },
        place: PlaceInput { country: country.into(), ..Default::default() },
        stage: "active".into(),
        ..Default::default()
    };
    app.enter(input).id
}

/// Two categories with a standard, one without, and companies in each state.
fn filled(app: &TestApp) -> [String; 3] {
    let (boxes, paper) = (category(app, "boxes", ""), category(app, "paper", ""));
    let free = category(app, "free", "");
    let of_boxes = in_force(app, &boxes, &[("fact", "contact")]);
    let of_paper = in_force(app, &paper, &[("fact", "contact")]);
    let certified = company(app, "Certified Ltd", "DE", &[&boxes, &paper]);
    certify(app, &certified, &boxes, &of_boxes, Status::Lapsed);
    certify(app, &certified, &boxes, &of_boxes, Status::Certified);
    certify(app, &certified, &boxes, &of_boxes, Status::Audited);
    let suspended = company(app, "Suspended Ltd", "DE", &[&boxes]);
    certify(app, &suspended, &boxes, &of_boxes, Status::Suspended);
    let lapsed = company(app, "Lapsed Ltd", "FR", &[&paper]);
    certify(app, &lapsed, &paper, &of_paper, Status::Lapsed);
    let applied = company(app, "Applied Ltd", "FR", &[&paper]);
    certify(app, &applied, &paper, &of_paper, Status::Applied);
    company(app, "Offering Ltd", "FR", &[&paper, &free]);
    company(app, "Nothing Ltd", "FR", &[&free]);
    app.company("Proposed Ltd", "DE");
    [boxes, paper, free]
}

const NAMES: [&str; 7] = [
    "Applied Ltd",
    "Certified Ltd",
    "Lapsed Ltd",
    "Nothing Ltd",
    "Offering Ltd",
    "Proposed Ltd",
    "Suspended Ltd",
];

/// The companies on a page, by name.
fn names(staff: &Person, query: &str) -> Vec<&'static str> {
    let page = staff.get(&format!("/certification?{query}")).expect(200);
    NAMES.into_iter().filter(|name| page.has(name)).collect()
}

#[test]
fn the_matrix_shows_how_each_company_stands_for_each_category() {
    let app = TestApp::new();
    let staff = app.staff(Role::Auditor);
    staff.get("/certification").expect(200).shows("Nothing is demanded yet");
    filled(&app);
    let page = staff.get("/certification").expect(200);
    for text in ["Certified", "Suspended", "Lapsed", "To be audited", "Offered, not certified"] {
        assert!(page.has(text), "{text}");
    }
    let page = page.shows("1 certified").shows("1 suspended").shows("1 under way");
    assert!(page.has("Renewal: To be decided"));
    let standing = "SELECT id FROM certifications WHERE status = 'certified'";
    assert!(page.links().contains(&format!("/certifications/{}", app.text(standing))));
    assert!(!page.has("data-label=\"free\""), "what demands nothing is no column");
    assert_eq!(names(&staff, "").len(), 6, "all that are introduced");
    assert_eq!(names(&staff, "stage=any").len(), 7);
}

#[test]
fn the_matrix_is_narrowed_by_what_stands_in_the_address() {
    let app = TestApp::new();
    let staff = app.staff(Role::Auditor);
    let [boxes, paper, free] = filled(&app);
    for (state, expected) in [
        ("certified", vec!["Certified Ltd"]),
        ("suspended", vec!["Suspended Ltd"]),
        ("pending", vec!["Applied Ltd", "Certified Ltd"]),
        // What was renewed in time has not lapsed.
        ("lapsed", vec!["Lapsed Ltd"]),
        ("none", vec!["Applied Ltd", "Certified Ltd", "Lapsed Ltd", "Offering Ltd"]),
    ] {
        assert_eq!(names(&staff, &format!("state={state}")), expected, "{state}");
    }
    assert_eq!(names(&staff, &format!("category={boxes}&state=none")), [""; 0]);
    assert_eq!(names(&staff, &format!("category={paper}&state=certified")), [""; 0]);
    assert_eq!(names(&staff, "q=suspended"), ["Suspended Ltd"]);
    assert_eq!(names(&staff, "q=suspended&state=certified"), [""; 0]);
    assert_eq!(names(&staff, "region=outside&state=lapsed"), ["Lapsed Ltd"]);
    let page = staff.get(&format!("/certification?category={free}")).expect(200);
    page.shows("This category has no standard");
    staff.get("/certification?state=%27&after=x&category=%27--&region=%27").expect(200);
    // A number above a column opens what it counts.
    let page = staff.get("/certification").expect(200);
    let link = page
        .links()
        .into_iter()
        .find(|link| link.contains(&boxes) && link.contains("state=suspended"));
    let link = link.expect("the number of suspended companies").replace("&amp;", "&");
    staff.get(&link).expect(200).shows("Suspended Ltd");
}

#[test]
fn a_category_stands_beside_those_below_it() {
    let app = TestApp::new();
    let staff = app.staff(Role::Auditor);
    let boxes = category(&app, "boxes", "");
    let tiny = category(&app, "tiny-boxes", &boxes);
    let paper = category(&app, "paper", "");
    in_force(&app, &boxes, &[("fact", "contact")]);
    in_force(&app, &paper, &[("fact", "contact")]);
    company(&app, "Works Ltd", "DE", &[&boxes, &tiny, &paper]);
    let columns = |query: &str| {
        let page = staff.get(&format!("/certification?{query}")).expect(200);
        ["boxes", "tiny-boxes", "paper"].map(|one| page.has(&format!("data-label=\"{one}\"")))
    };
    assert_eq!(columns(""), [true, true, true]);
    assert_eq!(columns(&format!("category={boxes}")), [true, true, false]);
    assert_eq!(columns(&format!("category={tiny}")), [false, true, false]);
}

#[test]
fn a_company_outside_somebodys_regions_is_on_no_page_and_in_no_file() {
    let app = TestApp::new();
    filled(&app);
    let local = app.staff_of(Role::Auditor, "cn-six", "eastern");
    assert_eq!(names(&local, "stage=any"), [""; 0]);
    local.get("/certification").expect(200).shows("0 certified");
    let file = local.get("/certification/export/csv?stage=any").expect(200).body();
    assert_eq!(file.lines().count(), 1, "{file}");
    local.get("/standards").expect(200);
    app.staff(Role::Inspector).get("/certification/export/csv").expect(403);
}

#[test]
fn the_matrix_is_read_on_page_by_page_and_back() {
    let app = TestApp::new();
    let staff = app.staff(Role::Auditor);
    let boxes = category(&app, "boxes", "");
    in_force(&app, &boxes, &[("fact", "contact")]);
    let input = |number: usize| NewSupplier {
        company: SupplierInput { legal_name: format!("Works {number:03}"), ..Default::default() },
        place: PlaceInput { country: "DE".into(), ..Default::default() },
        stage: "active".into(),
        ..Default::default()
    };
    app.enter_all((0..60).map(input).collect());
    let first = staff.get("/certification").expect(200).shows("Works 000");
    assert!(!first.has("Works 050"));
    let step = |links: Vec<String>, name: &str| {
        let found = links.into_iter().find(|link| link.contains(&format!("{name}=")));
        found.unwrap_or_else(|| panic!("a way {name}"))
    };
    let second = staff.get(&step(first.links(), "after")).expect(200).shows("Works 050");
    assert!(!second.has("Works 049"));
    staff.get(&step(second.links(), "before")).expect(200).shows("Works 000").shows("Works 049");
}

#[test]
fn the_export_says_what_the_page_says() {
    let app = TestApp::new();
    let staff = app.staff(Role::EsgAnalyst);
    filled(&app);
    let certification = "SELECT id FROM certifications WHERE status = 'suspended'";
    let id = app.text(certification);
    app.tamper(&format!(
        "INSERT INTO certification_suspensions (id, certification_id, cause, subject, reason, \
         begun_at, begun_by, begun_name, ended_by, ended_name, ended_reason) \
         VALUES ('s', '{id}', 'certificate', 'iso9001', '', '2026-01-01 00:00:00', '', '', NULL, '', '')"
    ))
    .expect("a suspension");
    let file = staff.get("/certification/export/csv").expect(200).body();
    let rows: Vec<Vec<&str>> = file
        .trim_start_matches('\u{feff}')
        .lines()
        .skip(1)
        .map(|l| l.split(',').collect())
        .collect();
    let mut told: Vec<(&str, &str, &str)> = rows.iter().map(|r| (r[2], r[5], r[8])).collect();
    told.sort();
    assert_eq!(
        told,
        [
            ("Applied Ltd", "paper", "applied"),
            ("Certified Ltd", "boxes", "certified"),
            ("Certified Ltd", "paper", "not_certified"),
            ("Lapsed Ltd", "paper", "lapsed"),
            ("Offering Ltd", "paper", "not_certified"),
            ("Suspended Ltd", "boxes", "suspended"),
        ]
    );
    let suspended = rows.iter().find(|row| row[8] == "suspended").expect("a row");
    assert_eq!((suspended[12], suspended[13]), ("1", "certificate iso9001"));
    let narrowed = staff.get("/certification/export/jsonl?state=certified").expect(200).body();
    assert_eq!(narrowed.lines().count(), 2, "{narrowed}");
    assert!(narrowed.contains("\"certification\":\"C-00000"));
    staff.get("/certification/export/xlsx").expect(200);
    staff.get("/certification/export/pdf").expect(404);
}
