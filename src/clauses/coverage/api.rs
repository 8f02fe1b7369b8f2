//! Coverage for programs.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use rocket::{Route, State, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::count::{self, Line};
use super::narrowed::Wanted;
use super::query::CoverageQuery;
use super::rows::{self, Row};
use super::{DayCache, Figures};
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::clauses::standing::Standing;
use crate::db::Db;

pub fn routes() -> Vec<Route> {
    routes![figures, companies]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(figures, companies),
    tags((name = "clauses", description = "What companies sign, and who has signed."))
)]
struct Operations;

/// The day, and how it is broken down.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FiguresQuery {
    /// The day whose end is counted, UTC; today when left out.
    #[param(value_type = Option<String>, format = Date, example = "2026-12-31")]
    on: Option<String>,
    /// The id of a region scheme; `cn-six` when left out.
    scheme: Option<String>,
}

/// How many companies stand how to a clause.
#[derive(Serialize, ToSchema)]
#[schema(as = CoverageFigures)]
struct FiguresDocument {
    companies: i64,
    /// Those who must have signed the version in force.
    asked: i64,
    /// Those who have signed it.
    signed: i64,
    /// Those of them who need not have.
    voluntary: i64,
    must_sign: i64,
    /// They have signed an earlier version.
    must_sign_again: i64,
    excepted: i64,
    not_asked: i64,
    /// Percent of those who must that have signed, rounded down to one decimal; null where nobody must.
    signed_percent: Option<f64>,
}

impl From<Figures> for FiguresDocument {
    fn from(one: Figures) -> FiguresDocument {
        FiguresDocument {
            companies: one.companies,
            asked: one.asked,
            signed: one.signed,
            voluntary: one.voluntary,
            must_sign: one.must_sign,
            must_sign_again: one.must_sign_again,
            excepted: one.excepted,
            not_asked: one.not_asked,
            signed_percent: one.tenths().map(|tenths| tenths as f64 / 10.0),
        }
    }
}

/// A region of the scheme.
#[derive(Serialize, ToSchema)]
struct CoverageRegion {
    /// `outside` or `unresolved` for the rest.
    code: String,
    figures: FiguresDocument,
}

/// How many companies have signed a version last.
#[derive(Serialize, ToSchema)]
struct CoverageVersion {
    /// 0 for those who have signed none.
    version: i64,
    companies: i64,
}

/// A clause.
#[derive(Serialize, ToSchema)]
struct ClauseCoverage {
    #[schema(example = "anti_bribery")]
    code: String,
    name_en: String,
    name_zh: String,
    /// The version in force on the day.
    version: Option<i64>,
    figures: FiguresDocument,
    /// In the order of the scheme.
    regions: Vec<CoverageRegion>,
    /// The newest first.
    versions: Vec<CoverageVersion>,
}

/// Coverage at the end of a day.
#[derive(Serialize, ToSchema)]
struct Coverage {
    on: NaiveDate,
    scheme: String,
    scheme_version: String,
    clauses: Vec<ClauseCoverage>,
}

/// Count who has signed which clause
///
/// Companies that were introduced or suspended at the end of the day, within the regions that the
/// account may see.
#[utoipa::path(
    tag = "clauses",
    operation_id = "clause_coverage",
    security(("token" = ["suppliers.read"])),
    params(FiguresQuery),
    responses((status = 200, description = "The figures.", body = Coverage))
)]
#[get("/api/v1/clause-coverage")]
async fn figures(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    query: Query<FiguresQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let cache = cache.inner().clone();
    let query = CoverageQuery {
        on: told(query.on),
        scheme: told(query.scheme),
        ..CoverageQuery::default()
    };
    let reply = db.read(move |c| {
        let about = query.about(c, &cache)?;
        let asked = query.narrow(&about, may.scope())?;
        let (all, regions) = (count::by_clause(&asked), count::by_region(&asked));
        let versions = count::by_version(&asked);
        let clause = |(at, place): (usize, &usize)| {
            let clause = &about.day.published.clauses[*place];
            let region = |line: &Line<String>| CoverageRegion {
                code: line.what.clone(),
                figures: line.figures[at].into(),
            };
            let held = versions.iter().filter(|one| one.clause == *place);
            let held =
                held.map(|one| CoverageVersion { version: one.version, companies: one.companies });
            ClauseCoverage {
                code: clause.code.clone(),
                name_en: clause.name_en.clone(),
                name_zh: clause.name_zh.clone(),
                version: about.day.in_force(*place).map(|one| one.version.version),
                figures: all[at].into(),
                regions: regions.iter().map(region).collect(),
                versions: held.collect(),
            }
        };
        Reply::ok(&Coverage {
            on: about.day.on,
            scheme: about.scheme.id.clone(),
            scheme_version: about.scheme.version.clone(),
            clauses: asked.clauses.iter().enumerate().map(clause).collect(),
        })
    });
    Ok(reply.await?)
}

