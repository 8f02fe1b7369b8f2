//! What a section asks, in the order of its page. From this come the fields of its form, its answers
//! as kept, and its lines to read; the rules are in `sections`.

use serde_json::{Map, Value, json};

use super::Section;
use super::sections::{
    addresses, bank, categories, company, conflicts, contacts, documents, ownership,
};
use crate::values::{is_id, new_id};

/// How a field is written and read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Text,
    Email,
    LongText,
    Country,
    Province,
    /// One of a few, whose texts are `registration-<set>-<value>`.
    Choice(&'static str, &'static [&'static str]),
    /// Shown only by its last digits once it is saved, and kept unless another is typed.
    Sealed,
}

/// One question.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its text is `registration-<section>-<name>`.
    pub name: &'static str,
    pub kind: Kind,
    pub is_required: bool,
    /// In characters.
    pub max: usize,
    /// Whether there is a text `registration-<section>-<name>-hint`.
    pub has_hint: bool,
}

/// Something of which there are several: its rows have these fields.
#[derive(Debug)]
pub struct Group {
    pub name: &'static str,
    pub fields: &'static [Field],
    /// Whether there should be at least one.
    pub is_expected: bool,
}

/// A part of a section's page.
#[derive(Debug)]
pub enum Part {
    One(Field),
    Several(Group),
    /// Boxes to tick, kept as rows.
    Tree(Group),
}

/// Rows of one group, at most.
pub const ROWS: usize = 60;
/// Tells a row from the others. Of what the register has it is the id there.
pub const ROW: &str = "row";

pub const YES_NO: Kind = Kind::Choice("answer", &["yes", "no"]);

/// A question that may be left out.
pub const fn ask(name: &'static str, kind: Kind, max: usize) -> Field {
    Field { name, kind, is_required: false, max, has_hint: false }
}

impl Field {
    pub const fn required(self) -> Field {
        Field { is_required: true, ..self }
    }

    pub const fn hinted(self) -> Field {
        Field { has_hint: true, ..self }
    }
}

/// The questions of a section.
pub fn parts(section: Section) -> &'static [Part] {
    match section {
        Section::Company => company::PARTS,
        Section::Addresses => addresses::PARTS,
        Section::Contacts => contacts::PARTS,
        Section::Ownership => ownership::PARTS,
        Section::Bank => bank::PARTS,
        Section::Categories => categories::PARTS,
        Section::Documents => documents::PARTS,
        Section::Conflicts => conflicts::PARTS,
    }
}

/// The field of a name, wherever it stands in the section.
pub fn field(section: Section, name: &str) -> Option<Field> {
    let all = parts(section).iter().flat_map(|part| match part {
        Part::One(field) => std::slice::from_ref(field),
        Part::Several(group) | Part::Tree(group) => group.fields,
    });
    all.copied().find(|field| field.name == name)
}

/// The answers that a form carries; fields that the section does not ask are left out, and so are
/// rows in which nothing was written.
pub fn read(section: Section, values: &[(String, String)]) -> Value {
    let typed = |name: &str| {
        let found = values.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.replace("\r\n", "\n").trim().to_string()).unwrap_or_default()
    };
    let mut answers = Map::new();
    for part in parts(section) {
        match part {
            Part::One(field) => {
                answers.insert(field.name.into(), typed(field.name).into());
            }
            Part::Several(group) => {
                let rows = (0..ROWS).filter_map(|index| read_row(group, index, &typed)).collect();
                answers.insert(group.name.into(), Value::Array(rows));
            }
            Part::Tree(group) => {
                let chosen = values.iter().filter(|(name, _)| name == group.name).take(ROWS);
                let rows = chosen.map(|(_, id)| json!({ ROW: id, "name": "" })).collect();
                answers.insert(group.name.into(), Value::Array(rows));
            }
        }
    }
    Value::Object(answers)
}

fn read_row(group: &Group, index: usize, typed: &dyn Fn(&str) -> String) -> Option<Value> {
    let at = |name: &str| typed(&format!("{}-{index}-{name}", group.name));
    let id = Some(at(ROW)).filter(|id| is_id(id)).unwrap_or_else(new_id);
    let mut row = Map::from_iter([(ROW.to_string(), Value::from(id))]);
    for field in group.fields {
        row.insert(field.name.into(), at(field.name).into());
    }
    let is_blank = group.fields.iter().all(|field| text(&row, field.name).is_empty());
    (!is_blank).then_some(Value::Object(row))
}

