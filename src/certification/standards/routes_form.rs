//! The form of a draft: a new one, or an edited one.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{Standard, StandardInput, Status, demands_of, draft, edit, find, prefilled, published};
use crate::access::{May, right};
use crate::categories::{self, Category};
use crate::certification::certificates::types;
use crate::certification::demands::{Clause, Demand, DemandKind, Fact, GRADES, Whom};
use crate::clauses;
use crate::db::{AnyConnection, Db};
use crate::documents::Kind;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};

/// The pillars of certificates, in the order of the form.
const PILLARS: [&str; 6] =
    ["environment", "labour", "ethics", "supply_chain", "information_security", "governance"];

pub(super) fn routes() -> Vec<Route> {
    routes![new, draft_one, edit_page, edit_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "standards/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    /// `None` for a new one.
    standard: Option<Standard>,
    categories: Vec<Category>,
    clauses: Vec<clauses::Clause>,
}

/// A box to tick: value, label, whether it is ticked.
type Choice = (String, String, bool);

/// The certificates of a pillar, and how many of them are ticked.
struct Pillar {
    id: &'static str,
    choices: Vec<Choice>,
    ticked: i64,
}

impl FormPage {
    fn new(c: &mut AnyConnection, page: Page, form: Form) -> Result<FormPage, Error> {
        let (categories, clauses) = (categories::all(c)?, clauses::all(c)?);
        Ok(FormPage { page, form, standard: None, categories, clauses })
    }

    fn of(c: &mut AnyConnection, page: Page, id: &str, form: Form) -> Result<FormPage, Error> {
        let standard = find(c, id)?;
        if standard.status != Status::Draft {
            return Err(Error::Conflict("conflict-standard-stands"));
        }
        let page = page.at(&format!("/standards/{id}/edit"));
        Ok(FormPage { standard: Some(standard), ..FormPage::new(c, page, form)? })
    }

    /// The revision that the form is made from. Once a person was told that somebody else has
    /// changed the draft, it is the newest: what they send next is meant.
    fn revision(&self) -> String {
        let newest = self.standard.as_ref().map(|one| one.revision.to_string());
        match self.form.problem(&self.page, "revision") {
            Some(_) => newest.unwrap_or_default(),
            None => self.form.value("revision").to_string(),
        }
    }

    fn category(&self) -> Option<&Category> {
        let id = self.standard.as_ref().map(|one| one.category_id.as_str());
        let id = id.unwrap_or(self.form.value("category"));
        self.categories.iter().find(|one| one.id == id)
    }

    fn name(&self, category: &Category) -> String {
        self.page.pick(&category.name_en, &category.name_zh).to_string()
    }

    fn category_options(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("category");
        self.categories
            .iter()
            .map(|one| (one.id.as_str(), self.name(one), one.id == chosen))
            .collect()
    }

    fn choice(&self, field: &str, value: &str, label: String) -> Choice {
        (value.to_string(), label, self.form.has(field, value))
    }

    fn facts(&self) -> Vec<Choice> {
        let label = |one: &Fact| self.page.tk("demand-fact", one.as_str());
        Fact::ALL.iter().map(|one| self.choice("fact", one.as_str(), label(one))).collect()
    }

    fn documents(&self) -> Vec<Choice> {
        let label = |one: &Kind| self.page.tk("document-kind", one.as_str());
        Kind::ALL.iter().map(|one| self.choice("document", one.as_str(), label(one))).collect()
    }

    /// Those of the register, and those that may be demanded before it has them.
    fn clauses(&self) -> Vec<Choice> {
        let choice = |one: &clauses::Clause| {
            let name = self.page.pick(&one.name_en, &one.name_zh);
            self.choice("clause", &one.code, name.to_string())
        };
        let label = |one: &Clause| self.page.tk("clause", one.as_str());
        let is_missing = |one: &&Clause| !self.clauses.iter().any(|own| own.code == one.as_str());
        let missing = Clause::ALL.iter().filter(is_missing);
        let missing = missing.map(|one| self.choice("clause", one.as_str(), label(one)));
        self.clauses.iter().map(choice).chain(missing).collect()
    }

    fn whom(&self) -> Vec<Choice> {
        let label = |one: &Whom| self.page.tk("demand-whom", one.as_str());
        let choice = |one: &Whom| self.choice("authentication", one.as_str(), label(one));
        Whom::ALL.iter().map(choice).collect()
    }

    /// Guidance is not among them: nobody can hold a certificate of it.
    fn pillars(&self) -> Vec<Pillar> {
        let of_pillar = |id: &'static str| {
            let types = types::all().iter().filter(|one| one.pillar == id && one.can_be_held());
            let name = |one: &types::CertificateType| types::name(self.page.texts(), one.id);
            let choice = |one: &types::CertificateType| {
                self.choice("certificate", one.id, name(one).to_string())
            };
            let choices: Vec<Choice> = types.map(choice).collect();
            let ticked = choices.iter().filter(|(.., is_on)| *is_on).count() as i64;
            Pillar { id, choices, ticked }
        };
        PILLARS.into_iter().map(of_pillar).collect()
    }

    fn grades(&self) -> Vec<Choice> {
        let label = |grade: &str| self.page.ta("demand-grade", &[("name", grade)]);
        GRADES.iter().map(|grade| self.choice("grade", grade, label(grade))).collect()
    }

    fn others(&self) -> Vec<Choice> {
        let own = self.category().map(|one| one.id.as_str());
        let others = self.categories.iter().filter(|one| Some(one.id.as_str()) != own);
        let choice = |one: &Category| self.choice("other", &one.id, self.name(one));
        others.map(choice).collect()
    }
}

