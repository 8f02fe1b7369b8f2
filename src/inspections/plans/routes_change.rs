//! A plan is drawn, its companies are named, it is closed or cancelled.

use rocket::{Route, State, post, routes};

use super::routes::ShowPage;
use super::{NamedInput, ReasonInput, cancel, close, name};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::inspections::draws;
use crate::page::{Answer, Go, Nothing, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![commit_one, name_one, close_one, cancel_one]
}

fn to_plan(id: &str) -> Go {
    Go::to(format!("/inspection-plans/{id}"))
}

#[post("/inspection-plans/<id>/draw", data = "<form>")]
async fn commit_one(
    may: May<right::PlanInspections>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    form.input()?;
    let vault = vault.inner().clone();
    let draw = db.write(move |c| draws::commit(c, &may, &vault, &id)).await?;
    Ok(Go::to(format!("/draws/{}", draw.id)).saying("done-draw-committed", ""))
}

#[post("/inspection-plans/<id>/companies", data = "<form>")]
async fn name_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<NamedInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (scope, named) = (may.scope().clone(), id.clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let inspection = name(c, &may, &named, input)?;
            Ok(to_plan(&named).saying("done-plan-named", &inspection.code()))
        },
        move |c, form| ShowPage::load(c, page, &scope, (&id, None), form),
    )
    .await
}

#[post("/inspection-plans/<id>/closing", data = "<form>")]
async fn close_one(
    may: May<right::PlanInspections>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_plan(&id).saying("done-plan-closed", "");
    form.press(db, go, move |c| close(c, &may, &id)).await
}

#[post("/inspection-plans/<id>/cancellation", data = "<form>")]
async fn cancel_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ReasonInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (scope, cancelled) = (may.scope().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            cancel(c, &may, &cancelled, input)?;
            Ok(to_plan(&cancelled).saying("done-plan-cancelled", ""))
        },
        move |c, form| ShowPage::load(c, page, &scope, (&id, None), form),
    )
    .await
}
