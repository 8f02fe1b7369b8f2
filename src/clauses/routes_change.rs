//! A draft is reviewed, returned, published or given up; a version to come is taken back.

use rocket::{Route, State, post, routes};
use serde::Deserialize;
use validator::Validate;

use super::routes_version::VersionPage;
use super::{PublicationInput, ReviewInput, discard, publish, review, send_back, withdraw};
use crate::access::{May, right};
use crate::db::Db;
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

#[post("/clause-versions/<id>/review", data = "<form>")]
async fn review_one(
    may: May<right::ReviewClauses>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ReviewInput>,
) -> Result<Answer<VersionPage>, Error> {
    let (actor, reviewed) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            review(c, &may, &reviewed, input)?;
            Ok(Go::to(place(&reviewed)).saying("done-clause-reviewed", ""))
        },
        move |c, form| VersionPage::load(c, page.at(&place(&id)), &actor, &id, form),
    )
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
    let (actor, returned) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            send_back(c, &may, &returned, input)?;
            Ok(Go::to(place(&returned)).saying("done-clause-returned", ""))
        },
        move |c, form| VersionPage::load(c, page.at(&place(&id)), &actor, &id, form),
    )
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
    let (actor, put) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            let version = publish(c, &may, &put, input)?;
            let day = version.effective_from.map(|day| day.to_string()).unwrap_or_default();
            Ok(Go::to(place(&put)).saying("done-clause-published", &day))
        },
        move |c, form| VersionPage::load(c, page.at(&place(&id)), &actor, &id, form),
    )
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
    let (actor, ended) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            discard(c, &may, &ended, &input.reason)?;
            Ok(Go::to(place(&ended)).saying("done-clause-discarded", ""))
        },
        move |c, form| VersionPage::load(c, page.at(&place(&id)), &actor, &id, form),
    )
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
    let (actor, ended) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            withdraw(c, &may, &ended, &input.reason)?;
            Ok(Go::to(place(&ended)).saying("done-clause-withdrawn", ""))
        },
        move |c, form| VersionPage::load(c, page.at(&place(&id)), &actor, &id, form),
    )
    .await
}
