//! Categories for programs.

use rocket::{Route, State, get, routes};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::Category;
use crate::access::Program;
use crate::api::{Failure, Items, Reply};
use crate::db::Db;

pub fn routes() -> Vec<Route> {
    routes![list]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(list),
    tags((name = "reference", description = "What the rest of the register refers to."))
)]
struct Operations;

/// Something that a firm buys.
#[derive(Serialize, ToSchema)]
#[schema(as = Category)]
struct CategoryDocument {
    id: String,
    /// Short and stable.
    code: String,
    name_en: String,
    name_zh: String,
    /// The category that this one is a part of; null for one at the top.
    parent_id: Option<String>,
}

impl From<Category> for CategoryDocument {
    fn from(category: Category) -> CategoryDocument {
        CategoryDocument {
            id: category.id,
            code: category.code,
            name_en: category.name_en,
            name_zh: category.name_zh,
            parent_id: category.parent_id,
        }
    }
}

/// List the categories
#[utoipa::path(
    tag = "reference",
    operation_id = "list_categories",
    security(("token" = [])),
    responses((status = 200, description = "The open ones, by code.", body = Items<CategoryDocument>))
)]
#[get("/api/v1/categories")]
async fn list(_program: Program, db: &State<Db>) -> Result<Reply, Failure> {
    let reply = db.read(|c| {
        let items = super::all(c)?.into_iter().map(CategoryDocument::from).collect();
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}
