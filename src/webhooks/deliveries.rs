//! What is to be sent, and what came of it. Each step is a write of its own: claimed, sent outside
//! of any transaction, settled. A message may arrive twice when a node ends in between; its id
//! tells the receiver.

use chrono::{Duration, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::sending::Outcome;
use super::{Event, Webhook, find, note_stop, program, record};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{webhook_deliveries, webhooks};
use crate::values::{new_id, now};

/// Seconds to wait after the first try, the second…; after the last of them it is given up, which
/// is a little more than three days after the first.
pub const PAUSES: [i64; 8] = [10, 60, 600, 3_600, 21_600, 86_400, 86_400, 86_400];
/// How long a claimed delivery is another node's, in seconds: longer than sending can take.
const CLAIMED: i64 = 60;
/// A webhook that has failed for so long is stopped, in seconds: three days.
const PATIENCE: i64 = 3 * 86_400;
/// What was delivered or given up is kept so many days.
const KEPT_DAYS: i64 = 30;

/// A message for one webhook.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_deliveries)]
pub struct Delivery {
    /// Sent along: the same on every try.
    pub id: String,
    pub webhook_id: String,
    pub event: Event,
    /// The bytes that are signed and sent.
    pub body: String,
    pub tries: i64,
    pub created_at: NaiveDateTime,
    /// Empty once it was delivered or given up.
    pub next_try_at: Option<NaiveDateTime>,
    pub delivered_at: Option<NaiveDateTime>,
    pub given_up_at: Option<NaiveDateTime>,
    /// See [`Outcome::answer`].
    pub last_answer: String,
}

impl Delivery {
    /// A message to be sent at once, about what happened at `at`.
    pub fn new(
        webhook_id: &str,
        id: &str,
        event: Event,
        at: NaiveDateTime,
        data: &Value,
    ) -> Delivery {
        let body = json!({
            "id": id,
            "type": event.as_str(),
            "occurred_at": at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string(),
            "data": data,
        });
        Delivery {
            id: id.into(),
            webhook_id: webhook_id.into(),
            event,
            body: body.to_string(),
            tries: 0,
            created_at: now(),
            next_try_at: Some(now()),
            delivered_at: None,
            given_up_at: None,
            last_answer: String::new(),
        }
    }
}

/// The webhooks for which something is due.
pub fn due(c: &mut AnyConnection) -> Result<Vec<String>, Error> {
    let waiting = webhook_deliveries::table
        .filter(webhook_deliveries::webhook_id.eq(webhooks::id))
        .filter(webhook_deliveries::next_try_at.le(now()));
    Ok(webhooks::table
        .filter(webhooks::stopped_at.is_null())
        .filter(exists(waiting))
        .select(webhooks::id)
        .load(c)?)
}

/// Takes the next message for a webhook: no other node will, for a minute.
pub fn claim(
    c: &mut AnyConnection,
    webhook_id: &str,
) -> Result<Option<(Webhook, Delivery)>, Error> {
    let found: Option<(Webhook, Delivery)> = webhooks::table
        .inner_join(webhook_deliveries::table.on(webhook_deliveries::webhook_id.eq(webhooks::id)))
        .filter(webhooks::id.eq(webhook_id))
        .filter(webhooks::stopped_at.is_null())
        .filter(webhook_deliveries::next_try_at.le(now()))
        .order((webhook_deliveries::next_try_at, webhook_deliveries::id))
        .select((Webhook::as_select(), Delivery::as_select()))
        .first(c)
        .optional()?;
    let Some((webhook, mut delivery)) = found else {
        return Ok(None);
    };
    delivery.tries += 1;
    diesel::update(webhook_deliveries::table.find(&delivery.id))
        .set((
            webhook_deliveries::tries.eq(delivery.tries),
            webhook_deliveries::next_try_at.eq(now() + Duration::seconds(CLAIMED)),
        ))
        .execute(c)?;
    Ok(Some((webhook, delivery)))
}

/// Notes what came of a claimed message: delivered, to be tried again later, or given up. What was
/// claimed anew meanwhile, or is to be delivered again, is left alone.
pub fn settle(c: &mut AnyConnection, claimed: &Delivery, outcome: &Outcome) -> Result<(), Error> {
    let time = now();
    let pause = usize::try_from(claimed.tries - 1).ok().and_then(|n| PAUSES.get(n));
    let again = pause.filter(|_| !outcome.arrived).map(|pause| time + Duration::seconds(*pause));
    let is_over = !outcome.arrived && again.is_none();
    let ours = webhook_deliveries::table
        .find(&claimed.id)
        .filter(webhook_deliveries::tries.eq(claimed.tries))
        .filter(webhook_deliveries::next_try_at.is_not_null());
    let changed = diesel::update(ours)
        .set((
            webhook_deliveries::next_try_at.eq(again),
            webhook_deliveries::delivered_at.eq(outcome.arrived.then_some(time)),
            webhook_deliveries::given_up_at.eq(is_over.then_some(time)),
            webhook_deliveries::last_answer.eq(&outcome.answer),
        ))
        .execute(c)?;
    if changed == 0 { Ok(()) } else { note_health(c, &claimed.webhook_id, outcome.arrived) }
}

/// Since when a webhook fails; after three days of nothing else it is stopped.
fn note_health(c: &mut AnyConnection, webhook_id: &str, arrived: bool) -> Result<(), Error> {
    let webhook = find(c, webhook_id)?;
    let since = match (arrived, webhook.failing_since) {
        (true, None) => return Ok(()),
        (true, Some(_)) => None,
        (false, since) => since.or(Some(now())),
    };
    if since != webhook.failing_since {
        diesel::update(webhooks::table.find(webhook_id))
            .set(webhooks::failing_since.eq(since))
            .execute(c)?;
    }
    let is_hopeless = since.is_some_and(|since| now() - since >= Duration::seconds(PATIENCE));
    if is_hopeless && webhook.stopped_at.is_none() {
        return note_stop(c, &program(), &webhook, "failing");
    }
    Ok(())
}

/// Sends a webhook a message that says nothing, to see whether it arrives.
pub fn test(c: &mut AnyConnection, by: &May<right::ManageWebhooks>, id: &str) -> Result<(), Error> {
    let webhook = find(c, id)?;
    if webhook.stopped_at.is_some() {
        return Err(Error::Conflict("conflict-webhook-stopped"));
    }
    let data = json!({ "webhook": webhook.id });
    let delivery = Delivery::new(&webhook.id, &new_id(), Event::Test, now(), &data);
    diesel::insert_into(webhook_deliveries::table).values(&delivery).execute(c)?;
    record(c, by.actor(), "webhook.tested", &webhook)
}

/// Sends a message again, whatever came of it: with the same id and the same bytes.
pub fn redeliver(
    c: &mut AnyConnection,
    by: &May<right::ManageWebhooks>,
    webhook_id: &str,
    id: &str,
) -> Result<(), Error> {
    let webhook = find(c, webhook_id)?;
    if webhook.stopped_at.is_some() {
        return Err(Error::Conflict("conflict-webhook-stopped"));
    }
    let own =
        webhook_deliveries::table.find(id).filter(webhook_deliveries::webhook_id.eq(webhook_id));
    let changed = diesel::update(own)
        .set((
            webhook_deliveries::tries.eq(0),
            webhook_deliveries::next_try_at.eq(now()),
            webhook_deliveries::delivered_at.eq(None::<NaiveDateTime>),
            webhook_deliveries::given_up_at.eq(None::<NaiveDateTime>),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::NotFound);
    }
    record(c, by.actor(), "webhook.redelivered", &webhook)
}

/// The deliveries of a webhook, newest first, older than the one `before`.
pub fn of_webhook(
    c: &mut AnyConnection,
    webhook_id: &str,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Delivery>, Error> {
    // After every id: they are written in digits and the letters a to f.
    let before = before.unwrap_or("g");
    Ok(webhook_deliveries::table
        .filter(webhook_deliveries::webhook_id.eq(webhook_id))
        .filter(webhook_deliveries::id.lt(before))
        .order(webhook_deliveries::id.desc())
        .limit(limit)
        .select(Delivery::as_select())
        .load(c)?)
}

/// Deletes what was settled long ago. How many rows went.
pub fn forget_old(c: &mut AnyConnection) -> Result<usize, Error> {
    let old = webhook_deliveries::table
        .filter(webhook_deliveries::created_at.lt(now() - Duration::days(KEPT_DAYS)))
        .filter(webhook_deliveries::next_try_at.is_null());
    Ok(diesel::delete(old).execute(c)?)
}
