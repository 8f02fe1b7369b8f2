//! The company's own page, for its people: what we hold about it.

use rocket::{Route, State, get, routes};

use super::contacts::{self, Contact};
use super::held::{self, Identifier};
use super::identifiers::Kind;
use super::sites::{self, Site};
use super::{Supplier, find};
use crate::access::{Member, Scope};
use crate::audit::view::place_name;
use crate::db::Db;
use crate::error::Error;
use crate::page::Page;

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "suppliers/portal.html")]
pub struct PortalPage {
    page: Page,
    supplier: Supplier,
    identifiers: Vec<Identifier>,
    sites: Vec<Site>,
    contacts: Vec<Contact>,
}

impl PortalPage {
    /// The name of an identifier's kind.
    fn kind_name(&self, identifier: &Identifier) -> String {
        let kind = Kind::parse(&identifier.kind);
        kind.map_or_else(|| identifier.kind.clone(), |k| self.page.t(k.label_key()).to_string())
    }

    /// City and province of a site, or its country; "" when unknown.
    fn place(&self, site: &Site) -> String {
        let names = [&site.city, &site.area].map(|code| place_name(&self.page, code));
        let named: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        named.join(self.page.t("audit-list-comma"))
    }
}

/// The company comes from the account: no address names another one.
#[get("/portal")]
pub async fn portal(page: Page, member: Member, db: &State<Db>) -> Result<PortalPage, Error> {
    let id = member.supplier_id;
    let (supplier, identifiers, sites, contacts) = db
        .read(move |c| {
            let supplier = find(c, &Scope::Everything, &id)?;
            Ok((supplier, held::of(c, &id)?, sites::of(c, &id)?, contacts::of(c, &id)?))
        })
        .await?;
    Ok(PortalPage { page, supplier, identifiers, sites, contacts })
}

pub fn routes() -> Vec<Route> {
    routes![portal]
}
