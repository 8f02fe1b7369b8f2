//! Merging two entries of one company, and undoing it.

use rocket::{Route, State, post, routes};

use super::duplicates::PairPage;
use super::to_supplier;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Go, Nothing, Page, Submitted};
use crate::suppliers::duplicates;
use crate::suppliers::merges::{self, MergeInput};

pub(super) fn routes() -> Vec<Route> {
    routes![merge, undo]
}

#[post("/merges", data = "<form>")]
async fn merge(
    may: May<right::DecideDuplicates>,
    page: Page,
    db: &State<Db>,
    form: Submitted<MergeInput>,
) -> Result<Answer<PairPage>, Error> {
    let scope = may.scope().clone();
    let pair = form.typed("pair").to_string();
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let merge = merges::merge(c, &may, input)?;
            Ok(to_supplier(&merge.kept_id, "done-merged", ""))
        },
        move |c, form| {
            let page = page.at(&format!("/duplicates/{pair}"));
            let pair = duplicates::find(c, &scope, &pair)?;
            PairPage::load(c, page, pair, form)
        },
    )
    .await
}

#[post("/merges/<id>/undo", data = "<form>")]
async fn undo(
    may: May<right::DecideDuplicates>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    form.input()?;
    let merge = db.write(move |c| merges::undo(c, &may, &id)).await?;
    Ok(to_supplier(&merge.gone_id, "done-merge-undone", ""))
}
