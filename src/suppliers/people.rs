//! Those who stand behind a company: legal representative, beneficial owners, signatories. Numbers
//! of their papers are sealed at rest and shown masked.

pub mod check;

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
use crate::regions;
use crate::resealing::PAPER_MARK;
use crate::schema::people;
use crate::values::{new_id, now};
use crate::vault::Vault;

text_enum! {
    /// What somebody is to the company. One person may have several records.
    Part {
        /// One at a time.
        LegalRepresentative = "legal_representative",
        BeneficialOwner = "beneficial_owner",
        Signatory = "signatory",
    }
}

text_enum! {
    /// A kind of identity paper.
    Paper {
        /// The identity card of mainland China (GB 11643).
        ResidentId = "resident_id",
        Passport = "passport",
        Other = "other",
    }
}

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = people)]
pub struct Person {
    pub id: String,
    pub supplier_id: String,
    pub role: Part,
    pub name: String,
    /// ISO 3166-1 code of the country that gave the paper.
    pub country: String,
    /// Of a beneficial owner, in hundredths of a percent.
    pub share: Option<i64>,
    pub paper: Paper,
    /// The three are "" when the number is not known.
    pub number_sealed: String,
    pub number_hint: String,
    /// Equal for equal numbers.
    pub number_mark: String,
    pub recorded_by: String,
    pub created_at: NaiveDateTime,
    pub removed_at: Option<NaiveDateTime>,
}

#[derive(Clone, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PersonInput {
    #[validate(length(max = 50))]
    pub role: String,
    #[validate(length(max = 100))]
    pub name: String,
    #[validate(length(max = 100))]
    pub country: String,
    /// In percent, at most two decimals.
    #[validate(length(max = 20))]
    pub share: String,
    #[validate(length(max = 50))]
    pub paper: String,
    #[validate(length(max = 60))]
    pub number: String,
}

impl Person {
    /// The share for people: "33.3 %".
    pub fn share_text(&self) -> Option<String> {
        self.share.map(check::share_text)
    }
}

/// What was written, understood.
struct Read {
    role: Part,
    name: String,
    country: String,
    share: Option<i64>,
    paper: Paper,
    number: String,
}

impl PersonInput {
    /// The number and the share as they are kept.
    pub(crate) fn tidied(&self) -> (String, String) {
        let share = check::share(&self.share).map(check::share_text);
        let share = share.map_or_else(|| self.share.clone(), |text| text.replace(" %", ""));
        (numbers::normalise(&self.number), share)
    }

    /// The rules, for a person who is not recorded yet.
    pub(crate) fn problems(&self) -> Problems {
        match self.read() {
            Err(Error::Invalid(problems)) => problems,
            _ => Problems::default(),
        }
    }

    fn read(&self) -> Result<Read, Error> {
        let mut problems = Problems::default();
        let (role, paper) = (Part::parse(self.role.trim()), Paper::parse(self.paper.trim()));
        let (name, country) = (self.name.trim(), self.country.trim());
        if name.is_empty() {
            problems.add(Problem::new("name", "missing"));
        } else if name.chars().any(char::is_control) {
            problems.add(Problem::new("name", "control_characters"));
        }
        if regions::country(country).is_none() {
            problems.add(Problem::new("country", "unknown_choice"));
        }
        let share = self.read_share(role, &mut problems);
        let number = numbers::normalise(&self.number);
        let fault = paper.and_then(|paper| check::number_fault(paper, &number, now().date()));
        if let Some(code) = fault.filter(|_| !number.is_empty()) {
            problems.add(Problem::new("number", code));
        }
        for (field, is_known) in [("role", role.is_some()), ("paper", paper.is_some())] {
            if !is_known {
                problems.add(Problem::new(field, "unknown_choice"));
            }
        }
        match (role, paper) {
            (Some(role), Some(paper)) if problems.is_empty() => {
                Ok(Read { role, name: name.into(), country: country.into(), share, paper, number })
            }
            _ => Err(problems.into()),
        }
    }

