//! What happens to cases because a day has come: measures end, days that were missed are written down, people are
//! reminded. Each thing is written down in the step that does it, so that it is done once however often the job
//! runs.

use chrono::{Days, NaiveDate};
use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::json;

use super::ends::{self, End};
use crate::access::Actor;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::punishments::cases::{Interim, letters, steps};
use crate::punishments::{Case, Status, StepKind};
use crate::scheduler::Step;
use crate::schema::{punishment_cases, punishment_interims, punishment_steps, suppliers};
use crate::suppliers::Supplier;
use crate::values::now;
use crate::vault::Vault;

/// Cases in a batch.
const CASES: i64 = 50;
/// Days before the end of the reply on which a company is reminded of it.
pub const REMIND_DAYS: u64 = 3;
/// Days between two notes that a day of ours has passed.
const AGAIN_DAYS: u64 = 7;

/// Looks at the next open cases after one.
pub fn batch(c: &mut AnyConnection, vault: &Vault, after: &str) -> Result<Step, Error> {
    let today = now().date();
    let cases: Vec<(Case, Supplier)> = punishment_cases::table
        .inner_join(suppliers::table.on(suppliers::id.eq(punishment_cases::supplier_id)))
        .filter(punishment_cases::id.gt(after))
        .filter(among(punishment_cases::status, Status::OPEN.map(|status| status.as_str())))
        .order(punishment_cases::id)
        .limit(CASES)
        .select((Case::as_select(), Supplier::as_select()))
        .load(c)?;
    let mut done = 0;
    for (case, supplier) in &cases {
        let about = (case, supplier);
        done += i64::from(past_interims(c, case, today)?);
        done += i64::from(expire(c, vault, about, today)?);
        done += i64::from(miss_reply(c, case, today)?);
        done += i64::from(remind(c, vault, about, today)?);
        done += i64::from(note_overdue(c, case, today)?);
    }
    let next = cases.into_iter().nth(CASES as usize - 1).map(|(case, _)| case.id);
    Ok(Step { done, next })
}

/// Ends a measure whose last day has passed. While its appeal can still be heard in time it waits for that: it
/// holds nobody any more.
fn expire(
    c: &mut AnyConnection,
    vault: &Vault,
    about: (&Case, &Supplier),
    today: NaiveDate,
) -> Result<bool, Error> {
    let case = about.0;
    let Some(day) = case.to_on.filter(|day| case.status.is_in_force() && *day <= today) else {
        return Ok(false);
    };
    if case.status == Status::Appealed && case.hear_by.is_some_and(|last| last >= today) {
        return Ok(false);
    }
    ends::end(c, &Actor::clock(), vault, about, (End::Expired, day, ""))?;
    Ok(true)
}

/// Notes that interim measures have come to their last day.
fn past_interims(c: &mut AnyConnection, case: &Case, today: NaiveDate) -> Result<bool, Error> {
    let past: Vec<Interim> = punishment_interims::table
        .filter(punishment_interims::case_id.eq(&case.id))
        .filter(punishment_interims::ended_on.is_null())
        .filter(punishment_interims::to_on.le(today))
        .select(Interim::as_select())
        .load(c)?;
    for one in &past {
        diesel::update(punishment_interims::table.find(&one.id))
            .set(punishment_interims::ended_on.eq(one.to_on))
            .execute(c)?;
        steps::add(c, &Actor::clock(), &case.id, StepKind::InterimEnded, "", true)?;
        let details = json!({ "holds_until": one.to_on.to_string() });
        steps::log(c, &Actor::clock(), "punishment.interim_ended", case, details)?;
    }
    Ok(!past.is_empty())
}

/// Notes once that the days to reply have passed without a reply.
fn miss_reply(c: &mut AnyConnection, case: &Case, today: NaiveDate) -> Result<bool, Error> {
    let has_passed = case.reply_by.is_some_and(|day| day < today);
    if case.status != Status::Served || case.replied_at.is_some() || !has_passed {
        return Ok(false);
    }
    let noted = punishment_steps::table
        .filter(punishment_steps::case_id.eq(&case.id))
        .filter(punishment_steps::kind.eq(StepKind::ReplyMissed));
    if diesel::select(exists(noted)).get_result::<bool>(c)? {
        return Ok(false);
    }
    steps::add(c, &Actor::clock(), &case.id, StepKind::ReplyMissed, "", true)?;
    steps::log(c, &Actor::clock(), "punishment.reply_missed", case, json!({}))?;
    Ok(true)
}

/// Reminds a company of the end of its reply, once.
fn remind(
    c: &mut AnyConnection,
    vault: &Vault,
    about: (&Case, &Supplier),
    today: NaiveDate,
) -> Result<bool, Error> {
    let case = about.0;
    let Some(last) = case.reply_by.filter(|_| case.status == Status::Served) else {
        return Ok(false);
    };
    let first = last - Days::new(REMIND_DAYS);
    if case.replied_at.is_some() || today < first || today > last {
        return Ok(false);
    }
    if !note_day(c, case, first, today)? {
        return Ok(false);
    }
    letters::tell(c, vault, about, "punishment-reply-due", Some(last))?;
    Ok(true)
}

/// Notes that a day of ours has passed, once a week.
fn note_overdue(c: &mut AnyConnection, case: &Case, today: NaiveDate) -> Result<bool, Error> {
    if !case.is_overdue(today) {
        return Ok(false);
    }
    if !note_day(c, case, today - Days::new(AGAIN_DAYS - 1), today)? {
        return Ok(false);
    }
    steps::add(c, &Actor::clock(), &case.id, StepKind::Overdue, "", false)?;
    steps::log(c, &Actor::clock(), "punishment.overdue", case, json!({}))?;
    Ok(true)
}

/// Moves the day of the last reminder to today, unless there was one since `first`.
fn note_day(
    c: &mut AnyConnection,
    case: &Case,
    first: NaiveDate,
    today: NaiveDate,
) -> Result<bool, Error> {
    let never = punishment_cases::reminded_on.is_null().nullable();
    let earlier = never.or(punishment_cases::reminded_on.lt(first));
    let changed = diesel::update(steps::at(&case.id, case.status).filter(earlier))
        .set(punishment_cases::reminded_on.eq(today))
        .execute(c)?;
    Ok(changed == 1)
}
