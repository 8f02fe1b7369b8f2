//! The pages of the standards of punishments: all versions, and the one in force.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{
    Version, draft, draft_usual, list, routes_change, routes_form, routes_version, versions,
};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Go, Nothing, Page, Submitted};
use crate::values::now;
use crate::versions::{Phase, with_phases};

pub fn routes() -> Vec<Route> {
    let own = routes![index, begin, draft_one];
    let others = [routes_version::routes(), routes_form::routes(), routes_change::routes()];
    [own, others.concat()].concat()
}

#[derive(Template, WebTemplate)]
#[template(path = "punishment_standards/list.html")]
struct IndexPage {
    page: Page,
    versions: Vec<(Version, Phase)>,
    /// How many standards each version has.
    numbers: HashMap<String, i64>,
}

impl IndexPage {
    fn has(&self, phase: Phase) -> bool {
        self.versions.iter().any(|(_, one)| *one == phase)
    }

    /// Whether the reader may draft a version now.
    fn may_draft(&self) -> bool {
        self.page.may("punishment_standards.edit") && !self.has(Phase::Draft)
    }

    fn is_in_force(&self) -> bool {
        self.has(Phase::InForce)
    }

    fn number(&self, version: &Version) -> i64 {
        self.numbers.get(&version.id).copied().unwrap_or_default()
    }
}

#[get("/punishment-standards")]
async fn index(
    may: May<right::ReadPunishments>,
    page: Page,
    db: &State<Db>,
) -> Result<IndexPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let versions = with_phases(versions(c)?, now().date());
        Ok(IndexPage { page, versions, numbers: list::numbers(c)? })
    })
    .await
}

/// Drafts the usual standards.
#[post("/punishment-standards/usual", data = "<form>")]
async fn begin(
    may: May<right::EditPunishmentStandards>,
    db: &State<Db>,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    form.input()?;
    let version = db.write(move |c| draft_usual(c, &may)).await?;
    let path = format!("/punishment-standard-versions/{}", version.id);
    Ok(Go::to(path).saying("done-punishment-standards-begun", ""))
}

/// Drafts the next version, which begins with the standards of the newest one.
#[post("/punishment-standards/draft", data = "<form>")]
async fn draft_one(
    may: May<right::EditPunishmentStandards>,
    db: &State<Db>,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    form.input()?;
    let version = db.write(move |c| draft(c, &may)).await?;
    let path = format!("/punishment-standard-versions/{}", version.id);
    Ok(Go::to(path).saying("done-punishment-standards-drafted", ""))
}
