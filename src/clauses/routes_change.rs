//! A draft is reviewed, returned, published or given up; a version to come is taken back.

use rocket::{Route, State, post, routes};
use serde::Deserialize;
use validator::Validate;

use super::routes_version::VersionPage;
use super::{PublicationInput, ReviewInput, discard, publish, review, send_back, withdraw};
use crate::access::{May, Needed, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Go, Page, Submitted};

pub(super) fn routes() -> Vec<Route> {
    routes![review_one, return_one, publish_one, discard_one, withdraw_one]
}

/// Why a version ends before it counts.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
struct EndInput {
    #[validate(length(max = 500))]
    reason: String,
}

/// The address of a version's page.
fn place(id: &str) -> String {
    format!("/clause-versions/{id}")
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
            Ok(Go::to(place(&of)).saying(said, &what))
        },
        move |c, form| VersionPage::load(c, page.at(&place(&id)), &actor, &id, form),
    )
    .await
}

fn said(key: &'static str) -> Said {
    (key, String::new())
}

#[post("/clause-versions/<id>/review", data = "<form>")]
async fn review_one(
    may: May<right::ReviewClauses>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ReviewInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, id, form, |c, may, id, input| {
        review(c, may, id, input)?;
        Ok(said("done-clause-reviewed"))
    })
    .await
}

#[post("/clause-versions/<id>/return", data = "<form>")]
async fn return_one(
    may: May<right::ReviewClauses>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ReviewInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, id, form, |c, may, id, input| {
        send_back(c, may, id, input)?;
        Ok(said("done-clause-returned"))
    })
    .await
}

#[post("/clause-versions/<id>/publication", data = "<form>")]
async fn publish_one(
    may: May<right::PublishClauses>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<PublicationInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, id, form, |c, may, id, input| {
        let version = publish(c, may, id, input)?;
        let day = version.effective_from.map(|day| day.to_string()).unwrap_or_default();
        Ok(("done-clause-published", day))
    })
    .await
}

#[post("/clause-versions/<id>/discarding", data = "<form>")]
async fn discard_one(
    may: May<right::EditClauses>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<EndInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, id, form, |c, may, id, input| {
        discard(c, may, id, &input.reason)?;
        Ok(said("done-clause-discarded"))
    })
    .await
}

#[post("/clause-versions/<id>/withdrawal", data = "<form>")]
async fn withdraw_one(
    may: May<right::PublishClauses>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<EndInput>,
) -> Result<Answer<VersionPage>, Error> {
    act((page, db), may, id, form, |c, may, id, input| {
        withdraw(c, may, id, &input.reason)?;
        Ok(said("done-clause-withdrawn"))
    })
    .await
}
