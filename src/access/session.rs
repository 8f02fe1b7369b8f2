//! Sessions: rows in the database, so that they end at once on every node.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::guards::{Actor, Level, Signed};
use super::roles::{Right, Role};
use super::scope::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::schema::{accounts, duplicate_pairs, sessions, sites, suppliers};
use crate::texts::Language;
use crate::values::{new_secret, now, sha256_hex};

pub const SESSION_COOKIE: &str = "__Host-session";
/// A session ends after this long without a request (ASVS 7.3.1)…
const IDLE_MINUTES: i64 = 60;
/// …and after this long in any case (ASVS 7.3.2).
const ABSOLUTE_HOURS: i64 = 12;
/// A page that was left open is still known by its session for so long.
const FORGOTTEN_HOURS: i64 = 72;
/// How exactly "last seen" is kept: every request would be a write.
const TOUCH_SECONDS: i64 = 60;

/// A session that was found, and whether its "last seen" wants writing.
pub struct Found {
    pub signed: Signed,
    pub stale: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
struct AccountRow {
    id: String,
    email: String,
    name: String,
    language: String,
    role: Role,
    supplier_id: Option<String>,
    scope_scheme: Option<String>,
    scope_regions: Option<String>,
    totp_enrolled_at: Option<NaiveDateTime>,
}

/// The live session of a cookie's secret, `None` when it is unknown, over or its account closed.
pub fn find(c: &mut AnyConnection, secret: &str) -> Result<Option<Found>, Error> {
    let id = sha256_hex(secret);
    let time = now();
    let row: Option<(AccountRow, String, NaiveDateTime)> = sessions::table
        .inner_join(accounts::table.on(accounts::id.eq(sessions::account_id)))
        .filter(sessions::id.eq(&id))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::seen_at.gt(idle_since()))
        .filter(sessions::created_at.gt(begun_since()))
        .filter(accounts::disabled_at.is_null())
        .select((AccountRow::as_select(), sessions::level, sessions::seen_at))
        .first(c)
        .optional()?;
    let Some((account, level, seen_at)) = row else {
        return Ok(None);
    };
    let scope = Scope::of(account.scope_scheme.as_deref(), account.scope_regions.as_deref());
    let waiting = if account.role.may(Right::SettleAddresses) { waiting(c, &scope)? } else { 0 };
    let pairs = if account.role.may(Right::DecideDuplicates) { pairs(c, &scope)? } else { 0 };
    let signed = Signed {
        email: account.email,
        language: Language::parse(&account.language).unwrap_or(Language::English),
        session_id: id,
        level: if level == "full" { Level::Full } else { Level::Password },
        has_second_factor: account.totp_enrolled_at.is_some(),
        waiting,
        pairs,
        actor: Actor {
            account_id: account.id,
            name: account.name,
            role: account.role,
            scope,
            supplier_id: account.supplier_id,
        },
    };
    Ok(Some(Found { signed, stale: time - seen_at > Duration::seconds(TOUCH_SECONDS) }))
}

/// The account whose session, wholly signed in, ran out of time: nobody ended it. `None` for any
/// other secret. It opens nothing; it only says whose an unsaved form is.
pub fn ran_out(c: &mut AnyConnection, secret: &str) -> Result<Option<String>, Error> {
    let is_over = sessions::seen_at.le(idle_since()).or(sessions::created_at.le(begun_since()));
    Ok(sessions::table
        .inner_join(accounts::table.on(accounts::id.eq(sessions::account_id)))
        .filter(sessions::id.eq(sha256_hex(secret)))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::level.eq("full"))
        .filter(is_over)
        .filter(sessions::created_at.gt(now() - Duration::hours(FORGOTTEN_HOURS)))
        .filter(accounts::disabled_at.is_null())
        .filter(accounts::supplier_id.is_not_null())
        .select(accounts::id)
        .first(c)
        .optional()?)
}

/// Sessions not used since then are over.
pub(super) fn idle_since() -> NaiveDateTime {
    now() - Duration::minutes(IDLE_MINUTES)
}

/// Sessions begun before then are over.
pub(super) fn begun_since() -> NaiveDateTime {
    now() - Duration::hours(ABSOLUTE_HOURS)
}

/// Addresses to settle, counted up to 100: the badge shows no more.
fn waiting(c: &mut AnyConnection, scope: &Scope) -> Result<i64, Error> {
    let mut query =
        sites::table.filter(sites::place_status.eq("unresolved")).into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        let within = suppliers::table.filter(suppliers::area.eq_any(areas));
        query = query.filter(sites::supplier_id.eq_any(within.select(suppliers::id)));
    }
    let some: Vec<String> = query.select(sites::id).limit(100).load(c)?;
    Ok(some.len() as i64)
}

/// Pairs to decide, the likeliest hundred of them.
fn pairs(c: &mut AnyConnection, scope: &Scope) -> Result<i64, Error> {
    let waiting = duplicate_pairs::table
        .filter(duplicate_pairs::status.eq("waiting"))
        .order((duplicate_pairs::score.desc(), duplicate_pairs::id.desc()))
        .limit(100);
    let found: Vec<(String, String)> =
        waiting.select((duplicate_pairs::first_id, duplicate_pairs::second_id)).load(c)?;
    let Some(areas) = scope.areas().filter(|_| !found.is_empty()) else {
        return Ok(found.len() as i64);
    };
    let ids: Vec<&str> = found.iter().flat_map(|(a, b)| [a.as_str(), b.as_str()]).collect();
    let within: Vec<String> = suppliers::table
        .filter(among(suppliers::id, ids))
        .filter(suppliers::area.eq_any(areas))
        .select(suppliers::id)
        .load(c)?;
    let is_within = |(a, b): &&(String, String)| within.contains(a) && within.contains(b);
    Ok(found.iter().filter(is_within).count() as i64)
}

/// Opens a session and returns the secret for its cookie. Only the hash is kept.
pub fn open(
    c: &mut AnyConnection,
    account_id: &str,
    level: Level,
    address: &str,
    agent: &str,
) -> Result<String, Error> {
    let secret = new_secret();
    let time = now();
    let agent: String = agent.chars().take(200).collect();
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(sha256_hex(&secret)),
            sessions::account_id.eq(account_id),
            sessions::level.eq(if level == Level::Full { "full" } else { "password" }),
            sessions::address.eq(address),
            sessions::agent.eq(agent),
            sessions::created_at.eq(time),
            sessions::seen_at.eq(time),
        ))
        .execute(c)?;
    Ok(secret)
}

/// Notes that a session is in use.
pub fn touch(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    diesel::update(sessions::table.find(id)).set(sessions::seen_at.eq(now())).execute(c)?;
    Ok(())
}

/// Ends one session.
pub fn end(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    diesel::update(sessions::table.find(id).filter(sessions::ended_at.is_null()))
        .set(sessions::ended_at.eq(now()))
        .execute(c)?;
    Ok(())
}

/// Ends every session of an account.
pub fn end_all(c: &mut AnyConnection, account_id: &str) -> Result<usize, Error> {
    let ended = diesel::update(
        sessions::table
            .filter(sessions::account_id.eq(account_id))
            .filter(sessions::ended_at.is_null()),
    )
    .set(sessions::ended_at.eq(now()))
    .execute(c)?;
    Ok(ended)
}
