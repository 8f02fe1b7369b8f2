//! The forms of a draft: what it says of itself, and each of its standards.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{
    LineInput, NoteInput, Standard, Status, Version, add_line, edit, edit_line, find, find_line,
};
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::Severity;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::punishments::body::Body;
use crate::punishments::{Measure, Orders, Reach, Release};

pub(super) fn routes() -> Vec<Route> {
    routes![note_page, note, new, add_one, edit_page, edit_one]
}

/// What a form is about.
enum About {
    Note,
    NewLine,
    /// The standard of an id.
    Line(String),
}

#[derive(Template, WebTemplate)]
#[template(path = "punishment_standards/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    version: Version,
    about: About,
}

/// A choice: value, label, whether it is chosen.
type Choice = (&'static str, String, bool);

/// Where the forms of a version lie.
fn base(id: &str) -> String {
    format!("/punishment-standard-versions/{id}")
}

impl FormPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        id: &str,
        about: About,
        form: Form,
    ) -> Result<FormPage, Error> {
        let version = find(c, id)?;
        if version.status != Status::Draft {
            return Err(Error::Conflict("conflict-punishment-standards-stand"));
        }
        let path = match &about {
            About::Note => format!("{}/edit", base(id)),
            About::NewLine => format!("{}/lines/new", base(id)),
            About::Line(line) => format!("{}/lines/{line}/edit", base(id)),
        };
        Ok(FormPage { page: page.at(&path), form, version, about })
    }

    fn action(&self) -> String {
        match &self.about {
            About::NewLine => format!("{}/lines", base(&self.version.id)),
            _ => self.page.path().to_string(),
        }
    }

    fn title(&self) -> String {
        let key = match &self.about {
            About::Note => "punishment-standards-edit",
            About::NewLine => "punishment-standard-new",
            About::Line(_) => "punishment-standard-edit",
        };
        self.page.t(key).to_string()
    }

    fn is_note(&self) -> bool {
        matches!(self.about, About::Note)
    }

    fn is_new(&self) -> bool {
        matches!(self.about, About::NewLine)
    }

    /// The revision that the form is made from; the newest once a person was told of it.
    fn revision(&self) -> String {
        match self.form.problem(&self.page, "revision") {
            Some(_) => self.version.revision.to_string(),
            None => self.form.value("revision").to_string(),
        }
    }

    fn is_on(&self, field: &str) -> bool {
        self.form.value(field) == "on"
    }

    fn choices(&self, field: &str, prefix: &str, values: &[&'static str]) -> Vec<Choice> {
        let chosen = self.form.value(field);
        let choice = |one: &&'static str| (*one, self.page.tk(prefix, one), chosen == *one);
        values.iter().map(choice).collect()
    }

    fn severities(&self) -> Vec<Choice> {
        let values: Vec<_> = Severity::ALL.iter().map(|one| one.as_str()).collect();
        self.choices("severity", "finding-severity", &values)
    }

    fn measures(&self) -> Vec<Choice> {
        let values: Vec<_> = Measure::ALL.iter().map(|one| one.as_str()).collect();
        self.choices("measure", "punishment-measure", &values)
    }

    fn reaches(&self) -> Vec<Choice> {
        let values: Vec<_> = Reach::ALL.iter().map(|one| one.as_str()).collect();
        self.choices("reach", "punishment-reach", &values)
    }

    fn orders(&self) -> Vec<Choice> {
        let values: Vec<_> = Orders::ALL.iter().map(|one| one.as_str()).collect();
        self.choices("orders", "punishment-orders", &values)
    }

    fn bodies(&self) -> Vec<Choice> {
        let values: Vec<_> = Body::ALL.iter().map(|one| one.as_str()).collect();
        self.choices("body", "punishment-body", &values)
    }

    fn releases(&self) -> Vec<Choice> {
        let values: Vec<_> = Release::ALL.iter().map(|one| one.as_str()).collect();
        self.choices("release", "punishment-release", &values)
    }
}

