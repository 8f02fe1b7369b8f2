//! What may not wait for the decision: for some days, looked at by somebody else.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;
use validator::Validate;

use super::input::needed;
use super::steps::{add, log, moved};
use super::{EndingInput, Interim, InterimInput, ReviewInput, after, letters};
use crate::access::{Actor, May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::punishments::stages::Action;
use crate::punishments::standards::find_standard;
use crate::punishments::{Case, Orders, StepKind, find};
use crate::schema::punishment_interims;
use crate::values::{new_id, now};
use crate::vault::Vault;

/// The interim measures of a case, the oldest first.
pub fn interims_of(c: &mut AnyConnection, case_id: &str) -> Result<Vec<Interim>, Error> {
    Ok(punishment_interims::table
        .filter(punishment_interims::case_id.eq(case_id))
        .order((punishment_interims::from_on, punishment_interims::id))
        .limit(200)
        .select(Interim::as_select())
        .load(c)?)
}

/// Days of interim measures that are left in a case: what the standard allows without what has been used.
pub(super) fn days_left(allowed: i64, interims: &[Interim]) -> i64 {
    let used: i64 = interims.iter().map(|one| (one.last() - one.from_on).num_days().max(0)).sum();
    (allowed - used).max(0)
}

/// Orders what may not wait: only where the standard allows it, once the notice is served, for its days at
/// most, and one at a time.
pub fn impose_interim(
    c: &mut AnyConnection,
    by: &May<right::ServePunishments>,
    vault: &Vault,
    id: &str,
    input: &InterimInput,
) -> Result<Interim, Error> {
    let (case, supplier) = find(c, by.scope(), id)?;
    if !Action::ImposeInterim.is_open(case.status) {
        return Err(Error::Conflict("conflict-punishment"));
    }
    let standard = find_standard(c, &case.standard_id)?;
    if standard.interim_days <= 0 {
        return Err(Error::Conflict("conflict-punishment-no-interim"));
    }
    let earlier = interims_of(c, id)?;
    let today = now().date();
    if earlier.iter().any(|one| one.holds_on(today)) {
        return Err(Error::Conflict("conflict-punishment-interim-runs"));
    }
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let orders = Orders::parse(&input.interim_orders).filter(|one| *one != Orders::Allowed);
    if orders.is_none() {
        problems.add(Problem::new("interim_orders", "unknown_choice"));
    }
    let most = days_left(standard.interim_days, &earlier);
    let days = days_of(&input.interim_days).filter(|days| *days <= most);
    if days.is_none() {
        problems.add(Problem::new("interim_days", "punishment_interim_days").with("max", most));
    }
    let reason = needed("interim_reason", &input.interim_reason, &mut problems);
    problems.clone().into_result()?;
    let (Some(orders), Some(days)) = (orders, days) else {
        return Err(problems.into());
    };
    let interim = Interim {
        id: new_id(),
        case_id: id.into(),
        supplier_id: supplier.id.clone(),
        orders,
        from_on: today,
        to_on: after(today, days),
        reason: reason.clone(),
        imposed_by: by.actor().account_id.clone(),
        imposed_name: by.actor().name.clone(),
        imposed_at: now(),
        reviewed_at: None,
        reviewed_by: None,
        reviewed_name: String::new(),
        ended_on: None,
        ended_reason: String::new(),
    };
    diesel::insert_into(punishment_interims::table).values(&interim).execute(c)?;
    add(c, by.actor(), id, StepKind::InterimImposed, &reason, true)?;
    letters::tell(c, vault, (&case, &supplier), "punishment-interim", Some(interim.to_on))?;
    let details = json!({
        "orders": orders,
        "interim_to": interim.to_on.to_string(),
        "reason": reason,
    });
    log(c, by.actor(), "punishment.interim_imposed", &case, details)?;
    Ok(interim)
}

/// Whole days, at least one.
fn days_of(text: &str) -> Option<i64> {
    let text = text.trim();
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|days: &i64| is_plain && *days >= 1)
}

