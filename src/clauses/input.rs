//! What staff write of a clause and of a version.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::Deserialize;
use validator::Validate;

use super::Whom;
use super::duties::DutyKind;
use super::texts::canonical;
use crate::error::{Problem, Problems};
use crate::regions;
use crate::values::calendar_day;

/// Characters in a text of one language, at most: some forty printed pages.
pub const MOST_CHARACTERS: usize = 60_000;
/// Categories or areas that a version can name, at most.
const MOST: usize = 500;

/// A version as a form sends it; of a new clause with its code and names.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct VersionInput {
    /// Looked at when a clause is made, as are the names.
    pub code: String,
    #[validate(length(max = 100))]
    pub name_en: String,
    #[validate(length(max = 100))]
    pub name_zh: String,
    #[validate(length(max = 60_000))]
    pub text_en: String,
    #[validate(length(max = 60_000))]
    pub text_zh: String,
    /// What is new, for those who sign again.
    #[validate(length(max = 2000))]
    pub note: String,
    /// "all", "some" or "nobody".
    pub whom: String,
    /// Ids of categories, when only some must sign.
    pub category: Vec<String>,
    /// Codes of areas: "CN", a province or a country.
    pub area: Vec<String>,
    /// "on" when those must sign who touch our data.
    pub data_access: String,
    /// The planned first day, "2027-01-31", or "".
    pub effective_from: String,
    /// The revision that the form was made from.
    pub revision: String,
}

/// A version that was read, not yet kept.
pub struct Written {
    /// In their canonical form.
    pub text_en: String,
    pub text_zh: String,
    pub note: String,
    pub whom: Whom,
    pub duties: Vec<(DutyKind, String)>,
    pub effective_from: Option<NaiveDate>,
}

/// The code and the names of a clause.
pub struct Named {
    pub code: String,
    pub name_en: String,
    pub name_zh: String,
}

impl VersionInput {
    /// Reads what a new clause is called.
    pub fn named(&self) -> Result<Named, Problems> {
        let mut problems = Problems::default();
        let code = self.code.trim().to_string();
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let begins = code.starts_with(|c: char| c.is_ascii_lowercase());
        if !begins || !code.chars().all(is_plain) || code.len() > 40 {
            problems.add(Problem::new("code", "clause_code"));
        }
        for (field, value) in [("name_en", &self.name_en), ("name_zh", &self.name_zh)] {
            if value.trim().is_empty() {
                problems.add(Problem::new(field, "missing"));
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let (name_en, name_zh) = (self.name_en.trim().into(), self.name_zh.trim().into());
        Ok(Named { code, name_en, name_zh })
    }

    /// Reads a version. `categories` are the ids of the open ones.
    pub fn read(&self, categories: &HashSet<&str>) -> Result<Written, Problems> {
        let mut problems = Problems::default();
        let (text_en, text_zh) = (canonical(&self.text_en), canonical(&self.text_zh));
        for (field, text) in [("text_en", &text_en), ("text_zh", &text_zh)] {
            if text.is_empty() {
                problems.add(Problem::new(field, "missing"));
            }
            if text.chars().any(is_hidden) {
                problems.add(Problem::new(field, "clause_hidden"));
            }
        }
        let day = self.effective_from.trim();
        let effective_from = calendar_day(day);
        if effective_from.is_none() && !day.is_empty() {
            problems.add(Problem::new("effective_from", "effective_from"));
        }
        let whom = Whom::parse(&self.whom);
        if whom.is_none() {
            problems.add(Problem::new("whom", "clause_whom"));
        }
        let duties = match whom {
            Some(Whom::Some) => self.duties(categories, &mut problems),
            _ => Vec::new(),
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        let note = self.note.trim().to_string();
        // With no problem left there is a choice.
        let whom = whom.unwrap_or(Whom::Nobody);
        Ok(Written { text_en, text_zh, note, whom, duties, effective_from })
    }

    fn duties(
        &self,
        categories: &HashSet<&str>,
        problems: &mut Problems,
    ) -> Vec<(DutyKind, String)> {
        let is_category = |id: &String| categories.contains(id.as_str());
        if self.category.len() > MOST || !self.category.iter().all(is_category) {
            problems.add(Problem::new("category", "unknown_choice"));
        }
        if self.area.len() > MOST || !self.area.iter().all(|area| is_area(area)) {
            problems.add(Problem::new("area", "unknown_choice"));
        }
        let of_categories = self.category.iter().map(|id| (DutyKind::Category, id.clone()));
        let of_areas = self.area.iter().map(|area| (DutyKind::Area, area.clone()));
        let mut duties: Vec<(DutyKind, String)> = of_categories.chain(of_areas).collect();
        if self.data_access == "on" {
            duties.push((DutyKind::DataAccess, String::new()));
        }
        if duties.is_empty() {
            problems.add(Problem::new("whom", "no_duty"));
        }
        // Named twice is named once.
        let mut seen = HashSet::new();
        duties.retain(|duty| seen.insert(duty.clone()));
        duties
    }
}

/// Whether a code is that of a country or of a Chinese province.
fn is_area(code: &str) -> bool {
    regions::province(code).is_some() || regions::country(code).is_some()
}

/// Characters that show nothing or turn the others round: what is signed is what is seen.
fn is_hidden(c: char) -> bool {
    let turns =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shows_nothing = matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
    turns || shows_nothing || (c.is_control() && c != '\n' && c != '\t')
}
