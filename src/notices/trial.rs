//! A letter to oneself, to see whether letters arrive.

use serde_json::json;

use super::{Letter, post};
use crate::access::{May, accounts, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::texts::Language;
use crate::vault::Vault;

/// Writes a letter to whoever asks for it, in the language of their account. Its id.
pub fn send(
    c: &mut AnyConnection,
    by: &May<right::SendMessages>,
    vault: &Vault,
) -> Result<String, Error> {
    let account = accounts::find(c, &by.actor().account_id)?;
    let letter = Letter {
        kind: "trial",
        email: &account.email,
        name: &account.name,
        language: Language::parse(&account.language).unwrap_or(Language::English),
        supplier_id: None,
        args: Vec::new(),
        lines: Vec::new(),
        link: Some("/account".into()),
    };
    let id = post(c, vault, letter)?;
    audit::append(c, by.actor(), "message.trial_sent", ("message", &id), json!({}))?;
    Ok(id)
}
