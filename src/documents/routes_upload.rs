//! A file comes in and goes out, for staff and for companies alike.

use std::sync::Arc;

use rocket::fs::TempFile;
use rocket::http::{ContentType, Header};
use rocket::response::{self, Responder, Response};
use rocket::tokio::io::AsyncReadExt;
use rocket::tokio::task::spawn_blocking;
use rocket::{Request, State};

use super::check::{Checked, check, too_large};
use super::{Document, DocumentInput, Flaw, MOST_BYTES, Store, Stored, Uploader};
use super::{add, may_add};
use crate::Settings;
use crate::access::{Actor, May, Member, right};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::once::{Once, once};
use crate::page::{Form, Go, Papers, Upload};

/// Who hands a file in, as a value that can move into a transaction.
#[derive(Clone)]
pub enum By {
    Staff(Arc<May<right::EditDocuments>>),
    Company(Arc<Member>),
}

impl By {
    pub fn uploader(&self) -> Uploader<'_> {
        match self {
            By::Staff(may) => Uploader::Staff(may),
            By::Company(member) => Uploader::Company(member),
        }
    }

    fn actor(&self) -> &Actor {
        match self {
            By::Staff(may) => may.actor(),
            By::Company(member) => &member.actor,
        }
    }
}

/// What the handlers of uploads share.
pub struct Desk<'r> {
    pub db: &'r State<Db>,
    pub store: &'r State<Store>,
    pub settings: &'r State<Settings>,
}

impl Desk<'_> {
    /// Checks a file, stores it and adds its document: first the content is on disk, then the row.
    /// Goes to `next`, or comes back with the form as it was typed, but for the file.
    pub async fn take(
        &self,
        by: By,
        supplier_id: String,
        upload: Upload<'_>,
        next: String,
    ) -> Result<Result<Go, Form>, Error> {
        match self.try_take(by, supplier_id, &upload, next).await {
            Ok(go) => Ok(Ok(go)),
            Err(Error::Invalid(problems)) => Ok(Err(Form::rejected(upload.fields, problems))),
            Err(error) => Err(error),
        }
    }

    async fn try_take(
        &self,
        by: By,
        supplier_id: String,
        upload: &Upload<'_>,
        next: String,
    ) -> Result<Go, Error> {
        let input = DocumentInput {
            kind: upload.typed("kind").into(),
            document_title: upload.typed("document_title").into(),
            valid_until: upload.typed("valid_until").into(),
        };
        let size = upload.file.len();
        let mut problems = match size {
            0 => Problems::one("file", "document_missing"),
            1..=MOST_BYTES => Problems::default(),
            _ => Problems(vec![too_large()]),
        };
        let (asks, said, company) = (by.clone(), input.clone(), supplier_id.clone());
        let asking =
            move |c: &mut AnyConnection| may_add(c, &asks.uploader(), &company, &said, size as i64);
        match self.db.read(asking).await {
            Err(Error::Invalid(others)) => problems.0.splice(0..0, others.0).for_each(drop),
            asked => asked?,
        }
        problems.into_result()?;
        let stored = self.store_file(&upload.file).await?;
        let key = upload.key().to_string();
        self.db
            .write(move |c| {
                let done = once(c, by.actor(), &key, |c| {
                    let document = add(c, &by.uploader(), &supplier_id, &stored, &input)?;
                    let go = Go::to(next).saying("done-document-added", &document.title);
                    Ok((go.kept(), go))
                })?;
                Ok(match done {
                    Once::Now(go) => go,
                    Once::Before(kept) => Go::again(&kept),
                })
            })
            .await
    }

    /// Does `work` in one write for a form that says more than a file, with the file that came with
    /// it, stored, if one did. `ask` is asked beforehand whether it will be taken, and told how many
    /// bytes a file has: nothing is taken out of the store again. What it answers for a form that
    /// was handled before is the answer, and nothing is stored.
    pub async fn take_with<R, A, W>(
        &self,
        papers: &Papers<'_>,
        ask: A,
        work: W,
    ) -> Result<Result<R, Form>, Error>
    where
        R: Send + 'static,
        A: FnOnce(&mut AnyConnection, Option<i64>) -> Result<Option<R>, Error> + Send + 'static,
        W: FnOnce(&mut AnyConnection, Option<Stored>) -> Result<R, Error> + Send + 'static,
    {
        match self.try_take_with(papers, ask, work).await {
            Ok(done) => Ok(Ok(done)),
            Err(Error::Invalid(problems)) => {
                Ok(Err(Form::rejected(papers.fields.clone(), problems)))
            }
            Err(error) => Err(error),
        }
    }

    async fn try_take_with<R, A, W>(&self, papers: &Papers<'_>, ask: A, work: W) -> Result<R, Error>
    where
        R: Send + 'static,
        A: FnOnce(&mut AnyConnection, Option<i64>) -> Result<Option<R>, Error> + Send + 'static,
        W: FnOnce(&mut AnyConnection, Option<Stored>) -> Result<R, Error> + Send + 'static,
    {
        let size = papers.file.as_ref().map(|file| file.len());
        let mut problems = match size {
            Some(size) if size > MOST_BYTES => Problems(vec![too_large()]),
            _ => Problems::default(),
        };
        match self.db.read(move |c| ask(c, size.map(|size| size as i64))).await {
            Err(Error::Invalid(others)) => problems.0.splice(0..0, others.0).for_each(drop),
            Err(error) => return Err(error),
            Ok(Some(before)) => return Ok(before),
            Ok(None) => {}
        }
        problems.into_result()?;
        let stored = match &papers.file {
            Some(file) => Some(self.store_file(file).await?),
            None => None,
        };
        self.db.write(move |c| work(c, stored)).await
    }

    async fn store_file(&self, file: &TempFile<'_>) -> Result<Stored, Error> {
        let _permit = self.store.permit().await?;
        let mut bytes = Vec::with_capacity(file.len() as usize);
        file.open().await?.read_to_end(&mut bytes).await?;
        let name = file.raw_name();
        let name = name.map(|name| name.dangerous_unsafe_unsanitized_raw().as_str().to_string());
        let clamd = self.settings.clamd.clone();
        let checked: Checked =
            spawn_blocking(move || check(&name.unwrap_or_default(), bytes, &clamd))
                .await
                .map_err(|gone| Error::Internal(gone.to_string()))??;
        self.store.keep(checked).await
    }
}

