//! Checklists: drafted by one person, published by another, never edited after; the next version takes
//! its place on its day.

use touchstone::access::Role;
use touchstone::inspections::checklists::in_force;

use crate::standards::{in_days, today};
use crate::support::{Person, TestApp};

/// The fields of an item, with others in their place.
fn item<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("code", "CL01"),
        ("section_en", "Child labour"),
        ("section_zh", "童工"),
        ("question_en", "Is nobody too young?"),
        ("question_zh", "是否没有童工？"),
        ("guidance_en", "Look at the papers."),
        ("guidance_zh", "查看证件。"),
        ("severity", "critical"),
        ("tests", "indicator:L01"),
        ("revision", "1"),
    ];
    let kept = usual.into_iter().filter(|(name, _)| others.iter().all(|(other, _)| other != name));
    kept.chain(others.iter().copied()).collect()
}

const NEW: [(&str, &str); 5] = [
    ("code", "conduct"),
    ("name_en", "Conduct"),
    ("name_zh", "行为"),
    ("kind", "code_of_conduct"),
    ("note", "The first"),
];

/// Makes a checklist without items; the id of its first draft.
pub fn made(staff: &Person) -> String {
    let to = staff.post("/checklists", &NEW).expect(303).location.expect("its page");
    to.strip_prefix("/checklist-versions/").expect("a version").to_string()
}

fn revision(app: &TestApp, id: &str) -> String {
    let query = format!("SELECT revision FROM checklist_versions WHERE id = '{id}'");
    app.number(&query).to_string()
}

/// Adds an item of a code in a section.
pub fn added(app: &TestApp, staff: &Person, id: &str, code: &str, section: &str) {
    let revision = revision(app, id);
    let fields = item(&[("code", code), ("section_en", section), ("revision", &revision)]);
    staff.post(&format!("/checklist-versions/{id}/items"), &fields).expect(303);
}

/// Publishes a draft from a day on; the answer's status.
pub fn put(app: &TestApp, person: &Person, id: &str, day: &str) -> u16 {
    let revision = revision(app, id);
    let fields = [("effective_from", day), ("revision", revision.as_str())];
    person.post(&format!("/checklist-versions/{id}/publication"), &fields).status
}

fn status(app: &TestApp, id: &str) -> String {
    app.text(&format!("SELECT status FROM checklist_versions WHERE id = '{id}'"))
}

/// The codes of a version's items, in their order.
fn codes(app: &TestApp, id: &str) -> Vec<String> {
    let id = id.to_string();
    let items = app.db().read_now(move |c| touchstone::inspections::checklists::items_of(c, &id));
    items.expect("items").into_iter().map(|one| one.code).collect()
}

#[test]
fn a_checklist_goes_from_a_draft_to_a_version_in_force_and_the_next_takes_its_place_on_its_day() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    staff.get("/checklists").expect(200).shows("No checklists yet").shows("Begin with the two");
    let id = made(&staff);
    let approver = app.staff(Role::Approver);
    assert_eq!(put(&app, &approver, &id, &in_days(0)), 422, "it has no items");
    added(&app, &staff, &id, "CL01", "Child labour");
    let page = staff.get(&format!("/checklist-versions/{id}")).expect(200);
    page.shows("Is nobody too young?")
        .shows("是否没有童工？")
        .shows("Look at the papers.")
        .shows("L01");
    for day in ["", "soon", "2020-01-01"] {
        assert_eq!(put(&app, &approver, &id, day), 422, "{day}");
    }
    assert_eq!(put(&app, &approver, &id, &in_days(0)), 303);
    staff.get("/checklists").expect(200).shows("since ").shows("Version 1");
    let checklist = app.text("SELECT id FROM checklists");

    let draft = format!("/checklists/{checklist}/draft");
    let to = staff.post(&draft, &[]).expect(303).location.expect("its page");
    staff.post(&draft, &[]).expect(409);
    let second = to.strip_prefix("/checklist-versions/").expect("a version").to_string();
    assert_eq!(codes(&app, &second), ["CL01"], "it begins with the items of the first");
    added(&app, &staff, &second, "CL02", "Child labour");
    assert_eq!(put(&app, &approver, &second, &in_days(0)), 422, "not on the day of the first");
    assert_eq!(put(&app, &approver, &second, &in_days(5)), 303);
    staff.get("/checklists").expect(200).shows("Version 2").shows("from ");
    staff.get(&format!("/checklists/{checklist}")).expect(200).shows("To come").shows("In force");
    let version = |days| {
        let day = today() + chrono::Days::new(days);
        let found = app.db().read_now(move |c| in_force(c, day)).expect("versions");
        found.iter().map(|(version, _)| version.version).collect::<Vec<_>>()
    };
    assert_eq!((version(0), version(4), version(5)), (vec![1], vec![1], vec![2]));
    let trail = "SELECT count(*) FROM audit_records WHERE action LIKE 'checklist.%' \
                 AND subject_kind = 'checklist'";
    assert_eq!(app.number(trail), 7);
}

