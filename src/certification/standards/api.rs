//! Standards for programs.

use chrono::{DateTime, NaiveDate, Utc};
use rocket::{Route, State, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::list::{self, Standing};
use super::{Standard, Standards, Status, demands_of, find, published};
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::certification::demands::{Demand, DemandKind};
use crate::db::Db;
use crate::error::{Error, Problem, Problems};
use crate::page::paging::{Cursor, cut};
use crate::values::now;

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
    tags((name = "certification", description = "Who may supply what, and how we know."))
)]
struct Operations;

/// What the list is narrowed to, and its place.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct StandardQuery {
    /// The id of a category: the versions of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[param(value_type = Option<Status>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    /// Versions on a page; 50 when left out.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

/// Something that a version demands.
#[derive(Serialize, ToSchema)]
#[schema(as = Demand)]
struct DemandDocument {
    #[schema(inline)]
    kind: DemandKind,
    /// What of the kind: a fact, a kind of document, a type of certificate, a clause, a grade, whose
    /// authentication, the id of a category; "" where there is one thing of the kind.
    subject: String,
}

/// A version of what a category demands of its suppliers.
#[derive(Serialize, ToSchema)]
#[schema(as = Standard)]
struct StandardDocument {
    id: String,
    category_id: String,
    /// 1, 2, 3… within the category.
    version: i64,
    #[schema(inline)]
    status: Status,
    // Where it stands today.
    #[schema(inline)]
    standing: Standing,
    /// The first day on which it counts; of a draft the planned one, or null.
    effective_from: Option<NaiveDate>,
    /// For how many months a certification against it holds.
    validity_months: i64,
    note: String,
    demands: Vec<DemandDocument>,
    created_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
}

fn described(standard: Standard, demands: Vec<Demand>, standards: &Standards) -> StandardDocument {
    let demand = |one: Demand| DemandDocument { kind: one.kind, subject: one.subject };
    StandardDocument {
        standing: Standing::of(&standard, standards, now().date()),
        id: standard.id,
        category_id: standard.category_id,
        version: standard.version,
        status: standard.status,
        effective_from: standard.effective_from,
        validity_months: standard.validity_months,
        note: standard.note,
        demands: demands.into_iter().map(demand).collect(),
        created_at: standard.created_at.and_utc(),
        published_at: standard.published_at.map(|at| at.and_utc()),
    }
}

/// List versions of access standards
///
/// Newest first, drafts and discarded ones too. A category without versions of its own takes those
/// of the nearest category above it that has any.
#[utoipa::path(
    tag = "certification",
    operation_id = "list_standards",
    security(("token" = ["suppliers.read"])),
    params(StandardQuery),
    responses((status = 200, description = "A page of versions.", body = Items<StandardDocument>, headers(
        ("Link" = String, description = "The next page, with rel=\"next\". Not there on the last page."),
    )))
)]
#[get("/api/v1/standards")]
async fn index(
    _may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    query: Query<StandardQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let reply = db.read(move |c| {
        let mut problems = Problems::default();
        let status = query.status.as_deref().map(Status::parse);
        if status == Some(None) {
            problems.add(Problem::new("status", "unknown_choice"));
        }
        if let Some(id) = &query.category
            && !list::names(c)?.contains_key(id)
        {
            problems.add(Problem::new("category", "unknown_choice"));
        }
        let (cursor, limit) = api::place(&query.cursor, &query.limit, problems)?;
        let before = cursor.as_ref().map(|cursor| cursor.key.as_str());
        let category = query.category.as_deref();
        let mut found = list::page(c, category, status.flatten(), before, limit + 1)?;
        let place = |one: &Standard| Cursor { key: one.id.clone(), number: 0 };
        let next = cut(&mut found, limit, place);
        let ids: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
        let mut demands = list::demands_of_all(c, &ids)?;
        let standards = published(c)?;
        let item = |one: Standard| {
            let demands = demands.remove(&one.id).unwrap_or_default();
            described(one, demands, &standards)
        };
        let items = found.into_iter().map(item).collect();
        Reply::page(items, next, |cursor| query.link(cursor))
    });
    Ok(reply.await?)
}

impl StandardQuery {
    /// The address of the page at a cursor.
    fn link(&self, cursor: &str) -> Result<String, Error> {
        let next = StandardQuery { cursor: Some(cursor.to_string()), ..self.clone() };
        api::address("/api/v1/standards", &next)
    }
}

/// Read a version of an access standard
#[utoipa::path(
    tag = "certification",
    operation_id = "read_standard",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The version's id.")),
    responses((status = 200, description = "The version.", body = StandardDocument))
)]
#[get("/api/v1/standards/<id>")]
async fn show(
    _may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        let (standard, demands) = (find(c, &id)?, demands_of(c, &id)?);
        Reply::ok(&described(standard, demands, &published(c)?))
    });
    Ok(reply.await?)
}
