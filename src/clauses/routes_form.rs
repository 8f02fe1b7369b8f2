//! The form of a clause's text: of a new clause, of its next version, of a draft that is edited.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::duties::{self, Duty, DutyKind};
use super::shown;
use super::{
    Clause, MOST_CHARACTERS, Version, VersionInput, Whom, create, draft, draft_of, edit, find,
    find_version, versions_of,
};
use crate::access::{May, right};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::regions;

pub(super) fn routes() -> Vec<Route> {
    routes![new, create_one, draft_page, draft_one, edit_page, edit_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "clauses/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    /// `None` for a new one.
    clause: Option<Clause>,
    /// The draft that is edited.
    version: Option<Version>,
    categories: Vec<Category>,
}

/// A box to tick: value, label, whether it is ticked.
type Choice = (String, String, bool);

impl FormPage {
    fn new(c: &mut AnyConnection, page: Page, form: Form) -> Result<FormPage, Error> {
        let categories = categories::all(c)?;
        Ok(FormPage { page, form, clause: None, version: None, categories })
    }

    fn next(c: &mut AnyConnection, page: Page, id: &str, form: Form) -> Result<FormPage, Error> {
        let clause = find(c, id)?;
        if draft_of(c, id)?.is_some() {
            return Err(Error::Conflict("conflict-clause-draft"));
        }
        let page = page.at(&format!("/clauses/{id}/draft"));
        Ok(FormPage { clause: Some(clause), ..FormPage::new(c, page, form)? })
    }

    fn of(c: &mut AnyConnection, page: Page, id: &str, form: Form) -> Result<FormPage, Error> {
        let (version, clause) = find_version(c, id)?;
        if !version.status.is_open() {
            return Err(Error::Conflict("conflict-clause-stands"));
        }
        let page = page.at(&format!("/clause-versions/{id}/edit"));
        let whole = FormPage::new(c, page, form)?;
        Ok(FormPage { clause: Some(clause), version: Some(version), ..whole })
    }

    fn action(&self) -> String {
        match (&self.version, &self.clause) {
            (Some(version), _) => format!("/clause-versions/{}/edit", version.id),
            (None, Some(clause)) => format!("/clauses/{}/draft", clause.id),
            (None, None) => "/clauses".into(),
        }
    }

    /// Where the way back leads.
    fn back(&self) -> String {
        match (&self.version, &self.clause) {
            (Some(version), _) => format!("/clause-versions/{}", version.id),
            (None, Some(clause)) => format!("/clauses/{}", clause.id),
            (None, None) => "/clauses".into(),
        }
    }

    /// The revision that the form is made from. Once a person was told that somebody else has
    /// changed the draft, it is the newest: what they send next is meant.
    fn revision(&self) -> String {
        let newest = self.version.as_ref().map(|one| one.revision.to_string());
        match self.form.problem(&self.page, "revision") {
            Some(_) => newest.unwrap_or_default(),
            None => self.form.value("revision").to_string(),
        }
    }

    fn longest(&self) -> usize {
        MOST_CHARACTERS
    }

    fn whom(&self) -> Vec<Choice> {
        let choice = |one: &Whom| {
            let text = self.page.tk("clause-whom", one.as_str());
            (one.as_str().to_string(), text, self.form.value("whom") == one.as_str())
        };
        Whom::ALL.iter().map(choice).collect()
    }

    fn categories(&self) -> Vec<Choice> {
        let name = |one: &Category| self.page.pick(&one.name_en, &one.name_zh).to_string();
        let choice =
            |one: &Category| (one.id.clone(), name(one), self.form.has("category", &one.id));
        self.categories.iter().map(choice).collect()
    }

    /// China and its provinces first, then the other countries.
    fn areas(&self) -> Vec<Choice> {
        let is_chinese = self.page.is_chinese();
        let countries = regions::country_options(is_chinese, "");
        let (first, others) = countries.split_at(countries.len().min(1));
        let provinces = regions::province_options(is_chinese, "");
        let all = first.iter().chain(&provinces).chain(others);
        all.map(|(code, ..)| {
            let name = shown::area_name(code, is_chinese);
            (code.to_string(), name, self.form.has("area", code))
        })
        .collect()
    }

    fn ticked(choices: &[Choice]) -> i64 {
        choices.iter().filter(|(.., is_on)| *is_on).count() as i64
    }
}

/// A form filled from a version.
fn filled(version: &Version, duties: &[Duty], note: &str) -> Form {
    let day = version.effective_from.map(|day| day.to_string()).unwrap_or_default();
    let revision = version.revision.to_string();
    let mut all = vec![
        ("text_en", version.text_en.as_str()),
        ("text_zh", version.text_zh.as_str()),
        ("note", note),
        ("whom", version.whom.as_str()),
        ("revision", revision.as_str()),
    ];
    if version.status.is_open() {
        all.push(("effective_from", day.as_str()));
    }
    all.extend(duties.iter().map(|duty| match duty.kind {
        DutyKind::DataAccess => ("data_access", "on"),
        kind => (kind.as_str(), duty.subject.as_str()),
    }));
    Form::of(&all)
}

#[get("/clauses/new")]
async fn new(may: May<right::EditClauses>, page: Page, db: &State<Db>) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| FormPage::new(c, page, Form::of(&[("whom", Whom::All.as_str())]))).await
}

#[post("/clauses", data = "<form>")]
async fn create_one(
    may: May<right::EditClauses>,
    page: Page,
    db: &State<Db>,
    form: Submitted<VersionInput>,
) -> Result<Answer<FormPage>, Error> {
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let version = create(c, &may, input)?;
            Ok(Go::to(format!("/clause-versions/{}", version.id)).saying("done-clause-created", ""))
        },
        move |c, form| FormPage::new(c, page.at("/clauses/new"), form),
    )
    .await
}

/// The next version begins with the words of the newest that was published, else of the newest.
#[get("/clauses/<id>/draft")]
async fn draft_page(
    may: May<right::EditClauses>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let versions = versions_of(c, &id)?;
        let published = versions.iter().find(|one| one.published_at.is_some());
        let form = match published.or(versions.first()) {
            Some(newest) => filled(newest, &duties::of(c, &newest.id)?, ""),
            None => Form::of(&[("whom", Whom::All.as_str())]),
        };
        FormPage::next(c, page, &id, form)
    })
    .await
}

#[post("/clauses/<id>/draft", data = "<form>")]
async fn draft_one(
    may: May<right::EditClauses>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<VersionInput>,
) -> Result<Answer<FormPage>, Error> {
    let of = id.clone();
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let version = draft(c, &may, &of, input)?;
            Ok(Go::to(format!("/clause-versions/{}", version.id)).saying("done-clause-drafted", ""))
        },
        move |c, form| FormPage::next(c, page, &id, form),
    )
    .await
}

#[get("/clause-versions/<id>/edit")]
async fn edit_page(
    may: May<right::EditClauses>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let (version, _) = find_version(c, &id)?;
        let form = filled(&version, &duties::of(c, &id)?, &version.note);
        FormPage::of(c, page, &id, form)
    })
    .await
}

#[post("/clause-versions/<id>/edit", data = "<form>")]
async fn edit_one(
    may: May<right::EditClauses>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<VersionInput>,
) -> Result<Answer<FormPage>, Error> {
    let edited = id.clone();
    form.write(
        db,
        move |c, input| {
            edit(c, &may, &edited, input)?;
            let to = format!("/clause-versions/{edited}");
            Ok(Go::to(to).saying("done-clause-edited", ""))
        },
        move |c, form| FormPage::of(c, page, &id, form),
    )
    .await
}
