//! What a company sees of its inspections, reports on paper, and programs.

use serde_json::json;
use touchstone::access::Role;
use touchstone::inspections::Status;

use crate::evidence::jpeg;
use crate::inspected::inspection;
use crate::inspections::{assign, planned, scheduled};
use crate::support::TestApp;
use crate::visits::{END, answer_all, item, say};

#[test]
fn a_company_sees_what_is_announced_then_what_was_found_and_takes_note_once() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (company, version, id) = scheduled(&app, &inspector);
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    let member = app.supplier_person(Role::SupplierMember, &company.id);
    let here = format!("/portal/inspections/{id}");
    owner.get("/portal/inspections").expect(200).shows("I-000001").shows("Gate 3");
    let page = owner.get(&here).expect(200).shows("Is CH01 right?").shows("Test inspector");
    assert!(!page.has("Look at CH01."), "guidance is for inspectors");
    owner.set_cookie("__Host-language", "zh-CN");
    owner.get(&here).expect(200).shows("CH01 是否符合要求？");
    owner.set_cookie("__Host-language", "en");
    owner.get(&format!("{here}/report")).expect(404);
    let note = [("acknowledged_note", "We have read it")];
    owner.post(&format!("{here}/acknowledgement"), &note).expect(409);
    // What is written down so far is not yet said.
    let fields = [("item", ""), ("note", "Between us")];
    let evidence = format!("/inspections/{id}/evidence");
    inspector.upload(&evidence, "gate.jpg", &jpeg(60, 40), &fields).expect(303);
    let first = item(&app, &version, "CH01");
    say(&inspector, &id, &first, ("critical", "A child at the loom", "0")).expect(303);
    let page = owner.get(&here).expect(200);
    assert!(!page.has("A child at the loom") && !page.has("gate.jpg"));

    app.tamper("DELETE FROM inspection_results").unwrap();
    answer_all(&app, &inspector, &id, &version, &[("HP01", "major")]);
    inspector.post(&format!("/inspections/{id}/sign-off"), &END).expect(303);
    let page = owner.get(&here).expect(200);
    let finding = app.text("SELECT id FROM findings");
    assert!(page.links().contains(&format!("/portal/findings/{finding}")));
    let page = page.shows("two doors").shows("Seen at HP01").shows("gate.jpg");
    assert!(!page.has("Between us"), "notes are for staff");
    owner.get("/portal").expect(200).shows("1 inspection to take note of");
    let before = app.number("SELECT count(*) FROM audit_records");
    let long = "x".repeat(2001);
    let to = format!("{here}/acknowledgement");
    member.post(&to, &[("acknowledged_note", long.as_str())]).expect(422);
    member.post(&to, &note).expect(303).follow().expect(200).shows("We have read it");
    owner.post(&to, &note).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), before + 1);
    assert!(!owner.get("/portal").expect(200).has("to take note of"));
    inspector.get(&format!("/inspections/{id}")).expect(200).shows("We have read it");
}

#[test]
fn a_company_sees_neither_anothers_nor_what_nobody_is_ready_for() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (_, version, theirs) = scheduled(&app, &inspector);
    let mine = app.supplier();
    let me = app.text("SELECT supplier_id FROM accounts WHERE role = 'supplier_owner'");
    for path in ["", "/report"] {
        mine.get(&format!("/portal/inspections/{theirs}{path}")).expect(404);
    }
    let note = [("acknowledged_note", "x")];
    mine.post(&format!("/portal/inspections/{theirs}/acknowledgement"), &note).expect(404);
    mine.get(&format!("/inspections/{theirs}")).expect(404);
    mine.get("/portal/inspections").expect(200).shows("No inspection is announced");
    let scope = touchstone::access::Scope::Everything;
    let company = app.db().read_now(move |c| touchstone::suppliers::find(c, &scope, &me)).unwrap();
    let planned = inspection(&app, &company, &version, None, Status::Planned);
    let assigned = inspection(&app, &company, &version, Some(&inspector), Status::Assigned);
    let cancelled = inspection(&app, &company, &version, None, Status::Cancelled);
    for id in [planned, assigned, cancelled] {
        mine.get(&format!("/portal/inspections/{id}")).expect(404);
        let to = format!("/portal/inspections/{id}/acknowledgement");
        mine.post(&to, &note).expect(404);
    }
    mine.get("/portal/inspections").expect(200).shows("No inspection is announced");
}

