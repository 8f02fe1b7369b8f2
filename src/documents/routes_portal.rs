//! The documents of a company, for its own people. Which company that is comes from the account.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::routes_upload::{By, Desk, Download};
use super::view::{ListPart, UploadPart};
use super::{Document, Store, Uploader, find_of, find_paper_of, of, remove};
use crate::Settings;
use crate::access::Member;
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted, Upload, local_path};
use crate::values::now;

/// The page of the documents.
const HERE: &str = "/portal/documents";

pub fn routes() -> Vec<Route> {
    routes![list, upload, removal, download]
}

#[derive(Template, WebTemplate)]
#[template(path = "documents/portal.html")]
struct DocumentsPage {
    page: Page,
    list: ListPart,
    upload: UploadPart,
}

impl DocumentsPage {
    fn of(page: Page, documents: Vec<Document>, store: &Store, next: &str, form: Form) -> Self {
        DocumentsPage {
            page,
            list: ListPart::of_portal(documents, store),
            upload: UploadPart { form, ..UploadPart::of_portal(next) },
        }
    }
}

#[get("/portal/documents")]
async fn list(
    member: Member,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
) -> Result<DocumentsPage, Error> {
    let documents = db.read(move |c| of(c, &member.supplier_id)).await?;
    Ok(DocumentsPage::of(page, documents, store, "", Form::empty()))
}

/// The form may stand on another page of the portal, whose path is in `next`.
#[post("/portal/documents", data = "<upload>")]
async fn upload(
    member: Member,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    upload: Upload<'_>,
) -> Result<Answer<DocumentsPage>, Error> {
    let supplier_id = member.supplier_id.clone();
    let next = upload.typed("next").to_string();
    let to = if next.is_empty() { HERE.to_string() } else { local_path(&next) };
    let desk = Desk { db, store, settings };
    match desk.take(By::Company(Arc::new(member)), supplier_id.clone(), upload, to).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let documents = db.read(move |c| of(c, &supplier_id)).await?;
            Ok(Answer::Again(DocumentsPage::of(page.at(HERE), documents, store, &next, form)))
        }
    }
}

#[post("/portal/documents/<id>/removal", data = "<form>")]
async fn removal(
    member: Member,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to(HERE).saying("done-document-removed", "");
    form.press(db, go, move |c| remove(c, &Uploader::Company(&member), &member.supplier_id, &id))
        .await
}

#[get("/portal/documents/<id>")]
async fn download(
    member: Member,
    db: &State<Db>,
    store: &State<Store>,
    id: String,
) -> Result<Download, Error> {
    let found = db.read(move |c| match find_of(c, &member.supplier_id, &id) {
        Err(Error::NotFound) => find_paper_of(c, &member.supplier_id, &id, now().date()),
        found => found,
    });
    let document = found.await?;
    Download::of(document, store).await
}
