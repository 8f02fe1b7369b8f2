//! Draws: nobody chooses whom an inspector visits.

use serde_json::Value;
use touchstone::access::Role;
use touchstone::inspections::draws::verify::{Report, verify};

use crate::planned::{committed, companies, drawn, file, number_of, plan, rate};
use crate::support::TestApp;

#[test]
fn a_seed_is_promised_the_roster_frozen_and_another_person_draws() {
    let app = TestApp::new();
    let (first, second) = (app.staff(Role::ProcurementOfficer), app.staff(Role::Approver));
    companies(&app, 0..60);
    let id = plan(&app, &first, &[("minimum", "1")]);
    let draw = committed(&first, &id);
    let at = format!("/draws/{draw}");
    let commitment = app.text("SELECT commitment FROM draws");
    first.get(&at).expect(200).shows(&commitment);
    assert_eq!(app.text("SELECT status FROM inspection_plans"), "running");
    assert_eq!(app.text("SELECT seed FROM draws"), "");
    first.post(&format!("/inspection-plans/{id}/draw"), &[]).expect(409);
    second.post(&format!("{at}/revealing"), &[]).expect(409);
    second.get(&format!("{at}/file.json")).expect(404);
    first.post(&format!("{at}/freezing"), &[]).expect(303);
    first.post(&format!("{at}/freezing"), &[]).expect(409);
    assert_eq!(app.number("SELECT count(*) FROM draw_entries"), 60);
    let hash = app.text("SELECT roster_hash FROM draws");
    first.get(&at).expect(200).shows(&hash).shows("You have promised the seed");
    let report = verify(&file(&first, &draw)).unwrap();
    assert!(!report.is_drawn && report.roster == 60);
    // Whoever enters now is not on the roster.
    companies(&app, 60..70);
    assert!(!first.get("/home").has(&at));
    second.get("/home").expect(200).shows(&at);
    first.post(&format!("{at}/revealing"), &[("salt", "mine")]).expect(403);
    assert_eq!(app.number("SELECT count(*) FROM inspections"), 0);
    second.post(&format!("{at}/revealing"), &[("salt", " 3,421.77 ")]).expect(303);
    second.post(&format!("{at}/revealing"), &[("salt", "again")]).expect(409);
    assert_eq!(app.text("SELECT salt FROM draws"), "3,421.77");
    assert_eq!(app.text("SELECT seed_sealed FROM draws"), "");
    assert_eq!(number_of(&app, "drawn"), 8);
    let made = "SELECT count(*) FROM inspections i JOIN draw_entries e ON e.id = i.entry_id \
                WHERE e.chosen = 'drawn' AND i.status = 'planned' AND i.supplier_id = e.supplier_id";
    assert_eq!(app.number(made), 8);
    assert!(!second.get("/home").expect(200).has(&at));
    let page = second.get(&at).expect(200);
    assert!(page.has("3,421.77") && page.has("Rank 1 of 12 in Medium · Eastern China"));
    let report = verify(&file(&second, &draw)).unwrap();
    let whole = Report { roster: 60, chosen: 8, replacements: 0, strata: 5, is_drawn: true };
    assert_eq!(report, whole);
    let told = "SELECT count(*) FROM audit_records WHERE action LIKE 'draw.%'";
    assert_eq!(app.number(told), 3);
    // A random salt where nobody typed one.
    let id = plan(&app, &first, &[]);
    let draw = committed(&first, &id);
    first.post(&format!("/draws/{draw}/freezing"), &[]).expect(303);
    second.post(&format!("/draws/{draw}/revealing"), &[]).expect(303);
    let salt = app.text(&format!("SELECT salt FROM draws WHERE id = '{draw}'"));
    assert_eq!(salt.len(), 43);
}

