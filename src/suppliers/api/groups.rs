//! The group of a company on a day, and the links that make it.

use chrono::NaiveDate;
use rocket::{Route, State, get, post, routes};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::address;
use crate::access::{ApiMay, right};
use crate::api::{self, Body, Failure, Items, Query, Reply};
use crate::db::Db;
use crate::error::Problems;
use crate::suppliers::groups::{self, ControlKind, ControlLink, Group, LinkInput, Role};
use crate::suppliers::{Stage, find};
use crate::values::{calendar_day, now};

pub(super) fn routes() -> Vec<Route> {
    routes![group, links, add_link]
}

/// The group of a supplier on a day.
#[derive(Serialize, ToSchema)]
#[schema(as = Group)]
pub(super) struct GroupDocument {
    on: NaiveDate,
    /// The supplier itself first, then those above it, those below it and the others.
    members: Vec<MemberDocument>,
    /// The controlling links of that day between members.
    links: Vec<LinkDocument>,
    /// Members outside the regions that the account may see.
    hidden: usize,
    /// Whether there are more members than are shown.
    is_cut: bool,
}

/// A company of a group.
#[derive(Serialize, ToSchema)]
#[schema(as = GroupMember)]
struct MemberDocument {
    supplier_id: String,
    code: String,
    legal_name: String,
    english_name: String,
    stage: Stage,
    area: String,
    /// How it stands to the supplier that was asked about.
    role: Role,
    /// How many links away, the shortest way.
    steps: usize,
}

/// That one company controls another, or holds a part of it, for a time.
#[derive(Serialize, ToSchema)]
#[schema(as = ControlLink)]
pub(super) struct LinkDocument {
    id: String,
    parent_id: String,
    child_id: String,
    control: ControlKind,
    /// In hundredths of a percent: 5125 is 51.25 %; null when none is recorded.
    #[schema(minimum = 1, maximum = 10000)]
    share: Option<i64>,
    evidence: String,
    valid_from: NaiveDate,
    /// The first day on which it is no more; null while no end is known.
    valid_to: Option<NaiveDate>,
    /// Entered by mistake: it holds on no day.
    withdrawn: bool,
}

impl From<ControlLink> for LinkDocument {
    fn from(link: ControlLink) -> LinkDocument {
        LinkDocument {
            valid_to: (!link.is_open()).then_some(link.valid_to),
            withdrawn: link.withdrawn_at.is_some(),
            id: link.id,
            parent_id: link.parent_id,
            child_id: link.child_id,
            control: link.kind,
            share: link.share,
            evidence: link.evidence,
            valid_from: link.valid_from,
        }
    }
}

impl GroupDocument {
    fn of(on: NaiveDate, group: Group) -> GroupDocument {
        let member = |member: groups::Member| MemberDocument {
            code: member.company.code(),
            supplier_id: member.company.id,
            legal_name: member.company.legal_name,
            english_name: member.company.english_name,
            stage: member.company.stage,
            area: member.company.area,
            role: member.role,
            steps: member.steps,
        };
        GroupDocument {
            on,
            members: group.members.into_iter().map(member).collect(),
            links: group.links.into_iter().map(LinkDocument::from).collect(),
            hidden: group.hidden,
            is_cut: group.is_cut,
        }
    }
}

/// Which day.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct GroupQuery {
    /// The day; today, UTC, when left out.
    #[param(value_type = Option<String>, format = Date, example = "2021-12-31")]
    on: Option<String>,
}

