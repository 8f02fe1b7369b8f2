//! Disputes, more time, and findings that are opened again; the list, its file and programs.

use chrono::Days;
use touchstone::access::Role;
use touchstone::inspections::Outcome;

use crate::certified::{in_days, today};
use crate::evidence::pdf;
use crate::findings::{Case, NOTE, inspection_status, kinds, status};
use crate::support::TestApp;

fn dispute(case: &Case, id: &str) {
    let fields = [("dispute_reason", "The door was open that day")];
    let path = format!("/portal/findings/{id}/dispute");
    case.person.upload(&path, "door.pdf", &pdf("door"), &fields).expect(303);
}

#[test]
fn a_dispute_that_is_not_followed_leads_to_an_answer() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    let path = format!("/portal/findings/{}/dispute", one.id);
    assert!(case.person.upload(&path, "", b"", &[]).expect(422).blames("dispute_reason"));
    dispute(&case, &one.id);
    assert_eq!(status(&app, &one.id), "disputed");
    case.answer(&one.id).expect(409);
    let decider = app.staff(Role::Approver);
    decider.get("/home?kind=finding_dispute").expect(200).shows(&one.id);
    let page = decider.get(&format!("/findings/{}", one.id)).expect(200);
    page.shows("The door was open that day").shows("door.pdf").shows("Keep the finding");
    decider.post(&format!("/findings/{}/closing", one.id), &NOTE).expect(409);
    let upholding = format!("/findings/{}/upholding", one.id);
    assert!(decider.post(&upholding, &[]).expect(422).blames("upholding_reason"));
    let reason = [("upholding_reason", "It was locked on the photo")];
    decider.post(&upholding, &reason).expect(303).follow().shows("locked on the photo");
    decider.post(&upholding, &reason).expect(409);
    assert_eq!(status(&app, &one.id), "open");
    let unmoved = format!(
        "SELECT count(*) FROM findings WHERE due_on = '{}' AND id = '{}'",
        one.due_on, one.id
    );
    assert_eq!(app.number(&unmoved), 1, "the days run on");
    // Once decided it is not disputed again.
    case.person.get(&path).expect(303);
    let again = [("dispute_reason", "x")];
    case.person.upload(&path, "", b"", &again).expect(409).shows("the finding stays");
    case.answer(&one.id).expect(303);
    decider.post(&format!("/findings/{}/closing", one.id), &NOTE).expect(303);
    assert_eq!(inspection_status(&app, &one), "closed");
    assert_eq!(kinds(&app), ["finding_upheld", "finding_closed"]);
}

#[test]
fn whoever_does_not_follow_a_dispute_may_give_more_time_once() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    dispute(&case, &one.id);
    let decider = app.staff(Role::Approver);
    let uphold = |day: &str| {
        let fields = [("upholding_reason", "Because"), ("extended_to", day)];
        decider.post(&format!("/findings/{}/upholding", one.id), &fields)
    };
    let (same, latest) = (one.due_on.to_string(), one.due_on + Days::new(60));
    for day in ["soon", &same, &in_days(-1).to_string(), &(latest + Days::new(1)).to_string()] {
        assert!(uphold(day).expect(422).blames("extended_to"), "{day}");
    }
    uphold(&latest.to_string()).expect(303);
    let moved = format!("SELECT count(*) FROM findings WHERE due_on = '{latest}'");
    assert_eq!((app.number(&moved), status(&app, &one.id)), (1, "open".to_string()));
    let fields = [("new_due_on", "2099-01-01"), ("extension_reason", "x")];
    decider.post(&format!("/findings/{}/extension", one.id), &fields).expect(409);
}

#[test]
fn a_dispute_that_is_followed_ends_the_finding() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let all = case.found(&app, in_days(-5), &[("HP01", Outcome::Major), ("EN01", Outcome::Minor)]);
    let decider = app.staff(Role::LegalOfficer);
    for one in &all {
        dispute(&case, &one.id);
        assert_eq!(inspection_status(&app, one), "signed_off");
        let path = format!("/findings/{}/withdrawal", one.id);
        assert!(decider.post(&path, &[]).expect(422).blames("withdrawal_reason"));
        decider.post(&path, &[("withdrawal_reason", "The door was open")]).expect(303);
        assert_eq!(status(&app, &one.id), "withdrawn");
        let portal = case.person.get(&format!("/portal/findings/{}", one.id)).expect(200);
        portal.shows("The door was open").shows("There is nothing left to do");
        let reopening = format!("/findings/{}/reopening", one.id);
        decider.post(&reopening, &[("reopening_reason", "x")]).expect(409);
    }
    assert_eq!(inspection_status(&app, &all[0]), "closed");
    assert_eq!(kinds(&app), ["finding_withdrawn", "finding_withdrawn"]);
}

