//! Checkpoints: the heads of the audit trail and of the chain of signatures on a day, signed by the
//! register. Whoever keeps one elsewhere notices when something before it was cut off or rewritten, even
//! by somebody who owns the database.

pub mod verify;

use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::access::{Actor, May, right};
use crate::audit;
use crate::clauses::signatures;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::notices::{self, Letter};
use crate::page::paging::PAGE_SIZE;
use crate::scheduler::Step;
use crate::schema::{checkpoints, settings};
use crate::signing;
use crate::texts::Language;
use crate::values::{forever, new_id, now};
use crate::vault::Vault;

/// The kind (`typ`) of the signed text.
pub const CHECKPOINT: &str = "touchstone-checkpoint+jwt";
/// The setting that holds to whom checkpoints are mailed: addresses, separated by commas. The server
/// writes it when it starts, because jobs know the database alone.
const MAIL_TO: &str = "checkpoint_mail_to";

/// The heads of both chains at a moment. A chain without a record has the number 0 and "beginning" for a
/// hash.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = checkpoints)]
pub struct Checkpoint {
    pub id: String,
    /// UTC; each day has one at most.
    pub day: NaiveDate,
    pub created_at: NaiveDateTime,
    pub audit_sequence: i64,
    pub audit_hash: String,
    pub signature_sequence: i64,
    pub signature_hash: String,
    pub key_id: String,
    /// JWS of the rest.
    pub statement: String,
}

impl Checkpoint {
    /// What its statement says. The same checkpoint gives the same claims for ever.
    pub fn claims(&self) -> Value {
        json!({
            "jti": self.id,
            "day": self.day.to_string(),
            "created_at": self.created_at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string(),
            "audit_sequence": self.audit_sequence,
            "audit_hash": self.audit_hash,
            "signature_sequence": self.signature_sequence,
            "signature_hash": self.signature_hash,
        })
    }
}

/// The batch of the daily job: makes today's checkpoint, unless it is there.
pub fn daily(c: &mut AnyConnection, vault: &Vault, _after: &str) -> Result<Step, Error> {
    let known = of_day(c, now().date())?;
    if known.is_none() {
        make(c, &Actor::clock(), vault)?;
    }
    Ok(Step { done: i64::from(known.is_none()), next: None })
}

/// Today's checkpoint, which is made and mailed when there is none yet.
pub fn todays(c: &mut AnyConnection, actor: &Actor, vault: &Vault) -> Result<Checkpoint, Error> {
    match of_day(c, now().date())? {
        Some(known) => Ok(known),
        None => make(c, actor, vault),
    }
}

fn of_day(c: &mut AnyConnection, day: NaiveDate) -> Result<Option<Checkpoint>, Error> {
    Ok(checkpoints::table
        .filter(checkpoints::day.eq(day))
        .select(Checkpoint::as_select())
        .first(c)
        .optional()?)
}

fn make(c: &mut AnyConnection, actor: &Actor, vault: &Vault) -> Result<Checkpoint, Error> {
    let beginning = || (0, audit::BEGINNING.to_string());
    let (audit_sequence, audit_hash) = audit::head(c)?.unwrap_or_else(beginning);
    let (signature_sequence, signature_hash) = signatures::head(c)?.unwrap_or_else(beginning);
    let signer = signing::signer(c, vault)?;
    let time = now();
    let mut checkpoint = Checkpoint {
        id: new_id(),
        day: time.date(),
        created_at: time,
        audit_sequence,
        audit_hash,
        signature_sequence,
        signature_hash,
        key_id: signer.public.id.clone(),
        statement: String::new(),
    };
    checkpoint.statement = signer.sign(CHECKPOINT, &checkpoint.claims())?;
    diesel::insert_into(checkpoints::table).values(&checkpoint).execute(c)?;
    mail(c, vault, &checkpoint)?;
    let details = json!({
        "day": checkpoint.day.to_string(),
        "audit_number": audit_sequence,
        "signature_number": signature_sequence,
    });
    audit::append(c, actor, "checkpoint.made", ("checkpoint", &checkpoint.id), details)?;
    Ok(checkpoint)
}

fn mail(c: &mut AnyConnection, vault: &Vault, checkpoint: &Checkpoint) -> Result<(), Error> {
    for email in mail_to(c)? {
        let letter = Letter {
            kind: "checkpoint",
            email: &email,
            name: "",
            language: Language::English,
            supplier_id: None,
            args: vec![
                ("day", checkpoint.day.to_string()),
                ("audit", checkpoint.audit_sequence.to_string()),
                ("signatures", checkpoint.signature_sequence.to_string()),
            ],
            lines: vec![checkpoint.statement.clone()],
            link: None,
        };
        notices::post(c, vault, letter)?;
    }
    Ok(())
}

/// The addresses in a setting, separated by commas; or the first that is none.
pub fn addresses(setting: &str) -> Result<Vec<String>, String> {
    let all = setting.split(',').map(str::trim).filter(|address| !address.is_empty());
    all.map(|address| match lettre::Address::from_str(address) {
        Ok(_) => Ok(address.to_string()),
        Err(_) => Err(address.to_string()),
    })
    .collect()
}

/// To whom checkpoints are mailed.
pub fn mail_to(c: &mut AnyConnection) -> Result<Vec<String>, Error> {
    let kept: Option<String> =
        settings::table.find(MAIL_TO).select(settings::value).first(c).optional()?;
    Ok(addresses(&kept.unwrap_or_default()).unwrap_or_default())
}

/// Remembers to whom checkpoints are mailed.
pub fn set_mail_to(c: &mut AnyConnection, addresses: &[String]) -> Result<(), Error> {
    let value = addresses.join(",");
    let changed =
        diesel::update(settings::table.find(MAIL_TO)).set(settings::value.eq(&value)).execute(c)?;
    if changed == 0 {
        diesel::insert_into(settings::table)
            .values((settings::name.eq(MAIL_TO), settings::value.eq(&value)))
            .execute(c)?;
    }
    Ok(())
}

/// How many there are.
pub fn count(c: &mut AnyConnection) -> Result<i64, Error> {
    Ok(checkpoints::table.count().get_result(c)?)
}

/// The newest checkpoints, at most `limit`. They hold nobody's data and are published.
pub fn newest(c: &mut AnyConnection, limit: i64) -> Result<Vec<Checkpoint>, Error> {
    Ok(checkpoints::table
        .order(checkpoints::day.desc())
        .limit(limit)
        .select(Checkpoint::as_select())
        .load(c)?)
}

/// A page of all checkpoints, the newest first, before a day; one more than a page has, when there is.
pub fn list(
    c: &mut AnyConnection,
    _by: &May<right::ReadAudit>,
    before: Option<NaiveDate>,
) -> Result<Vec<Checkpoint>, Error> {
    Ok(checkpoints::table
        .filter(checkpoints::day.lt(before.unwrap_or(forever().date())))
        .order(checkpoints::day.desc())
        .limit(PAGE_SIZE as i64 + 1)
        .select(Checkpoint::as_select())
        .load(c)?)
}

/// The checkpoint of an id.
pub fn find(
    c: &mut AnyConnection,
    _by: &May<right::ReadAudit>,
    id: &str,
) -> Result<Checkpoint, Error> {
    Ok(checkpoints::table.find(id).select(Checkpoint::as_select()).first(c)?)
}
