//! When something is refused or fails: a page that says what happened and what to do next.

use askama::Template;
use rocket::http::{ContentType, Header, Status};
use rocket::response::{Redirect, Responder, Response};
use rocket::{Catcher, Request, Route, catch, catchers, get, routes};

use crate::access::{Level, Session};
use crate::error::{Error, incident};
use crate::page::Page;

/// When a client that was sent away may come back.
const RETRY_SECONDS: &str = "60";

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    page: Page,
    title: String,
    message: String,
    hint: String,
    request_id: String,
}

/// The texts of a failure: `failure-<name>`, `-what` and `-next`.
fn page_of(page: Page, name: &str, incident: String, details: Option<String>) -> ErrorPage {
    let text = |part: &str| page.texts().get(&format!("failure-{name}{part}")).to_string();
    ErrorPage {
        title: text(""),
        message: details.unwrap_or_else(|| text("-what")),
        hint: text("-next"),
        request_id: incident,
        page,
    }
}

fn name_of(status: Status) -> &'static str {
    match status.code {
        400 => "bad-request",
        403 => "forbidden",
        404 => "not-found",
        409 => "conflict",
        413 => "too-large",
        422 => "invalid",
        429 => "too-many",
        503 => "busy",
        500..=599 => "internal",
        _ => "bad-request",
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        let (status, details) = match &self {
            Error::SignIn => return to_sign_in(request).respond_to(request),
            Error::NotFound => (Status::NotFound, None),
            Error::Moved { from, to } if request.method() == rocket::http::Method::Get => {
                return to_merged(request, from, to).respond_to(request);
            }
            Error::Moved { .. } => (Status::Conflict, Some(vec!["conflict-merged-already".into()])),
            Error::Forbidden(key) => (Status::Forbidden, Some(vec![key.to_string()])),
            Error::Invalid(_) => (Status::UnprocessableEntity, None),
            Error::Conflict(key) => (Status::Conflict, Some(vec![key.to_string()])),
            Error::TooMany => (Status::TooManyRequests, None),
            Error::Busy => (Status::ServiceUnavailable, None),
            Error::Database(_) | Error::Internal(_) => (Status::InternalServerError, None),
        };
        let incident = if status.code == 500 { incident(&self) } else { String::new() };
        let page = Page::for_failure(request);
        let details = match &self {
            Error::Invalid(problems) => {
                let texts: Vec<String> = problems.0.iter().map(|p| page.problem(p)).collect();
                Some(texts.join(" "))
            }
            _ => details.map(|keys| keys.iter().map(|k| page.t(k)).collect::<Vec<_>>().join(" ")),
        };
        let name = match &self {
            // A visitor with a dead link has no record to open again, but somebody to ask.
            Error::Conflict(key) if key.starts_with("refused-invitation-") => "invitation",
            _ => name_of(status),
        };
        html(status, page_of(page, name, incident, details))
    }
}

fn html(status: Status, page: ErrorPage) -> rocket::response::Result<'static> {
    let body = page.render().map_err(|_| Status::InternalServerError)?;
    let mut response = Response::build();
    if matches!(status.code, 429 | 503) {
        response.header(Header::new("Retry-After", RETRY_SECONDS));
    }
    response
        .status(status)
        .header(ContentType::HTML)
        .sized_body(body.len(), std::io::Cursor::new(body))
        .ok()
}

/// To the same page of the company that the one asked for was merged into.
fn to_merged(request: &Request<'_>, from: &str, to: &str) -> Redirect {
    let here = request.uri().to_string();
    let there = here.replacen(from, to, 1);
    Redirect::to(if there == here { format!("/suppliers/{to}") } else { there })
}

/// To the page where signing in goes on, and from there back here.
fn to_sign_in(request: &Request<'_>) -> Redirect {
    let here = match request.method() {
        rocket::http::Method::Get => request.uri().to_string(),
        _ => "/".to_string(),
    };
    let halfway = Session::known(request).is_some_and(|signed| signed.level == Level::Password);
    let page = if halfway { "/second-factor" } else { "/sign-in" };
    Redirect::to(format!("{page}?next={}", rocket::http::RawStr::new(&here).percent_encode()))
}

#[catch(401)]
async fn unauthorized(request: &Request<'_>) -> Redirect {
    let _ = Session::of(request).await;
    to_sign_in(request)
}

/// Why a guard refused a request, for the page that says so: the key of a text.
pub struct Refusal(Option<&'static str>);

impl Refusal {
    /// Notes the reason. The first one stands.
    pub fn note(request: &Request<'_>, key: &'static str) {
        request.local_cache(|| Refusal(Some(key)));
    }

    /// The reason noted, if any.
    pub fn of(request: &Request<'_>) -> Option<&'static str> {
        request.local_cache(|| Refusal(None)).0
    }
}

/// A finished page, as what catchers return.
struct Failure(Status, ErrorPage);

impl<'r> Responder<'r, 'static> for Failure {
    fn respond_to(self, _: &'r Request<'_>) -> rocket::response::Result<'static> {
        html(self.0, self.1)
    }
}

#[catch(default)]
async fn any(status: Status, request: &Request<'_>) -> Failure {
    // The frame shows who is signed in also on a page that no route made.
    let _ = Session::of(request).await;
    let incident = match status.code {
        500 => incident(&Error::Internal(format!("{} {}", request.method(), request.uri().path()))),
        _ => String::new(),
    };
    let page = Page::for_failure(request);
    let reason = Refusal::of(request).map(|key| page.t(key).to_string());
    Failure(status, page_of(page, name_of(status), incident, reason))
}

#[get("/refused/cross-site")]
fn cross_site() -> Error {
    Error::Forbidden("refused-cross-site")
}

#[get("/refused/method")]
fn method() -> Status {
    Status::BadRequest
}

/// Where [`super::OriginCheck`] sends what it refuses.
pub fn refused_routes() -> Vec<Route> {
    routes![cross_site, method]
}

pub fn catchers() -> Vec<Catcher> {
    catchers![unauthorized, any]
}
