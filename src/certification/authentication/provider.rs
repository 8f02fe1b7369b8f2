//! Somebody whose business it is to know who people are, behind a small interface: they sign a
//! statement about one of our authentications, staff bring it here.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate, NaiveDateTime};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;

use crate::values::now;

/// What a provider says of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The id of the authentication that it is about.
    pub authentication_id: String,
    /// The name that they found.
    pub name: String,
    /// Whether the person is who they say.
    pub is_verified: bool,
    pub found_at: NaiveDateTime,
    /// The last day on which the finding is good, if the provider says.
    pub until: Option<NaiveDate>,
}

/// Why a statement is not taken. The text of each is `problem-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no statement, or one of another kind.
    Unreadable,
    /// Another key signed it, or another provider.
    Signature,
    /// Its time has passed, or has not come.
    Expired,
}

impl Fault {
    /// The end of its text's key.
    pub fn code(self) -> &'static str {
        match self {
            Fault::Unreadable => "statement_unreadable",
            Fault::Signature => "statement_signature",
            Fault::Expired => "statement_expired",
        }
    }
}

/// A provider of statements.
pub trait Provider: Send + Sync {
    /// What the provider is called.
    fn name(&self) -> &str;

    /// What a statement says, once it is known to be the provider's.
    fn read(&self, statement: &str) -> Result<Finding, Fault>;
}

/// The provider of this register, if there is one.
#[derive(Clone, Default)]
pub struct Providers(Option<Arc<dyn Provider>>);

impl Providers {
    /// The provider that the settings name. One without a name or with a key that is none is not
    /// offered; the log says so.
    pub fn of(name: &str, key: &str) -> Providers {
        if name.is_empty() && key.is_empty() {
            return Providers::default();
        }
        let provider = SignedStatements::new(name, key);
        if provider.is_none() {
            log::error!("identity_provider_name and identity_provider_key: not a name and a key");
        }
        Providers(provider.map(|one| Arc::new(one) as Arc<dyn Provider>))
    }

    /// The provider, `None` when the method is not offered.
    pub fn get(&self) -> Option<&dyn Provider> {
        self.0.as_deref()
    }
}

/// The kind of text that a statement is (RFC 8725): no token made for another purpose is one.
pub const TYPE: &str = "identity-statement+jwt";
/// How many seconds the provider's clock may be ahead of ours.
const AHEAD: i64 = 60;
/// Bytes of a public key of Ed25519.
const KEY_BYTES: usize = 32;

/// A provider whose statements are JWS signed with Ed25519.
pub struct SignedStatements {
    name: String,
    key: DecodingKey,
    rules: Validation,
}

/// What a statement says: `sub` is the id of the authentication, `iat` when it was found.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    name: String,
    /// "verified" or anything else.
    result: String,
    iat: i64,
    valid_until: Option<NaiveDate>,
}

impl SignedStatements {
    /// The provider of a name, which its statements have as issuer, and of a public key: 32 bytes in
    /// base64url, the `x` of a JWK.
    pub fn new(name: &str, key: &str) -> Option<SignedStatements> {
        let bytes = URL_SAFE_NO_PAD.decode(key.trim_end_matches('=')).ok()?;
        if name.trim().is_empty() || bytes.len() != KEY_BYTES {
            return None;
        }
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.leeway = 0;
        rules.validate_exp = true;
        rules.validate_nbf = true;
        rules.set_issuer(&[name]);
        rules.set_required_spec_claims(&["exp", "iss", "sub"]);
        let key = DecodingKey::from_ed_components(&URL_SAFE_NO_PAD.encode(bytes)).ok()?;
        Some(SignedStatements { name: name.into(), key, rules })
    }
}

impl Provider for SignedStatements {
    fn name(&self) -> &str {
        &self.name
    }

    fn read(&self, statement: &str) -> Result<Finding, Fault> {
        let read = decode::<Claims>(statement.trim(), &self.key, &self.rules);
        let read = read.map_err(|error| fault(error.kind()))?;
        let header = &read.header;
        let is_plain = header.typ.as_deref() == Some(TYPE)
            // A statement that brings its own key, or asks for something that we do not know.
            && header.jwk.is_none()
            && header.jku.is_none()
            && header.x5u.is_none()
            && header.x5c.is_none()
            && header.crit.is_none();
        if !is_plain {
            return Err(Fault::Unreadable);
        }
        let claims = read.claims;
        if claims.iat > now().and_utc().timestamp() + AHEAD {
            return Err(Fault::Expired);
        }
        let found_at = DateTime::from_timestamp(claims.iat, 0).ok_or(Fault::Unreadable)?;
        Ok(Finding {
            authentication_id: claims.sub,
            name: claims.name,
            is_verified: claims.result == "verified",
            found_at: found_at.naive_utc(),
            until: claims.valid_until,
        })
    }
}

