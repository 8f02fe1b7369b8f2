//! A company sees what is held against it, is heard, and sees nothing any more on the day on which it is over.

use touchstone::access::Role;
use touchstone::inspections::Severity::{Critical, Major};
use touchstone::punishments::{Ground, MemberStatus, Status};

use crate::certified::in_days;
use crate::evidence::pdf;
use crate::punished::{self, FACTS, find, status};
use crate::support::{Person, TestApp};

/// Hands in a reply.
fn reply<'p>(person: &'p Person, id: &str, text: &str, file: &[u8]) -> crate::person::Reply<'p> {
    let name = if file.is_empty() { "" } else { "rain.pdf" };
    let path = format!("/portal/measures/{id}/reply");
    person.upload(&path, name, file, &[("punishment_reply", text)])
}

#[test]
fn a_company_is_told_of_its_case_with_days_and_rights_and_replies_with_evidence() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    owner.get("/portal/measures").expect(200).shows("Nothing is held against your company");
    let case = punished::case(&app, &company, "late_delivery", Critical);
    let path = format!("/portal/measures/{}", case.id);
    owner.get(&path).expect(404);
    assert!(!owner.get("/portal/measures").expect(200).has("PC-000001"), "nobody has told it");
    let legal = app.staff(Role::LegalOfficer);
    let notice = [("notice_text", "You are said to be late")];
    legal.post(&format!("/punishments/{}/notice", case.id), &notice).expect(303);
    owner.get("/portal").expect(200).shows("One case waits for your reply");
    owner.get("/portal/measures").expect(200).shows("PC-000001").shows("You may reply until");
    let page = owner.get(&path).expect(200);
    page.shows("You are said to be late").shows("Suspension").shows("in 10 days");
    let page = owner.get(&path).expect(200);
    assert!(!page.has(FACTS) && !page.has("Test legal_officer"), "facts and names are for us");
    assert!(reply(&owner, &case.id, " ", &pdf("a")).expect(422).blames("punishment_reply"));
    assert_eq!(app.number("SELECT count(*) FROM documents"), 0);
    reply(&owner, &case.id, "It was the rain", &pdf("rain")).expect(303);
    let said = find(&app, &case.id).replied_at;
    assert!(said.is_some());
    let page = owner.get(&path).expect(200).shows("It was the rain").shows("rain.pdf");
    let document = app.text("SELECT id FROM documents");
    assert!(page.has(&format!("/portal/documents/{document}")));
    owner.get(&format!("/portal/documents/{document}")).expect(200);
    assert!(!owner.get("/portal/documents").expect(200).has("rain.pdf"));
    // What it adds stands beside it, and does not count as its first word.
    reply(&owner, &case.id, "And the snow", b"").expect(303);
    assert_eq!(find(&app, &case.id).replied_at, said);
    let auditor = app.staff(Role::Auditor);
    let page = auditor.get(&format!("/punishments/{}", case.id)).expect(200);
    page.shows("It was the rain").shows("And the snow").shows("rain.pdf");
}

