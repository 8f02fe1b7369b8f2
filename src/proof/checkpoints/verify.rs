//! Comparing checkpoints with what the register holds now.

use std::fmt;

use diesel::prelude::*;
use serde::Deserialize;

use super::{CHECKPOINT, Checkpoint};
use crate::audit;
use crate::clauses::signatures;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::proof::receipts;
use crate::proof::signatures::{Broken, Flaw, Keys, is_unreadable};
use crate::schema::{audit_records, checkpoints, signatures as chain};
use crate::signing::{self, PublicKey};

/// What a statement says of both chains.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Statement {
    pub day: String,
    pub created_at: String,
    pub audit_sequence: i64,
    pub audit_hash: String,
    pub signature_sequence: i64,
    pub signature_hash: String,
}

/// One of the two chains that a checkpoint holds on to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Chain {
    Audit,
    Signatures,
}

/// How the register differs from a checkpoint.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// The chain ends at a number before the checkpoint's.
    CutOff { chain: Chain, ends_at: i64, knows: i64 },
    /// The record of the checkpoint's number is not the one that was there.
    Rewritten { chain: Chain, number: i64 },
}

impl Difference {
    fn chain(&self) -> Chain {
        match self {
            Difference::CutOff { chain, .. } | Difference::Rewritten { chain, .. } => *chain,
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Difference::CutOff { chain: Chain::Audit, ends_at, knows } => write!(
                f,
                "the audit trail was cut off: it ends at record {ends_at}, and the checkpoint knows \
                 record {knows}"
            ),
            Difference::CutOff { chain: Chain::Signatures, ends_at, knows } => write!(
                f,
                "the signatures were cut off: they end at number {ends_at}, and the checkpoint knows \
                 number {knows}"
            ),
            Difference::Rewritten { chain: Chain::Audit, number } => write!(
                f,
                "the audit trail was rewritten: record {number} is not the one that the checkpoint \
                 knows"
            ),
            Difference::Rewritten { chain: Chain::Signatures, number } => write!(
                f,
                "the signatures were rewritten: number {number} is not the one that the checkpoint \
                 knows"
            ),
        }
    }
}

/// What a statement says, if one of the keys has signed it. It may stand in a letter, between other
/// words.
pub fn read(text: &str, keys: &[PublicKey]) -> Result<Statement, receipts::Flaw> {
    let is_statement = |word: &&str| word.starts_with("eyJ") && word.matches('.').count() == 2;
    let statement = text.split_whitespace().find(is_statement).unwrap_or_default();
    let (_, claims) = receipts::signed(statement, CHECKPOINT, keys)?;
    serde_json::from_value(claims).map_err(|_| receipts::Flaw::Unreadable)
}

/// The first way in which the register differs from what a checkpoint says.
pub fn compare(c: &mut AnyConnection, said: &Statement) -> Result<Option<Difference>, Error> {
    let here: Option<String> = audit_records::table
        .filter(audit_records::sequence.eq(said.audit_sequence))
        .select(audit_records::hash)
        .first(c)
        .optional()?;
    let end = audit::head(c)?.map_or(0, |(number, _)| number);
    let expected = (said.audit_sequence, said.audit_hash.as_str());
    if let Some(difference) = difference(Chain::Audit, here, end, expected) {
        return Ok(Some(difference));
    }
    let here: Option<String> = chain::table
        .filter(chain::sequence.eq(said.signature_sequence))
        .select(chain::hash)
        .first(c)
        .optional()?;
    let end = signatures::head(c)?.map_or(0, |(number, _)| number);
    let expected = (said.signature_sequence, said.signature_hash.as_str());
    Ok(difference(Chain::Signatures, here, end, expected))
}

/// `here` is the hash at the number now, `end` the last number now.
fn difference(
    chain: Chain,
    here: Option<String>,
    end: i64,
    (number, hash): (i64, &str),
) -> Option<Difference> {
    // Before the first record there is nothing to compare.
    if number == 0 || here.as_deref() == Some(hash) {
        return None;
    }
    Some(match end < number {
        true => Difference::CutOff { chain, ends_at: end, knows: number },
        false => Difference::Rewritten { chain, number },
    })
}

/// Compares all checkpoints that the register keeps itself, and names the first that does not hold.
pub fn all(c: &mut AnyConnection, keys: &mut Keys) -> Result<Option<Broken>, Error> {
    let mut after = String::new();
    loop {
        let next = || checkpoints::table.filter(checkpoints::id.gt(&after)).order(checkpoints::id);
        let found = next().select(Checkpoint::as_select()).first(c).optional();
        let flaw = match found {
            Ok(None) => return Ok(None),
            Ok(Some(checkpoint)) => flaw_of(c, &checkpoint, keys)?,
            Err(error) if is_unreadable(&error) => Some(Flaw::Checkpoint),
            Err(error) => return Err(error.into()),
        };
        let id: String = next().select(checkpoints::id).first(c)?;
        if let Some(flaw) = flaw {
            return Ok(Some(Broken::other(&id, flaw)));
        }
        after = id;
    }
}

fn flaw_of(
    c: &mut AnyConnection,
    checkpoint: &Checkpoint,
    keys: &mut Keys,
) -> Result<Option<Flaw>, Error> {
    let said = keys
        .used(&checkpoint.key_id, checkpoint.created_at)
        .and_then(|key| signing::read(&checkpoint.statement, CHECKPOINT, key).ok())
        .filter(|said| *said == checkpoint.claims());
    let Some(said) = said.and_then(|said| serde_json::from_value::<Statement>(said).ok()) else {
        return Ok(Some(Flaw::Checkpoint));
    };
    Ok(compare(c, &said)?.map(|difference| match difference.chain() {
        Chain::Audit => Flaw::Trail,
        Chain::Signatures => Flaw::Chain,
    }))
}
