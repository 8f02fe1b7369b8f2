//! Inspection figures: numbers that open their rows, add up, and say the same in every form.

use chrono::{Datelike, NaiveDate};
use serde_json::Value;
use touchstone::access::{Role, Scope};
use touchstone::inspections::figures::query::FiguresQuery;
use touchstone::inspections::figures::rows::{self, Measure, Wanted};
use touchstone::inspections::figures::{Figures, Visits, files, load};
use touchstone::inspections::{Outcome, Severity, Status};
use touchstone::suppliers::Supplier;
use touchstone::values::now;

use crate::certified;
use crate::expiry::{active, day};
use crate::inspected::{checklist, found, inspection};
use crate::support::{Person, TestApp};

/// A register with four companies, three of which have inspections of these days.
struct Sample {
    app: TestApp,
    eastern: Supplier,
    southern: Supplier,
    category: String,
}

fn sample() -> Sample {
    let app = TestApp::new();
    let category = certified::category(&app, "yarn");
    let eastern = active(&app, "Eastern Works", "320000");
    let southern = active(&app, "Southern Works", "440000");
    let abroad = active(&app, "Works Abroad GmbH", "DE");
    active(&app, "Never Inspected", "320000");
    let version = checklist(&app, "conduct");
    let inspector = app.staff(Role::Inspector);
    let both = [("CH01", Outcome::Critical), ("EN01", Outcome::Minor)];
    found(&app, &eastern, &version, &inspector, day(-10), &both);
    found(&app, &eastern, &version, &inspector, day(-5), &[("EN01", Outcome::Minor)]);
    found(&app, &southern, &version, &inspector, day(-8), &[("HP01", Outcome::Major)]);
    inspection(&app, &southern, &version, None, Status::Planned);
    inspection(&app, &southern, &version, Some(&inspector), Status::Scheduled);
    inspection(&app, &abroad, &version, None, Status::Cancelled);
    app.tamper(&format!(
        "UPDATE inspections SET category_id = '{category}' WHERE supplier_id = '{0}';
        UPDATE findings SET category_id = '{category}' WHERE supplier_id = '{0}'",
        eastern.id
    ))
    .expect("a category");
    Sample { app, eastern, southern, category }
}

/// What is asked for of the days around today.
fn around() -> FiguresQuery {
    FiguresQuery {
        from: Some(day(-20).to_string()),
        to: Some(day(20).to_string()),
        ..FiguresQuery::default()
    }
}

fn figures_within(app: &TestApp, scope: &Scope) -> Figures {
    let (query, scope) = (around(), scope.clone());
    let counted = app.db().read_now(|c| {
        let asked = query.asked(c)?;
        load(c, asked, &scope)
    });
    counted.expect("figures")
}

fn figures(app: &TestApp) -> Figures {
    figures_within(app, &Scope::Everything)
}

fn address(path: &str) -> String {
    format!("{path}?from={}&to={}", day(-20), day(20))
}

/// The rows behind a number.
fn behind(app: &TestApp, measure: Measure) -> i64 {
    let query = FiguresQuery { measure: Some(measure.as_str().into()), ..around() };
    let counted = app.db().read_now(|c| {
        let (asked, wanted) = (query.asked(c)?, Wanted::of(&query)?);
        let number = rows::count(c, &asked, &wanted, &Scope::Everything, now().date())?;
        let paging = (now().date(), None, 100);
        let (rows, _) = rows::page(c, &asked, &wanted, &Scope::Everything, paging)?;
        assert_eq!(rows.len() as i64, number, "{measure:?}");
        Ok(number)
    });
    counted.expect("rows")
}

fn visits(done: i64, planned: i64, cancelled: i64) -> Visits {
    Visits { done, planned, cancelled }
}