#[test]
fn more_time_is_given_once_with_a_reason() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    let verifier = app.staff(Role::EsgAnalyst);
    let extend = |day: &str, reason: &str| {
        let fields = [("new_due_on", day), ("extension_reason", reason)];
        verifier.post(&format!("/findings/{}/extension", one.id), &fields)
    };
    let day = (one.due_on + Days::new(20)).to_string();
    assert!(extend("", "Spare parts").expect(422).blames("new_due_on"));
    assert!(extend(&day, " ").expect(422).blames("extension_reason"));
    assert!(extend(&one.due_on.to_string(), "x").expect(422).blames("new_due_on"));
    extend(&day, "Spare parts").expect(303).follow().shows("Spare parts").shows("More time given");
    extend(&(one.due_on + Days::new(30)).to_string(), "Again").expect(409);
    let page = verifier.get(&format!("/findings/{}", one.id)).expect(200);
    assert!(!page.has("/extension"));
    assert_eq!(app.number(&format!("SELECT count(*) FROM findings WHERE due_on = '{day}'")), 1);
    let letters = app.letters();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].3.contains(&day) && letters[0].3.contains("Spare parts"));
}

#[test]
fn a_closed_finding_is_opened_again_within_a_year_and_its_days_count_anew() {
    let app = TestApp::alone();
    let case = Case::new(&app);
    let one = case.found(&app, in_days(-20), &[("CH01", Outcome::Critical)]).remove(0);
    case.answer(&one.id).expect(303);
    let verifier = app.staff(Role::Approver);
    let closing = [NOTE[0], ("contained", "on")];
    let path = format!("/findings/{}", one.id);
    verifier.post(&format!("{path}/reopening"), &[("reopening_reason", "x")]).expect(409);
    verifier.post(&format!("{path}/closing"), &closing).expect(303);
    assert_eq!(inspection_status(&app, &one), "closed");
    assert!(
        verifier.post(&format!("{path}/reopening"), &[]).expect(422).blames("reopening_reason")
    );
    let reason = [("reopening_reason", "They are back")];
    let page = verifier.post(&format!("{path}/reopening"), &reason).expect(303).follow();
    page.shows("They are back").shows("opened again once");
    assert_eq!(
        (status(&app, &one.id), inspection_status(&app, &one)),
        ("open".into(), "signed_off".into())
    );
    let anew = format!(
        "SELECT count(*) FROM findings WHERE due_on = '{}' AND contain_by = '{}' AND reopened = 1 \
         AND contained_at IS NULL AND closed_at IS NULL AND closed_by IS NULL",
        today() + Days::new(30),
        today() + Days::new(7)
    );
    assert_eq!(app.number(&anew), 1);
    case.answer(&one.id).expect(303);
    verifier.post(&format!("{path}/closing"), &closing).expect(303);
    assert_eq!(inspection_status(&app, &one), "closed");
    app.advance_clock(367 * 24 * 60 * 60);
    let later = app.again(&verifier);
    let reply = later.post(&format!("{path}/reopening"), &reason).expect(409);
    reply.shows("more than 12 months ago");
}

#[test]
fn a_finding_that_repeats_an_earlier_one_leads_there() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let first = case.found(&app, in_days(-300), &[("HP01", Outcome::Minor)]).remove(0);
    let second = case.major(&app);
    let reader = app.staff(Role::ReportingStaff);
    let page = reader.get(&format!("/findings/{}", second.id)).expect(200);
    page.shows("Repeats").shows(&format!("/findings/{}", first.id));
    let page = case.person.get(&format!("/portal/findings/{}", second.id)).expect(200);
    page.shows(&format!("/portal/findings/{}", first.id));
}

