//! Access standards: drafted by one person, published by another, and never edited after.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use touchstone::access::Role;
use touchstone::certification::category::{Certification, Status};
use touchstone::certification::standards::published;
use touchstone::schema::certifications;
use touchstone::values::{new_id, now};

use crate::support::{Person, TestApp};

/// A category, below another ("" for one at the top).
pub fn category(app: &TestApp, code: &str, parent: &str) -> String {
    let staff = app.staff(Role::ProcurementOfficer);
    let fields = [("code", code), ("name_en", code), ("parent_id", parent)];
    staff.post("/categories", &fields).expect(303);
    app.text(&format!("SELECT id FROM categories WHERE code = '{code}'"))
}

pub fn today() -> NaiveDate {
    now().date()
}

/// A day so many days from now.
pub fn in_days(days: u64) -> String {
    (today() + Days::new(days)).to_string()
}

/// The fields of a draft that demands some things.
pub fn fields<'a>(category: &'a str, demands: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![("category", category), ("validity_months", "36")];
    all.extend(demands);
    all
}

/// Drafts a version; its id.
pub fn draft(staff: &Person, category: &str, demands: &[(&str, &str)]) -> String {
    let made = staff.post("/standards", &fields(category, demands)).expect(303);
    let to = made.location.clone().expect("its page");
    to.strip_prefix("/standards/").expect("a standard").to_string()
}

/// Publishes a draft from a day on, as somebody who looked at its page.
pub fn publish(app: &TestApp, id: &str, day: &str) -> u16 {
    let legal = app.staff(Role::LegalOfficer);
    let path = format!("/standards/{id}");
    let page = legal.get(&path).expect(200);
    let seen = page.hidden("seen_short").expect("a preview");
    let revision = page.hidden("revision").expect("a revision");
    let fields = [("effective_from", day), ("seen_short", &*seen), ("revision", &*revision)];
    legal.post(&format!("{path}/publication"), &fields).status
}

/// A version in force from today on.
pub fn in_force(app: &TestApp, category: &str, demands: &[(&str, &str)]) -> String {
    let id = draft(&app.staff(Role::ProcurementOfficer), category, demands);
    assert_eq!(publish(app, &id, &in_days(0)), 303);
    id
}

/// Certifies a company behind the application's back.
pub fn certify(app: &TestApp, supplier: &str, category: &str, standard: &str, status: Status) {
    let (supplier_id, category_id) = (supplier.to_string(), category.to_string());
    let standard_id = standard.to_string();
    let is_given = matches!(status, Status::Certified | Status::Suspended | Status::Lapsed);
    let none = String::new;
    let done = app.db().write_now(move |c| {
        let last: Option<i64> = certifications::table
            .select(certifications::number)
            .order(certifications::number.desc())
            .first(c)
            .optional()?;
        let one = Certification {
            id: new_id(),
            number: last.unwrap_or(0) + 1,
            supplier_id,
            category_id,
            standard_id,
            status,
            renews_id: None,
            by_supplier: false,
            applied_by: none(),
            applied_name: none(),
            applied_at: now(),
            note: none(),
            returned_at: None,
            returned_by: None,
            returned_name: none(),
            return_comment: none(),
            audited_at: None,
            audited_by: None,
            audited_name: none(),
            audit_note: none(),
            decided_at: is_given.then(now),
            decided_by: None,
            decided_name: none(),
            decision_note: none(),
            valid_from: is_given.then(today),
            valid_to: is_given.then(|| today() + Days::new(300)),
            ended_at: None,
            ended_by: None,
            ended_name: none(),
            ended_reason: none(),
        };
        diesel::insert_into(certifications::table).values(&one).execute(c)?;
        Ok(())
    });
    done.expect("a certification");
}

