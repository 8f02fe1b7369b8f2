//! Certifications are kept in step with what they rest on: exactly those that demand what is missing
//! are suspended, no longer than it is missing, and clearance says why.

use chrono::NaiveDate;
use touchstone::HOLDS;
use touchstone::access::{Actor, Role};
use touchstone::certification::category::keep::{companies_after, recheck};
use touchstone::certification::demands::DemandKind::{self, *};
use touchstone::suppliers::Supplier;
use touchstone::suppliers::clearance::{clearance, load};
use touchstone::vault::Vault;

use super::certified::{category, certificate, certify, company, in_days, standard, status, today};
use super::support::TestApp;

/// What the clock does every day. How many certifications changed.
fn keep(app: &TestApp, companies: &[&Supplier]) -> u64 {
    let ids: Vec<String> = companies.iter().map(|one| one.id.clone()).collect();
    let vault = app.rocket().state::<Vault>().expect("a vault").clone();
    let done = app.db().write_now(move |c| {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        recheck(c, &Actor::clock(), &vault, &ids)
    });
    done.expect("a going over")
}

/// Why one may not order a category on a day, "" when one may.
fn why(app: &TestApp, company: &Supplier, category: &str, on: NaiveDate) -> String {
    let (id, category) = (company.id.clone(), category.to_string());
    let facts = app.db().read_now(move |c| {
        let facts = load(c, HOLDS, &[&id])?.remove(&id).expect("facts");
        Ok(clearance(&facts, Some(&category), on).codes())
    });
    facts.expect("an answer")
}

/// Moves the last day of a company's certificate of a type.
fn ends(app: &TestApp, company: &Supplier, kind: &str, last: NaiveDate) {
    let (id, from) = (&company.id, last - chrono::Duration::days(400));
    let change = format!(
        "UPDATE certificates SET valid_to = '{last}', valid_from = '{from}' \
         WHERE supplier_id = '{id}' AND type_id = '{kind}'"
    );
    app.tamper(&change).expect("another last day");
}

fn records(app: &TestApp, action: &str) -> i64 {
    app.number(&format!("SELECT count(*) FROM audit_records WHERE action = '{action}'"))
}

fn demanding(app: &TestApp, code: &str, demands: &[(DemandKind, &str)]) -> String {
    let category = category(app, code);
    standard(app, &category, in_days(-30), demands);
    category
}

#[test]
fn a_lapsed_certificate_suspends_exactly_what_demands_it_and_a_renewal_lifts_it() {
    let app = TestApp::new();
    let paper = demanding(&app, "paper", &[(Certificate, "iso14001"), (Fact, "contact")]);
    let steel = demanding(&app, "steel", &[(Certificate, "iso9001")]);
    let glass = demanding(&app, "glass", &[(Certificate, "iso14001"), (Certificate, "iso9001")]);
    let ours = company(&app, "Jinji Paper Works", &[&paper, &steel, &glass]);
    app.supplier_person(Role::SupplierOwner, &ours.id);
    certificate(&app, &ours.id, "iso14001", in_days(40));
    certificate(&app, &ours.id, "iso9001", in_days(300));
    let [a, b, d] = [&paper, &steel, &glass].map(|one| certify(&app, &ours.id, one, in_days(200)));
    assert_eq!(keep(&app, &[&ours]), 0, "nothing is missing");
    for one in [&paper, &steel, &glass] {
        assert_eq!(why(&app, &ours, one, today()), "");
    }
    // On a day to come, what holds today is taken to hold: the certificate does not.
    assert_eq!(why(&app, &ours, &paper, in_days(40)), "");
    assert_eq!(why(&app, &ours, &paper, in_days(41)), "certificate_missing");
    assert_eq!(why(&app, &ours, &steel, in_days(41)), "");
    assert_eq!(why(&app, &ours, &steel, in_days(200)), "");
    assert_eq!(why(&app, &ours, &steel, in_days(201)), "certification_lapsed");

    ends(&app, &ours, "iso14001", in_days(-1));
    let letters = app.letters().len();
    assert_eq!(keep(&app, &[&ours]), 2);
    assert_eq!([&a, &b, &d].map(|id| status(&app, id)), ["suspended", "certified", "suspended"]);
    assert_eq!(why(&app, &ours, &paper, today()), "certificate_missing");
    assert_eq!(why(&app, &ours, &steel, today()), "");
    assert_eq!(why(&app, &ours, &glass, today()), "certificate_missing");
    let told: Vec<String> = app.letters()[letters..].iter().map(|one| one.0.clone()).collect();
    assert_eq!(told, ["certification_suspended"; 2]);
    let letter = &app.letters()[letters];
    assert!(letter.3.contains("ISO 14001") && letter.3.contains("Hand in a valid certificate"));
    assert_eq!(records(&app, "certification.suspended"), 2);
    // Once more changes nothing.
    assert_eq!(keep(&app, &[&ours]), 0);
    assert_eq!((app.letters().len(), records(&app, "certification.suspended")), (letters + 2, 2));

    certificate(&app, &ours.id, "iso14001", in_days(365));
    assert_eq!(keep(&app, &[&ours]), 2);
    assert_eq!([&a, &b, &d].map(|id| status(&app, id)), ["certified"; 3]);
    assert_eq!(why(&app, &ours, &glass, today()), "");
    assert_eq!(app.letters().last().map(|one| one.0.clone()).unwrap(), "certification_restored");
    assert_eq!(keep(&app, &[&ours]), 0);
    assert_eq!(
        app.number("SELECT count(*) FROM certification_suspensions WHERE ended_reason = 'met'"),
        2
    );
}

