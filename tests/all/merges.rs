//! Two entries of one company become one, and two again.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use touchstone::access::{Role, Scope, command_line};
use touchstone::error::Error;
use touchstone::inspections::Outcome;
use touchstone::regions::find_scheme;
use touchstone::reports::regions::{Count, DayCache, by_region};
use touchstone::sheets::Format;
use touchstone::suppliers::export::{self, ExportOptions, Subject};
use touchstone::suppliers::groups::{self, LinkInput};
use touchstone::suppliers::list::{Counts, Filter, areas};
use touchstone::suppliers::merges::{Merge, MergeInput, merge, undo};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, SupplierInput};
use touchstone::values::now;

use crate::certified::today;
use crate::support::{Person, TestApp};

fn entered(app: &TestApp, name: &str, address: &str, uscc: &str) -> String {
    app.enter(NewSupplier {
        company: SupplierInput { legal_name: name.into(), ..Default::default() },
        place: PlaceInput { country: "CN".into(), address: address.into(), ..Default::default() },
        stage: "active".into(),
        uscc: uscc.into(),
        ..Default::default()
    })
    .id
}

fn try_merge(app: &TestApp, kept: &str, gone: &str) -> Result<Merge, Error> {
    let input = MergeInput { kept: kept.into(), gone: gone.into(), ..Default::default() };
    app.db().write_now(move |c| merge(c, &command_line(), &input))
}

fn merged(app: &TestApp, kept: &str, gone: &str) -> String {
    try_merge(app, kept, gone).expect("a merge").id
}

fn try_undo(app: &TestApp, id: &str) -> Result<Merge, Error> {
    let id = id.to_string();
    app.db().write_now(move |c| undo(c, &command_line(), &id))
}

fn conflict<T: std::fmt::Debug>(result: Result<T, Error>) -> &'static str {
    match result {
        Err(Error::Conflict(key)) => key,
        other => panic!("{other:?}"),
    }
}

/// Everything that people take out of the register: exports, counts, today's report.
fn everything(app: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    app.db()
        .read_now(|c| {
            let scheme = find_scheme(c, "cn-six")?;
            for subject in [Subject::Suppliers, Subject::Sites] {
                for format in [Format::Csv, Format::Jsonl] {
                    let options = ExportOptions {
                        format,
                        bom: false,
                        scheme: scheme.clone(),
                        sources: touchstone::HOLDS,
                    };
                    let filter = Filter::all(&Scope::Everything);
                    let (bytes, _) = export::write(c, subject, &filter, &options, Vec::new())?;
                    all.push(String::from_utf8(bytes).expect("text"));
                }
            }
            all.push(format!("{:?}", areas(c, &Counts::default(), &Scope::Everything)?));
            for count in [Count::Suppliers, Count::Sites] {
                let today = now().date();
                let cache = DayCache::default();
                let report = by_region(c, &cache, &scheme, today, count, &Scope::Everything)?;
                all.push(format!("{report:?}"));
            }
            Ok(())
        })
        .expect("exports");
    all
}

/// Gives a company a second site, a contact, a category.
fn furnish(staff: &Person, id: &str, city: &str, category: &str) {
    let site = [("kind", "plant"), ("name", "Plant"), ("country", "CN"), ("address", city)];
    staff.post(&format!("/suppliers/{id}/sites"), &site).expect(303);
    let contact = [("name", "Li Wei"), ("phone", "+86 138 0000 4417")];
    staff.post(&format!("/suppliers/{id}/contacts"), &contact).expect(303);
    let page = staff.get(&format!("/suppliers/{id}/edit")).expect(200);
    let name = page.hidden("legal_name").expect("a name");
    let revision = page.hidden("revision").expect("a revision");
    let edit = [("legal_name", name.as_str()), ("revision", &revision), ("categories", category)];
    staff.post(&format!("/suppliers/{id}"), &edit).expect(303);
}

fn category(app: &TestApp, staff: &Person, code: &str) -> String {
    let fields = [("code", code), ("name_en", code), ("name_zh", code)];
    staff.post("/categories", &fields).expect(303);
    app.text(&format!("SELECT id FROM categories WHERE code = '{code}'"))
}

const SUZHOU: &str = "江苏省苏州市工业园区1号";
const WUXI: &str = "江苏省无锡市新吴区2号";
const USCC: &str = "91440300100012316L";
const OTHER_USCC: &str = "91350100M000100Y43";

