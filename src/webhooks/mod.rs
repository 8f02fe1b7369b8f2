//! Webhooks: other programs are told of changes. What is to be told is read off the audit trail
//! ([`outbox`]), kept as deliveries until it has arrived ([`deliveries`]), and sent by the server's
//! worker ([`work`]), signed, and to public addresses only ([`sending`], [`addresses`]).

pub mod addresses;
pub mod deliveries;
pub mod outbox;
pub mod routes;
pub mod sending;
pub mod work;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDateTime;
use diesel::dsl::count_star;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use crate::access::{Actor, May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::once::{Once, once};
use crate::schema::{webhook_deliveries, webhooks};
use crate::values::{new_id, now};
use crate::vault::Vault;

/// Webhooks that a register may have.
const AT_MOST: i64 = 20;
/// What the secret begins with, as Standard Webhooks has it; then 32 bytes in base64.
const SECRET_MARK: &str = "whsec_";

text_enum! {
    /// What a program is told of.
    Event {
        Created = "supplier.created",
        Changed = "supplier.changed",
        Merged = "supplier.merged",
        /// One for a long list, in place of one for each of its companies.
        Imported = "suppliers.imported",
        /// What came with a list is gone again.
        ImportUndone = "suppliers.import_undone",
        /// Sent on request, to see whether it arrives.
        Test = "webhook.test",
    }
}

/// The events that one chooses from; the others come along.
pub const CHOICES: &[Event] = &[Event::Created, Event::Changed, Event::Merged];

/// An address that is told of events.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhooks)]
pub struct Webhook {
    pub id: String,
    pub url: String,
    /// The events chosen, comma-separated.
    pub events: String,
    /// What messages are signed with, sealed to this record.
    pub secret_sealed: String,
    pub account_id: String,
    pub account_name: String,
    pub created_at: NaiveDateTime,
    /// It is told of what the audit trail records after this number.
    pub after_sequence: i64,
    pub failing_since: Option<NaiveDateTime>,
    pub stopped_at: Option<NaiveDateTime>,
    /// "", `hand` or `failing`.
    pub stopped_note: String,
}

impl Webhook {
    pub fn has(&self, event: Event) -> bool {
        self.events.split(',').any(|name| name == event.as_str())
    }

    /// Whether it is told of an event. Who follows companies one by one hears of lists as well.
    pub fn wants(&self, event: Event) -> bool {
        match event {
            Event::Test => true,
            Event::Imported | Event::ImportUndone => {
                self.has(Event::Created) || self.has(Event::Changed)
            }
            event => self.has(event),
        }
    }
}

/// A webhook as an administrator sets it up.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct WebhookInput {
    #[validate(length(max = 500))]
    pub url: String,
    /// Names of events, of [`CHOICES`].
    #[validate(length(max = 10))]
    pub events: Vec<String>,
}

impl WebhookInput {
    fn check(&self, private: bool) -> Result<String, Error> {
        let mut problems = Problems::default();
        if let Err(fault) = addresses::check(self.url.trim(), private) {
            problems.add(Problem::new("url", fault.code()));
        }
        let known = |name: &String| CHOICES.iter().any(|event| event.as_str() == name);
        if self.events.is_empty() {
            problems.add(Problem::new("events", "missing"));
        } else if !self.events.iter().all(known) {
            problems.add(Problem::new("events", "unknown_choice"));
        }
        problems.into_result()?;
        let chosen = CHOICES.iter().map(|event| event.as_str());
        Ok(chosen
            .filter(|name| self.events.iter().any(|e| e == name))
            .collect::<Vec<_>>()
            .join(","))
    }
}

/// Sets up a webhook; `private` is whether it may go to private addresses. The form's `key` makes
/// it one, and answers with the same, when the form is sent twice. Returns the secret as well.
pub fn create(
    c: &mut AnyConnection,
    by: &May<right::ManageWebhooks>,
    vault: &Vault,
    private: bool,
    key: &str,
    input: &WebhookInput,
) -> Result<(Webhook, String), Error> {
    // A message tells of any company: it is for those who may see all of them.
    if by.scope().areas().is_some() {
        return Err(Error::Forbidden("refused-webhook-scope"));
    }
    let events = input.check(private)?;
    let made = once(c, by.actor(), key, |c| {
        let webhook = insert(c, by.actor(), vault, input.url.trim(), events)?;
        Ok((webhook.id.clone(), webhook))
    })?;
    let webhook = match made {
        Once::Now(webhook) => webhook,
        Once::Before(id) => find(c, &id)?,
    };
    let secret = vault.open(&webhook.secret_sealed, &webhook.id)?;
    Ok((webhook, secret))
}

