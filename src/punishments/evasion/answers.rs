//! The traces in what companies say in registrations that were handed in and are not in the register yet.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::traces::{Behind, Trace};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::onboarding::registration::layout::{rows, text};
use crate::onboarding::registration::{Section, SectionRow, Status};
use crate::resealing::{ACCOUNT_MARK, PAPER_MARK};
use crate::schema::{registration_sections, registrations};
use crate::suppliers::people::{Paper, Part};
use crate::suppliers::{contacts, numbers};
use crate::vault::Vault;

/// Those that are with us, or were and are being mended.
const HANDED_IN: [Status; 3] = [Status::Submitted, Status::ChangesRequested, Status::Accepted];
/// The questions for identifiers, as the kinds of identifiers are called.
const IDENTIFIERS: [&str; 4] = ["uscc", "lei", "duns", "eu_vat"];

/// The traces in the answers of companies. What does not open is left out.
pub(super) fn traces(
    c: &mut AnyConnection,
    vault: &Vault,
    ids: &[&str],
) -> Result<Vec<Trace>, Error> {
    let running: Vec<(String, String)> = registrations::table
        .filter(among(registrations::supplier_id, ids.iter().copied()))
        .filter(registrations::status.eq_any(HANDED_IN))
        .select((registrations::id, registrations::supplier_id))
        .load(c)?;
    if running.is_empty() {
        return Ok(Vec::new());
    }
    let of: HashMap<&str, &str> =
        running.iter().map(|(id, supplier)| (id.as_str(), supplier.as_str())).collect();
    let sections: Vec<SectionRow> = registration_sections::table
        .filter(among(registration_sections::registration_id, of.keys().copied()))
        .select(SectionRow::as_select())
        .load(c)?;
    let mut made = Vec::new();
    for row in sections {
        let Some(supplier) = of.get(row.registration_id.as_str()) else { continue };
        if let Ok(answers) = row.answers(vault) {
            made.extend(in_section(vault, supplier, row.section, &answers));
        }
    }
    Ok(made)
}

fn in_section(vault: &Vault, of: &str, section: Section, answers: &Value) -> Vec<Trace> {
    let said = |name: &str| answers.get(name).and_then(Value::as_str).unwrap_or_default();
    match section {
        Section::Company => {
            let one = |&kind: &&str| Trace::identifier(of, kind, said(kind), "");
            IDENTIFIERS.iter().filter_map(one).collect()
        }
        Section::Bank => {
            rows(answers, "accounts").filter_map(|row| account(vault, of, row)).collect()
        }
        Section::Ownership => {
            rows(answers, "people").flat_map(|row| person(vault, of, row)).collect()
        }
        Section::Contacts => {
            rows(answers, "contacts").flat_map(|row| contact(vault, of, row)).collect()
        }
        Section::Addresses => {
            let sites =
                rows(answers, "sites").filter_map(|row| Trace::address(of, text(row, "address")));
            Trace::address(of, said("registered_address")).into_iter().chain(sites).collect()
        }
        Section::Categories | Section::Documents | Section::Conflicts => Vec::new(),
    }
}

/// The mark that a number has in the register, "" for none.
fn mark(vault: &Vault, number: &str, label: &str) -> String {
    if number.is_empty() {
        return String::new();
    }
    vault.seal_marked(number, "", label).map(|(_, mark)| mark).unwrap_or_default()
}

fn account(vault: &Vault, of: &str, row: &Map<String, Value>) -> Option<Trace> {
    let number = numbers::normalise(text(row, "number"));
    Trace::account(of, &mark(vault, &number, ACCOUNT_MARK), &numbers::mask(&number), "")
}

fn person(vault: &Vault, of: &str, row: &Map<String, Value>) -> Vec<Trace> {
    let (part, paper) = (Part::parse(text(row, "role")), Paper::parse(text(row, "paper")));
    let (Some(part), Some(paper)) = (part, paper) else { return Vec::new() };
    let number = numbers::normalise(text(row, "number"));
    let behind = Behind {
        supplier_id: of,
        part,
        name: text(row, "name"),
        country: text(row, "country"),
        paper,
        mark: &mark(vault, &number, PAPER_MARK),
        hint: &numbers::mask(&number),
        recorded_by: "",
    };
    behind.traces()
}

fn contact(vault: &Vault, of: &str, row: &Map<String, Value>) -> Vec<Trace> {
    let phone = text(row, "phone").trim();
    let phone = Trace::phone(of, vault, phone, &contacts::mask(phone));
    phone.into_iter().chain(Trace::mail(of, text(row, "email"))).collect()
}
