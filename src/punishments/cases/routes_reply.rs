//! The form in which a company replies to a notice. A form that was begun is kept for its person, when they ask
//! for it and when their session has run out.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use diesel::prelude::*;
use rocket::{Route, State, get, post, routes};

use super::reply::can_reply;
use super::{ReplyInput, may_reply, may_take, reply, shown, take};
use crate::Settings;
use crate::access::{Member, Writer};
use crate::db::{AnyConnection, Db};
use crate::documents::check::ACCEPTED;
use crate::documents::{Desk, Store, Stored, Uploader};
use crate::error::{Error, Problems};
use crate::onboarding::registration::unsaved;
use crate::once::{Once, earlier, once};
use crate::page::{Answer, Form, Go, Page, Papers};
use crate::punishments::{Case, find_of};
use crate::schema::{accounts, punishment_cases};
use crate::values::now;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![form, send]
}

/// What the form is called among those that are kept.
pub(super) fn form_name(id: &str) -> String {
    format!("punishment-reply:{id}")
}

fn page_of(id: &str) -> String {
    format!("/portal/measures/{id}")
}

#[derive(Template, WebTemplate)]
#[template(path = "punishments/portal_reply.html")]
struct FormPage {
    page: Page,
    case: Case,
    form: Form,
    /// Whether the form is filled with what was typed before.
    is_kept: bool,
}

impl FormPage {
    fn of(page: Page, case: Case, (form, is_kept): (Form, bool)) -> FormPage {
        let page = page.at(&format!("{}/reply", page_of(&case.id)));
        FormPage { page, case, form, is_kept }
    }

    /// The last day, and how far it is.
    fn last_day(&self) -> String {
        let Some(day) = self.case.reply_by else { return String::new() };
        let when = shown::when(self.page.texts(), day, now().date());
        self.page.ta("portal-reply-by", &[("day", &self.page.day(day)), ("when", &when)])
    }

    /// The endings of files that are taken.
    fn accepted(&self) -> &'static str {
        ACCEPTED
    }
}

/// `fresh` asks for an empty form in place of what was kept.
#[get("/portal/measures/<id>/reply?<fresh>")]
async fn form(
    member: Member,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    fresh: Option<String>,
) -> Result<Result<FormPage, Go>, Error> {
    let vault = vault.inner().clone();
    db.read(move |c| {
        let case = find_of(c, &member, &id)?;
        if !can_reply(&case) {
            return Ok(Err(Go::to(page_of(&id))));
        }
        let kept = match fresh {
            Some(_) => None,
            None => unsaved::of(c, &vault, &member.actor.account_id, &form_name(&id))?,
        };
        let filled = match kept {
            Some(typed) => (Form::rejected(typed, Problems::default()), true),
            None => (Form::empty(), false),
        };
        Ok(Ok(FormPage::of(page, case, filled)))
    })
    .await
}

#[post("/portal/measures/<id>/reply", data = "<papers>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn send(
    writer: Writer,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    vault: &State<Vault>,
    id: String,
    papers: Papers<'_>,
) -> Result<Answer<FormPage>, Error> {
    let vault = vault.inner().clone();
    let typed = kept_fields(&papers);
    let member = match writer {
        Writer::Here(member) => member,
        Writer::Gone(account) => {
            let next = format!("{}/reply", page_of(&id));
            db.write(move |c| keep_for(c, &vault, &account, &id, &typed)).await?;
            let go = Go::to(format!("/sign-in?next={next}"));
            return Ok(Answer::Go(go.saying("done-typed-kept", "")));
        }
    };
    if papers.typed("do") == "later" {
        let account = member.actor.account_id.clone();
        let to = page_of(&id);
        db.write(move |c| keep_for(c, &vault, &account, &id, &typed)).await?;
        return Ok(Answer::Go(Go::to(to).saying("done-finding-kept", "")));
    }
    let member = Arc::new(member);
    let desk = Desk { db, store, settings };
    match hand_in(desk, member.clone(), id.clone(), papers).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again = db.read(move |c| {
                let case = find_of(c, &member, &id)?;
                Ok(FormPage::of(page, case, (form, false)))
            });
            Ok(Answer::Again(again.await?))
        }
    }
}

/// Takes what a company says, its file with it: both in one write.
async fn hand_in(
    desk: Desk<'_>,
    member: Arc<Member>,
    id: String,
    papers: Papers<'_>,
) -> Result<Result<Go, Form>, Error> {
    let input = ReplyInput { punishment_reply: papers.typed("punishment_reply").to_string() };
    let key = papers.key().to_string();
    let asking = (member.clone(), input.clone(), id.clone(), key.clone());
    let ask = move |c: &mut AnyConnection, size: Option<i64>| {
        let (by, input, id, key) = asking;
        // Sent twice it is no second one: what was made then is the answer.
        if let Some(kept) = earlier(c, &by.actor, &key)? {
            return Ok(Some(Go::again(&kept)));
        }
        let (case, _) = may_reply(c, &by, &id, &input)?;
        if let Some(size) = size {
            may_take(
                c,
                &Uploader::Company(&by),
                (&case.supplier_id, Some(case.id.as_str())),
                size,
            )?;
        }
        Ok(None)
    };
    let work = move |c: &mut AnyConnection, stored: Option<Stored>| {
        let done = once(c, &member.actor, &key, |c| {
            let (case, step) = reply(c, &member, &id, &input)?;
            if let Some(stored) = stored {
                take(c, &Uploader::Company(&member), &case, &step, &stored)?;
            }
            unsaved::forget(c, &member.actor.account_id, &form_name(&id))?;
            let go = Go::to(page_of(&id)).saying("done-punishment-replied", &case.code());
            Ok((go.kept(), go))
        })?;
        Ok(match done {
            Once::Now(go) => go,
            Once::Before(kept) => Go::again(&kept),
        })
    };
    desk.take_with(&papers, ask, work).await
}

/// Keeps a form about a case of the person's own company that it knows of.
fn keep_for(
    c: &mut AnyConnection,
    vault: &Vault,
    account_id: &str,
    id: &str,
    typed: &[(String, String)],
) -> Result<(), Error> {
    let company: Option<String> =
        accounts::table.find(account_id).select(accounts::supplier_id).first(c)?;
    punishment_cases::table
        .find(id)
        .filter(punishment_cases::supplier_id.eq(company.unwrap_or_default()))
        .filter(punishment_cases::served_at.is_not_null())
        .filter(punishment_cases::ended_at.is_null())
        .select(punishment_cases::id)
        .first::<String>(c)?;
    unsaved::keep(c, vault, account_id, &form_name(id), typed)
}

/// What of a form is kept: not what proves whose it is.
fn kept_fields(papers: &Papers<'_>) -> Vec<(String, String)> {
    let ours = ["_token", "form_key", "do"];
    let fields = papers.fields.iter().filter(|(name, _)| !ours.contains(&name.as_str()));
    fields.cloned().collect()
}
