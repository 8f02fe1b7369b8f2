//! The page of a company, and its trail.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use crate::access::{May, right};
use crate::audit::view::Line;
use crate::audit::{self, AuditRecord};
use crate::categories::{self, Category};
use crate::db::Db;
use crate::error::Error;
use crate::page::Page;
use crate::regions::{self, area_name};
use crate::suppliers::contacts::{self, Contact};
use crate::suppliers::duplicates::{Pair, Side};
use crate::suppliers::held::{self, Identifier};
use crate::suppliers::history::{self, Version};
use crate::suppliers::merges::Merge;
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::suppliers::sites::{self, Site};
use crate::suppliers::{Supplier, duplicates, find, merges};

pub(super) fn routes() -> Vec<Route> {
    routes![show, trail]
}

/// The company's page: what it is, where, who, and its story.
#[derive(Template, WebTemplate)]
#[template(path = "suppliers/show.html")]
struct ShowPage {
    page: Page,
    supplier: Supplier,
    region: String,
    identifiers: Vec<Identifier>,
    sites: Vec<Site>,
    contacts: Vec<Contact>,
    categories: Vec<Category>,
    versions: Vec<Version>,
    lines: Vec<Line>,
    /// Companies that were merged into this one.
    merged: Vec<(Merge, Supplier)>,
    /// Companies that may be this one.
    alike: Vec<(Pair, Side)>,
    account_id: String,
}

impl ShowPage {
    fn area(&self, area: &str) -> String {
        area_name(area, self.page.is_chinese())
    }

    fn place(&self, site: &Site) -> String {
        regions::place_name(&site.area, &site.city, self.page.is_chinese())
    }

    fn is_registered(&self, site: &Site) -> bool {
        site.id == self.supplier.registered_site_id
    }

    fn may_confirm(&self, identifier: &Identifier) -> bool {
        self.page.may("identifiers.confirm") && identifier.recorded_by != self.account_id
    }

    fn link(&self, rest: impl std::fmt::Display) -> String {
        format!("/suppliers/{}{rest}", self.supplier.id)
    }
}

#[get("/suppliers/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
) -> Result<ShowPage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let records = audit::trail_of(c, ("supplier", &id), None, 8)?;
        let scheme = regions::find_scheme(c, DEFAULT_SCHEME)?;
        Ok(ShowPage {
            region: regions::region_name(&page, &scheme, &supplier.area),
            identifiers: held::of(c, &id)?,
            sites: sites::of(c, &id)?,
            contacts: contacts::of(c, &id)?,
            categories: categories::of_supplier(c, &id)?,
            versions: history::of(c, &id)?,
            lines: audit::view::lines(&page, &records),
            merged: merges::into(c, &id)?,
            alike: duplicates::of_supplier(c, may.scope(), &id)?,
            account_id: may.actor().account_id.clone(),
            supplier,
            page,
        })
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/trail.html")]
struct TrailPage {
    page: Page,
    supplier: Supplier,
    lines: Vec<Line>,
    earlier: Option<i64>,
}

/// Records on a page of a trail.
const TRAIL_PAGE: i64 = 50;

#[get("/suppliers/<id>/trail?<before>")]
async fn trail(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
    before: Option<i64>,
) -> Result<TrailPage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let records: Vec<AuditRecord> = audit::trail_of(c, ("supplier", &id), before, TRAIL_PAGE)?;
        let full = records.len() as i64 == TRAIL_PAGE;
        Ok(TrailPage {
            lines: audit::view::lines(&page, &records),
            earlier: records.last().filter(|_| full).map(|r| r.sequence),
            supplier,
            page,
        })
    })
    .await
}
