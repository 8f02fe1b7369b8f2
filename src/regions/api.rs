//! Region schemes and the reading of addresses, for programs.

use std::collections::BTreeMap;

use rocket::{Route, State, get, post, routes};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use validator::Validate;

use super::{AddressInput, Outcome, Place, Scheme, all_schemes, find_scheme, resolve};
use crate::access::Program;
use crate::api::{Body, Failure, Items, Reply};
use crate::db::Db;

pub fn routes() -> Vec<Route> {
    routes![schemes, scheme, resolution]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(schemes, scheme, resolution),
    tags((name = "reference", description = "What the rest of the register refers to."))
)]
struct Operations;

/// A region scheme in a list.
#[derive(Serialize, ToSchema)]
struct SchemeLink {
    #[schema(example = "cn-six")]
    id: String,
    name_en: String,
    name_zh: String,
}

/// List the region schemes
#[utoipa::path(
    tag = "reference",
    operation_id = "list_schemes",
    security(("token" = [])),
    responses((status = 200, description = "Those that a report can be made in.", body = Items<SchemeLink>))
)]
#[get("/api/v1/regions/schemes")]
async fn schemes(_program: Program, db: &State<Db>) -> Result<Reply, Failure> {
    let reply = db.read(|c| {
        let link = |(id, name_en, name_zh)| SchemeLink { id, name_en, name_zh };
        let items = all_schemes(c)?.into_iter().map(link).collect();
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}

/// A way to group places into regions.
#[derive(Serialize, ToSchema)]
#[schema(as = Scheme)]
struct SchemeDocument {
    id: String,
    /// A changed mapping is a new version.
    version: String,
    name_en: String,
    name_zh: String,
    /// What a reader must know about it.
    note_en: String,
    note_zh: String,
    /// In the order of a report.
    regions: Vec<RegionDocument>,
    /// Province (GB/T 2260) → code of its region.
    provinces: BTreeMap<String, String>,
    /// Country (ISO 3166-1 alpha-2) → code of its region.
    countries: BTreeMap<String, String>,
}

/// A region of a scheme.
#[derive(Serialize, ToSchema)]
#[schema(as = Region)]
struct RegionDocument {
    code: String,
    name_en: String,
    name_zh: String,
}

impl From<Scheme> for SchemeDocument {
    fn from(scheme: Scheme) -> SchemeDocument {
        let region = |r: super::Region| RegionDocument {
            code: r.code,
            name_en: r.name_en,
            name_zh: r.name_zh,
        };
        SchemeDocument {
            id: scheme.id,
            version: scheme.version,
            name_en: scheme.name_en,
            name_zh: scheme.name_zh,
            note_en: scheme.note_en,
            note_zh: scheme.note_zh,
            regions: scheme.regions.into_iter().map(region).collect(),
            provinces: scheme.provinces,
            countries: scheme.countries,
        }
    }
}

/// Read a region scheme
#[utoipa::path(
    tag = "reference",
    operation_id = "get_scheme",
    security(("token" = [])),
    params(("id" = String, Path, description = "The scheme's id: cn-six, cn-seven, m49, or that of one of the firm's own.", example = "cn-six")),
    responses((status = 200, description = "The scheme.", body = SchemeDocument))
)]
#[get("/api/v1/regions/schemes/<id>")]
async fn scheme(_program: Program, db: &State<Db>, id: &str) -> Result<Reply, Failure> {
    let id = id.to_string();
    let reply = db.read(move |c| {
        let scheme = find_scheme(c, &id)?.into_owned();
        Reply::ok(&SchemeDocument::from(scheme))
    });
    Ok(reply.await?)
}

/// An address to be read.
#[derive(Default, Deserialize, ToSchema, Validate)]
#[serde(default, deny_unknown_fields)]
struct AddressBody {
    /// By name or code.
    #[schema(max_length = 100)]
    #[validate(length(max = 100))]
    country: String,
    #[schema(max_length = 100)]
    #[validate(length(max = 100))]
    province: String,
    /// City or county.
    #[schema(max_length = 100)]
    #[validate(length(max = 100))]
    city: String,
    /// In free text.
    #[schema(max_length = 500, example = "No. 1 Example Road, Suzhou, Jiangsu")]
    #[validate(length(max = 500))]
    address: String,
}

/// Where an address is, or why that is not certain.
#[derive(Serialize, ToSchema)]
struct Resolution {
    /// Whether the place is certain.
    resolved: bool,
    /// What is certain.
    place: PlaceDocument,
    /// Why the place is not certain; null when it is.
    #[schema(value_type = Option<Doubt>)]
    reason: Option<&'static str>,
    /// What the address may mean, when the place is not certain.
    candidates: Vec<PlaceDocument>,
}

/// Why a place is not certain.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema is used")]
enum Doubt {
    NothingFound,
    Contradiction,
    Ambiguous,
    UnknownCountry,
}

/// A place, as far as it is known.
#[derive(Serialize, ToSchema)]
#[schema(as = Place)]
struct PlaceDocument {
    /// ISO 3166-1 alpha-2.
    country: Option<&'static str>,
    /// GB/T 2260.
    province: Option<&'static str>,
    /// GB/T 2260.
    city: Option<&'static str>,
}

impl From<Place> for PlaceDocument {
    fn from(place: Place) -> PlaceDocument {
        PlaceDocument { country: place.country, province: place.province, city: place.city }
    }
}

/// Read an address
///
/// Nothing is guessed: the answer is one place, or the reason why a person has to look.
#[utoipa::path(
    tag = "reference",
    operation_id = "resolve_address",
    security(("token" = [])),
    request_body = AddressBody,
    responses((status = 200, description = "What the address says.", body = Resolution))
)]
#[post("/api/v1/regions/resolution", data = "<body>")]
async fn resolution(_program: Program, body: Body<AddressBody>) -> Result<Reply, Failure> {
    let (input, _) = body.input::<AddressBody>()?;
    let read = resolve(&AddressInput {
        country: &input.country,
        province: &input.province,
        city: &input.city,
        address: &input.address,
        name: "",
    });
    let resolution = match read {
        Outcome::Resolved(place) => {
            Resolution { resolved: true, place: place.into(), reason: None, candidates: Vec::new() }
        }
        Outcome::Unresolved { place, reason, candidates } => Resolution {
            resolved: false,
            place: place.into(),
            reason: Some(reason.key()),
            candidates: candidates.into_iter().map(PlaceDocument::from).collect(),
        },
    };
    Ok(Reply::ok(&resolution)?)
}
