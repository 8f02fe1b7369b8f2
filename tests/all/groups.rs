//! Groups: who controls whom, since when, and who may see it.

use chrono::NaiveDate;
use touchstone::access::{Role, Scope};
use touchstone::suppliers::groups::{self, Group, Role as Place};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, Supplier, SupplierInput};
use touchstone::values::now;

use crate::person::Reply;
use crate::support::{Person, TestApp};

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The fields of a link that nothing is wrong with.
fn fields<'a>(other: &'a str, direction: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("company", other),
        ("direction", direction),
        ("control", "majority"),
        ("share", "60"),
        ("valid_from", "2020-01-01"),
        ("evidence", "Annual report 2020, page 7"),
    ]
}

fn with<'a>(
    mut fields: Vec<(&'a str, &'a str)>,
    name: &'a str,
    value: &'a str,
) -> Vec<(&'a str, &'a str)> {
    fields.retain(|(n, _)| *n != name);
    fields.push((name, value));
    fields
}

fn record<'p>(person: &'p Person, of: &Supplier, fields: &[(&str, &str)]) -> Reply<'p> {
    person.post(&format!("/suppliers/{}/links", of.id), fields)
}

pub fn group_of(app: &TestApp, id: &str, on: &str) -> Group {
    let (id, on) = (id.to_string(), day(on));
    app.db().read_now(move |c| groups::members(c, &id, on)).expect("a group")
}

pub fn roles(group: &Group) -> Vec<(i64, Place)> {
    group.members.iter().map(|m| (m.company.number, m.role)).collect()
}

fn links(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM control_links")
}

#[test]
fn a_link_makes_a_group_and_stands_on_the_trails_of_both_companies() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let parent = app.company("宏远控股集团有限公司", "310000");
    let child = app.company("宏远包装有限公司", "320000");
    let empty = officer.get(&format!("/suppliers/{}/group", child.id)).expect(200);
    assert!(empty.has(&format!("/suppliers/{}/links/new", child.id)), "what to do next");
    let done = record(&officer, &child, &fields("S-000001", "controlled_by")).expect(303);
    let page = done.follow().expect(200);
    assert!(page.has("class=\"notice done\""));
    for text in ["宏远控股集团有限公司", "60 %", "controls this company", "Annual report 2020"]
    {
        assert!(page.has(text), "{text}");
    }
    assert_eq!(page.body().matches("<ul").count(), page.body().matches("</ul>").count());
    let below = officer.get(&format!("/suppliers/{}/group", parent.id)).expect(200);
    below.shows("controlled by this company").shows("宏远包装有限公司");
    officer.get(&format!("/suppliers/{}", child.id)).expect(200).shows("宏远控股集团有限公司");
    officer.get(&format!("/suppliers/{}", parent.id)).expect(200).shows("Controls");
    for (company, other) in [(&child, "宏远控股集团有限公司"), (&parent, "宏远包装有限公司")]
    {
        let trail = officer.get(&format!("/suppliers/{}/history", company.id)).expect(200);
        trail.shows("Link between companies recorded").shows(other).shows("Majority of shares");
    }
    let recorded = "SELECT count(*) FROM audit_records WHERE action = 'group.link_added'";
    assert_eq!(app.number(recorded), 2);
}

#[test]
fn the_other_company_is_found_by_number_id_or_identifier() {
    let app = TestApp::new();
    let officer = app.staff(Role::Approver);
    let child = app.company("Tochter AG", "CH");
    let parent = app.enter(NewSupplier {
        company: SupplierInput {
            legal_name: "深圳样例有限公司".into(), ..Default::default()
        },
        place: PlaceInput { country: "CN".into(), ..Default::default() },
        uscc: "91440300100012316L".into(),
        ..Default::default()
    });
    for typed in ["S-000002", " s-2 ", &parent.id, "91440300100012316L", "9144-0300 100012316l"] {
        record(&officer, &child, &fields(typed, "controlled_by")).expect(303);
        assert_eq!(app.text("SELECT parent_id FROM control_links"), parent.id, "{typed}");
        app.tamper("DELETE FROM control_links").unwrap();
    }
    for typed in ["", "2", "S-000003", "S-x", "深圳样例有限公司", "91440300100012316X", "' OR 1=1"]
    {
        let reply = record(&officer, &child, &fields(typed, "controlled_by")).expect(422);
        assert!(reply.blames("company"), "{typed}");
    }
}

