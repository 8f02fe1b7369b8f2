//! What may happen to a case, in which state, by whom: the whole table, written out. What the table does not name
//! is refused, and nothing of it is written.

use diesel::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use touchstone::access::Role::{self, *};
use touchstone::inspections::Severity::Critical;
use touchstone::punishments::stages::Action;
use touchstone::punishments::{Case, Status, Step, StepKind, ballots};
use touchstone::schema::{punishment_cases, punishment_steps};
use touchstone::suppliers::Supplier;
use touchstone::values::{new_id, now};

use crate::ballots::form;
use crate::certified::{in_days, today};
use crate::evidence::pdf;
use crate::punished::{self, find, status};
use crate::support::{Person, TestApp, vault};

/// What may be done, by whom, and in which states.
type Line = (Action, &'static [Role], &'static [Status]);

const STAFF: [Role; 9] = [
    ProcurementOfficer,
    Approver,
    Inspector,
    EsgAnalyst,
    LegalOfficer,
    EthicsOfficer,
    Auditor,
    Administrator,
    ReportingStaff,
];
const COMPANY: [Role; 2] = [SupplierOwner, SupplierMember];
const BODY: &[Role] = &[Approver, LegalOfficer, EthicsOfficer];

// Written out, not taken from the rules: a slip there shall show here.
const TABLE: [Line; 11] = [
    (Action::Withdraw, BODY, &[Status::Proposed, Status::Served]),
    (Action::Serve, &[LegalOfficer], &[Status::Proposed]),
    (Action::ImposeInterim, &[LegalOfficer], &[Status::Served]),
    (Action::Reply, &COMPANY, &[Status::Served]),
    (Action::Decide, BODY, &[Status::Served]),
    (Action::Appeal, &COMPANY, &[Status::InForce]),
    (Action::Hear, BODY, &[Status::Appealed]),
    (Action::AskRelease, &COMPANY, &[Status::InForce]),
    (Action::Release, BODY, &[Status::InForce]),
    (Action::Lift, BODY, &[Status::InForce]),
    (
        Action::Reenter,
        &[Approver, LegalOfficer],
        &[Status::Expired, Status::Released, Status::Lifted],
    ),
];

/// A case in a state in which everything that the state allows can be done today.
fn in_state(app: &TestApp, company: &Supplier, status: Status, action: Action) -> Case {
    let standard = punished::standard(app, "late_delivery", Critical);
    let case = match status {
        Status::Proposed => return punished::case(app, company, "late_delivery", Critical),
        Status::Served | Status::Withdrawn | Status::NotImposed => {
            punished::heard(app, company, "late_delivery", Critical)
        }
        _ => punished::in_force_between(app, company, &standard, in_days(-60), in_days(30)),
    };
    let (id, is_appealed) = (case.id.clone(), status == Status::Appealed);
    let step = Step {
        id: new_id(),
        case_id: id.clone(),
        kind: StepKind::ReleaseAsked,
        body: "New machines".into(),
        by_supplier: true,
        is_shown: true,
        actor_id: "owner".into(),
        actor_name: "Test owner".into(),
        at: now(),
    };
    let written = app.db().write_now(move |c| {
        diesel::update(punishment_cases::table.find(&id))
            .set((
                punishment_cases::status.eq(status),
                punishment_cases::reply_by.eq(in_days(5)),
                punishment_cases::appealed_at.eq(is_appealed.then(now)),
                punishment_cases::hear_by.eq(is_appealed.then(|| in_days(30))),
                punishment_cases::ended_at.eq(status.is_over().then(now)),
            ))
            .execute(c)?;
        if status.is_in_force() {
            diesel::update(punishment_cases::table.find(&id))
                .set(punishment_cases::appeal_by.eq(today()))
                .execute(c)?;
        }
        if action == Action::Release {
            diesel::insert_into(punishment_steps::table).values(&step).execute(c)?;
        }
        Ok(())
    });
    written.expect("a case in a state");
    find(app, &case.id)
}

