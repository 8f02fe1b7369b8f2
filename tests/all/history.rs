//! What a company was on a past day, and who changed what and why.

use chrono::{Days, NaiveDate, NaiveTime};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use touchstone::access::{Role, Scope, command_line};
use touchstone::categories::{self, CategoryInput};
use touchstone::db::AnyConnection;
use touchstone::error::Error;
use touchstone::suppliers::as_at::{AsAt, HeldAsAt, PersonAsAt, SiteAsAt, as_at};
use touchstone::suppliers::contacts::{self, ContactInput};
use touchstone::suppliers::held::{self, IdentifierInput};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::sites::{self, SiteInput};
use touchstone::suppliers::{
    NewSupplier, StageInput, Supplier, SupplierInput, change_stage, create_since, find, update,
};
use touchstone::values::now;

use crate::support::{TestApp, vault};

const DAY: i64 = 24 * 60 * 60;

/// Moves the clock to the next noon, so that no day ends in the middle of a test.
fn to_noon(app: &TestApp) {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).expect("noon");
    let next = (now().date() + Days::new(1)).and_time(noon);
    app.advance_clock((next - now()).num_seconds());
}

fn edit(app: &TestApp, id: &str, change: impl FnOnce(&mut SupplierInput)) {
    let id = id.to_string();
    let mut input = input_of(app, &id);
    change(&mut input);
    app.db().write_now(move |c| update(c, &command_line(), &id, &input)).expect("an edit");
}

/// The form of a company as it stands.
fn input_of(app: &TestApp, id: &str) -> SupplierInput {
    app.db()
        .read_now(|c| {
            let now = find(c, &Scope::Everything, id)?;
            Ok(SupplierInput {
                legal_name: now.legal_name,
                english_name: now.english_name,
                industry: now.industry,
                website: now.website,
                note: now.note,
                categories: categories::of_supplier(c, id)?.into_iter().map(|k| k.id).collect(),
                revision: now.revision.to_string(),
            })
        })
        .expect("a company")
}

#[test]
fn the_history_says_who_did_what_and_why_in_both_languages() {
    let app = TestApp::new();
    let officer = app.staff(Role::ProcurementOfficer);
    let company = app.company("Alt AG", "CH");
    edit(&app, &company.id, |input| input.legal_name = "Neu AG".into());
    let stage = format!("/suppliers/{}/stage", company.id);
    app.introduce(&company.id, "known for years");
    officer.post(&stage, &[("stage", "suspended"), ("reason", "Audit <failed>")]).expect(303);
    let path = format!("/suppliers/{}/history", company.id);
    let page = officer.get(&path).expect(200);
    for text in [
        "<dl class=\"diff",
        "Alt AG</del>",
        "Neu AG</ins>",
        "Candidate</del>",
        "Introduced</ins>",
        "Audit &#60;failed&#62;",
        "Test procurement_officer",
        "Command line",
        "aria-current=\"page\">History",
    ] {
        assert!(page.has(text), "{text}");
    }
    let body = page.body();
    let at = |text: &str| body.find(text).expect(text);
    assert!(at("Stage changed") < at("Supplier changed"), "the newest first");
    assert!(at("Supplier changed") < at("Supplier entered"), "the newest first");
    officer.set_cookie("__Host-language", "zh-CN");
    officer.get(&path).expect(200).shows("变更阶段").shows("已引入</ins>").shows("原因");
    let moved = officer.get(&format!("/suppliers/{}/trail", company.id)).expect(303);
    assert_eq!(moved.location.as_deref(), Some(path.as_str()));
}

#[test]
fn a_long_history_is_read_page_by_page_without_a_gap() {
    let app = TestApp::new();
    let reader = app.staff(Role::Auditor);
    let company = app.company("Oft AG", "CH");
    for n in 0..59 {
        edit(&app, &company.id, |input| input.note = format!("note {n};"));
    }
    let first = reader.get(&format!("/suppliers/{}/history", company.id)).expect(200);
    assert!(first.has("note 58;") && !first.has("Supplier entered"));
    let older = first.links().into_iter().find(|l| l.contains("history?before=")).expect("older");
    let second = reader.get(&older).expect(200).shows("Supplier entered");
    assert!(!second.has("history?before="), "the last page leads no further");
    let rows = |body: String| body.matches("<time datetime").count();
    assert_eq!(rows(first.body()) + rows(second.body()), 60);
}

