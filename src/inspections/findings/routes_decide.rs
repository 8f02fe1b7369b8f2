//! What somebody who did not inspect decides about findings.

use rocket::{Route, State, post, routes};

use super::routes_show::ShowPage;
use super::{
    ClosingInput, ExtensionInput, Finding, ReopeningInput, ReturnInput, UpholdingInput,
    WithdrawalInput, close, extend, give_back, reopen, uphold, withdraw,
};
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Go, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![close_one, give_one_back, uphold_one, withdraw_one, reopen_one, extend_one]
}

/// What decides about the finding of an id.
type Decision<T> =
    fn(&mut AnyConnection, &May<right::VerifyFindings>, &Vault, &str, &T) -> Result<Finding, Error>;

/// Does the work of a form that decides; the page again where a rule is broken.
async fn act<T: Send + 'static>(
    (page, db, vault): (Page, &Db, &Vault),
    may: May<right::VerifyFindings>,
    (id, said): (String, &'static str),
    form: Submitted<T>,
    work: Decision<T>,
) -> Result<Answer<ShowPage>, Error> {
    let (scope, of, vault) = (may.scope().clone(), id.clone(), vault.clone());
    form.write(
        db,
        move |c, input| {
            let finding = work(c, &may, &vault, &of, input)?;
            Ok(Go::to(format!("/findings/{of}")).saying(said, &finding.code()))
        },
        move |c, form| ShowPage::load(c, page, &scope, &id, form),
    )
    .await
}

#[post("/findings/<id>/closing", data = "<form>")]
async fn close_one(
    may: May<right::VerifyFindings>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ClosingInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, (id, "done-finding-closed"), form, close).await
}

#[post("/findings/<id>/return", data = "<form>")]
async fn give_one_back(
    may: May<right::VerifyFindings>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ReturnInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, (id, "done-finding-returned"), form, give_back).await
}

#[post("/findings/<id>/upholding", data = "<form>")]
async fn uphold_one(
    may: May<right::VerifyFindings>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<UpholdingInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, (id, "done-finding-upheld"), form, uphold).await
}

#[post("/findings/<id>/withdrawal", data = "<form>")]
async fn withdraw_one(
    may: May<right::VerifyFindings>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<WithdrawalInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, (id, "done-finding-withdrawn"), form, withdraw).await
}

#[post("/findings/<id>/reopening", data = "<form>")]
async fn reopen_one(
    may: May<right::VerifyFindings>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ReopeningInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, (id, "done-finding-reopened"), form, reopen).await
}

#[post("/findings/<id>/extension", data = "<form>")]
async fn extend_one(
    may: May<right::VerifyFindings>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ExtensionInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, (id, "done-finding-extended"), form, extend).await
}