fn insert(
    c: &mut AnyConnection,
    actor: &Actor,
    vault: &Vault,
    url: &str,
    events: String,
) -> Result<Webhook, Error> {
    let number: i64 = webhooks::table.select(count_star()).first(c)?;
    if number >= AT_MOST {
        return Err(Problems::one("url", "webhooks_full").into());
    }
    let id = new_id();
    let mut key = [0u8; 32];
    getrandom::fill(&mut key).map_err(|e| Error::Internal(e.to_string()))?;
    let secret = format!("{SECRET_MARK}{}", STANDARD.encode(key));
    let webhook = Webhook {
        url: url.to_string(),
        events,
        secret_sealed: vault.seal(&secret, &id)?,
        account_id: actor.account_id.clone(),
        account_name: actor.name.clone(),
        created_at: now(),
        after_sequence: audit::version(c)?,
        failing_since: None,
        stopped_at: None,
        stopped_note: String::new(),
        id,
    };
    diesel::insert_into(webhooks::table).values(&webhook).execute(c)?;
    record(c, actor, "webhook.created", &webhook)?;
    Ok(webhook)
}

/// Stops a webhook: it is sent nothing, and what happens meanwhile is not kept for it.
pub fn stop(c: &mut AnyConnection, by: &May<right::ManageWebhooks>, id: &str) -> Result<(), Error> {
    let webhook = find(c, id)?;
    if webhook.stopped_at.is_some() {
        return Err(Error::Conflict("conflict-done-already"));
    }
    note_stop(c, by.actor(), &webhook, "hand")
}

/// Stops a webhook, with why.
fn note_stop(
    c: &mut AnyConnection,
    actor: &Actor,
    webhook: &Webhook,
    why: &str,
) -> Result<(), Error> {
    diesel::update(webhooks::table.find(&webhook.id))
        .set((webhooks::stopped_at.eq(now()), webhooks::stopped_note.eq(why)))
        .execute(c)?;
    record(c, actor, "webhook.stopped", webhook)
}

/// Resumes a webhook: what waited for it is sent, and what happens from now on.
pub fn resume(
    c: &mut AnyConnection,
    by: &May<right::ManageWebhooks>,
    id: &str,
) -> Result<(), Error> {
    let webhook = find(c, id)?;
    if webhook.stopped_at.is_none() {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let version = audit::version(c)?;
    diesel::update(webhooks::table.find(id))
        .set((
            webhooks::stopped_at.eq(None::<NaiveDateTime>),
            webhooks::stopped_note.eq(""),
            webhooks::failing_since.eq(None::<NaiveDateTime>),
            webhooks::after_sequence.eq(version),
        ))
        .execute(c)?;
    record(c, by.actor(), "webhook.resumed", &webhook)
}

/// Removes a webhook and its deliveries.
pub fn remove(
    c: &mut AnyConnection,
    by: &May<right::ManageWebhooks>,
    id: &str,
) -> Result<(), Error> {
    let webhook = find(c, id)?;
    let own = webhook_deliveries::table.filter(webhook_deliveries::webhook_id.eq(id));
    diesel::delete(own).execute(c)?;
    diesel::delete(webhooks::table.find(id)).execute(c)?;
    record(c, by.actor(), "webhook.removed", &webhook)
}

/// The webhook of an id.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Webhook, Error> {
    Ok(webhooks::table.find(id).select(Webhook::as_select()).first(c)?)
}

/// All webhooks, oldest first.
pub fn all(c: &mut AnyConnection) -> Result<Vec<Webhook>, Error> {
    Ok(webhooks::table.order(webhooks::id).select(Webhook::as_select()).load(c)?)
}

/// Of the address only the host: the rest of it may be as good as a password.
fn record(
    c: &mut AnyConnection,
    actor: &Actor,
    action: &str,
    webhook: &Webhook,
) -> Result<(), Error> {
    let details = json!({ "host": addresses::host(&webhook.url), "events": webhook.events });
    audit::append(c, actor, action, ("webhook", &webhook.id), details)
}

/// The program, where it acts of itself.
fn program() -> Actor {
    Actor { account_id: "webhooks".into(), name: "Touchstone".into(), ..Actor::command_line() }
}
