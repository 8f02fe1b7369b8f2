//! Certifications for programs.

mod documents;

use rocket::{Route, State, get, post, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi};

use self::documents::{
    ApplicationBody, CertificationDocument, DecisionBody, DetailsDocument, ReasonBody,
};
use super::apply::{Applicant, ApplicationInput, apply};
use super::decide::decide;
use super::list::{Filter, page};
use super::standing::{lift, revoke, suspend};
use super::{Certification, Status, find};
use crate::access::{ApiMay, May, right};
use crate::api::{self, Body, Failure, Items, Query, Reply};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problem, Problems};
use crate::page::paging::{Cursor, cut};
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    routes![list, one, apply_for, decide_one, suspend_one, lift_one, revoke_one]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(list, one, apply_for, decide_one, suspend_one, lift_one, revoke_one),
    tags((name = "certification", description = "Who may supply what, until when."))
)]
struct Operations;

/// What the list is narrowed to, and its place.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CertificationQuery {
    /// The id of a supplier.
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<String>,
    /// The id of a category.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[param(value_type = Option<Status>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    /// Certifications on a page; 50 when left out.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

impl CertificationQuery {
    fn check(&self) -> Result<(Filter, Option<Cursor>, usize), Error> {
        let mut problems = Problems::default();
        let status = self.status.as_deref().map(Status::parse);
        if status == Some(None) {
            problems.add(Problem::new("status", "unknown_choice"));
        }
        let (cursor, limit) = api::place(&self.cursor, &self.limit, problems)?;
        let filter = Filter {
            supplier: self.supplier.clone(),
            category: self.category.clone(),
            status: status.flatten(),
        };
        Ok((filter, cursor, limit))
    }

    /// The address of the page at a cursor.
    fn link(&self, cursor: &str) -> Result<String, Error> {
        let next = CertificationQuery { cursor: Some(cursor.to_string()), ..self.clone() };
        api::address("/api/v1/certifications", &next)
    }
}

/// List certifications
///
/// Newest first, applications too, a page at a time.
#[utoipa::path(
    tag = "certification",
    operation_id = "list_certifications",
    security(("token" = ["suppliers.read"])),
    params(CertificationQuery),
    responses((status = 200, description = "A page of certifications.", body = Items<CertificationDocument>, headers(
        ("Link" = String, description = "The next page, with rel=\"next\". Not there on the last page."),
    )))
)]
#[get("/api/v1/certifications")]
async fn list(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    query: Query<CertificationQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let reply = db.read(move |c| {
        let (filter, from, limit) = query.check()?;
        let before = from.map(|cursor| cursor.number);
        let mut rows = page(c, may.scope(), &filter, before, limit + 1)?;
        let place = |last: &Certification| Cursor { key: String::new(), number: last.number };
        let next = cut(&mut rows, limit, place);
        let items = rows.into_iter().map(CertificationDocument::from).collect();
        Reply::page(items, next, |cursor| query.link(cursor))
    });
    Ok(reply.await?)
}

/// Get a certification
#[utoipa::path(
    tag = "certification",
    operation_id = "get_certification",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The certification's id.")),
    responses((status = 200, description = "The certification, with what suspends it now.", body = DetailsDocument))
)]
#[get("/api/v1/certifications/<id>")]
async fn one(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let (found, _) = find(c, may.scope(), &id)?;
        Reply::ok(&DetailsDocument::of(c, found)?)
    });
    Ok(reply.await?)
}

