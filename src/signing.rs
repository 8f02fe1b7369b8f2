//! What the register signs: JWS (RFC 7515) with Ed25519 (RFC 8037), which anybody can check with the
//! public key.
//!
//! The key is made of the register's newest key (see [`crate::vault`]), which is kept in a file or the
//! environment: a new key there is a new one here. The public halves of all keys that were ever signed
//! with stay in the register.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde_json::Value;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::signing_keys;
use crate::values::{now, sha256_hex};
use crate::vault::Vault;

/// What the signing key is made of the register's key for.
const LABEL: &str = "touchstone signatures v1";
/// What comes before the 32 bytes of a private key in PKCS #8 (RFC 8410, section 7).
const PKCS8: [u8; 16] = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];
/// Bytes of a public key.
const KEY_BYTES: usize = 32;

/// The public half of a key that the register has signed with.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = signing_keys)]
pub struct PublicKey {
    /// The first 16 letters of the SHA-256 of the key's bytes: the `kid` of what it has signed.
    pub id: String,
    /// 32 bytes in base64url without padding: the `x` of its JWK.
    pub public_key: String,
    pub created_at: NaiveDateTime,
}

impl PublicKey {
    /// The key of a text in base64url, `None` for any other text.
    pub fn parse(text: &str) -> Option<PublicKey> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim().trim_end_matches('=')).ok()?;
        (bytes.len() == KEY_BYTES).then(|| PublicKey::of(&bytes))
    }

    fn of(bytes: &[u8]) -> PublicKey {
        PublicKey {
            id: sha256_hex(bytes)[..16].to_string(),
            public_key: URL_SAFE_NO_PAD.encode(bytes),
            created_at: now(),
        }
    }
}

/// Why a signed text is not what it claims to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Not a JWS, or not of this kind.
    Unreadable,
    /// Signed with another key, or altered since.
    Signature,
}

/// The private half of the register's newest key.
pub struct Signer {
    key: EncodingKey,
    pub public: PublicKey,
}

impl Signer {
    /// The signer of the newest key.
    pub fn of(vault: &Vault) -> Result<Signer, Error> {
        let seed = vault.derive(LABEL);
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed)
            .map_err(|e| Error::Internal(format!("the signing key cannot be used: {e}")))?;
        let der: Vec<u8> = PKCS8.iter().chain(&seed).copied().collect();
        let public = PublicKey::of(pair.public_key().as_ref());
        Ok(Signer { key: EncodingKey::from_ed_der(&der), public })
    }

    /// Signs claims as a text of a kind (`typ`). The same claims give the same text.
    pub fn sign(&self, typ: &str, claims: &Value) -> Result<String, Error> {
        let header = header(typ, &self.public.id);
        encode(&header, claims, &self.key).map_err(|e| Error::Internal(e.to_string()))
    }
}

fn header(typ: &str, key_id: &str) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(typ.into());
    header.kid = Some(key_id.into());
    header
}

/// The signer, its public half written down before anything is signed with it.
pub fn signer(c: &mut AnyConnection, vault: &Vault) -> Result<Signer, Error> {
    signer_at(c, vault, now())
}

/// As [`signer`], for something that is signed as if at another moment: a key is as old as what it
/// signed first.
pub(crate) fn signer_at(
    c: &mut AnyConnection,
    vault: &Vault,
    moment: NaiveDateTime,
) -> Result<Signer, Error> {
    let mut signer = Signer::of(vault)?;
    signer.public.created_at = moment;
    let is_known: bool =
        diesel::select(exists(signing_keys::table.find(&signer.public.id))).get_result(c)?;
    if !is_known {
        diesel::insert_into(signing_keys::table).values(&signer.public).execute(c)?;
    }
    Ok(signer)
}

/// Every key that the register has signed with, the oldest first.
pub fn keys(c: &mut AnyConnection) -> Result<Vec<PublicKey>, Error> {
    Ok(signing_keys::table
        .order((signing_keys::created_at, signing_keys::id))
        .select(PublicKey::as_select())
        .load(c)?)
}

/// The id of the key that a signed text names, before anything of it is believed.
pub fn key_id(text: &str) -> Option<String> {
    jsonwebtoken::decode_header(text.trim()).ok()?.kid
}

/// What a signed text of a kind says, if it was signed with the key.
pub fn read(text: &str, typ: &str, key: &PublicKey) -> Result<Value, Flaw> {
    let mut rules = Validation::new(Algorithm::EdDSA);
    // A proof does not run out.
    rules.validate_exp = false;
    rules.validate_aud = false;
    rules.set_required_spec_claims::<&str>(&[]);
    let decoding =
        DecodingKey::from_ed_components(&key.public_key).map_err(|_| Flaw::Unreadable)?;
    let read = decode::<Value>(text.trim(), &decoding, &rules).map_err(|error| {
        use jsonwebtoken::errors::ErrorKind::InvalidSignature;
        match error.kind() {
            InvalidSignature => Flaw::Signature,
            _ => Flaw::Unreadable,
        }
    })?;
    // Nothing in the header but what we write there: no key of its own, nothing unknown.
    if read.header != header(typ, &key.id) {
        return Err(Flaw::Unreadable);
    }
    Ok(read.claims)
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::STANDARD;
    use serde_json::json;

    use super::*;

    fn vault(byte: u8) -> Vault {
        Vault::of_key(&STANDARD.encode([byte; 32])).unwrap()
    }

    #[test]
    fn what_was_signed_is_read_with_the_public_key_and_with_no_other() {
        let signer = Signer::of(&vault(7)).unwrap();
        let claims = json!({ "b": 2, "a": "誓" });
        let text = signer.sign("receipt", &claims).unwrap();
        let key = PublicKey::parse(&signer.public.public_key).unwrap();
        assert_eq!(read(&text, "receipt", &key), Ok(claims.clone()));
        assert_eq!(read(&text, "another", &key), Err(Flaw::Unreadable));
        let other = Signer::of(&vault(8)).unwrap().public;
        assert_eq!(read(&text, "receipt", &other), Err(Flaw::Signature));
        assert_eq!(signer.sign("receipt", &claims).unwrap(), text);
    }

    #[test]
    fn a_changed_letter_anywhere_is_noticed() {
        let signer = Signer::of(&vault(7)).unwrap();
        let text = signer.sign("receipt", &json!({ "a": 1 })).unwrap();
        for at in 0..text.len() {
            let mut changed = text.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert!(read(&changed, "receipt", &signer.public).is_err(), "{at}");
        }
    }
}
