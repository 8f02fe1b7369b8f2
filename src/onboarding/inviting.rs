//! Staff invite a company to register itself.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::registration::{self, Purpose, Registration};
use crate::access::accounts::Account;
use crate::access::company_invitations::{self as invitations, Host, Invitee};
use crate::access::invitations::Invitation;
use crate::access::{Actor, May, Role, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::notices::{self, Letter};
use crate::schema::registrations;
use crate::suppliers::{self, Stage, Step, Supplier, contacts};
use crate::texts::Language;
use crate::values::{calendar_day, now};
use crate::vault::Vault;

/// Days that a company has for its registration, unless somebody says otherwise.
pub const USUAL_DAYS: u64 = 30;
/// Nobody plans further ahead than this.
const MOST_DAYS: u64 = 366;

/// The form of an invitation of a company.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct InvitingInput {
    pub name: String,
    pub email: String,
    pub language: String,
    /// By when the company is asked to hand in.
    #[validate(length(max = 10))]
    pub due_on: String,
    /// Goes into the letter as it is.
    #[validate(length(max = 2000))]
    pub note: String,
}

/// What an invitation begins with: the company's first contact with an address, and a month.
pub fn proposal(
    c: &mut AnyConnection,
    supplier: &Supplier,
) -> Result<Vec<(&'static str, String)>, Error> {
    let contact = contacts::of(c, &supplier.id)?.into_iter().find(|one| !one.email.is_empty());
    let language = if supplier.area.len() == 6 || supplier.area == "CN" {
        Language::Chinese
    } else {
        Language::English
    };
    let due = now().date() + Days::new(USUAL_DAYS);
    let mut values = vec![("language", language.as_str().to_string()), ("due_on", due.to_string())];
    if let Some(contact) = contact {
        values.extend([("name", contact.name), ("email", contact.email)]);
    }
    Ok(values)
}

/// A day by which something is asked for, today at the earliest. "" is none.
pub fn due_day(text: &str) -> Result<Option<NaiveDate>, Problems> {
    if text.is_empty() {
        return Ok(None);
    }
    let today = now().date();
    let day = calendar_day(text).filter(|day| {
        // In the east of the world it is tomorrow already, in the west still yesterday.
        *day + Days::new(1) >= today && *day <= today + Days::new(MOST_DAYS)
    });
    day.map(Some).ok_or_else(|| Problems::one("due_on", "due_day"))
}

/// Whether a registration is still to come for a company at this stage.
fn registers(stage: Stage) -> bool {
    matches!(stage, Stage::Candidate | Stage::Invited | Stage::Registering)
}

/// Why nobody of a company can be invited now: the key of a text.
pub fn obstacle(supplier: &Supplier) -> Option<&'static str> {
    let is_over = matches!(supplier.stage, Stage::Eliminated | Stage::Withdrawn | Stage::Declined);
    is_over.then_some("conflict-invite-stage")
}

/// Invites a person who will be responsible for a company. A candidate becomes invited, its
/// registration begins, and the letter goes out.
pub fn invite(
    c: &mut AnyConnection,
    by: &May<right::InviteSuppliers>,
    vault: &Vault,
    supplier_id: &str,
    input: &InvitingInput,
) -> Result<Invitation, Error> {
    let supplier = suppliers::find(c, by.scope(), supplier_id)?;
    if let Some(key) = obstacle(&supplier) {
        return Err(Error::Conflict(key));
    }
    let mut problems = crate::access::accounts::problems(&input.email, &input.name);
    let language = Language::parse(&input.language);
    if language.is_none() {
        problems.add(Problem::new("language", "unknown_choice"));
    }
    let due = due_day(&input.due_on).unwrap_or_else(|found| {
        problems.0.extend(found.0);
        None
    });
    problems.into_result()?;
    let invitee = Invitee {
        email: &input.email,
        name: &input.name,
        role: Role::SupplierOwner,
        language: language.unwrap_or(Language::English),
        note: &input.note,
    };
    let (invitation, secret) = invitations::invite(c, &Host::Staff(by), supplier_id, &invitee)?;
    if registers(supplier.stage) {
        begin(c, by.actor(), vault, &supplier, due)?;
    }
    send(c, by.actor(), vault, &supplier, &invitation, &secret)?;
    let details = json!({ "email": invitation.email, "invitation": invitation.id });
    audit::append(c, by.actor(), "supplier.invited", ("supplier", supplier_id), details)?;
    Ok(invitation)
}

