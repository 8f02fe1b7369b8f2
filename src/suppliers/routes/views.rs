//! Saved views of the list.

use rocket::{Route, State, post, routes};

use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Go, Nothing, Submitted, local_path};
use crate::suppliers::views::{self, ViewInput};

pub(super) fn routes() -> Vec<Route> {
    routes![save_view, remove_view]
}

#[post("/views", data = "<form>")]
async fn save_view(
    may: May<right::ReadSuppliers>,
    db: &State<Db>,
    form: Submitted<ViewInput>,
) -> Result<Go, Error> {
    let input = form.input()?;
    let (name, query) = (input.name.clone(), input.query.clone());
    db.write(move |c| views::save(c, may.actor(), &input)).await?;
    let view = local_path(&format!("/suppliers?{query}"));
    Ok(Go::to(view).saying("done-view-saved", &name))
}

#[post("/views/<id>/removal", data = "<_form>")]
async fn remove_view(
    may: May<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    db.write(move |c| views::remove(c, may.actor(), &id)).await?;
    Ok(Go::to("/suppliers").saying("done-view-removed", ""))
}
