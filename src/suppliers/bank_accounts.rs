//! The bank accounts of a company. Numbers are sealed at rest and shown masked. A change is a new
//! record: what was confirmed stays what it was.

pub mod check;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::names::name_key;
use super::{Supplier, find, numbers};
use crate::access::{May, MayWrite, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::regions;
use crate::resealing::ACCOUNT_MARK;
use crate::schema::bank_accounts;
use crate::values::{new_id, now};
use crate::vault::Vault;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = bank_accounts)]
pub struct BankAccount {
    pub id: String,
    pub supplier_id: String,
    /// The name that the account is held in.
    pub holder: String,
    pub bank: String,
    /// A BIC or a CNAPS code, "" when not known.
    pub bank_code: String,
    /// ISO 3166-1 code of the bank's country.
    pub country: String,
    /// ISO 4217.
    pub currency: String,
    /// An IBAN, or the bank's own number, without spaces.
    pub number_sealed: String,
    pub number_hint: String,
    /// Equal for equal numbers.
    pub number_mark: String,
    pub recorded_by: String,
    pub created_at: NaiveDateTime,
    pub confirmed_by: Option<String>,
    pub confirmed_at: Option<NaiveDateTime>,
    pub removed_at: Option<NaiveDateTime>,
}

#[derive(Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct BankAccountInput {
    #[validate(length(max = 200))]
    pub holder: String,
    #[validate(length(max = 200))]
    pub bank: String,
    #[validate(length(max = 20))]
    pub bank_code: String,
    #[validate(length(max = 100))]
    pub country: String,
    #[validate(length(max = 10))]
    pub currency: String,
    #[validate(length(max = 60))]
    pub number: String,
}

impl BankAccountInput {
    /// The same without spaces that mean nothing, codes in capitals.
    pub(crate) fn tidy(&self) -> BankAccountInput {
        BankAccountInput {
            holder: self.holder.trim().into(),
            bank: self.bank.trim().into(),
            bank_code: numbers::normalise(&self.bank_code),
            country: self.country.trim().into(),
            currency: self.currency.trim().to_uppercase(),
            number: numbers::normalise(&self.number),
        }
    }

    pub(crate) fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        for (field, text) in [("holder", &self.holder), ("bank", &self.bank)] {
            if text.is_empty() {
                problems.add(Problem::new(field, "missing"));
            } else if text.chars().any(char::is_control) {
                problems.add(Problem::new(field, "control_characters"));
            }
        }
        if !self.bank_code.is_empty() && !check::is_bank_code(&self.bank_code) {
            problems.add(Problem::new("bank_code", "bank_code"));
        }
        if regions::country(&self.country).is_none() {
            problems.add(Problem::new("country", "unknown_choice"));
        }
        if !check::is_currency(&self.currency) {
            problems.add(Problem::new("currency", "currency"));
        }
        if self.number.is_empty() {
            problems.add(Problem::new("number", "missing"));
        } else if let Some(code) = check::number_fault(&self.number, &self.country) {
            problems.add(Problem::new("number", code));
        }
        problems
    }
}

impl BankAccount {
    /// Whether the account is in another name than the company's: a reason to ask, no more.
    pub fn is_held_by_another(&self, supplier: &Supplier) -> bool {
        let holder = name_key(&self.holder);
        ![&supplier.legal_name, &supplier.english_name].iter().any(|name| name_key(name) == holder)
    }
}

