//! Rules of results: drafted by one person, published by another, and what they make of findings, each
//! occasion once.

use chrono::NaiveDate;
use diesel::prelude::*;
use touchstone::access::{Actor, Role};
use touchstone::inspections::findings::Finding;
use touchstone::inspections::results::apply::{after_overdue, after_sign_off, after_withdrawal};
use touchstone::inspections::results::{in_force, penalties_of};
use touchstone::inspections::{Inspection, Outcome};
use touchstone::schema::{findings, inspections};
use touchstone::suppliers::Supplier;

use crate::certified::{in_days, today};
use crate::inspected::{checklist, found};
use crate::support::{Person, TestApp};

/// Drafts the usual rules; the id of the version.
pub fn drafted(staff: &Person) -> String {
    let to = staff.post("/result-rules/usual", &[]).expect(303).location.expect("its page");
    to.replace("/result-rules/", "")
}

fn revision(app: &TestApp, id: &str) -> String {
    app.number(&format!("SELECT revision FROM result_rule_versions WHERE id = '{id}'")).to_string()
}

/// Publishes a draft from a day on; the answer's status.
fn put(app: &TestApp, person: &Person, id: &str, day: NaiveDate) -> u16 {
    let (day, revision) = (day.to_string(), revision(app, id));
    let fields = [("effective_from", day.as_str()), ("revision", revision.as_str())];
    person.post(&format!("/result-rules/{id}/publication"), &fields).status
}

/// The usual rules, in force since long ago.
pub fn usual(app: &TestApp) -> String {
    let id = drafted(&app.staff(Role::ProcurementOfficer));
    // Its day is moved while it is a draft: visits of the tests are in the past.
    let publish = format!(
        "UPDATE result_rule_versions SET status = 'published', effective_from = '2020-01-01', \
         published_at = created_at, published_by = 'test', published_name = 'Test' WHERE id = '{id}'"
    );
    app.tamper(&publish).expect("rules in force");
    id
}

/// What the rules make of findings of one inspection.
pub fn applied(app: &TestApp, found: &[Finding]) {
    let found = found.to_vec();
    let done = app.db().write_now(move |c| {
        let inspection: Inspection = inspections::table
            .find(&found[0].inspection_id)
            .select(Inspection::as_select())
            .first(c)?;
        after_sign_off(c, &Actor::command_line(), &inspection, &found)
    });
    done.expect("effects");
}

/// Withdraws a finding, as a dispute that was followed does.
pub fn withdrawn(app: &TestApp, finding: &Finding) {
    let finding = finding.clone();
    let done = app.db().write_now(move |c| {
        diesel::update(findings::table.find(&finding.id))
            .set(findings::status.eq("withdrawn"))
            .execute(c)?;
        after_withdrawal(c, &Actor::command_line(), &finding)
    });
    done.expect("a withdrawal");
}

/// Effect, status and number of what the rules have led to, in the order of the texts.
fn effects(app: &TestApp) -> Vec<(String, String, i64)> {
    use touchstone::schema::inspection_effects::dsl::*;
    let found = app.db().read_now(|c| {
        Ok(inspection_effects
            .group_by((effect, status))
            .order((effect, status))
            .select((effect, status, diesel::dsl::count_star()))
            .load(c)?)
    });
    found.expect("effects")
}

fn are(app: &TestApp, expected: &[(&str, &str, i64)]) {
    let expected: Vec<(String, String, i64)> =
        expected.iter().map(|(a, b, n)| (a.to_string(), b.to_string(), *n)).collect();
    assert_eq!(effects(app), expected);
}

fn points(app: &TestApp, company: &Supplier) -> Vec<(i64, i64)> {
    let id = company.id.clone();
    let mut all = app.db().read_now(move |c| penalties_of(c, &[&id, "nobody"])).expect("penalties");
    let own = all.remove(&company.id).unwrap_or_default();
    let mut points: Vec<_> = own.iter().map(|one| (one.points, one.months)).collect();
    points.sort();
    assert!(own.iter().all(|one| one.counts_on(today()) && !one.counts_on(in_days(-1))));
    points
}

