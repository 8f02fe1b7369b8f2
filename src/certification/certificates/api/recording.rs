//! A certificate is recorded on a document that is there.

use rocket::{Route, State, post, routes};

use super::documents::{CertificateBody, CertificateDocument};
use super::{address, named, named_failure};
use crate::access::{ApiMay, right};
use crate::api::{self, Body, Failure, Reply};
use crate::certification::certificates::{CertificateInput, Recorder, record};
use crate::db::Db;

pub(super) fn routes() -> Vec<Route> {
    routes![record_one]
}

/// Record a certificate
///
/// Somebody else checks it before it counts.
#[utoipa::path(
    tag = "certificates",
    operation_id = "record_certificate",
    security(("token" = ["certification.write"])),
    params(
        ("id" = String, Path, description = "The supplier's id."),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same body within 24 hours, the request gives the same answer and records nothing more.", max_length = 200, pattern = "^[!-~]+$"),
    ),
    request_body = CertificateBody,
    responses((status = 201, description = "Recorded.", body = CertificateDocument, headers(
        ("Location" = String, description = "The certificate."),
    )))
)]
#[post("/api/v1/suppliers/<id>/certificates", data = "<body>")]
pub(super) async fn record_one(
    may: ApiMay<right::EditCertification>,
    db: &State<Db>,
    id: String,
    body: Body<CertificateBody>,
) -> Result<Reply, Failure> {
    let (input, request) = body.input::<CertificateInput>().map_err(named_failure)?;
    let actor = may.actor().clone();
    api::once(db, &actor, request, move |c| {
        let certificate = record(c, &Recorder::Staff(&may), &id, &input).map_err(named)?;
        Reply::created(address(&certificate.id), &CertificateDocument::from(certificate))
    })
    .await
}