/// Left out is nothing; empty is a slip.
fn told(text: Option<String>) -> Option<String> {
    text.map(|text| if text.is_empty() { "?".into() } else { text })
}

/// Which companies and clauses are listed.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CompaniesQuery {
    /// Code of a clause; all when left out.
    clause: Option<String>,
    /// The day whose end is asked about, UTC; today when left out.
    #[param(value_type = Option<String>, format = Date, example = "2026-12-31")]
    on: Option<String>,
    /// All when left out.
    #[param(value_type = Option<Wanted>, inline)]
    standing: Option<String>,
    /// The id of a region scheme; `cn-six` when left out.
    scheme: Option<String>,
    /// Code of a region of the scheme, `outside` or `unresolved`.
    region: Option<String>,
    /// Id of a category: it and those below it.
    category: Option<String>,
    /// Id of the company at the top of a group.
    group: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows on a page, 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// A company and a clause.
#[derive(Serialize, ToSchema)]
struct CoverageRow {
    supplier_id: String,
    #[schema(example = "S-000123")]
    supplier_code: String,
    /// As at the day.
    supplier_name: String,
    /// Code of the clause.
    clause: String,
    #[schema(inline)]
    standing: Standing,
    /// The newest version with a signature that counts.
    held_version: Option<i64>,
    signed_at: Option<DateTime<Utc>>,
    asked_at: Option<DateTime<Utc>>,
    /// Whether anybody of the company can sign in today.
    has_account: bool,
}

/// List who has signed which clause
///
/// By number, each company with each clause.
#[utoipa::path(
    tag = "clauses",
    operation_id = "list_clause_coverage",
    security(("token" = ["suppliers.read"])),
    params(CompaniesQuery),
    responses((status = 200, description = "A page of the list.", body = Items<CoverageRow>))
)]
#[get("/api/v1/clause-coverage/companies")]
async fn companies(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    query: Query<CompaniesQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let (limit, after) = (api::limit(&query.limit)?, api::from_cursor(&query.cursor)?);
    let cache = cache.inner().clone();
    let query = CoverageQuery {
        clause: told(query.clause),
        on: told(query.on),
        scheme: told(query.scheme),
        region: told(query.region),
        category: told(query.category),
        group: told(query.group),
        standing: told(query.standing),
        version: None,
        after: None,
    };
    let reply = db.read(move |c| {
        let about = query.about(c, &cache)?;
        let asked = query.narrow(&about, may.scope())?;
        let (rows, next) = rows::page(c, &asked, after.as_ref(), limit)?;
        let row = |row: Row| CoverageRow {
            supplier_id: row.company.id.clone(),
            supplier_code: row.company.code(),
            supplier_name: row.company.legal_name.clone(),
            clause: about.day.published.clauses[row.clause].code.clone(),
            standing: row.cell.standing,
            held_version: row.cell.held,
            signed_at: row.signed_at.as_ref().map(NaiveDateTime::and_utc),
            asked_at: row.asked_at.as_ref().map(NaiveDateTime::and_utc),
            has_account: row.has_account,
        };
        let items: Vec<CoverageRow> = rows.into_iter().map(row).collect();
        Reply::ok(&Items { items, next_cursor: next.map(|cursor| cursor.encode()) })
    });
    Ok(reply.await?)
}
