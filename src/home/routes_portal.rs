//! The first page of a company's people: what we ask of them, and what we hold about them.

use chrono::NaiveDate;
use rocket::{Route, State, get, routes};

use crate::access::{Member, Scope};
use crate::audit::view::place_name;
use crate::certification::category::overview;
use crate::clauses::signing;
use crate::db::Db;
use crate::error::Error;
use crate::inspections::findings;
use crate::inspections::visits::acknowledge;
use crate::onboarding::registration::{self, Waiting};
use crate::page::Page;
use crate::punishments::cases;
use crate::suppliers::contacts::{self, Contact};
use crate::suppliers::held::{self, Identifier};
use crate::suppliers::identifiers::Kind;
use crate::suppliers::sites::{self, Site};
use crate::suppliers::{Supplier, find};
use crate::values::now;

#[derive(askama::Template, askama_web::WebTemplate)]
#[template(path = "home/portal.html")]
pub struct PortalPage {
    page: Page,
    /// What is asked of this person, the most pressing first.
    asked: Vec<Waiting>,
    /// Things to do so that the company is, or stays, certified.
    certification: i64,
    /// Clauses that the company is to sign.
    clauses: i64,
    /// Inspections that the company is to take note of.
    inspections: i64,
    /// Findings that the company is to contain or to answer.
    findings: i64,
    /// Cases against the company to which it may reply.
    cases: i64,
    supplier: Supplier,
    identifiers: Vec<Identifier>,
    sites: Vec<Site>,
    contacts: Vec<Contact>,
}

impl PortalPage {
    /// What is asked, and what is known about it.
    fn words(&self, asked: &Waiting) -> (String, String) {
        match asked {
            Waiting::Registration { done, all, .. } => (
                self.page.t("home-asked-registration").into(),
                self.page.ta(
                    "home-asked-done",
                    &[("done", &done.to_string()), ("all", &all.to_string())],
                ),
            ),
            Waiting::Changes { sections, .. } => {
                let names: Vec<String> = sections
                    .iter()
                    .map(|section| self.page.tk("registration-section", section.as_str()))
                    .collect();
                let names = names.join(self.page.t("audit-list-comma"));
                (self.page.t("home-asked-changes").into(), names)
            }
            Waiting::Forwarded { section, from, note, .. } => (
                self.page.tk("registration-section", section.as_str()),
                match note.as_str() {
                    "" => self.page.ta("home-asked-from", &[("name", from)]),
                    note => {
                        format!("{}: {note}", self.page.ta("home-asked-from", &[("name", from)]))
                    }
                },
            ),
        }
    }

    /// By when it is asked.
    fn due(&self, asked: &Waiting) -> String {
        due_on(asked)
            .map(|day| self.page.ta("home-asked-by", &[("day", &self.page.day(day))]))
            .unwrap_or_default()
    }

    /// Whether the day by which it is asked has passed.
    fn is_late(&self, asked: &Waiting) -> bool {
        due_on(asked).is_some_and(|day| day < now().date())
    }

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

fn due_on(asked: &Waiting) -> Option<NaiveDate> {
    match asked {
        Waiting::Registration { due_on, .. }
        | Waiting::Changes { due_on, .. }
        | Waiting::Forwarded { due_on, .. } => *due_on,
    }
}

/// The company comes from the account: no address names another one.
#[get("/portal")]
pub async fn portal(page: Page, member: Member, db: &State<Db>) -> Result<PortalPage, Error> {
    db.read(move |c| {
        let id = member.supplier_id.as_str();
        let supplier = find(c, &Scope::Everything, id)?;
        Ok(PortalPage {
            page,
            certification: overview::asked_of_company(c, &supplier)? as i64,
            clauses: signing::number_open(c, id)? as i64,
            inspections: acknowledge::number_open(c, id)?,
            findings: findings::asked_of_company(c, id)?,
            cases: cases::waiting::asked_of_company(c, id)?,
            supplier,
            asked: registration::waiting_for_supplier(c, &member)?,
            identifiers: held::of(c, id)?,
            sites: sites::of(c, id)?,
            contacts: contacts::of(c, id)?,
        })
    })
    .await
}

pub fn routes() -> Vec<Route> {
    routes![portal]
}
