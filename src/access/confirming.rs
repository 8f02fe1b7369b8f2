//! Somebody who is signed in shows once more that it is them: by the password, or by a code of the
//! second factor. For what nobody shall do on a screen that was left open.

use super::accounts;
use super::client::Client;
use super::guessing::{Counter, admit, was_right};
use super::passwords::Passwords;
use super::second_factor;
use super::session;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::vault::Vault;

/// What somebody has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    Password,
    /// It is used up.
    Code,
}

/// Confirms who sits there by one of the two: by the code where one was typed, else by the password.
/// What is wrong stands at the field `code` or `password`. Tries are counted with those of changing the
/// password and of signing in.
pub async fn confirm(
    db: &Db,
    passwords: &Passwords,
    vault: &Vault,
    account_id: &str,
    password: String,
    code: String,
) -> Result<Confirmed, Error> {
    if !code.trim().is_empty() {
        return by_code(db, vault, account_id, code).await;
    }
    if password.is_empty() {
        return Err(Problems::one("password", "confirmation_missing").into());
    }
    by_password(db, passwords, account_id, password).await
}

async fn by_password(
    db: &Db,
    passwords: &Passwords,
    account_id: &str,
    password: String,
) -> Result<Confirmed, Error> {
    let id = account_id.to_string();
    let stored = db
        .write(move |c| {
            admit(c, &[Counter::of_account("password", &id)])?;
            Ok(accounts::find(c, &id)?.password_hash)
        })
        .await?;
    if !passwords.matches(stored, password).await? {
        return Err(Problems::one("password", "password_wrong").into());
    }
    let id = account_id.to_string();
    db.write(move |c| was_right(c, &[Counter::of_account("password", &id)])).await?;
    Ok(Confirmed::Password)
}

async fn by_code(
    db: &Db,
    vault: &Vault,
    account_id: &str,
    code: String,
) -> Result<Confirmed, Error> {
    // Counted on its own, so that the count stays when the code is wrong.
    let id = account_id.to_string();
    db.write(move |c| admit(c, &[Counter::of_account("code", &id)])).await?;
    let (id, vault) = (account_id.to_string(), vault.clone());
    db.write(move |c| {
        let account = accounts::find(c, &id)?;
        second_factor::check(c, &vault, &account, &code, "code")?;
        was_right(c, &[Counter::of_account("code", &id)])
    })
    .await?;
    Ok(Confirmed::Code)
}

/// Refuses who is no longer signed in: the session may have been ended while the confirmation was
/// computed.
pub fn still_signed_in(
    c: &mut AnyConnection,
    client: &Client,
    account_id: &str,
) -> Result<(), Error> {
    let Some(secret) = &client.session else { return Err(Error::SignIn) };
    match session::find(c, secret)? {
        Some(found) if found.signed.actor.account_id == account_id => Ok(()),
        _ => Err(Error::SignIn),
    }
}
