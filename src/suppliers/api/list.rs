//! The list of suppliers, whole: a program reads on to its end.

use rocket::{Route, State, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::access::{ApiMay, Scope, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::categories;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problem, Problems};
use crate::page::paging::{Cursor, cut};
use crate::regions;
use crate::suppliers::Stage;
use crate::suppliers::list::{Filter, From, Order, Row, complete};
use crate::suppliers::query::ListQuery;

pub(super) fn routes() -> Vec<Route> {
    routes![list]
}

/// What the list is narrowed to, its order and its place.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SupplierQuery {
    /// Words of names, identifiers or supplier numbers. All of them must be found.
    #[param(max_length = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<String>,
    /// The region scheme that `region` is of; `cn-six` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<String>,
    /// The code of a region of the scheme, `outside` or `unresolved`.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<String>,
    /// A province of China (GB/T 2260) or a country (ISO 3166-1 alpha-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<String>,
    #[param(value_type = Option<Stage>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    /// The id of a category.
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    /// The order: by name, when left out.
    #[param(value_type = Option<Order>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<String>,
    /// Suppliers on a page; 50 when left out.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

/// A supplier in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct SupplierRow {
    id: String,
    number: i64,
    code: String,
    legal_name: String,
    english_name: String,
    stage: Stage,
    area: String,
    city: String,
}

impl std::convert::From<Row> for SupplierRow {
    fn from(row: Row) -> SupplierRow {
        SupplierRow {
            code: row.code(),
            id: row.id,
            number: row.number,
            legal_name: row.legal_name,
            english_name: row.english_name,
            stage: row.stage,
            area: row.area,
            city: row.city,
        }
    }
}

/// List suppliers
///
/// Everything that the filters find and the account may see, a page at a time: follow
/// `next_cursor`, or the header `Link`, until there is none.
#[utoipa::path(
    tag = "suppliers",
    operation_id = "list_suppliers",
    security(("token" = ["suppliers.read"])),
    params(SupplierQuery),
    responses(
        (status = 200, description = "A page of suppliers.", body = Items<SupplierRow>, headers(
            ("Link" = String, description = "The next page, with rel=\"next\". Not there on the last page."),
        )),
    )
)]
#[get("/api/v1/suppliers")]
async fn list(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    query: Query<SupplierQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let reply = db.read(move |c| {
        let (filter, from, limit) = query.check(c, may.scope())?;
        let mut rows = complete(c, &filter, &from, limit + 1)?;
        let place = |row: &Row| Cursor { key: row.sort_key.clone(), number: row.number };
        let next = cut(&mut rows, limit, place);
        let items = rows.into_iter().map(SupplierRow::from).collect();
        Reply::page(items, next, |cursor| query.link(cursor))
    });
    Ok(reply.await?)
}

impl SupplierQuery {
    /// The filter, the place and the number of rows, or a problem for each parameter that cannot
    /// be understood.
    fn check(&self, c: &mut AnyConnection, scope: &Scope) -> Result<(Filter, From, usize), Error> {
        let mut problems = Problems::default();
        let mut unknown = |field: &str, is_known: bool| {
            if !is_known {
                problems.add(Problem::new(field, "unknown_choice"));
            }
        };
        let known = |value: &Option<String>, is: fn(&str) -> bool| value.as_deref().is_none_or(is);
        unknown("stage", known(&self.stage, |text| Stage::parse(text).is_some()));
        unknown("sort", known(&self.sort, |text| Order::parse(text).is_some()));
        unknown("area", known(&self.area, is_area));
        if let Some(id) = &self.category {
            unknown("category", categories::all(c)?.iter().any(|category| category.id == *id));
        }
        let asked = self.asked();
        match regions::find_scheme(c, asked.scheme_id()) {
            Ok(scheme) => {
                let region = self.region.as_deref();
                unknown("region", region.is_none_or(|code| !scheme.areas_of(code).is_empty()));
            }
            Err(Error::NotFound) => unknown("scheme", false),
            Err(error) => return Err(error),
        }
        unknown("scheme", self.scheme.as_deref() != Some(""));
        if self.q.as_deref().is_some_and(|q| q.chars().count() > 200) {
            problems.add(Problem::new("q", "too_long").with("max", 200));
        }
        let (cursor, limit) = api::place(&self.cursor, &self.limit, problems)?;
        let from = cursor.map_or(From::Start, From::After);
        Ok((asked.filter(c, scope)?, from, limit))
    }

    /// The same question as the page's address asks it.
    fn asked(&self) -> ListQuery {
        ListQuery {
            q: self.q.clone(),
            scheme: self.scheme.clone(),
            region: self.region.clone(),
            area: self.area.clone(),
            stage: self.stage.clone(),
            category: self.category.clone(),
            sort: self.sort.clone(),
            ..ListQuery::default()
        }
    }

    /// The address of the page at a cursor.
    fn link(&self, cursor: &str) -> Result<String, Error> {
        let next = SupplierQuery { cursor: Some(cursor.to_string()), ..self.clone() };
        api::address("/api/v1/suppliers", &next)
    }
}

/// A code that a supplier's area can have.
fn is_area(code: &str) -> bool {
    regions::province(code).is_some() || regions::country(code).is_some()
}
