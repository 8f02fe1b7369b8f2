//! Cases for programs, to read. What is over is listed only where it is asked for.

use chrono::{DateTime, NaiveDate, Utc};
use rocket::{Route, State as Held, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::Interim;
use super::list::{self, Asked, Row, State};
use super::query::{areas, number_of};
use super::shown::Whole;
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::db::{AnyConnection, Db};
use crate::documents::Document;
use crate::error::{Error, Problem, Problems};
use crate::inspections::Severity;
use crate::page::paging::Cursor;
use crate::punishments::{Case, Measure, Orders, Origin, Status, Step, StepKind, find};
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::values::{is_id, now};

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
    tags((name = "punishments", description = "Cases against companies and their measures."))
)]
struct Operations;

/// A case against a company.
#[derive(Serialize, ToSchema)]
#[schema(as = PunishmentCase)]
struct CaseDocument {
    id: String,
    #[schema(example = "PC-000012")]
    number: String,
    supplier_id: String,
    /// The id of the standard in force on the day of the deed.
    standard_id: String,
    /// The code of the violation: it stays the same from version to version.
    #[schema(example = "late_delivery")]
    violation: String,
    #[schema(inline)]
    severity: Severity,
    #[schema(inline)]
    origin: Origin,
    /// What an inspection led to, or null.
    effect_id: Option<String>,
    /// A province or country code: where the company was when the case was brought.
    area: String,
    deed_on: NaiveDate,
    facts: String,
    // Where it stands today: what its last day says counts.
    #[schema(inline)]
    status: Status,
    /// Whether a day of ours has passed without what should have been done.
    overdue: bool,
    proposed_by: String,
    proposed_at: DateTime<Utc>,
    /// The last day for serving the notice.
    notice_by: NaiveDate,
    served_at: Option<DateTime<Utc>>,
    /// The company's last day to reply.
    reply_by: Option<NaiveDate>,
    replied_at: Option<DateTime<Utc>>,
    /// Our last day to decide.
    decide_by: Option<NaiveDate>,
    decided_at: Option<DateTime<Utc>>,
    // What holds, once it is decided.
    #[schema(inline)]
    measure: Option<Measure>,
    #[schema(inline)]
    orders: Option<Orders>,
    /// Whether access to our data ends.
    bars_data: bool,
    from_on: Option<NaiveDate>,
    /// The first day on which it holds no more; 9999-12-31 without an end.
    to_on: Option<NaiveDate>,
    /// The company's last day to appeal.
    appeal_by: Option<NaiveDate>,
    appealed_at: Option<DateTime<Utc>>,
    /// Our last day to hear the appeal.
    hear_by: Option<NaiveDate>,
    ended_at: Option<DateTime<Utc>>,
    ended_reason: String,
}

/// Something that happened to a case.
#[derive(Serialize, ToSchema)]
#[schema(as = PunishmentStep)]
struct StepDocument {
    #[schema(inline)]
    kind: StepKind,
    /// What was said.
    text: String,
    /// Whether the company itself did it.
    by_supplier: bool,
    /// Whether the company sees it.
    shown: bool,
    by: String,
    at: DateTime<Utc>,
    /// The ids of the documents that came with it.
    document_ids: Vec<String>,
}

/// What holds a company before the decision.
#[derive(Serialize, ToSchema)]
#[schema(as = PunishmentInterim)]
struct InterimDocument {
    id: String,
    #[schema(inline)]
    orders: Orders,
    from_on: NaiveDate,
    /// The first day on which it holds no more.
    to_on: NaiveDate,
    reason: String,
    imposed_by: String,
    /// When somebody else has looked whether it is still needed.
    reviewed_at: Option<DateTime<Utc>>,
    /// The day on which it was ended early.
    ended_on: Option<NaiveDate>,
}

/// A case with all that happened to it.
#[derive(Serialize, ToSchema)]
#[schema(as = PunishmentCaseWithSteps)]
struct WholeDocument {
    #[serde(flatten)]
    case: CaseDocument,
    violation_en: String,
    violation_zh: String,
    /// In order.
    steps: Vec<StepDocument>,
    interims: Vec<InterimDocument>,
}

impl CaseDocument {
    fn of(one: Case, today: NaiveDate) -> CaseDocument {
        CaseDocument {
            number: one.code(),
            status: one.status_on(today),
            overdue: one.is_overdue(today),
            id: one.id,
            supplier_id: one.supplier_id,
            standard_id: one.standard_id,
            violation: one.violation,
            severity: one.severity,
            origin: one.origin,
            effect_id: one.effect_id,
            area: one.area,
            deed_on: one.deed_on,
            facts: one.facts,
            proposed_by: one.proposed_name,
            proposed_at: one.proposed_at.and_utc(),
            notice_by: one.notice_by,
            served_at: one.served_at.map(|at| at.and_utc()),
            reply_by: one.reply_by,
            replied_at: one.replied_at.map(|at| at.and_utc()),
            decide_by: one.decide_by,
            decided_at: one.decided_at.map(|at| at.and_utc()),
            measure: one.measure,
            orders: one.orders,
            bars_data: one.bars_data,
            from_on: one.from_on,
            to_on: one.to_on,
            appeal_by: one.appeal_by,
            appealed_at: one.appealed_at.map(|at| at.and_utc()),
            hear_by: one.hear_by,
            ended_at: one.ended_at.map(|at| at.and_utc()),
            ended_reason: one.ended_reason,
        }
    }
}

