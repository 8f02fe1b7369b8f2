//! How far an import is, and what its rows say.

use rocket::{Route, State, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::documents::{ImportDocument, RowDocument};
use super::{By, address};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::db::Db;
use crate::error::{Error, Problem, Problems};
use crate::imports::rows::{self, Which};
use crate::imports::{Outcome, Status, find};
use crate::page::paging::{Cursor, cut};

pub(super) fn routes() -> Vec<Route> {
    routes![one, list_rows]
}

/// Read an import
///
/// Ask again while its status is `reading` or `confirming`.
#[utoipa::path(
    tag = "imports",
    operation_id = "get_import",
    security(("token" = ["imports.write"])),
    params(("id" = String, Path, description = "The import's id.")),
    responses((status = 200, description = "How far it is.", body = ImportDocument))
)]
#[get("/api/v1/imports/<id>")]
async fn one(by: By, db: &State<Db>, id: &str) -> Result<Reply, Failure> {
    let id = id.to_string();
    let reply = db.read(move |c| Reply::ok(&ImportDocument::from(find(c, &by, &id)?)));
    Ok(reply.await?)
}

/// Which rows, and from where on.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RowsQuery {
    /// Only rows with this outcome.
    #[param(value_type = Option<Outcome>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    /// Rows on a page; 50 when left out.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

/// List the rows of an import
///
/// They are there from `ready` until the import is confirmed or discarded.
#[utoipa::path(
    tag = "imports",
    operation_id = "list_import_rows",
    security(("token" = ["imports.write"])),
    params(("id" = String, Path, description = "The import's id."), RowsQuery),
    responses((status = 200, description = "A page of rows, in the order of the file.", body = Items<RowDocument>, headers(
        ("Link" = String, description = "The next page, with rel=\"next\". Not there on the last page."),
    )))
)]
#[get("/api/v1/imports/<id>/rows")]
async fn list_rows(
    by: By,
    db: &State<Db>,
    id: &str,
    query: Query<RowsQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let (which, after, limit) = query.check()?;
    let id = id.to_string();
    let reply = db.read(move |c| {
        let import = find(c, &by, &id)?;
        let has_rows = matches!(import.status, Status::Ready | Status::Confirming);
        let mut rows = match has_rows {
            true => rows::page(c, &import.id, which, after, None, limit as i64 + 1)?,
            false => Vec::new(),
        };
        let place = |row: &rows::ReadRow| Cursor { key: String::new(), number: row.row_number };
        let next = cut(&mut rows, limit, place);
        let items = rows.into_iter().map(RowDocument::from).collect();
        Reply::page(items, next, |cursor| query.link(&import.id, cursor))
    });
    Ok(reply.await?)
}

impl RowsQuery {
    fn check(&self) -> Result<(Which, Option<i64>, usize), Problems> {
        let mut problems = Problems::default();
        let which = self.outcome.as_deref().map(Outcome::parse);
        if which == Some(None) {
            problems.add(Problem::new("outcome", "unknown_choice"));
        }
        let (cursor, limit) = api::place(&self.cursor, &self.limit, problems)?;
        let which = which.flatten().map_or(Which::All, Which::Of);
        Ok((which, cursor.map(|cursor| cursor.number), limit))
    }

    fn link(&self, id: &str, cursor: &str) -> Result<String, Error> {
        let next = RowsQuery { cursor: Some(cursor.to_string()), ..self.clone() };
        api::address(&format!("{}/rows", address(id)), &next)
    }
}
