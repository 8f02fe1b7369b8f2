//! What a standard may demand, and what not.

use touchstone::access::Role;

use crate::standards::{category, draft, fields, in_days, in_force, publish};
use crate::support::TestApp;

#[test]
fn guidance_and_what_nobody_knows_cannot_be_demanded() {
    let app = TestApp::new();
    let boxes = category(&app, "boxes", "");
    category(&app, "paper", "");
    let staff = app.staff(Role::EsgAnalyst);
    let form = staff.get("/standards/new").expect(200);
    for id in ["iso20400", "iso26000", "iso37002"] {
        assert!(!form.body().contains(&format!("value=\"{id}\"")), "{id} is not offered");
        let reply = staff.post("/standards", &fields(&boxes, &[("certificate", id)])).expect(422);
        assert!(reply.blames("certificate") && reply.has("nobody can be certified to it"));
    }
    for (field, value) in [
        ("fact", "luck"),
        ("document", "x"),
        ("certificate", "iso0"),
        ("clause", "x"),
        ("authentication", "x"),
        ("grade", "Z"),
        ("other", "nothing"),
        ("validity_months", "61"),
        ("validity_months", "0"),
        ("effective_from", "2026-02-30"),
    ] {
        let sent = [("category", boxes.as_str()), (field, value), ("fact", "contact")];
        let reply = staff.post("/standards", &sent).expect(422);
        assert!(reply.blames(field), "{field} {value}");
    }
    staff.post("/standards", &fields(&boxes, &[])).expect(422).shows("at least one demand");
    staff.post("/standards", &fields("nothing", &[("fact", "contact")])).expect(422);
    assert_eq!(app.number("SELECT count(*) FROM access_standards"), 0);
}

#[test]
fn categories_cannot_demand_each_other() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let (boxes, paper) = (category(&app, "boxes", ""), category(&app, "paper", ""));
    let pulp = category(&app, "pulp", "");
    let tiny = category(&app, "tiny-boxes", &boxes);
    let refused = |of: &str, other: &str, chain: &str| {
        let reply = staff.post("/standards", &fields(of, &[("other", other)])).expect(422);
        assert!(reply.blames("other") && reply.has(chain), "{chain}: {}", reply.body());
    };
    refused(&boxes, &boxes, "boxes → boxes");
    // What takes its standard from it would demand itself.
    refused(&boxes, &tiny, "tiny-boxes → tiny-boxes");
    in_force(&app, &pulp, &[("fact", "contact")]);
    in_force(&app, &paper, &[("other", &pulp)]);
    refused(&pulp, &paper, "pulp → paper → pulp");
    // One that is still to come counts as well.
    let to_come = draft(&staff, &boxes, &[("other", &paper)]);
    assert_eq!(publish(&app, &to_come, &in_days(30)), 303);
    refused(&pulp, &boxes, "pulp → boxes → paper → pulp");
    refused(&pulp, &tiny, "pulp → tiny-boxes → paper → pulp");
}

#[test]
fn a_ring_that_two_drafts_would_close_is_refused_when_the_second_is_published() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let (boxes, paper) = (category(&app, "boxes", ""), category(&app, "paper", ""));
    in_force(&app, &boxes, &[("fact", "contact")]);
    in_force(&app, &paper, &[("fact", "contact")]);
    let one = draft(&staff, &boxes, &[("other", &paper)]);
    let other = draft(&staff, &paper, &[("other", &boxes)]);
    assert_eq!(publish(&app, &one, &in_days(1)), 303);
    assert_eq!(publish(&app, &other, &in_days(1)), 422);
    assert_eq!(
        app.text(&format!("SELECT status FROM access_standards WHERE id = '{other}'")),
        "draft"
    );
}

#[test]
fn nobody_is_asked_for_a_certification_that_cannot_be_had() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let (boxes, paper) = (category(&app, "boxes", ""), category(&app, "paper", ""));
    let id = draft(&staff, &boxes, &[("other", &paper)]);
    assert_eq!(publish(&app, &id, &in_days(0)), 422);
    in_force(&app, &paper, &[("fact", "contact")]);
    assert_eq!(publish(&app, &id, &in_days(0)), 303);
}
