//! A draft is published or given up, its items are put in order or taken out; a version to come is taken
//! back.

use rocket::{Route, State, post, routes};

use super::routes_version::VersionPage;
use super::{
    EndInput, PublicationInput, StepInput, Way, discard, move_item, publish, remove_item, withdraw,
};
use crate::access::{May, Needed, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Go, Page, Submitted};

pub(super) fn routes() -> Vec<Route> {
    routes![publish_one, discard_one, withdraw_one, raise_one, lower_one, remove_one]
}

/// What is said when a change is done: the text and what stands in it.
type Said = (&'static str, String);

/// Does the work of a form of the version's page; the page again where a rule is broken. `anchor` is where
/// on the page it goes on.
async fn act<R: Needed, T: Send + 'static>(
    (page, db): (Page, &Db),
    may: May<R>,
    (id, anchor): (String, String),
    form: Submitted<T>,
    work: impl FnOnce(&mut AnyConnection, &May<R>, &str, &T) -> Result<Said, Error> + Send + 'static,
) -> Result<Answer<VersionPage>, Error> {
    let (actor, of) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            let (said, what) = work(c, &may, &of, input)?;
            Ok(Go::to(format!("/checklist-versions/{of}{anchor}")).saying(said, &what))
        },
        move |c, form| VersionPage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/checklist-versions/<id>/publication", data = "<form>")]
async fn publish_one(
    may: May<right::PublishChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<PublicationInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, (id, String::new()), form, |c, may, id, input| {
        let version = publish(c, may, id, input)?;
        let day = version.effective_from.map(|day| day.to_string()).unwrap_or_default();
        Ok(("done-checklist-published", day))
    })
    .await
}

#[post("/checklist-versions/<id>/discarding", data = "<form>")]
async fn discard_one(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<EndInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, (id, String::new()), form, |c, may, id, input| {
        discard(c, may, id, &input.reason)?;
        Ok(("done-checklist-discarded", String::new()))
    })
    .await
}

#[post("/checklist-versions/<id>/withdrawal", data = "<form>")]
async fn withdraw_one(
    may: May<right::PublishChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<EndInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, (id, String::new()), form, |c, may, id, input| {
        withdraw(c, may, id, &input.reason)?;
        Ok(("done-checklist-withdrawn", String::new()))
    })
    .await
}

#[post("/checklist-versions/<id>/items/<item>/raising", data = "<form>")]
async fn raise_one(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
    item: String,
    form: Submitted<StepInput>,
) -> Result<Answer<VersionPage>, Error> {
    step(page, db, may, (id, item), form, Way::Up).await
}

#[post("/checklist-versions/<id>/items/<item>/lowering", data = "<form>")]
async fn lower_one(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
    item: String,
    form: Submitted<StepInput>,
) -> Result<Answer<VersionPage>, Error> {
    step(page, db, may, (id, item), form, Way::Down).await
}

async fn step(
    page: Page,
    db: &Db,
    may: May<right::EditChecklists>,
    (id, item): (String, String),
    form: Submitted<StepInput>,
    way: Way,
) -> Result<Answer<VersionPage>, Error> {
    let anchor = format!("#i-{item}");
    act((page, db), may, (id, anchor), form, move |c, may, id, input| {
        let moved = move_item(c, may, (id, &item), way, &input.revision)?;
        Ok(("done-checklist-item-moved", moved.code))
    })
    .await
}

#[post("/checklist-versions/<id>/items/<item>/removal", data = "<form>")]
async fn remove_one(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
    item: String,
    form: Submitted<StepInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, (id, String::new()), form, move |c, may, id, input| {
        let removed = remove_item(c, may, (id, &item), &input.revision)?;
        Ok(("done-checklist-item-removed", removed.code))
    })
    .await
}