#[test]
fn a_changed_seed_or_roster_is_refused_and_says_so() {
    let app = TestApp::new();
    let (first, second) = (app.staff(Role::ProcurementOfficer), app.staff(Role::Approver));
    companies(&app, 0..30);
    let draws = [0, 1].map(|_| {
        let draw = committed(&first, &plan(&app, &first, &[]));
        first.post(&format!("/draws/{draw}/freezing"), &[]).expect(303);
        draw
    });
    let [one, other] = &draws;
    let sealed = format!("(SELECT seed_sealed FROM draws WHERE id = '{other}')");
    app.tamper(&format!("UPDATE draws SET seed_sealed = {sealed} WHERE id = '{one}'")).unwrap();
    second
        .post(&format!("/draws/{one}/revealing"), &[])
        .expect(409)
        .shows("not the one that was promised");
    let changed =
        format!("UPDATE draw_entries SET weight = 3 WHERE draw_id = '{other}' AND number = 7");
    app.tamper(&changed).unwrap();
    second
        .post(&format!("/draws/{other}/revealing"), &[])
        .expect(409)
        .shows("not the one that was frozen");
    assert_eq!(app.number("SELECT count(*) FROM draws WHERE status = 'frozen'"), 2);
    assert_eq!(app.number("SELECT count(*) FROM inspections"), 0);
}

#[test]
fn what_cannot_be_drawn_is_not_frozen_and_nothing_is_written() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let frozen = |changed: &[(&str, &str)], says: &str| {
        let draw = committed(&officer, &plan(&app, &officer, changed));
        officer.post(&format!("/draws/{draw}/freezing"), &[]).expect(422).shows(says);
        assert_eq!(app.number("SELECT count(*) FROM draw_entries"), 0);
        draw
    };
    frozen(&[], "Nobody is on the roster");
    companies(&app, 0..20);
    frozen(&[("number", "21")], "only 20 are there");
    let draw = frozen(&[("number", "5"), ("minimum", "2")], "makes 10");
    frozen(&[("region", "northwest")], "Nobody is on the roster");
    let at = format!("/draws/{draw}/discarding");
    assert!(officer.post(&at, &[("reason", "")]).expect(422).blames("reason"));
    officer.post(&at, &[("reason", "Too few")]).expect(303);
    officer.post(&at, &[("reason", "Again")]).expect(409);
    officer.get(&format!("/draws/{draw}")).expect(200).shows("Too few");
    let plan = app.text(&format!("SELECT plan_id FROM draws WHERE id = '{draw}'"));
    let state = app.text(&format!("SELECT status FROM inspection_plans WHERE id = '{plan}'"));
    assert_eq!(state, "draft");
    // The plan is drawn anew, with another seed.
    let again = committed(&officer, &plan);
    assert_ne!(again, draw);
    assert_eq!(app.number("SELECT count(DISTINCT commitment) FROM draws"), 5);
    officer.get(&format!("/inspection-plans/{plan}")).expect(200).shows("Too few");
}

#[test]
fn high_tiers_are_in_without_chance_and_count_in_the_sample() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    companies(&app, 0..40);
    for code in ["S-000003", "S-000004", "S-000005"] {
        rate(&app, &officer, code, "high");
    }
    rate(&app, &officer, "S-000006", "low");
    let draw = drawn(&app, &plan(&app, &officer, &[]));
    assert_eq!((number_of(&app, "certain"), number_of(&app, "drawn")), (3, 5));
    let none = "SELECT count(*) FROM draw_entries WHERE certain <> '' AND draw_key IS NOT NULL";
    assert_eq!(app.number(none), 0);
    officer.get(&format!("/draws/{draw}")).expect(200).shows("High risk tier: in without chance");
    let id = plan(&app, &officer, &[("certain", "")]);
    let draw = drawn(&app, &id);
    let certain =
        format!("SELECT count(*) FROM draw_entries WHERE draw_id = '{draw}' AND certain <> ''");
    assert_eq!(app.number(&certain), 0);
}

