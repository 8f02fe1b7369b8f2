//! An inspector says whether they have a conflict of interest. Who has one does not go.

use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Declaration, letters, record};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::inspections::{Inspection, Status, find};
use crate::schema::{inspection_declarations, inspection_results, inspections};
use crate::values::{new_id, now};
use crate::vault::Vault;

/// The form of a declaration.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DeclarationInput {
    /// "none" or "conflict".
    #[validate(length(max = 20))]
    pub conflict: String,
    /// Which ties there are, where there are any.
    #[validate(length(max = 2000))]
    pub statement: String,
}

/// The inspector's own declaration. Without a conflict the visit can begin, and the company is told of
/// it; with one somebody else has to be named.
pub fn declare(
    c: &mut AnyConnection,
    by: &May<right::Inspect>,
    vault: &Vault,
    id: &str,
    input: &DeclarationInput,
) -> Result<Inspection, Error> {
    let (before, _) = find(c, by.scope(), id)?;
    let me = by.actor();
    if before.inspector_id.as_deref() != Some(me.account_id.as_str()) {
        return Err(Error::Forbidden("refused-inspection-not-yours"));
    }
    if before.status != Status::Assigned {
        return Err(Error::Conflict("conflict-inspection-declared"));
    }
    let (has_conflict, statement) = read(input)?;
    let declaration = Declaration {
        id: new_id(),
        inspection_id: before.id.clone(),
        account_id: me.account_id.clone(),
        account_name: me.name.clone(),
        has_conflict,
        statement,
        declared_at: now(),
    };
    diesel::insert_into(inspection_declarations::table).values(&declaration).execute(c)?;
    let row = inspections::table.find(id).filter(inspections::status.eq(Status::Assigned));
    let changed = if has_conflict {
        let nobody: Option<String> = None;
        diesel::update(row)
            .set((
                inspections::status.eq(Status::Planned),
                inspections::inspector_id.eq(nobody),
                inspections::inspector_name.eq(""),
            ))
            .execute(c)?
    } else {
        let status = status_of_visit(c, id)?;
        diesel::update(row).set(inspections::status.eq(status)).execute(c)?
    };
    if changed == 0 {
        return Err(Error::Conflict("conflict-inspection-declared"));
    }
    let after = find(c, by.scope(), id)?.0;
    if !has_conflict {
        letters::announce(c, vault, &after)?;
    }
    let action = if has_conflict { "inspection.conflict_declared" } else { "inspection.scheduled" };
    let day = before.planned_on.map(|day| day.to_string());
    record(c, me, &after, action, json!({ "inspector": me.name, "planned_on": day }))?;
    Ok(after)
}

fn read(input: &DeclarationInput) -> Result<(bool, String), Problems> {
    let statement = input.statement.trim().to_string();
    let mut problems = Problems::default();
    let has_conflict = match input.conflict.as_str() {
        "none" => false,
        "conflict" => true,
        _ => {
            problems.add(Problem::new("conflict", "unknown_choice"));
            false
        }
    };
    if has_conflict && statement.is_empty() {
        problems.add(Problem::new("statement", "missing"));
    }
    if problems.is_empty() { Ok((has_conflict, statement)) } else { Err(problems) }
}

/// Somebody before may have begun.
fn status_of_visit(c: &mut AnyConnection, id: &str) -> Result<Status, Error> {
    let results = inspection_results::table.filter(inspection_results::inspection_id.eq(id));
    let has_begun: bool = diesel::select(exists(results)).get_result(c)?;
    Ok(if has_begun { Status::UnderWay } else { Status::Scheduled })
}
