//! What the rules have led to, for pages, and what waits for somebody.

use chrono::NaiveDateTime;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::draft::WORK;
use super::{Effect, EffectStatus, Led, Rule, Status};
use crate::access::{Actor, Scope};
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::inspections::Inspection;
use crate::inspections::findings::{Finding, Status as FindingStatus};
use crate::page::paging::{Cursor, cut};
use crate::schema::{
    audit_records, findings, inspection_effects, inspection_results, inspections,
    result_rule_versions, result_rules, suppliers,
};
use crate::suppliers::Supplier;

/// An effect, its rule, its inspection and its company.
pub type Row = (Led, Rule, Inspection, Supplier);

/// A query of effects with what they are about.
macro_rules! rows {
    () => {
        inspection_effects::table
            .inner_join(result_rules::table.on(result_rules::id.eq(inspection_effects::rule_id)))
            .inner_join(
                inspections::table.on(inspections::id.eq(inspection_effects::inspection_id)),
            )
            .inner_join(suppliers::table.on(suppliers::id.eq(inspection_effects::supplier_id)))
            .select((
                Led::as_select(),
                Rule::as_select(),
                Inspection::as_select(),
                Supplier::as_select(),
            ))
    };
}

/// A page of what somebody sees, and where the next begins: those in a state with the oldest first, all
/// of them with the newest first.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    (status, effect): (Option<EffectStatus>, Option<Effect>),
    after: Option<&Cursor>,
    limit: usize,
) -> Result<(Vec<Row>, Option<Cursor>), Error> {
    let mut query = rows!().into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some(effect) = effect {
        query = query.filter(inspection_effects::effect.eq(effect));
    }
    if let Some(status) = status {
        query = query.filter(inspection_effects::status.eq(status));
        if let Some((at, after)) = after.and_then(|one| Some((one.moment()?, one))) {
            let same = inspection_effects::created_at.eq(at);
            let beyond = same.and(inspection_effects::id.gt(after.key.clone()));
            query = query.filter(inspection_effects::created_at.gt(at).or(beyond));
        }
        query = query.order((inspection_effects::created_at, inspection_effects::id));
    } else {
        if let Some(after) = after {
            query = query.filter(inspection_effects::id.lt(after.key.clone()));
        }
        query = query.order(inspection_effects::id.desc());
    }
    let mut rows: Vec<Row> = query.limit(limit as i64 + 1).load(c)?;
    let next = cut(&mut rows, limit, |(last, ..)| Cursor {
        key: last.id.clone(),
        number: last.created_at.and_utc().timestamp_micros(),
    });
    Ok((rows, next))
}

/// An effect with what it is about, within what the person may see.
pub fn find(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Row, Error> {
    let row: Row = rows!().filter(inspection_effects::id.eq(id)).first(c)?;
    match scope.allows(&row.3.area) {
        true => Ok(row),
        false => Err(Error::NotFound),
    }
}

/// The findings that an effect rests on: its own, or those of the rule's severity in the inspection.
pub fn findings_of(
    c: &mut AnyConnection,
    effect: &Led,
    rule: &Rule,
) -> Result<Vec<Finding>, Error> {
    let mut query = findings::table
        .filter(findings::inspection_id.eq(effect.inspection_id.clone()))
        .into_boxed::<MultiBackend>();
    query = match &effect.finding_id {
        Some(id) => query.filter(findings::id.eq(id.clone())),
        None => query
            .filter(findings::severity.eq(rule.severity))
            .filter(findings::status.ne(FindingStatus::Withdrawn)),
    };
    Ok(query.order(findings::number).limit(300).select(Finding::as_select()).load(c)?)
}

/// Proposals about which somebody who had no part in the inspection is to decide, the oldest first.
pub fn to_decide(c: &mut AnyConnection, actor: &Actor, limit: i64) -> Result<Vec<Row>, Error> {
    let own = actor.account_id.clone();
    let wrote = inspection_results::table
        .filter(inspection_results::inspection_id.eq(inspection_effects::inspection_id))
        .filter(inspection_results::recorded_by.eq(own.clone()));
    let raised = findings::table
        .filter(findings::inspection_id.eq(inspection_effects::inspection_id))
        .filter(findings::raised_by.eq(own.clone()));
    let is_other = inspections::inspector_id.is_null().or(inspections::inspector_id.ne(own));
    let mut query = rows!()
        .filter(inspection_effects::status.eq(EffectStatus::Proposed))
        .filter(is_other)
        .filter(not(exists(wrote)))
        .filter(not(exists(raised)))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = actor.scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    let order = (inspection_effects::created_at, inspection_effects::id);
    Ok(query.order(order).limit(limit).load(c)?)
}

/// Drafts of the rules that have rules and that somebody had no part in: id, number of the version, and
/// since when they wait.
pub fn to_publish(
    c: &mut AnyConnection,
    account_id: &str,
    limit: i64,
) -> Result<Vec<(String, i64, NaiveDateTime)>, Error> {
    let edited = audit_records::table
        .filter(audit_records::subject_kind.eq("result_rules"))
        .filter(audit_records::subject_id.eq(result_rule_versions::id))
        .filter(audit_records::action.eq_any(WORK))
        .filter(audit_records::actor_id.eq(account_id));
    let rules = result_rules::table.filter(result_rules::version_id.eq(result_rule_versions::id));
    Ok(result_rule_versions::table
        .filter(result_rule_versions::status.eq(Status::Draft))
        .filter(result_rule_versions::drafted_by.ne(account_id))
        .filter(exists(rules))
        .filter(not(exists(edited)))
        .order(result_rule_versions::created_at)
        .limit(limit)
        .select((
            result_rule_versions::id,
            result_rule_versions::version,
            result_rule_versions::created_at,
        ))
        .load(c)?)
}
