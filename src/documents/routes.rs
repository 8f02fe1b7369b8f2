//! The documents of a company, for staff.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::routes_upload::{By, Desk, Download};
use super::view::{ListPart, UploadPart};
use super::{Store, Uploader, find_paper, find_within, of, remove};
use crate::Settings;
use crate::access::{May, Right, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted, Upload};
use crate::suppliers::{self, Supplier};

pub fn routes() -> Vec<Route> {
    routes![list, upload, removal, download]
}

#[derive(Template, WebTemplate)]
#[template(path = "documents/staff.html")]
struct DocumentsPage {
    page: Page,
    supplier: Supplier,
    list: ListPart,
    upload: UploadPart,
}

fn page_of(
    c: &mut AnyConnection,
    supplier: Supplier,
    page: Page,
    store: &Store,
    form: Form,
) -> Result<DocumentsPage, Error> {
    let may_edit = page.may(Right::EditDocuments.as_str());
    let list = ListPart::of_staff(of(c, &supplier.id)?, store, &supplier.id, may_edit);
    let action = format!("/suppliers/{}/documents", supplier.id);
    Ok(DocumentsPage {
        page,
        supplier,
        list,
        upload: UploadPart { action, next: String::new(), form },
    })
}

#[get("/suppliers/<id>/documents")]
async fn list(
    may: May<right::ReadDocuments>,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    id: String,
) -> Result<DocumentsPage, Error> {
    let store = store.inner().clone();
    db.read(move |c| {
        let supplier = suppliers::find(c, may.scope(), &id)?;
        page_of(c, supplier, page, &store, Form::empty())
    })
    .await
}

#[post("/suppliers/<id>/documents", data = "<upload>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn upload(
    may: May<right::EditDocuments>,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    id: String,
    upload: Upload<'_>,
) -> Result<Answer<DocumentsPage>, Error> {
    let (desk, may) = (Desk { db, store, settings }, Arc::new(may));
    let here = format!("/suppliers/{id}/documents");
    match desk.take(By::Staff(may.clone()), id.clone(), upload, here.clone()).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let store = store.inner().clone();
            let again = db.read(move |c| {
                let supplier = suppliers::find(c, may.scope(), &id)?;
                page_of(c, supplier, page.at(&here), &store, form)
            });
            Ok(Answer::Again(again.await?))
        }
    }
}

#[post("/suppliers/<id>/documents/<document>/removal", data = "<form>")]
async fn removal(
    may: May<right::EditDocuments>,
    db: &State<Db>,
    id: String,
    document: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to(format!("/suppliers/{id}/documents")).saying("done-document-removed", "");
    form.press(db, go, move |c| remove(c, &Uploader::Staff(&may), &id, &document)).await
}

/// What belongs to a case is there for who may see cases.
#[get("/documents/<id>")]
async fn download(
    may: May<right::ReadDocuments>,
    cases: Option<May<right::ReadPunishments>>,
    db: &State<Db>,
    store: &State<Store>,
    id: String,
) -> Result<Download, Error> {
    let found = db.read(move |c| match (find_within(c, may.scope(), &id), &cases) {
        (Err(Error::NotFound), Some(cases)) => find_paper(c, cases, &id),
        (found, _) => found,
    });
    let document = found.await?;
    Download::of(document, store).await
}
