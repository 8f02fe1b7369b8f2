//! A draft of the standards is published or given up, a standard is taken out; a version to come is
//! taken back.

use rocket::{Route, State, post, routes};

use super::routes_version::VersionPage;
use super::{discard, publish, remove_line, withdraw};
use crate::access::{May, Needed, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::checklists::{EndInput, PublicationInput, StepInput};
use crate::page::{Answer, Go, Page, Submitted};

pub(super) fn routes() -> Vec<Route> {
    routes![publish_one, discard_one, withdraw_one, remove_one]
}

/// What is said when a change is done: the text and what stands in it.
type Said = (&'static str, String);

/// Does the work of a form of the version's page; the page again where a rule is broken.
async fn act<R: Needed, T: Send + 'static>(
    (page, db): (Page, &Db),
    may: May<R>,
    id: String,
    form: Submitted<T>,
    work: impl FnOnce(&mut AnyConnection, &May<R>, &str, &T) -> Result<Said, Error> + Send + 'static,
) -> Result<Answer<VersionPage>, Error> {
    let (actor, of) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            let (said, what) = work(c, &may, &of, input)?;
            Ok(Go::to(format!("/punishment-standard-versions/{of}")).saying(said, &what))
        },
        move |c, form| VersionPage::load(c, page, &actor, &id, form),
    )
    .await
}

fn said(key: &'static str) -> Said {
    (key, String::new())
}

#[post("/punishment-standard-versions/<id>/publication", data = "<form>")]
async fn publish_one(
    may: May<right::PublishPunishmentStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<PublicationInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, id, form, |c, may, id, input| {
        let version = publish(c, may, id, input)?;
        let day = version.effective_from.map(|day| day.to_string()).unwrap_or_default();
        Ok(("done-punishment-standards-published", day))
    })
    .await
}

#[post("/punishment-standard-versions/<id>/discarding", data = "<form>")]
async fn discard_one(
    may: May<right::EditPunishmentStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<EndInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, id, form, |c, may, id, input| {
        discard(c, may, id, &input.reason)?;
        Ok(said("done-punishment-standards-discarded"))
    })
    .await
}

#[post("/punishment-standard-versions/<id>/withdrawal", data = "<form>")]
async fn withdraw_one(
    may: May<right::PublishPunishmentStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<EndInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, id, form, |c, may, id, input| {
        withdraw(c, may, id, &input.reason)?;
        Ok(said("done-punishment-standards-withdrawn"))
    })
    .await
}

#[post("/punishment-standard-versions/<id>/lines/<line>/removal", data = "<form>")]
async fn remove_one(
    may: May<right::EditPunishmentStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    line: String,
    form: Submitted<StepInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, id, form, move |c, may, id, input| {
        remove_line(c, may, (id, &line), &input.revision)?;
        Ok(said("done-punishment-standard-removed"))
    })
    .await
}
