//! Letters to people. A letter is written into the outbox in the transaction of what it tells of,
//! and sent afterwards: nothing is announced that did not happen, and nothing is forgotten.

pub mod company;
mod letter;
pub mod list;
pub mod outbox;
pub mod routes;
pub mod sending;
pub mod trial;
pub mod work;

use std::str::FromStr;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use validator::ValidateEmail;

use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::schema::{messages, suppliers};
use crate::texts::Language;
use crate::values::{new_id, now};
use crate::vault::Vault;

/// Stands in both texts of a letter where its link goes, until it is sent or shown.
pub const LINK: &str = "{link}";

/// What is to be written to somebody. Its words are the texts `letter-<kind>-subject` and
/// `letter-<kind>-body` with `args`; `lines` follow the body, each a paragraph of its own. The
/// greeting before them, and the signature and the reason after them, are the same for all. Where
/// there is a text `letter-<kind>-button`, that is what the button of the link says.
pub struct Letter<'a> {
    pub kind: &'static str,
    pub email: &'a str,
    pub name: &'a str,
    pub language: Language,
    /// The company that the letter is about.
    pub supplier_id: Option<&'a str>,
    pub args: Vec<(&'static str, String)>,
    pub lines: Vec<String>,
    /// The path that the letter leads to, "/portal/registration". It may hold a secret, and is
    /// kept sealed.
    pub link: Option<String>,
}

/// A letter in the outbox.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = messages)]
pub struct Message {
    pub id: String,
    pub kind: String,
    pub email: String,
    pub name: String,
    pub language: String,
    pub supplier_id: Option<String>,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    /// The path of the link, sealed to the id; "" without a link, and once it was sent.
    pub link_sealed: String,
    pub tries: i64,
    pub created_at: NaiveDateTime,
    /// `None` once it was sent, given up or kept.
    pub next_try_at: Option<NaiveDateTime>,
    pub sent_at: Option<NaiveDateTime>,
    pub given_up_at: Option<NaiveDateTime>,
    /// See [`sending::Outcome::answer`].
    pub last_answer: String,
}

text_enum! {
    /// Where a letter stands.
    State {
        Waiting = "waiting",
        /// The mail server took it.
        Sent = "sent",
        GivenUp = "given_up",
        /// There was no mail server: it lies in the folder.
        Kept = "kept",
    }
}

impl Message {
    pub fn state(&self) -> State {
        match self {
            Message { sent_at: Some(_), .. } => State::Sent,
            Message { given_up_at: Some(_), .. } => State::GivenUp,
            Message { next_try_at: Some(_), .. } => State::Waiting,
            _ => State::Kept,
        }
    }

    /// The whole address of the link, `None` without one and once the letter was sent.
    pub fn link(&self, vault: &Vault, base_url: &str) -> Result<Option<String>, Error> {
        if self.link_sealed.is_empty() {
            return Ok(None);
        }
        let path = vault.open(&self.link_sealed, &self.id)?;
        Ok(Some(format!("{}{path}", base_url.trim_end_matches('/'))))
    }
}

/// Puts a letter into the outbox. Its id. Fails with `email` or `control_characters` when the
/// address is none or the name would break the head of the letter.
pub fn post(c: &mut AnyConnection, vault: &Vault, letter: Letter) -> Result<String, Error> {
    check(&letter)?;
    let company: Option<String> = match letter.supplier_id {
        Some(id) => Some(suppliers::table.find(id).select(suppliers::legal_name).first(c)?),
        None => None,
    };
    let words = letter::write(&letter, company.as_deref())?;
    let id = new_id();
    let link_sealed = match &letter.link {
        Some(link) => vault.seal(link, &id)?,
        None => String::new(),
    };
    let message = Message {
        kind: letter.kind.into(),
        email: letter.email.into(),
        name: letter.name.into(),
        language: letter.language.as_str().into(),
        supplier_id: letter.supplier_id.map(str::to_string),
        subject: words.subject,
        body_text: words.text,
        body_html: words.html,
        link_sealed,
        tries: 0,
        created_at: now(),
        next_try_at: Some(now()),
        sent_at: None,
        given_up_at: None,
        last_answer: String::new(),
        id,
    };
    diesel::insert_into(messages::table).values(&message).execute(c)?;
    Ok(message.id)
}

fn check(letter: &Letter) -> Result<(), Error> {
    let is_address =
        letter.email.validate_email() && lettre::Address::from_str(letter.email).is_ok();
    if !is_address || letter.email.contains(char::is_control) {
        return Err(Problems::one("email", "email").into());
    }
    if letter.name.contains(char::is_control) {
        return Err(Problems::one("name", "control_characters").into());
    }
    match &letter.link {
        Some(link) if !link.starts_with('/') || link.contains(char::is_whitespace) => {
            Err(Error::Internal(format!("the link of a letter {} is no path", letter.kind)))
        }
        _ => Ok(()),
    }
}