#[test]
fn nobody_publishes_a_checklist_in_which_they_had_a_part() {
    let app = TestApp::new();
    let (drafter, editor) = (app.staff(Role::Approver), app.staff(Role::Approver));
    let third = app.staff(Role::LegalOfficer);
    let id = made(&drafter);
    assert!(!third.get("/home").expect(200).has("draft of a checklist"), "it has no items");
    added(&app, &editor, &id, "CL01", "Child labour");
    for person in [&drafter, &editor] {
        let page = person.get(&format!("/checklist-versions/{id}")).expect(200);
        page.shows("You had a part in this draft.");
        assert_eq!(put(&app, person, &id, &in_days(0)), 403);
        assert!(!person.get("/home").expect(200).has("draft of a checklist"));
    }
    third.get("/home").expect(200).shows("Read the draft of a checklist and publish it");
    assert_eq!(put(&app, &app.staff(Role::Inspector), &id, &in_days(0)), 403);
    assert_eq!(status(&app, &id), "draft");
    assert_eq!(put(&app, &third, &id, &in_days(0)), 303);
    assert_eq!(put(&app, &third, &id, &in_days(1)), 409);
}

#[test]
fn a_step_from_an_older_page_is_refused_and_keeps_what_was_typed() {
    let app = TestApp::new();
    let staff = app.staff(Role::Inspector);
    let id = made(&staff);
    added(&app, &staff, &id, "CL01", "Child labour");
    let path = format!("/checklist-versions/{id}");
    let one = app.text("SELECT id FROM checklist_items");
    let old = item(&[("question_en", "Typed anew"), ("revision", "1")]);
    let edit = format!("{path}/items/{one}/edit");
    let page = staff.post(&edit, &old).expect(422).shows("Somebody has changed this draft");
    assert!(page.has("Typed anew"));
    assert_eq!(page.hidden("revision").as_deref(), Some("2"));
    let other = item(&[("code", "CL02"), ("revision", "1")]);
    staff.post(&format!("{path}/items"), &other).expect(422);
    staff.post(&format!("{path}/edit"), &[("note", "x"), ("revision", "1")]).expect(422);
    for verb in ["removal", "lowering"] {
        added(&app, &staff, &id, &format!("X-{}", verb.to_uppercase()), "Other");
        staff.post(&format!("{path}/items/{one}/{verb}"), &[("revision", "1")]).expect(422);
    }
    let approver = app.staff(Role::Approver);
    let day = in_days(0);
    let publication = [("effective_from", day.as_str()), ("revision", "1")];
    approver.post(&format!("{path}/publication"), &publication).expect(422);
    assert_eq!(
        app.text("SELECT question_en FROM checklist_items ORDER BY position LIMIT 1"),
        "Is nobody too young?"
    );
    assert_eq!(codes(&app, &id).len(), 3);
}

