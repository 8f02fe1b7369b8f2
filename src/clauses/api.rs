//! Clauses for programs.

use chrono::{DateTime, NaiveDate, Utc};
use rocket::{Route, State, get, routes};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::duties::{self, Duty, DutyKind};
use super::list::Phase;
use super::standing::{Published, published};
use super::{Clause, Status, Version, Whom, all, find, versions_of};
use crate::access::{ApiMay, right};
use crate::api::{Failure, Items, Reply};
use crate::db::Db;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![index, show]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(index, show),
    tags((name = "clauses", description = "What companies sign, and in which words exactly."))
)]
struct Operations;

/// Something that companies sign.
#[derive(Serialize, ToSchema)]
#[schema(as = Clause)]
struct ClauseDocument {
    id: String,
    /// What access standards call it.
    code: String,
    name_en: String,
    name_zh: String,
    /// The id of the version that counts today, or null.
    in_force_id: Option<String>,
    /// The id of the version to sign, which may count from a later day on, or null.
    to_sign_id: Option<String>,
    created_at: DateTime<Utc>,
}

/// A reason to sign a version that only some must sign.
#[derive(Serialize, ToSchema)]
#[schema(as = ClauseDuty)]
struct DutyDocument {
    #[schema(inline)]
    kind: DutyKind,
    /// The id of a category, the code of an area, or "" for whoever touches our data.
    subject: String,
}

/// A version of a clause.
#[derive(Serialize, ToSchema)]
#[schema(as = ClauseVersion)]
struct VersionDocument {
    id: String,
    /// 1, 2, 3… within the clause.
    version: i64,
    #[schema(inline)]
    status: Status,
    // Where it stands today.
    #[schema(inline)]
    standing: Phase,
    /// Markdown in its canonical form.
    text_en: String,
    text_zh: String,
    /// SHA-256 of the texts in UTF-8, in hexadecimal digits.
    sha256_en: String,
    sha256_zh: String,
    /// What is new in it.
    note: String,
    // Who must sign it.
    #[schema(inline)]
    whom: Whom,
    /// When only some must sign: those to whom any of these applies.
    duties: Vec<DutyDocument>,
    /// The first day on which it must have been signed; of a draft the planned one, or null.
    effective_from: Option<NaiveDate>,
    created_at: DateTime<Utc>,
    reviewed_at: Option<DateTime<Utc>>,
    published_at: Option<DateTime<Utc>>,
}

/// A clause with its versions.
#[derive(Serialize, ToSchema)]
#[schema(as = ClauseWithVersions)]
struct WholeDocument {
    clause: ClauseDocument,
    /// Newest first, drafts and discarded ones too.
    versions: Vec<VersionDocument>,
}

fn described(clause: Clause, published: &Published) -> ClauseDocument {
    let id_of = |one: &super::standing::InForce| one.version.id.clone();
    ClauseDocument {
        in_force_id: published.on(&clause.id, now().date()).map(id_of),
        to_sign_id: published.newest(&clause.id).map(id_of),
        id: clause.id,
        code: clause.code,
        name_en: clause.name_en,
        name_zh: clause.name_zh,
        created_at: clause.created_at.and_utc(),
    }
}

fn version(one: Version, duties: Vec<Duty>, published: &Published) -> VersionDocument {
    let duty = |one: Duty| DutyDocument { kind: one.kind, subject: one.subject };
    VersionDocument {
        standing: Phase::of(&one, published, now().date()),
        id: one.id,
        version: one.version,
        status: one.status,
        text_en: one.text_en,
        text_zh: one.text_zh,
        sha256_en: one.sha256_en,
        sha256_zh: one.sha256_zh,
        note: one.note,
        whom: one.whom,
        duties: duties.into_iter().map(duty).collect(),
        effective_from: one.effective_from,
        created_at: one.created_at.and_utc(),
        reviewed_at: one.reviewed_at.map(|at| at.and_utc()),
        published_at: one.published_at.map(|at| at.and_utc()),
    }
}

/// List clauses
///
/// All of them, in their order: a firm has some dozens at most, so there is one page.
#[utoipa::path(
    tag = "clauses",
    operation_id = "list_clauses",
    security(("token" = ["suppliers.read"])),
    responses((status = 200, description = "The clauses.", body = Items<ClauseDocument>))
)]
#[get("/api/v1/clauses")]
async fn index(_may: ApiMay<right::ReadSuppliers>, db: &State<Db>) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let published = published(c)?;
        let items = all(c)?.into_iter().map(|one| described(one, &published)).collect();
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}

/// Read a clause with its versions
#[utoipa::path(
    tag = "clauses",
    operation_id = "read_clause",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The clause's id.")),
    responses((status = 200, description = "The clause.", body = WholeDocument))
)]
#[get("/api/v1/clauses/<id>")]
async fn show(
    _may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let (clause, published, all) = (find(c, &id)?, published(c)?, versions_of(c, &id)?);
        let ids: Vec<&str> = all.iter().map(|one| one.id.as_str()).collect();
        let mut duties = duties::of_all(c, &ids)?;
        let described_version = |one: Version| {
            let duties = duties.remove(&one.id).unwrap_or_default();
            version(one, duties, &published)
        };
        let versions = all.into_iter().map(described_version).collect();
        Reply::ok(&WholeDocument { clause: described(clause, &published), versions })
    });
    Ok(reply.await?)
}
