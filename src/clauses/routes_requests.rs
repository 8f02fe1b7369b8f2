//! Companies are asked to sign: what the press would do, and the press.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};
use serde::Deserialize;
use validator::Validate;

use super::coverage::DayCache;
use super::coverage::query::CoverageQuery;
use super::requests::{self, AT_ONCE, Choice, LATELY, Unreachable};
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::filters::given;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::code_of;
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    routes![preview, ask, ask_one]
}

/// Companies without an account that the page names.
const NAMED: usize = 50;

#[derive(Template, WebTemplate)]
#[template(path = "coverage/requests.html")]
struct PreviewPage {
    page: Page,
    form: Form,
    query: CoverageQuery,
    /// Names of the clauses that are asked about.
    clauses: Vec<String>,
    choice: Choice,
}

impl PreviewPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        cache: &DayCache,
        scope: &Scope,
        query: CoverageQuery,
        form: Form,
    ) -> Result<PreviewPage, Error> {
        let about = query.about(c, cache)?;
        let asked = query.narrow(&about, scope)?;
        let choice = requests::choose(c, &asked)?;
        let clauses = asked.clauses.iter().map(|place| {
            let clause = &about.day.published.clauses[*place];
            page.pick(&clause.name_en, &clause.name_zh).to_string()
        });
        let clauses = clauses.collect();
        Ok(PreviewPage { page, form, query, clauses, choice })
    }

    fn number(&self) -> i64 {
        self.choice.next().len() as i64
    }

    /// Those who are left for another press.
    fn left(&self) -> i64 {
        (self.choice.ready.len() - self.choice.next().len()) as i64
    }

    fn unreachable(&self) -> i64 {
        self.choice.unreachable.len() as i64
    }

    fn named(&self) -> &[Unreachable] {
        &self.choice.unreachable[..self.choice.unreachable.len().min(NAMED)]
    }

    fn unnamed(&self) -> i64 {
        (self.choice.unreachable.len() - self.named().len()) as i64
    }

    fn code(&self, one: &Unreachable) -> String {
        code_of(one.number)
    }

    fn lately(&self) -> String {
        let (number, days) = (self.choice.lately.to_string(), LATELY.to_string());
        self.page.ta("requests-lately", &[("number", &number), ("days", &days)])
    }

    fn at_once(&self) -> String {
        self.page.tn("requests-left", AT_ONCE as i64)
    }

    fn back(&self) -> String {
        format!("/clauses/coverage?{}", self.query.with(&[]))
    }

    /// The filters as hidden fields.
    fn fields(&self) -> Vec<(&'static str, &str)> {
        let pairs = self.query.pairs().into_iter();
        pairs.filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

#[get("/clauses/coverage/requests?<query..>")]
async fn preview(
    may: May<right::RequestSignatures>,
    page: Page,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    query: CoverageQuery,
) -> Result<PreviewPage, Error> {
    let cache = cache.inner().clone();
    db.read(move |c| PreviewPage::load(c, page, &cache, may.scope(), query, Form::empty())).await
}

#[post("/clauses/coverage/requests", data = "<form>")]
async fn ask(
    may: May<right::RequestSignatures>,
    page: Page,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    vault: &State<Vault>,
    form: Submitted<CoverageQuery>,
) -> Result<Answer<PreviewPage>, Error> {
    let (vault, cache, again) =
        (vault.inner().clone(), cache.inner().clone(), cache.inner().clone());
    let query = CoverageQuery::of(&form.values);
    let (scope, actor) = (may.scope().clone(), may.actor().clone());
    // Who is meant is found beside the writer, which only looks at those again.
    let (on, chosen, is_left) = {
        let (query, scope) = (query.clone(), scope.clone());
        db.read(move |c| {
            let about = query.about(c, &cache)?;
            let choice = requests::choose(c, &query.narrow(&about, &scope)?)?;
            let is_left = choice.ready.len() > choice.next().len();
            Ok((about.day.on, choice.next().to_vec(), is_left))
        })
        .await?
    };
    let to = match is_left {
        true => format!("/clauses/coverage/requests?{}", query.with(&[])),
        false => format!("/clauses/coverage?{}", query.with(&[])),
    };
    let work = move |c: &mut AnyConnection, _: &CoverageQuery| {
        let done = requests::ask(c, &may, &vault, on, &chosen)?;
        Ok(Go::to(to.as_str()).saying("done-clauses-requested", &done.companies.to_string()))
    };
    let again = move |c: &mut AnyConnection, form: Form| {
        PreviewPage::load(c, page.at("/clauses/coverage/requests"), &again, &scope, query, form)
    };
    form.once(db, actor, work, again).await
}

/// What one company is asked for.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct OneInput {
    /// Code of a clause; all that it must sign when left out.
    clause: Option<String>,
}

#[post("/suppliers/<id>/clause-requests", data = "<form>")]
async fn ask_one(
    may: May<right::RequestSignatures>,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<OneInput>,
) -> Result<Go, Error> {
    let (vault, key, actor) = (vault.inner().clone(), form.key().to_string(), may.actor().clone());
    let input = form.input()?;
    db.write(move |c| {
        let kept = crate::once::once(c, &actor, &key, |c| {
            let clause = given(&input.clause);
            requests::ask_one(c, &may, &vault, &id, clause)?;
            let go = Go::to(format!("/suppliers/{id}/clauses")).saying("done-clause-requested", "");
            Ok((go.kept(), go))
        })?;
        Ok(match kept {
            crate::once::Once::Now(go) => go,
            crate::once::Once::Before(kept) => Go::again(&kept),
        })
    })
    .await
}