#[test]
fn rules_go_from_a_draft_to_a_version_in_force_by_another_person() {
    let app = TestApp::new();
    let (drafter, editor) = (app.staff(Role::Approver), app.staff(Role::Approver));
    drafter.get("/result-rules").expect(200).shows("No rules yet").shows("Draft the usual rules");
    let id = drafted(&drafter);
    drafter.post("/result-rules/usual", &[]).expect(409);
    drafter.post("/result-rules/draft", &[]).expect(409);
    let page = drafter.get(&format!("/result-rules/{id}")).expect(200);
    page.shows("From 1 critical finding in one inspection: propose to suspend the certification")
        .shows("Each critical finding: 20 points off the score, for 24 months")
        .shows("From 3 minor findings in one inspection: 5 points off the score, for 12 months");
    let rule = [
        ("severity", "minor"),
        ("occasion", "repeated"),
        ("effect", "penalty"),
        ("points", "2"),
        ("months", "6"),
        ("revision", "1"),
    ];
    editor.post(&format!("/result-rules/{id}/rules"), &rule).expect(303);
    for person in [&drafter, &editor] {
        person
            .get(&format!("/result-rules/{id}"))
            .expect(200)
            .shows("You had a part in this draft");
        assert_eq!(put(&app, person, &id, today()), 403);
        assert!(!person.get("/home").expect(200).has("rules of results and publish"));
    }
    let third = app.staff(Role::LegalOfficer);
    third.get("/home").expect(200).shows("Read the draft of the rules of results and publish it");
    assert_eq!(put(&app, &third, &id, in_days(-1)), 422);
    assert_eq!(put(&app, &third, &id, today()), 303);
    assert_eq!(put(&app, &third, &id, in_days(9)), 409);
    drafter
        .get("/result-rules")
        .expect(200)
        .shows("In force since")
        .shows("Each minor finding that");

    let to = drafter.post("/result-rules/draft", &[]).expect(303).location.expect("its page");
    let second = to.replace("/result-rules/", "");
    let rules = format!("SELECT count(*) FROM result_rules WHERE version_id = '{second}'");
    assert_eq!(app.number(&rules), 10, "it begins with the rules of the first");
    assert_eq!(put(&app, &third, &second, today()), 422, "not on the day of the first");
    assert_eq!(put(&app, &third, &second, in_days(5)), 303);
    let on =
        |day| app.db().read_now(move |c| in_force(c, day)).expect("rules").map(|one| one.version);
    assert_eq!((on(in_days(-1)), on(today()), on(in_days(5))), (None, Some(1), Some(2)));
    let back = format!("/result-rules/{second}/withdrawal");
    drafter.post(&back, &[("reason", "")]).expect(422);
    drafter.post(&back, &[("reason", "Too hard")]).expect(303);
    assert_eq!(on(in_days(5)), Some(1));
    third.post(&format!("/result-rules/{id}/withdrawal"), &[("reason", "no")]).expect(409);
}

