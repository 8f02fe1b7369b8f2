//! Standards of punishments for programs.

use chrono::{DateTime, NaiveDate, Utc};
use rocket::{Route, State, get, routes};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::{Standard, Status, Version, find, in_force, standards_of, versions};
use crate::access::{ApiMay, right};
use crate::api::{Failure, Reply};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::Severity;
use crate::punishments::body::Body;
use crate::punishments::{Measure, Orders, Reach, Release};
use crate::values::now;
use crate::versions::{Phase, with_phases};

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
    tags((name = "punishment-standards", description = "What follows from which wrong."))
)]
struct Operations;

/// A version of the standards.
#[derive(Serialize, ToSchema)]
#[schema(as = PunishmentStandardVersion)]
struct VersionDocument {
    id: String,
    /// 1, 2, 3…
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

/// What follows from a violation of a severity.
#[derive(Serialize, ToSchema)]
#[schema(as = PunishmentStandard)]
struct StandardDocument {
    id: String,
    /// The code of the violation, the same from version to version.
    violation: String,
    name_en: String,
    name_zh: String,
    #[schema(inline)]
    severity: Severity,
    #[schema(inline)]
    measure: Measure,
    /// What belongs to the measure beside its name, "" for nothing.
    measure_note_en: String,
    measure_note_zh: String,
    /// Months, at least; 0 where the measure has no term.
    term_from: i64,
    /// Months, at most; null where the measure may have no end.
    term_to: Option<i64>,
    // Whom of a company's group it may hold.
    #[schema(inline)]
    reach: Reach,
    // What happens to orders.
    #[schema(inline)]
    orders: Orders,
    /// Whether access to data ends.
    bars_data: bool,
    // Who decides.
    #[schema(inline)]
    body: Body,
    /// Days from the proposal to the notice.
    notice_days: i64,
    /// Days from the notice to the end of the reply.
    reply_days: i64,
    /// Days from the decision to the end of appeals.
    appeal_days: i64,
    /// Days of an interim measure, at most; 0 where there is none.
    interim_days: i64,
    // When it may end before its last day.
    #[schema(inline)]
    release: Release,
    /// Whether the company is certified anew before it is ordered from again.
    recertifies: bool,
    /// Points off the score.
    points: i64,
}

/// The version in force today, with its standards.
#[derive(Serialize, ToSchema)]
#[schema(as = PunishmentStandardsInForce)]
struct CurrentDocument {
    /// Null while no version is in force.
    version: Option<VersionDocument>,
    /// In their order.
    standards: Vec<StandardDocument>,
}

/// A version with its standards.
#[derive(Serialize, ToSchema)]
#[schema(as = PunishmentStandards)]
struct WholeDocument {
    version: VersionDocument,
    /// In their order.
    standards: Vec<StandardDocument>,
}

fn version_document(c: &mut AnyConnection, version: Version) -> Result<VersionDocument, Error> {
    let all = with_phases(versions(c)?, now().date());
    let own = all.iter().find(|(one, _)| one.id == version.id);
    Ok(VersionDocument {
        standing: own.map_or(Phase::Discarded, |(_, phase)| *phase),
        id: version.id,
        version: version.version,
        status: version.status,
        note: version.note,
        effective_from: version.effective_from,
        created_at: version.created_at.and_utc(),
        published_at: version.published_at.map(|at| at.and_utc()),
    })
}

fn documents(c: &mut AnyConnection, version_id: &str) -> Result<Vec<StandardDocument>, Error> {
    Ok(standards_of(c, version_id)?.into_iter().map(standard).collect())
}

fn standard(one: Standard) -> StandardDocument {
    StandardDocument {
        id: one.id,
        violation: one.violation,
        name_en: one.name_en,
        name_zh: one.name_zh,
        severity: one.severity,
        measure: one.measure,
        measure_note_en: one.measure_note_en,
        measure_note_zh: one.measure_note_zh,
        term_from: one.term_from,
        term_to: one.term_to,
        reach: one.reach,
        orders: one.orders,
        bars_data: one.bars_data,
        body: one.body,
        notice_days: one.notice_days,
        reply_days: one.reply_days,
        appeal_days: one.appeal_days,
        interim_days: one.interim_days,
        release: one.release,
        recertifies: one.recertifies,
        points: one.points,
    }
}

/// Read the standards in force
///
/// The version that counts today, with all its standards: a firm has some dozens, so there is one page.
#[utoipa::path(
    tag = "punishment-standards",
    operation_id = "read_punishment_standards",
    security(("token" = ["punishments.read"])),
    responses((status = 200, description = "The standards.", body = CurrentDocument))
)]
#[get("/api/v1/punishment-standards")]
async fn index(_may: ApiMay<right::ReadPunishments>, db: &State<Db>) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let Some(version) = in_force(c, now().date())? else {
            return Reply::ok(&CurrentDocument { version: None, standards: Vec::new() });
        };
        let standards = documents(c, &version.id)?;
        let version = Some(version_document(c, version)?);
        Reply::ok(&CurrentDocument { version, standards })
    });
    Ok(reply.await?)
}

/// Read a version of the standards
///
/// Drafts and versions that were replaced too: a case keeps the standard of the day of the deed.
#[utoipa::path(
    tag = "punishment-standards",
    operation_id = "read_punishment_standard_version",
    security(("token" = ["punishments.read"])),
    params(("id" = String, Path, description = "The version's id.")),
    responses((status = 200, description = "The version.", body = WholeDocument))
)]
#[get("/api/v1/punishment-standards/<id>")]
async fn show(
    _may: ApiMay<right::ReadPunishments>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let version = find(c, &id)?;
        let standards = documents(c, &id)?;
        Reply::ok(&WholeDocument { version: version_document(c, version)?, standards })
    });
    Ok(reply.await?)
}