#[test]
fn a_reply_comes_within_its_days_once_per_form_and_by_the_company_alone() {
    let app = TestApp::alone();
    let company = app.company("Paper Works Ltd", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let stranger = app.supplier_person(Role::SupplierOwner, &app.company("Other", "DE").id);
    let case = punished::served(&app, &company, "late_delivery", Critical);
    let path = format!("/portal/measures/{}/reply", case.id);
    stranger.get(&path).expect(404);
    reply(&stranger, &case.id, "x", &pdf("x")).expect(404);
    let later = [("punishment_reply", "x"), ("do", "later")];
    stranger.upload(&path, "", b"", &later).expect(404);
    let key = owner.get(&path).expect(200).hidden("form_key").expect("a key");
    for _ in 0..2 {
        let fields = [("punishment_reply", "Rain"), ("form_key", key.as_str())];
        owner.upload(&path, "a.pdf", &pdf("a"), &fields).expect(303);
    }
    let steps = "SELECT count(*) FROM punishment_steps WHERE kind = 'replied'";
    assert_eq!((app.number(steps), app.number("SELECT count(*) FROM punishment_papers")), (1, 1));
    app.advance_clock(11 * 24 * 60 * 60);
    let owner = app.again(&owner);
    reply(&owner, &case.id, "Too late", b"").expect(409).shows("The days to reply have passed");
    owner.get(&path).expect(303);
    assert_eq!(app.number(steps), 1);
}

#[test]
fn a_reply_that_was_begun_is_kept_for_its_person() {
    let app = TestApp::alone();
    let company = app.company("Paper Works Ltd", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let case = punished::served(&app, &company, "late_delivery", Critical);
    let path = format!("/portal/measures/{}/reply", case.id);
    let later = [("punishment_reply", "Half a thought"), ("do", "later")];
    owner.upload(&path, "", b"", &later).expect(303).follow().shows("Go on with your reply");
    owner.get(&path).expect(200).shows("Half a thought");
    assert!(!owner.get(&format!("{path}?fresh=yes")).expect(200).has("Half a thought"));
    let colleague = app.supplier_person(Role::SupplierMember, &company.id);
    assert!(!colleague.get(&path).expect(200).has("Half a thought"));
    app.advance_clock(2 * 60 * 60);
    let gone = reply(&owner, &case.id, "A whole thought", b"").expect(303);
    assert_eq!(gone.location, Some(format!("/sign-in?next={path}")));
    let back = app.again(&owner);
    back.get(&path).expect(200).shows("A whole thought");
    reply(&back, &case.id, "A whole thought", b"").expect(303);
    assert_eq!(app.number("SELECT count(*) FROM unsaved_forms"), 0);
}

#[test]
fn what_we_collect_is_not_shown_to_the_company_and_records_only_where_we_say_so() {
    let app = TestApp::new();
    let company = app.company("Paper Works Ltd", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let case = punished::served(&app, &company, "late_delivery", Critical);
    let by = app.staff(Role::Approver);
    let path = format!("/punishments/{}/corrections", case.id);
    let ours = [("correction", "Our own doubts")];
    by.upload(&path, "doubts.pdf", &pdf("doubts"), &ours).expect(303);
    let theirs = [("correction", "The gate was another"), ("correction_shown", "on")];
    by.upload(&path, "gate.pdf", &pdf("gate"), &theirs).expect(303);
    let page = owner.get(&format!("/portal/measures/{}", case.id)).expect(200);
    assert!(!page.has("Our own doubts") && !page.has(".pdf"));
    page.shows("The gate was another");
    for name in ["doubts.pdf", "gate.pdf"] {
        let id = app.text(&format!("SELECT id FROM documents WHERE file_name = '{name}'"));
        owner.get(&format!("/portal/documents/{id}")).expect(404);
        owner.post(&format!("/portal/documents/{id}/removal"), &[]).expect(404);
        by.get(&format!("/documents/{id}")).expect(200);
        let removal = format!("/suppliers/{}/documents/{id}/removal", company.id);
        by.post(&removal, &[]).expect(404);
    }
    let list = owner.get("/portal/documents").expect(200);
    assert!(!list.has("doubts.pdf") && !list.has("gate.pdf"));
}

#[test]
fn a_measure_is_shown_to_the_company_and_to_the_members_of_its_group_until_its_day() {
    let app = TestApp::alone();
    let company = app.company("Paper Works Ltd", "DE");
    let daughter = app.company("Paper Daughter Ltd", "DE");
    let exempt = app.company("Paper Cousin Ltd", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let of_group = app.supplier_person(Role::SupplierOwner, &daughter.id);
    let outside = app.supplier_person(Role::SupplierOwner, &exempt.id);
    let standard = punished::standard(&app, "false_material", Critical);
    let case = punished::in_force_between(&app, &company, &standard, in_days(-1), in_days(2));
    punished::member(&app, &case, &daughter, Ground::ControlledBy, MemberStatus::Included);
    punished::member(&app, &case, &exempt, Ground::ControlledBy, MemberStatus::Exempted);
    let path = format!("/portal/measures/{}", case.id);
    owner.get(&path).expect(200).shows("Blacklist");
    of_group
        .get("/portal/measures")
        .expect(200)
        .shows("As a company of a group")
        .shows("Blacklist");
    of_group.get(&path).expect(404);
    assert!(!of_group.get("/portal/measures").expect(200).has("Paper Works Ltd"));
    assert!(!outside.get("/portal/measures").expect(200).has("Blacklist"));
    app.advance_clock(2 * 24 * 60 * 60);
    assert_eq!(status(&app, &case.id), Status::InForce, "the clock has not struck");
    let (owner, of_group) = (app.again(&owner), app.again(&of_group));
    owner.get(&path).expect(404);
    for person in [&owner, &of_group] {
        let page = person.get("/portal/measures").expect(200);
        assert!(!page.has("PC-000001") && !page.has("Blacklist"));
    }
}

#[test]
fn an_interim_measure_is_shown_with_its_reason_while_it_holds() {
    let app = TestApp::alone();
    let company = app.company("Paper Works Ltd", "DE");
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let case = punished::served(&app, &company, "late_delivery", Critical);
    let light = punished::served(&app, &company, "false_material", Major);
    punished::interim(&app, &case, 5);
    let path = format!("/portal/measures/{}", case.id);
    owner.get(&path).expect(200).shows("It cannot wait");
    let other = owner.get(&format!("/portal/measures/{}", light.id)).expect(200);
    assert!(!other.has("It cannot wait"));
    app.advance_clock(5 * 24 * 60 * 60);
    assert!(!app.again(&owner).get(&path).expect(200).has("It cannot wait"));
}
