//! The people of a company. Phone numbers are sealed at rest and shown masked.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{find, numbers};
use crate::access::MayWrite;
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::contacts;
use crate::values::{new_id, now};
use crate::vault::Vault;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = contacts)]
pub struct Contact {
    pub id: String,
    pub supplier_id: String,
    pub name: String,
    pub title: String,
    pub email: String,
    pub phone_sealed: String,
    /// What may be shown: "•••• 4417".
    pub phone_hint: String,
    pub created_at: NaiveDateTime,
    pub removed_at: Option<NaiveDateTime>,
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ContactInput {
    #[validate(length(max = 100))]
    pub name: String,
    #[validate(length(max = 100))]
    pub title: String,
    #[validate(length(max = 200))]
    pub email: String,
    #[validate(length(max = 40))]
    pub phone: String,
}

impl ContactInput {
    pub(crate) fn problems(&self) -> Problems {
        use validator::ValidateEmail;
        let mut problems = Problems::default();
        if self.name.trim().is_empty() {
            problems.add(Problem::new("name", "missing"));
        }
        let email = self.email.trim();
        if !email.is_empty() && !email.validate_email() {
            problems.add(Problem::new("email", "email"));
        }
        if !self.phone.chars().all(|c| c.is_ascii_digit() || " +-()./#x".contains(c)) {
            problems.add(Problem::new("phone", "phone"));
        }
        problems
    }
}

/// Adds a person to a company.
pub fn add(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    vault: &Vault,
    supplier_id: &str,
    input: &ContactInput,
) -> Result<Contact, Error> {
    find(c, by.scope(), supplier_id)?;
    input.problems().into_result()?;
    let id = new_id();
    let phone = input.phone.trim();
    let contact = Contact {
        phone_sealed: if phone.is_empty() { String::new() } else { vault.seal(phone, &id)? },
        phone_hint: mask(phone),
        id,
        supplier_id: supplier_id.into(),
        name: input.name.trim().into(),
        title: input.title.trim().into(),
        email: input.email.trim().into(),
        created_at: now(),
        removed_at: None,
    };
    diesel::insert_into(contacts::table).values(&contact).execute(c)?;
    let details = json!({ "contact": contact.id, "name": contact.name, "title": contact.title });
    audit::append(c, by.actor(), "contact.added", ("supplier", supplier_id), details)?;
    Ok(contact)
}

/// The last four digits behind dots.
pub(crate) fn mask(phone: &str) -> String {
    numbers::mask(&phone.chars().filter(char::is_ascii_digit).collect::<String>())
}

/// Takes a person off a company; personal data goes, the trail stays.
pub fn remove(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    supplier_id: &str,
    id: &str,
) -> Result<(), Error> {
    find(c, by.scope(), supplier_id)?;
    of_supplier(c, supplier_id, id)?;
    diesel::update(contacts::table.find(id))
        .set((
            contacts::removed_at.eq(now()),
            contacts::phone_sealed.eq(""),
            contacts::phone_hint.eq(""),
            contacts::email.eq(""),
        ))
        .execute(c)?;
    let details = json!({ "contact": id });
    audit::append(c, by.actor(), "contact.removed", ("supplier", supplier_id), details)
}

pub(super) fn of_supplier(
    c: &mut AnyConnection,
    supplier_id: &str,
    id: &str,
) -> Result<Contact, Error> {
    Ok(contacts::table
        .find(id)
        .filter(contacts::supplier_id.eq(supplier_id))
        .filter(contacts::removed_at.is_null())
        .select(Contact::as_select())
        .first(c)?)
}

/// The people of a company, at most 100.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Contact>, Error> {
    Ok(contacts::table
        .filter(contacts::supplier_id.eq(supplier_id))
        .filter(contacts::removed_at.is_null())
        .order(contacts::created_at)
        .limit(100)
        .select(Contact::as_select())
        .load(c)?)
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn a_masked_phone_shows_four_digits_at_most_and_never_the_whole() {
        assert_eq!(mask("+86 138 0000 4417"), "•••• 4417");
        assert_eq!(mask("12345"), "•••• 5");
        assert_eq!(mask(""), "");
    }
}