#[test]
fn the_next_by_rank_takes_the_place_of_a_company_with_a_reason() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    companies(&app, (0..4).map(|one| one * 5));
    rate(&app, &officer, "S-000001", "high");
    let draw = drawn(&app, &plan(&app, &officer, &[("number", "2")]));
    let entry = |rank: i64| app.text(&format!("SELECT id FROM draw_entries WHERE rank = {rank}"));
    let at = |id: &str| format!("/draws/{draw}/entries/{id}");
    let replace = |id: &str, reason: &str| {
        officer.post(&format!("{}/replacement", at(id)), &[("reason", reason)])
    };
    let (first, second, third) = (entry(1), entry(2), entry(3));
    assert!(replace(&first, " ").expect(422).blames("reason"));
    replace(&second, "Not in").expect(409);
    let certain = app.text("SELECT id FROM draw_entries WHERE chosen = 'certain'");
    assert!(replace(&certain, "Nobody else").expect(422).has("Nobody is left"));
    assert_eq!(app.number("SELECT count(*) FROM inspections"), 2);
    replace(&first, "Closed for rebuilding").expect(303);
    let page = officer.get(&at(&second)).expect(200);
    assert!(page.has("In place of S-00000") && page.has("Closed for rebuilding"));
    officer.get(&at(&first)).expect(200).shows("another took its place");
    let state =
        |id: &str| app.text(&format!("SELECT status FROM inspections WHERE entry_id = '{id}'"));
    assert_eq!((state(&first), state(&second)), ("cancelled".into(), "planned".into()));
    replace(&first, "Again").expect(409);
    replace(&second, "Moved away").expect(303);
    assert!(replace(&third, "Nobody else").expect(422).has("Nobody is left"));
    let report = verify(&file(&officer, &draw)).unwrap();
    assert_eq!((report.chosen, report.replacements), (2, 2));
    app.tamper("UPDATE inspections SET status = 'assigned' WHERE status = 'planned'").unwrap();
    replace(&third, "Somebody is on the way").expect(409);
}

#[test]
fn a_company_sees_what_was_promised_and_its_own_line_only() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    companies(&app, (0..30).map(|one| one * 5));
    let id = plan(&app, &officer, &[("name", "Second half of 2026")]);
    let draw = committed(&officer, &id);
    let own = app.text("SELECT id FROM suppliers WHERE number = 12");
    let member = app.supplier_person(Role::SupplierMember, &own);
    let at = format!("/portal/draws/{draw}");
    let commitment = app.text("SELECT commitment FROM draws");
    member.get("/portal/draws").expect(200).shows("Second half of 2026").shows(&commitment);
    member.get(&at).expect(200).shows(&commitment);
    officer.post(&format!("/draws/{draw}/freezing"), &[]).expect(303);
    let hash = app.text("SELECT roster_hash FROM draws");
    member.get(&at).expect(200).shows(&hash).shows("The seed is not open yet");
    let newcomer = app.company("Werkstatt Beispiel GmbH", "DE");
    let outsider = app.supplier_person(Role::SupplierOwner, &newcomer.id);
    outsider.get(&at).expect(200).shows("was not on the roster");
    app.staff(Role::Approver).post(&format!("/draws/{draw}/revealing"), &[]).expect(303);
    let (seed, salt) = (app.text("SELECT seed FROM draws"), app.text("SELECT salt FROM draws"));
    let page = member.get(&at).expect(200).shows(&seed).shows(&salt).shows("S-000012");
    let number = |query: &str| {
        let question =
            format!("SELECT CAST(round({query} * 1000000000) AS BIGINT) FROM draw_entries");
        app.number(&format!("{question} WHERE number = 12"))
    };
    let key =
        touchstone::inspections::sampling::drawing::key(&format!("{seed}{salt}"), "S-000012", 2);
    assert_eq!(number("draw_key"), (key * 1e9).round() as i64);
    assert!(page.has(&key.to_string()) && page.has("8 of 30"));
    let is_in = app.text("SELECT chosen FROM draw_entries WHERE number = 12") == "drawn";
    assert_eq!(page.has("Your company was drawn"), is_in);
    assert_eq!(page.has("Your company was not drawn"), !is_in);
    let page = [member.get(&at).body(), member.get("/portal/draws").body()].concat();
    for other in (1..=30).filter(|number| *number != 12) {
        assert!(!page.contains(&format!("S-{other:06}")), "{other}");
    }
    assert!(!page.contains("Company 0") && !page.contains("Test procurement_officer"));
    outsider.get(&at).expect(200).shows("was not on the roster").shows(&seed);
    member.get(&format!("/draws/{draw}")).expect(404);
    member.get(&format!("/draws/{draw}/file.json")).expect(404);
    member.get("/portal/draws/nothing").expect(404);
}

