//! Findings for programs, to read.

use chrono::{DateTime, NaiveDate, Utc};
use rocket::{Route, State as Held, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::list::{self, Asked, Row, State};
use super::query::{areas, below, number_of};
use super::shown::Whole;
use super::{ActionStatus, CorrectiveAction, Finding, Status, Step, StepKind, find};
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::db::{AnyConnection, Db};
use crate::documents::Document;
use crate::error::{Error, Problem, Problems};
use crate::inspections::Severity;
use crate::page::paging::Cursor;
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::values::{calendar_day, now};

pub fn routes() -> Vec<Route> {
    routes![index, one]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(index, one),
    tags((name = "findings", description = "What companies have to put right."))
)]
struct Operations;

/// A finding of an inspection.
#[derive(Serialize, ToSchema)]
#[schema(as = Finding)]
struct FindingDocument {
    id: String,
    #[schema(example = "F-000012")]
    number: String,
    inspection_id: String,
    supplier_id: String,
    /// The item of the checklist: its code stays the same from version to version.
    #[schema(example = "CL01")]
    item_code: String,
    /// The category for which the inspection counts, or null.
    category_id: Option<String>,
    /// A province or country code: where the company was at the inspection.
    area: String,
    #[schema(inline)]
    severity: Severity,
    statement: String,
    #[schema(inline)]
    status: Status,
    /// The day of the visit.
    raised_on: NaiveDate,
    /// The last day on which the harm may be contained; null where it is not critical.
    contain_by: Option<NaiveDate>,
    contained_at: Option<DateTime<Utc>>,
    /// The last day on which it may be closed.
    due_on: NaiveDate,
    /// Whether it should have been closed, or contained, before today.
    overdue: bool,
    /// When the company last answered.
    answered_at: Option<DateTime<Utc>>,
    disputed_at: Option<DateTime<Utc>>,
    /// When it was closed or withdrawn.
    closed_at: Option<DateTime<Utc>>,
    /// How often it was reopened.
    reopened: i64,
    /// How often people were told that it is overdue, since it was last contained, extended or reopened.
    escalations: i64,
    /// The earlier finding at the same item, or null.
    repeats_id: Option<String>,
}

/// Something that happened to a finding.
#[derive(Serialize, ToSchema)]
#[schema(as = FindingStep)]
struct StepDocument {
    #[schema(inline)]
    kind: StepKind,
    /// What was said.
    text: String,
    /// Whether the company itself did it.
    by_supplier: bool,
    by: String,
    at: DateTime<Utc>,
    /// The ids of the documents that came with it.
    document_ids: Vec<String>,
}

/// What the company says that it did.
#[derive(Serialize, ToSchema)]
#[schema(as = CorrectiveAction)]
struct ActionDocument {
    /// 1, 2, 3… within the finding.
    round: i64,
    root_cause: String,
    action: String,
    /// Who of the company answers for it.
    owner: String,
    /// When it was done, or will be.
    done_on: NaiveDate,
    #[schema(inline)]
    status: ActionStatus,
    answered_by: String,
    answered_at: DateTime<Utc>,
    /// When it was accepted or returned.
    decided_at: Option<DateTime<Utc>>,
    decision_note: String,
}

/// A finding with all that happened to it.
#[derive(Serialize, ToSchema)]
#[schema(as = FindingWithSteps)]
struct WholeDocument {
    #[serde(flatten)]
    finding: FindingDocument,
    question_en: String,
    question_zh: String,
    /// In order.
    steps: Vec<StepDocument>,
    /// By round.
    actions: Vec<ActionDocument>,
}

impl FindingDocument {
    fn of(one: Finding, today: NaiveDate) -> FindingDocument {
        FindingDocument {
            overdue: one.is_overdue(today),
            number: one.code(),
            id: one.id,
            inspection_id: one.inspection_id,
            supplier_id: one.supplier_id,
            item_code: one.item_code,
            category_id: one.category_id,
            area: one.area,
            severity: one.severity,
            statement: one.statement,
            status: one.status,
            raised_on: one.raised_on,
            contain_by: one.contain_by,
            contained_at: one.contained_at.map(|at| at.and_utc()),
            due_on: one.due_on,
            answered_at: one.answered_at.map(|at| at.and_utc()),
            disputed_at: one.disputed_at.map(|at| at.and_utc()),
            closed_at: one.closed_at.map(|at| at.and_utc()),
            reopened: one.reopened,
            escalations: one.escalations,
            repeats_id: one.repeats_id,
        }
    }
}

fn step((step, documents): (Step, Vec<Document>)) -> StepDocument {
    StepDocument {
        kind: step.kind,
        text: step.body,
        by_supplier: step.by_supplier,
        by: step.actor_name,
        at: step.at.and_utc(),
        document_ids: documents.into_iter().map(|document| document.id).collect(),
    }
}

fn action((action, _): (CorrectiveAction, Vec<Document>)) -> ActionDocument {
    ActionDocument {
        round: action.round,
        root_cause: action.root_cause,
        action: action.action,
        owner: action.owner,
        done_on: action.done_on,
        status: action.status,
        answered_by: action.answered_name,
        answered_at: action.answered_at.and_utc(),
        decided_at: action.decided_at.map(|at| at.and_utc()),
        decision_note: action.decision_note,
    }
}