#[test]
fn a_standard_goes_from_a_draft_to_a_version_in_force() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    staff.get("/standards").expect(200).shows("No categories yet");
    let boxes = category(&app, "boxes", "");
    staff.get("/standards").expect(200).shows("No category demands anything yet");
    let id = draft(&staff, &boxes, &[("certificate", "iso14001"), ("fact", "contact")]);
    let page = staff.get(&format!("/standards/{id}")).expect(200);
    let page = page.shows("ISO 14001 environmental management").shows("Version 1");
    assert!(page.has("Draft") && page.has("somebody to talk to"));
    assert_eq!(publish(&app, &id, &in_days(0)), 303);
    let list = staff.get("/standards").expect(200).shows("2 demands");
    assert!(list.links().contains(&format!("/standards/{id}")));
    staff.get(&format!("/standards/{id}")).expect(200).shows("In force");

    let next = staff.get(&format!("/standards/new?category={boxes}")).expect(200);
    assert!(next.body().contains("value=\"iso14001\" checked"), "it begins with what counts now");
    let second = draft(&staff, &boxes, &[("certificate", "iso9001"), ("fact", "contact")]);
    let page = staff.get(&format!("/standards/{second}")).expect(200);
    let page = page.shows("No longer demanded:").shows("ISO 14001");
    assert!(page.has("new"));
    assert_eq!(publish(&app, &second, &in_days(10)), 303);
    staff.get("/standards").expect(200).shows("Version 2");
    let standards = app.db().read_now(published).expect("standards");
    let version = |days| standards.on(&boxes, today() + Days::new(days)).unwrap().standard.version;
    assert_eq!((version(0), version(9), version(10)), (1, 1, 2));
    let trail = "SELECT count(*) FROM audit_records WHERE action LIKE 'standard.%'";
    assert_eq!(app.number(trail), 4);
}

#[test]
fn who_had_a_part_in_a_draft_does_not_publish_it() {
    let app = TestApp::new();
    let boxes = category(&app, "boxes", "");
    let (drafter, editor) = (app.staff(Role::Approver), app.staff(Role::Approver));
    let id = draft(&drafter, &boxes, &[("fact", "contact")]);
    let path = format!("/standards/{id}");
    let changed = [&fields("", &[("fact", "address")])[..], &[("revision", "1")]].concat();
    editor.post(&format!("{path}/edit"), &changed).expect(303);
    let day = in_days(0);
    let put = [("effective_from", day.as_str()), ("seen_short", "0"), ("revision", "2")];
    for person in [&drafter, &editor] {
        person.get(&path).expect(200).shows("You had a part in this draft.");
        person.post(&format!("{path}/publication"), &put).expect(403);
        assert!(!person.get("/home").expect(200).has("Publish a standard"));
    }
    assert_eq!(app.text("SELECT status FROM access_standards"), "draft");
    let third = app.staff(Role::Approver);
    third.get("/home").expect(200).shows("Publish a standard");
    third.post(&format!("{path}/publication"), &put).expect(303);
    third.post(&format!("{path}/publication"), &put).expect(409);
}

#[test]
fn nothing_of_a_published_version_is_edited() {
    let app = TestApp::new();
    let boxes = category(&app, "boxes", "");
    let id = in_force(&app, &boxes, &[("fact", "contact")]);
    let staff = app.staff(Role::Approver);
    let path = format!("/standards/{id}");
    staff.get(&format!("{path}/edit")).expect(409);
    let change = [&fields("", &[("fact", "address")])[..], &[("revision", "1")]].concat();
    staff.post(&format!("{path}/edit"), &change).expect(409);
    staff.post(&format!("{path}/discarding"), &[("reason", "no")]).expect(409);
    // It is in force: it is not taken back any more.
    staff.post(&format!("{path}/withdrawal"), &[("reason", "no")]).expect(409);
    assert_eq!(app.text("SELECT subject FROM access_demands"), "contact");
    assert_eq!(app.text("SELECT status FROM access_standards"), "published");

    let second = draft(&staff, &boxes, &[("fact", "address")]);
    assert_eq!(publish(&app, &second, &in_days(5)), 303);
    let legal = app.staff(Role::LegalOfficer);
    legal.post(&format!("/standards/{second}/withdrawal"), &[("reason", "")]).expect(422);
    legal.post(&format!("/standards/{second}/withdrawal"), &[("reason", "Too soon")]).expect(303);
    legal.get(&format!("/standards/{second}")).expect(200).shows("Too soon");
    let standards = app.db().read_now(published).expect("standards");
    assert_eq!(standards.of(&boxes).len(), 1);
}

