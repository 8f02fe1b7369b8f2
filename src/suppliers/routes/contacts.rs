//! The people of a company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{company, to_supplier};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::suppliers::contacts::{self, ContactInput};
use crate::suppliers::{Supplier, find};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![new_contact, add_contact, remove_contact]
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/contact.html")]
struct ContactPage {
    page: Page,
    supplier: Supplier,
    form: Form,
}

#[get("/suppliers/<id>/contacts/new")]
async fn new_contact(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ContactPage, Error> {
    let supplier = company(db, may.scope().clone(), id).await?;
    Ok(ContactPage { page, supplier, form: Form::empty() })
}

#[post("/suppliers/<id>/contacts", data = "<form>")]
async fn add_contact(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ContactInput>,
) -> Result<Answer<ContactPage>, Error> {
    let (scope, supplier, vault) = (may.scope().clone(), id.clone(), vault.inner().clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            contacts::add(c, &may, &vault, &supplier, input)?;
            Ok(to_supplier(&supplier, "done-contact-added", &input.name))
        },
        move |c, form| {
            let page = page.at(&format!("/suppliers/{id}/contacts/new"));
            Ok(ContactPage { page, supplier: find(c, &scope, &id)?, form })
        },
    )
    .await
}

#[post("/suppliers/<id>/contacts/<contact>/removal", data = "<form>")]
async fn remove_contact(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    contact: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_supplier(&id, "done-contact-removed", "");
    form.press(db, go, move |c| contacts::remove(c, &may, &id, &contact)).await
}
