//! Audit records in words: who did what, before → after, why.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;

use super::AuditRecord;
use crate::access::Scope;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::page::Page;
use crate::regions;
use crate::schema::suppliers;
use crate::values::is_id;

/// One record of the trail, ready to show.
#[derive(Clone, Debug)]
pub struct Line {
    pub sequence: i64,
    /// "2026-11-23 01:37:05 UTC".
    pub at: String,
    /// The same for machines, RFC 3339.
    pub at_machine: String,
    pub actor: String,
    /// What was done, in words.
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    pub changes: Vec<Change>,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
}

/// One field of a record. Of a plain fact only `after` is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub label: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The companies that records name by their ids, as far as the reader may see them: number, legal
/// and English name by id.
#[derive(Default)]
pub struct Names(HashMap<String, (i64, String, String)>);

/// The fields of a company's record that hold the id of another one.
const COMPANIES: &[&str] = &["parent", "child"];

/// The field and the id of the other company in a company's record.
fn other_company<'a>(record: &AuditRecord, details: &'a Value) -> Option<(&'static str, &'a str)> {
    let id_in = |field: &str| details[field].as_str().filter(|id| is_id(id));
    let other = COMPANIES.iter().find_map(|field| Some((*field, id_in(field)?)));
    other.filter(|_| record.subject_kind == "supplier")
}

impl Names {
    pub fn of(
        c: &mut AnyConnection,
        scope: &Scope,
        records: &[AuditRecord],
    ) -> Result<Names, Error> {
        let named = |record: &AuditRecord| {
            other_company(record, &details_of(record)).map(|(_, id)| id.to_string())
        };
        let ids: Vec<String> = records.iter().filter_map(named).collect();
        if ids.is_empty() {
            return Ok(Names::default());
        }
        let found: Vec<(String, String, i64, String, String)> = suppliers::table
            .filter(among(suppliers::id, ids.iter().map(String::as_str)))
            .select((
                suppliers::id,
                suppliers::area,
                suppliers::number,
                suppliers::legal_name,
                suppliers::english_name,
            ))
            .load(c)?;
        let seen = found.into_iter().filter(|(_, area, ..)| scope.allows(area));
        Ok(Names(seen.map(|(id, _, number, legal, en)| (id, (number, legal, en))).collect()))
    }

    fn name(&self, page: &Page, id: &str) -> Option<String> {
        let (number, legal, english) = self.0.get(id)?;
        Some(format!("{} (S-{number:06})", page.pick(english, legal)))
    }
}

fn details_of(record: &AuditRecord) -> Value {
    serde_json::from_str(&record.details).unwrap_or(Value::Null)
}

/// Records in the page's language.
pub fn lines(page: &Page, records: &[AuditRecord]) -> Vec<Line> {
    lines_naming(page, records, &Names::default())
}

/// [`lines`], with the names of other companies that the reader may see.
pub fn lines_naming(page: &Page, records: &[AuditRecord], names: &Names) -> Vec<Line> {
    records.iter().map(|record| line_of(page, record, names)).collect()
}

/// One record in the page's language.
pub fn line_of(page: &Page, record: &AuditRecord, names: &Names) -> Line {
    let details = details_of(record);
    let other = other_company(record, &details);
    let (changes, reason) = match other.map(|(field, id)| (field, names.name(page, id))) {
        // What is known of a company that the reader may not see stays with that company.
        Some((field, None)) => (vec![fact(page, field, page.t("audit-outside").into())], None),
        Some((field, Some(name))) => {
            (with(fact(page, field, name), changes(page, &details)), reason_of(page, &details))
        }
        None => (changes(page, &details), reason_of(page, &details)),
    };
    Line {
        sequence: record.sequence,
        at: record.at.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
        at_machine: record.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        actor: if record.actor_id == "command-line" {
            page.t("audit-command-line").to_string()
        } else {
            record.actor_name.clone()
        },
        action: action_text(page, &record.action),
        subject_kind: record.subject_kind.clone(),
        subject_id: record.subject_id.clone(),
        changes,
        reason,
    }
}

/// An action in words; one without a text shows its own name.
pub fn action_text(page: &Page, action: &str) -> String {
    let key = format!("action-{}", action.replace('.', "-"));
    if page.texts().has(&key) { page.t(&key).to_string() } else { action.to_string() }
}

fn changes(page: &Page, details: &Value) -> Vec<Change> {
    let Value::Object(fields) = details else {
        return Vec::new();
    };
    let others = fields.iter().filter(|(field, _)| *field != "reason");
    others.filter_map(|(field, value)| change(page, field, value)).collect()
}