#[test]
fn the_report_has_all_of_it_in_both_languages() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (company, version, id) = scheduled(&app, &inspector);
    let owner = app.supplier_person(Role::SupplierOwner, &company.id);
    answer_all(&app, &inspector, &id, &version, &[("FL01", "critical")]);
    let report = format!("/inspections/{id}/report");
    inspector.get(&report).expect(200).shows("it may still change");
    inspector.post(&format!("/inspections/{id}/sign-off"), &END).expect(303);
    let mine = format!("/portal/inspections/{id}/report");
    for (person, path) in [(&inspector, &report), (&owner, &mine)] {
        let page = person.get(path).expect(200).shows("Li Hua, Plant manager").shows("Hall 2");
        page.shows("F-000001").shows("Is EN01 right?").shows("Seen at FL01").shows("two doors");
        person.set_cookie("__Host-language", "zh-CN");
        person.get(path).expect(200).shows("章节 EN01").shows("重大").shows("尚未确认");
        person.set_cookie("__Host-language", "en");
    }
    app.staff(Role::Auditor).get(&report).expect(200);
    app.staff_of(Role::Auditor, "cn-six", "southern").get(&report).expect(404);
}

#[test]
fn programs_list_inspections_and_read_one_with_results_and_findings() {
    let app = TestApp::new();
    let inspector = app.staff(Role::Inspector);
    let (company, version, id) = scheduled(&app, &inspector);
    answer_all(&app, &inspector, &id, &version, &[("FL01", "critical")]);
    inspector.post(&format!("/inspections/{id}/sign-off"), &END).expect(303);
    inspection(&app, &company, &version, None, Status::Planned);
    let program = app.program(Role::Auditor);
    let list = "/api/v1/inspections";
    let all = program.get(&format!("{list}?limit=1")).expect(200);
    let link = all.header("Link").expect("more").to_string();
    let next = link.trim_start_matches('<').split('>').next().expect("an address");
    assert_eq!(all.value()["items"][0]["code"], "I-000002");
    assert_eq!(program.get(next).expect(200).value()["items"][0]["code"], "I-000001");
    let signed = program.get(&format!("{list}?status=signed_off&area=320000")).expect(200).value();
    assert_eq!(signed["items"].as_array().map(Vec::len), Some(1));
    let none = program.get(&format!("{list}?visited_to=2020-01-01")).expect(200).value();
    assert_eq!(none["items"], json!([]));
    for (query, problem) in [
        ("status=done", "status: unknown_choice"),
        ("visited_from=soon", "visited_from: inspection_day"),
        ("colour=red", "colour: unknown_field"),
    ] {
        assert_eq!(program.get(&format!("{list}?{query}")).expect(422).problems(), [problem]);
    }
    let one = program.get(&format!("{list}/{id}")).expect(200).value();
    assert_eq!(one["results"].as_array().map(Vec::len), Some(4));
    assert_eq!(one["results"][1]["outcome"], "critical");
    assert_eq!(one["findings"][0]["code"], "F-000001");
    assert_eq!(one["summary"], END[0].1);
    program.get(&format!("{list}/nothing")).expect(404);
    let elsewhere = app.staff_of(Role::Auditor, "cn-six", "southern");
    let elsewhere = app.program_for(elsewhere, touchstone::access::tokens::Grant::ALL);
    elsewhere.get(&format!("{list}/{id}")).expect(404);
    assert_eq!(elsewhere.get(list).expect(200).value()["items"], json!([]));
}

#[test]
fn results_of_an_inspector_who_leaves_are_gone_on_with_by_the_next() {
    let app = TestApp::new();
    let (first, second) = (app.staff(Role::Inspector), app.staff(Role::Inspector));
    let (_, version, id) = planned(&app);
    assign(&app, &id, &first, 0);
    let declare = format!("/inspections/{id}/declaration");
    first.post(&declare, &[("conflict", "none")]).expect(303);
    let own = item(&app, &version, "CH01");
    say(&first, &id, &own, ("minor", "A crack", "0")).expect(303);
    assign(&app, &id, &second, 1);
    say(&second, &id, &own, ("conform", "", "1")).expect(409);
    second.post(&declare, &[("conflict", "none")]).expect(303);
    assert_eq!(crate::inspections::status(&app, &id), "under_way");
    let page = second.get(&format!("/inspections/{id}/visit")).expect(200);
    page.shows("A crack").shows("1 of 4 answered");
    say(&first, &id, &own, ("conform", "", "1")).expect(403);
    say(&second, &id, &own, ("conform", "", "1")).expect(303);
}
