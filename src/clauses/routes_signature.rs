//! The register of signatures, and one of them with its proof.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::markdown::Block;
use super::routes_receipt::{Kept, key_of, signed_blocks};
use super::signatures::list::{Counting, Place, page as page_of};
use super::signatures::query::SignatureQuery;
use super::signatures::{Method, Signed, export, find_within};
use super::voiding::{self, ReasonInput};
use super::{AfterSigning, Clause};
use crate::access::{Actor, May, right};
use crate::db::{AnyConnection, Db};
use crate::documents;
use crate::error::Error;
use crate::page::paging::PAGE_SIZE;
use crate::page::{Answer, Form, Go, Page, Streamed, Streams, Submitted, stream};
use crate::sheets::Format;
use crate::signing::PublicKey;
use crate::suppliers::{self, Supplier};
use crate::values::now;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    // Tried before `/signatures/<id>/…`: no id is the word "export".
    let first = |mut route: Route| {
        route.rank = -20;
        route
    };
    let mut all: Vec<Route> = routes![export_one].into_iter().map(first).collect();
    all.extend(routes![index, show, receipt, void_one]);
    all
}

#[derive(Template, WebTemplate)]
#[template(path = "signatures/list.html")]
struct ListPage {
    page: Page,
    query: SignatureQuery,
    rows: Vec<Signed>,
    clauses: Vec<Clause>,
    next: Option<String>,
}

impl ListPage {
    fn export(&self, format: &str) -> String {
        format!("/signatures/export/{format}?{}", self.query.filters())
    }
}

#[get("/signatures?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    query: SignatureQuery,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let place = Place::Before(query.before());
        let (rows, more) = page_of(c, may.scope(), &query.asked(), place, PAGE_SIZE)?;
        let last = rows.last().filter(|_| more).map(|one| one.signature.sequence);
        let next = last.map(|number| query.next(number));
        Ok(ListPage { page, clauses: super::all(c)?, query, rows, next })
    })
    .await
}

#[get("/signatures/export/<format>?<query..>")]
async fn export_one(
    may: May<right::ExportSuppliers>,
    db: &State<Db>,
    streams: &State<Streams>,
    format: &str,
    query: SignatureQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let name = format!("signatures-{}.{}", now().date(), format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        export::write(c, may.scope(), &query.asked(), format, pipe)?.complete();
        Ok(())
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "signatures/show.html")]
struct ShowPage {
    page: Page,
    form: Form,
    signed: Signed,
    /// The company that it is today.
    supplier: Supplier,
    /// The public half of the key that its receipt was signed with.
    key: PublicKey,
    /// Whether the viewer may open the scan.
    has_scan: bool,
    /// Whether the viewer recorded it, or signed it.
    is_mine: bool,
}

impl ShowPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        viewer: &Actor,
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let signed = find_within(c, &viewer.scope, id)?;
        let scan = signed.signature.document_id.as_deref();
        let has_scan = match scan.filter(|_| page.may("documents.read")) {
            Some(scan) => documents::find_of(c, &signed.holder, scan).is_ok(),
            None => false,
        };
        Ok(ShowPage {
            page: page.at(&format!("/signatures/{id}")),
            form,
            has_scan,
            is_mine: signed.signature.account_id == viewer.account_id,
            supplier: suppliers::find(c, &viewer.scope, &signed.holder)?,
            key: key_of(c, &signed)?,
            signed,
        })
    }

    /// The text that was signed, in the language that it was shown in.
    fn blocks(&self) -> Vec<Block> {
        signed_blocks(&self.signed)
    }
}

#[get("/signatures/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, may.actor(), &id, Form::empty())).await
}

#[get("/signatures/<id>/receipt")]
async fn receipt(
    may: May<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Kept, Error> {
    Ok(Kept::receipt(db.read(move |c| find_within(c, may.scope(), &id)).await?))
}

#[post("/signatures/<id>/voiding", data = "<form>")]
async fn void_one(
    may: May<right::VoidSignatures>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    after: &State<AfterSigning>,
    id: String,
    form: Submitted<ReasonInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (vault, after, viewer) = (vault.inner().clone(), **after, may.actor().clone());
    let of = id.clone();
    form.write(
        db,
        move |c, input| {
            let signed = voiding::void(c, &may, &id, input)?;
            (after.0)(c, may.actor(), &vault, &signed.holder)?;
            Ok(Go::to(format!("/signatures/{id}")).saying("done-signature-voided", ""))
        },
        move |c, form| ShowPage::load(c, page, &viewer, &of, form),
    )
    .await
}
