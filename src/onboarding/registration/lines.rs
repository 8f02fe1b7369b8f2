//! Answers as lines to read: for checking before they are sent, for review beside what was there
//! before, for download.

use serde_json::Value;

use super::Section;
use super::layout::{self, Field, Kind, Part};
use crate::regions;
use crate::suppliers::contacts;
use crate::texts::Language;

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// "legal_name", or "phone" within the second of `contacts`. Its text is
    /// `registration-<section>-<name>`.
    pub name: String,
    /// The field as a comment names it: "legal_name", "contacts-1-phone".
    pub field: String,
    /// Which of several: 0 is the first. `None` for what there is one of.
    pub item: Option<usize>,
    /// Masked where it is personal; a code where it was a choice, see [`Line::reading`].
    pub value: String,
}

impl Line {
    /// The value in words: the name of a country or province, the text of a choice.
    pub fn reading(&self, section: Section, language: Language) -> String {
        let chinese = language == Language::Chinese;
        match layout::field(section, &self.name).map(|field| field.kind) {
            Some(Kind::Country) => match regions::country(&self.value) {
                Some(found) if chinese => found.name_zh.to_string(),
                Some(found) => found.name_en.to_string(),
                None => self.value.clone(),
            },
            Some(Kind::Province) => regions::area_name(&self.value, chinese),
            Some(Kind::Choice(set, values)) if values.contains(&self.value.as_str()) => {
                language.texts().get(&format!("registration-{set}-{}", self.value)).to_string()
            }
            _ => self.value.clone(),
        }
    }
}

/// The answers of a section that say something, in the order of its page.
pub fn lines(section: Section, answers: &Value) -> Vec<Line> {
    let mut lines = Vec::new();
    for part in layout::parts(section) {
        match part {
            Part::One(field) => {
                let value = answers.get(field.name).and_then(Value::as_str).unwrap_or_default();
                lines.extend(line(field, field.name.into(), None, value));
            }
            Part::Several(group) | Part::Tree(group) => {
                for (index, row) in layout::rows(answers, group.name).enumerate() {
                    for field in group.fields {
                        let name = format!("{}-{index}-{}", group.name, field.name);
                        lines.extend(line(field, name, Some(index), layout::text(row, field.name)));
                    }
                }
            }
        }
    }
    lines
}

fn line(asked: &Field, field: String, item: Option<usize>, value: &str) -> Option<Line> {
    let is_masked = matches!(asked.kind, Kind::Sealed);
    let value = if is_masked { contacts::mask(value) } else { value.trim().to_string() };
    (!value.is_empty()).then(|| Line { name: asked.name.into(), field, item, value })
}
