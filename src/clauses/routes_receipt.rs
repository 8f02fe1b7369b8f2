//! Receipts, for the company whose signatures they are, and the exact texts that are signed.

use std::io::Cursor;

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::{ContentType, Header};
use rocket::response::{self, Responder, Response};
use rocket::{Request, Route, State, get, routes};

use super::markdown::{Block, blocks};
use super::signatures::{self, Signed};
use super::signing::receipt_name;
use super::{Status, find_version};
use crate::access::Member;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::Page;
use crate::signing::{self, PublicKey};
use crate::texts::Language;

pub(super) fn routes() -> Vec<Route> {
    routes![show, receipt, text]
}

/// A short file to keep, exactly these bytes.
pub(super) struct Kept {
    name: String,
    kind: ContentType,
    text: String,
}

impl Kept {
    /// The receipt of a signature: the compact JWS and nothing more.
    pub(super) fn receipt(signed: Signed) -> Kept {
        Kept {
            name: receipt_name(&signed),
            kind: ContentType::new("application", "jose"),
            text: signed.signature.receipt,
        }
    }
}

impl<'r> Responder<'r, 'static> for Kept {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let name = format!("attachment; filename=\"{}\"", self.name);
        Response::build()
            .header(self.kind)
            .header(Header::new("Content-Disposition", name))
            .sized_body(self.text.len(), Cursor::new(self.text))
            .ok()
    }
}

/// The public half of the key that a receipt was signed with.
pub(super) fn key_of(c: &mut AnyConnection, signed: &Signed) -> Result<PublicKey, Error> {
    let mut keys = signing::keys(c)?.into_iter();
    keys.find(|key| key.id == signed.signature.key_id).ok_or(Error::NotFound)
}

/// The text that was signed, in the language that it was shown in.
pub(super) fn signed_blocks(signed: &Signed) -> Vec<Block> {
    let language = Language::parse(&signed.signature.language);
    blocks(signed.version.text(language.unwrap_or(Language::English)))
}

/// A signature that is the company's today. Any other is not there.
fn of_company(c: &mut AnyConnection, supplier_id: &str, id: &str) -> Result<Signed, Error> {
    let signed = signatures::find(c, id)?;
    if signed.holder == supplier_id { Ok(signed) } else { Err(Error::NotFound) }
}

#[derive(Template, WebTemplate)]
#[template(path = "signing/show.html")]
struct ReceiptPage {
    page: Page,
    signed: Signed,
    key: PublicKey,
}

impl ReceiptPage {
    /// The text that was signed.
    fn blocks(&self) -> Vec<Block> {
        signed_blocks(&self.signed)
    }
}

#[get("/portal/signatures/<id>")]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ReceiptPage, Error> {
    db.read(move |c| {
        let signed = of_company(c, &member.supplier_id, &id)?;
        let key = key_of(c, &signed)?;
        Ok(ReceiptPage { page, signed, key })
    })
    .await
}

#[get("/portal/signatures/<id>/receipt")]
async fn receipt(member: Member, db: &State<Db>, id: String) -> Result<Kept, Error> {
    Ok(Kept::receipt(db.read(move |c| of_company(c, &member.supplier_id, &id)).await?))
}

/// The text of a published version in its canonical form: what its SHA-256 is made of.
#[get("/portal/clauses/<version>/text/<language>")]
async fn text(
    _member: Member,
    db: &State<Db>,
    version: String,
    language: &str,
) -> Result<Kept, Error> {
    let language = Language::parse(language).ok_or(Error::NotFound)?;
    let (version, clause) = db.read(move |c| find_version(c, &version)).await?;
    if version.status != Status::Published {
        return Err(Error::NotFound);
    }
    Ok(Kept {
        name: format!("{}-v{}-{}.md", clause.code, version.version, language.as_str()),
        kind: ContentType::new("text", "markdown").with_params(("charset", "utf-8")),
        text: version.text(language).to_string(),
    })
}
