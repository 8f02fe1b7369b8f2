//! Audit records in words: who did what, before → after.

use serde_json::Value;

use super::AuditRecord;
use crate::page::Page;
use crate::regions;
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
}

/// One field of a record. Of a plain fact only `after` is there.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub label: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Records in the page's language.
pub fn lines(page: &Page, records: &[AuditRecord]) -> Vec<Line> {
    records.iter().map(|record| line_of(page, record)).collect()
}

/// One record in the page's language.
pub fn line_of(page: &Page, record: &AuditRecord) -> Line {
    let details: Value = serde_json::from_str(&record.details).unwrap_or(Value::Null);
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
        changes: changes(page, &details),
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
    fields.iter().filter_map(|(field, value)| change(page, field, value)).collect()
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
        "role" => format!("role-{value}"),
        "area" | "city" => return place_name(page, value),
        "kind" if page.texts().has(&format!("site-{value}")) && value != "other" => {
            format!("site-{value}")
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
