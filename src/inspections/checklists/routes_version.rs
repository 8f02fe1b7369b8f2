//! The page of a version: its items by section, in both languages.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::subjects::{self, Subject};
use super::{
    Checklist, Item, Status, SubjectKind, Version, find_version, has_worked_on, items_of,
    versions_of,
};
use crate::access::{Actor, May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Form, Page};
use crate::values::now;
use crate::versions::{Phase, earliest, newest_day, with_phases};

pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

#[derive(Template, WebTemplate)]
#[template(path = "checklists/version.html")]
pub(super) struct VersionPage {
    page: Page,
    /// A publication, or the reason for an end.
    form: Form,
    checklist: Checklist,
    version: Version,
    phase: Phase,
    versions: Vec<(Version, Phase)>,
    items: Vec<Item>,
    subjects: Vec<Subject>,
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
        let (version, checklist) = find_version(c, id)?;
        let today = now().date();
        let earliest = earliest(newest_day(&versions_of(c, &checklist.id)?), today);
        let planned = version.effective_from.filter(|day| *day >= earliest).unwrap_or(earliest);
        let typed = form.value("effective_from");
        let versions = with_phases(versions_of(c, &checklist.id)?, today);
        let own = versions.iter().find(|(one, _)| one.id == version.id);
        Ok(VersionPage {
            phase: own.map_or(Phase::Discarded, |(_, phase)| *phase),
            is_mine: has_worked_on(c, &version, &actor.account_id)?,
            day: if typed.is_empty() { planned.to_string() } else { typed.to_string() },
            items: items_of(c, id)?,
            subjects: subjects::all(c)?,
            page: page.at(&format!("/checklist-versions/{id}")),
            form,
            checklist,
            version,
            versions,
        })
    }

    /// Items that stand together and have their section in common.
    fn sections(&self) -> Vec<&[Item]> {
        let is_same = |one: &Item, next: &Item| {
            one.section_en == next.section_en && one.section_zh == next.section_zh
        };
        self.items.chunk_by(is_same).collect()
    }

    fn number(&self) -> i64 {
        self.items.len() as i64
    }

    /// Whether the reader may change the items.
    fn is_open(&self) -> bool {
        self.version.status == Status::Draft && self.page.may("checklists.edit")
    }

    /// What an item tests, in the page's language.
    fn tested(&self, item: &Item) -> Option<String> {
        if item.subject_kind == SubjectKind::Nothing {
            return None;
        }
        let is = |one: &&Subject| one.0 == item.subject_kind && one.1 == item.subject;
        let name = self.subjects.iter().find(is).map(|(.., en, zh)| self.page.pick(en, zh));
        let kind = self.page.tk("checklist-subject", item.subject_kind.as_str());
        Some(match name {
            Some(name) => format!("{kind} · {} · {name}", item.subject),
            None => format!("{kind} · {}", item.subject),
        })
    }

    fn is_first(&self, item: &Item) -> bool {
        self.items.first().is_some_and(|one| one.id == item.id)
    }

    fn is_last(&self, item: &Item) -> bool {
        self.items.last().is_some_and(|one| one.id == item.id)
    }

    /// How the reader may end the version before it counts.
    fn end(&self) -> Option<&'static str> {
        match self.phase {
            Phase::Draft if self.page.may("checklists.edit") => Some("discarding"),
            Phase::Coming if self.page.may("checklists.publish") => Some("withdrawal"),
            _ => None,
        }
    }
}

#[get("/checklist-versions/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<VersionPage, Error> {
    db.read(move |c| VersionPage::load(c, page, may.actor(), &id, Form::empty())).await
}