#[test]
fn a_past_day_shows_what_was_and_no_way_to_reach_anybody() {
    let app = TestApp::alone();
    to_noon(&app);
    let company = app.company("Alt AG", "CH");
    let id = company.id.clone();
    let entered = now().date();
    let person = ContactInput {
        name: "Heidi Muster".into(),
        title: "Sales".into(),
        email: "heidi@example.com".into(),
        phone: "+41 44 000 00 00".into(),
    };
    app.db()
        .write_now({
            let id = id.clone();
            move |c| contacts::add(c, &command_line(), &vault(), &id, &person).map(|_| ())
        })
        .unwrap();
    edit(&app, &id, |input| input.english_name = "Old Ltd".into());
    app.advance_clock(DAY);
    edit(&app, &id, |input| {
        input.legal_name = "Neu AG".into();
        input.english_name = "New Ltd".into();
    });
    // Sessions end with the days that pass.
    let reader = app.staff(Role::Inspector);
    let page = |rest: &str| reader.get(&format!("/suppliers/{id}{rest}"));
    let past = page(&format!("/as-at?on={entered}")).expect(200);
    let banner = format!("at the end of {}", entered.format("%-d %B %Y"));
    for text in ["Alt AG", "Old Ltd", "Heidi Muster", "Sales", &banner, "Back to today"] {
        assert!(past.has(text), "{text}");
    }
    for text in ["heidi@example.com", "mailto:", "••••", "44 000", "New Ltd</h1>", "<dd>Neu AG"]
    {
        assert!(!past.has(text), "{text}");
    }
    let today = now().date();
    page(&format!("/as-at?on={today}")).expect(200).shows("New Ltd");
    let early = entered - Days::new(1);
    let before = page(&format!("/as-at?on={early}")).expect(200);
    assert!(before.has("Not in the register yet") && before.has("Back to today"));
    assert!(!before.has("Old Ltd"));
    for (typed, shown) in [("2999-01-01", "2999-01-01"), ("31.12.2021", "31.12.2021"), ("", "")] {
        let refused = page(&format!("/as-at?on={typed}")).expect(422);
        assert!(refused.blames("on") && refused.has(&format!("value=\"{shown}\"")), "{typed}");
    }
    page("/as-at").expect(200);
    let nobody = "01890000-0000-7000-8000-00000000beef";
    reader.get(&format!("/suppliers/{nobody}/as-at?on={today}")).expect(404);
    reader.get(&format!("/suppliers/{nobody}/as-at?on=x")).expect(404);
}

#[test]
fn a_company_older_than_the_register_is_shown_as_it_came_in() {
    let app = TestApp::new();
    let since = NaiveDate::from_ymd_opt(2015, 3, 1).expect("a day");
    let input = NewSupplier {
        company: SupplierInput {
            legal_name: "Lange AG".into(),
            english_name: "Long Ltd".into(),
            ..Default::default()
        },
        place: PlaceInput { country: "CH".into(), ..Default::default() },
        duns: "123456789".into(),
        ..Default::default()
    };
    let company = app
        .db()
        .write_now(move |c| {
            create_since(c, &command_line(), &input, since.and_time(NaiveTime::MIN))
        })
        .unwrap();
    let reader = app.staff(Role::Auditor);
    let page =
        |on: &str| reader.get(&format!("/suppliers/{}/as-at?on={on}", company.id)).expect(200);
    page("2015-02-28").shows("Not in the register yet");
    page("2015-03-01").shows("Lange AG").shows("Long Ltd").shows("123456789").shows("1 site");
}

