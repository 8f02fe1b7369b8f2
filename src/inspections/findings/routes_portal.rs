//! A company sees its findings. Which company that is comes from the account.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::list::{self, Row};
use super::routes_forms::{self, Act};
use super::shown::{self, Whole};
use super::{CorrectiveAction, Finding, Status, find_of, take_back};
use crate::access::Member;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::onboarding::registration::unsaved;
use crate::page::{Go, Nothing, Page, Submitted};
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    let mut all = routes![index, show, take_one_back];
    all.extend(routes_forms::routes());
    all
}

#[derive(Template, WebTemplate)]
#[template(path = "findings/portal_list.html")]
struct ListPage {
    page: Page,
    open: Vec<Row>,
    settled: Vec<Row>,
}

impl ListPage {
    fn due(&self, row: &Row) -> Option<(&'static str, String)> {
        shown::due(&self.page, &row.finding)
    }
}

#[get("/portal/findings")]
async fn index(member: Member, page: Page, db: &State<Db>) -> Result<ListPage, Error> {
    db.read(move |c| {
        let all = list::of_company(c, &member.supplier_id)?;
        let (open, settled) = all.into_iter().partition(|row| row.finding.status.is_open());
        Ok(ListPage { page, open, settled })
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "findings/portal_show.html")]
struct ShowPage {
    page: Page,
    whole: Whole,
    /// What the company may do now, each with whether something was typed for it and kept.
    acts: Vec<(Act, bool)>,
}

impl ShowPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        vault: &Vault,
        member: &Member,
        id: &str,
    ) -> Result<ShowPage, Error> {
        let finding = find_of(c, &member.supplier_id, id)?;
        let mut acts = Vec::new();
        for act in Act::ALL {
            if act.is_possible(c, &finding)? {
                let kept = unsaved::of(c, vault, &member.actor.account_id, &act.form_of(id))?;
                acts.push((*act, kept.is_some()));
            }
        }
        Ok(ShowPage { page, whole: Whole::load(c, finding)?, acts })
    }

    fn due(&self) -> Option<(&'static str, String)> {
        shown::due(&self.page, &self.whole.finding)
    }

    /// What has to happen next, in words for the company: the key of its text.
    fn next(&self) -> String {
        format!("finding-portal-{}", self.whole.finding.status.as_str())
    }

    fn may_take_back(&self) -> bool {
        matches!(self.whole.finding.status, Status::Answered | Status::Disputed)
    }

    /// Whether an action was still to be done when the company answered.
    fn is_planned(&self, action: &CorrectiveAction) -> bool {
        action.done_on > action.answered_at.date()
    }

    fn is_staff(&self) -> bool {
        false
    }
}

#[get("/portal/findings/<id>")]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
) -> Result<ShowPage, Error> {
    let vault = vault.inner().clone();
    db.read(move |c| ShowPage::load(c, page, &vault, &member, &id)).await
}

/// Where a finding is in the portal.
pub(super) fn page_of(finding: &Finding) -> String {
    format!("/portal/findings/{}", finding.id)
}

#[post("/portal/findings/<id>/retraction", data = "<form>", rank = 1)]
async fn take_one_back(
    member: Member,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to(format!("/portal/findings/{id}")).saying("done-finding-taken-back", "");
    form.press(db, go, move |c| take_back(c, &member, &id)).await
}
