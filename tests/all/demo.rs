//! The demo register as a whole.

use touchstone::audit::{self, Verdict};
use touchstone::db::Db;
use touchstone::demo::{self, Holding};
use touchstone::proof::signatures;
use touchstone::suppliers::groups;

use crate::support::{DatabasePlace, still_clock, vault};

#[test]
fn the_demo_register_has_791_suppliers_at_the_end_of_2021_and_an_unbroken_trail() {
    let _clock = still_clock();
    let place = DatabasePlace::new();
    let db = Db::open(&place.url()).unwrap();
    assert_eq!(db.read_now(demo::holding).unwrap(), Holding::Nothing);
    demo::load(&db, &vault()).unwrap();
    assert_eq!(db.read_now(demo::holding).unwrap(), Holding::Demo);
    assert_eq!(counted_at(&db, "2021-12-31"), demo::TOTAL as i64);
    assert_eq!(counted_at(&db, "9000-01-01"), (demo::TOTAL - demo::ELIMINATED) as i64);
    assert!(matches!(db.read_now(audit::verify).unwrap(), Verdict::Sound { .. }));
    let signed = db.read_now(|c| signatures::verify(c, &[])).unwrap();
    assert!(matches!(signed, signatures::Verdict::Sound { .. }), "{signed:?}");
    // Loading again changes nothing.
    let before = db.read_now(audit::version).unwrap();
    demo::load(&db, &vault()).unwrap();
    assert_eq!(db.read_now(audit::version).unwrap(), before);
}

#[test]
fn the_demo_register_has_inspections_and_findings_in_every_state() {
    use touchstone::inspections::findings::{Status as Finding, StepKind};
    use touchstone::inspections::results::EffectStatus;
    use touchstone::inspections::{Severity, Status};
    let _clock = still_clock();
    let place = DatabasePlace::new();
    let db = Db::open(&place.url()).unwrap();
    demo::load(&db, &vault()).unwrap();
    let number = |query: String| {
        use diesel::prelude::*;
        let question = diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("({query})"));
        db.read_now(|c| Ok(diesel::select(question).get_result::<i64>(c)?)).expect(&query)
    };
    let count = |what: &str| number(format!("SELECT count(*) FROM {what}"));
    for status in Status::ALL {
        let of = format!("inspections WHERE status = '{}'", status.as_str());
        assert!(count(&of) > 0, "{status:?}");
    }
    for (severity, status) in
        Severity::ALL.iter().flat_map(|one| Finding::ALL.iter().map(move |other| (one, other)))
    {
        let (one, other) = (severity.as_str(), status.as_str());
        let of = format!("findings WHERE severity = '{one}' AND status = '{other}'");
        assert!(count(&of) > 0, "{severity:?} {status:?}");
    }
    for severity in Severity::ALL {
        let of = format!("findings WHERE severity = '{}' AND", severity.as_str());
        for what in [
            "status = 'closed' AND date(closed_at) <= due_on",
            "status = 'closed' AND date(closed_at) > due_on",
            "status = 'open' AND escalations > 0",
        ] {
            assert!(count(&format!("{of} {what}")) > 0, "{severity:?}: {what}");
        }
    }
    assert!(count("findings WHERE repeats_id IS NOT NULL") > 0);
    assert!(count("findings WHERE contained_at IS NOT NULL") > 0);
    for kind in StepKind::ALL.iter().filter(|one| **one != StepKind::TakenBack) {
        let of = format!("finding_steps WHERE kind = '{}'", kind.as_str());
        assert!(count(&of) > 0, "{kind:?}");
    }
    for status in EffectStatus::ALL {
        let of = format!("inspection_effects WHERE status = '{}'", status.as_str());
        assert!(count(&of) > 0, "{status:?}");
    }
    for status in ["draft", "running", "closed"] {
        assert!(count(&format!("inspection_plans WHERE status = '{status}'")) > 0, "{status}");
    }
    // Level II of 791 is 80; those of the tier "high" are among them.
    assert_eq!(count("draws WHERE status = 'drawn' AND roster_size = 791 AND sample_size = 80"), 1);
    assert_eq!(count("draws WHERE status = 'committed' AND seed_sealed <> '' AND seed = ''"), 1);
    let high = "risk_tiers WHERE tier = 'high' AND valid_to > '9999-01-01'";
    assert_eq!(count(high), 12);
    assert_eq!(count("draw_entries WHERE chosen = 'certain'"), 24);
    // What was done has a result for each item, and what is over has nothing open.
    let done = "inspections i WHERE i.status IN ('signed_off', 'closed')";
    assert_eq!(
        count(&format!(
            "{done} AND (SELECT count(*) FROM inspection_results r WHERE r.inspection_id = i.id) <> \
         (SELECT count(*) FROM checklist_items m WHERE m.version_id = i.checklist_version_id)"
        )),
        0
    );
    let open =
        "findings f WHERE f.inspection_id = i.id AND f.status NOT IN ('closed', 'withdrawn')";
    assert_eq!(
        count(&format!(
            "inspections i WHERE i.status = 'closed' AND EXISTS (SELECT 1 FROM {open})"
        )),
        0
    );
    assert_eq!(
        count(&format!(
            "inspections i WHERE i.status = 'signed_off' AND NOT EXISTS (SELECT 1 FROM {open})"
        )),
        0
    );
    // The company whose owner signs in has something to see.
    let first = "supplier_id = (SELECT id FROM suppliers WHERE number = 1)";
    assert!(count(&format!("inspections WHERE {first} AND status = 'scheduled'")) > 0);
    for (severity, status) in [("minor", "open"), ("major", "disputed")] {
        let of =
            format!("findings WHERE {first} AND severity = '{severity}' AND status = '{status}'");
        assert!(count(&of) > 0, "{severity} {status}");
    }
    // Nobody verifies what they found themselves, and nothing is said to have happened tomorrow.
    assert_eq!(count("findings WHERE closed_by = raised_by"), 0);
    let tomorrow = touchstone::values::now().date() + chrono::Days::new(1);
    assert_eq!(count(&format!("finding_steps WHERE at >= '{tomorrow}'")), 0);
    assert_eq!(count(&format!("findings WHERE closed_at >= '{tomorrow}'")), 0);
}

