//! What a person decides about an import: confirm, discard, undo.

use rocket::{Route, State, post, routes};
use serde::Deserialize;
use validator::Validate;

use super::routes::{Asked, ShowPage, gather, rejected};
use super::rows::Which;
use super::work::{Work, drop_file, find_in};
use super::{Status, start_confirming};
use crate::Settings;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::{Error, Problems};
use crate::page::{Answer, Go, Nothing, Page, Submitted};

pub fn routes() -> Vec<Route> {
    routes![confirmation, discarding, undoing]
}

type By = May<right::ImportSuppliers>;

const EVERYTHING: Asked = Asked { which: Which::All, after: None, before: None };

#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct Confirmation {
    skip_errors: String,
}

fn address(id: &str) -> String {
    format!("/imports/{id}")
}

/// Two clicks on the button are one confirmation: the second finds it begun.
#[post("/imports/<id>/confirmation", data = "<submitted>")]
async fn confirmation(
    page: Page,
    by: By,
    id: &str,
    submitted: Submitted<Confirmation>,
    work: &State<Work>,
    db: &State<Db>,
) -> Result<Answer<ShowPage>, Error> {
    let skip_errors = submitted.input()?.skip_errors == "on";
    let (sought, key) = (id.to_string(), by);
    let (import, by) = db
        .read(move |c| {
            let states = [Status::Ready, Status::Confirming, Status::Confirmed];
            Ok((find_in(c, &key, &sought, &states)?, key))
        })
        .await?;
    if import.status == Status::Ready && import.counts().errors > 0 && !skip_errors {
        let form = rejected(Problems::one("skip_errors", "import_has_errors"));
        let page = page.at(&address(id));
        let id = id.to_string();
        let again = db.read(move |c| gather(c, page, &by, &id, EVERYTHING, form)).await?;
        return Ok(Answer::Again(again));
    }
    let started = import.id.clone();
    let (begun, by) = db.write(move |c| Ok((start_confirming(c, &by, &started)?, by))).await?;
    if begun {
        work.confirm(db, by, import.id.clone(), skip_errors);
    }
    Ok(Answer::Go(Go::to(address(id))))
}

#[post("/imports/<id>/discarding", data = "<_form>")]
async fn discarding(
    by: By,
    id: &str,
    _form: Submitted<Nothing>,
    settings: &State<Settings>,
    work: &State<Work>,
    db: &State<Db>,
) -> Result<Go, Error> {
    let sought = id.to_string();
    let import = db.write(move |c| super::discard(c, &by, &sought)).await?;
    drop_file(settings, &import.id);
    work.forget(db, import.id);
    Ok(Go::to("/imports").saying("done-import-discarded", &import.file_name))
}

#[post("/imports/<id>/undoing", data = "<_form>")]
async fn undoing(by: By, id: &str, _form: Submitted<Nothing>, db: &State<Db>) -> Result<Go, Error> {
    let id = id.to_string();
    db.write(move |c| {
        let import = super::undo(c, &by, &id)?;
        Ok(Go::to(address(&id)).saying("done-import-undone", &import.file_name))
    })
    .await
}
