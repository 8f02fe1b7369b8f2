//! Cases are decided by the people of a body, none of whom has brought them; appeals by others again.

use touchstone::access::Role::{self, *};
use touchstone::inspections::Severity::{Critical, Major, Minor};
use touchstone::punishments::standards::{Standard, find_standard};
use touchstone::punishments::{Case, Measure, Orders, Status, members};
use touchstone::suppliers::Supplier;

use crate::certified::{in_days, today};
use crate::person::Reply;
use crate::punished::{self, find, heard, served, status};
use crate::support::{Person, TestApp};

/// The standard of a case.
pub fn standard_of(app: &TestApp, case: &Case) -> Standard {
    let id = case.standard_id.clone();
    app.db().read_now(move |c| find_standard(c, &id)).expect("a standard")
}

/// The hash of the group of a case today.
pub fn group_hash(app: &TestApp, case: &Case) -> String {
    let (case, standard) = (case.clone(), standard_of(app, case));
    let group = app.db().read_now(move |c| members::preview(c, &case, &standard));
    group.expect("a group").hash
}

/// The form of a ballot as its page fills it from the standard, with changes.
pub fn form(app: &TestApp, case: &Case, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let standard = standard_of(app, case);
    let endless = if standard.term_to.is_none() { "on" } else { "" };
    let mut fields: Vec<(String, String)> = [
        ("ballot_kind", "decision"),
        ("ballot_outcome", "impose"),
        ("decided_measure", standard.measure.as_str()),
        ("decided_orders", standard.orders.as_str()),
        ("decided_bars_data", if standard.bars_data { "on" } else { "" }),
        ("decided_term", standard.term_from.to_string().as_str()),
        ("decided_endless", endless),
        ("ballot_grounds", "The reply does not convince us"),
        ("board_notice", if standard.body.tells_board() { "Minutes of the 3rd" } else { "" }),
        ("group_hash", group_hash(app, case).as_str()),
    ]
    .map(|(name, value)| (name.to_string(), value.to_string()))
    .into();
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name.to_string(), value.to_string()));
    }
    fields
}

/// Opens a ballot of a case.
pub fn open<'p>(
    app: &TestApp,
    person: &'p Person,
    case: &Case,
    changes: &[(&str, &str)],
) -> Reply<'p> {
    let fields = form(app, case, changes);
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    person.post(&format!("/punishments/{}/ballots", case.id), &fields)
}

/// Votes on the newest ballot of a case.
pub fn vote<'p>(app: &TestApp, person: &'p Person, case: &Case, how: &str) -> Reply<'p> {
    let of = format!("FROM punishment_ballots WHERE case_id = '{}'", case.id);
    let number = app.number(&format!("SELECT max(number) {of}"));
    let path = format!("/punishments/{}/ballots/{number}/votes", case.id);
    person.post(&path, &[("vote", how), ("vote_grounds", "I have read the file")])
}

/// Appeals without a file.
pub fn appeal<'p>(person: &'p Person, case: &Case, reason: &str) -> Reply<'p> {
    let path = format!("/portal/measures/{}/appeal", case.id);
    person.upload(&path, "", b"", &[("appeal_reason", reason)])
}

/// How many rows of a table a case has.
pub fn count(app: &TestApp, what: &str, case: &Case) -> i64 {
    app.number(&format!("SELECT count(*) FROM {what} WHERE case_id = '{}'", case.id))
}

/// How often something happened to a case.
pub fn steps(app: &TestApp, case: &Case, kind: &str) -> i64 {
    let of = format!("case_id = '{}' AND kind = '{kind}'", case.id);
    app.number(&format!("SELECT count(*) FROM punishment_steps WHERE {of}"))
}

/// A company with nothing against it.
pub fn a_company(app: &TestApp) -> Supplier {
    app.company("Paper Works Ltd", "DE")
}

