//! The page of a finding, for staff.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::reopen::can_reopen;
use super::shown::{self, Whole};
use super::steps::has_happened;
use super::{CorrectiveAction, Status, StepKind, extend, find};
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::visits;
use crate::page::{Form, Page};
use crate::regions;
use crate::suppliers::Supplier;
use crate::values::now;

pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

#[derive(Template, WebTemplate)]
#[template(path = "findings/show.html")]
pub(super) struct ShowPage {
    page: Page,
    /// What was typed in one of the forms that decide.
    form: Form,
    whole: Whole,
    supplier: Supplier,
    /// Whether the viewer had a part in the inspection.
    is_own: bool,
    /// Whether the day was put off already.
    is_extended: bool,
}

impl ShowPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let (finding, supplier) = find(c, scope, id)?;
        let account = page.viewer().map(|viewer| viewer.actor.account_id.clone());
        Ok(ShowPage {
            is_own: visits::had_part(
                c,
                &finding.inspection_id,
                account.as_deref().unwrap_or_default(),
            )?,
            is_extended: has_happened(c, id, StepKind::Extended)?,
            page: page.at(&format!("/findings/{id}")),
            whole: Whole::load(c, finding)?,
            form,
            supplier,
        })
    }

    fn due(&self) -> Option<(&'static str, String)> {
        shown::due(&self.page, &self.whole.finding)
    }

    fn area(&self) -> String {
        regions::area_name(&self.whole.finding.area, self.page.is_chinese())
    }

    /// Whether the viewer decides on findings, and on this one.
    fn may_verify(&self) -> bool {
        self.page.may("findings.verify") && !self.is_own
    }

    fn may_close(&self) -> bool {
        self.may_verify() && self.whole.finding.status == Status::Answered
    }

    fn may_decide_dispute(&self) -> bool {
        self.may_verify() && self.whole.finding.status == Status::Disputed
    }

    fn may_extend(&self) -> bool {
        self.may_verify() && self.whole.finding.status.is_open() && !self.is_extended
    }

    fn may_reopen(&self) -> bool {
        self.may_verify() && can_reopen(&self.whole.finding)
    }

    /// The last day to which it can be put off.
    fn latest(&self) -> String {
        self.page.day(extend::latest(&self.whole.finding, now().date()))
    }

    /// What has to happen next, and by whom: the key of its text.
    fn next(&self) -> String {
        let finding = &self.whole.finding;
        let waits = matches!(finding.status, Status::Answered | Status::Disputed);
        let own = if waits && self.is_own { "-own" } else { "" };
        format!("finding-next-{}{own}", finding.status.as_str())
    }

    /// What the addresses of files begin with; "" for who may not open them.
    fn base(&self) -> &'static str {
        if self.page.may("documents.read") { "/documents" } else { "" }
    }

    /// Whether an action was still to be done when the company answered.
    fn is_planned(&self, action: &CorrectiveAction) -> bool {
        action.done_on > action.answered_at.date()
    }

    fn is_staff(&self) -> bool {
        true
    }
}

#[get("/findings/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, may.scope(), &id, Form::empty())).await
}
