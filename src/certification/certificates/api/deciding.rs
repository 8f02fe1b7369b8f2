//! What is decided about a certificate that somebody else handed in.

use rocket::{Route, State, post, routes};

use super::documents::{AcceptanceBody, CertificateDocument, ReasonBody, ReturnBody};
use super::{named, named_failure};
use crate::access::{ApiMay, right};
use crate::api::{Body, Failure, Reply};
use crate::certification::certificates::{
    AcceptanceInput, Certificate, RefusalInput, ReturnInput, WithdrawalInput, accept, give_back,
    refuse, withdraw,
};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![accept_one, give_one_back, refuse_one, withdraw_one]
}

/// The certificate as it is after a decision.
async fn decided<W>(db: &Db, work: W) -> Result<Reply, Failure>
where
    W: FnOnce(&mut AnyConnection) -> Result<Certificate, Error> + Send + 'static,
{
    let reply = db.write(move |c| {
        let certificate = work(c).map_err(named)?;
        Reply::ok(&CertificateDocument::from(certificate))
    });
    Ok(reply.await?)
}

/// Accept a certificate
///
/// Only what somebody else recorded, and only while it waits.
#[utoipa::path(
    tag = "certificates",
    operation_id = "accept_certificate",
    security(("token" = ["certification.audit"])),
    params(("id" = String, Path, description = "The certificate's id.")),
    request_body = AcceptanceBody,
    responses((status = 200, description = "Accepted.", body = CertificateDocument))
)]
#[post("/api/v1/certificates/<id>/acceptance", data = "<body>")]
pub(super) async fn accept_one(
    may: ApiMay<right::AuditCertification>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    body: Body<AcceptanceBody>,
) -> Result<Reply, Failure> {
    let (input, _) = body.input::<AcceptanceInput>().map_err(named_failure)?;
    let vault = vault.inner().clone();
    decided(db, move |c| accept(c, &may, &vault, &id, &input)).await
}

/// Ask for a better copy of a certificate
#[utoipa::path(
    tag = "certificates",
    operation_id = "return_certificate",
    security(("token" = ["certification.audit"])),
    params(("id" = String, Path, description = "The certificate's id.")),
    request_body = ReturnBody,
    responses((status = 200, description = "Asked for.", body = CertificateDocument))
)]
#[post("/api/v1/certificates/<id>/return", data = "<body>")]
pub(super) async fn give_one_back(
    may: ApiMay<right::AuditCertification>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    body: Body<ReturnBody>,
) -> Result<Reply, Failure> {
    let (input, _) = body.input::<ReturnInput>().map_err(named_failure)?;
    let vault = vault.inner().clone();
    decided(db, move |c| give_back(c, &may, &vault, &id, &input)).await
}

/// Refuse a certificate
#[utoipa::path(
    tag = "certificates",
    operation_id = "refuse_certificate",
    security(("token" = ["certification.audit"])),
    params(("id" = String, Path, description = "The certificate's id.")),
    request_body = ReasonBody,
    responses((status = 200, description = "Refused.", body = CertificateDocument))
)]
#[post("/api/v1/certificates/<id>/refusal", data = "<body>")]
pub(super) async fn refuse_one(
    may: ApiMay<right::AuditCertification>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    body: Body<ReasonBody>,
) -> Result<Reply, Failure> {
    let (input, _) = body.input::<RefusalInput>().map_err(named_failure)?;
    let vault = vault.inner().clone();
    decided(db, move |c| refuse(c, &may, &vault, &id, &input)).await
}

/// Withdraw an accepted certificate
///
/// Certifications that rest on it are suspended.
#[utoipa::path(
    tag = "certificates",
    operation_id = "withdraw_certificate",
    security(("token" = ["certification.decide"])),
    params(("id" = String, Path, description = "The certificate's id.")),
    request_body = ReasonBody,
    responses((status = 200, description = "Withdrawn.", body = CertificateDocument))
)]
#[post("/api/v1/certificates/<id>/withdrawal", data = "<body>")]
pub(super) async fn withdraw_one(
    may: ApiMay<right::DecideCertification>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    body: Body<ReasonBody>,
) -> Result<Reply, Failure> {
    let (input, _) = body.input::<WithdrawalInput>().map_err(named_failure)?;
    let vault = vault.inner().clone();
    decided(db, move |c| withdraw(c, &may, &vault, &id, &input)).await
}
