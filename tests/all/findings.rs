//! Findings are answered by companies and verified by somebody who did not inspect.

use chrono::NaiveDate;
use touchstone::access::{Role, command_line};
use touchstone::error::Error;
use touchstone::inspections::findings::{self, ClosingInput, Finding, ReturnInput};
use touchstone::inspections::{Outcome, Severity};
use touchstone::suppliers::Supplier;

use crate::certified::in_days;
use crate::evidence::pdf;
use crate::inspected::{checklist, found};
use crate::person::Reply;
use crate::support::{Person, TestApp, vault};

/// A company with somebody of it, and the inspector who was there.
pub struct Case {
    pub supplier: Supplier,
    pub person: Person,
    pub inspector: Person,
    pub version: String,
}

impl Case {
    pub fn new(app: &TestApp) -> Case {
        let supplier = app.company("Portal Example Ltd", "DE");
        let person = app.supplier_person(Role::SupplierOwner, &supplier.id);
        let inspector = app.staff(Role::Inspector);
        let version = checklist(app, "coc");
        Case { supplier, person, inspector, version }
    }

    /// What an inspection on a day has found at items.
    pub fn found(
        &self,
        app: &TestApp,
        day: NaiveDate,
        outcomes: &[(&str, Outcome)],
    ) -> Vec<Finding> {
        found(app, &self.supplier, &self.version, &self.inspector, day, outcomes)
    }

    /// One major finding of an inspection ten days ago.
    pub fn major(&self, app: &TestApp) -> Finding {
        self.found(app, in_days(-10), &[("HP01", Outcome::Major)]).remove(0)
    }

    pub fn critical(&self, app: &TestApp) -> Finding {
        self.found(app, in_days(-2), &[("CH01", Outcome::Critical)]).remove(0)
    }

    /// Hands an answer in with a file.
    pub fn answer(&self, id: &str) -> Reply<'_> {
        answer_with(&self.person, id, &[])
    }
}

/// An answer whose fields are the usual ones but for some.
pub fn answer_with<'p>(person: &'p Person, id: &str, other: &[(&str, &str)]) -> Reply<'p> {
    let yesterday = in_days(-1).to_string();
    let usual = [
        ("root_cause", "Nobody was named for it"),
        ("corrective_action", "Somebody is named and checks weekly"),
        ("action_owner", "Li Hua"),
        ("done_on", yesterday.as_str()),
    ];
    let kept = usual.into_iter().filter(|(name, _)| other.iter().all(|(one, _)| one != name));
    let fields: Vec<(&str, &str)> = kept.chain(other.iter().copied()).collect();
    person.upload(&format!("/portal/findings/{id}/answer"), "photo.pdf", &pdf(id), &fields)
}

pub fn status(app: &TestApp, id: &str) -> String {
    app.text(&format!("SELECT status FROM findings WHERE id = '{id}'"))
}

pub fn inspection_status(app: &TestApp, finding: &Finding) -> String {
    app.text(&format!("SELECT status FROM inspections WHERE id = '{}'", finding.inspection_id))
}

pub fn kinds(app: &TestApp) -> Vec<String> {
    app.letters().into_iter().map(|letter| letter.0).collect()
}

pub const NOTE: [(&str, &str); 1] = [("closing_note", "Seen on the photo")];

#[test]
fn an_answer_is_verified_by_a_colleague_and_the_inspection_closes_with_its_last_finding() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let all = case.found(
        &app,
        in_days(-10),
        &[("HP01", Outcome::Major), ("EN01", Outcome::Minor), ("FL01", Outcome::Conform)],
    );
    assert_eq!(all.len(), 2, "what conforms is no finding");
    let page = case.person.get("/portal").expect(200);
    page.shows("2 findings to contain or to answer");
    let list = case.person.get("/portal/findings").expect(200);
    list.shows("F-000001").shows("F-000002").shows("Is HP01 right?");
    let verifier = app.staff(Role::Approver);
    for (place, one) in all.iter().enumerate() {
        let page = case.person.get(&format!("/portal/findings/{}", one.id)).expect(200);
        page.shows(&one.statement).shows(&format!("/portal/findings/{}/answer", one.id));
        let page = case.answer(&one.id).expect(303).follow().expect(200);
        page.shows("Somebody is named and checks weekly").shows("We are verifying").shows("Li Hua");
        assert_eq!(status(&app, &one.id), "answered");
        let home = verifier.get("/home?kind=finding_answer").expect(200);
        home.shows(&format!("/findings/{}", one.id));
        let path = format!("/findings/{}", one.id);
        let page = verifier.get(&path).expect(200);
        page.shows("Nobody was named for it").shows("photo.pdf").shows("Look at");
        assert!(verifier.post(&format!("{path}/closing"), &[]).expect(422).blames("closing_note"));
        let page = verifier.post(&format!("{path}/closing"), &NOTE).expect(303).follow();
        page.shows("Seen on the photo").shows("Closed").shows("Accepted");
        let expected = if place == 0 { "signed_off" } else { "closed" };
        assert_eq!(inspection_status(&app, one), expected);
    }
    assert_eq!(kinds(&app), ["finding_closed", "finding_closed"]);
    let page = case.person.get(&format!("/portal/findings/{}", all[0].id)).expect(200);
    assert!(!page.has("Test approver"), "a company is not told the names of our people");
    let trail = app.text(&format!(
        "SELECT action FROM audit_records WHERE subject_id = '{}' AND action LIKE 'finding.%' \
         ORDER BY sequence DESC LIMIT 1",
        case.supplier.id
    ));
    assert_eq!(trail, "finding.closed");
    case.person.get("/portal").expect(200).shows("Nothing is asked of you");
}

