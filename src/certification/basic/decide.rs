//! What becomes of an audit: one person proposes, another decides. Nothing decided is ever edited.

use chrono::{Days, Months, NaiveDate};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{BasicAudit, Outcome, Status, Verdict, find, parts, sections};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::certification::PORTAL;
use crate::certification::category::keep::recheck;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::notices::company as letters;
use crate::schema::basic_audits;
use crate::suppliers::Supplier;
use crate::values::now;
use crate::vault::Vault;

/// For how many months a certification holds unless another number is typed, and at most.
pub const MONTHS: (u32, u32) = (24, 36);

/// The form with which somebody proposes an outcome.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ProposalInput {
    /// "certified" or "failed".
    pub outcome: String,
    #[validate(length(max = 2000))]
    pub note: String,
}

/// The form of a decision.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DecisionInput {
    /// "confirm" or "return".
    pub decision: String,
    /// For how many months it is certified; the usual number when "".
    pub months: String,
    #[validate(length(max = 2000))]
    pub decision_note: String,
}

/// Why something is given up or taken back.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct EndingInput {
    #[validate(length(max = 1000))]
    pub reason: String,
}

impl EndingInput {
    pub(crate) fn read(&self) -> Result<&str, Error> {
        match self.reason.trim() {
            "" => Err(Problems::one("reason", "missing").into()),
            reason => Ok(reason),
        }
    }
}

/// Proposes an outcome. Certified only when every section was examined and none differs; without
/// it, a note says why.
pub fn propose(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    id: &str,
    input: &ProposalInput,
) -> Result<(), Error> {
    let (audit, _) = find(c, by.scope(), id)?;
    if audit.status != Status::Open {
        return Err(Error::Conflict("conflict-basic-closed"));
    }
    let note = input.note.trim();
    let rows = sections(c, id)?;
    let any = |verdict| rows.iter().any(|row| row.verdict == verdict);
    let outcome = Outcome::parse(&input.outcome).unwrap_or(Outcome::None);
    match outcome {
        Outcome::None => return Err(Problems::one("outcome", "basic_outcome").into()),
        Outcome::Certified if any(Verdict::None) => {
            return Err(Problems::one("outcome", "basic_open").into());
        }
        Outcome::Certified if any(Verdict::Differs) => {
            return Err(Problems::one("outcome", "basic_differs").into());
        }
        Outcome::Failed if note.is_empty() => {
            return Err(Problems::one("note", "missing").into());
        }
        _ => {}
    }
    let by = by.actor();
    let changed =
        diesel::update(basic_audits::table.find(id).filter(basic_audits::status.eq(Status::Open)))
            .set((
                basic_audits::status.eq(Status::Proposed),
                basic_audits::outcome.eq(outcome),
                basic_audits::proposed_at.eq(now()),
                basic_audits::proposed_by.eq(&by.account_id),
                basic_audits::proposed_name.eq(&by.name),
                basic_audits::proposal_note.eq(note),
            ))
            .execute(c)?;
    moved(changed)?;
    let details = json!({ "number": audit.code(), "outcome": outcome.as_str(), "note": note });
    audit::append(c, by, parts::PROPOSED, ("supplier", &audit.supplier_id), details)
}

/// Decides on what somebody else proposed: confirms it, or sends it back. The status that follows.
pub fn decide(
    c: &mut AnyConnection,
    by: &May<right::DecideCertification>,
    vault: &Vault,
    id: &str,
    input: &DecisionInput,
) -> Result<Status, Error> {
    let (audit, supplier) = find(c, by.scope(), id)?;
    if audit.status != Status::Proposed {
        return Err(Error::Conflict("conflict-basic-closed"));
    }
    if parts::has_part(c, &audit, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-basic-own"));
    }
    let note = input.decision_note.trim();
    match input.decision.as_str() {
        "return" if note.is_empty() => Err(Problems::one("decision_note", "missing").into()),
        "return" => {
            settle(c, by.actor(), &audit, Status::Open, note, None)?;
            let details = json!({ "number": audit.code(), "reason": note });
            record(c, by.actor(), &audit, "basic_audit.returned", details)?;
            Ok(Status::Open)
        }
        "confirm" => confirm(c, by.actor(), vault, (&audit, &supplier), input),
        _ => Err(Problems::one("decision", "unknown_choice").into()),
    }
}

/// Whom a letter is about: id and name.
fn company(supplier: &Supplier) -> (&str, &str) {
    (&supplier.id, &supplier.legal_name)
}

fn confirm(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    (audit, supplier): (&BasicAudit, &Supplier),
    input: &DecisionInput,
) -> Result<Status, Error> {
    let note = input.decision_note.trim();
    let mut details = json!({ "number": audit.code(), "note": note });
    if audit.outcome != Outcome::Certified {
        settle(c, by, audit, Status::Failed, note, None)?;
        let words = |_: &_| (vec![("number", audit.code())], vec![audit.proposal_note.clone()]);
        letters::tell(c, vault, company(supplier), "basic_failed", PORTAL, words)?;
        recheck(c, by, vault, &[&supplier.id])?;
        record(c, by, audit, "basic_audit.failed", details)?;
        return Ok(Status::Failed);
    }
    let today = now().date();
    let until = last_day(today, months(&input.months)?);
    settle(c, by, audit, Status::Certified, note, Some((today, until)))?;
    let words = |_: &_| (vec![("number", audit.code()), ("until", until.to_string())], Vec::new());
    letters::tell(c, vault, company(supplier), "basic_certified", PORTAL, words)?;
    recheck(c, by, vault, &[&supplier.id])?;
    details["last_day"] = json!(until.to_string());
    record(c, by, audit, "basic_audit.certified", details)?;
    Ok(Status::Certified)
}

