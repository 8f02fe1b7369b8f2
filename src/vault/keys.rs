//! The keys of a vault, newest first.

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::KeyInit;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::error::Error;
use crate::values::sha256_hex;

/// Letters of a key's id.
pub const ID: usize = 8;

/// One key: 32 bytes, written in base64.
#[derive(Clone)]
pub struct Key {
    /// The first 8 letters of the SHA-256 of its bytes: tells keys apart and gives none away.
    pub id: String,
    pub bytes: [u8; 32],
    pub cipher: Aes256Gcm,
}

impl Key {
    /// The key of a text in base64. The error never repeats the text.
    pub fn parse(text: &str) -> Result<Key, Error> {
        let bytes = STANDARD.decode(text.trim()).unwrap_or_default();
        let bytes: [u8; 32] = bytes
            .try_into()
            .map_err(|_| Error::Internal("the key must be 32 bytes in base64".into()))?;
        Ok(Key {
            id: sha256_hex(bytes)[..ID].to_string(),
            cipher: Aes256Gcm::new(&bytes.into()),
            bytes,
        })
    }

    /// A new key, from the operating system's random bytes.
    pub fn random() -> Result<Key, Error> {
        let mut bytes = [0u8; 32];
        getrandom::fill(&mut bytes).map_err(|e| Error::Internal(e.to_string()))?;
        Key::parse(&STANDARD.encode(bytes))
    }

    pub fn text(&self) -> String {
        STANDARD.encode(self.bytes)
    }
}

/// Keys in one text, newest first: one per line, or separated by commas. At least one.
pub fn parse(text: &str) -> Result<Vec<Key>, Error> {
    let parts = text.split(['\n', ',']).map(str::trim).filter(|part| !part.is_empty());
    let keys = parts.map(Key::parse).collect::<Result<Vec<Key>, Error>>()?;
    if keys.is_empty() { Err(Error::Internal("there is no key".into())) } else { Ok(keys) }
}
