//! An inspection of a company for a reason of its own.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::plan::{BY_HAND, NewInput, plan};
use crate::access::{May, Scope, right};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::checklists::{Checklist, Version, in_force};
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::sites::{self, Site};
use crate::suppliers::{Supplier, find};
use crate::values::now;

pub(super) fn routes() -> Vec<Route> {
    routes![new_one, make]
}

#[derive(Template, WebTemplate)]
#[template(path = "inspections/new.html")]
struct NewPage {
    page: Page,
    form: Form,
    supplier: Supplier,
    checklists: Vec<(Version, Checklist)>,
    categories: Vec<Category>,
    sites: Vec<Site>,
}

impl NewPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<NewPage, Error> {
        let supplier = find(c, scope, id)?;
        Ok(NewPage {
            page: page.at(&format!("/suppliers/{id}/inspections/new")),
            form,
            checklists: in_force(c, now().date())?,
            categories: categories::of_supplier(c, id)?,
            sites: sites::of(c, id)?,
            supplier,
        })
    }

    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("kind");
        BY_HAND
            .iter()
            .map(|kind| {
                let words = self.page.tk("inspection-kind", kind.as_str());
                (kind.as_str(), words, kind.as_str() == chosen)
            })
            .collect()
    }

    fn versions(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("checklist");
        let words = |version: &Version, checklist: &Checklist| {
            let number = version.version.to_string();
            let name = checklist.name(self.page.language());
            self.page.ta("inspection-checklist-version", &[("name", name), ("version", &number)])
        };
        self.checklists
            .iter()
            .map(|(version, list)| {
                (version.id.as_str(), words(version, list), version.id == chosen)
            })
            .collect()
    }

    fn offered(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("category");
        self.categories
            .iter()
            .map(|one| {
                let name = self.page.pick(&one.name_en, &one.name_zh).to_string();
                (one.id.as_str(), name, one.id == chosen)
            })
            .collect()
    }

    fn places(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("site");
        self.sites
            .iter()
            .map(|one| {
                let parts = [one.name.as_str(), one.address.as_str()];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                let words = match parts.is_empty() {
                    true => crate::regions::area_name(&one.area, self.page.is_chinese()),
                    false => parts.join(" · "),
                };
                (one.id.as_str(), words, one.id == chosen)
            })
            .collect()
    }
}

#[get("/suppliers/<id>/inspections/new")]
async fn new_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<NewPage, Error> {
    db.read(move |c| NewPage::load(c, page, may.scope(), &id, Form::empty())).await
}

#[post("/suppliers/<id>/inspections", data = "<form>")]
async fn make(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<NewInput>,
) -> Result<Answer<NewPage>, Error> {
    let (scope, of) = (may.scope().clone(), id.clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let made = plan(c, &may, &of, input)?;
            let to = format!("/inspections/{}", made.id);
            Ok(Go::to(to).saying("done-inspection-planned", &made.code()))
        },
        move |c, form| NewPage::load(c, page, &scope, &id, form),
    )
    .await
}
