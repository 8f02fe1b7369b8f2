//! What becomes of an authentication: verified by a second person, failed, given up, taken back.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Authentication, Status, find, present};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::certification::basic::decide::{EndingInput, MONTHS, last_day};
use crate::certification::category::keep::recheck;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::authentications;
use crate::values::{calendar_day, now};
use crate::vault::Vault;

/// The form of the second person.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct VerificationInput {
    #[validate(length(max = 2000))]
    pub note: String,
    /// The last day, "2028-11-23"; two years from now when "".
    pub valid_to: String,
}

/// Who has verified, what they say of it, and the last day on which it counts.
pub(super) struct Verified<'a> {
    /// The id of the account and the name.
    pub by: (&'a str, &'a str),
    pub note: &'a str,
    pub until: NaiveDate,
}

/// The last day of what is verified on a day, unless another is named.
pub fn term(today: NaiveDate) -> NaiveDate {
    last_day(today, MONTHS.0)
}

/// The furthest last day.
pub fn furthest(today: NaiveDate) -> NaiveDate {
    last_day(today, MONTHS.1)
}

/// Verifies what somebody else has looked at. Neither who began it nor who recorded the person does.
pub fn verify(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    vault: &Vault,
    id: &str,
    input: &VerificationInput,
) -> Result<(), Error> {
    let (authentication, ..) = find(c, by.scope(), id)?;
    if authentication.status != Status::Open || !authentication.method.is_by_person() {
        return Err(Error::Conflict("conflict-authentication-closed"));
    }
    let person = present(c, &authentication)?;
    let me = &by.actor().account_id;
    if authentication.begun_by == *me || person.recorded_by == *me {
        return Err(Error::Forbidden("refused-authentication-own"));
    }
    let mut problems = Problems::default();
    if input.note.trim().is_empty() {
        problems.add(Problem::new("note", "missing"));
    }
    let until = until(&input.valid_to, now().date()).map_err(|problem| problems.add(problem));
    let (Ok(until), true) = (until, problems.is_empty()) else {
        return Err(problems.into());
    };
    let name = (me.as_str(), by.actor().name.as_str());
    let verified = Verified { by: name, note: input.note.trim(), until };
    finish(c, by.actor(), vault, &authentication, verified)
}

fn until(typed: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(term(today));
    }
    let most = furthest(today);
    match calendar_day(typed) {
        Some(day) if (today..=most).contains(&day) => Ok(day),
        _ => Err(Problem::new("valid_to", "authentication_until").with("most", most)),
    }
}

/// An open authentication becomes a verified one. The secret goes.
pub(super) fn finish(
    c: &mut AnyConnection,
    actor: &Actor,
    vault: &Vault,
    authentication: &Authentication,
    verified: Verified,
) -> Result<(), Error> {
    let row = authentications::table
        .find(&authentication.id)
        .filter(authentications::status.eq(Status::Open));
    let changed = diesel::update(row)
        .set((
            authentications::status.eq(Status::Verified),
            authentications::secret_sealed.eq(""),
            authentications::verified_at.eq(now()),
            authentications::verified_by.eq(verified.by.0),
            authentications::verified_name.eq(verified.by.1),
            authentications::verification_note.eq(verified.note),
            authentications::valid_to.eq(verified.until),
        ))
        .execute(c)?;
    moved(changed)?;
    recheck(c, actor, vault, &[&authentication.supplier_id])?;
    let details = json!({
        "authentication": authentication.id,
        "person": authentication.person_id,
        "method": authentication.method.as_str(),
        "last_day": verified.until.to_string(),
    });
    record(c, actor, authentication, "authentication.verified", details)
}

/// Says that somebody is not who they say.
pub fn fail(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    id: &str,
    input: &EndingInput,
) -> Result<(), Error> {
    end_open(c, by, id, input, (Status::Failed, "authentication.failed"))
}

/// Gives an authentication up.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    id: &str,
    input: &EndingInput,
) -> Result<(), Error> {
    end_open(c, by, id, input, (Status::Withdrawn, "authentication.withdrawn"))
}

fn end_open(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    id: &str,
    input: &EndingInput,
    (status, action): (Status, &str),
) -> Result<(), Error> {
    let (authentication, ..) = find(c, by.scope(), id)?;
    if authentication.status != Status::Open {
        return Err(Error::Conflict("conflict-authentication-closed"));
    }
    let reason = input.read()?;
    end(c, by.actor(), &authentication, status, reason)?;
    let details = json!({ "authentication": id, "reason": reason });
    record(c, by.actor(), &authentication, action, details)
}

/// Takes back what was verified. It has counted until now.
pub fn revoke(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    vault: &Vault,
    id: &str,
    input: &EndingInput,
) -> Result<(), Error> {
    let (authentication, ..) = find(c, by.scope(), id)?;
    if authentication.status != Status::Verified {
        return Err(Error::Conflict("conflict-authentication-closed"));
    }
    let reason = input.read()?;
    end(c, by.actor(), &authentication, Status::Revoked, reason)?;
    recheck(c, by.actor(), vault, &[&authentication.supplier_id])?;
    let details = json!({ "authentication": id, "reason": reason });
    record(c, by.actor(), &authentication, "authentication.revoked", details)
}

fn end(
    c: &mut AnyConnection,
    by: &Actor,
    authentication: &Authentication,
    status: Status,
    reason: &str,
) -> Result<(), Error> {
    let row = authentications::table
        .find(&authentication.id)
        .filter(authentications::status.eq(authentication.status));
    let changed = diesel::update(row)
        .set((
            authentications::status.eq(status),
            authentications::secret_sealed.eq(""),
            authentications::ended_at.eq(now()),
            authentications::ended_by.eq(&by.account_id),
            authentications::ended_name.eq(&by.name),
            authentications::ended_reason.eq(reason),
        ))
        .execute(c)?;
    moved(changed)
}

pub(super) fn moved(changed: usize) -> Result<(), Error> {
    if changed == 0 { Err(Error::Conflict("conflict-authentication-closed")) } else { Ok(()) }
}

fn record(
    c: &mut AnyConnection,
    by: &Actor,
    authentication: &Authentication,
    action: &str,
    details: serde_json::Value,
) -> Result<(), Error> {
    audit::append(c, by, action, ("supplier", &authentication.supplier_id), details)
}
