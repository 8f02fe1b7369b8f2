//! A need is closed, and opened again.

use rocket::{Route, State, post, routes};
use serde::Deserialize;
use validator::Validate;

use super::routes::ShowPage;
use super::{close, reopen};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Go, Nothing, Page, Submitted};

pub(super) fn routes() -> Vec<Route> {
    routes![close_one, reopen_one]
}

/// Why a need is closed.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
struct ClosingInput {
    #[validate(length(max = 500))]
    reason: String,
}

#[post("/needs/<id>/closing", data = "<form>")]
async fn close_one(
    may: May<right::EditNeeds>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ClosingInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (scope, closed) = (may.scope().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            close(c, &may, &closed, &input.reason)?;
            Ok(Go::to(format!("/needs/{closed}")).saying("done-need-closed", ""))
        },
        move |c, form| ShowPage::load(c, page.at(&format!("/needs/{id}")), &scope, &id, form),
    )
    .await
}

#[post("/needs/<id>/reopening", data = "<form>")]
async fn reopen_one(
    may: May<right::EditNeeds>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to(format!("/needs/{id}")).saying("done-need-reopened", "");
    form.press(db, go, move |c| reopen(c, &may, &id)).await
}