#[test]
fn items_stand_by_their_sections_and_are_moved_and_taken_out() {
    let app = TestApp::new();
    let staff = app.staff(Role::EsgAnalyst);
    let id = made(&staff);
    for (code, section) in [("A1", "First"), ("B1", "Second"), ("A2", "First"), ("B2", "Second")] {
        added(&app, &staff, &id, code, section);
    }
    assert_eq!(codes(&app, &id), ["A1", "A2", "B1", "B2"]);
    let of =
        |code: &str| app.text(&format!("SELECT id FROM checklist_items WHERE code = '{code}'"));
    let step = |code: &str, verb: &str| {
        let revision = revision(&app, &id);
        let path = format!("/checklist-versions/{id}/items/{}/{verb}", of(code));
        staff.post(&path, &[("revision", revision.as_str())]).expect(303);
    };
    step("A2", "raising");
    step("A2", "raising");
    assert_eq!(codes(&app, &id), ["A2", "A1", "B1", "B2"], "the first stays the first");
    step("B1", "lowering");
    step("A1", "removal");
    assert_eq!(codes(&app, &id), ["A2", "B2", "B1"]);
    let now = revision(&app, &id);
    let twice = item(&[("code", "B1"), ("revision", &now)]);
    let page = staff.post(&format!("/checklist-versions/{id}/items"), &twice).expect(422);
    assert!(page.blames("code"));
    let path = format!("/checklist-versions/{id}/items/{}/edit", of("B2"));
    staff.get(&path).expect(200).shows("Is nobody too young?");
    let renamed = item(&[("code", "B1"), ("revision", &now)]);
    assert!(staff.post(&path, &renamed).expect(422).blames("code"), "the code is taken");
    let changed = item(&[("code", "B2"), ("tests", ""), ("revision", &now)]);
    staff.post(&path, &changed).expect(303);
    assert_eq!(app.text("SELECT subject_kind FROM checklist_items WHERE code = 'B2'"), "");
    // An item of another version is none of this one.
    let other = format!("/checklist-versions/{}/items/{}/edit", made_other(&staff), of("B2"));
    staff.get(&other).expect(404);
    staff.post(&other, &changed).expect(404);
}

fn made_other(staff: &Person) -> String {
    let mut fields = NEW;
    fields[0] = ("code", "other");
    let to = staff.post("/checklists", &fields).expect(303).location.expect("its page");
    to.replace("/checklist-versions/", "")
}

#[test]
fn what_breaks_a_rule_comes_back_as_it_was_typed_and_nothing_is_written() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    for (field, value) in [
        ("code", "Conduct"),
        ("code", ""),
        ("name_en", " "),
        ("name_zh", ""),
        ("kind", "party"),
        ("effective_from", "soon"),
    ] {
        let mut fields: Vec<_> = NEW.into_iter().filter(|(name, _)| *name != field).collect();
        fields.push((field, value));
        let page = staff.post("/checklists", &fields).expect(422);
        assert!(page.blames(field) && page.has("The first"), "{field}");
    }
    assert_eq!(app.number("SELECT count(*) FROM checklists"), 0);
    let id = made(&staff);
    assert!(staff.post("/checklists", &NEW).expect(422).blames("code"), "the code is taken");
    let long = "字".repeat(2_001);
    for (field, value) in [
        ("code", "cl01"),
        ("code", "1"),
        ("section_en", ""),
        ("section_zh", " "),
        ("question_en", ""),
        ("question_zh", ""),
        ("guidance_en", ""),
        ("guidance_zh", long.as_str()),
        ("severity", "awful"),
        ("tests", "indicator:L99"),
        ("tests", "clause:nothing"),
        ("tests", "L01"),
    ] {
        let fields = item(&[(field, value)]);
        let page = staff.post(&format!("/checklist-versions/{id}/items"), &fields).expect(422);
        assert!(page.blames(field), "{field} {value}");
    }
    assert_eq!(app.number("SELECT count(*) FROM checklist_items"), 0);
    assert_eq!(revision(&app, &id), "1");
}