#[test]
fn a_form_made_from_an_older_draft_is_refused_and_keeps_what_was_typed() {
    let app = TestApp::new();
    let boxes = category(&app, "boxes", "");
    let staff = app.staff(Role::ProcurementOfficer);
    let id = draft(&staff, &boxes, &[("fact", "contact")]);
    let path = format!("/standards/{id}/edit");
    let change = |fact, note| {
        let more = [("revision", "1"), ("note", note)];
        [&fields("", &[("fact", fact)])[..], &more].concat()
    };
    staff.post(&path, &change("address", "first")).expect(303);
    let reply = staff.post(&path, &change("identifier", "Kept note")).expect(422);
    let reply = reply.shows("Somebody has changed this draft").shows("Kept note");
    assert!(reply.body().contains("value=\"identifier\" checked"));
    assert_eq!(reply.hidden("revision").as_deref(), Some("2"), "what is sent next is meant");
    assert_eq!(app.text("SELECT subject FROM access_demands"), "address");
    staff
        .post("/standards", &fields(&boxes, &[("fact", "contact")]))
        .expect(422)
        .shows("draft already");
    staff.post(&format!("/standards/{id}/discarding"), &[("reason", "")]).expect(422);
    staff.post(&format!("/standards/{id}/discarding"), &[("reason", "Not needed")]).expect(303);
    staff.post(&path, &change("identifier", "x")).expect(409);
}

#[test]
fn versions_follow_each_other_by_their_days() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let boxes = category(&app, "boxes", "");
    let id = draft(&staff, &boxes, &[("fact", "contact")]);
    let yesterday = (today() - Days::new(1)).to_string();
    for day in ["", "soon", "2026-02-30", &yesterday] {
        assert_eq!(publish(&app, &id, day), 422, "{day}");
    }
    assert_eq!(publish(&app, &id, &in_days(20)), 303);
    let second = draft(&staff, &boxes, &[("fact", "address")]);
    for day in [in_days(0), in_days(20)] {
        assert_eq!(publish(&app, &second, &day), 422, "{day}");
    }
    assert_eq!(publish(&app, &second, &in_days(21)), 303);
}

#[test]
fn a_category_has_the_standard_of_the_one_above_until_the_day_of_its_own() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let boxes = category(&app, "boxes", "");
    let tiny = category(&app, "tiny-boxes", &boxes);
    let above = in_force(&app, &boxes, &[("fact", "contact")]);
    staff.get("/standards").expect(200).shows("as for boxes");
    let own = draft(&staff, &tiny, &[("fact", "address")]);
    staff.get(&format!("/standards/{own}")).expect(200).shows("Compared with boxes, version 1");
    assert_eq!(publish(&app, &own, &in_days(7)), 303);
    let standards = app.db().read_now(published).expect("standards");
    let on = |days| standards.on(&tiny, today() + Days::new(days)).map(|one| &*one.standard.id);
    assert_eq!([on(0), on(6), on(7)], [Some(&*above), Some(&*above), Some(&*own)]);
}

