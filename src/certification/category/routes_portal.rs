//! "Your certifications": where a company stands, and what it is to do next.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::apply::{AnswerInput, Applicant, ApplicationInput, answer, apply, withdraw};
use super::overview::{Mend, Place, mend, names_in, places};
use super::routes_view::{self as view, Names};
use super::{Certification, Status, Suspension, suspensions};
use crate::access::{Member, Scope};
use crate::certification::certificates::{self, Certificate, types};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::suppliers::{Supplier, find};

/// The page of a company's certifications.
const HERE: &str = "/portal/certification";

pub(super) fn routes() -> Vec<Route> {
    routes![list, apply_for, answer_one, withdraw_one]
}

/// Something that is missing, what is done about it, and where if the company can.
struct Task {
    what: String,
    todo: String,
    href: Option<String>,
}

/// A category with what is missing for it.
struct Row {
    place: Place,
    tasks: Vec<Task>,
    /// Why the certification does not count at present, where somebody decided so.
    halted: Vec<String>,
}

#[derive(Template, WebTemplate)]
#[template(path = "certification/portal.html")]
struct PortalPage {
    page: Page,
    form: Form,
    rows: Vec<Row>,
    certificates: Vec<Certificate>,
}

impl PortalPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        supplier_id: &str,
        form: Form,
    ) -> Result<PortalPage, Error> {
        let supplier: Supplier = find(c, &Scope::Everything, supplier_id)?;
        let certificates = certificates::of(c, supplier_id)?;
        let places = places(c, &supplier)?;
        let names = names_in(c, places.iter().flat_map(|place| &place.short))?;
        let mut rows = Vec::new();
        for place in places {
            let mut halted = Vec::new();
            if let Some(one) = &place.standing {
                let running = suspensions(c, &one.id)?.into_iter().filter(Suspension::is_running);
                halted = running.map(|one| one.reason).filter(|why| !why.is_empty()).collect();
            }
            let tasks = tasks(&page, &place, &certificates, &names);
            rows.push(Row { place, tasks, halted });
        }
        Ok(PortalPage { page: page.at(HERE), form, rows, certificates })
    }

    /// Where the company stands with a category, in words.
    fn words(&self, place: &Place) -> String {
        match (place.shown(), &place.in_force) {
            (Some(one), _) => self.page.tk("portal-certification-is", one.status.as_str()),
            (None, None) => self.page.t("portal-certification-free").into(),
            (None, Some(_)) => self.page.t("portal-certification-open").into(),
        }
    }

    fn mark(&self, place: &Place) -> &'static str {
        match (place.shown(), &place.in_force) {
            (Some(one), _) => one.status.mark(),
            (None, None) => "none",
            (None, Some(_)) => "due",
        }
    }

    fn until(&self, one: &Certification) -> Option<(&'static str, String)> {
        view::end_of(&self.page, one)
    }

    fn type_name<'a>(&self, one: &'a Certificate) -> &'a str {
        types::name(self.page.texts(), &one.type_id)
    }

    fn paper(&self, one: &Certificate) -> (&'static str, String) {
        view::paper(&self.page, one.status, one.valid_to)
    }
}

/// What is missing for a category that the company offers.
fn tasks(page: &Page, place: &Place, held: &[Certificate], names: &Names) -> Vec<Task> {
    let task = |demand| {
        let mend = mend(demand, held)?;
        let (key, href) = match mend {
            Mend::HandIn(kind) => {
                ("mend-hand-in", Some(format!("/portal/certificates/new?type={kind}")))
            }
            Mend::BetterCopy(id) => {
                ("mend-better-copy", Some(format!("/portal/certificates/{id}")))
            }
            Mend::BeingChecked(id) => {
                ("mend-being-checked", Some(format!("/portal/certificates/{id}")))
            }
            Mend::Registration => ("mend-registration", Some("/portal/registration".into())),
            Mend::Document => ("mend-document", Some("/portal/documents".into())),
            Mend::BasicAudit => ("mend-basic-audit", None),
            Mend::Authentication => ("mend-authentication", None),
            Mend::Sign => ("mend-sign", Some("/portal/clauses".into())),
            Mend::OtherCategory => ("mend-other-category", None),
        };
        let what = view::demand(page, names, demand);
        Some(Task { what, todo: page.t(key).to_string(), href })
    };
    let is_of_interest = place.is_offered || place.standing.is_some();
    place.short.iter().filter(|_| is_of_interest).filter_map(task).collect()
}

#[get("/portal/certification")]
async fn list(member: Member, page: Page, db: &State<Db>) -> Result<PortalPage, Error> {
    db.read(move |c| PortalPage::load(c, page, &member.supplier_id, Form::empty())).await
}

#[post("/portal/certifications", data = "<form>")]
async fn apply_for(
    member: Member,
    page: Page,
    db: &State<Db>,
    form: Submitted<ApplicationInput>,
) -> Result<Answer<PortalPage>, Error> {
    let supplier_id = member.supplier_id.clone();
    form.once(
        db,
        member.actor.clone(),
        move |c, input| {
            let made = apply(c, &Applicant::Company(&member), &member.supplier_id, input)?;
            Ok(Go::to(HERE).saying("done-certification-applied", &made.code()))
        },
        move |c, form| PortalPage::load(c, page, &supplier_id, form),
    )
    .await
}

#[post("/portal/certifications/<id>/answer", data = "<form>")]
async fn answer_one(
    member: Member,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<AnswerInput>,
) -> Result<Answer<PortalPage>, Error> {
    let supplier_id = member.supplier_id.clone();
    form.write(
        db,
        move |c, input| {
            answer(c, &Applicant::Company(&member), &id, input)?;
            Ok(Go::to(HERE).saying("done-certification-answered", ""))
        },
        move |c, form| PortalPage::load(c, page, &supplier_id, form),
    )
    .await
}

#[post("/portal/certifications/<id>/withdrawal", data = "<form>")]
async fn withdraw_one(
    member: Member,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to(HERE).saying("done-certification-withdrawn", "");
    form.press(db, go, move |c| withdraw(c, &Applicant::Company(&member), &id)).await
}
