//! An outcome is proposed, decided, given up or taken back.

use rocket::{Route, State, post, routes};

use super::Status;
use super::decide::{self, DecisionInput, EndingInput, ProposalInput};
use super::routes::ShowPage;
use crate::access::{May, Needed, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Go, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![propose, decide_one, withdraw, revoke]
}

fn to_audit(id: &str, notice: &'static str) -> Go {
    Go::to(format!("/basic-audits/{id}")).saying(notice, "")
}

/// Does the work of a form of the page, which says what its notice is; the page again where a rule is
/// broken.
async fn act<R: Needed, T: Send + 'static>(
    (page, db, vault): (Page, &Db, &Vault),
    may: May<R>,
    id: String,
    form: Submitted<T>,
    work: impl FnOnce(&mut AnyConnection, &May<R>, &Vault, &str, &T) -> Result<&'static str, Error>
    + Send
    + 'static,
) -> Result<Answer<ShowPage>, Error> {
    let (actor, of) = (may.actor().clone(), id.clone());
    let (working, showing) = (vault.clone(), vault.clone());
    form.write(
        db,
        move |c, input| Ok(to_audit(&of, work(c, &may, &working, &of, input)?)),
        move |c, form| ShowPage::load(c, page, &showing, &actor, &id, (None, form)),
    )
    .await
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
    act((page, db, vault), may, id, form, |c, may, _, id, input| {
        decide::propose(c, may, id, input)?;
        Ok("done-basic-proposed")
    })
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
    act((page, db, vault), may, id, form, |c, may, vault, id, input| {
        Ok(match decide::decide(c, may, vault, id, input)? {
            Status::Certified => "done-basic-certified",
            Status::Failed => "done-basic-failed",
            _ => "done-basic-returned",
        })
    })
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
    act((page, db, vault), may, id, form, |c, may, _, id, input| {
        decide::withdraw(c, may, id, input)?;
        Ok("done-basic-withdrawn")
    })
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
    act((page, db, vault), may, id, form, |c, may, vault, id, input| {
        decide::revoke(c, may, vault, id, input)?;
        Ok("done-basic-revoked")
    })
    .await
}
