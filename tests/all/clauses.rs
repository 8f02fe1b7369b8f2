//! Clauses: drafted by one person, reviewed by a legal officer, published by somebody who had no part in
//! the words, and never edited after.

use touchstone::access::Role;
use touchstone::clauses::standing::published;
use touchstone::clauses::starting::starting;
use touchstone::clauses::texts::canonical;
use touchstone::values::sha256_hex;

use crate::standards::in_days;
use crate::support::{Person, TestApp};

const ENGLISH: &str = "# Honesty\r\n\r\nWe pay in 30 days.  \r\n";
const CHINESE: &str = "# 诚信\r\n\r\n我方三十日内付款。\r\n";

/// The fields of a clause that everybody must sign, with others in their place.
fn fields<'a>(others: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("code", "honesty"),
        ("name_en", "Honesty"),
        ("name_zh", "诚信"),
        ("text_en", ENGLISH),
        ("text_zh", CHINESE),
        ("whom", "all"),
        ("revision", "1"),
    ];
    let kept = usual.into_iter().filter(|(name, _)| others.iter().all(|(other, _)| other != name));
    kept.chain(others.iter().copied()).collect()
}

/// Makes a clause; the id of its first draft.
fn made(staff: &Person) -> String {
    let to = staff.post("/clauses", &fields(&[])).expect(303).location.expect("its page");
    to.strip_prefix("/clause-versions/").expect("a version").to_string()
}

/// Reviews a draft as somebody of the law.
fn reviewed(app: &TestApp, id: &str) {
    let legal = app.staff(Role::LegalOfficer);
    let path = format!("/clause-versions/{id}");
    let revision = legal.get(&path).expect(200).hidden("revision").expect("a revision");
    let said = [("comment", "Both say the same."), ("revision", revision.as_str())];
    legal.post(&format!("{path}/review"), &said).expect(303);
}

/// Publishes a reviewed version from a day on; the answer's status.
fn put(person: &Person, id: &str, day: &str) -> u16 {
    let path = format!("/clause-versions/{id}");
    let revision = person.get(&path).expect(200).hidden("revision").unwrap_or("1".into());
    let fields = [("effective_from", day), ("revision", revision.as_str())];
    person.post(&format!("{path}/publication"), &fields).status
}

fn status(app: &TestApp, id: &str) -> String {
    app.text(&format!("SELECT status FROM clause_versions WHERE id = '{id}'"))
}

#[test]
fn a_clause_goes_from_a_draft_to_a_version_in_force() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    staff.get("/clauses").expect(200).shows("No clauses yet").shows("Begin with the five clauses");
    let id = made(&staff);
    let page = staff.get(&format!("/clause-versions/{id}")).expect(200);
    let page = page.shows("<h3>Honesty</h3>").shows("<h3>诚信</h3>").shows("Every supplier");
    let hash = sha256_hex("# Honesty\n\nWe pay in 30 days.\n");
    assert!(page.has(&hash), "the hash of the canonical text");
    assert_eq!(app.text("SELECT text_en FROM clause_versions"), canonical(ENGLISH));
    reviewed(&app, &id);
    assert_eq!(put(&app.staff(Role::Approver), &id, &in_days(0)), 303);
    staff.get("/clauses").expect(200).shows("since ").shows("Version 1");
    let clause = app.text("SELECT id FROM clauses");
    let page = staff.get(&format!("/clauses/{clause}")).expect(200).shows("In force since");
    assert!(page.links().contains(&"/clauses/coverage?clause=honesty".to_string()));
    for (language, name, text) in
        [("en", "honesty-v1.en.md", ENGLISH), ("zh-CN", "honesty-v1.zh.md", CHINESE)]
    {
        let file = staff.get(&format!("/clause-versions/{id}/text/{language}")).expect(200);
        assert_eq!(file.body(), canonical(text));
        assert!(file.header("content-disposition").expect("a name").contains(name));
        assert!(file.header("content-type").expect("a kind").starts_with("text/markdown"));
    }
    staff.get(&format!("/clause-versions/{id}/text/fr")).expect(404);

    let form = staff.get(&format!("/clauses/{clause}/draft")).expect(200);
    form.shows("We pay in 30 days.").shows("我方三十日内付款。");
    let draft = format!("/clauses/{clause}/draft");
    let next = [("text_en", "# Honesty\n\nWe pay in 10 days.\n"), ("note", "Sooner")];
    let to = staff.post(&draft, &fields(&next)).expect(303).location.expect("its page");
    staff.get(&draft).expect(409);
    staff.post(&draft, &fields(&next)).expect(409);
    let second = to.strip_prefix("/clause-versions/").expect("a version").to_string();
    reviewed(&app, &second);
    let approver = app.staff(Role::Approver);
    assert_eq!(put(&approver, &second, &in_days(0)), 422, "not on the day of the first");
    assert_eq!(put(&approver, &second, &in_days(5)), 303);
    staff.get("/clauses").expect(200).shows("Version 2").shows("from ");
    let published = app.db().read_now(published).expect("clauses");
    let on = |days| crate::standards::today() + chrono::Days::new(days);
    let version = |days| published.on(&clause, on(days)).expect("one").version.version;
    assert_eq!((version(0), version(4), version(5)), (1, 1, 2));
    let trail = "SELECT count(*) FROM audit_records WHERE action LIKE 'clause.%' \
                 AND subject_kind = 'clause'";
    assert_eq!(app.number(trail), 7);
}

