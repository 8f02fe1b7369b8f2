//! A person says what a link means.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Link, Status, find};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::punishments;
use crate::schema::{evasion_links, punishment_cases, suppliers};
use crate::suppliers::code_of;
use crate::values::now;

/// What somebody says of a link.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SettleInput {
    /// "cleared" or "confirmed".
    pub outcome: String,
    #[validate(length(max = 2000))]
    pub reason: String,
}

/// Settles a link that waits: the company is free again, or a case follows. Whoever recorded what is shared
/// does not judge it.
pub fn settle(
    c: &mut AnyConnection,
    by: &May<right::SettleEvasion>,
    id: &str,
    input: &SettleInput,
) -> Result<Link, Error> {
    let link = find(c, by.scope(), id)?;
    if link.was_recorded_by(&by.actor().account_id) {
        return Err(Error::Forbidden("refused-evasion-own"));
    }
    if link.status != Status::Held {
        return Err(Error::Conflict("conflict-evasion-settled"));
    }
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let outcome = Status::parse(input.outcome.trim()).filter(|status| *status != Status::Held);
    if outcome.is_none() {
        problems.add(Problem::new("outcome", "unknown_choice"));
    }
    let reason = input.reason.trim();
    if reason.is_empty() {
        problems.add(Problem::new("reason", "missing"));
    }
    problems.into_result()?;
    let status = outcome.unwrap_or(Status::Held);
    let held = evasion_links::table
        .filter(evasion_links::id.eq(id))
        .filter(evasion_links::status.eq(Status::Held))
        .filter(evasion_links::shared.eq(&link.shared));
    let changed = diesel::update(held)
        .set((
            evasion_links::status.eq(status),
            evasion_links::settled_at.eq(now()),
            evasion_links::settled_by.eq(&by.actor().account_id),
            evasion_links::settled_name.eq(&by.actor().name),
            evasion_links::reason.eq(reason),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-evasion-settled"));
    }
    let details = json!({
        "evasion_company": named(c, &link.supplier_id)?,
        "evasion_other": named(c, &link.other_id)?,
        "evasion_case": case_code(c, &link.case_id)?,
        "evasion_kind": link.kind.as_str(),
        "evasion_outcome": status.as_str(),
        "reason": reason,
    });
    audit::append(c, by.actor(), "evasion.settled", ("evasion_link", id), details)?;
    find(c, by.scope(), id)
}

fn named(c: &mut AnyConnection, id: &str) -> Result<String, Error> {
    let (number, name): (i64, String) =
        suppliers::table.find(id).select((suppliers::number, suppliers::legal_name)).first(c)?;
    Ok(format!("{} {name}", code_of(number)))
}

fn case_code(c: &mut AnyConnection, id: &str) -> Result<String, Error> {
    let number: i64 = punishment_cases::table.find(id).select(punishment_cases::number).first(c)?;
    Ok(punishments::code_of(number))
}
