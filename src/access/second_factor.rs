//! The second factor: six digits from an authenticator app (RFC 6238), each used once.

use diesel::prelude::*;
use serde_json::json;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::accounts::Account;
use super::client::actor_of;
use super::guards::Level;
use super::session;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::accounts;
use crate::values::{clock, now};
use crate::vault::Vault;

/// SHA-1, six digits, 30 seconds: the only setting that every authenticator app knows.
const DIGITS: u8 = 6;
const STEP_SECONDS: u64 = 30;
/// A clock may be one step off on either side.
const SKEW: u16 = 1;
/// RFC 4226, section 4: 160 bits are recommended.
const SECRET_BYTES: usize = 20;
/// An offered secret must be confirmed within this time.
const OFFER_SECONDS: i64 = 30 * 60;

/// How far a right password brings somebody. Staff without a second factor must enrol one,
/// unless the register goes without (`required` is false).
pub fn level_after_password(account: &Account, required: bool) -> Level {
    let owes = account.has_second_factor() || (required && account.role.is_staff());
    if owes { Level::Password } else { Level::Full }
}

/// A secret offered to an authenticator. Nothing is stored: the form carries it, sealed.
pub struct Offer {
    pub sealed: String,
    /// In groups of four, for typing.
    pub secret: String,
    /// PNG in base64.
    pub qr: String,
}

/// Offers a new secret.
pub fn offer(vault: &Vault, account_id: &str, email: &str) -> Result<Offer, Error> {
    let mut bytes = vec![0u8; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|e| Error::Internal(e.to_string()))?;
    let secret = Secret::from(bytes).to_base32();
    let text = format!("{secret} {}", clock::now().timestamp());
    let sealed = vault.seal(&text, &offer_owner(account_id))?;
    show(sealed, &secret, email)
}

/// The same offer once more, after a wrong code. A new one when it has run out.
pub fn offer_again(
    vault: &Vault,
    account_id: &str,
    email: &str,
    sealed: &str,
) -> Result<Offer, Error> {
    match offered(vault, account_id, sealed) {
        Some(secret) => show(sealed.to_string(), &secret, email),
        None => offer(vault, account_id, email),
    }
}

fn show(sealed: String, secret: &str, email: &str) -> Result<Offer, Error> {
    let qr = totp(secret, email)?
        .to_qr_base64()
        .map_err(|e| Error::Internal(format!("the QR code cannot be drawn: {e}")))?;
    let groups: Vec<&str> =
        secret.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    Ok(Offer { sealed, secret: groups.join(" "), qr })
}

fn offer_owner(account_id: &str) -> String {
    format!("{account_id} offered second factor")
}

fn offered(vault: &Vault, account_id: &str, sealed: &str) -> Option<String> {
    let text = vault.open(sealed, &offer_owner(account_id)).ok()?;
    let (secret, since) = text.split_once(' ')?;
    let age = clock::now().timestamp() - since.parse::<i64>().ok()?;
    (0..=OFFER_SECONDS).contains(&age).then(|| secret.to_string())
}

fn totp(secret: &str, email: &str) -> Result<Totp, Error> {
    let unusable = |e: String| Error::Internal(format!("a second factor's secret: {e}"));
    let secret = Secret::try_from_base32(secret).map_err(|e| unusable(e.to_string()))?;
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_skew(SKEW)
        .with_step_duration(STEP_SECONDS)
        .with_secret(secret)
        // The otpauth format separates issuer and account by a colon.
        .with_account_name(email.replace(':', " "))
        .with_issuer(Some("Touchstone"))
        .build()
        .map_err(|e| unusable(e.to_string()))
}

/// The time step of a right code that was not used before.
fn matched(secret: &str, code: &str, last_step: Option<i64>) -> Result<Option<i64>, Error> {
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    let time = u64::try_from(clock::now().timestamp()).unwrap_or_default();
    let step = totp(secret, "code")?.check(&code, time).and_then(|s| i64::try_from(s).ok());
    Ok(step.filter(|step| last_step.is_none_or(|last| *step > last)))
}

/// Checks a code and uses it up.
pub fn check(
    c: &mut AnyConnection,
    vault: &Vault,
    account: &Account,
    code: &str,
    field: &str,
) -> Result<(), Error> {
    let wrong = || Error::Invalid(Problems::one(field, "code_wrong"));
    let sealed = account.totp_secret.as_deref().ok_or_else(wrong)?;
    let secret = vault.open(sealed, &account.id)?;
    let step = matched(&secret, code, account.totp_last_step)?.ok_or_else(wrong)?;
    // Of two requests with the same code only one changes the row.
    let used = diesel::update(
        accounts::table
            .find(&account.id)
            .filter(accounts::totp_last_step.is_null().or(accounts::totp_last_step.lt(step))),
    )
    .set(accounts::totp_last_step.eq(step))
    .execute(c)?;
    if used == 1 { Ok(()) } else { Err(wrong()) }
}

/// Makes an offered secret the account's, confirmed by a code of it. Every session ends.
pub fn enrol(
    c: &mut AnyConnection,
    vault: &Vault,
    account: &Account,
    sealed: &str,
    code: &str,
) -> Result<(), Error> {
    let wrong = |problem| Error::Invalid(Problems::one("code", problem));
    let secret = offered(vault, &account.id, sealed).ok_or_else(|| wrong("offer_over"))?;
    let step = matched(&secret, code, None)?.ok_or_else(|| wrong("code_wrong"))?;
    diesel::update(accounts::table.find(&account.id))
        .set((
            accounts::totp_secret.eq(vault.seal(&secret, &account.id)?),
            accounts::totp_enrolled_at.eq(now()),
            accounts::totp_last_step.eq(step),
        ))
        .execute(c)?;
    session::end_all(c, &account.id)?;
    let details = json!({ "replaced": account.has_second_factor() });
    let subject = ("account", account.id.as_str());
    audit::append(c, &actor_of(account), "access.second_factor_enrolled", subject, details)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn a_code_counts_once_and_only_near_its_time() {
        let time = clock::now().timestamp() as u64;
        let code = |at: u64| totp(SECRET, "a@b.c").unwrap().generate(at).to_string();
        let step = matched(SECRET, &code(time), None).unwrap().unwrap();
        assert_eq!(matched(SECRET, &code(time), Some(step)).unwrap(), None);
        assert!(matched(SECRET, &code(time - 30), None).unwrap().is_some());
        assert_eq!(matched(SECRET, &code(time - 120), None).unwrap(), None);
        assert_eq!(matched(SECRET, "", None).unwrap(), None);
    }

    #[test]
    fn an_offer_is_for_one_account_only() {
        use base64::Engine;
        let key = base64::engine::general_purpose::STANDARD.encode([7u8; 32]);
        let vault = Vault::of_key(&key).unwrap();
        let offer = offer(&vault, "one", "a@b.c").unwrap();
        assert!(offered(&vault, "one", &offer.sealed).is_some());
        assert!(offered(&vault, "two", &offer.sealed).is_none());
        assert_eq!(offer.secret.replace(' ', "").len(), 32);
    }
}
