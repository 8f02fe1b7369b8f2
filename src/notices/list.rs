//! The letters that somebody may see, and the link in one of them.

use diesel::prelude::*;

use super::outbox::record;
use super::{Message, State};
use crate::access::{Actor, May, Right, Scope, right};
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::schema::{messages, suppliers};
use crate::vault::Vault;

/// Kinds of letters that tell of cases against companies: for who may see cases.
pub const OF_CASES: [&str; 7] = [
    "punishment-notice",
    "punishment-interim",
    "punishment-decision",
    "punishment-appeal-decision",
    "punishment-ended",
    "punishment-reply-due",
    "punishment-dropped",
];

/// A letter of the log, with the company that it is about: its number and legal name.
pub struct Entry {
    pub message: Message,
    pub company: Option<(i64, String)>,
}

/// The letters in a state, newest first, older than the one `before`. Somebody with a part of the
/// register sees the letters about the companies there.
pub fn entries(
    c: &mut AnyConnection,
    by: &May<right::ReadMessages>,
    state: Option<State>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    let areas = by.scope().areas();
    let mut query = messages::table
        .left_join(suppliers::table.on(messages::supplier_id.eq(suppliers::id.nullable())))
        // After every id: they are written in digits and the letters a to f.
        .filter(messages::id.lt(before.unwrap_or("g")))
        .order(messages::id.desc())
        .limit(limit)
        .select((Message::as_select(), (suppliers::number, suppliers::legal_name).nullable()))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = &areas {
        query = query.filter(among(suppliers::area, areas.iter().map(String::as_str)));
    }
    if !by.actor().role.may(Right::ReadPunishments) {
        for kind in OF_CASES {
            query = query.filter(messages::kind.ne(kind));
        }
    }
    query = match state {
        None => query,
        Some(State::Waiting) => query.filter(messages::next_try_at.is_not_null()),
        Some(State::Sent) => query.filter(messages::sent_at.is_not_null()),
        Some(State::GivenUp) => query.filter(messages::given_up_at.is_not_null()),
        Some(State::Kept) => query
            .filter(messages::next_try_at.is_null())
            .filter(messages::sent_at.is_null())
            .filter(messages::given_up_at.is_null()),
    };
    let rows: Vec<(Message, Option<(i64, String)>)> = query.load(c)?;
    Ok(rows.into_iter().map(|(message, company)| Entry { message, company }).collect())
}

/// A letter of the log.
pub fn entry(
    c: &mut AnyConnection,
    by: &May<right::ReadMessages>,
    id: &str,
) -> Result<Entry, Error> {
    let message = find(c, by.actor(), id)?;
    let company = match &message.supplier_id {
        Some(id) => {
            let names = (suppliers::number, suppliers::legal_name);
            suppliers::table.find(id).select(names).first(c).optional()?
        }
        None => None,
    };
    Ok(Entry { message, company })
}

/// A letter that somebody may see. One about no company is for those who see everything.
pub(super) fn find(c: &mut AnyConnection, by: &Actor, id: &str) -> Result<Message, Error> {
    let message: Message = messages::table.find(id).select(Message::as_select()).first(c)?;
    let is_of_case = OF_CASES.contains(&message.kind.as_str());
    if is_of_case && !by.role.may(Right::ReadPunishments) {
        return Err(Error::NotFound);
    }
    let scope = &by.scope;
    if *scope == Scope::Everything {
        return Ok(message);
    }
    let company = message.supplier_id.as_deref().ok_or(Error::NotFound)?;
    let area: String = suppliers::table.find(company).select(suppliers::area).first(c)?;
    if scope.allows(&area) { Ok(message) } else { Err(Error::NotFound) }
}

/// The whole link of a letter that no mail server takes, so that somebody can pass it on. Where
/// there is a server, nobody but the receiver gets to see it.
pub fn open_link(
    c: &mut AnyConnection,
    by: &May<right::SendMessages>,
    vault: &Vault,
    (base_url, has_server): (&str, bool),
    id: &str,
) -> Result<(Message, String), Error> {
    let message = find(c, by.actor(), id)?;
    if has_server {
        return Err(Error::Conflict("conflict-message-has-server"));
    }
    let link = message.link(vault, base_url)?.ok_or(Error::NotFound)?;
    record(c, by.actor(), "message.link_opened", &message)?;
    Ok((message, link))
}
