//! May we order from a supplier?

use rocket::{Route, State, get, routes};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::access::{ApiMay, right};
use crate::api::{Failure, Query, Reader, Reply};
use crate::categories;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::suppliers::clearance::{self, Answer, HoldSources, clearance};
use crate::suppliers::find;
use crate::values::{calendar_day, now};

pub(super) fn routes() -> Vec<Route> {
    routes![ask]
}

/// What is asked.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ClearanceQuery {
    /// Id or code of the category to order; without it, no category stands in the way.
    #[param(value_type = Option<String>, max_length = 100)]
    category: Option<String>,
    /// The day of the order; today, UTC, when left out.
    #[param(value_type = Option<String>, format = Date, example = "2021-12-31")]
    on: Option<String>,
}

/// Ask whether an order may be placed
///
/// Cleared, or not cleared with every reason. On a day past as the history says; on a day to come,
/// what holds today is taken to hold.
#[utoipa::path(
    tag = "parts",
    operation_id = "get_clearance",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id."), ClearanceQuery),
    responses((status = 200, description = "The answer.", body = Answer))
)]
#[get("/api/v1/suppliers/<id>/clearance")]
async fn ask(
    may: ApiMay<right::ReadSuppliers>,
    reader: Reader,
    db: &State<Db>,
    sources: &State<HoldSources>,
    id: &str,
    query: Query<ClearanceQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let on = match &query.on {
        None => now().date(),
        Some(text) => calendar_day(text).ok_or(Problems::one("on", "report_date"))?,
    };
    let (id, texts, sources) = (id.to_string(), reader.texts(), *sources.inner());
    let reply = db.read(move |c| {
        find(c, may.scope(), &id)?;
        let category = match &query.category {
            Some(asked) => Some(category_of(c, &id, asked)?),
            None => None,
        };
        let facts = clearance::load(c, sources, &[&id])?.remove(&id).ok_or(Error::NotFound)?;
        let found = clearance(&facts, category.as_ref().map(|one| one.id.as_str()), on);
        let named = category
            .as_ref()
            .map(|one| (one.code.as_str(), reader.pick(&one.name_en, &one.name_zh)));
        Reply::ok(&Answer::of(texts, &id, named, on, &found))
    });
    Ok(reply.await?)
}

/// An open category, or one that the supplier offers.
fn category_of(
    c: &mut AnyConnection,
    supplier_id: &str,
    asked: &str,
) -> Result<categories::Category, Error> {
    let mut known = categories::of_supplier(c, supplier_id)?;
    known.extend(categories::all(c)?);
    let found = known.into_iter().find(|one| one.id == asked || one.code == asked);
    found.ok_or_else(|| Problems::one("category", "unknown_choice").into())
}
