//! What somebody who signs fills in, and the rules of it.

use serde::Deserialize;
use validator::Validate;

use crate::access::Confirmed;
use crate::clauses::Version;
use crate::clauses::rights::Signatory;
use crate::clauses::signatures::{Confirmation, Reading};
use crate::error::{Problem, Problems};
use crate::suppliers::people::check::comparable;
use crate::texts::Language;
use crate::values::sha256_hex;

/// Letters of a time zone's name, at most: the longest of the IANA database has 32.
const LONGEST_ZONE: usize = 64;

/// The form under a text.
#[derive(Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SigningInput {
    #[validate(length(max = 100))]
    pub typed_name: String,
    #[validate(length(max = 100))]
    pub typed_title: String,
    /// The language of the text that was shown: "en" or "zh-CN".
    #[validate(length(max = 10))]
    pub language: String,
    /// SHA-256 of the text that was shown.
    #[validate(length(max = 100))]
    pub sha256: String,
    /// "on" where the person says to have read the text to its end.
    #[validate(length(max = 10))]
    pub read: String,
    /// "seen" where the page saw its end on the screen.
    #[validate(length(max = 10))]
    pub reading: String,
    /// What the browser calls its time zone.
    #[validate(length(max = 200))]
    pub time_zone: String,
    /// Either of the two confirms who sits there.
    #[validate(length(max = 200))]
    pub password: String,
    #[validate(length(max = 20))]
    pub code: String,
}

/// The form under several texts: one name, one title, one confirmation.
#[derive(Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct SeveralInput {
    #[validate(length(max = 100))]
    pub typed_name: String,
    #[validate(length(max = 100))]
    pub typed_title: String,
    #[validate(length(max = 10))]
    pub language: String,
    /// Ids of the versions that the person says to have read to their end, and signs.
    #[validate(length(max = 100))]
    pub sign: Vec<String>,
    /// "<id of a version> <SHA-256 of the text that was shown>".
    #[validate(length(max = 100))]
    pub shown: Vec<String>,
    /// Ids of the versions whose end the page saw on the screen.
    #[validate(length(max = 100))]
    pub seen: Vec<String>,
    #[validate(length(max = 200))]
    pub time_zone: String,
    #[validate(length(max = 200))]
    pub password: String,
    #[validate(length(max = 20))]
    pub code: String,
}

impl SeveralInput {
    /// What it says of one version.
    fn of(&self, version_id: &str) -> SigningInput {
        let has = |all: &[String]| all.iter().any(|one| one == version_id);
        let shown = self.shown.iter().filter_map(|one| one.split_once(' '));
        let sha256 = shown.filter(|(id, _)| *id == version_id).map(|(_, sha256)| sha256).next();
        SigningInput {
            typed_name: self.typed_name.clone(),
            typed_title: self.typed_title.clone(),
            language: self.language.clone(),
            sha256: sha256.unwrap_or_default().into(),
            read: if has(&self.sign) { "on" } else { "" }.into(),
            reading: if has(&self.seen) { Reading::Seen.as_str() } else { "" }.into(),
            time_zone: self.time_zone.clone(),
            password: String::new(),
            code: String::new(),
        }
    }

    /// One input for each version that is signed, each once.
    pub fn each(&self) -> Vec<(String, SigningInput)> {
        let mut ids: Vec<&String> = self.sign.iter().collect();
        ids.sort();
        ids.dedup();
        ids.into_iter().map(|id| (id.clone(), self.of(id))).collect()
    }
}

impl SigningInput {
    /// The language of the text that was shown.
    pub(super) fn shown_in(&self) -> Option<Language> {
        Language::parse(&self.language)
    }

    /// How the text was read, `None` when neither the page nor the person says so.
    pub(super) fn reading(&self) -> Option<Reading> {
        match (self.reading.as_str(), self.read.as_str()) {
            ("seen", _) => Some(Reading::Seen),
            (_, "on") => Some(Reading::Declared),
            _ => None,
        }
    }

    /// The browser's time zone, if it can be the name of one.
    pub(super) fn zone(&self) -> &str {
        let zone = self.time_zone.trim();
        let is_plain = |ch: char| ch.is_ascii_alphanumeric() || "/_+-".contains(ch);
        let is_zone = !zone.is_empty() && zone.len() <= LONGEST_ZONE && zone.chars().all(is_plain);
        if is_zone { zone } else { "UTC" }
    }

    /// What is wrong with it, as the signature of somebody under a version.
    pub(super) fn problems(&self, version: &Version, signatory: &Signatory) -> Problems {
        let mut problems = Problems::default();
        if comparable(&self.typed_name).is_empty() {
            problems.add(Problem::new("typed_name", "missing"));
        } else if comparable(&self.typed_name) != comparable(&signatory.person.name) {
            problems.add(Problem::new("typed_name", "signing_name"));
        }
        if self.typed_title.trim().is_empty() {
            problems.add(Problem::new("typed_title", "missing"));
        }
        for (field, text) in [("typed_name", &self.typed_name), ("typed_title", &self.typed_title)]
        {
            if text.chars().any(char::is_control) {
                problems.add(Problem::new(field, "control_characters"));
            }
        }
        if self.reading().is_none() {
            problems.add(Problem::new("read", "signing_unread"));
        }
        // What is signed is what was on the screen, to the letter.
        let shown = self.shown_in().map(|language| sha256_hex(version.text(language)));
        if shown.is_none_or(|sha256| sha256 != self.sha256) {
            problems.add(Problem::new("read", "clause_text_changed"));
        }
        problems
    }
}

impl From<Confirmed> for Confirmation {
    fn from(confirmed: Confirmed) -> Confirmation {
        match confirmed {
            Confirmed::Password => Confirmation::Password,
            Confirmed::Code => Confirmation::Code,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::SigningInput;

    #[test]
    fn only_what_can_be_the_name_of_a_time_zone_is_taken_as_one() {
        let zone = |text: &str| SigningInput { time_zone: text.into(), ..Default::default() };
        assert_eq!(zone("Asia/Shanghai").zone(), "Asia/Shanghai");
        assert_eq!(zone("Etc/GMT+8").zone(), "Etc/GMT+8");
        for text in ["", "  ", "<b>x</b>", "Asia Shanghai", "上海", "a\nb", &"x".repeat(65)] {
            assert_eq!(zone(text).zone(), "UTC", "{text:?}");
        }
    }
}