/// A number of months as it is typed, the usual one when nothing is.
fn months(typed: &str) -> Result<u32, Error> {
    let (usual, most) = MONTHS;
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(usual);
    }
    let is_plain = typed.bytes().all(|byte| byte.is_ascii_digit());
    match typed.parse() {
        Ok(months) if is_plain && (1..=most).contains(&months) => Ok(months),
        _ => {
            let problem = Problem::new("months", "basic_months").with("most", most);
            Err(Problems(vec![problem]).into())
        }
    }
}

/// The last day of a term of so many months from a day on.
pub fn last_day(from: NaiveDate, months: u32) -> NaiveDate {
    let after = from.checked_add_months(Months::new(months)).unwrap_or(from);
    after.checked_sub_days(Days::new(1)).unwrap_or(from)
}

/// The status after a decision, and by whom. It moves once: whoever comes second is refused.
fn settle(
    c: &mut AnyConnection,
    by: &Actor,
    audit: &BasicAudit,
    status: Status,
    note: &str,
    term: Option<(NaiveDate, NaiveDate)>,
) -> Result<(), Error> {
    let row = basic_audits::table.find(&audit.id);
    let changed = diesel::update(row.filter(basic_audits::status.eq(Status::Proposed)))
        .set((
            basic_audits::status.eq(status),
            basic_audits::decided_at.eq(now()),
            basic_audits::decided_by.eq(&by.account_id),
            basic_audits::decided_name.eq(&by.name),
            basic_audits::decision_note.eq(note),
            basic_audits::valid_from.eq(term.map(|(from, _)| from)),
            basic_audits::valid_to.eq(term.map(|(_, to)| to)),
        ))
        .execute(c)?;
    moved(changed)
}

/// Gives an audit up before anything is decided.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    id: &str,
    input: &EndingInput,
) -> Result<(), Error> {
    let (audit, _) = find(c, by.scope(), id)?;
    if !audit.status.is_running() {
        return Err(Error::Conflict("conflict-basic-closed"));
    }
    let reason = input.read()?;
    end(c, by.actor(), &audit, Status::Withdrawn, reason)?;
    let details = json!({ "number": audit.code(), "reason": reason });
    record(c, by.actor(), &audit, "basic_audit.withdrawn", details)
}

/// Takes a certification back. It has counted until now.
pub fn revoke(
    c: &mut AnyConnection,
    by: &May<right::DecideCertification>,
    vault: &Vault,
    id: &str,
    input: &EndingInput,
) -> Result<(), Error> {
    let (audit, supplier) = find(c, by.scope(), id)?;
    if audit.status != Status::Certified {
        return Err(Error::Conflict("conflict-basic-closed"));
    }
    let reason = input.read()?;
    end(c, by.actor(), &audit, Status::Revoked, reason)?;
    let words = |_: &_| (vec![("number", audit.code())], vec![reason.to_string()]);
    letters::tell(c, vault, company(&supplier), "basic_revoked", PORTAL, words)?;
    recheck(c, by.actor(), vault, &[&supplier.id])?;
    let details = json!({ "number": audit.code(), "reason": reason });
    record(c, by.actor(), &audit, "basic_audit.revoked", details)
}

fn end(
    c: &mut AnyConnection,
    by: &Actor,
    audit: &BasicAudit,
    status: Status,
    reason: &str,
) -> Result<(), Error> {
    let row = basic_audits::table.find(&audit.id);
    let changed = diesel::update(row.filter(basic_audits::status.eq(audit.status)))
        .set((
            basic_audits::status.eq(status),
            basic_audits::ended_at.eq(now()),
            basic_audits::ended_by.eq(&by.account_id),
            basic_audits::ended_name.eq(&by.name),
            basic_audits::ended_reason.eq(reason),
        ))
        .execute(c)?;
    moved(changed)
}

fn moved(changed: usize) -> Result<(), Error> {
    if changed == 0 { Err(Error::Conflict("conflict-basic-closed")) } else { Ok(()) }
}

fn record(
    c: &mut AnyConnection,
    by: &Actor,
    audit: &BasicAudit,
    action: &str,
    details: serde_json::Value,
) -> Result<(), Error> {
    audit::append(c, by, action, ("supplier", &audit.supplier_id), details)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_ends_the_day_before_it_would_begin_anew() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(last_day(day("2026-11-24"), 24), day("2028-11-23"));
        assert_eq!(last_day(day("2026-08-31"), 6), day("2027-02-27"));
    }

    #[test]
    fn months_are_one_to_thirty_six_and_two_years_when_nothing_is_typed() {
        assert_eq!(months(" ").unwrap(), 24);
        assert_eq!(months("36").unwrap(), 36);
        for typed in ["0", "37", "-1", "+1", "1.5", "abc", "99999999999999999999"] {
            assert!(months(typed).is_err(), "{typed}");
        }
    }
}
