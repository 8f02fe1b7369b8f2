//! Who of staff looks after a company.

use touchstone::access::{Role, command_line};
use touchstone::suppliers::merges::{MergeInput, merge, undo};
use touchstone::suppliers::owners;

use crate::expiry::{active, certificate, day, hold};
use crate::support::TestApp;

fn owner(app: &TestApp, supplier: &str) -> Option<String> {
    let id = supplier.to_string();
    let found = app.db().read_now(|c| owners::of(c, &id));
    found.expect("an answer").map(|owner| owner.account_id)
}

#[test]
fn staff_give_a_company_to_somebody_who_may_see_it_and_to_nobody_else() {
    let app = TestApp::new();
    let company = active(&app, "Weaving Works GmbH", "DE");
    let officer = app.staff(Role::ProcurementOfficer);
    let page = format!("/suppliers/{}", company.id);
    let form = format!("{page}/owner");
    officer.get(&page).expect(200).shows("Owner in our firm").shows("Nobody").shows(&form);
    officer.get(&form).expect(200).shows("Test procurement_officer");
    let give = |id: &str| officer.post(&form, &[("account", id)]).status;
    for stranger in [
        app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern"),
        app.staff(Role::Administrator),
        app.supplier(),
    ] {
        assert_eq!(give(&stranger.account_id), 422);
    }
    assert_eq!((give("x"), give(&company.id)), (422, 422));
    let colleague = app.staff(Role::Inspector);
    officer.post(&form, &[("account", &colleague.account_id)]).expect(303).follow().shows("saved");
    assert_eq!(owner(&app, &company.id).as_deref(), Some(colleague.account_id.as_str()));
    officer.get(&page).expect(200).shows("Test inspector").shows("Owner in our firm changed");
    let trail = "SELECT count(*) FROM audit_records WHERE action = 'supplier.owner_assigned'";
    assert_eq!((give(&colleague.account_id), app.number(trail)), (303, 1), "nothing has changed");
    app.tamper("UPDATE accounts SET disabled_at = created_at WHERE role = 'inspector'").expect("");
    assert_eq!(owner(&app, &company.id), None, "who has left looks after nothing");
    assert_eq!((give(""), app.number("SELECT count(*) FROM relationship_owners")), (303, 0));
    let east = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    east.post(&form, &[("account", &east.account_id)]).expect(404);
}

#[test]
fn the_calendar_shows_the_companies_that_one_looks_after() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    for (name, number) in [("Weaving Works GmbH", "MINE"), ("Spinning Works GmbH", "THEIRS")] {
        let company = active(&app, name, "DE");
        hold(&app, certificate(&company.id, number, day(0)));
        if number == "MINE" {
            let form = format!("/suppliers/{}/owner", company.id);
            officer.post(&form, &[("account", &officer.account_id)]).expect(303);
        }
    }
    let all = officer.get("/calendar").expect(200);
    assert!(all.has("MINE") && all.has("THEIRS"));
    for path in ["/calendar?mine=yes", "/calendar.ics?mine=yes"] {
        let mine = officer.get(path).expect(200);
        assert!(mine.has("MINE") && !mine.has("THEIRS"), "{path}");
    }
}

#[test]
fn a_merged_company_keeps_its_owner_or_takes_over_the_others_and_an_undone_merge_gives_it_back() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let (first, second) = (app.staff(Role::Inspector), app.staff(Role::Inspector));
    let kept = active(&app, "Weaving Works GmbH", "DE").id;
    let gone = active(&app, "Weaving Works", "DE").id;
    let give = |company: &str, account: &str| {
        officer.post(&format!("/suppliers/{company}/owner"), &[("account", account)]).expect(303);
    };
    let merged = || {
        let input = MergeInput { kept: kept.clone(), gone: gone.clone(), ..Default::default() };
        app.db().write_now(move |c| merge(c, &command_line(), &input)).expect("a merge").id
    };
    let undone = |id: String| {
        app.db().write_now(move |c| undo(c, &command_line(), &id)).expect("an undone merge");
    };
    give(&gone, &second.account_id);
    let id = merged();
    assert_eq!(owner(&app, &kept), Some(second.account_id.clone()));
    undone(id);
    assert_eq!((owner(&app, &kept), owner(&app, &gone)), (None, Some(second.account_id.clone())));
    give(&kept, &first.account_id);
    let id = merged();
    assert_eq!(owner(&app, &kept), Some(first.account_id.clone()));
    undone(id);
    assert_eq!(owner(&app, &kept), Some(first.account_id.clone()));
    assert_eq!(owner(&app, &gone), Some(second.account_id.clone()));
}
