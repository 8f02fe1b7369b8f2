//! A measure and the group of the company that it is against: looked at before the decision, chosen one by one,
//! watched while the measure holds.

use chrono::NaiveDate;
use diesel::prelude::*;
use touchstone::access::{Actor, Role, Scope, command_line};
use touchstone::certification::demands::DemandKind;
use touchstone::error::{Error, Problems};
use touchstone::inspections::Severity::Critical;
use touchstone::inspections::Status as Visit;
use touchstone::punishments::members::{self, Preview};
use touchstone::punishments::standards::{Standard, find_standard};
use touchstone::punishments::{Case, Ground, Status};
use touchstone::schema::punishment_cases;
use touchstone::suppliers::groups::{self, EndInput, LinkInput, MistakeInput};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, Supplier, SupplierInput};
use touchstone::values::now;

use crate::certified::{category, certify, company, in_days, standard, today};
use crate::inspected::{checklist, inspection};
use crate::person::Reply;
use crate::punished::{self, find, heard};
use crate::punishment_holds::held;
use crate::support::{Person, TestApp, vault};

/// Above, the company itself, below it, below that, beside it.
pub type Five = [Supplier; 5];

fn controls(app: &TestApp, parent: &Supplier, child: &Supplier) -> String {
    controls_from(app, parent, child, "2024-01-01")
}

fn controls_from(app: &TestApp, parent: &Supplier, child: &Supplier, day: &str) -> String {
    let (parent, child) = (parent.id.clone(), child.id.clone());
    let input = LinkInput {
        company: child,
        direction: "controls".into(),
        control: "voting".into(),
        valid_from: day.into(),
        evidence: "agreement".into(),
        ..Default::default()
    };
    let made = app.db().write_now(move |c| groups::add(c, &command_line(), &parent, &input));
    made.expect("a link").id
}

fn leaves(app: &TestApp, supplier: &Supplier, link: &str) {
    let (supplier, link) = (supplier.id.clone(), link.to_string());
    let input = EndInput { ended_on: today().to_string(), reason: "Sold".into() };
    let ended =
        app.db().write_now(move |c| groups::end(c, &command_line(), &supplier, &link, &input));
    ended.expect("an ended link");
}

fn withdrawn(app: &TestApp, supplier: &Supplier, link: &str) {
    let (supplier, link) = (supplier.id.clone(), link.to_string());
    let input = MistakeInput { mistake: "Another company".into() };
    let done =
        app.db().write_now(move |c| groups::withdraw(c, &command_line(), &supplier, &link, &input));
    done.expect("a withdrawn link");
}

pub fn active(app: &TestApp, name: &str) -> Supplier {
    app.enter(NewSupplier {
        company: SupplierInput { legal_name: name.into(), ..Default::default() },
        place: PlaceInput { country: "DE".into(), ..Default::default() },
        stage: "active".into(),
        ..Default::default()
    })
}

fn five(app: &TestApp) -> Five {
    let all = ["Above AG", "Itself AG", "Below AG", "Deep AG", "Sister AG"].map(|n| active(app, n));
    let [above, itself, below, deep, sister] = &all;
    for (parent, child) in [(above, itself), (above, sister), (itself, below), (below, deep)] {
        controls(app, parent, child);
    }
    all
}

fn standard_of(app: &TestApp, case: &Case) -> Standard {
    let id = case.standard_id.clone();
    app.db().read_now(move |c| find_standard(c, &id)).expect("a standard")
}

fn preview(app: &TestApp, case: &Case) -> Preview {
    let (case, standard) = (case.clone(), standard_of(app, case));
    app.db().read_now(move |c| members::preview(c, &case, &standard)).expect("a preview")
}

fn grounds(preview: &Preview) -> Vec<(&str, Ground)> {
    preview.members.iter().map(|one| (one.supplier.legal_name.as_str(), one.ground)).collect()
}

/// Who is included, and why; the others are exempt.
fn choices(preview: &Preview, exempted: &[&Supplier]) -> Vec<(String, bool, String)> {
    let others = preview.members.iter().filter(|one| one.ground != Ground::Principal);
    let choice = |one: &members::PreviewMember| {
        let is_exempt = exempted.iter().any(|other| other.id == one.supplier.id);
        (one.supplier.id.clone(), !is_exempt, format!("Because of {}", one.supplier.legal_name))
    };
    others.map(choice).collect()
}

fn choose(
    app: &TestApp,
    by: &Actor,
    case: &Case,
    preview: &Preview,
    choices: &[(String, bool, String)],
) -> Result<(), Error> {
    let (by, case, preview, choices) =
        (by.clone(), case.clone(), preview.clone(), choices.to_vec());
    app.db().write_now(move |c| members::choose(c, &by, &case, &preview, &choices))
}

