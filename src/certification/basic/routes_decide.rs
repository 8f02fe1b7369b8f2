//! An outcome is proposed, decided, given up or taken back.

use rocket::{Route, State, post, routes};

use super::Status;
use super::decide::{self, DecisionInput, EndingInput, ProposalInput};
use super::routes::ShowPage;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Go, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![propose, decide_one, withdraw, revoke]
}

fn to_audit(id: &str, notice: &'static str) -> Go {
    Go::to(format!("/basic-audits/{id}")).saying(notice, "")
}

#[post("/basic-audits/<id>/proposal", data = "<form>")]
async fn propose(
    may: May<right::AuditCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ProposalInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, vault, of) = (may.actor().clone(), vault.inner().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            decide::propose(c, &may, &of, input)?;
            Ok(to_audit(&of, "done-basic-proposed"))
        },
        move |c, form| ShowPage::load(c, page, &vault, &actor, &id, (None, form)),
    )
    .await
}

#[post("/basic-audits/<id>/decision", data = "<form>")]
async fn decide_one(
    may: May<right::DecideCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<DecisionInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, vault, of) = (may.actor().clone(), vault.inner().clone(), id.clone());
    let showing = vault.clone();
    form.write(
        db,
        move |c, input| {
            let said = match decide::decide(c, &may, &vault, &of, input)? {
                Status::Certified => "done-basic-certified",
                Status::Failed => "done-basic-failed",
                _ => "done-basic-returned",
            };
            Ok(to_audit(&of, said))
        },
        move |c, form| ShowPage::load(c, page, &showing, &actor, &id, (None, form)),
    )
    .await
}

#[post("/basic-audits/<id>/withdrawal", data = "<form>")]
async fn withdraw(
    may: May<right::AuditCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<EndingInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, vault, of) = (may.actor().clone(), vault.inner().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            decide::withdraw(c, &may, &of, input)?;
            Ok(to_audit(&of, "done-basic-withdrawn"))
        },
        move |c, form| ShowPage::load(c, page, &vault, &actor, &id, (None, form)),
    )
    .await
}

#[post("/basic-audits/<id>/revocation", data = "<form>")]
async fn revoke(
    may: May<right::DecideCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<EndingInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, vault, of) = (may.actor().clone(), vault.inner().clone(), id.clone());
    let showing = vault.clone();
    form.write(
        db,
        move |c, input| {
            decide::revoke(c, &may, &vault, &of, input)?;
            Ok(to_audit(&of, "done-basic-revoked"))
        },
        move |c, form| ShowPage::load(c, page, &showing, &actor, &id, (None, form)),
    )
    .await
}