#[test]
fn nobody_decides_about_words_in_which_they_had_a_part() {
    let app = TestApp::new();
    let (drafter, editor) = (app.staff(Role::LegalOfficer), app.staff(Role::LegalOfficer));
    let id = made(&drafter);
    let path = format!("/clause-versions/{id}");
    editor.post(&format!("{path}/edit"), &fields(&[("note", "Shorter")])).expect(303);
    let said = [("comment", "Fine"), ("revision", "2")];
    for person in [&drafter, &editor] {
        person.get(&path).expect(200).shows("You had a part in writing this draft.");
        person.post(&format!("{path}/review"), &said).expect(403);
        person.post(&format!("{path}/return"), &said).expect(403);
        assert!(!person.get("/home").expect(200).has("Review the wording of a clause"));
    }
    let third = app.staff(Role::LegalOfficer);
    third.get("/home").expect(200).shows("Review the wording of a clause");
    assert_eq!(put(&third, &id, &in_days(0)), 409, "nobody has reviewed it");
    third.post(&format!("{path}/review"), &said).expect(303);
    third.post(&format!("{path}/review"), &said).expect(409);
    let day = in_days(0);
    let publication = [("effective_from", day.as_str()), ("revision", "2")];
    for person in [&drafter, &editor] {
        person.post(&format!("{path}/publication"), &publication).expect(403);
        assert!(!person.get("/home").expect(200).has("Publish a clause"));
    }
    assert_eq!(status(&app, &id), "reviewed");
    // Who reviewed it may publish it.
    third.get("/home").expect(200).shows("Publish a clause");
    third.post(&format!("{path}/publication"), &publication).expect(303);
    third.post(&format!("{path}/publication"), &publication).expect(409);
}

#[test]
fn what_was_returned_or_edited_is_reviewed_anew() {
    let app = TestApp::new();
    let drafter = app.staff(Role::ProcurementOfficer);
    let id = made(&drafter);
    let path = format!("/clause-versions/{id}");
    let legal = app.staff(Role::LegalOfficer);
    let back = |comment, revision| {
        let said = [("comment", comment), ("revision", revision)];
        legal.post(&format!("{path}/return"), &said).status
    };
    assert_eq!(back("", "1"), 422);
    assert_eq!(back("Name the court.", "1"), 303);
    assert_eq!(back("Name the court.", "1"), 422, "sent twice");
    drafter.get(&path).expect(200).shows("Name the court.");
    drafter.get("/home").expect(200).shows("Change a clause that was returned");
    assert!(!legal.get("/home").expect(200).has("Review the wording of a clause"));
    let old = [("comment", ""), ("revision", "1")];
    legal.post(&format!("{path}/review"), &old).expect(422);
    drafter.post(&format!("{path}/edit"), &fields(&[("revision", "2")])).expect(303);
    legal.get("/home").expect(200).shows("Review the wording of a clause");
    reviewed(&app, &id);
    assert_eq!(status(&app, &id), "reviewed");
    drafter.get(&format!("{path}/edit")).expect(200).shows("has to be reviewed again");
    drafter.post(&format!("{path}/edit"), &fields(&[("revision", "3")])).expect(303);
    assert_eq!(status(&app, &id), "draft");
    assert_eq!(put(&app.staff(Role::Approver), &id, &in_days(0)), 409);
    reviewed(&app, &id);
    assert_eq!(back("One more thing.", "4"), 303, "as long as it is not published");
    assert_eq!(status(&app, &id), "draft");
}

#[test]
fn nothing_of_a_published_version_is_edited() {
    let app = TestApp::new();
    let staff = app.staff(Role::Approver);
    let id = made(&app.staff(Role::ProcurementOfficer));
    reviewed(&app, &id);
    let path = format!("/clause-versions/{id}");
    assert_eq!(put(&staff, &id, &in_days(3)), 303);
    staff.get(&format!("{path}/edit")).expect(409);
    let change = fields(&[("text_en", "We promise nothing.")]);
    staff.post(&format!("{path}/edit"), &change).expect(409);
    staff.post(&format!("{path}/discarding"), &[("reason", "no")]).expect(409);
    let legal = app.staff(Role::LegalOfficer);
    let said = [("comment", "no"), ("revision", "1")];
    legal.post(&format!("{path}/return"), &said).expect(409);
    assert_eq!(app.text("SELECT text_en FROM clause_versions"), canonical(ENGLISH));
    // It is still to come: it can be taken back, once, with a reason.
    app.staff(Role::ProcurementOfficer).post(&format!("{path}/withdrawal"), &[]).expect(403);
    legal.post(&format!("{path}/withdrawal"), &[("reason", " ")]).expect(422);
    legal.post(&format!("{path}/withdrawal"), &[("reason", "Too soon")]).expect(303);
    legal.post(&format!("{path}/withdrawal"), &[("reason", "Too soon")]).expect(409);
    legal.get(&path).expect(200).shows("Too soon").shows("Given up");
}

