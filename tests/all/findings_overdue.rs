//! Companies are reminded before a day, and what is overdue is escalated: each time once.

use touchstone::access::Role;
use touchstone::inspections::Outcome;
use touchstone::inspections::findings::overdue;

use crate::certified::today;
use crate::findings::{Case, NOTE, answer_with};
use crate::support::{TestApp, vault};

const DAY: i64 = 24 * 60 * 60;

/// Runs the job as two nodes would; how many things it did.
fn run(app: &TestApp) -> i64 {
    let mut done = 0;
    for _ in 0..2 {
        let mut next = Some(String::new());
        while let Some(after) = next {
            let step = app.db().write_now(move |c| overdue::batch(c, &vault(), &after));
            let step = step.expect("a batch");
            (done, next) = (done + step.done, step.next);
        }
    }
    done
}

/// Moves the clock on day by day, and runs the job each day. On which days, counted from the first,
/// it did something, and which letters it wrote then.
fn days(app: &TestApp, days: i64) -> Vec<(i64, Vec<String>)> {
    let mut told = Vec::new();
    for day in 0..=days {
        if day > 0 {
            app.advance_clock(DAY);
        }
        let before = app.letters().len();
        if run(app) > 0 {
            let letters = app.letters().into_iter().skip(before).map(|letter| letter.0);
            told.push((day, letters.collect()));
        }
    }
    told
}

fn look_after(app: &TestApp, case: &Case) -> crate::support::Person {
    let owner = app.staff(Role::ProcurementOfficer);
    let officer = app.staff(Role::ProcurementOfficer);
    let fields = [("account", owner.account_id.as_str())];
    officer.post(&format!("/suppliers/{}/owner", case.supplier.id), &fields).expect(303);
    owner
}

#[test]
fn a_company_is_reminded_and_then_it_is_escalated_again_and_again() {
    let app = TestApp::alone();
    let case = Case::new(&app);
    let owner = look_after(&app, &case);
    case.found(&app, today(), &[("HP01", Outcome::Major)]);
    let told = days(&app, 100);
    let (remind, both) = ("finding_reminder", ["finding_overdue", "finding_escalated"]);
    let again = ["finding_overdue", "finding_escalated", "finding_escalated"];
    let expected: Vec<(i64, Vec<String>)> = [
        (46, vec![remind]),
        (53, vec![remind]),
        (59, vec![remind]),
        (61, both.to_vec()),
        (68, again.to_vec()),
        (82, again.to_vec()),
        (96, again.to_vec()),
    ]
    .into_iter()
    .map(|(day, kinds)| (day, kinds.into_iter().map(str::to_string).collect()))
    .collect();
    assert_eq!(told, expected);
    let letters = app.letters();
    let escalated: Vec<_> =
        letters.iter().filter(|letter| letter.0 == "finding_escalated").collect();
    assert_eq!(escalated[0].1, format!("{}@example.com", owner.account_id));
    assert!(escalated[0].3.contains("F-000001") && escalated[0].3.contains("one day overdue"));
    let inspector = format!("{}@example.com", case.inspector.account_id);
    assert!(escalated[1..3].iter().any(|letter| letter.1 == inspector));
    let code = case.supplier.code();
    assert_eq!(escalated[0].4, format!("/findings?state=overdue&supplier={code}"));
    let steps = "SELECT count(*) FROM finding_steps WHERE kind = 'escalated'";
    assert_eq!((app.number(steps), app.number("SELECT escalations FROM findings")), (4, 4));
    let verifier = app.staff(Role::Approver);
    let home = verifier.get("/home").expect(200);
    home.shows("/findings?state=overdue").shows("Overdue findings (1)");
}

#[test]
fn a_critical_one_is_escalated_when_its_harm_is_not_contained_in_time() {
    let app = TestApp::alone();
    let case = Case::new(&app);
    look_after(&app, &case);
    let one = case.found(&app, today(), &[("CH01", Outcome::Critical)]).remove(0);
    let told: Vec<i64> = days(&app, 9).into_iter().map(|(day, _)| day).collect();
    assert_eq!(told, [0, 6, 8], "7 days and 1 day before, and the day after");
    let person = app.again(&case.person);
    let fields = [("containment", "All are safe")];
    let path = format!("/portal/findings/{}/containment", one.id);
    person.upload(&path, "a.pdf", &crate::evidence::pdf("a"), &fields).expect(303);
    assert_eq!(app.number("SELECT escalations FROM findings"), 0, "it is in time again");
    let told: Vec<i64> = days(&app, 25).into_iter().map(|(day, _)| day + 9).collect();
    assert_eq!(told, [16, 23, 29, 31], "then the day on which it must be closed counts");
}

#[test]
fn what_waits_for_us_is_told_to_us_alone() {
    let app = TestApp::alone();
    let case = Case::new(&app);
    look_after(&app, &case);
    let one = case.found(&app, today(), &[("EN01", Outcome::Minor)]).remove(0);
    let day = today().to_string();
    answer_with(&case.person, &one.id, &[("done_on", &day)]).expect(303);
    let told = days(&app, 92);
    assert_eq!(told, [(91, vec!["finding_escalated".to_string()])]);
    let verifier = app.staff(Role::Approver);
    verifier.post(&format!("/findings/{}/closing", one.id), &NOTE).expect(303);
    assert_eq!(days(&app, 40), [], "what is closed is over");
}

#[test]
fn more_time_puts_the_escalation_off() {
    let app = TestApp::alone();
    let case = Case::new(&app);
    let one = case.found(&app, today(), &[("HP01", Outcome::Major)]).remove(0);
    assert_eq!(days(&app, 61).last().map(|(day, _)| *day), Some(61));
    let verifier = app.staff(Role::Approver);
    let day = (today() + chrono::Days::new(9)).to_string();
    let fields = [("new_due_on", day.as_str()), ("extension_reason", "Spare parts")];
    verifier.post(&format!("/findings/{}/extension", one.id), &fields).expect(303);
    let told: Vec<i64> = days(&app, 20).into_iter().map(|(day, _)| day).collect();
    assert_eq!(told, [0, 2, 8, 10, 17], "reminded of the new day, escalated after it, and again");
}

#[test]
fn one_letter_tells_of_all_findings_of_a_company_and_nobody_is_told_where_nobody_is() {
    let app = TestApp::alone();
    let case = Case::new(&app);
    let silent = app.company("Silent GmbH", "DE");
    let outcomes = [("HP01", Outcome::Major), ("FL01", Outcome::Major)];
    case.found(&app, today(), &outcomes);
    let officer = app.staff(Role::Inspector);
    crate::inspected::found(&app, &silent, &case.version, &officer, today(), &outcomes);
    assert_eq!(days(&app, 46), [(46, vec!["finding_reminder".to_string()])]);
    let letters = app.letters();
    assert!(letters[0].2.contains("2 findings"), "{}", letters[0].2);
    assert!(letters[0].3.contains("F-000001") && letters[0].3.contains("F-000002"));
    let noted = "SELECT count(*) FROM reminders";
    assert_eq!(app.number(noted), 2, "nothing is noted where nobody was told");
    app.tamper("UPDATE suppliers SET stage = 'eliminated'").expect("a stage");
    assert_eq!(days(&app, 30), [], "a company that has left is not told");
}