/// The case is decided: its measure holds from today on, until a day.
pub fn decide(app: &TestApp, case: &Case, to: NaiveDate) -> Case {
    let (id, standard) = (case.id.clone(), standard_of(app, case));
    let written = app.db().write_now(move |c| {
        diesel::update(punishment_cases::table.find(&id))
            .set((
                punishment_cases::status.eq(Status::InForce),
                punishment_cases::decided_at.eq(now()),
                punishment_cases::measure.eq(standard.measure),
                punishment_cases::orders.eq(standard.orders),
                punishment_cases::from_on.eq(today()),
                punishment_cases::to_on.eq(to),
            ))
            .execute(c)?;
        let case: Case = punishment_cases::table.find(&id).select(Case::as_select()).first(c)?;
        members::put_in_force(c, &case)
    });
    written.expect("a decision");
    find(app, &case.id)
}

/// A case against the second of a group of five, in force until in 30 days with the sister exempt.
pub fn decided(app: &TestApp, violation: &str) -> (Five, Case) {
    let all = five(app);
    let case = heard(app, &all[1], violation, Critical);
    let preview = preview(app, &case);
    let chosen = choices(&preview, &[&all[4]]);
    choose(app, &Actor::command_line(), &case, &preview, &chosen).expect("a choice");
    let case = decide(app, &case, in_days(30));
    (all, case)
}

pub fn look(app: &TestApp) -> i64 {
    let step = app.db().write_now(|c| members::watch::batch(c, &vault(), ""));
    step.expect("a look").done
}

pub fn row(app: &TestApp, supplier: &Supplier, column: &str) -> String {
    app.text(&format!(
        "SELECT {column} FROM punishment_members WHERE supplier_id = '{}' \
         ORDER BY found_at DESC, id DESC LIMIT 1",
        supplier.id
    ))
}

fn settle<'p>(by: &'p Person, case: &Case, member: &str, fields: &[(&str, &str)]) -> Reply<'p> {
    by.post(&format!("/punishments/{}/members/{member}/settling", case.id), fields)
}

