//! Photos and papers come in and go out again.

use std::sync::Arc;

use rocket::{Route, State, post, routes};

use super::attach::{EvidenceInput, attach, may_attach, remove};
use super::routes_visit::{VisitPage, back};
use crate::Settings;
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::documents::{Desk, Store, Stored};
use crate::error::{Error, Problems};
use crate::once::{Once, earlier, once};
use crate::page::{Answer, Go, Nothing, Page, Papers, Submitted};

pub(super) fn routes() -> Vec<Route> {
    routes![attach_one, remove_one]
}

#[post("/inspections/<id>/evidence", data = "<papers>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn attach_one(
    may: May<right::Inspect>,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    id: String,
    papers: Papers<'_>,
) -> Result<Answer<VisitPage>, Error> {
    let may = Arc::new(may);
    let text = |field: &str| papers.typed(field).to_string();
    let input = EvidenceInput { item: text("item"), note: text("note") };
    let (key, left) = (papers.key().to_string(), papers.typed("left") == "on");
    let asking = (may.clone(), id.clone(), input.clone(), key.clone());
    let ask = move |c: &mut AnyConnection, size: Option<i64>| {
        let (may, id, input, key) = asking;
        // Sent twice it is no second one: what was made then is the answer.
        if let Some(kept) = earlier(c, may.actor(), &key)? {
            return Ok(Some(Go::again(&kept)));
        }
        may_attach(c, &may, &id, &input, size)?;
        Ok(None)
    };
    let (by, of, said) = (may.clone(), id.clone(), input.clone());
    let work = move |c: &mut AnyConnection, stored: Option<Stored>| {
        let made = once(c, by.actor(), &key, |c| {
            let stored = stored.ok_or_else(|| Problems::one("file", "document_missing"))?;
            attach(c, &by, &of, &said, &stored)?;
            let to = match said.item.as_str() {
                "" => format!("/inspections/{of}/visit#evidence"),
                item => back(&of, item, false),
            };
            let go = Go::to(to).saying("done-inspection-evidence-added", "");
            Ok((go.kept(), go))
        })?;
        Ok(match made {
            Once::Now(go) => go,
            Once::Before(kept) => Go::again(&kept),
        })
    };
    match (Desk { db, store, settings }).take_with(&papers, ask, work).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again =
                db.read(move |c| VisitPage::load(c, page, &may, &id, (form, &input.item), left));
            Ok(Answer::Again(again.await?))
        }
    }
}

#[post("/inspections/<id>/evidence/<evidence>/removal", data = "<form>")]
async fn remove_one(
    may: May<right::Inspect>,
    db: &State<Db>,
    id: String,
    evidence: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to(format!("/inspections/{id}/visit"));
    let go = go.saying("done-inspection-evidence-removed", "");
    form.press(db, go, move |c| remove(c, &may, &id, &evidence)).await
}