#[test]
fn a_merge_moves_everything_and_undone_it_leaves_no_trace() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let (shoes, bags) = (category(&app, &staff, "shoes"), category(&app, &staff, "bags"));
    let kept = entered(&app, "苏州云贝思纺织有限公司", SUZHOU, "");
    let gone = entered(&app, "Suzhou Yun Bei Si Textile", WUXI, USCC);
    furnish(&staff, &kept, WUXI, &shoes);
    furnish(&staff, &gone, SUZHOU, &bags);
    let owner = app.supplier_person(Role::SupplierOwner, &gone);
    let before = everything(&app);

    let id = merged(&app, &kept, &gone);
    assert_eq!(app.number("SELECT count(*) FROM suppliers WHERE merged_into IS NULL"), 1);
    let of_kept = |table: &str| {
        app.number(&format!("SELECT count(*) FROM {table} WHERE supplier_id = '{kept}'"))
    };
    assert_eq!(of_kept("sites"), 4);
    assert_eq!(of_kept("contacts"), 2);
    assert_eq!(of_kept("identifiers"), 1);
    assert_eq!(of_kept("supplier_categories"), 2);
    assert_eq!(of_kept("accounts"), 1);
    owner.get("/portal").expect(200).shows("苏州云贝思纺织有限公司");
    let list = staff.get("/suppliers").expect(200);
    assert!(list.has("1 company") && list.has(&kept) && !list.has(&gone), "it left the list");
    for text in ["Yun+Bei+Si", "S-000002", USCC] {
        let page = staff.get(&format!("/suppliers?q={text}")).expect(200);
        assert!(page.has(&kept) && !page.has(&gone), "{text} finds the company that was kept");
    }
    let after = everything(&app);
    assert!(!after[0].contains(&gone) && after[0].contains(USCC), "{}", after[0]);
    assert!(after[2].contains(&kept) && !after[2].contains(&gone), "{}", after[2]);

    try_undo(&app, &id).expect("an undone merge");
    assert_eq!(everything(&app), before);
    owner.get("/portal").expect(200).shows("Suzhou Yun Bei Si Textile");
    assert!(staff.get("/suppliers?q=S-000002").has(&gone));
    assert_eq!(conflict(try_undo(&app, &id)), "conflict-done-already");
    let trail = staff.get(&format!("/suppliers/{gone}/history")).expect(200);
    trail.shows("Merged with another entry").shows("Merge undone");
}

#[test]
fn the_old_address_leads_to_the_company_that_was_kept() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let [last, middle, first] =
        ["Kestrel A", "Kestrel B", "Kestrel C"].map(|name| app.company(name, "DE").id);
    merged(&app, &middle, &first);
    merged(&app, &last, &middle);
    for page in ["", "/edit", "/history", "/stage"] {
        let reply = staff.get(&format!("/suppliers/{first}{page}")).expect(303);
        assert_eq!(reply.location, Some(format!("/suppliers/{last}{page}")));
    }
    let site = app.text(&format!("SELECT registered_site_id FROM suppliers WHERE id = '{first}'"));
    staff.get(&format!("/suppliers/{first}/sites/{site}")).follow().expect(200);
    staff.post(&format!("/suppliers/{first}/stage"), &[("stage", "active")]).expect(409);
    // Who may not see the company that was kept does not hear where the old one went.
    let elsewhere = app.staff_of(Role::ProcurementOfficer, "cn-six", "eastern");
    elsewhere.get(&format!("/suppliers/{first}")).expect(404);
}

#[test]
fn figures_of_days_before_a_merge_stay_what_they_were() {
    let app = TestApp::new();
    let kept = entered(&app, "云贝思纺织", SUZHOU, "");
    let gone = entered(&app, "云贝思纺织厂", WUXI, "");
    let then = "2026-01-01 00:00:00";
    app.tamper(&format!(
        "UPDATE supplier_versions SET valid_from = '{then}'; UPDATE site_versions SET valid_from = '{then}'"
    ))
    .expect("an older history");
    let at = |day: &str, count| {
        let day = day.parse().expect("a day");
        app.db()
            .read_now(|c| {
                let scheme = find_scheme(c, "cn-six")?;
                let cache = DayCache::default();
                Ok(by_region(c, &cache, &scheme, day, count, &Scope::Everything)?.total)
            })
            .expect("a report")
    };
    merged(&app, &kept, &gone);
    let today = now().date().to_string();
    assert_eq!((at("2026-02-01", Count::Suppliers), at(&today, Count::Suppliers)), (2, 1));
    assert_eq!((at("2026-02-01", Count::Sites), at(&today, Count::Sites)), (2, 2));
}

