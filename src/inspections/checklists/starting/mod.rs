//! Two checklists to begin with, in words of our own: for the code of conduct, after the UN Guiding
//! Principles and the fundamental conventions of the ILO, and for information security.

use super::draft::{add, insert};
use super::input::{Named, Written};
use super::{SubjectKind, Version, all};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::{Kind, Severity};

/// A checklist to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Starting {
    pub code: &'static str,
    pub kind: Kind,
    pub name_en: &'static str,
    pub name_zh: &'static str,
    /// Its items as CSV, with the columns of [`COLUMNS`].
    pub items: &'static str,
}

/// The columns of the items.
pub const COLUMNS: [&str; 10] = [
    "code",
    "section_en",
    "section_zh",
    "question_en",
    "question_zh",
    "guidance_en",
    "guidance_zh",
    "severity",
    "subject_kind",
    "subject",
];

static STARTING: [Starting; 2] = [
    Starting {
        code: "code_of_conduct",
        kind: Kind::CodeOfConduct,
        name_en: "Code of conduct",
        name_zh: "行为准则",
        items: include_str!("code_of_conduct.csv"),
    },
    Starting {
        code: "information_security",
        kind: Kind::InformationSecurity,
        name_en: "Information security",
        name_zh: "信息安全",
        items: include_str!("information_security.csv"),
    },
];

/// The two checklists, in the order in which they are listed.
pub fn starting() -> &'static [Starting] {
    &STARTING
}

/// Makes those of the two that are not there yet, each with the draft of a first version. Nothing is
/// changed of those that are.
pub fn take_over(
    c: &mut AnyConnection,
    by: &May<right::EditChecklists>,
) -> Result<Vec<Version>, Error> {
    let known = all(c)?;
    let mut drafts = Vec::new();
    for one in starting().iter().filter(|one| known.iter().all(|list| list.code != one.code)) {
        let named = Named {
            code: one.code.into(),
            kind: one.kind,
            name_en: one.name_en.into(),
            name_zh: one.name_zh.into(),
        };
        let items = read(one)?;
        let checklist = add(c, by, named)?;
        drafts.push(insert(c, by, &checklist, "", &items)?);
    }
    Ok(drafts)
}

fn read(one: &Starting) -> Result<Vec<Written>, Error> {
    let unreadable = |what: String| Error::Internal(format!("the checklist {}: {what}", one.code));
    let mut items = Vec::new();
    for row in csv::Reader::from_reader(one.items.as_bytes()).records() {
        let row = row.map_err(|error| unreadable(error.to_string()))?;
        let text = |at: usize| row.get(at).unwrap_or_default().to_string();
        let severity = Severity::parse(&text(7)).ok_or_else(|| unreadable(text(0)))?;
        let subject_kind = SubjectKind::parse(&text(8)).ok_or_else(|| unreadable(text(0)))?;
        items.push(Written {
            code: text(0),
            section_en: text(1),
            section_zh: text(2),
            question_en: text(3),
            question_zh: text(4),
            guidance_en: text(5),
            guidance_zh: text(6),
            severity,
            subject_kind,
            subject: text(9),
        });
    }
    Ok(items)
}