/// Does it as the page would; the status of the answer.
fn act(app: &TestApp, person: &Person, case: &Case, action: Action) -> u16 {
    let at = |part: &str| format!("/punishments/{}/{part}", case.id);
    let portal = |part: &str| format!("/portal/measures/{}/{part}", case.id);
    let ballot = |kind: &str, outcome: &str| {
        let fields = form(app, case, &[("ballot_kind", kind), ("ballot_outcome", outcome)]);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        person.post(&at("ballots"), &fields).status
    };
    match action {
        Action::Withdraw => {
            person.post(&at("withdrawal"), &[("withdrawal_reason", "A mistake")]).status
        }
        Action::Serve => person.post(&at("notice"), &[("notice_text", "Please reply")]).status,
        Action::ImposeInterim => {
            let fields = [
                ("interim_orders", "blocked"),
                ("interim_days", "10"),
                ("interim_reason", "It cannot wait"),
            ];
            person.post(&at("interims"), &fields).status
        }
        Action::Reply => {
            person.upload(&portal("reply"), "", b"", &[("punishment_reply", "It was rain")]).status
        }
        Action::Decide => ballot("decision", "impose"),
        Action::Appeal => {
            person.upload(&portal("appeal"), "", b"", &[("appeal_reason", "It was rain")]).status
        }
        Action::Hear => ballot("appeal", "overturn"),
        Action::AskRelease => {
            let fields = [("release_text", "New machines")];
            person.upload(&portal("release"), "a.pdf", &pdf("a"), &fields).status
        }
        Action::Release => ballot("release", "end"),
        Action::Lift => ballot("lifting", "end"),
        Action::Reenter => person.post(&at("reentry"), &[("reentry_note", "Agreed")]).status,
        Action::Expire => unreachable!("by the clock alone"),
    }
}

/// Everything that is written of a case, counted, and where it stands.
fn written(app: &TestApp, case: &Case) -> (Status, i64) {
    let id = &case.id;
    let of = |table: &str| format!("(SELECT count(*) FROM {table} WHERE case_id = '{id}')");
    let tables = ["steps", "papers", "interims", "ballots", "members"];
    let counts = tables.map(|table| of(&format!("punishment_{table}"))).join(" + ");
    let trail = format!("(SELECT count(*) FROM audit_records WHERE subject_id = '{id}')");
    let votes = "(SELECT count(*) FROM punishment_votes)";
    (status(app, id), app.number(&format!("SELECT {counts} + {trail} + {votes}")))
}

/// A register with a company, and somebody of each role.
fn everybody(app: &TestApp) -> (Supplier, Vec<(Role, Person)>) {
    let company = app.company("Paper Works Ltd", "DE");
    let of_company = |role: &Role| (*role, app.supplier_person(*role, &company.id));
    let mut people: Vec<(Role, Person)> = COMPANY.iter().map(of_company).collect();
    people.extend(STAFF.iter().map(|role| (*role, app.staff(*role))));
    (company, people)
}

/// Compares a part of the table with what happens.
fn hold_the_table(actions: &[Action]) {
    let app = TestApp::new();
    let (company, people) = everybody(&app);
    for (action, roles, states) in TABLE.iter().filter(|(one, ..)| actions.contains(one)) {
        for state in Status::ALL {
            let mut case = in_state(&app, &company, *state, *action);
            for (role, person) in &people {
                let before = written(&app, &case);
                let answer = act(&app, person, &case, *action);
                let what = format!("{} {} by {}", state.as_str(), action.as_str(), role.as_str());
                if roles.contains(role) && states.contains(state) {
                    assert_eq!(answer, 303, "{what}");
                    assert!(written(&app, &case).1 > before.1, "{what} leaves no trace");
                    case = in_state(&app, &company, *state, *action);
                } else {
                    let is_refused = matches!(answer, 403 | 404 | 409);
                    assert!(is_refused, "{what}: {answer}");
                    assert_eq!(written(&app, &case), before, "{what} has written something");
                }
                // Who has no right is told the same in every state.
                if !roles.contains(role) {
                    assert!(matches!(answer, 403 | 404), "{what}: {answer}");
                }
            }
        }
    }
}

#[test]
fn a_case_is_taken_back_served_and_replied_to_in_its_states_by_its_people() {
    hold_the_table(&[Action::Withdraw, Action::Serve, Action::ImposeInterim, Action::Reply]);
}

#[test]
fn a_case_is_decided_appealed_and_heard_in_its_states_by_its_people() {
    hold_the_table(&[Action::Decide, Action::Appeal, Action::Hear]);
}

#[test]
fn a_measure_is_ended_early_and_a_company_comes_back_in_their_states_by_their_people() {
    hold_the_table(&[Action::AskRelease, Action::Release, Action::Lift, Action::Reenter]);
}

#[test]
fn only_a_measure_that_holds_expires_and_an_appeal_is_heard_first() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    for state in Status::ALL {
        let case = in_state(&app, &company, *state, Action::Expire);
        let row = format!("UPDATE punishment_cases SET to_on = '{}'", today());
        app.tamper(&format!("{row} WHERE id = '{}'", case.id)).expect("a day");
        let run =
            || app.db().write_now(|c| ballots::clock::batch(c, &vault(), "")).expect("a batch");
        run();
        let after = status(&app, &case.id);
        match state {
            Status::InForce => assert_eq!(after, Status::Expired),
            Status::Appealed => {
                assert_eq!(after, Status::Appealed, "it can still be heard");
                let row = format!("UPDATE punishment_cases SET hear_by = '{}'", in_days(-1));
                app.tamper(&format!("{row} WHERE id = '{}'", case.id)).expect("a day");
                run();
                assert_eq!(status(&app, &case.id), Status::Expired);
            }
            _ => assert_eq!(after, *state),
        }
    }
}

