//! What the forms of candidates let one choose from.

use crate::page::Page;
use crate::regions::Choice;
use crate::suppliers::identifiers::Kind;
use crate::texts::Language;

/// The kinds of identifier to choose from.
pub(super) fn kinds(page: &Page, chosen: &str) -> Vec<Choice> {
    let choice =
        |kind: Kind| (kind.as_str(), page.t(kind.label_key()).to_string(), kind.as_str() == chosen);
    Kind::ALL.into_iter().map(choice).collect()
}

/// The languages of letters to choose from, each named in the page's.
pub(super) fn languages(page: &Page, chosen: &str) -> Vec<Choice> {
    let choice = |one: &Language| {
        (one.as_str(), page.tk("letters-in", one.as_str()), one.as_str() == chosen)
    };
    Language::ALL.iter().map(choice).collect()
}