fn step((step, documents): (Step, Vec<Document>)) -> StepDocument {
    StepDocument {
        kind: step.kind,
        text: step.body,
        by_supplier: step.by_supplier,
        shown: step.is_shown,
        by: step.actor_name,
        at: step.at.and_utc(),
        document_ids: documents.into_iter().map(|document| document.id).collect(),
    }
}

fn interim(one: Interim) -> InterimDocument {
    InterimDocument {
        id: one.id,
        orders: one.orders,
        from_on: one.from_on,
        to_on: one.to_on,
        reason: one.reason,
        imposed_by: one.imposed_name,
        reviewed_at: one.reviewed_at.map(|at| at.and_utc()),
        ended_on: one.ended_on,
    }
}

/// What the list is narrowed to, and the place in it.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CaseParameters {
    /// Where they stand: `overdue` for those for which a day of ours has passed; all that are not over when
    /// left out.
    #[param(value_type = Option<State>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// The code of a violation.
    #[serde(skip_serializing_if = "Option::is_none")]
    violation: Option<String>,
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
    /// The number of a company.
    #[param(example = "S-000123")]
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<String>,
    /// Cases on a page; 50 when left out.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

impl CaseParameters {
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
        if let Ok(Some(cursor)) = api::from_cursor(&self.cursor)
            && !is_id(&cursor.key)
        {
            problems.add(Problem::new("cursor", "cursor"));
        }
        api::place(&self.cursor, &self.limit, problems)
    }

    fn asked(&self, c: &mut AnyConnection) -> Result<Asked, Error> {
        let scheme = self.scheme.as_deref().unwrap_or(DEFAULT_SCHEME);
        let state = self.state.as_deref().and_then(State::parse).unwrap_or(State::Unsettled);
        Ok(Asked {
            violation: self.violation.clone(),
            severity: self.severity.as_deref().and_then(Severity::parse),
            areas: match areas(c, scheme, self.region.as_deref()) {
                Err(Error::NotFound) => {
                    return Err(Problems::one("scheme", "report_scheme").into());
                }
                narrowed => narrowed?,
            },
            supplier_number: self.supplier.as_deref().and_then(number_of),
            ..Asked::all(state)
        })
    }

    /// The address of the page at a cursor.
    fn link(&self, cursor: &str) -> Result<String, Error> {
        let next = CaseParameters { cursor: Some(cursor.to_string()), ..self.clone() };
        api::address("/api/v1/punishments", &next)
    }
}

/// List cases
///
/// Against the companies that the account may see, the newest first.
#[utoipa::path(
    tag = "punishments",
    operation_id = "list_punishments",
    security(("token" = ["punishments.read"])),
    params(CaseParameters),
    responses(
        (status = 200, description = "A page of cases.", body = Items<CaseDocument>, headers(
            ("Link" = String, description = "The next page, with rel=\"next\". Not there on the last page."),
        )),
    )
)]
#[get("/api/v1/punishments")]
async fn index(
    may: ApiMay<right::ReadPunishments>,
    db: &Held<Db>,
    query: Query<CaseParameters>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let (cursor, limit) = query.check()?;
    let reply = db.read(move |c| {
        let today = now().date();
        let asked = query.asked(c)?;
        let (rows, next) = list::page(c, may.scope(), &asked, today, cursor.as_ref(), limit)?;
        let document = |row: Row| CaseDocument::of(row.case, today);
        let items = rows.into_iter().map(document).collect();
        Reply::page(items, next, |cursor| query.link(cursor))
    });
    Ok(reply.await?)
}

/// Read a case
///
/// With all that happened to it, by whom, and what holds before the decision.
#[utoipa::path(
    tag = "punishments",
    operation_id = "get_punishment",
    security(("token" = ["punishments.read"])),
    params(("id" = String, Path, description = "The case's id.")),
    responses((status = 200, description = "The case.", body = WholeDocument))
)]
#[get("/api/v1/punishments/<id>")]
async fn one(
    may: ApiMay<right::ReadPunishments>,
    db: &Held<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let (case, _) = find(c, may.scope(), &id)?;
        let whole = Whole::load(c, case)?;
        Reply::ok(&WholeDocument {
            case: CaseDocument::of(whole.case, now().date()),
            violation_en: whole.standard.name_en,
            violation_zh: whole.standard.name_zh,
            steps: whole.steps.into_iter().map(step).collect(),
            interims: whole.interims.into_iter().map(interim).collect(),
        })
    });
    Ok(reply.await?)
}