#[test]
fn nothing_of_a_published_version_is_changed_also_not_behind_the_applications_back() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = made(&staff);
    added(&app, &staff, &id, "CL01", "Child labour");
    let approver = app.staff(Role::Approver);
    assert_eq!(put(&app, &approver, &id, &in_days(3)), 303);
    let path = format!("/checklist-versions/{id}");
    let one = app.text("SELECT id FROM checklist_items");
    let revision = [("revision", "2")];
    staff.get(&format!("{path}/edit")).expect(409);
    staff.post(&format!("{path}/edit"), &revision).expect(409);
    staff.get(&format!("{path}/items/new")).expect(409);
    let again = item(&[("code", "CL02"), ("revision", "2")]);
    staff.post(&format!("{path}/items"), &again).expect(409);
    staff.get(&format!("{path}/items/{one}/edit")).expect(409);
    staff.post(&format!("{path}/items/{one}/edit"), &again).expect(409);
    for verb in ["raising", "lowering", "removal"] {
        staff.post(&format!("{path}/items/{one}/{verb}"), &revision).expect(409);
    }
    staff.post(&format!("{path}/discarding"), &[("reason", "no")]).expect(409);
    for statement in [
        format!("UPDATE checklist_items SET question_en = 'Else?' WHERE id = '{one}'"),
        format!("DELETE FROM checklist_items WHERE id = '{one}'"),
        format!(
            "INSERT INTO checklist_items SELECT '{one}x', version_id, 9, 'X', section_en, section_zh, \
             question_en, question_zh, guidance_en, guidance_zh, severity, subject_kind, subject \
             FROM checklist_items"
        ),
        format!("UPDATE checklist_versions SET effective_from = '2020-01-01' WHERE id = '{id}'"),
        format!("DELETE FROM checklist_versions WHERE id = '{id}'"),
    ] {
        let refused = app.tamper(&statement).expect_err(&statement);
        assert!(refused.contains("a published checklist is never changed"), "{refused}");
    }
    // It is still to come: it can be taken back, once, with a reason.
    staff.post(&format!("{path}/withdrawal"), &[("reason", "Too soon")]).expect(403);
    approver.post(&format!("{path}/withdrawal"), &[("reason", " ")]).expect(422);
    approver.post(&format!("{path}/withdrawal"), &[("reason", "Too soon")]).expect(303);
    approver.post(&format!("{path}/withdrawal"), &[("reason", "Too soon")]).expect(409);
    staff.get(&path).expect(200).shows("Too soon").shows("Given up");
}

#[test]
fn a_draft_is_given_up_with_a_reason_and_a_version_in_force_is_not_taken_back() {
    let app = TestApp::new();
    let staff = app.staff(Role::Inspector);
    let id = made(&staff);
    let path = format!("/checklist-versions/{id}");
    staff.post(&format!("{path}/discarding"), &[("reason", "")]).expect(422);
    staff.post(&format!("{path}/discarding"), &[("reason", "Twice")]).expect(303);
    assert_eq!(status(&app, &id), "discarded");
    let checklist = app.text("SELECT id FROM checklists");
    let to = staff.post(&format!("/checklists/{checklist}/draft"), &[]).expect(303);
    let second = to.location.expect("its page").replace("/checklist-versions/", "");
    added(&app, &staff, &second, "CL01", "Child labour");
    let approver = app.staff(Role::Approver);
    assert_eq!(put(&app, &approver, &second, &in_days(0)), 303);
    let end = format!("/checklist-versions/{second}/withdrawal");
    approver.post(&end, &[("reason", "no")]).expect(409);
}
