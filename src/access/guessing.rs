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

/// What tries are counted on: a name and a limit.
pub struct Counter {
    subject: String,
    limit: i64,
}

impl Counter {
    /// Tries of one kind by somebody who has come past the password.
    pub fn of_account(kind: &str, account_id: &str) -> Counter {
        Counter { subject: format!("{kind} {account_id}"), limit: PER_ACCOUNT }
    }

    /// The counters of a sign-in. A device on which the person has signed in before counts on
    /// its own, so that strangers cannot lock anybody out. Typed addresses are hashed: people
    /// type passwords there.
    pub fn of_sign_in(email: &str, client: &Client, device_is_known: bool) -> Vec<Counter> {
        let email = sha256_hex(email);
        if let (true, Some(device)) = (device_is_known, &client.device) {
            let subject = format!("device {} {email}", sha256_hex(device));
            return vec![Counter { subject, limit: PER_ACCOUNT }];
        }
        let network = network_of(&client.address);
        vec![
            Counter { subject: format!("e-mail {email}"), limit: PER_ACCOUNT },
            Counter { subject: format!("address {network}"), limit: PER_ADDRESS },
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
                guesses::started_at.eq(time),
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
