//! What is to be sent, and what came of it. Each step is a write of its own: claimed, sent outside
//! of any transaction, settled. A letter may arrive twice when a node ends in between; its
//! Message-ID tells.

use chrono::{Duration, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::json;

use super::list::find;
use super::sending::{End, Outcome};
use super::{Message, State};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::messages;
use crate::values::now;

/// Seconds to wait after the first try, the second…; after the last of them it is given up, a
/// little more than 32 hours after the first.
pub const PAUSES: [i64; 6] = [60, 300, 1_800, 7_200, 21_600, 86_400];
/// How long a claimed letter is another node's, in seconds: longer than sending can take.
pub const CLAIMED: i64 = 300;
/// A letter that was kept is still sent when a mail server is set up so many hours later.
const STILL_NEWS: i64 = 24;

/// Whether a letter is due.
pub fn is_due(c: &mut AnyConnection) -> Result<bool, Error> {
    let due = messages::table.filter(messages::next_try_at.le(now()));
    Ok(diesel::select(exists(due)).get_result(c)?)
}

/// Takes the next letter: no other node will, for [`CLAIMED`] seconds.
pub fn claim(c: &mut AnyConnection) -> Result<Option<Message>, Error> {
    let found: Option<Message> = messages::table
        .filter(messages::next_try_at.le(now()))
        .order((messages::next_try_at, messages::id))
        .select(Message::as_select())
        .first(c)
        .optional()?;
    let Some(mut message) = found else {
        return Ok(None);
    };
    message.tries += 1;
    diesel::update(messages::table.find(&message.id))
        .set((
            messages::tries.eq(message.tries),
            messages::next_try_at.eq(now() + Duration::seconds(CLAIMED)),
        ))
        .execute(c)?;
    Ok(Some(message))
}

/// Notes what came of a claimed letter. Once it was sent, its link is forgotten. What was claimed
/// anew meanwhile, or is to be sent again, is left alone.
pub fn settle(c: &mut AnyConnection, claimed: &Message, outcome: &Outcome) -> Result<(), Error> {
    let time = now();
    let pause = usize::try_from(claimed.tries - 1).ok().and_then(|n| PAUSES.get(n));
    let again =
        pause.filter(|_| outcome.end == End::Failed).map(|pause| time + Duration::seconds(*pause));
    let is_sent = outcome.end == End::Sent;
    let is_over = outcome.end == End::Refused || outcome.end == End::Failed && again.is_none();
    let ours = messages::table
        .find(&claimed.id)
        .filter(messages::tries.eq(claimed.tries))
        .filter(messages::next_try_at.is_not_null());
    let changes = (
        messages::next_try_at.eq(again),
        messages::sent_at.eq(is_sent.then_some(time)),
        messages::given_up_at.eq(is_over.then_some(time)),
        messages::last_answer.eq(&outcome.answer),
    );
    let changed = diesel::update(ours).set(changes).execute(c)?;
    if changed > 0 && is_sent {
        let row = messages::table.find(&claimed.id);
        diesel::update(row).set(messages::link_sealed.eq("")).execute(c)?;
    }
    Ok(())
}

/// Now that there is a mail server: letters of the last day that were kept are sent after all.
pub fn send_kept(c: &mut AnyConnection) -> Result<usize, Error> {
    let kept = messages::table
        .filter(messages::created_at.gt(now() - Duration::hours(STILL_NEWS)))
        .filter(messages::next_try_at.is_null())
        .filter(messages::sent_at.is_null())
        .filter(messages::given_up_at.is_null());
    Ok(diesel::update(kept).set(messages::next_try_at.eq(now())).execute(c)?)
}

/// Sends a letter now that was given up, that was kept, or whose next try is far. One that was
/// sent is not sent again: its link is forgotten.
pub fn retry(
    c: &mut AnyConnection,
    by: &May<right::SendMessages>,
    has_server: bool,
    id: &str,
) -> Result<(), Error> {
    let message = find(c, by.actor(), id)?;
    match message.state() {
        State::Sent => return Err(Error::Conflict("conflict-message-sent")),
        State::Waiting if is_soon(&message) => {
            return Err(Error::Conflict("conflict-message-soon"));
        }
        State::Kept if !has_server => return Err(Error::Conflict("conflict-message-no-server")),
        _ => {}
    }
    diesel::update(messages::table.find(id))
        .set((
            messages::tries.eq(0),
            messages::next_try_at.eq(now()),
            messages::given_up_at.eq(None::<NaiveDateTime>),
        ))
        .execute(c)?;
    record(c, by.actor(), "message.retried", &message)
}

/// Whether [`retry`] would do anything.
pub fn may_retry(message: &Message, has_server: bool) -> bool {
    match message.state() {
        State::Sent => false,
        State::Waiting => !is_soon(message),
        State::GivenUp => true,
        State::Kept => has_server,
    }
}

/// A letter that is being sent has its next try within the time of a claim.
fn is_soon(message: &Message) -> bool {
    let soon = now() + Duration::seconds(CLAIMED);
    message.next_try_at.is_some_and(|next| next <= soon)
}

pub(super) fn record(
    c: &mut AnyConnection,
    actor: &Actor,
    action: &str,
    message: &Message,
) -> Result<(), Error> {
    let details = json!({ "letter": message.subject, "supplier": message.supplier_id });
    audit::append(c, actor, action, ("message", &message.id), details)
}
