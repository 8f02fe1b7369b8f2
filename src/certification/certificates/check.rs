//! What was handed in is checked by somebody else: accepted, given back or refused. What was
//! accepted may be withdrawn.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::record::log;
use super::{Certificate, Method, Status, find, letters};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::certification::category::keep;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::certificates;
use crate::suppliers::Supplier;
use crate::values::now;
use crate::vault::Vault;

/// How a certificate was found to be true.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct AcceptanceInput {
    /// One of [`Method`] but the empty one.
    #[validate(length(max = 20))]
    pub check_method: String,
    /// Where it was looked up, or who answered.
    #[validate(length(max = 1000))]
    pub check_note: String,
}

/// What a better copy, or a correction, is asked for.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReturnInput {
    #[validate(length(max = 1000))]
    pub return_comment: String,
}

/// Why a certificate is refused. The company is told.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct RefusalInput {
    #[validate(length(max = 1000))]
    pub refusal_reason: String,
}

/// Why an accepted certificate counts no more. The company is told.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct WithdrawalInput {
    #[validate(length(max = 1000))]
    pub withdrawal_reason: String,
}

/// Accepts a certificate that somebody else handed in.
pub fn accept(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    vault: &Vault,
    id: &str,
    input: &AcceptanceInput,
) -> Result<Certificate, Error> {
    let (certificate, _) = to_check(c, by, id)?;
    let (method, note) = (Method::parse(&input.check_method), input.check_note.trim());
    let mut problems = Problems::default();
    match method {
        None | Some(Method::Unchecked) => {
            let code = if input.check_method.is_empty() { "missing" } else { "unknown_choice" };
            problems.add(Problem::new("check_method", code));
        }
        Some(Method::Register | Method::Issuer) if note.is_empty() => {
            problems.add(Problem::new("check_note", "certificate_looked_up"));
        }
        Some(_) => {}
    }
    problems.into_result()?;
    let method = method.unwrap_or(Method::Unchecked);
    decide(c, by.actor(), &certificate, Status::Accepted, method, note)?;
    let details = json!({ "check_method": method.as_str(), "check_note": note });
    log(c, by.actor(), "certificate.accepted", &certificate, details)?;
    keep::recheck(c, by.actor(), vault, &[&certificate.supplier_id])?;
    Ok(find(c, by.scope(), id)?.0)
}

/// Gives a certificate back: a better copy, or a correction, is asked for. Its company is written to.
pub fn give_back(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    vault: &Vault,
    id: &str,
    input: &ReturnInput,
) -> Result<Certificate, Error> {
    let (certificate, supplier) = to_check(c, by, id)?;
    let comment = input.return_comment.trim();
    if comment.is_empty() {
        return Err(Problems::one("return_comment", "missing").into());
    }
    let changed = diesel::update(submitted(id))
        .set((
            certificates::status.eq(Status::Returned),
            certificates::returned_at.eq(now()),
            certificates::returned_name.eq(&by.actor().name),
            certificates::return_comment.eq(comment),
        ))
        .execute(c)?;
    moved(changed)?;
    letters::tell(c, vault, "certificate_returned", &certificate, &supplier, comment)?;
    let details = json!({ "reason": comment });
    log(c, by.actor(), "certificate.returned", &certificate, details)?;
    Ok(find(c, by.scope(), id)?.0)
}

/// Refuses a certificate that somebody else handed in. Its company is written to.
pub fn refuse(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    vault: &Vault,
    id: &str,
    input: &RefusalInput,
) -> Result<Certificate, Error> {
    let (certificate, supplier) = to_check(c, by, id)?;
    let reason = input.refusal_reason.trim();
    if reason.is_empty() {
        return Err(Problems::one("refusal_reason", "missing").into());
    }
    decide(c, by.actor(), &certificate, Status::Refused, Method::Unchecked, reason)?;
    letters::tell(c, vault, "certificate_refused", &certificate, &supplier, reason)?;
    log(c, by.actor(), "certificate.refused", &certificate, json!({ "reason": reason }))?;
    Ok(find(c, by.scope(), id)?.0)
}

/// Withdraws an accepted certificate: its issuer took it back, or it was accepted in error. Its
/// company is written to.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::DecideCertification>,
    vault: &Vault,
    id: &str,
    input: &WithdrawalInput,
) -> Result<Certificate, Error> {
    let (certificate, supplier) = find(c, by.scope(), id)?;
    if certificate.status != Status::Accepted {
        return Err(Error::Conflict("conflict-certificate"));
    }
    let reason = input.withdrawal_reason.trim();
    if reason.is_empty() {
        return Err(Problems::one("withdrawal_reason", "missing").into());
    }
    let row = certificates::table.find(id).filter(certificates::status.eq(Status::Accepted));
    let changed = diesel::update(row)
        .set((
            certificates::status.eq(Status::Withdrawn),
            certificates::ended_at.eq(now()),
            certificates::ended_by.eq(&by.actor().account_id),
            certificates::ended_name.eq(&by.actor().name),
            certificates::ended_reason.eq(reason),
        ))
        .execute(c)?;
    moved(changed)?;
    letters::tell(c, vault, "certificate_withdrawn", &certificate, &supplier, reason)?;
    log(c, by.actor(), "certificate.withdrawn", &certificate, json!({ "reason": reason }))?;
    keep::recheck(c, by.actor(), vault, &[&certificate.supplier_id])?;
    Ok(find(c, by.scope(), id)?.0)
}

/// Whether an account's person had a say in what a certificate says: nobody checks their own word.
pub fn has_said(
    c: &mut AnyConnection,
    certificate: &Certificate,
    account_id: &str,
) -> Result<bool, Error> {
    if certificate.recorded_by == account_id {
        return Ok(true);
    }
    let subject = ("supplier", certificate.supplier_id.as_str());
    let trail = audit::trail_naming(c, subject, "certificate", &certificate.id, TRAIL)?;
    let said = ["certificate.recorded", "certificate.corrected"];
    Ok(trail.iter().any(|one| one.actor_id == account_id && said.contains(&one.action.as_str())))
}

/// Records of one certificate, at most.
pub const TRAIL: i64 = 200;

/// A certificate that this person may check.
fn to_check(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    id: &str,
) -> Result<(Certificate, Supplier), Error> {
    let (certificate, supplier) = find(c, by.scope(), id)?;
    if has_said(c, &certificate, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-own-certificate"));
    }
    if certificate.status != Status::Submitted {
        return Err(Error::Conflict("conflict-certificate"));
    }
    Ok((certificate, supplier))
}

fn decide(
    c: &mut AnyConnection,
    by: &Actor,
    certificate: &Certificate,
    status: Status,
    method: Method,
    note: &str,
) -> Result<(), Error> {
    let changed = diesel::update(submitted(&certificate.id))
        .set((
            certificates::status.eq(status),
            certificates::method.eq(method),
            certificates::decided_at.eq(now()),
            certificates::decided_by.eq(&by.account_id),
            certificates::decided_name.eq(&by.name),
            certificates::decision_note.eq(note),
        ))
        .execute(c)?;
    moved(changed)
}

type Submitted<'a> = diesel::dsl::Filter<
    diesel::dsl::Find<certificates::table, &'a str>,
    diesel::dsl::Eq<certificates::status, Status>,
>;

/// The row, as long as nobody has decided.
fn submitted(id: &str) -> Submitted<'_> {
    certificates::table.find(id).filter(certificates::status.eq(Status::Submitted))
}

fn moved(changed: usize) -> Result<(), Error> {
    if changed == 0 { Err(Error::Conflict("conflict-certificate")) } else { Ok(()) }
}
