//! Reminders of what runs out: 90, 60, 30 and 7 days before, and every 30 days after the end, up to
//! twelve times. Each step of each thing goes out once: its row is written with the letters.

use std::collections::{BTreeMap, HashSet};

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde_json::json;

use super::job::last_of;
use super::{Asked, Company, Expiry, Kind, between};
use crate::access::accounts::Account;
use crate::access::{Actor, Scope};
use crate::audit;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::notices::{self, Letter};
use crate::on_both;
use crate::scheduler::Step;
use crate::schema::{accounts, reminders, suppliers};
use crate::suppliers::{COUNTED, contacts, owners};
use crate::texts::{Language, Texts};
use crate::values::{new_id, now};
use crate::vault::Vault;

/// Days before the end at which somebody is reminded.
pub const BEFORE: [i64; 4] = [7, 30, 60, 90];
/// Days between two reminders after the end, and how many there are.
pub const AFTER: (i64, i64) = (30, 12);
/// Companies in a batch.
const COMPANIES: i64 = 50;
/// Things of the companies of a batch, at most.
const AT_MOST: usize = 20_000;

/// A reminder that went out.
#[derive(Insertable)]
#[diesel(table_name = reminders)]
struct Row<'a> {
    id: String,
    kind: Kind,
    subject_id: &'a str,
    due_on: NaiveDate,
    step: i64,
    supplier_id: &'a str,
    created_at: NaiveDateTime,
}

/// Somebody who is told.
struct Recipient {
    email: String,
    name: String,
    language: Language,
    side: Side,
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    /// Somebody of the company with an account.
    Member,
    /// Somebody of the company without one.
    Contact,
    /// Somebody of staff.
    Ours,
}

/// The step that something has reached with so many days left: the newest one, never one before it.
/// `None` while it is far, and long after its end.
pub fn step_of(days: i64) -> Option<i64> {
    let (pause, times) = AFTER;
    let passed = -days / pause;
    match days {
        _ if passed > times => None,
        _ if passed > 0 => Some(-passed * pause),
        days => BEFORE.into_iter().find(|step| days <= *step),
    }
}

/// Reminds of what runs out at the next companies after one, as on the day `today`: a letter to each
/// recipient of a company with all that has reached a new step. Things that nobody could be told of
/// are not noted, and are told once there is somebody.
pub fn remind(
    c: &mut AnyConnection,
    vault: &Vault,
    today: NaiveDate,
    after: &str,
) -> Result<Step, Error> {
    let ids: Vec<String> = suppliers::table
        .filter(suppliers::id.gt(after))
        .filter(suppliers::merged_into.is_null())
        .order(suppliers::id)
        .limit(COMPANIES)
        .select(suppliers::id)
        .load(c)?;
    let mut done = 0;
    for due in due_at(c, today, &ids)?.into_values() {
        if tell(c, vault, today, &due)? {
            done += due.len() as i64;
        }
    }
    Ok(Step { done, next: last_of(ids, COMPANIES) })
}

/// What has reached a step of which nobody was told yet, by company.
fn due_at(
    c: &mut AnyConnection,
    today: NaiveDate,
    companies: &[String],
) -> Result<BTreeMap<String, Vec<(Expiry, i64)>>, Error> {
    let (pause, times) = AFTER;
    let first = today - Days::new((pause * (times + 1)) as u64);
    let last = today + Days::new(BEFORE[3] as u64);
    let asked = Asked {
        scope: &Scope::Everything,
        days: (first, last),
        kinds: Kind::ALL,
        owner: None,
        companies: Some(companies),
        only_counted: false,
        after: None,
        limit: AT_MOST,
    };
    let found = between(c, &asked)?;
    let told: HashSet<(String, NaiveDate, i64)> = reminders::table
        .filter(among(reminders::supplier_id, companies.iter().map(String::as_str)))
        .filter(reminders::due_on.ge(first))
        .select((reminders::subject_id, reminders::due_on, reminders::step))
        .load(c)?
        .into_iter()
        .collect();
    let mut due: BTreeMap<String, Vec<(Expiry, i64)>> = BTreeMap::new();
    for one in found {
        let days = (one.due_on - today).num_days();
        let matters = days >= 0 || COUNTED.contains(&one.company.stage);
        let step = step_of(days).filter(|_| matters);
        let Some(step) = step.filter(|step| !told.contains(&(one.id.clone(), one.due_on, *step)))
        else {
            continue;
        };
        due.entry(one.company.id.clone()).or_default().push((one, step));
    }
    Ok(due)
}

/// Tells everybody of what is due at one company. False when there was nobody.
fn tell(
    c: &mut AnyConnection,
    vault: &Vault,
    today: NaiveDate,
    due: &[(Expiry, i64)],
) -> Result<bool, Error> {
    let Some(company) = due.first().map(|(one, _)| one.company.clone()) else {
        return Ok(false);
    };
    let all: Vec<&Expiry> = due.iter().map(|(one, _)| one).collect();
    let mut letters = 0;
    for recipient in of_the_company(c, &company)? {
        letters += i64::from(write(c, vault, today, &company, &recipient, &all)?);
    }
    for (recipient, things) in on_our_side(c, &company, &all)? {
        letters += i64::from(write(c, vault, today, &company, &recipient, &things)?);
    }
    if letters == 0 {
        return Ok(false);
    }
    let time = now();
    let rows: Vec<Row> = due
        .iter()
        .map(|(one, step)| Row {
            id: new_id(),
            kind: one.kind,
            subject_id: &one.id,
            due_on: one.due_on,
            step: *step,
            supplier_id: &company.id,
            created_at: time,
        })
        .collect();
    for some in rows.chunks(500) {
        on_both!(c, inner => {
            diesel::insert_into(reminders::table).values(some).execute(inner)?
        });
    }
    let details = json!({ "reminders": due.len(), "letters": letters });
    let subject = ("supplier", company.id.as_str());
    audit::append(c, &Actor::clock(), "supplier.reminded", subject, details)?;
    Ok(true)
}

