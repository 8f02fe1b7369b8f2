//! Inspection plans for programs.

use chrono::{DateTime, NaiveDate, Utc};
use rocket::{Route, State, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::list::{self, Asked, Progress};
use super::{Method, Plan, PlanScope, Sampling, Status, find, inspectors};
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::db::Db;
use crate::error::{Problem, Problems};
use crate::inspections::Kind;
use crate::inspections::draws::{self, api::DrawDocument};

pub fn routes() -> Vec<Route> {
    [routes![index, show], draws::api::routes()].concat()
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = Operations::openapi();
    document.merge(draws::api::document());
    document
}

#[derive(OpenApi)]
#[openapi(
    paths(index, show),
    tags((name = "inspection-plans", description = "What is inspected in a period, and how a sample is drawn."))
)]
struct Operations;

/// Which companies a plan is about. An empty list leaves nothing out.
#[derive(Serialize, ToSchema)]
#[schema(as = InspectionPlanScope)]
struct ScopeDocument {
    /// The id of the region scheme.
    scheme: String,
    /// Codes of its regions.
    regions: Vec<String>,
    /// Ids of categories: each with those below it.
    categories: Vec<String>,
    tiers: Vec<String>,
    stages: Vec<String>,
}

/// How large the sample is.
#[derive(Serialize, ToSchema)]
#[schema(as = InspectionPlanSampling)]
struct SamplingDocument {
    #[schema(inline)]
    method: Method,
    /// Of ISO 2859-1; null for other methods, like the next one.
    level: Option<String>,
    aql: Option<String>,
    /// Of the method "discovery".
    bad_percent: Option<f64>,
    confidence_percent: Option<f64>,
    percentage: Option<f64>,
    number: Option<i64>,
    /// How many of each stratum at least.
    minimum: i64,
    /// Whether high risk tiers and open critical findings are in without chance.
    certain: bool,
}

/// What is inspected in a period.
#[derive(Serialize, ToSchema)]
#[schema(as = InspectionPlan)]
struct PlanDocument {
    id: String,
    #[schema(example = "P-000012")]
    code: String,
    name: String,
    #[schema(inline)]
    kind: Kind,
    #[schema(inline)]
    status: Status,
    checklist_version_id: String,
    period_from: NaiveDate,
    /// The last day.
    period_to: NaiveDate,
    scope: ScopeDocument,
    sampling: SamplingDocument,
    /// Hours for each inspection.
    effort_hours: i64,
    note: String,
    /// Its inspections, those cancelled left out.
    inspections: i64,
    /// Those of them that are signed off.
    inspections_done: i64,
    created_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
}

/// A plan with its draw.
#[derive(Serialize, ToSchema)]
#[schema(as = InspectionPlanWithDraw)]
struct WholeDocument {
    plan: PlanDocument,
    /// Ids of the accounts that inspect under it.
    inspector_ids: Vec<String>,
    /// Null while nothing is promised.
    draw: Option<DrawDocument>,
}

fn sampling_of(sampling: Sampling) -> SamplingDocument {
    let method = sampling.method();
    let is = |one: Method| method == one;
    SamplingDocument {
        level: is(Method::Iso2859).then_some(sampling.level),
        aql: is(Method::Iso2859).then_some(sampling.aql),
        bad_percent: is(Method::Discovery).then_some(sampling.bad_percent),
        confidence_percent: is(Method::Discovery).then_some(sampling.confidence_percent),
        percentage: is(Method::Percentage).then_some(sampling.percentage),
        number: is(Method::Number).then_some(sampling.number),
        minimum: sampling.minimum,
        certain: sampling.certain,
        method,
    }
}

fn scope_of(scheme: String, scope: PlanScope) -> ScopeDocument {
    ScopeDocument {
        scheme,
        regions: scope.regions.into_iter().collect(),
        categories: scope.categories.into_iter().collect(),
        tiers: scope.tiers.into_iter().collect(),
        stages: scope.stages.into_iter().collect(),
    }
}

