//! The page of categories.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{Category, CategoryInput, all, create, tree};
use crate::access::{May, Staff, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};

pub fn routes() -> Vec<Route> {
    routes![index, create_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "categories/list.html")]
struct ListPage {
    page: Page,
    form: Form,
    categories: Vec<Category>,
}

impl ListPage {
    fn load(c: &mut AnyConnection, page: Page, form: Form) -> Result<ListPage, Error> {
        Ok(ListPage { page, form, categories: all(c)? })
    }

    fn tree(&self) -> Vec<(&Category, usize)> {
        tree(&self.categories)
    }

    fn parents(&self) -> Vec<(&str, &str, bool)> {
        let chosen = self.form.value("parent_id");
        let name = |c: &'_ Category| self.page.is_chinese() && !c.name_zh.is_empty();
        self.categories
            .iter()
            .map(|c| {
                let text = if name(c) { c.name_zh.as_str() } else { c.name_en.as_str() };
                (c.id.as_str(), text, c.id == chosen)
            })
            .collect()
    }
}

#[get("/categories")]
async fn index(_staff: Staff, page: Page, db: &State<Db>) -> Result<ListPage, Error> {
    db.read(move |c| ListPage::load(c, page, Form::empty())).await
}

#[post("/categories", data = "<form>")]
async fn create_one(
    may: May<right::EditCategories>,
    page: Page,
    db: &State<Db>,
    form: Submitted<CategoryInput>,
) -> Result<Answer<ListPage>, Error> {
    let name = page.pick(form.typed("name_en"), form.typed("name_zh")).to_string();
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            create(c, &may, input)?;
            Ok(Go::to("/categories").saying("done-category-created", &name))
        },
        move |c, form| ListPage::load(c, page, form),
    )
    .await
}
