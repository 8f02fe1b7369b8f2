//! A company sees what is held against it, with its days and its rights. Which company that is comes from the
//! account.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::{Route, State, get, routes};

use super::mine::{as_member, own};
use super::reply::can_reply;
use super::routes_reply::{self, form_name};
use super::shown::{self, Whole};
use crate::access::Member;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::onboarding::registration::unsaved;
use crate::page::{Form, Page};
use crate::punishments::ballots::shown::PortalRights;
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Held, Status, find_of};
use crate::values::now;
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    let mut all = routes![index, show];
    all.extend(routes_reply::routes());
    all
}

#[derive(Template, WebTemplate)]
#[template(path = "punishments/portal_list.html")]
struct ListPage {
    page: Page,
    /// Cases against the company itself that are not over.
    own: Vec<(Case, Standard)>,
    /// What holds the company as one of a group: its row, the case and the standard.
    as_member: Vec<(Held, Case, Standard)>,
}

impl ListPage {
    fn name(&self, standard: &Standard) -> String {
        standard.name(self.page.language()).to_string()
    }

    /// What a case means for the company now, in a sentence.
    fn line(&self, case: &Case, standard: &Standard) -> String {
        line(&self.page, case, standard)
    }

    fn due(&self, case: &Case) -> Option<(&'static str, String)> {
        shown::due(&self.page, case).filter(|_| can_reply(case) && case.replied_at.is_none())
    }

    fn mark(&self, case: &Case) -> &'static str {
        case.status.mark()
    }

    /// The measure that holds, in words.
    fn measure(&self, case: &Case) -> String {
        let measure = case.measure.map(|measure| measure.as_str()).unwrap_or_default();
        self.page.tk("punishment-measure", measure)
    }

    /// What becomes of orders, in words.
    fn orders(&self, case: &Case) -> String {
        let orders = case.orders.map(|orders| orders.as_str()).unwrap_or_default();
        self.page.tk("punishment-orders", orders)
    }

    fn last_day(&self, held: &Held) -> String {
        shown::last_day(&self.page, held.to_on)
    }
}

/// What a case means for its company now, by when, in a sentence.
fn line(page: &Page, case: &Case, standard: &Standard) -> String {
    let today = now().date();
    let measure = case.measure.unwrap_or(standard.measure).as_str();
    let measure = page.tk("punishment-measure", measure);
    let (what, day) = match case.status {
        Status::Served if can_reply(case) && case.replied_at.is_none() => {
            ("reply", case.reply_by.map(|day| page.day(day)))
        }
        Status::Served if can_reply(case) => ("replied", case.reply_by.map(|day| page.day(day))),
        Status::Served => ("deciding", case.decide_by.map(|day| page.day(day))),
        Status::Appealed => ("appealed", case.hear_by.map(|day| page.day(day))),
        _ if can_appeal(case, today) => ("appealable", case.appeal_by.map(|day| page.day(day))),
        _ => ("in_force", Some(shown::last_day(page, case.to_on))),
    };
    let day = day.unwrap_or_default();
    page.ta(&format!("portal-measure-{what}"), &[("day", &day), ("measure", &measure)])
}

fn can_appeal(case: &Case, today: NaiveDate) -> bool {
    case.status == Status::InForce
        && case.appealed_at.is_none()
        && case.appeal_by.is_some_and(|day| day >= today)
}

#[get("/portal/measures")]
async fn index(member: Member, page: Page, db: &State<Db>) -> Result<ListPage, Error> {
    db.read(move |c| {
        let (id, today) = (member.supplier_id.as_str(), now().date());
        let (own, as_member) = (own(c, id, today)?, as_member(c, id, today)?);
        Ok(ListPage { page, own, as_member })
    })
    .await
}

/// The page of a case against the company.
#[derive(Template, WebTemplate)]
#[template(path = "punishments/portal_show.html")]
pub struct MeasurePage {
    page: Page,
    /// What was typed in one of its forms.
    form: Form,
    whole: Whole,
    rights: PortalRights,
    /// Whether a reply was begun, and kept.
    is_kept: bool,
}

impl MeasurePage {
    /// The page of a case, with what was typed in one of its forms.
    pub fn load(
        c: &mut AnyConnection,
        page: Page,
        member: &Member,
        id: &str,
        form: Form,
    ) -> Result<MeasurePage, Error> {
        let case = find_of(c, member, id)?;
        let whole = Whole::load(c, case)?.for_company();
        let rights = PortalRights::load(c, member, &whole.case, &whole.standard)?;
        let page = page.at(&format!("/portal/measures/{id}"));
        Ok(MeasurePage { page, form, whole, rights, is_kept: false })
    }

    fn line(&self) -> String {
        line(&self.page, &self.whole.case, &self.whole.standard)
    }

    fn due(&self) -> Option<(&'static str, String)> {
        shown::due(&self.page, &self.whole.case)
    }

    fn name(&self) -> &str {
        self.whole.standard.name(self.page.language())
    }

    fn note(&self) -> &str {
        let standard = &self.whole.standard;
        self.page.pick(&standard.measure_note_en, &standard.measure_note_zh)
    }

    fn term(&self) -> String {
        shown::term(&self.page, &self.whole.standard)
    }

    fn last_day(&self) -> String {
        shown::last_day(&self.page, self.whole.case.to_on)
    }

    fn can_reply(&self) -> bool {
        can_reply(&self.whole.case)
    }

    /// The interim measure that holds today: what becomes of orders, the last day, and why.
    fn interim(&self) -> Option<(String, String, String)> {
        let running = self.whole.running()?;
        let orders = self.page.tk("punishment-orders", running.orders.as_str());
        let last = shown::last_day(&self.page, Some(running.last()));
        Some((orders, last, running.reason.clone()))
    }

    /// What is imposed, once it is.
    fn decided(&self) -> Option<(String, String)> {
        let case = &self.whole.case;
        let (measure, orders) = (case.measure?, case.orders?);
        Some((
            self.page.tk("punishment-measure", measure.as_str()),
            self.page.tk("punishment-orders", orders.as_str()),
        ))
    }
}

#[get("/portal/measures/<id>")]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
) -> Result<MeasurePage, Error> {
    let vault = vault.inner().clone();
    db.read(move |c| {
        let kept = unsaved::of(c, &vault, &member.actor.account_id, &form_name(&id))?;
        let shown = MeasurePage::load(c, page, &member, &id, Form::empty())?;
        Ok(MeasurePage { is_kept: kept.is_some(), ..shown })
    })
    .await
}
