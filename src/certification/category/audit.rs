//! An application is audited, demand by demand, against the standard of its category.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::letters::{self, tell};
use super::{Certification, Check, Status, Verdict, checks, find, record, standard_of};
use crate::access::{Actor, May, right};
use crate::certification::demands::Demand;
use crate::certification::holdings::{self, Judgement};
use crate::certification::standards::InForce;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::{certification_checks, certifications};
use crate::values::{new_id, now};
use crate::vault::Vault;

/// A demand, how the register judges it today, and what an auditor found.
#[derive(Clone, Debug)]
pub struct Item {
    pub demand: Demand,
    pub judgement: Judgement,
    pub check: Option<Check>,
}

/// The form of an audit: three lists that go together, a row for each demand.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ChecksInput {
    #[validate(length(max = 200))]
    pub demand: Vec<String>,
    /// "met", "short", "waived", or "" for what is not looked at yet.
    #[validate(length(max = 200))]
    pub verdict: Vec<String>,
    #[validate(length(max = 200))]
    pub remark: Vec<String>,
}

/// What the company is to mend.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ReturnInput {
    #[validate(length(max = 2000))]
    pub comment: String,
}

/// What the auditor says to whoever decides.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct RecommendationInput {
    #[validate(length(max = 1000))]
    pub audit_note: String,
}

impl Item {
    /// The verdicts that an auditor may give.
    pub fn verdicts(&self) -> Vec<Verdict> {
        let allowed = |verdict: &Verdict| match (verdict, self.judgement) {
            (Verdict::Met, Judgement::Short) => false,
            (Verdict::Waived, Judgement::Met(_)) => false,
            (Verdict::Waived, _) => !self.demand.kind.is_lasting(),
            _ => true,
        };
        Verdict::ALL.iter().copied().filter(allowed).collect()
    }

    /// What the auditor found, or what the register suggests.
    pub fn verdict(&self) -> Option<Verdict> {
        match (&self.check, self.judgement) {
            (Some(check), _) => Some(check.verdict),
            (None, Judgement::Met(_)) => Some(Verdict::Met),
            (None, Judgement::Short) => Some(Verdict::Short),
            (None, Judgement::ByHand) => None,
        }
    }

    /// Whether what was found still lets the application pass.
    fn passes(&self) -> bool {
        let found = self.check.as_ref().map(|check| check.verdict);
        found.is_some_and(|verdict| verdict != Verdict::Short && self.verdicts().contains(&verdict))
    }
}

/// The demands that a certification is measured by, in their order.
pub fn checklist(
    c: &mut AnyConnection,
    certification: &Certification,
) -> Result<(InForce, Vec<Item>), Error> {
    let today = now().date();
    let standard = standard_of(c, certification, today)?;
    let supplier = certification.supplier_id.as_str();
    let held = holdings::of(c, &[supplier])?.remove(supplier).unwrap_or_default();
    let mut found: HashMap<String, Check> = checks(c, &certification.id)?
        .into_iter()
        .map(|check| (check.demand_id.clone(), check))
        .collect();
    let item = |demand: &Demand| Item {
        judgement: held.judge(demand, today),
        check: found.remove(&demand.id),
        demand: demand.clone(),
    };
    let items = standard.demands.iter().map(item).collect();
    Ok((standard, items))
}

/// Whether everything is looked at and nothing is short, as the register stands.
pub fn is_passed(items: &[Item]) -> bool {
    items.iter().all(Item::passes)
}

/// Writes down what an auditor found so far. What was written down before is replaced.
pub fn check(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    id: &str,
    input: &ChecksInput,
) -> Result<(), Error> {
    let (certification, _) = find(c, by.scope(), id)?;
    must_be(&certification, Status::Applied)?;
    let (standard, items) = checklist(c, &certification)?;
    let found = read(&certification, &items, by.actor(), input)?;
    let row = certifications::table.find(id);
    diesel::update(row).set(certifications::standard_id.eq(&standard.standard.id)).execute(c)?;
    let earlier = certification_checks::table
        .filter(certification_checks::certification_id.eq(&certification.id));
    diesel::delete(earlier).execute(c)?;
    for check in &found {
        diesel::insert_into(certification_checks::table).values(check).execute(c)?;
    }
    let number = |verdict| found.iter().filter(|check| check.verdict == verdict).count();
    let details = json!({
        "version": standard.standard.version,
        "met": number(Verdict::Met),
        "short": number(Verdict::Short),
        "waived": number(Verdict::Waived),
    });
    record(c, by.actor(), &certification, "certification.checked", details)
}