#[test]
fn an_answer_that_is_not_enough_comes_back_and_the_company_answers_again() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    let colleague = app.supplier_person(Role::SupplierMember, &case.supplier.id);
    app.tamper(&format!(
        "UPDATE accounts SET language = 'zh-CN' WHERE id = '{}'",
        colleague.account_id
    ))
    .expect("a language");
    case.answer(&one.id).expect(303);
    let verifier = app.staff(Role::LegalOfficer);
    let path = format!("/findings/{}/return", one.id);
    assert!(verifier.post(&path, &[]).expect(422).blames("return_comment"));
    let said = [("return_comment", "The <b>photo</b> is blurred")];
    verifier.post(&path, &said).expect(303).follow().shows("&#60;b&#62;photo");
    assert_eq!(status(&app, &one.id), "open");
    verifier.post(&path, &said).expect(409);
    let letters = app.letters();
    assert_eq!(letters.len(), 2, "everybody of the company is written to");
    assert!(letters[0].2.contains("please answer again") && letters[0].3.contains("photo"));
    assert!(letters[1].2.contains("请重新答复") && letters[1].3.contains("Portal Example Ltd"));
    assert!(letters.iter().all(|letter| letter.4 == format!("/portal/findings/{}", one.id)));
    answer_with(&colleague, &one.id, &[("root_cause", "Second thoughts")]).expect(303);
    let page = verifier.get(&format!("/findings/{}", one.id)).expect(200);
    page.shows("Answer 1").shows("Answer 2").shows("Second thoughts").shows("Returned");
    verifier.post(&format!("/findings/{}/closing", one.id), &NOTE).expect(303);
    assert_eq!(app.number("SELECT max(round) FROM corrective_actions"), 2);
    assert_eq!(app.text("SELECT status FROM corrective_actions WHERE round = 1"), "returned");
    assert_eq!(app.text("SELECT status FROM corrective_actions WHERE round = 2"), "accepted");
}

#[test]
fn the_days_to_contain_and_to_close_follow_from_the_severity() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let visit = in_days(-3);
    let all = case.found(
        &app,
        visit,
        &[("CH01", Outcome::Critical), ("HP01", Outcome::Major), ("EN01", Outcome::Minor)],
    );
    for one in &all {
        let (contain, close) = match one.severity {
            Severity::Critical => (Some(7), 30),
            Severity::Major => (None, 60),
            Severity::Minor => (None, 90),
        };
        assert_eq!(one.contain_by, contain.map(|days| visit + chrono::Days::new(days)));
        assert_eq!(one.due_on, visit + chrono::Days::new(close));
        let reader = app.staff(Role::Auditor);
        let page = reader.get(&format!("/findings/{}", one.id)).expect(200);
        let left = contain.unwrap_or(close) - 3;
        page.shows(&format!("in {left} days"));
    }
}

