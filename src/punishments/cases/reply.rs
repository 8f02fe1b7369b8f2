//! The company says what it has to say, within its days.

use diesel::prelude::*;
use serde_json::json;
use validator::Validate;

use super::ReplyInput;
use super::input::needed;
use super::steps::{add, at, log, moved};
use crate::access::Member;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::punishments::stages::Action;
use crate::punishments::{Case, Status, StepKind, find_of};
use crate::schema::punishment_cases;
use crate::values::now;

/// What a reply comes to, where it can be taken: the case, and what is said.
pub fn may_reply(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &ReplyInput,
) -> Result<(Case, String), Error> {
    let case = find_of(c, by, id)?;
    if !Action::Reply.is_open(case.status) {
        return Err(Error::Conflict("conflict-punishment"));
    }
    if !can_reply(&case) {
        return Err(Error::Conflict("conflict-punishment-reply-late"));
    }
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let text = needed("punishment_reply", &input.punishment_reply, &mut problems);
    problems.into_result()?;
    Ok((case, text))
}

/// Whether the company may still say something: until its last day, also more than once.
pub(super) fn can_reply(case: &Case) -> bool {
    let today = now().date();
    Action::Reply.is_open(case.status) && case.reply_by.is_some_and(|day| day >= today)
}

/// The company replies; the id of the step, for what it hands in with it. What it said first counts as its
/// reply, and what it adds later stands beside it.
pub fn reply(
    c: &mut AnyConnection,
    by: &Member,
    id: &str,
    input: &ReplyInput,
) -> Result<(Case, String), Error> {
    let (case, text) = may_reply(c, by, id, input)?;
    let changed = diesel::update(at(id, Status::Served))
        .set(punishment_cases::replied_at.eq(case.replied_at.unwrap_or_else(now)))
        .execute(c)?;
    moved(changed)?;
    let step = add(c, &by.actor, id, StepKind::Replied, &text, true)?;
    log(c, &by.actor, "punishment.replied", &case, json!({}))?;
    Ok((find_of(c, by, id)?, step))
}
