//! Figures of punishments: numbers that open their rows, add up, and say the same in every form.

use chrono::{Days, Months, NaiveDate, NaiveDateTime};
use serde_json::Value;
use touchstone::access::{Role, Scope};
use touchstone::inspections::Severity;
use touchstone::punishments::ballots::{Ballot, Kind, Outcome, Status as BallotStatus};
use touchstone::punishments::figures::query::CasesQuery;
use touchstone::punishments::figures::rows::{self, Wanted, Which};
use touchstone::punishments::figures::{Figures, files, load};
use touchstone::punishments::{Case, Measure, Status};
use touchstone::schema::punishment_ballots;
use touchstone::suppliers::Supplier;
use touchstone::values::{new_id, now};

use crate::expiry::{active, day};
use crate::punished;
use crate::support::{Person, TestApp};

/// A register with cases of these days in two regions, and one that is older.
struct Sample {
    app: TestApp,
    southern: Supplier,
}

fn morning(day: NaiveDate) -> NaiveDateTime {
    day.and_hms_opt(9, 0, 0).expect("a morning")
}

/// A case that was proposed some days ago.
fn proposed(
    app: &TestApp,
    of: &Supplier,
    (violation, severity): (&str, Severity),
    ago: i64,
) -> Case {
    let standard = punished::standard(app, violation, severity);
    let row = punished::new(app, of, &standard);
    let on = day(-ago);
    let notice_by = on + Days::new(standard.notice_days as u64);
    Case { proposed_at: morning(on), notice_by, deed_on: on - Days::new(5), ..row }
}

/// The same, decided after some days, for a term in months.
fn decided(row: Case, days: i64, measure: Measure, term: Option<u32>) -> Case {
    let on = row.proposed_at.date() + Days::new(days as u64);
    let forever = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");
    let to = term.map_or(forever, |months| on + Months::new(months));
    Case {
        status: Status::InForce,
        served_at: Some(row.proposed_at),
        replied_at: Some(row.proposed_at),
        decided_at: Some(morning(on)),
        measure: Some(measure),
        from_on: Some(on),
        to_on: Some(to),
        ..row
    }
}

/// An appeal against a case that was heard.
fn heard(app: &TestApp, case: &Case, number: i64, outcome: Outcome) {
    let row = Ballot {
        id: new_id(),
        case_id: case.id.clone(),
        number,
        kind: Kind::Appeal,
        outcome,
        measure: None,
        orders: None,
        bars_data: false,
        term: None,
        grounds: "Grounds".into(),
        departure: String::new(),
        board_notice: String::new(),
        group_hash: String::new(),
        status: BallotStatus::Carried,
        opened_by: "somebody".into(),
        opened_name: "Somebody".into(),
        opened_at: now(),
        closed_at: Some(now()),
    };
    let written = app.db().write_now(move |c| {
        use diesel::prelude::*;
        diesel::insert_into(punishment_ballots::table).values(&row).execute(c)?;
        Ok(())
    });
    written.expect("a ballot");
}

const LATE: (&str, Severity) = ("late_delivery", Severity::Major);
const BRIBERY: (&str, Severity) = ("bribery", Severity::Critical);

fn sample() -> Sample {
    let app = TestApp::new();
    let eastern = active(&app, "Eastern Works", "320000");
    let southern = active(&app, "Southern Works", "440000");
    let put = |row: Case| punished::put(&app, row);
    put(proposed(&app, &eastern, LATE, 400));
    // Its notice should have been served by day −15.
    put(proposed(&app, &eastern, LATE, 20));
    put(proposed(&app, &eastern, BRIBERY, 2));
    let row = proposed(&app, &eastern, BRIBERY, 30);
    let upheld = put(decided(row, 20, Measure::Elimination, None));
    let row = proposed(&app, &southern, LATE, 30);
    let varied = put(decided(row, 10, Measure::Rectification, Some(3)));
    let row = proposed(&app, &southern, LATE, 28);
    let row = decided(row, 13, Measure::Suspension, Some(4));
    put(Case { status: Status::Appealed, appealed_at: Some(now()), hear_by: Some(day(10)), ..row });
    let row = proposed(&app, &southern, ("late_delivery", Severity::Minor), 10);
    put(decided(row, 5, Measure::Warning, Some(0)));
    heard(&app, &upheld, 1, Outcome::Uphold);
    heard(&app, &varied, 1, Outcome::Vary);
    Sample { app, southern }
}

