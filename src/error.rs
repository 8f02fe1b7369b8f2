//! What can go wrong, in the words of the person it goes wrong for.

use std::fmt;

use validator::{ValidationError, ValidationErrorsKind};

use crate::values::now;

/// The one error of the application. `page::failure` answers it, as a page.
#[derive(Debug)]
pub enum Error {
    /// Nothing there, or nothing that this person may see: the two look the same.
    NotFound,
    /// The record of the id `from` was merged into that of the id `to`.
    Moved {
        from: String,
        to: String,
    },
    /// Nobody is signed in, or the session ran out.
    SignIn,
    /// Signed in, without the right. Holds the key of the text that says what to do.
    Forbidden(&'static str),
    /// The input breaks rules; each problem names its field.
    Invalid(Problems),
    /// The record is no longer in the state that this action starts from. Holds a text key.
    Conflict(&'static str),
    /// Too many tries from here.
    TooMany,
    /// The server has more to do than it can take.
    Busy,
    Database(diesel::result::Error),
    Internal(String),
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Error {
        match error {
            diesel::result::Error::NotFound => Error::NotFound,
            other => Error::Database(other),
        }
    }
}

impl From<diesel::ConnectionError> for Error {
    fn from(error: diesel::ConnectionError) -> Error {
        Error::Internal(format!("the database cannot be opened: {error}"))
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Error {
        Error::Internal(error.to_string())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error::Internal(format!("a stored text is not what it was: {error}"))
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Error {
        Error::Invalid(problems)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Error::NotFound => f.write_str("not found"),
            Error::Moved { from, to } => write!(f, "{from} was merged into {to}"),
            Error::SignIn => f.write_str("not signed in"),
            Error::Forbidden(key) => write!(f, "not allowed ({key})"),
            Error::Invalid(problems) => write!(f, "invalid input: {problems}"),
            Error::Conflict(key) => write!(f, "conflict ({key})"),
            Error::TooMany => f.write_str("too many tries"),
            Error::Busy => f.write_str("busy, try again"),
            Error::Database(error) => write!(f, "database: {error}"),
            Error::Internal(text) => f.write_str(text),
        }
    }
}

/// The problems of one input, at most one per field shown first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems(pub Vec<Problem>);

/// One broken rule: the field, the rule's code (its text is `problem-<code>`) and what the text
/// needs (limits, never the value that was typed).
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    pub field: String,
    pub code: String,
    pub args: Vec<(String, String)>,
}

impl Problem {
    pub fn new(field: &str, code: &str) -> Problem {
        Problem { field: field.into(), code: code.into(), args: Vec::new() }
    }

    pub fn with(mut self, name: &str, value: impl ToString) -> Problem {
        self.args.push((name.into(), value.to_string()));
        self
    }
}

impl Problems {
    /// A single problem.
    pub fn one(field: &str, code: &str) -> Problems {
        Problems(vec![Problem::new(field, code)])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn add(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Fails when there is any problem.
    pub fn into_result(self) -> Result<(), Error> {
        if self.is_empty() { Ok(()) } else { Err(Error::Invalid(self)) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let parts: Vec<String> =
            self.0.iter().map(|p| format!("{}: {}", p.field, p.code)).collect();
        f.write_str(&parts.join(", "))
    }
}

/// Keeps the code and the limits of each broken rule and drops the value: it may be a secret.
impl From<validator::ValidationErrors> for Problems {
    fn from(errors: validator::ValidationErrors) -> Problems {
        let mut problems = Vec::new();
        collect(&errors, &mut problems);
        problems.sort_by(|a, b| a.field.cmp(&b.field));
        Problems(problems)
    }
}

/// An input may be made of smaller ones, whose fields stand beside its own.
fn collect(errors: &validator::ValidationErrors, problems: &mut Vec<Problem>) {
    for (field, kind) in errors.errors() {
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, problems),
            ValidationErrorsKind::List(inner) => inner.values().for_each(|e| collect(e, problems)),
            ValidationErrorsKind::Field(found) => {
                problems.extend(found.first().map(|first| problem_of(field, first)));
            }
        }
    }
}

fn problem_of(field: &str, broken: &ValidationError) -> Problem {
    let mut args: Vec<(String, String)> = broken
        .params
        .iter()
        .filter(|(name, _)| matches!(name.as_ref(), "min" | "max" | "equal"))
        .map(|(name, value)| (name.to_string(), value.to_string()))
        .collect();
    args.sort();
    let code = match broken.code.as_ref() {
        "length" => length_code(&args),
        code => code,
    };
    Problem { field: field.to_string(), code: code.to_string(), args }
}

/// "Missing" reads better than "shorter than 1", and a lone upper limit is its own sentence.
fn length_code(args: &[(String, String)]) -> &'static str {
    let has = |name: &str| args.iter().any(|(n, _)| n == name);
    match (has("min"), has("max")) {
        (true, true) => "length",
        (true, false) => "too_short",
        _ => "too_long",
    }
}

/// A short id that ties a page of failure to the server's log.
pub fn incident(error: &Error) -> String {
    let id = uuid::Uuid::new_v4().simple().to_string()[..8].to_string();
    log::error!("{} incident {id}: {error}", now());
    id
}
