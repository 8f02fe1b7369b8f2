//! What happens to cases is written down step by step, with the documents that belong to each, and in the trail.
//! The trail of a case is its own: the company's, which more people may read, says nothing of it.

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::access::Actor;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::punishments::{Case, Status, Step, StepKind};
use crate::schema::{punishment_cases, punishment_steps};
use crate::values::{new_id, now};

/// Writes a step down; its id. `is_shown` says whether the company reads it.
pub fn add(
    c: &mut AnyConnection,
    by: &Actor,
    case_id: &str,
    kind: StepKind,
    body: &str,
    is_shown: bool,
) -> Result<String, Error> {
    let step = Step {
        id: new_id(),
        case_id: case_id.into(),
        kind,
        body: body.into(),
        by_supplier: by.supplier_id.is_some(),
        is_shown,
        actor_id: by.account_id.clone(),
        actor_name: by.name.clone(),
        at: now(),
    };
    diesel::insert_into(punishment_steps::table).values(&step).execute(c)?;
    Ok(step.id)
}

/// The steps of a case, the oldest first.
pub fn of(c: &mut AnyConnection, case_id: &str) -> Result<Vec<Step>, Error> {
    Ok(punishment_steps::table
        .filter(punishment_steps::case_id.eq(case_id))
        .order((punishment_steps::at, punishment_steps::id))
        .limit(1000)
        .select(Step::as_select())
        .load(c)?)
}

type At<'a> = diesel::dsl::Filter<
    diesel::dsl::Find<punishment_cases::table, &'a str>,
    diesel::dsl::Eq<punishment_cases::status, Status>,
>;

/// The row of a case, as long as it is in a state.
pub fn at(id: &str, status: Status) -> At<'_> {
    punishment_cases::table.find(id).filter(punishment_cases::status.eq(status))
}

/// Fails where nothing was changed: somebody else was faster.
pub fn moved(changed: usize) -> Result<(), Error> {
    if changed == 0 { Err(Error::Conflict("conflict-punishment")) } else { Ok(()) }
}

/// Appends what happened to the trail of the case.
pub fn log(
    c: &mut AnyConnection,
    by: &Actor,
    action: &str,
    case: &Case,
    mut details: Value,
) -> Result<(), Error> {
    details["case"] = json!(case.code());
    audit::append(c, by, action, ("punishment_case", &case.id), details)
}
