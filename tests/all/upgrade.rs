//! A register that an older version made goes on with today's, with everything that is in it.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use rocket::http::RawStr;
use touchstone::access::Role;
use touchstone::db::{AnyConnection, Db};
use touchstone::suppliers::bring_search_up_to_date;

use crate::support::{DatabasePlace, TestApp};

const PORTABLE: &str = include_str!("../../migrations/0001_register/up.sql");
const SQLITE: &str = include_str!("../../migrations/0001_register/sqlite.sql");
const POSTGRES: &str = include_str!("../../migrations/0001_register/postgres.sql");

/// Two companies as version 0.1.0 wrote them, and a list that waits for confirmation.
const DATA: &str = "
CREATE TABLE migrations (name TEXT NOT NULL PRIMARY KEY);
INSERT INTO migrations VALUES ('0001_register');
INSERT INTO imports VALUES ('01900000-0000-7000-8000-0000000000aa', 'list.csv', '', '', '', 'ready',
    '{}', '[]', '{}', '{}', '', 0, 0, 0, '2026-01-01 00:00:00', '2026-01-01 00:00:00', NULL, NULL);
INSERT INTO suppliers VALUES ('01900000-0000-7000-8000-000000000001', 1, '浙江样例有限公司',
    'Zhejiang Example', '浙江样例', 'zhejiang example', '  x6d59x6c5fx6837x4f8b  zhejiang', 'active',
    '330000', '', '01900000-0000-7000-8000-000000000011', '', '', '', NULL, 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00');
INSERT INTO suppliers VALUES ('01900000-0000-7000-8000-000000000002', 2, 'Former Ltd', '', 'former',
    'former ltd', '  former  ltd', 'active', '330000', '', '01900000-0000-7000-8000-000000000012',
    '', '', '', NULL, 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00');
INSERT INTO supplier_versions SELECT id, '2026-01-01 00:00:00', '9999-12-31 00:00:00', legal_name, stage, area FROM suppliers;
INSERT INTO sites SELECT registered_site_id, id, 'registered_office', '', '', 'CN', area, '', 'resolved',
    '', '[]', NULL, '2026-01-01 00:00:00', NULL FROM suppliers;
";

/// The migrations after the first, up to those of clauses: name, portable, of SQLite, of PostgreSQL.
macro_rules! later {
    ($($name:literal),+) => {
        &[$((
            $name,
            include_str!(concat!("../../migrations/", $name, "/up.sql")),
            include_str!(concat!("../../migrations/", $name, "/sqlite.sql")),
            include_str!(concat!("../../migrations/", $name, "/postgres.sql")),
        )),+]
    };
}
const LATER: &[(&str, &str, &str, &str)] =
    later!("0002_companies", "0003_lists", "0004_onboarding", "0005_certification", "0006_clauses");

fn connection(place: &DatabasePlace) -> AnyConnection {
    let url = place.url();
    if url.starts_with("postgres") {
        AnyConnection::Postgres(PgConnection::establish(&url).unwrap())
    } else {
        AnyConnection::Sqlite(SqliteConnection::establish(&url).unwrap())
    }
}

fn version_0_1_0(place: &DatabasePlace) {
    let own = if place.url().starts_with("postgres") { POSTGRES } else { SQLITE };
    for statements in [PORTABLE, own, DATA] {
        connection(place).batch_execute(statements).unwrap();
    }
}

/// The same companies, as a version wrote them that knew clauses and no inspections.
fn before_inspections(place: &DatabasePlace) {
    version_0_1_0(place);
    let is_postgres = place.url().starts_with("postgres");
    for (name, portable, sqlite, postgres) in LATER {
        let own = if is_postgres { *postgres } else { *sqlite };
        let known = format!("INSERT INTO migrations VALUES ('{name}')");
        for statements in [*portable, own, known.as_str()] {
            connection(place).batch_execute(statements).unwrap();
        }
    }
}

#[test]
fn a_register_without_inspections_goes_on_with_its_companies_ready_to_be_inspected() {
    let place = DatabasePlace::new();
    before_inspections(&place);
    let db = Db::open(&place.url()).unwrap();
    bring_search_up_to_date(&db).unwrap();
    drop(db);
    let app = TestApp::on(place);
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 2);
    let staff = app.staff(Role::ProcurementOfficer);
    let company = "/suppliers/01900000-0000-7000-8000-000000000001";
    staff.get(company).expect(200).shows("浙江样例有限公司");
    staff
        .get(&format!("{company}/inspections"))
        .expect(200)
        .shows("This company has not been inspected");
    let report = staff.get("/inspection-figures/export/json").expect(200);
    assert!(report.body().contains("\"active\": 2"), "{}", report.body());
    let version = crate::inspected::checklist(&app, "conduct");
    assert_eq!(app.number("SELECT count(*) FROM checklist_items"), 4);
    assert!(!version.is_empty());
}

#[test]
fn a_register_of_version_0_1_0_is_searched_and_counted_as_before() {
    let place = DatabasePlace::new();
    version_0_1_0(&place);
    let db = Db::open(&place.url()).unwrap();
    bring_search_up_to_date(&db).unwrap();
    bring_search_up_to_date(&db).unwrap();
    drop(db);
    let app = TestApp::on(place);
    let staff = app.staff(Role::ProcurementOfficer);
    for text in ["浙江", "样", "zhejiang", "S-000001"] {
        let page =
            staff.get(&format!("/suppliers?q={}", RawStr::new(text).percent_encode())).expect(200);
        assert!(page.body().contains("浙江样例有限公司"), "{text}");
        assert!(!page.body().contains("Former Ltd"), "{text}");
    }
    assert_eq!(app.text("SELECT status FROM imports"), "failed");
    assert_eq!(app.number("SELECT count(*) FROM settings"), 0);
    let report = staff.get("/reports/regions?scheme=cn-six").expect(200);
    assert!(report.body().contains("2 suppliers"), "{}", report.body());
}
