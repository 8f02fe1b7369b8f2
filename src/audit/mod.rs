//! The audit trail: every change appends one record in its own transaction, and each record
//! holds the hash of the one before it.

mod routes;
mod verify;
pub mod view;

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::access::Actor;
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::schema::audit_records;
use crate::values::{is_id, now, sha256_hex};

pub use routes::routes;
pub use verify::{Flaw, Verdict, verify};

/// What the first record names as its predecessor.
pub const BEGINNING: &str = "beginning";

/// One record of the trail.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_records)]
pub struct AuditRecord {
    pub sequence: i64,
    pub at: NaiveDateTime,
    pub actor_id: String,
    pub actor_name: String,
    /// `noun.verb`, as in `supplier.created`.
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    /// Canonical JSON: keys sorted, no spaces.
    pub details: String,
    pub previous_hash: String,
    pub hash: String,
}

impl AuditRecord {
    /// SHA-256 over every other column, each ended by a line feed (which JSON text cannot hold,
    /// and which is taken out of names).
    pub fn compute_hash(&self) -> String {
        sha256_hex(format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
            self.sequence,
            self.at.format("%Y-%m-%dT%H:%M:%S%.6fZ"),
            self.actor_id,
            self.actor_name,
            self.action,
            self.subject_kind,
            self.subject_id,
            self.details,
            self.previous_hash,
        ))
    }
}

/// Appends the record of a change. Call it inside the change's own transaction, last.
pub fn append(
    c: &mut AnyConnection,
    actor: &Actor,
    action: &str,
    subject: (&str, &str),
    details: Value,
) -> Result<(), Error> {
    let (sequence, previous_hash) = match head(c)? {
        Some((sequence, hash)) => (sequence + 1, hash),
        None => (1, BEGINNING.to_string()),
    };
    let mut record = AuditRecord {
        sequence,
        at: now(),
        actor_id: actor.account_id.clone(),
        actor_name: actor.name.replace(['\n', '\r'], " "),
        action: action.to_string(),
        subject_kind: subject.0.to_string(),
        subject_id: subject.1.to_string(),
        // serde_json keeps object keys in a sorted map: the text is canonical.
        details: details.to_string(),
        previous_hash,
        hash: String::new(),
    };
    record.hash = record.compute_hash();
    diesel::insert_into(audit_records::table).values(&record).execute(c)?;
    Ok(())
}

/// Whether somebody has done one of some things with a subject since a moment.
pub fn has_done(
    c: &mut AnyConnection,
    account_id: &str,
    subject: (&str, &str),
    actions: &[&str],
    since: NaiveDateTime,
) -> Result<bool, Error> {
    let done = audit_records::table
        .filter(audit_records::subject_kind.eq(subject.0))
        .filter(audit_records::subject_id.eq(subject.1))
        .filter(audit_records::action.eq_any(actions))
        .filter(audit_records::actor_id.eq(account_id))
        .filter(audit_records::at.ge(since));
    Ok(diesel::select(exists(done)).get_result(c)?)
}

/// `[before, after]` for the details of a record, or nothing when they are the same.
pub fn change(before: &str, after: &str) -> Value {
    if before == after { Value::Null } else { json!([before, after]) }
}

/// Sequence and hash of the newest record. The sequence is also the version of the register:
/// what was computed at one head holds until the next.
pub fn head(c: &mut AnyConnection) -> Result<Option<(i64, String)>, Error> {
    Ok(audit_records::table
        .select((audit_records::sequence, audit_records::hash))
        .order(audit_records::sequence.desc())
        .first(c)
        .optional()?)
}

/// The version of the register: the sequence of its newest audit record, 0 when there is none.
pub fn version(c: &mut AnyConnection) -> Result<i64, Error> {
    Ok(head(c)?.map(|(sequence, _)| sequence).unwrap_or(0))
}

/// The newest records of one subject, before `before` when given.
pub fn trail_of(
    c: &mut AnyConnection,
    subject: (&str, &str),
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<AuditRecord>, Error> {
    Ok(audit_records::table
        .filter(audit_records::subject_kind.eq(subject.0))
        .filter(audit_records::subject_id.eq(subject.1))
        .filter(audit_records::sequence.lt(before.unwrap_or(i64::MAX)))
        .order(audit_records::sequence.desc())
        .limit(limit)
        .select(AuditRecord::as_select())
        .load(c)?)
}

/// The newest records of one subject whose details name an id in a field.
pub fn trail_naming(
    c: &mut AnyConnection,
    subject: (&str, &str),
    field: &str,
    id: &str,
    limit: i64,
) -> Result<Vec<AuditRecord>, Error> {
    if !is_id(id) {
        return Ok(Vec::new());
    }
    Ok(audit_records::table
        .filter(audit_records::subject_kind.eq(subject.0))
        .filter(audit_records::subject_id.eq(subject.1))
        .filter(audit_records::details.like(format!("%\"{field}\":\"{id}\"%")))
        .order(audit_records::sequence.desc())
        .limit(limit)
        .select(AuditRecord::as_select())
        .load(c)?)
}

/// What the records of a list have in common; "" for anything.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The whole name, or the id, of who did it.
    pub actor: String,
    pub action: String,
    pub subject_id: String,
}

/// The newest records that fit, before `before` when given.
pub fn trail_by(
    c: &mut AnyConnection,
    filter: &Filter,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<AuditRecord>, Error> {
    let mut query = audit_records::table
        .filter(audit_records::sequence.lt(before.unwrap_or(i64::MAX)))
        .order(audit_records::sequence.desc())
        .limit(limit)
        .select(AuditRecord::as_select())
        .into_boxed::<MultiBackend>();
    if !filter.actor.is_empty() {
        let named = audit_records::actor_name.eq(&filter.actor);
        query = query.filter(named.or(audit_records::actor_id.eq(&filter.actor)));
    }
    if !filter.action.is_empty() {
        query = query.filter(audit_records::action.eq(&filter.action));
    }
    if !filter.subject_id.is_empty() {
        query = query.filter(audit_records::subject_id.eq(&filter.subject_id));
    }
    Ok(query.load(c)?)
}

/// The records after a number, oldest first.
pub fn records_after(
    c: &mut AnyConnection,
    sequence: i64,
    limit: i64,
) -> Result<Vec<AuditRecord>, Error> {
    Ok(audit_records::table
        .filter(audit_records::sequence.gt(sequence))
        .order(audit_records::sequence)
        .limit(limit)
        .select(AuditRecord::as_select())
        .load(c)?)
}

/// The record of a number.
pub fn find(c: &mut AnyConnection, sequence: i64) -> Result<AuditRecord, Error> {
    Ok(audit_records::table.find(sequence).select(AuditRecord::as_select()).first(c)?)
}
