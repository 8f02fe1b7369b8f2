//! What is done with an inspection before the visit: somebody is named, declares, or nobody goes.

use rocket::{Route, State, post, routes};

use super::assign::{AssignmentInput, CancellationInput, assign, cancel};
use super::declare::{DeclarationInput, declare};
use super::routes::ShowPage;
use crate::access::{May, Needed, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Go, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![assign_one, declare_one, cancel_one]
}

/// Does the work of a form of the page, which says what its notice is; the page again where a rule is
/// broken.
async fn act<R: Needed, T: Send + 'static>(
    (page, db, vault): (Page, &Db, &Vault),
    may: May<R>,
    id: String,
    form: Submitted<T>,
    work: impl FnOnce(&mut AnyConnection, &May<R>, &Vault, &str, &T) -> Result<&'static str, Error>
    + Send
    + 'static,
) -> Result<Answer<ShowPage>, Error> {
    let (viewer, vault, of) = (may.actor().clone(), vault.clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            let notice = work(c, &may, &vault, &of, input)?;
            Ok(Go::to(format!("/inspections/{of}")).saying(notice, ""))
        },
        move |c, form| ShowPage::load(c, page, &viewer, &id, form),
    )
    .await
}

#[post("/inspections/<id>/assignment", data = "<form>")]
async fn assign_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<AssignmentInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, id, form, |c, may, vault, id, input| {
        assign(c, may, vault, id, input)?;
        Ok("done-inspection-assigned")
    })
    .await
}

#[post("/inspections/<id>/declaration", data = "<form>")]
async fn declare_one(
    may: May<right::Inspect>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<DeclarationInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, id, form, |c, may, vault, id, input| {
        declare(c, may, vault, id, input)?;
        Ok("done-inspection-declared")
    })
    .await
}

#[post("/inspections/<id>/cancellation", data = "<form>")]
async fn cancel_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<CancellationInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db, vault), may, id, form, |c, may, vault, id, input| {
        cancel(c, may, vault, id, input)?;
        Ok("done-inspection-cancelled")
    })
    .await
}