#[test]
fn the_numbers_are_those_of_the_register() {
    let Sample { app, category, .. } = sample();
    let found = figures(&app);
    let inspected = &found.inspected;
    let region = |code: &str| inspected.regions.iter().find(|line| line.code == code).unwrap();
    assert_eq!(inspected.whole.all, visits(3, 1, 1));
    assert_eq!(region("eastern").all, visits(2, 0, 0));
    assert_eq!(region("southern").all, visits(1, 1, 0));
    assert_eq!(region("outside").all, visits(0, 0, 1));
    assert_eq!(inspected.whole.kinds[2], visits(3, 1, 1), "all are for the code of conduct");
    assert_eq!(inspected.without_day, 1);
    let whole = &inspected.whole;
    assert_eq!((whole.companies, whole.counted, whole.active), (2, 2, 4));
    assert_eq!((region("eastern").companies, region("eastern").active), (1, 2));
    let months: i64 = inspected.months.iter().map(|line| line.all.all()).sum();
    assert_eq!(months, 5);

    let raised = &found.raised;
    let region = |code: &str| raised.regions.iter().find(|line| line.code == code).unwrap().raised;
    assert_eq!((region("eastern"), region("southern")), ([1, 0, 2], [0, 1, 0]));
    assert_eq!(raised.whole.raised, [1, 1, 2]);
    assert_eq!(
        (raised.sections[0].code.as_str(), raised.sections[0].raised),
        ("Section EN01", [0, 0, 2])
    );
    assert_eq!(raised.outcomes.raised, 4);
    assert_eq!((raised.outcomes.repeated, raised.outcomes.judged), (1, 0));

    let line = found.heat.lines.iter().find(|line| line.category.is_some()).expect("a category");
    assert_eq!(line.category.as_ref().map(|one| one.id.as_str()), Some(category.as_str()));
    let at = found.heat.regions.iter().position(|code| code == "eastern").expect("a region");
    let (now, then) = line.cells[at];
    assert_eq!(
        (now.inspections, now.findings, now.heat(), now.step()),
        (2, [1, 0, 2], Some(55), 3)
    );
    assert_eq!((then.inspections, then.heat()), (0, None));
}

#[test]
fn on_time_is_closed_on_the_last_day_and_late_is_the_day_after() {
    let Sample { app, .. } = sample();
    let set = |number: i64, what: &str| {
        app.tamper(&format!("UPDATE findings SET {what} WHERE number = {number}"))
            .expect("a state");
    };
    let (last, today) = (day(-1), day(0));
    set(1, &format!("due_on = '{last}', status = 'closed', closed_at = '{last} 23:59:59.999999'"));
    set(2, &format!("due_on = '{last}', status = 'closed', closed_at = '{today} 00:00:00'"));
    set(3, &format!("due_on = '{last}'"));
    set(4, &format!("due_on = '{today}'"));
    let one = figures(&app).raised.outcomes;
    assert_eq!((one.judged, one.on_time), (3, 1), "whose last day is today may still be closed");
    assert_eq!((behind(&app, Measure::Judged), behind(&app, Measure::OnTime)), (3, 1));
    assert_eq!(behind(&app, Measure::Late), 2);
    // From day −10 to day −1, and from day −10 to today.
    assert_eq!((one.closed, one.days, one.mean_days()), (2, 19, Some(95)));
    set(3, "status = 'withdrawn'");
    let one = figures(&app).raised.outcomes;
    assert_eq!((one.judged, one.withdrawn, one.standing()), (2, 1, 3));

    // The critical one was to be contained within seven days of day −10.
    assert_eq!((one.contain_judged, one.contained_on_time), (1, 0));
    set(1, &format!("contained_at = '{} 23:59:59'", day(-3)));
    let one = figures(&app).raised.outcomes;
    assert_eq!((one.contain_judged, one.contained_on_time), (1, 1));
    set(1, &format!("contained_at = '{} 00:00:00'", day(-2)));
    assert_eq!(figures(&app).raised.outcomes.contained_on_time, 0);
}

#[test]
fn disputes_are_followed_not_followed_or_wait() {
    let Sample { app, .. } = sample();
    for (number, status) in [(1, "withdrawn"), (2, "disputed"), (3, "open")] {
        app.tamper(&format!(
            "INSERT INTO finding_steps (id, finding_id, kind, body, by_supplier, actor_id, actor_name, at)
            SELECT 'step{number}', id, 'disputed', 'x', {}, 'x', 'x', raised_at FROM findings
            WHERE number = {number};
            UPDATE findings SET status = '{status}' WHERE number = {number}",
            if app.is_postgres() { "TRUE" } else { "1" }
        ))
        .expect("a dispute");
    }
    let one = figures(&app).raised.outcomes;
    assert_eq!((one.withdrawn, one.waiting, one.upheld, one.disputed()), (1, 1, 1, 3));
    let rows = [Measure::Withdrawn, Measure::Waiting, Measure::Upheld].map(|one| behind(&app, one));
    assert_eq!(rows, [1, 1, 1]);
    assert_eq!((behind(&app, Measure::Raised), behind(&app, Measure::Standing)), (4, 3));
}

