//! Signatures on paper: staff record them with their scan. They count from their recording, whatever
//! day stands on the paper, and are never shown as electronic.

use chrono::NaiveDate;
use serde::Deserialize;
use validator::Validate;

use super::signatures::{Confirmation, Fact, Reading, Signature, append, standing_of};
use super::standing::{Published, published};
use super::{Clause, Version};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::documents::{Document, DocumentInput, Kind};
use crate::error::{Error, Problem, Problems};
use crate::suppliers::{self, Supplier};
use crate::texts::Language;
use crate::values::{calendar_day, now};
use crate::vault::Vault;

/// A signature on paper as a form sends it, beside the file of its scan.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PaperInput {
    /// Id of the version that stands on the paper.
    pub clause: String,
    /// "en" or "zh-CN": the language of the text on the paper.
    pub paper_language: String,
    /// "2026-03-31": the day on the paper.
    pub paper_date: String,
    /// As written on the paper.
    #[validate(length(max = 100))]
    pub signer_name: String,
    #[validate(length(max = 100))]
    pub signer_title: String,
    /// What the right to sign rests on.
    #[validate(length(max = 200))]
    pub authority: String,
}

/// What a form says, once it can be recorded.
struct Said {
    version: Version,
    clause: Clause,
    language: Language,
    day: NaiveDate,
}

impl PaperInput {
    /// Reads the fields of a form by their names.
    pub fn of_form(field: impl Fn(&str) -> String) -> PaperInput {
        PaperInput {
            clause: field("clause"),
            paper_language: field("paper_language"),
            paper_date: field("paper_date"),
            signer_name: field("signer_name"),
            signer_title: field("signer_title"),
            authority: field("authority"),
        }
    }

    /// The scan as a document of the company.
    pub fn document(&self, title: &str) -> DocumentInput {
        DocumentInput {
            kind: Kind::Other.as_str().into(),
            document_title: title.chars().take(120).collect(),
            valid_until: String::new(),
        }
    }
}

/// The newest published version of each clause that a company has not signed yet.
pub fn unsigned(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<(Clause, Version)>, Error> {
    let published: Published = published(c)?;
    let mut open = Vec::new();
    for clause in &published.clauses {
        if let Some(newest) = published.newest(&clause.id)
            && standing_of(c, supplier_id, &newest.version.id)?.is_none()
        {
            open.push((clause.clone(), newest.version.clone()));
        }
    }
    Ok(open)
}

/// Whether a signature could be recorded: asked before its scan is stored.
pub fn may_record(
    c: &mut AnyConnection,
    by: &May<right::RecordSignatures>,
    supplier_id: &str,
    input: &PaperInput,
    has_file: bool,
) -> Result<(), Error> {
    suppliers::find(c, by.scope(), supplier_id)?;
    said(c, supplier_id, input, has_file).map(|_| ())
}

/// Records a signature on paper. Its scan is one of the company's documents.
pub fn record(
    c: &mut AnyConnection,
    by: &May<right::RecordSignatures>,
    vault: &Vault,
    supplier_id: &str,
    input: &PaperInput,
    scan: &Document,
) -> Result<Signature, Error> {
    let supplier: Supplier = suppliers::find(c, by.scope(), supplier_id)?;
    let said = said(c, supplier_id, input, true)?;
    let fact = Fact {
        supplier: &supplier,
        version: &said.version,
        clause: &said.clause,
        language: said.language,
        signatory: None,
        typed_name: input.signer_name.trim(),
        typed_title: input.signer_title.trim(),
        authority: input.authority.trim(),
        confirmation: Confirmation::None,
        reading: Reading::None,
        time_zone: "UTC",
        address: "",
        agent: "",
        paper: Some((&scan.id, &scan.sha256, said.day)),
    };
    append(c, by.actor(), vault, &fact)
}

fn said(
    c: &mut AnyConnection,
    supplier_id: &str,
    input: &PaperInput,
    has_file: bool,
) -> Result<Said, Error> {
    let mut problems = match input.validate() {
        Err(broken) => Problems::from(broken),
        Ok(()) => Problems::default(),
    };
    let open = unsigned(c, supplier_id)?;
    let chosen = open.into_iter().find(|(_, version)| version.id == input.clause);
    if chosen.is_none() {
        problems.add(Problem::new("clause", "paper_clause"));
    }
    let language = Language::parse(&input.paper_language);
    if language.is_none() {
        problems.add(Problem::new("paper_language", "unknown_choice"));
    }
    let day = calendar_day(input.paper_date.trim());
    let published = chosen.as_ref().and_then(|(_, version)| version.published_at);
    match day {
        None => problems.add(Problem::new("paper_date", "paper_day")),
        Some(day) if day > now().date() => problems.add(Problem::new("paper_date", "paper_future")),
        Some(day) if published.is_some_and(|at| day < at.date()) => {
            problems.add(Problem::new("paper_date", "paper_before"));
        }
        Some(_) => {}
    }
    let required = [
        ("signer_name", &input.signer_name),
        ("signer_title", &input.signer_title),
        ("authority", &input.authority),
    ];
    for (field, value) in required {
        if value.trim().is_empty() {
            problems.add(Problem::new(field, "missing"));
        } else if value.chars().any(char::is_control) {
            problems.add(Problem::new(field, "control_characters"));
        }
    }
    if !has_file {
        problems.add(Problem::new("file", "paper_scan"));
    }
    match (chosen, language, day) {
        (Some((clause, version)), Some(language), Some(day)) if problems.is_empty() => {
            Ok(Said { version, clause, language, day })
        }
        _ => Err(problems.into()),
    }
}
