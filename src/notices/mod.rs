//! Letters to people. A letter is written into the outbox in the transaction of what it tells of,
//! and sent afterwards: nothing is announced that did not happen, and nothing is forgotten.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::messages;
use crate::texts::Language;
use crate::values::{new_id, now};
use crate::vault::Vault;

/// Stands in both texts of a letter where its link goes.
pub const LINK: &str = "{link}";

/// What is to be written to somebody. Its words are the texts `letter-<kind>-subject` and
/// `letter-<kind>-body` with `args`; `lines` follow the body, each a paragraph of its own.
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
    /// `None` once it was sent or given up.
    pub next_try_at: Option<NaiveDateTime>,
    pub sent_at: Option<NaiveDateTime>,
    pub given_up_at: Option<NaiveDateTime>,
    /// What the mail server said last.
    pub last_answer: String,
}

/// Puts a letter into the outbox. Its id.
pub fn post(c: &mut AnyConnection, vault: &Vault, letter: Letter) -> Result<String, Error> {
    let texts = letter.language.texts();
    let args: Vec<(&str, &str)> =
        letter.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut paragraphs = vec![texts.with(&format!("letter-{}-body", letter.kind), &args)];
    paragraphs.extend(letter.lines);
    if letter.link.is_some() {
        paragraphs.push(LINK.into());
    }
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
        subject: texts.with(&format!("letter-{}-subject", letter.kind), &args),
        body_text: paragraphs.join("\n\n"),
        body_html: String::new(),
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
