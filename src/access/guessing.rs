//! Guessing is slow: a try is counted before its hash is computed, and few are let through.

use chrono::Duration;
use diesel::prelude::*;

use super::client::Client;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::guesses;
use crate::values::{now, sha256_hex};

/// Tries at one account, or from one known device, in a window.
pub const PER_ACCOUNT: i64 = 10;
/// Tries from one address: a whole office may share it.
pub const PER_ADDRESS: i64 = 50;
/// The length of a window.
const WINDOW_MINUTES: i64 = 15;
/// What visitors hand in from one network in an hour.
const HANDED_IN_PER_HOUR: i64 = 5;
/// What visitors hand in altogether in a day: more than people look through.
const HANDED_IN_PER_DAY: i64 = 200;

/// What tries are counted on: a name and a limit.
pub struct Counter {
    subject: String,
    limit: i64,
    /// The length of its window.
    minutes: i64,
}

impl Counter {
    /// Tries of one kind by somebody who has come past the password.
    pub fn of_account(kind: &str, account_id: &str) -> Counter {
        Counter::of(format!("{kind} {account_id}"), PER_ACCOUNT)
    }

    fn of(subject: String, limit: i64) -> Counter {
        Counter { subject, limit, minutes: WINDOW_MINUTES }
    }

    /// The counters of something that anybody may hand in without signing in.
    pub fn of_visitor(what: &str, client: &Client) -> Vec<Counter> {
        let network = network_of(&client.address);
        vec![
            Counter {
                subject: format!("{what} {network}"),
                limit: HANDED_IN_PER_HOUR,
                minutes: 60,
            },
            Counter { subject: what.to_string(), limit: HANDED_IN_PER_DAY, minutes: 24 * 60 },
        ]
    }

    /// The counter of letters of a kind that strangers have sent to an address: one a day.
    pub fn of_letter(kind: &str, email: &str) -> Counter {
        let subject = format!("{kind} {}", sha256_hex(email));
        Counter { subject, limit: 1, minutes: 24 * 60 }
    }

    /// The counters of a sign-in. A device on which the person has signed in before counts on
    /// its own, so that strangers cannot lock anybody out. Typed addresses are hashed: people
    /// type passwords there.
    pub fn of_sign_in(email: &str, client: &Client, device_is_known: bool) -> Vec<Counter> {
        let email = sha256_hex(email);
        if let (true, Some(device)) = (device_is_known, &client.device) {
            let subject = format!("device {} {email}", sha256_hex(device));
            return vec![Counter::of(subject, PER_ACCOUNT)];
        }
        let network = network_of(&client.address);
        vec![
            Counter::of(format!("e-mail {email}"), PER_ACCOUNT),
            Counter::of(format!("address {network}"), PER_ADDRESS),
        ]
    }
}

/// One IPv6 customer holds a whole /64 of addresses.
fn network_of(address: &str) -> String {
    match address.parse::<std::net::Ipv6Addr>() {
        Ok(v6) => format!(
            "{:x}:{:x}:{:x}:{:x}",
            v6.segments()[0],
            v6.segments()[1],
            v6.segments()[2],
            v6.segments()[3]
        ),
        Err(_) => address.to_string(),
    }
}

/// Counts a try on each counter. [`Error::TooMany`] when one of them is full.
pub fn admit(c: &mut AnyConnection, counters: &[Counter]) -> Result<(), Error> {
    let time = now();
    let over = time - Duration::minutes(WINDOW_MINUTES);
    diesel::delete(guesses::table.filter(guesses::started_at.le(over))).execute(c)?;
    for counter in counters {
        let counted = diesel::update(
            guesses::table.find(&counter.subject).filter(guesses::tries.lt(counter.limit)),
        )
        .set(guesses::tries.eq(guesses::tries + 1))
        .execute(c)?;
        if counted == 1 {
            continue;
        }
        let full: Option<i64> =
            guesses::table.find(&counter.subject).select(guesses::tries).first(c).optional()?;
        if full.is_some() {
            return Err(Error::TooMany);
        }
        diesel::insert_into(guesses::table)
            .values((
                guesses::subject.eq(&counter.subject),
                // A row goes when a common window is over: a longer one begins as much later.
                guesses::started_at.eq(time + Duration::minutes(counter.minutes - WINDOW_MINUTES)),
                guesses::tries.eq(1_i64),
            ))
            .execute(c)?;
    }
    Ok(())
}

/// Takes back the try that turned out right: only wrong ones are guesses.
pub fn was_right(c: &mut AnyConnection, counters: &[Counter]) -> Result<(), Error> {
    for counter in counters {
        diesel::update(guesses::table.find(&counter.subject).filter(guesses::tries.gt(0)))
            .set(guesses::tries.eq(guesses::tries - 1))
            .execute(c)?;
    }
    Ok(())
}
