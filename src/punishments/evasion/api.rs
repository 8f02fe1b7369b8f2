//! Links to companies under a measure for programs, to read.

use chrono::{DateTime, Utc};
use rocket::{Route, State as Held, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::list::{self, Asked, Row, State};
use super::query::number_of;
use super::{Kind, Status};
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::db::Db;
use crate::error::{Error, Problem, Problems};
use crate::page::paging::Cursor;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![index]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(index),
    tags((name = "evasion", description = "Companies that share something with one under a measure."))
)]
struct Operations;

/// That a company shares something with one under a measure.
#[derive(Serialize, ToSchema)]
#[schema(as = EvasionLink)]
struct LinkDocument {
    id: String,
    /// The company that shares something.
    supplier_id: String,
    /// The company under the measure.
    other_id: String,
    case_id: String,
    #[schema(example = "PC-000012")]
    case_number: String,
    // What they share.
    #[schema(inline)]
    kind: Kind,
    /// What it is, masked where it is sealed.
    shared: Vec<String>,
    // What a person has said of it.
    #[schema(inline)]
    status: Status,
    /// Whether orders of the company are stopped because of it today.
    holding: bool,
    found_at: DateTime<Utc>,
    settled_at: Option<DateTime<Utc>>,
    settled_by: Option<String>,
    reason: String,
}

impl LinkDocument {
    fn of(row: Row) -> LinkDocument {
        LinkDocument {
            case_number: row.case_code(),
            holding: row.is_holding(),
            shared: row.link.lines().into_iter().map(str::to_string).collect(),
            id: row.link.id,
            supplier_id: row.link.supplier_id,
            other_id: row.link.other_id,
            case_id: row.link.case_id,
            kind: row.link.kind,
            status: row.link.status,
            found_at: row.link.found_at.and_utc(),
            settled_at: row.link.settled_at.map(|at| at.and_utc()),
            settled_by: Some(row.link.settled_name).filter(|name| !name.is_empty()),
            reason: row.link.reason,
        }
    }
}

/// What the list is narrowed to, and the place in it.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LinkParameters {
    /// Where they stand: `held` for those that wait and whose measure holds today; all when left out.
    #[param(value_type = Option<State>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    /// What is shared.
    #[param(value_type = Option<Kind>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// The number of the company that shares something.
    #[param(example = "S-000123")]
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<String>,
    /// Links on a page; 50 when left out.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

impl LinkParameters {
    /// The place and the number of rows, or a problem for each parameter that cannot be understood.
    fn check(&self) -> Result<(Option<Cursor>, usize), Problems> {
        let mut problems = Problems::default();
        let known =
            |value: &Option<String>, is: &dyn Fn(&str) -> bool| value.as_deref().is_none_or(is);
        for (field, is_known) in [
            ("state", known(&self.state, &|text| State::parse(text).is_some())),
            ("kind", known(&self.kind, &|text| Kind::parse(text).is_some())),
            ("supplier", known(&self.supplier, &|text| number_of(text).is_some())),
        ] {
            if !is_known {
                problems.add(Problem::new(field, "unknown_choice"));
            }
        }
        if let Ok(Some(cursor)) = api::from_cursor(&self.cursor)
            && !list::is_place(&cursor)
        {
            problems.add(Problem::new("cursor", "cursor"));
        }
        api::place(&self.cursor, &self.limit, problems)
    }

    fn asked(&self) -> Asked {
        Asked {
            state: self.state.as_deref().and_then(State::parse).unwrap_or(State::All),
            kind: self.kind.as_deref().and_then(Kind::parse),
            supplier_number: self.supplier.as_deref().and_then(number_of),
        }
    }

    /// The address of the page at a cursor.
    fn link(&self, cursor: &str) -> Result<String, Error> {
        let next = LinkParameters { cursor: Some(cursor.to_string()), ..self.clone() };
        api::address("/api/v1/evasion-links", &next)
    }
}

/// List companies that share something with one under a measure
///
/// Within the regions of the account, the newest first.
#[utoipa::path(
    tag = "evasion",
    operation_id = "list_evasion_links",
    security(("token" = ["punishments.read"])),
    params(LinkParameters),
    responses(
        (status = 200, description = "A page of links.", body = Items<LinkDocument>, headers(
            ("Link" = String, description = "The next page, with rel=\"next\". Not there on the last page."),
        )),
    )
)]
#[get("/api/v1/evasion-links")]
async fn index(
    may: ApiMay<right::ReadPunishments>,
    db: &Held<Db>,
    query: Query<LinkParameters>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let (cursor, limit) = query.check()?;
    let reply = db.read(move |c| {
        let (today, asked) = (now().date(), query.asked());
        let (rows, next) = list::page(c, may.scope(), &asked, today, cursor.as_ref(), limit)?;
        let items = rows.into_iter().map(LinkDocument::of).collect();
        Reply::page(items, next, |cursor| query.link(cursor))
    });
    Ok(reply.await?)
}
