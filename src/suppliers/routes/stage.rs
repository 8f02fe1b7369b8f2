//! Changing the stage of a company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::to_supplier;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Form, Page, Submitted};
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
    id: String,
    form: Submitted<StageInput>,
) -> Result<Answer<StagePage>, Error> {
    let (scope, changed) = (may.scope().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            let after = change_stage(c, &may, &changed, input)?;
            Ok(to_supplier(&changed, "done-stage-changed", &after.legal_name))
        },
        move |c, form| Ok(StagePage { page, supplier: find(c, &scope, &id)?, form }),
    )
    .await
}
