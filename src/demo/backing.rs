//! Invented bank accounts and people behind a few of the invented companies.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;

use super::random::Random;
use super::words::{GIVEN, SURNAMES};
use crate::access::{Actor, Role, command_line};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{accounts, bank_accounts as rows, suppliers};
use crate::suppliers::Supplier;
use crate::suppliers::bank_accounts::{self, BankAccountInput};
use crate::suppliers::people::{self, Paper, PersonInput, check};
use crate::values::now;
use crate::vault::Vault;

/// How many companies have them: the longest known.
const COMPANIES: i64 = 24;
/// ISO 9362: a code whose eighth letter is 0 is for tests.
const TEST_BIC: &str = "EXMPCNB0";

/// Records them, as staff would. Draws from its own seed, so that the companies stay as they are.
pub fn fill(c: &mut AnyConnection, vault: &Vault, seed: u64) -> Result<(), Error> {
    let mut random = Random::of_seed(seed ^ 0xBAC4);
    let companies: Vec<Supplier> = suppliers::table
        .order(suppliers::number)
        .limit(COMPANIES)
        .select(Supplier::as_select())
        .load(c)?;
    for (position, company) in companies.iter().enumerate() {
        let representative = add_people(c, vault, &mut random, &company.id)?;
        add_account(c, vault, &mut random, company, &company.legal_name, position % 3 != 0)?;
        // Now and then a second account, of the representative: something to ask about.
        if position % 8 == 2 {
            add_account(c, vault, &mut random, company, &representative, false)?;
        }
    }
    Ok(())
}

fn add_account(
    c: &mut AnyConnection,
    vault: &Vault,
    random: &mut Random,
    company: &Supplier,
    holder: &str,
    is_confirmed: bool,
) -> Result<(), Error> {
    let input = BankAccountInput {
        holder: holder.into(),
        bank: "样例银行 Example Bank".into(),
        bank_code: TEST_BIC.into(),
        country: "CN".into(),
        currency: "CNY".into(),
        // No account begins with so many zeros.
        number: format!("0000000000{}", random.digits(9)),
    };
    let account = bank_accounts::add(c, &command_line(), vault, &company.id, &input)?;
    if is_confirmed { confirm(c, &company.id, &account.id) } else { Ok(()) }
}

/// As the demo's approver, who is the second person.
fn confirm(c: &mut AnyConnection, supplier_id: &str, id: &str) -> Result<(), Error> {
    let (account_id, name): (String, String) = accounts::table
        .filter(accounts::role.eq(Role::Approver))
        .select((accounts::id, accounts::name))
        .first(c)?;
    let actor = Actor { account_id, name, role: Role::Approver, ..Actor::command_line() };
    diesel::update(rows::table.find(id))
        .set((rows::confirmed_at.eq(now()), rows::confirmed_by.eq(&actor.account_id)))
        .execute(c)?;
    let details = serde_json::json!({ "account": id });
    audit::append(c, &actor, "bank_account.confirmed", ("supplier", supplier_id), details)
}

/// Returns the name of the legal representative.
fn add_people(
    c: &mut AnyConnection,
    vault: &Vault,
    random: &mut Random,
    supplier_id: &str,
) -> Result<String, Error> {
    let representative = person(random, "legal_representative");
    let share = format!("{}.{}", 51 + random.below(30), random.below(10));
    let owner = PersonInput {
        role: "beneficial_owner".into(),
        share,
        // Most found their company themselves.
        ..if random.chance(60) { representative.clone() } else { person(random, "") }
    };
    let signatory = person(random, "signatory");
    for input in [&representative, &owner, &signatory] {
        people::add(c, &command_line(), vault, supplier_id, input)?;
    }
    Ok(representative.name)
}

pub(super) fn person(random: &mut Random, role: &str) -> PersonInput {
    let (surname, given) = (random.one_of(SURNAMES), random.one_of(GIVEN));
    PersonInput {
        role: role.into(),
        name: format!("{}{} {} {}", surname.0, given.0, surname.1, given.1),
        country: "CN".into(),
        share: String::new(),
        paper: Paper::ResidentId.as_str().into(),
        number: resident_id(random),
    }
}

/// A number that passes its checks and cannot be anybody's: no place has the code 000000.
fn resident_id(random: &mut Random) -> String {
    let first = NaiveDate::from_ymd_opt(1955, 1, 1).unwrap_or_default();
    let born = first + Days::new(random.below(14_000) as u64);
    let start = format!("000000{}{}", born.format("%Y%m%d"), random.digits(3));
    let numbers = "0123456789X".chars().map(|last| format!("{start}{last}"));
    let today = now().date();
    let mut valid = numbers.filter(|n| check::number_fault(Paper::ResidentId, n, today).is_none());
    valid.next().unwrap_or_default()
}