#[derive(Clone, Debug)]
enum Step {
    Rename(u8),
    English(u8),
    Facts(u8),
    Categories(u8),
    Stage(u8),
    AddSite(u8),
    EditSite(u8, u8),
    CloseSite(u8),
    Register(u8),
    AddIdentifier(u8),
    RemoveIdentifier,
    AddContact(u8),
    RemoveContact,
    Tomorrow,
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any::<u8>().prop_map(|n| Step::Rename(n % 3)),
        any::<u8>().prop_map(|n| Step::English(n % 3)),
        any::<u8>().prop_map(|n| Step::Facts(n % 3)),
        any::<u8>().prop_map(|n| Step::Categories(n % 8)),
        any::<u8>().prop_map(Step::Stage),
        any::<u8>().prop_map(|n| Step::AddSite(n % 4)),
        (any::<u8>(), any::<u8>()).prop_map(|(site, n)| Step::EditSite(site, n % 4)),
        any::<u8>().prop_map(Step::CloseSite),
        any::<u8>().prop_map(Step::Register),
        any::<u8>().prop_map(Step::AddIdentifier),
        Just(Step::RemoveIdentifier),
        any::<u8>().prop_map(Step::AddContact),
        Just(Step::RemoveContact),
        Just(Step::Tomorrow),
        Just(Step::Tomorrow),
    ]
}

fn site_input(n: u8) -> SiteInput {
    let provinces = ["310000", "320000", "510000", ""];
    SiteInput {
        kind: ["plant", "office", "warehouse", "other"][n as usize].into(),
        name: ["", "一厂", "二厂", "三厂"][n as usize].into(),
        place: PlaceInput {
            country: if n == 3 { "DE" } else { "CN" }.into(),
            province: provinces[n as usize].into(),
            address: format!("Street {n}"),
            ..Default::default()
        },
    }
}

/// Does a step as staff would. One that the rules refuse changes nothing.
fn take(app: &TestApp, id: &str, step: &Step, kinds: &[String]) {
    let open = app.db().read_now(|c| sites::of(c, id)).expect("sites");
    let site = |n: u8| open[n as usize % open.len()].id.clone();
    let owner = id.to_string();
    let done: Result<(), Error> = match step.clone() {
        Step::Tomorrow => {
            app.advance_clock(DAY);
            Ok(())
        }
        Step::Rename(n) => return edit(app, id, |i| i.legal_name = format!("Name {n} AG")),
        Step::English(n) => {
            return edit(app, id, |i| {
                i.english_name = ["", "One Ltd", "Two Ltd"][n as usize].into();
            });
        }
        Step::Facts(n) => {
            return edit(app, id, |i| {
                i.industry = format!("Industry {n}");
                i.website =
                    ["", "https://a.example.com", "https://b.example.com"][n as usize].into();
                i.note = ["", "first\nsecond", "x"][n as usize].into();
            });
        }
        Step::Categories(mask) => {
            return edit(app, id, |i| {
                let chosen = kinds.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
                i.categories = chosen.map(|(_, id)| id.clone()).collect();
            });
        }
        Step::Stage(n) => app.db().write_now(move |c| {
            let next = find(c, &Scope::Everything, &owner)?.stage.next();
            let Some(stage) = next.get(n as usize % next.len().max(1)) else { return Ok(()) };
            let input = StageInput { stage: stage.as_str().into(), reason: "x".into() };
            change_stage(c, &command_line(), &owner, &input).map(|_| ())
        }),
        Step::AddSite(n) => app
            .db()
            .write_now(move |c| sites::add(c, &command_line(), &owner, &site_input(n)).map(|_| ())),
        Step::EditSite(which, n) => {
            let site = site(which);
            app.db().write_now(move |c| {
                sites::edit(c, &command_line(), &owner, &site, &site_input(n)).map(|_| ())
            })
        }
        Step::CloseSite(which) => {
            let site = site(which);
            app.db().write_now(move |c| sites::close(c, &command_line(), &owner, &site))
        }
        Step::Register(which) => {
            let site = site(which);
            app.db().write_now(move |c| sites::register(c, &command_line(), &owner, &site))
        }
        Step::AddIdentifier(n) => {
            let value = format!("{n:03}-{}", &owner[owner.len() - 12..]);
            let input = IdentifierInput { kind: "other".into(), value, ..Default::default() };
            app.db().write_now(move |c| held::add(c, &command_line(), &owner, &input).map(|_| ()))
        }
        Step::RemoveIdentifier => app.db().write_now(move |c| match held::of(c, &owner)?.first() {
            Some(one) => held::remove(c, &command_line(), &owner, &one.id),
            None => Ok(()),
        }),
        Step::AddContact(n) => {
            let input = ContactInput {
                name: format!("Person {n}"),
                email: "x@example.com".into(),
                ..Default::default()
            };
            app.db().write_now(move |c| {
                contacts::add(c, &command_line(), &vault(), &owner, &input).map(|_| ())
            })
        }
        Step::RemoveContact => {
            app.db().write_now(move |c| match contacts::of(c, &owner)?.first() {
                Some(one) => contacts::remove(c, &command_line(), &owner, &one.id),
                None => Ok(()),
            })
        }
    };
    match done {
        Ok(()) | Err(Error::Invalid(_) | Error::Conflict(_)) => {}
        Err(error) => panic!("{step:?}: {error}"),
    }
}