#[test]
fn a_link_that_breaks_a_rule_is_refused_at_its_field_and_nothing_is_written() {
    let app = TestApp::new();
    let officer = app.staff(Role::LegalOfficer);
    let (child, _) = (app.company("Tochter AG", "CH"), app.company("Mutter AG", "CH"));
    let good = || fields("S-000002", "controlled_by");
    let records = app.number("SELECT count(*) FROM audit_records");
    for (name, value, blamed) in [
        ("company", "S-000001", "company"),
        ("direction", "", "direction"),
        ("control", "ownership", "control"),
        ("share", "", "share"),
        ("share", "50", "share"),
        ("share", "100.01", "share"),
        ("share", "51.255", "share"),
        ("share", "-60", "share"),
        ("valid_from", "", "valid_from"),
        ("valid_from", "2020-02-30", "valid_from"),
        ("valid_to", "2020-01-01", "valid_to"),
        ("valid_to", "2019-12-31", "valid_to"),
        ("evidence", " ", "evidence"),
    ] {
        let reply = record(&officer, &child, &with(good(), name, value)).expect(422);
        assert!(reply.blames(blamed), "{name}={value} is not blamed on {blamed}");
        assert!(name == "evidence" || reply.has("Annual report 2020"), "{name}: words are gone");
    }
    let minority = with(good(), "control", "minority");
    for share in ["", "50.01"] {
        let reply = record(&officer, &child, &with(minority.clone(), "share", share)).expect(422);
        assert!(reply.blames("share"), "a minority of {share:?}");
    }
    assert_eq!(links(&app), 0);
    assert_eq!(app.number("SELECT count(*) FROM audit_records"), records);
}

#[test]
fn the_shares_of_a_company_are_never_more_than_all_of_them_on_any_day() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let child = app.company("Tochter AG", "CH");
    for name in ["Eins AG", "Zwei AG", "Drei AG"] {
        app.company(name, "CH");
    }
    let of = |other, share, from, to| {
        let with_kind = with(fields(other, "controlled_by"), "control", "voting");
        let with_share = with(with_kind, "share", share);
        with(with(with_share, "valid_from", from), "valid_to", to)
    };
    record(&officer, &child, &of("S-000002", "60", "2020-01-01", "2021-01-01")).expect(303);
    record(&officer, &child, &of("S-000003", "40", "2020-06-01", "")).expect(303);
    let over = record(&officer, &child, &of("S-000004", "0.01", "2019-01-01", "")).expect(422);
    assert!(over.blames("share") && over.has("2020-06-01"), "the first day is named");
    record(&officer, &child, &of("S-000004", "60", "2021-01-01", "")).expect(303);
    // The same two companies, at one time: refused; afterwards: a new link.
    let again = record(&officer, &child, &of("S-000002", "", "2020-12-31", "")).expect(422);
    assert!(again.blames("company"));
    record(&officer, &child, &of("S-000002", "", "2021-01-01", "")).expect(303);
    assert_eq!(links(&app), 4);
}

