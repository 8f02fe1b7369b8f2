//! The identifiers of a company.

use chrono::{DateTime, Utc};
use rocket::{Route, State, delete, get, post, routes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::documents::at;
use super::{address, parts};
use crate::access::{ApiMay, right};
use crate::api::{self, Body, Failure, Items, Reply};
use crate::db::Db;
use crate::suppliers::held::{self, Identifier, IdentifierInput};

pub(super) fn routes() -> Vec<Route> {
    routes![list, add, remove]
}

/// An identifier that a company holds.
#[derive(Serialize, ToSchema)]
#[schema(as = Identifier)]
pub(super) struct IdentifierDocument {
    id: String,
    #[schema(value_type = IdentifierKind)]
    kind: String,
    value: String,
    /// Why it is recorded although its check digit fails; "" for one that needs none.
    evidence: String,
    /// Whether its check digit, or a second person, confirms it.
    confirmed: bool,
    created_at: DateTime<Utc>,
}

/// The kinds of identifier.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema is used")]
pub(super) enum IdentifierKind {
    Uscc,
    Lei,
    Duns,
    EuVat,
    Other,
}

impl From<Identifier> for IdentifierDocument {
    fn from(held: Identifier) -> IdentifierDocument {
        IdentifierDocument {
            id: held.id,
            kind: held.kind,
            value: held.value,
            evidence: held.evidence,
            confirmed: held.confirmed_at.is_some(),
            created_at: at(held.created_at),
        }
    }
}

/// An identifier to record.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = NewIdentifier)]
pub(super) struct IdentifierBody {
    #[schema(value_type = IdentifierKind, required)]
    kind: String,
    #[schema(min_length = 1, max_length = 60, required, example = "91350100M000100Y43")]
    value: String,
    /// Where the licence copy is, or what it says: needed when the check digit fails.
    #[schema(max_length = 500)]
    evidence: String,
}

impl From<IdentifierBody> for IdentifierInput {
    fn from(body: IdentifierBody) -> IdentifierInput {
        IdentifierInput { kind: body.kind, value: body.value, evidence: body.evidence }
    }
}

/// List the identifiers of a supplier
#[utoipa::path(
    tag = "parts",
    operation_id = "list_identifiers",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id.")),
    responses((status = 200, description = "All of them.", body = Items<IdentifierDocument>))
)]
#[get("/api/v1/suppliers/<id>/identifiers")]
async fn list(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    parts::<_, IdentifierDocument>(db, may, id, held::of).await
}

/// Record an identifier
///
/// One whose check digit fails needs evidence, and a second person confirms it.
#[utoipa::path(
    tag = "parts",
    operation_id = "add_identifier",
    security(("token" = ["suppliers.write"])),
    params(
        ("id" = String, Path, description = "The supplier's id."),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same body within 24 hours, the request gives the same answer and records nothing more.", max_length = 200, pattern = "^[!-~]+$"),
    ),
    request_body = IdentifierBody,
    responses((status = 201, description = "Recorded.", body = IdentifierDocument, headers(
        ("Location" = String, description = "Its address."),
    ), links(
        ("take off" = (operation_id = "remove_identifier", parameters(("id" = "$request.path.id"), ("identifier" = "$response.body#/id")))),
    )))
)]
#[post("/api/v1/suppliers/<id>/identifiers", data = "<body>")]
async fn add(
    may: ApiMay<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    body: Body<IdentifierBody>,
) -> Result<Reply, Failure> {
    let (input, request) = body.input::<IdentifierInput>()?;
    let actor = may.actor().clone();
    api::once(db, &actor, request, move |c| {
        let held = held::add(c, &may, &id, &input)?;
        let place = format!("{}/identifiers/{}", address(&id), held.id);
        Reply::created(place, &IdentifierDocument::from(held))
    })
    .await
}

/// Take an identifier off a supplier
#[utoipa::path(
    tag = "parts",
    operation_id = "remove_identifier",
    security(("token" = ["suppliers.write"])),
    params(
        ("id" = String, Path, description = "The supplier's id."),
        ("identifier" = String, Path, description = "The identifier's id."),
    ),
    responses((status = 204, description = "It is off. Its value is free again."))
)]
#[delete("/api/v1/suppliers/<id>/identifiers/<identifier>")]
async fn remove(
    may: ApiMay<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    identifier: String,
) -> Result<Reply, Failure> {
    db.write(move |c| held::remove(c, &may, &id, &identifier)).await?;
    Ok(Reply::done())
}
