//! The answer in words, and for programs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Clearance, Reason};
use crate::suppliers::held::label_key;
use crate::texts::{Language, Texts};

/// A reason in the words of a language; `category` is the name of the category asked for.
pub fn detail(texts: &Texts, reason: &Reason, category: &str) -> String {
    let mut args: Vec<(&str, &str)> = vec![("category", category)];
    for (name, value) in &reason.args {
        match *name {
            "kind" => args.push((name, texts.get(label_key(value)))),
            // What has a name in both languages comes with both.
            "name_en" if texts.language() == Language::English => args.push(("name", value)),
            "name_zh" if texts.language() == Language::Chinese => args.push(("name", value)),
            _ => args.push((name, value)),
        }
    }
    texts.with(&format!("clearance-reason-{}", reason.code), &args)
}

/// The answer for a program.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Clearance)]
pub struct Answer {
    /// Id of the company.
    pub supplier: String,
    /// Code of the category that was asked for.
    pub category: Option<String>,
    /// The day, UTC.
    pub on: NaiveDate,
    pub cleared: bool,
    pub reasons: Vec<Told>,
}

/// A reason for a program: its code, what it is about, its words, and what it names.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ClearanceReason)]
pub struct Told {
    pub code: String,
    pub area: String,
    pub detail: String,
    #[serde(flatten)]
    pub args: BTreeMap<String, String>,
}

impl Answer {
    /// `category` is its code, and its name in the language of `texts`.
    pub fn of(
        texts: &Texts,
        supplier: &str,
        category: Option<(&str, &str)>,
        on: NaiveDate,
        clearance: &Clearance,
    ) -> Answer {
        let name = category.map(|(_, name)| name).unwrap_or_default();
        let told = |reason: &Reason| Told {
            code: reason.code.into(),
            area: reason.area.as_str().into(),
            detail: detail(texts, reason, name),
            args: reason.args.iter().map(|(n, v)| (n.to_string(), v.clone())).collect(),
        };
        Answer {
            supplier: supplier.into(),
            category: category.map(|(code, _)| code.into()),
            on,
            cleared: clearance.is_cleared(),
            reasons: clearance.reasons.iter().map(told).collect(),
        }
    }
}
