//! Coverage: numbers that add up, say the same as each company's own standing, and hold for every day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use touchstone::access::{Role, Scope};
use touchstone::clauses::Whom;
use touchstone::clauses::coverage::query::CoverageQuery;
use touchstone::clauses::coverage::{DayCache, Figures, count, unasked};
use touchstone::clauses::duties::DutyKind;
use touchstone::clauses::standing;
use touchstone::values::{end_of, new_id};

use crate::expiry::{active, day};
use crate::groups;
use crate::signed::{published, published_for, sign, signatory};
use crate::support::TestApp;

/// An introduced company that has been one since long ago.
pub fn old(app: &TestApp, name: &str, place: &str) -> String {
    let id = active(app, name, place).id;
    let since = "UPDATE supplier_versions SET valid_from = '2020-01-01 00:00:00'";
    app.tamper(&format!("{since} WHERE supplier_id = '{id}'")).expect("an older company");
    id
}

/// The figures of a clause on a day.
pub fn figures(app: &TestApp, clause: &str, on: NaiveDate) -> Figures {
    let query = CoverageQuery {
        clause: Some(clause.into()),
        on: Some(on.to_string()),
        ..CoverageQuery::default()
    };
    let found = app.db().read_now(move |c| {
        let about = query.about(c, &DayCache::default())?;
        Ok(count::by_clause(&query.narrow(&about, &Scope::Everything)?)[0])
    });
    let found = found.expect("figures");
    assert!(found.adds_up(), "{found:?}");
    found
}

/// Numbers that look like chance, the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % n
    }

    fn day(&mut self) -> NaiveDate {
        day(self.below(60) as i64 - 30)
    }
}

/// Writes a signature past every rule, made at noon of a day, void from noon of another if there is one.
fn signature(app: &TestApp, supplier: &str, version: &str, on: NaiveDate, void: Option<NaiveDate>) {
    let (id, sequence) = (new_id(), app.number("SELECT count(*) + 1 FROM signatures"));
    let key = app.text("SELECT max(id) FROM signing_keys");
    app.tamper(&format!(
        "INSERT INTO signatures (id, sequence, supplier_id, version_id, round, method, language,
            text_sha256, company_number, company_name, account_id, account_name, typed_name,
            typed_title, authority, confirmation, reading, signed_at, time_zone, address, agent,
            document_sha256, previous_hash, hash, key_id, receipt)
        VALUES ('{id}', {sequence}, '{supplier}', '{version}', {sequence}, 'electronic', 'en', '', 1,
            '', '', '', '', '', '', '', '', '{on} 12:00:00', 'UTC', '', '', '', '{id}', '{id}', '{key}',
            '');
        INSERT INTO signature_holders (id, supplier_id) VALUES ('{id}', '{supplier}');"
    ))
    .expect("a signature");
    if let Some(void) = void {
        app.tamper(&format!(
            "INSERT INTO signature_voids (signature_id, reason, voided_at, voided_by, voided_name)
            VALUES ('{id}', 'x', '{void} 12:00:00', 'x', 'x')"
        ))
        .expect("a void signature");
    }
}

pub fn exception(app: &TestApp, supplier: &str, clause: &str, days: (NaiveDate, NaiveDate)) {
    app.tamper(&format!(
        "INSERT INTO clause_exceptions (id, supplier_id, clause_id, reason, valid_from, valid_to,
            granted_by, granted_name, created_at, ended_name, ended_reason)
        SELECT '{}', '{supplier}', id, 'x', '{}', '{}', 'x', 'x', '2020-01-01 00:00:00', '', ''
        FROM clauses WHERE code = '{clause}'",
        new_id(),
        days.0,
        days.1
    ))
    .expect("an exception");
}

/// Clauses for everybody, for some and for nobody, in several versions.
fn some_clauses(app: &TestApp) -> Vec<String> {
    let all = "SELECT max(id) FROM categories WHERE parent_id IS";
    let (child, parent) = (app.text(&format!("{all} NOT NULL")), app.text(&format!("{all} NULL")));
    let by_category = [(DutyKind::Category, parent.as_str()), (DutyKind::Area, "320000")];
    let other = [(DutyKind::Category, child.as_str()), (DutyKind::DataAccess, "")];
    vec![
        published(app, "for_all", day(-20)),
        published(app, "for_all", day(0)),
        published(app, "for_all", day(15)),
        published_for(app, "for_some", day(-15), Whom::Some, &by_category),
        published_for(app, "for_some", day(5), Whom::Some, &other),
        published_for(app, "in_china", day(-25), Whom::Some, &[(DutyKind::Area, "CN")]),
        published_for(app, "for_nobody", day(-25), Whom::Nobody, &[]),
    ]
}

