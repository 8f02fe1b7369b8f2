//! The page on which a company's risk tier is said.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{RiskTier, Tier, TierInput, history, rate};
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::{Supplier, find};

pub fn routes() -> Vec<Route> {
    routes![show, rate_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "tiers/show.html")]
struct TierPage {
    page: Page,
    supplier: Supplier,
    history: Vec<RiskTier>,
    form: Form,
}

impl TierPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<TierPage, Error> {
        let supplier = find(c, scope, id)?;
        let page = page.at(&format!("/suppliers/{id}/risk-tier"));
        Ok(TierPage { page, history: history(c, id)?, supplier, form })
    }

    /// The tier today.
    fn now(&self) -> Tier {
        let current = self.history.iter().find(|one| one.is_current());
        current.map_or(Tier::default(), |one| one.tier)
    }

    fn is_rated(&self) -> bool {
        self.history.iter().any(RiskTier::is_current)
    }

    fn options(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("tier");
        let option = |tier: &Tier| {
            let text = tier.as_str();
            (text, self.page.tk("risk-tier", text), text == chosen)
        };
        Tier::ALL.iter().map(option).collect()
    }
}

#[get("/suppliers/<id>/risk-tier")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<TierPage, Error> {
    db.read(move |c| TierPage::load(c, page, may.scope(), &id, Form::empty())).await
}

#[post("/suppliers/<id>/risk-tier", data = "<form>")]
async fn rate_one(
    may: May<right::RateRisks>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<TierInput>,
) -> Result<Answer<TierPage>, Error> {
    let (scope, rated) = (may.scope().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            rate(c, &may, &rated, input)?;
            Ok(Go::to(format!("/suppliers/{rated}/risk-tier")).saying("done-risk-rated", ""))
        },
        move |c, form| TierPage::load(c, page, &scope, &id, form),
    )
    .await
}
