//! A company enters the ranks of suppliers. It takes two people: one accepts, or proposes; another
//! introduces.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::outcome::{finish, letter, recipient, record};
use super::{alarms, find};
use crate::access::{Actor, May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::notices::{self, Letter};
use crate::onboarding::registration::{self, Purpose, Registration, Status, Verdict};
use crate::schema::{registration_sections, registrations};
use crate::suppliers::{self, Stage, Step, Supplier};
use crate::values::now;
use crate::vault::Vault;

/// Why a company may be introduced although something speaks against it.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct IntroducingInput {
    #[validate(length(max = 1000))]
    pub reason: String,
}

/// Why a company is proposed without its portal.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ProposingInput {
    #[validate(length(max = 1000))]
    pub why: String,
}

impl Registration {
    /// Whether staff proposed the company as the register has it, without its portal.
    pub fn is_proposal(&self) -> bool {
        self.submitted_by.is_some() && self.submitted_by == self.reviewed_by
    }
}

/// Whether somebody had a part in the review, and so cannot introduce.
pub fn has_reviewed(
    c: &mut AnyConnection,
    registration: &Registration,
    account_id: &str,
) -> Result<bool, Error> {
    if registration.reviewed_by.as_deref() == Some(account_id) {
        return Ok(true);
    }
    let rows = registration::sections(c, &registration.id)?;
    Ok(rows.iter().any(|row| row.verdict_by.as_deref() == Some(account_id)))
}

/// Introduces a company whose registration another person accepted: what it says goes into the
/// register. What speaks against it must be answered with a reason.
pub fn introduce(
    c: &mut AnyConnection,
    by: &May<right::IntroduceSuppliers>,
    vault: &Vault,
    id: &str,
    input: &IntroducingInput,
) -> Result<Supplier, Error> {
    let (registration, supplier) = find(c, by.scope(), id)?;
    if registration.status != Status::Accepted || registration.purpose != Purpose::Introduction {
        return Err(Error::Conflict("conflict-introduce"));
    }
    if has_reviewed(c, &registration, &by.actor().account_id)? {
        return Err(Error::Forbidden("refused-introduce-own"));
    }
    let reason = input.reason.trim();
    let alarms = alarms::of(c, vault, &registration)?;
    if !alarms.is_empty() && reason.is_empty() {
        return Err(Problems::one("reason", "alarm_reason").into());
    }
    // A proposal has nothing to bring in: it is what the register has.
    if !registration.is_proposal() {
        registration::apply(c, by.actor(), vault, &registration)?;
    }
    let supplier = suppliers::advance(c, by.actor(), &supplier.id, Step::Introduce, reason)?;
    let kept = if reason.is_empty() { &registration.finished_reason } else { reason };
    finish(c, by.actor(), &registration, Status::Finished, kept)?;
    if let Some(recipient) = recipient(c, &registration)? {
        let letter = Letter {
            link: Some("/portal".into()),
            ..letter("supplier_introduced", &registration, &supplier, &recipient)
        };
        notices::post(c, vault, letter)?;
    }
    let mut details = json!({ "number": registration.number });
    if !reason.is_empty() {
        details["reason"] = json!(reason);
    }
    record(c, by.actor(), &registration, "registration.introduced", details)?;
    Ok(supplier)
}

/// Proposes a company that staff entered themselves, as the register has it, for introduction.
pub fn propose(
    c: &mut AnyConnection,
    by: &May<right::ReviewRegistrations>,
    vault: &Vault,
    supplier_id: &str,
    input: &ProposingInput,
) -> Result<Registration, Error> {
    let supplier = suppliers::find(c, by.scope(), supplier_id)?;
    let reason = input.why.trim();
    if reason.is_empty() {
        return Err(Problems::one("why", "missing").into());
    }
    if !may_be_proposed(supplier.stage) {
        return Err(Error::Conflict("conflict-stage"));
    }
    let by = by.actor();
    let registration = registration::start(c, by, vault, supplier_id, Purpose::Introduction, None)?;
    accept_as_it_is(c, by, &registration, reason)?;
    let details = json!({ "number": registration.number, "reason": reason });
    record(c, by, &registration, "registration.proposed", details)?;
    Ok(registration)
}

/// Whether a company at this stage can be proposed.
pub fn may_be_proposed(stage: Stage) -> bool {
    Step::Introduce.from().contains(&stage)
}

fn accept_as_it_is(
    c: &mut AnyConnection,
    by: &Actor,
    registration: &Registration,
    reason: &str,
) -> Result<(), Error> {
    let time = now();
    diesel::update(
        registration_sections::table
            .filter(registration_sections::registration_id.eq(&registration.id)),
    )
    .set((
        registration_sections::complete.eq(true),
        registration_sections::verdict.eq(Verdict::Accepted),
        registration_sections::verdict_at.eq(time),
        registration_sections::verdict_by.eq(&by.account_id),
        registration_sections::verdict_name.eq(&by.name),
    ))
    .execute(c)?;
    diesel::update(registrations::table.find(&registration.id))
        .set((
            registrations::status.eq(Status::Accepted),
            registrations::submitted_at.eq(time),
            registrations::submitted_by.eq(&by.account_id),
            registrations::submitted_name.eq(&by.name),
            registrations::reviewed_at.eq(time),
            registrations::reviewed_by.eq(&by.account_id),
            registrations::reviewed_name.eq(&by.name),
            registrations::finished_reason.eq(reason),
        ))
        .execute(c)?;
    Ok(())
}
