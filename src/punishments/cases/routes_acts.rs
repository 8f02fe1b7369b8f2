//! What is done to a case: served, taken back, something that may not wait ordered, a record added.

use std::sync::Arc;

use rocket::{Route, State, post, routes};

use super::routes_show::CasePage;
use super::{
    CorrectionInput, EndingInput, InterimInput, ReviewInput, ServiceInput, WithdrawalInput,
    correct, end_interim, impose_interim, may_correct, may_take, review_interim, serve, take,
    withdraw,
};
use crate::Settings;
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::documents::{Desk, Store, Stored, Uploader};
use crate::error::Error;
use crate::once::{Once, earlier, once};
use crate::page::{Answer, Form, Go, Page, Papers, Submitted};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![serve_one, withdraw_one, impose_one, review_one, end_one, correct_one]
}

fn page_of(id: &str) -> String {
    format!("/punishments/{id}")
}

#[post("/punishments/<id>/notice", data = "<form>")]
async fn serve_one(
    may: May<right::ServePunishments>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ServiceInput>,
) -> Result<Answer<CasePage>, Error> {
    let (actor, of, vault) = (may.actor().clone(), id.clone(), vault.inner().clone());
    form.write(
        db,
        move |c, input| {
            let case = serve(c, &may, &vault, &of, input)?;
            Ok(Go::to(page_of(&of)).saying("done-punishment-served", &case.code()))
        },
        move |c, form| CasePage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/punishments/<id>/withdrawal", data = "<form>")]
async fn withdraw_one(
    may: May<right::ProposePunishments>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<WithdrawalInput>,
) -> Result<Answer<CasePage>, Error> {
    let (actor, of, vault) = (may.actor().clone(), id.clone(), vault.inner().clone());
    form.write(
        db,
        move |c, input| {
            let case = withdraw(c, &may, &vault, &of, input)?;
            Ok(Go::to(page_of(&of)).saying("done-punishment-withdrawn", &case.code()))
        },
        move |c, form| CasePage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/punishments/<id>/interims", data = "<form>")]
async fn impose_one(
    may: May<right::ServePunishments>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<InterimInput>,
) -> Result<Answer<CasePage>, Error> {
    let (actor, of, vault) = (may.actor().clone(), id.clone(), vault.inner().clone());
    form.once(
        db,
        actor.clone(),
        move |c, input| {
            impose_interim(c, &may, &vault, &of, input)?;
            Ok(Go::to(page_of(&of)).saying("done-punishment-interim-imposed", ""))
        },
        move |c, form| CasePage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/punishments/<id>/interims/<interim>/review", data = "<form>")]
async fn review_one(
    may: May<right::DecidePunishments>,
    page: Page,
    db: &State<Db>,
    id: String,
    interim: String,
    form: Submitted<ReviewInput>,
) -> Result<Answer<CasePage>, Error> {
    let (actor, of) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            review_interim(c, &may, (&of, &interim), input)?;
            Ok(Go::to(page_of(&of)).saying("done-punishment-interim-reviewed", ""))
        },
        move |c, form| CasePage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/punishments/<id>/interims/<interim>/ending", data = "<form>")]
async fn end_one(
    may: May<right::ServePunishments>,
    page: Page,
    db: &State<Db>,
    id: String,
    interim: String,
    form: Submitted<EndingInput>,
) -> Result<Answer<CasePage>, Error> {
    let (actor, of) = (may.actor().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            end_interim(c, &may, (&of, &interim), input)?;
            Ok(Go::to(page_of(&of)).saying("done-punishment-interim-ended", ""))
        },
        move |c, form| CasePage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/punishments/<id>/corrections", data = "<papers>")]
async fn correct_one(
    may: May<right::ProposePunishments>,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    id: String,
    papers: Papers<'_>,
) -> Result<Answer<CasePage>, Error> {
    let may = Arc::new(may);
    let desk = Desk { db, store, settings };
    match record(desk, may.clone(), id.clone(), papers).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again = db.read(move |c| CasePage::load(c, page, may.actor(), &id, form));
            Ok(Answer::Again(again.await?))
        }
    }
}

/// Adds a record to a case, its file with it: both in one write.
async fn record(
    desk: Desk<'_>,
    may: Arc<May<right::ProposePunishments>>,
    id: String,
    papers: Papers<'_>,
) -> Result<Result<Go, Form>, Error> {
    let input = CorrectionInput {
        correction: papers.typed("correction").to_string(),
        correction_shown: papers.typed("correction_shown").to_string(),
    };
    let key = papers.key().to_string();
    let asking = (may.clone(), id.clone(), input.clone(), key.clone());
    let ask = move |c: &mut AnyConnection, size: Option<i64>| {
        let (by, id, input, key) = asking;
        if let Some(kept) = earlier(c, by.actor(), &key)? {
            return Ok(Some(Go::again(&kept)));
        }
        let (case, _) = may_correct(c, &by, &id, &input)?;
        if let Some(size) = size {
            let uploader = Uploader::Proposer(&by);
            may_take(c, &uploader, (&case.supplier_id, Some(case.id.as_str())), size)?;
        }
        Ok(None)
    };
    let work = move |c: &mut AnyConnection, stored: Option<Stored>| {
        let done = once(c, may.actor(), &key, |c| {
            let (case, step) = correct(c, &may, &id, &input)?;
            if let Some(stored) = stored {
                take(c, &Uploader::Proposer(&may), &case, &step, &stored)?;
            }
            let go = Go::to(page_of(&id)).saying("done-punishment-corrected", "");
            Ok((go.kept(), go))
        })?;
        Ok(match done {
            Once::Now(go) => go,
            Once::Before(kept) => Go::again(&kept),
        })
    };
    desk.take_with(&papers, ask, work).await
}
