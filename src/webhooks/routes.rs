//! The pages of webhooks, for administrators.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Responder, Route, State, get, post, routes};

use super::deliveries::{self, Delivery};
use super::{CHOICES, Event, Webhook, WebhookInput, all, create, find, remove, resume, stop};
use crate::Settings;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Form, Go, Nothing, Page, Submitted};
use crate::values::is_id;
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    routes![index, new, create_one, show, test_one, stop_one, resume_one, remove_one, redeliver_one]
}

/// Deliveries on a page.
const SHOWN: i64 = 50;

#[derive(Template, WebTemplate)]
#[template(path = "webhooks/list.html")]
struct ListPage {
    page: Page,
    webhooks: Vec<Webhook>,
}

#[get("/webhooks")]
async fn index(
    _may: May<right::ManageWebhooks>,
    page: Page,
    db: &State<Db>,
) -> Result<ListPage, Error> {
    Ok(ListPage { page, webhooks: db.read(all).await? })
}

#[derive(Template, WebTemplate)]
#[template(path = "webhooks/new.html")]
struct NewPage {
    page: Page,
    form: Form,
    /// Whether private addresses are allowed here.
    private: bool,
}

impl NewPage {
    fn hint(&self) -> &'static str {
        if self.private { "webhook-url-hint-private" } else { "webhook-url-hint" }
    }

    fn choices(&self) -> Vec<(&'static str, String, bool)> {
        let choice = |event: &Event| {
            let name = event.as_str();
            (name, event_name(&self.page, *event), self.form.has("events", name))
        };
        CHOICES.iter().map(choice).collect()
    }
}

fn event_name(page: &Page, event: Event) -> String {
    page.tk("webhook-event", &event.as_str().replace('.', "-"))
}

#[get("/webhooks/new")]
fn new(_may: May<right::ManageWebhooks>, page: Page, settings: &State<Settings>) -> NewPage {
    let chosen: Vec<(&str, &str)> = CHOICES.iter().map(|e| ("events", e.as_str())).collect();
    NewPage { page, form: Form::of(&chosen), private: settings.webhook_private_addresses }
}

/// The page with the secret, which is shown this once.
#[derive(Template, WebTemplate)]
#[template(path = "webhooks/made.html")]
struct MadePage {
    page: Page,
    webhook: Webhook,
    secret: String,
}

#[derive(Responder)]
enum Outcome {
    Done(Box<MadePage>),
    #[response(status = 422)]
    Again(Box<NewPage>),
}

#[post("/webhooks", data = "<form>")]
async fn create_one(
    may: May<right::ManageWebhooks>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    settings: &State<Settings>,
    form: Submitted<WebhookInput>,
) -> Result<Outcome, Error> {
    let (private, key) = (settings.webhook_private_addresses, form.key().to_string());
    let vault = vault.inner().clone();
    let page = page.at("/webhooks/new");
    let work = |input| db.write(move |c| create(c, &may, &vault, private, &key, &input));
    Ok(match form.handle(work).await? {
        Ok((webhook, secret)) => Outcome::Done(Box::new(MadePage { page, webhook, secret })),
        Err(form) => Outcome::Again(Box::new(NewPage { page, form, private })),
    })
}

#[derive(Template, WebTemplate)]
#[template(path = "webhooks/show.html")]
struct ShowPage {
    page: Page,
    webhook: Webhook,
    deliveries: Vec<Delivery>,
    older: Option<String>,
}

impl ShowPage {
    fn link(&self, rest: &str) -> String {
        format!("/webhooks/{}{rest}", self.webhook.id)
    }

    fn event(&self, delivery: &Delivery) -> String {
        event_name(&self.page, delivery.event)
    }

    fn events(&self) -> String {
        let chosen = CHOICES.iter().filter(|event| self.webhook.has(**event));
        chosen.map(|event| event_name(&self.page, *event)).collect::<Vec<_>>().join(" · ")
    }

    /// A status with the answer as it came, or what went wrong in words.
    fn answer(&self, delivery: &Delivery) -> String {
        let answer = &delivery.last_answer;
        match answer.starts_with(|c: char| c.is_ascii_digit()) || answer.is_empty() {
            true => answer.clone(),
            false => self.page.tk("webhook-answer", answer),
        }
    }

    /// The shape and the text key of where a delivery stands.
    fn standing(&self, delivery: &Delivery) -> (&'static str, &'static str) {
        if delivery.delivered_at.is_some() {
            ("ok", "webhook-delivered")
        } else if delivery.given_up_at.is_some() {
            ("stop", "webhook-given-up")
        } else if delivery.last_answer.is_empty() {
            ("wait", "webhook-waiting")
        } else {
            ("due", "webhook-again")
        }
    }
}

#[get("/webhooks/<id>?<before>")]
async fn show(
    _may: May<right::ManageWebhooks>,
    page: Page,
    db: &State<Db>,
    id: &str,
    before: Option<String>,
) -> Result<ShowPage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        let webhook = find(c, &id)?;
        let before = before.filter(|text| is_id(text));
        let deliveries = deliveries::of_webhook(c, &id, before.as_deref(), SHOWN)?;
        let last = deliveries.last().filter(|_| deliveries.len() as i64 == SHOWN);
        let older = last.map(|last| format!("/webhooks/{id}?before={}", last.id));
        Ok(ShowPage { page, webhook, deliveries, older })
    })
    .await
}

fn to_webhook(id: &str, notice: &'static str) -> Go {
    Go::to(format!("/webhooks/{id}")).saying(notice, "")
}

#[post("/webhooks/<id>/test", data = "<form>")]
async fn test_one(
    may: May<right::ManageWebhooks>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_webhook(&id, "done-webhook-tested");
    form.press(db, go, move |c| deliveries::test(c, &may, &id)).await
}

#[post("/webhooks/<id>/stopping", data = "<form>")]
async fn stop_one(
    may: May<right::ManageWebhooks>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_webhook(&id, "done-webhook-stopped");
    form.press(db, go, move |c| stop(c, &may, &id)).await
}

#[post("/webhooks/<id>/resumption", data = "<form>")]
async fn resume_one(
    may: May<right::ManageWebhooks>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_webhook(&id, "done-webhook-resumed");
    form.press(db, go, move |c| resume(c, &may, &id)).await
}

#[post("/webhooks/<id>/removal", data = "<form>")]
async fn remove_one(
    may: May<right::ManageWebhooks>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = Go::to("/webhooks").saying("done-webhook-removed", "");
    form.press(db, go, move |c| remove(c, &may, &id)).await
}

#[post("/webhooks/<id>/deliveries/<delivery>/redelivery", data = "<form>")]
async fn redeliver_one(
    may: May<right::ManageWebhooks>,
    db: &State<Db>,
    id: String,
    delivery: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    let go = to_webhook(&id, "done-webhook-redelivered");
    form.press(db, go, move |c| deliveries::redeliver(c, &may, &id, &delivery)).await
}