#[test]
fn a_suspended_category_does_not_count_for_those_that_demand_it() {
    let app = TestApp::new();
    let pulp = demanding(&app, "pulp", &[(Certificate, "iso14001")]);
    let paper = demanding(&app, "paper", &[(Category, &pulp)]);
    let boxes = demanding(&app, "boxes", &[(Category, &paper)]);
    let ours = company(&app, "Jinji Paper Works", &[&pulp, &paper, &boxes]);
    certificate(&app, &ours.id, "iso14001", in_days(40));
    let all = [&pulp, &paper, &boxes].map(|one| certify(&app, &ours.id, one, in_days(200)));
    ends(&app, &ours, "iso14001", in_days(-3));
    assert_eq!(keep(&app, &[&ours]), 3, "one after the other, in one going over");
    assert_eq!(all.each_ref().map(|id| status(&app, id)), ["suspended"; 3]);
    assert_eq!(why(&app, &ours, &boxes, today()), "other_category_missing");
    assert_eq!(keep(&app, &[&ours]), 0);
    ends(&app, &ours, "iso14001", in_days(40));
    assert_eq!(keep(&app, &[&ours]), 3);
    assert_eq!(all.each_ref().map(|id| status(&app, id)), ["certified"; 3]);
    assert_eq!(why(&app, &ours, &boxes, today()), "");
    assert_eq!(keep(&app, &[&ours]), 0);
}

#[test]
fn a_decided_suspension_runs_until_it_is_lifted_whatever_else_is_there() {
    let app = TestApp::new();
    let pulp = demanding(&app, "pulp", &[(Certificate, "iso14001")]);
    let paper = demanding(&app, "paper", &[(Category, &pulp)]);
    let ours = company(&app, "Jinji Paper Works", &[&pulp, &paper]);
    certificate(&app, &ours.id, "iso14001", in_days(40));
    let [a, b] = [&pulp, &paper].map(|one| certify(&app, &ours.id, one, in_days(200)));
    let approver = app.staff(Role::Approver);
    let step = |step: &str, why: &str| {
        approver.post(&format!("/certifications/{a}/{step}"), &[("why", why)])
    };
    assert!(step("suspension", " ").expect(422).blames("why"));
    step("suspension", "Waste water went into the lake").expect(303);
    assert_eq!([&a, &b].map(|id| status(&app, id)), ["suspended"; 2], "at once");
    assert_eq!(why(&app, &ours, &pulp, today()), "certification_suspended");
    assert_eq!(keep(&app, &[&ours]), 0, "nobody but a person lifts it");
    ends(&app, &ours, "iso14001", in_days(-1));
    assert_eq!(keep(&app, &[&ours]), 1);
    step("lifting", "Mended").expect(303);
    assert_eq!(status(&app, &a), "suspended", "the certificate is still missing");
    ends(&app, &ours, "iso14001", in_days(40));
    assert_eq!(keep(&app, &[&ours]), 2);
    assert_eq!([&a, &b].map(|id| status(&app, id)), ["certified"; 2]);
    step("revocation", "It happened again").expect(303);
    assert_eq!([&a, &b].map(|id| status(&app, id)), ["revoked", "suspended"]);
    assert_eq!(why(&app, &ours, &pulp, today()), "certification_revoked");
}

