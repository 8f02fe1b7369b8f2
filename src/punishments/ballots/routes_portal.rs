//! A company appeals, or asks for an early end. A file may come with it, in the same write.

use std::sync::Arc;

use rocket::{Route, State, post};

use super::{AppealInput, ReleaseInput, appeal, ask_release, may_appeal, may_ask_release};
use crate::Settings;
use crate::access::Member;
use crate::db::{AnyConnection, Db};
use crate::documents::{Desk, Store, Stored, Uploader};
use crate::error::Error;
use crate::once::{Once, earlier, once};
use crate::page::{Answer, Form, Go, Page, Papers};
use crate::punishments::Case;
use crate::punishments::cases::routes_portal::MeasurePage;
use crate::punishments::cases::{may_take, take};

/// The forms of this room for companies.
pub fn routes() -> Vec<Route> {
    rocket::routes![appeal_one, ask_one]
}

/// What a company says.
#[derive(Clone)]
enum Said {
    Appeal(AppealInput),
    Release(ReleaseInput),
}

impl Said {
    /// The case and what is said, where it can be taken.
    fn ask(
        &self,
        c: &mut AnyConnection,
        by: &Member,
        id: &str,
        has_file: bool,
    ) -> Result<(Case, String), Error> {
        match self {
            Said::Appeal(input) => may_appeal(c, by, id, input),
            Said::Release(input) => may_ask_release(c, by, id, input, has_file),
        }
    }

    fn say(&self, c: &mut AnyConnection, by: &Member, id: &str) -> Result<(Case, String), Error> {
        match self {
            Said::Appeal(input) => appeal(c, by, id, input),
            Said::Release(input) => ask_release(c, by, id, input),
        }
    }

    fn done(&self) -> &'static str {
        match self {
            Said::Appeal(_) => "done-punishment-appealed",
            Said::Release(_) => "done-punishment-release-asked",
        }
    }
}

#[post("/portal/measures/<id>/appeal", data = "<papers>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn appeal_one(
    member: Member,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    id: String,
    papers: Papers<'_>,
) -> Result<Answer<MeasurePage>, Error> {
    let input = AppealInput { appeal_reason: papers.typed("appeal_reason").into() };
    hand_in(Desk { db, store, settings }, (member, page), id, Said::Appeal(input), papers).await
}

#[post("/portal/measures/<id>/release", data = "<papers>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn ask_one(
    member: Member,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    id: String,
    papers: Papers<'_>,
) -> Result<Answer<MeasurePage>, Error> {
    let input = ReleaseInput { release_text: papers.typed("release_text").into() };
    hand_in(Desk { db, store, settings }, (member, page), id, Said::Release(input), papers).await
}

/// Takes what a company says, its file with it.
async fn hand_in(
    desk: Desk<'_>,
    (member, page): (Member, Page),
    id: String,
    said: Said,
    papers: Papers<'_>,
) -> Result<Answer<MeasurePage>, Error> {
    let (member, db) = (Arc::new(member), desk.db);
    match take_in(desk, member.clone(), id.clone(), said, papers).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again = db.read(move |c| MeasurePage::load(c, page, &member, &id, form));
            Ok(Answer::Again(again.await?))
        }
    }
}

async fn take_in(
    desk: Desk<'_>,
    member: Arc<Member>,
    id: String,
    said: Said,
    papers: Papers<'_>,
) -> Result<Result<Go, Form>, Error> {
    let key = papers.key().to_string();
    let asking = (member.clone(), said.clone(), id.clone(), key.clone());
    let ask = move |c: &mut AnyConnection, size: Option<i64>| {
        let (by, said, id, key) = asking;
        // Sent twice it is no second one: what was made then is the answer.
        if let Some(kept) = earlier(c, &by.actor, &key)? {
            return Ok(Some(Go::again(&kept)));
        }
        let (case, _) = said.ask(c, &by, &id, size.is_some())?;
        if let Some(size) = size {
            let about = (case.supplier_id.as_str(), Some(case.id.as_str()));
            may_take(c, &Uploader::Company(&by), about, size)?;
        }
        Ok(None)
    };
    let work = move |c: &mut AnyConnection, stored: Option<Stored>| {
        let done = once(c, &member.actor, &key, |c| {
            said.ask(c, &member, &id, stored.is_some())?;
            let (case, step) = said.say(c, &member, &id)?;
            if let Some(stored) = &stored {
                take(c, &Uploader::Company(&member), &case, &step, stored)?;
            }
            let go = Go::to(format!("/portal/measures/{id}")).saying(said.done(), &case.code());
            Ok((go.kept(), go))
        })?;
        Ok(match done {
            Once::Now(go) => go,
            Once::Before(kept) => Go::again(&kept),
        })
    };
    desk.take_with(&papers, ask, work).await
}
