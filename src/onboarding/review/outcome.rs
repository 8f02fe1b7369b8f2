//! What becomes of a registration once every section was read: changes are asked for in one letter,
//! or it is accepted. Or it is declined.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Comment, comments, compare, find, verdict};
use crate::access::accounts::{self, Account};
use crate::access::{Actor, May, company_people, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::notices::{self, Letter};
use crate::onboarding::registration::{self, Purpose, Registration, Section, Status, Verdict};
use crate::schema::{registrations, review_comments};
use crate::suppliers::{self, Stage, Step, Supplier};
use crate::texts::{Language, Texts};
use crate::values::now;
use crate::vault::Vault;

/// Why a registration is declined.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DecliningInput {
    #[validate(length(max = 1000))]
    pub decline_reason: String,
}

/// Sends what the sections' verdicts come to. The status that follows.
pub fn send(
    c: &mut AnyConnection,
    by: &May<right::ReviewRegistrations>,
    vault: &Vault,
    id: &str,
) -> Result<Status, Error> {
    let (registration, supplier) = find(c, by.scope(), id)?;
    if registration.status != Status::Submitted {
        return Err(Error::Conflict("conflict-review-closed"));
    }
    let mut verdicts = Vec::new();
    for row in registration::sections(c, id)? {
        verdicts.push(verdict(vault, &registration, &row)?);
    }
    if verdicts.contains(&Verdict::None) {
        return Err(Error::Conflict("conflict-review-incomplete"));
    }
    if verdicts.contains(&Verdict::Changes) {
        ask_for_changes(c, by, vault, &registration, &supplier)
    } else {
        accept(c, by, vault, &registration, &supplier)
    }
}

fn ask_for_changes(
    c: &mut AnyConnection,
    by: &May<right::ReviewRegistrations>,
    vault: &Vault,
    registration: &Registration,
    supplier: &Supplier,
) -> Result<Status, Error> {
    let mut drafts = comments(c, &registration.id)?;
    drafts.retain(|comment| comment.sent_at.is_none());
    let place = |section: Section| Section::ALL.iter().position(|one| *one == section);
    drafts.sort_by_key(|comment| (place(comment.section), comment.id.clone()));
    settle(c, by.actor(), registration, Status::ChangesRequested)?;
    diesel::update(
        review_comments::table
            .filter(review_comments::registration_id.eq(&registration.id))
            .filter(review_comments::sent_at.is_null()),
    )
    .set(review_comments::sent_at.eq(now()))
    .execute(c)?;
    if registration.purpose == Purpose::Introduction && supplier.stage == Stage::UnderReview {
        suppliers::advance(c, by.actor(), &supplier.id, Step::Return, "")?;
    }
    if let Some(recipient) = recipient(c, registration)? {
        let language = language_of(&recipient);
        let first = drafts.first().map(|comment| comment.section.as_str()).unwrap_or_default();
        let letter = Letter {
            lines: lines(c, vault, registration, &drafts, language.texts())?,
            link: Some(format!("/portal/registration/{first}")),
            ..letter("changes_requested", registration, supplier, &recipient)
        };
        notices::post(c, vault, letter)?;
    }
    let details = json!({ "number": registration.number, "comments": drafts.len() });
    record(c, by.actor(), registration, "registration.changes_requested", details)?;
    Ok(Status::ChangesRequested)
}

/// The comments as paragraphs: where, and what.
fn lines(
    c: &mut AnyConnection,
    vault: &Vault,
    registration: &Registration,
    drafts: &[Comment],
    texts: &Texts,
) -> Result<Vec<String>, Error> {
    let mut labels: HashMap<(Section, String), String> = HashMap::new();
    for row in registration::sections(c, &registration.id)? {
        for line in compare::of(vault, &row)? {
            let label = label(texts, row.section, &line.name, line.item);
            labels.insert((row.section, line.field), label);
        }
    }
    let line = |draft: &Comment| {
        let section = texts.get(&format!("review-section-{}", draft.section.as_str())).to_string();
        let place = match labels.get(&(draft.section, draft.field.clone())) {
            Some(label) => format!("{section} · {label}"),
            None => section,
        };
        texts.with("letter-line-comment", &[("place", &place), ("comment", &draft.comment)])
    };
    Ok(drafts.iter().map(line).collect())
}

/// The name of a field: "Phone (2)".
pub fn label(texts: &Texts, section: Section, name: &str, item: Option<usize>) -> String {
    let key = format!("registration-{}-{name}", section.as_str());
    let label = if texts.has(&key) { texts.get(&key).to_string() } else { name.replace('_', " ") };
    match item {
        Some(item) => format!("{label} ({})", item + 1),
        None => label,
    }
}

