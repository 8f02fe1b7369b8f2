//! Verifying the trail: every record's own hash, its link to the one before, its place in line.

use diesel::prelude::*;

use super::{AuditRecord, BEGINNING};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::audit_records;

/// What the verification found.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// The whole chain holds: so many records, the last one's hash.
    Sound { records: i64, head: String },
    /// The first record that does not fit, by its sequence.
    Broken { sequence: i64, flaw: Flaw },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Flaw {
    /// A number in line is missing.
    Missing,
    /// The record does not name its predecessor's hash.
    Unlinked,
    /// The record's contents are not what its hash was made of.
    Altered,
}

/// Records read at a time: the trail may be longer than the memory.
const BATCH: i64 = 1000;

/// Walks the whole trail and names the first bad record.
pub fn verify(c: &mut AnyConnection) -> Result<Verdict, Error> {
    let (mut last, mut hash) = (0, BEGINNING.to_string());
    loop {
        let records: Vec<AuditRecord> = audit_records::table
            .filter(audit_records::sequence.gt(last))
            .order(audit_records::sequence)
            .limit(BATCH)
            .select(AuditRecord::as_select())
            .load(c)?;
        if records.is_empty() {
            return Ok(Verdict::Sound { records: last, head: hash });
        }
        for record in records {
            if let Some(flaw) = flaw_of(&record, last, &hash) {
                let sequence = if flaw == Flaw::Missing { last + 1 } else { record.sequence };
                return Ok(Verdict::Broken { sequence, flaw });
            }
            (last, hash) = (record.sequence, record.hash);
        }
    }
}

fn flaw_of(record: &AuditRecord, last: i64, hash: &str) -> Option<Flaw> {
    if record.sequence != last + 1 {
        return Some(Flaw::Missing);
    }
    if record.compute_hash() != record.hash {
        return Some(Flaw::Altered);
    }
    (record.previous_hash != hash).then_some(Flaw::Unlinked)
}