/// What the list is narrowed to, and the place in it.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FindingParameters {
    /// Where they stand: `unsettled` for what is still to be done, `overdue` for what of that is late;
    /// all when left out.
    #[param(value_type = Option<State>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// How bad they are.
    #[param(value_type = Option<Severity>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<String>,
    /// The id of a region scheme, for `region`.
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<String>,
    /// The code of a region of the scheme, `outside` or `unresolved`.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    /// A province or country code.
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    /// The id of a category: it and those below it.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// The number of a company.
    #[param(example = "S-000123")]
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<String>,
    /// To be closed before this day.
    #[param(value_type = Option<String>, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    due_before: Option<String>,
    /// Findings on a page; 50 when left out.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

impl FindingParameters {
    /// The place and the number of rows, or a problem for each parameter that cannot be understood.
    fn check(&self) -> Result<(Option<Cursor>, usize), Problems> {
        let mut problems = Problems::default();
        let known =
            |value: &Option<String>, is: &dyn Fn(&str) -> bool| value.as_deref().is_none_or(is);
        for (field, is_known) in [
            ("state", known(&self.state, &|text| State::parse(text).is_some())),
            ("severity", known(&self.severity, &|text| Severity::parse(text).is_some())),
            ("supplier", known(&self.supplier, &|text| number_of(text).is_some())),
        ] {
            if !is_known {
                problems.add(Problem::new(field, "unknown_choice"));
            }
        }
        if !known(&self.due_before, &|text| calendar_day(text).is_some()) {
            problems.add(Problem::new("due_before", "report_date"));
        }
        if let Ok(Some(cursor)) = api::from_cursor(&self.cursor)
            && !list::is_place(&cursor)
        {
            problems.add(Problem::new("cursor", "cursor"));
        }
        api::place(&self.cursor, &self.limit, problems)
    }

    fn asked(&self, c: &mut AnyConnection) -> Result<Asked, Error> {
        let scheme = self.scheme.as_deref().unwrap_or(DEFAULT_SCHEME);
        let state = self.state.as_deref().and_then(State::parse).unwrap_or(State::All);
        let narrowed = areas(c, scheme, self.region.as_deref(), self.area.as_deref());
        Ok(Asked {
            severity: self.severity.as_deref().and_then(Severity::parse),
            areas: match narrowed {
                Err(Error::NotFound) => {
                    return Err(Problems::one("scheme", "report_scheme").into());
                }
                narrowed => narrowed?,
            },
            categories: match &self.category {
                Some(id) => Some(below(c, id)?),
                None => None,
            },
            supplier_number: self.supplier.as_deref().and_then(number_of),
            due_before: self.due_before.as_deref().and_then(calendar_day),
            ..Asked::all(state)
        })
    }

    /// The address of the page at a cursor.
    fn link(&self, cursor: &str) -> Result<String, Error> {
        let next = FindingParameters { cursor: Some(cursor.to_string()), ..self.clone() };
        api::address("/api/v1/findings", &next)
    }
}

/// List findings
///
/// At the companies that the account may see, by the day by which they may be closed.
#[utoipa::path(
    tag = "findings",
    operation_id = "list_findings",
    security(("token" = ["suppliers.read"])),
    params(FindingParameters),
    responses(
        (status = 200, description = "A page of findings.", body = Items<FindingDocument>, headers(
            ("Link" = String, description = "The next page, with rel=\"next\". Not there on the last page."),
        )),
    )
)]
#[get("/api/v1/findings")]
async fn index(
    may: ApiMay<right::ReadSuppliers>,
    db: &Held<Db>,
    query: Query<FindingParameters>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let (cursor, limit) = query.check()?;
    let reply = db.read(move |c| {
        let today = now().date();
        let asked = query.asked(c)?;
        let (rows, next) = list::page(c, may.scope(), &asked, today, cursor.as_ref(), limit)?;
        let document = |row: Row| FindingDocument::of(row.finding, today);
        let items = rows.into_iter().map(document).collect();
        Reply::page(items, next, |cursor| query.link(cursor))
    });
    Ok(reply.await?)
}

/// Read a finding
///
/// With what was said of it, by whom, and what the company did.
#[utoipa::path(
    tag = "findings",
    operation_id = "get_finding",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The finding's id.")),
    responses((status = 200, description = "The finding.", body = WholeDocument))
)]
#[get("/api/v1/findings/<id>")]
async fn one(
    may: ApiMay<right::ReadSuppliers>,
    db: &Held<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let (finding, _) = find(c, may.scope(), &id)?;
        let whole = Whole::load(c, finding)?;
        Reply::ok(&WholeDocument {
            finding: FindingDocument::of(whole.finding, now().date()),
            question_en: whole.item.question_en,
            question_zh: whole.item.question_zh,
            steps: whole.steps.into_iter().map(step).collect(),
            actions: whole.actions.into_iter().map(action).collect(),
        })
    });
    Ok(reply.await?)
}