/// A form filled from a version.
fn filled(values: &[(&str, String)], demands: &[Demand]) -> Form {
    let demanded = demands.iter().map(|demand| match demand.kind {
        DemandKind::Category => ("other", demand.subject.as_str()),
        DemandKind::Basic => ("basic", "on"),
        kind => (kind.as_str(), demand.subject.as_str()),
    });
    let values = values.iter().map(|(name, value)| (*name, value.as_str()));
    let all: Vec<(&str, &str)> = values.chain(demanded).collect();
    Form::of(&all)
}

#[get("/standards/new?<category>")]
async fn new(
    may: May<right::EditStandards>,
    page: Page,
    db: &State<Db>,
    category: Option<String>,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    let category = category.unwrap_or_default();
    db.read(move |c| {
        let (months, demands) = prefilled(&published(c)?, &category);
        let values = [("category", category), ("validity_months", months.to_string())];
        FormPage::new(c, page, filled(&values, &demands))
    })
    .await
}

#[post("/standards", data = "<form>")]
async fn draft_one(
    may: May<right::EditStandards>,
    page: Page,
    db: &State<Db>,
    form: Submitted<StandardInput>,
) -> Result<Answer<FormPage>, Error> {
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let standard = draft(c, &may, input)?;
            Ok(Go::to(format!("/standards/{}", standard.id)).saying("done-standard-drafted", ""))
        },
        move |c, form| FormPage::new(c, page.at("/standards/new"), form),
    )
    .await
}

#[get("/standards/<id>/edit")]
async fn edit_page(
    may: May<right::EditStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let (standard, demands) = (find(c, &id)?, demands_of(c, &id)?);
        let day = standard.effective_from.map(|day| day.to_string());
        let values = [
            ("validity_months", standard.validity_months.to_string()),
            ("effective_from", day.unwrap_or_default()),
            ("note", standard.note),
            ("revision", standard.revision.to_string()),
        ];
        FormPage::of(c, page, &id, filled(&values, &demands))
    })
    .await
}

#[post("/standards/<id>/edit", data = "<form>")]
async fn edit_one(
    may: May<right::EditStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<StandardInput>,
) -> Result<Answer<FormPage>, Error> {
    let edited = id.clone();
    form.write(
        db,
        move |c, input| {
            edit(c, &may, &edited, input)?;
            Ok(Go::to(format!("/standards/{edited}")).saying("done-standard-edited", ""))
        },
        move |c, form| FormPage::of(c, page, &id, form),
    )
    .await
}
