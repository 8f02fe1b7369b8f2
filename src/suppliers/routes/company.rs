//! The page of a company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::clearance::{Shown, facts_of};
use crate::access::{May, right};
use crate::audit;
use crate::audit::view::{Line, Names};
use crate::categories::{self, Category};
use crate::db::Db;
use crate::error::Error;
use crate::page::Page;
use crate::regions::{self, area_name};
use crate::suppliers::bank_accounts::{self, BankAccount};
use crate::suppliers::clearance::HoldSources;
use crate::suppliers::contacts::{self, Contact};
use crate::suppliers::duplicates::{Pair, Side};
use crate::suppliers::groups::{self, Ties};
use crate::suppliers::held::{self, Identifier};
use crate::suppliers::history::{self, Version};
use crate::suppliers::merges::Merge;
use crate::suppliers::owners::{self, Owner};
use crate::suppliers::people::{self, Person};
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::suppliers::sites::{self, Site};
use crate::suppliers::{Supplier, duplicates, find, merges};
use crate::values::now;

pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

/// The company's page: what it is, where, who, and its story.
#[derive(Template, WebTemplate)]
#[template(path = "suppliers/show.html")]
struct ShowPage {
    page: Page,
    supplier: Supplier,
    answer: Shown,
    region: String,
    identifiers: Vec<Identifier>,
    sites: Vec<Site>,
    contacts: Vec<Contact>,
    backing: Backing,
    categories: Vec<Category>,
    versions: Vec<Version>,
    lines: Vec<Line>,
    /// Companies that were merged into this one.
    merged: Vec<(Merge, Supplier)>,
    /// Companies that may be this one.
    alike: Vec<(Pair, Side)>,
    account_id: String,
    /// Who looks after the company on our side.
    owner: Option<Owner>,
    /// Who controls the company today.
    parents: Ties,
    /// How many companies it controls today.
    children: i64,
}

/// What is known of where the money goes, and of who stands behind.
struct Backing {
    accounts: Vec<BankAccount>,
    people: Vec<Person>,
}

impl ShowPage {
    fn area(&self, area: &str) -> String {
        area_name(area, self.page.is_chinese())
    }

    fn country(&self, code: &str) -> String {
        audit::view::place_name(&self.page, code)
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

    fn may_confirm_account(&self, account: &BankAccount) -> bool {
        let waits = account.confirmed_at.is_none() && account.recorded_by != self.account_id;
        waits && self.page.may("bank_accounts.confirm")
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
    sources: &State<HoldSources>,
    id: &str,
) -> Result<ShowPage, Error> {
    let (id, sources) = (id.to_string(), *sources.inner());
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let records = audit::trail_of(c, ("supplier", &id), None, 8)?;
        let names = Names::of(c, may.scope(), &records)?;
        let (parents, children) = groups::nearest(c, may.scope(), &id, now().date())?;
        let scheme = regions::find_scheme(c, DEFAULT_SCHEME)?;
        let facts = facts_of(c, sources.without_categories(), &id)?;
        Ok(ShowPage {
            answer: Shown::of(&page, &supplier, &facts, &[], None, now().date()),
            region: regions::region_name(&page, &scheme, &supplier.area),
            identifiers: held::of(c, &id)?,
            sites: sites::of(c, &id)?,
            contacts: contacts::of(c, &id)?,
            backing: Backing { accounts: bank_accounts::of(c, &id)?, people: people::of(c, &id)? },
            categories: categories::of_supplier(c, &id)?,
            versions: history::of(c, &id)?,
            lines: audit::view::lines_naming(&page, &records, &names),
            merged: merges::into(c, &id)?,
            alike: duplicates::of_supplier(c, may.scope(), &id)?,
            account_id: may.actor().account_id.clone(),
            owner: owners::of(c, &supplier.id)?,
            parents,
            children,
            supplier,
            page,
        })
    })
    .await
}
