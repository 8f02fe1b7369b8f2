//! A company: entered, read, changed, moved to another stage.

use rocket::{Route, State, get, patch, post, routes};
use serde_json::{Map, Value};
use validator::Validate;

use super::address;
use super::documents::{NewSupplierBody, StageBody, SupplierDocument, SupplierFields};
use crate::access::{ApiMay, right};
use crate::api::openapi::Problem;
use crate::api::{self, Body, Failure, IfMatch, Reply, etag, fields_of};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::suppliers::{
    NewSupplier, StageInput, Supplier, SupplierInput, change_stage, create, find, update,
};

pub(super) fn routes() -> Vec<Route> {
    routes![create_one, one, change, change_stage_of]
}

/// A supplier with its ETag.
fn shown(c: &mut AnyConnection, supplier: Supplier) -> Result<Reply, Error> {
    let version = etag(supplier.revision);
    Ok(Reply::ok(&SupplierDocument::of(c, supplier)?)?.etag(version))
}

/// Enter a supplier
///
/// The place is read from the address; one that cannot be read for certain waits for a person.
#[utoipa::path(
    tag = "suppliers",
    operation_id = "create_supplier",
    security(("token" = ["suppliers.write"])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same body within 24 hours, the request gives the same answer and enters nothing more.", max_length = 200, pattern = "^[!-~]+$")),
    request_body = NewSupplierBody,
    responses(
        (status = 201, description = "Entered.", body = SupplierDocument, headers(
            ("Location" = String, description = "Its address."),
            ("ETag" = String, description = "Its version."),
        ), links(
            ("read" = (operation_id = "get_supplier", parameters(("id" = "$response.body#/id")))),
            ("change" = (operation_id = "update_supplier", parameters(("id" = "$response.body#/id"), ("header.If-Match" = "$response.header.ETag")))),
            ("move" = (operation_id = "change_supplier_stage", parameters(("id" = "$response.body#/id"), ("header.If-Match" = "$response.header.ETag")))),
            ("add an identifier" = (operation_id = "add_identifier", parameters(("id" = "$response.body#/id")))),
            ("add a site" = (operation_id = "add_site", parameters(("id" = "$response.body#/id")))),
            ("add a link" = (operation_id = "add_link", parameters(("id" = "$response.body#/id")))),
            ("read its group" = (operation_id = "get_group", parameters(("id" = "$response.body#/id")))),
            ("add a contact" = (operation_id = "add_contact", parameters(("id" = "$response.body#/id")))),
        )),
    )
)]
#[post("/api/v1/suppliers", data = "<body>")]
async fn create_one(
    may: ApiMay<right::EditSuppliers>,
    db: &State<Db>,
    body: Body<NewSupplierBody>,
) -> Result<Reply, Failure> {
    let (input, request) = body.input::<NewSupplier>()?;
    let actor = may.actor().clone();
    api::once(db, &actor, request, move |c| {
        let made = create(c, &may, &input)?;
        let (place, version) = (address(&made.id), etag(made.revision));
        Ok(Reply::created(place, &SupplierDocument::of(c, made)?)?.etag(version))
    })
    .await
}

/// Read a supplier
#[utoipa::path(
    tag = "suppliers",
    operation_id = "get_supplier",
    security(("token" = ["suppliers.read"])),
    params(
        ("id" = String, Path, description = "The supplier's id."),
        ("If-None-Match" = Option<String>, Header, description = "The ETag of the version that is known already."),
    ),
    responses(
        (status = 200, description = "The supplier.", body = SupplierDocument, headers(
            ("ETag" = String, description = "Its version."),
        )),
        (status = 304, description = "It is still the version that is known."),
    )
)]
#[get("/api/v1/suppliers/<id>")]
async fn one(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: &str,
) -> Result<Reply, Failure> {
    let id = id.to_string();
    let reply = db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        shown(c, supplier)
    });
    Ok(reply.await?)
}

