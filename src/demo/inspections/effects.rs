//! What the rules of the invented register have led to, and what people decided about it.

use diesel::prelude::*;
use serde_json::json;

use super::{Rows, Team};
use crate::access::Actor;
use crate::audit;
use crate::db::AnyConnection;
use crate::demo::certification::morning;
use crate::error::Error;
use crate::inspections::findings::{Finding, Status};
use crate::inspections::results::apply::{after_overdue, after_sign_off, after_withdrawal};
use crate::inspections::results::{Effect, EffectStatus, Led};
use crate::schema::inspection_effects;
use crate::values::now;

/// Does what follows, by the register's own rules, and dates it back.
pub(super) fn fill(c: &mut AnyConnection, team: &Team, rows: &Rows) -> Result<(), Error> {
    for row in rows.inspections.iter().filter(|row| row.status.is_done()) {
        let inspector = team.inspectors.iter();
        let mut inspector =
            inspector.filter(|one| Some(&one.account_id) == row.inspector_id.as_ref());
        let Some(inspector) = inspector.next() else { continue };
        // As they were when the visit was signed off.
        let open = |one: &Finding| Finding { status: Status::Open, ..one.clone() };
        let of_it = rows.findings.iter().filter(|one| one.inspection_id == row.id);
        let findings: Vec<Finding> = of_it.map(open).collect();
        after_sign_off(c, inspector, row, &findings)?;
        let signed = row.signed_off_at.unwrap_or_else(now);
        diesel::update(inspection_effects::table)
            .filter(inspection_effects::inspection_id.eq(&row.id))
            .set(inspection_effects::created_at.eq(signed))
            .execute(c)?;
    }
    for one in rows.findings.iter().filter(|one| one.escalations > 0) {
        let before: Vec<String> = ids_of(c, one)?;
        after_overdue(c, one)?;
        let is_new =
            inspection_effects::finding_id.eq(&one.id).and(inspection_effects::id.ne_all(before));
        diesel::update(inspection_effects::table)
            .filter(is_new)
            .set(inspection_effects::created_at.eq(one.escalated_at.unwrap_or_else(now)))
            .execute(c)?;
    }
    for one in rows.findings.iter().filter(|one| one.status == Status::Withdrawn) {
        after_withdrawal(c, &team.verifier, one)?;
    }
    decide(c, team)
}

fn ids_of(c: &mut AnyConnection, finding: &Finding) -> Result<Vec<String>, Error> {
    Ok(inspection_effects::table
        .filter(inspection_effects::finding_id.eq(&finding.id))
        .select(inspection_effects::id)
        .load(c)?)
}

/// Half of what was proposed is decided: cases of punishment are opened or not, suspensions are declined,
/// for what a certification lacks is another room's invention.
fn decide(c: &mut AnyConnection, team: &Team) -> Result<(), Error> {
    let proposed: Vec<Led> = inspection_effects::table
        .filter(inspection_effects::status.eq(EffectStatus::Proposed))
        .order((inspection_effects::created_at, inspection_effects::subject_key))
        .select(Led::as_select())
        .load(c)?;
    let (mut suspensions, mut punishments) = (0, 0);
    for one in &proposed {
        let turn = match one.effect {
            Effect::Suspension => &mut suspensions,
            _ => &mut punishments,
        };
        *turn += 1;
        let (status, action, note) = match (one.effect, *turn % 4) {
            (Effect::Suspension, 1 | 3) => (
                EffectStatus::Declined,
                "inspection_effect.declined",
                "已遏制并完成整改，暂不暂停认证。 Contained and put right: not suspended.",
            ),
            (Effect::Punishment, 1 | 3) => (
                EffectStatus::Applied,
                "inspection_effect.accepted",
                "情节严重，同意立案。 Grave enough for a case.",
            ),
            (Effect::Punishment, 2) => (
                EffectStatus::Declined,
                "inspection_effect.declined",
                "企业主动报告，不予立案。 The company told us itself: no case.",
            ),
            _ => continue,
        };
        write(c, team, one, (status, action, note))?;
    }
    Ok(())
}

fn write(
    c: &mut AnyConnection,
    team: &Team,
    one: &Led,
    (status, action, note): (EffectStatus, &str, &str),
) -> Result<(), Error> {
    let by: &Actor = &team.approver;
    let decided = (one.created_at.date() + chrono::Days::new(6)).min(now().date());
    diesel::update(inspection_effects::table.find(&one.id))
        .set((
            inspection_effects::status.eq(status),
            inspection_effects::decided_at.eq(morning(decided)),
            inspection_effects::decided_by.eq(&by.account_id),
            inspection_effects::decided_name.eq(&by.name),
            inspection_effects::decision_note.eq(note),
        ))
        .execute(c)?;
    let details = json!({ "effect": one.effect, "reason": note });
    audit::append(c, by, action, ("supplier", &one.supplier_id), details)
}
