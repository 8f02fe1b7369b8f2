//! Imports for programs: a list comes in, is read, looked over, confirmed and undone.

mod decisions;
mod documents;
mod reading;
mod upload;

use rocket::Route;
use utoipa::OpenApi;

use crate::access::{ApiMay, right};

type By = ApiMay<right::ImportSuppliers>;

pub fn routes() -> Vec<Route> {
    [upload::routes(), reading::routes(), decisions::routes()].concat()
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(
        upload::upload,
        reading::one,
        reading::list_rows,
        decisions::confirmation,
        decisions::discarding,
        decisions::undoing,
    ),
    tags((name = "imports", description = "Lists of suppliers that come in."))
)]
struct Operations;

/// The address of an import.
fn address(id: &str) -> String {
    format!("/api/v1/imports/{id}")
}
