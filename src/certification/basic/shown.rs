//! What the register holds of a company today, section by section, in words. Personal numbers are
//! masked.

use std::collections::HashSet;

use super::Section;
use crate::db::AnyConnection;
use crate::documents;
use crate::error::Error;
use crate::onboarding::registration::{known, lines};
use crate::onboarding::review::outcome::label;
use crate::suppliers::{Supplier, bank_accounts, held, history, identifiers};
use crate::texts::{Language, Texts};
use crate::vault::Vault;

/// Something that the register holds.
#[derive(Clone, Debug)]
pub struct Held {
    pub label: String,
    pub value: String,
    /// Where more of it is, "" when this is all.
    pub path: String,
}

/// What the register holds under a section.
pub fn of(
    c: &mut AnyConnection,
    vault: &Vault,
    language: Language,
    supplier: &Supplier,
    section: Section,
) -> Result<Vec<Held>, Error> {
    let texts = language.texts();
    let answers = known(c, vault, &supplier.id, section)?;
    let line = |line: lines::Line| Held {
        label: label(texts, section, &line.name, line.item),
        value: line.reading(section, language),
        path: String::new(),
    };
    let mut found = lines::lines(section, &answers);
    // Identifiers follow, each with whether it was confirmed.
    found.retain(|line| held_kind(&line.name).is_none() || section != Section::Company);
    let mut all: Vec<Held> = found.into_iter().map(line).collect();
    match section {
        Section::Company => all.extend(more_of_company(c, texts, supplier)?),
        Section::Bank => all.extend(confirmed_accounts(c, texts, supplier)?),
        Section::Documents => all.extend(files(c, texts, supplier)?),
        _ => {}
    }
    Ok(all)
}

fn held_kind(name: &str) -> Option<identifiers::Kind> {
    identifiers::Kind::parse(name)
}

/// Former names, and identifiers.
fn more_of_company(
    c: &mut AnyConnection,
    texts: &Texts,
    supplier: &Supplier,
) -> Result<Vec<Held>, Error> {
    let mut all = Vec::new();
    let mut seen: HashSet<String> = HashSet::from([supplier.legal_name.clone()]);
    for version in history::of(c, &supplier.id)? {
        if seen.insert(version.legal_name.clone()) {
            all.push(held_as(texts.get("basic-former-name"), version.legal_name));
        }
    }
    for one in held::of(c, &supplier.id)? {
        let state =
            if one.confirmed_at.is_some() { "basic-confirmed" } else { "basic-unconfirmed" };
        let value = texts.with(state, &[("value", &one.value)]);
        all.push(held_as(texts.get(held::label_key(&one.kind)), value));
    }
    Ok(all)
}

/// Which accounts a second person has confirmed.
fn confirmed_accounts(
    c: &mut AnyConnection,
    texts: &Texts,
    supplier: &Supplier,
) -> Result<Vec<Held>, Error> {
    let accounts = bank_accounts::of(c, &supplier.id)?;
    let line = |account: bank_accounts::BankAccount| {
        let is_confirmed = account.confirmed_at.is_some();
        let state = if is_confirmed { "basic-confirmed" } else { "basic-unconfirmed" };
        let value = format!("{} {}", account.bank, account.number_hint);
        held_as(texts.get("basic-account"), texts.with(state, &[("value", &value)]))
    };
    Ok(accounts.into_iter().map(line).collect())
}

fn files(c: &mut AnyConnection, texts: &Texts, supplier: &Supplier) -> Result<Vec<Held>, Error> {
    let documents = documents::of(c, &supplier.id)?;
    let line = |document: documents::Document| {
        let value = match document.valid_to {
            Some(until) => {
                let until = until.to_string();
                let args = [("title", document.title.as_str()), ("until", until.as_str())];
                texts.with("basic-document-until", &args)
            }
            None => document.title.clone(),
        };
        let label = texts.get(&format!("document-kind-{}", document.kind.as_str())).to_string();
        Held { label, value, path: format!("/documents/{}", document.id) }
    };
    Ok(documents.into_iter().map(line).collect())
}

fn held_as(label: &str, value: String) -> Held {
    Held { label: label.into(), value, path: String::new() }
}
