//! Passwords: argon2id, a bounded number at a time, and the rules for choosing one.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;
use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Problem};

/// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes computed at once: each takes its 19 MiB and a whole core.
const AT_ONCE: usize = 2;
/// Sign-ins that wait for their turn; more are told to come back.
const QUEUE: usize = 50;
/// NIST SP 800-63B: length is what counts. ASVS 6.2.9 asks for at least 64 to be allowed.
pub const SHORTEST: usize = 12;
pub const LONGEST: usize = 128;

/// Long enough, and yet among the first that anybody tries.
const COMMON: &[&str] = &[
    "password1234",
    "password12345",
    "passwordpassword",
    "passw0rd1234",
    "p@ssw0rd1234",
    "123456789012",
    "1234567890123",
    "12345678901234",
    "0123456789012",
    "123123123123",
    "987654321098",
    "qwertyuiop12",
    "qwertyuiop123",
    "qwertyuiopas",
    "qwertyuiopasdf",
    "1qaz2wsx3edc",
    "1q2w3e4r5t6y",
    "asdfghjkl123",
    "administrator",
    "administrator1",
    "admin1234567",
    "letmeinletmein",
    "welcome12345",
    "changeme1234",
    "iloveyou1234",
    "woaini1314520",
    "5201314520131",
    "abcdefghijkl",
    "abc123456789",
    "touchstone123",
];

/// The hash of a password, as a PHC text. Takes some 30 ms: for the command line and tests;
/// the server goes through [`Passwords`].
pub fn hash(password: &str) -> Result<String, Error> {
    let hash = hasher()?.hash_password(plain(password).as_bytes());
    Ok(hash
        .map_err(|e| Error::Internal(format!("a password could not be hashed: {e}")))?
        .to_string())
}

fn hasher() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|e| Error::Internal(format!("argon2 refuses its parameters: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Keyboards differ in how they write the same letter (NIST SP 800-63B 5.1.1.2).
fn plain(password: &str) -> String {
    password.nfkc().collect()
}

fn verify(stored: &str, password: &str) -> Result<bool, Error> {
    let unreadable = |e| Error::Internal(format!("a stored password hash does not parse: {e}"));
    let stored = PasswordHash::new(stored).map_err(unreadable)?;
    Ok(hasher()?.verify_password(plain(password).as_bytes(), &stored).is_ok())
}

/// What is wrong with a chosen password, shown at `field`. `own` are words that belong to the
/// person: e-mail address and name.
pub fn problem(password: &str, field: &str, own: &[&str]) -> Option<Problem> {
    let length = plain(password).chars().count();
    if length < SHORTEST {
        return Some(Problem::new(field, "password_short").with("min", SHORTEST));
    }
    if length > LONGEST {
        return Some(Problem::new(field, "password_long").with("max", LONGEST));
    }
    let lower = plain(password).to_lowercase();
    if own.iter().any(|word| is_personal(&lower, &word.trim().to_lowercase())) {
        return Some(Problem::new(field, "password_personal"));
    }
    let mut letters: Vec<char> = lower.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let common = letters.len() < 4 || COMMON.contains(&lower.as_str());
    common.then(|| Problem::new(field, "password_common"))
}

/// The word itself, or an e-mail address's part before the @ with a little added.
fn is_personal(password: &str, word: &str) -> bool {
    let local = word.split('@').next().unwrap_or_default();
    !word.is_empty()
        && (password == word
            || password.replace(' ', "") == word.replace(' ', "")
            || (local.chars().count() >= 6
                && password.starts_with(local)
                && password.len() < local.len() + 6))
}

/// What the password of nobody is compared with, so that it takes the same time. No password is
/// known that fits it: the hash is made up.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$VG91Y2hzdG9uZU5vYm9keQ$\
    bm9ib2R5IGhhcyB0aGlzIHBhc3N3b3JkLCBub2JvZHk";

/// The server's hashing: off the async workers, few at a time, in a short queue.
pub struct Passwords {
    permits: Semaphore,
    waiting: AtomicUsize,
    hashes: AtomicU64,
}

impl Default for Passwords {
    fn default() -> Passwords {
        Passwords {
            permits: Semaphore::new(AT_ONCE),
            waiting: AtomicUsize::new(0),
            hashes: AtomicU64::new(0),
        }
    }
}

impl Passwords {
    /// How many hashes were computed: one for each sign-in, whoever tried.
    pub fn count(&self) -> u64 {
        self.hashes.load(Ordering::Relaxed)
    }

    /// [`hash()`] in turn. [`Error::TooMany`] when the queue is full.
    pub async fn hash(&self, password: String) -> Result<String, Error> {
        self.in_turn(move || hash(&password)).await
    }

    /// Whether the password is the one of the stored hash. Without a stored hash it is not, and
    /// finding out takes as long.
    pub async fn matches(&self, stored: Option<String>, password: String) -> Result<bool, Error> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.to_string());
        Ok(self.in_turn(move || verify(&stored, &password)).await? && known)
    }

    async fn in_turn<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, Error> + Send + 'static,
    {
        let place = Place::take(&self.waiting)?;
        let _permit = self.permits.acquire().await.map_err(|_| Error::Busy)?;
        self.hashes.fetch_add(1, Ordering::Relaxed);
        let done = spawn_blocking(work).await;
        drop(place);
        done.map_err(|gone| Error::Internal(format!("a hashing task ended early: {gone}")))?
    }
}

/// A place in the queue, given back however the wait ends.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Place<'a>, Error> {
        let place = Place(waiting);
        if waiting.fetch_add(1, Ordering::Relaxed) >= QUEUE + AT_ONCE {
            return Err(Error::TooMany);
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(password: &str) -> Option<String> {
        problem(password, "password", &["chen.jing@example.com", "Chen Jing"]).map(|p| p.code)
    }

    #[test]
    fn a_password_is_long_and_neither_common_nor_ones_own_name() {
        assert_eq!(code("jade tile quarry"), None);
        assert_eq!(code("一二三四五六七八九十甲乙"), None);
        assert_eq!(code("short"), Some("password_short".into()));
        assert_eq!(code(&"long ".repeat(40)), Some("password_long".into()));
        assert_eq!(code("Password1234"), Some("password_common".into()));
        assert_eq!(code("aaaaaaaaaaaaa"), Some("password_common".into()));
        assert_eq!(code("chen.jing@example.com"), Some("password_personal".into()));
        assert_eq!(code("Chen.Jing2026"), Some("password_personal".into()));
    }

    #[test]
    fn a_hash_is_argon2id_with_its_parameters_and_fits_its_password_only() {
        let stored = hash("jade tile quarry").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify(&stored, "jade tile quarry").unwrap());
        assert!(!verify(&stored, "jade tile quarrY").unwrap());
    }

    #[rocket::async_test]
    async fn nobody_costs_one_hash_as_everybody_does() {
        let passwords = Passwords::default();
        assert!(!passwords.matches(None, "jade tile quarry".into()).await.unwrap());
        assert_eq!(passwords.count(), 1);
    }
}