/// `None` for what says nothing to a person: ids and empty values.
fn change(page: &Page, field: &str, value: &Value) -> Option<Change> {
    let label = label_of(page, field);
    let (before, after) = match value {
        // Lists of facts may have two entries as well: only these fields hold lists.
        Value::Array(pair) if pair.len() == 2 && !is_list(field) => {
            (text_of(page, field, &pair[0]), text_of(page, field, &pair[1]))
        }
        other => (None, text_of(page, field, other)),
    };
    (before.is_some() || after.is_some()).then_some(Change { label, before, after })
}

/// Fields whose value is a list of facts, not `[before, after]`.
fn is_list(field: &str) -> bool {
    matches!(field, "identifiers" | "columns" | "rows")
}

fn fact(page: &Page, field: &str, text: String) -> Change {
    Change { label: label_of(page, field), before: None, after: Some(text) }
}

fn with(first: Change, mut others: Vec<Change>) -> Vec<Change> {
    others.insert(0, first);
    others
}

fn reason_of(page: &Page, details: &Value) -> Option<String> {
    text_of(page, "reason", &details["reason"])
}

fn label_of(page: &Page, field: &str) -> String {
    let key = format!("field-{field}");
    if page.texts().has(&key) { page.t(&key).to_string() } else { field.replace('_', " ") }
}

fn text_of(page: &Page, field: &str, value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if text.is_empty() || is_id(text) => None,
        Value::String(text) => Some(word_of(page, field, text)),
        Value::Array(list) => {
            let texts: Vec<String> = list.iter().filter_map(|v| text_of(page, field, v)).collect();
            (!texts.is_empty()).then(|| texts.join(page.t("audit-list-comma")))
        }
        Value::Object(counts) => {
            let named = |(name, count): (&String, &Value)| {
                let key = format!("import-count-{name}");
                let label = if page.texts().has(&key) { page.t(&key) } else { name };
                format!("{label} {count}")
            };
            let texts: Vec<String> = counts.iter().map(named).collect();
            (!texts.is_empty()).then(|| texts.join(page.t("audit-list-comma")))
        }
        Value::Bool(true) => Some(page.t("audit-yes").to_string()),
        Value::Bool(false) => Some(page.t("audit-no").to_string()),
        other => Some(other.to_string()),
    }
}

/// A code in the words of the product where it has any.
fn word_of(page: &Page, field: &str, value: &str) -> String {
    let key = match field {
        "stage" => format!("stage-{value}"),
        "risk_tier" => format!("risk-tier-{value}"),
        "control" => format!("control-{value}"),
        "role" => format!("role-{value}"),
        "document_kind" => format!("document-kind-{value}"),
        "severity" => format!("finding-severity-{value}"),
        "effect" => format!("result-effect-{value}"),
        "occasion" => format!("result-occasion-{value}"),
        "evasion_kind" => format!("evasion-kind-{value}"),
        "evasion_outcome" => format!("evasion-status-{value}"),
        "check_method" => format!("certificate-method-{value}"),
        "area" | "city" => return place_name(page, value),
        "kind" if page.texts().has(&format!("site-{value}")) && value != "other" => {
            format!("site-{value}")
        }
        "kind" if page.texts().has(&format!("inspection-kind-{value}")) => {
            format!("inspection-kind-{value}")
        }
        "outcome" if page.texts().has(&format!("inspection-outcome-{value}")) => {
            format!("inspection-outcome-{value}")
        }
        "kind" => format!("identifier-{}", value.replace('_', "-")),
        "identifiers" => return identifier_text(page, value),
        _ => return value.to_string(),
    };
    if page.texts().has(&key) { page.t(&key).to_string() } else { value.replace('_', " ") }
}

/// "uscc 9133…" with the kind in words.
fn identifier_text(page: &Page, text: &str) -> String {
    match text.split_once(' ') {
        Some((kind, value)) => format!("{} {value}", word_of(page, "kind", kind)),
        None => text.to_string(),
    }
}

/// The name of a province, prefecture or country; another code stands as it is.
pub fn place_name(page: &Page, code: &str) -> String {
    if let Some(province) = regions::province(code) {
        return page.pick(province.name_en, province.name_zh).to_string();
    }
    if let Some(city) = regions::city(code) {
        return page.pick(city.name_en, city.name_zh).to_string();
    }
    if let Some(country) = regions::country(code) {
        return page.pick(country.name_en, country.name_zh).to_string();
    }
    code.to_string()
}
