//! A company's portal as staff see it: who has an account, who is invited, where its registration
//! stands.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDateTime;
use rocket::{Route, State, get, post, routes};
use serde::Deserialize;
use validator::Validate;

use crate::access::accounts::Account;
use crate::access::company_invitations::{self, Host};
use crate::access::invitations::Invitation;
use crate::access::{May, Scope, company_people, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::onboarding::inviting;
use crate::onboarding::people::{self, ClosingInput, MergingInput};
use crate::onboarding::registration::{self, Registration};
use crate::onboarding::review::introduction::{self, ProposingInput};
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::{Supplier, find};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![show, change_role, close, merge, propose]
}

#[derive(Template, WebTemplate)]
#[template(path = "onboarding/people.html")]
struct PeoplePage {
    page: Page,
    supplier: Supplier,
    registration: Option<Registration>,
    people: Vec<(Account, Option<NaiveDateTime>)>,
    invitations: Vec<Invitation>,
    form: Form,
}

impl PeoplePage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<PeoplePage, Error> {
        let supplier = find(c, scope, id)?;
        Ok(PeoplePage {
            page: page.at(&format!("/suppliers/{id}/portal")),
            registration: registration::latest(c, id)?,
            people: company_people::of(c, id)?,
            invitations: company_invitations::of(c, id)?,
            supplier,
            form,
        })
    }

    fn may_invite(&self) -> bool {
        self.page.may("suppliers.invite") && inviting::obstacle(&self.supplier).is_none()
    }

    fn may_propose(&self) -> bool {
        let is_running = self.registration.as_ref().is_some_and(|one| one.status.is_running());
        let may = self.page.may("registrations.review") && !is_running;
        may && introduction::may_be_proposed(self.supplier.stage)
    }

    /// The open accounts as the choices of a field.
    fn choices(&self, field: &str) -> Vec<(String, String, bool)> {
        let chosen = self.form.value(field);
        let open = self.people.iter().filter(|(account, _)| account.is_enabled());
        open.map(|(account, _)| {
            let label = format!("{} · {}", account.name, account.email);
            (account.id.clone(), label, account.id == chosen)
        })
        .collect()
    }

    fn has_open_accounts(&self, least: usize) -> bool {
        self.people.iter().filter(|(account, _)| account.is_enabled()).count() >= least
    }
}

fn back(id: &str) -> Go {
    Go::to(format!("/suppliers/{id}/portal"))
}

#[get("/suppliers/<id>/portal")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<PeoplePage, Error> {
    db.read(move |c| PeoplePage::load(c, page, may.scope(), &id, Form::empty())).await
}

/// The form with which somebody becomes responsible, or a colleague.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct RoleInput {
    role: String,
}

#[post("/suppliers/<id>/portal/people/<account>/role", data = "<form>")]
async fn change_role(
    may: May<right::InviteSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
    account: String,
    form: Submitted<RoleInput>,
) -> Result<Answer<PeoplePage>, Error> {
    let (scope, of) = (may.scope().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            let host = Host::Staff(&may);
            let person = people::change_role(c, &host, &of, &account, &input.role)?;
            Ok(back(&of).saying("done-person-changed", &person.name))
        },
        move |c, form| PeoplePage::load(c, page, &scope, &id, form),
    )
    .await
}

/// The form with which staff close an account.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct StaffClosing {
    account: String,
    #[serde(flatten)]
    #[validate(nested)]
    closing: ClosingInput,
}

#[post("/suppliers/<id>/portal/closures", data = "<form>")]
async fn close(
    may: May<right::InviteSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<StaffClosing>,
) -> Result<Answer<PeoplePage>, Error> {
    let (scope, of, vault) = (may.scope().clone(), id.clone(), vault.inner().clone());
    form.write(
        db,
        move |c, input| {
            let host = Host::Staff(&may);
            let person = people::close(c, &host, &vault, &of, &input.account, &input.closing)?;
            Ok(back(&of).saying("done-person-closed", &person.name))
        },
        move |c, form| PeoplePage::load(c, page, &scope, &id, form),
    )
    .await
}

#[post("/suppliers/<id>/portal/merges", data = "<form>")]
async fn merge(
    may: May<right::InviteSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<MergingInput>,
) -> Result<Answer<PeoplePage>, Error> {
    let (scope, of, vault) = (may.scope().clone(), id.clone(), vault.inner().clone());
    form.write(
        db,
        move |c, input| {
            let kept = people::merge(c, &may, &vault, &of, input)?;
            Ok(back(&of).saying("done-people-merged", &kept.name))
        },
        move |c, form| PeoplePage::load(c, page, &scope, &id, form),
    )
    .await
}

#[post("/suppliers/<id>/introductions", data = "<form>")]
async fn propose(
    may: May<right::ReviewRegistrations>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ProposingInput>,
) -> Result<Answer<PeoplePage>, Error> {
    let (scope, of, vault) = (may.scope().clone(), id.clone(), vault.inner().clone());
    form.once(
        db,
        may.actor().clone(),
        move |c, input| {
            let proposed = introduction::propose(c, &may, &vault, &of, input)?;
            let to = format!("/registrations/{}", proposed.id);
            Ok(Go::to(to).saying("done-proposed", &proposed.code()))
        },
        move |c, form| PeoplePage::load(c, page, &scope, &id, form),
    )
    .await
}