#[test]
fn the_table_has_every_action() {
    for action in Action::ALL.iter().filter(|one| **one != Action::Expire) {
        let line = TABLE.iter().find(|(one, ..)| one == action).expect("a line");
        assert_eq!(action.from(), line.2, "{}", action.as_str());
    }
}

/// Something that somebody tries.
#[derive(Clone, Copy, Debug)]
enum Try {
    Serve(usize),
    Reply,
    DaysPass,
    Impose(usize),
    Dismiss(usize),
    Vote(usize, bool),
    Appeal,
    Lift(usize),
    Withdraw(usize),
}

fn any_try() -> impl Strategy<Value = Try> {
    let who = 0..5usize;
    prop_oneof![
        2 => who.clone().prop_map(Try::Serve),
        1 => Just(Try::Reply),
        1 => Just(Try::DaysPass),
        3 => who.clone().prop_map(Try::Impose),
        1 => who.clone().prop_map(Try::Dismiss),
        5 => (who.clone(), prop::bool::weighted(0.8)).prop_map(|(one, agrees)| Try::Vote(one, agrees)),
        1 => Just(Try::Appeal),
        1 => who.clone().prop_map(Try::Lift),
        1 => who.prop_map(Try::Withdraw),
    ]
}

/// Nothing holds a company that was not told, not heard, or not decided on by two people of the body, neither of
/// whom has brought the case.
fn is_due_process(app: &TestApp, case: &Case) -> bool {
    let id = &case.id;
    let held = format!(
        "SELECT count(*) FROM punishment_members WHERE case_id = '{id}' AND from_on IS NOT NULL"
    );
    if !case.status.is_in_force() && app.number(&held) == 0 {
        return true;
    }
    let of = format!(
        "FROM punishment_votes v JOIN punishment_ballots b ON b.id = v.ballot_id \
         WHERE b.case_id = '{id}' AND b.kind = 'decision' AND b.status = 'carried' AND v.agrees"
    );
    let people = app.number(&format!("SELECT count(DISTINCT v.account_id) {of}"));
    let approvers = app.number(&format!("SELECT count(*) {of} AND v.role = 'approver'"));
    let proposers =
        app.number(&format!("SELECT count(*) {of} AND v.account_id = '{}'", case.proposed_by));
    case.is_heard(today()) && people >= 2 && approvers >= 1 && proposers == 0
}

#[test]
fn no_way_leads_to_a_measure_without_notice_hearing_and_two_people_of_the_body() {
    let app = TestApp::new();
    let (company, _) = everybody(&app);
    let owner = app.supplier_person(SupplierOwner, &company.id);
    let staff: Vec<Person> = [Approver, LegalOfficer, EthicsOfficer, Approver, ProcurementOfficer]
        .map(|role| app.staff(role))
        .into();
    let mut runner =
        TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let tries = prop::collection::vec(any_try(), 6..16);
    let checked = runner.run(&tries, |tries| {
        let case = punished::case_by(&app, &staff[0], &company, "late_delivery", Critical);
        let id = case.id.as_str();
        let ballot = |person: &Person, kind: &str, outcome: &str| {
            let changes = [("ballot_kind", kind), ("ballot_outcome", outcome)];
            crate::ballots::open(&app, person, &case, &changes);
        };
        for one in tries {
            match one {
                Try::Serve(who) => {
                    act(&app, &staff[who], &case, Action::Serve);
                }
                Try::Reply => {
                    act(&app, &owner, &case, Action::Reply);
                }
                Try::DaysPass => {
                    let row = format!("UPDATE punishment_cases SET reply_by = '{}'", in_days(-1));
                    let served = format!("{row} WHERE id = '{id}' AND status = 'served'");
                    app.tamper(&served).expect("a day");
                }
                Try::Impose(who) => ballot(&staff[who], "decision", "impose"),
                Try::Dismiss(who) => ballot(&staff[who], "decision", "dismiss"),
                Try::Vote(who, agrees) => {
                    let of = format!("FROM punishment_ballots WHERE case_id = '{id}'");
                    if app.number(&format!("SELECT count(*) {of}")) > 0 {
                        let how = if agrees { "for" } else { "against" };
                        crate::ballots::vote(&app, &staff[who], &case, how);
                    }
                }
                Try::Appeal => {
                    act(&app, &owner, &case, Action::Appeal);
                }
                Try::Lift(who) => ballot(&staff[who], "lifting", "end"),
                Try::Withdraw(who) => {
                    act(&app, &staff[who], &case, Action::Withdraw);
                }
            }
            let now = find(&app, id);
            prop_assert!(is_due_process(&app, &now), "{one:?} leads to {:?}", now.status);
        }
        Ok(())
    });
    checked.expect("due process");
}
