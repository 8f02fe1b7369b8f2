//! The plans of the invented register, and their draws: two that were made, one that is promised, and a
//! plan that is still a draft.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::lists::Published;
use super::{STATEMENT, Team};
use crate::audit;
use crate::db::AnyConnection;
use crate::demo::certification::{day, morning};
use crate::error::Error;
use crate::inspections::Kind;
use crate::inspections::draws::roster::{self, Listed};
use crate::inspections::draws::sample::{Line, draw as draw_from, hash, sample};
use crate::inspections::draws::{self, Chosen, Draw, Entry};
use crate::inspections::plans::{self, Method, Plan, PlanScope, Sampling, Status};
use crate::on_both;
use crate::schema::{draw_entries, draws as draw_rows, inspection_plans, plan_inspectors};
use crate::suppliers::COUNTED;
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::values::{new_id, now, sha256_hex};
use crate::vault::Vault;

/// Hours that an inspection takes.
const EFFORT: i64 = 8;

/// A plan, and the entries of its draw that are in, in the order of the companies' numbers.
pub(super) struct Drawn {
    pub plan: Plan,
    pub chosen: Vec<Entry>,
}

/// What a plan is about.
struct About<'a> {
    name: &'a str,
    status: Status,
    days: (NaiveDate, NaiveDate),
    sampling: Sampling,
    created: NaiveDate,
    note: &'a str,
}

/// The days of last year's plan: from March to June.
pub(super) fn last_year() -> (NaiveDate, NaiveDate) {
    let year = now().date().year() - 1;
    let of = |month, last| NaiveDate::from_ymd_opt(year, month, last).unwrap_or_default();
    (of(3, 1), of(6, 30))
}

/// The plan of last year, closed with all its inspections done.
pub(super) fn closed(c: &mut AnyConnection, team: &Team, list: &Published) -> Result<Drawn, Error> {
    let (from, to) = last_year();
    let sampling = Sampling {
        method: Method::Number.as_str().into(),
        number: 36,
        minimum: 0,
        ..Sampling::default()
    };
    let about = About {
        name: "上年度行为准则抽查 Code of conduct, last year",
        status: Status::Closed,
        days: (from, to),
        sampling,
        created: from - chrono::Days::new(30),
        note: "",
    };
    let plan = write(c, team, list, about)?;
    draw(c, team, plan, from - chrono::Days::new(20), ("opal gate seven", "北方四月 april"))
}

/// The plan that is under way: 80 of 791 companies, at level II.
pub(super) fn running(
    c: &mut AnyConnection,
    team: &Team,
    list: &Published,
) -> Result<Drawn, Error> {
    let about = About {
        name: "年度行为准则抽查 Code of conduct, yearly sample",
        status: Status::Running,
        days: (day(-150), day(120)),
        // Strata are many and small: a least of each would be more than the sample.
        sampling: Sampling { minimum: 0, ..Sampling::default() },
        created: day(-170),
        note: "按 GB/T 2828.1 一般检验水平 II。 General inspection level II of ISO 2859-1.",
    };
    let plan = write(c, team, list, about)?;
    draw(c, team, plan, day(-160), ("a streak on the stone", "青石有痕 2021"))
}

/// A plan whose seed is promised: its roster is not frozen yet.
pub(super) fn promised(
    c: &mut AnyConnection,
    vault: &Vault,
    team: &Team,
    list: &Published,
) -> Result<(), Error> {
    let about = About {
        name: "信息安全抽查 Information security",
        status: Status::Running,
        days: (day(20), day(110)),
        sampling: Sampling {
            method: Method::Discovery.as_str().into(),
            minimum: 0,
            ..Sampling::default()
        },
        created: day(-12),
        note: "",
    };
    let plan = write(c, team, list, about)?;
    let (id, seed) = (new_id(), "nothing up the sleeve");
    let row = Draw {
        seed_sealed: vault.seal(seed, &id)?,
        ..promise(team, id, &plan, seed, morning(day(-3)))
    };
    diesel::insert_into(draw_rows::table).values(&row).execute(c)?;
    tell_promise(c, team, &plan, &row)
}

/// A plan that may still be changed.
pub(super) fn draft(c: &mut AnyConnection, team: &Team, list: &Published) -> Result<(), Error> {
    let about = About {
        name: "下半年信息安全复查 Information security, second look",
        status: Status::Draft,
        days: (day(130), day(220)),
        sampling: Sampling {
            method: Method::Percentage.as_str().into(),
            percentage: 5.0,
            minimum: 0,
            ..Sampling::default()
        },
        created: day(-2),
        note: "",
    };
    write(c, team, list, about)?;
    Ok(())
}