#[test]
fn the_list_is_narrowed_by_its_address_and_goes_on_by_day() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let reader = app.staff(Role::Auditor);
    reader.get("/findings").expect(200).shows("No finding waits");
    let old = case.found(&app, in_days(-100), &[("HP01", Outcome::Major)]).remove(0);
    let mut others = Vec::new();
    for day in 0..26 {
        let outcomes = [("EN01", Outcome::Minor), ("FL01", Outcome::Critical)];
        others.extend(case.found(&app, in_days(-day), &outcomes));
    }
    let page = reader.get("/findings").expect(200);
    let at = |code: String| page.body().find(&format!(">{code}<")).unwrap_or(usize::MAX);
    assert!(at(old.code()) < at(others[51].code()), "what is due first comes first");
    let next = page.links().into_iter().find(|link| link.contains("after=")).expect("more");
    let rest = reader.get(&next).expect(200);
    let number = |body: &str| body.matches("<tr><td class=\"nm").count();
    assert_eq!((number(&page.body()), number(&rest.body())), (50, 3));
    let shown = |query: &str| {
        let page = reader.get(&format!("/findings?{query}")).expect(200);
        number(&page.body())
    };
    let code = case.supplier.code();
    assert_eq!(shown("severity=major"), 1);
    assert_eq!(shown(&format!("supplier={code}&severity=critical")), 26);
    assert_eq!(shown("supplier=S-999999"), 0);
    assert_eq!(shown("region=outside&severity=major"), 1);
    assert_eq!(shown("region=eastern"), 0);
    assert_eq!(shown("area=DE&severity=major"), 1);
    assert_eq!(shown("area=FR"), 0);
    assert_eq!(shown(&format!("due_before={}", in_days(0))), 1);
    // The old one, and those critical ones whose week has passed.
    assert_eq!(shown("state=overdue"), 1 + 18);
    assert_eq!(shown("state=closed"), 0);
    assert_eq!(shown("state=nonsense&due_before=x&severity=bad&after=x"), 50);
    let file = reader.get("/findings/export/csv?severity=major").expect(200);
    let lines: Vec<String> = file.body().lines().map(str::to_string).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[1].contains(&old.code()) && lines[1].contains("Is HP01 right?"), "{}", lines[1]);
    assert!(lines[1].contains("-40,yes"), "{}", lines[1]);
    let file = reader.get("/findings/export/xlsx").expect(200);
    assert!(file.bytes.starts_with(b"PK"));
    reader.get("/findings/export/pdf").expect(404);
}

#[test]
fn programs_read_findings_with_what_happened() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let all = case.found(&app, in_days(-5), &[("HP01", Outcome::Major), ("EN01", Outcome::Minor)]);
    case.answer(&all[0].id).expect(303);
    let program = app.program(Role::Auditor);
    let list = program.get("/api/v1/findings?limit=1").expect(200).value();
    assert_eq!(list["items"][0]["number"], "F-000001");
    let next = list["next_cursor"].as_str().expect("more");
    let rest = program.get(&format!("/api/v1/findings?limit=1&cursor={next}")).expect(200).value();
    assert_eq!(rest["items"][0]["severity"], "minor");
    let answered = program.get("/api/v1/findings?state=answered").expect(200).value();
    assert_eq!(answered["items"].as_array().map(Vec::len), Some(1));
    let whole = program.get(&format!("/api/v1/findings/{}", all[0].id)).expect(200).value();
    assert_eq!(whole["question_en"], "Is HP01 right?");
    assert_eq!(whole["steps"][1]["kind"], "answered");
    assert_eq!(whole["steps"][1]["document_ids"].as_array().map(Vec::len), Some(1));
    assert_eq!(whole["actions"][0]["owner"], "Li Hua");
    for (query, problem) in [
        ("state=late", "state: unknown_choice"),
        ("severity=bad", "severity: unknown_choice"),
        ("supplier=x", "supplier: unknown_choice"),
        ("scheme=x&region=y", "scheme: report_scheme"),
        ("due_before=soon", "due_before: report_date"),
        ("cursor=x", "cursor: cursor"),
        ("colour=red", "colour: unknown_field"),
    ] {
        let reply = program.get(&format!("/api/v1/findings?{query}")).expect(422);
        assert_eq!(reply.problems(), [problem]);
    }
    let east = app.program_for(
        app.staff_of(Role::Inspector, "cn-six", "eastern"),
        touchstone::access::tokens::Grant::ALL,
    );
    east.get(&format!("/api/v1/findings/{}", all[0].id)).expect(404);
    let none = east.get("/api/v1/findings").expect(200).value();
    assert_eq!(none["items"].as_array().map(Vec::len), Some(0));
}

#[test]
fn everybody_reads_a_finding_in_their_own_language() {
    let app = TestApp::new();
    let case = Case::new(&app);
    let one = case.major(&app);
    let reader = app.staff(Role::LegalOfficer);
    for (person, path) in [
        (&reader, format!("/findings/{}", one.id)),
        (&case.person, format!("/portal/findings/{}", one.id)),
    ] {
        person.get(&path).expect(200).shows("Is HP01 right?").shows("Major");
        person.get("/language/zh-CN?next=/account").expect(303);
        let page = person.get(&path).expect(200);
        page.shows("HP01 是否符合要求？").shows("严重").shows("还有 50 天");
    }
    let form = case.person.get(&format!("/portal/findings/{}/answer", one.id)).expect(200);
    form.shows("根本原因").shows("提交答复");
}
