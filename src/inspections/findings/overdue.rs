//! Findings that are not closed, or not contained, in their days: people are told, again and again.
//!
//! A company is reminded 14, 7 and 1 days before a day by which it has to do something. Once the day has
//! passed, a finding is escalated: at once, 7 days later, and every 14 days from then on. Each reminder
//! has a row, and each escalation moves a count, in the write with the letters: so each goes out once.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::steps::{add, log};
use super::{Finding, Status, StepKind};
use crate::access::Actor;
use crate::access::accounts::Account;
use crate::audit;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::inspections::results;
use crate::notices::{self, Letter, company};
use crate::scheduler::Step;
use crate::schema::{accounts, findings, inspections, reminders, suppliers};
use crate::suppliers::{Stage, Supplier, owners};
use crate::texts::{Language, Texts};
use crate::values::{new_id, now};
use crate::vault::Vault;

/// Days before a day at which a company is reminded of it.
pub const BEFORE: [i64; 3] = [1, 7, 14];
/// What reminders of findings are called among reminders.
const KIND: &str = "finding";
/// Companies in a batch.
const COMPANIES: i64 = 50;
/// Findings of one company that are looked at in one go.
const AT_MOST: i64 = 500;

/// Tells of what is due, or overdue, at the next companies after one.
pub fn batch(c: &mut AnyConnection, vault: &Vault, after: &str) -> Result<Step, Error> {
    let today = now().date();
    let horizon = today + chrono::Days::new(BEFORE[2] as u64);
    let statuses = Status::OPEN.map(|status| status.as_str());
    // What must be contained must be closed later still: the wide horizon finds both.
    let soon = findings::due_on.le(horizon).nullable().or(findings::contain_by.le(horizon));
    let ids: Vec<String> = findings::table
        .filter(findings::supplier_id.gt(after))
        .filter(among(findings::status, statuses))
        .filter(soon)
        .group_by(findings::supplier_id)
        .order(findings::supplier_id)
        .limit(COMPANIES)
        .select(findings::supplier_id)
        .load(c)?;
    let companies: Vec<Supplier> = suppliers::table
        .filter(among(suppliers::id, ids.iter().map(String::as_str)))
        .filter(suppliers::merged_into.is_null())
        .select(Supplier::as_select())
        .load(c)?;
    let mut done = 0;
    for supplier in companies.iter().filter(|one| !has_left(one.stage)) {
        let open: Vec<Finding> = findings::table
            .filter(findings::supplier_id.eq(&supplier.id))
            .filter(among(findings::status, statuses))
            .filter(findings::due_on.le(horizon).nullable().or(findings::contain_by.le(horizon)))
            .order((findings::due_on, findings::id))
            .limit(AT_MOST)
            .select(Finding::as_select())
            .load(c)?;
        done += remind(c, vault, supplier, &open, today)?;
        done += escalate(c, vault, supplier, &open, today)?;
    }
    let next = ids.into_iter().nth(COMPANIES as usize - 1);
    Ok(Step { done, next })
}

fn has_left(stage: Stage) -> bool {
    matches!(stage, Stage::Eliminated | Stage::Withdrawn | Stage::Declined)
}

/// The newest reminder that is due with so many days left, if any is.
fn step_of(days: i64) -> Option<i64> {
    BEFORE.into_iter().find(|step| days >= 0 && days <= *step)
}

/// Whether a finding waits for its company.
fn waits_for_company(one: &Finding) -> bool {
    one.status == Status::Open || one.is_uncontained()
}

/// Reminds a company of what it has to do soon. How many findings it was told of.
fn remind(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier: &Supplier,
    open: &[Finding],
    today: NaiveDate,
) -> Result<i64, Error> {
    let told: HashSet<(String, NaiveDate, i64)> = reminders::table
        .filter(reminders::supplier_id.eq(&supplier.id))
        .filter(reminders::kind.eq(KIND))
        .select((reminders::subject_id, reminders::due_on, reminders::step))
        .load(c)?
        .into_iter()
        .collect();
    let due: Vec<(&Finding, i64)> = open
        .iter()
        .filter(|one| waits_for_company(one))
        .filter_map(|one| Some((one, step_of((one.next_day() - today).num_days())?)))
        .filter(|(one, step)| !told.contains(&(one.id.clone(), one.next_day(), *step)))
        .collect();
    let all: Vec<&Finding> = due.iter().map(|(one, _)| *one).collect();
    if !tell_company(c, vault, supplier, "finding_reminder", &all, today)? {
        return Ok(0);
    }
    for (one, step) in &due {
        diesel::insert_into(reminders::table)
            .values((
                reminders::id.eq(new_id()),
                reminders::kind.eq(KIND),
                reminders::subject_id.eq(&one.id),
                reminders::due_on.eq(one.next_day()),
                reminders::step.eq(*step),
                reminders::supplier_id.eq(&supplier.id),
                reminders::created_at.eq(now()),
            ))
            .execute(c)?;
    }
    let subject = ("supplier", supplier.id.as_str());
    let details = json!({ "findings": codes(&all) });
    audit::append(c, &Actor::clock(), "finding.reminded", subject, details)?;
    Ok(all.len() as i64)
}

/// Days after one escalation until the next.
fn pause(escalations: i64) -> i64 {
    if escalations == 1 { 7 } else { 14 }
}

/// Whether a finding is to be escalated now.
fn is_due(one: &Finding, today: NaiveDate) -> bool {
    let last = one.escalated_at.map(|at| (today - at.date()).num_days());
    one.is_overdue(today) && last.is_none_or(|days| days >= pause(one.escalations))
}

