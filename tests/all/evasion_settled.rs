//! Links to companies under a measure, and what people say of them.

use touchstone::access::Role;
use touchstone::punishments::evasion::{Link, Status};
use touchstone::suppliers::Supplier;

use crate::evasion::{PHONE, contact, is_held, links, run, two};
use crate::support::TestApp;

/// A company that is held because of its phone; the number of the case.
fn held(app: &TestApp) -> (Supplier, Link, String) {
    let (bad, case, new) = two(app);
    contact(app, &bad, "", PHONE);
    contact(app, &new, "", PHONE);
    assert_eq!(run(app), 1);
    (new, links(app).remove(0), case.code())
}

fn settling(link: &Link) -> String {
    format!("/evasion-links/{}/settling", link.id)
}

const CLEARED: [(&str, &str); 2] = [("outcome", "cleared"), ("reason", "The phone of their agent")];
const CONFIRMED: [(&str, &str); 2] = [("outcome", "confirmed"), ("reason", "The same owner")];

#[test]
fn a_link_is_drawn_and_whoever_clears_it_frees_the_company() {
    let app = TestApp::new();
    let (new, link, code) = held(&app);
    let officer = app.staff(Role::EthicsOfficer);
    officer.get("/evasion-links").expect(200).shows("Fresh Start Ltd").shows(&code);
    officer.get("/home?kind=evasion_link").expect(200).shows(&link.id);
    let page = officer.get(&format!("/evasion-links/{}", link.id)).expect(200);
    let page = page.shows("<svg").shows("Punished Works Ltd").shows(&code).shows("•••• 4417");
    assert!(!page.has(PHONE));
    officer.post(&settling(&link), &CLEARED).expect(303).follow().shows("The phone of their agent");
    assert!(!is_held(&app, &new));
    assert_eq!(
        app.text("SELECT subject_kind || ' ' || subject_id FROM audit_records WHERE action = 'evasion.settled'"),
        format!("evasion_link {}", link.id)
    );
    officer.post(&settling(&link), &CONFIRMED).expect(409);
    assert_eq!(links(&app)[0].status, Status::Cleared);
    officer.get("/evasion-links").expect(200).shows("Nothing waits");
    officer.get("/evasion-links?state=all&kind=phone").expect(200).shows("Fresh Start Ltd");
    officer.get("/evasion-links?state=all&kind=address").expect(200).shows("Nothing matches");
}

#[test]
fn what_was_settled_is_not_raised_again_unless_something_else_is_shared() {
    let app = TestApp::new();
    let (new, link, _) = held(&app);
    let officer = app.staff(Role::LegalOfficer);
    officer.post(&settling(&link), &CLEARED).expect(303);
    contact(&app, &new, "", "0086 100 5555 4417");
    assert_eq!(run(&app), 0);
    assert_eq!(links(&app)[0].status, Status::Cleared);
    let bad = app.text(&format!("SELECT other_id FROM evasion_links WHERE id = '{}'", link.id));
    let bad = Supplier { id: bad, ..new.clone() };
    for company in [&bad, &new] {
        contact(&app, company, "", "+86 100 5555 9001");
    }
    assert_eq!(run(&app), 1);
    let again = links(&app).remove(0);
    assert_eq!((again.id.as_str(), again.status), (link.id.as_str(), Status::Held));
    assert_eq!(again.lines(), ["•••• 4417", "•••• 9001"]);
    assert!(again.reason.is_empty() && is_held(&app, &new));
}

#[test]
fn a_confirmed_link_leads_to_a_case_and_the_company_stays_held() {
    let app = TestApp::new();
    let (new, link, _) = held(&app);
    let officer = app.staff(Role::LegalOfficer);
    let page = officer.post(&settling(&link), &CONFIRMED).expect(303).follow();
    let way = format!("/punishments/new?supplier={}&violation=evasion", new.id);
    let links = page.links();
    let mut plain = links.iter().map(|link| link.replace("&amp;", "&").replace("&#38;", "&"));
    assert!(plain.any(|link| link == way), "{links:?}");
    assert!(is_held(&app, &new));
}

#[test]
fn nothing_is_settled_without_a_word_of_what_and_why() {
    let app = TestApp::new();
    let (_, link, _) = held(&app);
    let officer = app.staff(Role::LegalOfficer);
    let long = "x".repeat(2001);
    for (fields, field) in [
        (vec![("reason", "Because")], "outcome"),
        (vec![("outcome", "held"), ("reason", "Because")], "outcome"),
        (vec![("outcome", "' OR 1=1"), ("reason", "Because")], "outcome"),
        (vec![("outcome", "cleared"), ("reason", "  ")], "reason"),
        (vec![("outcome", "cleared"), ("reason", long.as_str())], "reason"),
    ] {
        let page = officer.post(&settling(&link), &fields).expect(422);
        assert!(page.blames(field), "{fields:?}");
    }
    let fields = [("outcome", "maybe"), ("reason", "What was typed stays")];
    officer.post(&settling(&link), &fields).expect(422).shows("What was typed stays");
    assert_eq!(links(&app)[0].status, Status::Held);
    assert_eq!(
        app.number("SELECT count(*) FROM audit_records WHERE action = 'evasion.settled'"),
        0
    );
    let nobody = "/evasion-links/00000000-0000-7000-8000-000000000000";
    officer.get(nobody).expect(404);
    officer.post(&format!("{nobody}/settling"), &CLEARED).expect(404);
    for odd in ["?after=%%%", "?after=eHg", "?state=none&kind=x&supplier=%27"] {
        officer.get(&format!("/evasion-links{odd}")).expect(200);
    }
}

