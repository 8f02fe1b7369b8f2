//! The page on which somebody says whether a measure holds a company that has joined a group, or left it.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{SettleInput, find, settle, shown};
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::punishments::{Case, Ground, Held, MemberStatus};
use crate::suppliers::Supplier;

pub fn routes() -> Vec<Route> {
    routes![show, settle_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "punishments/settling.html")]
struct SettlingPage {
    page: Page,
    case: Case,
    row: Held,
    supplier: Supplier,
    form: Form,
}

impl SettlingPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        (case_id, member_id): (&str, &str),
        form: Form,
    ) -> Result<SettlingPage, Error> {
        let (case, row, supplier) = find(c, scope, case_id, member_id)?;
        let page = page.at(&format!("/punishments/{case_id}/members/{member_id}/settling"));
        Ok(SettlingPage { page, case, row, supplier, form })
    }

    /// Whether there is something to say, and the reader may.
    fn waits(&self) -> bool {
        self.row.status.waits() && self.case.status.is_in_force() && !self.is_mine()
    }

    /// Whether the reader brought the case.
    fn is_mine(&self) -> bool {
        self.page.viewer().is_some_and(|one| one.actor.account_id == self.case.proposed_by)
    }

    fn has_joined(&self) -> bool {
        self.row.status == MemberStatus::Proposed
    }

    /// A company that is otherwise related may go on with the business of another.
    fn may_succeed(&self) -> bool {
        self.has_joined() && self.row.ground == Ground::Related
    }

    fn decisions(&self) -> Vec<(&'static str, String, bool)> {
        let values = if self.has_joined() { ["include", "exempt"] } else { ["keep", "free"] };
        let typed = self.form.value("decision");
        let choice = |value| (value, self.page.tk("member-decision", value), value == typed);
        values.map(choice).to_vec()
    }
}

#[get("/punishments/<id>/members/<member>/settling")]
async fn show(
    may: May<right::DecidePunishments>,
    page: Page,
    db: &State<Db>,
    id: String,
    member: String,
) -> Result<SettlingPage, Error> {
    db.read(move |c| SettlingPage::load(c, page, may.scope(), (&id, &member), Form::empty())).await
}

#[post("/punishments/<id>/members/<member>/settling", data = "<form>")]
async fn settle_one(
    may: May<right::DecidePunishments>,
    page: Page,
    db: &State<Db>,
    id: String,
    member: String,
    form: Submitted<SettleInput>,
) -> Result<Answer<SettlingPage>, Error> {
    let (scope, case_id, row_id) = (may.scope().clone(), id.clone(), member.clone());
    form.write(
        db,
        move |c, input| {
            settle(c, &may, &case_id, &row_id, input)?;
            Ok(Go::to(format!("/punishments/{case_id}")).saying("done-punishment-member", ""))
        },
        move |c, form| SettlingPage::load(c, page, &scope, (&id, &member), form),
    )
    .await
}
