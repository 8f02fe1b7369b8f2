//! The forms of a draft: what it says of itself, and each of its rules.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{
    Effect, NoteInput, Occasion, Rule, RuleInput, Severity, Status, Version, add_rule, edit,
    edit_rule, find, find_rule,
};
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};

pub(super) fn routes() -> Vec<Route> {
    routes![note_page, note, new, add_one, edit_page, edit_one]
}

/// What a form is about.
enum About {
    Note,
    NewRule,
    Rule(Rule),
}

#[derive(Template, WebTemplate)]
#[template(path = "results/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    version: Version,
    about: About,
}

/// A choice: value, label, whether it is chosen.
type Choice = (&'static str, String, bool);

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
            return Err(Error::Conflict("conflict-result-rules-stand"));
        }
        let path = match &about {
            About::Note => format!("/result-rules/{id}/edit"),
            About::NewRule => format!("/result-rules/{id}/rules/new"),
            About::Rule(rule) => format!("/result-rules/{id}/rules/{}/edit", rule.id),
        };
        Ok(FormPage { page: page.at(&path), form, version, about })
    }

    fn action(&self) -> String {
        match &self.about {
            About::NewRule => format!("/result-rules/{}/rules", self.version.id),
            _ => self.page.path().to_string(),
        }
    }

    fn title(&self) -> String {
        let key = match &self.about {
            About::Note => "result-rules-edit",
            About::NewRule => "rule-new",
            About::Rule(_) => "rule-edit",
        };
        self.page.t(key).to_string()
    }

    fn is_note(&self) -> bool {
        matches!(self.about, About::Note)
    }

    fn is_new(&self) -> bool {
        matches!(self.about, About::NewRule)
    }

    /// The revision that the form is made from; the newest once a person was told of it.
    fn revision(&self) -> String {
        match self.form.problem(&self.page, "revision") {
            Some(_) => self.version.revision.to_string(),
            None => self.form.value("revision").to_string(),
        }
    }

    fn choice(&self, field: &str, prefix: &str, value: &'static str) -> Choice {
        (value, self.page.tk(prefix, value), self.form.value(field) == value)
    }

    fn severities(&self) -> Vec<Choice> {
        let choice = |one: &Severity| self.choice("severity", "finding-severity", one.as_str());
        Severity::ALL.iter().map(choice).collect()
    }

    fn occasions(&self) -> Vec<Choice> {
        let choice = |one: &Occasion| self.choice("occasion", "result-occasion", one.as_str());
        Occasion::ALL.iter().map(choice).collect()
    }

    fn effects(&self) -> Vec<Choice> {
        let choice = |one: &Effect| self.choice("effect", "result-effect", one.as_str());
        Effect::ALL.iter().map(choice).collect()
    }
}

#[get("/result-rules/<id>/edit")]
async fn note_page(
    may: May<right::EditResultRules>,
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

#[post("/result-rules/<id>/edit", data = "<form>")]
async fn note(
    may: May<right::EditResultRules>,
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
            Ok(Go::to(format!("/result-rules/{of}")).saying("done-result-rules-edited", ""))
        },
        move |c, form| FormPage::load(c, page, &id, About::Note, form),
    )
    .await
}

#[get("/result-rules/<id>/rules/new")]
async fn new(
    may: May<right::EditResultRules>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let version = find(c, &id)?;
        let form = Form::of(&[
            ("occasion", Occasion::Found.as_str()),
            ("threshold", "1"),
            ("revision", version.revision.to_string().as_str()),
        ]);
        FormPage::load(c, page, &id, About::NewRule, form)
    })
    .await
}

#[post("/result-rules/<id>/rules", data = "<form>")]
async fn add_one(
    may: May<right::EditResultRules>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<RuleInput>,
) -> Result<Answer<FormPage>, Error> {
    let of = id.clone();
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            add_rule(c, &may, &of, input)?;
            Ok(Go::to(format!("/result-rules/{of}")).saying("done-result-rule-added", ""))
        },
        move |c, form| FormPage::load(c, page, &id, About::NewRule, form),
    )
    .await
}

#[get("/result-rules/<id>/rules/<rule>/edit")]
async fn edit_page(
    may: May<right::EditResultRules>,
    page: Page,
    db: &State<Db>,
    id: String,
    rule: String,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let (version, rule) = (find(c, &id)?, find_rule(c, &id, &rule)?);
        let number = |n: i64| if n > 0 { n.to_string() } else { String::new() };
        let form = Form::of(&[
            ("severity", rule.severity.as_str()),
            ("occasion", rule.occasion.as_str()),
            ("threshold", number(rule.threshold).as_str()),
            ("effect", rule.effect.as_str()),
            ("points", number(rule.points).as_str()),
            ("months", number(rule.months).as_str()),
            ("revision", version.revision.to_string().as_str()),
        ]);
        FormPage::load(c, page, &id, About::Rule(rule), form)
    })
    .await
}

#[post("/result-rules/<id>/rules/<rule>/edit", data = "<form>")]
async fn edit_one(
    may: May<right::EditResultRules>,
    page: Page,
    db: &State<Db>,
    id: String,
    rule: String,
    form: Submitted<RuleInput>,
) -> Result<Answer<FormPage>, Error> {
    let (of, edited) = (id.clone(), rule.clone());
    form.write(
        db,
        move |c, input| {
            edit_rule(c, &may, (&of, &edited), input)?;
            Ok(Go::to(format!("/result-rules/{of}")).saying("done-result-rule-edited", ""))
        },
        move |c, form| {
            let rule = find_rule(c, &id, &rule)?;
            FormPage::load(c, page, &id, About::Rule(rule), form)
        },
    )
    .await
}
