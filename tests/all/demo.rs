//! The demo register as a whole.

use touchstone::audit::{self, Verdict};
use touchstone::db::Db;
use touchstone::demo::{self, Holding};
use touchstone::proof::signatures;
use touchstone::suppliers::groups;

use crate::support::{DatabasePlace, vault};

#[test]
fn the_demo_register_has_791_suppliers_at_the_end_of_2021_and_an_unbroken_trail() {
    let place = DatabasePlace::new();
    let db = Db::open(&place.url()).unwrap();
    assert_eq!(db.read_now(demo::holding).unwrap(), Holding::Nothing);
    demo::load(&db, &vault()).unwrap();
    assert_eq!(db.read_now(demo::holding).unwrap(), Holding::Demo);
    assert_eq!(counted_at(&db, "2021-12-31"), demo::TOTAL as i64);
    assert_eq!(counted_at(&db, "9000-01-01"), demo::TOTAL as i64);
    assert!(matches!(db.read_now(audit::verify).unwrap(), Verdict::Sound { .. }));
    let signed = db.read_now(|c| signatures::verify(c, &[])).unwrap();
    assert!(matches!(signed, signatures::Verdict::Sound { .. }), "{signed:?}");
    // Loading again changes nothing.
    let before = db.read_now(audit::version).unwrap();
    demo::load(&db, &vault()).unwrap();
    assert_eq!(db.read_now(audit::version).unwrap(), before);
}

#[test]
fn invented_accounts_and_papers_can_be_nobodys_and_only_a_few_companies_have_them() {
    use diesel::prelude::*;
    use touchstone::schema::{bank_accounts, people};
    let place = DatabasePlace::new();
    let db = Db::open(&place.url()).unwrap();
    demo::load(&db, &vault()).unwrap();
    let sealed: Vec<(String, String)> = db
        .read_now(|c| {
            let accounts = bank_accounts::table
                .select((bank_accounts::id, bank_accounts::number_sealed))
                .load(c)?;
            let papers = people::table.select((people::id, people::number_sealed)).load(c)?;
            Ok([accounts, papers].concat())
        })
        .unwrap();
    assert!((90..120).contains(&sealed.len()), "{}", sealed.len());
    for (id, sealed) in &sealed {
        let number = vault().open(sealed, id).unwrap();
        assert!(number.starts_with("000000"), "{number}");
    }
}

#[test]
fn the_demo_register_shows_a_group_of_five() {
    use diesel::prelude::*;
    use touchstone::schema::suppliers;
    let place = DatabasePlace::new();
    let db = Db::open(&place.url()).unwrap();
    demo::load(&db, &vault()).unwrap();
    let members = |number: i64, day: &str| {
        let day = day.parse::<chrono::NaiveDate>().unwrap();
        db.read_now(|c| {
            let numbered = suppliers::table.filter(suppliers::number.eq(number));
            let id: String = numbered.select(suppliers::id).first(c)?;
            Ok(groups::members(c, &id, day)?.members.len())
        })
        .unwrap()
    };
    assert_eq!(members(48, "2021-12-31"), 5);
    assert_eq!((members(112, "2018-12-31"), members(48, "2018-12-31")), (3, 1));
    assert_eq!((members(14, "2021-12-31"), members(14, "2023-12-31")), (2, 1));
}

fn counted_at(db: &Db, day: &str) -> i64 {
    use diesel::prelude::*;
    use touchstone::schema::supplier_versions::dsl::*;
    let day = day.parse::<chrono::NaiveDate>().unwrap();
    let at = touchstone::values::end_of(day);
    db.read_now(move |c| {
        Ok(supplier_versions
            .filter(valid_from.le(at))
            .filter(valid_to.gt(at))
            .filter(stage.eq_any(["active", "suspended"]))
            .count()
            .get_result(c)?)
    })
    .unwrap()
}

#[test]
fn nothing_invented_goes_into_a_register_that_holds_anything() {
    let app = crate::support::TestApp::alone();
    app.company("Suzhou Real Co., Ltd.", "CN");
    assert_eq!(app.db().read_now(demo::holding).unwrap(), Holding::Real);
    assert!(demo::load(app.db(), &vault()).is_err());
}