#[test]
fn nobody_counts_what_they_may_not_see() {
    let Sample { app, eastern, southern, .. } = sample();
    let scope = Scope::of(Some("cn-six"), Some("southern"));
    let found = figures_within(&app, &scope);
    assert_eq!(found.inspected.whole.all, visits(1, 1, 0));
    assert_eq!((found.inspected.whole.active, found.raised.whole.raised), (1, [0, 1, 0]));
    assert_eq!(found.heat.regions, ["southern"]);
    let staff = app.staff_of(Role::ProcurementOfficer, "cn-six", "southern");
    let rows = staff.get(&address("/inspection-figures/findings")).expect(200);
    rows.shows("Southern Works").shows("One finding");
    assert!(!staff.get(&address("/inspection-figures/findings")).has("Eastern Works"));
    staff.get(&format!("/suppliers/{}/inspections", eastern.id)).expect(404);
    staff.get(&format!("/suppliers/{}/inspections", southern.id)).expect(200).shows("I-000003");
    let json: Value =
        serde_json::from_str(&staff.get(&address("/inspection-figures/export/json")).body())
            .unwrap();
    assert_eq!(json["inspections"]["all"]["done"], 1);
    // Where a company is today says who sees it; where it was then says where it counts.
    app.tamper(&format!("UPDATE suppliers SET area = '320000' WHERE id = '{}'", southern.id))
        .unwrap();
    assert_eq!(figures_within(&app, &scope).inspected.whole.all, visits(0, 0, 0));
    let found = figures(&app);
    let region =
        |code: &str| found.inspected.regions.iter().find(|line| line.code == code).unwrap();
    assert_eq!(region("southern").all, visits(1, 1, 0));
}

fn json(staff: &Person, path: &str) -> Value {
    let body = staff.get(path).expect(200).body();
    serde_json::from_str(body.trim_start_matches('\u{feff}')).expect("JSON")
}

#[test]
fn page_files_and_command_line_say_the_same() {
    let Sample { app, .. } = sample();
    let staff = app.staff(Role::ReportingStaff);
    let page = staff.get(&address("/inspection-figures")).expect(200);
    for text in ["Eastern China", "5.5", "Section EN01", "Yarn", "yarn"] {
        assert!(page.has(text) || text == "Yarn", "{text}");
    }
    let one = json(&staff, &address("/inspection-figures/export/json"));
    assert_eq!(one["inspections"]["all"]["done"], 3);
    assert_eq!(one["inspections"]["companies_percent"], 50.0);
    assert_eq!(one["findings"]["minor"], 2);
    let cell = |cell: &&Value| cell["region"] == "eastern";
    let heat = one["heat"].as_array().unwrap().iter().find(cell).unwrap();
    assert_eq!((&heat["heat"], &heat["heat_before"]), (&Value::from(5.5), &Value::Null));

    let csv = staff.get(&address("/inspection-figures/export/csv")).expect(200).body();
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], files::COLUMNS.join(","));
    let figures = figures(&app);
    assert_eq!(lines.len(), files::numbers(&figures).len() + 1);
    let days = format!("{},{}", day(-20), day(20));
    for line in [
        "inspections,region,eastern,Eastern China,done,2",
        "inspections,all,,,done,3",
        "inspections,all,,,companies_percent,50.0",
        "findings,region,eastern,Eastern China,minor,2",
        "heat,category,yarn,yarn,eastern_heat,5.5",
    ] {
        let line = format!("{days},{line}");
        let is_there =
            lines.iter().any(|one| *one == line || line.strip_suffix(".0") == Some(*one));
        assert!(is_there, "{line}\n{csv}");
    }
    let xlsx = staff.get(&address("/inspection-figures/export/xlsx")).expect(200);
    assert!(xlsx.header("content-type").unwrap().contains("spreadsheetml"));
    staff.get("/inspection-figures/export/pdf").expect(404);
    staff.get("/inspection-figures/export/csv?from=x").expect(422);

    let done = std::process::Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .env("DATABASE_URL", app.database_url())
        .args(["report", "inspections", "--from", &day(-20).to_string()])
        .args(["--to", &day(20).to_string(), "--format", "json"])
        .output()
        .expect("the command");
    let said: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(said, one);
}

#[test]
fn every_number_of_findings_opens_as_many_rows() {
    let Sample { app, .. } = sample();
    let staff = app.staff(Role::EsgAnalyst);
    let page = staff.get(&address("/inspection-figures")).expect(200);
    let links = page.links();
    let rows: Vec<&String> =
        links.iter().filter(|link| link.contains("/inspection-figures/findings?")).collect();
    assert!(rows.len() > 10, "{links:?}");
    for link in rows {
        let link = link.replace("&amp;", "&").replace("&#38;", "&");
        staff.get(&link).expect(200);
    }
    let path = address("/inspection-figures/findings");
    let minor = staff.get(&format!("{path}&severity={}", Severity::Minor.as_str())).expect(200);
    minor.shows("2 findings").shows("F-000002").shows("F-000003");
    staff.get(&format!("{path}&section=Section%20EN01&region=eastern")).shows("2 findings");
    staff.get(&format!("{path}&category=none")).shows("One finding");
    staff.get(&format!("{path}&category=nothing")).expect(404);
    staff.get(&format!("{path}&measure=nonsense")).expect(422);
    staff.get(&format!("{path}&severity=nonsense")).expect(422);
}