#[test]
fn the_figures_of_a_day_are_those_of_each_companys_own_standing() {
    let app = TestApp::new();
    let mut chance = Chance(7);
    app.tamper(
        "INSERT INTO categories (id, code, name_en, name_zh, created_at)
            VALUES ('top', 'top', 'Top', 'Top', '2020-01-01 00:00:00');
        INSERT INTO categories (id, code, name_en, name_zh, parent_id, created_at)
            VALUES ('below', 'below', 'Below', 'Below', 'top', '2020-01-01 00:00:00');",
    )
    .expect("categories");
    let versions = some_clauses(&app);
    let first = old(&app, "First Works GmbH", "DE");
    sign(&app, &first, &versions[6], &signatory(&app, &first));
    let mut ids = vec![first];
    for number in 0..24 {
        let place = ["320000", "440000", "DE", "VN"][chance.below(4) as usize];
        let id = old(&app, &format!("Works {number} GmbH"), place);
        if chance.below(3) == 0 {
            let category = ["top", "below"][chance.below(2) as usize];
            app.tamper(&format!(
                "INSERT INTO supplier_categories (supplier_id, category_id)
                VALUES ('{id}', '{category}')"
            ))
            .expect("an offer");
        }
        if chance.below(3) == 0 {
            let (from, to) = (chance.day(), chance.day());
            app.tamper(&format!(
                "INSERT INTO data_access (id, supplier_id, reason, valid_from, valid_to, begun_by,
                    begun_name, ended_name)
                VALUES ('{}', '{id}', 'x', '{from} 08:00:00', '{to} 08:00:00', 'x', 'x', '')",
                new_id()
            ))
            .expect("access");
        }
        for version in &versions {
            if chance.below(2) == 0 {
                let (on, void) = (chance.day(), chance.day());
                let void = (void > on && chance.below(2) == 0).then_some(void);
                signature(&app, &id, version, on, void);
            }
        }
        for clause in ["for_all", "for_some"] {
            if chance.below(4) == 0 {
                let (from, to) = (chance.day(), chance.day());
                exception(&app, &id, clause, (from.min(to), from.max(to)));
            }
        }
        ids.push(id);
    }
    let mut seen = BTreeMap::new();
    for on in (-31..32).map(day) {
        let query = CoverageQuery { on: Some(on.to_string()), ..CoverageQuery::default() };
        let ids = ids.clone();
        let found = app.db().read_now(move |c| {
            let about = query.about(c, &DayCache::default())?;
            let asked = query.narrow(&about, &Scope::Everything)?;
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let known = standing::load(c, &ids)?;
            let mut found = Vec::new();
            for company in asked.companies() {
                for (place, clause) in about.day.published.clauses.iter().enumerate() {
                    let (cell, own) = (company.cell(place), &known[&company.id]);
                    let other = own.standing(&about.day.published, &clause.id, on);
                    assert_eq!(cell.standing, other, "{} {} {on}", company.legal_name, clause.code);
                    let moment = end_of(on);
                    let is_asked = about.day.in_force(place).is_some_and(|one| {
                        let periods = own.asked(&about.day.published, one);
                        periods.iter().any(|(when, _)| when.from <= moment && moment < when.to)
                    });
                    assert_eq!(cell.is_asked, is_asked, "{} {on}", company.legal_name);
                    found.push(cell.standing);
                }
            }
            for figures in count::by_clause(&asked) {
                assert!(figures.adds_up(), "{figures:?}");
                assert_eq!(figures.companies, 25);
            }
            for line in 0..4 {
                let all = count::by_clause(&asked)[line];
                let by_region = count::by_region(&asked);
                let sum = |what: fn(&Figures) -> i64| {
                    by_region.iter().map(|one| what(&one.figures[line])).sum::<i64>()
                };
                assert_eq!((sum(|f| f.companies), sum(|f| f.asked)), (all.companies, all.asked));
                let held = count::by_version(&asked);
                let held = held.iter().filter(|one| one.clause == line);
                assert_eq!(held.map(|one| one.companies).sum::<i64>(), all.companies);
            }
            Ok(found)
        });
        for standing in found.expect("a day") {
            *seen.entry(standing).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.len(), 5, "each standing was there: {seen:?}");
    // What the to-do list counts is what the page counts: nobody was asked yet.
    let waiting = app.db().read_now(|c| unasked::today(c, &Scope::Everything)).expect("numbers");
    for code in ["for_all", "for_some", "in_china", "for_nobody"] {
        let listed = waiting.iter().find(|one| one.clause.code == code);
        let open = figures(&app, code, day(0)).outstanding();
        assert_eq!(listed.map_or(0, |one| one.companies), open, "{code}");
    }
}

