//! Standards of punishments: drafted by one person, published by another, never edited after.

use chrono::NaiveDate;
use touchstone::access::Role;
use touchstone::inspections::Severity;
use touchstone::punishments::standards::{Standard, in_force, standards_of};

use crate::certified::{in_days, today};
use crate::support::{Person, TestApp};

/// Drafts the usual standards; the id of the version.
pub fn drafted(staff: &Person) -> String {
    let to = staff.post("/punishment-standards/usual", &[]).expect(303).location.expect("its page");
    to.replace("/punishment-standard-versions/", "")
}

/// The page of a version.
pub fn path(id: &str) -> String {
    format!("/punishment-standard-versions/{id}")
}

fn revision(app: &TestApp, id: &str) -> String {
    let query = format!("SELECT revision FROM punishment_standard_versions WHERE id = '{id}'");
    app.number(&query).to_string()
}

/// Publishes a draft from a day on; the answer's status.
pub fn put(app: &TestApp, person: &Person, id: &str, day: NaiveDate) -> u16 {
    let (day, revision) = (day.to_string(), revision(app, id));
    let fields = [("effective_from", day.as_str()), ("revision", revision.as_str())];
    person.post(&format!("{}/publication", path(id)), &fields).status
}

/// The fields of a standard, with others in their place.
pub fn line<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("violation", "spying"),
        ("name_en", "Spying"),
        ("name_zh", "窃取商业秘密"),
        ("severity", "major"),
        ("measure", "suspension"),
        ("measure_note_en", ""),
        ("measure_note_zh", ""),
        ("term_from", "3"),
        ("term_to", "12"),
        ("reach", "entity"),
        ("orders", "blocked"),
        ("body", "sanctions_committee"),
        ("notice_days", "5"),
        ("reply_days", "10"),
        ("appeal_days", "10"),
        ("interim_days", "0"),
        ("release", "half_term"),
        ("points", "12"),
        ("revision", "1"),
    ];
    let kept = usual.into_iter().filter(|(name, _)| others.iter().all(|(other, _)| other != name));
    kept.chain(others.iter().copied()).collect()
}

/// The standards of a version, in their order.
pub fn lines(app: &TestApp, id: &str) -> Vec<Standard> {
    let id = id.to_string();
    app.db().read_now(move |c| standards_of(c, &id)).expect("standards")
}

/// The standard of a violation and severity.
pub fn one(app: &TestApp, id: &str, violation: &str, severity: Severity) -> Standard {
    let is = |one: &Standard| one.violation == violation && one.severity == severity;
    lines(app, id).into_iter().find(is).expect("a standard")
}

