//! A section of a registration handed on to a colleague, who may not have an account yet.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::inviting::due_day;
use super::registration::{self, Registration, Section};
use crate::access::accounts::{self, Account, normal_email};
use crate::access::company_invitations::{self as invitations, Host, Invitee};
use crate::access::{Member, Role, Scope, company_people};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::notices::{self, Letter};
use crate::schema::{registrations, section_forwards};
use crate::suppliers;
use crate::texts::Language;
use crate::values::{new_id, now};
use crate::vault::Vault;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = section_forwards)]
pub struct Forward {
    pub id: String,
    pub registration_id: String,
    pub section: Section,
    /// Of the colleague; what ties a forward to an account that may come later.
    pub email: String,
    pub name: String,
    pub note: String,
    pub due_on: Option<NaiveDate>,
    pub forwarded_by: String,
    pub forwarded_name: String,
    pub created_at: NaiveDateTime,
    pub done_at: Option<NaiveDateTime>,
    pub withdrawn_at: Option<NaiveDateTime>,
}

/// The form: an account of a colleague, or the address and name of somebody new.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ForwardInput {
    /// Id of an account, "" for somebody new.
    pub colleague: String,
    pub email: String,
    pub name: String,
    #[validate(length(max = 2000))]
    pub note: String,
    #[validate(length(max = 10))]
    pub due_on: String,
}

/// The registration that a company may write in.
pub fn writable(c: &mut AnyConnection, supplier_id: &str) -> Result<Registration, Error> {
    let running = registration::running(c, supplier_id)?.ok_or(Error::NotFound)?;
    if running.status.is_with_supplier() {
        Ok(running)
    } else {
        Err(Error::Conflict("conflict-registration-handed-in"))
    }
}

/// Hands a section on. A colleague without an account gets an invitation with it.
pub fn forward(
    c: &mut AnyConnection,
    by: &Member,
    vault: &Vault,
    section: Section,
    input: &ForwardInput,
) -> Result<Forward, Error> {
    let registration = writable(c, &by.supplier_id)?;
    let (email, name, language) = colleague_of(c, by, input)?;
    let mut problems = Problems::default();
    let due_on = due_day(&input.due_on).unwrap_or_else(|found| {
        problems.0.extend(found.0);
        None
    });
    let open = open_of(c, &registration.id)?;
    if open.iter().any(|one| one.section == section && one.email == email) {
        problems.add(Problem::new("email", "forwarded_already"));
    }
    problems.into_result()?;
    let forward = Forward {
        id: new_id(),
        registration_id: registration.id.clone(),
        section,
        email,
        name,
        note: input.note.trim().into(),
        due_on,
        forwarded_by: by.actor.account_id.clone(),
        forwarded_name: by.actor.name.clone(),
        created_at: now(),
        done_at: None,
        withdrawn_at: None,
    };
    diesel::insert_into(section_forwards::table).values(&forward).execute(c)?;
    let link = link_of(c, by, &forward, language)?;
    send(c, vault, &by.supplier_id, &forward, language, link)?;
    record(c, by, &registration, &forward, "registration.forwarded")?;
    Ok(forward)
}

/// Address, name and language of the colleague who was chosen or typed.
fn colleague_of(
    c: &mut AnyConnection,
    by: &Member,
    input: &ForwardInput,
) -> Result<(String, String, Language), Error> {
    let own = Language::parse(&accounts::find(c, &by.actor.account_id)?.language);
    let own = own.unwrap_or(Language::English);
    let account: Option<Account> = if input.colleague.is_empty() {
        accounts::problems(&input.email, &input.name).into_result()?;
        accounts::find_by_email(c, &input.email)?
            .filter(|a| a.is_enabled() && a.supplier_id.as_deref() == Some(&by.supplier_id))
    } else {
        Some(company_people::find(c, &by.supplier_id, &input.colleague)?)
    };
    Ok(match account {
        Some(account) => {
            let language = Language::parse(&account.language).unwrap_or(own);
            (account.email, account.name, language)
        }
        None => (normal_email(&input.email), input.name.trim().into(), own),
    })
}

/// Where the letter leads: to the section, or first to an account.
fn link_of(
    c: &mut AnyConnection,
    by: &Member,
    forward: &Forward,
    language: Language,
) -> Result<String, Error> {
    let account = accounts::find_by_email(c, &forward.email)?;
    if account.is_some_and(|a| a.is_enabled() && a.supplier_id.as_deref() == Some(&by.supplier_id))
    {
        return Ok(format!("/portal/registration/{}", forward.section.as_str()));
    }
    let invitee = Invitee {
        email: &forward.email,
        name: &forward.name,
        role: Role::SupplierMember,
        language,
        note: &forward.note,
    };
    let (_, secret) = invitations::invite(c, &Host::Colleague(by), &by.supplier_id, &invitee)?;
    Ok(format!("/invitations/{secret}"))
}

