//! The page of a version of the rules.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::{Rule, Status, Version, find, has_worked_on, rules_of, shown, versions};
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
#[template(path = "results/version.html")]
pub(super) struct VersionPage {
    page: Page,
    /// A publication, or the reason for an end.
    form: Form,
    version: Version,
    phase: Phase,
    versions: Vec<(Version, Phase)>,
    rules: Vec<Rule>,
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
        Ok(VersionPage {
            phase: own.map_or(Phase::Discarded, |(_, phase)| *phase),
            is_mine: has_worked_on(c, &version, &actor.account_id)?,
            day: if typed.is_empty() { planned.to_string() } else { typed.to_string() },
            rules: rules_of(c, id)?,
            page: page.at(&format!("/result-rules/{id}")),
            form,
            version,
            versions,
        })
    }

    /// Whether the reader may change the rules.
    fn is_open(&self) -> bool {
        self.version.status == Status::Draft && self.page.may("result_rules.edit")
    }

    /// How the reader may end the version before it counts.
    fn end(&self) -> Option<&'static str> {
        match self.phase {
            Phase::Draft if self.page.may("result_rules.edit") => Some("discarding"),
            Phase::Coming if self.page.may("result_rules.publish") => Some("withdrawal"),
            _ => None,
        }
    }
}

#[get("/result-rules/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<VersionPage, Error> {
    db.read(move |c| VersionPage::load(c, page, may.actor(), &id, Form::empty())).await
}