#[test]
fn the_demo_register_has_cases_ballots_members_and_links_in_every_state() {
    use touchstone::punishments::ballots::{Kind, Outcome, Status as Ballot};
    use touchstone::punishments::evasion::Status as Link;
    use touchstone::punishments::{Measure, MemberStatus, Status};
    let place = DatabasePlace::new();
    let db = Db::open(&place.url()).unwrap();
    demo::load(&db, &vault()).unwrap();
    let count = |what: &str| {
        use diesel::prelude::*;
        let query = format!("(SELECT count(*) FROM {what})");
        let question = diesel::dsl::sql::<diesel::sql_types::BigInt>(&query);
        db.read_now(|c| Ok(diesel::select(question).get_result::<i64>(c)?)).expect(what)
    };
    let has = |of: &str| assert!(count(of) > 0, "{of}");
    for status in Status::ALL {
        has(&format!("punishment_cases WHERE status = '{}'", status.as_str()));
    }
    let today = touchstone::values::now().date();
    let holds = format!("status = 'in_force' AND from_on <= '{today}' AND to_on > '{today}'");
    for measure in Measure::ALL {
        has(&format!("punishment_cases WHERE measure = '{}' AND {holds}", measure.as_str()));
    }
    for kind in Kind::ALL {
        has(&format!("punishment_ballots WHERE kind = '{}'", kind.as_str()));
    }
    for outcome in Outcome::ALL {
        has(&format!("punishment_ballots WHERE outcome = '{}'", outcome.as_str()));
    }
    for status in Ballot::ALL {
        has(&format!("punishment_ballots WHERE status = '{}'", status.as_str()));
    }
    for status in MemberStatus::ALL {
        has(&format!("punishment_members WHERE status = '{}'", status.as_str()));
    }
    for status in Link::ALL {
        has(&format!("evasion_links WHERE status = '{}'", status.as_str()));
    }
    has(&format!("punishment_cases WHERE status = 'proposed' AND notice_by < '{today}'"));
    has(&format!("punishment_cases WHERE status = 'served' AND decide_by < '{today}'"));
    has("punishment_cases WHERE status = 'served' AND replied_at IS NOT NULL");
    has(&format!("punishment_interims WHERE ended_on IS NULL AND to_on > '{today}'"));
    has("punishment_steps WHERE kind = 'reentered'");
    for status in ["published", "draft"] {
        has(&format!("punishment_standard_versions WHERE status = '{status}'"));
    }
    // A group of five was eliminated but for one company.
    let five = "punishment_members m JOIN punishment_cases p ON p.id = m.case_id \
         WHERE p.measure = 'elimination' AND m.status";
    assert_eq!(count(&format!("{five} = 'included'")), demo::ELIMINATED as i64);
    assert_eq!(count(&format!("{five} = 'exempted'")), 1);
    assert_eq!(count("suppliers WHERE stage = 'eliminated'"), demo::ELIMINATED as i64);
    // The company whose owner signs in has a notice to reply to.
    let first = "supplier_id = (SELECT id FROM suppliers WHERE number = 1)";
    let served = format!("{first} AND status = 'served' AND reply_by >= '{today}'");
    assert_eq!(count(&format!("punishment_cases WHERE {served}")), 1);
    // Nobody votes on what they brought, or hears what they decided; nothing happens tomorrow.
    let votes = "punishment_votes v JOIN punishment_ballots b ON b.id = v.ballot_id \
         JOIN punishment_cases p ON p.id = b.case_id";
    assert_eq!(count(&format!("{votes} WHERE v.account_id = p.proposed_by")), 0);
    assert_eq!(
        count(&format!(
            "{votes} WHERE b.kind = 'appeal' AND EXISTS (SELECT 1 FROM punishment_votes w \
             JOIN punishment_ballots d ON d.id = w.ballot_id WHERE d.case_id = p.id \
             AND d.kind = 'decision' AND w.account_id = v.account_id)"
        )),
        0
    );
    let tomorrow = today + chrono::Days::new(1);
    assert_eq!(count(&format!("punishment_steps WHERE at >= '{tomorrow}'")), 0);
    assert_eq!(count(&format!("punishment_votes WHERE at >= '{tomorrow}'")), 0);
}

#[test]
fn invented_accounts_and_papers_can_be_nobodys_and_only_a_few_companies_have_them() {
    use diesel::prelude::*;
    use touchstone::schema::{bank_accounts, people};
    let _clock = still_clock();
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
    let _clock = still_clock();
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
