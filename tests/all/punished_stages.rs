//! Elimination is a stage of the company: decided, taken back, and over.

use diesel::prelude::*;
use touchstone::access::Role;
use touchstone::punishments::ballots::{Ballot, Kind, Outcome, Status as Vote};
use touchstone::punishments::{Case, Measure, members};
use touchstone::schema::punishment_ballots;
use touchstone::suppliers::Supplier;
use touchstone::values::{new_id, now};

use crate::certified::today;
use crate::punished::{FACTS, find};
use crate::punished_groups::{decided, row};
use crate::support::TestApp;

fn stage(app: &TestApp, supplier: &Supplier) -> String {
    app.text(&format!("SELECT stage FROM suppliers WHERE id = '{}'", supplier.id))
}

fn stages(app: &TestApp, all: &[Supplier]) -> Vec<String> {
    all.iter().map(|one| stage(app, one)).collect()
}

/// The ballot by which a case was decided.
fn voted(app: &TestApp, case: &Case) {
    let row = Ballot {
        id: new_id(),
        case_id: case.id.clone(),
        number: 1,
        kind: Kind::Decision,
        outcome: Outcome::Impose,
        measure: case.measure,
        orders: case.orders,
        bars_data: false,
        term: None,
        grounds: "Proven".into(),
        departure: String::new(),
        board_notice: "In the meeting".into(),
        group_hash: String::new(),
        status: Vote::Carried,
        opened_by: "test".into(),
        opened_name: "Test".into(),
        opened_at: now(),
        closed_at: Some(now()),
    };
    let written = app.db().write_now(move |c| {
        diesel::insert_into(punishment_ballots::table).values(&row).execute(c)?;
        Ok(())
    });
    written.expect("a ballot");
}

/// The case ends, and nobody is held any more.
fn ends(app: &TestApp, case: &Case, status: &str) {
    app.tamper(&format!(
        "UPDATE punishment_cases SET status = '{status}' WHERE id = '{}'",
        case.id
    ))
    .expect("an end");
    let case = find(app, &case.id);
    app.db().write_now(move |c| members::free(c, &case, today(), "The end")).expect("free");
}

#[test]
fn an_elimination_is_a_stage_whose_history_says_neither_what_for_nor_who_decided() {
    let app = TestApp::new();
    let (all, case) = decided(&app, "bribery");
    assert_eq!(case.measure, Some(Measure::Elimination));
    let expected = ["eliminated", "eliminated", "eliminated", "eliminated", "active"];
    assert_eq!(stages(&app, &all), expected, "one is exempt");
    let officer = app.staff(Role::ProcurementOfficer);
    let history = officer.get(&format!("/suppliers/{}/history", all[2].id)).expect(200);
    let history = history.shows("Decision of the sanctions committee");
    for trace in ["ribery", "PC-000001", FACTS] {
        assert!(!history.has(trace), "{trace}");
    }
}

#[test]
fn who_was_eliminated_is_what_it_was_once_the_appeal_was_followed() {
    let app = TestApp::new();
    let (all, case) = decided(&app, "bribery");
    voted(&app, &case);
    ends(&app, &case, "overturned");
    assert_eq!(stages(&app, &all), ["active"; 5]);
    assert_eq!(row(&app, &all[0], "status"), "freed");
}

#[test]
fn who_was_eliminated_begins_anew_as_a_candidate_once_the_measure_is_over() {
    let app = TestApp::new();
    let (all, case) = decided(&app, "bribery");
    voted(&app, &case);
    ends(&app, &case, "expired");
    let expected = ["candidate", "candidate", "candidate", "candidate", "active"];
    assert_eq!(stages(&app, &all), expected);
}

#[test]
fn an_appeal_that_eases_an_elimination_gives_the_stage_back() {
    let app = TestApp::new();
    let (all, case) = decided(&app, "bribery");
    voted(&app, &case);
    let last = today() + chrono::Days::new(10);
    app.tamper(&format!(
        "UPDATE punishment_cases SET measure = 'blacklist', orders = 'exit_plan', to_on = '{last}'"
    ))
    .expect("a lighter measure");
    let eased = find(&app, &case.id);
    app.db().write_now(move |c| members::vary(c, &eased)).expect("another measure");
    assert_eq!(stages(&app, &all), ["active"; 5]);
    assert_eq!(row(&app, &all[0], "CAST(to_on AS TEXT)"), last.to_string());
    assert_eq!(find(&app, &case.id).measure, Some(Measure::Blacklist));
}