#[test]
fn whoever_recorded_what_is_shared_does_not_judge_it() {
    let app = TestApp::new();
    let (_, link, _) = held(&app);
    let (officer, other) = (app.staff(Role::Approver), app.staff(Role::Approver));
    let by = format!("UPDATE evasion_links SET recorded_by = 'x {}'", officer.account_id);
    app.tamper(&by).expect("who recorded it");
    officer.post(&settling(&link), &CLEARED).expect(403);
    let page = officer.get(&format!("/evasion-links/{}", link.id)).expect(200);
    assert!(!page.shows("You recorded").has("name=\"outcome\""));
    assert!(!officer.get("/home").expect(200).has(&link.id));
    other.post(&settling(&link), &CLEARED).expect(303);
}

#[test]
fn companies_outside_somebodys_regions_are_not_found() {
    let app = TestApp::new();
    let (_, link, _) = held(&app);
    let southern = app.staff_of(Role::LegalOfficer, "cn-six", "southern");
    southern.get(&format!("/evasion-links/{}", link.id)).expect(404);
    southern.post(&settling(&link), &CLEARED).expect(404);
    assert!(!southern.get("/evasion-links?state=all").expect(200).has("Fresh Start"));
    assert!(!southern.get("/home").expect(200).has(&link.id));
    let eastern = app.staff_of(Role::LegalOfficer, "cn-six", "eastern");
    eastern.get("/evasion-links").expect(200).shows("Fresh Start");
    // A company elsewhere is not shown because the other one is theirs.
    app.tamper("UPDATE suppliers SET area = 'DE' WHERE legal_name = 'Fresh Start Ltd'").unwrap();
    eastern.get(&format!("/evasion-links/{}", link.id)).expect(404);
    assert!(!eastern.get("/evasion-links").expect(200).has("Fresh Start"));
}

#[test]
fn nobody_else_sees_a_trace() {
    let app = TestApp::new();
    let (new, link, code) = held(&app);
    for role in [Role::ProcurementOfficer, Role::Inspector, Role::EsgAnalyst, Role::ReportingStaff]
    {
        let person = app.staff(role);
        person.get("/evasion-links").expect(403);
        person.get(&format!("/evasion-links/{}", link.id)).expect(403);
        for path in ["", "/history", "/trail", "/clearance"] {
            let path = format!("/suppliers/{}{path}", new.id);
            let page = person.get(&path);
            let tells = ["evasion", "Punished Works", code.as_str(), link.id.as_str()];
            assert!(!tells.iter().any(|text| page.has(text)), "{role:?} {path}");
        }
    }
    let auditor = app.staff(Role::Auditor);
    let page = auditor.get(&format!("/evasion-links/{}", link.id)).expect(200);
    assert!(!page.has("name=\"outcome\""), "who reads settles nothing");
    auditor.post(&settling(&link), &CLEARED).expect(403);
}

#[test]
fn programs_read_the_list_page_by_page() {
    let app = TestApp::new();
    let (bad, case, new) = two(&app);
    let third = app.company("Third Ltd", "320000");
    for company in [&bad, &new, &third] {
        contact(&app, company, "a@punished-works.cn", PHONE);
    }
    assert_eq!(run(&app), 4);
    let program = app.program(Role::LegalOfficer);
    let mut path = "/api/v1/evasion-links?limit=3".to_string();
    let mut seen = Vec::new();
    loop {
        let page = program.get(&path).expect(200).value();
        let items = page["items"].as_array().expect("items").clone();
        seen.extend(items.iter().map(|item| item["id"].as_str().expect("an id").to_string()));
        assert!(items.iter().all(|item| item["holding"] == true));
        assert!(items.iter().all(|item| item["case_id"] == case.id.as_str()));
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/api/v1/evasion-links?limit=3&cursor={cursor}"),
            None => break,
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 4, "each once");
    let one = format!("/api/v1/evasion-links?kind=phone&state=held&supplier={}", third.code());
    assert_eq!(program.get(&one).expect(200).value()["items"].as_array().map(Vec::len), Some(1));
    for odd in ["state=gone", "kind=hat", "supplier=x", "cursor=eHg", "limit=0", "more=1"] {
        program.get(&format!("/api/v1/evasion-links?{odd}")).expect(422);
    }
    app.program(Role::ProcurementOfficer).get("/api/v1/evasion-links").expect(403);
}

#[test]
fn a_link_to_a_measure_that_has_ended_holds_nobody() {
    let app = TestApp::alone();
    let (new, link, _) = held(&app);
    assert!(is_held(&app, &new));
    app.advance_clock(61 * 31 * 24 * 3600);
    assert!(!is_held(&app, &new));
    let officer = app.staff(Role::LegalOfficer);
    officer.get("/evasion-links").expect(200).shows("Nothing waits");
    officer.get("/evasion-links?state=all").expect(200).shows("Measure has ended");
    officer.get(&format!("/evasion-links/{}", link.id)).expect(200).shows("Measure has ended");
}
