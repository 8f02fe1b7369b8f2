//! The sites of a company.

use chrono::{DateTime, Utc};
use rocket::{Route, State, get, post, routes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::documents::at;
use super::{address, parts};
use crate::access::{ApiMay, right};
use crate::api::{self, Body, Failure, Items, Reply};
use crate::db::Db;
use crate::suppliers::place::{PlaceInput, PlaceStatus};
use crate::suppliers::sites::{self, Site, SiteInput, SiteKind};

pub(super) fn routes() -> Vec<Route> {
    routes![list, add]
}

/// A place of a company.
#[derive(Serialize, ToSchema)]
#[schema(as = Site)]
pub(super) struct SiteDocument {
    id: String,
    kind: SiteKind,
    name: String,
    address: String,
    /// ISO 3166-1 alpha-2, "" when unknown.
    country: String,
    /// See the supplier's area.
    area: String,
    city: String,
    /// How the place is known.
    place_status: PlaceStatus,
    /// Why it is not, "" otherwise.
    place_reason: String,
    created_at: DateTime<Utc>,
}

impl From<Site> for SiteDocument {
    fn from(site: Site) -> SiteDocument {
        SiteDocument {
            id: site.id,
            kind: site.kind,
            name: site.name,
            address: site.address,
            country: site.country,
            area: site.area,
            city: site.city,
            place_status: site.place_status,
            place_reason: site.place_reason,
            created_at: at(site.created_at),
        }
    }
}

/// A site to add.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = NewSite)]
pub(super) struct SiteBody {
    #[schema(value_type = SiteKind, required)]
    kind: String,
    #[schema(max_length = 200)]
    name: String,
    /// ISO 3166-1 alpha-2, or a country's name.
    #[schema(max_length = 100)]
    country: String,
    /// GB/T 2260 code, or a province's name. A code is taken as a person's word.
    #[schema(max_length = 100)]
    province: String,
    #[schema(max_length = 100)]
    city: String,
    #[schema(max_length = 500)]
    address: String,
}

impl From<SiteBody> for SiteInput {
    fn from(body: SiteBody) -> SiteInput {
        SiteInput {
            kind: body.kind,
            name: body.name,
            place: PlaceInput {
                country: body.country,
                province: body.province,
                city: body.city,
                address: body.address,
            },
        }
    }
}

/// List the sites of a supplier
#[utoipa::path(
    tag = "parts",
    operation_id = "list_sites",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id.")),
    responses((status = 200, description = "The open ones, oldest first, at most 200.", body = Items<SiteDocument>))
)]
#[get("/api/v1/suppliers/<id>/sites")]
async fn list(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    parts::<_, SiteDocument>(db, may, id, sites::of).await
}

/// Add a site
///
/// The place is read from the address; one that cannot be read for certain waits for a person.
#[utoipa::path(
    tag = "parts",
    operation_id = "add_site",
    security(("token" = ["suppliers.write"])),
    params(
        ("id" = String, Path, description = "The supplier's id."),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same body within 24 hours, the request gives the same answer and adds nothing more.", max_length = 200, pattern = "^[!-~]+$"),
    ),
    request_body = SiteBody,
    responses((status = 201, description = "Added.", body = SiteDocument, headers(
        ("Location" = String, description = "The list that it is in."),
    )))
)]
#[post("/api/v1/suppliers/<id>/sites", data = "<body>")]
async fn add(
    may: ApiMay<right::EditSuppliers>,
    db: &State<Db>,
    id: String,
    body: Body<SiteBody>,
) -> Result<Reply, Failure> {
    let (input, request) = body.input::<SiteInput>()?;
    let actor = may.actor().clone();
    api::once(db, &actor, request, move |c| {
        let site = sites::add(c, &may, &id, &input)?;
        Reply::created(format!("{}/sites", address(&id)), &SiteDocument::from(site))
    })
    .await
}
