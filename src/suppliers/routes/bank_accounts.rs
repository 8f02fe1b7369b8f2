//! The bank accounts of a company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{company, to_supplier};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::regions;
use crate::suppliers::bank_accounts::{self, BankAccountInput};
use crate::suppliers::{Supplier, find};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![new_account, add_account, confirm_account, remove_account]
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/bank_account.html")]
struct AccountPage {
    page: Page,
    supplier: Supplier,
    form: Form,
}

impl AccountPage {
    fn countries(&self) -> Vec<(&'static str, String, bool)> {
        regions::country_options(self.page.is_chinese(), self.form.value("country"))
    }
}

#[get("/suppliers/<id>/bank-accounts/new")]
async fn new_account(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<AccountPage, Error> {
    let supplier = company(db, may.scope().clone(), id).await?;
    // Most accounts are the company's own, where it is.
    let is_foreign = regions::country(&supplier.area).is_some();
    let country = if is_foreign { supplier.area.as_str() } else { "CN" };
    let currency = if country == "CN" { "CNY" } else { "" };
    let form =
        Form::of(&[("holder", &supplier.legal_name), ("country", country), ("currency", currency)]);
    Ok(AccountPage { page, supplier, form })
}

#[post("/suppliers/<id>/bank-accounts", data = "<form>")]
async fn add_account(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<BankAccountInput>,
) -> Result<Answer<AccountPage>, Error> {
    let (scope, supplier, vault) = (may.scope().clone(), id.clone(), vault.inner().clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let account = bank_accounts::add(c, &may, &vault, &supplier, input)?;
            Ok(to_supplier(&supplier, "done-account-added", &account.bank))
        },
        move |c, form| {
            let page = page.at(&format!("/suppliers/{id}/bank-accounts/new"));
            Ok(AccountPage { page, supplier: find(c, &scope, &id)?, form })
        },
    )
    .await
}

#[post("/suppliers/<id>/bank-accounts/<account>/confirmation", data = "<form>")]
async fn confirm_account(
    may: May<right::ConfirmBankAccounts>,
    db: &State<Db>,
    id: String,
    account: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_supplier(&id, "done-account-confirmed", "");
    form.press(db, go, move |c| bank_accounts::confirm(c, &may, &id, &account)).await
}

#[post("/suppliers/<id>/bank-accounts/<account>/removal", data = "<form>")]
async fn remove_account(
    may: May<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    account: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_supplier(&id, "done-account-removed", "");
    form.press(db, go, move |c| bank_accounts::remove(c, &may, &id, &account)).await
}
