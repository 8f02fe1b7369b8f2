//! The database room.

use touchstone::access::Role;

use crate::support::TestApp;

#[test]
fn an_empty_register_opens() {
    let app = TestApp::new();
    assert_eq!(app.number("SELECT count(*) FROM suppliers"), 0);
    let staff = app.staff(Role::ProcurementOfficer);
    assert!(!staff.token().is_empty());
    staff
        .get("/no-such-page")
        .expect(404)
        .shows("Test procurement_officer");
    app.anonymous().get("/health").expect(200).shows("ok");
    assert_eq!(app.supplier().get("/static/touchstone.css").status, 200);
}
