//! Whether the company has handed in its documents. The documents themselves are in a room of
//! their own, and in the register at once.

use serde::Deserialize;
use serde_json::Value;
use validator::Validate;

use super::input;
use crate::error::{Problem, Problems};
use crate::onboarding::registration::layout::{Kind, Part, YES_NO, ask};

pub const PARTS: &[Part] = &[
    Part::One(ask("handed_in", YES_NO, 10).required().hinted()),
    Part::One(ask("missing", Kind::LongText, 1000).hinted()),
];

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DocumentsInput {
    pub handed_in: String,
    /// What is still to come, and when.
    #[validate(length(max = 1000))]
    pub missing: String,
}

pub(super) fn problems(answers: &Value) -> Problems {
    let Ok(typed) = input::<DocumentsInput>(answers) else {
        return Problems::one("handed_in", "unreadable");
    };
    let mut problems = Problems::default();
    match typed.handed_in.as_str() {
        "yes" => {}
        "no" if typed.missing.trim().is_empty() => {
            problems.add(Problem::new("missing", "say_what_is_missing"));
        }
        "no" => {}
        _ => problems.add(Problem::new("handed_in", "choose_answer")),
    }
    problems
}
