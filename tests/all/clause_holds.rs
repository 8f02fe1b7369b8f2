//! What clauses hold against orders, on which day.

use chrono::{Duration, NaiveDate};
use touchstone::access::{Role, command_line};
use touchstone::certification::demands::DemandKind::Clause;
use touchstone::clauses::Whom;
use touchstone::clauses::duties::DutyKind;
use touchstone::suppliers::clearance::{clearance, load};
use touchstone::suppliers::merges::{MergeInput, merge, undo};

use crate::certified::{apply, category, check_all, company, in_days, standard, status, today};
use crate::signed::{published, published_for, sign, signatory};
use crate::support::TestApp;

/// The codes of the reasons of clauses against an order.
fn held(app: &TestApp, id: &str, category: Option<&str>, on: NaiveDate) -> String {
    let of = id.to_string();
    let facts = app
        .db()
        .read_now(move |c| Ok(load(c, touchstone::HOLDS, &[&of])?.remove(&of)))
        .expect("facts")
        .expect("a company");
    let all = clearance(&facts, category, on).reasons;
    let codes: Vec<&str> =
        all.iter().map(|one| one.code).filter(|code| code.starts_with("clause")).collect();
    codes.join(";")
}

#[test]
fn an_order_waits_for_a_signature_on_both_sides_of_each_day() {
    let app = TestApp::new();
    let ours = app.company("Signing Works GmbH", "DE");
    let first = published(&app, "anti_bribery", in_days(-10));
    let on = |day| held(&app, &ours.id, None, day);
    assert_eq!((on(in_days(-11)), on(today())), (String::new(), "clause_not_signed".into()));
    let by = signatory(&app, &ours.id);
    let one = sign(&app, &ours.id, &first, &by);
    assert_eq!((on(in_days(-1)), on(today())), ("clause_not_signed".into(), String::new()));
    let second = published(&app, "anti_bribery", in_days(5));
    assert_eq!((on(in_days(4)), on(in_days(5))), (String::new(), "clause_outdated".into()));
    let legal = app.staff(Role::LegalOfficer);
    let reason = [("reason", "The wrong company")];
    legal.post(&format!("/signatures/{}/voiding", one.id), &reason).expect(303);
    assert_eq!(
        (on(today()), on(in_days(5))),
        ("clause_not_signed".into(), "clause_not_signed".into())
    );
    // Only the newest can be signed: whoever does so before its day is not stopped until then.
    sign(&app, &ours.id, &second, &by);
    assert_eq!((on(today()), on(in_days(5))), (String::new(), String::new()));
    let body = legal.get("/suppliers").expect(200).body();
    assert!(!body.contains("clause not signed"));
}

#[test]
fn an_exception_clears_from_its_first_day_to_its_last_and_not_once_it_is_taken_back() {
    let app = TestApp::new();
    let ours = app.company("Signing Works GmbH", "DE");
    published(&app, "anti_bribery", in_days(-10));
    let clause = app.text("SELECT id FROM clauses");
    let (legal, path) = (app.staff(Role::LegalOfficer), format!("/suppliers/{}", ours.id));
    let ask = |first: i64, last: i64, reason: &str| {
        let (first, last) = (in_days(first).to_string(), in_days(last).to_string());
        let fields =
            [("clause", &*clause), ("first_day", &first), ("last_day", &last), ("reason", reason)];
        legal.post(&format!("{path}/clause-exceptions"), &fields).status
    };
    assert_eq!(
        (ask(-1, 5, "x"), ask(2, 1, "x"), ask(2, 9, " "), ask(0, 800, "x")),
        (422, 422, 422, 422)
    );
    assert_eq!((ask(2, 20, "A frame contract"), ask(10, 30, "Another")), (303, 422));
    let on = |day: i64| held(&app, &ours.id, None, in_days(day));
    assert_eq!(
        [on(1), on(2), on(20), on(21)].map(|held| held.is_empty()),
        [false, true, true, false]
    );
    let id = app.text("SELECT id FROM clause_exceptions");
    let end = format!("/clause-exceptions/{id}/end");
    legal.post(&end, &[("reason", "")]).expect(422);
    legal.post(&end, &[("reason", "It was cancelled")]).expect(303);
    legal.post(&end, &[("reason", "Again")]).expect(409);
    assert!(!on(2).is_empty());
    legal.get(&format!("{path}/history")).expect(200).shows("Exception from a clause granted");
}