/// Records an account of a company.
pub fn add(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    vault: &Vault,
    supplier_id: &str,
    input: &BankAccountInput,
) -> Result<BankAccount, Error> {
    find(c, by.scope(), supplier_id)?;
    let input = input.tidy();
    input.problems().into_result()?;
    let id = new_id();
    let number = numbers::seal(vault, &input.number, &id, ACCOUNT_MARK)?;
    // A bank may keep one number in several currencies.
    let is_there = same_number(c, &number.mark)?
        .iter()
        .any(|known| known.supplier_id == supplier_id && known.currency == input.currency);
    if is_there {
        return Err(Problems::one("number", "account_there").into());
    }
    let account = BankAccount {
        id,
        supplier_id: supplier_id.into(),
        holder: input.holder,
        bank: input.bank,
        bank_code: input.bank_code,
        country: input.country,
        currency: input.currency,
        number_sealed: number.sealed,
        number_hint: number.hint,
        number_mark: number.mark,
        recorded_by: by.recorded_by().into(),
        created_at: now(),
        confirmed_by: None,
        confirmed_at: None,
        removed_at: None,
    };
    diesel::insert_into(bank_accounts::table).values(&account).execute(c)?;
    let subject = ("supplier", supplier_id);
    audit::append(c, by.actor(), "bank_account.added", subject, facts(&account))?;
    Ok(account)
}

/// What the trail says of an account: never its number, nor a part of it.
fn facts(account: &BankAccount) -> serde_json::Value {
    json!({
        "account": account.id,
        "holder": account.holder,
        "bank": account.bank,
        "currency": account.currency,
    })
}

/// Confirms an account: somebody other than who recorded it.
pub fn confirm(
    c: &mut AnyConnection,
    by: &May<right::ConfirmBankAccounts>,
    supplier_id: &str,
    id: &str,
) -> Result<(), Error> {
    find(c, by.scope(), supplier_id)?;
    let account = of_supplier(c, supplier_id, id)?;
    if account.recorded_by == by.actor().account_id {
        return Err(Error::Forbidden("refused-second-person"));
    }
    let waiting = bank_accounts::table.find(id).filter(bank_accounts::confirmed_at.is_null());
    let changed = diesel::update(waiting)
        .set((
            bank_accounts::confirmed_at.eq(now()),
            bank_accounts::confirmed_by.eq(&by.actor().account_id),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let subject = ("supplier", supplier_id);
    audit::append(c, by.actor(), "bank_account.confirmed", subject, facts(&account))
}

/// Takes an account off a company. Its number goes, the record stays.
pub fn remove(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    supplier_id: &str,
    id: &str,
) -> Result<(), Error> {
    find(c, by.scope(), supplier_id)?;
    let account = of_supplier(c, supplier_id, id)?;
    diesel::update(bank_accounts::table.find(id))
        .set((
            bank_accounts::removed_at.eq(now()),
            bank_accounts::number_sealed.eq(""),
            bank_accounts::number_hint.eq(""),
            bank_accounts::number_mark.eq(""),
        ))
        .execute(c)?;
    let subject = ("supplier", supplier_id);
    audit::append(c, by.actor(), "bank_account.removed", subject, facts(&account))
}

/// An account that a company has now.
pub(super) fn of_supplier(
    c: &mut AnyConnection,
    supplier_id: &str,
    id: &str,
) -> Result<BankAccount, Error> {
    Ok(bank_accounts::table
        .find(id)
        .filter(bank_accounts::supplier_id.eq(supplier_id))
        .filter(bank_accounts::removed_at.is_null())
        .select(BankAccount::as_select())
        .first(c)?)
}

/// The accounts that a company has now, at most 100.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<BankAccount>, Error> {
    Ok(bank_accounts::table
        .filter(bank_accounts::supplier_id.eq(supplier_id))
        .filter(bank_accounts::removed_at.is_null())
        .order((bank_accounts::created_at, bank_accounts::id))
        .limit(100)
        .select(BankAccount::as_select())
        .load(c)?)
}

/// The present accounts of any company whose number has this mark, none for the empty mark. While
/// a new key is being brought in, those that still have the old one are not found.
pub fn same_number(c: &mut AnyConnection, mark: &str) -> Result<Vec<BankAccount>, Error> {
    if mark.is_empty() {
        return Ok(Vec::new());
    }
    Ok(bank_accounts::table
        .filter(bank_accounts::number_mark.eq(mark))
        .filter(bank_accounts::removed_at.is_null())
        .order(bank_accounts::id)
        .select(BankAccount::as_select())
        .load(c)?)
}