fn described(plan: Plan, progress: Progress) -> PlanDocument {
    PlanDocument {
        code: plan.code(),
        scope: scope_of(plan.scheme.clone(), plan.scope()),
        sampling: sampling_of(plan.sampling()),
        id: plan.id,
        name: plan.name,
        kind: plan.kind,
        status: plan.status,
        checklist_version_id: plan.checklist_version_id,
        period_from: plan.period_from,
        period_to: plan.period_to,
        effort_hours: plan.effort_hours,
        note: plan.note,
        inspections: progress.all,
        inspections_done: progress.done,
        created_at: plan.created_at.and_utc(),
        ended_at: plan.ended_at.map(|at| at.and_utc()),
    }
}

/// Which plans are listed.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PlansQuery {
    /// All when left out.
    #[param(value_type = Option<Status>, inline)]
    status: Option<String>,
    /// All when left out.
    #[param(value_type = Option<Kind>, inline)]
    kind: Option<String>,
    /// Plans whose period has a day in this year.
    #[param(value_type = Option<u32>, example = 2026)]
    year: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows on a page, 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

impl PlansQuery {
    fn asked(&self, problems: &mut Problems) -> Asked {
        let status = self.status.as_deref().map(Status::parse);
        let kind = self.kind.as_deref().map(Kind::parse);
        let year = self.year.as_deref().map(|text| text.parse().ok().filter(|year| *year >= 0));
        let mut check = |field: &str, is_wrong: bool| {
            if is_wrong {
                problems.add(Problem::new(field, "unknown_choice"));
            }
        };
        check("status", status == Some(None));
        check("kind", kind == Some(None));
        check("year", year == Some(None));
        Asked { status: status.flatten(), kind: kind.flatten(), year: year.flatten() }
    }
}

/// List inspection plans
///
/// The newest first.
#[utoipa::path(
    tag = "inspection-plans",
    operation_id = "list_inspection_plans",
    security(("token" = ["suppliers.read"])),
    params(PlansQuery),
    responses((status = 200, description = "A page of the list.", body = Items<PlanDocument>))
)]
#[get("/api/v1/inspection-plans")]
async fn index(
    _may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    query: Query<PlansQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let mut problems = Problems::default();
    let asked = query.asked(&mut problems);
    let (after, limit) = api::place(&query.cursor, &query.limit, problems)?;
    let reply = db.read(move |c| {
        let (plans, next) = list::page(c, &asked, after.as_ref(), limit)?;
        let ids: Vec<&str> = plans.iter().map(|plan| plan.id.as_str()).collect();
        let mut progress = list::progress(c, &ids)?;
        let document = |plan: Plan| {
            let progress = progress.remove(&plan.id).unwrap_or_default();
            described(plan, progress)
        };
        let items: Vec<PlanDocument> = plans.into_iter().map(document).collect();
        Reply::ok(&Items { items, next_cursor: next.map(|cursor| cursor.encode()) })
    });
    Ok(reply.await?)
}

/// Read an inspection plan with its draw
#[utoipa::path(
    tag = "inspection-plans",
    operation_id = "read_inspection_plan",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The plan's id.")),
    responses((status = 200, description = "The plan.", body = WholeDocument))
)]
#[get("/api/v1/inspection-plans/<id>")]
async fn show(
    _may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let plan = find(c, &id)?;
        let progress = list::progress(c, &[&id])?.remove(&id).unwrap_or_default();
        let inspectors = inspectors::of(c, &id)?;
        Reply::ok(&WholeDocument {
            inspector_ids: inspectors.into_iter().map(|one| one.account_id).collect(),
            draw: draws::of_plan(c, &id)?.map(DrawDocument::from),
            plan: described(plan, progress),
        })
    });
    Ok(reply.await?)
}
