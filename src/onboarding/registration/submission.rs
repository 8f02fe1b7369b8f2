//! A company hands its registration in, gives it up, or begins one for a change.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::saving::open_one;
use super::state::is_done;
use super::{Purpose, Registration, SectionRow, Status, Verdict, known, running, sections, start};
use crate::access::{Member, Owner, Role, Scope, company_people};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::notices::{self, Letter};
use crate::schema::{registration_sections, registrations, review_comments};
use crate::suppliers::{self, Stage, Step, Supplier};
use crate::texts::Language;
use crate::values::now;
use crate::vault::Vault;

/// What the company declares when it hands in.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SubmissionInput {
    /// "on" when ticked.
    pub declared: String,
}

/// Why a company gives a registration up.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct WithdrawalInput {
    #[validate(length(max = 500))]
    pub reason: String,
}

/// Hands the registration in: from here on staff read it and the company does not write. What the
/// register has is noted beside each section, so that a reviewer sees what would change.
pub fn submit(
    c: &mut AnyConnection,
    by: &Member,
    vault: &Vault,
    input: &SubmissionInput,
) -> Result<Registration, Error> {
    let registration = open_one(c, &by.supplier_id)?;
    if input.declared != "on" {
        return Err(Problems::one("declared", "declaration_needed").into());
    }
    let rows = sections(c, &registration.id)?;
    if !rows.iter().all(is_done) {
        return Err(Error::Conflict("conflict-registration-incomplete"));
    }
    let mut changes = false;
    for row in &rows {
        changes |= compare(c, vault, &registration, row)?;
    }
    if registration.purpose == Purpose::Change && !changes {
        return Err(Problems::one("declared", "nothing_changed").into());
    }
    let time = now();
    let again = registration.status == Status::ChangesRequested;
    let round = registration.round + i64::from(again);
    let row = registrations::table.find(&registration.id);
    let changed = diesel::update(row.filter(registrations::status.eq(registration.status)))
        .set((
            registrations::status.eq(Status::Submitted),
            registrations::round.eq(round),
            registrations::submitted_at.eq(time),
            registrations::submitted_by.eq(&by.actor.account_id),
            registrations::submitted_name.eq(&by.actor.name),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    answer_comments(c, &registration.id)?;
    let supplier = suppliers::find(c, &Scope::Everything, &by.supplier_id)?;
    if registration.purpose == Purpose::Introduction && supplier.stage != Stage::UnderReview {
        suppliers::advance(c, &by.actor, &supplier.id, Step::Submit, "")?;
    }
    confirm_by_letter(c, vault, &supplier, &registration)?;
    let details = json!({
        "registration": registration.id,
        "number": registration.number,
        "round": round,
    });
    audit::append(c, &by.actor, "registration.submitted", ("supplier", &by.supplier_id), details)?;
    Ok(Registration { status: Status::Submitted, round, ..registration })
}

/// Notes what the register has beside a section. Whether the section says something else.
fn compare(
    c: &mut AnyConnection,
    vault: &Vault,
    registration: &Registration,
    row: &SectionRow,
) -> Result<bool, Error> {
    let before = known(c, vault, &registration.supplier_id, row.section)?;
    let is_untouched = registration.purpose == Purpose::Change && row.revision == 0;
    // What nobody of the company looked at says what the register says by now.
    let answers = if is_untouched { before.clone() } else { row.answers(vault)? };
    let verdict = match row.verdict {
        Verdict::Changes => Verdict::None,
        verdict => verdict,
    };
    diesel::update(registration_sections::table.find(&row.id))
        .set((
            registration_sections::answers_sealed.eq(vault.seal(&answers.to_string(), &row.id)?),
            registration_sections::before_sealed.eq(vault.seal(&before.to_string(), &row.id)?),
            registration_sections::verdict.eq(verdict),
        ))
        .execute(c)?;
    Ok(answers != before)
}

fn answer_comments(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    let open = review_comments::table
        .filter(review_comments::registration_id.eq(id))
        .filter(review_comments::sent_at.is_not_null())
        .filter(review_comments::answered_at.is_null());
    diesel::update(open).set(review_comments::answered_at.eq(now())).execute(c)?;
    Ok(())
}

/// Tells those responsible in the company that it arrived.
fn confirm_by_letter(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier: &Supplier,
    registration: &Registration,
) -> Result<(), Error> {
    for account in company_people::open_of(c, &supplier.id)? {
        if account.role != Role::SupplierOwner {
            continue;
        }
        let letter = Letter {
            kind: "registration_received",
            email: &account.email,
            name: &account.name,
            language: Language::parse(&account.language).unwrap_or(Language::English),
            supplier_id: Some(&supplier.id),
            args: vec![("company", supplier.legal_name.clone()), ("number", registration.code())],
            lines: Vec::new(),
            link: Some("/portal/registration".into()),
        };
        notices::post(c, vault, letter)?;
    }
    Ok(())
}

/// Gives a registration up. A company that was to be introduced is withdrawn with it.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &Owner,
    input: &WithdrawalInput,
) -> Result<Registration, Error> {
    let Owner(by) = by;
    let reason = input.reason.trim();
    if reason.is_empty() {
        return Err(Problems::one("reason", "missing").into());
    }
    let Some(registration) = running(c, &by.supplier_id)? else {
        return Err(Error::Conflict("conflict-registration-closed"));
    };
    let row = registrations::table.find(&registration.id);
    let changed = diesel::update(row.filter(registrations::status.eq(registration.status)))
        .set((
            registrations::status.eq(Status::Withdrawn),
            registrations::finished_at.eq(now()),
            registrations::finished_by.eq(&by.actor.account_id),
            registrations::finished_name.eq(&by.actor.name),
            registrations::finished_reason.eq(reason),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    if registration.purpose == Purpose::Introduction {
        suppliers::advance(c, &by.actor, &by.supplier_id, Step::Withdraw, reason)?;
    }
    let details = json!({
        "registration": registration.id,
        "number": registration.number,
        "reason": reason,
    });
    let subject = ("supplier", by.supplier_id.as_str());
    audit::append(c, &by.actor, "registration.withdrawn", subject, details)?;
    Ok(registration)
}

/// Begins a registration for a change of an introduced supplier, or goes on with the one that is
/// running.
pub fn begin_change(
    c: &mut AnyConnection,
    by: &Member,
    vault: &Vault,
) -> Result<Registration, Error> {
    let supplier = suppliers::find(c, &Scope::Everything, &by.supplier_id)?;
    if let Some(registration) = running(c, &supplier.id)? {
        return Ok(registration);
    }
    if !matches!(supplier.stage, Stage::Active | Stage::Suspended) {
        return Err(Error::Conflict("conflict-not-introduced"));
    }
    start(c, &by.actor, vault, &supplier.id, Purpose::Change, None)
}
