//! Certificates are handed in by companies and recorded by staff: what is taken, what is refused.

use chrono::{Days, Months, NaiveDate};
use touchstone::access::Role;
use touchstone::suppliers::Supplier;
use touchstone::values::now;

use crate::evidence::{Evidence, pdf};
use crate::person::Reply;
use crate::support::{Person, TestApp};

/// No record has it.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";
const PORTAL: &str = "/portal/certificates";

pub fn day(months: i32) -> NaiveDate {
    let (today, step) = (now().date(), Months::new(months.unsigned_abs()));
    if months < 0 { today - step } else { today + step }
}

/// A form that says what a certificate says.
#[derive(Clone)]
pub struct Said(Vec<(&'static str, String)>);

impl Said {
    /// An ISO 14001 certificate of some number, from a month ago for three years.
    pub fn new(number: &str) -> Said {
        let fields = [
            ("certificate_type", "iso14001"),
            ("certificate_number", number),
            ("issuer", "Example Certification Body"),
            ("certificate_scope", "Printing"),
            ("certificate_holder", "Portal Example Ltd"),
        ];
        let said = Said(fields.map(|(name, value)| (name, value.to_string())).to_vec());
        said.with("first_day", &day(-1).to_string()).with("last_day", &day(35).to_string())
    }

    pub fn with(mut self, field: &'static str, value: &str) -> Said {
        self.0.retain(|(name, _)| *name != field);
        self.0.push((field, value.to_string()));
        self
    }

    pub fn days(self, first: NaiveDate, last: NaiveDate) -> Said {
        self.with("first_day", &first.to_string()).with("last_day", &last.to_string())
    }

    fn fields(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    /// Hands it in with a file.
    pub fn hand_in<'p>(&self, person: &'p Person, path: &str) -> Reply<'p> {
        let text = self.0.iter().map(|(_, value)| value.as_str()).collect::<String>();
        person.upload(path, "certificate.pdf", &pdf(&text), &self.fields())
    }

    /// Hands it in without a file.
    pub fn hand_in_bare<'p>(&self, person: &'p Person, path: &str) -> Reply<'p> {
        person.upload(path, "", b"", &self.fields())
    }
}

pub fn newest(app: &TestApp) -> String {
    app.text("SELECT id FROM certificates ORDER BY id DESC LIMIT 1")
}

fn count(app: &TestApp) -> i64 {
    app.number("SELECT count(*) FROM certificates")
}

fn of_staff(supplier: &str) -> String {
    format!("/suppliers/{supplier}/certificates")
}

/// A company, and somebody of it.
pub fn company(app: &TestApp) -> (Supplier, Person) {
    let supplier = app.company("Portal Example Ltd", "DE");
    let person = app.supplier_person(Role::SupplierOwner, &supplier.id);
    (supplier, person)
}

#[test]
fn a_company_hands_in_a_certificate_with_its_file() {
    let evidence = Evidence::new(None, |settings| settings);
    let app = &evidence.app;
    let (supplier, person) = company(app);
    let form = person.get(&format!("{PORTAL}/new?type=iso14001")).expect(200);
    let form = form.shows("value=\"iso14001\" selected").shows("Portal Example Ltd");
    assert!(!form.has("value=\"iso26000\""), "guidance is not offered");
    let page = Said::new("CN-1").hand_in(&person, PORTAL).expect(303).follow().expect(200);
    page.shows("CN-1").shows("To be checked").shows("ISO 14001 environmental management CN-1");
    let document = app.text("SELECT document_id FROM certificates");
    assert_eq!(app.text("SELECT kind FROM documents"), "certificate");
    assert_eq!(app.text("SELECT id FROM documents"), document);
    assert_eq!(app.text("SELECT CAST(valid_to AS TEXT) FROM documents"), day(35).to_string());
    person.get(&format!("/portal/documents/{document}")).expect(200);
    let staff = app.staff(Role::Inspector);
    let page = staff.get(&format!("/certificates/{}", newest(app))).expect(200);
    page.shows("Example Certification Body").shows("by the company").shows("Certificate recorded");
    staff.get(&format!("/suppliers/{}/history", supplier.id)).expect(200).shows("CN-1");
    // It is evidence now, and stays.
    person.post(&format!("/portal/documents/{document}/removal"), &[]).expect(409);
}