#[test]
fn what_cannot_be_one_company_is_not_merged() {
    let app = TestApp::new();
    let one = entered(&app, "云贝思纺织有限公司", SUZHOU, USCC);
    let other = entered(&app, "云贝思织造有限公司", SUZHOU, OTHER_USCC);
    assert_eq!(conflict(try_merge(&app, &one, &other)), "conflict-merge-entities");
    assert!(matches!(try_merge(&app, &one, &one), Err(Error::Invalid(_))));
    assert!(matches!(try_merge(&app, &one, "none"), Err(Error::NotFound)));
    let held = entered(&app, "云贝思", SUZHOU, "");
    let staff = app.staff(Role::ProcurementOfficer);
    let stage = [("stage", "suspended"), ("reason", "late")];
    staff.post(&format!("/suppliers/{held}/stage"), &stage).expect(303);
    assert_eq!(conflict(try_merge(&app, &one, &held)), "conflict-merge-held");
    assert_eq!(conflict(try_merge(&app, &held, &one)), "conflict-merge-held");
    let third = entered(&app, "云贝思三", SUZHOU, "");
    merged(&app, &one, &third);
    assert_eq!(conflict(try_merge(&app, &one, &third)), "conflict-merged-already");
    assert_eq!(conflict(try_merge(&app, &third, &other)), "conflict-merged-already");
}

#[test]
fn a_merge_that_was_built_on_is_not_undone() {
    let app = TestApp::new();
    let staff = app.staff(Role::ProcurementOfficer);
    let [a, b, c, d] = ["甲", "乙", "丙", "丁"].map(|name| entered(&app, name, SUZHOU, ""));
    let first = merged(&app, &a, &b);
    let second = merged(&app, &a, &c);
    assert_eq!(conflict(try_undo(&app, &first)), "conflict-undo-later-merge");
    let third = merged(&app, &d, &a);
    assert_eq!(conflict(try_undo(&app, &second)), "conflict-undo-kept-merged");
    try_undo(&app, &third).expect("the newest merge");
    let site =
        |id: &str| app.text(&format!("SELECT registered_site_id FROM suppliers WHERE id = '{id}'"));
    let register = format!("/suppliers/{a}/sites/{}/registration", site(&c));
    staff.post(&register, &[]).expect(303);
    assert_eq!(conflict(try_undo(&app, &second)), "conflict-undo-registered");
    let own = app.text(&format!("SELECT min(id) FROM sites WHERE supplier_id = '{a}'"));
    staff.post(&format!("/suppliers/{a}/sites/{own}/registration"), &[]).expect(303);
    staff.post(&format!("/suppliers/{a}/sites/{}/closure", site(&c)), &[]).expect(303);
    assert_eq!(conflict(try_undo(&app, &second)), "conflict-undo-site");
}

#[test]
fn merges_and_their_undoing_in_any_order_leave_the_register_as_it_was() {
    let app = TestApp::new();
    let names = ["甲纺织", "乙纺织", "Kestrel Ltd", "Kestrel GmbH", "丙", "丁"];
    let ids: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(at, name)| entered(&app, name, if at % 2 == 0 { SUZHOU } else { WUXI }, ""))
        .collect();
    let before = everything(&app);
    let mut runner = TestRunner::new(Config { cases: 12, ..Config::default() });
    let steps = proptest::collection::vec((0..ids.len(), 0..ids.len(), 0..3u8), 1..12);
    runner
        .run(&steps, |steps| {
            let mut done: Vec<String> = Vec::new();
            for (kept, gone, what) in steps {
                if what == 0 {
                    // In any order: some are refused, and then nothing has changed.
                    let at = kept % done.len().max(1);
                    if done.get(at).is_some_and(|id| try_undo(&app, id).is_ok()) {
                        done.remove(at);
                    }
                } else if let Ok(merge) = try_merge(&app, &ids[kept], &ids[gone]) {
                    done.push(merge.id);
                }
            }
            for id in done.iter().rev() {
                try_undo(&app, id).expect("the newest first");
            }
            prop_assert!(everything(&app) == before, "the register is another");
            Ok(())
        })
        .expect("as it was");
}