#[test]
fn a_critical_finding_is_closed_only_once_its_harm_is_contained() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let verifier = app.staff(Role::Approver);
    let (first, second) = {
        let all = case.found(
            &app,
            in_days(-2),
            &[("CH01", Outcome::Critical), ("FL01", Outcome::Critical)],
        );
        (all[0].clone(), all[1].clone())
    };
    let path = format!("/portal/findings/{}/containment", first.id);
    case.person.get(&path).expect(200).shows("Contain the harm");
    let page = case.person.upload(&path, "", b"", &[("containment", "Sent home")]).expect(422);
    assert!(page.blames("file") && page.has("Sent home"), "it must be shown");
    assert!(case.person.upload(&path, "a.pdf", &pdf("a"), &[]).expect(422).blames("containment"));
    let fields = [("containment", "The children are at school")];
    case.person.upload(&path, "a.pdf", &pdf("a"), &fields).expect(303).follow().shows("at school");
    case.person.upload(&path, "a.pdf", &pdf("a"), &fields).expect(409);
    assert_eq!(status(&app, &first.id), "open", "the answer is still to come");
    let closing = |id: &str, more: &[(&str, &str)]| {
        let fields = [NOTE.as_slice(), more].concat();
        verifier.post(&format!("/findings/{id}/closing"), &fields)
    };
    for one in [&first, &second] {
        case.answer(&one.id).expect(303);
    }
    closing(&first.id, &[]).expect(303);
    let page = closing(&second.id, &[]).expect(422);
    assert!(page.blames("contained") && page.has("closed once its harm is contained"));
    assert_eq!(status(&app, &second.id), "answered");
    closing(&second.id, &[("contained", "on")]).expect(303);
    let contained = "SELECT count(*) FROM findings WHERE contained_at IS NOT NULL";
    assert_eq!(app.number(contained), 2);
    let steps = "SELECT count(*) FROM finding_steps WHERE kind = 'contained'";
    assert_eq!(app.number(steps), 2);
}

#[test]
fn only_critical_findings_are_contained() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    let path = format!("/portal/findings/{}/containment", one.id);
    case.person.get(&path).expect(303);
    let fields = [("containment", "x")];
    case.person.upload(&path, "a.pdf", &pdf("a"), &fields).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM documents"), 0, "nothing is kept of it");
}

#[test]
fn nobody_decides_on_findings_of_their_own_inspection() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let (one, other) = (case.major(&app), case.critical(&app));
    case.answer(&one.id).expect(303);
    let reason = [("dispute_reason", "It was closed that day")];
    let dispute = format!("/portal/findings/{}/dispute", other.id);
    case.person.upload(&dispute, "", b"", &reason).expect(303);
    let later = in_days(80).to_string();
    let fields = [
        ("closing_note", "x"),
        ("return_comment", "x"),
        ("upholding_reason", "x"),
        ("withdrawal_reason", "x"),
        ("reopening_reason", "x"),
        ("extension_reason", "x"),
        ("new_due_on", later.as_str()),
    ];
    let refused = |person: &Person, id: &str| {
        for step in ["closing", "return", "upholding", "withdrawal", "reopening", "extension"] {
            let reply = person.post(&format!("/findings/{id}/{step}"), &fields).expect(403);
            reply.shows("You had a part in this inspection");
        }
        let page = person.get(&format!("/findings/{id}")).expect(200);
        assert!(!page.has("/closing") && !page.has("/upholding") && !page.has("/extension"));
    };
    for id in [&one.id, &other.id] {
        refused(&case.inspector, id);
    }
    let home = case.inspector.get("/home").expect(200);
    assert!(!home.has(&one.id) && !home.has(&other.id), "nor is it theirs to do");
    // Somebody else has signed off: they are refused as well as the inspector.
    let raiser = app.staff(Role::EsgAnalyst);
    app.tamper(&format!(
        "UPDATE findings SET raised_by = '{}' WHERE id = '{}'",
        raiser.account_id, one.id
    ))
    .expect("another part");
    for person in [&raiser, &case.inspector] {
        refused(person, &one.id);
    }
    app.tamper(&format!("UPDATE findings SET raised_by = 'command-line' WHERE id = '{}'", one.id))
        .expect("another part");
    let id = one.id.clone();
    let done = app.db().write_now(move |c| {
        let input = ClosingInput { closing_note: "x".into(), ..Default::default() };
        let closed = findings::close(c, &command_line(), &vault(), &id, &input);
        assert!(matches!(closed, Err(Error::Forbidden("refused-own-finding"))));
        let input = ReturnInput { return_comment: "x".into() };
        let returned = findings::give_back(c, &command_line(), &vault(), &id, &input);
        assert!(matches!(returned, Err(Error::Forbidden("refused-own-finding"))));
        Ok(())
    });
    done.expect("both refused");
    assert_eq!([status(&app, &one.id), status(&app, &other.id)], ["answered", "disputed"]);
    assert!(app.letters().is_empty());
}
