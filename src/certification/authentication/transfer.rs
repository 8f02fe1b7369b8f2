//! A small amount is sent to the company's account; who can say how much it was has the account. The
//! amount is sealed, and stands in no letter, in no record and on no page but the one that opens it.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use subtle::ConstantTimeEq;
use validator::Validate;

use super::verify::{Verified, finish, moved, term};
use super::{Authentication, Method, Status, find};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::authentications;
use crate::suppliers::bank_accounts::{self, BankAccount};
use crate::values::now;
use crate::vault::Vault;

/// Wrong answers that end it.
pub const TRIES: i64 = 3;
/// Amounts are from 0.01 to 0.99: in hundredths, the first that is none.
const HUNDREDTHS: u8 = 100;
/// What the pages show as an example, in hundredths: it is never the amount itself.
const EXAMPLE: u8 = 42;
/// Who has verified, where the transfer has.
const BY: (&str, &str) = ("clock", "bank transfer");

/// What was sent, and where. As text "0.37 EUR <account id>".
#[derive(Clone, PartialEq)]
pub struct Transfer {
    /// "0.37".
    pub amount: String,
    /// ISO 4217.
    pub currency: String,
    pub account_id: String,
}

impl Transfer {
    /// Draws an amount for an account.
    pub fn draw(account: &BankAccount) -> Result<Transfer, Error> {
        Ok(Transfer {
            amount: format!("0.{:02}", drawn()?),
            currency: account.currency.clone(),
            account_id: account.id.clone(),
        })
    }

    /// Sealed to the authentication of an id.
    pub fn sealed(&self, vault: &Vault, id: &str) -> Result<String, Error> {
        let Transfer { amount, currency, account_id } = self;
        vault.seal(&format!("{amount} {currency} {account_id}"), id)
    }

    /// What an authentication waits for; not found where nothing was sent or all is over.
    pub fn of(vault: &Vault, authentication: &Authentication) -> Result<Transfer, Error> {
        if authentication.secret_sealed.is_empty() {
            return Err(Error::NotFound);
        }
        let text = vault.open(&authentication.secret_sealed, &authentication.id)?;
        let mut words = text.split(' ').map(str::to_string);
        match (words.next(), words.next(), words.next()) {
            (Some(amount), Some(currency), Some(account_id)) => {
                Ok(Transfer { amount, currency, account_id })
            }
            _ => Err(Error::Internal("a sealed transfer is not one".into())),
        }
    }

    /// The account it went to, `None` when the company has taken it off.
    pub fn account(
        &self,
        c: &mut AnyConnection,
        supplier_id: &str,
    ) -> Result<Option<BankAccount>, Error> {
        Ok(confirmed(c, supplier_id)?.into_iter().find(|account| account.id == self.account_id))
    }
}

/// A number from 1 to 99 but for the example, each as likely as the others.
fn drawn() -> Result<u8, Error> {
    let choices = HUNDREDTHS - 1;
    loop {
        let mut byte = [0u8];
        getrandom::fill(&mut byte).map_err(|e| Error::Internal(e.to_string()))?;
        let number = byte[0] % choices + 1;
        if byte[0] < u8::MAX / choices * choices && number != EXAMPLE {
            return Ok(number);
        }
    }
}

/// The accounts of a company that a second person has confirmed.
pub fn confirmed(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<BankAccount>, Error> {
    let mut accounts = bank_accounts::of(c, supplier_id)?;
    accounts.retain(|account| account.confirmed_at.is_some());
    Ok(accounts)
}

/// Shows the amount to whoever pays it. That it was opened goes into the trail, the amount does not.
pub fn open(
    c: &mut AnyConnection,
    by: &May<right::AuthenticatePeople>,
    vault: &Vault,
    id: &str,
) -> Result<(Authentication, Transfer), Error> {
    let (authentication, ..) = find(c, by.scope(), id)?;
    if authentication.status != Status::Open || authentication.method != Method::BankTransfer {
        return Err(Error::Conflict("conflict-authentication-closed"));
    }
    let transfer = Transfer::of(vault, &authentication)?;
    let details = json!({ "authentication": id, "account": transfer.account_id });
    let subject = ("supplier", authentication.supplier_id.as_str());
    audit::append(c, by.actor(), "authentication.amount_opened", subject, details)?;
    Ok((authentication, transfer))
}

/// The form of the company's people.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct AnswerInput {
    #[validate(length(max = 40))]
    pub amount: String,
}

/// What came of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Right,
    /// So many tries are left.
    Wrong(i64),
    /// That was the last try.
    Over,
}

