//! The company's people say how much came.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::transfer::{self, AnswerInput, Answered, TRIES, Transfer};
use super::{Authentication, Status};
use crate::access::Member;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problem, Problems};
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::bank_accounts::BankAccount;
use crate::suppliers::people::Person;
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    routes![show, answer]
}

#[derive(Template, WebTemplate)]
#[template(path = "authentications/portal.html")]
struct PortalPage {
    page: Page,
    authentication: Authentication,
    /// `None` when they were taken off since.
    person: Option<Person>,
    /// Where the money went, masked; `None` when all is over or the account was taken off.
    account: Option<BankAccount>,
    form: Form,
}

impl PortalPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        vault: &Vault,
        supplier_id: &str,
        id: &str,
        form: Form,
    ) -> Result<PortalPage, Error> {
        let authentication = transfer::of_company(c, supplier_id, id)?;
        let account = match authentication.status {
            Status::Open => Transfer::of(vault, &authentication)?.account(c, supplier_id)?,
            _ => None,
        };
        Ok(PortalPage {
            page: page.at(&format!("/portal/authentications/{id}")),
            person: super::present(c, &authentication).ok(),
            authentication,
            account,
            form,
        })
    }

    fn is_open(&self) -> bool {
        self.authentication.status == Status::Open
    }

    fn left(&self) -> i64 {
        TRIES - self.authentication.tries
    }
}

#[get("/portal/authentications/<id>")]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
) -> Result<PortalPage, Error> {
    let vault = vault.inner().clone();
    db.read(move |c| PortalPage::load(c, page, &vault, &member.supplier_id, &id, Form::empty()))
        .await
}

#[post("/portal/authentications/<id>/answer", data = "<form>")]
async fn answer(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<AnswerInput>,
) -> Result<Answer<PortalPage>, Error> {
    let (supplier, of) = (member.supplier_id.clone(), id.clone());
    let (vault, showing) = (vault.inner().clone(), vault.inner().clone());
    let values = form.values.clone();
    let answered = form.handle(|input| {
        db.write(move |c| {
            transfer::answer(c, &member.actor, &vault, &member.supplier_id, &of, &input)
        })
    });
    // A wrong answer is written down, and the form comes back all the same.
    let form = match answered.await? {
        Ok(Answered::Wrong(left)) => {
            let problem = Problem::new("amount", "amount_wrong").with("left", left);
            Form::rejected(values, Problems(vec![problem]))
        }
        Ok(answered) => {
            let go = Go::to(format!("/portal/authentications/{id}"));
            let is_right = answered == Answered::Right;
            return Ok(Answer::Go(if is_right {
                go.saying("done-authentication-answered", "")
            } else {
                go
            }));
        }
        Err(form) => form,
    };
    let again =
        move |c: &mut AnyConnection| PortalPage::load(c, page, &showing, &supplier, &id, form);
    Ok(Answer::Again(db.read(again).await?))
}
