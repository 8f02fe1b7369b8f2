//! Signatures for programs, and how a company stands to each clause.

use chrono::{DateTime, NaiveDate, Utc};
use rocket::{Route, State, get, routes};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::{Method, Signed, find_within, of};
use crate::access::{ApiMay, right};
use crate::api::{Failure, Items, Reply};
use crate::clauses::standing::{self, Standing};
use crate::db::Db;
use crate::suppliers::{code_of, find};
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![of_supplier, one, standings]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(of_supplier, one, standings),
    tags((name = "signatures", description = "Who has signed which clause, with proof."))
)]
struct Operations;

/// A signature under a version of a clause. It never changes; it may be declared void.
#[derive(Serialize, ToSchema)]
#[schema(as = Signature)]
struct SignatureDocument {
    id: String,
    /// Its number in the chain of all signatures.
    number: i64,
    /// The company that it belongs to today.
    supplier_id: String,
    /// Number and name of the company at that time.
    #[schema(example = "S-000012")]
    company_number: String,
    company_name: String,
    /// The code of the clause.
    #[schema(example = "anti_bribery")]
    clause: String,
    version: i64,
    version_id: String,
    #[schema(inline)]
    method: Method,
    /// The language of the text that was signed.
    language: String,
    /// SHA-256 of exactly that text.
    text_sha256: String,
    name: String,
    title: String,
    /// What the right to sign rests on.
    authority: String,
    signed_at: DateTime<Utc>,
    /// The day that stands on a paper.
    paper_date: Option<NaiveDate>,
    /// SHA-256 of the receipt of the signature before it.
    previous_hash: String,
    /// SHA-256 of its receipt.
    hash: String,
    key_id: String,
    /// From when on it counts no more.
    voided_at: Option<DateTime<Utc>>,
    void_reason: Option<String>,
}

/// A signature with its receipt.
#[derive(Serialize, ToSchema)]
#[schema(as = SignatureWithReceipt)]
struct WithReceipt {
    #[serde(flatten)]
    signature: SignatureDocument,
    /// JWS (RFC 7515) with EdDSA over every fact of the signature.
    receipt: String,
}

/// How a company stands to a clause today.
#[derive(Serialize, ToSchema)]
#[schema(as = ClauseStanding)]
struct StandingDocument {
    #[schema(example = "anti_bribery")]
    clause: String,
    name_en: String,
    name_zh: String,
    #[schema(inline)]
    standing: Standing,
    /// The version that counts today.
    version: Option<i64>,
    /// The version that companies sign: the newest published one.
    version_to_sign: Option<i64>,
}

impl From<Signed> for SignatureDocument {
    fn from(signed: Signed) -> SignatureDocument {
        let one = signed.signature;
        SignatureDocument {
            id: one.id,
            number: one.sequence,
            supplier_id: signed.holder,
            company_number: code_of(one.company_number),
            company_name: one.company_name,
            clause: signed.clause.code,
            version: signed.version.version,
            version_id: one.version_id,
            method: one.method,
            language: one.language,
            text_sha256: one.text_sha256,
            name: one.typed_name,
            title: one.typed_title,
            authority: one.authority,
            signed_at: one.signed_at.and_utc(),
            paper_date: one.paper_date,
            previous_hash: one.previous_hash,
            hash: one.hash,
            key_id: one.key_id,
            voided_at: signed.void.as_ref().map(|void| void.voided_at.and_utc()),
            void_reason: signed.void.map(|void| void.reason),
        }
    }
}

/// List the signatures of a supplier
#[utoipa::path(
    tag = "signatures",
    operation_id = "list_signatures",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id.")),
    responses((status = 200, description = "Newest first, at most 500, void ones too.", body = Items<SignatureDocument>))
)]
#[get("/api/v1/suppliers/<id>/signatures")]
async fn of_supplier(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        find(c, may.scope(), &id)?;
        let items = of(c, &id)?.into_iter().map(SignatureDocument::from).collect();
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}

/// Read a signature
#[utoipa::path(
    tag = "signatures",
    operation_id = "get_signature",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The signature's id.")),
    responses((status = 200, description = "The signature with its receipt.", body = WithReceipt))
)]
#[get("/api/v1/signatures/<id>")]
async fn one(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let signed = find_within(c, may.scope(), &id)?;
        let receipt = signed.signature.receipt.clone();
        Reply::ok(&WithReceipt { signature: signed.into(), receipt })
    });
    Ok(reply.await?)
}

/// Read how a supplier stands to each clause
#[utoipa::path(
    tag = "signatures",
    operation_id = "list_clause_standings",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id.")),
    responses((status = 200, description = "Every clause, in their order.", body = Items<StandingDocument>))
)]
#[get("/api/v1/suppliers/<id>/clauses")]
async fn standings(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        find(c, may.scope(), &id)?;
        let (published, today) = (standing::published(c)?, now().date());
        let company = standing::load(c, &[&id])?.remove(&id).unwrap_or_default();
        let standing = |clause: &crate::clauses::Clause| StandingDocument {
            clause: clause.code.clone(),
            name_en: clause.name_en.clone(),
            name_zh: clause.name_zh.clone(),
            standing: company.standing(&published, &clause.id, today),
            version: published.on(&clause.id, today).map(|one| one.version.version),
            version_to_sign: published.newest(&clause.id).map(|one| one.version.version),
        };
        let items = published.clauses.iter().map(standing).collect();
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}
