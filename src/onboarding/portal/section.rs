//! A section's page: it is saved as it is written, whatever becomes of it.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Status;
use rocket::response::Responder;
use rocket::{Request, Route, State, get, post, routes};

use super::fields::{self, PartView, Source};
use super::reading::{self, Answer};
use crate::access::{Member, Writer};
use crate::categories;
use crate::db::{AnyConnection, Db};
use crate::documents::{self, Document};
use crate::error::{Error, Problems};
use crate::onboarding::registration::saving::{self, Saved, may_write, open_one};
use crate::onboarding::registration::state::{self, is_done};
use crate::onboarding::registration::{Registration, Section, SectionRow, latest, layout};
use crate::onboarding::registration::{sections, unsaved};
use crate::page::{Form, Go, Nothing, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![show, save]
}

#[derive(Template, WebTemplate)]
#[template(path = "registration/section.html")]
pub struct SectionPage {
    page: Page,
    section: Section,
    registration: Registration,
    row: SectionRow,
    /// The revision that the form is made from: an unsaved form keeps its own.
    revision: String,
    problems: Vec<(String, String)>,
    parts: Vec<PartView>,
    /// Field, its name and what is asked for.
    asked: Vec<(String, String, String)>,
    documents: Vec<Document>,
    /// Whether the page shows what was typed when the session had run out.
    is_restored: bool,
}

/// What a form of a section starts from.
struct Filled {
    values: Vec<(String, String)>,
    problems: Problems,
    more: String,
    revision: Option<String>,
    is_restored: bool,
}

impl SectionPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        member: &Member,
        vault: &Vault,
        section: Section,
        filled: Filled,
    ) -> Result<SectionPage, Error> {
        let registration = open_one(c, &member.supplier_id)?;
        let row = saving::section(c, &registration.id, section)?;
        let mut asked = state::asked(c, &registration.id)?;
        asked.retain(|asked| asked.section == section.as_str());
        let categories = match section {
            Section::Categories => categories::all(c)?,
            _ => Vec::new(),
        };
        let documents = match section {
            Section::Documents => documents::of(c, &member.supplier_id)?,
            _ => Vec::new(),
        };
        let form = Form::rejected(filled.values, filled.problems.clone());
        let saved = row.answers(vault)?;
        let source = Source {
            page: &page,
            section,
            form: &form,
            saved: &saved,
            asked: &asked,
            more: &filled.more,
            categories: &categories,
        };
        let parts = source.parts();
        let named = |field: &str, text: String| match fields::name_of(&page, section, field) {
            name if name.is_empty() => text,
            name => page.ta("field-problem", &[("field", &name), ("text", &text)]),
        };
        let problems = filled.problems.0.iter();
        let problems = problems.map(|p| (p.field.clone(), named(&p.field, page.problem(p))));
        let problems = problems.collect();
        let here = fields::names(&parts);
        let link = |field: &str| {
            let exact = here.iter().find(|name| *name == field);
            let tree = || here.iter().find(|name| field.starts_with(&format!("{name}-")));
            exact.or_else(tree).cloned().unwrap_or_default()
        };
        let asked = asked
            .iter()
            .map(|a| {
                let name = fields::name_of(&page, section, &a.field);
                (link(&a.field), name, a.comment.clone())
            })
            .collect();
        Ok(SectionPage {
            revision: filled.revision.unwrap_or_else(|| row.revision.to_string()),
            is_restored: filled.is_restored,
            page,
            section,
            registration,
            row,
            problems,
            parts,
            asked,
            documents,
        })
    }

    /// Where the section stands among all: "3 of 8".
    fn place(&self) -> String {
        let place = Section::ALL.iter().position(|section| *section == self.section);
        let n = (place.unwrap_or_default() + 1).to_string();
        self.page.ta("registration-place", &[("n", &n), ("all", &Section::ALL.len().to_string())])
    }
}

/// Two people have written the same section: what is saved beside what was sent.
#[derive(Template, WebTemplate)]
#[template(path = "registration/differs.html")]
pub struct DiffersPage {
    page: Page,
    section: Section,
    row: SectionRow,
    theirs: Vec<Answer>,
    yours: Vec<Answer>,
    /// The form as it was sent, to send once more.
    values: Vec<(String, String)>,
}

/// What the page of a section leads to.
pub enum Reply {
    Go(Go),
    Page(Box<(Status, SectionPage)>),
    Differs(Box<DiffersPage>),
}

impl<'r> Responder<'r, 'static> for Reply {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        match self {
            Reply::Go(go) => go.respond_to(request),
            Reply::Page(page) => (*page).respond_to(request),
            Reply::Differs(page) => (Status::Conflict, *page).respond_to(request),
        }
    }
}

fn path(section: Section) -> String {
    format!("/portal/registration/{}", section.as_str())
}

/// `more` asks for one more row of a group; `saved` for what is saved, in place of what was typed
/// when the session had run out.
#[get("/portal/registration/<section>?<more>&<saved>", rank = 2)]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    section: &str,
    more: Option<String>,
    saved: Option<String>,
) -> Result<Reply, Error> {
    let section = Section::parse(section).ok_or(Error::NotFound)?;
    let vault = vault.inner().clone();
    db.read(move |c| {
        let registration = latest(c, &member.supplier_id)?.ok_or(Error::NotFound)?;
        if !may_write(c, &registration)? {
            return Ok(Reply::Go(Go::to("/portal/registration")));
        }
        let account = &member.actor.account_id;
        let unsaved = match saved {
            Some(_) => None,
            None => unsaved::of(c, &vault, account, section.as_str())?,
        };
        let filled = match unsaved {
            Some(typed) => restored(section, &typed),
            None => {
                let row = saving::section(c, &registration.id, section)?;
                let shown = layout::without_sealed(section, row.answers(&vault)?);
                let values = layout::values(section, &shown);
                Filled {
                    values,
                    problems: Problems::default(),
                    more: more.unwrap_or_default(),
                    revision: None,
                    is_restored: false,
                }
            }
        };
        let page = SectionPage::load(c, page, &member, &vault, section, filled)?;
        Ok(Reply::Page(Box::new((Status::Ok, page))))
    })
    .await
}

