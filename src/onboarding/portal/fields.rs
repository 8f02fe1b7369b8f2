//! The fields of a section's page: what is asked, what was typed, what is wrong with it, what a
//! reviewer says of it.

use serde_json::Value;

use crate::categories::Category;
use crate::onboarding::registration::Section;
use crate::onboarding::registration::layout::{self, Field, Group, Kind, Part, ROW};
use crate::onboarding::registration::state::Asked;
use crate::page::{Form, Page};
use crate::regions;
use crate::suppliers::contacts;
use crate::values::new_id;

/// A choice: value, label, whether it is the chosen one.
type Choice = (String, String, bool);

pub struct FieldView {
    pub name: String,
    pub label: String,
    /// "" without one.
    pub hint: String,
    /// text, email, tel, area, select or radios.
    pub control: &'static str,
    pub value: String,
    pub choices: Vec<Choice>,
    pub error: Option<String>,
    pub asked: Vec<String>,
    pub is_required: bool,
    /// The end of a number that is kept unless another is typed; "" when there is none.
    pub kept: String,
}

pub struct RowView {
    pub index: usize,
    pub id: String,
    pub title: String,
    pub fields: Vec<FieldView>,
}

/// A box of the tree: id, label, depth, whether it is ticked.
type Box = (String, String, usize, bool);

pub enum PartView {
    One(FieldView),
    Several {
        name: &'static str,
        title: String,
        add: String,
        rows: Vec<RowView>,
    },
    Tree {
        name: &'static str,
        title: String,
        error: Option<String>,
        asked: Vec<String>,
        boxes: Vec<Box>,
    },
}

/// What the fields are made from.
pub struct Source<'a> {
    pub page: &'a Page,
    pub section: Section,
    pub form: &'a Form,
    /// The answers as they are saved.
    pub saved: &'a Value,
    pub asked: &'a [Asked],
    /// The group that one more row is wanted of.
    pub more: &'a str,
    pub categories: &'a [Category],
}