#[get("/punishment-standard-versions/<id>/edit")]
async fn note_page(
    may: May<right::EditPunishmentStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let version = find(c, &id)?;
        let day = version.effective_from.map(|day| day.to_string()).unwrap_or_default();
        let form = Form::of(&[
            ("note", version.note.as_str()),
            ("effective_from", day.as_str()),
            ("revision", version.revision.to_string().as_str()),
        ]);
        FormPage::load(c, page, &id, About::Note, form)
    })
    .await
}

#[post("/punishment-standard-versions/<id>/edit", data = "<form>")]
async fn note(
    may: May<right::EditPunishmentStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<NoteInput>,
) -> Result<Answer<FormPage>, Error> {
    let of = id.clone();
    form.write(
        db,
        move |c, input| {
            edit(c, &may, &of, input)?;
            Ok(Go::to(base(&of)).saying("done-punishment-standards-edited", ""))
        },
        move |c, form| FormPage::load(c, page, &id, About::Note, form),
    )
    .await
}

#[get("/punishment-standard-versions/<id>/lines/new")]
async fn new(
    may: May<right::EditPunishmentStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let version = find(c, &id)?;
        let form = Form::of(&[
            ("notice_days", "5"),
            ("reply_days", "10"),
            ("appeal_days", "10"),
            ("interim_days", "0"),
            ("revision", version.revision.to_string().as_str()),
        ]);
        FormPage::load(c, page, &id, About::NewLine, form)
    })
    .await
}

#[post("/punishment-standard-versions/<id>/lines", data = "<form>")]
async fn add_one(
    may: May<right::EditPunishmentStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<LineInput>,
) -> Result<Answer<FormPage>, Error> {
    let of = id.clone();
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            add_line(c, &may, &of, input)?;
            Ok(Go::to(base(&of)).saying("done-punishment-standard-added", ""))
        },
        move |c, form| FormPage::load(c, page, &id, About::NewLine, form),
    )
    .await
}

/// A standard as its form shows it.
fn filled(line: &Standard, revision: i64) -> Form {
    let number = |n: i64| n.to_string();
    let on = |is_so: bool| if is_so { "on" } else { "" };
    Form::of(&[
        ("violation", &line.violation),
        ("name_en", &line.name_en),
        ("name_zh", &line.name_zh),
        ("severity", line.severity.as_str()),
        ("measure", line.measure.as_str()),
        ("measure_note_en", &line.measure_note_en),
        ("measure_note_zh", &line.measure_note_zh),
        ("term_from", &number(line.term_from)),
        ("term_to", &line.term_to.map(number).unwrap_or_default()),
        ("reach", line.reach.as_str()),
        ("orders", line.orders.as_str()),
        ("bars_data", on(line.bars_data)),
        ("body", line.body.as_str()),
        ("notice_days", &number(line.notice_days)),
        ("reply_days", &number(line.reply_days)),
        ("appeal_days", &number(line.appeal_days)),
        ("interim_days", &number(line.interim_days)),
        ("release", line.release.as_str()),
        ("recertifies", on(line.recertifies)),
        ("points", &number(line.points)),
        ("revision", &number(revision)),
    ])
}

#[get("/punishment-standard-versions/<id>/lines/<line>/edit")]
async fn edit_page(
    may: May<right::EditPunishmentStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    line: String,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let (version, found) = (find(c, &id)?, find_line(c, &id, &line)?);
        let form = filled(&found, version.revision);
        FormPage::load(c, page, &id, About::Line(line), form)
    })
    .await
}

#[post("/punishment-standard-versions/<id>/lines/<line>/edit", data = "<form>")]
async fn edit_one(
    may: May<right::EditPunishmentStandards>,
    page: Page,
    db: &State<Db>,
    id: String,
    line: String,
    form: Submitted<LineInput>,
) -> Result<Answer<FormPage>, Error> {
    let (of, edited) = (id.clone(), line.clone());
    form.write(
        db,
        move |c, input| {
            edit_line(c, &may, (&of, &edited), input)?;
            Ok(Go::to(base(&of)).saying("done-punishment-standard-edited", ""))
        },
        move |c, form| {
            find_line(c, &id, &line)?;
            FormPage::load(c, page, &id, About::Line(line), form)
        },
    )
    .await
}
