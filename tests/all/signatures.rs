//! What staff see and record of a company's signatures.

use touchstone::access::Role;
use touchstone::clauses::signatures::Signature;
use touchstone::clauses::standing::Standing;

use crate::certified::{in_days, today};
use crate::evidence::pdf;
use crate::signed::{published, sign, signatory, stands};
use crate::support::TestApp;

#[test]
fn a_signature_on_paper_comes_with_its_scan_and_is_never_shown_as_electronic() {
    let app = TestApp::new();
    let ours = app.company("Signing Works GmbH", "DE");
    let version = published(&app, "anti_bribery", in_days(-10));
    let legal = app.staff(Role::LegalOfficer);
    let form = format!("/suppliers/{}/paper-signatures/new", ours.id);
    legal.get(&form).expect(200).shows("Clause anti_bribery, version 1");
    let path = format!("/suppliers/{}/paper-signatures", ours.id);
    let (day, late) = (today().to_string(), in_days(2).to_string());
    let fields = |day: &str| {
        [
            ("clause", version.clone()),
            ("paper_language", "en".into()),
            ("paper_date", day.to_string()),
            ("signer_name", "Li Wei".into()),
            ("signer_title", "Director".into()),
            ("authority", "Legal representative".into()),
        ]
    };
    let send = |day: &str, file: &[u8]| {
        let fields = fields(day);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (*name, &**value)).collect();
        legal.upload(&path, "signed.pdf", file, &fields).status
    };
    assert_eq!((send(&late, &pdf("one")), send(&day, b"")), (422, 422));
    assert_eq!(app.number("SELECT count(*) FROM signatures"), 0);
    assert_eq!(send(&day, &pdf("one")), 303);
    assert_eq!(send(&day, &pdf("one")), 422, "a version is signed once");
    let id = app.text("SELECT id FROM signatures");
    let scan = app.text("SELECT sha256 FROM documents");
    assert_eq!(app.text("SELECT document_sha256 FROM signatures"), scan);
    let page =
        legal.get(&format!("/signatures/{id}")).expect(200).shows("Signed on paper").shows(&scan);
    assert!(!page.has("Signed electronically"));
    assert_eq!(stands(&app, &ours.id, "anti_bribery", today()), Standing::Signed);
    // Who recorded it is not who declares it void.
    let void = format!("/signatures/{id}/voiding");
    legal.post(&void, &[("reason", "Mistaken")]).expect(403);
    let other = app.staff(Role::LegalOfficer);
    other.post(&void, &[("reason", " ")]).expect(422);
    other.post(&void, &[("reason", "Mistaken")]).expect(303);
    other.post(&void, &[("reason", "Mistaken")]).expect(409);
    assert_eq!(stands(&app, &ours.id, "anti_bribery", today()), Standing::MustSign);
    legal.get(&form).expect(200).shows("Clause anti_bribery, version 1");
}

#[test]
fn the_register_shows_filters_and_hands_out_every_signature_with_its_exact_receipt() {
    let app = TestApp::new();
    let ours = app.company("Signing Works GmbH", "DE");
    let version = published(&app, "anti_bribery", in_days(-10));
    let by = signatory(&app, &ours.id);
    let one: Signature = sign(&app, &ours.id, &version, &by);
    let staff = app.staff(Role::ProcurementOfficer);
    staff.get("/signatures").expect(200).shows("Signing Works GmbH");
    staff.get("/signatures?method=paper").expect(200).shows("No signature matches");
    staff.get("/signatures?state=void&clause=none").expect(200).shows("No signature matches");
    let kept = staff.get(&format!("/signatures/{}/receipt", one.id)).expect(200);
    assert_eq!(kept.body(), one.receipt);
    let tab = staff.get(&format!("/suppliers/{}/clauses", ours.id)).expect(200);
    tab.shows("Li Wei").shows("Signed electronically").shows("Who may sign");
    let file = staff.get("/signatures/export/csv").expect(200).body();
    assert!(file.contains(&one.hash) && file.contains(&one.receipt));
    let far = app.staff_of(Role::Auditor, "cn-six", "eastern");
    far.get(&format!("/signatures/{}", one.id)).expect(404);
    far.get(&format!("/signatures/{}/receipt", one.id)).expect(404);
    assert!(!far.get("/signatures").expect(200).has("Signing Works"));
}

#[test]
fn access_to_data_is_written_down_from_then_on_and_ended_once() {
    let app = TestApp::new();
    let ours = app.company("Signing Works GmbH", "DE");
    let staff = app.staff(Role::ProcurementOfficer);
    let path = format!("/suppliers/{}/data-access", ours.id);
    staff.post(&path, &[("reason", "")]).expect(422);
    staff.post(&path, &[("reason", "Payroll, to run it")]).expect(303);
    staff.post(&path, &[("reason", "Payroll, again")]).expect(409);
    let tab = format!("/suppliers/{}/clauses", ours.id);
    staff.get(&tab).expect(200).shows("Payroll, to run it");
    staff.post(&format!("{path}/end"), &[]).expect(303);
    staff.post(&format!("{path}/end"), &[]).expect(409);
}
