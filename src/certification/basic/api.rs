//! Audits for programs.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use rocket::{Route, State, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::list::Due;
use super::{BasicAudit, Outcome, Status, query};
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::db::Db;
use crate::error::{Error, Problem, Problems};
use crate::page::paging::Cursor;
use crate::suppliers;

pub fn routes() -> Vec<Route> {
    routes![list, of_supplier]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(
    paths(list, of_supplier),
    tags((name = "certification", description = "Who may supply what, until when, and how we know."))
)]
struct Operations;

/// An audit of a company's basic information.
#[derive(Serialize, ToSchema)]
#[schema(as = BasicAudit)]
struct AuditDocument {
    /// Null for a company that was never audited.
    id: Option<String>,
    #[schema(example = "BA-000012")]
    code: Option<String>,
    supplier_id: String,
    #[schema(inline)]
    status: Option<Status>,
    opened_at: Option<DateTime<Utc>>,
    opened_by: String,
    // What is or was proposed, "" before.
    #[schema(inline)]
    outcome: Outcome,
    proposed_at: Option<DateTime<Utc>>,
    proposed_by: String,
    decided_at: Option<DateTime<Utc>>,
    decided_by: String,
    valid_from: Option<NaiveDate>,
    /// The last day on which the certification counts.
    valid_to: Option<NaiveDate>,
    /// When it was given up or revoked.
    ended_at: Option<DateTime<Utc>>,
    ended_reason: String,
}

impl From<BasicAudit> for AuditDocument {
    fn from(audit: BasicAudit) -> AuditDocument {
        let at = |time: Option<NaiveDateTime>| time.map(|time| time.and_utc());
        let is_open = audit.status == Status::Open;
        AuditDocument {
            code: Some(audit.code()),
            id: Some(audit.id),
            supplier_id: audit.supplier_id,
            status: Some(audit.status),
            opened_at: at(Some(audit.created_at)),
            opened_by: audit.opened_name,
            outcome: audit.outcome,
            proposed_at: at(audit.proposed_at),
            proposed_by: audit.proposed_name,
            // An audit that was sent back is not decided.
            decided_at: at(audit.decided_at.filter(|_| !is_open)),
            decided_by: if is_open { String::new() } else { audit.decided_name },
            valid_from: audit.valid_from,
            valid_to: audit.valid_to,
            ended_at: at(audit.ended_at),
            ended_reason: audit.ended_reason,
        }
    }
}

impl AuditDocument {
    fn never(supplier_id: String) -> AuditDocument {
        AuditDocument {
            id: None,
            code: None,
            supplier_id,
            status: None,
            opened_at: None,
            opened_by: String::new(),
            outcome: Outcome::None,
            proposed_at: None,
            proposed_by: String::new(),
            decided_at: None,
            decided_by: String::new(),
            valid_from: None,
            valid_to: None,
            ended_at: None,
            ended_reason: String::new(),
        }
    }
}

/// What the list is narrowed to, and its place.
#[derive(Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AuditQuery {
    #[param(value_type = Option<Status>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    /// `soon`: certified until a day in the next 90; `overdue`: until a day that has passed; `never`:
    /// active companies that were never audited, whose entries have no id. Not together with
    /// `status`.
    #[param(value_type = Option<Due>, inline)]
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// Entries on a page; 50 when left out.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<String>,
    /// `next_cursor` of the page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    cursor: Option<String>,
}

type Asked = (Option<Status>, Option<Due>, Option<Cursor>, usize);

impl AuditQuery {
    fn check(&self) -> Result<Asked, Problems> {
        let mut problems = Problems::default();
        let status = self.status.as_deref().map(Status::parse);
        let due = self.due.as_deref().map(Due::parse);
        if status == Some(None) {
            problems.add(Problem::new("status", "unknown_choice"));
        }
        if due == Some(None) || due.is_some() && status.is_some() {
            problems.add(Problem::new("due", "unknown_choice"));
        }
        let (cursor, limit) = api::place(&self.cursor, &self.limit, problems)?;
        Ok((status.flatten(), due.flatten(), cursor, limit))
    }

    /// The address of the page at a cursor.
    fn link(&self, cursor: &str) -> Result<String, Error> {
        let next = AuditQuery { cursor: Some(cursor.to_string()), ..self.clone() };
        api::address("/api/v1/basic-audits", &next)
    }
}

/// List audits of basic information
///
/// The newest first; those in a state with the oldest first; what is due by its last day.
#[utoipa::path(
    tag = "certification",
    operation_id = "list_basic_audits",
    security(("token" = ["suppliers.read"])),
    params(AuditQuery),
    responses(
        (status = 200, description = "A page of audits.", body = Items<AuditDocument>, headers(
            ("Link" = String, description = "The next page, with rel=\"next\". Not there on the last page."),
        )),
    )
)]
#[get("/api/v1/basic-audits")]
async fn list(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    query: Query<AuditQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let reply = db.read(move |c| {
        let (status, due, cursor, limit) = query.check()?;
        let found = query::find(c, may.scope(), (status, due), cursor, limit)?;
        let audits = found.audits.into_iter().map(|(audit, _)| AuditDocument::from(audit));
        let never = found.never.into_iter().map(|supplier| AuditDocument::never(supplier.id));
        let items = audits.chain(never).collect();
        Reply::page(items, found.next, |cursor| query.link(cursor))
    });
    Ok(reply.await?)
}

/// List the audits of a supplier's basic information
#[utoipa::path(
    tag = "certification",
    operation_id = "list_basic_audits_of_supplier",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id.")),
    responses((status = 200, description = "Newest first, at most 100.", body = Items<AuditDocument>))
)]
#[get("/api/v1/suppliers/<id>/basic-audits")]
async fn of_supplier(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
) -> Result<Reply, Failure> {
    let reply = db.read(move |c| {
        suppliers::find(c, may.scope(), &id)?;
        let items = super::of(c, &id)?.into_iter().map(AuditDocument::from).collect();
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}
