//! The browser at the other end: where it is, what it says it is, which cookies it holds.

use std::convert::Infallible;

use diesel::prelude::*;
use rocket::http::CookieJar;
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};
use rocket::time::Duration;

use super::accounts::Account;
use super::guards::{Actor, Level, session_secret};
use super::scope::Scope;
use super::session::{self, SESSION_COOKIE};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::page::{client_address, host_cookie};
use crate::schema::known_devices;
use crate::values::{new_secret, now, sha256_hex};

const DEVICE_COOKIE: &str = "__Host-device";

/// Who asks, as far as a server can know.
#[derive(Clone, Debug)]
pub struct Client {
    pub address: String,
    pub agent: String,
    /// The secret of a device that somebody has signed in on, as the cookie holds it.
    pub device: Option<String>,
    /// The secret of the session cookie, live or not.
    pub session: Option<String>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Client {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Client, Infallible> {
        let agent = request.headers().get_one("User-Agent").unwrap_or_default();
        Outcome::Success(Client {
            address: client_address(request),
            agent: agent.chars().filter(|c| !c.is_control()).take(200).collect(),
            device: request.cookies().get(DEVICE_COOKIE).map(|c| c.value().to_string()),
            session: session_secret(request),
        })
    }
}

/// A session just begun: what the browser gets.
pub struct Begun {
    pub level: Level,
    session: String,
    device: Option<String>,
}

impl Begun {
    /// Puts the new secrets into cookies.
    pub fn hand_over(self, cookies: &CookieJar<'_>) {
        cookies.add(host_cookie(SESSION_COOKIE, self.session));
        let Some(device) = self.device else { return };
        let mut cookie = host_cookie(DEVICE_COOKIE, device);
        cookie.set_max_age(Duration::days(365));
        cookies.add(cookie);
    }
}

/// Takes the session from the browser.
pub fn take_session(cookies: &CookieJar<'_>) {
    cookies.remove(host_cookie(SESSION_COOKIE, ""));
}

/// Begins a session under a new id. The one that the browser had is over, whoever's it was.
pub fn begin(
    c: &mut AnyConnection,
    account: &Account,
    level: Level,
    client: &Client,
) -> Result<Begun, Error> {
    if let Some(secret) = &client.session {
        session::end(c, &sha256_hex(secret))?;
    }
    let session = session::open(c, &account.id, level, &client.address, &client.agent)?;
    if level == Level::Password {
        return Ok(Begun { level, session, device: None });
    }
    let device = if knows(c, &account.id, client)? { None } else { Some(know(c, &account.id)?) };
    let details = serde_json::json!({ "address": client.address });
    audit::append(c, &actor_of(account), "access.signed_in", ("account", &account.id), details)?;
    Ok(Begun { level, session, device })
}

/// Whether the person has signed in from this browser before.
pub fn knows(c: &mut AnyConnection, account_id: &str, client: &Client) -> Result<bool, Error> {
    let Some(device) = &client.device else {
        return Ok(false);
    };
    let found: Option<String> = known_devices::table
        .find(sha256_hex(format!("{account_id} {device}")))
        .select(known_devices::id)
        .first(c)
        .optional()?;
    Ok(found.is_some())
}

/// Makes a secret for this browser. Only the hash is kept, bound to the account.
fn know(c: &mut AnyConnection, account_id: &str) -> Result<String, Error> {
    let secret = new_secret();
    diesel::insert_into(known_devices::table)
        .values((
            known_devices::id.eq(sha256_hex(format!("{account_id} {secret}"))),
            known_devices::account_id.eq(account_id),
            known_devices::created_at.eq(now()),
        ))
        .execute(c)?;
    Ok(secret)
}

/// The account as the doer of something, for the audit trail.
pub fn actor_of(account: &Account) -> Actor {
    Actor {
        account_id: account.id.clone(),
        name: account.name.clone(),
        role: account.role,
        scope: Scope::of(account.scope_scheme.as_deref(), account.scope_regions.as_deref()),
        supplier_id: account.supplier_id.clone(),
    }
}
