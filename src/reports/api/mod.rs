//! The reports for programs.

mod clearance;
mod regions;

use rocket::{Route, routes};
use utoipa::OpenApi;

pub fn routes() -> Vec<Route> {
    routes![regions::regions, clearance::clearance]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(regions::regions, clearance::clearance),
    tags((name = "reports", description = "The figures that a listed company publishes."))
)]
struct Operations;