#[test]
fn two_people_of_the_body_decide_neither_of_whom_has_brought_the_case() {
    let app = TestApp::new();
    let company = a_company(&app);
    let owner = app.supplier_person(SupplierOwner, &company.id);
    let proposer = app.staff(Approver);
    let case = punished::heard_by(&app, &proposer, &company, "late_delivery", Critical);
    punished::interim(&app, &case, 20);
    let (legal, approver) = (app.staff(LegalOfficer), app.staff(Approver));
    open(&app, &proposer, &case, &[]).expect(403);
    assert_eq!(count(&app, "punishment_ballots", &case), 0);
    approver.get("/home").expect(200).shows("Cases to decide");
    open(&app, &legal, &case, &[]).expect(303);
    assert_eq!(status(&app, &case.id), Status::Served);
    open(&app, &approver, &case, &[]).expect(409);
    vote(&app, &legal, &case, "for").expect(409);
    vote(&app, &proposer, &case, "for").expect(403);
    // Two people, but nobody of the role that the body has to have.
    let ethics = app.staff(EthicsOfficer);
    vote(&app, &ethics, &case, "for").expect(303);
    assert_eq!(status(&app, &case.id), Status::Served);
    approver.get("/home").expect(200).shows("Votes that wait for you");
    vote(&app, &approver, &case, "perhaps").expect(422);
    vote(&app, &approver, &case, "for").expect(303);
    let case = find(&app, &case.id);
    assert_eq!((case.status, case.measure), (Status::InForce, Some(Measure::Suspension)));
    assert_eq!(case.orders, Some(Orders::Blocked));
    assert_eq!((case.from_on, case.appeal_by), (Some(today()), Some(in_days(15))));
    assert_eq!(case.to_on, Some(today() + chrono::Months::new(3)));
    let held = format!(
        "SELECT count(*) FROM punishment_members WHERE case_id = '{}' AND status = 'included' \
         AND to_on = '{}'",
        case.id,
        case.to_on.unwrap()
    );
    assert_eq!(app.number(&held), 1);
    assert_eq!(app.number("SELECT count(*) FROM punishment_interims WHERE ended_on IS NULL"), 0);
    assert_eq!(steps(&app, &case, "decided"), 1);
    assert_eq!(app.number("SELECT count(*) FROM punishment_votes"), 3);
    let letters = app.letters();
    let told = letters.iter().find(|letter| letter.0 == "punishment-decision").expect("a letter");
    assert_eq!(told.4, format!("/portal/measures/{}", case.id));
    owner.get(&told.4).expect(200).shows("The reply does not convince us");
    let decided = "SELECT count(*) FROM audit_records WHERE action = 'punishment.decided' \
                   AND subject_kind = 'punishment_case'";
    assert_eq!(app.number(decided), 1);
}

#[test]
fn nothing_is_decided_before_the_company_was_heard() {
    let app = TestApp::new();
    let company = a_company(&app);
    let legal = app.staff(LegalOfficer);
    let case = served(&app, &company, "late_delivery", Critical);
    open(&app, &legal, &case, &[]).expect(409);
    let fresh = punished::case(&app, &company, "late_delivery", Major);
    open(&app, &legal, &fresh, &[]).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM punishment_ballots"), 0);
}

#[test]
fn what_is_other_than_the_standard_needs_a_reason_and_a_term_is_whole_months() {
    let app = TestApp::new();
    let legal = app.staff(LegalOfficer);
    let case = heard(&app, &a_company(&app), "late_delivery", Critical);
    let departures: [&[(&str, &str)]; 6] = [
        &[("decided_term", "13")],
        &[("decided_term", "2")],
        &[("decided_endless", "on")],
        &[("decided_measure", "blacklist")],
        &[("decided_orders", "allowed")],
        &[("decided_bars_data", "on")],
    ];
    for changes in departures {
        let reply = open(&app, &legal, &case, changes).expect(422);
        assert!(reply.blames("departure"), "{changes:?}");
    }
    for term in ["", "0", "601", "-3", "3.5", "three", "99999999999999999999", "３"] {
        let changes = [("decided_term", term), ("departure", "Because")];
        let reply = open(&app, &legal, &case, &changes).expect(422);
        assert!(reply.blames("decided_term"), "{term}");
    }
    for (field, value) in [
        ("decided_measure", "exile"),
        ("decided_orders", ""),
        ("ballot_outcome", "overturn"),
        ("ballot_grounds", "  "),
    ] {
        let reply = open(&app, &legal, &case, &[(field, value)]).expect(422);
        assert!(reply.blames(field), "{field}");
    }
    open(&app, &legal, &case, &[("ballot_kind", "coup")]).expect(422);
    open(&app, &legal, &case, &[("ballot_kind", "appeal")]).expect(409);
    assert_eq!(count(&app, "punishment_ballots", &case), 0);
    let changes = [("decided_term", "13"), ("departure", "It is the third time")];
    open(&app, &legal, &case, &changes).expect(303);
    vote(&app, &app.staff(Approver), &case, "for").expect(303);
    let case = find(&app, &case.id);
    assert_eq!(case.to_on, Some(today() + chrono::Months::new(13)));
}

