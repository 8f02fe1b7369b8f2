//! Companies that share something with one under a measure are held until a person has said what it means.

use diesel::prelude::*;
use touchstone::access::{Role, command_line};
use touchstone::inspections::Severity::{Critical, Minor};
use touchstone::punishments::evasion::{self, Kind, Link, Status, job};
use touchstone::punishments::{self, Case, Ground, MemberStatus};
use touchstone::schema::evasion_links;
use touchstone::suppliers::Supplier;
use touchstone::suppliers::bank_accounts::{self, BankAccountInput};
use touchstone::suppliers::contacts::{self, ContactInput};
use touchstone::suppliers::people::{self, PersonInput};
use touchstone::values::{new_id, now};

use crate::punished::{in_force, interim, member, served, standards};
use crate::registration::{begun, category, complete, hand_in};
use crate::support::{TestApp, vault};

pub const PHONE: &str = "+86 100 5555 4417";
const ACCOUNT: &str = "6222020200012345678";
const ADDRESS: &str = "江苏省苏州市工业园区星湖街328号";
const RESIDENT_ID: &str = "11010519491231002X";

/// A company under a measure, and one that is new.
pub fn two(app: &TestApp) -> (Supplier, Case, Supplier) {
    standards(app);
    let bad = app.company("Punished Works Ltd", "320000");
    let case = in_force(app, &bad, "safety", Critical);
    (bad, case, app.company("Fresh Start Ltd", "320000"))
}

pub fn contact(app: &TestApp, company: &Supplier, email: &str, phone: &str) {
    let (id, email, phone) = (company.id.clone(), email.to_string(), phone.to_string());
    let added = app.db().write_now(move |c| {
        let input = ContactInput { name: "Li Hua".into(), email, phone, ..Default::default() };
        contacts::add(c, &command_line(), &vault(), &id, &input)
    });
    added.expect("a contact");
}

fn account(app: &TestApp, company: &Supplier) {
    let id = company.id.clone();
    let added = app.db().write_now(move |c| {
        let input = BankAccountInput {
            holder: "Holder Ltd".into(),
            bank: "Sample Bank".into(),
            country: "CN".into(),
            currency: "CNY".into(),
            number: ACCOUNT.into(),
            ..Default::default()
        };
        bank_accounts::add(c, &command_line(), &vault(), &id, &input)
    });
    added.expect("an account");
}

fn person(app: &TestApp, company: &Supplier, role: &str, name: &str, number: &str) {
    let input = PersonInput {
        role: role.into(),
        name: name.into(),
        country: "CN".into(),
        paper: if number.len() == 18 { "resident_id" } else { "passport" }.into(),
        number: number.into(),
        ..Default::default()
    };
    let id = company.id.clone();
    let added = app.db().write_now(move |c| people::add(c, &command_line(), &vault(), &id, &input));
    added.expect("a person");
}

fn address(app: &TestApp, company: &Supplier, text: &str) {
    let id = &company.id;
    let set = format!("UPDATE sites SET address = '{text}' WHERE supplier_id = '{id}'");
    app.tamper(&set).expect("an address");
}

/// An identifier as the register has it; one that was taken off again where it says so.
fn identifier(app: &TestApp, company: &Supplier, value: &str, is_removed: bool) {
    let removed = if is_removed { "'2026-01-02 00:00:00'" } else { "NULL" };
    let row = format!(
        "INSERT INTO identifiers (id, supplier_id, kind, value, evidence, recorded_by, created_at, \
         confirmed_by, confirmed_at, removed_at) VALUES ('{}', '{}', 'duns', '{value}', '', 'somebody', \
         '2026-01-01 00:00:00', NULL, NULL, {removed})",
        new_id(),
        company.id
    );
    app.tamper(&row).expect("an identifier");
}

/// What the job does, to its end. How many links it found.
pub fn run(app: &TestApp) -> i64 {
    let (mut cursor, mut found) = (Some(String::new()), 0);
    while let Some(at) = cursor {
        let step = app.db().write_now(move |c| job::batch(c, &vault(), &at)).expect("a batch");
        found += step.done;
        cursor = step.next;
    }
    found
}

pub fn links(app: &TestApp) -> Vec<Link> {
    let found = app.db().read_now(|c| {
        let all = evasion_links::table.order(evasion_links::kind).select(Link::as_select());
        Ok(all.load(c)?)
    });
    found.expect("links")
}