#[test]
fn standards_go_from_a_draft_to_a_version_in_force_by_another_person() {
    let app = TestApp::new();
    let (drafter, editor) = (app.staff(Role::LegalOfficer), app.staff(Role::LegalOfficer));
    let list = drafter.get("/punishment-standards").expect(200);
    list.shows("No standards yet").shows("Draft the usual standards");
    let id = drafted(&drafter);
    drafter.post("/punishment-standards/usual", &[]).expect(409);
    drafter.post("/punishment-standards/draft", &[]).expect(409);
    let page = drafter.get(&path(&id)).expect(200).shows("36 standards");
    page.shows("Commercial bribery or kick-back")
        .shows("商业贿赂")
        .shows("60 months or more, or without an end")
        .shows("Sanctions committee, which tells the board")
        .shows("Notice 5, reply 10, appeal 15")
        .shows("Interim measure: 30 days at most")
        .shows("Access to our data ends");
    editor.post(&format!("{}/lines", path(&id)), &line(&[])).expect(303);
    for person in [&drafter, &editor] {
        person.get(&path(&id)).expect(200).shows("You had a part in this draft");
        assert_eq!(put(&app, person, &id, today()), 403);
        assert!(!person.get("/home").expect(200).has("standards of punishments and publish"));
    }
    let approver = app.staff(Role::Approver);
    let home = approver.get("/home").expect(200);
    home.shows("Read the draft of the standards of punishments and publish it");
    assert_eq!(put(&app, &approver, &id, in_days(-1)), 422);
    let old = [("effective_from", "2099-01-01"), ("revision", "1")];
    approver.post(&format!("{}/publication", path(&id)), &old).expect(422);
    let published = "SELECT count(*) FROM punishment_standard_versions WHERE status = 'published'";
    assert_eq!(app.number(published), 0);
    assert_eq!(put(&app, &approver, &id, today()), 303);
    assert_eq!(put(&app, &approver, &id, in_days(9)), 409);
    assert!(!approver.get("/home").expect(200).has("standards of punishments and publish"));

    let to = drafter.post("/punishment-standards/draft", &[]).expect(303).location.expect("a page");
    let second = to.replace("/punishment-standard-versions/", "");
    assert_eq!(lines(&app, &second).len(), 37, "it begins with the standards of the first");
    assert_eq!(put(&app, &approver, &second, today()), 422, "not on the day of the first");
    assert_eq!(put(&app, &approver, &second, in_days(5)), 303);
    let on = |day| {
        let found = app.db().read_now(move |c| in_force(c, day)).expect("standards");
        found.map(|one| one.version)
    };
    assert_eq!((on(in_days(-1)), on(today()), on(in_days(5))), (None, Some(1), Some(2)));
    let back = format!("{}/withdrawal", path(&second));
    approver.post(&back, &[("reason", " ")]).expect(422);
    approver.post(&back, &[("reason", "Too hard")]).expect(303);
    assert_eq!(on(in_days(5)), Some(1));
    approver.get(&path(&second)).expect(200).shows("Too hard");
    approver.post(&format!("{}/withdrawal", path(&id)), &[("reason", "no")]).expect(409);
    let trail = "SELECT count(*) FROM audit_records WHERE subject_kind = 'punishment_standards'";
    assert_eq!(app.number(trail), 6, "two drafts, a standard, two publications, one taken back");
}

#[test]
fn a_standard_that_breaks_a_rule_is_refused_and_nothing_is_written() {
    let app = TestApp::new();
    let staff = app.staff(Role::LegalOfficer);
    let id = drafted(&staff);
    let add = format!("{}/lines", path(&id));
    let long = "x".repeat(101);
    for (field, value, blamed) in [
        ("violation", "", "violation"),
        ("violation", "Late delivery", "violation"),
        ("violation", "late2", "violation"),
        ("name_en", "", "name_en"),
        ("name_en", long.as_str(), "name_en"),
        ("name_zh", "  ", "name_zh"),
        ("severity", "awful", "severity"),
        ("measure", "prison", "measure"),
        ("measure_note_en", "Only in English", "measure_note_zh"),
        ("measure_note_zh", "只有中文", "measure_note_en"),
        ("term_from", "", "term_from"),
        ("term_from", "-1", "term_from"),
        ("term_from", "601", "term_from"),
        ("term_from", "13", "term_to"),
        ("term_to", "forever", "term_to"),
        ("term_to", "", "release"),
        ("reach", "", "reach"),
        ("orders", "some", "orders"),
        ("body", "me", "body"),
        ("notice_days", "0", "notice_days"),
        ("notice_days", "61", "notice_days"),
        ("reply_days", "0", "reply_days"),
        ("appeal_days", "1.5", "appeal_days"),
        ("interim_days", "-1", "interim_days"),
        ("interim_days", "61", "interim_days"),
        ("release", "", "release"),
        ("points", "101", "points"),
        ("points", "-1", "points"),
        ("violation", "collusion", "severity"),
    ] {
        let page = staff.post(&add, &line(&[(field, value)])).expect(422);
        assert!(page.blames(blamed), "{field} {value}");
        assert!(page.has("窃取商业秘密") || field == "name_zh", "what was typed is there");
    }
    assert_eq!(lines(&app, &id).len(), 36);
    assert_eq!(revision(&app, &id), "1");
    staff.post(&add, &line(&[])).expect(303);
    let late = staff.post(&add, &line(&[("severity", "minor")])).expect(422);
    let late = late.shows("Somebody has changed this draft");
    assert_eq!(late.hidden("revision").as_deref(), Some("2"));
    let note = [("note", "As agreed"), ("effective_from", "soon"), ("revision", "2")];
    assert!(staff.post(&format!("{}/edit", path(&id)), &note).expect(422).has("As agreed"));
    let end = format!("{}/discarding", path(&id));
    staff.post(&end, &[("reason", "")]).expect(422);
    staff.post(&end, &[("reason", "Enough")]).expect(303);
    staff.post(&add, &line(&[("severity", "minor"), ("revision", "2")])).expect(409);
    assert_eq!(lines(&app, &id).len(), 37);
    // A version without standards is published by nobody.
    let to = staff.post("/punishment-standards/draft", &[]).expect(303).location.expect("a page");
    let next = to.replace("/punishment-standard-versions/", "");
    app.tamper(&format!("DELETE FROM punishment_standards WHERE version_id = '{next}'")).unwrap();
    assert_eq!(put(&app, &app.staff(Role::Approver), &next, today()), 422);
}

