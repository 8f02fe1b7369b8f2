//! What goes wrong, as a problem document (RFC 9457), never as a page.

use rocket::http::{ContentType, Header, Method, Status};
use rocket::response::{self, Responder, Response};
use rocket::{Catcher, Request, Route, catch, catchers};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Settings;
use crate::error::{Error, Problems, incident};
use crate::page::Refusal;
use crate::texts::Language;

/// Seconds after which a program that was sent away may come back.
const RETRY: &str = "60";

/// What a handler of the API answers when it does not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    Of(Error),
    /// A status, and the name of its texts: see [`name_of`].
    Refused(Status, &'static str),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        Failure::Of(error)
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Failure {
        Failure::Of(Error::Invalid(problems))
    }
}

/// A problem document.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// Names the kind of problem; leads to its description.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference", example = "https://register.example/api#problem-invalid")]
    kind: String,
    /// The kind of problem in words.
    title: String,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened, and what to do next.
    detail: String,
    /// Ties a failure of the server to its log.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    instance: Option<String>,
    /// What is wrong with the input, field by field. It never repeats what was sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Serialize, ToSchema)]
struct FieldProblem {
    /// The name of the field, parameter or column; "" for the whole.
    field: String,
    /// The rule that is broken, for programs.
    #[schema(example = "too_long")]
    code: String,
    /// The rule that is broken, for people.
    detail: String,
}

/// The names of problems, which end their types and texts.
pub const NAMES: &[&str] = &[
    "bad-request",
    "key",
    "unauthorized",
    "forbidden",
    "not-found",
    "method",
    "conflict",
    "stale",
    "too-large",
    "media-type",
    "invalid",
    "key-reused",
    "precondition",
    "too-many",
    "internal",
    "busy",
];

fn name_of(status: Status) -> &'static str {
    match status.code {
        401 => "unauthorized",
        403 => "forbidden",
        404 => "not-found",
        405 => "method",
        409 => "conflict",
        412 => "stale",
        413 => "too-large",
        415 => "media-type",
        422 => "invalid",
        428 => "precondition",
        429 => "too-many",
        503 => "busy",
        500..=599 => "internal",
        _ => "bad-request",
    }
}

impl<'r> Responder<'r, 'static> for Failure {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if let Failure::Of(Error::Moved { from, to }) = &self
            && request.method() == Method::Get
        {
            return moved(request, from, to);
        }
        let (status, name, reason) = match &self {
            Failure::Refused(status, name) => (*status, *name, None),
            Failure::Of(error) => {
                let (status, reason) = of_error(error);
                (status, name_of(status), reason)
            }
        };
        let mut document = document(request, status, name, reason);
        match &self {
            Failure::Of(error) if status.code == 500 => {
                document.instance = Some(instance_of(error));
            }
            Failure::Of(Error::Invalid(problems)) => {
                let texts = language_of(request).texts();
                document.errors = problems.0.iter().map(|p| field_problem(texts, p)).collect();
            }
            _ => (),
        }
        send(status, &document)
    }
}

/// The same address of the company that this one was merged into.
fn moved(request: &Request<'_>, from: &str, to: &str) -> response::Result<'static> {
    let there = request.uri().to_string().replacen(from, to, 1);
    Response::build().status(Status::PermanentRedirect).header(Header::new("Location", there)).ok()
}

fn of_error(error: &Error) -> (Status, Option<&'static str>) {
    match error {
        Error::NotFound => (Status::NotFound, None),
        // What is only read is answered by [`moved`].
        Error::Moved { .. } => (Status::Conflict, Some("conflict-merged-already")),
        Error::SignIn => (Status::Unauthorized, None),
        Error::Forbidden(key) => (Status::Forbidden, Some(key)),
        Error::Invalid(_) => (Status::UnprocessableEntity, None),
        Error::Conflict(key) => (Status::Conflict, Some(key)),
        Error::TooMany => (Status::TooManyRequests, None),
        Error::Busy => (Status::ServiceUnavailable, None),
        Error::Database(_) | Error::Internal(_) => (Status::InternalServerError, None),
    }
}

fn field_problem(texts: &crate::texts::Texts, problem: &crate::error::Problem) -> FieldProblem {
    let args: Vec<(&str, &str)> =
        problem.args.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    FieldProblem {
        field: problem.field.clone(),
        code: problem.code.clone(),
        detail: texts.with(&format!("problem-{}", problem.code), &args),
    }
}

pub(super) fn language_of(request: &Request<'_>) -> Language {
    Language::from_accept(request.headers().get_one("Accept-Language").unwrap_or_default())
}

fn document(
    request: &Request<'_>,
    status: Status,
    name: &str,
    reason: Option<&str>,
) -> ProblemDocument {
    let texts = language_of(request).texts();
    let base = request.rocket().state::<Settings>().map(|s| s.base_url.trim_end_matches('/'));
    let what = format!("api-{name}-what");
    ProblemDocument {
        kind: format!("{}/api#problem-{name}", base.unwrap_or_default()),
        title: texts.get(&format!("api-{name}")).to_string(),
        status: status.code,
        detail: texts.get(reason.unwrap_or(&what)).to_string(),
        instance: None,
        errors: Vec::new(),
    }
}

fn instance_of(error: &Error) -> String {
    format!("urn:touchstone:incident:{}", incident(error))
}

fn send(status: Status, document: &ProblemDocument) -> response::Result<'static> {
    let body = serde_json::to_vec(document).map_err(|_| Status::InternalServerError)?;
    let mut response = Response::build();
    match status.code {
        401 => response.header(Header::new("WWW-Authenticate", "Bearer realm=\"touchstone\"")),
        429 | 503 => response.header(Header::new("Retry-After", RETRY)),
        _ => &mut response,
    };
    response
        .status(status)
        .header(ContentType::new("application", "problem+json"))
        .sized_body(body.len(), std::io::Cursor::new(body))
        .ok()
}

/// What no handler answered.
struct Caught(Status, Vec<String>);

impl<'r> Responder<'r, 'static> for Caught {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let Caught(status, allowed) = self;
        let mut document = document(request, status, name_of(status), Refusal::of(request));
        if status.code >= 500 && status.code != 503 {
            let text = format!("{} {}", request.method(), request.uri().path());
            document.instance = Some(instance_of(&Error::Internal(text)));
        }
        let mut response = send(status, &document)?;
        if !allowed.is_empty() {
            response.set_header(Header::new("Allow", allowed.join(", ")));
        }
        Ok(response)
    }
}

#[catch(default)]
fn any(status: Status, request: &Request<'_>) -> Caught {
    // No route took it: has one the path with another method? Rocket calls a method that it does
    // not know a bad request.
    let unrouted = matches!(status, Status::NotFound | Status::BadRequest);
    let allowed = if unrouted && request.route().is_none() { methods_at(request) } else { vec![] };
    let status = if allowed.is_empty() { status } else { Status::MethodNotAllowed };
    Caught(status, allowed)
}

/// The methods of the routes that have the request's path.
fn methods_at(request: &Request<'_>) -> Vec<String> {
    let at_path = |route: &&Route| matches(route.uri.path(), request.uri().path().as_str());
    let routes = request.rocket().routes().filter(at_path);
    let mut methods: Vec<String> = routes.map(|route| route.method.to_string()).collect();
    methods.sort();
    methods.dedup();
    methods
}

fn matches(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(w), Some(g)) if w == g || w.starts_with('<') && !g.is_empty() => (),
            _ => return false,
        }
    }
}

pub fn catchers() -> Vec<Catcher> {
    catchers![any]
}