#[test]
fn staff_record_a_certificate_on_a_document_that_is_there() {
    let app = TestApp::new();
    let (supplier, person) = company(&app);
    let fields = [("kind", "certificate"), ("document_title", "Scan")];
    person.upload("/portal/documents", "a.pdf", &pdf("a"), &fields).expect(303);
    let document = app.text("SELECT id FROM documents");
    let officer = app.staff(Role::ProcurementOfficer);
    let form = officer.get(&format!("{}/new", of_staff(&supplier.id))).expect(200);
    form.shows("Scan (a.pdf)").shows("value=\"Portal Example Ltd\"");
    let said = Said::new("CN-1").with("document", &document);
    said.hand_in_bare(&officer, &of_staff(&supplier.id)).expect(303).follow().shows("CN-1");
    assert_eq!(app.text("SELECT document_id FROM certificates"), document);
    assert_eq!(app.number("SELECT count(*) FROM documents"), 1);
}

#[test]
fn what_is_wrong_is_named_and_nothing_is_written() {
    let evidence = Evidence::new(None, |settings| settings);
    let app = &evidence.app;
    let (supplier, person) = company(app);
    let officer = app.staff(Role::ProcurementOfficer);
    let (first, last) = (day(-1), day(35));
    let ok = || Said::new("CN-1");
    let cases: Vec<(Said, &str)> = vec![
        (ok().with("certificate_type", ""), "certificate_type"),
        (ok().with("certificate_type", "iso0"), "certificate_type"),
        (ok().with("certificate_type", "iso26000"), "certificate_type"),
        (ok().with("certificate_number", " -/ "), "certificate_number"),
        (ok().with("certificate_number", "1\u{7}"), "certificate_number"),
        (ok().with("issuer", " "), "issuer"),
        (ok().with("certificate_holder", ""), "certificate_holder"),
        (ok().with("certificate_scope", &"x".repeat(2001)), "certificate_scope"),
        (ok().with("certificate_site", NOBODY), "certificate_site"),
        (ok().with("first_day", "1.1.2026"), "first_day"),
        (ok().with("last_day", ""), "last_day"),
        (ok().with("no_end", "on"), "no_end"),
        (ok().days(last, first), "last_day"),
        (ok().days(first, first + Months::new(120) + Days::new(1)), "last_day"),
    ];
    for (said, field) in cases {
        for (who, path) in [(&person, PORTAL.to_string()), (&officer, of_staff(&supplier.id))] {
            let reply = said.hand_in(who, &path).expect(422);
            assert!(reply.blames(field), "{field} {path}: {}", reply.body());
            evidence.assert_untouched(field);
        }
    }
    assert_eq!(count(app), 0);
    ok().days(first, first + Months::new(120)).hand_in(&person, PORTAL).expect(303);
}

#[test]
fn guidance_is_refused_with_the_reason_why() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    for id in ["iso20400", "iso26000", "iso37002"] {
        let said = Said::new("1").with("certificate_type", id);
        said.hand_in(&person, PORTAL).expect(422).shows("nobody can be certified to it");
    }
    assert_eq!(count(&app), 0);
}

#[test]
fn a_form_that_comes_back_keeps_what_was_typed_but_the_file() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    let said = Said::new("CN <1>").with("issuer", "");
    let reply = said.hand_in_bare(&person, PORTAL).expect(422);
    assert!(reply.blames("issuer") && reply.blames("file"));
    let reply = reply.shows("value=\"iso14001\" selected").shows(">\nPrinting</textarea>");
    assert_eq!(reply.hidden("last_day"), Some(day(35).to_string()));
    reply.shows("CN &#60;1&#62;");
}

#[test]
fn what_ran_out_is_history_for_staff_and_refused_from_a_company() {
    let app = TestApp::new();
    let (supplier, person) = company(&app);
    let said = Said::new("CN-1").days(day(-40), now().date() - Days::new(1));
    said.hand_in(&person, PORTAL).expect(422).shows("has run out already");
    let officer = app.staff(Role::ProcurementOfficer);
    let page = said.hand_in(&officer, &of_staff(&supplier.id)).expect(303).follow();
    page.shows("ran out yesterday");
    // The last day is included.
    Said::new("CN-2").days(day(-40), now().date()).hand_in(&person, PORTAL).expect(303);
}

