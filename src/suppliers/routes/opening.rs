//! The page on which a masked number is shown, once. Opening is a change of the trail, so each of
//! these is a POST.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, post, routes};

use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Nothing, Page, Submitted};
use crate::suppliers::opening::{self, Masked, Opened};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![phone, account_number, paper_number]
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/opened.html")]
struct OpenedPage {
    page: Page,
    supplier_id: String,
    opened: Opened,
}

type Opener = May<right::OpenPersonalData>;

#[post("/suppliers/<id>/contacts/<contact>/phone", data = "<_form>")]
async fn phone(
    may: Opener,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    contact: String,
    _form: Submitted<Nothing>,
) -> Result<OpenedPage, Error> {
    open(may, page, db, vault, Masked::Phone, (id, contact)).await
}

#[post("/suppliers/<id>/bank-accounts/<account>/number", data = "<_form>")]
async fn account_number(
    may: Opener,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    account: String,
    _form: Submitted<Nothing>,
) -> Result<OpenedPage, Error> {
    open(may, page, db, vault, Masked::AccountNumber, (id, account)).await
}

#[post("/suppliers/<id>/people/<person>/number", data = "<_form>")]
async fn paper_number(
    may: Opener,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    person: String,
    _form: Submitted<Nothing>,
) -> Result<OpenedPage, Error> {
    open(may, page, db, vault, Masked::PaperNumber, (id, person)).await
}

async fn open(
    may: Opener,
    page: Page,
    db: &Db,
    vault: &Vault,
    what: Masked,
    (supplier_id, record): (String, String),
) -> Result<OpenedPage, Error> {
    let (supplier, vault) = (supplier_id.clone(), vault.clone());
    let opened =
        db.write(move |c| opening::open(c, &may, &vault, what, &supplier, &record)).await?;
    Ok(OpenedPage { page: page.at(&format!("/suppliers/{supplier_id}")), supplier_id, opened })
}
