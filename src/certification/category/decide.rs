//! What becomes of an application: a second person certifies, declines, or sends it back to be
//! audited again.

use chrono::{Months, NaiveDate};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::letters::{self, tell};
use super::{Cause, Certification, Status, checks, find, keep, of, record, standing, suspensions};
use crate::access::{Actor, May, right};
use crate::certification::certificates::types;
use crate::certification::demands::DemandKind;
use crate::certification::holdings::{self, Judgement};
use crate::certification::standards::{self, InForce};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::certifications;
use crate::suppliers::{Stage, Supplier};
use crate::values::{calendar_day, now};
use crate::vault::Vault;

/// The form of a decision.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DecisionInput {
    /// "certify", "decline" or "audit_again".
    #[validate(length(max = 20))]
    pub decision: String,
    /// The last day, of a certification that is given.
    #[validate(length(max = 10))]
    pub last_day: String,
    /// Why: the company reads it when it is declined.
    #[validate(length(max = 1000))]
    pub reason: String,
}

/// The last day that a certification given on `day` may have.
pub fn latest_end(standard: &InForce, day: NaiveDate) -> NaiveDate {
    let months = u32::try_from(standard.standard.validity_months).unwrap_or(0);
    day.checked_add_months(Months::new(months)).unwrap_or(day)
}

/// Whether somebody had a part in an application, and so does not decide on it.
pub fn had_part(
    c: &mut AnyConnection,
    certification: &Certification,
    account_id: &str,
) -> Result<bool, Error> {
    let is = |id: Option<&str>| id == Some(account_id);
    if is(Some(&certification.applied_by)) || is(certification.audited_by.as_deref()) {
        return Ok(true);
    }
    Ok(checks(c, &certification.id)?.iter().any(|check| check.checked_by == account_id))
}

/// Decides on an application that others have applied for and audited.
pub fn decide(
    c: &mut AnyConnection,
    by: &May<right::DecideCertification>,
    vault: &Vault,
    id: &str,
    input: &DecisionInput,
) -> Result<Certification, Error> {
    let (certification, supplier) = find(c, by.scope(), id)?;
    if had_part(c, &certification, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-certification-own"));
    }
    let reason = input.reason.trim();
    match input.decision.as_str() {
        "certify" => certify(c, by.actor(), vault, (&certification, &supplier), input)?,
        "decline" | "audit_again" if reason.is_empty() => {
            return Err(Problems::one("reason", "missing").into());
        }
        "decline" => decline(c, by.actor(), vault, &certification, reason)?,
        "audit_again" => audit_again(c, by.actor(), &certification, reason)?,
        _ => return Err(Problems::one("decision", "unknown_choice").into()),
    }
    Ok(find(c, by.scope(), id)?.0)
}

