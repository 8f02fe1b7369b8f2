//! What people change on their own account.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::accounts::{self, Account};
use super::client::actor_of;
use super::session;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::{accounts as table, sessions};
use crate::texts::Language;

/// A live session, as its owner sees it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct OwnSession {
    pub id: String,
    pub address: String,
    pub agent: String,
    pub created_at: NaiveDateTime,
    pub seen_at: NaiveDateTime,
}

impl OwnSession {
    /// The browser in two words, as far as its name tells: the whole text says little to people.
    pub fn browser(&self) -> String {
        let first = |names: &[(&'static str, &'static str)]| {
            names.iter().find(|(mark, _)| self.agent.contains(mark)).map(|(_, name)| *name)
        };
        // Each of these names itself besides the ones it descends from: the order matters.
        let program = first(&[
            ("MicroMessenger", "WeChat"),
            ("Edg/", "Edge"),
            ("Firefox/", "Firefox"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ]);
        let system = first(&[
            ("Windows", "Windows"),
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Mac OS", "macOS"),
            ("Linux", "Linux"),
        ]);
        match (program, system) {
            (Some(program), Some(system)) => format!("{program}, {system}"),
            (Some(one), None) | (None, Some(one)) => one.to_string(),
            (None, None) => self.agent.chars().take(40).collect(),
        }
    }
}

/// The live sessions of an account, latest first, at most 50.
pub fn live_sessions(c: &mut AnyConnection, account_id: &str) -> Result<Vec<OwnSession>, Error> {
    Ok(sessions::table
        .filter(sessions::account_id.eq(account_id))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::seen_at.gt(session::idle_since()))
        .filter(sessions::created_at.gt(session::begun_since()))
        .order(sessions::seen_at.desc())
        .limit(50)
        .select(OwnSession::as_select())
        .load(c)?)
}

/// Ends one of one's own sessions. Somebody else's is not found.
pub fn end_session(c: &mut AnyConnection, account_id: &str, id: &str) -> Result<(), Error> {
    if !id.chars().all(|c| c.is_ascii_hexdigit()) {
        return Err(Error::NotFound);
    }
    let own: Option<String> = sessions::table
        .find(id)
        .filter(sessions::account_id.eq(account_id))
        .select(sessions::id)
        .first(c)
        .optional()?;
    session::end(c, &own.ok_or(Error::NotFound)?)?;
    let account = accounts::find(c, account_id)?;
    record(c, &account, "access.sessions_ended", json!({ "count": 1 }))
}

/// Ends all of one's own sessions, this one too.
pub fn end_all_sessions(c: &mut AnyConnection, account_id: &str) -> Result<(), Error> {
    let ended = session::end_all(c, account_id)?;
    let account = accounts::find(c, account_id)?;
    record(c, &account, "access.sessions_ended", json!({ "count": ended }))
}

/// Changes name and language.
pub fn update(
    c: &mut AnyConnection,
    account_id: &str,
    name: &str,
    language: &str,
) -> Result<Language, Error> {
    let mut problems = Problems::default();
    problems.0.extend(accounts::name_problem(name));
    let language = Language::parse(language);
    if language.is_none() {
        problems.add(crate::error::Problem::new("language", "unknown_choice"));
    }
    problems.into_result()?;
    let language = language.ok_or(Error::NotFound)?;
    let before = accounts::find(c, account_id)?;
    let name = name.trim();
    if before.name == name && before.language == language.as_str() {
        return Ok(language);
    }
    diesel::update(table::table.find(account_id))
        .set((table::name.eq(name), table::language.eq(language.as_str())))
        .execute(c)?;
    let mut details = json!({});
    if before.name != name {
        details["name"] = json!([before.name, name]);
    }
    if before.language != language.as_str() {
        details["language"] = json!([before.language, language.as_str()]);
    }
    record(c, &before, "access.account_edited", details)?;
    Ok(language)
}

/// Sets a new password. `seen` is the hash that the current password was compared with: if it
/// has changed since, somebody else was faster. Every session ends.
pub fn change_password(
    c: &mut AnyConnection,
    account_id: &str,
    seen: Option<String>,
    hash: String,
) -> Result<Account, Error> {
    let account = accounts::find(c, account_id)?;
    if account.password_hash != seen || !account.is_enabled() {
        return Err(Error::Conflict("conflict-edited"));
    }
    diesel::update(table::table.find(account_id)).set(table::password_hash.eq(hash)).execute(c)?;
    session::end_all(c, account_id)?;
    record(c, &account, "access.password_changed", json!({}))?;
    Ok(account)
}

fn record(
    c: &mut AnyConnection,
    account: &Account,
    action: &str,
    details: serde_json::Value,
) -> Result<(), Error> {
    audit::append(c, &actor_of(account), action, ("account", &account.id), details)
}
