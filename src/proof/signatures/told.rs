//! What the audit trail tells of signatures. They are written in the same transactions, so both have
//! the same order.

use std::collections::{HashMap, VecDeque};

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;
use serde_json::Value;

use super::known::SLACK;
use super::{Broken, Flaw};
use crate::audit::AuditRecord;
use crate::clauses::signatures::{Signature, Void};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{audit_records, signature_voids, signatures};

/// The action of a signature, and of one that is declared void.
const SIGNED: &str = "clause.signed";
const VOIDED: &str = "signature.voided";

/// Records read at a time.
const BATCH: i64 = 500;

/// The records of an action, one after the other.
pub struct Told {
    action: &'static str,
    after: i64,
    waiting: VecDeque<Record>,
}

/// A record of the trail about a signature.
pub struct Record {
    supplier_id: String,
    actor_id: String,
    actor_name: String,
    at: NaiveDateTime,
    details: Value,
}

impl Told {
    pub fn signed() -> Told {
        Told { action: SIGNED, after: 0, waiting: VecDeque::new() }
    }

    pub fn next(&mut self, c: &mut AnyConnection) -> Result<Option<Record>, Error> {
        if self.waiting.is_empty() {
            let records: Vec<AuditRecord> = audit_records::table
                .filter(audit_records::action.eq(self.action))
                .filter(audit_records::sequence.gt(self.after))
                .order(audit_records::sequence)
                .limit(BATCH)
                .select(AuditRecord::as_select())
                .load(c)?;
            self.after = records.last().map_or(self.after, |record| record.sequence);
            self.waiting = records.into_iter().map(Record::from).collect();
        }
        Ok(self.waiting.pop_front())
    }
}

impl From<AuditRecord> for Record {
    fn from(record: AuditRecord) -> Record {
        Record {
            supplier_id: record.subject_id,
            actor_id: record.actor_id,
            actor_name: record.actor_name,
            at: record.at,
            details: serde_json::from_str(&record.details).unwrap_or(Value::Null),
        }
    }
}

impl Record {
    fn text(&self, name: &str) -> &str {
        self.details[name].as_str().unwrap_or_default()
    }

    fn number(&self) -> i64 {
        self.details["signature_number"].as_i64().unwrap_or_default()
    }

    /// Whether it tells of a signature as that stands in the chain.
    pub fn tells_of(&self, row: &Signature) -> bool {
        self.number() == row.sequence
            && self.text("signature") == row.id
            && self.text("signature_hash") == row.hash
            && self.supplier_id == row.supplier_id
    }

    /// The signature that it tells of, as a record that does not hold.
    pub fn broken(&self, flaw: Flaw) -> Broken {
        Broken {
            number: self.number(),
            id: self.text("signature").into(),
            company: format!("company {}", self.supplier_id),
            clause: format!("{}, version {}", self.text("clause"), self.details["version"]),
            flaw,
        }
    }
}

/// Compares what is void with what the trail tells of that. Voids are rare: their ids fit into the
/// memory.
pub fn voids(c: &mut AnyConnection) -> Result<Option<Broken>, Error> {
    let mut told = Told { action: VOIDED, ..Told::signed() };
    let mut records: HashMap<String, Record> = HashMap::new();
    while let Some(record) = told.next(c)? {
        records.insert(record.text("signature").to_string(), record);
    }
    let voids: Vec<(Void, i64)> = signature_voids::table
        .inner_join(signatures::table.on(signatures::id.eq(signature_voids::signature_id)))
        .order(signatures::sequence)
        .select((Void::as_select(), signatures::sequence))
        .load(c)?;
    for (void, number) in voids {
        let record = records.remove(&void.signature_id);
        if !record.is_some_and(|record| record.tells_of_void(&void)) {
            let broken = Broken { id: void.signature_id, ..Broken::missing(number) };
            return Ok(Some(broken.with(Flaw::VoidUntold)));
        }
    }
    // Told of, and not there.
    let Some(id) = records.into_keys().min() else { return Ok(None) };
    let number: Option<i64> = signatures::table
        .filter(signatures::id.eq(&id))
        .select(signatures::sequence)
        .first(c)
        .optional()?;
    let broken = Broken { id, ..Broken::missing(number.unwrap_or_default()) };
    Ok(Some(broken.with(Flaw::VoidMissing)))
}

impl Record {
    /// Whether it tells of a voiding as that stands here: by whom, when and why.
    fn tells_of_void(&self, void: &Void) -> bool {
        self.actor_id == void.voided_by
            // The trail takes line breaks out of names.
            && self.actor_name == void.voided_name.replace(['\n', '\r'], " ")
            && self.text("reason") == void.reason
            && (self.at - void.voided_at).abs() <= Duration::seconds(SLACK)
    }
}