/// Change a supplier
///
/// A JSON merge patch (RFC 7396) of what staff write about the company itself.
#[utoipa::path(
    tag = "suppliers",
    operation_id = "update_supplier",
    security(("token" = ["suppliers.write"])),
    params(
        ("id" = String, Path, description = "The supplier's id."),
        ("If-Match" = String, Header, description = "The ETag of the version that the change was made from.", example = "\"1\""),
    ),
    request_body(content(
        (SupplierFields = "application/merge-patch+json"),
        (SupplierFields = "application/json"),
    )),
    responses(
        (status = 200, description = "As it is now.", body = SupplierDocument, headers(
            ("ETag" = String, description = "Its new version."),
        )),
        (status = 412, description = "It was changed meanwhile. Nothing was done.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "If-Match is missing.", body = Problem, content_type = "application/problem+json"),
    )
)]
#[patch("/api/v1/suppliers/<id>", data = "<body>")]
async fn change(
    may: ApiMay<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    if_match: IfMatch,
    body: Body<Map<String, Value>>,
) -> Result<Reply, Failure> {
    let matching = if_match.required()?;
    let patch = patch_of(body.shape()?)?;
    api::write(db, move |c| {
        let before = find(c, may.scope(), &id)?;
        matching.check(&etag(before.revision))?;
        let input = patched(c, &before, patch)?;
        update(c, &may, &id, &input)?;
        let after = find(c, may.scope(), &id)?;
        Ok(shown(c, after)?)
    })
    .await
}

/// A merge patch of known fields, right types and lengths, whatever the supplier is now. Null is of
/// any type.
fn patch_of(patch: Map<String, Value>) -> Result<Map<String, Value>, Failure> {
    let known = serde_json::to_value(SupplierFields::default()).map_err(Error::from)?;
    let is_set = |(name, value): &(&String, &Value)| !value.is_null() || known.get(name).is_none();
    let set = patch.iter().filter(is_set).map(|(name, value)| (name.clone(), value.clone()));
    let fields: SupplierFields = fields_of(Value::Object(set.collect()))?;
    fields.input(0).validate().map_err(Problems::from)?;
    Ok(patch)
}

/// The supplier's fields with a merge patch over them.
fn patched(
    c: &mut AnyConnection,
    supplier: &Supplier,
    patch: Map<String, Value>,
) -> Result<SupplierInput, Failure> {
    let mut fields = serde_json::to_value(SupplierFields::of(c, supplier)?).map_err(Error::from)?;
    if let Value::Object(fields) = &mut fields {
        fields.extend(patch);
        fields.retain(|_, value| !value.is_null());
    }
    let input = fields_of::<SupplierFields>(fields)?.input(supplier.revision);
    input.validate().map_err(Problems::from)?;
    Ok(input)
}

/// Move a supplier to another stage
#[utoipa::path(
    tag = "suppliers",
    operation_id = "change_supplier_stage",
    security(("token" = ["suppliers.write"])),
    params(
        ("id" = String, Path, description = "The supplier's id."),
        ("If-Match" = String, Header, description = "The ETag of the version that the change was made from.", example = "\"1\""),
    ),
    request_body = StageBody,
    responses(
        (status = 200, description = "As it is now.", body = SupplierDocument, headers(
            ("ETag" = String, description = "Its new version."),
        )),
        (status = 409, description = "The stage does not follow from the present one.", body = Problem, content_type = "application/problem+json"),
        (status = 412, description = "It was changed meanwhile. Nothing was done.", body = Problem, content_type = "application/problem+json"),
        (status = 428, description = "If-Match is missing.", body = Problem, content_type = "application/problem+json"),
    )
)]
#[post("/api/v1/suppliers/<id>/stage", data = "<body>")]
async fn change_stage_of(
    may: ApiMay<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    if_match: IfMatch,
    body: Body<StageBody>,
) -> Result<Reply, Failure> {
    let matching = if_match.required()?;
    let (input, _) = body.input::<StageInput>()?;
    api::write(db, move |c| {
        let before = find(c, may.scope(), &id)?;
        matching.check(&etag(before.revision))?;
        change_stage(c, &may, &id, &input)?;
        let after = find(c, may.scope(), &id)?;
        Ok(shown(c, after)?)
    })
    .await
}
