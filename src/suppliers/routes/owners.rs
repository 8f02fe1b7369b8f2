//! Who of staff looks after a company.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::to_supplier;
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Page, Submitted};
use crate::suppliers::owners::{self, Owner, OwnerInput};
use crate::suppliers::{Supplier, find};

pub(super) fn routes() -> Vec<Route> {
    routes![choose, assign]
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/owner.html")]
struct OwnerPage {
    page: Page,
    supplier: Supplier,
    choices: Vec<Owner>,
    form: Form,
}

impl OwnerPage {
    fn load(
        c: &mut AnyConnection,
        scope: &Scope,
        page: Page,
        id: &str,
        form: Option<Form>,
    ) -> Result<OwnerPage, Error> {
        let supplier = find(c, scope, id)?;
        let form = match form {
            Some(form) => form,
            None => {
                let owner = owners::of(c, &supplier.id)?.map(|owner| owner.account_id);
                Form::of(&[("account", owner.as_deref().unwrap_or_default())])
            }
        };
        Ok(OwnerPage { page, choices: owners::choices(c, &supplier)?, supplier, form })
    }

    fn options(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("account");
        let option = |owner: &Owner| {
            let role = self.page.tk("role", owner.role.as_str());
            format!("{} · {role}", owner.name)
        };
        let all = self.choices.iter();
        all.map(|one| (one.account_id.as_str(), option(one), one.account_id == chosen)).collect()
    }
}

#[get("/suppliers/<id>/owner")]
async fn choose(
    may: May<right::AssignOwners>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<OwnerPage, Error> {
    db.read(move |c| OwnerPage::load(c, may.scope(), page, &id, None)).await
}

#[post("/suppliers/<id>/owner", data = "<form>")]
async fn assign(
    may: May<right::AssignOwners>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<OwnerInput>,
) -> Result<Answer<OwnerPage>, Error> {
    let (scope, supplier) = (may.scope().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            owners::assign(c, &may, &supplier, input)?;
            Ok(to_supplier(&supplier, "done-owner-assigned", ""))
        },
        move |c, form| OwnerPage::load(c, &scope, page, &id, Some(form)),
    )
    .await
}
