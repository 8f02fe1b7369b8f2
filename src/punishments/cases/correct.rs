//! What was recorded of a case is set right by a record of its own.

use serde_json::json;
use validator::Validate;

use super::CorrectionInput;
use super::input::needed;
use super::steps::{add, log};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::punishments::{Case, StepKind, find};

/// What a record comes to, where it can be added: the case, and what is said.
pub fn may_correct(
    c: &mut AnyConnection,
    by: &May<right::ProposePunishments>,
    id: &str,
    input: &CorrectionInput,
) -> Result<(Case, String), Error> {
    let (case, _) = find(c, by.scope(), id)?;
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let text = needed("correction", &input.correction, &mut problems);
    problems.into_result()?;
    Ok((case, text))
}

/// Adds to a case what was recorded wrong, or came up later; the id of the step. At any time: what was
/// recorded before stays as it is.
pub fn correct(
    c: &mut AnyConnection,
    by: &May<right::ProposePunishments>,
    id: &str,
    input: &CorrectionInput,
) -> Result<(Case, String), Error> {
    let (case, text) = may_correct(c, by, id, input)?;
    let is_shown = input.correction_shown == "on";
    let step = add(c, by.actor(), id, StepKind::Corrected, &text, is_shown)?;
    let details = json!({ "correction": text, "correction_shown": is_shown });
    log(c, by.actor(), "punishment.corrected", &case, details)?;
    Ok((case, step))
}