fn kinds(app: &TestApp) -> Vec<Kind> {
    links(app).into_iter().map(|link| link.kind).collect()
}

/// Whether clearance hears of something against a company.
pub fn is_held(app: &TestApp, company: &Supplier) -> bool {
    let id = company.id.clone();
    let held = app.db().read_now(move |c| punishments::holds::of(c, &[&id])).expect("holds");
    held.iter().any(|(_, hold)| hold.period.from <= now() && now() < hold.period.to)
}

#[test]
fn each_thing_that_a_company_shares_with_one_under_a_measure_is_held() {
    let app = TestApp::new();
    let (bad, case, new) = two(&app);
    let apart = app.company("Another Ltd", "320000");
    for company in [&bad, &new] {
        contact(&app, company, "office@punished-works.cn", PHONE);
        account(&app, company);
        person(&app, company, "legal_representative", "张伟", RESIDENT_ID);
        person(&app, company, "beneficial_owner", "Wang Fang", "");
        address(&app, company, ADDRESS);
    }
    identifier(&app, &bad, "150483782", true);
    identifier(&app, &new, "150483782", false);
    contact(&app, &apart, "office@another.cn", "+86 100 5555 0000");
    assert_eq!(run(&app), Kind::ALL.len() as i64);
    let found = links(&app);
    let mut all = Kind::ALL.to_vec();
    all.sort_by_key(|kind| kind.as_str());
    assert_eq!(kinds(&app), all);
    for link in &found {
        assert_eq!((&link.supplier_id, &link.other_id), (&new.id, &bad.id), "{link:?}");
        assert_eq!((&link.case_id, link.status), (&case.id, Status::Held));
        let secrets = [ACCOUNT, RESIDENT_ID, "5555"];
        assert!(!secrets.iter().any(|one| link.shared.contains(one)), "{link:?}");
    }
    let shared = |kind: Kind| &found.iter().find(|link| link.kind == kind).expect("a link").shared;
    assert_eq!(shared(Kind::Phone), "•••• 4417");
    assert_eq!(shared(Kind::MailDomain), "punished-works.cn");
    assert!(is_held(&app, &new) && !is_held(&app, &apart));
    assert_eq!(run(&app), 0, "once is enough");
    assert_eq!(links(&app).len(), all.len());
}

#[test]
fn what_anybody_may_share_is_no_link() {
    let app = TestApp::new();
    let (bad, _, new) = two(&app);
    for (company, phone) in [(&bad, "100 5555 0001"), (&new, "100 5555 0002")] {
        contact(&app, company, "somebody@qq.com", phone);
        contact(&app, company, "somebody@VIP.163.com", "");
        address(&app, company, "苏州市");
    }
    // Two people of one name with papers of their own are two.
    person(&app, &bad, "legal_representative", "王伟", RESIDENT_ID);
    person(&app, &new, "legal_representative", "王伟", "E12345678");
    assert_eq!(run(&app), 0);
    assert!(links(&app).is_empty() && !is_held(&app, &new));
}

#[test]
fn a_domain_that_dozens_of_companies_have_says_nothing() {
    let app = TestApp::new();
    let (bad, _, new) = two(&app);
    contact(&app, &bad, "a@industrial-park.cn", "");
    contact(&app, &new, "b@industrial-park.cn", "");
    for number in 0..50 {
        let company = app.company(&format!("Tenant {number} Ltd"), "320000");
        contact(&app, &company, "c@industrial-park.cn", "");
    }
    run(&app);
    // Another one comes: the job sees how many there are.
    let late = app.company("Late Tenant Ltd", "320000");
    contact(&app, &late, "d@industrial-park.cn", "");
    assert_eq!(run(&app), 0);
    assert!(!is_held(&app, &late));
}

#[test]
fn what_is_recorded_later_is_found_by_the_next_run_and_at_once_when_asked() {
    let app = TestApp::new();
    let (bad, _, new) = two(&app);
    contact(&app, &bad, "a@punished-works.cn", PHONE);
    assert_eq!(run(&app), 0);
    account(&app, &bad);
    account(&app, &new);
    let buyer = app.staff(Role::ProcurementOfficer);
    let fields = [("name", "Wang Fang"), ("phone", "0100 5555 4417")];
    buyer.post(&format!("/suppliers/{}/contacts", new.id), &fields).expect(303);
    assert_eq!(run(&app), 2);
    assert_eq!(kinds(&app), [Kind::BankAccount, Kind::Phone]);
    contact(&app, &new, "b@punished-works.cn", "");
    let id = new.id.clone();
    let found = app.db().write_now(move |c| evasion::look(c, &id)).expect("a look");
    assert_eq!(found, 1);
    assert_eq!(kinds(&app), [Kind::BankAccount, Kind::MailDomain, Kind::Phone]);
}

