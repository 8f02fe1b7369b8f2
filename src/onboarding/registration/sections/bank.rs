//! Where the company is paid.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Change, problems_of_rows, replaced};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::onboarding::registration::apply::Accepted;
use crate::onboarding::registration::layout::{Group, Kind, Part, ROW, ask, rows};
use crate::suppliers::bank_accounts::{self, BankAccountInput};
use crate::vault::Vault;

pub const PARTS: &[Part] = &[Part::Several(Group {
    name: "accounts",
    is_expected: true,
    fields: &[
        ask("holder", Kind::Text, 200).required().hinted(),
        ask("bank", Kind::Text, 200).required(),
        ask("country", Kind::Country, 100).required(),
        ask("bank_code", Kind::Text, 20).hinted(),
        ask("currency", Kind::Text, 10).required().hinted(),
        ask("number", Kind::Sealed, 60).required().hinted(),
    ],
})];

pub(super) fn problems(answers: &Value) -> Problems {
    let check = |account: &BankAccountInput| account.tidy().problems();
    let mut problems = problems_of_rows(answers, "accounts", check);
    if rows(answers, "accounts").next().is_none() {
        problems.add(Problem::new("accounts-0-holder", "account_needed"));
    }
    problems
}

pub(super) fn known(
    c: &mut AnyConnection,
    vault: &Vault,
    supplier_id: &str,
) -> Result<Value, Error> {
    let mut rows = Vec::new();
    for account in bank_accounts::of(c, supplier_id)? {
        rows.push(json!({
            ROW: account.id,
            "holder": account.holder,
            "bank": account.bank,
            "country": account.country,
            "bank_code": account.bank_code,
            "currency": account.currency,
            "number": vault.open(&account.number_sealed, &account.id)?,
        }));
    }
    Ok(json!({ "accounts": rows }))
}

fn tidy(row: &mut Map<String, Value>) {
    let typed = BankAccountInput::deserialize(Value::Object(row.clone())).unwrap_or_default();
    let tidy = typed.tidy();
    for (name, value) in
        [("bank_code", tidy.bank_code), ("currency", tidy.currency), ("number", tidy.number)]
    {
        row.insert(name.into(), value.into());
    }
}

/// Each account waits for its confirmation, as one that staff recorded does.
pub(super) fn apply(
    c: &mut AnyConnection,
    by: &Accepted,
    vault: &Vault,
    supplier_id: &str,
    change: &Change,
) -> Result<(), Error> {
    let present = known(c, vault, supplier_id)?;
    let change = change.tidied("accounts", tidy);
    let (gone, written) = replaced(&change, "accounts", &present);
    for id in gone {
        bank_accounts::remove(c, by, supplier_id, id)?;
    }
    for row in written {
        let account = BankAccountInput::deserialize(Value::Object(row.clone()))?;
        bank_accounts::add(c, by, vault, supplier_id, &account)?;
    }
    Ok(())
}
