//! Certificates for programs.

mod deciding;
mod documents;
mod reading;
mod recording;

use rocket::Route;
use utoipa::OpenApi;

use crate::api::Failure;
use crate::error::{Error, Problems};

pub fn routes() -> Vec<Route> {
    [reading::routes(), recording::routes(), deciding::routes()].concat()
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(
        reading::index,
        reading::one,
        reading::of_supplier,
        recording::record_one,
        deciding::accept_one,
        deciding::give_one_back,
        deciding::refuse_one,
        deciding::withdraw_one,
    ),
    tags((name = "certificates", description = "What companies hold from others, until when, and how it was checked."))
)]
struct Operations;

/// The address of a certificate.
fn address(id: &str) -> String {
    format!("/api/v1/certificates/{id}")
}

/// Fields of the pages' forms, and what programs call them.
const NAMES: &[(&str, &str)] = &[
    ("certificate_type", "type"),
    ("certificate_number", "number"),
    ("certificate_scope", "scope"),
    ("certificate_holder", "holder"),
    ("certificate_site", "site_id"),
    ("first_day", "valid_from"),
    ("last_day", "valid_to"),
    ("no_end", "valid_to"),
    ("document", "document_id"),
    ("file", "document_id"),
    ("renews", "renews_id"),
    ("check_method", "method"),
    ("check_note", "note"),
    ("return_comment", "comment"),
    ("refusal_reason", "reason"),
    ("withdrawal_reason", "reason"),
];

/// Problems that name the fields as programs do.
fn named(error: Error) -> Error {
    match error {
        Error::Invalid(mut problems) => {
            name(&mut problems);
            Error::Invalid(problems)
        }
        other => other,
    }
}

/// [`named`] for what is wrong with a body.
fn named_failure(failure: Failure) -> Failure {
    match failure {
        Failure::Of(error) => Failure::Of(named(error)),
        other => other,
    }
}

fn name(problems: &mut Problems) {
    for problem in &mut problems.0 {
        if let Some((_, name)) = NAMES.iter().find(|(field, _)| *field == problem.field) {
            problem.field = name.to_string();
        }
    }
}