#[test]
fn what_a_company_under_a_measure_records_is_compared_with_every_other() {
    let app = TestApp::new();
    let (bad, _, new) = two(&app);
    account(&app, &new);
    assert_eq!(run(&app), 0);
    account(&app, &bad);
    assert_eq!(run(&app), 1);
    assert_eq!(links(&app)[0].supplier_id, new.id);
}

#[test]
fn a_registration_is_compared_in_the_moment_it_is_handed_in() {
    let app = TestApp::new();
    let (bad, case, _) = two(&app);
    contact(&app, &bad, "a@punished-works.cn", crate::registration::PHONE);
    run(&app);
    let steel = category(&app);
    let (company, owner) = begun(&app);
    complete(&owner, &steel);
    assert!(links(&app).is_empty());
    hand_in(&owner);
    assert_eq!(kinds(&app), [Kind::Phone]);
    assert!(is_held(&app, &company));
    // The company reads nothing of it.
    for path in ["/portal", "/portal/registration"] {
        let page = owner.get(path).expect(200);
        assert!(!page.has("Punished Works") && !page.has(&case.code()), "{path}");
    }
    owner.get("/evasion-links").expect(404);
}

#[test]
fn a_measure_that_comes_into_force_is_compared_with_every_company() {
    let app = TestApp::new();
    standards(&app);
    let (bad, old) = (app.company("Turning Ltd", "320000"), app.company("Old Ltd", "DE"));
    let sister = app.company("Sister Ltd", "320000");
    for company in [&bad, &old, &sister] {
        account(&app, company);
    }
    run(&app);
    let case = in_force(&app, &bad, "safety", Critical);
    member(&app, &case, &sister, Ground::ControlledBy, MemberStatus::Exempted);
    let found = app.db().write_now(move |c| evasion::look_all(c, &case)).expect("a look");
    assert_eq!(found, 1, "who was exempted was looked at in the case");
    assert_eq!(links(&app)[0].supplier_id, old.id);
}

#[test]
fn an_interim_measure_counts_and_a_warning_stops_nothing_to_get_around() {
    let app = TestApp::new();
    standards(&app);
    let (one, other) = (app.company("Urgent Ltd", "320000"), app.company("Warned Ltd", "320000"));
    let (new, calm) = (app.company("New Ltd", "320000"), app.company("Calm Ltd", "320000"));
    let case = served(&app, &one, "safety", Critical);
    in_force(&app, &other, "late_delivery", Minor);
    for (company, email) in [(&one, "a@urgent.cn"), (&new, "b@urgent.cn")] {
        contact(&app, company, email, "");
    }
    for (company, email) in [(&other, "a@warned.cn"), (&calm, "b@warned.cn")] {
        contact(&app, company, email, "");
    }
    assert_eq!(run(&app), 0, "nothing holds yet");
    interim(&app, &case, 20);
    let id = new.id.clone();
    assert_eq!(app.db().write_now(move |c| evasion::look(c, &id)).expect("a look"), 1);
    assert!(is_held(&app, &new) && !is_held(&app, &calm));
}

#[test]
fn a_merged_company_leaves_no_traces() {
    let app = TestApp::new();
    let (bad, _, new) = two(&app);
    run(&app);
    let third = app.company("Third Ltd", "320000");
    account(&app, &third);
    run(&app);
    let traces = |id: &str| {
        app.number(&format!("SELECT count(*) FROM evasion_traces WHERE supplier_id = '{id}'"))
    };
    assert_eq!((traces(&third.id), traces(&new.id)), (1, 0));
    let buyer = app.staff(Role::ProcurementOfficer);
    let fields = [("kept", new.id.as_str()), ("gone", third.id.as_str()), ("reason", "one")];
    buyer.post("/merges", &fields).expect(303);
    account(&app, &bad);
    run(&app);
    assert_eq!((traces(&third.id), traces(&new.id)), (0, 1));
    assert_eq!(links(&app)[0].supplier_id, new.id, "what moved is compared where it is");
}
