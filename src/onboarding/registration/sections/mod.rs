//! The eight sections: what each asks, its rules, what the register knows of it, and how what was
//! accepted comes into the register.

pub mod addresses;
pub mod bank;
pub mod categories;
pub mod company;
pub mod conflicts;
pub mod contacts;
pub mod documents;
pub mod ownership;

use diesel::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use validator::Validate;

use super::apply::Accepted;
use super::layout::{self, ROW};
use super::{Registration, Section, SectionRow, Status};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::{registration_sections, registrations};
use crate::vault::Vault;

/// What is wrong with the answers of a section; each problem names its field as the form does.
pub fn problems(section: Section, answers: &Value) -> Problems {
    let mut problems = too_long(section, answers);
    let more = match section {
        Section::Company => company::problems(answers),
        Section::Addresses => addresses::problems(answers),
        Section::Contacts => contacts::problems(answers),
        Section::Ownership => ownership::problems(answers),
        Section::Bank => bank::problems(answers),
        Section::Categories => categories::problems(answers),
        Section::Documents => documents::problems(answers),
        Section::Conflicts => conflicts::problems(answers),
    };
    let is_new = |problem: &Problem| !problems.0.iter().any(|p| p.field == problem.field);
    let more: Vec<Problem> = more.0.into_iter().filter(is_new).collect();
    problems.0.extend(more);
    problems
}

/// Texts longer than their field takes, and line breaks where a line is asked.
fn too_long(section: Section, answers: &Value) -> Problems {
    let mut problems = Problems::default();
    let mut check = |field: &layout::Field, name: String, text: &str| {
        if text.chars().count() > field.max {
            problems.add(Problem::new(&name, "too_long").with("max", field.max));
        } else if field.kind != layout::Kind::LongText && text.chars().any(char::is_control) {
            problems.add(Problem::new(&name, "control_characters"));
        }
    };
    for part in layout::parts(section) {
        match part {
            layout::Part::One(field) => {
                check(field, field.name.into(), answers[field.name].as_str().unwrap_or_default())
            }
            layout::Part::Several(group) => {
                for (index, row) in layout::rows(answers, group.name).enumerate() {
                    for field in group.fields {
                        let name = format!("{}-{index}-{}", group.name, field.name);
                        check(field, name, layout::text(row, field.name));
                    }
                }
            }
            layout::Part::Tree(_) => {}
        }
    }
    problems
}

/// What the register knows under a section, with every question of its page.
pub fn known(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier_id: &str,
    section: Section,
) -> Result<Value, Error> {
    match section {
        Section::Company => company::known(c, supplier_id),
        Section::Addresses => addresses::known(c, supplier_id),
        Section::Contacts => contacts::known(c, vault, supplier_id),
        Section::Ownership => ownership::known(c, vault, supplier_id),
        Section::Bank => bank::known(c, vault, supplier_id),
        Section::Categories => categories::known(c, supplier_id),
        Section::Documents => Ok(json!({ "handed_in": "", "missing": "" })),
        Section::Conflicts => conflicts::known(c, vault, supplier_id),
    }
}

/// Writes into the register what a section changes.
pub(super) fn apply(
    c: &mut AnyConnection,
    by: &Accepted,
    vault: &Vault,
    registration: &Registration,
    change: &Change,
) -> Result<(), Error> {
    let supplier = registration.supplier_id.as_str();
    match change.section {
        Section::Company => company::apply(c, by, supplier, change),
        Section::Addresses => addresses::apply(c, by, supplier, change),
        Section::Contacts => contacts::apply(c, by, vault, supplier, change),
        Section::Ownership => ownership::apply(c, by, vault, supplier, change),
        Section::Bank => bank::apply(c, by, vault, supplier, change),
        Section::Categories => categories::apply(c, by, supplier, change),
        // Documents are in the register as soon as they are handed in.
        Section::Documents => Ok(()),
        Section::Conflicts => conflicts::apply(c, by, registration, change),
    }
}

/// A section as the register had it when it was submitted, and as the company says it is.
pub struct Change {
    pub section: Section,
    pub before: Value,
    pub after: Value,
}

