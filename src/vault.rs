//! Sealing of personal data at rest: AES-256-GCM under the register's newest key. A sealed text is
//! `<key id>:<base64>`; those of version 0.1.0 have no id.

mod file;
mod keys;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use aes_gcm::Nonce;
use aes_gcm::aead::{Aead, Payload};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};

use crate::error::Error;
use crate::values::hex;
use file::Stamp;
use keys::Key;

/// Seals and opens texts. The keys are kept outside the database; a key is 32 random bytes.
/// Cheap to clone.
#[derive(Clone)]
pub struct Vault {
    inner: Arc<Inner>,
}

struct Inner {
    /// Where the keys are; `None` for keys that were handed over.
    file: Option<PathBuf>,
    known: RwLock<Known>,
}

struct Known {
    /// Newest first, never empty.
    keys: Arc<Vec<Key>>,
    stamp: Option<Stamp>,
}

const NONCE: usize = 12;

impl Vault {
    /// The vault of keys in base64, newest first, separated by commas or line breaks.
    pub fn of_key(keys: &str) -> Result<Vault, Error> {
        Ok(Vault::new(None, keys::parse(keys)?, None))
    }

    /// The vault of the keys in a file, one per line, newest first. The file is made, readable for
    /// its owner only, when missing. A vault notices when the file is replaced.
    pub fn of_file(path: &Path) -> Result<Vault, Error> {
        file::create(path)?;
        let stamp = Stamp::of(path)?;
        Ok(Vault::new(Some(path.to_path_buf()), file::read(path)?, Some(stamp)))
    }

    fn new(file: Option<PathBuf>, keys: Vec<Key>, stamp: Option<Stamp>) -> Vault {
        let known = RwLock::new(Known { keys: Arc::new(keys), stamp });
        Vault { inner: Arc::new(Inner { file, known }) }
    }

    /// Seals a text to its owner (a record's id): moved to another record, it does not open.
    pub fn seal(&self, text: &str, owner: &str) -> Result<String, Error> {
        seal_with(&self.current()?[0], text, owner)
    }

    /// Seals a text, and makes the mark that tells under `label` whether two texts are the same
    /// without opening either. Both come from one key, also while keys change.
    pub fn seal_marked(
        &self,
        text: &str,
        owner: &str,
        label: &str,
    ) -> Result<(String, String), Error> {
        let newest = &self.current()?[0];
        let mark = mac(&derived(newest, label), text);
        Ok((seal_with(newest, text, owner)?, hex(&mark)))
    }

    /// Opens what [`Vault::seal`] made for the same owner.
    pub fn open(&self, sealed: &str, owner: &str) -> Result<String, Error> {
        // A file that cannot be read just now is no reason not to open with the keys known.
        let keys = self.current().unwrap_or_else(|_| self.known());
        let Some((id, sealed)) = sealed.split_once(':') else {
            let opened = keys.iter().find_map(|key| open_with(key, sealed, owner));
            return opened.ok_or_else(unreadable);
        };
        let key = keys.iter().find(|key| key.id == id).ok_or_else(unreadable)?;
        open_with(key, sealed, owner).ok_or_else(unreadable)
    }

    /// A key for another purpose, made of the newest key: another key, another derived one.
    pub fn derive(&self, label: &str) -> [u8; 32] {
        let keys = self.current().unwrap_or_else(|_| self.known());
        derived(&keys[0], label)
    }

    /// The id of the key that texts are sealed with now.
    pub fn newest(&self) -> Result<String, Error> {
        Ok(self.current()?[0].id.clone())
    }

    /// The ids of all keys, newest first.
    pub fn key_ids(&self) -> Result<Vec<String>, Error> {
        Ok(self.current()?.iter().map(|key| key.id.clone()).collect())
    }

    /// The file that the keys are in, if they are in one.
    pub fn file(&self) -> Option<&Path> {
        self.inner.file.as_deref()
    }