/// Escalates what is overdue at a company. How many findings.
fn escalate(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier: &Supplier,
    open: &[Finding],
    today: NaiveDate,
) -> Result<i64, Error> {
    let mut due = Vec::new();
    for one in open.iter().filter(|one| is_due(one, today)) {
        let unmoved =
            findings::table.find(&one.id).filter(findings::escalations.eq(one.escalations));
        let changed = diesel::update(unmoved)
            .set((findings::escalations.eq(one.escalations + 1), findings::escalated_at.eq(now())))
            .execute(c)?;
        if changed == 1 {
            due.push(one);
        }
    }
    for one in &due {
        add(c, &Actor::clock(), one, StepKind::Escalated, "")?;
        if one.is_late(today) {
            results::apply::after_overdue(c, one)?;
        }
        let details = json!({ "escalation": one.escalations + 1 });
        log(c, &Actor::clock(), "finding.escalated", one, details)?;
    }
    let late: Vec<&Finding> = due.iter().copied().filter(|one| waits_for_company(one)).collect();
    tell_company(c, vault, supplier, "finding_overdue", &late, today)?;
    tell_staff(c, vault, supplier, &due, today)?;
    Ok(due.len() as i64)
}

/// Writes to everybody of a company of some findings. False when nobody can be written to, or nothing is to
/// be told.
fn tell_company(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier: &Supplier,
    kind: &'static str,
    all: &[&Finding],
    today: NaiveDate,
) -> Result<bool, Error> {
    if all.is_empty() {
        return Ok(false);
    }
    let words = |texts: &Texts| {
        let things = texts.count("finding-things", all.len() as i64);
        (vec![("things", things)], lines(texts, all, today))
    };
    let to = (supplier.id.as_str(), supplier.legal_name.as_str());
    Ok(company::reach(c, vault, to, kind, "/portal/findings", words)? > 0)
}

/// Writes to our side: to whoever looks after the company, and to the inspector of what was escalated
/// before, or where nobody looks after the company.
fn tell_staff(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier: &Supplier,
    due: &[&Finding],
    today: NaiveDate,
) -> Result<(), Error> {
    if due.is_empty() {
        return Ok(());
    }
    let owner = owners::of(c, &supplier.id)?;
    let mut told: BTreeMap<String, (owners::Owner, Vec<&Finding>)> = BTreeMap::new();
    if let Some(owner) = &owner {
        told.insert(owner.account_id.clone(), (owner.clone(), due.to_vec()));
    }
    let again = due.iter().filter(|one| one.escalations > 0 || owner.is_none());
    for one in again {
        let inspector: Option<Account> = inspections::table
            .inner_join(accounts::table.on(accounts::id.nullable().eq(inspections::inspector_id)))
            .filter(inspections::id.eq(&one.inspection_id))
            .select(Account::as_select())
            .first(c)
            .optional()?;
        let inspector = inspector.filter(|one| owners::may_look_after(one, &supplier.area));
        if let Some(account) = inspector.filter(|one| !is_owner(&owner, one)) {
            let entry = told.entry(account.id.clone());
            entry.or_insert_with(|| (account.into(), Vec::new())).1.push(one);
        }
    }
    for (to, things) in told.into_values() {
        let texts = to.language.texts();
        let letter = Letter {
            kind: "finding_escalated",
            email: &to.email,
            name: &to.name,
            language: to.language,
            supplier_id: Some(&supplier.id),
            args: vec![
                ("company", name_for(to.language, supplier)),
                ("supplier", supplier.code()),
                ("things", texts.count("finding-things", things.len() as i64)),
            ],
            lines: lines(texts, &things, today),
            link: Some(format!("/findings?state=overdue&supplier={}", supplier.code())),
        };
        match notices::post(c, vault, letter) {
            Ok(_) | Err(Error::Invalid(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn is_owner(owner: &Option<owners::Owner>, account: &Account) -> bool {
    owner.as_ref().is_some_and(|owner| owner.account_id == account.id)
}

fn name_for(language: Language, supplier: &Supplier) -> String {
    let english = &supplier.english_name;
    let is_english = language == Language::English && !english.is_empty();
    if is_english { english.clone() } else { supplier.legal_name.clone() }
}

fn codes(all: &[&Finding]) -> String {
    all.iter().map(|one| one.code()).collect::<Vec<_>>().join(" ")
}

/// A line for each finding: its number, what was found, how long there is left.
fn lines(texts: &Texts, all: &[&Finding], today: NaiveDate) -> Vec<String> {
    let line = |one: &&Finding| {
        let day = one.next_day().to_string();
        let when = super::shown::when(texts, one.next_day(), today);
        let what = if one.is_uncontained() { "finding-line-contain" } else { "finding-line" };
        let number = one.code();
        let severity =
            texts.get(&format!("finding-severity-{}", one.severity.as_str())).to_string();
        texts.with(
            what,
            &[
                ("number", number.as_str()),
                ("severity", severity.as_str()),
                ("day", day.as_str()),
                ("when", when.as_str()),
            ],
        )
    };
    all.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_reminded_14_7_and_1_days_before() {
        for (days, step) in
            [(15, None), (14, Some(14)), (8, Some(14)), (7, Some(7)), (2, Some(7)), (1, Some(1))]
        {
            assert_eq!(step_of(days), step, "{days}");
        }
        assert_eq!((step_of(0), step_of(-1)), (Some(1), None));
    }

    #[test]
    fn the_second_escalation_follows_after_7_days_and_each_later_one_after_14() {
        assert_eq!([1, 2, 3, 9].map(pause), [7, 14, 14, 14]);
    }
}
