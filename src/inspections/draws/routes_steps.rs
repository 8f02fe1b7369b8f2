//! The steps of a draw: its roster is frozen, its seed opened, or it is given up; companies are replaced.

use rocket::{Route, State, post, routes};

use super::routes::{DrawPage, EntryPage};
use super::{RevealInput, discard, freeze, replace, reveal};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::inspections::plans::ReasonInput;
use crate::page::{Answer, Go, Nothing, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![freeze_one, reveal_one, discard_one, replace_one]
}

fn to_draw(id: &str) -> Go {
    Go::to(format!("/draws/{id}"))
}

#[post("/draws/<id>/freezing", data = "<form>")]
async fn freeze_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Answer<DrawPage>, Error> {
    let (actor, frozen) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, _| {
            freeze(c, &may, &frozen)?;
            Ok(to_draw(&frozen).saying("done-draw-frozen", ""))
        },
        move |c, form| DrawPage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/draws/<id>/revealing", data = "<form>")]
async fn reveal_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<RevealInput>,
) -> Result<Answer<DrawPage>, Error> {
    let (actor, revealed) = (may.actor().clone(), id.clone());
    let vault = vault.inner().clone();
    form.write(
        db,
        move |c, input| {
            reveal(c, &may, &vault, &revealed, input)?;
            Ok(to_draw(&revealed).saying("done-draw-drawn", ""))
        },
        move |c, form| DrawPage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/draws/<id>/discarding", data = "<form>")]
async fn discard_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ReasonInput>,
) -> Result<Answer<DrawPage>, Error> {
    let (actor, discarded) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            discard(c, &may, &discarded, input)?;
            Ok(to_draw(&discarded).saying("done-draw-discarded", ""))
        },
        move |c, form| DrawPage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/draws/<id>/entries/<entry>/replacement", data = "<form>")]
async fn replace_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    id: String,
    entry: String,
    form: Submitted<ReasonInput>,
) -> Result<Answer<EntryPage>, Error> {
    let scope = may.scope().clone();
    let (draw, gone) = (id.clone(), entry.clone());
    form.write(
        db,
        move |c, input| {
            let next = replace(c, &may, &draw, &gone, input)?;
            Ok(to_draw(&draw).saying("done-draw-replaced", &next.code()))
        },
        move |c, form| EntryPage::load(c, page, &scope, (&id, &entry), form),
    )
    .await
}