#[test]
fn a_rule_that_breaks_a_rule_or_comes_from_an_older_page_is_refused() {
    let app = TestApp::new();
    let staff = app.staff(Role::LegalOfficer);
    let id = drafted(&staff);
    let path = format!("/result-rules/{id}/rules");
    let usual = [
        ("severity", "minor"),
        ("occasion", "found"),
        ("threshold", "5"),
        ("effect", "suspension"),
        ("points", ""),
        ("months", ""),
        ("revision", "1"),
    ];
    let with = |others: &[(&'static str, &'static str)]| {
        let kept = usual.into_iter().filter(|(name, _)| others.iter().all(|(one, _)| one != name));
        kept.chain(others.iter().copied()).collect::<Vec<_>>()
    };
    for (others, blamed) in [
        (&[("severity", "awful")][..], "severity"),
        (&[("occasion", "")][..], "occasion"),
        (&[("threshold", "0")][..], "threshold"),
        (&[("threshold", "51")][..], "threshold"),
        (&[("effect", "prison")][..], "effect"),
        (
            &[("effect", "penalty"), ("points", "x"), ("months", "3"), ("severity", "critical")][..],
            "points",
        ),
        (&[("effect", "penalty"), ("points", "101"), ("months", "3")][..], "points"),
        (&[("effect", "penalty"), ("points", "3"), ("months", "61")][..], "months"),
        (&[("severity", "critical")][..], "effect"),
    ] {
        let page = staff.post(&path, &with(others)).expect(422);
        assert!(page.blames(blamed), "{others:?}");
    }
    assert_eq!(app.number("SELECT count(*) FROM result_rules"), 9);
    staff.post(&path, &usual).expect(303);
    let old = with(&[("effect", "punishment"), ("threshold", "7")]);
    let page = staff.post(&path, &old).expect(422).shows("Somebody has changed this draft");
    assert_eq!(page.hidden("revision").as_deref(), Some("2"));
    let rule = app.text("SELECT id FROM result_rules ORDER BY position DESC LIMIT 1");
    staff.get(&format!("{path}/{rule}/edit")).expect(200).shows("value=\"5\"");
    staff.post(&format!("{path}/{rule}/edit"), &with(&[("threshold", "4")])).expect(422);
    let change = with(&[("threshold", "4"), ("revision", "2")]);
    staff.post(&format!("{path}/{rule}/edit"), &change).expect(303);
    staff.post(&format!("{path}/{rule}/removal"), &[("revision", "2")]).expect(422);
    staff.post(&format!("{path}/{rule}/removal"), &[("revision", "3")]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM result_rules"), 9);
    let note = [("note", "As agreed"), ("effective_from", "soon"), ("revision", "4")];
    assert!(staff.post(&format!("/result-rules/{id}/edit"), &note).expect(422).has("As agreed"));
    staff.post(&format!("/result-rules/{id}/discarding"), &[("reason", "Enough")]).expect(303);
    staff.post(&path, &usual).expect(409);
}

#[test]
fn published_rules_are_never_changed_also_not_behind_the_applications_back() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = drafted(&staff);
    assert_eq!(put(&app, &app.staff(Role::Approver), &id, today()), 303);
    let rule = app.text("SELECT id FROM result_rules ORDER BY position LIMIT 1");
    let path = format!("/result-rules/{id}");
    staff.get(&format!("{path}/edit")).expect(409);
    staff.get(&format!("{path}/rules/new")).expect(409);
    staff.get(&format!("{path}/rules/{rule}/edit")).expect(409);
    staff.post(&format!("{path}/rules/{rule}/removal"), &[("revision", "1")]).expect(409);
    staff.post(&format!("{path}/discarding"), &[("reason", "no")]).expect(409);
    for statement in [
        format!("UPDATE result_rules SET points = 1 WHERE id = '{rule}'"),
        format!("DELETE FROM result_rules WHERE id = '{rule}'"),
        format!("UPDATE result_rule_versions SET effective_from = '2020-01-01' WHERE id = '{id}'"),
        format!("DELETE FROM result_rule_versions WHERE id = '{id}'"),
        format!(
            "INSERT INTO result_rules SELECT '{rule}x', version_id, 99, 'minor', 'overdue', 1, \
             'penalty', 1, 1 FROM result_rules WHERE id = '{rule}'"
        ),
    ] {
        let refused = app.tamper(&statement).expect_err(&statement);
        assert!(refused.contains("published rules are never changed"), "{refused}");
    }
}

#[test]
fn each_occasion_leads_to_each_effect_once_even_when_looked_at_twice() {
    let app = TestApp::new();
    usual(&app);
    let (company, version) = (app.company("Werk Eins GmbH", "DE"), checklist(&app, "conduct"));
    let inspector = app.staff(Role::Inspector);
    let outcomes = [
        ("CH01", Outcome::Critical),
        ("FL01", Outcome::Critical),
        ("HP01", Outcome::Major),
        ("EN01", Outcome::Minor),
    ];
    let first = found(&app, &company, &version, &inspector, in_days(-40), &outcomes);
    applied(&app, &first);
    applied(&app, &first);
    // Two critical and one major count each; a suspension and a case are proposed for the inspection.
    are(
        &app,
        &[("penalty", "applied", 3), ("punishment", "proposed", 1), ("suspension", "proposed", 1)],
    );
    assert_eq!(points(&app, &company), [(8, 12), (20, 24), (20, 24)]);
    let audited = "SELECT count(*) FROM audit_records WHERE action LIKE 'inspection_effect.%' \
                   AND subject_kind = 'supplier'";
    assert_eq!(app.number(audited), 5);
    // Overdue: the critical one costs points, the major one a suspension.
    for finding in first.iter().chain(&first) {
        let finding = finding.clone();
        app.db().write_now(move |c| after_overdue(c, &finding)).expect("effects");
    }
    assert_eq!(app.number("SELECT count(*) FROM inspection_effects"), 8);
    assert_eq!(points(&app, &company), [(8, 12), (10, 12), (10, 12), (20, 24), (20, 24)]);
    // The next inspection finds two of them again.
    let again = [("CH01", Outcome::Critical), ("HP01", Outcome::Major)];
    let second = found(&app, &company, &version, &inspector, in_days(-5), &again);
    applied(&app, &second);
    are(
        &app,
        &[("penalty", "applied", 8), ("punishment", "proposed", 2), ("suspension", "proposed", 3)],
    );
    assert!(points(&app, &app.company("Ohne GmbH", "DE")).is_empty());
}

