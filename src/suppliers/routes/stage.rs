//! Changing the stage of a company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::stage::StageInput;
use crate::suppliers::{Supplier, change_stage, find};

pub(super) fn routes() -> Vec<Route> {
    routes![stage_form, change_one_stage]
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/stage.html")]
struct StagePage {
    page: Page,
    supplier: Supplier,
    form: Form,
}

impl StagePage {
    fn stages(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("stage");
        let next = self.supplier.stage.next().iter();
        next.map(|s| (s.as_str(), self.page.tk("stage", s.as_str()), s.as_str() == chosen))
            .collect()
    }
}

#[get("/suppliers/<id>/stage")]
async fn stage_form(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
) -> Result<StagePage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        Ok(StagePage { page, supplier: find(c, may.scope(), &id)?, form: Form::empty() })
    })
    .await
}

#[post("/suppliers/<id>/stage", data = "<form>")]
async fn change_one_stage(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
    form: Submitted<StageInput>,
) -> Result<Answer<StagePage>, Error> {
    let scope = may.scope().clone();
    let id = id.to_string();
    let supplier = id.clone();
    let changed = form.handle(|input| db.write(move |c| change_stage(c, &may, &supplier, &input)));
    match changed.await? {
        Ok(after) => {
            let go = Go::to(format!("/suppliers/{id}"));
            Ok(Answer::Go(go.saying("done-stage-changed", &after.legal_name)))
        }
        Err(form) => {
            let again =
                db.read(move |c| Ok(StagePage { page, supplier: find(c, &scope, &id)?, form }));
            Ok(Answer::Again(again.await?))
        }
    }
}