fn refused(result: Result<(), Error>) -> Problems {
    match result {
        Err(Error::Invalid(problems)) => problems,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_preview_has_every_company_with_its_ground_and_what_would_stop() {
    let app = TestApp::new();
    let [above, itself, sister] = ["Above AG", "Itself AG", "Sister AG"].map(|n| active(&app, n));
    let paper = category(&app, "paper");
    standard(&app, &paper, in_days(-30), &[(DemandKind::Fact, "contact")]);
    let below = company(&app, "Jinji Paper Works", &[&paper]);
    certify(&app, &below.id, &paper, in_days(100));
    let version = checklist(&app, "conduct");
    inspection(&app, &below, &version, None, Visit::Planned);
    inspection(&app, &below, &version, None, Visit::Closed);
    for (parent, child) in [(&above, &itself), (&above, &sister), (&itself, &below)] {
        controls(&app, parent, child);
    }
    let whole = preview(&app, &heard(&app, &itself, "false_material", Critical));
    assert_eq!(
        grounds(&whole),
        [
            ("Itself AG", Ground::Principal),
            ("Above AG", Ground::Controls),
            ("Jinji Paper Works", Ground::ControlledBy),
            ("Sister AG", Ground::Related),
        ]
    );
    let stops =
        |at: usize| (whole.members[at].categories.len(), whole.members[at].open_inspections);
    assert_eq!([0, 1, 2, 3].map(stops), [(0, 0), (0, 0), (1, 1), (0, 0)]);
    let controlled = preview(&app, &heard(&app, &itself, "safety", Critical));
    let names = [("Itself AG", Ground::Principal), ("Jinji Paper Works", Ground::ControlledBy)];
    assert_eq!(grounds(&controlled), names);
    let entity = preview(&app, &heard(&app, &itself, "quality", Critical));
    assert_eq!(grounds(&entity), names[..1]);
    assert!(whole.hash != controlled.hash && controlled.hash != entity.hash);
}

#[test]
fn a_group_of_five_with_one_exempt_is_held_on_its_days_and_not_on_others() {
    let app = TestApp::new();
    let (all, _) = decided(&app, "false_material");
    for (at, supplier) in all.iter().enumerate() {
        let code = if at == 4 { "" } else { "orders_blocked" };
        let on = |day| held(&app, &supplier.id, None, in_days(day));
        assert_eq!([-1, 0, 29, 30].map(on), ["", code, code, ""], "{}", supplier.legal_name);
    }
    assert_eq!(row(&app, &all[4], "reason"), "Because of Sister AG");
    assert_eq!(
        app.number("SELECT count(*) FROM punishment_steps WHERE kind = 'member_exempted'"),
        1
    );
    assert_eq!(look(&app), 0, "nothing has changed");
}

#[test]
fn a_choice_that_leaves_somebody_out_or_has_no_reason_is_refused_and_writes_nothing() {
    let app = TestApp::new();
    let all = five(&app);
    let case = heard(&app, &all[1], "false_material", Critical);
    let preview = preview(&app, &case);
    let whole = choices(&preview, &[]);
    let clock = Actor::clock();
    let blamed = |chosen: &[(String, bool, String)]| {
        let problems = refused(choose(&app, &clock, &case, &preview, chosen));
        problems.0.into_iter().map(|one| (one.field, one.code)).collect::<Vec<_>>()
    };
    let first = whole[0].0.clone();
    let missing = (format!("choice-{first}"), "punishment_choice".to_string());
    assert_eq!(blamed(&whole[1..]), [missing]);
    let mut silent = whole.clone();
    silent[0].2 = "  ".into();
    let no_reason = (format!("reason-{first}"), "punishment_choice_reason".to_string());
    assert_eq!(blamed(&silent), [no_reason]);
    let mut long = whole.clone();
    long[0].2 = "x".repeat(1001);
    assert_eq!(blamed(&long), [(format!("reason-{first}"), "too_long".to_string())]);
    let nowhere = Actor { scope: Scope::Areas(Default::default()), ..Actor::clock() };
    let outside = refused(choose(&app, &nowhere, &case, &preview, &whole));
    assert_eq!(outside.0[0].code, "punishment_group_scope");
    let cut = Preview { is_cut: true, ..preview.clone() };
    let too_many = refused(choose(&app, &clock, &case, &cut, &whole));
    assert_eq!(too_many.0[0].code, "punishment_group_cut");
    assert_eq!(app.number("SELECT count(*) FROM punishment_members"), 0);
    // A later choice takes the place of an earlier one.
    choose(&app, &clock, &case, &preview, &whole).expect("a choice");
    choose(&app, &clock, &case, &preview, &choices(&preview, &[&all[0]])).expect("another");
    assert_eq!(app.number("SELECT count(*) FROM punishment_members"), 5);
    assert_eq!(row(&app, &all[0], "status"), "exempted");
    decide(&app, &case, in_days(30));
    let late = choose(&app, &clock, &find(&app, &case.id), &preview, &whole);
    assert!(matches!(late, Err(Error::Conflict("conflict-punishment"))));
}

#[test]
fn what_has_changed_since_the_preview_is_shown() {
    let app = TestApp::new();
    let all = five(&app);
    let case = heard(&app, &all[1], "false_material", Critical);
    let before = preview(&app, &case);
    choose(&app, &Actor::clock(), &case, &before, &choices(&before, &[])).expect("a choice");
    let since = |hash: &str| {
        let (case, standard, hash) = (case.clone(), standard_of(&app, &case), hash.to_string());
        let found = app.db().read_now(move |c| members::differences(c, &case, &standard, &hash));
        found.expect("an answer")
    };
    assert!(since(&before.hash).is_none());
    let new = active(&app, "New AG");
    controls(&app, &all[3], &new);
    let link = app.text(&format!("SELECT id FROM control_links WHERE child_id = '{}'", all[4].id));
    leaves(&app, &all[4], &link);
    let found = since(&before.hash).expect("differences");
    assert_eq!(found.joined.iter().map(|one| &one.supplier.id).collect::<Vec<_>>(), [&new.id]);
    assert_eq!(
        found.left.iter().map(|(one, _)| &one.supplier_id).collect::<Vec<_>>(),
        [&all[4].id]
    );
    assert!(found.moved.is_empty());
    let legal = app.staff(Role::LegalOfficer);
    let page = legal.get(&format!("/punishments/{}", case.id)).expect(200);
    page.shows("New AG has joined").shows("Sister AG is not there any more");
}

#[test]
fn who_joins_waits_for_a_person_and_who_leaves_stays_held_until_somebody_has_looked() {
    let app = TestApp::new();
    let (all, case) = decided(&app, "false_material");
    let [first, second] = ["First AG", "Second AG"].map(|name| active(&app, name));
    let mine = controls(&app, &all[3], &first);
    controls(&app, &all[0], &second);
    assert_eq!((look(&app), look(&app)), (2, 0), "each once");
    let on = |one: &Supplier, day| held(&app, &one.id, None, in_days(day));
    assert_eq!((on(&first, 0), row(&app, &first, "status")), (String::new(), "proposed".into()));
    let approver = app.staff(Role::Approver);
    approver.get("/home").expect(200).shows("First AG").shows("Second AG");
    assert!(!app.staff(Role::ProcurementOfficer).get("/home").expect(200).has("First AG"));

    let id = row(&app, &first, "id");
    approver
        .get(&format!("/punishments/{}/members/{id}/settling", case.id))
        .expect(200)
        .shows("It has joined the group");
    let include = [("decision", "include"), ("reason", "It took over the orders")];
    settle(&approver, &case, &id, &include).expect(303).follow().expect(200).shows("took over");
    assert_eq!(
        [-1, 0, 29, 30].map(|day| on(&first, day)),
        ["", "orders_blocked", "orders_blocked", ""]
    );
    let exempt = [("decision", "exempt"), ("reason", "It trades in something else")];
    settle(&approver, &case, &row(&app, &second, "id"), &exempt).expect(303);
    assert_eq!((on(&second, 0), look(&app)), (String::new(), 0));

    leaves(&app, &first, &mine);
    assert_eq!((look(&app), look(&app)), (1, 0));
    assert_eq!(
        (on(&first, 0), row(&app, &first, "status")),
        ("orders_blocked".into(), "left".into())
    );
    approver.get("/home").expect(200).shows("First AG");
    let keep = [("decision", "keep"), ("reason", "Sold to a cousin")];
    settle(&approver, &case, &id, &keep).expect(303);
    assert_eq!((look(&app), row(&app, &first, "status")), (0, "included".to_string()));
    // It comes back, and leaves again: somebody looks again.
    let again = controls_from(&app, &all[3], &first, &today().to_string());
    assert_eq!(look(&app), 1);
    withdrawn(&app, &first, &again);
    assert_eq!(look(&app), 1);
    let free = [("decision", "free"), ("reason", "Sold to a stranger")];
    settle(&approver, &case, &id, &free).expect(303);
    assert_eq!((on(&first, 0), on(&first, 10)), (String::new(), String::new()));
    // Who was freed and joins once more waits once more, and what has been stays.
    controls_from(&app, &all[3], &first, &today().to_string());
    assert_eq!((look(&app), row(&app, &first, "status")), (1, "proposed".to_string()));
    let rows =
        format!("SELECT count(*) FROM punishment_members WHERE supplier_id = '{}'", first.id);
    assert_eq!(app.number(&rows), 2);
}

#[test]
fn what_is_said_wrongly_of_a_company_is_refused_and_changes_nothing() {
    let app = TestApp::new();
    let (all, case) = decided(&app, "false_material");
    let new = active(&app, "New AG");
    controls(&app, &all[3], &new);
    look(&app);
    let (legal, id) = (app.staff(Role::LegalOfficer), row(&app, &new, "id"));
    let good = [("decision", "include"), ("reason", "Read the register")];
    for (field, value) in [("decision", "keep"), ("decision", ""), ("reason", " ")] {
        let fields: Vec<(&str, &str)> =
            good.iter().map(|one| if one.0 == field { (field, value) } else { *one }).collect();
        let page = settle(&legal, &case, &id, &fields).expect(422);
        assert!(page.blames(field), "{field} = {value}");
        assert!(field == "reason" || page.has("Read the register"), "typed words stay");
    }
    settle(&legal, &case, "none", &good).expect(404);
    settle(&legal, &case, &row(&app, &all[0], "id"), &good).expect(409);
    let other = punished::in_force(&app, &all[2], "quality", Critical);
    settle(&legal, &other, &id, &good).expect(404);
    for role in [Role::Auditor, Role::ProcurementOfficer, Role::Administrator] {
        settle(&app.staff(role), &case, &id, &good).expect(403);
    }
    let elsewhere = app.staff_of(Role::LegalOfficer, "cn-six", "southern");
    settle(&elsewhere, &case, &id, &good).expect(404);
    assert_eq!(row(&app, &new, "status"), "proposed");
    settle(&legal, &case, &id, &good).expect(303);
    settle(&legal, &case, &id, &good).expect(409);
}

#[test]
fn who_brought_a_case_settles_nobody_and_nobody_does_once_it_is_over() {
    let app = TestApp::new();
    let ours = active(&app, "Itself AG");
    let (proposer, legal) = (app.staff(Role::EthicsOfficer), app.staff(Role::LegalOfficer));
    let standard = punished::standard(&app, "false_material", Critical);
    let row_of =
        Case { proposed_by: proposer.account_id.clone(), ..punished::new(&app, &ours, &standard) };
    let case = decide(&app, &punished::put(&app, row_of), in_days(30));
    let new = active(&app, "New AG");
    controls(&app, &ours, &new);
    look(&app);
    let (id, good) = (row(&app, &new, "id"), [("decision", "include"), ("reason", "Below it")]);
    settle(&proposer, &case, &id, &good).expect(403);
    assert!(!proposer.get("/home").expect(200).has("New AG"));
    legal.get("/home").expect(200).shows("New AG");
    app.tamper(&format!("UPDATE punishment_cases SET to_on = '{}'", today()))
        .expect("its last day");
    settle(&legal, &case, &id, &good).expect(409);
    assert!(!legal.get("/home").expect(200).has("New AG"));
    assert_eq!((row(&app, &new, "status"), look(&app)), ("proposed".to_string(), 0));
}
