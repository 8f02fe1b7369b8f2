//! Checklists, inspections and findings that tests of inspections begin with.

use chrono::NaiveDate;
use diesel::prelude::*;
use touchstone::access::{Actor, Role};
use touchstone::inspections::checklists::{self, Checklist, Item, SubjectKind, Version};
use touchstone::inspections::findings::{self, Finding};
use touchstone::inspections::visits::{ItemResult, New};
use touchstone::inspections::{Inspection, Kind, Outcome, Severity, Status};
use touchstone::schema::{
    checklist_items, checklist_versions, checklists as table, inspection_results, inspections,
};
use touchstone::suppliers::Supplier;
use touchstone::values::{new_id, now};

use crate::certified::today;
use crate::support::{Person, TestApp};

/// The codes of the items of [`checklist`], and how bad breaking each is held to be.
pub const ITEMS: [(&str, Severity); 4] = [
    ("CH01", Severity::Critical),
    ("FL01", Severity::Critical),
    ("HP01", Severity::Major),
    ("EN01", Severity::Minor),
];

/// A published checklist, in force since yesterday, with the items of [`ITEMS`]. Its version's id.
pub fn checklist(app: &TestApp, code: &str) -> String {
    let (code, id) = (code.to_string(), new_id());
    let version_id = id.clone();
    let written = app.db().write_now(move |c| {
        let checklist = Checklist {
            id: new_id(),
            code: code.clone(),
            position: 1,
            kind: Kind::CodeOfConduct,
            name_en: format!("Checklist {code}"),
            name_zh: format!("检查表 {code}"),
            created_by: "test".into(),
            created_name: "Test".into(),
            created_at: now(),
        };
        diesel::insert_into(table::table).values(&checklist).execute(c)?;
        let draft = Version {
            id: version_id.clone(),
            checklist_id: checklist.id,
            version: 1,
            status: checklists::Status::Draft,
            note: String::new(),
            effective_from: today().pred_opt(),
            revision: 1,
            drafted_by: "test".into(),
            drafted_name: "Test".into(),
            created_at: now(),
            published_at: None,
            published_by: None,
            published_name: String::new(),
            ended_at: None,
            ended_by: None,
            ended_name: String::new(),
            ended_reason: String::new(),
        };
        diesel::insert_into(checklist_versions::table).values(&draft).execute(c)?;
        for (position, (item, severity)) in (1..).zip(ITEMS) {
            let item = Item {
                id: new_id(),
                version_id: version_id.clone(),
                position,
                code: item.into(),
                section_en: format!("Section {item}"),
                section_zh: format!("章节 {item}"),
                question_en: format!("Is {item} right?"),
                question_zh: format!("{item} 是否符合要求？"),
                guidance_en: format!("Look at {item}."),
                guidance_zh: format!("查看 {item}。"),
                severity,
                subject_kind: SubjectKind::Nothing,
                subject: String::new(),
            };
            diesel::insert_into(checklist_items::table).values(&item).execute(c)?;
        }
        diesel::update(checklist_versions::table.find(&version_id))
            .set((
                checklist_versions::status.eq(checklists::Status::Published),
                checklist_versions::published_at.eq(now()),
                checklist_versions::published_by.eq("test"),
                checklist_versions::published_name.eq("Test"),
            ))
            .execute(c)?;
        Ok(())
    });
    written.expect("a checklist");
    id
}

/// An inspection of a company in a state, with an inspector where the state has one. Its id.
pub fn inspection(
    app: &TestApp,
    supplier: &Supplier,
    version: &str,
    inspector: Option<&Person>,
    status: Status,
) -> String {
    inspection_on(app, supplier, version, inspector, (status, today()))
}

/// [`inspection`], planned for or made on a day.
fn inspection_on(
    app: &TestApp,
    supplier: &Supplier,
    version: &str,
    inspector: Option<&Person>,
    (status, day): (Status, NaiveDate),
) -> String {
    let id = new_id();
    let new = New {
        kind: Kind::CodeOfConduct,
        reason: "A complaint".into(),
        checklist_version_id: version.into(),
        plan_id: None,
        entry_id: None,
        category_id: None,
        site_id: None,
    };
    let number = app.number("SELECT count(*) FROM inspections") + 1;
    let row = Inspection {
        id: id.clone(),
        status,
        inspector_id: inspector.map(|person| person.account_id.clone()),
        inspector_name: inspector.map(|_| "Test inspector".to_string()).unwrap_or_default(),
        planned_on: (!matches!(status, Status::Planned | Status::Assigned)).then_some(day),
        visited_on: (status == Status::UnderWay || status.is_done()).then_some(day),
        signed_off_at: status.is_done().then(now),
        ..new.planned(number, supplier, &Actor::command_line(), now())
    };
    let written = app.db().write_now(move |c| {
        diesel::insert_into(inspections::table).values(&row).execute(c)?;
        Ok(())
    });
    written.expect("an inspection");
    id
}

