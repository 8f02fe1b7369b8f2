//! The report of clearance says of all companies what is said of each.

use std::collections::BTreeMap;

use touchstone::access::{Role, Scope};
use touchstone::categories;
use touchstone::db::Db;
use touchstone::demo;
use touchstone::reports::clearance::{self, AT_MOST, Behind, Question};
use touchstone::suppliers::clearance::{clearance as ask, load};
use touchstone::suppliers::list::Filter;
use touchstone::values::now;

use crate::support::{DatabasePlace, TestApp, still_clock, vault};

fn question(db: &Db) -> Question {
    db.read_now(|c| {
        let filter = Filter::all(&Scope::Everything);
        Ok(Question { filter, categories: categories::all(c)?, on: now().date() })
    })
    .unwrap()
}

#[test]
fn figures_files_and_each_companys_own_answer_agree() {
    let _clock = still_clock();
    let place = DatabasePlace::new();
    let db = Db::open(&place.url()).unwrap();
    demo::load(&db, &vault()).unwrap();
    let question = question(&db);
    let (mut single, mut pairs) = (BTreeMap::<String, (i64, i64)>::new(), 0);
    db.read_now(|c| {
        clearance::each(c, touchstone::HOLDS, &question, |answer| {
            pairs += 1;
            if answer.offers {
                let line = single.entry(answer.category.id.clone()).or_default();
                line.0 += 1;
                line.1 += i64::from(answer.clearance.is_cleared());
            }
            Ok(true)
        })
    })
    .unwrap();
    let summary = db.read_now(|c| clearance::summary(c, touchstone::HOLDS, &question)).unwrap();
    assert!(!summary.is_cut && summary.companies < AT_MOST);
    let active = demo::TOTAL - demo::ELIMINATED;
    assert_eq!(summary.companies, active, "introduced or suspended");
    assert_eq!(pairs, summary.companies * question.categories.len());
    let mut reasons = BTreeMap::<&str, i64>::new();
    for line in &summary.lines {
        let (offering, cleared) = single.get(&line.category.id).copied().unwrap_or_default();
        assert_eq!((line.offering, line.cleared), (offering, cleared), "{}", line.category.code);
        for (code, number) in &line.reasons {
            *reasons.entry(code).or_default() += number;
        }
    }
    // One company at a time, as its own page asks.
    for line in summary.lines.iter().filter(|line| line.offering > 0).take(3) {
        let of_line = Question { categories: vec![line.category.clone()], ..question.clone() };
        for behind in [Behind::Cleared, Behind::Refused] {
            let (rows, _) = db
                .read_now(|c| clearance::rows(c, touchstone::HOLDS, &of_line, &behind, 0))
                .unwrap();
            for row in rows.iter().take(10) {
                let facts = db
                    .read_now(|c| load(c, touchstone::HOLDS, &[&row.id]))
                    .unwrap()
                    .remove(&row.id)
                    .unwrap();
                let own = ask(&facts, Some(&line.category.id), question.on);
                assert_eq!(own, row.clearance);
                assert_eq!(own.is_cleared(), behind == Behind::Cleared);
            }
        }
    }
    for code in
        ["not_certified", "certification_lapsed", "certification_revoked", "certificate_missing"]
    {
        assert!(reasons.get(code).is_some_and(|n| *n > 0), "{code}: {reasons:?}");
    }
}

#[test]
fn the_report_is_asked_for_by_day_region_and_group_of_categories() {
    let app = TestApp::new();
    let staff = app.staff(Role::ReportingStaff);
    staff.get("/reports/clearance").expect(200);
    staff.get("/reports/clearance?on=2021-12-31&region=eastern").expect(200);
    let wrong = staff.get("/reports/clearance?on=31.12.2021");
    assert_eq!(wrong.status, 422);
    assert!(wrong.body().contains("31.12.2021"), "what was typed stays");
    staff.get("/reports/clearance/rows?category=none").expect(404);
    staff.get("/reports/clearance/export/csv").expect(200);
    staff.get("/reports/clearance/export/exe").expect(404);
    staff.get("/reports/clearance/export/csv?on=never").expect(422);
}
