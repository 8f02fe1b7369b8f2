//! Checklists as they come with the product, and as programs read them.

use std::collections::HashSet;

use touchstone::access::Role;
use touchstone::clauses::starting::starting as clauses;
use touchstone::inspections::checklists::items_of;
use touchstone::inspections::checklists::starting::{COLUMNS, starting};
use touchstone::inspections::checklists::subjects::indicators;

use crate::checklists::{added, made, put};
use crate::standards::in_days;
use crate::support::TestApp;

#[test]
fn the_two_checklists_that_come_with_the_product_are_whole_and_come_once() {
    let app = TestApp::new();
    app.staff(Role::Auditor).post("/checklists/starting", &[]).expect(403);
    let staff = app.staff(Role::ProcurementOfficer);
    staff.post("/checklists/starting", &[]).expect(303);
    staff.post("/checklists/starting", &[]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM checklist_versions WHERE status = 'draft'"), 2);
    let han = |text: &str| text.chars().any(|one| ('\u{4e00}'..='\u{9fff}').contains(&one));
    let mut codes_seen = HashSet::new();
    for (list, least) in starting().iter().zip([30, 22]) {
        assert_eq!(list.items.lines().next().expect("a head"), COLUMNS.join(","));
        let query = format!(
            "SELECT v.id FROM checklist_versions v JOIN checklists l ON l.id = v.checklist_id \
             WHERE l.code = '{}'",
            list.code
        );
        let id = app.text(&query);
        let version = id.clone();
        let items = app.db().read_now(move |c| items_of(c, &version)).expect("items");
        assert!(items.len() >= least && items.len() == list.items.lines().count() - 1);
        for one in &items {
            let code = &one.code;
            assert!(codes_seen.insert(code.clone()), "{code} stands there twice");
            for text in [&one.section_en, &one.question_en, &one.guidance_en] {
                assert!(!text.trim().is_empty() && !han(text), "{code}: {text}");
            }
            for text in [&one.section_zh, &one.question_zh, &one.guidance_zh] {
                assert!(han(text), "{code}: {text}");
            }
            assert!(one.question_en.ends_with('?') && one.question_zh.ends_with('？'), "{code}");
            for part in ["Look: ", "Ask: ", "Evidence: "] {
                assert!(one.guidance_en.contains(part), "{code} lacks {part}");
            }
            for part in ["看：", "问：", "证据："] {
                assert!(one.guidance_zh.contains(part), "{code} lacks {part}");
            }
            let is_known = match one.subject_kind.as_str() {
                "indicator" => indicators().iter().any(|known| known.code == one.subject),
                "clause" => clauses().iter().any(|known| known.code == one.subject),
                _ => false,
            };
            assert!(is_known, "{code} tests {}", one.subject);
        }
        staff.get(&format!("/checklist-versions/{id}")).expect(200).shows(&items[0].question_zh);
        assert_eq!(put(&app, &app.staff(Role::Approver), &id, &in_days(0)), 303);
    }
    assert_eq!(indicators().len(), 32);
    for convention in ["C138", "C182", "C29", "C105", "C100", "C111", "C87", "C98", "C155", "C187"]
    {
        assert!(starting()[0].items.contains(convention), "{convention}");
    }
}

#[test]
fn programs_read_checklists_their_versions_and_items_in_both_languages() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let id = made(&staff);
    added(&app, &staff, &id, "CL01", "Child labour");
    let program = app.program(Role::ReportingStaff);
    let list = program.get("/api/v1/checklists").expect(200).value();
    assert_eq!(
        (&list["items"][0]["code"], list["items"][0]["in_force_id"].is_null()),
        (&"conduct".into(), true)
    );
    assert_eq!(put(&app, &app.staff(Role::Approver), &id, &in_days(0)), 303);
    let checklist = app.text("SELECT id FROM checklists");
    let whole = program.get(&format!("/api/v1/checklists/{checklist}")).expect(200).value();
    assert_eq!(whole["checklist"]["in_force_id"], id.as_str());
    assert_eq!(whole["versions"][0]["standing"], "in_force");
    let full = program.get(&format!("/api/v1/checklist-versions/{id}")).expect(200).value();
    assert_eq!(full["items"][0]["question_zh"], "是否没有童工？");
    assert_eq!(full["items"][0]["severity"], "critical");
    assert_eq!(
        (&full["items"][0]["subject_kind"], &full["items"][0]["subject"]),
        (&"indicator".into(), &"L01".into())
    );
    let nothing = "00000000-0000-7000-8000-000000000000";
    program.get(&format!("/api/v1/checklists/{nothing}")).expect(404);
    program.get(&format!("/api/v1/checklist-versions/{nothing}")).expect(404);
}