#[test]
fn a_link_ends_on_its_day_and_a_withdrawn_one_holds_on_none() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let (parent, child) = (app.company("Mutter AG", "CH"), app.company("Tochter AG", "CH"));
    let stranger = app.company("Fremd AG", "CH");
    record(&officer, &child, &fields("S-000001", "controlled_by")).expect(303);
    let link = app.text("SELECT id FROM control_links");
    let page = format!("/suppliers/{}/links/{link}", parent.id);
    officer.get(&page).expect(200).shows("Mutter AG").shows("Tochter AG");
    for reply in [
        officer.get(&format!("/suppliers/{}/links/{link}", stranger.id)),
        officer.post(
            &format!("/suppliers/{}/links/{link}/end", stranger.id),
            &[("ended_on", "2021-07-01"), ("reason", "Sold")],
        ),
    ] {
        reply.expect(404);
    }
    let end = format!("{page}/end");
    let early = officer.post(&end, &[("ended_on", "2020-01-01"), ("reason", "Kept")]).expect(422);
    assert!(early.blames("ended_on") && early.has("Kept"));
    assert!(officer.post(&end, &[("ended_on", "2021-07-01")]).expect(422).blames("reason"));
    officer.post(&end, &[("ended_on", "2021-07-01"), ("reason", "Sold to others")]).expect(303);
    officer.post(&end, &[("ended_on", "2021-08-01"), ("reason", "Again")]).expect(409);
    let size = |on| group_of(&app, &child.id, on).members.len();
    let sizes = ["2019-12-31", "2020-01-01", "2021-06-30", "2021-07-01"].map(size);
    assert_eq!(sizes, [1, 2, 2, 1]);
    let shown = officer.get(&format!("/suppliers/{}/group?on=2021-06-30", child.id)).expect(200);
    shown.shows("30 June 2021").shows("2 companies").shows("Holds");
    officer.get(&format!("/suppliers/{}/group?on=2021-07-01", child.id)).shows("Ended");

    let withdrawal = format!("{page}/withdrawal");
    assert!(officer.post(&withdrawal, &[("mistake", " ")]).expect(422).blames("mistake"));
    officer.post(&withdrawal, &[("mistake", "Another company of that name")]).expect(303);
    officer.post(&withdrawal, &[("mistake", "Again")]).expect(409);
    assert_eq!(size("2020-06-01"), 1);
    officer.get(&format!("/suppliers/{}/group?on=2020-06-01", child.id)).shows("Withdrawn");
    for company in [&parent, &child] {
        let trail = officer.get(&format!("/suppliers/{}/history", company.id)).expect(200);
        trail.shows("Sold to others").shows("Another company of that name");
    }
    assert_eq!(links(&app), 1, "never deleted");
}

#[test]
fn a_day_that_is_none_keeps_the_form_and_shows_today() {
    let app = TestApp::new();
    let reader = app.staff(Role::Auditor);
    let company = app.company("Einzel AG", "CH");
    let wrong = reader.get(&format!("/suppliers/{}/group?on=31.12.2021", company.id)).expect(422);
    assert!(wrong.blames("on") && wrong.has("31.12.2021") && wrong.has("No group on this day"));
    reader.get(&format!("/suppliers/{}/links/new", company.id)).expect(403);
}

#[test]
fn companies_outside_somebodys_regions_are_only_counted() {
    let app = TestApp::new();
    let all = app.staff(Role::ProcurementOfficer);
    let own = app.company("上海样例有限公司", "310000");
    let (foreign, sister) =
        (app.company("Geheim Holding AG", "CH"), app.company("杭州样例厂", "330000"));
    app.company("Verborgen GmbH", "DE");
    let held = |share| {
        with(
            with(fields("S-000002", "controlled_by"), "share", share),
            "evidence",
            "Papers of Geheim",
        )
    };
    record(&all, &own, &held("60")).expect(303);
    record(&all, &sister, &held("70")).expect(303);
    record(&all, &foreign, &fields("S-000004", "controls")).expect(303);
    let scoped = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    let page = |path: &str| scoped.get(&format!("/suppliers/{}{path}", own.id)).expect(200);
    let group = page("/group");
    group.shows("4 companies").shows("2 more companies outside your regions").shows("杭州样例厂");
    let today = format!("/as-at?on={}", now().date());
    for path in ["", "/group", "/history", &today] {
        let body = page(path);
        assert!(!body.has("Geheim") && !body.has(&foreign.id) && !body.has("Verborgen"), "{path}");
    }
    page("/history")
        .shows("Link between companies recorded")
        .shows("a company outside your regions");
    // The same answer for a company that is not there and one that may not be seen.
    let refused = |other: &str| {
        let reply =
            record(&scoped, &own, &with(fields(other, "controls"), "share", "99")).expect(422);
        let body = reply.body();
        let (_, after) = body.split_once("id=\"e-company\"").expect("the company is blamed");
        after.split("</p>").next().unwrap_or_default().to_string()
    };
    assert_eq!(refused("S-000004"), refused("S-000099"));
    // Nor can a link be ended whose other company may not be seen.
    let link = app.text(&format!("SELECT id FROM control_links WHERE child_id = '{}'", own.id));
    scoped.get(&format!("/suppliers/{}/links/{link}", own.id)).expect(404);
    let end = format!("/suppliers/{}/links/{link}/end", own.id);
    scoped.post(&end, &[("ended_on", "2021-07-01"), ("reason", "x")]).expect(404);
    let inside =
        group_of(&app, &own.id, "2021-01-01").within(&Scope::of(Some("cn-six"), Some("eastern")));
    assert_eq!((inside.members.len(), inside.hidden, inside.links.len()), (2, 2, 0));
}