#[test]
fn a_version_in_force_is_not_taken_back_and_a_draft_is_given_up_with_a_reason() {
    let app = TestApp::new();
    let id = made(&app.staff(Role::ProcurementOfficer));
    let staff = app.staff(Role::Approver);
    let path = format!("/clause-versions/{id}");
    staff.post(&format!("{path}/discarding"), &[("reason", "")]).expect(422);
    staff.post(&format!("{path}/discarding"), &[("reason", "Twice")]).expect(303);
    assert_eq!(status(&app, &id), "discarded");
    let clause = app.text("SELECT id FROM clauses");
    let to = staff.post(&format!("/clauses/{clause}/draft"), &fields(&[])).expect(303);
    let second = to.location.expect("its page").replace("/clause-versions/", "");
    reviewed(&app, &second);
    let other = app.staff(Role::Approver);
    for day in ["", "soon", "2020-01-01"] {
        assert_eq!(put(&other, &second, day), 422, "{day}");
    }
    assert_eq!(put(&other, &second, &in_days(0)), 303);
    let end = format!("/clause-versions/{second}/withdrawal");
    other.post(&end, &[("reason", "no")]).expect(409);
}

#[test]
fn a_form_that_breaks_a_rule_comes_back_as_it_was_typed() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let long = "字".repeat(60_001);
    for (field, value, blamed) in [
        ("text_zh", " \r\n", "text_zh"),
        ("text_en", "", "text_en"),
        ("text_zh", long.as_str(), "text_zh"),
        ("text_en", "We pay\u{202e}.", "text_en"),
        ("whom", "", "whom"),
        ("whom", "some", "whom"),
        ("code", "Honesty", "code"),
        ("code", "9lives", "code"),
        ("code", "", "code"),
        ("name_zh", " ", "name_zh"),
        ("effective_from", "soon", "effective_from"),
    ] {
        let page = staff.post("/clauses", &fields(&[(field, value), ("note", "Kept")])).expect(422);
        assert!(page.blames(blamed) && page.has("Kept"), "{field}");
    }
    let some = [("whom", "some"), ("area", "XX"), ("category", "nothing")];
    let page = staff.post("/clauses", &fields(&some)).expect(422);
    assert!(page.blames("area") && page.blames("category"));
    assert_eq!(app.number("SELECT count(*) FROM clauses"), 0);
    made(&staff);
    assert!(staff.post("/clauses", &fields(&[])).expect(422).blames("code"), "the code is taken");
    let longest = "字".repeat(60_000);
    let more = [("code", "long"), ("text_zh", longest.as_str())];
    staff.post("/clauses", &fields(&more)).expect(303);
}

#[test]
fn a_form_made_from_an_older_draft_is_refused_and_keeps_what_was_typed() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = made(&staff);
    let path = format!("/clause-versions/{id}/edit");
    staff.post(&path, &fields(&[("note", "First")])).expect(303);
    let second = fields(&[("note", "Second")]);
    let page = staff.post(&path, &second).expect(422).shows("Somebody has changed this draft");
    assert!(page.has("Second"));
    assert_eq!(page.hidden("revision").as_deref(), Some("2"));
    assert_eq!(app.text("SELECT note FROM clause_versions"), "First");
}

#[test]
fn the_five_clauses_begin_as_drafts_marked_for_a_lawyer_and_only_once() {
    for one in starting() {
        assert!(one.text_en.starts_with("To be settled by a lawyer before use\n"), "{}", one.code);
        assert!(one.text_zh.starts_with("使用前须由律师定稿\n"), "{}", one.code);
        let words = one.text_en.split_whitespace().count();
        assert!((500..=900).contains(&words), "{}: {words} words", one.code);
        assert!(one.text_zh.chars().count() > 900, "{}", one.code);
    }
    let app = TestApp::new();
    app.staff(Role::Auditor).post("/clauses/starting", &[]).expect(403);
    let staff = app.staff(Role::ProcurementOfficer);
    staff.post("/clauses/starting", &[]).expect(303);
    staff.post("/clauses/starting", &[]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM clause_versions WHERE status = 'draft'"), 5);
    assert_eq!(app.text("SELECT kind FROM clause_duties"), "data_access");
    let list = staff.get("/clauses").expect(200).shows("Anti-commercial bribery");
    assert!(list.has("Some suppliers: those that touch our data"));
    let id = app.text("SELECT max(id) FROM clause_versions");
    staff.get(&format!("/clause-versions/{id}")).expect(200).shows("使用前须由律师定稿");
}