/// The stage and the registration that belong to an invitation.
fn begin(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    supplier: &Supplier,
    due: Option<NaiveDate>,
) -> Result<(), Error> {
    match registration::running(c, &supplier.id)? {
        None => {
            registration::start(c, by, vault, &supplier.id, Purpose::Introduction, due)?;
        }
        Some(running) if due.is_some() && running.due_on != due => postpone(c, by, &running, due)?,
        Some(_) => {}
    }
    if supplier.stage == Stage::Candidate {
        suppliers::advance(c, by, &supplier.id, Step::Invite, "")?;
    }
    Ok(())
}

fn postpone(
    c: &mut AnyConnection,
    by: &Actor,
    running: &Registration,
    due: Option<NaiveDate>,
) -> Result<(), Error> {
    diesel::update(registrations::table.find(&running.id))
        .set(registrations::due_on.eq(due))
        .execute(c)?;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let details = json!({ "number": running.number, "due_on": [day(running.due_on), day(due)] });
    let subject = ("supplier", running.supplier_id.as_str());
    audit::append(c, by, "registration.postponed", subject, details)
}

/// Makes a new link for an invitation and sends the letter again.
pub fn renew(
    c: &mut AnyConnection,
    by: &May<right::InviteSuppliers>,
    vault: &Vault,
    supplier_id: &str,
    id: &str,
) -> Result<Invitation, Error> {
    let supplier = suppliers::find(c, by.scope(), supplier_id)?;
    if let Some(key) = obstacle(&supplier) {
        return Err(Error::Conflict(key));
    }
    let (invitation, secret) = invitations::renew(c, &Host::Staff(by), supplier_id, id)?;
    send(c, by.actor(), vault, &supplier, &invitation, &secret)?;
    Ok(invitation)
}

/// Makes the link of an invitation useless.
pub fn revoke(
    c: &mut AnyConnection,
    by: &May<right::InviteSuppliers>,
    supplier_id: &str,
    id: &str,
) -> Result<Invitation, Error> {
    suppliers::find(c, by.scope(), supplier_id)?;
    invitations::revoke(c, &Host::Staff(by), supplier_id, id)
}

/// Posts the letter with the link. Where a registration is awaited it says by when.
pub fn send(
    c: &mut AnyConnection,
    by: &Actor,
    vault: &Vault,
    supplier: &Supplier,
    invitation: &Invitation,
    secret: &str,
) -> Result<(), Error> {
    let is_first = invitation.role == Role::SupplierOwner && registers(supplier.stage);
    let language = Language::parse(&invitation.language).unwrap_or(Language::English);
    let mut lines = Vec::new();
    if !invitation.note.is_empty() {
        lines.push(invitation.note.clone());
    }
    let running = registration::running(c, &supplier.id)?;
    if let Some(due) = running.and_then(|running| running.due_on).filter(|_| is_first) {
        lines.push(language.texts().with("letter-line-due", &[("day", &due.to_string())]));
    }
    let letter = Letter {
        kind: if is_first { "supplier_invited" } else { "colleague_invited" },
        email: &invitation.email,
        name: &invitation.name,
        language,
        supplier_id: Some(&supplier.id),
        args: vec![
            ("company", supplier.legal_name.clone()),
            ("inviter", by.name.clone()),
            ("until", invitation.expires_at.date().to_string()),
        ],
        lines,
        link: Some(format!("/invitations/{secret}")),
    };
    notices::post(c, vault, letter)?;
    Ok(())
}

/// Somebody took up an invitation: the company that was invited is registering now.
pub fn taken_up(c: &mut AnyConnection, account: &Account) -> Result<(), Error> {
    let Some(supplier_id) = account.supplier_id.as_deref() else {
        return Ok(());
    };
    let everything = crate::access::Scope::Everything;
    let supplier = suppliers::find(c, &everything, supplier_id)?;
    if supplier.stage != Stage::Invited {
        return Ok(());
    }
    let by = Actor {
        account_id: account.id.clone(),
        name: account.name.clone(),
        role: account.role,
        scope: everything,
        supplier_id: account.supplier_id.clone(),
    };
    suppliers::advance(c, &by, supplier_id, Step::TakeUp, "")?;
    Ok(())
}