fn restored(section: Section, typed: &[(String, String)]) -> Filled {
    Filled {
        values: layout::values(section, &layout::read(section, typed)),
        problems: Problems::default(),
        more: String::new(),
        revision: Some(value(typed, "revision").to_string()),
        is_restored: true,
    }
}

fn value<'a>(values: &'a [(String, String)], name: &str) -> &'a str {
    let found = values.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str()).unwrap_or_default()
}

#[post("/portal/registration/<section>", data = "<form>", rank = 2)]
async fn save(
    writer: Writer,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    section: &str,
    form: Submitted<Nothing>,
) -> Result<Reply, Error> {
    let section = Section::parse(section).ok_or(Error::NotFound)?;
    let vault = vault.inner().clone();
    let values = form.values;
    match writer {
        Writer::Here(member) => {
            db.write(move |c| send(c, page, &member, &vault, section, values)).await
        }
        Writer::Gone(account) => {
            let kept = move |c: &mut AnyConnection| {
                unsaved::keep(c, &vault, &account, section.as_str(), &values)
            };
            db.write(kept).await?;
            let go = Go::to(format!("/sign-in?next={}", path(section)));
            Ok(Reply::Go(go.saying("done-typed-kept", "")))
        }
    }
}

/// What a button of the page asks for.
enum Wish<'a> {
    Continue,
    Later,
    /// Another row of a group.
    Add(&'a str),
    /// Away with a row: "contacts-1".
    Remove(&'a str),
    /// The page saves itself.
    Stay,
}

impl Wish<'_> {
    fn of(text: &str) -> Wish<'_> {
        match text.split_once(':') {
            Some(("add", group)) => Wish::Add(group),
            Some(("remove", row)) => Wish::Remove(row),
            _ if text == "later" => Wish::Later,
            _ if text == "stay" => Wish::Stay,
            _ => Wish::Continue,
        }
    }
}

fn send(
    c: &mut AnyConnection,
    page: Page,
    member: &Member,
    vault: &Vault,
    section: Section,
    mut values: Vec<(String, String)>,
) -> Result<Reply, Error> {
    let wish = value(&values, "do").to_string();
    let wish = Wish::of(&wish);
    if let Wish::Remove(row) = wish {
        values.retain(|(name, _)| !name.starts_with(&format!("{row}-")));
    }
    let revision = value(&values, "revision").to_string();
    let finish = matches!(wish, Wish::Continue);
    match saving::save(c, member, vault, section, &values, &revision, finish)? {
        Saved::Elsewhere => differs(c, page, member, vault, section, values),
        Saved::Incomplete(problems) => {
            let shown = layout::values(section, &layout::read(section, &values));
            let filled = Filled {
                values: shown,
                problems,
                more: String::new(),
                revision: None,
                is_restored: false,
            };
            let page = SectionPage::load(c, page, member, vault, section, filled)?;
            Ok(Reply::Page(Box::new((Status::UnprocessableEntity, page))))
        }
        Saved::Done => Ok(Reply::Go(match wish {
            Wish::Continue => next(c, member, section)?.saying("done-section-saved", ""),
            Wish::Later => Go::to("/portal/registration").saying("done-draft-saved", ""),
            Wish::Add(group) => {
                Go::to(format!("{}?more={}#add-{group}", path(section), known(section, group)))
            }
            Wish::Remove(_) | Wish::Stay => Go::to(path(section)),
        })),
    }
}

/// The name of a group of the section; "" for any other text.
fn known(section: Section, group: &str) -> &'static str {
    let names = layout::parts(section).iter().filter_map(|part| match part {
        layout::Part::Several(found) => Some(found.name),
        _ => None,
    });
    names.into_iter().find(|name| *name == group).unwrap_or_default()
}

/// To the next section with something left to do, or back to the list.
fn next(c: &mut AnyConnection, member: &Member, section: Section) -> Result<Go, Error> {
    let registration = open_one(c, &member.supplier_id)?;
    let rows = sections(c, &registration.id)?;
    let later = rows.iter().skip_while(|row| row.section != section);
    let open = later.skip(1).find(|row| !is_done(row));
    Ok(Go::to(open.map_or("/portal/registration".into(), |row| path(row.section))))
}

fn differs(
    c: &mut AnyConnection,
    page: Page,
    member: &Member,
    vault: &Vault,
    section: Section,
    mut values: Vec<(String, String)>,
) -> Result<Reply, Error> {
    let registration = open_one(c, &member.supplier_id)?;
    let row = saving::section(c, &registration.id, section)?;
    let typed = saving::answers(c, vault, &row, &values)?;
    let yours = reading::answers(&page, section, &typed);
    let theirs = reading::answers(&page, section, &row.answers(vault)?);
    values.retain(|(name, _)| !matches!(name.as_str(), "_token" | "revision" | "do"));
    let page = DiffersPage { page, section, row, theirs, yours, values };
    Ok(Reply::Differs(Box::new(page)))
}