#[test]
fn the_preview_names_exactly_who_would_be_short() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let boxes = category(&app, "boxes", "");
    let tiny = category(&app, "tiny-boxes", &boxes);
    let first = in_force(&app, &boxes, &[("document", "policy")]);
    let company = |name: &str, place: &str| app.company(name, place).id;
    let (with, without) = (company("With Contact Ltd", "DE"), company("Without Contact Ltd", "DE"));
    let below = company("Below Works Ltd", "DE");
    let (applied, far) = (company("Applied Ltd", "DE"), company("Far Away Co", "310000"));
    staff.post(&format!("/suppliers/{with}/contacts"), &[("name", "Li Hua")]).expect(303);
    certify(&app, &with, &boxes, &first, Status::Certified);
    certify(&app, &without, &boxes, &first, Status::Suspended);
    certify(&app, &below, &tiny, &first, Status::Certified);
    certify(&app, &applied, &boxes, &first, Status::Applied);
    certify(&app, &far, &boxes, &first, Status::Certified);
    let demands = [("fact", "contact"), ("clause", "anti_bribery")];
    let id = draft(&staff, &boxes, &demands);
    let page =
        staff.get(&format!("/standards/{id}")).expect(200).shows("3 companies would be short.");
    let page = page.shows("Without Contact Ltd").shows("Below Works Ltd").shows("Far Away Co");
    assert!(!page.has("With Contact Ltd</a>") && !page.has("Applied Ltd"));
    assert_eq!(
        page.body().matches("anti-commercial-bribery").count(),
        2,
        "once as a demand, once by hand"
    );

    let local = app.staff_of(Role::Auditor, "cn-six", "eastern");
    let page = local.get(&format!("/standards/{id}")).expect(200);
    let page = page.shows("3 companies would be short.").shows("2 of them are outside");
    assert!(page.has("Far Away Co") && !page.has("Below Works Ltd"));

    // What has changed since somebody looked is shown before anything is published.
    let legal = app.staff(Role::LegalOfficer);
    let day = in_days(1);
    let put = [("effective_from", day.as_str()), ("seen_short", "3"), ("revision", "1")];
    staff.post(&format!("/suppliers/{below}/contacts"), &[("name", "Li Hua")]).expect(303);
    let publication = format!("/standards/{id}/publication");
    let reply = legal.post(&publication, &put).expect(422).shows("now it is 2");
    assert!(reply.has("2 companies would be short.") && !reply.has("Below Works Ltd"));
    assert_eq!(reply.hidden("seen_short").as_deref(), Some("2"));
    let put = [("effective_from", day.as_str()), ("seen_short", "2"), ("revision", "9")];
    legal.post(&publication, &put).expect(422).shows("Somebody has changed this draft");
}

#[test]
fn a_program_reads_standards_with_what_they_demand() {
    let app = TestApp::new();
    let (boxes, paper) = (category(&app, "boxes", ""), category(&app, "paper", ""));
    let id = in_force(&app, &boxes, &[("certificate", "iso9001"), ("basic", "on")]);
    draft(&app.staff(Role::Approver), &paper, &[("fact", "contact")]);
    let program = app.program(Role::Auditor);
    let json = |path: &str| -> serde_json::Value {
        serde_json::from_str(&program.get(path).expect(200).body()).expect("JSON")
    };
    let all = json("/api/v1/standards");
    assert_eq!(all["items"].as_array().map(Vec::len), Some(2));
    let own = json(&format!("/api/v1/standards?category={boxes}"));
    assert_eq!(own["items"].as_array().map(Vec::len), Some(1));
    let one = json(&format!("/api/v1/standards/{id}"));
    assert_eq!(one["standing"], "in_force");
    assert_eq!(one["demands"][0]["subject"], "iso9001");
    assert_eq!(one["demands"][1]["kind"], "basic");
    let page = json("/api/v1/standards?limit=1");
    let next = page["next_cursor"].as_str().expect("more");
    let last = json(&format!("/api/v1/standards?limit=1&cursor={next}"));
    assert_eq!(last["items"][0]["id"], one["id"]);
    assert!(last["next_cursor"].is_null());
    program.get("/api/v1/standards?status=x").expect(422);
    program.get("/api/v1/standards?category=x").expect(422);
}