/// Apply for a category
///
/// On behalf of the supplier. It is audited, and decided on by somebody else.
#[utoipa::path(
    tag = "certification",
    operation_id = "apply_for_certification",
    security(("token" = ["certification.write"])),
    params(
        ("id" = String, Path, description = "The supplier's id."),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same body within 24 hours, the request gives the same answer and applies for nothing more.", max_length = 200, pattern = "^[!-~]+$"),
    ),
    request_body = ApplicationBody,
    responses((status = 201, description = "Applied for.", body = DetailsDocument, headers(
        ("Location" = String, description = "The certification."),
    )))
)]
#[post("/api/v1/suppliers/<id>/certifications", data = "<body>")]
async fn apply_for(
    may: ApiMay<right::EditCertification>,
    db: &State<Db>,
    id: String,
    body: Body<ApplicationBody>,
) -> Result<Reply, Failure> {
    let (input, request) = body.input::<ApplicationInput>()?;
    let actor = may.actor().clone();
    api::once(db, &actor, request, move |c| {
        let made = apply(c, &Applicant::Staff(&may), &id, &input)?;
        let place = format!("/api/v1/certifications/{}", made.id);
        Reply::created(place, &DetailsDocument::of(c, made)?)
    })
    .await
}

/// Decide on an application
///
/// Never by somebody who applied or audited.
#[utoipa::path(
    tag = "certification",
    operation_id = "decide_on_certification",
    security(("token" = ["certification.decide"])),
    params(("id" = String, Path, description = "The certification's id.")),
    request_body = DecisionBody,
    responses((status = 200, description = "Decided.", body = DetailsDocument))
)]
#[post("/api/v1/certifications/<id>/decision", data = "<body>")]
async fn decide_one(
    may: ApiMay<right::DecideCertification>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    body: Body<DecisionBody>,
) -> Result<Reply, Failure> {
    change(db, vault, may, id, body, decide).await
}

/// Suspend a certification
#[utoipa::path(
    tag = "certification",
    operation_id = "suspend_certification",
    security(("token" = ["certification.decide"])),
    params(("id" = String, Path, description = "The certification's id.")),
    request_body = ReasonBody,
    responses((status = 200, description = "Suspended.", body = DetailsDocument))
)]
#[post("/api/v1/certifications/<id>/suspension", data = "<body>")]
async fn suspend_one(
    may: ApiMay<right::DecideCertification>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    body: Body<ReasonBody>,
) -> Result<Reply, Failure> {
    change(db, vault, may, id, body, suspend).await
}

/// Lift a suspension that was decided
#[utoipa::path(
    tag = "certification",
    operation_id = "lift_certification",
    security(("token" = ["certification.decide"])),
    params(("id" = String, Path, description = "The certification's id.")),
    request_body = ReasonBody,
    responses((status = 200, description = "Lifted.", body = DetailsDocument))
)]
#[post("/api/v1/certifications/<id>/lifting", data = "<body>")]
async fn lift_one(
    may: ApiMay<right::DecideCertification>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    body: Body<ReasonBody>,
) -> Result<Reply, Failure> {
    change(db, vault, may, id, body, lift).await
}

/// Revoke a certification
#[utoipa::path(
    tag = "certification",
    operation_id = "revoke_certification",
    security(("token" = ["certification.decide"])),
    params(("id" = String, Path, description = "The certification's id.")),
    request_body = ReasonBody,
    responses((status = 200, description = "Revoked.", body = DetailsDocument))
)]
#[post("/api/v1/certifications/<id>/revocation", data = "<body>")]
async fn revoke_one(
    may: ApiMay<right::DecideCertification>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    body: Body<ReasonBody>,
) -> Result<Reply, Failure> {
    change(db, vault, may, id, body, revoke).await
}

type Change<I> = fn(
    &mut AnyConnection,
    &May<right::DecideCertification>,
    &Vault,
    &str,
    &I,
) -> Result<Certification, Error>;

/// Changes a certification, once for each request that comes again.
async fn change<B, I>(
    db: &Db,
    vault: &Vault,
    may: ApiMay<right::DecideCertification>,
    id: String,
    body: Body<B>,
    work: Change<I>,
) -> Result<Reply, Failure>
where
    I: From<B> + validator::Validate + Send + 'static,
{
    let (input, request) = body.input::<I>()?;
    let (actor, vault) = (may.actor().clone(), vault.clone());
    api::once(db, &actor, request, move |c| {
        let after = work(c, &may, &vault, &id, &input)?;
        Reply::ok(&DetailsDocument::of(c, after)?)
    })
    .await
}
