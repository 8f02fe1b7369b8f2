//! Pages of onboarding, a file for each.

mod forwards;
mod invitations;
mod people;
mod portal_people;
mod reviews;
mod section_review;

use rocket::Route;

use crate::onboarding::registration::Verdict;
use crate::page::{Form, Page};
use crate::texts::Language;

pub fn routes() -> Vec<Route> {
    [
        forwards::routes(),
        invitations::routes(),
        people::routes(),
        portal_people::routes(),
        reviews::routes(),
        section_review::routes(),
    ]
    .concat()
}

/// A verdict in words.
fn verdict_text(page: &Page, verdict: Verdict) -> String {
    page.tk("verdict", if verdict == Verdict::None { "none" } else { verdict.as_str() })
}

/// The languages of letters, each in its own name.
fn languages(page: &Page, form: &Form) -> Vec<(&'static str, String, bool)> {
    let typed = form.value("language");
    let chosen = if typed.is_empty() { page.lang() } else { typed };
    let choice = |language: &Language| {
        let code = language.as_str();
        (code, page.tk("language", code), code == chosen)
    };
    Language::ALL.iter().map(choice).collect()
}
