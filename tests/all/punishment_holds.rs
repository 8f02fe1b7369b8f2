//! What punishments hold against orders, on which day, and what whoever may not see cases learns of it.

use chrono::NaiveDate;
use diesel::prelude::*;
use touchstone::access::{Role, command_line};
use touchstone::inspections::Severity::{Critical, Major, Minor};
use touchstone::punishments::evasion::{Kind, Link, Status as LinkStatus};
use touchstone::punishments::{Case, Ground, MemberStatus, Status, members};
use touchstone::schema::evasion_links;
use touchstone::suppliers::Supplier;
use touchstone::suppliers::clearance::{clearance, load};
use touchstone::suppliers::merges::{MergeInput, merge, undo};
use touchstone::values::new_id;

use crate::certified::{category, company, in_days, today};
use crate::punished::{
    FACTS, find, in_force, in_force_between, interim, member, served, standard, status,
};
use crate::support::{Person, TestApp};

/// The codes of the reasons of punishments against an order.
pub fn held(app: &TestApp, id: &str, category: Option<&str>, on: NaiveDate) -> String {
    let of = id.to_string();
    let facts = app
        .db()
        .read_now(move |c| Ok(load(c, touchstone::HOLDS, &[&of])?.remove(&of)))
        .expect("facts")
        .expect("a company");
    let all = clearance(&facts, category, on).reasons;
    let ours: Vec<_> = all.iter().filter(|one| one.code.starts_with("orders_")).collect();
    assert!(ours.iter().all(|one| one.args.is_empty()), "a reason tells no more than that");
    ours.iter().map(|one| one.code).collect::<Vec<_>>().join(";")
}

fn on(app: &TestApp, supplier: &Supplier, days: i64) -> String {
    held(app, &supplier.id, None, in_days(days))
}

/// A case that holds a company from some days on until others.
fn between(app: &TestApp, supplier: &Supplier, from: i64, to: i64) -> Case {
    let standard = standard(app, "quality", Critical);
    in_force_between(app, supplier, &standard, in_days(from), in_days(to))
}

#[test]
fn a_measure_stops_orders_from_its_first_day_to_its_last_by_the_dates_alone() {
    let app = TestApp::new();
    let ours = app.company("Late Works GmbH", "DE");
    let other = app.company("Good Works GmbH", "DE");
    let case = between(&app, &ours, -5, 3);
    let days = [-6, -5, 0, 2, 3, 400].map(|day| on(&app, &ours, day));
    assert_eq!(days, ["", "orders_blocked", "orders_blocked", "orders_blocked", "", ""]);
    assert_eq!(on(&app, &other, 0), "");
    // Nothing has moved the case: the day has come, and that is enough.
    let over = app.company("Over Works GmbH", "DE");
    let past = between(&app, &over, -30, 0);
    assert_eq!(
        [-30, -1, 0].map(|day| on(&app, &over, day)),
        ["orders_blocked", "orders_blocked", ""]
    );
    assert_eq!(
        (status(&app, &case.id), status(&app, &past.id)),
        (Status::InForce, Status::InForce)
    );
    let endless = app.company("Endless Works GmbH", "DE");
    in_force(&app, &endless, "bribery", Critical);
    assert_eq!(on(&app, &endless, 20_000), "orders_terminate");
}

#[test]
fn each_effect_on_orders_has_its_reason_for_every_category_and_for_none() {
    let app = TestApp::new();
    let paper = category(&app, "paper");
    for (violation, severity, code) in [
        ("late_delivery", Minor, ""),
        ("quality", Major, "orders_existing"),
        ("child_labour", Critical, "orders_existing"),
        ("quality", Critical, "orders_blocked"),
        ("bribery", Major, "orders_blocked"),
        ("bribery", Critical, "orders_terminate"),
    ] {
        let ours = app.company(&format!("{violation} Works GmbH"), "DE");
        in_force(&app, &ours, violation, severity);
        assert_eq!(held(&app, &ours.id, None, today()), code, "{violation}");
        assert_eq!(held(&app, &ours.id, Some(&paper), today()), code, "{violation}");
    }
}

