//! The page of a version: its standards by violation; and what it changes in the version before.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::{
    Differences, Standard, Status, Version, differences, find, has_worked_on, shown, standards_of,
    version_before, versions,
};
use crate::access::{Actor, May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Form, Page};
use crate::values::now;
use crate::versions::{Phase, earliest, newest_day, with_phases};

pub(super) fn routes() -> Vec<Route> {
    routes![show, changes]
}

#[derive(Template, WebTemplate)]
#[template(path = "punishment_standards/version.html")]
pub(super) struct VersionPage {
    page: Page,
    /// A publication, or the reason for an end.
    form: Form,
    version: Version,
    phase: Phase,
    versions: Vec<(Version, Phase)>,
    lines: Vec<Standard>,
    /// The version before, and how many standards differ from it.
    before: Option<(Version, i64)>,
    /// Whether the reader had a part in the draft.
    is_mine: bool,
    /// The first day in the form of publication.
    day: String,
}

impl VersionPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        actor: &Actor,
        id: &str,
        form: Form,
    ) -> Result<VersionPage, Error> {
        let version = find(c, id)?;
        let (all, today) = (versions(c)?, now().date());
        let earliest = earliest(newest_day(&all), today);
        let planned = version.effective_from.filter(|day| *day >= earliest).unwrap_or(earliest);
        let typed = form.value("effective_from");
        let versions = with_phases(all, today);
        let own = versions.iter().find(|(one, _)| one.id == version.id);
        let lines = standards_of(c, id)?;
        let before = match version_before(c, &version)? {
            Some(before) => {
                let number = differences(&standards_of(c, &before.id)?, &lines).number();
                Some((before, number))
            }
            None => None,
        };
        Ok(VersionPage {
            phase: own.map_or(Phase::Discarded, |(_, phase)| *phase),
            is_mine: has_worked_on(c, &version, &actor.account_id)?,
            day: if typed.is_empty() { planned.to_string() } else { typed.to_string() },
            page: page.at(&format!("/punishment-standard-versions/{id}")),
            lines,
            before,
            form,
            version,
            versions,
        })
    }

    fn groups(&self) -> Vec<&[Standard]> {
        shown::groups(&self.lines)
    }

    fn number(&self) -> i64 {
        self.lines.len() as i64
    }

    /// Whether the reader may change the standards.
    fn is_open(&self) -> bool {
        self.version.status == Status::Draft && self.page.may("punishment_standards.edit")
    }

    /// How the reader may end the version before it counts.
    fn end(&self) -> Option<&'static str> {
        match self.phase {
            Phase::Draft if self.page.may("punishment_standards.edit") => Some("discarding"),
            Phase::Coming if self.page.may("punishment_standards.publish") => Some("withdrawal"),
            _ => None,
        }
    }

    /// A standard among its buttons: "Edit: Late or failed delivery, Major".
    fn button(&self, key: &str, line: &Standard) -> String {
        let severity = self.page.tk("finding-severity", line.severity.as_str());
        let name = shown::name(&self.page, line);
        format!("{}: {name} · {severity}", self.page.t(key))
    }
}

#[get("/punishment-standard-versions/<id>")]
async fn show(
    may: May<right::ReadPunishments>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<VersionPage, Error> {
    db.read(move |c| VersionPage::load(c, page, may.actor(), &id, Form::empty())).await
}

#[derive(Template, WebTemplate)]
#[template(path = "punishment_standards/changes.html")]
struct ChangesPage {
    page: Page,
    version: Version,
    before: Option<Version>,
    found: Differences,
}

impl ChangesPage {
    /// "Late or failed delivery · Major".
    fn title(&self, line: &Standard) -> String {
        let severity = self.page.tk("finding-severity", line.severity.as_str());
        format!("{} · {severity}", shown::name(&self.page, line))
    }

    /// Label, before, after.
    fn differing(&self, before: &Standard, after: &Standard) -> Vec<(String, String, String)> {
        shown::differing(&self.page, before, after)
    }
}

#[get("/punishment-standard-versions/<id>/changes")]
async fn changes(
    may: May<right::ReadPunishments>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ChangesPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let version = find(c, &id)?;
        let before = version_before(c, &version)?;
        let old = match &before {
            Some(before) => standards_of(c, &before.id)?,
            None => Vec::new(),
        };
        let found = differences(&old, &standards_of(c, &id)?);
        Ok(ChangesPage { page, version, before, found })
    })
    .await
}
