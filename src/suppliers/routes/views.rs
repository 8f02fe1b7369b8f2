//! Saved views of the list.

use rocket::{Route, State, post, routes};

use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Go, Nothing, Submitted, local_path};
use crate::suppliers::views::{self, ViewInput};

pub(super) fn routes() -> Vec<Route> {
    routes![save_view, remove_view]
}

#[post("/views", data = "<form>")]
async fn save_view(
    may: May<right::ReadSuppliers>,
    db: &State<Db>,
    form: Submitted<ViewInput>,
) -> Result<Answer<()>, Error> {
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            views::save(c, may.actor(), input)?;
            let view = local_path(&format!("/suppliers?{}", input.query));
            Ok(Go::to(view).saying("done-view-saved", &input.name))
        },
        |_, form| Err(form.refused()),
    )
    .await
}

#[post("/views/<id>/removal", data = "<form>")]
async fn remove_view(
    may: May<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to("/suppliers").saying("done-view-removed", "");
    form.press(db, go, move |c| views::remove(c, may.actor(), &id)).await
}
