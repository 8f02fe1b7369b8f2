//! Figures of punishments for programs.

use rocket::{Route, State, get, routes};
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi};

use super::document::PunishmentFigures;
use super::load;
use super::query::CasesQuery;
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
    tags((name = "punishment-figures", description = "Cases of punishment in figures."))
)]
struct Operations;

/// The days, and how they are broken down.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DaysQuery {
    /// The first day; that of the year when left out.
    #[param(value_type = Option<String>, format = Date, example = "2026-01-01")]
    from: Option<String>,
    /// The last day; that of the year when left out.
    #[param(value_type = Option<String>, format = Date, example = "2026-12-31")]
    to: Option<String>,
    /// The id of a region scheme; `cn-six` when left out.
    scheme: Option<String>,
}

/// Count the cases of punishment of a period
///
/// Those of companies within the regions that the account may see. A case counts on the day on which it
/// was proposed, in the region in which the company was then.
#[utoipa::path(
    tag = "punishment-figures",
    operation_id = "report_punishments",
    security(("token" = ["punishments.read"])),
    params(DaysQuery),
    responses((status = 200, description = "The figures.", body = PunishmentFigures))
)]
#[get("/api/v1/reports/punishments")]
async fn figures(
    may: ApiMay<right::ReadPunishments>,
    db: &State<Db>,
    query: Query<DaysQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let query = CasesQuery {
        from: told(query.from),
        to: told(query.to),
        scheme: told(query.scheme),
        ..CasesQuery::default()
    };
    let reply = db.read(move |c| {
        let asked = query.asked(c)?;
        Reply::ok(&PunishmentFigures::of(&load(c, asked, may.scope())?))
    });
    Ok(reply.await?)
}

/// Left out is usual; empty is a slip.
fn told(text: Option<String>) -> Option<String> {
    text.map(|text| if text.is_empty() { "?".into() } else { text })
}
