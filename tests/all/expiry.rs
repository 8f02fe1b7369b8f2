//! What runs out, and what has taken its place: the calendar, the file, and the operation.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use touchstone::access::Role;
use touchstone::certification::basic::{self, BasicAudit};
use touchstone::certification::certificates::{self, Certificate, Method};
use touchstone::documents::{Document, Kind};
use touchstone::schema;
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, Supplier, SupplierInput};
use touchstone::values::{new_id, now};

use crate::support::TestApp;

/// The day that is so many days from today.
pub fn day(days: i64) -> NaiveDate {
    now().date() + chrono::Duration::days(days)
}

/// An introduced company at a place.
pub fn active(app: &TestApp, name: &str, place: &str) -> Supplier {
    let in_china = place.len() == 6;
    app.enter(NewSupplier {
        company: SupplierInput { legal_name: name.into(), ..Default::default() },
        place: PlaceInput {
            country: if in_china { "CN" } else { place }.into(),
            province: if in_china { place } else { "" }.into(),
            ..Default::default()
        },
        stage: "active".into(),
        ..Default::default()
    })
}

/// An accepted ISO 9001 certificate as it lies in the register.
pub fn certificate(supplier: &str, number: &str, valid_to: NaiveDate) -> Certificate {
    Certificate {
        id: new_id(),
        supplier_id: supplier.into(),
        type_id: "iso9001".into(),
        number: number.into(),
        number_key: number.into(),
        issuer: "Example Register".into(),
        scope: "Boxes".into(),
        holder: "Example".into(),
        site_id: None,
        document_id: None,
        valid_from: valid_to - Days::new(365),
        valid_to: Some(valid_to),
        status: certificates::Status::Accepted,
        renews_id: None,
        by_supplier: false,
        recorded_by: "somebody".into(),
        recorded_name: "Somebody".into(),
        created_at: now(),
        submitted_at: now(),
        returned_at: None,
        returned_name: String::new(),
        return_comment: String::new(),
        method: Method::Copy,
        decided_at: Some(now()),
        decided_by: None,
        decided_name: String::new(),
        decision_note: String::new(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    }
}

/// Puts a certificate into the register; its id.
pub fn hold(app: &TestApp, certificate: Certificate) -> String {
    let id = certificate.id.clone();
    let put = app.db().write_now(move |c| {
        diesel::insert_into(schema::certificates::table).values(&certificate).execute(c)?;
        Ok(())
    });
    put.expect("a certificate");
    id
}

fn audited(app: &TestApp, supplier: &str, number: i64, valid_to: NaiveDate) {
    let audit = BasicAudit {
        id: new_id(),
        number,
        supplier_id: supplier.into(),
        status: basic::Status::Certified,
        opened_by: "somebody".into(),
        opened_name: "Somebody".into(),
        created_at: now(),
        outcome: "certified".into(),
        proposed_at: Some(now()),
        proposed_by: None,
        proposed_name: String::new(),
        proposal_note: String::new(),
        decided_at: Some(now()),
        decided_by: None,
        decided_name: String::new(),
        decision_note: String::new(),
        valid_from: Some(day(-300)),
        valid_to: Some(valid_to),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    let put = app.db().write_now(move |c| {
        diesel::insert_into(schema::basic_audits::table).values(&audit).execute(c)?;
        Ok(())
    });
    put.expect("an audit");
}

fn filed(app: &TestApp, supplier: &str, title: &str, valid_to: NaiveDate) -> String {
    let id = new_id();
    let document = Document {
        id: id.clone(),
        supplier_id: supplier.into(),
        kind: Kind::BusinessLicence,
        title: title.into(),
        file_name: "licence.pdf".into(),
        media_type: "application/pdf".into(),
        size: 10,
        sha256: "00".into(),
        valid_to: Some(valid_to),
        uploaded_by: "somebody".into(),
        uploaded_name: "Somebody".into(),
        by_supplier: true,
        created_at: now(),
        removed_at: None,
    };
    let put = app.db().write_now(move |c| {
        diesel::insert_into(schema::documents::table).values(&document).execute(c)?;
        Ok(())
    });
    put.expect("a document");
    id
}

fn on(day: NaiveDate) -> String {
    format!("/calendar?day={day}")
}

#[test]
fn the_calendar_shows_on_its_last_day_what_runs_out_and_leads_to_it() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    let id = hold(&app, certificate(&company.id, "004512", day(0)));
    audited(&app, &company.id, 12, day(0));
    filed(&app, &company.id, "Licence of Weaving Works", day(0));
    let staff = app.staff(Role::ProcurementOfficer);
    let month = staff.get("/calendar").expect(200);
    let month = month.shows(&format!("/certificates/{id}")).shows("no. 004512").shows("Today");
    let month = month.shows("BA-000012").shows("Licence of Weaving Works");
    let month = month.shows(&format!("/suppliers/{}/documents", company.id));
    month.shows("aria-current=\"date\"");
    let only = staff.get(&format!("{}&kind=basic_audit", on(day(0)))).expect(200);
    assert!(only.has("BA-000012") && !only.has("004512"));
    assert!(!staff.get(&on(day(1))).expect(200).has("004512"));
    // Evidence files have a right of their own.
    let other = app.staff(Role::ReportingStaff);
    let reporting = other.get("/calendar").expect(200);
    assert!(reporting.has("004512") && !reporting.has("Licence of Weaving Works"));
}

#[test]
fn what_something_that_lasts_longer_has_replaced_is_not_told() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    let old = hold(&app, certificate(&company.id, "OLD", day(20)));
    let renewal = |valid_to, status| Certificate {
        renews_id: Some(old.clone()),
        status,
        ..certificate(&company.id, "NEW", valid_to)
    };
    let staff = app.staff(Role::ProcurementOfficer);
    let shown = || staff.get(&on(day(20))).expect(200).has("no. OLD");
    hold(&app, renewal(day(400), certificates::Status::Submitted));
    assert!(shown(), "nobody has looked at the renewal yet");
    hold(&app, renewal(day(10), certificates::Status::Accepted));
    assert!(shown(), "it ends before the one it renews");
    hold(&app, renewal(day(400), certificates::Status::Accepted));
    assert!(!shown());
    // Another certificate of the type is no renewal: it may be about other goods.
    hold(&app, certificate(&company.id, "OTHER", day(20)));
    assert!(staff.get(&on(day(20))).expect(200).has("no. OTHER"));
    audited(&app, &company.id, 1, day(20));
    audited(&app, &company.id, 2, day(300));
    assert!(!staff.get(&on(day(20))).expect(200).has("BA-000001"));
    filed(&app, &company.id, "First licence", day(20));
    filed(&app, &company.id, "Second licence", day(500));
    assert!(!staff.get(&on(day(20))).expect(200).has("First licence"));
}