/// An interim measure of a case, while it holds.
fn running(
    c: &mut AnyConnection,
    case_id: &str,
    interim_id: &str,
    today: NaiveDate,
) -> Result<Interim, Error> {
    let found: Interim = punishment_interims::table
        .find(interim_id)
        .filter(punishment_interims::case_id.eq(case_id))
        .select(Interim::as_select())
        .first(c)?;
    match found.holds_on(today) {
        true => Ok(found),
        false => Err(Error::Conflict("conflict-punishment-interim-over")),
    }
}

/// Somebody other than who ordered an interim measure says, once, whether it is still needed.
pub fn review_interim(
    c: &mut AnyConnection,
    by: &May<right::DecidePunishments>,
    (id, interim_id): (&str, &str),
    input: &ReviewInput,
) -> Result<Interim, Error> {
    let (case, _) = find(c, by.scope(), id)?;
    let interim = running(c, id, interim_id, now().date())?;
    if interim.reviewed_at.is_some() {
        return Err(Error::Conflict("conflict-punishment-interim-reviewed"));
    }
    if interim.imposed_by == by.actor().account_id {
        return Err(Error::Forbidden("refused-own-interim"));
    }
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let is_kept = match input.interim_review.as_str() {
        "keep" => true,
        "end" => false,
        _ => {
            problems.add(Problem::new("interim_review", "unknown_choice"));
            false
        }
    };
    let reason = needed("interim_review_reason", &input.interim_review_reason, &mut problems);
    problems.into_result()?;
    let unseen = punishment_interims::table
        .find(interim_id)
        .filter(punishment_interims::reviewed_at.is_null());
    let changed = diesel::update(unseen)
        .set((
            punishment_interims::reviewed_at.eq(now()),
            punishment_interims::reviewed_by.eq(&by.actor().account_id),
            punishment_interims::reviewed_name.eq(&by.actor().name),
        ))
        .execute(c)?;
    moved(changed)?;
    add(c, by.actor(), id, StepKind::InterimReviewed, &reason, true)?;
    let details = json!({ "interim_review": input.interim_review, "reason": reason });
    log(c, by.actor(), "punishment.interim_reviewed", &case, details)?;
    if !is_kept {
        end(c, by.actor(), &case, interim_id, &reason)?;
    }
    Ok(punishment_interims::table.find(interim_id).select(Interim::as_select()).first(c)?)
}

/// Ends an interim measure before its last day.
pub fn end_interim(
    c: &mut AnyConnection,
    by: &May<right::ServePunishments>,
    (id, interim_id): (&str, &str),
    input: &EndingInput,
) -> Result<Interim, Error> {
    let (case, _) = find(c, by.scope(), id)?;
    running(c, id, interim_id, now().date())?;
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let reason = needed("interim_end_reason", &input.interim_end_reason, &mut problems);
    problems.into_result()?;
    end(c, by.actor(), &case, interim_id, &reason)?;
    Ok(punishment_interims::table.find(interim_id).select(Interim::as_select()).first(c)?)
}

/// Ends every interim measure of a case that holds today: it was decided, or taken back.
pub fn end_all(c: &mut AnyConnection, by: &Actor, case: &Case) -> Result<(), Error> {
    let today = now().date();
    let all = interims_of(c, &case.id)?;
    for one in all.iter().filter(|one| one.holds_on(today)) {
        end(c, by, case, &one.id, "")?;
    }
    Ok(())
}

fn end(
    c: &mut AnyConnection,
    by: &Actor,
    case: &Case,
    interim_id: &str,
    reason: &str,
) -> Result<(), Error> {
    let running =
        punishment_interims::table.find(interim_id).filter(punishment_interims::ended_on.is_null());
    let changed = diesel::update(running)
        .set((
            punishment_interims::ended_on.eq(now().date()),
            punishment_interims::ended_reason.eq(reason),
        ))
        .execute(c)?;
    moved(changed)?;
    add(c, by, &case.id, StepKind::InterimEnded, reason, true)?;
    log(c, by, "punishment.interim_ended", case, json!({ "reason": reason }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_and_at_least_one() {
        for (text, days) in [("1", Some(1)), (" 30 ", Some(30)), ("007", Some(7))] {
            assert_eq!(days_of(text), days, "{text}");
        }
        for text in ["", "0", "-1", "+2", "1.5", "ten", "99999999999999999999"] {
            assert_eq!(days_of(text), None, "{text}");
        }
    }
}