#[test]
fn the_day_of_a_new_version_divides_the_figures() {
    let app = TestApp::new();
    let (first, second) = (old(&app, "One GmbH", "DE"), old(&app, "Two GmbH", "DE"));
    let one = published(&app, "anti_bribery", day(-10));
    let two = published(&app, "anti_bribery", day(5));
    let by = signatory(&app, &first);
    sign(&app, &first, &one, &by);
    let open = |on| {
        let figures = figures(&app, "anti_bribery", on);
        (figures.signed, figures.must_sign, figures.must_sign_again, figures.not_asked)
    };
    assert_eq!(open(day(-11)), (0, 0, 0, 2), "nothing was in force");
    assert_eq!(open(day(-1)), (0, 2, 0, 0), "nobody had signed yet");
    assert_eq!(open(day(0)), (1, 1, 0, 0));
    assert_eq!(open(day(4)), (1, 1, 0, 0));
    assert_eq!(open(day(5)), (0, 1, 1, 0), "the new version is asked of everybody");
    sign(&app, &first, &two, &by);
    assert_eq!(open(day(5)), (1, 1, 0, 0));
    let officer = app.staff(Role::ProcurementOfficer);
    let page = officer.get(&format!("/clauses/coverage?on={}", day(5))).expect(200);
    page.shows("50.0 %").shows("Clause anti_bribery").shows("Version 2").shows("In force");
    exception(&app, &second, "anti_bribery", (day(0), day(3)));
    assert_eq!(figures(&app, "anti_bribery", day(3)).excepted, 1);
    assert_eq!(figures(&app, "anti_bribery", day(4)).must_sign, 1, "the exception has ended");
}

#[test]
fn a_void_signature_counts_until_its_moment_and_not_after() {
    let app = TestApp::new();
    let (first, second) = (old(&app, "One GmbH", "DE"), old(&app, "Two GmbH", "DE"));
    let version = published(&app, "anti_bribery", day(-10));
    sign(&app, &second, &version, &signatory(&app, &second));
    signature(&app, &first, &version, day(-8), Some(day(-4)));
    let signed = |on| figures(&app, "anti_bribery", on).signed;
    assert_eq!((signed(day(-9)), signed(day(-8)), signed(day(-5))), (0, 1, 1));
    assert_eq!((signed(day(-4)), signed(day(-1)), signed(day(0))), (0, 0, 1));
}

#[test]
fn nobody_sees_or_counts_companies_outside_their_regions() {
    let app = TestApp::new();
    let inside = old(&app, "Suzhou Works Ltd", "320000");
    old(&app, "Hamburg Works GmbH", "DE");
    published(&app, "anti_bribery", day(-1));
    let officer = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    let path = "/clauses/coverage?clause=anti_bribery";
    let page = officer.get(path).expect(200).shows("Suzhou Works Ltd");
    assert!(!page.has("Hamburg"));
    let reader = app.staff(Role::ProcurementOfficer);
    let all = reader.get(path).expect(200);
    all.shows("Hamburg Works GmbH").shows("Suzhou Works Ltd");
    let csv = officer.get("/clauses/coverage/export/csv").expect(200);
    assert!(csv.has("Suzhou") && !csv.has("Hamburg"));
    let csv = officer.get("/clauses/coverage/figures/csv").expect(200).body();
    assert!(csv.contains(",anti_bribery,1,clause,,,1,1,0,0,1,0,0,0,0.0"), "{csv}");
    // The company at the top of a group is outside: its name is not told.
    let outside = app.text("SELECT id FROM suppliers WHERE legal_name LIKE 'Hamburg%'");
    let link = [
        ("company", outside.as_str()),
        ("direction", "controlled_by"),
        ("control", "majority"),
        ("share", "60"),
        ("valid_from", "2020-01-01"),
        ("evidence", "Annual report"),
    ];
    reader.post(&format!("/suppliers/{inside}/links"), &link).expect(303);
    let today = day(0).to_string();
    assert_eq!(groups::group_of(&app, &inside, &today).members.len(), 2);
    let page = reader.get(path).expect(200);
    assert!(page.links().iter().any(|link| link.contains(&format!("group={outside}"))));
    reader.get(&format!("{path}&group={outside}")).expect(200).shows("Suzhou Works Ltd");
    assert!(!officer.get(path).expect(200).has(&outside));
    let refused = officer.get(&format!("{path}&group={outside}")).expect(422);
    let unknown = officer.get(&format!("{path}&group={}", new_id())).expect(422);
    for reply in [refused, unknown] {
        reply.shows("Choose one of the values offered");
    }
}

