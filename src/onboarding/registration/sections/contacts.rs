//! Whom we write to.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Change, inputs, problems_of_rows, replaced};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::onboarding::registration::apply::Accepted;
use crate::onboarding::registration::layout::{Group, Kind, Part, ROW, ask};
use crate::suppliers::contacts::{self, ContactInput};
use crate::vault::Vault;

pub const PARTS: &[Part] = &[Part::Several(Group {
    name: "contacts",
    is_expected: true,
    fields: &[
        ask("name", Kind::Text, 100).required(),
        ask("title", Kind::Text, 100),
        ask("email", Kind::Email, 200),
        ask("phone", Kind::Sealed, 40).hinted(),
    ],
})];

pub(super) fn problems(answers: &Value) -> Problems {
    let mut problems = problems_of_rows(answers, "contacts", ContactInput::problems);
    let people: Vec<ContactInput> = inputs(answers, "contacts");
    if people.is_empty() {
        problems.add(Problem::new("contacts-0-name", "contact_needed"));
    } else if people.iter().all(|person| person.email.trim().is_empty()) {
        problems.add(Problem::new("contacts-0-email", "contact_needed"));
    }
    problems
}

pub(super) fn known(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier_id: &str,
) -> Result<Value, Error> {
    let mut rows = Vec::new();
    for contact in contacts::of(c, supplier_id)? {
        let phone = match contact.phone_sealed.as_str() {
            "" => String::new(),
            sealed => vault.open(sealed, &contact.id)?,
        };
        rows.push(json!({
            ROW: contact.id,
            "name": contact.name,
            "title": contact.title,
            "email": contact.email,
            "phone": phone,
        }));
    }
    Ok(json!({ "contacts": rows }))
}

pub(super) fn apply(
    c: &mut AnyConnection,
    by: &Accepted,
    vault: &Vault,
    supplier_id: &str,
    change: &Change,
) -> Result<(), Error> {
    let present = known(c, vault, supplier_id)?;
    let (gone, written) = replaced(change, "contacts", &present);
    for id in gone {
        contacts::remove(c, by, supplier_id, id)?;
    }
    for row in written {
        let contact = ContactInput::deserialize(Value::Object(row.clone()))?;
        contacts::add(c, by, vault, supplier_id, &contact)?;
    }
    Ok(())
}