#[test]
fn what_runs_out_lapses_the_day_after_and_its_suspensions_end() {
    let app = TestApp::new();
    let paper = demanding(&app, "paper", &[(Certificate, "iso14001")]);
    let ours = company(&app, "Jinji Paper Works", &[&paper]);
    app.supplier_person(Role::SupplierOwner, &ours.id);
    certificate(&app, &ours.id, "iso14001", in_days(40));
    let id = certify(&app, &ours.id, &paper, in_days(5));
    let until = |last: NaiveDate| {
        let from = last - chrono::Duration::days(100);
        let change = format!(
            "UPDATE certifications SET valid_from = '{from}', valid_to = '{last}', \
             decided_at = '{from} 10:00:00' WHERE id = '{id}'"
        );
        app.tamper(&change).expect("another last day");
    };
    until(today());
    assert_eq!(keep(&app, &[&ours]), 0, "the last day is included");
    ends(&app, &ours, "iso14001", in_days(-1));
    assert_eq!(keep(&app, &[&ours]), 1);
    until(in_days(-1));
    assert_eq!(keep(&app, &[&ours]), 1);
    assert_eq!(status(&app, &id), "lapsed");
    let running = "SELECT count(*) FROM certification_suspensions WHERE ended_at IS NULL";
    assert_eq!(app.number(running), 0);
    assert_eq!(app.letters().last().map(|one| one.0.clone()).unwrap(), "certification_lapsed");
    assert_eq!(app.text("SELECT ended_by FROM certifications"), "clock");
    assert_eq!(keep(&app, &[&ours]), 0);
    assert_eq!(why(&app, &ours, &paper, today()), "certification_lapsed");
}

#[test]
fn what_a_new_version_no_longer_demands_suspends_nobody() {
    let app = TestApp::new();
    let paper = demanding(&app, "paper", &[(Certificate, "iso14001")]);
    let ours = company(&app, "Jinji Paper Works", &[&paper]);
    certificate(&app, &ours.id, "iso14001", in_days(40));
    let id = certify(&app, &ours.id, &paper, in_days(200));
    ends(&app, &ours, "iso14001", in_days(-1));
    assert_eq!(keep(&app, &[&ours]), 1);
    standard(&app, &paper, today(), &[(Basic, "")]);
    assert_eq!(keep(&app, &[&ours]), 1);
    assert_eq!(status(&app, &id), "suspended", "for what the new version demands");
    assert_eq!(why(&app, &ours, &paper, today()), "basic_not_certified");
    let ended = "SELECT ended_reason FROM certification_suspensions WHERE cause = 'certificate'";
    assert_eq!(app.text(ended), "not_demanded");
    standard(&app, &paper, today(), &[(Fact, "contact")]);
    assert_eq!(keep(&app, &[&ours]), 1);
    assert_eq!(status(&app, &id), "certified");
}

#[test]
fn a_renewal_takes_the_place_of_what_it_renews() {
    let app = TestApp::new();
    let paper = demanding(&app, "paper", &[(Certificate, "iso14001")]);
    let ours = company(&app, "Jinji Paper Works", &[&paper]);
    certificate(&app, &ours.id, "iso14001", in_days(300));
    let old = certify(&app, &ours.id, &paper, in_days(121));
    let officer = app.staff(Role::ProcurementOfficer);
    let place = format!("/suppliers/{}/certifications", ours.id);
    officer.post(&place, &[("category", &paper)]).expect(422).shows("The certification still runs");
    let soon = in_days(120);
    app.tamper(&format!("UPDATE certifications SET valid_to = '{soon}'")).expect("a day less");
    let new = certify(&app, &ours.id, &paper, in_days(250));
    assert_eq!([&old, &new].map(|id| status(&app, id)), ["renewed", "certified"]);
    assert_eq!(app.text(&format!("SELECT renews_id FROM certifications WHERE id = '{new}'")), old);
    assert_eq!(why(&app, &ours, &paper, in_days(200)), "");
    // What was renewed does not come back when the renewal is revoked.
    let approver = app.staff(Role::Approver);
    let because = [("why", "Because")];
    approver.post(&format!("/certifications/{new}/revocation"), &because).expect(303);
    assert_eq!(why(&app, &ours, &paper, today()), "certification_revoked");
}

#[test]
fn the_clock_walks_through_the_companies_that_are_certified() {
    let app = TestApp::new();
    let paper = demanding(&app, "paper", &[(Fact, "identifier")]);
    let ours = company(&app, "Jinji Paper Works", &[&paper]);
    certify(&app, &ours.id, &paper, in_days(200));
    app.company("Bare Ltd", "DE");
    let after = |after: &str| {
        let after = after.to_string();
        app.db().read_now(move |c| companies_after(c, &after, 10)).expect("companies")
    };
    assert_eq!(after(""), std::slice::from_ref(&ours.id));
    assert!(after(&ours.id).is_empty());
}