fn accept(
    c: &mut AnyConnection,
    by: &May<right::ReviewRegistrations>,
    vault: &Vault,
    registration: &Registration,
    supplier: &Supplier,
) -> Result<Status, Error> {
    let details = json!({ "number": registration.number });
    if registration.purpose == Purpose::Introduction {
        settle(c, by.actor(), registration, Status::Accepted)?;
        record(c, by.actor(), registration, "registration.accepted", details)?;
        return Ok(Status::Accepted);
    }
    settle(c, by.actor(), registration, Status::Accepted)?;
    registration::apply(c, by.actor(), vault, registration)?;
    finish(c, by.actor(), registration, Status::Finished, "")?;
    if let Some(recipient) = recipient(c, registration)? {
        let letter = Letter {
            link: Some("/portal".into()),
            ..letter("change_accepted", registration, supplier, &recipient)
        };
        notices::post(c, vault, letter)?;
    }
    record(c, by.actor(), registration, "registration.accepted", details)?;
    Ok(Status::Finished)
}

/// Declines a registration. The company is told why.
pub fn decline(
    c: &mut AnyConnection,
    by: &May<right::ReviewRegistrations>,
    vault: &Vault,
    id: &str,
    input: &DecliningInput,
) -> Result<Supplier, Error> {
    let (registration, supplier) = find(c, by.scope(), id)?;
    let reason = input.decline_reason.trim();
    if reason.is_empty() {
        return Err(Problems::one("decline_reason", "missing").into());
    }
    if !registration.status.is_running() {
        return Err(Error::Conflict("conflict-review-closed"));
    }
    finish(c, by.actor(), &registration, Status::Withdrawn, reason)?;
    if registration.purpose == Purpose::Introduction
        && Step::Decline.from().contains(&supplier.stage)
    {
        suppliers::advance(c, by.actor(), &supplier.id, Step::Decline, reason)?;
    }
    if let Some(recipient) = recipient(c, &registration)? {
        let letter = Letter {
            lines: vec![reason.to_string()],
            ..letter("registration_declined", &registration, &supplier, &recipient)
        };
        notices::post(c, vault, letter)?;
    }
    let details = json!({ "number": registration.number, "reason": reason });
    record(c, by.actor(), &registration, "registration.declined", details)?;
    Ok(supplier)
}

/// The status after a review, and by whom. It moves once: whoever comes second is refused.
fn settle(
    c: &mut AnyConnection,
    by: &Actor,
    registration: &Registration,
    status: Status,
) -> Result<(), Error> {
    let row = registrations::table.find(&registration.id);
    let changed = diesel::update(row.filter(registrations::status.eq(registration.status)))
        .set((
            registrations::status.eq(status),
            registrations::reviewed_at.eq(now()),
            registrations::reviewed_by.eq(&by.account_id),
            registrations::reviewed_name.eq(&by.name),
        ))
        .execute(c)?;
    if changed == 0 { Err(Error::Conflict("conflict-review-closed")) } else { Ok(()) }
}

/// Ends a registration.
pub(super) fn finish(
    c: &mut AnyConnection,
    by: &Actor,
    registration: &Registration,
    status: Status,
    reason: &str,
) -> Result<(), Error> {
    diesel::update(registrations::table.find(&registration.id))
        .set((
            registrations::status.eq(status),
            registrations::finished_at.eq(now()),
            registrations::finished_by.eq(&by.account_id),
            registrations::finished_name.eq(&by.name),
            registrations::finished_reason.eq(reason),
        ))
        .execute(c)?;
    Ok(())
}

/// Who is written to: whoever handed it in, else the first responsible person. Nobody when the
/// company has no account.
pub(super) fn recipient(
    c: &mut AnyConnection,
    registration: &Registration,
) -> Result<Option<Account>, Error> {
    if let Some(id) = &registration.submitted_by {
        let account = accounts::find(c, id).ok();
        let account = account.filter(|account| {
            let is_theirs = account.supplier_id.as_ref() == Some(&registration.supplier_id);
            is_theirs && account.is_enabled()
        });
        if account.is_some() {
            return Ok(account);
        }
    }
    Ok(company_people::open_of(c, &registration.supplier_id)?.into_iter().next())
}

fn language_of(account: &Account) -> Language {
    Language::parse(&account.language).unwrap_or(Language::English)
}

/// A letter about a registration, as yet without lines and link.
pub(super) fn letter<'a>(
    kind: &'static str,
    registration: &Registration,
    supplier: &'a Supplier,
    to: &'a Account,
) -> Letter<'a> {
    Letter {
        kind,
        email: &to.email,
        name: &to.name,
        language: language_of(to),
        supplier_id: Some(&supplier.id),
        args: vec![
            ("company", supplier.legal_name.clone()),
            ("number", registration.code()),
            ("supplier", supplier.code()),
        ],
        lines: Vec::new(),
        link: None,
    }
}

pub(super) fn record(
    c: &mut AnyConnection,
    by: &Actor,
    registration: &Registration,
    action: &str,
    details: serde_json::Value,
) -> Result<(), Error> {
    audit::append(c, by, action, ("supplier", &registration.supplier_id), details)
}