#[test]
fn a_standard_stands_among_those_of_its_violation_and_they_are_called_the_same() {
    let app = TestApp::new();
    let staff = app.staff(Role::LegalOfficer);
    let id = drafted(&staff);
    let of = |violation: &str| -> Vec<(Severity, String)> {
        let all = lines(&app, &id);
        let groups: Vec<_> = all.chunk_by(|one, next| one.violation == next.violation).collect();
        let own: Vec<_> = groups.iter().filter(|group| group[0].violation == violation).collect();
        assert!(own.len() <= 1, "they stand together");
        let told = |one: &Standard| (one.severity, one.name_en.clone());
        own.iter().flat_map(|group| group.iter().map(told)).collect()
    };
    let bid = [("violation", "withdraw_bid"), ("severity", "minor"), ("name_en", "Bid withdrawn")];
    staff.post(&format!("{}/lines", path(&id)), &line(&bid)).expect(303);
    use Severity::{Critical, Major, Minor};
    let named = "Bid withdrawn".to_string();
    let expected = [Minor, Major, Critical].map(|severity| (severity, named.clone()));
    assert_eq!(of("withdraw_bid"), expected);

    let added = one(&app, &id, "withdraw_bid", Minor);
    let edit = format!("{}/lines/{}/edit", path(&id), added.id);
    staff.get(&edit).expect(200).shows("value=\"Bid withdrawn\"").shows("value=\"12\"");
    let moved = line(&[
        ("measure_note_en", "Until they answer"),
        ("measure_note_zh", "直至答复为止"),
        ("bars_data", "on"),
        ("recertifies", "on"),
        ("term_to", ""),
        ("release", "review"),
        ("revision", "2"),
    ]);
    staff.post(&edit, &moved).expect(303);
    assert_eq!(of("withdraw_bid").len(), 2);
    let changed = lines(&app, &id).pop().expect("the last one");
    assert_eq!((changed.id.as_str(), changed.violation.as_str()), (added.id.as_str(), "spying"));
    assert!(changed.bars_data && changed.recertifies && changed.term_to.is_none());
    staff.post(&edit, &line(&[])).expect(422).shows("Somebody has changed this draft");
    let removal = format!("{}/lines/{}/removal", path(&id), added.id);
    staff.post(&removal, &[("revision", "2")]).expect(422);
    staff.post(&removal, &[("revision", "3")]).expect(303);
    staff.post(&removal, &[("revision", "4")]).expect(404);
    assert_eq!(lines(&app, &id).len(), 36);
}

