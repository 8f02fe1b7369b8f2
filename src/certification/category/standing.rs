//! A certification that was given is suspended by somebody's decision, lifted, or revoked.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::letters::{self, tell};
use super::{Cause, Certification, Status, Suspension, find, keep, record, suspensions};
use crate::access::{Actor, May, Scope, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::{certification_suspensions, certifications};
use crate::texts::Language;
use crate::values::{new_id, now};
use crate::vault::Vault;

/// Why a certification is suspended, lifted or revoked.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct StandingInput {
    #[validate(length(max = 1000))]
    pub why: String,
}

/// Suspends a certification until somebody lifts it.
pub fn suspend(
    c: &mut AnyConnection,
    by: &May<right::DecideCertification>,
    vault: &Vault,
    id: &str,
    input: &StandingInput,
) -> Result<Certification, Error> {
    let found = standing(c, by.scope(), id, &input.why)?;
    halt(c, by.actor(), vault, found)
}

/// [`suspend`] for what an inspection has found, by somebody who decides what follows from findings.
pub fn suspend_for_findings(
    c: &mut AnyConnection,
    by: &May<right::DecideResults>,
    vault: &Vault,
    id: &str,
    why: &str,
) -> Result<Certification, Error> {
    let found = standing(c, by.scope(), id, why)?;
    halt(c, by.actor(), vault, found)
}

fn halt(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    (certification, why): (Certification, &str),
) -> Result<Certification, Error> {
    let running = suspensions(c, &certification.id)?;
    if running.iter().any(|one| one.is_running() && one.cause == Cause::Decision) {
        return Err(Error::Conflict("conflict-certification"));
    }
    begin(c, by, &certification, (Cause::Decision, ""), why)?;
    settle(c, &certification)?;
    tell(c, vault, &certification, letters::HALTED, |_| vec![why.to_string()])?;
    let details = json!({ "reason": why });
    record(c, by, &certification, "certification.halted", details)?;
    keep::recheck(c, by, vault, &[&certification.supplier_id])?;
    Ok(find(c, &by.scope, &certification.id)?.0)
}

/// Lifts a suspension that was decided. What else is missing keeps the certification suspended.
pub fn lift(
    c: &mut AnyConnection,
    by: &May<right::DecideCertification>,
    vault: &Vault,
    id: &str,
    input: &StandingInput,
) -> Result<Certification, Error> {
    let (certification, why) = standing(c, by.scope(), id, &input.why)?;
    let running = suspensions(c, id)?;
    let decided = running.iter().find(|one| one.is_running() && one.cause == Cause::Decision);
    let decided = decided.ok_or(Error::Conflict("conflict-certification"))?;
    finish(c, by.actor(), decided, why)?;
    let after = settle(c, &certification)?;
    if after == Status::Certified {
        tell(c, vault, &certification, letters::RESTORED, |_| Vec::new())?;
    }
    record(c, by.actor(), &certification, "certification.lifted", json!({ "reason": why }))?;
    keep::recheck(c, by.actor(), vault, &[&certification.supplier_id])?;
    Ok(find(c, by.scope(), id)?.0)
}

/// Takes a certification back for good.
pub fn revoke(
    c: &mut AnyConnection,
    by: &May<right::DecideCertification>,
    vault: &Vault,
    id: &str,
    input: &StandingInput,
) -> Result<Certification, Error> {
    let (certification, why) = standing(c, by.scope(), id, &input.why)?;
    end(c, by.actor(), &certification, Status::Revoked, why)?;
    tell(c, vault, &certification, letters::REVOKED, |_| vec![why.to_string()])?;
    let details = json!({ "reason": why });
    record(c, by.actor(), &certification, "certification.revoked", details)?;
    keep::recheck(c, by.actor(), vault, &[&certification.supplier_id])?;
    Ok(find(c, by.scope(), id)?.0)
}

