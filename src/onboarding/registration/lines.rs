//! Answers as lines to read: for checking before they are sent, for review beside what was there
//! before, for download.

use serde_json::Value;

use super::Section;
use crate::suppliers::contacts;

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
    /// Masked where it is personal.
    pub value: String,
}

/// Answers shown only by their last digits.
fn is_masked(section: Section, name: &str) -> bool {
    matches!(
        (section, name),
        (Section::Bank, "number") | (Section::Contacts, "phone") | (Section::Ownership, "number")
    )
}

/// The answers of a section that say something, in their order.
pub fn lines(section: Section, answers: &Value) -> Vec<Line> {
    let mut lines = Vec::new();
    for (name, value) in answers.as_object().into_iter().flatten() {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    for (inner, value) in item.as_object().into_iter().flatten() {
                        let field = format!("{name}-{index}-{inner}");
                        push(&mut lines, section, inner, field, Some(index), value);
                    }
                }
            }
            single => push(&mut lines, section, name, name.clone(), None, single),
        }
    }
    lines
}

fn push(
    lines: &mut Vec<Line>,
    section: Section,
    name: &str,
    field: String,
    item: Option<usize>,
    value: &Value,
) {
    let text = value.as_str().unwrap_or_default().trim();
    if text.is_empty() {
        return;
    }
    let value = if is_masked(section, name) { contacts::mask(text) } else { text.to_string() };
    lines.push(Line { name: name.into(), field, item, value });
}
