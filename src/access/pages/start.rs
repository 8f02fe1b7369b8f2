//! The start page, which sends everybody to where they work, and the language switch.

use rocket::get;
use rocket::http::CookieJar;
use rocket::time::Duration;

use crate::access::{Level, SignedIn};
use crate::error::Error;
use crate::page::{Go, LANGUAGE_COOKIE, host_cookie, local_path};
use crate::texts::Language;

#[get("/")]
pub fn start(signed: Option<SignedIn>) -> Go {
    let Some(SignedIn(signed)) = signed else {
        return Go::to("/sign-in");
    };
    if signed.level == Level::Password {
        return Go::to("/second-factor");
    }
    Go::to(signed.actor.role.home())
}

/// Keeps the choice in a cookie: nothing of the register changes.
#[get("/language/<language>?<next>")]
pub fn language(language: &str, next: Option<&str>, cookies: &CookieJar<'_>) -> Result<Go, Error> {
    let language = Language::parse(language).ok_or(Error::NotFound)?;
    keep_language(cookies, language);
    Ok(Go::to(local_path(next.unwrap_or("/"))))
}

/// Remembers the language of this browser for a year.
pub fn keep_language(cookies: &CookieJar<'_>, language: Language) {
    let mut cookie = host_cookie(LANGUAGE_COOKIE, language.as_str());
    cookie.set_max_age(Duration::days(365));
    cookies.add(cookie);
}
