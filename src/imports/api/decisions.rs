//! What is decided about an import: confirm, discard, undo.

use rocket::{Route, State, post, routes};

use super::documents::{Confirmation, ImportDocument};
use super::{By, address};
use crate::Settings;
use crate::api::openapi::Problem;
use crate::api::{Body, Failure, Reply};
use crate::db::Db;
use crate::error::Problems;
use crate::imports::work::{Work, drop_file, find_in};
use crate::imports::{Status, discard, find, start_confirming, undo};

pub(super) fn routes() -> Vec<Route> {
    routes![confirmation, discarding, undoing]
}

/// Confirm an import
///
/// Writes all of it to the register, or nothing, in the background. Asked twice, it is done once.
#[utoipa::path(
    tag = "imports",
    operation_id = "confirm_import",
    security(("token" = ["imports.write"])),
    params(("id" = String, Path, description = "The import's id.")),
    request_body = Confirmation,
    responses(
        (status = 202, description = "It has begun.", body = ImportDocument, headers(
            ("Location" = String, description = "Where to ask how far it is."),
        )),
        (status = 409, description = "It is not at this point.", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/api/v1/imports/<id>/confirmation", data = "<body>")]
async fn confirmation(
    by: By,
    id: &str,
    body: Body<Confirmation>,
    work: &State<Work>,
    db: &State<Db>,
) -> Result<Reply, Failure> {
    let skip_errors = body.shape()?.skip_errors;
    let (sought, by) = (id.to_string(), by.into_may());
    let begun = db.write(move |c| {
        let states = [Status::Ready, Status::Confirming, Status::Confirmed];
        let import = find_in(c, &by, &sought, &states)?;
        if import.status == Status::Ready && import.counts().errors > 0 && !skip_errors {
            return Err(Problems::one("skip_errors", "import_has_errors").into());
        }
        let begun = start_confirming(c, &by, &sought)?;
        Ok((find(c, &by, &sought)?, begun, by))
    });
    let (import, begun, by) = begun.await?;
    if begun {
        work.confirm(db, by, import.id.clone(), skip_errors);
    }
    Ok(Reply::accepted(address(&import.id), &ImportDocument::from(import))?)
}

/// Discard an import
///
/// Nothing of it was written to the register, and its rows are forgotten.
#[utoipa::path(
    tag = "imports",
    operation_id = "discard_import",
    security(("token" = ["imports.write"])),
    params(("id" = String, Path, description = "The import's id.")),
    responses(
        (status = 200, description = "It is given up.", body = ImportDocument),
        (status = 409, description = "It is not at this point.", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/api/v1/imports/<id>/discarding")]
async fn discarding(
    by: By,
    id: &str,
    settings: &State<Settings>,
    work: &State<Work>,
    db: &State<Db>,
) -> Result<Reply, Failure> {
    let sought = id.to_string();
    let import = db
        .write(move |c| {
            discard(c, &by, &sought)?;
            find(c, &by, &sought)
        })
        .await?;
    drop_file(settings, &import.id);
    work.forget(db, import.id.clone());
    Ok(Reply::ok(&ImportDocument::from(import))?)
}

/// Undo an import
///
/// Takes back what it wrote, as long as nothing was built on it.
#[utoipa::path(
    tag = "imports",
    operation_id = "undo_import",
    security(("token" = ["imports.write"])),
    params(("id" = String, Path, description = "The import's id.")),
    responses(
        (status = 200, description = "It is taken back.", body = ImportDocument),
        (status = 409, description = "It is not at this point, or something was built on it.", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/api/v1/imports/<id>/undoing")]
async fn undoing(by: By, id: String, db: &State<Db>) -> Result<Reply, Failure> {
    let reply = db.write(move |c| Reply::ok(&ImportDocument::from(undo(c, &by, &id)?)));
    Ok(reply.await?)
}
