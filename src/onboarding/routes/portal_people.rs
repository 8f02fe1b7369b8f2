//! The people of a company, in its portal.

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDateTime;
use rocket::{Route, State, get, post, routes};
use serde::Deserialize;
use validator::Validate;

use super::languages;
use crate::access::accounts::Account;
use crate::access::company_invitations::{self, Host};
use crate::access::invitations::Invitation;
use crate::access::{Member, Owner, Role, company_people};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::onboarding::people::{self, ClosingInput, ColleagueInput};
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![show, invite, renew, revoke, change_role, remove]
}

#[derive(Template, WebTemplate)]
#[template(path = "onboarding/portal_people.html")]
struct PeoplePage {
    page: Page,
    people: Vec<(Account, Option<NaiveDateTime>)>,
    /// Those that wait, or have run out.
    invitations: Vec<Invitation>,
    form: Form,
    is_owner: bool,
    account_id: String,
}

impl PeoplePage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        supplier_id: &str,
        viewer: (&str, bool),
        form: Form,
    ) -> Result<PeoplePage, Error> {
        let mut people = company_people::of(c, supplier_id)?;
        people.retain(|(account, _)| account.is_enabled());
        let mut invitations = company_invitations::of(c, supplier_id)?;
        invitations.retain(|one| matches!(one.state(), "open" | "expired"));
        let (account_id, is_owner) = (viewer.0.to_string(), viewer.1);
        let page = page.at(HERE);
        Ok(PeoplePage { page, people, invitations, form, is_owner, account_id })
    }

    fn roles(&self) -> Vec<(&'static str, String, bool)> {
        let typed = self.form.value("role");
        let chosen = if typed.is_empty() { Role::SupplierMember.as_str() } else { typed };
        [Role::SupplierMember, Role::SupplierOwner]
            .map(|role| {
                let code = role.as_str();
                (code, self.page.tk("portal-role", code), code == chosen)
            })
            .into()
    }

    fn languages(&self) -> Vec<(&'static str, String, bool)> {
        languages(&self.page, &self.form)
    }

    /// Who may take over from somebody who leaves.
    fn successors(&self, leaving: &str) -> Vec<(String, String, bool)> {
        let others = self.people.iter().filter(|(account, _)| account.id != leaving);
        others.map(|(account, _)| (account.id.clone(), account.name.clone(), false)).collect()
    }
}

const HERE: &str = "/portal/people";

#[get("/portal/people")]
async fn show(member: Member, page: Page, db: &State<Db>) -> Result<PeoplePage, Error> {
    let is_owner = member.actor.role == Role::SupplierOwner;
    db.read(move |c| {
        let viewer = (member.actor.account_id.as_str(), is_owner);
        PeoplePage::load(c, page, &member.supplier_id, viewer, Form::empty())
    })
    .await
}

#[post("/portal/people", data = "<form>")]
async fn invite(
    owner: Owner,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    form: Submitted<ColleagueInput>,
) -> Result<Answer<PeoplePage>, Error> {
    let (actor, supplier) = (owner.0.actor.clone(), owner.0.supplier_id.clone());
    let (account_id, vault) = (actor.account_id.clone(), vault.inner().clone());
    let of = supplier.clone();
    form.once(
        db,
        actor,
        move |c, input| {
            let invited = people::invite(c, &Host::Owner(&owner), &vault, &of, input)?;
            Ok(Go::to(HERE).saying("done-invited", &invited.email))
        },
        move |c, form| PeoplePage::load(c, page, &supplier, (&account_id, true), form),
    )
    .await
}

#[post("/portal/people/invitations/<id>/renewal", data = "<_form>")]
async fn renew(
    owner: Owner,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let vault = vault.inner().clone();
    db.write(move |c| {
        let host = Host::Owner(&owner);
        let invited = people::renew(c, &host, &vault, &owner.0.supplier_id, &id)?;
        Ok(Go::to(HERE).saying("done-invited-again", &invited.email))
    })
    .await
}

#[post("/portal/people/invitations/<id>/revocation", data = "<_form>")]
async fn revoke(
    owner: Owner,
    db: &State<Db>,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    db.write(move |c| {
        let host = Host::Owner(&owner);
        let invited = company_invitations::revoke(c, &host, &owner.0.supplier_id, &id)?;
        Ok(Go::to(HERE).saying("done-invitation-revoked", &invited.email))
    })
    .await
}

/// The form with which somebody becomes responsible, or a colleague.
#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct RoleInput {
    role: String,
}

#[post("/portal/people/<id>/role", data = "<form>")]
async fn change_role(
    owner: Owner,
    db: &State<Db>,
    id: String,
    form: Submitted<RoleInput>,
) -> Result<Go, Error> {
    let input = form.input()?;
    db.write(move |c| {
        let host = Host::Owner(&owner);
        let person = people::change_role(c, &host, &owner.0.supplier_id, &id, &input.role)?;
        Ok(Go::to(HERE).saying("done-person-changed", &person.name))
    })
    .await
}

#[post("/portal/people/<id>/removal", data = "<form>")]
async fn remove(
    owner: Owner,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ClosingInput>,
) -> Result<Go, Error> {
    let (input, vault) = (form.input()?, vault.inner().clone());
    db.write(move |c| {
        let host = Host::Owner(&owner);
        let person = people::close(c, &host, &vault, &owner.0.supplier_id, &id, &input)?;
        Ok(Go::to(HERE).saying("done-person-closed", &person.name))
    })
    .await
}
