//! The pages of a version: its texts, what differs from another, and each text as a file.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::{ContentType, Header};
use rocket::{Responder, Route, State, get, routes};

use super::changes::{self, Part};
use super::duties::{self, Duty};
use super::list::{self, Phase};
use super::markdown::{self, Block};
use super::shown::{self, Names};
use super::standing::published;
use super::{Clause, Status, Version, find_version, has_worked_on, publish, versions_of};
use crate::access::{Actor, May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Form, Page};
use crate::texts::Language;
use crate::values::{calendar_day, now};

pub(super) fn routes() -> Vec<Route> {
    routes![show, changes_of, text_of]
}

#[derive(Template, WebTemplate)]
#[template(path = "clauses/version.html")]
pub(super) struct VersionPage {
    page: Page,
    /// A review, a publication, or the reason for an end.
    form: Form,
    clause: Clause,
    version: Version,
    phase: Phase,
    duties: Vec<Duty>,
    names: Names,
    english: Vec<Block>,
    chinese: Vec<Block>,
    versions: Vec<(Version, Phase)>,
    /// The version to compare with: the published one before it.
    before: Option<Version>,
    /// Whether the reader had a part in the draft.
    is_mine: bool,
    /// The first day in the form of publication.
    day: String,
    /// How many companies have to sign again; of a version that is not in force yet.
    again: Option<i64>,
}

impl VersionPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        actor: &Actor,
        id: &str,
        form: Form,
    ) -> Result<VersionPage, Error> {
        let (version, clause) = find_version(c, id)?;
        let (published, today) = (published(c)?, now().date());
        let phase = Phase::of(&version, &published, today);
        let earliest = publish::earliest(&published, &clause.id, today);
        let planned = version.effective_from.filter(|day| *day >= earliest);
        let typed = form.value("effective_from");
        let day = match version.status {
            Status::Published => version.effective_from.unwrap_or(today),
            _ => calendar_day(typed).filter(|day| *day >= today).or(planned).unwrap_or(earliest),
        };
        let again = match phase {
            Phase::Draft | Phase::Reviewed | Phase::Coming => {
                Some(publish::must_sign_again(c, &published, &version, day)?)
            }
            _ => None,
        };
        let own = published.of(&clause.id).iter();
        let before = own.rev().map(|one| &one.version).find(|one| one.version < version.version);
        let with_phase = |one: Version| {
            let phase = Phase::of(&one, &published, today);
            (one, phase)
        };
        Ok(VersionPage {
            is_mine: has_worked_on(c, &version, &actor.account_id)?,
            duties: duties::of(c, id)?,
            names: list::names(c)?,
            english: markdown::blocks(&version.text_en),
            chinese: markdown::blocks(&version.text_zh),
            versions: versions_of(c, &clause.id)?.into_iter().map(with_phase).collect(),
            before: before.cloned(),
            day: if typed.is_empty() { day.to_string() } else { typed.to_string() },
            page,
            form,
            clause,
            version,
            phase,
            again,
        })
    }

    fn whom(&self) -> String {
        shown::whom(&self.page, &self.version, &self.duties, &self.names)
    }

    /// Whether a reviewer has returned it and nobody has changed it since.
    fn is_returned(&self) -> bool {
        self.phase == Phase::Draft && !self.version.reviewed_name.is_empty()
    }

    /// How the reader may end the version before it counts.
    fn end(&self) -> Option<&'static str> {
        match self.phase {
            Phase::Draft | Phase::Reviewed if self.page.may("clauses.edit") => Some("discarding"),
            Phase::Coming if self.page.may("clauses.publish") => Some("withdrawal"),
            _ => None,
        }
    }
}

#[get("/clause-versions/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<VersionPage, Error> {
    db.read(move |c| VersionPage::load(c, page, may.actor(), &id, Form::empty())).await
}

#[derive(Template, WebTemplate)]
#[template(path = "clauses/changes.html")]
struct ChangesPage {
    page: Page,
    clause: Clause,
    version: Version,
    /// What it is compared with; nothing when it is the only one.
    against: Option<Version>,
    others: Vec<Version>,
    english: Vec<Part>,
    chinese: Vec<Part>,
    /// Who must sign: before and now.
    whom: (String, String),
}

impl ChangesPage {
    /// The versions to compare with.
    fn options(&self) -> Vec<(&str, String, bool)> {
        let against = self.against.as_ref().map_or("", |one| one.id.as_str());
        let option = |one: &Version| {
            let label = self.page.tn("clause-version", one.version);
            let status = self.page.tk("clause-status", one.status.as_str());
            (format!("{label} · {status}"), one.id == against)
        };
        self.others
            .iter()
            .map(|one| {
                let (label, is_chosen) = option(one);
                (one.id.as_str(), label, is_chosen)
            })
            .collect()
    }
}

#[get("/clause-versions/<id>/changes?<against>")]
async fn changes_of(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
    against: Option<String>,
) -> Result<ChangesPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let (version, clause) = find_version(c, &id)?;
        let others: Vec<Version> =
            versions_of(c, &clause.id)?.into_iter().filter(|one| one.id != id).collect();
        let against = match against.filter(|id| !id.is_empty()) {
            Some(other) => Some(others.iter().find(|one| one.id == other).ok_or(Error::NotFound)?),
            None => others
                .iter()
                .filter(|one| one.status == Status::Published)
                .find(|one| one.version < version.version),
        };
        let against = against.cloned();
        let names = list::names(c)?;
        let mut whom = |one: &Version| -> Result<String, Error> {
            Ok(shown::whom(&page, one, &duties::of(c, &one.id)?, &names))
        };
        let whom = match &against {
            Some(before) => (whom(before)?, whom(&version)?),
            None => Default::default(),
        };
        let compared = |text: fn(&Version) -> &str| match &against {
            Some(before) => changes::compare(text(before), text(&version)),
            None => Vec::new(),
        };
        Ok(ChangesPage {
            english: compared(|one| &one.text_en),
            chinese: compared(|one| &one.text_zh),
            page,
            clause,
            version,
            against,
            others,
            whom,
        })
    })
    .await
}

/// A text as a file: byte for byte what its SHA-256 was made of.
#[derive(Responder)]
struct TextFile {
    text: String,
    kind: ContentType,
    name: Header<'static>,
}

#[get("/clause-versions/<id>/text/<language>")]
async fn text_of(
    may: May<right::ReadSuppliers>,
    db: &State<Db>,
    id: String,
    language: String,
) -> Result<TextFile, Error> {
    let _ = may.scope();
    let language = Language::parse(&language).ok_or(Error::NotFound)?;
    let (version, clause) = db.read(move |c| find_version(c, &id)).await?;
    let short = match language {
        Language::English => "en",
        Language::Chinese => "zh",
    };
    let name = format!("attachment; filename=\"{}-v{}.{short}.md\"", clause.code, version.version);
    Ok(TextFile {
        text: version.text(language).to_string(),
        kind: ContentType::new("text", "markdown").with_params(("charset", "utf-8")),
        name: Header::new("Content-Disposition", name),
    })
}
