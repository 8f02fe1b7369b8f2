//! The page of a case: what it is about, what has to happen next, who does it, and all that has happened.

use askama::Template;
use askama_web::WebTemplate;
use chrono::Days;
use rocket::{Route, State, get, routes};

use super::Interim;
use super::interims::days_left;
use super::shown::{self, Whole};
use crate::access::{Actor, May, company_people, right};
use crate::db::{AnyConnection, Db};
use crate::documents::check::ACCEPTED;
use crate::error::Error;
use crate::page::{Form, Page};
use crate::punishments::stages::Action;
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Orders, Status, ballots, find, members};
use crate::regions;
use crate::suppliers::Supplier;
use crate::values::now;

pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

/// The page of a case.
#[derive(Template, WebTemplate)]
#[template(path = "punishments/show.html")]
pub struct CasePage {
    pub page: Page,
    /// What was typed in one of its forms.
    pub form: Form,
    pub case: Case,
    pub standard: Standard,
    pub supplier: Supplier,
    whole: Whole,
    actor: Actor,
    /// Whether somebody of the company can sign in and read a notice.
    has_people: bool,
    pub ballots: ballots::Shown,
    pub group: members::Shown,
}

impl CasePage {
    /// The page of a case, with what was typed in one of its forms.
    pub fn load(
        c: &mut AnyConnection,
        page: Page,
        actor: &Actor,
        id: &str,
        form: Form,
    ) -> Result<CasePage, Error> {
        let (case, supplier) = find(c, &actor.scope, id)?;
        let whole = Whole::load(c, case.clone())?;
        let standard = whole.standard.clone();
        Ok(CasePage {
            has_people: !company_people::open_of(c, &supplier.id)?.is_empty(),
            ballots: ballots::Shown::load(c, actor, &case, &standard)?,
            group: members::Shown::load(c, actor, &case, &standard)?,
            page: page.at(&format!("/punishments/{id}")),
            actor: actor.clone(),
            form,
            case,
            standard,
            supplier,
            whole,
        })
    }

    fn next(&self) -> String {
        shown::next(&self.page, &self.whole)
    }

    fn due(&self) -> Option<(&'static str, String)> {
        shown::due(&self.page, &self.case)
    }

    fn status(&self) -> Status {
        self.case.status_on(now().date())
    }

    fn area(&self) -> String {
        regions::area_name(&self.case.area, self.page.is_chinese())
    }

    fn term(&self) -> String {
        shown::term(&self.page, &self.standard)
    }

    /// What belongs to the measure of the standard beside its name.
    fn note(&self) -> &str {
        self.page.pick(&self.standard.measure_note_en, &self.standard.measure_note_zh)
    }

    fn last_day(&self) -> String {
        shown::last_day(&self.page, self.case.to_on)
    }

    fn may(&self, right: &str, action: Action) -> bool {
        self.page.may(right) && action.is_open(self.case.status)
    }

    fn may_serve(&self) -> bool {
        self.may("punishments.serve", Action::Serve)
    }

    fn may_withdraw(&self) -> bool {
        self.may("punishments.propose", Action::Withdraw)
    }

    /// Whether an interim measure can be ordered now.
    fn may_impose(&self) -> bool {
        self.may("punishments.serve", Action::ImposeInterim)
            && self.whole.running().is_none()
            && self.days_left() > 0
    }

    fn days_left(&self) -> i64 {
        days_left(self.standard.interim_days, &self.whole.interims)
    }

    fn may_end(&self, interim: &Interim) -> bool {
        self.page.may("punishments.serve") && interim.holds_on(now().date())
    }

    /// Whether the viewer says if an interim measure is still needed: somebody else has ordered it.
    fn may_review(&self, interim: &Interim) -> bool {
        self.page.may("punishments.decide")
            && interim.holds_on(now().date())
            && interim.reviewed_at.is_none()
            && interim.imposed_by != self.actor.account_id
    }

    fn holds(&self, interim: &Interim) -> bool {
        interim.holds_on(now().date())
    }

    fn interim_last(&self, interim: &Interim) -> String {
        shown::last_day(&self.page, Some(interim.last().max(interim.from_on + Days::new(1))))
    }

    fn may_add(&self) -> bool {
        self.page.may("punishments.propose")
    }

    fn orders(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("interim_orders");
        let one = |orders: &Orders| {
            let code = orders.as_str();
            (code, self.page.tk("punishment-orders", code), code == chosen)
        };
        let heavier = Orders::ALL.iter().filter(|one| **one != Orders::Allowed);
        heavier.map(one).collect()
    }

    fn reviews(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("interim_review");
        let one = |code: &'static str| {
            (code, self.page.tk("punishment-interim-review", code), code == chosen)
        };
        ["keep", "end"].map(one).to_vec()
    }

    /// The endings of files that are taken.
    fn accepted(&self) -> &'static str {
        ACCEPTED
    }
}

#[get("/punishments/<id>")]
async fn show(
    may: May<right::ReadPunishments>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<CasePage, Error> {
    db.read(move |c| CasePage::load(c, page, may.actor(), &id, Form::empty())).await
}