#[test]
fn who_is_freed_is_free_from_that_day_and_was_held_before() {
    let app = TestApp::new();
    let ours = app.company("Mended Works GmbH", "DE");
    let case = between(&app, &ours, -10, 20);
    app.tamper("UPDATE punishment_cases SET status = 'released'").expect("a release");
    let case = find(&app, &case.id);
    app.db()
        .write_now(move |c| members::free(c, &case, today(), "Put right"))
        .expect("nobody is held");
    assert_eq!([-1, 0, 1].map(|day| on(&app, &ours, day)), ["orders_blocked", "", ""]);
    assert_eq!(app.text("SELECT status FROM punishment_members"), "freed");
}

#[test]
fn exempted_companies_and_those_that_wait_are_not_held_and_those_that_left_are() {
    let app = TestApp::new();
    let names = ["Principal", "Exempted", "Proposed", "Left"];
    let [ours, exempted, proposed, left] = names.map(|name| app.company(name, "DE"));
    let case = in_force(&app, &ours, "bribery", Major);
    member(&app, &case, &exempted, Ground::ControlledBy, MemberStatus::Exempted);
    member(&app, &case, &proposed, Ground::Related, MemberStatus::Proposed);
    member(&app, &case, &left, Ground::Controls, MemberStatus::Left);
    let today = [&ours, &exempted, &proposed, &left].map(|one| on(&app, one, 0));
    assert_eq!(today, ["orders_blocked", "", "", "orders_blocked"]);
}

#[test]
fn what_is_ordered_before_the_decision_holds_up_to_its_last_day_or_an_earlier_end() {
    let app = TestApp::new();
    let ours = app.company("Urgent Works GmbH", "DE");
    let case = served(&app, &ours, "quality", Critical);
    assert_eq!(on(&app, &ours, 0), "");
    let id = interim(&app, &case, 10);
    let days = [-1, 0, 9, 10].map(|day| on(&app, &ours, day));
    assert_eq!(days, ["", "orders_blocked", "orders_blocked", ""]);
    let end = in_days(4);
    app.tamper(&format!("UPDATE punishment_interims SET ended_on = '{end}' WHERE id = '{id}'"))
        .expect("an end");
    assert_eq!([3, 4].map(|day| on(&app, &ours, day)), ["orders_blocked", ""]);
}

fn link(app: &TestApp, ours: &Supplier, case: &Case) -> String {
    let row = Link {
        id: new_id(),
        supplier_id: ours.id.clone(),
        case_id: case.id.clone(),
        other_id: case.supplier_id.clone(),
        kind: Kind::Phone,
        shared: "•••• 4417".into(),
        recorded_by: String::new(),
        status: LinkStatus::Held,
        found_at: in_days(-3).and_hms_opt(12, 0, 0).expect("a time"),
        settled_at: None,
        settled_by: None,
        settled_name: String::new(),
        reason: String::new(),
    };
    let id = row.id.clone();
    let written = app.db().write_now(move |c| {
        diesel::insert_into(evasion_links::table).values(&row).execute(c)?;
        Ok(())
    });
    written.expect("a link");
    id
}

#[test]
fn a_company_that_shares_something_waits_until_it_is_cleared_or_the_measure_is_over() {
    let app = TestApp::new();
    let old = app.company("Old Works GmbH", "DE");
    let [new, same] = ["New Works GmbH", "Same Works GmbH"].map(|name| app.company(name, "DE"));
    let case = between(&app, &old, -30, 30);
    let [cleared, confirmed] = [&new, &same].map(|one| link(&app, one, &case));
    assert_eq!(
        [-4, -3, 0].map(|day| on(&app, &new, day)),
        ["", "orders_blocked", "orders_blocked"]
    );
    assert_eq!([29, 30].map(|day| on(&app, &new, day)), ["orders_blocked", ""]);
    let at = format!("{} 12:00:00", in_days(-1));
    for (id, status) in [(cleared, "cleared"), (confirmed, "confirmed")] {
        app.tamper(&format!(
            "UPDATE evasion_links SET status = '{status}', settled_at = '{at}' WHERE id = '{id}'"
        ))
        .expect("what somebody said");
    }
    assert_eq!([-2, -1, 0].map(|day| on(&app, &new, day)), ["orders_blocked", "", ""]);
    assert_eq!(on(&app, &same, 0), "orders_blocked", "a case of its own follows");
}

fn sees_nothing_of(person: &Person, path: &str) {
    let page = person.get(path).expect(200);
    let body = page.body();
    for trace in ["PC-000001", FACTS, "Quality", "Unqualified", "nqualified list"] {
        assert!(!body.contains(trace), "{trace} on {path}");
    }
}

