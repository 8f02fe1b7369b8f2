//! From the audit trail to deliveries. The trail has every change, in order, on disk: reading it
//! off misses none and invents none, and the rooms that change companies know of no webhooks.
//! How far it was read is kept in the settings, and moves on in the transaction that adds the
//! deliveries.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::deliveries::Delivery;
use super::{Event, Webhook};
use crate::audit::{self, AuditRecord};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::on_both;
use crate::schema::{settings, sites, suppliers, webhook_deliveries, webhooks};
use crate::suppliers::Supplier;
use crate::values::new_id;

/// The setting that holds the number of the last record read.
const TOLD: &str = "webhooks_told";
/// Records read at once, and deliveries after which no more of them are.
const STEP: i64 = 100;
const ENOUGH: usize = 2_000;
/// Rows written at once: within what both databases take as parameters.
const ROWS: usize = 500;
/// A list with more companies than these is told in one message.
const ONE_BY_ONE: i64 = 1_000;

/// What is told: the event and its data.
struct Message {
    event: Event,
    data: Value,
}

/// Whether the trail holds records that nobody has read for the webhooks.
pub fn is_behind(c: &mut AnyConnection) -> Result<bool, Error> {
    let active = active(c)?;
    match start(c, &active)? {
        Some(start) => Ok(audit::version(c)? > start),
        None => Ok(false),
    }
}

/// Turns the next records of the trail into deliveries. A message tells what the company is when
/// it is written; its revision says how new that is.
pub fn tell(c: &mut AnyConnection, base_url: &str) -> Result<(), Error> {
    let active = active(c)?;
    let Some(start) = start(c, &active)? else {
        return Ok(());
    };
    let mut told = start;
    let mut made = Vec::new();
    for record in audit::records_after(c, start, STEP)? {
        for message in messages(c, &record, base_url)? {
            let wanting = active.iter().filter(|webhook| {
                webhook.after_sequence < record.sequence && webhook.wants(message.event)
            });
            made.extend(wanting.map(|webhook| delivery(webhook, &record, &message)));
        }
        told = record.sequence;
        if made.len() >= ENOUGH {
            break;
        }
    }
    for rows in made.chunks(ROWS) {
        on_both!(c, inner => {
            diesel::insert_into(webhook_deliveries::table).values(rows).execute(inner)?;
        });
    }
    remember(c, told)
}

fn active(c: &mut AnyConnection) -> Result<Vec<Webhook>, Error> {
    Ok(webhooks::table
        .filter(webhooks::stopped_at.is_null())
        .select(Webhook::as_select())
        .load(c)?)
}

/// The record after which to read on: nothing before it is for anybody. `None` without webhooks.
fn start(c: &mut AnyConnection, active: &[Webhook]) -> Result<Option<i64>, Error> {
    let Some(first) = active.iter().map(|webhook| webhook.after_sequence).min() else {
        return Ok(None);
    };
    let told: Option<String> =
        settings::table.find(TOLD).select(settings::value).first(c).optional()?;
    let told: i64 = told.and_then(|text| text.parse().ok()).unwrap_or(0);
    Ok(Some(told.max(first)))
}

fn remember(c: &mut AnyConnection, told: i64) -> Result<(), Error> {
    let value = told.to_string();
    let changed =
        diesel::update(settings::table.find(TOLD)).set(settings::value.eq(&value)).execute(c)?;
    if changed == 0 {
        diesel::insert_into(settings::table)
            .values((settings::name.eq(TOLD), settings::value.eq(&value)))
            .execute(c)?;
    }
    Ok(())
}

fn delivery(webhook: &Webhook, record: &AuditRecord, message: &Message) -> Delivery {
    Delivery::new(&webhook.id, &new_id(), message.event, record.at, &message.data)
}

/// What a record tells the outside: nothing of people, nothing of measures against a company.
fn messages(
    c: &mut AnyConnection,
    record: &AuditRecord,
    base_url: &str,
) -> Result<Vec<Message>, Error> {
    let id = &record.subject_id;
    match (record.subject_kind.as_str(), record.action.as_str()) {
        ("supplier", action) => match event_of(action) {
            Some(event) => one(c, event, id, base_url),
            None => Ok(Vec::new()),
        },
        ("import", "import.confirmed") => imported(c, id, base_url),
        ("import", "import.undone") => {
            Ok(vec![Message { event: Event::ImportUndone, data: json!({ "import": id }) }])
        }
        _ => Ok(Vec::new()),
    }
}

/// The event of an action on a company.
fn event_of(action: &str) -> Option<Event> {
    match action {
        "supplier.created" => Some(Event::Created),
        "supplier.merged" => Some(Event::Merged),
        "supplier.edited" | "supplier.stage_changed" | "supplier.merge_undone" => {
            Some(Event::Changed)
        }
        "site.added" | "site.edited" | "site.closed" | "site.registered" | "site.settled" => {
            Some(Event::Changed)
        }
        "identifier.added" | "identifier.confirmed" | "identifier.removed" => Some(Event::Changed),
        "contact.added" | "contact.removed" => Some(Event::Changed),
        _ => None,
    }
}

/// The message about one company; none when it is not there any more.
fn one(
    c: &mut AnyConnection,
    event: Event,
    id: &str,
    base_url: &str,
) -> Result<Vec<Message>, Error> {
    let found: Option<Supplier> =
        suppliers::table.find(id).select(Supplier::as_select()).first(c).optional()?;
    // A merge is on both trails: of the company that stays it is a change.
    let event_of = |supplier: &Supplier| match event {
        Event::Merged if supplier.merged_into.is_none() => Event::Changed,
        event => event,
    };
    Ok(found.iter().map(|one| message(event_of(one), one, base_url)).collect())
}

fn message(event: Event, supplier: &Supplier, base_url: &str) -> Message {
    let mut data = json!({
        "id": supplier.id,
        "code": supplier.code(),
        "legal_name": supplier.legal_name,
        "english_name": supplier.english_name,
        "stage": supplier.stage.as_str(),
        "area": supplier.area,
        "revision": supplier.revision,
        "url": format!("{}/suppliers/{}", base_url.trim_end_matches('/'), supplier.id),
    });
    if let Some(into) = &supplier.merged_into {
        data["merged_into"] = json!(into);
    }
    Message { event, data }
}

/// A list brought companies, and sites to companies that were there.
fn imported(c: &mut AnyConnection, import: &str, base_url: &str) -> Result<Vec<Message>, Error> {
    let touched: Vec<String> = sites::table
        .inner_join(suppliers::table.on(suppliers::id.eq(sites::supplier_id)))
        .filter(sites::import_id.eq(import))
        .filter(suppliers::import_id.is_null().or(suppliers::import_id.ne(import)))
        .select(suppliers::id)
        .distinct()
        .limit(ONE_BY_ONE + 1)
        .load(c)?;
    let brought = suppliers::table.filter(suppliers::import_id.eq(import));
    let new: i64 = brought.count().get_result(c)?;
    if new + touched.len() as i64 > ONE_BY_ONE {
        let url = format!("{}/imports/{import}", base_url.trim_end_matches('/'));
        let data = json!({ "import": import, "suppliers": new, "url": url });
        return Ok(vec![Message { event: Event::Imported, data }]);
    }
    let created: Vec<Supplier> =
        brought.order(suppliers::number).select(Supplier::as_select()).load(c)?;
    let mut messages: Vec<Message> =
        created.iter().map(|supplier| message(Event::Created, supplier, base_url)).collect();
    for id in &touched {
        messages.extend(one(c, Event::Changed, id, base_url)?);
    }
    Ok(messages)
}
