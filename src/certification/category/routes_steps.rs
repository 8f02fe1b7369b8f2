//! What is done with a certification, step by step.

use rocket::{Route, State, post, routes};

use super::apply::{AnswerInput, Applicant, answer, withdraw};
use super::audit::{ChecksInput, RecommendationInput, ReturnInput, check, give_back, recommend};
use super::decide::{DecisionInput, decide};
use super::routes::ShowPage;
use super::standing::{StandingInput, lift, revoke, suspend};
use crate::access::{May, Needed, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Go, Nothing, Page, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![
        check_one,
        return_one,
        answer_one,
        recommend_one,
        decide_one,
        suspend_one,
        lift_one,
        revoke_one,
        withdraw_one,
    ]
}

fn back(id: &str, notice: &'static str) -> Go {
    Go::to(format!("/certifications/{id}")).saying(notice, "")
}

/// Does the work of a form of the page, which says what its notice is; the page again where a rule is
/// broken.
async fn act<R: Needed, T: Send + 'static>(
    (page, db): (Page, &Db),
    may: May<R>,
    id: String,
    form: Submitted<T>,
    work: impl FnOnce(&mut AnyConnection, &May<R>, &str, &T) -> Result<&'static str, Error>
    + Send
    + 'static,
) -> Result<Answer<ShowPage>, Error> {
    let (viewer, of) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| Ok(back(&of, work(c, &may, &of, input)?)),
        move |c, form| ShowPage::load(c, page, &viewer, &id, form),
    )
    .await
}

#[post("/certifications/<id>/checks", data = "<form>")]
async fn check_one(
    may: May<right::AuditCertification>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ChecksInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db), may, id, form, move |c, may, id, input| {
        check(c, may, id, input)?;
        Ok("done-certification-checked")
    })
    .await
}

#[post("/certifications/<id>/return", data = "<form>")]
async fn return_one(
    may: May<right::AuditCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ReturnInput>,
) -> Result<Answer<ShowPage>, Error> {
    let vault = vault.inner().clone();
    act((page, db), may, id, form, move |c, may, id, input| {
        give_back(c, may, &vault, id, input)?;
        Ok("done-certification-returned")
    })
    .await
}

/// Staff say on the company's behalf that what was asked for is mended.
#[post("/certifications/<id>/answer", data = "<form>")]
async fn answer_one(
    may: May<right::EditCertification>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<AnswerInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db), may, id, form, move |c, may, id, input| {
        answer(c, &Applicant::Staff(may), id, input)?;
        Ok("done-certification-answered")
    })
    .await
}

#[post("/certifications/<id>/recommendation", data = "<form>")]
async fn recommend_one(
    may: May<right::AuditCertification>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<RecommendationInput>,
) -> Result<Answer<ShowPage>, Error> {
    act((page, db), may, id, form, move |c, may, id, input| {
        recommend(c, may, id, input)?;
        Ok("done-certification-audited")
    })
    .await
}

#[post("/certifications/<id>/decision", data = "<form>")]
async fn decide_one(
    may: May<right::DecideCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<DecisionInput>,
) -> Result<Answer<ShowPage>, Error> {
    let vault = vault.inner().clone();
    act((page, db), may, id, form, move |c, may, id, input| {
        decide(c, may, &vault, id, input)?;
        Ok(match input.decision.as_str() {
            "certify" => "done-certification-certified",
            "decline" => "done-certification-declined",
            _ => "done-certification-audit-again",
        })
    })
    .await
}

#[post("/certifications/<id>/suspension", data = "<form>")]
async fn suspend_one(
    may: May<right::DecideCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<StandingInput>,
) -> Result<Answer<ShowPage>, Error> {
    let vault = vault.inner().clone();
    act((page, db), may, id, form, move |c, may, id, input| {
        suspend(c, may, &vault, id, input)?;
        Ok("done-certification-suspended")
    })
    .await
}

#[post("/certifications/<id>/lifting", data = "<form>")]
async fn lift_one(
    may: May<right::DecideCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<StandingInput>,
) -> Result<Answer<ShowPage>, Error> {
    let vault = vault.inner().clone();
    act((page, db), may, id, form, move |c, may, id, input| {
        lift(c, may, &vault, id, input)?;
        Ok("done-certification-lifted")
    })
    .await
}

#[post("/certifications/<id>/revocation", data = "<form>")]
async fn revoke_one(
    may: May<right::DecideCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<StandingInput>,
) -> Result<Answer<ShowPage>, Error> {
    let vault = vault.inner().clone();
    act((page, db), may, id, form, move |c, may, id, input| {
        revoke(c, may, &vault, id, input)?;
        Ok("done-certification-revoked")
    })
    .await
}

#[post("/certifications/<id>/withdrawal", data = "<form>")]
async fn withdraw_one(
    may: May<right::EditCertification>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = back(&id, "done-certification-withdrawn");
    form.press(db, go, move |c| withdraw(c, &Applicant::Staff(&may), &id)).await
}