#[test]
fn only_a_licence_may_be_without_an_end_or_for_decades() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    let licence = Said::new("91").with("certificate_type", "cn_licence").with("no_end", "on");
    licence.hand_in(&person, PORTAL).expect(303).follow().shows("no end");
    assert_eq!(app.number("SELECT count(*) FROM certificates WHERE valid_to IS NULL"), 1);
    let long = Said::new("92").with("certificate_type", "cn_licence");
    long.clone().days(day(-1), day(30 * 12)).hand_in(&person, PORTAL).expect(303);
    let longer = long.with("certificate_number", "93").days(day(-1), day(51 * 12));
    assert!(longer.hand_in(&person, PORTAL).expect(422).blames("last_day"));
}

#[test]
fn the_same_number_is_recorded_once_for_days_that_overlap() {
    let app = TestApp::new();
    let (supplier, person) = company(&app);
    Said::new("CN-14001/0815").hand_in(&person, PORTAL).expect(303);
    for spelling in ["CN-14001/0815", "cn 14001 0815", "ＣＮ１４００１０８１５"] {
        let again = Said::new(spelling);
        let officer = app.staff(Role::ProcurementOfficer);
        let paths = [(&person, PORTAL.to_string()), (&officer, of_staff(&supplier.id))];
        for (who, path) in paths {
            let reply = again.hand_in(who, &path).expect(422);
            assert!(reply.blames("certificate_number"));
            reply.shows("days that overlap");
        }
    }
    // Another type, and days that do not overlap, are another certificate.
    Said::new("CN-14001/0815")
        .with("certificate_type", "iso9001")
        .hand_in(&person, PORTAL)
        .expect(303);
    let later = Said::new("CN-14001/0815").days(day(35) + Days::new(1), day(70));
    later.hand_in(&person, PORTAL).expect(303);
    assert_eq!(count(&app), 3);
}

#[test]
fn a_number_of_another_company_is_refused_and_named_only_to_whom_it_concerns() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    let rival = app.company("Geheim AG", "CH");
    let officer = app.staff(Role::ProcurementOfficer);
    Said::new("X-1").hand_in(&officer, &of_staff(&rival.id)).expect(303);
    let mine = app.text("SELECT id FROM suppliers WHERE legal_name = 'Portal Example Ltd'");
    let reply = Said::new("x1").hand_in(&person, PORTAL).expect(422);
    assert!(reply.blames("certificate_number") && !reply.has("Geheim"));
    Said::new("x1").hand_in(&officer, &of_staff(&mine)).expect(422).shows("Geheim AG has");
    // Other days make it no other certificate.
    let later = Said::new("X-1").days(day(36), day(70));
    later.hand_in(&officer, &of_staff(&mine)).expect(422);
    // Somebody who does not see the other company is not told of it.
    let sample = app.company("Suzhou Example", "320000");
    let eastern = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    let reply = Said::new("X-1").hand_in(&eastern, &of_staff(&sample.id)).expect(422);
    assert!(reply.blames("certificate_number") && !reply.has("Geheim"));
    assert_eq!(count(&app), 1);
}

