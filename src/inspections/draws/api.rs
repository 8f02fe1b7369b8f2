//! Draws for programs.

use chrono::{DateTime, NaiveDateTime, Utc};
use rocket::{Route, State, get, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::list::{self, Asked, Row};
use super::sample::{StratumSample, key_written};
use super::{Certain, Chosen, Draw, Status, find};
use crate::access::{ApiMay, right};
use crate::api::{self, Failure, Items, Query, Reply};
use crate::db::Db;
use crate::error::Problems;
use crate::inspections::tiers::Tier;

pub(in crate::inspections) fn routes() -> Vec<Route> {
    routes![show]
}

/// The operations as OpenAPI.
pub(in crate::inspections) fn document() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

#[derive(OpenApi)]
#[openapi(paths(show))]
struct Operations;

/// A draw: which companies of a roster are inspected.
#[derive(Serialize, ToSchema)]
#[schema(as = Draw)]
pub(in crate::inspections) struct DrawDocument {
    id: String,
    plan_id: String,
    #[schema(inline)]
    status: Status,
    /// SHA-256 of the seed.
    commitment: String,
    committed_at: DateTime<Utc>,
    committed_by: String,
    /// SHA-256 of the roster; null before it is frozen.
    roster_hash: Option<String>,
    roster_size: i64,
    sample_size: i64,
    frozen_at: Option<DateTime<Utc>>,
    /// Null before it is open.
    seed: Option<String>,
    salt: Option<String>,
    revealed_at: Option<DateTime<Utc>>,
    strata: Vec<StratumDocument>,
}

/// A stratum of a roster.
#[derive(Serialize, ToSchema)]
#[schema(as = DrawStratum)]
struct StratumDocument {
    /// Tier, region and category.
    #[schema(example = "medium|eastern|it")]
    key: String,
    /// Companies that draw.
    size: i64,
    /// Companies that are in without chance.
    certain: i64,
    /// What one of its companies weighs.
    weight: i64,
    /// How many of those that draw are in.
    drawn: i64,
}

/// A company on a roster.
#[derive(Serialize, ToSchema)]
#[schema(as = DrawEntry)]
struct EntryDocument {
    id: String,
    supplier_id: String,
    #[schema(example = "S-000123")]
    supplier_code: String,
    supplier_name: String,
    stratum: String,
    #[schema(inline)]
    tier: Tier,
    weight: i64,
    // Why it is in without chance.
    #[schema(inline)]
    certain: Certain,
    /// The key that it drew, in decimals; null for who did not draw.
    key: Option<String>,
    /// Its place in its stratum by what it drew, from 1.
    rank: Option<i64>,
    // How it came into the sample.
    #[schema(inline)]
    chosen: Chosen,
    /// The number of the company whose place it took.
    replaces: Option<String>,
    reason: String,
    inspection_id: Option<String>,
}

/// A draw with a page of its roster.
#[derive(Serialize, ToSchema)]
#[schema(as = DrawWithRoster)]
struct WholeDocument {
    draw: DrawDocument,
    /// As far as the account may see the companies.
    roster: Items<EntryDocument>,
}

impl From<StratumSample> for StratumDocument {
    fn from(one: StratumSample) -> StratumDocument {
        StratumDocument {
            key: one.key,
            size: one.size,
            certain: one.certain,
            weight: one.weight,
            drawn: one.drawn,
        }
    }
}

impl From<Draw> for DrawDocument {
    fn from(one: Draw) -> DrawDocument {
        let told = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
        let time = |at: Option<NaiveDateTime>| at.map(|at| at.and_utc());
        DrawDocument {
            strata: one.strata().into_iter().map(StratumDocument::from).collect(),
            roster_hash: told(&one.roster_hash),
            seed: told(&one.seed),
            salt: told(&one.salt),
            committed_at: one.committed_at.and_utc(),
            frozen_at: time(one.frozen_at),
            revealed_at: time(one.revealed_at),
            id: one.id,
            plan_id: one.plan_id,
            status: one.status,
            commitment: one.commitment,
            committed_by: one.committed_name,
            roster_size: one.roster_size,
            sample_size: one.sample_size,
        }
    }
}

impl From<Row> for EntryDocument {
    fn from(row: Row) -> EntryDocument {
        let one = row.entry;
        EntryDocument {
            supplier_code: one.code(),
            id: one.id,
            supplier_id: one.supplier_id,
            supplier_name: row.legal_name,
            stratum: one.stratum,
            tier: one.tier,
            weight: one.weight,
            certain: one.certain,
            key: one.draw_key.map(key_written),
            rank: one.rank,
            chosen: one.chosen,
            replaces: row.replaces,
            reason: one.reason,
            inspection_id: row.visit.map(|(id, ..)| id),
        }
    }
}

/// Which part of the roster is listed.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct RosterQuery {
    /// "yes" for those only that are or were in.
    #[param(value_type = Option<String>, example = "yes")]
    chosen: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows on a page, 50 when left out.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// Read a draw with a page of its roster
///
/// By number. What is not open yet (the roster before it is frozen, the seed before the draw) is null.
#[utoipa::path(
    tag = "inspection-plans",
    operation_id = "read_draw",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The draw's id."), RosterQuery),
    responses((status = 200, description = "The draw.", body = WholeDocument))
)]
#[get("/api/v1/draws/<id>")]
async fn show(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
    query: Query<RosterQuery>,
) -> Result<Reply, Failure> {
    let query = query.checked()?;
    let chosen = match query.chosen.as_deref() {
        None => Ok(false),
        Some("yes") => Ok(true),
        Some(_) => Err(Problems::one("chosen", "unknown_choice")),
    };
    let wrong = chosen.as_ref().err().cloned().unwrap_or_default();
    let (after, limit) = api::place(&query.cursor, &query.limit, wrong)?;
    let asked = Asked { chosen: chosen.unwrap_or_default(), number: None };
    let reply = db.read(move |c| {
        let draw = find(c, &id)?;
        let (rows, next) = list::page(c, may.scope(), &id, &asked, after.as_ref(), limit)?;
        let items = rows.into_iter().map(EntryDocument::from).collect();
        let roster = Items { items, next_cursor: next.map(|cursor| cursor.encode()) };
        Reply::ok(&WholeDocument { draw: draw.into(), roster })
    });
    Ok(reply.await?)
}
