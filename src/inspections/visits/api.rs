//! Inspections for programs.

use chrono::{DateTime, NaiveDate, Utc};
use rocket::{Route, State, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::list::{Asked, page};
use super::sheet::{Line, Sheet};
use super::told;
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::db::Db;
use crate::error::{Error, Problem, Problems};
use crate::inspections::findings::{Finding, Status as FindingStatus};
use crate::inspections::{Inspection, Kind, Outcome, Severity, Status, find};
use crate::page::paging::Cursor;
use crate::values::calendar_day;

pub fn routes() -> Vec<Route> {
    routes![list, one]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(list, one),
    tags((name = "inspections", description = "Visits to companies and what was found."))
)]
struct Operations;

/// A visit to a company, planned or made.
#[derive(Serialize, ToSchema)]
#[schema(as = Inspection)]
struct InspectionDocument {
    id: String,
    #[schema(example = "I-000012")]
    code: String,
    number: i64,
    supplier_id: String,
    site_id: Option<String>,
    /// The plan that asks for it.
    plan_id: Option<String>,
    // What it is for.
    #[schema(inline)]
    kind: Kind,
    /// Why it is made when no plan asks for it.
    reason: String,
    checklist_version_id: String,
    /// The category for which its results count.
    category_id: Option<String>,
    /// Where the company was when it was made: GB/T 2260 or ISO 3166-1.
    area: String,
    // Where it stands.
    #[schema(inline)]
    status: Status,
    inspector_name: String,
    planned_on: Option<NaiveDate>,
    visited_on: Option<NaiveDate>,
    place: String,
    created_at: DateTime<Utc>,
    /// From then on its results never change.
    signed_off_at: Option<DateTime<Utc>>,
    /// When the company took note of them.
    acknowledged_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    ended_reason: String,
}

/// An inspection with its results and findings.
#[derive(Serialize, ToSchema)]
#[schema(as = InspectionDetails)]
struct DetailsDocument {
    #[serde(flatten)]
    inspection: InspectionDocument,
    summary: String,
    people_met: String,
    representative_name: String,
    representative_title: String,
    /// Every item of the checklist, in its order.
    results: Vec<ResultDocument>,
    findings: Vec<FoundDocument>,
}

/// An item of the checklist and what was found.
#[derive(Serialize, ToSchema)]
#[schema(as = InspectionResult)]
struct ResultDocument {
    item_id: String,
    #[schema(example = "CL01")]
    item_code: String,
    question_en: String,
    question_zh: String,
    // Null while nothing is written down.
    #[schema(inline)]
    outcome: Option<Outcome>,
    remark: String,
    recorded_at: Option<DateTime<Utc>>,
}

/// A finding of the inspection.
#[derive(Serialize, ToSchema)]
#[schema(as = InspectionFinding)]
struct FoundDocument {
    id: String,
    #[schema(example = "F-000012")]
    code: String,
    item_code: String,
    // How bad it is.
    #[schema(inline)]
    severity: Severity,
    // Where it stands.
    #[schema(inline)]
    status: FindingStatus,
    statement: String,
    contain_by: Option<NaiveDate>,
    due_on: NaiveDate,
}

impl From<Inspection> for InspectionDocument {
    fn from(one: Inspection) -> InspectionDocument {
        let at = |time: Option<chrono::NaiveDateTime>| time.map(|time| time.and_utc());
        InspectionDocument {
            code: one.code(),
            id: one.id,
            number: one.number,
            supplier_id: one.supplier_id,
            site_id: one.site_id,
            plan_id: one.plan_id,
            kind: one.kind,
            reason: one.reason,
            checklist_version_id: one.checklist_version_id,
            category_id: one.category_id,
            area: one.area,
            status: one.status,
            inspector_name: one.inspector_name,
            planned_on: one.planned_on,
            visited_on: one.visited_on,
            place: one.place,
            created_at: one.created_at.and_utc(),
            signed_off_at: at(one.signed_off_at),
            acknowledged_at: at(one.acknowledged_at),
            ended_at: at(one.ended_at),
            ended_reason: one.ended_reason,
        }
    }
}

impl From<Line> for ResultDocument {
    fn from(line: Line) -> ResultDocument {
        let found = line.result.as_ref();
        ResultDocument {
            outcome: found.map(|result| result.outcome),
            remark: found.map(|result| result.remark.clone()).unwrap_or_default(),
            recorded_at: found.map(|result| result.recorded_at.and_utc()),
            item_id: line.item.id,
            item_code: line.item.code,
            question_en: line.item.question_en,
            question_zh: line.item.question_zh,
        }
    }
}

