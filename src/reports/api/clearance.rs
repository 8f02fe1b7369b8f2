//! Clearance of all companies, by category.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rocket::{State, get};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::{ApiMay, right};
use crate::api::{Failure, Query, Reply};
use crate::categories;
use crate::db::Db;
use crate::reports::clearance::query::ClearanceQuery;
use crate::reports::clearance::{Line, summary};
use crate::suppliers::clearance::HoldSources;

/// The day and the companies.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReportQuery {
    /// The day whose end is asked about, UTC; today when left out.
    #[param(value_type = Option<String>, format = Date, example = "2026-12-31")]
    on: Option<String>,
    /// Code of a region of the scheme `cn-six`; all regions when left out.
    region: Option<String>,
    /// Id of a category: it and those below it; all when left out.
    group: Option<String>,
}

/// From how many suppliers one may order, by category.
#[derive(Serialize, ToSchema)]
#[schema(as = ClearanceReport)]
struct ReportDocument {
    on: NaiveDate,
    /// Companies that were looked at.
    companies: usize,
    /// There are more companies than were looked at.
    is_cut: bool,
    categories: Vec<ReportLine>,
}

/// A category of the report.
#[derive(Serialize, ToSchema)]
#[schema(as = ClearanceReportLine)]
struct ReportLine {
    category: String,
    /// Its code.
    code: String,
    /// Companies that offer it.
    offering: i64,
    /// Those of them from whom one may order.
    cleared: i64,
    /// How many of the others each reason stands against.
    reasons: BTreeMap<String, i64>,
}

/// Count from how many companies one may order, by category
///
/// Suppliers that are introduced or suspended, within the regions that the account may see.
#[utoipa::path(
    tag = "reports",
    operation_id = "report_clearance",
    security(("token" = ["reports.read"])),
    params(ReportQuery),
    responses((status = 200, description = "The report.", body = ReportDocument))
)]
#[get("/api/v1/reports/clearance")]
pub(super) async fn clearance(
    may: ApiMay<right::ReadReports>,
    db: &State<Db>,
    sources: &State<HoldSources>,
    query: Query<ReportQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let sources = *sources.inner();
    // Left out is today; empty is a slip.
    let on = query.on.map(|on| if on.is_empty() { "?".into() } else { on });
    let asked =
        ClearanceQuery { on, region: query.region, group: query.group, ..Default::default() };
    let reply = db.read(move |c| {
        let all = categories::all(c)?;
        let question = asked.question(c, may.scope(), all)?;
        let found = summary(c, sources, &question)?;
        let line = |line: Line| ReportLine {
            category: line.category.id,
            code: line.category.code,
            offering: line.offering,
            cleared: line.cleared,
            reasons: line.reasons.into_iter().map(|(code, n)| (code.to_string(), n)).collect(),
        };
        let categories = found.lines.into_iter().map(line).collect();
        let (on, companies, is_cut) = (question.on, found.companies, found.is_cut);
        Reply::ok(&ReportDocument { on, companies, is_cut, categories })
    });
    Ok(reply.await?)
}
