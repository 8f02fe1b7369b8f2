//! A form as the template shows it: what was typed, and what is wrong with it.

use crate::error::{Error, Problem, Problems};
use crate::page::Page;

/// The values and problems of a form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    values: Vec<(String, String)>,
    problems: Problems,
}

impl Form {
    /// A form nobody has typed in.
    pub fn empty() -> Form {
        Form::default()
    }

    /// A form filled from a record.
    pub fn of(values: &[(&str, &str)]) -> Form {
        let values = values.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        Form { values, problems: Problems::default() }
    }

    /// A form to correct: as typed, with its problems.
    pub fn rejected(values: Vec<(String, String)>, problems: Problems) -> Form {
        Form { values, problems }
    }

    /// The error that names the problems, for a form that has no page of its own.
    pub fn refused(self) -> Error {
        Error::Invalid(self.problems)
    }

    /// What the field holds, "" when nothing.
    pub fn value(&self, field: &str) -> &str {
        self.values.iter().find(|(n, _)| n == field).map(|(_, v)| v.as_str()).unwrap_or_default()
    }

    /// What each field of a name holds, in their order: "" in those left empty.
    pub fn all(&self, field: &str) -> Vec<&str> {
        self.values.iter().filter(|(n, _)| n == field).map(|(_, v)| v.as_str()).collect()
    }

    /// True when `value` is among the values of a field that can hold several.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.values.iter().any(|(n, v)| n == field && v == value)
    }

    /// The problem of a field in the page's language.
    pub fn problem(&self, page: &Page, field: &str) -> Option<String> {
        let problem = self.problems.0.iter().find(|p| p.field == field)?;
        Some(page.problem(problem))
    }

    /// The company that holds an identifier which was typed, when the person may see it: its id
    /// and its name.
    pub fn holder(&self) -> Option<(&str, &str)> {
        let problem = self.problems.0.iter().find(|p| p.code == "identifier_taken")?;
        let arg = |name: &str| {
            problem.args.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
        };
        Some((arg("id")?, arg("company")?))
    }

    /// All problems, for the summary at the top: field and text.
    pub fn problems(&self, page: &Page) -> Vec<(String, String)> {
        let text = |p: &Problem| {
            let key = format!("field-{}", p.field);
            match page.texts().has(&key) {
                true => {
                    page.ta("field-problem", &[("field", page.t(&key)), ("text", &page.problem(p))])
                }
                false => page.problem(p),
            }
        };
        self.problems.0.iter().map(|p| (p.field.clone(), text(p))).collect()
    }
}