/// What is asked for of the days before today.
fn around() -> CasesQuery {
    CasesQuery {
        from: Some(day(-60).to_string()),
        to: Some(day(0).to_string()),
        ..CasesQuery::default()
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
    format!("{path}?from={}&to={}", day(-60), day(0))
}

/// The cases behind a number.
fn behind(app: &TestApp, query: CasesQuery) -> i64 {
    let counted = app.db().read_now(|c| {
        let (asked, wanted) = (query.asked(c)?, Wanted::of(&query)?);
        let number = rows::count(c, &asked, &wanted, &Scope::Everything, now().date())?;
        let paging = (now().date(), None, 100);
        let (rows, _) = rows::page(c, &asked, &wanted, &Scope::Everything, paging)?;
        assert_eq!(rows.len() as i64, number, "{wanted:?}");
        Ok(number)
    });
    counted.expect("rows")
}

#[test]
fn the_numbers_are_those_of_the_register() {
    let Sample { app, .. } = sample();
    let found = figures(&app);
    assert_eq!((found.whole.cases, found.whole.all()), ([2, 3, 1], 6), "one is older");
    let cases = |lines: &[touchstone::punishments::figures::Line], code: &str| {
        lines.iter().find(|line| line.code == code).map(|line| line.cases)
    };
    assert_eq!(cases(&found.regions, "eastern"), Some([2, 1, 0]));
    assert_eq!(cases(&found.regions, "southern"), Some([0, 2, 1]));
    assert_eq!(cases(&found.measures, "none"), Some([1, 1, 0]));
    assert_eq!(cases(&found.measures, "elimination"), Some([1, 0, 0]));
    assert_eq!(cases(&found.violations, "late_delivery"), Some([0, 3, 1]));
    assert_eq!(found.violations[0].code, "late_delivery", "most come first");
    assert_eq!(found.name("late_delivery").1, "交付违约");
    let count = |which| found.count(which);
    assert_eq!((count(Which::Overdue), count(Which::Decided)), (1, 4));
    let terms = found.terms().map(|(_, number)| number);
    assert_eq!(terms, [1, 1, 1, 0, 0, 1]);
    let appeals = [Which::Upheld, Which::Varied, Which::Overturned, Which::Waiting].map(count);
    assert_eq!((appeals, found.heard()), ([1, 1, 0, 1], 2));
    // 20, 10, 13 and 5 days.
    let all = found.durations[3];
    assert_eq!((all.decided, all.median, all.longest), (4, Some(115), Some(20)));
    let critical = found.durations[0];
    assert_eq!((critical.decided, critical.median, critical.longest), (1, Some(200), Some(20)));
}

#[test]
fn a_measure_is_in_force_until_its_last_day_and_a_day_is_missed_once_it_is_over() {
    let Sample { app, .. } = sample();
    let set = |number: i64, what: &str| {
        let done =
            app.tamper(&format!("UPDATE punishment_cases SET {what} WHERE number = {number}"));
        done.expect("a state");
    };
    let before = figures(&app).count(Which::InForce);
    set(5, &format!("to_on = '{}'", day(1)));
    assert_eq!(figures(&app).count(Which::InForce), before);
    set(5, &format!("to_on = '{}'", day(0)));
    assert_eq!(figures(&app).count(Which::InForce), before - 1, "whether it has ended or not");
    set(2, &format!("notice_by = '{}'", day(0)));
    assert_eq!(figures(&app).count(Which::Overdue), 0, "today is still in time");
    set(6, &format!("hear_by = '{}'", day(-1)));
    assert_eq!(figures(&app).count(Which::Overdue), 1);
}

#[test]
fn every_number_opens_as_many_cases() {
    let Sample { app, .. } = sample();
    let found = figures(&app);
    for which in Which::ALL {
        let query = CasesQuery { which: Some(which.as_str().into()), ..around() };
        let number = if *which == Which::All { 6 } else { found.count(*which) };
        assert_eq!(behind(&app, query), number, "{which:?}");
    }
    for line in &found.measures {
        let query = CasesQuery { measure: Some(line.code.clone()), ..around() };
        assert_eq!(behind(&app, query), line.all(), "{}", line.code);
    }
    for line in &found.regions {
        let query = CasesQuery { region: Some(line.code.clone()), ..around() };
        assert_eq!(behind(&app, query), line.all(), "{}", line.code);
    }
    for line in &found.violations {
        let query = CasesQuery { violation: Some(line.code.clone()), ..around() };
        assert_eq!(behind(&app, query), line.all(), "{}", line.code);
    }
    let staff = app.staff(Role::Auditor);
    let page = staff.get(&address("/punishment-figures")).expect(200);
    let links = page.links();
    let rows: Vec<&String> =
        links.iter().filter(|link| link.contains("/punishment-figures/cases?")).collect();
    assert!(rows.len() > 20, "{links:?}");
    for link in rows {
        let link = link.replace("&amp;", "&").replace("&#38;", "&");
        assert!(!staff.get(&link).expect(200).has("No case is behind"), "{link}");
    }
    let path = address("/punishment-figures/cases");
    staff.get(&format!("{path}&severity=major")).shows("3 cases").shows("PC-000002");
    for wrong in ["which=nonsense", "measure=nonsense", "severity=nonsense"] {
        staff.get(&format!("{path}&{wrong}")).expect(422);
    }
}

#[test]
fn nobody_counts_what_they_may_not_see() {
    let Sample { app, southern } = sample();
    let scope = Scope::of(Some("cn-six"), Some("southern"));
    assert_eq!(figures_within(&app, &scope).whole.cases, [0, 2, 1]);
    let staff = app.staff_of(Role::LegalOfficer, "cn-six", "southern");
    let rows = staff.get(&address("/punishment-figures/cases")).expect(200);
    let rows = rows.shows("Southern Works").shows("3 cases");
    assert!(!rows.has("Eastern Works"));
    let csv = staff.get(&address("/punishment-figures/export/csv")).expect(200);
    assert!(csv.has("cases,all,,,all,3"), "{}", csv.body());
    // Where a company is today says who sees it; where it was then says where it counts.
    app.tamper(&format!("UPDATE suppliers SET area = '320000' WHERE id = '{}'", southern.id))
        .expect("another place");
    assert_eq!(figures_within(&app, &scope).whole.all(), 0);
    let found = figures(&app);
    let line = found.regions.iter().find(|line| line.code == "southern").expect("a region");
    assert_eq!(line.all(), 3);
    for role in [Role::ProcurementOfficer, Role::Inspector, Role::ReportingStaff] {
        let staff = app.staff(role);
        for path in ["", "/cases", "/export/csv"] {
            staff.get(&format!("/punishment-figures{path}")).expect(403);
        }
        assert!(!staff.get("/account").has("/punishment-figures"), "{role:?}");
    }
}

fn lines(text: &str) -> Vec<Value> {
    let text = text.trim_start_matches('\u{feff}');
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn line<'v>(all: &'v [Value], of: [&str; 4]) -> &'v Value {
    let named = ["figure", "by", "code", "what"];
    let is_it = |one: &&Value| named.iter().zip(of).all(|(name, text)| one[*name] == text);
    &all.iter().find(is_it).unwrap_or_else(|| panic!("{of:?}"))["number"]
}