/// Read the group of a supplier
///
/// Companies that are connected by control on the day. Minority holdings are no part of it.
#[utoipa::path(
    tag = "parts",
    operation_id = "get_group",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id."), GroupQuery),
    responses((status = 200, description = "The group; of one, for a supplier without links.", body = GroupDocument))
)]
#[get("/api/v1/suppliers/<id>/group")]
async fn group(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: &str,
    query: Query<GroupQuery>,
) -> Result<Reply, Failure> {
    let on = match query.checked()?.on {
        None => now().date(),
        Some(text) => calendar_day(&text).ok_or(Problems::one("on", "report_date"))?,
    };
    let id = id.to_string();
    let reply = db.read(move |c| {
        find(c, may.scope(), &id)?;
        let group = groups::members(c, &id, on)?.within(may.scope());
        Reply::ok(&GroupDocument::of(on, group))
    });
    Ok(reply.await?)
}

/// List the links of a supplier
///
/// Holdings, ended and withdrawn links too, newest beginning first. Links to companies outside the
/// regions that the account may see are left out.
#[utoipa::path(
    tag = "parts",
    operation_id = "list_links",
    security(("token" = ["suppliers.read"])),
    params(("id" = String, Path, description = "The supplier's id.")),
    responses((status = 200, description = "At most 1,000.", body = Items<LinkDocument>))
)]
#[get("/api/v1/suppliers/<id>/links")]
async fn links(
    may: ApiMay<right::ReadSuppliers>,
    db: &State<Db>,
    id: &str,
) -> Result<Reply, Failure> {
    let id = id.to_string();
    let reply = db.read(move |c| {
        find(c, may.scope(), &id)?;
        let ties = groups::ties(c, may.scope(), &id)?.ties.into_iter();
        let items = ties.map(|tie| LinkDocument::from(tie.link)).collect();
        Reply::ok(&Items { items, next_cursor: None })
    });
    Ok(reply.await?)
}

/// A link to record, as seen from the supplier of the address.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = NewControlLink)]
struct LinkBody {
    /// The other company: its id, its number or one of its identifiers.
    #[schema(min_length = 1, max_length = 100, required)]
    company: String,
    #[schema(value_type = Direction, required)]
    direction: String,
    #[schema(value_type = ControlKind, required)]
    control: String,
    /// In percent, two decimals at most. Needed for a majority and for a minority.
    #[schema(max_length = 20, example = "51.25")]
    share: String,
    #[schema(required, format = Date, example = "2021-01-01")]
    valid_from: String,
    /// The first day on which it is no more; left out while no end is known.
    #[schema(format = Date)]
    valid_to: String,
    /// Where it is written.
    #[schema(min_length = 1, max_length = 500, required, example = "Annual report 2021, p. 12")]
    evidence: String,
}

/// Which way a link goes.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema is used")]
enum Direction {
    Controls,
    ControlledBy,
}

impl From<LinkBody> for LinkInput {
    fn from(body: LinkBody) -> LinkInput {
        LinkInput {
            company: body.company,
            direction: body.direction,
            control: body.control,
            share: body.share,
            valid_from: body.valid_from,
            valid_to: body.valid_to,
            evidence: body.evidence,
        }
    }
}

/// Record a link
#[utoipa::path(
    tag = "parts",
    operation_id = "add_link",
    security(("token" = ["groups.write"])),
    params(
        ("id" = String, Path, description = "The supplier's id."),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same body within 24 hours, the request gives the same answer and records nothing more.", max_length = 200, pattern = "^[!-~]+$"),
    ),
    request_body = LinkBody,
    responses((status = 201, description = "Recorded.", body = LinkDocument, headers(
        ("Location" = String, description = "The list that it is in."),
    )))
)]
#[post("/api/v1/suppliers/<id>/links", data = "<body>")]
async fn add_link(
    may: ApiMay<right::EditGroups>,
    db: &State<Db>,
    id: String,
    body: Body<LinkBody>,
) -> Result<Reply, Failure> {
    let (input, request) = body.input::<LinkInput>()?;
    let actor = may.actor().clone();
    api::once(db, &actor, request, move |c| {
        let link = groups::add(c, &may, &id, &input)?;
        Reply::created(format!("{}/links", address(&id)), &LinkDocument::from(link))
    })
    .await
}