    fn read_share(&self, role: Option<Part>, problems: &mut Problems) -> Option<i64> {
        if self.share.trim().is_empty() {
            return None;
        }
        if role.is_some_and(|role| role != Part::BeneficialOwner) {
            problems.add(Problem::new("share", "share_of_owner"));
            return None;
        }
        let share = check::share(&self.share);
        if share.is_none() {
            problems.add(Problem::new("share", "share"));
        }
        share
    }
}

/// Records somebody behind a company.
pub fn add(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    vault: &Vault,
    supplier_id: &str,
    input: &PersonInput,
) -> Result<Person, Error> {
    find(c, by.scope(), supplier_id)?;
    let read = input.read()?;
    agree(&of(c, supplier_id)?, &read).into_result()?;
    let id = new_id();
    let number = numbers::seal(vault, &read.number, &id, PAPER_MARK)?;
    let person = Person {
        id,
        supplier_id: supplier_id.into(),
        role: read.role,
        name: read.name,
        country: read.country,
        share: read.share,
        paper: read.paper,
        number_sealed: number.sealed,
        number_hint: number.hint,
        number_mark: number.mark,
        recorded_by: by.recorded_by().into(),
        created_at: now(),
        removed_at: None,
    };
    diesel::insert_into(people::table).values(&person).execute(c)?;
    let subject = ("supplier", supplier_id);
    audit::append(c, by.actor(), "person.added", subject, facts(&person))?;
    Ok(person)
}

/// Whether somebody fits in with those who are there.
fn agree(present: &[Person], new: &Read) -> Problems {
    let has = |role| present.iter().any(|person| person.role == role);
    if new.role == Part::LegalRepresentative && has(Part::LegalRepresentative) {
        return Problems::one("role", "representative_there");
    }
    if present.len() >= LIMIT {
        return Problems::one("role", "too_many_people");
    }
    let taken: i64 = present.iter().filter_map(|person| person.share).sum();
    match new.share {
        Some(share) if taken + share > check::WHOLE => {
            let left = check::share_text(check::WHOLE - taken);
            Problems(vec![Problem::new("share", "shares_over").with("left", left)])
        }
        _ => Problems::default(),
    }
}

/// What the trail says of somebody: never the number of a paper, nor a part of it.
fn facts(person: &Person) -> serde_json::Value {
    json!({ "person": person.id, "name": person.name, "role": person.role.as_str() })
}

/// Takes somebody off a company. The number of the paper goes, the record stays.
pub fn remove(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    supplier_id: &str,
    id: &str,
) -> Result<(), Error> {
    find(c, by.scope(), supplier_id)?;
    let person = of_supplier(c, supplier_id, id)?;
    diesel::update(people::table.find(id))
        .set((
            people::removed_at.eq(now()),
            people::number_sealed.eq(""),
            people::number_hint.eq(""),
            people::number_mark.eq(""),
        ))
        .execute(c)?;
    audit::append(c, by.actor(), "person.removed", ("supplier", supplier_id), facts(&person))
}

/// Somebody who is behind a company now.
pub(super) fn of_supplier(
    c: &mut AnyConnection,
    supplier_id: &str,
    id: &str,
) -> Result<Person, Error> {
    Ok(people::table
        .find(id)
        .filter(people::supplier_id.eq(supplier_id))
        .filter(people::removed_at.is_null())
        .select(Person::as_select())
        .first(c)?)
}

/// People of one company, at most.
const LIMIT: usize = 200;

/// Those behind a company now, in the order of their records.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Person>, Error> {
    Ok(people::table
        .filter(people::supplier_id.eq(supplier_id))
        .filter(people::removed_at.is_null())
        .order((people::created_at, people::id))
        .select(Person::as_select())
        .load(c)?)
}

/// The present records of any company whose paper's number has this mark, none for the empty mark.
/// Numbers of passports are only the same together with their country.
pub fn same_number(c: &mut AnyConnection, mark: &str) -> Result<Vec<Person>, Error> {
    if mark.is_empty() {
        return Ok(Vec::new());
    }
    Ok(people::table
        .filter(people::number_mark.eq(mark))
        .filter(people::removed_at.is_null())
        .order(people::id)
        .select(Person::as_select())
        .load(c)?)
}
