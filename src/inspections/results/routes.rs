//! The pages of the rules of results: the version in force, and all versions.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::list;
use super::{
    Rule, Version, draft, draft_usual, routes_change, routes_effects, routes_rules, routes_version,
    rules_of, shown, versions,
};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Go, Nothing, Page, Submitted};
use crate::values::now;
use crate::versions::{Phase, with_phases};

pub fn routes() -> Vec<Route> {
    let own = routes![index, begin, draft_one];
    let rules = [routes_version::routes(), routes_rules::routes(), routes_change::routes()];
    [own, rules.concat(), routes_effects::routes()].concat()
}

#[derive(Template, WebTemplate)]
#[template(path = "results/rules.html")]
struct IndexPage {
    page: Page,
    versions: Vec<(Version, Phase)>,
    /// The version in force.
    current: Option<Version>,
    rules: Vec<Rule>,
    has_draft: bool,
    /// Whether something waits for a decision that the reader may take.
    waiting: i64,
}

#[get("/result-rules")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
) -> Result<IndexPage, Error> {
    db.read(move |c| {
        let versions = with_phases(versions(c)?, now().date());
        let at = |phase: Phase| {
            versions.iter().find(|(_, one)| *one == phase).map(|(one, _)| one.clone())
        };
        let current = at(Phase::InForce);
        let rules = match &current {
            Some(version) => rules_of(c, &version.id)?,
            None => Vec::new(),
        };
        let waiting = match page.may("results.decide") {
            true => list::to_decide(c, may.actor(), 100)?.len() as i64,
            false => 0,
        };
        let has_draft = at(Phase::Draft).is_some();
        Ok(IndexPage { page, versions, current, rules, has_draft, waiting })
    })
    .await
}

/// Drafts the usual rules.
#[post("/result-rules/usual", data = "<form>")]
async fn begin(
    may: May<right::EditResultRules>,
    db: &State<Db>,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    form.input()?;
    let version = db.write(move |c| draft_usual(c, &may)).await?;
    Ok(Go::to(format!("/result-rules/{}", version.id)).saying("done-result-rules-begun", ""))
}

/// Drafts the next version, which begins with the rules of the newest one.
#[post("/result-rules/draft", data = "<form>")]
async fn draft_one(
    may: May<right::EditResultRules>,
    db: &State<Db>,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    form.input()?;
    let version = db.write(move |c| draft(c, &may)).await?;
    Ok(Go::to(format!("/result-rules/{}", version.id)).saying("done-result-rules-drafted", ""))
}
