//! The facts that the frame of a page needs, gathered once per request.

use chrono::{Datelike, NaiveDate};
use rocket::http::{Cookie, SameSite};
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};

use crate::access::{Level, Right, Session, Signed};
use crate::error::Problem;
use crate::page::Token;
use crate::texts::{Language, Texts};
use crate::values::new_id;

/// The frame of a page: who looks at it, in which language, from where.
pub struct Page {
    language: Language,
    signed: Option<Signed>,
    invented: bool,
    token: Token,
    path: String,
    query: String,
    notice: Option<Notice>,
}

/// Whether the register holds invented data: asked once, when the server starts.
pub struct Invented(pub bool);

/// The one-time message after a change.
#[derive(Clone, Debug)]
pub struct Notice {
    pub kind: &'static str,
    pub text: String,
}

pub const LANGUAGE_COOKIE: &str = "__Host-language";
pub const NOTICE_COOKIE: &str = "__Host-notice";

impl Page {
    pub fn language(&self) -> Language {
        self.language
    }

    pub fn lang(&self) -> &'static str {
        self.language.as_str()
    }

    pub fn is_chinese(&self) -> bool {
        self.language == Language::Chinese
    }

    pub fn texts(&self) -> &'static Texts {
        self.language.texts()
    }

    /// A text without arguments.
    pub fn t<'a>(&self, key: &'a str) -> &'a str {
        self.texts().get(key)
    }

    /// A text whose key has a variable end: `prefix-value`.
    pub fn tk(&self, prefix: &str, value: &str) -> String {
        self.texts().get(&format!("{prefix}-{value}")).to_string()
    }

    /// A text with the number `n`.
    pub fn tn(&self, key: &str, n: impl std::borrow::Borrow<i64>) -> String {
        self.texts().count(key, *n.borrow())
    }

    /// A text with named arguments.
    pub fn ta(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.texts().with(key, args)
    }

    /// The text of a broken rule.
    pub fn problem(&self, problem: &Problem) -> String {
        let args: Vec<(&str, &str)> =
            problem.args.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        self.ta(&format!("problem-{}", problem.code), &args)
    }

    /// The one of two names that suits the page's language.
    pub fn pick<'a>(&self, english: &'a str, chinese: &'a str) -> &'a str {
        let (first, second) =
            if self.is_chinese() { (chinese, english) } else { (english, chinese) };
        if first.is_empty() { second } else { first }
    }

    /// "31 December 2021" or "2021年12月31日".
    pub fn day(&self, day: impl std::borrow::Borrow<NaiveDate>) -> String {
        let day = day.borrow();
        if self.is_chinese() {
            return format!("{}年{}月{}日", day.year(), day.month(), day.day());
        }
        day.format("%-d %B %Y").to_string()
    }

    pub fn viewer(&self) -> Option<&Signed> {
        self.signed.as_ref()
    }

    /// Whether the viewer is of staff: only they have a frame with ways to everywhere.
    pub fn is_staff(&self) -> bool {
        self.signed.as_ref().is_some_and(Signed::is_staff)
    }

    /// Whether the viewer is of a supplier: only they have the portal.
    pub fn is_of_supplier(&self) -> bool {
        self.signed.as_ref().is_some_and(|signed| !signed.is_staff())
    }

    /// Whether the viewer has a right, for showing or hiding a way in. The way itself is
    /// guarded by its own type.
    pub fn may(&self, right: &str) -> bool {
        let Some(right) = Right::parse(right) else {
            return false;
        };
        self.signed.as_ref().is_some_and(|s| s.actor.role.may(right))
    }

    /// The token that every form carries.
    pub fn token(&self) -> &str {
        self.token.as_str()
    }

    /// A key for a form that makes something: sent twice, it makes one.
    pub fn form_key(&self) -> String {
        new_id()
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    /// Path and query: where the language switch and saved views lead back to.
    pub fn here(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }

    /// [`Page::here`] as the value of a query parameter.
    pub fn here_encoded(&self) -> String {
        rocket::http::RawStr::new(&self.here()).percent_encode().to_string()
    }

    /// The frame for a rejected form posted to a path that has no page of its own.
    pub fn at(mut self, path: &str) -> Page {
        self.path = path.to_string();
        self
    }

    pub fn query(&self) -> &str {
        &self.query
    }

    pub fn flash(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Whether every page says that the data is invented.
    pub fn is_demo(&self) -> bool {
        self.invented
    }

    /// Addresses that wait to be settled, at most 100.
    pub fn waiting(&self) -> i64 {
        self.signed.as_ref().map(|s| s.waiting).unwrap_or(0)
    }

    /// Companies that may be one and wait for a decision, at most 100.
    pub fn pairs(&self) -> i64 {
        self.signed.as_ref().map(|s| s.pairs).unwrap_or(0)
    }

    /// What is searched for on this page.
    pub fn search(&self) -> String {
        let field = |part: &str| part.strip_prefix("q=").map(str::to_string);
        self.query
            .split('&')
            .find_map(field)
            .map(|q| q.replace('+', " "))
            .and_then(|q| {
                rocket::http::RawStr::new(&q).percent_decode().ok().map(|d| d.into_owned())
            })
            .unwrap_or_default()
    }

    /// The page of a request, also where a guard has already failed.
    pub async fn of(request: &Request<'_>) -> Page {
        let signed = Session::of(request).await.as_ref().ok().cloned().flatten();
        Page::with(request, signed)
    }

    /// The page of a request that failed: what is already known of it, without asking again.
    pub fn for_failure(request: &Request<'_>) -> Page {
        Page::with(request, Session::known(request))
    }

    fn with(request: &Request<'_>, signed: Option<Signed>) -> Page {
        let language = language_of(request, signed.as_ref());
        // Who still owes the second factor sees no more of the product than a stranger.
        let signed = signed.filter(|s| s.level == Level::Full);
        Page {
            language,
            signed,
            invented: request.rocket().state::<Invented>().is_some_and(|i| i.0),
            token: Token::of(request),
            path: request.uri().path().to_string(),
            query: request.uri().query().map(|q| q.to_string()).unwrap_or_default(),
            notice: take_notice(request, language),
        }
    }
}

fn language_of(request: &Request<'_>, signed: Option<&Signed>) -> Language {
    let chosen = request.cookies().get(LANGUAGE_COOKIE).and_then(|c| Language::parse(c.value()));
    chosen.or(signed.map(|s| s.language)).unwrap_or_else(|| {
        Language::from_accept(request.headers().get_one("Accept-Language").unwrap_or_default())
    })
}

/// The notice is a text key and its argument; only known keys are shown.
fn take_notice(request: &Request<'_>, language: Language) -> Option<Notice> {
    let cookie = request.cookies().get(NOTICE_COOKIE)?;
    let value = rocket::http::RawStr::new(cookie.value()).percent_decode().ok()?.into_owned();
    request.cookies().remove(host_cookie(NOTICE_COOKIE, ""));
    let (key, argument) = value.split_once('|')?;
    if !key.starts_with("done-") || !language.texts().has(key) {
        return None;
    }
    Some(Notice { kind: "done", text: language.texts().with(key, &[("what", argument)]) })
}

/// A cookie with every protection: only for this host, only over HTTPS, unreadable for scripts.
pub fn host_cookie(name: &'static str, value: impl Into<String>) -> Cookie<'static> {
    Cookie::build((name, value.into()))
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Page {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Page, Self::Error> {
        Outcome::Success(Page::of(request).await)
    }
}