fn write(
    c: &mut AnyConnection,
    team: &Team,
    list: &Published,
    about: About,
) -> Result<Plan, Error> {
    let last: Option<i64> = inspection_plans::table
        .select(inspection_plans::number)
        .order(inspection_plans::number.desc())
        .first(c)
        .optional()?;
    let stages: BTreeSet<String> = COUNTED.iter().map(|one| one.as_str().to_string()).collect();
    let scope = PlanScope { stages, ..PlanScope::default() };
    let is_over = about.status == Status::Closed;
    let planner = &team.planner;
    let plan = Plan {
        id: new_id(),
        number: last.unwrap_or(0) + 1,
        name: about.name.into(),
        kind: if list.checklist.kind == Kind::CodeOfConduct {
            Kind::Sampling
        } else {
            list.checklist.kind
        },
        status: about.status,
        checklist_version_id: list.version.id.clone(),
        period_from: about.days.0,
        period_to: about.days.1,
        scheme: DEFAULT_SCHEME.into(),
        scope: serde_json::to_string(&scope)?,
        sampling: serde_json::to_string(&about.sampling)?,
        effort_hours: EFFORT,
        note: about.note.into(),
        revision: 1,
        created_by: planner.account_id.clone(),
        created_name: planner.name.clone(),
        created_at: morning(about.created),
        ended_at: is_over.then(|| morning(about.days.1 + chrono::Days::new(75))),
        ended_by: is_over.then(|| planner.account_id.clone()),
        ended_name: if is_over { planner.name.clone() } else { String::new() },
        ended_reason: String::new(),
    };
    diesel::insert_into(inspection_plans::table).values(&plan).execute(c)?;
    for inspector in &team.inspectors {
        diesel::insert_into(plan_inspectors::table)
            .values((
                plan_inspectors::plan_id.eq(&plan.id),
                plan_inspectors::account_id.eq(&inspector.account_id),
            ))
            .execute(c)?;
    }
    let details = json!({ "plan": plan.code(), "name": plan.name });
    let subject = ("inspection_plan", plan.id.as_str());
    audit::append(c, planner, "inspection_plan.recorded", subject, details)?;
    if is_over {
        audit::append(c, planner, "inspection_plan.closed", subject, json!({}))?;
    }
    Ok(plan)
}

/// A draw whose seed is promised.
fn promise(team: &Team, id: String, plan: &Plan, seed: &str, at: NaiveDateTime) -> Draw {
    Draw::promised(id, &plan.id, sha256_hex(seed), &team.planner, at)
}

fn tell_promise(c: &mut AnyConnection, team: &Team, plan: &Plan, row: &Draw) -> Result<(), Error> {
    let details = json!({ "plan": plan.code(), "commitment": row.commitment });
    audit::append(c, &team.planner, "draw.committed", ("draw", &row.id), details)
}

/// A draw that was made: promised on a day, frozen on the next, drawn on the one after.
fn draw(
    c: &mut AnyConnection,
    team: &Team,
    plan: Plan,
    on: NaiveDate,
    (seed, salt): (&str, &str),
) -> Result<Drawn, Error> {
    let after = |days: u64| morning(on + chrono::Days::new(days));
    let listed = roster::load(c, &plan)?;
    let lines: Vec<Line> = listed.iter().map(Listed::line).collect();
    let of_it = sample(&lines, &plan.sampling())
        .map_err(|refused| Error::Internal(format!("the invented draw: {refused:?}")))?;
    let (planner, approver) = (&team.planner, &team.approver);
    let row = Draw {
        status: draws::Status::Drawn,
        roster_hash: hash(&lines),
        roster_size: lines.len() as i64,
        sample_size: of_it.size,
        strata: serde_json::to_string(&of_it.strata)?,
        frozen_at: Some(after(1)),
        frozen_by: Some(planner.account_id.clone()),
        frozen_name: planner.name.clone(),
        seed: seed.into(),
        salt: salt.into(),
        revealed_at: Some(after(2)),
        revealed_by: Some(approver.account_id.clone()),
        revealed_name: approver.name.clone(),
        ..promise(team, new_id(), &plan, seed, after(0))
    };
    diesel::insert_into(draw_rows::table).values(&row).execute(c)?;
    let drawn = draw_from(&lines, &of_it, seed, salt);
    let entry = |(one, drawn): (Listed, draws::sample::Drawn)| Entry {
        id: new_id(),
        draw_id: row.id.clone(),
        stratum: one.stratum(),
        weight: one.tier.weight(),
        supplier_id: one.supplier_id,
        number: one.number,
        area: one.area,
        region: one.region,
        category_id: one.category_id,
        category_code: one.category_code,
        tier: one.tier,
        certain: one.certain,
        draw_key: drawn.key,
        rank: drawn.rank,
        chosen: drawn.chosen,
        replaces_id: None,
        changed_at: None,
        changed_by: None,
        changed_name: String::new(),
        reason: String::new(),
    };
    let entries: Vec<Entry> = listed.into_iter().zip(drawn).map(entry).collect();
    for part in entries.chunks(STATEMENT) {
        on_both!(&mut *c, c => diesel::insert_into(draw_entries::table).values(part).execute(c))?;
    }
    tell_promise(c, team, &plan, &row)?;
    let details = json!({
        "plan": plan.code(),
        "roster_hash": row.roster_hash,
        "roster_size": row.roster_size,
        "sample_size": row.sample_size,
    });
    audit::append(c, planner, "draw.frozen", ("draw", &row.id), details)?;
    let details = json!({
        "plan": plan.code(),
        "seed": seed,
        "salt": salt,
        "roster_size": row.roster_size,
        "sample_size": row.sample_size,
    });
    audit::append(c, approver, "draw.drawn", ("draw", &row.id), details)?;
    let chosen = entries.into_iter().filter(|one| Chosen::is_in(one.chosen)).collect();
    let plan = plans::find(c, &plan.id)?;
    Ok(Drawn { plan, chosen })
}
