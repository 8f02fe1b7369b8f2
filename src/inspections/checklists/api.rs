//! Checklists for programs.

use chrono::{DateTime, NaiveDate, Utc};
use rocket::{Route, State, get, routes};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::list;
use super::{
    Checklist, Item, Status, SubjectKind, Version, all, find, find_version, items_of, versions_of,
};
use crate::access::{ApiMay, right};
use crate::api::{Failure, Items, Reply};
use crate::db::Db;
use crate::inspections::{Kind, Severity};
use crate::values::now;
use crate::versions::{Phase, with_phases};

pub fn routes() -> Vec<Route> {
    routes![index, show, show_version]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(index, show, show_version),
    tags((name = "checklists", description = "What inspectors go through."))
)]
struct Operations;

/// Something that inspectors go through.
#[derive(Serialize, ToSchema)]
#[schema(as = Checklist)]
struct ChecklistDocument {
    id: String,
    code: String,
    // What inspections with it are for.
    #[schema(inline)]
    kind: Kind,
    name_en: String,
    name_zh: String,
    /// The id of the version that counts today, or null.
    in_force_id: Option<String>,
    created_at: DateTime<Utc>,
}

/// A version of a checklist.
#[derive(Serialize, ToSchema)]
#[schema(as = ChecklistVersion)]
struct VersionDocument {
    id: String,
    /// 1, 2, 3… within the checklist.
    version: i64,
    #[schema(inline)]
    status: Status,
    // Where it stands today.
    #[schema(inline)]
    standing: Phase,
    /// What is new in it.
    note: String,
    /// The first day on which it counts; of a draft the planned one, or null.
    effective_from: Option<NaiveDate>,
    created_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
}

/// A question of a checklist.
#[derive(Serialize, ToSchema)]
#[schema(as = ChecklistItem)]
struct ItemDocument {
    id: String,
    /// The same from version to version.
    code: String,
    section_en: String,
    section_zh: String,
    question_en: String,
    question_zh: String,
    /// What to look at, whom to ask, which evidence to take.
    guidance_en: String,
    guidance_zh: String,
    // What breaking it is usually held for.
    #[schema(inline)]
    severity: Severity,
    // What it tests beside itself; "" for nothing.
    #[schema(inline)]
    subject_kind: SubjectKind,
    /// The code of the indicator or the clause that it tests, or "".
    subject: String,
}

/// A checklist with its versions.
#[derive(Serialize, ToSchema)]
#[schema(as = ChecklistWithVersions)]
struct WholeDocument {
    checklist: ChecklistDocument,
    /// Newest first, drafts and discarded ones too.
    versions: Vec<VersionDocument>,
}

/// A version with its items.
#[derive(Serialize, ToSchema)]
#[schema(as = ChecklistVersionWithItems)]
struct FullDocument {
    checklist: ChecklistDocument,
    version: VersionDocument,
    /// In their order.
    items: Vec<ItemDocument>,
}

fn described(one: Checklist, versions: &[(Version, Phase)]) -> ChecklistDocument {
    let in_force = versions.iter().find(|(_, phase)| *phase == Phase::InForce);
    ChecklistDocument {
        in_force_id: in_force.map(|(version, _)| version.id.clone()),
        id: one.id,
        code: one.code,
        kind: one.kind,
        name_en: one.name_en,
        name_zh: one.name_zh,
        created_at: one.created_at.and_utc(),
    }
}

fn version((one, standing): (Version, Phase)) -> VersionDocument {
    VersionDocument {
        id: one.id,
        version: one.version,
        status: one.status,
        standing,
        note: one.note,
        effective_from: one.effective_from,
        created_at: one.created_at.and_utc(),
        published_at: one.published_at.map(|at| at.and_utc()),
    }
}

fn item(one: Item) -> ItemDocument {
    ItemDocument {
        id: one.id,
        code: one.code,
        section_en: one.section_en,
        section_zh: one.section_zh,
        question_en: one.question_en,
        question_zh: one.question_zh,
        guidance_en: one.guidance_en,
        guidance_zh: one.guidance_zh,
        severity: one.severity,
        subject_kind: one.subject_kind,
        subject: one.subject,
    }
}

/// List checklists
///
/// All of them, in their order: a firm has some dozens at most, so there is one page.
#[utoipa::path(
    tag = "checklists",
    operation_id = "list_checklists",
    security(("token" = ["suppliers.read"])),
    responses((status = 200, description = "The checklists.", body = Items<ChecklistDocument>))
)]
#[get("/api/v1/checklists")]
async fn index(_may: ApiMay<right::ReadSuppliers>, db: &State<Db>) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let versions = list::standing(c, now().date())?;
        let one = |one: Checklist| {
            let own = versions.get(&one.id).map_or(&[][..], Vec::as_slice);
            described(one, own)
        };
        let items = all(c)?.into_iter().map(one).collect();
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}

/// Read a checklist with its versions
#[utoipa::path(
    tag = "checklists",
    operation_id = "read_checklist",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The checklist's id.")),
    responses((status = 200, description = "The checklist.", body = WholeDocument))
)]
#[get("/api/v1/checklists/<id>")]
async fn show(
    _may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let checklist = find(c, &id)?;
        let versions = with_phases(versions_of(c, &id)?, now().date());
        let checklist = described(checklist, &versions);
        let versions = versions.into_iter().map(version).collect();
        Reply::ok(&WholeDocument { checklist, versions })
    });
    Ok(reply.await?)
}

/// Read a version of a checklist with its items
#[utoipa::path(
    tag = "checklists",
    operation_id = "read_checklist_version",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The version's id.")),
    responses((status = 200, description = "The version.", body = FullDocument))
)]
#[get("/api/v1/checklist-versions/<id>")]
async fn show_version(
    _may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let (found, checklist) = find_version(c, &id)?;
        let versions = with_phases(versions_of(c, &checklist.id)?, now().date());
        let checklist = described(checklist, &versions);
        let phase = versions.iter().find(|(one, _)| one.id == found.id).map(|(_, phase)| *phase);
        let phase = phase.unwrap_or(Phase::Discarded);
        let items = items_of(c, &id)?.into_iter().map(item).collect();
        Reply::ok(&FullDocument { checklist, version: version((found, phase)), items })
    });
    Ok(reply.await?)
}
