//! Suppliers for programs, a file for each part.

mod clearance;
mod company;
mod contacts;
mod documents;
mod groups;
mod identifiers;
mod list;
mod sites;

use rocket::Route;
use serde::Serialize;
use utoipa::OpenApi;

use super::find;
use crate::access::{ApiMay, right};
use crate::api::{Failure, Items, Reply};
use crate::db::{AnyConnection, Db};
use crate::error::Error;

pub fn routes() -> Vec<Route> {
    [
        list::routes(),
        company::routes(),
        identifiers::routes(),
        sites::routes(),
        contacts::routes(),
        groups::routes(),
        clearance::routes(),
    ]
    .concat()
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(
        list::list,
        company::create_one,
        company::one,
        company::change,
        company::change_stage_of,
        identifiers::list,
        identifiers::add,
        identifiers::remove,
        sites::list,
        sites::add,
        contacts::list,
        contacts::add,
        groups::group,
        groups::links,
        groups::add_link,
        clearance::ask,
    ),
    tags(
        (name = "suppliers", description = "Companies: who they are, where, at which stage."),
        (name = "parts", description = "What belongs to a company: identifiers, sites, contacts, its group."),
    )
)]
struct Operations;

/// The address of a supplier.
fn address(id: &str) -> String {
    format!("/api/v1/suppliers/{id}")
}

/// The parts of one kind that a company has, all of them.
async fn parts<T, D>(
    db: &Db,
    may: ApiMay<right::ReadSuppliers>,
    id: String,
    of: fn(&mut AnyConnection, &str) -> Result<Vec<T>, Error>,
) -> Result<Reply, Failure>
where
    T: 'static,
    D: From<T> + Serialize + 'static,
{
    let reply = db.read(move |c| {
        find(c, may.scope(), &id)?;
        let items: Vec<D> = of(c, &id)?.into_iter().map(D::from).collect();
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}