#[test]
fn a_renewal_keeps_the_number_when_it_begins_and_ends_later() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    let auditor = app.staff(Role::Inspector);
    Said::new("CN-1").days(day(-30), day(2)).hand_in(&person, PORTAL).expect(303);
    let old = newest(&app);
    let renewal = || Said::new("CN-1").with("renews", &old);
    // It renews nothing that was not accepted.
    let reply = renewal().days(day(1), day(36)).hand_in(&person, PORTAL).expect(422);
    reply.shows("Choose an accepted certificate");
    let accepted = [("check_method", "copy")];
    auditor.post(&format!("/certificates/{old}/acceptance"), &accepted).expect(303);
    let form = person.get(&format!("{PORTAL}/new?renews={old}")).expect(200);
    assert_eq!(form.hidden("certificate_number").as_deref(), Some("CN-1"));
    for (first, last) in [(day(-30), day(36)), (day(-31), day(36)), (day(1), day(2))] {
        assert!(
            renewal()
                .days(first, last)
                .hand_in(&person, PORTAL)
                .expect(422)
                .blames("certificate_number")
        );
    }
    let other_type = renewal().with("certificate_type", "iso9001").days(day(1), day(36));
    other_type.hand_in(&person, PORTAL).expect(422).shows("of the same type");
    renewal().days(day(1), day(36)).hand_in(&person, PORTAL).expect(303);
    let new = newest(&app);
    assert_eq!(app.text(&format!("SELECT renews_id FROM certificates WHERE id = '{new}'")), old);
    let page = auditor.get(&format!("/certificates/{new}")).expect(200).shows("Renewals");
    page.shows(&format!("href=\"/certificates/{old}\""));
}

#[test]
fn what_is_anothers_cannot_be_chosen_any_more_than_what_is_nowhere() {
    let app = TestApp::new();
    let (_, person) = company(&app);
    let rival = app.company("Rival AG", "CH");
    let owner = app.supplier_person(Role::SupplierOwner, &rival.id);
    Said::new("R-1").hand_in(&owner, PORTAL).expect(303);
    let (certificate, document) = (newest(&app), app.text("SELECT max(id) FROM documents"));
    let site =
        app.text(&format!("SELECT registered_site_id FROM suppliers WHERE id = '{}'", rival.id));
    for (field, theirs) in
        [("document", &document), ("certificate_site", &site), ("renews", &certificate)]
    {
        let bodies = [theirs.as_str(), NOBODY].map(|id| {
            let said = Said::new("M-1").with(field, id);
            let reply = match field {
                "document" => said.hand_in_bare(&person, PORTAL),
                _ => said.hand_in(&person, PORTAL),
            };
            let body = reply.expect(422).body();
            let key = reply_key(&body);
            body.replace(id, "ID").replace(&key, "KEY")
        });
        assert_eq!(bodies[0], bodies[1], "{field}");
    }
    assert_eq!(count(&app), 1);
    for path in [format!("{PORTAL}/{certificate}"), format!("{PORTAL}/new?renews={certificate}")] {
        let theirs = person.get(&path).expect(404).body().replace(&certificate, NOBODY);
        assert_eq!(theirs, person.get(&path.replace(&certificate, NOBODY)).expect(404).body());
    }
    person.post(&format!("{PORTAL}/{certificate}/removal"), &[]).expect(404);
    Said::new("M-1").hand_in(&person, &format!("{PORTAL}/{certificate}/correction")).expect(404);
    let eastern = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    eastern.get(&format!("/certificates/{certificate}")).expect(404);
    Said::new("M-1").hand_in(&eastern, &of_staff(&rival.id)).expect(404);
    assert!(!eastern.get("/certificates").expect(200).has("R-1"));
}

fn reply_key(body: &str) -> String {
    let (_, after) = body.split_once("name=\"form_key\" value=\"").expect("a key");
    after.split('"').next().unwrap_or_default().to_string()
}

#[test]
fn a_form_sent_twice_makes_one() {
    let evidence = Evidence::new(None, |settings| settings);
    let app = &evidence.app;
    let (supplier, person) = company(app);
    let officer = app.staff(Role::ProcurementOfficer);
    let staff = of_staff(&supplier.id);
    for (who, page, path, number) in [
        (&person, format!("{PORTAL}/new"), PORTAL.to_string(), "A-1"),
        (&officer, format!("{staff}/new"), staff.clone(), "B-1"),
    ] {
        let key = who.get(&page).hidden("form_key").expect("a key");
        let said = Said::new(number).with("form_key", &key);
        let first = said.hand_in(who, &path).expect(303).location;
        assert_eq!(said.hand_in(who, &path).expect(303).location, first);
        // A form that was handled brings no other file in.
        let other = said.with("issuer", "Another body");
        assert_eq!(other.hand_in(who, &path).expect(303).location, first);
    }
    assert_eq!(evidence.stored().len(), 2);
    assert_eq!(count(app), 2);
    assert_eq!(app.number("SELECT count(*) FROM documents"), 2);
}
