//! The pages of checklists: all of them, and one with its versions.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::list;
use super::{
    Checklist, Version, all, draft, draft_of, find, routes_change, routes_form, routes_items,
    routes_version, starting, versions_of,
};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Go, Nothing, Page, Submitted};
use crate::values::now;
use crate::versions::{Phase, with_phases};

pub fn routes() -> Vec<Route> {
    let own = routes![index, begin, show, draft_one];
    let versions = [routes_version::routes(), routes_change::routes()].concat();
    [own, routes_form::routes(), versions, routes_items::routes()].concat()
}

#[derive(Template, WebTemplate)]
#[template(path = "checklists/list.html")]
struct ListPage {
    page: Page,
    checklists: Vec<Checklist>,
    /// By the checklist's id.
    versions: HashMap<String, Vec<(Version, Phase)>>,
    /// Numbers of items by the version's id.
    numbers: HashMap<String, i64>,
    /// How many of the two checklists to begin with are not there.
    missing: i64,
}

impl ListPage {
    /// The versions of a checklist that stand at a phase.
    fn at(&self, checklist: &Checklist, phase: Phase) -> Vec<&Version> {
        let versions = self.versions.get(&checklist.id).map_or(&[][..], Vec::as_slice);
        let at = versions.iter().filter(|(_, standing)| *standing == phase);
        at.map(|(version, _)| version).collect()
    }

    fn in_force(&self, checklist: &Checklist) -> Vec<&Version> {
        self.at(checklist, Phase::InForce)
    }

    fn coming(&self, checklist: &Checklist) -> Vec<&Version> {
        self.at(checklist, Phase::Coming)
    }

    fn drafts(&self, checklist: &Checklist) -> Vec<&Version> {
        self.at(checklist, Phase::Draft)
    }

    /// The number of items of the version in force, else of the one to come, else of the draft.
    fn items(&self, checklist: &Checklist) -> i64 {
        let phases = [Phase::InForce, Phase::Coming, Phase::Draft];
        let shown = phases.iter().find_map(|phase| self.at(checklist, *phase).first().copied());
        shown.and_then(|version| self.numbers.get(&version.id)).copied().unwrap_or(0)
    }
}

#[get("/checklists")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
) -> Result<ListPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let checklists = all(c)?;
        let versions = list::standing(c, now().date())?;
        let shown = versions.values().flatten().filter(|(_, phase)| *phase != Phase::Past);
        let ids: Vec<&str> = shown.map(|(version, _)| version.id.as_str()).collect();
        let numbers = list::numbers_of_items(c, &ids)?;
        let is_there = |code: &str| checklists.iter().any(|one| one.code == code);
        let missing = starting::starting().iter().filter(|one| !is_there(one.code)).count() as i64;
        Ok(ListPage { page, checklists, versions, numbers, missing })
    })
    .await
}

#[post("/checklists/starting", data = "<form>")]
async fn begin(
    may: May<right::EditChecklists>,
    db: &State<Db>,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to("/checklists").saying("done-checklists-begun", "");
    form.press(db, go, move |c| starting::take_over(c, &may)).await
}

#[derive(Template, WebTemplate)]
#[template(path = "checklists/show.html")]
struct ShowPage {
    page: Page,
    checklist: Checklist,
    versions: Vec<(Version, Phase)>,
    numbers: HashMap<String, i64>,
    has_draft: bool,
}

impl ShowPage {
    fn items(&self, version: &Version) -> i64 {
        self.numbers.get(&version.id).copied().unwrap_or(0)
    }
}

#[get("/checklists/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let checklist = find(c, &id)?;
        let versions = with_phases(versions_of(c, &id)?, now().date());
        let ids: Vec<&str> = versions.iter().map(|(version, _)| version.id.as_str()).collect();
        let numbers = list::numbers_of_items(c, &ids)?;
        let has_draft = draft_of(c, &id)?.is_some();
        Ok(ShowPage { page, checklist, versions, numbers, has_draft })
    })
    .await
}

/// Drafts the next version, which begins with the items of the newest one.
#[post("/checklists/<id>/draft", data = "<form>")]
async fn draft_one(
    may: May<right::EditChecklists>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    form.input()?;
    let version = db.write(move |c| draft(c, &may, &id)).await?;
    Ok(Go::to(format!("/checklist-versions/{}", version.id)).saying("done-checklist-drafted", ""))
}
