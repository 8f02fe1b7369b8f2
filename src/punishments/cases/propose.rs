//! Somebody brings a case: what happened, what proves it, and which standard was in force on that day.

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde_json::json;
use validator::Validate;

use super::input::{day_of, needed};
use super::steps::{add, log};
use super::{ProposalInput, after};
use crate::access::{Actor, May, Scope, right};
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::{Error, Problem, Problems};
use crate::inspections::Severity;
use crate::inspections::results::{self, Effect, EffectStatus, Led};
use crate::punishments::standards::{self, Standard};
use crate::punishments::{Case, Origin, Status, StepKind, code_of};
use crate::schema::{inspection_effects, punishment_cases, suppliers};
use crate::suppliers::{self as companies, Supplier};
use crate::values::{new_id, now};

/// A case, understood.
pub struct Proposal {
    supplier: Supplier,
    standard: Standard,
    origin: Origin,
    effect_id: Option<String>,
    deed_on: NaiveDate,
    facts: String,
}

/// What a proposal comes to, where it can be taken.
pub fn may_propose(
    c: &mut AnyConnection,
    by: &May<right::ProposePunishments>,
    supplier_id: &str,
    input: &ProposalInput,
) -> Result<Proposal, Error> {
    let supplier = companies::find(c, by.scope(), supplier_id)?;
    let effect_id = match input.effect.trim() {
        "" => None,
        id => Some(effect_of(c, by.scope(), &supplier.id, id)?.id),
    };
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let facts = needed("facts", &input.facts, &mut problems);
    let origin = match (&effect_id, Origin::parse(&input.origin)) {
        (Some(_), _) => Some(Origin::Inspection),
        // What comes from an inspection is what one led to.
        (None, found) => found.filter(|one| *one != Origin::Inspection),
    };
    if origin.is_none() {
        problems.add(Problem::new("origin", "unknown_choice"));
    }
    let deed_on = day_of("deed_on", &input.deed_on, &mut problems);
    let is_future = deed_on.is_some_and(|day| day > now().date());
    if is_future {
        problems.add(Problem::new("deed_on", "punishment_deed_future"));
    }
    let standard = match deed_on.filter(|_| !is_future) {
        Some(day) => standard_on(c, day, input, &mut problems)?,
        None => None,
    };
    if let (Some(day), Some(standard)) = (deed_on, &standard)
        && input.confirm_duplicate != "on"
        && let Some(number) = same_deed(c, &supplier.id, &standard.violation, day)?
    {
        let problem = Problem::new("confirm_duplicate", "punishment_duplicate");
        problems.add(problem.with("number", code_of(number)));
    }
    problems.clone().into_result()?;
    match (standard, origin, deed_on) {
        (Some(standard), Some(origin), Some(deed_on)) => {
            Ok(Proposal { supplier, standard, origin, effect_id, deed_on, facts })
        }
        _ => Err(problems.into()),
    }
}

/// The standard of a violation and severity in the version in force on a day; else what is wrong is added.
fn standard_on(
    c: &mut AnyConnection,
    day: NaiveDate,
    input: &ProposalInput,
    problems: &mut Problems,
) -> Result<Option<Standard>, Error> {
    let Some(version) = standards::in_force(c, day)? else {
        problems.add(Problem::new("deed_on", "punishment_no_version"));
        return Ok(None);
    };
    let mut of_violation = standards::standards_of(c, &version.id)?;
    of_violation.retain(|one| one.violation == input.violation);
    if of_violation.is_empty() {
        problems.add(Problem::new("violation", "unknown_choice"));
        return Ok(None);
    }
    let severity = Severity::parse(&input.severity);
    let found = of_violation.into_iter().find(|one| Some(one.severity) == severity);
    match (&found, severity) {
        (None, None) => problems.add(Problem::new("severity", "unknown_choice")),
        (None, Some(_)) => problems.add(Problem::new("severity", "punishment_no_standard")),
        _ => {}
    }
    Ok(found)
}

