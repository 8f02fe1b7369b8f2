//! The identifiers of a company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{company, to_supplier};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::suppliers::Supplier;
use crate::suppliers::held::{self, IdentifierInput};
use crate::suppliers::identifiers::Kind;

pub(super) fn routes() -> Vec<Route> {
    routes![new_identifier, add_identifier, confirm_identifier, remove_identifier]
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/identifier.html")]
struct IdentifierPage {
    page: Page,
    supplier: Supplier,
    form: Form,
}

impl IdentifierPage {
    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("kind");
        let kinds = [Kind::Uscc, Kind::Lei, Kind::Duns, Kind::EuVat, Kind::Other];
        let option =
            |k: &Kind| (k.as_str(), self.page.t(k.label_key()).to_string(), k.as_str() == chosen);
        kinds.iter().map(option).collect()
    }
}

#[get("/suppliers/<id>/identifiers/new")]
async fn new_identifier(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<IdentifierPage, Error> {
    let supplier = company(db, may.scope().clone(), id).await?;
    Ok(IdentifierPage { page, supplier, form: Form::of(&[("kind", "uscc")]) })
}

#[post("/suppliers/<id>/identifiers", data = "<form>")]
async fn add_identifier(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<IdentifierInput>,
) -> Result<Answer<IdentifierPage>, Error> {
    let (scope, supplier) = (may.scope().clone(), id.clone());
    let value = form.typed("value").to_string();
    match form.handle(|input| db.write(move |c| held::add(c, &may, &supplier, &input))).await? {
        Ok(()) => Ok(Answer::Go(to_supplier(&id, "done-identifier-added", &value))),
        Err(form) => {
            let page = page.at(&format!("/suppliers/{id}/identifiers/new"));
            let supplier = company(db, scope, id).await?;
            Ok(Answer::Again(IdentifierPage { page, supplier, form }))
        }
    }
}

#[post("/suppliers/<id>/identifiers/<identifier>/confirmation", data = "<_form>")]
async fn confirm_identifier(
    may: May<right::ConfirmIdentifiers>,
    db: &State<Db>,
    id: String,
    identifier: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let supplier = id.clone();
    db.write(move |c| held::confirm(c, &may, &supplier, &identifier)).await?;
    Ok(to_supplier(&id, "done-identifier-confirmed", ""))
}

#[post("/suppliers/<id>/identifiers/<identifier>/removal", data = "<_form>")]
async fn remove_identifier(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    identifier: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let supplier = id.clone();
    db.write(move |c| held::remove(c, &may, &supplier, &identifier)).await?;
    Ok(to_supplier(&id, "done-identifier-removed", ""))
}