/// The rows of the form, each allowed by what the register holds.
fn read(
    certification: &Certification,
    items: &[Item],
    by: &Actor,
    input: &ChecksInput,
) -> Result<Vec<Check>, Error> {
    let (mut problems, mut found) = (Problems::default(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        let row = input.demand.iter().position(|id| *id == item.demand.id);
        let typed = |list: &[String]| row.and_then(|row| list.get(row)).cloned();
        let verdict = typed(&input.verdict).unwrap_or_default();
        if verdict.is_empty() {
            continue;
        }
        let field = |name: &str| format!("{name}-{}", at + 1);
        let Some(verdict) = Verdict::parse(&verdict) else {
            problems.add(Problem::new(&field("verdict"), "unknown_choice"));
            continue;
        };
        let remark = typed(&input.remark).unwrap_or_default().trim().to_string();
        if !item.verdicts().contains(&verdict) {
            let code = match verdict {
                Verdict::Waived => "verdict_not_waived",
                _ => "verdict_short",
            };
            problems.add(Problem::new(&field("verdict"), code));
        }
        let is_said = item.judgement == Judgement::ByHand && verdict == Verdict::Met;
        if remark.is_empty() && (verdict == Verdict::Waived || is_said) {
            problems.add(Problem::new(&field("remark"), "remark_missing"));
        }
        if remark.chars().count() > 500 {
            problems.add(Problem::new(&field("remark"), "too_long").with("max", 500));
        }
        found.push(Check {
            id: new_id(),
            certification_id: certification.id.clone(),
            demand_id: item.demand.id.clone(),
            verdict,
            note: remark,
            checked_by: by.account_id.clone(),
            checked_name: by.name.clone(),
            created_at: now(),
        });
    }
    if found.is_empty() && problems.is_empty() && !items.is_empty() {
        problems.add(Problem::new("verdict-1", "verdict_none"));
    }
    problems.into_result()?;
    Ok(found)
}

/// Gives an application back to the company, which is told what to mend.
pub fn give_back(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    vault: &Vault,
    id: &str,
    input: &ReturnInput,
) -> Result<(), Error> {
    let (certification, _) = find(c, by.scope(), id)?;
    must_be(&certification, Status::Applied)?;
    let comment = input.comment.trim();
    if comment.is_empty() {
        return Err(Problems::one("comment", "missing").into());
    }
    let row = certifications::table.find(id);
    let changed = diesel::update(row.filter(certifications::status.eq(Status::Applied)))
        .set((
            certifications::status.eq(Status::Returned),
            certifications::returned_at.eq(now()),
            certifications::returned_by.eq(&by.actor().account_id),
            certifications::returned_name.eq(&by.actor().name),
            certifications::return_comment.eq(comment),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-certification"));
    }
    let lines = |_: &_| vec![comment.to_string()];
    tell(c, vault, &certification, letters::RETURNED, lines)?;
    record(c, by.actor(), &certification, "certification.returned", json!({ "reason": comment }))
}

/// Recommends an application to whoever decides: every demand was looked at, none is short.
pub fn recommend(
    c: &mut AnyConnection,
    by: &May<right::AuditCertification>,
    id: &str,
    input: &RecommendationInput,
) -> Result<(), Error> {
    let (certification, _) = find(c, by.scope(), id)?;
    must_be(&certification, Status::Applied)?;
    let (standard, items) = checklist(c, &certification)?;
    if !is_passed(&items) {
        return Err(Problems::one("recommendation", "audit_incomplete").into());
    }
    let row = certifications::table.find(id);
    let changed = diesel::update(row.filter(certifications::status.eq(Status::Applied)))
        .set((
            certifications::status.eq(Status::Audited),
            certifications::standard_id.eq(&standard.standard.id),
            certifications::audited_at.eq(now()),
            certifications::audited_by.eq(&by.actor().account_id),
            certifications::audited_name.eq(&by.actor().name),
            certifications::audit_note.eq(input.audit_note.trim()),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-certification"));
    }
    let details = json!({ "version": standard.standard.version });
    record(c, by.actor(), &certification, "certification.audited", details)
}

fn must_be(certification: &Certification, status: Status) -> Result<(), Error> {
    if certification.status == status {
        return Ok(());
    }
    Err(Error::Conflict("conflict-certification"))
}
