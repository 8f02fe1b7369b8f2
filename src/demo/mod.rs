//! A register of invented companies, the same every time, for trying things out.

mod authenticated;
mod backing;
mod certification;
mod certified;
mod clauses;
mod codes;
mod companies;
mod fill;
mod groups;
mod history;
mod inspections;
mod list;
mod onboarding;
mod people;
mod places;
mod punishments;
mod random;
mod signatures;
mod standards;
mod trades;
mod words;

use diesel::prelude::*;

use crate::access::accounts;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::schema::{settings, suppliers};
use crate::vault::Vault;

pub use list::write as write_list;
pub use people::{PEOPLE, Person};
pub use places::TOTAL;

/// How many of its companies are eliminated by now.
pub const ELIMINATED: usize = 4;

/// Where all the invention starts.
pub const SEED: u64 = 20_211_231;

/// What a database holds, as far as the demo is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holding {
    Nothing,
    Demo,
    /// Somebody's own accounts or suppliers: nothing invented goes in there.
    Real,
}

/// What is in the database.
pub fn holding(c: &mut AnyConnection) -> Result<Holding, Error> {
    if is_demo(c)? {
        return Ok(Holding::Demo);
    }
    let supplier: Option<String> = suppliers::table.select(suppliers::id).first(c).optional()?;
    let empty = supplier.is_none() && accounts::none_yet(c)?;
    Ok(if empty { Holding::Nothing } else { Holding::Real })
}

/// True when the register says that its data is invented.
pub fn is_demo(c: &mut AnyConnection) -> Result<bool, Error> {
    let value: Option<String> =
        settings::table.find("register").select(settings::value).first(c).optional()?;
    Ok(value.as_deref() == Some("demo"))
}

/// Fills an empty register with the invented one; leaves a demo register as it is. All or
/// nothing: a register half filled would never be seen as empty again.
pub fn load(db: &Db, vault: &Vault) -> Result<(), Error> {
    let vault = vault.clone();
    db.write_now(move |c| match holding(c)? {
        Holding::Demo => Ok(()),
        Holding::Real => Err(Error::Internal(
            "this database holds a real register; choose another one with DATABASE_URL".into(),
        )),
        Holding::Nothing => {
            diesel::insert_into(settings::table)
                .values((settings::name.eq("register"), settings::value.eq("demo")))
                .execute(c)?;
            let supplier_id = fill::fill(c, &vault, SEED)?;
            people::welcome(c, &supplier_id)?;
            backing::fill(c, &vault, SEED)?;
            groups::fill(c)?;
            certification::fill(c, &vault, SEED)?;
            authenticated::fill(c)?;
            onboarding::fill(c, &vault, &supplier_id)?;
            signatures::fill(c, &vault, SEED, &supplier_id)?;
            inspections::fill(c, &vault, SEED, &supplier_id)?;
            punishments::fill(c, &supplier_id)
        }
    })
}

#[cfg(test)]
mod tests;
