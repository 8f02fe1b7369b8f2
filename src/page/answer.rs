//! The answers of handlers that change something.

use rocket::Request;
use rocket::http::{RawStr, Status};
use rocket::response::{Redirect, Responder, Result};

use crate::page::guard::{NOTICE_COOKIE, host_cookie};

/// "Done, now look there": a redirect with a one-time notice.
pub struct Go {
    to: String,
    notice: Option<String>,
}

impl Go {
    pub fn to(path: impl Into<String>) -> Go {
        Go { to: path.into(), notice: None }
    }

    /// Shows the text `key` (it begins with `done-`) on the next page; `what` is its argument.
    pub fn saying(mut self, key: &'static str, what: &str) -> Go {
        let short: String = what.chars().take(200).collect();
        self.notice = Some(RawStr::new(&format!("{key}|{short}")).percent_encode().to_string());
        self
    }

    /// As a text that [`Go::again`] reads: neither an address nor a notice has a space in it.
    pub fn kept(&self) -> String {
        format!("{} {}", self.to, self.notice.as_deref().unwrap_or_default())
    }

    /// The answer that was kept, given once more.
    pub fn again(kept: &str) -> Go {
        let (to, notice) = kept.split_once(' ').unwrap_or((kept, ""));
        Go { to: to.into(), notice: Some(notice.to_string()).filter(|text| !text.is_empty()) }
    }
}

impl<'r> Responder<'r, 'static> for Go {
    fn respond_to(self, request: &'r Request<'_>) -> Result<'static> {
        if let Some(notice) = self.notice {
            request.cookies().add(host_cookie(NOTICE_COOKIE, notice));
        }
        Redirect::to(self.to).respond_to(request)
    }
}

/// What a posted form leads to: the next page, or the form again with its problems.
pub enum Answer<P> {
    Go(Go),
    Again(P),
}

impl<'r, P: Responder<'r, 'static>> Responder<'r, 'static> for Answer<P> {
    fn respond_to(self, request: &'r Request<'_>) -> Result<'static> {
        match self {
            Answer::Go(go) => go.respond_to(request),
            Answer::Again(page) => (Status::UnprocessableEntity, page).respond_to(request),
        }
    }
}