/// A file on its way out.
pub struct Download {
    document: Document,
    bytes: Vec<u8>,
}

impl Download {
    /// The file of a document, if it is what was handed in; else it is kept back.
    pub async fn of(document: Document, store: &Store) -> Result<Download, Error> {
        let _permit = store.permit().await?;
        match store.read(&document.sha256).await? {
            Ok(bytes) => Ok(Download { document, bytes }),
            Err(flaw) => {
                let what = match flaw {
                    Flaw::Missing => "conflict-document-missing",
                    Flaw::Altered => "conflict-document-altered",
                };
                log::error!("document {}: {flaw:?}, SHA-256 {}", document.id, document.sha256);
                Err(Error::Conflict(what))
            }
        }
    }
}

/// Always as a file to keep, never as a page of this site, whatever it holds.
impl<'r> Responder<'r, 'static> for Download {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let kind = ContentType::parse_flexible(&self.document.media_type);
        let name = format!("attachment; filename*=UTF-8''{}", encoded(&self.document.file_name));
        Response::build()
            .header(kind.unwrap_or(ContentType::Binary))
            .header(Header::new("Content-Disposition", name))
            .header(Header::new("Content-Security-Policy", "sandbox; default-src 'none'"))
            .sized_body(self.bytes.len(), std::io::Cursor::new(self.bytes))
            .ok()
    }
}

/// As RFC 8187 writes names: what is no letter, digit or plain mark in percent signs.
fn encoded(name: &str) -> String {
    let mut text = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => text.push(byte.into()),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}
