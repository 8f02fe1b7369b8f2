//! The public pages of keys and heads, and the auditors' list of checkpoints.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::http::{ContentType, Header};
use rocket::response::Responder;
use rocket::{Route, State, get, routes};

use super::checkpoints::{self, Checkpoint};
use super::jwk;
use crate::access::{May, right};
use crate::audit;
use crate::clauses::signatures;
use crate::db::Db;
use crate::error::Error;
use crate::page::Page;
use crate::page::paging::PAGE_SIZE;
use crate::signing::{self, PublicKey};
use crate::values::{calendar_day, now};

pub fn routes() -> Vec<Route> {
    routes![keys, key_set, list, statement]
}

/// Checkpoints on the public page.
const SHOWN: i64 = 7;

/// The end of a chain.
struct Head {
    number: i64,
    hash: String,
}

impl From<(i64, String)> for Head {
    fn from((number, hash): (i64, String)) -> Head {
        Head { number, hash }
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "proof/keys.html")]
struct KeysPage {
    page: Page,
    /// The newest first.
    keys: Vec<PublicKey>,
    audit: Option<Head>,
    signatures: Option<Head>,
    checkpoints: Vec<Checkpoint>,
    at: String,
}

impl KeysPage {
    fn heads_lead(&self) -> String {
        self.page.ta("proof-heads-lead", &[("at", &self.at)])
    }
}

#[get("/keys")]
async fn keys(page: Page, db: &State<Db>) -> Result<KeysPage, Error> {
    db.read(move |c| {
        let mut keys = signing::keys(c)?;
        keys.reverse();
        Ok(KeysPage {
            page,
            keys,
            audit: audit::head(c)?.map(Head::from),
            signatures: signatures::head(c)?.map(Head::from),
            checkpoints: checkpoints::newest(c, SHOWN)?,
            at: now().format("%Y-%m-%d %H:%M:%S UTC").to_string(),
        })
    })
    .await
}

/// A file that is made for whoever asks.
#[derive(Responder)]
struct File {
    body: String,
    kind: ContentType,
    disposition: Header<'static>,
    keep: Header<'static>,
}

#[get("/keys.json")]
async fn key_set(db: &State<Db>) -> Result<File, Error> {
    let keys = db.read(signing::keys).await?;
    Ok(File {
        body: format!("{:#}\n", jwk::set(&keys)),
        // RFC 7517, section 8.5.2.
        kind: ContentType::new("application", "jwk-set+json"),
        disposition: Header::new("Content-Disposition", "inline; filename=\"keys.json\""),
        // A new key is there within minutes.
        keep: Header::new("Cache-Control", "public, max-age=300"),
    })
}

#[derive(Template, WebTemplate)]
#[template(path = "proof/checkpoints.html")]
struct ListPage {
    page: Page,
    checkpoints: Vec<Checkpoint>,
    next: Option<String>,
}

#[get("/checkpoints?<before>")]
async fn list(
    may: May<right::ReadAudit>,
    page: Page,
    db: &State<Db>,
    before: Option<String>,
) -> Result<ListPage, Error> {
    let before: Option<NaiveDate> = before.as_deref().and_then(calendar_day);
    let mut checkpoints = db.read(move |c| checkpoints::list(c, &may, before)).await?;
    let has_more = checkpoints.len() > PAGE_SIZE;
    checkpoints.truncate(PAGE_SIZE);
    let last = checkpoints.last().filter(|_| has_more);
    let next = last.map(|last| format!("/checkpoints?before={}", last.day));
    Ok(ListPage { page, checkpoints, next })
}

#[get("/checkpoints/<id>/statement")]
async fn statement(may: May<right::ReadAudit>, db: &State<Db>, id: String) -> Result<File, Error> {
    let found = db.read(move |c| checkpoints::find(c, &may, &id)).await?;
    let name = format!("attachment; filename=\"checkpoint-{}.jws\"", found.day);
    Ok(File {
        body: found.statement + "\n",
        kind: ContentType::new("application", "jose"),
        disposition: Header::new("Content-Disposition", name),
        keep: Header::new("Cache-Control", "no-store"),
    })
}
