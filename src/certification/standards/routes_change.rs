//! A draft is published or given up; a version to come is taken back.

use rocket::{Route, State, post, routes};
use serde::Deserialize;
use validator::Validate;

use super::routes::ShowPage;
use super::{PublicationInput, discard, publish, withdraw};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Go, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![publish_one, discard_one, withdraw_one]
}

/// Why a version ends before it counts.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
struct EndInput {
    #[validate(length(max = 500))]
    reason: String,
}

#[post("/standards/<id>/publication", data = "<form>")]
async fn publish_one(
    may: May<right::PublishStandards>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<PublicationInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, vault, put) = (may.actor().clone(), vault.inner().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            let standard = publish(c, &may, &vault, &put, input)?;
            let day = standard.effective_from.map(|day| day.to_string()).unwrap_or_default();
            Ok(Go::to(format!("/standards/{put}")).saying("done-standard-published", &day))
        },
        move |c, form| ShowPage::load(c, page.at(&format!("/standards/{id}")), &actor, &id, form),
    )
    .await
}

#[post("/standards/<id>/discarding", data = "<form>")]
async fn discard_one(
    may: May<right::EditStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<EndInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, ended) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            discard(c, &may, &ended, &input.reason)?;
            Ok(Go::to(format!("/standards/{ended}")).saying("done-standard-discarded", ""))
        },
        move |c, form| ShowPage::load(c, page.at(&format!("/standards/{id}")), &actor, &id, form),
    )
    .await
}

#[post("/standards/<id>/withdrawal", data = "<form>")]
async fn withdraw_one(
    may: May<right::PublishStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<EndInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, ended) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            withdraw(c, &may, &ended, &input.reason)?;
            Ok(Go::to(format!("/standards/{ended}")).saying("done-standard-withdrawn", ""))
        },
        move |c, form| ShowPage::load(c, page.at(&format!("/standards/{id}")), &actor, &id, form),
    )
    .await
}
