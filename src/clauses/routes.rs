//! The pages of clauses: all of them, and one with its versions.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::{Route, State, get, post, routes};

use super::duties::{self, Duty};
use super::list::{self, Phase};
use super::markdown::{self, Block};
use super::shown::{self, Names};
use super::standing::{InForce, Published, published};
use super::{
    Clause, Version, all, draft_of, find, routes_change, routes_form, routes_version, starting,
    versions_of,
};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Go, Nothing, Page, Submitted};
use crate::values::now;

pub fn routes() -> Vec<Route> {
    let own = routes![index, begin, show];
    let parts = [routes_form::routes(), routes_version::routes(), routes_change::routes()];
    [own, parts.concat()].concat()
}

#[derive(Template, WebTemplate)]
#[template(path = "clauses/list.html")]
struct ListPage {
    page: Page,
    clauses: Vec<Clause>,
    published: Published,
    drafts: Vec<Version>,
    /// By the version's id; of the drafts too.
    duties: HashMap<String, Vec<Duty>>,
    names: Names,
    today: NaiveDate,
    /// How many of the five clauses to begin with are not there.
    missing: i64,
}

impl ListPage {
    fn in_force(&self, clause: &Clause) -> Option<&InForce> {
        self.published.on(&clause.id, self.today)
    }

    fn coming(&self, clause: &Clause) -> Vec<&InForce> {
        let versions = self.published.of(&clause.id).iter();
        versions.filter(|one| one.from > self.today).collect()
    }

    fn draft(&self, clause: &Clause) -> Option<&Version> {
        self.drafts.iter().find(|one| one.clause_id == clause.id)
    }

    /// Who must sign now, or will have to, or would.
    fn whom(&self, clause: &Clause) -> String {
        let published = self.in_force(clause).or(self.coming(clause).first().copied());
        match (published, self.draft(clause)) {
            (Some(one), _) => shown::whom(&self.page, &one.version, &one.duties, &self.names),
            (None, Some(draft)) => {
                let duties = self.duties.get(&draft.id).map_or(&[][..], Vec::as_slice);
                shown::whom(&self.page, draft, duties, &self.names)
            }
            (None, None) => String::new(),
        }
    }
}

#[get("/clauses")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
) -> Result<ListPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let (clauses, drafts) = (all(c)?, list::drafts(c)?);
        let ids: Vec<&str> = drafts.iter().map(|one| one.id.as_str()).collect();
        let is_there = |code: &str| clauses.iter().any(|one| one.code == code);
        let missing = starting::starting().iter().filter(|one| !is_there(one.code)).count();
        Ok(ListPage {
            duties: duties::of_all(c, &ids)?,
            names: list::names(c)?,
            published: published(c)?,
            missing: missing as i64,
            page,
            clauses,
            drafts,
            today: now().date(),
        })
    })
    .await
}

#[post("/clauses/starting", data = "<form>")]
async fn begin(
    may: May<right::EditClauses>,
    db: &State<Db>,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to("/clauses").saying("done-clauses-begun", "");
    form.press(db, go, move |c| starting::take_over(c, &may)).await
}

#[derive(Template, WebTemplate)]
#[template(path = "clauses/show.html")]
struct ShowPage {
    page: Page,
    clause: Clause,
    versions: Vec<(Version, Phase)>,
    /// The version to show: the one in force, else the next to come.
    current: Option<InForce>,
    blocks: Vec<Block>,
    draft: Option<Version>,
    names: Names,
    today: NaiveDate,
}

impl ShowPage {
    fn whom(&self, one: &InForce) -> String {
        shown::whom(&self.page, &one.version, &one.duties, &self.names)
    }
}

#[get("/clauses/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let clause = find(c, &id)?;
        let (published, today) = (published(c)?, now().date());
        let phase = |one: Version| {
            let phase = Phase::of(&one, &published, today);
            (one, phase)
        };
        let versions = versions_of(c, &id)?.into_iter().map(phase).collect();
        let current = published.on(&id, today).or(published.of(&id).first()).cloned();
        let text = current.as_ref().map_or("", |one| one.version.text(page.language()));
        Ok(ShowPage {
            blocks: markdown::blocks(text),
            draft: draft_of(c, &id)?,
            names: list::names(c)?,
            page,
            clause,
            versions,
            current,
            today,
        })
    })
    .await
}