/// Ends the standing certifications of a company that comes back: it is certified anew. What for is not told here,
/// where more people read than may know. How many have ended.
pub fn end_after_measure(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    supplier_id: &str,
) -> Result<usize, Error> {
    let why = Language::ALL.iter().map(|one| one.texts().get("certification-anew"));
    let why = why.collect::<Vec<_>>().join(" · ");
    let all = super::of(c, supplier_id)?;
    let standing: Vec<_> = all.into_iter().filter(|one| one.status.is_standing()).collect();
    for one in &standing {
        end(c, by, one, Status::Revoked, &why)?;
        tell(c, vault, one, letters::REVOKED, |texts| {
            vec![texts.get("certification-anew").to_string()]
        })?;
        record(c, by, one, "certification.revoked", json!({ "reason": why }))?;
    }
    if !standing.is_empty() {
        keep::recheck(c, by, vault, &[supplier_id])?;
    }
    Ok(standing.len())
}

/// The certification, if it stands, and the reason, which must be there.
fn standing<'a>(
    c: &mut AnyConnection,
    scope: &Scope,
    id: &str,
    why: &'a str,
) -> Result<(Certification, &'a str), Error> {
    let (certification, _) = find(c, scope, id)?;
    if !certification.status.is_standing() {
        return Err(Error::Conflict("conflict-certification"));
    }
    let why = why.trim();
    if why.is_empty() {
        return Err(Problems::one("why", "missing").into());
    }
    Ok((certification, why))
}

/// Begins a suspension. [`settle`] follows.
pub(super) fn begin(
    c: &mut AnyConnection,
    by: &Actor,
    certification: &Certification,
    (cause, subject): (Cause, &str),
    reason: &str,
) -> Result<(), Error> {
    let suspension = Suspension {
        id: new_id(),
        certification_id: certification.id.clone(),
        cause,
        subject: subject.into(),
        reason: reason.into(),
        begun_at: now(),
        begun_by: by.account_id.clone(),
        begun_name: by.name.clone(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(certification_suspensions::table).values(&suspension).execute(c)?;
    Ok(())
}

/// Ends a running suspension. [`settle`] follows.
pub(super) fn finish(
    c: &mut AnyConnection,
    by: &Actor,
    suspension: &Suspension,
    reason: &str,
) -> Result<(), Error> {
    let row = certification_suspensions::table.find(&suspension.id);
    diesel::update(row.filter(certification_suspensions::ended_at.is_null()))
        .set((
            certification_suspensions::ended_at.eq(now()),
            certification_suspensions::ended_by.eq(&by.account_id),
            certification_suspensions::ended_name.eq(&by.name),
            certification_suspensions::ended_reason.eq(reason),
        ))
        .execute(c)?;
    Ok(())
}

/// The state of a standing certification follows from whether a suspension runs. What it is now.
pub(super) fn settle(
    c: &mut AnyConnection,
    certification: &Certification,
) -> Result<Status, Error> {
    let is_stopped = suspensions(c, &certification.id)?.iter().any(Suspension::is_running);
    let (from, to) = match is_stopped {
        true => (Status::Certified, Status::Suspended),
        false => (Status::Suspended, Status::Certified),
    };
    let row = certifications::table.find(&certification.id);
    diesel::update(row.filter(certifications::status.eq(from)))
        .set(certifications::status.eq(to))
        .execute(c)?;
    Ok(to)
}

/// Ends a standing certification, and what suspends it.
pub(super) fn end(
    c: &mut AnyConnection,
    by: &Actor,
    certification: &Certification,
    to: Status,
    reason: &str,
) -> Result<(), Error> {
    let row = certifications::table.find(&certification.id);
    let changed = diesel::update(row.filter(certifications::status.eq(certification.status)))
        .set((
            certifications::status.eq(to),
            certifications::ended_at.eq(now()),
            certifications::ended_by.eq(&by.account_id),
            certifications::ended_name.eq(&by.name),
            certifications::ended_reason.eq(reason),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-certification"));
    }
    for one in suspensions(c, &certification.id)?.iter().filter(|one| one.is_running()) {
        finish(c, by, one, to.as_str())?;
    }
    Ok(())
}
