//! Five clauses to begin with, in words of our own. They are drafts: a lawyer in each country has to
//! settle them, and each says so in its first line.

use super::draft::{add, insert};
use super::duties::DutyKind;
use super::input::Written;
use super::texts::canonical;
use super::{Version, Whom, all};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::Error;

/// A clause to begin with.
#[derive(Clone, Copy, Debug)]
pub struct Starting {
    pub code: &'static str,
    pub name_en: &'static str,
    pub name_zh: &'static str,
    /// Markdown.
    pub text_en: &'static str,
    pub text_zh: &'static str,
    pub whom: Whom,
    /// Kind and subject of each, when only some must sign.
    pub duties: &'static [(DutyKind, &'static str)],
}

macro_rules! starting {
    ($code:literal, $en:literal, $zh:literal, $whom:expr, $duties:expr) => {
        Starting {
            code: $code,
            name_en: $en,
            name_zh: $zh,
            text_en: include_str!(concat!($code, ".en.md")),
            text_zh: include_str!(concat!($code, ".zh.md")),
            whom: $whom,
            duties: $duties,
        }
    };
}

static STARTING: [Starting; 5] = [
    starting!("anti_bribery", "Anti-commercial bribery", "反商业贿赂", Whom::All, &[]),
    starting!(
        "anti_money_laundering",
        "Anti-money laundering and sanctions",
        "反洗钱与制裁合规",
        Whom::All,
        &[]
    ),
    starting!("sustainable_development", "Sustainable development", "可持续发展", Whom::All, &[]),
    starting!(
        "information_security",
        "Information security and confidentiality",
        "信息安全与保密",
        Whom::Some,
        &[(DutyKind::DataAccess, "")]
    ),
    starting!("labour_rights", "Labour rights", "劳动者权益保护", Whom::Nobody, &[]),
];

/// The five clauses, in the order in which they are listed.
pub fn starting() -> &'static [Starting] {
    &STARTING
}

/// Makes those of the five that are not there yet, each with a draft of both texts. Nothing is changed
/// of those that are.
pub fn take_over(
    c: &mut AnyConnection,
    by: &May<right::EditClauses>,
) -> Result<Vec<Version>, Error> {
    let known = all(c)?;
    let mut drafts = Vec::new();
    for one in starting().iter().filter(|one| known.iter().all(|clause| clause.code != one.code)) {
        let clause = add(c, by, one.code, one.name_en, one.name_zh)?;
        let duties = one.duties.iter().map(|(kind, subject)| (*kind, subject.to_string()));
        let written = Written {
            text_en: canonical(one.text_en),
            text_zh: canonical(one.text_zh),
            note: String::new(),
            whom: one.whom,
            duties: duties.collect(),
            effective_from: None,
        };
        drafts.push(insert(c, by, &clause, &written)?);
    }
    Ok(drafts)
}
