//! The notice of a case is served: from then on the company's days count.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use diesel::prelude::*;
use serde_json::json;
use validator::Validate;

use super::input::{day_of, needed};
use super::steps::{add, at, log, moved};
use super::{DECIDE_DAYS, ServiceInput, after, letters};
use crate::access::{May, company_people, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::punishments::stages::Action;
use crate::punishments::standards::find_standard;
use crate::punishments::{Case, Status, StepKind, find};
use crate::schema::punishment_cases;
use crate::values::now;
use crate::vault::Vault;

/// Serves the notice of a case in the portal and by mail. Where nobody of the company has an account, it was
/// served on paper, and the form says how and when: the company's days count from then.
pub fn serve(
    c: &mut AnyConnection,
    by: &May<right::ServePunishments>,
    vault: &Vault,
    id: &str,
    input: &ServiceInput,
) -> Result<Case, Error> {
    let (case, supplier) = find(c, by.scope(), id)?;
    if !Action::Serve.is_open(case.status) {
        return Err(Error::Conflict("conflict-punishment"));
    }
    input.validate().map_err(Problems::from)?;
    let mut problems = Problems::default();
    let notice = needed("notice_text", &input.notice_text, &mut problems);
    let paper = paper_of(input, &case, &mut problems);
    let has_people = !company_people::open_of(c, &supplier.id)?.is_empty();
    if !has_people && input.delivery_reference.trim().is_empty() {
        problems.0.retain(|problem| problem.field != "delivery_reference");
        problems.add(Problem::new("delivery_reference", "punishment_nobody"));
    }
    problems.into_result()?;
    let standard = find_standard(c, &case.standard_id)?;
    let served_at = served_at(paper.as_ref().filter(|_| !has_people).map(|(_, day)| *day));
    let reply_by = after(served_at.date(), standard.reply_days);
    let changed = diesel::update(at(id, Status::Proposed))
        .set((
            punishment_cases::status.eq(Status::Served),
            punishment_cases::served_at.eq(served_at),
            punishment_cases::reply_by.eq(reply_by),
            punishment_cases::decide_by.eq(reply_by + Days::new(DECIDE_DAYS)),
        ))
        .execute(c)?;
    moved(changed)?;
    add(c, by.actor(), id, StepKind::Served, &notice, true)?;
    let delivery = paper.map(|(reference, day)| format!("{reference}, {day}"));
    if let Some(delivery) = &delivery {
        add(c, by.actor(), id, StepKind::Delivered, delivery, true)?;
    }
    let (case, _) = find(c, by.scope(), id)?;
    letters::tell(c, vault, (&case, &supplier), "punishment-notice", Some(reply_by))?;
    let details = json!({
        "served_on": served_at.date().to_string(),
        "reply_by": reply_by.to_string(),
        "delivery": delivery,
    });
    log(c, by.actor(), "punishment.served", &case, details)?;
    Ok(case)
}

/// How the notice was delivered on paper, if it was: what proves it, and the day.
fn paper_of(
    input: &ServiceInput,
    case: &Case,
    problems: &mut Problems,
) -> Option<(String, NaiveDate)> {
    let (reference, day) = (input.delivery_reference.trim(), input.delivered_on.trim());
    if reference.is_empty() && day.is_empty() {
        return None;
    }
    let reference = needed("delivery_reference", reference, problems);
    let day = day_of("delivered_on", day, problems)?;
    let first = case.proposed_at.date();
    if day < first || day > now().date() {
        let problem = Problem::new("delivered_on", "punishment_delivered");
        problems.add(problem.with("day", first));
    }
    Some((reference, day))
}

/// Now, or the beginning of the day of a delivery that has passed.
fn served_at(delivered: Option<NaiveDate>) -> NaiveDateTime {
    match delivered.filter(|day| *day < now().date()) {
        Some(day) => day.and_time(NaiveTime::MIN),
        None => now(),
    }
}
