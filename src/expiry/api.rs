//! What runs out, for programs.

use chrono::{Days, NaiveDate};
use rocket::{Route, State, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::{Asked, Expiry, Kind, Place, What, between, kinds_for};
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::certification::{basic, category};
use crate::db::Db;
use crate::error::{Problem, Problems};
use crate::page::paging::cut;
use crate::values::{calendar_day, now};

pub fn routes() -> Vec<Route> {
    routes![list]
}

/// The operations as OpenAPI.
pub fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(paths(list), tags((name = "expiries", description = "What runs out, and when.")))]
struct Operations;

/// The days from the first to the last that are looked at when no last one is given.
const AHEAD: u64 = 400;

/// Which things are listed.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExpiryQuery {
    /// The first day; today (UTC) when left out.
    #[param(value_type = Option<String>, format = Date, example = "2027-03-01")]
    from: Option<String>,
    /// The last day; 400 days after the first when left out.
    #[param(value_type = Option<String>, format = Date, example = "2027-12-31")]
    to: Option<String>,
    /// All kinds when left out.
    #[param(value_type = Option<Kind>, inline)]
    kind: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows on a page, 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// Something that runs out, and that nothing has taken the place of.
#[derive(Serialize, ToSchema)]
#[schema(as = Expiry)]
struct ExpiryDocument {
    #[schema(inline)]
    kind: Kind,
    /// Of the certificate, certification, audit, authentication or document.
    id: String,
    /// The last day on which it counts.
    due_on: NaiveDate,
    supplier_id: String,
    #[schema(example = "S-000123")]
    supplier_code: String,
    supplier_name: String,
    /// The type of a certificate, the kind of a document; "" for other things.
    #[schema(example = "iso9001")]
    subtype: String,
    /// The number or the title; for an authentication the name of the person.
    label: String,
    /// The account that looks after the company on our side.
    owner_id: Option<String>,
}

impl From<Expiry> for ExpiryDocument {
    fn from(one: Expiry) -> ExpiryDocument {
        let (subtype, label) = match one.what {
            What::Certificate { type_id, number } => (type_id, number),
            What::Certification { number, .. } => (String::new(), category::code_of(number)),
            What::BasicAudit { number } => (String::new(), basic::code_of(number)),
            What::Authentication { person } => (String::new(), person),
            What::Document { kind, title } => (kind.as_str().to_string(), title),
        };
        ExpiryDocument {
            kind: one.kind,
            id: one.id,
            due_on: one.due_on,
            supplier_code: one.company.code(),
            supplier_id: one.company.id,
            supplier_name: one.company.legal_name,
            subtype,
            label,
            owner_id: one.owner_id,
        }
    }
}

/// List what runs out
///
/// By last day. What something of its like has taken the place of is left out, and so is what companies
/// have that have gone.
#[utoipa::path(
    tag = "expiries",
    operation_id = "list_expiries",
    security(("token" = ["suppliers.read"])),
    params(ExpiryQuery),
    responses((status = 200, description = "A page of the list.", body = Items<ExpiryDocument>))
)]
#[get("/api/v1/expiries")]
async fn list(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    query: Query<ExpiryQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let days = days(&query)?;
    let kind = match query.kind.as_deref() {
        None => None,
        Some(text) => {
            Some(Kind::parse(text).ok_or_else(|| Problems::one("kind", "unknown_choice"))?)
        }
    };
    let limit = api::limit(&query.limit)?;
    let after = match api::from_cursor(&query.cursor)? {
        None => None,
        Some(cursor) => Some(Place::of(&cursor).ok_or_else(|| Problems::one("cursor", "cursor"))?),
    };
    let reply = db.read(move |c| {
        let asked = Asked {
            scope: may.scope(),
            days,
            kinds: &kinds_for(may.actor(), kind),
            owner: None,
            companies: None,
            only_counted: false,
            after,
            limit: limit + 1,
        };
        let mut found = between(c, &asked)?;
        let place = |last: &Expiry| last.place().cursor();
        let next_cursor = cut(&mut found, limit, place).map(|cursor| cursor.encode());
        let items: Vec<ExpiryDocument> = found.into_iter().map(ExpiryDocument::from).collect();
        Reply::ok(&Items { items, next_cursor })
    });
    Ok(reply.await?)
}

fn days(query: &ExpiryQuery) -> Result<(NaiveDate, NaiveDate), Problems> {
    let mut problems = Problems::default();
    let mut day = |name: &str, given: &Option<String>| match given.as_deref().map(calendar_day) {
        Some(None) => {
            problems.add(Problem::new(name, "report_date"));
            None
        }
        given => given.flatten(),
    };
    let (from, to) = (day("from", &query.from), day("to", &query.to));
    if !problems.0.is_empty() {
        return Err(problems);
    }
    let from = from.unwrap_or_else(|| now().date());
    let to = to.or_else(|| from.checked_add_days(Days::new(AHEAD))).unwrap_or(from);
    if to < from {
        return Err(Problems::one("to", "expiry_days"));
    }
    Ok((from, to))
}