/// A signed-off inspection by an inspector on a day, with a finding for each (item's code, outcome) that
/// makes one.
pub fn found(
    app: &TestApp,
    supplier: &Supplier,
    version: &str,
    inspector: &Person,
    day: NaiveDate,
    outcomes: &[(&str, Outcome)],
) -> Vec<Finding> {
    let signed_off = (Status::SignedOff, day);
    let id = inspection_on(app, supplier, version, Some(inspector), signed_off);
    let actor = Actor {
        account_id: inspector.account_id.clone(),
        name: "Test inspector".into(),
        role: Role::Inspector,
        ..Actor::command_line()
    };
    let outcomes: Vec<(String, Outcome)> =
        outcomes.iter().map(|(code, outcome)| (code.to_string(), *outcome)).collect();
    let version = version.to_string();
    let written = app.db().write_now(move |c| {
        let inspection: Inspection =
            inspections::table.find(&id).select(Inspection::as_select()).first(c)?;
        let mut results = Vec::new();
        for item in checklists::items_of(c, &version)? {
            let Some((_, outcome)) = outcomes.iter().find(|(code, _)| *code == item.code) else {
                continue;
            };
            let result = ItemResult {
                id: new_id(),
                inspection_id: id.clone(),
                item_id: item.id.clone(),
                outcome: *outcome,
                remark: format!("Seen at {}", item.code),
                revision: 1,
                recorded_by: actor.account_id.clone(),
                recorded_name: actor.name.clone(),
                recorded_at: now(),
            };
            diesel::insert_into(inspection_results::table).values(&result).execute(c)?;
            results.push((item, result));
        }
        findings::raise(c, &actor, &inspection, &results)
    });
    written.expect("findings")
}

/// A draw that was made, of a running plan, with companies on its roster, all of whom are in. Its id.
pub fn drawn(app: &TestApp, version: &str, companies: &[&Supplier]) -> String {
    let (plan, draw) = (new_id(), new_id());
    let number = app.number("SELECT count(*) FROM inspection_plans") + 1;
    let (today, time) = (today(), format!("{} 09:00:00", today()));
    let mut statements = format!(
        "INSERT INTO inspection_plans (id, number, name, kind, status, checklist_version_id,
            period_from, period_to, scheme, scope, sampling, effort_hours, note, revision, created_by,
            created_name, created_at, ended_name, ended_reason)
        VALUES ('{plan}', {number}, 'Plan {number}', 'sampling', 'running', '{version}', '{today}',
            '{today}', 'cn-six', '{{}}', '{{}}', 8, '', 1, 'test', 'Test', '{time}', '', '');
        INSERT INTO draws (id, plan_id, status, seed_sealed, commitment, committed_at, committed_by,
            committed_name, roster_hash, roster_size, sample_size, strata, frozen_name, seed, salt,
            revealed_at, revealed_by, revealed_name, ended_name, ended_reason)
        VALUES ('{draw}', '{plan}', 'drawn', '', '', '{time}', 'test', 'Test', '', 0, 0, '[]', 'Test',
            'seed', 'salt', '{time}', 'test', 'Test', '', '');"
    );
    for company in companies {
        statements += &format!(
            "INSERT INTO draw_entries (id, draw_id, supplier_id, number, area, region, category_code,
                tier, stratum, weight, certain, chosen, changed_name, reason)
            VALUES ('{}', '{draw}', '{}', {}, '{}', '', '', 'medium', 'medium||', 2, '', 'drawn', '',
                '');",
            new_id(),
            company.id,
            company.number,
            company.area
        );
    }
    app.tamper(&statements).expect("a draw");
    draw
}

/// An effect that a rule has led to and that nobody has decided on. Its id.
pub fn effect(app: &TestApp, finding: &findings::Finding) -> String {
    let (id, rules, rule) = (new_id(), new_id(), new_id());
    let number = app.number("SELECT count(*) FROM result_rule_versions") + 1;
    let time = format!("{} 09:00:00", today());
    app.tamper(&format!(
        "INSERT INTO result_rule_versions (id, version, status, note, effective_from, revision,
            drafted_by, drafted_name, created_at, published_name, ended_name, ended_reason)
        VALUES ('{rules}', {number}, 'draft', '', '{}', 1, 'test', 'Test', '{time}', '', '', '');
        INSERT INTO result_rules (id, version_id, position, severity, occasion, threshold, effect,
            points, months)
        VALUES ('{rule}', '{rules}', 1, '{}', 'found', 1, 'punishment', 0, 0);
        INSERT INTO inspection_effects (id, rule_id, inspection_id, finding_id, supplier_id, effect,
            points, months, status, created_at, decided_name, decision_note, subject_key)
        VALUES ('{id}', '{rule}', '{}', '{}', '{}', 'punishment', 0, 0, 'proposed', '{time}', '', '',
            '{id}');",
        today(),
        finding.severity.as_str(),
        finding.inspection_id,
        finding.id,
        finding.supplier_id
    ))
    .expect("an effect");
    id
}

/// A risk tier of a company that runs since today.
pub fn tier(app: &TestApp, supplier: &str, tier: &str) {
    app.tamper(&format!(
        "INSERT INTO risk_tiers (id, supplier_id, tier, reason, valid_from, valid_to, recorded_by,
            recorded_name)
        VALUES ('{}', '{supplier}', '{tier}', 'x', '{} 00:00:00', '9999-12-31 00:00:00', 'test', 'Test')",
        new_id(),
        today()
    ))
    .expect("a tier");
}