#[test]
fn a_merge_that_closes_a_circle_of_control_is_refused_and_moves_nothing() {
    let app = TestApp::new();
    let [kept, between, gone] =
        [("Top Ltd", SUZHOU), ("Between Ltd", WUXI), ("Bottom Ltd", SUZHOU)]
            .map(|(name, address)| entered(&app, name, address, ""));
    for (parent, child) in [(&kept, &between), (&between, &gone)] {
        let (parent, link) = (
            parent.clone(),
            LinkInput {
                company: child.clone(),
                direction: "controls".into(),
                control: "voting".into(),
                valid_from: "2024-01-01".into(),
                evidence: "agreement".into(),
                ..Default::default()
            },
        );
        app.db()
            .write_now(move |c| groups::add(c, &command_line(), &parent, &link))
            .expect("a link");
    }
    let before = everything(&app);
    assert_eq!(conflict(try_merge(&app, &kept, &gone)), "conflict-merge-circle");
    assert_eq!(everything(&app), before);
    merged(&app, &kept, &between);
}

#[test]
fn a_merge_moves_inspections_and_tiers_leaves_what_was_drawn_and_gives_all_back() {
    let app = TestApp::new();
    let kept = app.company("Kestrel Ltd", "GB");
    let gone = app.company("Kestrel Limited", "GB");
    let version = crate::inspected::checklist(&app, "conduct");
    let inspector = app.staff(Role::Inspector);
    let found = [("CH01", Outcome::Critical), ("EN01", Outcome::Minor)];
    let findings = crate::inspected::found(&app, &gone, &version, &inspector, today(), &found);
    crate::inspected::drawn(&app, &version, &[&kept, &gone]);
    crate::inspected::effect(&app, &findings[0]);
    crate::inspected::tier(&app, &kept.id, "low");
    crate::inspected::tier(&app, &gone.id, "high");
    let of = |id: &str| {
        let count = |table: &str| {
            app.number(&format!("SELECT count(*) FROM {table} WHERE supplier_id = '{id}'"))
        };
        ["inspections", "findings", "inspection_effects", "draw_entries", "risk_tiers"].map(count)
    };
    let running = |id: &str| {
        app.text(&format!(
            "SELECT COALESCE(MAX(tier), '') FROM risk_tiers
            WHERE supplier_id = '{id}' AND valid_to > '9999-01-01'"
        ))
    };
    assert_eq!((of(&kept.id), of(&gone.id)), ([0, 0, 0, 1, 1], [1, 2, 1, 1, 1]));

    let merge = merged(&app, &kept.id, &gone.id);
    assert_eq!((of(&kept.id), of(&gone.id)), ([1, 2, 1, 1, 2], [0, 0, 0, 1, 0]));
    assert_eq!(running(&kept.id), "low", "the one that stays keeps its own tier");
    let staff = app.staff(Role::ProcurementOfficer);
    let page = staff.get(&format!("/suppliers/{}/inspections", kept.id)).expect(200);
    page.shows("I-000001").shows("F-000002");

    try_undo(&app, &merge).expect("an undone merge");
    assert_eq!((of(&kept.id), of(&gone.id)), ([0, 0, 0, 1, 1], [1, 2, 1, 1, 1]));
    assert_eq!((running(&kept.id), running(&gone.id)), ("low".into(), "high".into()));
}

#[test]
fn a_merge_does_not_make_a_company_harmless() {
    let app = TestApp::new();
    let (kept, gone) = (app.company("Kestrel Ltd", "GB"), app.company("Kestrel Limited", "GB"));
    crate::inspected::tier(&app, &gone.id, "high");
    let tier = |id: &str| {
        app.number(&format!(
            "SELECT count(*) FROM risk_tiers
            WHERE supplier_id = '{id}' AND tier = 'high' AND valid_to > '9999-01-01'"
        ))
    };
    let merge = merged(&app, &kept.id, &gone.id);
    assert_eq!((tier(&kept.id), tier(&gone.id)), (1, 0));
    try_undo(&app, &merge).expect("an undone merge");
    assert_eq!((tier(&kept.id), tier(&gone.id)), (0, 1));
}
