//! Answers to read.

use serde_json::Value;

use super::fields::nth;
use crate::error::Error;
use crate::onboarding::registration::layout::{self, Part};
use crate::onboarding::registration::lines::lines;
use crate::onboarding::registration::{Section, SectionRow};
use crate::page::Page;
use crate::vault::Vault;

/// One answer in words.
pub struct Answer {
    /// "Contact 2", before the first line of one of several.
    pub title: Option<String>,
    pub label: String,
    pub value: String,
    /// The field of the form that it was given in.
    pub field: String,
}

/// The answers of a section in the order of its page; numbers masked.
pub fn answers(page: &Page, section: Section, answers: &Value) -> Vec<Answer> {
    let mut last = None;
    lines(section, answers)
        .into_iter()
        .map(|line| {
            let group = line.field.split('-').next().unwrap_or_default().to_string();
            let is_tree = layout::parts(section)
                .iter()
                .any(|part| matches!(part, Part::Tree(tree) if tree.name == group));
            let place = line.item.filter(|_| !is_tree).map(|index| (group.clone(), index));
            let title = place.clone().filter(|_| place != last);
            last = place;
            Answer {
                title: title.map(|(group, index)| nth(page, section, &group, index)),
                label: page.tk(&format!("registration-{}", section.as_str()), &line.name),
                value: line.reading(section, page.language()),
                field: if is_tree { group } else { line.field },
            }
        })
        .collect()
}

/// Every section with its answers.
pub fn all(
    page: &Page,
    vault: &Vault,
    rows: &[SectionRow],
) -> Result<Vec<(Section, Vec<Answer>)>, Error> {
    let one =
        |row: &SectionRow| Ok((row.section, answers(page, row.section, &row.answers(vault)?)));
    rows.iter().map(one).collect()
}
