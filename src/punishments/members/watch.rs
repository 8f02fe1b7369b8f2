//! The groups of companies under a measure are looked at again: who has joined waits for somebody to say whether
//! the measure is to hold it, and who has left stays held until somebody has looked.

use std::collections::HashSet;

use diesel::prelude::*;
use serde_json::json;

use super::preview::{Within, within};
use crate::access::Actor;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::punishments::cases::steps;
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Held, MemberStatus, Reach, Status, StepKind};
use crate::scheduler::Step;
use crate::schema::{punishment_cases, punishment_members, punishment_standards, suppliers};
use crate::suppliers::groups::Company;
use crate::values::{new_id, now};
use crate::vault::Vault;

/// Cases in a batch.
const CASES: i64 = 20;

/// Looks at the groups of the next cases in force after one.
pub fn batch(c: &mut AnyConnection, _: &Vault, after: &str) -> Result<Step, Error> {
    let in_force = [Status::InForce, Status::Appealed];
    let reaches = [Reach::Controlled, Reach::WholeGroup];
    let cases: Vec<(Case, Standard)> = punishment_cases::table
        .inner_join(
            punishment_standards::table
                .on(punishment_standards::id.eq(punishment_cases::standard_id)),
        )
        .filter(punishment_cases::id.gt(after))
        .filter(among(punishment_cases::status, in_force.map(Status::as_str)))
        .filter(punishment_cases::to_on.gt(now().date()))
        .filter(among(punishment_standards::reach, reaches.map(Reach::as_str)))
        .order(punishment_cases::id)
        .limit(CASES)
        .select((Case::as_select(), Standard::as_select()))
        .load(c)?;
    let mut done = 0;
    for (case, standard) in &cases {
        done += look(c, case, standard)?;
    }
    let next = cases.into_iter().nth(CASES as usize - 1).map(|(case, _)| case.id);
    Ok(Step { done, next })
}

/// Compares the group of a case with whom it was about. How many companies have joined, left or come back.
fn look(c: &mut AnyConnection, case: &Case, standard: &Standard) -> Result<i64, Error> {
    let (group, is_cut) = match within(c, &case.supplier_id, standard.reach) {
        // Nothing leads to its group: the next look may find it.
        Err(Error::NotFound | Error::Moved { .. }) => return Ok(0),
        found => found?,
    };
    let rows = super::newest(c, &case.id)?;
    let mut done = 0;
    for member in &group {
        let row = rows.get(&member.0.id);
        match row.map(|row| (row, row.status)) {
            None | Some((_, MemberStatus::Freed)) => join(c, case, member)?,
            Some((row, MemberStatus::Left | MemberStatus::Included)) if row.left_at.is_some() => {
                come_back(c, case, row, &member.0)?;
            }
            Some(_) => continue,
        }
        done += 1;
    }
    // Of a group with too many companies nobody knows who is not in it.
    if is_cut {
        return Ok(done);
    }
    let there: HashSet<&str> = group.iter().map(|(company, ..)| company.id.as_str()).collect();
    let mut gone: Vec<&Held> = rows
        .values()
        .filter(|row| !there.contains(row.supplier_id.as_str()))
        .filter(|row| match row.status {
            MemberStatus::Included => row.left_at.is_none(),
            MemberStatus::Proposed => true,
            _ => false,
        })
        .collect();
    gone.sort_by(|a, b| a.id.cmp(&b.id));
    for row in gone {
        leave(c, case, row)?;
        done += 1;
    }
    Ok(done)
}

/// A company that has joined the group: nothing holds it yet.
fn join(c: &mut AnyConnection, case: &Case, (company, ground, _): &Within) -> Result<(), Error> {
    let row = Held {
        id: new_id(),
        case_id: case.id.clone(),
        supplier_id: company.id.clone(),
        ground: *ground,
        status: MemberStatus::Proposed,
        reason: String::new(),
        from_on: None,
        to_on: None,
        found_at: now(),
        left_at: None,
        settled_at: None,
        settled_by: None,
        settled_name: String::new(),
    };
    diesel::insert_into(punishment_members::table).values(&row).execute(c)?;
    note(c, case, company, StepKind::MemberFound, "punishment.member_found")
}

/// A company that had left is there again, before or after somebody has looked.
fn come_back(
    c: &mut AnyConnection,
    case: &Case,
    row: &Held,
    company: &Company,
) -> Result<(), Error> {
    diesel::update(punishment_members::table.find(&row.id))
        .set((
            punishment_members::status.eq(MemberStatus::Included),
            punishment_members::left_at.eq(None::<chrono::NaiveDateTime>),
        ))
        .execute(c)?;
    note(c, case, company, StepKind::MemberFound, "punishment.member_returned")
}

/// A company that is held has left the group, or one that waited to be: nothing is to be said of that one.
fn leave(c: &mut AnyConnection, case: &Case, row: &Held) -> Result<(), Error> {
    let after = match row.status {
        MemberStatus::Proposed => MemberStatus::Freed,
        _ => MemberStatus::Left,
    };
    diesel::update(punishment_members::table.find(&row.id))
        .set((punishment_members::status.eq(after), punishment_members::left_at.eq(now())))
        .execute(c)?;
    let company: Company =
        suppliers::table.find(&row.supplier_id).select(Company::as_select()).first(c)?;
    note(c, case, &company, StepKind::MemberLeft, "punishment.member_left")
}

fn note(
    c: &mut AnyConnection,
    case: &Case,
    company: &Company,
    kind: StepKind,
    action: &str,
) -> Result<(), Error> {
    let by = Actor::clock();
    let body = format!("{} {}", company.code(), company.legal_name);
    steps::add(c, &by, &case.id, kind, &body, false)?;
    steps::log(c, &by, action, case, json!({ "company": company.id, "member": body }))
}