#[test]
fn what_has_run_out_is_counted_and_listed_page_by_page() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    for number in 0..53 {
        hold(&app, certificate(&company.id, &format!("LATE{number:02}"), day(-3)));
    }
    let staff = app.staff(Role::Inspector);
    staff.get("/calendar").expect(200).shows("53 things").shows("overdue=yes");
    let shown = |body: &str| (0..53).filter(|n| body.contains(&format!("LATE{n:02}"))).count();
    let first = staff.get("/calendar?overdue=yes").expect(200);
    assert_eq!(shown(&first.body()), 50);
    let next = first.links().into_iter().find(|link| link.contains("after=")).expect("a next page");
    assert_eq!(shown(&staff.get(&next).expect(200).body()), 3);
    let month = day(-3).format("%Y-%m");
    let month = staff.get(&format!("/calendar?month={month}")).expect(200);
    assert_eq!(shown(&month.body()), 4);
    month.shows("and 49 more").shows(&on(day(-3)));
    // A company that has gone needs nothing renewed.
    app.tamper("UPDATE suppliers SET stage = 'eliminated'").expect("a changed stage");
    assert!(!staff.get("/calendar").expect(200).has("overdue=yes"));
}

#[test]
fn a_month_that_cannot_be_is_this_month() {
    let app = TestApp::new();
    let staff = app.staff(Role::Inspector);
    for month in ["2027-13", "x", "0000-01", "9999-12", "%27--", "2027-03-01", "99999-01"] {
        staff.get(&format!("/calendar?month={month}")).expect(200).shows("Mon");
    }
    for rest in ["day=x", "day=9999-12-31", "day=2027-03-01&after=MApY", "kind=x&mine=x"] {
        staff.get(&format!("/calendar?{rest}")).expect(200);
    }
    staff.get("/calendar?month=2027-03").expect(200).shows("March 2027").shows("April 2027");
}

