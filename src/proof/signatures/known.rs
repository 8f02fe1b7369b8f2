//! What a walk along the chain looks up beside it, each thing once.

use std::collections::HashMap;

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::{Broken, Flaw};
use crate::clauses::signatures::Signature;
use crate::clauses::{self, Version};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{signature_holders, suppliers};
use crate::signing::{self, PublicKey};
use crate::texts::Language;
use crate::values::sha256_hex;

/// How far apart two times of one transaction may be, in seconds: a clock may be set in between.
pub const SLACK: i64 = 60;
/// Merges followed from a company, at most: a ring of them ends here all the same.
const DEEPEST: usize = 50;

/// The keys that the register has signed with, and when each was used first.
pub struct Keys {
    keys: HashMap<String, (PublicKey, Option<NaiveDateTime>)>,
    /// The only ones that are believed; all of them when empty.
    trusted: Vec<String>,
}

impl Keys {
    /// The register's keys, of which those of `trusted` are believed; all of them when that is empty.
    pub fn load(c: &mut AnyConnection, trusted: &[PublicKey]) -> Result<Keys, Error> {
        let all = signing::keys(c)?.into_iter();
        Ok(Keys {
            keys: all.map(|key| (key.id.clone(), (key, None))).collect(),
            trusted: trusted.iter().map(|key| key.id.clone()).collect(),
        })
    }

    /// The key of an id, used at a moment. `None` when there is none, when it is not what its id says,
    /// and when it is not believed.
    pub fn used(&mut self, id: &str, at: NaiveDateTime) -> Option<&PublicKey> {
        let (key, first) = self.keys.get_mut(id)?;
        *first = Some(first.map_or(at, |first| first.min(at)));
        let is_trusted = self.trusted.is_empty() || self.trusted.contains(&key.id);
        let is_itself = PublicKey::parse(&key.public_key).is_some_and(|other| other.id == key.id);
        (is_itself && is_trusted).then_some(key)
    }

    /// Once all was walked: a key is written down with the first thing that is signed with it.
    pub fn unused_or_misdated(&self) -> Option<Broken> {
        let mut all: Vec<_> = self.keys.values().collect();
        all.sort_by_key(|(key, _)| (key.created_at, &key.id));
        all.into_iter().find_map(|(key, first)| {
            let Some(first) = first else {
                return Some(Broken::other(&key.id, Flaw::KeyUnused));
            };
            let apart = (key.created_at - *first).abs();
            (apart > Duration::seconds(SLACK)).then(|| Broken::other(&key.id, Flaw::KeyMisdated))
        })
    }
}

/// What is asked of a version, without its texts.
pub struct Known {
    pub clause: String,
    pub number: i64,
    pub is_published: bool,
    /// Both texts are those that their SHA-256 were made of.
    pub is_whole: bool,
    sha256: [(Language, String); 2],
}

impl Known {
    fn of(version: &Version, clause: String) -> Known {
        let of_text = |language| (language, sha256_hex(version.text(language)));
        Known {
            clause,
            number: version.version,
            is_published: version.published_at.is_some(),
            is_whole: version.is_whole(),
            sha256: [of_text(Language::English), of_text(Language::Chinese)],
        }
    }

    /// The SHA-256 of its text in a language as it is now.
    pub fn sha256(&self, language: Language) -> &str {
        let found = self.sha256.iter().find(|(one, _)| *one == language);
        found.map(|(_, sha256)| sha256.as_str()).unwrap_or_default()
    }
}

/// The versions met so far.
#[derive(Default)]
pub struct Versions {
    known: HashMap<String, Option<Known>>,
}

impl Versions {
    /// The version of an id, `None` when there is none that can be read.
    pub fn find(&mut self, c: &mut AnyConnection, id: &str) -> Result<Option<&Known>, Error> {
        if !self.known.contains_key(id) {
            let found = match clauses::find_version(c, id) {
                Ok((version, clause)) => Some(Known::of(&version, clause.code)),
                Err(Error::NotFound) => None,
                Err(Error::Database(error)) if super::is_unreadable(&error) => None,
                Err(error) => return Err(error),
            };
            self.known.insert(id.to_string(), found);
        }
        Ok(self.known.get(id).and_then(Option::as_ref))
    }
}

/// Whose some signatures are, and what the companies that signed them were merged into.
pub struct Holders {
    holders: HashMap<String, String>,
    merged: HashMap<String, Option<String>>,
}

impl Holders {
    pub fn of(c: &mut AnyConnection, rows: &[Signature]) -> Result<Holders, Error> {
        let holders: Vec<(String, String)> = signature_holders::table
            .filter(among(signature_holders::id, rows.iter().map(|row| row.id.as_str())))
            .select((signature_holders::id, signature_holders::supplier_id))
            .load(c)?;
        let mut merged: HashMap<String, Option<String>> = HashMap::new();
        let mut asked: Vec<String> = rows.iter().map(|row| row.supplier_id.clone()).collect();
        for _ in 0..DEEPEST {
            asked.sort_unstable();
            asked.dedup();
            asked.retain(|id| !merged.contains_key(id));
            if asked.is_empty() {
                break;
            }
            let found: Vec<(String, Option<String>)> = suppliers::table
                .filter(among(suppliers::id, asked.iter().map(String::as_str)))
                .select((suppliers::id, suppliers::merged_into))
                .load(c)?;
            asked = found.iter().filter_map(|(_, into)| into.clone()).collect();
            merged.extend(found);
        }
        Ok(Holders { holders: holders.into_iter().collect(), merged })
    }

    /// Whether a signature is held by the company that signed it, or what that is today.
    pub fn are_right(&self, row: &Signature) -> bool {
        let mut company = row.supplier_id.as_str();
        for _ in 0..DEEPEST {
            match self.merged.get(company) {
                Some(Some(into)) => company = into,
                Some(None) => break,
                None => return false,
            }
        }
        self.holders.get(&row.id).is_some_and(|holder| holder == company)
    }
}