fn export(staff: &Person, format: &str) -> String {
    staff.get(&address(&format!("/punishment-figures/export/{format}"))).expect(200).body()
}

#[test]
fn page_files_command_line_and_api_say_the_same() {
    let Sample { app, .. } = sample();
    let staff = app.staff(Role::Approver);
    let page = staff.get(&address("/punishment-figures")).expect(200);
    for text in ["Eastern China", "Late or failed delivery", "11.5", "50.0"] {
        assert!(page.has(text), "{text}");
    }
    let all = lines(&export(&staff, "jsonl"));
    assert_eq!(all.len(), files::numbers(&figures(&app)).len());
    assert_eq!(line(&all, ["cases", "measure", "elimination", "critical"]), 1);
    assert_eq!(line(&all, ["cases", "all", "", "all"]), 6);
    assert_eq!(line(&all, ["days_to_decision", "", "all", "median"]), 11.5);
    assert_eq!(line(&all, ["days_to_decision", "", "critical", "longest"]), 20);
    assert_eq!(line(&all, ["appeals", "", "upheld", "percent"]), 50.0);
    let csv = export(&staff, "csv");
    let rows: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!((rows[0], rows.len()), (files::COLUMNS.join(",").as_str(), all.len() + 1));
    let xlsx = staff.get(&address("/punishment-figures/export/xlsx")).expect(200);
    assert!(xlsx.header("content-type").unwrap().contains("spreadsheetml"));
    staff.get("/punishment-figures/export/json").expect(404);
    staff.get("/punishment-figures/export/csv?from=x").expect(422);

    let done = std::process::Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .env("DATABASE_URL", app.database_url())
        .args(["report", "punishments", "--from", &day(-60).to_string()])
        .args(["--to", &day(0).to_string(), "--format", "jsonl"])
        .output()
        .expect("the command");
    assert_eq!(lines(&String::from_utf8_lossy(&done.stdout)), all);

    let program = app.program(Role::Auditor);
    let told = program.get(&address("/api/v1/reports/punishments")).expect(200).value();
    assert_eq!(told["cases"]["all"], 6);
    assert_eq!(told["by_violation"][0]["violation"], "late_delivery");
    assert_eq!(told["days_to_decision"][3]["median_days"], 11.5);
    assert_eq!(told["appeals"]["upheld_percent"], 50.0);
    assert_eq!(told["terms"]["without_end"], 1);
    program.get("/api/v1/reports/punishments?scheme=nothing").expect(422);
    app.program(Role::ReportingStaff).get("/api/v1/reports/punishments").expect(403);
}

#[test]
fn a_period_without_cases_says_so_and_a_wrong_one_is_refused() {
    let app = TestApp::new();
    let staff = app.staff(Role::EthicsOfficer);
    staff.get("/punishment-figures").expect(200).shows("No case was proposed in these days");
    let found = figures(&app);
    assert_eq!((found.whole.all(), found.heard(), found.durations[3].median), (0, 0, None));
    for wrong in ["from=2026-02-30", "from=2026-02-02&to=2026-02-01", "scheme=nothing"] {
        staff.get(&format!("/punishment-figures?{wrong}")).expect(422);
    }
    staff.get("/punishment-figures?from=1990-01-01&to=2026-01-01").expect(422).shows("ten years");
}
