//! The page of a certification: what is demanded, what was found, and what comes next.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::{Route, State, get, routes};

use super::audit::{Item, checklist, is_passed};
use super::decide::{had_part, latest_end};
use super::keep::name_of;
use super::overview::names_in;
use super::routes_view::{self as view, Fact, Names};
use super::{Cause, Certification, Status, Suspension, Verdict, category, find, suspensions};
use crate::access::{Actor, May, right};
use crate::categories::Category;
use crate::certification::holdings::Judgement;
use crate::certification::standards::InForce;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Form, Page};
use crate::suppliers::{Stage, Supplier};
use crate::values::now;

pub fn routes() -> Vec<Route> {
    [
        routes![show],
        super::routes_steps::routes(),
        super::routes_supplier::routes(),
        super::routes_portal::routes(),
    ]
    .concat()
}

#[derive(Template, WebTemplate)]
#[template(path = "certification/show.html")]
pub(super) struct ShowPage {
    page: Page,
    /// What was typed in one of the page's forms.
    form: Form,
    certification: Certification,
    supplier: Supplier,
    category: Category,
    standard: InForce,
    items: Vec<Item>,
    names: Names,
    suspensions: Vec<Suspension>,
    /// Whether the viewer applied or audited.
    had_part: bool,
    today: NaiveDate,
}

impl ShowPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        viewer: &Actor,
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let (certification, supplier) = find(c, &viewer.scope, id)?;
        let (standard, items) = checklist(c, &certification)?;
        let suspensions = suspensions(c, id)?;
        let mut names = names_in(c, items.iter().map(|item| &item.demand))?;
        for one in &suspensions {
            if let Some(name) = name_of(c, one.cause, &one.subject)? {
                names.insert(one.subject.clone(), name);
            }
        }
        Ok(ShowPage {
            page: page.at(&format!("/certifications/{id}")),
            form,
            category: category(c, &certification.category_id)?,
            had_part: had_part(c, &certification, &viewer.account_id)?,
            today: now().date(),
            certification,
            supplier,
            standard,
            items,
            names,
            suspensions,
        })
    }

    fn link(&self, rest: &str) -> String {
        format!("/certifications/{}{rest}", self.certification.id)
    }

    fn demand(&self, item: &Item) -> String {
        view::demand(&self.page, &self.names, &item.demand)
    }

    fn story(&self) -> Vec<Fact> {
        view::story(&self.page, &self.certification)
    }

    fn suspension(&self, one: &Suspension) -> String {
        view::suspension(&self.page, &self.names, one)
    }

    fn ended(&self, one: &Suspension) -> String {
        view::ended(&self.page, one)
    }

    fn until(&self) -> Option<(&'static str, String)> {
        view::end_of(&self.page, &self.certification)
    }

    /// How the register judges a demand today: the shape of the state, and words.
    fn judged(&self, item: &Item) -> (&'static str, String) {
        match item.judgement {
            Judgement::Met(None) => ("ok", self.page.t("judged-met").to_string()),
            Judgement::Met(Some(last)) => {
                ("ok", self.page.ta("judged-until", &[("day", &self.page.day(last))]))
            }
            Judgement::Short => ("stop", self.page.t("judged-short").to_string()),
            Judgement::ByHand => ("wait", self.page.t("judged-by-hand").to_string()),
        }
    }

    /// What was found of a demand: the shape of the state, and words.
    fn found(&self, item: &Item) -> (&'static str, String) {
        match item.check.as_ref().map(|check| check.verdict) {
            Some(found) => {
                let kind = match found {
                    Verdict::Met => "ok",
                    Verdict::Short => "stop",
                    Verdict::Waived => "due",
                };
                (kind, self.page.tk("demand-verdict", found.as_str()))
            }
            None => ("none", self.page.t("demand-verdict-none").to_string()),
        }
    }

    /// The verdicts to choose from at the n-th demand: value, words, whether chosen.
    fn verdicts(&self, at: &usize, item: &Item) -> Vec<(&'static str, String, bool)> {
        let typed = self.form.all("verdict").get(*at).map(|text| text.to_string());
        let found = item.verdict().map(|verdict| verdict.as_str().to_string());
        let chosen = typed.or(found).unwrap_or_default();
        let choice = |verdict: Verdict| {
            let words = self.page.tk("demand-verdict", verdict.as_str());
            (verdict.as_str(), words, verdict.as_str() == chosen)
        };
        item.verdicts().into_iter().map(choice).collect()
    }

    fn remark(&self, at: &usize, item: &Item) -> String {
        let typed = self.form.all("remark").get(*at).map(|text| text.to_string());
        let kept = item.check.as_ref().map(|check| check.note.clone());
        typed.or(kept).unwrap_or_default()
    }

    fn is(&self, status: &str) -> bool {
        self.certification.status.as_str() == status
    }

    fn may_audit(&self) -> bool {
        self.certification.status == Status::Applied && self.page.may("certification.audit")
    }

    fn may_recommend(&self) -> bool {
        self.may_audit() && is_passed(&self.items)
    }

    fn decides(&self) -> bool {
        self.certification.status.is_pending() && self.page.may("certification.decide")
    }

    fn may_answer(&self) -> bool {
        self.certification.status == Status::Returned && self.page.may("certification.edit")
    }

    fn may_withdraw(&self) -> bool {
        let is_ours = !self.certification.by_supplier;
        is_ours && self.certification.status.is_pending() && self.page.may("certification.edit")
    }

    fn may_stop(&self) -> bool {
        self.certification.status.is_standing() && self.page.may("certification.decide")
    }

    fn is_halted(&self) -> bool {
        self.suspensions.iter().any(|one| one.is_running() && one.cause == Cause::Decision)
    }

    /// What still stands between an audited application and a certification.
    fn is_introduced(&self) -> bool {
        self.supplier.stage == Stage::Active
    }

    /// The last day of the decision's form.
    fn proposed_end(&self) -> String {
        match self.form.value("last_day") {
            "" => latest_end(&self.standard, self.today).to_string(),
            typed => typed.to_string(),
        }
    }

    /// The decisions to choose from: value, words, whether chosen.
    fn decisions(&self) -> Vec<(&'static str, String, bool)> {
        let is_audited = self.certification.status == Status::Audited;
        let possible: &[&str] =
            if is_audited { &["certify", "audit_again", "decline"] } else { &["decline"] };
        let chosen = match self.form.value("decision") {
            "" => possible[0],
            typed => typed,
        };
        possible
            .iter()
            .map(|one| (*one, self.page.tk("certification-decision", one), *one == chosen))
            .collect()
    }
}

#[get("/certifications/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, may.actor(), &id, Form::empty())).await
}