#[test]
fn what_only_a_category_asks_for_stops_only_orders_for_it() {
    let app = TestApp::new();
    let (paper, steel) = (category(&app, "paper"), category(&app, "steel"));
    let ours = company(&app, "Jinji Paper Works", &[&paper, &steel]);
    let duties = [(DutyKind::Category, paper.as_str())];
    published_for(&app, "labour_rights", today(), Whom::Some, &duties);
    let for_category = |one: Option<&str>| held(&app, &ours.id, one, today());
    assert_eq!(for_category(Some(&paper)), "clause_not_signed");
    assert_eq!((for_category(Some(&steel)), for_category(None)), (String::new(), String::new()));
}

#[test]
fn a_merge_takes_signatures_along_and_its_undoing_brings_them_back() {
    let app = TestApp::new();
    let (kept, gone) = (app.company("Kept Works GmbH", "DE"), app.company("Gone Works GmbH", "DE"));
    let version = published(&app, "anti_bribery", in_days(-10));
    let by = signatory(&app, &gone.id);
    sign(&app, &gone.id, &version, &by);
    let on = |id: &str| held(&app, id, None, today());
    assert_eq!((on(&kept.id), on(&gone.id)), ("clause_not_signed".into(), String::new()));
    let input = MergeInput { kept: kept.id.clone(), gone: gone.id.clone(), ..Default::default() };
    let done = app.db().write_now(move |c| merge(c, &command_line(), &input)).expect("a merge");
    assert_eq!(on(&kept.id), "");
    let staff = app.staff(Role::ProcurementOfficer);
    let id = app.text("SELECT id FROM signatures");
    staff.get(&format!("/signatures/{id}")).expect(200).shows("Belongs today to");
    app.db().write_now(move |c| undo(c, &command_line(), &done.id)).expect("its undoing");
    assert_eq!((on(&kept.id), on(&gone.id)), ("clause_not_signed".into(), String::new()));
}

#[test]
fn a_certification_that_demands_a_clause_stops_without_it_and_comes_back_with_it() {
    let app = TestApp::new();
    let paper = category(&app, "paper");
    let version = published_for(&app, "anti_bribery", in_days(-40), Whom::Nobody, &[]);
    standard(&app, &paper, in_days(-30), &[(Clause, "anti_bribery")]);
    let ours = company(&app, "Jinji Paper Works", &[&paper]);
    let by = signatory(&app, &ours.id);
    let one = sign(&app, &ours.id, &version, &by);
    let id = apply(&app.staff(Role::ProcurementOfficer), &ours.id, &paper);
    let auditor = app.staff(Role::Inspector);
    check_all(&app, &auditor, &id);
    auditor.post(&format!("/certifications/{id}/recommendation"), &[]).expect(303);
    let last = in_days(200).to_string();
    let fields = [("decision", "certify"), ("last_day", last.as_str())];
    app.staff(Role::Approver).post(&format!("/certifications/{id}/decision"), &fields).expect(303);
    assert_eq!(held(&app, &ours.id, Some(&paper), today()), "");
    let legal = app.staff(Role::LegalOfficer);
    legal.post(&format!("/signatures/{}/voiding", one.id), &[("reason", "Forged")]).expect(303);
    assert_eq!(status(&app, &id), "suspended");
    assert_eq!(held(&app, &ours.id, Some(&paper), today()), "clause_demand_missing");
    let clause = app.text("SELECT id FROM clauses");
    let (first, last) = (today().to_string(), (today() + Duration::days(9)).to_string());
    let fields =
        [("clause", &*clause), ("first_day", &first), ("last_day", &last), ("reason", "Time")];
    legal.post(&format!("/suppliers/{}/clause-exceptions", ours.id), &fields).expect(303);
    assert_eq!(status(&app, &id), "certified");
}
