//! Inspection figures for programs.

use rocket::{Route, State, get, routes};
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi};

use super::document::InspectionFigures;
use super::load;
use super::query::FiguresQuery;
use crate::access::{ApiMay, right};
use crate::api::{Failure, Query, Reply};
use crate::db::Db;

pub fn routes() -> Vec<Route> {
    routes![figures]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(figures),
    tags((name = "inspection-figures", description = "Inspections and findings in figures."))
)]
struct Operations;

/// The days, and how they are broken down.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PeriodQuery {
    /// The first day; that of the year when left out.
    #[param(value_type = Option<String>, format = Date, example = "2026-01-01")]
    from: Option<String>,
    /// The last day; that of the year when left out.
    #[param(value_type = Option<String>, format = Date, example = "2026-12-31")]
    to: Option<String>,
    /// The id of a region scheme; `cn-six` when left out.
    scheme: Option<String>,
}

/// Count inspections and findings of a period
///
/// Those of companies within the regions that the account may see. An inspection counts on the day of
/// its visit, or while there was none on the day that is planned; a finding on the day of the visit.
#[utoipa::path(
    tag = "inspection-figures",
    operation_id = "report_inspections",
    security(("token" = ["reports.read"])),
    params(PeriodQuery),
    responses((status = 200, description = "The figures.", body = InspectionFigures))
)]
#[get("/api/v1/reports/inspections")]
async fn figures(
    may: ApiMay<right::ReadReports>,
    db: &State<Db>,
    query: Query<PeriodQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let query = FiguresQuery {
        from: told(query.from),
        to: told(query.to),
        scheme: told(query.scheme),
        ..FiguresQuery::default()
    };
    let reply = db.read(move |c| {
        let asked = query.asked(c)?;
        Reply::ok(&InspectionFigures::of(&load(c, asked, may.scope())?))
    });
    Ok(reply.await?)
}

/// Left out is usual; empty is a slip.
fn told(text: Option<String>) -> Option<String> {
    text.map(|text| if text.is_empty() { "?".into() } else { text })
}
