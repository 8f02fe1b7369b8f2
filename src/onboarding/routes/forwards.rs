//! A section handed on to a colleague, in the portal.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use crate::access::accounts::Account;
use crate::access::{Member, Role, company_people};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::onboarding::forwards::{self, Forward, ForwardInput};
use crate::onboarding::registration::{Registration, Section};
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![show, forward, withdraw]
}

#[derive(Template, WebTemplate)]
#[template(path = "onboarding/forwards.html")]
struct ForwardsPage {
    page: Page,
    registration: Registration,
    section: Section,
    forwards: Vec<Forward>,
    colleagues: Vec<Account>,
    form: Form,
    account_id: String,
    is_owner: bool,
}

impl ForwardsPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        (account_id, supplier_id, is_owner): (String, &str, bool),
        section: Section,
        form: Form,
    ) -> Result<ForwardsPage, Error> {
        let registration = forwards::writable(c, supplier_id)?;
        let mut open = forwards::open_of(c, &registration.id)?;
        open.retain(|forward| forward.section == section);
        let mut colleagues = company_people::open_of(c, supplier_id)?;
        colleagues.retain(|account| account.id != account_id);
        Ok(ForwardsPage {
            page: page.at(&path_of(section)),
            registration,
            section,
            forwards: open,
            colleagues,
            form,
            account_id,
            is_owner,
        })
    }

    fn choices(&self) -> Vec<(String, String, bool)> {
        let chosen = self.form.value("colleague");
        let choice = |account: &Account| {
            let label = format!("{} · {}", account.name, account.email);
            (account.id.clone(), label, account.id == chosen)
        };
        self.colleagues.iter().map(choice).collect()
    }

    fn may_withdraw(&self, forward: &Forward) -> bool {
        self.is_owner || forward.forwarded_by == self.account_id
    }
}

fn path_of(section: Section) -> String {
    format!("/portal/registration/{}/forwards", section.as_str())
}

fn section_of(text: &str) -> Result<Section, Error> {
    Section::parse(text).ok_or(Error::NotFound)
}

#[get("/portal/registration/<section>/forwards")]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    section: &str,
) -> Result<ForwardsPage, Error> {
    let section = section_of(section)?;
    let is_owner = member.actor.role == Role::SupplierOwner;
    db.read(move |c| {
        let viewer = (member.actor.account_id, member.supplier_id.as_str(), is_owner);
        ForwardsPage::load(c, page, viewer, section, Form::empty())
    })
    .await
}

#[post("/portal/registration/<section>/forwards", data = "<form>")]
async fn forward(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    section: &str,
    form: Submitted<ForwardInput>,
) -> Result<Answer<ForwardsPage>, Error> {
    let section = section_of(section)?;
    let (actor, supplier) = (member.actor.clone(), member.supplier_id.clone());
    let is_owner = actor.role == Role::SupplierOwner;
    let (account_id, vault) = (actor.account_id.clone(), vault.inner().clone());
    form.once(
        db,
        actor,
        move |c, input| {
            let made = forwards::forward(c, &member, &vault, section, input)?;
            Ok(Go::to(path_of(section)).saying("done-forwarded", &made.name))
        },
        move |c, form| {
            ForwardsPage::load(c, page, (account_id, &supplier, is_owner), section, form)
        },
    )
    .await
}

#[post("/portal/registration/<section>/forwards/<id>/withdrawal", data = "<_form>")]
async fn withdraw(
    member: Member,
    db: &State<Db>,
    section: &str,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let section = section_of(section)?;
    db.write(move |c| {
        let taken = forwards::withdraw(c, &member, section, &id)?;
        Ok(Go::to(path_of(section)).saying("done-forward-withdrawn", &taken.name))
    })
    .await
}