#[test]
fn things_of_another_region_are_not_there() {
    let app = TestApp::new();
    let inside = active(&app, "苏州华纺织品有限公司", "320000");
    let outside = active(&app, "Weaving Works GmbH", "DE");
    hold(&app, certificate(&inside.id, "INSIDE", day(0)));
    hold(&app, certificate(&outside.id, "OUTSIDE", day(0)));
    let east = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    for path in ["/calendar".to_string(), on(day(0)), "/calendar.ics".to_string()] {
        let reply = east.get(&path).expect(200);
        assert!(reply.has("INSIDE") && !reply.has("OUTSIDE"), "{path}");
    }
}

#[test]
fn the_file_holds_what_runs_out_in_lines_that_calendar_programs_take() {
    let app = TestApp::new();
    let name = "苏州工业园区华东精密纺织品进出口贸易有限公司（第二分公司）";
    let company = active(&app, name, "320000");
    let id = hold(&app, certificate(&company.id, "A;B,C", day(30)));
    hold(&app, certificate(&company.id, "FAR", day(401)));
    hold(&app, certificate(&company.id, "PAST", day(-1)));
    let staff = app.staff(Role::Inspector);
    let reply = staff.get("/calendar.ics").expect(200);
    assert_eq!(reply.header("content-type"), Some("text/calendar; charset=utf-8"));
    let body = reply.body();
    assert!(body.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{body}");
    let whole = body.replace("\r\n ", "");
    assert_eq!(whole.matches("BEGIN:VEVENT").count(), 1);
    assert!(whole.contains(&format!("UID:certificate-{id}@touchstone\r\n")));
    let start = day(30).format("DTSTART;VALUE=DATE:%Y%m%d\r\n").to_string();
    assert!(whole.contains(&start) && whole.contains(&day(31).format("%Y%m%d").to_string()));
    assert!(whole.contains("A\\;B\\,C") && whole.contains(name), "{whole}");
    assert!(!staff.get("/calendar.ics?kind=document").expect(200).has("VEVENT"));
    assert!(!staff.get("/calendar.ics?mine=yes").expect(200).has("VEVENT"));
}

#[test]
fn programs_read_what_runs_out_page_by_page() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    for number in 0..5 {
        hold(&app, certificate(&company.id, &format!("N{number}"), day(10)));
        audited(&app, &company.id, number, day(-number));
    }
    let program = app.program(Role::ProcurementOfficer);
    let (mut cursor, mut seen) = (String::new(), Vec::new());
    loop {
        let path = format!("/api/v1/expiries?limit=2{cursor}");
        let page: serde_json::Value =
            serde_json::from_str(&program.get(&path).expect(200).body()).expect("JSON");
        for item in page["items"].as_array().expect("items") {
            seen.push(item["label"].as_str().expect("a label").to_string());
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    // The audit that holds longest is the one that counts.
    assert_eq!(seen, ["BA-000000", "N0", "N1", "N2", "N3", "N4"]);
    let only = format!("/api/v1/expiries?from={}&to={}&kind=basic_audit", day(-9), day(10));
    assert_eq!(program.get(&only).expect(200).body().matches("BA-").count(), 1);
    for wrong in ["from=x", "to=2020-01-01", "kind=x", "cursor=x", "limit=0", "other=1"] {
        program.get(&format!("/api/v1/expiries?{wrong}")).expect(422);
    }
}