fn certify(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    (certification, supplier): (&Certification, &Supplier),
    input: &DecisionInput,
) -> Result<(), Error> {
    if certification.status != Status::Audited {
        return Err(Error::Conflict("conflict-certification"));
    }
    if supplier.stage != Stage::Active {
        return Err(Error::Conflict("conflict-certification-inactive"));
    }
    let today = now().date();
    let published = standards::published(c)?;
    let in_force = published
        .on(&certification.category_id, today)
        .filter(|one| one.standard.id == certification.standard_id)
        .ok_or_else(|| Problems::one("decision", "certification_superseded"))?;
    let last = last_day(in_force, today, &input.last_day)?;
    must_hold(c, in_force, &certification.supplier_id, today)?;
    replace_standing(c, by, certification)?;
    let row = certifications::table.find(&certification.id);
    let changed = diesel::update(row.filter(certifications::status.eq(Status::Audited)))
        .set((
            certifications::status.eq(Status::Certified),
            certifications::decided_at.eq(now()),
            certifications::decided_by.eq(&by.account_id),
            certifications::decided_name.eq(&by.name),
            certifications::decision_note.eq(input.reason.trim()),
            certifications::valid_from.eq(today),
            certifications::valid_to.eq(last),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-certification"));
    }
    let lines = |texts: &crate::texts::Texts| {
        vec![texts.with("letter-line-until", &[("day", &last.to_string())])]
    };
    tell(c, vault, certification, letters::CERTIFIED, lines)?;
    let details = json!({
        "valid_until": last.to_string(),
        "version": in_force.standard.version,
        "audited_by": certification.audited_name,
    });
    record(c, by, certification, "certification.certified", details)?;
    // Certifications for other categories may rest on this one.
    keep::recheck(c, by, vault, &[&certification.supplier_id])?;
    Ok(())
}

/// The day that was typed, if it is one that the standard allows.
fn last_day(standard: &InForce, today: NaiveDate, typed: &str) -> Result<NaiveDate, Problems> {
    let latest = latest_end(standard, today);
    let day =
        calendar_day(typed.trim()).ok_or_else(|| Problems::one("last_day", "certification_day"))?;
    if day < today {
        return Err(Problems::one("last_day", "certification_past"));
    }
    if day > latest {
        let problem = Problem::new("last_day", "certification_too_long").with("day", latest);
        return Err(Problems(vec![problem]));
    }
    Ok(day)
}

/// What a standard demands all the time is there today: things may have changed since the audit. One
/// problem for each that is not.
fn must_hold(
    c: &mut AnyConnection,
    standard: &InForce,
    supplier_id: &str,
    today: NaiveDate,
) -> Result<(), Error> {
    let held = holdings::lasting_of(c, &[supplier_id])?.remove(supplier_id).unwrap_or_default();
    let mut problems = Problems::default();
    for demand in standard.demands.iter().filter(|demand| demand.kind.is_lasting()) {
        if held.judge(demand, today) != Judgement::Short {
            continue;
        }
        problems.add(match demand.kind {
            DemandKind::Certificate => {
                let name = types::find(&demand.subject).map_or("", |one| one.standard);
                Problem::new("decision", "certification_short_certificate").with("name", name)
            }
            DemandKind::Category => {
                let code = super::category(c, &demand.subject)?.code;
                Problem::new("decision", "certification_short_category").with("name", code)
            }
            DemandKind::Clause => {
                Problem::new("decision", "certification_short_clause").with("name", &demand.subject)
            }
            DemandKind::Authentication => {
                Problem::new("decision", "certification_short_authentication")
            }
            _ => Problem::new("decision", "certification_short_basic"),
        });
    }
    problems.into_result()
}

/// The certification that the new one takes the place of ends. One that somebody has suspended keeps
/// the category closed until it is lifted.
fn replace_standing(
    c: &mut AnyConnection,
    by: &Actor,
    certification: &Certification,
) -> Result<(), Error> {
    for old in of(c, &certification.supplier_id)? {
        if old.category_id != certification.category_id || !old.status.is_standing() {
            continue;
        }
        let stopped = suspensions(c, &old.id)?;
        if stopped.iter().any(|one| one.is_running() && one.cause == Cause::Decision) {
            return Err(Problems::one("decision", "certification_halted").into());
        }
        standing::end(c, by, &old, Status::Renewed, "")?;
        let details = json!({ "replaced_by": certification.code() });
        record(c, by, &old, "certification.renewed", details)?;
    }
    Ok(())
}

fn decline(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    certification: &Certification,
    reason: &str,
) -> Result<(), Error> {
    if !certification.status.is_pending() {
        return Err(Error::Conflict("conflict-certification"));
    }
    let row = certifications::table.find(&certification.id);
    let changed = diesel::update(row.filter(certifications::status.eq(certification.status)))
        .set((
            certifications::status.eq(Status::Declined),
            certifications::decided_at.eq(now()),
            certifications::decided_by.eq(&by.account_id),
            certifications::decided_name.eq(&by.name),
            certifications::decision_note.eq(reason),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-certification"));
    }
    tell(c, vault, certification, letters::DECLINED, |_| vec![reason.to_string()])?;
    record(c, by, certification, "certification.declined", json!({ "reason": reason }))
}

fn audit_again(
    c: &mut AnyConnection,
    by: &Actor,
    certification: &Certification,
    reason: &str,
) -> Result<(), Error> {
    let row = certifications::table.find(&certification.id);
    let changed = diesel::update(row.filter(certifications::status.eq(Status::Audited)))
        .set((
            certifications::status.eq(Status::Applied),
            certifications::decided_name.eq(&by.name),
            certifications::decision_note.eq(reason),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-certification"));
    }
    record(c, by, certification, "certification.audit_again", json!({ "reason": reason }))
}
