//! Companies, standards and certificates that tests of certification begin with.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use touchstone::access::Role;
use touchstone::certification::certificates::{Certificate, Method, Status as Paper};
use touchstone::certification::demands::{Demand, DemandKind};
use touchstone::certification::standards::{Standard, Status as Version};
use touchstone::schema::{access_demands, access_standards, certificates};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, Supplier, SupplierInput};
use touchstone::values::{new_id, now};

use crate::support::{Person, TestApp};

pub fn today() -> NaiveDate {
    now().date()
}

pub fn in_days(days: i64) -> NaiveDate {
    today() + chrono::Duration::days(days)
}

/// A category of a code.
pub fn category(app: &TestApp, code: &str) -> String {
    let staff = app.staff(Role::ProcurementOfficer);
    staff.post("/categories", &[("code", code), ("name_en", code)]).expect(303);
    app.text(&format!("SELECT id FROM categories WHERE code = '{code}'"))
}

/// An introduced company that lacks nothing and offers categories.
pub fn company(app: &TestApp, name: &str, categories: &[&String]) -> Supplier {
    let company = app.enter(NewSupplier {
        company: SupplierInput {
            legal_name: name.into(),
            categories: categories.iter().map(|id| id.to_string()).collect(),
            ..Default::default()
        },
        place: PlaceInput {
            country: "China".into(),
            address: "12 Jinji Lake Road, Suzhou, Jiangsu".into(),
            ..Default::default()
        },
        stage: "active".into(),
        uscc: "91350100M000100Y43".into(),
        ..Default::default()
    });
    let contacts = format!("/suppliers/{}/contacts", company.id);
    app.staff(Role::ProcurementOfficer).post(&contacts, &[("name", "Li Hua")]).expect(303);
    company
}

/// A published standard of a category, in force from a day, for 12 months.
pub fn standard(app: &TestApp, category: &str, from: NaiveDate, demands: &[(DemandKind, &str)]) {
    let have = format!("SELECT count(*) FROM access_standards WHERE category_id = '{category}'");
    let standard = Standard {
        id: new_id(),
        category_id: category.into(),
        version: app.number(&have) + 1,
        status: Version::Published,
        effective_from: Some(from),
        validity_months: 12,
        note: String::new(),
        revision: 1,
        drafted_by: "test".into(),
        drafted_name: "Test".into(),
        created_at: now(),
        published_at: Some(now()),
        published_by: Some("test".into()),
        published_name: "Test".into(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    let demands: Vec<Demand> = demands
        .iter()
        .enumerate()
        .map(|(at, (kind, subject))| Demand {
            id: new_id(),
            standard_id: standard.id.clone(),
            position: at as i64,
            kind: *kind,
            subject: subject.to_string(),
        })
        .collect();
    let written = app.db().write_now(move |c| {
        diesel::insert_into(access_standards::table).values(&standard).execute(c)?;
        for demand in &demands {
            diesel::insert_into(access_demands::table).values(demand).execute(c)?;
        }
        Ok(())
    });
    written.expect("a standard");
}

/// An accepted certificate of a company, with its last day.
pub fn certificate(app: &TestApp, supplier: &str, kind: &str, last: NaiveDate) -> String {
    paper(app, supplier, kind, last, Paper::Accepted)
}

/// A certificate of a company at a status.
pub fn paper(app: &TestApp, supplier: &str, kind: &str, last: NaiveDate, status: Paper) -> String {
    let from = last.min(today()) - Days::new(365);
    let id = new_id();
    let one = Certificate {
        id: id.clone(),
        supplier_id: supplier.into(),
        type_id: kind.into(),
        number: format!("N-{id}"),
        number_key: id.to_uppercase(),
        issuer: "Example Certification".into(),
        scope: String::new(),
        holder: String::new(),
        site_id: None,
        document_id: None,
        valid_from: from,
        valid_to: Some(last),
        status,
        renews_id: None,
        by_supplier: false,
        recorded_by: "test".into(),
        recorded_name: "Test".into(),
        created_at: from.and_hms_opt(9, 0, 0).unwrap(),
        submitted_at: from.and_hms_opt(9, 0, 0).unwrap(),
        returned_at: None,
        returned_name: String::new(),
        return_comment: String::new(),
        method: Method::Register,
        decided_at: from.and_hms_opt(10, 0, 0).filter(|_| status == Paper::Accepted),
        decided_by: Some("test".into()),
        decided_name: "Test".into(),
        decision_note: String::new(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    let written = app.db().write_now(move |c| {
        diesel::insert_into(certificates::table).values(&one).execute(c)?;
        Ok(())
    });
    written.expect("a certificate");
    id
}

/// Applies as staff. The id of the certification.
pub fn apply(officer: &Person, supplier: &str, category: &str) -> String {
    let fields = [("category", category)];
    let made = officer.post(&format!("/suppliers/{supplier}/certifications"), &fields).expect(303);
    let place = made.location.clone().expect("a place");
    place.rsplit('/').next().expect("an id").to_string()
}

/// Says of every demand what the register suggests, and that what only a person can say is met.
pub fn check_all(app: &TestApp, auditor: &Person, id: &str) {
    let standard = app.text(&format!("SELECT standard_id FROM certifications WHERE id = '{id}'"));
    let demands = demands_of(app, &standard);
    let mut fields = Vec::new();
    for demand in &demands {
        fields.extend([("demand", demand.as_str()), ("verdict", "met"), ("remark", "Seen")]);
    }
    auditor.post(&format!("/certifications/{id}/checks"), &fields).expect(303);
}

pub fn demands_of(app: &TestApp, standard: &str) -> Vec<String> {
    let standard = standard.to_string();
    let found = app.db().read_now(move |c| {
        Ok(access_demands::table
            .filter(access_demands::standard_id.eq(&standard))
            .order(access_demands::position)
            .select(access_demands::id)
            .load::<String>(c)?)
    });
    found.expect("demands")
}

/// Applies, audits, decides: three people. The id of the certification.
pub fn certify(app: &TestApp, supplier: &str, category: &str, last: NaiveDate) -> String {
    let id = apply(&app.staff(Role::ProcurementOfficer), supplier, category);
    let auditor = app.staff(Role::Inspector);
    check_all(app, &auditor, &id);
    auditor.post(&format!("/certifications/{id}/recommendation"), &[]).expect(303);
    let last = last.to_string();
    let fields = [("decision", "certify"), ("last_day", last.as_str())];
    let approver = app.staff(Role::Approver);
    approver.post(&format!("/certifications/{id}/decision"), &fields).expect(303);
    id
}

pub fn status(app: &TestApp, id: &str) -> String {
    app.text(&format!("SELECT status FROM certifications WHERE id = '{id}'"))
}

/// Lets a company offer a category with a standard, and applies for it.
pub fn applied(app: &TestApp, supplier: &str) -> String {
    let category = category(app, "certified");
    standard(app, &category, in_days(-30), &[(DemandKind::Fact, "contact")]);
    let offer = format!(
        "INSERT INTO supplier_categories (supplier_id, category_id) \
         VALUES ('{supplier}', '{category}')"
    );
    app.tamper(&offer).expect("an offer");
    app.tamper(&format!("UPDATE suppliers SET stage = 'active' WHERE id = '{supplier}'"))
        .expect("a stage");
    apply(&app.staff(Role::ProcurementOfficer), supplier, &category)
}