/// Takes the company's answer. A wrong one is written down, and the third ends it; what is no amount
/// below 1 is not counted.
pub fn answer(
    c: &mut AnyConnection,
    member: &Actor,
    vault: &Vault,
    supplier_id: &str,
    id: &str,
    input: &AnswerInput,
) -> Result<Answered, Error> {
    let authentication = of_company(c, supplier_id, id)?;
    if authentication.status != Status::Open {
        return Err(Error::Conflict("conflict-authentication-closed"));
    }
    let typed =
        amount(&input.amount).map_err(|code| Problems(vec![Problem::new("amount", code)]))?;
    let transfer = Transfer::of(vault, &authentication)?;
    if transfer.account(c, supplier_id)?.is_none() {
        return Err(Error::Conflict("conflict-authentication-account"));
    }
    super::present(c, &authentication)?;
    if bool::from(typed.as_bytes().ct_eq(transfer.amount.as_bytes())) {
        let today = now().date();
        let verified = Verified { by: BY, note: "", until: term(today) };
        finish(c, member, vault, &authentication, verified)?;
        return Ok(Answered::Right);
    }
    wrong(c, member, &authentication)
}

fn wrong(
    c: &mut AnyConnection,
    member: &Actor,
    authentication: &Authentication,
) -> Result<Answered, Error> {
    let tries = authentication.tries + 1;
    let row = authentications::table
        .find(&authentication.id)
        .filter(authentications::status.eq(Status::Open))
        .filter(authentications::tries.eq(authentication.tries));
    let details = json!({ "authentication": authentication.id, "tries": tries });
    let subject = ("supplier", authentication.supplier_id.as_str());
    if tries < TRIES {
        moved(diesel::update(row).set(authentications::tries.eq(tries)).execute(c)?)?;
        audit::append(c, member, "authentication.answered_wrong", subject, details)?;
        return Ok(Answered::Wrong(TRIES - tries));
    }
    let changed = diesel::update(row)
        .set((
            authentications::status.eq(Status::Failed),
            authentications::tries.eq(tries),
            authentications::secret_sealed.eq(""),
            authentications::ended_at.eq(now()),
            authentications::ended_by.eq(BY.0),
            authentications::ended_name.eq(BY.1),
        ))
        .execute(c)?;
    moved(changed)?;
    audit::append(c, member, "authentication.failed", subject, details)?;
    Ok(Answered::Over)
}

/// A transfer to the company that somebody belongs to. Any other authentication is not there.
pub fn of_company(
    c: &mut AnyConnection,
    supplier_id: &str,
    id: &str,
) -> Result<Authentication, Error> {
    Ok(authentications::table
        .find(id)
        .filter(authentications::supplier_id.eq(supplier_id))
        .filter(authentications::method.eq(Method::BankTransfer))
        .select(Authentication::as_select())
        .first(c)?)
}

/// An amount as people write it, "0.37", "0,37" or ".37", in one way; or the code of what is wrong.
fn amount(typed: &str) -> Result<String, &'static str> {
    let plain = |ch: char| match ch {
        '０'..='９' => char::from_u32(u32::from(ch) - u32::from('０') + u32::from('0')),
        ',' | '，' | '。' | '．' => Some('.'),
        other => Some(other),
    };
    let typed: String = typed.trim().chars().filter_map(plain).collect();
    if typed.is_empty() {
        return Err("missing");
    }
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let part = part.trim_end_matches('0');
    if !digits(whole) || !digits(part) || part.len() > 2 || (whole.is_empty() && part.is_empty()) {
        return Err("amount");
    }
    if whole.bytes().any(|byte| byte != b'0') || part.is_empty() {
        return Err("amount_below_one");
    }
    Ok(format!("0.{part:0<2}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_the_same_however_it_is_written() {
        for typed in ["0.37", "0,37", ".37", " 00.370 ", "０．３７", "0，37"] {
            assert_eq!(amount(typed).as_deref(), Ok("0.37"), "{typed}");
        }
        assert_eq!(amount("0.4").as_deref(), Ok("0.40"));
        assert_eq!(amount("0.05").as_deref(), Ok("0.05"));
        assert_eq!(amount(""), Err("missing"));
        for typed in ["abc", "0.3.7", "-0.37", "0.375", ".", "0.37 EUR", "1e-1"] {
            assert_eq!(amount(typed), Err("amount"), "{typed}");
        }
        for typed in ["1.37", "37", "0", "0.00"] {
            assert_eq!(amount(typed), Err("amount_below_one"), "{typed}");
        }
    }

    #[test]
    fn amounts_are_drawn_between_one_and_ninety_nine_hundredths() {
        let drawn: Vec<u8> = (0..2000).map(|_| drawn().unwrap()).collect();
        assert!(drawn.iter().all(|one| (1..=99).contains(one)));
        let kinds: std::collections::HashSet<_> = drawn.iter().collect();
        assert!(kinds.len() > 80);
    }

    #[test]
    fn the_example_that_pages_show_is_never_the_amount() {
        let example = format!("0.{EXAMPLE:02}");
        for language in crate::texts::Language::ALL {
            assert!(language.texts().get("authentication-amount-hint").contains(&example));
        }
        assert!((0..5000).all(|_| drawn().unwrap() != EXAMPLE));
    }
}
