//! The form of a need: a new one, or an edited one. Rows of criteria are added without script, by
//! a button that shows the form again.

use askama::Template;
use askama_web::WebTemplate;
use chrono::Months;
use rocket::{Route, State, get, post, routes};

use super::criteria::{self, Criterion, Method, Strength};
use super::{Need, NeedInput, edit, find, record};
use crate::access::{May, Scope, right};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::regions::{self, Choice};
use crate::values::now;

/// Rows that an empty form has.
const ROWS: usize = 4;
/// Rows that a form has at most.
const MOST_ROWS: usize = 40;

pub(super) fn routes() -> Vec<Route> {
    routes![new, record_one, edit_page, edit_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "needs/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    /// `None` for a new one.
    need: Option<Need>,
    categories: Vec<Category>,
    /// Those of a need whose criteria stay as they are.
    frozen: Vec<Criterion>,
    /// A row more than was typed.
    more: bool,
}

/// A row of criteria as it was typed.
struct Row {
    number: usize,
    title: String,
    strength: String,
    method: String,
    weight: String,
}

impl FormPage {
    fn load(c: &mut AnyConnection, page: Page, form: Form) -> Result<FormPage, Error> {
        let categories = categories::all(c)?;
        Ok(FormPage { page, form, need: None, categories, frozen: Vec::new(), more: false })
    }

    fn of_need(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<FormPage, Error> {
        let need = find(c, scope, id)?;
        let page = page.at(&format!("/needs/{id}/edit"));
        let frozen = if criteria::are_frozen(c, id)? { criteria::of(c, id)? } else { Vec::new() };
        Ok(FormPage { need: Some(need), frozen, ..FormPage::load(c, page, form)? })
    }

    fn countries(&self) -> Vec<Choice> {
        regions::country_options(self.page.is_chinese(), self.form.value("country"))
    }

    fn provinces(&self) -> Vec<Choice> {
        regions::province_options(self.page.is_chinese(), self.form.value("province"))
    }

    fn category_options(&self) -> Vec<(&str, String, bool)> {
        let name = |one: &Category| self.page.pick(&one.name_en, &one.name_zh).to_string();
        self.categories
            .iter()
            .map(|one| (one.id.as_str(), name(one), one.id == self.form.value("category")))
            .collect()
    }

    fn rows(&self) -> Vec<Row> {
        let titles = self.form.all("criterion_title");
        let at = |field: &str, row: usize| {
            self.form.all(field).get(row).map(|text| text.to_string()).unwrap_or_default()
        };
        let number = titles.len().max(ROWS) + usize::from(self.more);
        (0..number.min(MOST_ROWS))
            .map(|row| Row {
                number: row + 1,
                title: at("criterion_title", row),
                strength: at("criterion_strength", row),
                method: at("criterion_method", row),
                weight: Some(at("criterion_weight", row))
                    .filter(|weight| !weight.is_empty())
                    .unwrap_or_else(|| "1".into()),
            })
            .collect()
    }
}

#[get("/needs/new")]
async fn new(may: May<right::EditNeeds>, page: Page, db: &State<Db>) -> Result<FormPage, Error> {
    let _ = may.scope();
    let day = now().date() + Months::new(3);
    let form = Form::of(&[("needed_by", &day.to_string())]);
    db.read(move |c| FormPage::load(c, page, form)).await
}

/// The next page, the form with what is wrong, or the form with a row more.
type Reply = Result<Result<Answer<FormPage>, FormPage>, Error>;

#[post("/needs/new", data = "<form>")]
async fn record_one(
    may: May<right::EditNeeds>,
    page: Page,
    db: &State<Db>,
    form: Submitted<NeedInput>,
) -> Reply {
    if !form.typed("more").is_empty() {
        let typed = Form::rejected(form.values, Problems::default());
        let shown = db.read(move |c| FormPage::load(c, page, typed)).await?;
        return Ok(Err(FormPage { more: true, ..shown }));
    }
    let answer = form
        .once(
            db,
            may.actor().clone(),
            move |c, input| {
                let need = record(c, &may, input)?;
                Ok(Go::to(format!("/needs/{}", need.id)).saying("done-need-recorded", &need.code()))
            },
            move |c, form| FormPage::load(c, page, form),
        )
        .await?;
    Ok(Ok(answer))
}

#[get("/needs/<id>/edit")]
async fn edit_page(
    may: May<right::EditNeeds>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<FormPage, Error> {
    db.read(move |c| {
        let need = find(c, may.scope(), &id)?;
        let province = regions::province(&need.area).map_or("", |found| found.code);
        let country = regions::country_of_area(&need.area).to_string();
        let mut values = vec![
            ("title", need.title.clone()),
            ("category", need.category_id.clone()),
            ("country", country),
            ("province", province.to_string()),
            ("reason", need.reason.clone()),
            ("needed_by", need.needed_by.to_string()),
            ("revision", need.revision.to_string()),
        ];
        for one in criteria::of(c, &id)? {
            values.push(("criterion_title", one.title));
            values.push(("criterion_strength", one.strength.as_str().into()));
            values.push(("criterion_method", one.method.as_str().into()));
            values.push(("criterion_weight", one.weight.to_string()));
        }
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
        FormPage::of_need(c, page, may.scope(), &id, Form::of(&values))
    })
    .await
}

#[post("/needs/<id>/edit", data = "<form>")]
async fn edit_one(
    may: May<right::EditNeeds>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<NeedInput>,
) -> Reply {
    let (scope, edited) = (may.scope().clone(), id.clone());
    if !form.typed("more").is_empty() {
        let typed = Form::rejected(form.values, Problems::default());
        let shown = db.read(move |c| FormPage::of_need(c, page, &scope, &id, typed)).await?;
        return Ok(Err(FormPage { more: true, ..shown }));
    }
    let answer = form
        .write(
            db,
            move |c, input| {
                let need = edit(c, &may, &edited, input)?;
                Ok(Go::to(format!("/needs/{edited}")).saying("done-need-edited", &need.code()))
            },
            move |c, form| FormPage::of_need(c, page, &scope, &id, form),
        )
        .await?;
    Ok(Ok(answer))
}
