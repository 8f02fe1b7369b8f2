//! The pages of letters, for staff.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State as Managed, get, post, routes};

use super::list::{self, Entry, entries, entry};
use super::{LINK, Message, State, outbox, trial};
use crate::Settings;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::paging::PAGE_SIZE;
use crate::page::{Go, Nothing, Page, Submitted};
use crate::values::is_id;
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    routes![index, send_trial, show, open, retry]
}

/// The shape and the text key of where a letter stands.
fn standing(message: &Message) -> (&'static str, &'static str) {
    match message.state() {
        State::Sent => ("ok", "message-state-sent"),
        State::GivenUp => ("stop", "message-state-given_up"),
        State::Kept => ("none", "message-state-kept"),
        State::Waiting if message.last_answer.is_empty() => ("wait", "message-state-waiting"),
        State::Waiting => ("due", "message-again"),
    }
}

/// The company as a page names it.
fn company_name(company: &(i64, String)) -> String {
    format!("{} (S-{:06})", company.1, company.0)
}

#[derive(Template, WebTemplate)]
#[template(path = "notices/list.html")]
struct ListPage {
    page: Page,
    entries: Vec<Entry>,
    state: Option<State>,
    has_server: bool,
    next: Option<String>,
}

impl ListPage {
    fn choices(&self) -> Vec<(String, String, bool)> {
        let all =
            ("/messages".to_string(), self.page.t("messages-all").into(), self.state.is_none());
        let one = |state: &State| {
            let name = self.page.tk("message-state", state.as_str());
            (format!("/messages?state={}", state.as_str()), name, self.state == Some(*state))
        };
        std::iter::once(all).chain(State::ALL.iter().map(one)).collect()
    }
}

#[get("/messages?<state>&<before>")]
async fn index(
    by: May<right::ReadMessages>,
    page: Page,
    db: &Managed<Db>,
    settings: &Managed<Settings>,
    state: Option<&str>,
    before: Option<String>,
) -> Result<ListPage, Error> {
    let state = state.and_then(State::parse);
    let before = before.filter(|text| is_id(text));
    let has_server = settings.has_mail_server();
    let mut entries =
        db.read(move |c| entries(c, &by, state, before.as_deref(), PAGE_SIZE as i64 + 1)).await?;
    let more = entries.len() > PAGE_SIZE;
    entries.truncate(PAGE_SIZE);
    let last = entries.last().filter(|_| more);
    let next = last.map(|last| {
        let chosen = state.map(|state| format!("state={}&", state.as_str())).unwrap_or_default();
        format!("/messages?{chosen}before={}", last.message.id)
    });
    Ok(ListPage { page, entries, state, has_server, next })
}

#[post("/messages/trial", data = "<form>")]
async fn send_trial(
    by: May<right::SendMessages>,
    db: &Managed<Db>,
    vault: &Managed<Vault>,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let vault = vault.inner().clone();
    let go = Go::to("/messages").saying("done-message-trial", "");
    form.press(db, go, move |c| trial::send(c, &by, &vault)).await
}

#[derive(Template, WebTemplate)]
#[template(path = "notices/show.html")]
struct ShowPage {
    page: Page,
    entry: Entry,
    has_server: bool,
}

impl ShowPage {
    fn path(&self, rest: &str) -> String {
        format!("/messages/{}{rest}", self.entry.message.id)
    }

    /// The mail server's answer as it came, or what went wrong in words.
    fn answer(&self) -> String {
        let answer = &self.entry.message.last_answer;
        if answer.starts_with(|c: char| c.is_ascii_digit()) || answer.is_empty() {
            return answer.clone();
        }
        let (word, said) = answer.split_once(' ').unwrap_or((answer, ""));
        format!("{} {said}", self.page.tk("message-answer", word))
    }

    /// A body, with words where the link is.
    fn covered(&self, body: &str) -> String {
        body.replace(LINK, self.page.t("message-link-covered"))
    }

    fn may_send(&self) -> bool {
        self.page.may("messages.send")
    }

    fn may_retry(&self) -> bool {
        self.may_send() && outbox::may_retry(&self.entry.message, self.has_server)
    }

    fn may_open(&self) -> bool {
        self.may_send() && !self.has_server && !self.entry.message.link_sealed.is_empty()
    }
}

#[get("/messages/<id>")]
async fn show(
    by: May<right::ReadMessages>,
    page: Page,
    db: &Managed<Db>,
    settings: &Managed<Settings>,
    id: String,
) -> Result<ShowPage, Error> {
    let entry = db.read(move |c| entry(c, &by, &id)).await?;
    Ok(ShowPage { page, entry, has_server: settings.has_mail_server() })
}

#[derive(Template, WebTemplate)]
#[template(path = "notices/opened.html")]
struct OpenedPage {
    page: Page,
    message: Message,
    link: String,
}

/// Opening is a change of the trail, so it is a POST.
#[post("/messages/<id>/opening", data = "<_form>")]
async fn open(
    by: May<right::SendMessages>,
    page: Page,
    db: &Managed<Db>,
    vault: &Managed<Vault>,
    settings: &Managed<Settings>,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<OpenedPage, Error> {
    let vault = vault.inner().clone();
    let (base_url, has_server) = (settings.base_url.clone(), settings.has_mail_server());
    let page = page.at("/messages");
    let opened = db.write(move |c| list::open_link(c, &by, &vault, (&base_url, has_server), &id));
    let (message, link) = opened.await?;
    Ok(OpenedPage { page, message, link })
}

#[post("/messages/<id>/retry", data = "<form>")]
async fn retry(
    by: May<right::SendMessages>,
    db: &Managed<Db>,
    settings: &Managed<Settings>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let has_server = settings.has_mail_server();
    let go = Go::to(format!("/messages/{id}")).saying("done-message-retried", "");
    form.press(db, go, move |c| outbox::retry(c, &by, has_server, &id)).await
}
