//! Verifying the signatures: each one's place in the chain, its receipt, the text that was signed, whose
//! it is, and what the audit trail tells of it.

mod flaw;
mod known;
mod told;

use diesel::prelude::*;

use super::checkpoints;
use crate::clauses::signatures::{BEGINNING, Signature, claims};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::signatures;
use crate::signing::{self, PublicKey};
use crate::texts::Language;
use crate::values::sha256_hex;

pub use flaw::{Broken, Flaw};
pub(super) use known::Keys;
use known::{Holders, Versions};
use told::Told;

/// What the verification found.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// All hold: how many signatures and checkpoints, and the hash of the last signature.
    Sound { signatures: i64, checkpoints: i64, head: String },
    /// The first record that does not.
    Broken(Broken),
}

/// Signatures read at a time: the chain may be longer than the memory.
const BATCH: i64 = 500;

/// Walks the whole chain, then what stands beside it, and names the first bad record. Only the keys of
/// `trusted` are believed; all of the register's own when that is empty.
pub fn verify(c: &mut AnyConnection, trusted: &[PublicKey]) -> Result<Verdict, Error> {
    match walk(c, trusted) {
        Ok((signatures, head, mut keys)) => {
            let rest = match told::voids(c)? {
                Some(broken) => Some(broken),
                None => match checkpoints::verify::all(c, &mut keys)? {
                    Some(broken) => Some(broken),
                    None => keys.unused_or_misdated(),
                },
            };
            Ok(match rest {
                Some(broken) => Verdict::Broken(broken),
                None => Verdict::Sound { signatures, checkpoints: checkpoints::count(c)?, head },
            })
        }
        Err(Stop::Broken(broken)) => Ok(Verdict::Broken(*broken)),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Why a walk ends early.
enum Stop {
    Broken(Box<Broken>),
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Failed(error)
    }
}

impl From<Broken> for Stop {
    fn from(broken: Broken) -> Stop {
        Stop::Broken(Box::new(broken))
    }
}

fn walk(c: &mut AnyConnection, trusted: &[PublicKey]) -> Result<(i64, String, Keys), Stop> {
    let mut keys = Keys::load(c, trusted)?;
    let mut versions = Versions::default();
    let mut told = Told::signed();
    // Nothing may stand before the first number either.
    let (mut after, mut last, mut hash) = (i64::MIN, 0, BEGINNING.to_string());
    loop {
        let rows = batch(c, after)?;
        let Some(end) = rows.last().map(|row| row.sequence) else { break };
        let holders = Holders::of(c, &rows)?;
        for row in &rows {
            let record = told.next(c)?;
            if row.sequence > last + 1 {
                // The trail still tells whose it was.
                let gone = record.map(|record| record.broken(Flaw::Missing));
                return Err(gone.unwrap_or_else(|| Broken::missing(last + 1)).into());
            }
            let version = versions.find(c, &row.version_id)?;
            let broken = |flaw| Broken::of(row, version, flaw);
            if row.sequence != last + 1 {
                return Err(broken(Flaw::OutOfLine).into());
            }
            let key = keys.used(&row.key_id, row.signed_at);
            if let Some(flaw) = own_flaw(row, key, version) {
                return Err(broken(flaw).into());
            }
            if row.previous_hash != hash {
                return Err(broken(Flaw::Unlinked).into());
            }
            if !record.is_some_and(|record| record.tells_of(row)) {
                return Err(broken(Flaw::Untold).into());
            }
            if !holders.are_right(row) {
                return Err(broken(Flaw::Holder).into());
            }
            (last, hash) = (row.sequence, row.hash.clone());
        }
        after = end;
    }
    // The trail knows more signatures than there are.
    match told.next(c)? {
        Some(record) => Err(record.broken(Flaw::Missing).into()),
        None => Ok((last, hash, keys)),
    }
}

/// What is wrong with a signature by itself.
fn own_flaw(
    row: &Signature,
    key: Option<&PublicKey>,
    version: Option<&known::Known>,
) -> Option<Flaw> {
    if sha256_hex(&row.receipt) != row.hash {
        return Some(Flaw::Hash);
    }
    let Some(key) = key else { return Some(Flaw::Key) };
    let Ok(said) = signing::read(&row.receipt, claims::RECEIPT, key) else {
        return Some(Flaw::Receipt);
    };
    let Some(version) = version.filter(|version| version.is_published) else {
        return Some(Flaw::Version);
    };
    let kept = claims::of(row, &version.clause, version.number);
    if said != kept {
        return Some(Flaw::Differs(flaw::difference(&said, &kept)));
    }
    if !version.is_whole {
        return Some(Flaw::Text);
    }
    let language = Language::parse(&row.language);
    let is_same = language.is_some_and(|one| version.sha256(one) == row.text_sha256);
    (!is_same).then_some(Flaw::Text)
}

/// The next signatures after a number. Where a row holds what cannot be there, it is named.
fn batch(c: &mut AnyConnection, after: i64) -> Result<Vec<Signature>, Stop> {
    match rows(c, after, BATCH) {
        Ok(rows) => Ok(rows),
        Err(error) if is_unreadable(&error) => one_by_one(c, after),
        Err(error) => Err(Error::from(error).into()),
    }
}

/// The readable rows before the first one that is not; then that one, as the flaw that it is.
fn one_by_one(c: &mut AnyConnection, after: i64) -> Result<Vec<Signature>, Stop> {
    let (mut found, mut after) = (Vec::new(), after);
    loop {
        match rows(c, after, 1) {
            Ok(mut row) => match row.pop() {
                Some(row) => {
                    after = row.sequence;
                    found.push(row);
                }
                None => return Ok(found),
            },
            Err(error) if !is_unreadable(&error) => return Err(Error::from(error).into()),
            Err(_) if !found.is_empty() => return Ok(found),
            Err(_) => {
                let (number, id): (i64, String) = signatures::table
                    .filter(signatures::sequence.gt(after))
                    .order(signatures::sequence)
                    .select((signatures::sequence, signatures::id))
                    .first(c)
                    .map_err(Error::from)?;
                return Err(Broken { id, ..Broken::missing(number) }.with(Flaw::Unreadable).into());
            }
        }
    }
}

fn rows(c: &mut AnyConnection, after: i64, limit: i64) -> QueryResult<Vec<Signature>> {
    signatures::table
        .filter(signatures::sequence.gt(after))
        .order(signatures::sequence)
        .limit(limit)
        .select(Signature::as_select())
        .load(c)
}

pub(super) fn is_unreadable(error: &diesel::result::Error) -> bool {
    matches!(error, diesel::result::Error::DeserializationError(_))
}