    /// Puts a new key first, unless older ones are still to be done away with. It is on disk when
    /// this returns, so nothing is ever sealed with a key that could be lost.
    pub fn add_key(&self) -> Result<bool, Error> {
        file::change(self.path()?, |keys| match keys {
            [only] => Ok(Some(vec![Key::random()?, only.clone()])),
            _ => Ok(None),
        })
    }

    /// Drops every key but `newest`; none when that is not the newest any more.
    pub fn drop_older_than(&self, newest: &str) -> Result<bool, Error> {
        file::change(self.path()?, |keys| {
            let is_done = keys.len() == 1 || keys[0].id != newest;
            Ok((!is_done).then(|| vec![keys[0].clone()]))
        })
    }

    fn path(&self) -> Result<&Path, Error> {
        self.file().ok_or_else(|| Error::Internal("the keys are not in a file".into()))
    }

    fn known(&self) -> Arc<Vec<Key>> {
        self.inner.known.read().unwrap_or_else(PoisonError::into_inner).keys.clone()
    }

    /// The keys as the file has them now. Sealing with a key that the file has lost would be
    /// sealing for ever.
    fn current(&self) -> Result<Arc<Vec<Key>>, Error> {
        let Some(path) = self.file() else {
            return Ok(self.known());
        };
        // Before the keys are read: a change in between is noticed the next time.
        let stamp = Stamp::of(path)?;
        {
            let known = self.inner.known.read().unwrap_or_else(PoisonError::into_inner);
            if known.stamp == Some(stamp) {
                return Ok(known.keys.clone());
            }
        }
        let keys = Arc::new(file::read(path)?);
        let mut known = self.inner.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = Known { keys: keys.clone(), stamp: Some(stamp) };
        Ok(keys)
    }
}

fn unreadable() -> Error {
    Error::Internal("a sealed text does not open: is the key the right one?".into())
}

fn seal_with(key: &Key, text: &str, owner: &str) -> Result<String, Error> {
    let mut bytes = vec![0u8; NONCE];
    getrandom::fill(&mut bytes).map_err(|e| Error::Internal(e.to_string()))?;
    let nonce = nonce_of(&bytes).ok_or_else(unreadable)?;
    let payload = Payload { msg: text.as_bytes(), aad: owner.as_bytes() };
    let sealed = key
        .cipher
        .encrypt(&nonce, payload)
        .map_err(|_| Error::Internal("a text could not be sealed".into()))?;
    bytes.extend(sealed);
    Ok(format!("{}:{}", key.id, STANDARD.encode(bytes)))
}

fn open_with(key: &Key, sealed: &str, owner: &str) -> Option<String> {
    let bytes = STANDARD.decode(sealed).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
    let payload = Payload { msg: sealed, aad: owner.as_bytes() };
    let opened = key.cipher.decrypt(&nonce_of(nonce)?, payload).ok()?;
    String::from_utf8(opened).ok()
}

fn nonce_of(bytes: &[u8]) -> Option<Nonce<aes_gcm::aead::consts::U12>> {
    let bytes: [u8; NONCE] = bytes.try_into().ok()?;
    Some(bytes.into())
}

fn derived(key: &Key, label: &str) -> [u8; 32] {
    mac(&key.bytes, label)
}

/// HMAC-SHA256. RFC 2104 fills a short key up to a block of 64 bytes with zeros.
fn mac(key: &[u8; 32], text: &str) -> [u8; 32] {
    let mut block = [0u8; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<sha2::Sha256> as KeyInit>::new(&block.into());
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
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

    #[test]
    fn a_mark_is_the_same_for_the_same_text_and_another_for_another_label_or_key() {
        let [one, two] = [1u8, 2].map(|b| Vault::of_key(&STANDARD.encode([b; 32])).unwrap());
        let mark = |vault: &Vault, text, label| vault.seal_marked(text, "x", label).unwrap().1;
        assert_eq!(mark(&one, "4417", "a"), mark(&one, "4417", "a"));
        let others = [mark(&one, "4418", "a"), mark(&one, "4417", "b"), mark(&two, "4417", "a")];
        assert!(others.iter().all(|other| *other != mark(&one, "4417", "a")));
        assert_ne!(one.derive("a"), two.derive("a"));
    }
}
