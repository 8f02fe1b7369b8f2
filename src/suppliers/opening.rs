//! Masked numbers are opened in one way: by right, one at a time, on record.

use serde_json::json;

use super::{bank_accounts, contacts, find, people};
use crate::access::{May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::vault::Vault;

/// What can be opened; each on its own record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Masked {
    Phone,
    AccountNumber,
    PaperNumber,
}

/// A number that was opened.
pub struct Opened {
    /// Whose it is.
    pub name: String,
    /// A position, a bank.
    pub about: String,
    pub number: String,
}

/// Opens the number of a record of a company. The opening goes into the trail, the number does not.
pub fn open(
    c: &mut AnyConnection,
    by: &May<right::OpenPersonalData>,
    vault: &Vault,
    what: Masked,
    supplier_id: &str,
    id: &str,
) -> Result<Opened, Error> {
    find(c, by.scope(), supplier_id)?;
    let (sealed, name, about) = match what {
        Masked::Phone => {
            let contact = contacts::of_supplier(c, supplier_id, id)?;
            (contact.phone_sealed, contact.name, contact.title)
        }
        Masked::AccountNumber => {
            let account = bank_accounts::of_supplier(c, supplier_id, id)?;
            (account.number_sealed, account.holder, account.bank)
        }
        Masked::PaperNumber => {
            let person = people::of_supplier(c, supplier_id, id)?;
            (person.number_sealed, person.name, String::new())
        }
    };
    if sealed.is_empty() {
        return Err(Error::NotFound);
    }
    let number = vault.open(&sealed, id)?;
    let (action, details) = match what {
        Masked::Phone => ("contact.phone_opened", json!({ "contact": id, "field": "phone" })),
        Masked::AccountNumber => {
            ("bank_account.number_opened", json!({ "account": id, "holder": name, "bank": about }))
        }
        Masked::PaperNumber => ("person.number_opened", json!({ "person": id, "name": name })),
    };
    audit::append(c, by.actor(), action, ("supplier", supplier_id), details)?;
    Ok(Opened { name, about, number })
}