impl Change {
    /// The same with each row of a group as the register would keep it.
    fn tidied(&self, group: &str, tidy: impl Fn(&mut Map<String, Value>)) -> Change {
        let tidied = |answers: &Value| {
            let mut answers = answers.clone();
            layout::rows_mut(&mut answers, group).for_each(&tidy);
            answers
        };
        let (before, after) = (tidied(&self.before), tidied(&self.after));
        Change { section: self.section, before, after }
    }

    /// The new answer to a single question, if it is another than before.
    fn single(&self, name: &str) -> Option<&str> {
        let after = self.after.get(name).and_then(Value::as_str)?;
        (self.before.get(name).and_then(Value::as_str).unwrap_or_default() != after)
            .then_some(after)
    }

    /// The ids of rows that the company took out.
    fn removed<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a str> {
        layout::rows(&self.before, group)
            .map(|row| layout::text(row, ROW))
            .filter(move |id| layout::row_of(&self.after, group, id).is_none())
    }

    /// Rows that are new or say something else than before, unless the register has a row that says
    /// the same by now.
    fn written<'a>(
        &'a self,
        group: &'a str,
        present: &'a Value,
    ) -> impl Iterator<Item = &'a Map<String, Value>> {
        layout::rows(&self.after, group).filter(move |row| {
            let before = layout::row_of(&self.before, group, layout::text(row, ROW));
            let is_there = || layout::rows(present, group).any(|known| says_same(known, row));
            before.is_none_or(|before| !says_same(before, row)) && !is_there()
        })
    }
}

/// How a group changes whose rows are never edited: the ids of what the register takes off, and the
/// rows that it records. A row that says something else takes the place of the one that it was.
fn replaced<'a>(
    change: &'a Change,
    group: &'a str,
    present: &'a Value,
) -> (Vec<&'a str>, Vec<&'a Map<String, Value>>) {
    let written: Vec<_> = change.written(group, present).collect();
    let old = written.iter().map(|row| layout::text(row, ROW));
    let is_there = |id: &&str| layout::row_of(present, group, id).is_some();
    let gone = change.removed(group).chain(old).filter(is_there).collect();
    (gone, written)
}

/// Whether two rows say the same, whichever they are.
fn says_same(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    let said = |row: &Map<String, Value>| {
        let mut said = row.clone();
        said.remove(ROW);
        said
    };
    said(one) == said(other)
}

/// The answers as the input of a rule. Texts that are missing are empty.
fn input<T: DeserializeOwned>(answers: &Value) -> Result<T, Error> {
    Ok(T::deserialize(answers)?)
}

/// Each row of a group as the input of a rule.
fn inputs<T: DeserializeOwned>(answers: &Value, group: &str) -> Vec<T> {
    let rows = layout::rows(answers, group);
    rows.filter_map(|row| T::deserialize(Value::Object(row.clone())).ok()).collect()
}

/// The problems of each row of a group, at the fields of the form: "contacts-1-phone".
fn problems_of_rows<T: DeserializeOwned + Validate>(
    answers: &Value,
    group: &str,
    rules: impl Fn(&T) -> Problems,
) -> Problems {
    let mut all = Problems::default();
    for (index, row) in inputs::<T>(answers, group).iter().enumerate() {
        let mut found = row.validate().map_err(Problems::from).err().unwrap_or_default();
        found.0.extend(rules(row).0);
        for mut problem in found.0 {
            problem.field = format!("{group}-{index}-{}", problem.field);
            if !all.0.iter().any(|known| known.field == problem.field) {
                all.add(problem);
            }
        }
    }
    all
}

/// What the company answered last time, as accepted: for questions that the register has no place
/// of its own for.
fn last_accepted(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier_id: &str,
    section: Section,
) -> Result<Value, Error> {
    let row: Option<SectionRow> = registration_sections::table
        .inner_join(
            registrations::table.on(registrations::id.eq(registration_sections::registration_id)),
        )
        .filter(registrations::supplier_id.eq(supplier_id))
        .filter(registrations::status.eq(Status::Finished))
        .filter(registration_sections::section.eq(section))
        .order(registrations::id.desc())
        .select(SectionRow::as_select())
        .first(c)
        .optional()?;
    row.map_or_else(|| Ok(json!({})), |row| row.answers(vault))
}

/// An answer as it was given, "" when it was not.
fn said<'a>(answers: &'a Value, name: &str) -> &'a str {
    answers.get(name).and_then(Value::as_str).unwrap_or_default()
}