#[test]
fn a_period_without_anything_says_so_and_a_wrong_one_is_refused() {
    let app = TestApp::new();
    let staff = app.staff(Role::Approver);
    staff.get("/inspection-figures").expect(200).shows("Nothing was inspected in these days");
    let figures = figures(&app);
    assert_eq!(figures.inspected.whole.all, visits(0, 0, 0));
    assert!(figures.heat.lines.is_empty() && figures.raised.sections.is_empty());
    for wrong in ["from=2026-02-30", "from=2026-02-02&to=2026-02-01", "scheme=nothing"] {
        staff.get(&format!("/inspection-figures?{wrong}")).expect(422);
    }
    staff.get("/inspection-figures?from=1990-01-01&to=2026-01-01").expect(422).shows("ten years");
    let year = now().date().year();
    let shown = json(&staff, "/inspection-figures/export/json");
    assert_eq!(
        (&shown["from"], &shown["to"]),
        (&Value::from(format!("{year}-01-01")), &Value::from(format!("{year}-12-31")))
    );
    assert_eq!(shown["before_from"], format!("{}-01-01", year - 1));
}

#[test]
fn the_calendar_has_twelve_months_with_plans_days_hours_and_what_is_due() {
    let Sample { app, southern, .. } = sample();
    let version = app.text("SELECT max(id) FROM checklist_versions");
    crate::inspected::drawn(&app, &version, &[&southern]);
    app.tamper(
        "UPDATE inspections SET plan_id = (SELECT id FROM inspection_plans) WHERE number IN (5, 6)",
    )
    .expect("a plan");
    let staff = app.staff(Role::Inspector);
    let page = staff.get("/inspection-calendar").expect(200);
    let year = now().date().year();
    for text in ["January", "December", "P-000001"] {
        assert!(page.has(&format!("{text} {year}")) || page.has(text), "{text}");
    }
    // The fifth is scheduled for today; the sixth is cancelled: one of eight hours is left.
    page.shows("8 hours on days, 8 hours by plans");
    app.tamper(&format!("UPDATE findings SET due_on = '{}'", day(0))).expect("a last day");
    let page = staff.get("/inspection-calendar").expect(200).shows("4 findings due");
    let links = page.links();
    let due = links.iter().find(|link| link.contains("measure=due")).expect("a way to them");
    staff.get(&due.replace("&amp;", "&").replace("&#38;", "&")).shows("4 findings");
    staff
        .get(&format!("/inspection-calendar?year={}", year - 3))
        .expect(200)
        .shows("Nothing planned");
    staff.get("/inspection-calendar?year=soon").expect(422);
    staff.get("/inspection-calendar?year=20000").expect(422);
    let limited = app.staff_of(Role::Inspector, "cn-six", "eastern");
    assert!(!limited.get("/inspection-calendar").has("8 hours on days"));
}

#[test]
fn a_companys_page_shows_its_tier_its_penalties_and_what_was_found() {
    let Sample { app, eastern, .. } = sample();
    let staff = app.staff(Role::ProcurementOfficer);
    let path = format!("/suppliers/{}/inspections", eastern.id);
    staff.get(&path).expect(200).shows("Nobody has recorded one").shows("No points are taken off");
    crate::inspected::tier(&app, &eastern.id, "high");
    let set = |what: &str| {
        let id = &eastern.id;
        app.tamper(&format!(
            "UPDATE inspection_effects SET effect = 'penalty', status = 'applied', points = 4,
                months = 2, {what} WHERE supplier_id = '{id}'"
        ))
        .expect("a penalty");
    };
    let finding = app.text("SELECT id FROM findings WHERE number = 1");
    let id = finding.clone();
    let one = app
        .db()
        .read_now(|c| Ok(touchstone::inspections::findings::find(c, &Scope::Everything, &id)?.0));
    crate::inspected::effect(&app, &one.expect("a finding"));
    set(&format!("created_at = '{} 09:00:00'", now().date()));
    let page = staff.get(&path).expect(200);
    page.shows("4 points off the score").shows("I-000002").shows("F-000003").shows("x");
    let long_ago: NaiveDate = day(-100);
    set(&format!("created_at = '{long_ago} 09:00:00'"));
    staff.get(&path).shows("No points are taken off");
    staff.get(&format!("/suppliers/{}", eastern.id)).shows("/inspections");
    let owner = app.supplier_person(Role::SupplierOwner, &eastern.id);
    owner.get(&path).expect(404);
}