#[test]
fn a_warning_stands_until_the_days_to_appeal_are_over() {
    let app = TestApp::new();
    let case = heard(&app, &a_company(&app), "late_delivery", Minor);
    open(&app, &app.staff(EthicsOfficer), &case, &[]).expect(303);
    vote(&app, &app.staff(Approver), &case, "for").expect(303);
    let case = find(&app, &case.id);
    assert_eq!((case.appeal_by, case.to_on), (Some(in_days(5)), Some(in_days(6))));
}

#[test]
fn a_committee_that_tells_the_board_says_how_and_its_measure_has_no_end() {
    let app = TestApp::new();
    let case = heard(&app, &a_company(&app), "bribery", Critical);
    let legal = app.staff(LegalOfficer);
    let reply = open(&app, &legal, &case, &[("board_notice", "")]).expect(422);
    assert!(reply.blames("board_notice"));
    open(&app, &legal, &case, &[]).expect(303);
    vote(&app, &app.staff(Approver), &case, "for").expect(303);
    assert_eq!(status(&app, &case.id), Status::Served, "a committee has three people");
    vote(&app, &app.staff(Approver), &case, "for").expect(303);
    let case = find(&app, &case.id);
    assert_eq!((case.status, case.measure), (Status::InForce, Some(Measure::Elimination)));
    assert_eq!(case.to_on.unwrap().to_string(), "9999-12-31");
}

#[test]
fn who_has_no_seat_in_the_body_does_not_vote() {
    let app = TestApp::new();
    let case = heard(&app, &a_company(&app), "data_breach", Major);
    let ethics = app.staff(EthicsOfficer);
    open(&app, &ethics, &case, &[]).expect(403);
    open(&app, &app.staff(Approver), &case, &[]).expect(303);
    vote(&app, &ethics, &case, "for").expect(403);
    assert_eq!(app.number("SELECT count(*) FROM punishment_votes"), 1);
    vote(&app, &app.staff(LegalOfficer), &case, "for").expect(303);
    assert_eq!(status(&app, &case.id), Status::InForce);
    assert!(find(&app, &case.id).bars_data);
}

#[test]
fn one_vote_against_fails_it_and_it_may_be_brought_anew() {
    let app = TestApp::new();
    let case = heard(&app, &a_company(&app), "late_delivery", Critical);
    let (legal, approver) = (app.staff(LegalOfficer), app.staff(Approver));
    open(&app, &legal, &case, &[]).expect(303);
    vote(&app, &approver, &case, "against").expect(303);
    assert_eq!((status(&app, &case.id), steps(&app, &case, "ballot_failed")), (Status::Served, 1));
    vote(&app, &app.staff(Approver), &case, "for").expect(409);
    open(&app, &approver, &case, &[("ballot_outcome", "dismiss")]).expect(303);
    vote(&app, &legal, &case, "for").expect(303);
    let case = find(&app, &case.id);
    assert_eq!((case.status, case.from_on), (Status::NotImposed, None));
    assert_eq!(case.ended_reason, "The reply does not convince us");
    let held = "SELECT count(*) FROM punishment_members WHERE status <> 'freed'";
    assert_eq!(app.number(held), 0);
}