#[test]
fn who_sees_a_part_of_the_register_draws_no_more_than_that() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let eastern = app.staff_of(Role::Approver, "cn-six", "eastern");
    companies(&app, 0..20);
    let draw = committed(&officer, &plan(&app, &officer, &[]));
    eastern.post(&format!("/draws/{draw}/freezing"), &[]).expect(403);
    officer.post(&format!("/draws/{draw}/freezing"), &[]).expect(303);
    eastern.post(&format!("/draws/{draw}/revealing"), &[]).expect(403);
    eastern.get(&format!("/draws/{draw}/file.json")).expect(403);
    let roster = eastern.get(&format!("/draws/{draw}/roster")).expect(200);
    assert_eq!(roster.body().matches("/entries/").count(), 4);
    let foreign = app.text("SELECT id FROM draw_entries WHERE number = 2");
    eastern.get(&format!("/draws/{draw}/entries/{foreign}")).expect(404);
    let fields = [("reason", "x")];
    eastern.post(&format!("/draws/{draw}/entries/{foreign}/replacement"), &fields).expect(404);
    let own = plan(&app, &officer, &[("region", "eastern"), ("number", "2")]);
    let draw = committed(&officer, &own);
    eastern.post(&format!("/draws/{draw}/freezing"), &[]).expect(303);
    eastern.post(&format!("/draws/{draw}/revealing"), &[]).expect(303);
    verify(&file(&eastern, &draw)).unwrap();
    let program = app.program_for(eastern, touchstone::access::tokens::Grant::ALL);
    let first = app.text("SELECT id FROM draws ORDER BY id LIMIT 1");
    let body = program.get(&format!("/api/v1/draws/{first}?limit=3")).expect(200).body();
    let read: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(read["draw"]["roster_size"], 20);
    assert!(read["draw"]["seed"].is_null() && read["roster"]["next_cursor"].is_string());
    assert_eq!(read["roster"]["items"].as_array().unwrap().len(), 3);
    let path = format!("/api/v1/draws/{draw}?chosen=yes");
    let read: Value = serde_json::from_str(&program.get(&path).expect(200).body()).unwrap();
    assert_eq!(read["roster"]["items"].as_array().unwrap().len(), 2);
    assert!(read["roster"]["items"][0]["inspection_id"].is_string());
    program.get(&format!("/api/v1/draws/{draw}?chosen=odd")).expect(422);
}

#[test]
fn a_company_that_was_merged_after_the_roster_was_frozen_is_inspected_as_the_one_it_is_now() {
    let app = TestApp::new();
    let (first, second) = (app.staff(Role::ProcurementOfficer), app.staff(Role::Approver));
    companies(&app, 0..6);
    let draw = committed(&first, &plan(&app, &first, &[("method", "all")]));
    first.post(&format!("/draws/{draw}/freezing"), &[]).expect(303);
    app.tamper(
        "UPDATE suppliers SET merged_into = (SELECT id FROM suppliers WHERE number = 1) WHERE number = 6",
    )
    .unwrap();
    second.post(&format!("/draws/{draw}/revealing"), &[]).expect(303);
    assert_eq!(app.number("SELECT count(*) FROM inspections"), 5);
    assert_eq!(number_of(&app, "drawn"), 6);
}
