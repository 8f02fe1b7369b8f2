//! What staff write of a checklist, of a version and of an item.

use chrono::NaiveDate;
use serde::Deserialize;
use validator::Validate;

use super::subjects::Subject;
use super::{Item, SubjectKind};
use crate::error::{Problem, Problems};
use crate::inspections::{Kind, Severity};
use crate::values::calendar_day;

/// A new checklist, or the draft of a version, as a form sends it.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct DraftInput {
    /// Looked at when a checklist is made, as are the kind and the names.
    #[validate(length(max = 40))]
    pub code: String,
    #[validate(length(max = 40))]
    pub kind: String,
    #[validate(length(max = 100))]
    pub name_en: String,
    #[validate(length(max = 100))]
    pub name_zh: String,
    /// What is new, for inspectors.
    #[validate(length(max = 2000))]
    pub note: String,
    /// The planned first day, "2027-01-31", or "".
    #[validate(length(max = 20))]
    pub effective_from: String,
    /// The revision that the form was made from.
    #[validate(length(max = 20))]
    pub revision: String,
}

/// An item as a form sends it.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ItemInput {
    #[validate(length(max = 20))]
    pub code: String,
    #[validate(length(max = 100))]
    pub section_en: String,
    #[validate(length(max = 100))]
    pub section_zh: String,
    #[validate(length(max = 500))]
    pub question_en: String,
    #[validate(length(max = 500))]
    pub question_zh: String,
    #[validate(length(max = 2000))]
    pub guidance_en: String,
    #[validate(length(max = 2000))]
    pub guidance_zh: String,
    #[validate(length(max = 20))]
    pub severity: String,
    /// "" or kind and code: "indicator:L01", "clause:anti_bribery".
    #[validate(length(max = 60))]
    pub tests: String,
    /// The revision of the draft that the form was made from.
    #[validate(length(max = 20))]
    pub revision: String,
}

/// A button of a draft: the revision that its page showed.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct StepInput {
    #[validate(length(max = 20))]
    pub revision: String,
}

/// Why a version ends before it counts.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct EndInput {
    #[validate(length(max = 500))]
    pub reason: String,
}

/// What a new checklist is called and for.
pub(super) struct Named {
    pub code: String,
    pub kind: Kind,
    pub name_en: String,
    pub name_zh: String,
}

/// The texts of an item, with what it tests, that were read and are not yet kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    pub code: String,
    pub section_en: String,
    pub section_zh: String,
    pub question_en: String,
    pub question_zh: String,
    pub guidance_en: String,
    pub guidance_zh: String,
    pub severity: Severity,
    pub subject_kind: SubjectKind,
    pub subject: String,
}

impl DraftInput {
    /// Reads what a new checklist is called.
    pub(super) fn named(&self) -> Result<Named, Problems> {
        let mut problems = Problems::default();
        let code = self.code.trim();
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let begins = code.starts_with(|c: char| c.is_ascii_lowercase());
        if !begins || !code.chars().all(is_plain) {
            problems.add(Problem::new("code", "clause_code"));
        }
        for (field, value) in [("name_en", &self.name_en), ("name_zh", &self.name_zh)] {
            if value.trim().is_empty() {
                problems.add(Problem::new(field, "missing"));
            }
        }
        let kind = Kind::parse(&self.kind);
        if kind.is_none() {
            problems.add(Problem::new("kind", "unknown_choice"));
        }
        match kind.filter(|_| problems.is_empty()) {
            Some(kind) => Ok(Named {
                code: code.into(),
                kind,
                name_en: self.name_en.trim().into(),
                name_zh: self.name_zh.trim().into(),
            }),
            None => Err(problems),
        }
    }

    /// Reads the planned first day, if there is one.
    pub(super) fn planned(&self) -> Result<Option<NaiveDate>, Problems> {
        let typed = self.effective_from.trim();
        match calendar_day(typed) {
            None if !typed.is_empty() => Err(Problems::one("effective_from", "effective_from")),
            day => Ok(day),
        }
    }
}

impl ItemInput {
    /// Reads an item. `subjects` is what it can test.
    pub(super) fn read(&self, subjects: &[Subject]) -> Result<Written, Problems> {
        let mut problems = Problems::default();
        let code = self.code.trim();
        let is_plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-';
        let begins = code.starts_with(|c: char| c.is_ascii_uppercase());
        if !begins || !code.chars().all(is_plain) {
            problems.add(Problem::new("code", "item_code"));
        }
        for (field, value) in [
            ("section_en", &self.section_en),
            ("section_zh", &self.section_zh),
            ("question_en", &self.question_en),
            ("question_zh", &self.question_zh),
            ("guidance_en", &self.guidance_en),
            ("guidance_zh", &self.guidance_zh),
        ] {
            if value.trim().is_empty() {
                problems.add(Problem::new(field, "missing"));
            }
        }
        let severity = Severity::parse(&self.severity);
        if severity.is_none() {
            problems.add(Problem::new("severity", "unknown_choice"));
        }
        let subject = tested(&self.tests, subjects);
        if subject.is_none() {
            problems.add(Problem::new("tests", "unknown_choice"));
        }
        let (Some(severity), Some((subject_kind, subject)), true) =
            (severity, subject, problems.is_empty())
        else {
            return Err(problems);
        };
        let text = |value: &String| value.trim().replace("\r\n", "\n");
        Ok(Written {
            code: code.into(),
            section_en: text(&self.section_en),
            section_zh: text(&self.section_zh),
            question_en: text(&self.question_en),
            question_zh: text(&self.question_zh),
            guidance_en: text(&self.guidance_en),
            guidance_zh: text(&self.guidance_zh),
            severity,
            subject_kind,
            subject,
        })
    }
}

/// What a choice of the form names, if there is such a thing.
fn tested(choice: &str, subjects: &[Subject]) -> Option<(SubjectKind, String)> {
    if choice.is_empty() {
        return Some((SubjectKind::Nothing, String::new()));
    }
    let (kind, code) = choice.split_once(':')?;
    let kind = SubjectKind::parse(kind)?;
    let found = subjects.iter().find(|(of, name, ..)| *of == kind && name == code)?;
    Some((found.0, found.1.clone()))
}

impl Written {
    /// The texts of an item that is there.
    pub(super) fn of(item: &Item) -> Written {
        Written {
            code: item.code.clone(),
            section_en: item.section_en.clone(),
            section_zh: item.section_zh.clone(),
            question_en: item.question_en.clone(),
            question_zh: item.question_zh.clone(),
            guidance_en: item.guidance_en.clone(),
            guidance_zh: item.guidance_zh.clone(),
            severity: item.severity,
            subject_kind: item.subject_kind,
            subject: item.subject.clone(),
        }
    }

    /// An item of a version at a place.
    pub(super) fn into_item(self, version_id: &str, position: i64) -> Item {
        Item {
            id: crate::values::new_id(),
            version_id: version_id.into(),
            position,
            code: self.code,
            section_en: self.section_en,
            section_zh: self.section_zh,
            question_en: self.question_en,
            question_zh: self.question_zh,
            guidance_en: self.guidance_en,
            guidance_zh: self.guidance_zh,
            severity: self.severity,
            subject_kind: self.subject_kind,
            subject: self.subject,
        }
    }
}
