//! Staff record certificates of companies, and correct what was given back.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::form::FromForm;
use rocket::{Route, State, get, post, routes};

use super::Certificate;
use super::routes_papers::{By, What, take};
use super::routes_show::ShowPage;
use super::view::{FormPart, new_form};
use crate::Settings;
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::documents::{Desk, Store};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Papers};
use crate::suppliers::{self, Supplier};

pub(super) fn routes() -> Vec<Route> {
    routes![new_one, record_one, correct_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "certificates/new.html")]
struct NewPage {
    page: Page,
    supplier: Supplier,
    part: FormPart,
}

/// Of which type, or which certificate it renews.
#[derive(Debug, Default, FromForm)]
pub(super) struct Asked {
    #[field(name = "type")]
    pub of_type: Option<String>,
    pub renews: Option<String>,
}

impl Asked {
    /// The form to begin with.
    pub fn form(&self, c: &mut AnyConnection, supplier: &Supplier) -> Result<Form, Error> {
        let of_type = self.of_type.as_deref().unwrap_or_default();
        new_form(c, supplier, of_type, self.renews.as_deref().unwrap_or_default())
    }
}

impl NewPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        supplier: Supplier,
        form: Form,
    ) -> Result<NewPage, Error> {
        let action = format!("/suppliers/{}/certificates", supplier.id);
        let cancel = format!("/suppliers/{}/certification", supplier.id);
        let part = FormPart::load(c, &supplier.id, action, cancel, form)?;
        let page = page.at(&format!("/suppliers/{}/certificates/new", supplier.id));
        Ok(NewPage { page, supplier, part })
    }
}

#[get("/suppliers/<id>/certificates/new?<asked..>")]
async fn new_one(
    may: May<right::EditCertification>,
    page: Page,
    db: &State<Db>,
    id: String,
    asked: Asked,
) -> Result<NewPage, Error> {
    db.read(move |c| {
        let supplier = suppliers::find(c, may.scope(), &id)?;
        let form = asked.form(c, &supplier)?;
        NewPage::load(c, page, supplier, form)
    })
    .await
}

fn recorded(certificate: &Certificate) -> Go {
    let to = format!("/certificates/{}", certificate.id);
    Go::to(to).saying("done-certificate-recorded", &certificate.number)
}

#[post("/suppliers/<id>/certificates", data = "<papers>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn record_one(
    may: May<right::EditCertification>,
    documents: May<right::EditDocuments>,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    id: String,
    papers: Papers<'_>,
) -> Result<Answer<NewPage>, Error> {
    let (desk, scope) = (Desk { db, store, settings }, may.scope().clone());
    let by = By::Staff(Arc::new(may), Arc::new(documents));
    match take(desk, by, What::New(id.clone()), papers, page.texts(), recorded).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again = db.read(move |c| {
                let supplier = suppliers::find(c, &scope, &id)?;
                NewPage::load(c, page, supplier, form)
            });
            Ok(Answer::Again(again.await?))
        }
    }
}

fn corrected(certificate: &Certificate) -> Go {
    let to = format!("/certificates/{}", certificate.id);
    Go::to(to).saying("done-certificate-corrected", &certificate.number)
}

#[post("/certificates/<id>/correction", data = "<papers>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn correct_one(
    may: May<right::EditCertification>,
    documents: May<right::EditDocuments>,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    id: String,
    papers: Papers<'_>,
) -> Result<Answer<ShowPage>, Error> {
    let (desk, scope) = (Desk { db, store, settings }, may.scope().clone());
    let by = By::Staff(Arc::new(may), Arc::new(documents));
    match take(desk, by, What::Correction(id.clone()), papers, page.texts(), corrected).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again =
                db.read(move |c| ShowPage::load(c, page, &scope, &id, Form::empty(), Some(form)));
            Ok(Answer::Again(again.await?))
        }
    }
}
