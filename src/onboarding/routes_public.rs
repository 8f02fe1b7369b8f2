//! The public page on which a company proposes itself. It says the same whether or not the
//! register knows the company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::Status;
use rocket::{Route, State, get, post, routes};

use super::candidates::{SelfInput, arrive};
use super::choices::{kinds, languages};
use crate::access::Client;
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Form, Go, Page, Submitted};
use crate::regions::{self, Choice};
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    routes![form_page, hand_in, received]
}

#[derive(Template, WebTemplate)]
#[template(path = "candidates/public.html")]
struct PublicPage {
    page: Page,
    form: Form,
    categories: Vec<Category>,
    /// Too much was handed in: nothing was looked at.
    is_full: bool,
}

impl PublicPage {
    fn load(c: &mut AnyConnection, page: Page, form: Form) -> Result<PublicPage, Error> {
        Ok(PublicPage { page, form, categories: categories::all(c)?, is_full: false })
    }

    fn countries(&self) -> Vec<Choice> {
        regions::country_options(self.page.is_chinese(), self.form.value("country"))
    }

    fn kinds(&self) -> Vec<Choice> {
        kinds(&self.page, self.form.value("identifier_kind"))
    }

    fn languages(&self) -> Vec<Choice> {
        languages(&self.page, self.form.value("language"))
    }

    fn category_options(&self) -> Vec<(&str, String, bool)> {
        let name = |one: &Category| self.page.pick(&one.name_en, &one.name_zh).to_string();
        self.categories
            .iter()
            .map(|one| (one.id.as_str(), name(one), one.id == self.form.value("category")))
            .collect()
    }
}

#[get("/become-a-supplier")]
async fn form_page(page: Page, db: &State<Db>) -> Result<PublicPage, Error> {
    let form = Form::of(&[("country", "CN"), ("language", page.lang())]);
    db.read(move |c| PublicPage::load(c, page, form)).await
}

#[post("/become-a-supplier", data = "<form>")]
async fn hand_in(
    page: Page,
    client: Client,
    db: &State<Db>,
    vault: &State<Vault>,
    form: Submitted<SelfInput>,
) -> Result<Result<Go, (Status, PublicPage)>, Error> {
    let (values, vault) = (form.values.clone(), vault.inner().clone());
    let done = form.handle(|input| db.write(move |c| arrive(c, &vault, &client, &input))).await;
    let (status, form) = match done {
        Ok(Ok(())) => return Ok(Ok(Go::to("/become-a-supplier/received"))),
        Ok(Err(form)) => (Status::UnprocessableEntity, form),
        Err(Error::TooMany) => {
            (Status::TooManyRequests, Form::rejected(values, Default::default()))
        }
        Err(error) => return Err(error),
    };
    let shown = db.read(move |c| PublicPage::load(c, page, form)).await?;
    let is_full = status == Status::TooManyRequests;
    Ok(Err((status, PublicPage { is_full, ..shown })))
}

#[derive(Template, WebTemplate)]
#[template(path = "candidates/received.html")]
struct ReceivedPage {
    page: Page,
}

#[get("/become-a-supplier/received")]
fn received(page: Page) -> ReceivedPage {
    ReceivedPage { page }
}
