//! Whoever brings a decision to the vote says of each company whether the measure is to hold it, and why.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::json;

use super::preview::{Preview, PreviewMember};
use crate::access::Actor;
use crate::db::{AnyConnection, among};
use crate::error::{Error, Problem, Problems};
use crate::punishments::cases::steps;
use crate::punishments::{Case, Ground, Held, MemberStatus, StepKind};
use crate::schema::punishment_members;
use crate::values::{new_id, now};

/// Letters of a reason, at most.
const REASON: usize = 1000;

/// What a form says of each company: its id, whether it is included, and why. The fields are `choice-<id>`
/// ("include" or "exempt") and `reason-<id>`.
pub fn choices_of(values: &[(String, String)]) -> Vec<(String, bool, String)> {
    let reason = |id: &str| {
        let name = format!("reason-{id}");
        let found = values.iter().find(|(field, _)| *field == name);
        found.map(|(_, value)| value.trim().to_string()).unwrap_or_default()
    };
    let choice = |(field, value): &(String, String)| {
        let id = field.strip_prefix("choice-")?;
        let is_included = match value.as_str() {
            "include" => true,
            "exempt" => false,
            _ => return None,
        };
        Some((id.to_string(), is_included, reason(id)))
    };
    values.iter().filter_map(choice).collect()
}

/// Writes down whom the measure is to hold: the company that the case is against always, the others as chosen,
/// each with a reason. What was chosen for an earlier ballot gives way. Nothing holds before the decision.
pub fn choose(
    c: &mut AnyConnection,
    by: &Actor,
    case: &Case,
    preview: &Preview,
    choices: &[(String, bool, String)],
) -> Result<(), Error> {
    if case.status.is_in_force() {
        return Err(Error::Conflict("conflict-punishment"));
    }
    let rows = rows(by, case, preview, choices)?;
    let earlier = punishment_members::table
        .filter(punishment_members::case_id.eq(&case.id))
        .filter(punishment_members::from_on.is_null())
        .filter(among(
            punishment_members::status,
            [MemberStatus::Included.as_str(), MemberStatus::Exempted.as_str()],
        ));
    diesel::delete(earlier).execute(c)?;
    for row in &rows {
        diesel::insert_into(punishment_members::table).values(row).execute(c)?;
    }
    if rows.len() == 1 {
        return Ok(());
    }
    let lines = |status: MemberStatus| -> Vec<String> {
        let others = rows.iter().zip(&preview.members).filter(|(row, _)| row.status == status);
        let others = others.filter(|(row, _)| row.ground != Ground::Principal);
        others.map(|(row, member)| line(member, &row.reason)).collect()
    };
    let (included, exempted) = (lines(MemberStatus::Included), lines(MemberStatus::Exempted));
    for (kind, lines) in
        [(StepKind::MemberIncluded, &included), (StepKind::MemberExempted, &exempted)]
    {
        if !lines.is_empty() {
            steps::add(c, by, &case.id, kind, &lines.join("\n"), false)?;
        }
    }
    let details = json!({
        "included_companies": included.len(),
        "exempted_companies": exempted.len(),
        "group_hash": preview.hash,
    });
    steps::log(c, by, "punishment.group_chosen", case, details)
}

fn line(member: &PreviewMember, reason: &str) -> String {
    format!("{} {}: {reason}", member.supplier.code(), member.supplier.legal_name)
}

/// The rows in the order of the preview, or what is missing.
fn rows(
    by: &Actor,
    case: &Case,
    preview: &Preview,
    choices: &[(String, bool, String)],
) -> Result<Vec<Held>, Problems> {
    if preview.is_cut {
        return Err(Problems::one("group_hash", "punishment_group_cut"));
    }
    if preview.members.iter().any(|member| !by.scope.allows(&member.supplier.area)) {
        return Err(Problems::one("group_hash", "punishment_group_scope"));
    }
    let chosen: HashMap<&str, (bool, &str)> =
        choices.iter().map(|(id, is_in, why)| (id.as_str(), (*is_in, why.trim()))).collect();
    let mut problems = Problems::default();
    let mut rows = Vec::with_capacity(preview.members.len());
    for member in &preview.members {
        let id = &member.supplier.id;
        let (is_included, reason) = match (member.ground, chosen.get(id.as_str())) {
            (Ground::Principal, _) => (true, ""),
            (_, Some(choice)) => *choice,
            (_, None) => {
                problems.add(of_company(&format!("choice-{id}"), "punishment_choice", member));
                continue;
            }
        };
        let field = format!("reason-{id}");
        if reason.is_empty() && member.ground != Ground::Principal {
            problems.add(of_company(&field, "punishment_choice_reason", member));
        }
        if reason.chars().count() > REASON {
            problems.add(Problem::new(&field, "too_long").with("max", REASON));
        }
        rows.push(Held {
            id: new_id(),
            case_id: case.id.clone(),
            supplier_id: id.clone(),
            ground: member.ground,
            status: match is_included {
                true => MemberStatus::Included,
                false => MemberStatus::Exempted,
            },
            reason: reason.into(),
            from_on: None,
            to_on: None,
            found_at: now(),
            left_at: None,
            settled_at: None,
            settled_by: None,
            settled_name: String::new(),
        });
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

fn of_company(field: &str, code: &str, member: &PreviewMember) -> Problem {
    Problem::new(field, code).with("company", &member.supplier.legal_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_of_each_company_whether_it_is_included_and_why() {
        let field = |name: &str, value: &str| (name.to_string(), value.to_string());
        let values = [
            field("choice-a", "include"),
            field("reason-a", " It delivers the same goods "),
            field("choice-b", "exempt"),
            field("choice-c", ""),
            field("reason-c", "Nobody has said"),
            field("grounds", "include"),
        ];
        let chosen = choices_of(&values);
        assert_eq!(
            chosen,
            [
                ("a".to_string(), true, "It delivers the same goods".to_string()),
                ("b".to_string(), false, String::new())
            ]
        );
    }
}