#[test]
fn so_many_minor_findings_cost_points_once_and_conforming_costs_nothing() {
    let app = TestApp::new();
    usual(&app);
    let (company, version) = (app.company("Werk Zwei GmbH", "DE"), checklist(&app, "conduct"));
    let inspector = app.staff(Role::Inspector);
    let minor = |codes: &[&'static str]| -> Vec<(&'static str, Outcome)> {
        codes.iter().map(|code| (*code, Outcome::Minor)).collect()
    };
    let two = found(&app, &company, &version, &inspector, today(), &minor(&["CH01", "FL01"]));
    applied(&app, &two);
    are(&app, &[]);
    let other = app.company("Werk Drei GmbH", "DE");
    let four = found(
        &app,
        &other,
        &version,
        &inspector,
        today(),
        &minor(&["CH01", "FL01", "HP01", "EN01"]),
    );
    applied(&app, &four);
    assert_eq!(points(&app, &other), [(5, 12)]);
    withdrawn(&app, &four[0]);
    assert_eq!(points(&app, &other), [(5, 12)], "three are left");
    withdrawn(&app, &four[1]);
    assert!(points(&app, &other).is_empty(), "two are not enough");
    are(&app, &[("penalty", "dropped", 1)]);
}

#[test]
fn the_rules_of_the_day_of_the_visit_count() {
    let app = TestApp::new();
    let (company, version) = (app.company("Werk Vier GmbH", "DE"), checklist(&app, "conduct"));
    let inspector = app.staff(Role::Inspector);
    let id = drafted(&app.staff(Role::ProcurementOfficer));
    let critical = [("CH01", Outcome::Critical)];
    applied(&app, &found(&app, &company, &version, &inspector, today(), &critical));
    are(&app, &[]);
    assert_eq!(put(&app, &app.staff(Role::Approver), &id, today()), 303);
    applied(&app, &found(&app, &company, &version, &inspector, in_days(-1), &critical));
    are(&app, &[]);
    let visited = found(&app, &company, &version, &inspector, today(), &critical);
    applied(&app, &visited);
    assert_eq!(points(&app, &company), [(20, 24)]);
}

#[test]
fn what_rested_on_a_withdrawn_finding_alone_is_dropped() {
    let app = TestApp::new();
    usual(&app);
    let (company, version) = (app.company("Werk Sechs GmbH", "DE"), checklist(&app, "conduct"));
    let inspector = app.staff(Role::Inspector);
    let two = [("CH01", Outcome::Critical), ("FL01", Outcome::Critical)];
    let first = found(&app, &company, &version, &inspector, in_days(-30), &two);
    applied(&app, &first);
    let again = [("CH01", Outcome::Major)];
    let second = found(&app, &company, &version, &inspector, in_days(-3), &again);
    applied(&app, &second);
    assert_eq!(points(&app, &company), [(8, 12), (10, 12), (20, 24), (20, 24)]);
    withdrawn(&app, &first[0]);
    // One critical finding is left: its suspension stays, the case goes. What repeated the withdrawn
    // one does not repeat it any more.
    are(
        &app,
        &[
            ("penalty", "applied", 2),
            ("penalty", "dropped", 2),
            ("punishment", "dropped", 1),
            ("suspension", "proposed", 1),
        ],
    );
    assert_eq!(points(&app, &company), [(8, 12), (20, 24)]);
    withdrawn(&app, &first[1]);
    assert_eq!(points(&app, &company), [(8, 12)]);
    let dropped = "SELECT count(*) FROM audit_records WHERE action = 'inspection_effect.dropped'";
    assert_eq!(app.number(dropped), 5);
}
