//! What is done with an authentication that was begun.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, post, routes};

use super::provider::Providers;
use super::routes::ShowPage;
use super::statement::{self, StatementInput};
use super::transfer::{self, Transfer};
use super::verify::{self, VerificationInput};
use crate::access::{May, right};
use crate::certification::basic::decide::EndingInput;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Go, Nothing, Page, Submitted};
use crate::suppliers::bank_accounts::BankAccount;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![verify_one, take, open, fail, withdraw, revoke]
}

type Clerk = May<right::AuthenticatePeople>;

/// Does the work of a form of the page; the page again where a rule is broken.
async fn act<T: Send + 'static>(
    (page, db, providers): (Page, &Db, &Providers),
    may: Clerk,
    (id, said): (String, &'static str),
    form: Submitted<T>,
    work: impl FnOnce(&mut AnyConnection, &Clerk, &str, &T) -> Result<(), Error> + Send + 'static,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, of, providers) = (may.actor().clone(), id.clone(), providers.clone());
    form.write(
        db,
        move |c, input| {
            work(c, &may, &of, input)?;
            Ok(Go::to(format!("/authentications/{of}")).saying(said, ""))
        },
        move |c, form| ShowPage::load(c, page, &providers, &actor, &id, form),
    )
    .await
}

#[post("/authentications/<id>/verification", data = "<form>")]
async fn verify_one(
    may: Clerk,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    providers: &State<Providers>,
    id: String,
    form: Submitted<VerificationInput>,
) -> Result<Answer<ShowPage>, Error> {
    let vault = vault.inner().clone();
    let said = (id, "done-authentication-verified");
    act((page, db, providers), may, said, form, move |c, may, id, input| {
        verify::verify(c, may, &vault, id, input)
    })
    .await
}

#[post("/authentications/<id>/statement", data = "<form>")]
async fn take(
    may: Clerk,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    providers: &State<Providers>,
    id: String,
    form: Submitted<StatementInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (vault, known) = (vault.inner().clone(), providers.inner().clone());
    let said = (id, "done-authentication-verified");
    act((page, db, providers), may, said, form, move |c, may, id, input| {
        statement::take(c, may, (&vault, &known), id, input)
    })
    .await
}

#[post("/authentications/<id>/failure", data = "<form>")]
async fn fail(
    may: Clerk,
    page: Page,
    db: &State<Db>,
    providers: &State<Providers>,
    id: String,
    form: Submitted<EndingInput>,
) -> Result<Answer<ShowPage>, Error> {
    let said = (id, "done-authentication-failed");
    act((page, db, providers), may, said, form, verify::fail).await
}

#[post("/authentications/<id>/withdrawal", data = "<form>")]
async fn withdraw(
    may: Clerk,
    page: Page,
    db: &State<Db>,
    providers: &State<Providers>,
    id: String,
    form: Submitted<EndingInput>,
) -> Result<Answer<ShowPage>, Error> {
    let said = (id, "done-authentication-withdrawn");
    act((page, db, providers), may, said, form, verify::withdraw).await
}

#[post("/authentications/<id>/revocation", data = "<form>")]
async fn revoke(
    may: Clerk,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    providers: &State<Providers>,
    id: String,
    form: Submitted<EndingInput>,
) -> Result<Answer<ShowPage>, Error> {
    let vault = vault.inner().clone();
    let said = (id, "done-authentication-revoked");
    act((page, db, providers), may, said, form, move |c, may, id, input| {
        verify::revoke(c, may, &vault, id, input)
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "authentications/opened.html")]
struct OpenedPage {
    page: Page,
    id: String,
    transfer: Transfer,
    /// `None` when the company has taken it off.
    account: Option<BankAccount>,
}

#[post("/authentications/<id>/opening", data = "<form>")]
async fn open(
    may: Clerk,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<OpenedPage, Error> {
    form.input()?;
    let vault = vault.inner().clone();
    db.write(move |c| {
        let (authentication, transfer) = transfer::open(c, &may, &vault, &id)?;
        let account = transfer.account(c, &authentication.supplier_id)?;
        let page = page.at(&format!("/authentications/{id}"));
        Ok(OpenedPage { page, id, transfer, account })
    })
    .await
}
