//! Authentications for programs: whose, how and until when. No numbers of papers, no amounts.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use rocket::{Route, State, get, routes};
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::{Authentication, Method, Status};
use crate::access::{ApiMay, right};
use crate::api::{Failure, Items, Reply};
use crate::db::Db;
use crate::error::Error;
use crate::schema::people;
use crate::suppliers;
use crate::suppliers::people::Part;

pub fn routes() -> Vec<Route> {
    routes![of_supplier]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(paths(of_supplier))]
struct Operations;

/// An authentication of somebody behind a company.
#[derive(Serialize, ToSchema)]
#[schema(as = Authentication)]
struct AuthenticationDocument {
    id: String,
    person_id: String,
    person_name: String,
    #[schema(inline)]
    person_role: Part,
    /// Whether the person is still behind the company. What was verified counts no longer when not.
    person_is_there: bool,
    #[schema(inline)]
    method: Method,
    #[schema(inline)]
    status: Status,
    begun_at: DateTime<Utc>,
    begun_by: String,
    verified_at: Option<DateTime<Utc>>,
    verified_by: String,
    /// The last day on which it counts.
    valid_to: Option<NaiveDate>,
    /// When it failed, was given up or revoked.
    ended_at: Option<DateTime<Utc>>,
    ended_reason: String,
}

type Behind = (String, String, Part, Option<NaiveDateTime>);

impl AuthenticationDocument {
    fn of(one: Authentication, person: &Behind) -> AuthenticationDocument {
        let (_, name, role, removed_at) = person;
        AuthenticationDocument {
            id: one.id,
            person_id: one.person_id,
            person_name: name.clone(),
            person_role: *role,
            person_is_there: removed_at.is_none(),
            method: one.method,
            status: one.status,
            begun_at: one.created_at.and_utc(),
            begun_by: one.begun_name,
            verified_at: one.verified_at.map(|at| at.and_utc()),
            verified_by: one.verified_name,
            valid_to: one.valid_to,
            ended_at: one.ended_at.map(|at| at.and_utc()),
            ended_reason: one.ended_reason,
        }
    }
}

/// List the authentications of the people behind a supplier
#[utoipa::path(
    tag = "certification",
    operation_id = "list_authentications",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id.")),
    responses((status = 200, description = "Newest first, at most 500.", body = Items<AuthenticationDocument>))
)]
#[get("/api/v1/suppliers/<id>/authentications")]
async fn of_supplier(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        suppliers::find(c, may.scope(), &id)?;
        let behind: Vec<Behind> = people::table
            .filter(people::supplier_id.eq(&id))
            .select((people::id, people::name, people::role, people::removed_at))
            .load(c)?;
        let behind: HashMap<String, Behind> =
            behind.into_iter().map(|person| (person.0.clone(), person)).collect();
        let mut items = Vec::new();
        for one in super::of(c, &id)? {
            let person = behind.get(&one.person_id).ok_or(Error::NotFound)?;
            items.push(AuthenticationDocument::of(one, person));
        }
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}
