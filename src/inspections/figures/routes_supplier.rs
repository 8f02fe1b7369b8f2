//! The page of a company's inspections.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::{Route, State, get, routes};

use super::of_supplier;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::inspections::Inspection;
use crate::inspections::findings::Finding;
use crate::inspections::results::{EffectStatus, Led, Penalty};
use crate::inspections::tiers::{RiskTier, Tier};
use crate::page::Page;
use crate::page::filters::query_string;
use crate::page::paging::{Cursor, PAGE_SIZE};
use crate::suppliers::{Supplier, find};
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![tab]
}

#[derive(Template, WebTemplate)]
#[template(path = "figures/supplier.html")]
struct TabPage {
    page: Page,
    supplier: Supplier,
    tier: Option<RiskTier>,
    inspections: Vec<Inspection>,
    next: Option<String>,
    findings: Vec<Finding>,
    next_findings: Option<String>,
    effects: Vec<Led>,
    /// Those that count today.
    penalties: Vec<Penalty>,
    today: NaiveDate,
}

impl TabPage {
    fn link(&self, rest: &str) -> String {
        format!("/suppliers/{}{rest}", self.supplier.id)
    }

    /// The tier in force: who has none is medium.
    fn tier_name(&self) -> String {
        let tier = self.tier.as_ref().map_or_else(Tier::default, |one| one.tier);
        self.page.tk("risk-tier", tier.as_str())
    }

    fn tier_mark(&self) -> &'static str {
        self.tier.as_ref().map_or("none", |one| one.tier.mark())
    }

    /// The day of the visit, or the one that is planned.
    fn day(&self, one: &Inspection) -> String {
        match one.visited_on.or(one.planned_on) {
            Some(day) => self.page.day(day),
            None => self.page.t("figures-no-day").to_string(),
        }
    }

    /// The points of all penalties together.
    fn points(&self) -> i64 {
        self.penalties.iter().map(|one| one.points).sum()
    }

    fn mark(&self, one: &Led) -> &'static str {
        match one.status {
            EffectStatus::Proposed => "due",
            EffectStatus::Applied => "stop",
            EffectStatus::Declined | EffectStatus::Dropped => "none",
        }
    }

    fn is_overdue(&self, one: &Finding) -> bool {
        one.is_overdue(self.today)
    }

    fn inspection_code(&self, one: &Finding) -> Option<String> {
        let of = self.inspections.iter().find(|inspection| inspection.id == one.inspection_id);
        of.map(Inspection::code)
    }
}

#[get("/suppliers/<id>/inspections?<after>&<findings_after>")]
async fn tab(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
    after: Option<String>,
    findings_after: Option<String>,
) -> Result<TabPage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let place = |text: &Option<String>| text.as_deref().and_then(Cursor::decode);
        let (from, findings_from) = (place(&after), place(&findings_after));
        let (inspections, next) =
            of_supplier::inspections(c, &supplier.id, from.as_ref(), PAGE_SIZE)?;
        let (findings, next_findings) =
            of_supplier::findings(c, &supplier.id, findings_from.as_ref(), PAGE_SIZE)?;
        let address = |name: &str, next: Cursor, other: (&str, Option<&str>)| {
            let next = next.encode();
            let query = query_string([(name, Some(next.as_str())), other]);
            format!("/suppliers/{}/inspections?{query}", supplier.id)
        };
        let after = after.as_deref();
        let findings_after = findings_after.as_deref();
        Ok(TabPage {
            next: next.map(|next| address("after", next, ("findings_after", findings_after))),
            next_findings: next_findings.map(|next| {
                format!("{}#findings", address("findings_after", next, ("after", after)))
            }),
            tier: of_supplier::tier(c, &supplier.id)?,
            effects: of_supplier::effects(c, &supplier.id)?,
            penalties: of_supplier::penalties(c, &supplier.id, now().date())?,
            inspections,
            findings,
            today: now().date(),
            supplier,
            page,
        })
    })
    .await
}
