//! Standards of punishments as they are read: by cases, by companies, by programs.

use chrono::NaiveDate;
use touchstone::access::{Actor, Role, command_line, right};
use touchstone::error::Error;
use touchstone::inspections::Severity;
use touchstone::punishments::cases::{ProposalInput, propose};
use touchstone::punishments::standards::{self, in_force, publish_usual, versions};

use crate::certified::{in_days, today};
use crate::punished;
use crate::punishment_standards::{drafted, line, lines, one, path, put};
use crate::support::TestApp;

#[test]
fn a_case_takes_the_standard_of_the_day_of_the_deed() {
    let app = TestApp::new();
    let first = punished::standards_from(&app, in_days(-400));
    let second = punished::standards_from(&app, in_days(-30));
    let supplier = app.company("Werk Eins GmbH", "DE").id;
    let case = |deed_on: NaiveDate| {
        let input = ProposalInput {
            violation: "bribery".into(),
            severity: "critical".into(),
            origin: "by_hand".into(),
            deed_on: deed_on.to_string(),
            facts: "Paid twice".into(),
            ..Default::default()
        };
        let id = supplier.clone();
        app.db().write_now(move |c| {
            propose(c, &command_line::<right::ProposePunishments>(), &id, &input)
        })
    };
    for (day, version) in [(-400, &first), (-31, &first), (-30, &second), (0, &second)] {
        let made = case(in_days(day)).expect("a case");
        let standard = one(&app, version, "bribery", Severity::Critical);
        assert_eq!(made.standard_id, standard.id, "{day}");
    }
    assert!(matches!(case(in_days(-401)), Err(Error::Invalid(_))), "nothing was laid down then");
    assert_eq!(app.number("SELECT count(*) FROM punishment_cases"), 4);
}

#[test]
fn every_company_reads_the_version_in_force_and_no_other() {
    let app = TestApp::new();
    let (staff, approver) = (app.staff(Role::LegalOfficer), app.staff(Role::Approver));
    let company = app.supplier();
    let here = "/portal/punishment-standards";
    assert!(company.get("/portal").expect(200).links().contains(&here.to_string()));
    let id = drafted(&staff);
    let page = company.get(here).expect(200).shows("No standards are in force at the moment");
    assert!(!page.has("bribery"), "a draft is ours alone");
    assert_eq!(put(&app, &approver, &id, today()), 303);
    let to = staff.post("/punishment-standards/draft", &[]).expect(303).location.expect("a page");
    let next = to.replace("/punishment-standard-versions/", "");
    staff.post(&format!("{}/lines", path(&next)), &line(&[])).expect(303);
    assert_eq!(put(&app, &approver, &next, in_days(3)), 303);
    let page = company.get(here).expect(200);
    let page = page
        .shows("Commercial bribery or kick-back")
        .shows("商业贿赂")
        .shows("Permanent elimination")
        .shows("Your rights")
        .shows("Version 1");
    assert!(!page.has("Spying"), "what is to come is not in force");
    company.set_cookie("__Host-language", "zh-CN");
    company.get(here).expect(200).shows("永久淘汰").shows("您可以申诉").shows("Commercial bribery");
    for path in [path(&id), "/punishment-standards".into()] {
        company.get(&path).expect(404);
    }
}

#[test]
fn programs_with_the_right_read_the_version_in_force_and_any_other() {
    let app = TestApp::new();
    let program = app.program(Role::Auditor);
    let list = "/api/v1/punishment-standards";
    let none = program.get(list).expect(200).value();
    assert!(none["version"].is_null() && none["standards"].as_array().is_some_and(Vec::is_empty));
    let staff = app.staff(Role::LegalOfficer);
    let id = drafted(&staff);
    let draft = program.get(&format!("{list}/{id}")).expect(200).value();
    assert_eq!(draft["version"]["standing"], "draft");
    assert_eq!(put(&app, &app.staff(Role::Approver), &id, today()), 303);
    let found = program.get(list).expect(200).value();
    assert_eq!(found["version"]["id"], id.as_str());
    assert_eq!(found["version"]["standing"], "in_force");
    let standards = found["standards"].as_array().expect("standards");
    assert_eq!(standards.len(), 36);
    let heaviest = standards.iter().find(|one| one["measure"] == "elimination").expect("one");
    assert!(heaviest["term_to"].is_null());
    assert_eq!(heaviest["name_zh"], "商业贿赂");
    assert_eq!(heaviest["body"], "committee_and_board");
    assert_eq!(heaviest["reach"], "whole_group");
    program.get(&format!("{list}/00000000-0000-7000-8000-000000000000")).expect(404);
    app.program(Role::ProcurementOfficer).get(list).expect(403);
}

#[test]
fn usual_standards_of_before_the_register_need_two_people_too() {
    let app = TestApp::new();
    let somebody = |id: &str| Actor {
        account_id: id.into(),
        name: format!("Test {id}"),
        ..Actor::command_line()
    };
    let entered = |drafter: Actor, publisher: Actor| {
        app.db().write_now(move |c| {
            let by = command_line::<right::EditPunishmentStandards>();
            publish_usual(c, &by, (&drafter, &publisher), in_days(-700))
        })
    };
    let alone = entered(somebody("legal"), somebody("legal"));
    assert!(matches!(alone, Err(Error::Forbidden(_))));
    assert!(app.db().read_now(versions).expect("versions").is_empty());
    let version = entered(somebody("legal"), somebody("approver")).expect("a version");
    assert_eq!(version.status, standards::Status::Published);
    assert_eq!(lines(&app, &version.id).len(), 36);
    let now = app.db().read_now(|c| in_force(c, today())).expect("standards");
    assert_eq!(now.map(|one| one.id), Some(version.id));
}
