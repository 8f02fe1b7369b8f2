//! The form of a new checklist, and of what a draft says of itself.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{Checklist, DraftInput, Status, Version, create, edit, find_version};
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::Kind;
use crate::page::{Answer, Form, Go, Page, Submitted};

pub(super) fn routes() -> Vec<Route> {
    routes![new, create_one, edit_page, edit_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "checklists/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    /// The draft that is edited; `None` for a new checklist.
    draft: Option<(Version, Checklist)>,
}

impl FormPage {
    fn of(c: &mut AnyConnection, page: Page, id: &str, form: Form) -> Result<FormPage, Error> {
        let (version, checklist) = find_version(c, id)?;
        if version.status != Status::Draft {
            return Err(Error::Conflict("conflict-checklist-stands"));
        }
        let page = page.at(&format!("/checklist-versions/{id}/edit"));
        Ok(FormPage { page, form, draft: Some((version, checklist)) })
    }

    /// The revision that the form is made from. Once a person was told that somebody else has
    /// changed the draft, it is the newest: what they send next is meant.
    fn revision(&self) -> String {
        let newest = self.draft.as_ref().map(|(one, _)| one.revision.to_string());
        match self.form.problem(&self.page, "revision") {
            Some(_) => newest.unwrap_or_default(),
            None => self.form.value("revision").to_string(),
        }
    }

    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let choice = |one: &Kind| {
            let text = self.page.tk("inspection-kind", one.as_str());
            (one.as_str(), text, self.form.value("kind") == one.as_str())
        };
        Kind::ALL.iter().map(choice).collect()
    }
}

#[get("/checklists/new")]
fn new(may: May<right::EditChecklists>, page: Page) -> FormPage {
    let _ = may.scope();
    FormPage { page, form: Form::empty(), draft: None }
}

#[post("/checklists", data = "<form>")]
async fn create_one(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    form: Submitted<DraftInput>,
) -> Result<Answer<FormPage>, Error> {
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let version = create(c, &may, input)?;
            let to = format!("/checklist-versions/{}", version.id);
            Ok(Go::to(to).saying("done-checklist-created", ""))
        },
        move |_, form| Ok(FormPage { page: page.at("/checklists/new"), form, draft: None }),
    )
    .await
}

#[get("/checklist-versions/<id>/edit")]
async fn edit_page(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let (version, _) = find_version(c, &id)?;
        let day = version.effective_from.map(|day| day.to_string()).unwrap_or_default();
        let revision = version.revision.to_string();
        let form = Form::of(&[
            ("note", version.note.as_str()),
            ("effective_from", day.as_str()),
            ("revision", revision.as_str()),
        ]);
        FormPage::of(c, page, &id, form)
    })
    .await
}

#[post("/checklist-versions/<id>/edit", data = "<form>")]
async fn edit_one(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<DraftInput>,
) -> Result<Answer<FormPage>, Error> {
    let edited = id.clone();
    form.write(
        db,
        move |c, input| {
            edit(c, &may, &edited, input)?;
            let to = format!("/checklist-versions/{edited}");
            Ok(Go::to(to).saying("done-checklist-edited", ""))
        },
        move |c, form| FormPage::of(c, page, &id, form),
    )
    .await
}
