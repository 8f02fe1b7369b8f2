//! What a company shares with one that was eliminated: its new registration is held until somebody
//! says why it may go on.

use std::collections::BTreeSet;

use diesel::prelude::*;
use serde_json::Value;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::onboarding::registration::{self, Registration, Section};
use crate::resealing::{ACCOUNT_MARK, PAPER_MARK};
use crate::schema::{bank_accounts, contacts, identifiers, people, suppliers};
use crate::suppliers::{Stage, names, numbers};
use crate::vault::Vault;

text_enum! {
    /// What two companies have in common.
    Shared {
        Identifier = "identifier",
        BankAccount = "bank_account",
        Person = "person",
        Phone = "phone",
        Domain = "domain",
    }
}

/// What a company shares with an eliminated one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alarm {
    pub shared: Shared,
    /// Id of the eliminated company.
    pub supplier_id: String,
    pub number: i64,
    pub legal_name: String,
}

/// What can be shared of a company, comparable.
#[derive(Default)]
struct Traces(BTreeSet<(Shared, String)>);

impl Traces {
    fn add(&mut self, shared: Shared, text: impl Into<String>) {
        let text = text.into();
        if !text.is_empty() {
            self.0.insert((shared, text));
        }
    }
}

/// What speaks against introducing a company: of what it says, and of what the register has.
pub fn of(
    c: &mut AnyConnection,
    vault: &Vault,
    registration: &Registration,
) -> Result<Vec<Alarm>, Error> {
    type Gone = (String, i64, String, String);
    let eliminated: Vec<Gone> = suppliers::table
        .filter(suppliers::stage.eq(Stage::Eliminated))
        .filter(suppliers::id.ne(&registration.supplier_id))
        .order(suppliers::number)
        .select((suppliers::id, suppliers::number, suppliers::legal_name, suppliers::website))
        .load(c)?;
    if eliminated.is_empty() {
        return Ok(Vec::new());
    }
    let website: String =
        suppliers::table.find(&registration.supplier_id).select(suppliers::website).first(c)?;
    let mut own = in_register(c, vault, &registration.supplier_id, &website)?;
    for row in registration::sections(c, &registration.id)? {
        in_answers(vault, row.section, &row.answers(vault)?, &mut own)?;
    }
    let mut alarms = BTreeSet::new();
    for (supplier_id, number, legal_name, website) in eliminated {
        let theirs = in_register(c, vault, &supplier_id, &website)?;
        for (shared, _) in own.0.intersection(&theirs.0) {
            alarms.insert(Alarm {
                shared: *shared,
                supplier_id: supplier_id.clone(),
                number,
                legal_name: legal_name.clone(),
            });
        }
    }
    Ok(alarms.into_iter().collect())
}

/// The traces that the register has of a company.
fn in_register(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier_id: &str,
    website: &str,
) -> Result<Traces, Error> {
    let mut traces = Traces::default();
    traces.add(Shared::Domain, domain(website));
    let values: Vec<String> = identifiers::table
        .filter(identifiers::supplier_id.eq(supplier_id))
        .select(identifiers::value)
        .load(c)?;
    for value in values {
        traces.add(Shared::Identifier, names::fold(&value));
    }
    let marks: Vec<String> = bank_accounts::table
        .filter(bank_accounts::supplier_id.eq(supplier_id))
        .select(bank_accounts::number_mark)
        .load(c)?;
    for mark in marks {
        traces.add(Shared::BankAccount, mark);
    }
    let marks: Vec<String> = people::table
        .filter(people::supplier_id.eq(supplier_id))
        .select(people::number_mark)
        .load(c)?;
    for mark in marks {
        traces.add(Shared::Person, mark);
    }
    let phones: Vec<(String, String)> = contacts::table
        .filter(contacts::supplier_id.eq(supplier_id))
        .filter(contacts::phone_sealed.ne(""))
        .select((contacts::id, contacts::phone_sealed))
        .load(c)?;
    for (id, sealed) in phones {
        traces.add(Shared::Phone, phone(&vault.open(&sealed, &id)?));
    }
    Ok(traces)
}

/// The traces in what a company says.
fn in_answers(
    vault: &Vault,
    section: Section,
    answers: &Value,
    traces: &mut Traces,
) -> Result<(), Error> {
    let mut texts = Vec::new();
    collect("", answers, &mut texts);
    for (name, text) in texts {
        match (section, name) {
            (_, "website") => traces.add(Shared::Domain, domain(text)),
            (Section::Bank, "number") => {
                traces.add(Shared::BankAccount, mark(vault, text, ACCOUNT_MARK)?)
            }
            (Section::Ownership, "number") => {
                traces.add(Shared::Person, mark(vault, text, PAPER_MARK)?)
            }
            (_, "phone") => traces.add(Shared::Phone, phone(text)),
            (Section::Company, _) => traces.add(Shared::Identifier, names::fold(text)),
            _ => {}
        }
    }
    Ok(())
}

/// Every text of an answer with the name it has.
fn collect<'a>(name: &'a str, value: &'a Value, texts: &mut Vec<(&'a str, &'a str)>) {
    match value {
        Value::String(text) => texts.push((name, text)),
        Value::Array(items) => items.iter().for_each(|item| collect(name, item, texts)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| collect(name, value, texts))
        }
        _ => {}
    }
}

/// The mark that a number would have in the register.
fn mark(vault: &Vault, text: &str, label: &str) -> Result<String, Error> {
    let number = numbers::normalise(text);
    if number.is_empty() { Ok(String::new()) } else { Ok(vault.seal_marked(&number, "", label)?.1) }
}

/// The last nine digits: with or without the code of the country.
fn phone(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 7 {
        return String::new();
    }
    digits[digits.len().saturating_sub(9)..].iter().collect()
}

/// "example.com" of "https://www.example.com/shop".
fn domain(website: &str) -> String {
    let text = website.trim().to_lowercase();
    let host = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host).to_string()
}

#[cfg(test)]
mod tests {
    use super::{domain, phone};

    #[test]
    fn a_phone_and_a_domain_are_the_same_however_they_are_written() {
        assert_eq!(phone("+86 138 0013 4417"), phone("138-0013-4417"));
        assert_eq!(phone("12"), "");
        assert_eq!(domain("https://www.Example.com/shop"), domain("http://example.com:8080"));
        assert_eq!(domain(""), "");
    }
}
