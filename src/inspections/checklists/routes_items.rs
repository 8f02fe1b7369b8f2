//! The form of an item of a draft: a new one, and one that is changed.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::subjects::{self, Subject};
use super::{
    Checklist, Item, ItemInput, Status, SubjectKind, Version, add_item, edit_item, find_item,
    find_version, items_of,
};
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::Severity;
use crate::page::{Answer, Form, Go, Page, Submitted};

pub(super) fn routes() -> Vec<Route> {
    routes![new, add_one, edit_page, edit_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "checklists/item.html")]
struct ItemPage {
    page: Page,
    form: Form,
    checklist: Checklist,
    version: Version,
    /// The item that is changed; `None` for a new one.
    item: Option<Item>,
    subjects: Vec<Subject>,
}

impl ItemPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        (id, item): (&str, Option<&str>),
        form: Form,
    ) -> Result<ItemPage, Error> {
        let (version, checklist) = find_version(c, id)?;
        let item = item.map(|item| find_item(c, id, item)).transpose()?;
        if version.status != Status::Draft {
            return Err(Error::Conflict("conflict-checklist-stands"));
        }
        let path = match &item {
            Some(item) => format!("/checklist-versions/{id}/items/{}/edit", item.id),
            None => format!("/checklist-versions/{id}/items/new"),
        };
        let subjects = subjects::all(c)?;
        Ok(ItemPage { page: page.at(&path), form, checklist, version, item, subjects })
    }

    fn action(&self) -> String {
        match &self.item {
            Some(item) => format!("/checklist-versions/{}/items/{}/edit", self.version.id, item.id),
            None => format!("/checklist-versions/{}/items", self.version.id),
        }
    }

    /// The revision that the form is made from; the newest once a person was told of it.
    fn revision(&self) -> String {
        match self.form.problem(&self.page, "revision") {
            Some(_) => self.version.revision.to_string(),
            None => self.form.value("revision").to_string(),
        }
    }

    fn severities(&self) -> Vec<(&'static str, String, bool)> {
        let choice = |one: &Severity| {
            let text = self.page.tk("finding-severity", one.as_str());
            (one.as_str(), text, self.form.value("severity") == one.as_str())
        };
        Severity::ALL.iter().map(choice).collect()
    }

    fn tests(&self) -> Vec<(String, String, bool)> {
        let choice = |(kind, code, en, zh): &Subject| {
            let value = format!("{}:{code}", kind.as_str());
            let kind = self.page.tk("checklist-subject", kind.as_str());
            let label = format!("{kind} · {code} · {}", self.page.pick(en, zh));
            let is_on = self.form.value("tests") == value;
            (value, label, is_on)
        };
        self.subjects.iter().map(choice).collect()
    }
}

/// A form filled from an item.
fn filled(item: &Item, revision: i64) -> Form {
    let tests = match item.subject_kind {
        SubjectKind::Nothing => String::new(),
        kind => format!("{}:{}", kind.as_str(), item.subject),
    };
    Form::of(&[
        ("code", item.code.as_str()),
        ("section_en", item.section_en.as_str()),
        ("section_zh", item.section_zh.as_str()),
        ("question_en", item.question_en.as_str()),
        ("question_zh", item.question_zh.as_str()),
        ("guidance_en", item.guidance_en.as_str()),
        ("guidance_zh", item.guidance_zh.as_str()),
        ("severity", item.severity.as_str()),
        ("tests", tests.as_str()),
        ("revision", revision.to_string().as_str()),
    ])
}

/// A new item begins in the section of the last one.
#[get("/checklist-versions/<id>/items/new")]
async fn new(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ItemPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let (version, _) = find_version(c, &id)?;
        let items = items_of(c, &id)?;
        let section =
            items.last().map_or(("", ""), |one| (one.section_en.as_str(), one.section_zh.as_str()));
        let form = Form::of(&[
            ("section_en", section.0),
            ("section_zh", section.1),
            ("severity", Severity::Minor.as_str()),
            ("revision", version.revision.to_string().as_str()),
        ]);
        ItemPage::load(c, page, (&id, None), form)
    })
    .await
}

#[post("/checklist-versions/<id>/items", data = "<form>")]
async fn add_one(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ItemInput>,
) -> Result<Answer<ItemPage>, Error> {
    let of = id.clone();
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let item = add_item(c, &may, &of, input)?;
            let to = format!("/checklist-versions/{of}#i-{}", item.id);
            Ok(Go::to(to).saying("done-checklist-item-added", &item.code))
        },
        move |c, form| ItemPage::load(c, page, (&id, None), form),
    )
    .await
}

#[get("/checklist-versions/<id>/items/<item>/edit")]
async fn edit_page(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
    item: String,
) -> Result<ItemPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let (version, _) = find_version(c, &id)?;
        let form = filled(&find_item(c, &id, &item)?, version.revision);
        ItemPage::load(c, page, (&id, Some(&item)), form)
    })
    .await
}

#[post("/checklist-versions/<id>/items/<item>/edit", data = "<form>")]
async fn edit_one(
    may: May<right::EditChecklists>,
    page: Page,
    db: &State<Db>,
    id: String,
    item: String,
    form: Submitted<ItemInput>,
) -> Result<Answer<ItemPage>, Error> {
    let (of, edited) = (id.clone(), item.clone());
    form.write(
        db,
        move |c, input| {
            let after = edit_item(c, &may, (&of, &edited), input)?;
            let to = format!("/checklist-versions/{of}#i-{}", after.id);
            Ok(Go::to(to).saying("done-checklist-item-edited", &after.code))
        },
        move |c, form| ItemPage::load(c, page, (&id, Some(&item)), form),
    )
    .await
}