/// Answers in which a sealed number that was left empty is the one kept before in the same row.
pub fn with_kept(section: Section, mut answers: Value, kept: &Value) -> Value {
    for part in parts(section) {
        let Part::Several(group) = part else { continue };
        for row in rows_mut(&mut answers, group.name) {
            let Some(before) = row_of(kept, group.name, text(row, ROW)) else { continue };
            for field in group.fields.iter().filter(|field| field.kind == Kind::Sealed) {
                if text(row, field.name).is_empty() {
                    row.insert(field.name.into(), text(before, field.name).into());
                }
            }
        }
    }
    answers
}

/// The same without sealed numbers: a page says that they are kept, and does not carry them.
pub fn without_sealed(section: Section, mut answers: Value) -> Value {
    for part in parts(section) {
        let Part::Several(group) = part else { continue };
        for row in rows_mut(&mut answers, group.name) {
            for field in group.fields.iter().filter(|field| field.kind == Kind::Sealed) {
                row.insert(field.name.into(), "".into());
            }
        }
    }
    answers
}

/// The answers as the values of their form.
pub fn values(section: Section, answers: &Value) -> Vec<(String, String)> {
    let mut values = Vec::new();
    for part in parts(section) {
        match part {
            Part::One(field) => {
                let value = answers.get(field.name).and_then(Value::as_str).unwrap_or_default();
                values.push((field.name.to_string(), value.to_string()));
            }
            Part::Tree(group) => {
                let ids = rows(answers, group.name).map(|row| text(row, ROW).to_string());
                values.extend(ids.map(|id| (group.name.to_string(), id)));
            }
            Part::Several(group) => {
                for (index, row) in rows(answers, group.name).enumerate() {
                    let name = |field: &str| format!("{}-{index}-{field}", group.name);
                    values.push((name(ROW), text(row, ROW).to_string()));
                    for field in group.fields {
                        values.push((name(field.name), text(row, field.name).to_string()));
                    }
                }
            }
        }
    }
    values
}

/// The rows of a group.
pub fn rows<'a>(answers: &'a Value, group: &str) -> impl Iterator<Item = &'a Map<String, Value>> {
    answers.get(group).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// The rows of a group, to change.
pub fn rows_mut<'a>(
    answers: &'a mut Value,
    group: &str,
) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let rows = answers.get_mut(group).and_then(Value::as_array_mut);
    rows.into_iter().flatten().filter_map(Value::as_object_mut)
}

/// The row of an id.
pub fn row_of<'a>(answers: &'a Value, group: &str, id: &str) -> Option<&'a Map<String, Value>> {
    rows(answers, group).find(|row| text(row, ROW) == id)
}

/// What a row says under a name, "" when nothing.
pub fn text<'a>(row: &'a Map<String, Value>, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(values: &[(&str, &str)]) -> Vec<(String, String)> {
        values.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect()
    }

    #[test]
    fn a_form_becomes_answers_and_the_answers_the_form_again_but_for_sealed_numbers() {
        let id = new_id();
        let values = typed(&[
            ("contacts-0-name", " "),
            ("contacts-2-row", &id),
            ("contacts-2-name", " Ana "),
            ("contacts-2-phone", "+49 30 1234 4417"),
            ("stage", "active"),
        ]);
        let answers = read(Section::Contacts, &values);
        let row = json!({ "row": id, "name": "Ana", "title": "", "email": "", "phone": "+49 30 1234 4417" });
        assert_eq!(answers, json!({ "contacts": [row] }));
        let shown = without_sealed(Section::Contacts, answers.clone());
        let again = self::values(Section::Contacts, &shown);
        assert!(again.contains(&("contacts-0-name".into(), "Ana".into())));
        assert!(again.iter().all(|(_, value)| !value.contains("4417")));
        let kept = with_kept(Section::Contacts, read(Section::Contacts, &again), &answers);
        assert_eq!(kept, answers, "what is left empty is kept");
    }
}