/// What the register holds of a company now, read from its own tables.
fn as_it_stands(c: &mut AnyConnection, id: &str) -> Result<AsAt, Error> {
    let now: Supplier = find(c, &Scope::Everything, id)?;
    let registered = now.registered_site_id.clone();
    let sites = sites::of(c, id)?.into_iter().map(|site| SiteAsAt {
        is_registered: site.id == registered,
        id: site.id,
        kind: site.kind,
        name: site.name,
        address: site.address,
        area: site.area,
        city: site.city,
    });
    let identifiers = held::of(c, id)?.into_iter();
    let people = contacts::of(c, id)?.into_iter();
    Ok(AsAt {
        legal_name: now.legal_name,
        english_name: now.english_name,
        stage: now.stage,
        area: now.area,
        industry: now.industry,
        website: now.website,
        note: now.note,
        categories: categories::of_supplier(c, id)?,
        sites: sites.collect(),
        identifiers: identifiers.map(|i| HeldAsAt { kind: i.kind, value: i.value }).collect(),
        contacts: people.map(|p| PersonAsAt { name: p.name, title: p.title }).collect(),
    })
}

#[test]
fn every_past_day_shows_what_the_register_held_at_its_end() {
    let app = TestApp::alone();
    let kinds: Vec<String> = ["boxes", "tape", "foil"]
        .map(|code| {
            let input =
                CategoryInput { code: code.into(), name_en: code.into(), ..Default::default() };
            app.db().write_now(move |c| categories::create(c, &command_line(), &input)).unwrap().id
        })
        .to_vec();
    let mut runner =
        TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let steps = prop::collection::vec(any_step(), 1..40);
    let checked = runner.run(&steps, |steps| {
        to_noon(&app);
        let company = app.company("Name 0 AG", "310000");
        let mut days: Vec<(NaiveDate, AsAt)> = Vec::new();
        for step in steps.iter().chain([&Step::Tomorrow]) {
            if matches!(step, Step::Tomorrow) {
                let stands =
                    app.db().read_now(|c| as_it_stands(c, &company.id)).expect("it stands");
                days.push((now().date(), stands));
            }
            take(&app, &company.id, step, &kinds);
        }
        let today = app.db().read_now(|c| find(c, &Scope::Everything, &company.id)).expect("found");
        for (day, stood) in &days {
            let then = app.db().read_now(|c| as_at(c, &today, *day)).expect("a past");
            prop_assert_eq!(then.as_ref(), Some(stood), "{}", day);
        }
        let before = days[0].0 - Days::new(1);
        prop_assert_eq!(app.db().read_now(|c| as_at(c, &today, before)).expect("a past"), None);
        Ok(())
    });
    checked.unwrap();
}