fn fault(kind: &ErrorKind) -> Fault {
    match kind {
        ErrorKind::ExpiredSignature | ErrorKind::ImmatureSignature => Fault::Expired,
        ErrorKind::InvalidSignature | ErrorKind::InvalidIssuer => Fault::Signature,
        _ => Fault::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{EncodingKey, Header, encode};
    use serde_json::{Value, json};

    use super::*;
    use crate::values::hex;

    /// The first key of RFC 8032, section 7.1.
    const PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    fn signing(seed: &str) -> EncodingKey {
        let text = format!("302e020100300506032b657004220420{seed}");
        let byte = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
        let der: Vec<u8> = (0..text.len()).step_by(2).map(byte).collect();
        EncodingKey::from_ed_der(&der)
    }

    fn claims() -> Value {
        let time = now().and_utc().timestamp();
        json!({ "iss": "Example Identity", "sub": "a-1", "name": "Li Wei", "result": "verified",
            "iat": time, "exp": time + 600, "valid_until": "2028-01-31" })
    }

    fn signed(claims: &Value, typ: &str, seed: &str) -> String {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(typ.into());
        encode(&header, claims, &signing(seed)).unwrap()
    }

    fn provider() -> SignedStatements {
        SignedStatements::new("Example Identity", PUBLIC).unwrap()
    }

    fn with(name: &str, value: Value) -> Value {
        let mut claims = claims();
        claims[name] = value;
        claims
    }

    #[test]
    fn a_statement_of_the_provider_is_read() {
        let found = provider().read(&signed(&claims(), TYPE, SEED)).unwrap();
        assert_eq!((found.authentication_id.as_str(), found.name.as_str()), ("a-1", "Li Wei"));
        assert!(found.is_verified);
        assert_eq!(found.until.map(|day| day.to_string()).as_deref(), Some("2028-01-31"));
    }

    #[test]
    fn what_another_signed_or_what_is_no_statement_is_not_read() {
        let provider = provider();
        let other = hex(&[7u8; 32]);
        let read = |text: &str| provider.read(text).unwrap_err();
        assert_eq!(read(&signed(&claims(), TYPE, &other)), Fault::Signature);
        assert_eq!(read(&signed(&with("iss", json!("Other")), TYPE, SEED)), Fault::Signature);
        for typ in ["JWT", "at+jwt", ""] {
            assert_eq!(read(&signed(&claims(), typ, SEED)), Fault::Unreadable, "{typ}");
        }
        let past = now().and_utc().timestamp() - 10;
        let ahead = now().and_utc().timestamp() + 3600;
        assert_eq!(read(&signed(&with("exp", json!(past)), TYPE, SEED)), Fault::Expired);
        assert_eq!(read(&signed(&with("nbf", json!(ahead)), TYPE, SEED)), Fault::Expired);
        assert_eq!(read(&signed(&with("iat", json!(ahead)), TYPE, SEED)), Fault::Expired);
        let mut endless = claims();
        endless.as_object_mut().unwrap().remove("exp");
        assert_eq!(read(&signed(&endless, TYPE, SEED)), Fault::Unreadable);
        for text in ["", "a.b.c", "eyJhbGciOiJub25lIn0.e30."] {
            assert_eq!(read(text), Fault::Unreadable, "{text}");
        }
    }

    #[test]
    fn a_statement_without_a_signature_or_signed_with_the_public_key_as_a_secret_is_none() {
        let text = signed(&claims(), TYPE, SEED);
        let (body, _) = text.rsplit_once('.').unwrap();
        let (_, payload) = body.split_once('.').unwrap();
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"identity-statement+jwt"}"#);
        let mut header = Header::new(Algorithm::HS256);
        header.typ = Some(TYPE.into());
        let secret = EncodingKey::from_secret(&URL_SAFE_NO_PAD.decode(PUBLIC).unwrap());
        let forged = encode(&header, &claims(), &secret).unwrap();
        for attack in [format!("{body}."), format!("{none}.{payload}."), forged] {
            assert!(provider().read(&attack).is_err(), "{attack}");
        }
    }

    #[test]
    fn a_provider_needs_a_name_and_a_key() {
        for (name, key) in [("", PUBLIC), ("A", ""), ("A", "short"), ("A", "%%%")] {
            assert!(Providers::of(name, key).get().is_none(), "{name} {key}");
        }
        assert_eq!(Providers::of("A", PUBLIC).get().map(|one| one.name()), Some("A"));
    }
}