impl From<Finding> for FoundDocument {
    fn from(one: Finding) -> FoundDocument {
        FoundDocument {
            code: one.code(),
            id: one.id,
            item_code: one.item_code,
            severity: one.severity,
            status: one.status,
            statement: one.statement,
            contain_by: one.contain_by,
            due_on: one.due_on,
        }
    }
}

/// What the list is narrowed to, and its place.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct InspectionsQuery {
    /// The id of a supplier.
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<String>,
    /// The id of a plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<String>,
    #[param(value_type = Option<Status>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[param(value_type = Option<Kind>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// Where companies were: GB/T 2260 or ISO 3166-1.
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    /// Visited on this day or later.
    #[param(value_type = Option<NaiveDate>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    visited_from: Option<String>,
    /// Visited on this day or before.
    #[param(value_type = Option<NaiveDate>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    visited_to: Option<String>,
    /// Inspections on a page; 50 when left out.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

impl InspectionsQuery {
    fn check(&self) -> Result<(Asked, Option<Cursor>, usize), Error> {
        let mut problems = Problems::default();
        let status = self.status.as_deref().map(Status::parse);
        if status == Some(None) {
            problems.add(Problem::new("status", "unknown_choice"));
        }
        let kind = self.kind.as_deref().map(Kind::parse);
        if kind == Some(None) {
            problems.add(Problem::new("kind", "unknown_choice"));
        }
        let from = self.visited_from.as_deref().map(calendar_day);
        if from == Some(None) {
            problems.add(Problem::new("visited_from", "inspection_day"));
        }
        let to = self.visited_to.as_deref().map(calendar_day);
        if to == Some(None) {
            problems.add(Problem::new("visited_to", "inspection_day"));
        }
        let (cursor, limit) = api::place(&self.cursor, &self.limit, problems)?;
        let asked = Asked {
            supplier: self.supplier.clone(),
            plan: self.plan.clone(),
            statuses: status.flatten().into_iter().collect(),
            kind: kind.flatten(),
            areas: self.area.clone().map(|area| vec![area]),
            day: Some(super::list::Day::Visited),
            from: from.flatten(),
            to: to.flatten(),
            ..Asked::default()
        };
        Ok((asked, cursor, limit))
    }

    /// The address of the page at a cursor.
    fn link(&self, cursor: &str) -> Result<String, Error> {
        let next = InspectionsQuery { cursor: Some(cursor.to_string()), ..self.clone() };
        api::address("/api/v1/inspections", &next)
    }
}

/// List inspections
///
/// Newest first, planned ones too, a page at a time.
#[utoipa::path(
    tag = "inspections",
    operation_id = "list_inspections",
    security(("token" = ["suppliers.read"])),
    params(InspectionsQuery),
    responses((status = 200, description = "A page of inspections.", body = Items<InspectionDocument>, headers(
        ("Link" = String, description = "The next page, with rel=\"next\". Not there on the last page."),
    )))
)]
#[get("/api/v1/inspections")]
async fn list(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    query: Query<InspectionsQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let reply = db.read(move |c| {
        let (asked, from, limit) = query.check()?;
        let before = from.map(|cursor| cursor.number);
        let (rows, next) = page(c, may.scope(), &asked, before, limit)?;
        let items = rows.into_iter().map(|row| InspectionDocument::from(row.inspection)).collect();
        Reply::page(items, next, |cursor| query.link(cursor))
    });
    Ok(reply.await?)
}

/// Get an inspection
#[utoipa::path(
    tag = "inspections",
    operation_id = "get_inspection",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The inspection's id.")),
    responses((status = 200, description = "The inspection, with what was found.", body = DetailsDocument))
)]
#[get("/api/v1/inspections/<id>")]
async fn one(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let (found, _) = find(c, may.scope(), &id)?;
        let sheet = Sheet::load(c, &found)?;
        let findings = told::findings_of(c, &id)?;
        Reply::ok(&DetailsDocument {
            summary: found.summary.clone(),
            people_met: found.people_met.clone(),
            representative_name: found.representative_name.clone(),
            representative_title: found.representative_title.clone(),
            inspection: found.into(),
            results: sheet.lines.into_iter().map(ResultDocument::from).collect(),
            findings: findings.into_iter().map(FoundDocument::from).collect(),
        })
    });
    Ok(reply.await?)
}