impl Source<'_> {
    pub fn parts(&self) -> Vec<PartView> {
        layout::parts(self.section).iter().map(|part| self.part(part)).collect()
    }

    fn part(&self, part: &Part) -> PartView {
        match part {
            Part::One(field) => PartView::One(self.field(field, field.name.into(), "")),
            Part::Several(group) => PartView::Several {
                name: group.name,
                title: self.text(group.name),
                add: self.text(&format!("{}-add", group.name)),
                rows: self.rows(group),
            },
            Part::Tree(group) => PartView::Tree {
                name: group.name,
                title: self.text(group.name),
                error: self.form.problem(self.page, group.name),
                asked: self.asked_at(|field| field.starts_with(group.name)),
                boxes: self.boxes(group.name),
            },
        }
    }

    fn text(&self, name: &str) -> String {
        self.page.tk(&format!("registration-{}", self.section.as_str()), name)
    }

    fn asked_at(&self, is_here: impl Fn(&str) -> bool) -> Vec<String> {
        let here = self.asked.iter().filter(|asked| is_here(&asked.field));
        here.map(|asked| asked.comment.clone()).collect()
    }

    fn rows(&self, group: &Group) -> Vec<RowView> {
        let id_of = |index: usize| self.form.value(&format!("{}-{index}-{ROW}", group.name));
        let count = (0..layout::ROWS).take_while(|index| !id_of(*index).is_empty()).count();
        let wants_more = self.more == group.name || count == 0 && group.is_expected;
        let shown = (count + usize::from(wants_more)).min(layout::ROWS);
        (0..shown)
            .map(|index| {
                let id = Some(id_of(index)).filter(|id| !id.is_empty());
                let id = id.map_or_else(new_id, str::to_string);
                let name = |field: &Field| format!("{}-{index}-{}", group.name, field.name);
                RowView {
                    index,
                    title: nth(self.page, self.section, group.name, index),
                    fields: group
                        .fields
                        .iter()
                        .map(|field| self.field(field, name(field), &self.kept(group, field, &id)))
                        .collect(),
                    id,
                }
            })
            .collect()
    }

    fn kept(&self, group: &Group, field: &Field, id: &str) -> String {
        if field.kind != Kind::Sealed {
            return String::new();
        }
        let row = layout::row_of(self.saved, group.name, id);
        row.map(|row| contacts::mask(layout::text(row, field.name))).unwrap_or_default()
    }

    fn field(&self, field: &Field, name: String, kept: &str) -> FieldView {
        let value = self.form.value(&name).to_string();
        let control = match field.kind {
            Kind::Email => "email",
            Kind::Sealed if field.name == "phone" => "tel",
            Kind::Text | Kind::Sealed => "text",
            Kind::LongText => "area",
            Kind::Country | Kind::Province => "select",
            Kind::Choice(_, values) if values.len() > 3 => "select",
            Kind::Choice(..) => "radios",
        };
        FieldView {
            label: self.text(field.name),
            hint: match field.has_hint {
                true => self.text(&format!("{}-hint", field.name)),
                false => String::new(),
            },
            control,
            choices: self.choices(field.kind, &value),
            error: self.form.problem(self.page, &name),
            asked: self.asked_at(|asked| asked == name),
            is_required: field.is_required,
            kept: kept.into(),
            value,
            name,
        }
    }

    fn choices(&self, kind: Kind, chosen: &str) -> Vec<Choice> {
        let owned = |(value, label, on): regions::Choice| (value.to_string(), label, on);
        let chinese = self.page.is_chinese();
        match kind {
            Kind::Country => {
                regions::country_options(chinese, chosen).into_iter().map(owned).collect()
            }
            Kind::Province => {
                regions::province_options(chinese, chosen).into_iter().map(owned).collect()
            }
            Kind::Choice(set, values) => values
                .iter()
                .map(|value| {
                    let label = self.page.tk(&format!("registration-{set}"), value);
                    (value.to_string(), label, *value == chosen)
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    fn boxes(&self, name: &str) -> Vec<Box> {
        let mut boxes = Vec::new();
        self.branch(name, None, 0, &mut boxes);
        boxes
    }

    fn branch(&self, name: &str, parent: Option<&str>, depth: usize, boxes: &mut Vec<Box>) {
        let here = self.categories.iter().filter(|c| c.parent_id.as_deref() == parent);
        for category in here {
            let label = self.page.pick(&category.name_en, &category.name_zh).to_string();
            let is_on = self.form.has(name, &category.id);
            boxes.push((category.id.clone(), label, depth.min(4), is_on));
            self.branch(name, Some(&category.id), depth + 1, boxes);
        }
    }
}

/// "Contact 2".
pub fn nth(page: &Page, section: Section, group: &str, index: usize) -> String {
    let one = page.tk(&format!("registration-{}-{group}", section.as_str()), "one");
    page.ta("registration-nth", &[("what", &one), ("n", &(index + 1).to_string())])
}

/// What a field is called in a sentence of its own: "Contact 2: Telephone"; "" for the section as a
/// whole.
pub fn name_of(page: &Page, section: Section, field: &str) -> String {
    let prefix = format!("registration-{}", section.as_str());
    let mut pieces = field.splitn(3, '-');
    match (pieces.next(), pieces.next().and_then(|n| n.parse().ok()), pieces.next()) {
        (Some(group), Some(index), Some(name)) => {
            let row = nth(page, section, group, index);
            page.ta("registration-of-row", &[("row", &row), ("field", &page.tk(&prefix, name))])
        }
        _ if field.is_empty() => String::new(),
        _ => page.tk(&prefix, field),
    }
}

/// The names of the fields on a page: what a link can lead to.
pub fn names(parts: &[PartView]) -> Vec<String> {
    let mut names = Vec::new();
    for part in parts {
        match part {
            PartView::One(field) => names.push(field.name.clone()),
            PartView::Tree { name, .. } => names.push(name.to_string()),
            PartView::Several { rows, .. } => {
                let fields = rows.iter().flat_map(|row| &row.fields);
                names.extend(fields.map(|field| field.name.clone()));
            }
        }
    }
    names
}
