//! Verifying a receipt with nothing but the register's public key: no database, no settings.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clauses::signatures::claims;
use crate::clauses::texts::canonical;
use crate::signing::{self, PublicKey};
use crate::values::sha256_hex;

/// A receipt that the register has signed.
#[derive(Clone, Debug, Serialize)]
pub struct Receipt {
    /// SHA-256 of the receipt: what the next signature in the chain names.
    pub hash: String,
    pub key_id: String,
    /// Everything it says: see [`claims`].
    pub claims: Value,
    #[serde(skip)]
    pub said: Said,
}

/// What a reader is told of it first.
#[derive(Clone, Debug, Deserialize)]
pub struct Said {
    pub sequence: i64,
    pub company_number: String,
    pub company_name: String,
    pub clause: String,
    pub version: i64,
    pub method: String,
    pub language: String,
    pub text_sha256: String,
    /// UTC.
    pub signed_at: String,
    pub time_zone: String,
    pub name: String,
    pub title: String,
    pub authority: String,
    pub account_name: String,
    pub previous_hash: String,
    pub paper_date: Option<String>,
}

/// Why a receipt is not valid.
#[derive(Clone, Debug, PartialEq)]
pub enum Flaw {
    /// Not a text of this kind that the register signs.
    Unreadable,
    /// Names a key that is not among those given.
    OtherKey(String),
    /// Altered since it was signed, or not signed with the key that it names.
    Altered,
    /// The text is not the one that was signed.
    OtherText,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Flaw::Unreadable => f.write_str("this is nothing that a register signs as this"),
            Flaw::OtherKey(id) => write!(f, "it names the key {id}, which is not the one given"),
            Flaw::Altered => {
                f.write_str("it was altered since it was signed, or not signed with the key given")
            }
            Flaw::OtherText => f.write_str("the text is not the one that was signed"),
        }
    }
}

/// Reads a receipt, if one of the keys has signed it.
pub fn verify(text: &str, keys: &[PublicKey]) -> Result<Receipt, Flaw> {
    let text = text.trim();
    let (key, claims) = signed(text, claims::RECEIPT, keys)?;
    let said = serde_json::from_value(claims.clone()).map_err(|_| Flaw::Unreadable)?;
    Ok(Receipt { hash: sha256_hex(text), key_id: key.id.clone(), claims, said })
}

/// The key that has signed a text of a kind, and what the text says.
pub(super) fn signed<'k>(
    text: &str,
    typ: &str,
    keys: &'k [PublicKey],
) -> Result<(&'k PublicKey, Value), Flaw> {
    let id = signing::key_id(text).ok_or(Flaw::Unreadable)?;
    let key = keys.iter().find(|key| key.id == id).ok_or(Flaw::OtherKey(id))?;
    let claims = signing::read(text, typ, key).map_err(|flaw| match flaw {
        signing::Flaw::Unreadable => Flaw::Unreadable,
        signing::Flaw::Signature => Flaw::Altered,
    })?;
    Ok((key, claims))
}

impl Receipt {
    /// Whether a file holds the text that was signed. Line ends and the like make no difference: what
    /// is signed is the text's canonical form.
    pub fn is_of(&self, text: &[u8]) -> bool {
        let signed = &self.said.text_sha256;
        let as_text = std::str::from_utf8(text).ok();
        sha256_hex(text) == *signed
            || as_text.is_some_and(|text| sha256_hex(canonical(text)) == *signed)
    }
}
