//! Sealing of personal data at rest: AES-256-GCM under the register's key.

use std::path::Path;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::error::Error;

/// Seals and opens texts. The key is 32 random bytes, kept outside the database.
#[derive(Clone)]
pub struct Vault {
    cipher: Aes256Gcm,
    /// Keys for other purposes are made from it: see [`Vault::derive`].
    key: [u8; 32],
}

const NONCE: usize = 12;

impl Vault {
    /// The vault of a key in base64.
    pub fn of_key(key: &str) -> Result<Vault, Error> {
        let bytes = STANDARD.decode(key.trim()).unwrap_or_default();
        let wrong = || Error::Internal("the key must be 32 bytes in base64".into());
        let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| wrong())?;
        let cipher = Aes256Gcm::new_from_slice(&key).map_err(|_| wrong())?;
        Ok(Vault { cipher, key })
    }

    /// A key for another purpose, named by `label`: HMAC-SHA256 of the label under the register's
    /// key. Whoever gets to know it learns nothing of that key, nor of those for other labels.
    pub fn derive(&self, label: &str) -> [u8; 32] {
        use hmac::Mac;
        let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(&self.key)
            .expect("any length of key is taken");
        mac.update(label.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The vault of the key in a file, which is made, readable for its owner only, when missing.
    pub fn of_file(path: &Path) -> Result<Vault, Error> {
        if !path.exists() {
            let mut bytes = [0u8; 32];
            getrandom::fill(&mut bytes).map_err(|e| Error::Internal(e.to_string()))?;
            write_private(path, &STANDARD.encode(bytes))?;
        }
        Vault::of_key(&std::fs::read_to_string(path)?)
    }

    /// Seals a text to its owner (a record's id): moved to another record, it does not open.
    pub fn seal(&self, text: &str, owner: &str) -> Result<String, Error> {
        let mut bytes = vec![0u8; NONCE];
        getrandom::fill(&mut bytes).map_err(|e| Error::Internal(e.to_string()))?;
        let nonce = nonce_of(&bytes)?;
        let payload = Payload { msg: text.as_bytes(), aad: owner.as_bytes() };
        let sealed = self
            .cipher
            .encrypt(&nonce, payload)
            .map_err(|_| Error::Internal("a text could not be sealed".into()))?;
        bytes.extend(sealed);
        Ok(STANDARD.encode(bytes))
    }

    /// Opens what [`Vault::seal`] made for the same owner.
    pub fn open(&self, sealed: &str, owner: &str) -> Result<String, Error> {
        let unreadable =
            || Error::Internal("a sealed text does not open: is the key the right one?".into());
        let bytes = STANDARD.decode(sealed).map_err(|_| unreadable())?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(unreadable)?;
        let payload = Payload { msg: sealed, aad: owner.as_bytes() };
        let opened = self.cipher.decrypt(&nonce_of(nonce)?, payload).map_err(|_| unreadable())?;
        String::from_utf8(opened).map_err(|_| unreadable())
    }
}

fn nonce_of(bytes: &[u8]) -> Result<Nonce<aes_gcm::aead::consts::U12>, Error> {
    let bytes: [u8; NONCE] =
        bytes.try_into().map_err(|_| Error::Internal("a nonce has 12 bytes".into()))?;
    Ok(bytes.into())
}

fn write_private(path: &Path, text: &str) -> Result<(), Error> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_opens_only_for_its_owner() {
        let vault = Vault::of_key(&STANDARD.encode([7u8; 32])).unwrap();
        let sealed = vault.seal("+86 21 5555 4417", "contact-1").unwrap();
        assert!(!sealed.contains("4417"));
        assert_eq!(vault.open(&sealed, "contact-1").unwrap(), "+86 21 5555 4417");
        assert!(vault.open(&sealed, "contact-2").is_err());
        assert!(Vault::of_key("short").is_err());
    }
}
