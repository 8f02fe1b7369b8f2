//! The report by region for programs.

use std::sync::Arc;

use chrono::NaiveDate;
use rocket::{State, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::{ApiMay, right};
use crate::api::{Failure, Query, Reply};
use crate::db::Db;
use crate::error::Error;
use crate::reports::query::ReportQuery;
use crate::reports::regions::{Count, DayCache, by_region};

/// What is counted, and as at which day.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RegionsQuery {
    /// The day whose end is counted, UTC; today when left out.
    #[param(value_type = Option<String>, format = Date, example = "2021-12-31")]
    as_at: Option<String>,
    /// The id of a region scheme; `cn-six` when left out.
    scheme: Option<String>,
    /// `suppliers` when left out.
    #[param(value_type = Option<Count>, inline)]
    count: Option<String>,
}

/// Suppliers by region (HKEX KPI B5.1). Each that counts is in one row, outside or unresolved.
#[derive(Serialize, ToSchema)]
#[schema(as = RegionReport)]
struct ReportDocument {
    as_at: NaiveDate,
    scheme: String,
    scheme_version: String,
    count: Count,
    /// In the order of the scheme.
    rows: Vec<ReportRow>,
    /// In places that the scheme does not cover.
    outside: i64,
    /// In places that are not known well enough.
    unresolved: i64,
    total: i64,
    /// By area, where there are any.
    areas: Vec<AreaRow>,
}

/// A region of the report.
#[derive(Serialize, ToSchema)]
struct ReportRow {
    code: String,
    name_en: String,
    name_zh: String,
    number: i64,
}

/// An area of the report.
#[derive(Serialize, ToSchema)]
struct AreaRow {
    /// A province (GB/T 2260) or a country (ISO 3166-1 alpha-2), "" when unknown.
    area: String,
    number: i64,
}

/// Count suppliers by region
///
/// Within the regions that the account may see.
#[utoipa::path(
    tag = "reports",
    operation_id = "report_regions",
    security(("token" = ["reports.read"])),
    params(RegionsQuery),
    responses((status = 200, description = "The report.", body = ReportDocument))
)]
#[get("/api/v1/reports/regions")]
pub(super) async fn regions(
    may: ApiMay<right::ReadReports>,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    query: Query<RegionsQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let cache = cache.inner().clone();
    // Left out is today; empty is a slip.
    let given = |text: Option<String>| text.map(|t| if t.is_empty() { "?".into() } else { t });
    let asked = ReportQuery {
        as_at: given(query.as_at),
        scheme: given(query.scheme),
        count: given(query.count),
        ..ReportQuery::default()
    };
    let reply = db.read(move |c| {
        let (subject, _) = asked.check(c)?.map_err(Error::Invalid)?;
        let (scheme, day, count) = (&subject.scheme, subject.as_at, subject.count);
        let report = by_region(c, &cache, scheme, day, count, may.scope())?;
        let rows = report.rows.into_iter().map(|line| ReportRow {
            code: line.code,
            name_en: line.name_en,
            name_zh: line.name_zh,
            number: line.suppliers,
        });
        let areas = report.areas.into_iter().map(|(area, number)| AreaRow { area, number });
        Reply::ok(&ReportDocument {
            as_at: day,
            scheme: scheme.id.clone(),
            scheme_version: scheme.version.clone(),
            count,
            rows: rows.collect(),
            outside: report.outside,
            unresolved: report.unresolved,
            total: report.total,
            areas: areas.collect(),
        })
    });
    Ok(reply.await?)
}