#[test]
fn filters_that_name_nothing_are_told_at_their_fields() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    officer.get("/clauses/coverage").expect(200).shows("There are no clauses yet");
    old(&app, "One GmbH", "DE");
    published(&app, "anti_bribery", day(-1));
    for filter in [
        "on=2026-02-30",
        "on=yesterday",
        "scheme=nowhere",
        "clause=nothing",
        "region=atlantis",
        "category=00000000-0000-7000-8000-000000000000",
        "standing=angry",
        "version=x",
    ] {
        let reply = officer.get(&format!("/clauses/coverage?{filter}")).expect(422);
        reply.shows("id=\"summary-title\"").shows(filter.split('=').next().unwrap_or_default());
        officer.get(&format!("/clauses/coverage/figures/csv?{filter}")).expect(422);
    }
    officer.get("/clauses/coverage/export/pdf").expect(404);
}

#[test]
fn the_file_and_the_operation_have_what_the_page_has_over_all_its_pages() {
    let app = TestApp::new();
    for number in 0..53 {
        old(&app, &format!("Works {number:02} GmbH"), "DE");
    }
    published(&app, "anti_bribery", day(-1));
    let officer = app.staff(Role::ProcurementOfficer);
    let (mut path, mut on_pages) = ("/clauses/coverage?standing=must_sign".to_string(), Vec::new());
    loop {
        let page = officer.get(&path).expect(200);
        let companies = page.links().into_iter().filter(|link| link.ends_with("/clauses"));
        on_pages.extend(companies.filter(|link| link.starts_with("/suppliers/")));
        match page.links().into_iter().find(|link| link.contains("after=")) {
            Some(next) => path = next.trim_end_matches("#rows").to_string(),
            None => break,
        }
    }
    assert_eq!(on_pages.len(), 53);
    let csv = officer.get("/clauses/coverage/export/csv?standing=must_sign").expect(200).body();
    let in_file: Vec<String> = csv
        .lines()
        .skip(1)
        .map(|line| format!("/suppliers/{}/clauses", line.split(',').nth(3).unwrap_or_default()))
        .collect();
    assert_eq!(in_file, on_pages);
    let program = app.program(Role::Inspector);
    let (mut cursor, mut by_program) = (String::new(), Vec::new());
    loop {
        let path = format!("/api/v1/clause-coverage/companies?standing=must_sign&limit=30{cursor}");
        let page = program.get(&path).expect(200).value();
        for item in page["items"].as_array().expect("items") {
            by_program
                .push(format!("/suppliers/{}/clauses", item["supplier_id"].as_str().unwrap()));
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(by_program, on_pages);
    let figures = program.get("/api/v1/clause-coverage").expect(200).value();
    let clause = &figures["clauses"][0];
    assert_eq!(clause["figures"]["must_sign"], 53);
    assert_eq!(clause["figures"]["signed_percent"], 0.0);
    let outside = clause["regions"].as_array().and_then(|all| all.iter().rev().nth(1));
    assert_eq!(outside.map(|one| one["figures"]["asked"].clone()), Some(53.into()));
    program.get("/api/v1/clause-coverage?on=").expect(422);
    program.get("/api/v1/clause-coverage?scheme=nowhere").expect(422);
    officer.get("/home").expect(200).shows("Companies to ask for a signature (53)");
}
