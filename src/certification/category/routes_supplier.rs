//! A company's certification: its categories, its basic information, its people, its certificates.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::apply::{Applicant, ApplicationInput, apply};
use super::overview::{Place, names_in, places};
use super::routes_view::{self as view, Names};
use super::{Certification, Suspension, suspensions};
use crate::access::{May, Scope, right};
use crate::certification::authentication::{self, Authentication, Status as Proof};
use crate::certification::basic::{self, BasicAudit, Status as Audited};
use crate::certification::certificates::{self, Certificate, types};
use crate::certification::demands::Demand;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::people::{self, Part, Person};
use crate::suppliers::{Supplier, find};

pub(super) fn routes() -> Vec<Route> {
    routes![tab, apply_for]
}

/// A category with what suspends its certification.
struct Row {
    place: Place,
    suspensions: Vec<Suspension>,
}

#[derive(Template, WebTemplate)]
#[template(path = "certification/supplier.html")]
struct TabPage {
    page: Page,
    form: Form,
    supplier: Supplier,
    rows: Vec<Row>,
    names: Names,
    audits: Vec<BasicAudit>,
    /// Those whose real name counts, each with the newest authentication.
    people: Vec<(Person, Option<Authentication>)>,
    certificates: Vec<Certificate>,
}

impl TabPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<TabPage, Error> {
        let supplier = find(c, scope, id)?;
        let places = places(c, &supplier)?;
        let demands =
            places.iter().filter_map(|one| one.in_force.as_ref()).flat_map(|one| &one.demands);
        let mut names = names_in(c, demands)?;
        let mut rows = Vec::new();
        for place in places {
            let mut running = Vec::new();
            if let Some(one) = &place.standing {
                running = suspensions(c, &one.id)?;
                running.retain(Suspension::is_running);
            }
            let (en, zh) = (place.category.name_en.clone(), place.category.name_zh.clone());
            names.insert(place.category.id.clone(), (en, zh));
            rows.push(Row { place, suspensions: running });
        }
        let proofs = authentication::of(c, id)?;
        let mut people = people::of(c, id)?;
        people.retain(|person| person.role != Part::BeneficialOwner);
        let with_proof = |person: Person| {
            let of_person = |one: &&Authentication| one.person_id == person.id;
            let mut own = proofs.iter().filter(of_person);
            let verified = own.clone().find(|one| one.status == Proof::Verified);
            let proof = verified.or_else(|| own.next()).cloned();
            (person, proof)
        };
        Ok(TabPage {
            page: page.at(&format!("/suppliers/{id}/certification")),
            form,
            rows,
            names,
            audits: basic::of(c, id)?,
            people: people.into_iter().map(with_proof).collect(),
            certificates: certificates::of(c, id)?,
            supplier,
        })
    }

    fn link(&self, rest: impl std::fmt::Display) -> String {
        format!("/suppliers/{}{rest}", self.supplier.id)
    }

    fn demand(&self, demand: &Demand) -> String {
        view::demand(&self.page, &self.names, demand)
    }

    fn suspension(&self, one: &Suspension) -> String {
        view::suspension(&self.page, &self.names, one)
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

    /// The certified audit whose term is the longest, or else the newest.
    fn audit(&self) -> Option<&BasicAudit> {
        let certified = self.audits.iter().filter(|one| one.status == Audited::Certified);
        certified.max_by_key(|one| one.valid_to).or(self.audits.first())
    }

    /// The audit that is under way.
    fn running_audit(&self) -> Option<&BasicAudit> {
        self.audits.iter().find(|one| matches!(one.status, Audited::Open | Audited::Proposed))
    }

    /// The audit that is under way while another one is in force.
    fn other_audit(&self) -> Option<&BasicAudit> {
        let shown = self.audit().map(|one| one.id.as_str());
        self.running_audit().filter(|one| Some(one.id.as_str()) != shown)
    }

    fn may_begin_audit(&self) -> bool {
        self.running_audit().is_none() && self.page.may("certification.audit")
    }

    fn audited(&self, one: &BasicAudit) -> (&'static str, String) {
        let kind = match one.status {
            Audited::Certified => return view::until(&self.page, one.valid_to),
            Audited::Open | Audited::Proposed => "wait",
            Audited::Failed | Audited::Revoked => "stop",
            Audited::Withdrawn => "none",
        };
        (kind, self.page.tk("basic-status", one.status.as_str()))
    }

    fn proven(&self, one: &Authentication) -> (&'static str, String) {
        let kind = match one.status {
            Proof::Verified => return view::until(&self.page, one.valid_to),
            Proof::Open => "wait",
            Proof::Failed | Proof::Revoked => "stop",
            Proof::Withdrawn => "none",
        };
        (kind, self.page.tk("authentication-status", one.status.as_str()))
    }
}

#[get("/suppliers/<id>/certification")]
async fn tab(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<TabPage, Error> {
    db.read(move |c| TabPage::load(c, page, may.scope(), &id, Form::empty())).await
}

#[post("/suppliers/<id>/certifications", data = "<form>")]
async fn apply_for(
    may: May<right::EditCertification>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ApplicationInput>,
) -> Result<Answer<TabPage>, Error> {
    let (scope, of) = (may.scope().clone(), id.clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let made = apply(c, &Applicant::Staff(&may), &of, input)?;
            let to = format!("/certifications/{}", made.id);
            Ok(Go::to(to).saying("done-certification-applied", &made.code()))
        },
        move |c, form| TabPage::load(c, page, &scope, &id, form),
    )
    .await
}