/// The people of a company: those with accounts, or else its contacts, in the language of the place.
fn of_the_company(c: &mut AnyConnection, company: &Company) -> Result<Vec<Recipient>, Error> {
    let people: Vec<Account> = accounts::table
        .filter(accounts::supplier_id.eq(&company.id))
        .filter(accounts::disabled_at.is_null())
        .order(accounts::id)
        .limit(100)
        .select(Account::as_select())
        .load(c)?;
    if !people.is_empty() {
        return Ok(people.into_iter().map(|one| recipient(one, Side::Member)).collect());
    }
    let is_chinese = company.area == "CN" || company.area.len() == 6;
    let language = if is_chinese { Language::Chinese } else { Language::English };
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for contact in contacts::of(c, &company.id)? {
        let (email, side) = (contact.email.to_lowercase(), Side::Contact);
        if !email.is_empty() && seen.insert(email.clone()) {
            found.push(Recipient { email, name: contact.name, language, side });
        }
    }
    Ok(found)
}

/// Who of staff is told of what: who looks after the company of everything, or else whoever decided
/// on a thing of that.
fn on_our_side<'e>(
    c: &mut AnyConnection,
    company: &Company,
    all: &[&'e Expiry],
) -> Result<Vec<(Recipient, Vec<&'e Expiry>)>, Error> {
    if let Some(owner) = owners::of(c, &company.id)? {
        let owners::Owner { email, name, language, .. } = owner;
        let owner = Recipient { email, name, language, side: Side::Ours };
        return Ok(vec![(owner, all.to_vec())]);
    }
    let mut decided: BTreeMap<&str, Vec<&Expiry>> = BTreeMap::new();
    for one in all {
        if let Some(id) = &one.decided_by {
            decided.entry(id).or_default().push(one);
        }
    }
    let people: Vec<Account> = accounts::table
        .filter(among(accounts::id, decided.keys().copied()))
        .order(accounts::id)
        .select(Account::as_select())
        .load(c)?;
    let open = people.into_iter().filter(|one| owners::may_look_after(one, &company.area));
    let with_things = open.map(|account| {
        let things = decided.remove(account.id.as_str()).unwrap_or_default();
        (recipient(account, Side::Ours), things)
    });
    Ok(with_things.collect())
}

fn recipient(account: Account, side: Side) -> Recipient {
    Recipient {
        language: Language::parse(&account.language).unwrap_or(Language::English),
        email: account.email,
        name: account.name,
        side,
    }
}

/// Writes a letter. False when nothing can be sent to such an address or name.
fn write(
    c: &mut AnyConnection,
    vault: &Vault,
    today: NaiveDate,
    company: &Company,
    to: &Recipient,
    things: &[&Expiry],
) -> Result<bool, Error> {
    let texts = to.language.texts();
    let (kind, link) = match to.side {
        Side::Member => ("expiry_supplier", Some("/portal/certification".to_string())),
        Side::Contact => ("expiry_contact", None),
        Side::Ours => ("expiry_owner", Some(format!("/suppliers/{}/certification", company.id))),
    };
    let letter = Letter {
        kind,
        email: &to.email,
        name: &to.name,
        language: to.language,
        supplier_id: Some(&company.id),
        args: vec![
            ("company", company.name(texts).to_string()),
            ("supplier", company.code()),
            ("things", texts.count("expiry-things", things.len() as i64)),
        ],
        lines: things.iter().map(|one| line(texts, one, today)).collect(),
        link,
    };
    match notices::post(c, vault, letter) {
        Ok(_) => Ok(true),
        Err(Error::Invalid(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

fn line(texts: &Texts, one: &Expiry, today: NaiveDate) -> String {
    let (title, until) = (one.title(texts), one.due_on.to_string());
    let when = when(texts, one.due_on, today);
    texts.with("expiry-line", &[("title", &title), ("until", &until), ("when", &when)])
}

/// "in 30 days", "today", "5 days ago".
pub fn when(texts: &Texts, due_on: NaiveDate, today: NaiveDate) -> String {
    match (due_on - today).num_days() {
        0 => texts.get("expiry-today").to_string(),
        days if days > 0 => texts.count("expiry-in-days", days),
        days => texts.count("expiry-days-ago", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_step_that_has_passed_is_the_one_that_counts() {
        let steps = [(91, None), (90, Some(90)), (61, Some(90)), (60, Some(60)), (8, Some(30))];
        let later = [(7, Some(7)), (0, Some(7)), (-29, Some(7)), (-30, Some(-30))];
        let last = [(-59, Some(-30)), (-60, Some(-60)), (-389, Some(-360)), (-390, None)];
        for (days, step) in steps.into_iter().chain(later).chain(last) {
            assert_eq!(step_of(days), step, "{days} days");
        }
    }
}
