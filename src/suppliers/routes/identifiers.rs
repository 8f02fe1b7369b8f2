//! The identifiers of a company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{company, to_supplier};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::suppliers::held::{self, IdentifierInput};
use crate::suppliers::identifiers::Kind;
use crate::suppliers::{Supplier, find};

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
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            held::add(c, &may, &supplier, input)?;
            Ok(to_supplier(&supplier, "done-identifier-added", &input.value))
        },
        move |c, form| {
            let page = page.at(&format!("/suppliers/{id}/identifiers/new"));
            Ok(IdentifierPage { page, supplier: find(c, &scope, &id)?, form })
        },
    )
    .await
}

#[post("/suppliers/<id>/identifiers/<identifier>/confirmation", data = "<form>")]
async fn confirm_identifier(
    may: May<right::ConfirmIdentifiers>,
    db: &State<Db>,
    id: String,
    identifier: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_supplier(&id, "done-identifier-confirmed", "");
    form.press(db, go, move |c| held::confirm(c, &may, &id, &identifier)).await
}

#[post("/suppliers/<id>/identifiers/<identifier>/removal", data = "<form>")]
async fn remove_identifier(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    identifier: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_supplier(&id, "done-identifier-removed", "");
    form.press(db, go, move |c| held::remove(c, &may, &id, &identifier)).await
}