/// Posts the letter about a forward.
pub fn send(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier_id: &str,
    forward: &Forward,
    language: Language,
    link: String,
) -> Result<(), Error> {
    let supplier = suppliers::find(c, &Scope::Everything, supplier_id)?;
    let texts = language.texts();
    let section = texts.get(&format!("review-section-{}", forward.section.as_str())).to_string();
    let mut lines = Vec::new();
    if !forward.note.is_empty() {
        lines.push(forward.note.clone());
    }
    if let Some(due) = forward.due_on {
        lines.push(texts.with("letter-line-due", &[("day", &due.to_string())]));
    }
    let letter = Letter {
        kind: "section_forwarded",
        email: &forward.email,
        name: &forward.name,
        language,
        supplier_id: Some(supplier_id),
        args: vec![
            ("company", supplier.legal_name),
            ("section", section),
            ("by", forward.forwarded_name.clone()),
        ],
        lines,
        link: Some(link),
    };
    notices::post(c, vault, letter)?;
    Ok(())
}

/// Takes a forward back: whoever made it, or a responsible person.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &Member,
    section: Section,
    id: &str,
) -> Result<Forward, Error> {
    let forward: Forward = section_forwards::table
        .inner_join(
            registrations::table.on(registrations::id.eq(section_forwards::registration_id)),
        )
        .filter(section_forwards::id.eq(id))
        .filter(section_forwards::section.eq(section))
        .filter(registrations::supplier_id.eq(&by.supplier_id))
        .select(Forward::as_select())
        .first(c)?;
    if by.actor.role != Role::SupplierOwner && forward.forwarded_by != by.actor.account_id {
        return Err(Error::Forbidden("refused-forward-of-another"));
    }
    if forward.done_at.is_some() || forward.withdrawn_at.is_some() {
        return Err(Error::Conflict("conflict-done-already"));
    }
    diesel::update(section_forwards::table.find(id))
        .set(section_forwards::withdrawn_at.eq(now()))
        .execute(c)?;
    let registration = registration::find(c, &forward.registration_id)?;
    record(c, by, &registration, &forward, "registration.forward_withdrawn")?;
    Ok(forward)
}

fn record(
    c: &mut AnyConnection,
    by: &Member,
    registration: &Registration,
    forward: &Forward,
    action: &str,
) -> Result<(), Error> {
    let details = json!({
        "number": registration.number,
        "section": forward.section.as_str(),
        "email": forward.email,
        "name": forward.name,
    });
    audit::append(c, &by.actor, action, ("supplier", &registration.supplier_id), details)
}

/// The forwards of a registration that nobody has answered yet, the oldest first.
pub fn open_of(c: &mut AnyConnection, registration_id: &str) -> Result<Vec<Forward>, Error> {
    Ok(section_forwards::table
        .filter(section_forwards::registration_id.eq(registration_id))
        .filter(section_forwards::done_at.is_null())
        .filter(section_forwards::withdrawn_at.is_null())
        .order(section_forwards::id)
        .select(Forward::as_select())
        .load(c)?)
}

/// A section was saved complete: what was handed on of it is done. Its saving is on the record.
pub fn settle(c: &mut AnyConnection, registration_id: &str, section: Section) -> Result<(), Error> {
    diesel::update(
        section_forwards::table
            .filter(section_forwards::registration_id.eq(registration_id))
            .filter(section_forwards::section.eq(section))
            .filter(section_forwards::done_at.is_null())
            .filter(section_forwards::withdrawn_at.is_null()),
    )
    .set(section_forwards::done_at.eq(now()))
    .execute(c)?;
    Ok(())
}

/// The open forwards of a company to an address.
pub fn open_to(
    c: &mut AnyConnection,
    supplier_id: &str,
    email: &str,
) -> Result<Vec<Forward>, Error> {
    let Some(running) = registration::running(c, supplier_id)? else {
        return Ok(Vec::new());
    };
    let mut forwards = open_of(c, &running.id)?;
    forwards.retain(|forward| forward.email == email);
    Ok(forwards)
}

/// Gives a forward to another colleague, or takes it back when there is none.
pub fn pass_on(
    c: &mut AnyConnection,
    forward: &Forward,
    successor: Option<&Account>,
) -> Result<(), Error> {
    let row = section_forwards::table.find(&forward.id);
    let has_it = match successor {
        Some(successor) => open_of(c, &forward.registration_id)?
            .iter()
            .any(|one| one.section == forward.section && one.email == successor.email),
        None => true,
    };
    match successor.filter(|_| !has_it) {
        Some(to) => diesel::update(row)
            .set((section_forwards::email.eq(&to.email), section_forwards::name.eq(&to.name)))
            .execute(c)?,
        None => diesel::update(row).set(section_forwards::withdrawn_at.eq(now())).execute(c)?,
    };
    Ok(())
}