#[test]
fn who_may_not_see_cases_learns_what_goes_for_orders_and_nothing_else() {
    let app = TestApp::new();
    let paper = category(&app, "paper");
    let ours = company(&app, "Jinji Paper Works", &[&paper]);
    between(&app, &ours, -5, 30);
    let officer = app.staff(Role::ProcurementOfficer);
    let page = format!("/suppliers/{}", ours.id);
    let asked = format!("{page}/clearance?category={paper}");
    for path in [page.as_str(), asked.as_str()] {
        officer.get(path).expect(200).shows("No new orders at present").shows("legal department");
        sees_nothing_of(&officer, path);
    }
    officer.get("/suppliers").expect(200).shows("no orders");
    officer.get("/suppliers/export/csv").expect(200).shows("orders_blocked");
    officer.get("/reports/clearance").expect(200).shows("no orders");
    for path in ["/suppliers", "/suppliers/export/csv", "/reports/clearance"] {
        sees_nothing_of(&officer, path);
    }
    let why = format!("{page}/punishments");
    assert!(!officer.get(&asked).links().contains(&why));
    assert!(app.staff(Role::LegalOfficer).get(&asked).links().contains(&why));
}

#[test]
fn a_merge_takes_what_is_held_along_and_its_undoing_brings_it_back() {
    let app = TestApp::new();
    let (kept, gone) = (app.company("Kept Works GmbH", "DE"), app.company("Gone Works GmbH", "DE"));
    let (third, like) = (app.company("Third Works", "DE"), app.company("Like Works", "DE"));
    let case = between(&app, &gone, -5, 30);
    interim(&app, &case, 10);
    let group = in_force(&app, &third, "bribery", Major);
    member(&app, &group, &kept, Ground::ControlledBy, MemberStatus::Exempted);
    member(&app, &group, &gone, Ground::ControlledBy, MemberStatus::Included);
    // One link to the company that goes, one of it that both have, one between the two.
    link(&app, &like, &case);
    link(&app, &gone, &group);
    link(&app, &kept, &group);
    link(&app, &kept, &case);
    let of = |id: &str| {
        let count = |table: &str| {
            app.number(&format!("SELECT count(*) FROM {table} WHERE supplier_id = '{id}'"))
        };
        let others =
            app.number(&format!("SELECT count(*) FROM evasion_links WHERE other_id = '{id}'"));
        let own =
            ["punishment_cases", "punishment_interims", "punishment_members", "evasion_links"]
                .map(count);
        (own, others)
    };
    let before = ([0, 0, 1, 2], 0, [1, 1, 2, 1], 2);
    let now = || (of(&kept.id).0, of(&kept.id).1, of(&gone.id).0, of(&gone.id).1);
    assert_eq!(now(), before);

    let input = MergeInput { kept: kept.id.clone(), gone: gone.id.clone(), ..Default::default() };
    let merged = app.db().write_now(move |c| merge(c, &command_line(), &input)).expect("a merge");
    assert_eq!(
        now(),
        ([1, 1, 3, 2], 1, [0, 0, 0, 1], 1),
        "what both have stays, and what is theirs"
    );
    assert_eq!(on(&app, &kept, 0), "orders_blocked", "a merge does not make a company harmless");
    let officer = app.staff(Role::ProcurementOfficer);
    sees_nothing_of(&officer, &format!("/suppliers/{}/history", kept.id));

    let id = merged.id;
    app.db().write_now(move |c| undo(c, &command_line(), &id)).expect("an undone merge");
    assert_eq!(now(), before);
}

#[test]
fn a_decided_case_takes_off_points_while_it_holds_and_half_as_many_each_year_after() {
    let app = TestApp::new();
    let ours = app.company("Late Works GmbH", "DE");
    let case = between(&app, &ours, -5, 3);
    let points = |days: i64| -> Vec<f64> {
        let (id, on) = (ours.id.clone(), in_days(days));
        let found = app.db().read_now(move |c| members::penalties_of(c, &[&id, "nobody"], on));
        found.expect("penalties").into_iter().map(|one| one.points).collect()
    };
    assert_eq!(points(-6), [0.0; 0], "nothing was decided then");
    assert_eq!([points(-5), points(3), points(3 + 365)], [[25.0], [25.0], [12.5]]);
    let row = format!("UPDATE punishment_cases SET status = 'overturned' WHERE id = '{}'", case.id);
    app.tamper(&row).expect("an appeal that was followed");
    assert_eq!(points(0), [0.0; 0]);
}
