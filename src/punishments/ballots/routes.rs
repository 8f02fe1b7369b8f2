//! What staff bring to the vote and vote on, and how companies come back.

use rocket::{Route, State, post};

use super::{BallotInput, Kind, ReentryInput, Status, VoteInput, numbered, open, reenter, vote};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Answer, Go, Page, Submitted};
use crate::punishments::cases::routes_show::CasePage;
use crate::punishments::{find, members};
use crate::vault::Vault;

/// The pages of this room for staff.
pub fn routes() -> Vec<Route> {
    rocket::routes![open_one, vote_one, reenter_one]
}

#[post("/punishments/<id>/ballots", data = "<form>")]
async fn open_one(
    may: May<right::DecidePunishments>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<BallotInput>,
) -> Result<Answer<CasePage>, Error> {
    let (actor, again_by) = (may.actor().clone(), may.actor().clone());
    let (of, vault) = (id.clone(), vault.inner().clone());
    let choices = members::choices_of(&form.values);
    form.once(
        db,
        actor,
        move |c, input| {
            let input = BallotInput { choices, ..input.clone() };
            let ballot = open(c, &may, &vault, &of, &input)?;
            let number = ballot.number.to_string();
            Ok(Go::to(format!("/punishments/{of}")).saying("done-ballot-opened", &number))
        },
        move |c, form| CasePage::load(c, page, &again_by, &id, form),
    )
    .await
}

#[post("/punishments/<id>/ballots/<number>/votes", data = "<form>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn vote_one(
    may: May<right::DecidePunishments>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    number: &str,
    form: Submitted<VoteInput>,
) -> Result<Answer<CasePage>, Error> {
    let number: i64 = number.parse().map_err(|_| Error::NotFound)?;
    let actor = may.actor().clone();
    let (of, vault) = (id.clone(), vault.inner().clone());
    form.write(
        db,
        move |c, input| {
            find(c, may.scope(), &of)?;
            let ballot = numbered(c, &of, number)?;
            let voted = vote(c, &may, &vault, &ballot.id, input)?;
            let done = match (voted.status, input.vote.as_str()) {
                (Status::Open, _) => "done-ballot-voted",
                (Status::Failed, "for") => "done-ballot-group-changed",
                (Status::Failed, _) => "done-ballot-failed",
                (Status::Carried, _) if voted.kind == Kind::Decision => "done-ballot-decided",
                (Status::Carried, _) => "done-ballot-carried",
            };
            let number = voted.number.to_string();
            Ok(Go::to(format!("/punishments/{of}")).saying(done, &number))
        },
        move |c, form| CasePage::load(c, page, &actor, &id, form),
    )
    .await
}

#[post("/punishments/<id>/reentry", data = "<form>")]
async fn reenter_one(
    may: May<right::DecidePunishments>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<ReentryInput>,
) -> Result<Answer<CasePage>, Error> {
    let actor = may.actor().clone();
    let (of, vault) = (id.clone(), vault.inner().clone());
    form.write(
        db,
        move |c, input| {
            let case = reenter(c, &may, &vault, &of, input)?;
            let go = Go::to(format!("/punishments/{of}"));
            Ok(go.saying("done-punishment-reentered", &case.code()))
        },
        move |c, form| CasePage::load(c, page, &actor, &id, form),
    )
    .await
}
