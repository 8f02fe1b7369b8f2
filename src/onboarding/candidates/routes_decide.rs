//! A candidate is decided on, released or taken back.

use rocket::{Route, State, post, routes};

use super::routes_show::ShowPage;
use super::{DecisionInput, ReleaseInput, decide, release, withdraw};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Go, Nothing, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![decide_one, release_one, withdraw_one]
}

fn to_candidate(id: &str, notice: &'static str) -> Go {
    Go::to(format!("/candidates/{id}")).saying(notice, "")
}

// Who accepts a candidate enters a supplier: both rights are asked for.
#[post("/candidates/<id>/decision", data = "<form>")]
async fn decide_one(
    may: May<right::DecideCandidates>,
    edit: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<DecisionInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (scope, decided, vault) = (may.scope().clone(), id.clone(), vault.inner().clone());
    form.write(
        db,
        move |c, input| match decide(c, &may, &edit, &vault, &decided, input)? {
            Some(_) => Ok(to_candidate(&decided, "done-candidate-accepted")),
            None => Ok(to_candidate(&decided, "done-candidate-declined")),
        },
        move |c, form| ShowPage::load(c, page, &scope, &id, form),
    )
    .await
}

#[post("/candidates/<id>/release", data = "<form>")]
async fn release_one(
    may: May<right::DecideCandidates>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ReleaseInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (scope, released) = (may.scope().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            release(c, &may, &released, input)?;
            Ok(to_candidate(&released, "done-candidate-released"))
        },
        move |c, form| ShowPage::load(c, page, &scope, &id, form),
    )
    .await
}

#[post("/candidates/<id>/withdrawal", data = "<form>")]
async fn withdraw_one(
    may: May<right::ProposeCandidates>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_candidate(&id, "done-candidate-withdrawn");
    form.press(db, go, move |c| withdraw(c, &may, &id)).await
}
