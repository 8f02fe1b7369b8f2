//! Certificates through the API: the rules of the pages, for programs.

use rocket::http::Method;
use serde_json::json;
use touchstone::access::Role;

use crate::certificates::{company, day};
use crate::certificates_checked::hand_in;
use crate::support::TestApp;

#[test]
fn programs_record_check_and_read_certificates() {
    let app = TestApp::new();
    let (supplier, person) = company(&app);
    let first = hand_in(&app, &person, "CN-0");
    let document = app.text("SELECT id FROM documents");
    let program = app.program(Role::Approver);
    let list = format!("/api/v1/suppliers/{}/certificates", supplier.id);
    let body = json!({
        "type": "iso9001", "number": "Q-1", "issuer": "Body", "holder": "Portal Example Ltd",
        "valid_from": day(-1).to_string(), "valid_to": day(35).to_string(), "document_id": document,
    });
    let key = [("Idempotency-Key", "once")];
    let made = program.json(Method::Post, &list, &key, body.clone()).expect(201);
    let again = program.json(Method::Post, &list, &key, body.clone()).expect(201);
    assert_eq!(made.value(), again.value());
    let place = made.location.clone().expect("its address");
    let shown = program.get(&place).expect(200).value();
    assert_eq!((&shown["number"], &shown["status"]), (&json!("Q-1"), &json!("submitted")));
    assert_eq!(program.get(&list).expect(200).value()["items"].as_array().map(Vec::len), Some(2));
    for (field, wrong, problem) in [
        ("type", json!("iso26000"), "type: certificate_guidance"),
        ("number", json!("q 1"), "number: certificate_twice"),
        ("valid_to", json!("2020-01-01"), "valid_to: certificate_order"),
        ("document_id", json!(supplier.id), "document_id: unknown_choice"),
        ("renews_id", json!(first), "renews_id: certificate_renews"),
        ("colour", json!("x"), "colour: unknown_field"),
    ] {
        let mut other = body.clone();
        other["number"] = json!("Q-2");
        other[field] = wrong;
        assert_eq!(program.post(&list, other).expect(422).problems(), [problem]);
    }
    program.post(&format!("{place}/acceptance"), json!({ "method": "copy" })).expect(403);
    let other = format!("/api/v1/certificates/{first}");
    let unsaid = program.post(&format!("{other}/acceptance"), json!({ "method": "register" }));
    assert_eq!(unsaid.expect(422).problems(), ["note: certificate_looked_up"]);
    let said = json!({ "method": "register", "note": "CNCA" });
    let done = program.post(&format!("{other}/acceptance"), said.clone()).expect(200);
    assert_eq!(done.value()["method"], "register");
    program.post(&format!("{other}/acceptance"), said).expect(409);
    program.post(&format!("{other}/refusal"), json!({ "reason": "x" })).expect(409);
    program.post(&format!("{other}/return"), json!({ "comment": "x" })).expect(409);
    let gone = program.post(&format!("{other}/withdrawal"), json!({ "reason": "Revoked" }));
    assert_eq!(gone.expect(200).value()["status"], "withdrawn");
    let all = program.get("/api/v1/certificates?limit=1").expect(200).value();
    let next = all["next_cursor"].as_str().expect("more");
    let rest =
        program.get(&format!("/api/v1/certificates?limit=1&cursor={next}")).expect(200).value();
    assert_ne!(all["items"][0]["id"], rest["items"][0]["id"]);
    assert_eq!(rest["next_cursor"], json!(null));
    let wrong = program.get("/api/v1/certificates?type=x").expect(422).problems();
    assert_eq!(wrong, ["type: unknown_choice"]);
    let one = program.get("/api/v1/certificates?type=iso9001&status=submitted").expect(200).value();
    assert_eq!(one["items"].as_array().map(Vec::len), Some(1));
}
