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
    '{}', '[]', '{}', '{}', '', 0, 0, 0, '2026-01-01', '2026-01-01', NULL, NULL);
INSERT INTO suppliers VALUES ('01900000-0000-7000-8000-000000000001', 1, '浙江样例有限公司',
    'Zhejiang Example', '浙江样例', 'zhejiang example', '  x6d59x6c5fx6837x4f8b  zhejiang', 'active',
    '330000', '', '01900000-0000-7000-8000-000000000011', '', '', '', NULL, 1, '2026-01-01', '2026-01-01');
INSERT INTO suppliers VALUES ('01900000-0000-7000-8000-000000000002', 2, 'Former Ltd', '', 'former',
    'former ltd', '  former  ltd', 'active', '330000', '', '01900000-0000-7000-8000-000000000012',
    '', '', '', NULL, 1, '2026-01-01', '2026-01-01');
INSERT INTO supplier_versions SELECT id, '2026-01-01', '9999-12-31', legal_name, stage, area FROM suppliers;
INSERT INTO sites SELECT registered_site_id, id, 'registered_office', '', '', 'CN', area, '', 'resolved',
    '', '[]', NULL, '2026-01-01', NULL FROM suppliers;
";

fn version_0_1_0(place: &DatabasePlace) {
    let url = place.url();
    let mut c = if url.starts_with("postgres") {
        AnyConnection::Postgres(PgConnection::establish(&url).unwrap())
    } else {
        AnyConnection::Sqlite(SqliteConnection::establish(&url).unwrap())
    };
    let own = if url.starts_with("postgres") { POSTGRES } else { SQLITE };
    for statements in [PORTABLE, own, DATA] {
        c.batch_execute(statements).unwrap();
    }
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