/// The number of a case of the same company, violation and day that is not over.
fn same_deed(
    c: &mut AnyConnection,
    supplier_id: &str,
    violation: &str,
    day: NaiveDate,
) -> Result<Option<i64>, Error> {
    let open = Status::OPEN.map(|status| status.as_str());
    Ok(punishment_cases::table
        .filter(punishment_cases::supplier_id.eq(supplier_id))
        .filter(among(punishment_cases::status, open))
        .filter(punishment_cases::violation.eq(violation))
        .filter(punishment_cases::deed_on.eq(day))
        .order(punishment_cases::number.desc())
        .select(punishment_cases::number)
        .first(c)
        .optional()?)
}

/// What an inspection led to at a company, where a case may be opened of it: once, and when somebody has
/// accepted it.
pub(super) fn effect_of(
    c: &mut AnyConnection,
    scope: &Scope,
    supplier_id: &str,
    id: &str,
) -> Result<Led, Error> {
    let (effect, supplier) = results::find_effect(c, scope, id)?;
    if supplier.id != supplier_id || effect.effect != Effect::Punishment {
        return Err(Error::NotFound);
    }
    let taken = punishment_cases::table.filter(punishment_cases::effect_id.eq(&effect.id));
    let is_taken: bool = diesel::select(exists(taken)).get_result(c)?;
    if is_taken || effect.status != EffectStatus::Applied {
        return Err(Error::Conflict("conflict-punishment-effect"));
    }
    Ok(effect)
}

/// Brings a case against a company. Whoever brings it decides nothing in it.
pub fn propose(
    c: &mut AnyConnection,
    by: &May<right::ProposePunishments>,
    supplier_id: &str,
    input: &ProposalInput,
) -> Result<Case, Error> {
    let Proposal { supplier, standard, origin, effect_id, deed_on, facts } =
        may_propose(c, by, supplier_id, input)?;
    let last: Option<i64> = punishment_cases::table
        .select(punishment_cases::number)
        .order(punishment_cases::number.desc())
        .first(c)
        .optional()?;
    let actor = by.actor();
    let case = Case {
        id: new_id(),
        number: last.unwrap_or(0) + 1,
        supplier_id: supplier.id.clone(),
        standard_id: standard.id.clone(),
        violation: standard.violation.clone(),
        severity: standard.severity,
        origin,
        effect_id,
        area: supplier.area.clone(),
        deed_on,
        facts,
        status: Status::Proposed,
        proposed_by: actor.account_id.clone(),
        proposed_name: actor.name.clone(),
        proposed_at: now(),
        notice_by: after(now().date(), standard.notice_days),
        served_at: None,
        reply_by: None,
        replied_at: None,
        decide_by: None,
        decided_at: None,
        measure: None,
        orders: None,
        bars_data: false,
        from_on: None,
        to_on: None,
        appeal_by: None,
        appealed_at: None,
        hear_by: None,
        ended_at: None,
        ended_reason: String::new(),
        reminded_on: None,
    };
    diesel::insert_into(punishment_cases::table).values(&case).execute(c)?;
    add(c, actor, &case.id, StepKind::Proposed, &case.facts, false)?;
    let details = json!({
        "legal_name": supplier.legal_name,
        "violation": case.violation,
        "severity": case.severity,
        "punishment_origin": case.origin,
        "deed_on": case.deed_on.to_string(),
        "notice_by": case.notice_by.to_string(),
    });
    log(c, actor, "punishment.proposed", &case, details)?;
    Ok(case)
}

/// What inspections led to and somebody has accepted, of which nobody has opened a case: the oldest first,
/// `limit` at most, each with its company.
pub fn proposals_from_effects(
    c: &mut AnyConnection,
    actor: &Actor,
    limit: i64,
) -> Result<Vec<(Led, Supplier)>, Error> {
    let of_effect = punishment_cases::table
        .filter(punishment_cases::effect_id.eq(inspection_effects::id.nullable()));
    let mut query = inspection_effects::table
        .inner_join(suppliers::table.on(suppliers::id.eq(inspection_effects::supplier_id)))
        .filter(inspection_effects::effect.eq(Effect::Punishment))
        .filter(inspection_effects::status.eq(EffectStatus::Applied))
        .filter(not(exists(of_effect)))
        .order((inspection_effects::created_at, inspection_effects::id))
        .limit(limit)
        .select((Led::as_select(), Supplier::as_select()))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    Ok(query.load(c)?)
}
