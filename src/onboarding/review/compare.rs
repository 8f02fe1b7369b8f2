//! What a company says beside what the register had.

use serde_json::Value;

use crate::error::Error;
use crate::onboarding::registration::lines::{self, Line};
use crate::onboarding::registration::{Section, SectionRow};
use crate::vault::Vault;

/// How an answer stands to what was there before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    Same,
    New,
    Changed,
    Gone,
}

impl Change {
    /// The end of its text's key.
    pub fn as_str(self) -> &'static str {
        match self {
            Change::Same => "same",
            Change::New => "new",
            Change::Changed => "changed",
            Change::Gone => "gone",
        }
    }

    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Change::Same => "none",
            Change::New => "ok",
            Change::Changed => "wait",
            Change::Gone => "stop",
        }
    }
}

/// An answer beside what was there before, each masked where it is personal.
#[derive(Clone, Debug)]
pub struct Compared {
    pub field: String,
    pub name: String,
    pub item: Option<usize>,
    pub before: String,
    pub now: String,
    pub change: Change,
}

/// The answers of a section with what was there before, in their order; what is gone comes last.
pub fn of(vault: &Vault, row: &SectionRow) -> Result<Vec<Compared>, Error> {
    Ok(between(row.section, &row.before(vault)?, &row.answers(vault)?))
}

fn between(section: Section, before: &Value, now: &Value) -> Vec<Compared> {
    let had = lines::lines(section, before);
    let mut compared: Vec<Compared> = Vec::new();
    for line in lines::lines(section, now) {
        let earlier = had.iter().find(|one| one.field == line.field);
        let change = match earlier {
            None => Change::New,
            // Of two masked numbers only the whole tells whether they are one.
            Some(_) if raw(before, &line) == raw(now, &line) => Change::Same,
            Some(_) => Change::Changed,
        };
        let before = earlier.map(|one| one.value.clone()).unwrap_or_default();
        compared.push(Compared {
            field: line.field,
            name: line.name,
            item: line.item,
            before,
            now: line.value,
            change,
        });
    }
    for line in had {
        if !compared.iter().any(|one| one.field == line.field) {
            compared.push(Compared {
                field: line.field,
                name: line.name,
                item: line.item,
                before: line.value,
                now: String::new(),
                change: Change::Gone,
            });
        }
    }
    compared
}

/// The whole answer of a line, unmasked: for comparing only.
fn raw<'a>(answers: &'a Value, line: &Line) -> Option<&'a str> {
    let value = match line.item {
        None => answers.get(&line.field),
        Some(item) => {
            let list = line.field.strip_suffix(&format!("-{item}-{}", line.name))?;
            answers.get(list)?.get(item)?.get(&line.name)
        }
    };
    value.and_then(Value::as_str).map(str::trim)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_number_that_only_ends_alike_is_shown_as_changed() {
        let before = json!({ "accounts": [{ "number": "DE111234", "bank": "A" }] });
        let now = json!({ "accounts": [{ "number": "DE991234", "bank": "A" }] });
        let found = between(Section::Bank, &before, &now);
        let of = |field: &str| found.iter().find(|line| line.field == field).expect(field);
        assert_eq!(of("accounts-0-number").change, Change::Changed);
        assert!(!of("accounts-0-number").now.contains("DE99"));
        assert_eq!(of("accounts-0-bank").change, Change::Same);
        let (before, now) = (json!({ "lei": "1" }), json!({ "duns": "2" }));
        let found = between(Section::Company, &before, &now);
        let of = |field: &str| found.iter().find(|line| line.field == field).expect(field);
        assert_eq!((of("duns").change, of("lei").change), (Change::New, Change::Gone));
    }
}
