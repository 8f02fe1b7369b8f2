//! Companies that need not sign a clause for a time.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::voiding::ReasonInput;
use crate::access::{May, Scope, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::clause_exceptions;
use crate::suppliers;
use crate::values::{calendar_day, new_id, now};

/// An exception, granted by a legal officer.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = clause_exceptions)]
pub struct Exception {
    pub id: String,
    pub supplier_id: String,
    pub clause_id: String,
    pub reason: String,
    /// It counts from the moment at which it was granted, if that is later.
    pub valid_from: NaiveDate,
    /// The last day.
    pub valid_to: NaiveDate,
    pub granted_by: String,
    pub granted_name: String,
    pub created_at: NaiveDateTime,
    /// When it was taken back early.
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

/// The exceptions of a company, newest first.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Exception>, Error> {
    Ok(clause_exceptions::table
        .filter(clause_exceptions::supplier_id.eq(supplier_id))
        .order(clause_exceptions::id.desc())
        .limit(200)
        .select(Exception::as_select())
        .load(c)?)
}

/// Days that an exception may run, at most: two years.
pub const LONGEST_DAYS: i64 = 731;

/// An exception as a form sends it.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ExceptionInput {
    /// Id of the clause.
    pub clause: String,
    #[validate(length(max = 1000))]
    pub reason: String,
    /// "2026-03-31": today or later.
    pub first_day: String,
    pub last_day: String,
}

impl ExceptionInput {
    /// The first and the last day, and the reason.
    fn read(&self, today: NaiveDate) -> Result<(NaiveDate, NaiveDate, &str), Error> {
        let mut problems = Problems::default();
        let reason = self.reason.trim();
        if reason.is_empty() {
            problems.add(Problem::new("reason", "missing"));
        }
        let mut day = |field: &str, typed: &str| {
            let day = calendar_day(typed.trim());
            if day.is_none() {
                problems.add(Problem::new(field, "exception_day"));
            }
            day
        };
        let (first, last) = (day("first_day", &self.first_day), day("last_day", &self.last_day));
        if let (Some(first), Some(last)) = (first, last) {
            if first < today {
                problems.add(Problem::new("first_day", "exception_past"));
            }
            if last < first {
                problems.add(Problem::new("last_day", "exception_order"));
            }
            if (last - first).num_days() > LONGEST_DAYS {
                problems.add(Problem::new("last_day", "exception_too_long"));
            }
            problems.into_result()?;
            return Ok((first, last, reason));
        }
        Err(problems.into())
    }
}

impl Exception {
    /// Whether it counts on a day, or will later.
    pub fn is_running(&self, today: NaiveDate) -> bool {
        self.ended_at.is_none() && self.valid_to >= today
    }
}

/// Lets a company go without a signature under a clause for a time.
pub fn grant(
    c: &mut AnyConnection,
    by: &May<right::GrantExceptions>,
    supplier_id: &str,
    input: &ExceptionInput,
) -> Result<Exception, Error> {
    suppliers::find(c, by.scope(), supplier_id)?;
    let (today, known) = (now().date(), super::all(c)?);
    let Some(clause) = known.iter().find(|one| one.id == input.clause) else {
        return Err(Problems::one("clause", "unknown_choice").into());
    };
    let (valid_from, valid_to, reason) = input.read(today)?;
    let overlaps = |one: &Exception| {
        let in_time = one.valid_from <= valid_to && one.valid_to >= valid_from;
        one.clause_id == clause.id && one.is_running(today) && in_time
    };
    if of(c, supplier_id)?.iter().any(overlaps) {
        return Err(Problems::one("first_day", "exception_overlaps").into());
    }
    let actor = by.actor();
    let exception = Exception {
        id: new_id(),
        supplier_id: supplier_id.into(),
        clause_id: clause.id.clone(),
        reason: reason.into(),
        valid_from,
        valid_to,
        granted_by: actor.account_id.clone(),
        granted_name: actor.name.clone(),
        created_at: now(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(clause_exceptions::table).values(&exception).execute(c)?;
    let details = json!({
        "clause": clause.code,
        "reason": reason,
        "valid_from": valid_from,
        "valid_until": valid_to,
    });
    audit::append(c, actor, "exception.granted", ("supplier", supplier_id), details)?;
    Ok(exception)
}

/// The exception of an id, where its company is within reach.
pub fn find(c: &mut AnyConnection, scope: &Scope, id: &str) -> Result<Exception, Error> {
    let exception: Exception =
        clause_exceptions::table.find(id).select(Exception::as_select()).first(c)?;
    suppliers::find(c, scope, &exception.supplier_id)?;
    Ok(exception)
}

/// Takes an exception back before its last day.
pub fn end(
    c: &mut AnyConnection,
    by: &May<right::GrantExceptions>,
    id: &str,
    input: &ReasonInput,
) -> Result<Exception, Error> {
    let before = find(c, by.scope(), id)?;
    let reason = input.given()?;
    let (actor, today) = (by.actor(), now().date());
    let running = clause_exceptions::table
        .find(id)
        .filter(clause_exceptions::ended_at.is_null())
        .filter(clause_exceptions::valid_to.ge(today));
    let changed = diesel::update(running)
        .set((
            clause_exceptions::ended_at.eq(now()),
            clause_exceptions::ended_by.eq(&actor.account_id),
            clause_exceptions::ended_name.eq(&actor.name),
            clause_exceptions::ended_reason.eq(reason),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-exception-ended"));
    }
    let clause = super::find(c, &before.clause_id)?;
    let details = json!({ "clause": clause.code, "reason": reason });
    audit::append(c, actor, "exception.ended", ("supplier", &before.supplier_id), details)?;
    find(c, by.scope(), id)
}