/// Makes a company the subsidiary of another.
fn controls(app: &TestApp, parent: &Supplier, child: &Supplier) {
    let fields = [
        ("company", parent.id.as_str()),
        ("direction", "controlled_by"),
        ("control", "majority"),
        ("share", "80"),
        ("valid_from", "2020-01-01"),
        ("evidence", "Extract of the register"),
    ];
    let path = format!("/suppliers/{}/links", child.id);
    app.staff(LegalOfficer).post(&path, &fields).expect(303);
}

#[test]
fn a_group_that_changed_since_it_was_looked_at_is_looked_at_again() {
    let app = TestApp::new();
    let company = a_company(&app);
    let child = app.company("Paper Works Logistics Ltd", "DE");
    let case = heard(&app, &company, "false_material", Critical);
    let (legal, approver, ethics) =
        (app.staff(LegalOfficer), app.staff(Approver), app.staff(EthicsOfficer));
    let before = group_hash(&app, &case);
    controls(&app, &company, &child);
    let old = [("group_hash", before.as_str()), ("member", company.id.as_str())];
    let page = open(&app, &legal, &case, &old).expect(422);
    page.shows("has changed since").shows("Paper Works Logistics Ltd has joined");
    // Everybody of the group is chosen or left out, with a reason.
    open(&app, &legal, &case, &[]).expect(422);
    let (choice, reason) = (format!("choice-{}", child.id), format!("reason-{}", child.id));
    open(&app, &legal, &case, &[(&choice, "include")]).expect(422);
    open(&app, &legal, &case, &[(&choice, "perhaps"), (&reason, "x")]).expect(422);
    assert_eq!(count(&app, "punishment_ballots", &case), 0);
    assert_eq!(count(&app, "punishment_members", &case), 0);
    let included = [(choice.as_str(), "include"), (reason.as_str(), "It delivers the same")];
    open(&app, &legal, &case, &included).expect(303);
    // And again until the last vote is given.
    let late = app.company("Paper Works Trading Ltd", "DE");
    controls(&app, &company, &late);
    vote(&app, &ethics, &case, "for").expect(303);
    vote(&app, &approver, &case, "for").expect(303);
    assert_eq!((status(&app, &case.id), steps(&app, &case, "ballot_failed")), (Status::Served, 1));
    let page = legal.get(&format!("/punishments/{}", case.id)).expect(200);
    page.shows("had changed since it was looked at").shows("Paper Works Trading Ltd");
    let (other, why) = (format!("choice-{}", late.id), format!("reason-{}", late.id));
    let both =
        [included.as_slice(), &[(other.as_str(), "exempt"), (why.as_str(), "A shell")]].concat();
    open(&app, &legal, &case, &both).expect(303);
    vote(&app, &ethics, &case, "for").expect(303);
    vote(&app, &approver, &case, "for").expect(303);
    assert_eq!(status(&app, &case.id), Status::InForce);
    let held = "SELECT count(*) FROM punishment_members WHERE status = 'included' \
                AND from_on IS NOT NULL";
    assert_eq!(app.number(held), 2);
}

#[test]
fn nobody_votes_beyond_their_regions_and_a_foreign_number_is_no_ballot() {
    let app = TestApp::new();
    let case = heard(&app, &a_company(&app), "late_delivery", Critical);
    open(&app, &app.staff(LegalOfficer), &case, &[]).expect(303);
    let elsewhere = app.staff_of(Role::Approver, "cn-six", "southern");
    vote(&app, &elsewhere, &case, "for").expect(404);
    let approver = app.staff(Approver);
    let fields = [("vote", "for"), ("vote_grounds", "x")];
    for number in ["2", "0", "-1", "one", "99999999999999999999"] {
        approver
            .post(&format!("/punishments/{}/ballots/{number}/votes", case.id), &fields)
            .expect(404);
    }
    assert_eq!(app.number("SELECT count(*) FROM punishment_votes"), 1);
}