#[test]
fn published_standards_are_never_changed_also_not_behind_the_applications_back() {
    let app = TestApp::new();
    let staff = app.staff(Role::LegalOfficer);
    let id = drafted(&staff);
    assert_eq!(put(&app, &app.staff(Role::Approver), &id, today()), 303);
    let line_id = one(&app, &id, "bribery", Severity::Critical).id;
    let path = path(&id);
    staff.get(&format!("{path}/edit")).expect(409);
    staff.get(&format!("{path}/lines/new")).expect(409);
    staff.get(&format!("{path}/lines/{line_id}/edit")).expect(409);
    staff.post(&format!("{path}/lines"), &line(&[])).expect(409);
    staff.post(&format!("{path}/lines/{line_id}/edit"), &line(&[])).expect(409);
    staff.post(&format!("{path}/lines/{line_id}/removal"), &[("revision", "1")]).expect(409);
    staff.post(&format!("{path}/discarding"), &[("reason", "no")]).expect(409);
    for statement in [
        format!("UPDATE punishment_standards SET points = 1 WHERE id = '{line_id}'"),
        format!("DELETE FROM punishment_standards WHERE id = '{line_id}'"),
        format!(
            "UPDATE punishment_standard_versions SET effective_from = '2020-01-01' WHERE id = '{id}'"
        ),
        format!("DELETE FROM punishment_standard_versions WHERE id = '{id}'"),
        format!(
            "INSERT INTO punishment_standards SELECT '{line_id}x', version_id, 99, 'other', name_en, \
             name_zh, severity, measure, measure_note_en, measure_note_zh, term_from, term_to, reach, \
             orders, bars_data, body, notice_days, reply_days, appeal_days, interim_days, release, \
             recertifies, points FROM punishment_standards WHERE id = '{line_id}'"
        ),
    ] {
        let refused = app.tamper(&statement).expect_err(&statement);
        assert!(refused.contains("published standards are never changed"), "{refused}");
    }
}

#[test]
fn a_version_says_what_it_changes_in_the_one_before() {
    let app = TestApp::new();
    let (staff, reader) = (app.staff(Role::LegalOfficer), app.staff(Role::Auditor));
    let id = drafted(&staff);
    reader.get(&format!("{}/changes", path(&id))).expect(200).shows("There is no version before");
    assert_eq!(put(&app, &app.staff(Role::Approver), &id, today()), 303);
    let to = staff.post("/punishment-standards/draft", &[]).expect(303).location.expect("a page");
    let next = to.replace("/punishment-standard-versions/", "");
    reader.get(&path(&next)).expect(200).shows("Nothing differs from version 1");
    reader.get(&format!("{}/changes", path(&next))).expect(200).shows("Nothing is different");
    let late = one(&app, &next, "late_delivery", Severity::Minor).id;
    let softer = line(&[
        ("violation", "late_delivery"),
        ("name_en", "Late or failed delivery"),
        ("name_zh", "交付违约"),
        ("severity", "minor"),
        ("measure", "warning"),
        ("term_from", "0"),
        ("term_to", "0"),
        ("reach", "none"),
        ("orders", "allowed"),
        ("body", "procurement_manager"),
        ("notice_days", "3"),
        ("reply_days", "5"),
        ("appeal_days", "5"),
        ("release", "never"),
        ("points", "7"),
    ]);
    staff.post(&format!("{}/lines/{late}/edit", path(&next)), &softer).expect(303);
    let evasion = one(&app, &next, "evasion", Severity::Critical).id;
    let removal = format!("{}/lines/{evasion}/removal", path(&next));
    staff.post(&removal, &[("revision", "2")]).expect(303);
    staff.post(&format!("{}/lines", path(&next)), &line(&[("revision", "3")])).expect(303);
    reader.get(&path(&next)).expect(200).shows("3 standards differ");
    let page = reader.get(&format!("{}/changes", path(&next))).expect(200);
    let page = page
        .shows("Late or failed delivery · Minor")
        .shows("<dt>Points off the score</dt><dd><del>5</del> <ins>7</ins></dd>")
        .shows("Spying · Major")
        .shows("Evading a measure through another entity · Critical");
    assert!(!page.has("<dt>Reply"), "what stayed is not told");
}
