//! Clearance: may we place an order with a company, for a category, on a day? [`clearance`] is the
//! one answer that the list, the company's page, exports and programs give.
//!
//! What other rooms hold against a company (no certification for the category, a certificate out of
//! date, a clause not signed in its current version, a punishment in force) comes as [`Hold`]s: a
//! code, a period, and the category if it is about one. A room that knows of such things has a
//! function from the ids of companies to their holds, a few queries whatever their number: a
//! [`HoldSource`], which the table of contents names. It brings the texts
//! `clearance-reason-<code>`, `clearance-short-<code>` and `clearance-todo-<code>` of its codes;
//! nothing in here changes.

mod answer;
mod facts;
pub mod periods;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::Stage;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::values::end_of;

pub use answer::{Answer, Told, detail};
pub use facts::{Reach, load, reach, today};
pub use rows::of_rows;

text_enum! {
    /// What a reason is about, in the order in which reasons are told.
    Area {
        Stage = "stage",
        Registration = "registration",
        Identity = "identity",
        Category = "category",
        Certification = "certification",
        Certificates = "certificates",
        Clauses = "clauses",
        Punishments = "punishments",
    }
}

/// A time from which something holds, and the first moment at which it holds no more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Period {
    pub from: NaiveDateTime,
    pub to: NaiveDateTime,
}

/// Before anything in the register.
pub const BEGINNING: NaiveDateTime = NaiveDateTime::MIN;

impl Period {
    /// From always to always.
    pub const ALWAYS: Period = Period { from: BEGINNING, to: NaiveDateTime::MAX };

    fn holds(&self, at: NaiveDateTime) -> bool {
        self.from <= at && at < self.to
    }
}

/// What is known of a company as far as clearance asks. The order within a list means nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Where the company stood and was: stage and area.
    pub standing: Vec<(Period, Stage, String)>,
    /// When its registered site had an address.
    pub addressed: Vec<Period>,
    /// When there was somebody to talk to.
    pub contacts: Vec<Period>,
    pub identifiers: Vec<Held>,
    pub offers: Vec<Offer>,
    pub holds: Vec<Hold>,
}

/// An identifier that the company had for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    pub period: Period,
    /// From when it was confirmed: by its check digit, or by a second person.
    pub confirmed: Option<NaiveDateTime>,
    pub kind: String,
    pub value: String,
}

/// A category that the company offers today: since when is not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// Id of the category.
    pub category: String,
    /// When nothing of the category is bought any more.
    pub closed: Option<NaiveDateTime>,
}

/// Something that another room holds against the company.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    pub area: Area,
    pub code: &'static str,
    pub args: Vec<(&'static str, String)>,
    pub period: Period,
    /// Id of the only category that it stands in the way of, `None` for all orders. A question
    /// that names no category is not about it.
    pub category: Option<String>,
}

/// What a room holds against the companies of some ids, in a few queries whatever their number.
pub type HoldSource = fn(&mut AnyConnection, &[&str]) -> Result<Vec<(String, Hold)>, Error>;

/// The rooms that hold things against companies.
#[derive(Clone, Copy, Debug)]
pub struct HoldSources {
    /// Those that hold things against a company as a whole, whether or not against categories too.
    pub of_companies: &'static [HoldSource],
    /// Those that only ever hold something against orders for a category.
    pub of_categories: &'static [HoldSource],
}

impl HoldSources {
    /// What is enough for a question that names no category.
    pub fn without_categories(self) -> HoldSources {
        HoldSources { of_categories: &[], ..self }
    }

    /// What is held against the companies of some ids, by company.
    pub fn held(
        self,
        c: &mut AnyConnection,
        ids: &[&str],
    ) -> Result<HashMap<String, Vec<Hold>>, Error> {
        let mut all: HashMap<String, Vec<Hold>> = HashMap::new();
        for source in self.of_companies.iter().chain(self.of_categories) {
            for (supplier, hold) in source(c, ids)? {
                all.entry(supplier).or_default().push(hold);
            }
        }
        Ok(all)
    }
}

/// Why an order must not be placed. The texts of its code say it in words, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    pub area: Area,
    /// Stable: other programs may rely on it.
    pub code: &'static str,
    /// What the texts need.
    pub args: Vec<(&'static str, String)>,
}

/// The answer: every reason against an order, or none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clearance {
    pub reasons: Vec<Reason>,
}

impl Clearance {
    pub fn is_cleared(&self) -> bool {
        self.reasons.is_empty()
    }

    /// The codes of the reasons, joined by semicolons.
    pub fn codes(&self) -> String {
        self.reasons.iter().map(|reason| reason.code).collect::<Vec<_>>().join(";")
    }
}

/// May an order be placed on the day `on`, for the category of an id if one is named? The answer
/// holds for the end of the day, UTC, as figures as at a day do. On a day to come, what holds today
/// is taken to hold. Reasons are told by area, code and arguments, each once.
pub fn clearance(facts: &Facts, category: Option<&str>, on: NaiveDate) -> Clearance {
    let at = end_of(on);
    let mut reasons = Vec::new();
    standing(facts, at, &mut reasons);
    registration(facts, at, &mut reasons);
    identity(facts, at, &mut reasons);
    if let Some(category) = category {
        offered(facts, category, at, &mut reasons);
    }
    let about = |hold: &&Hold| hold.category.is_none() || hold.category.as_deref() == category;
    for hold in facts.holds.iter().filter(|hold| hold.period.holds(at)).filter(about) {
        reasons.push(Reason { area: hold.area, code: hold.code, args: hold.args.clone() });
    }
    reasons.sort();
    reasons.dedup();
    Clearance { reasons }
}

/// The stage must be active, and the region known.
fn standing(facts: &Facts, at: NaiveDateTime, reasons: &mut Vec<Reason>) {
    let Some((_, stage, area)) = facts.standing.iter().find(|(period, ..)| period.holds(at)) else {
        reasons.push(reason(Area::Stage, "not_in_register"));
        return;
    };
    if let Some(code) = stage_code(*stage) {
        reasons.push(reason(Area::Stage, code));
    }
    if matches!(area.as_str(), "" | "CN") {
        reasons.push(reason(Area::Registration, "no_place"));
    }
}

fn stage_code(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Active => None,
        Stage::Candidate => Some("candidate"),
        Stage::Invited => Some("invited"),
        Stage::Registering => Some("registering"),
        Stage::UnderReview => Some("under_review"),
        Stage::Suspended => Some("suspended"),
        Stage::Eliminated => Some("eliminated"),
        Stage::Withdrawn => Some("withdrawn"),
        Stage::Declined => Some("declined"),
    }
}

fn registration(facts: &Facts, at: NaiveDateTime, reasons: &mut Vec<Reason>) {
    if !facts.addressed.iter().any(|period| period.holds(at)) {
        reasons.push(reason(Area::Registration, "no_address"));
    }
    if !facts.contacts.iter().any(|period| period.holds(at)) {
        reasons.push(reason(Area::Registration, "no_contact"));
    }
    if !facts.identifiers.iter().any(|held| held.period.holds(at)) {
        reasons.push(reason(Area::Registration, "no_identifier"));
    }
}

/// What was recorded on doubtful evidence waits for a second person.
fn identity(facts: &Facts, at: NaiveDateTime, reasons: &mut Vec<Reason>) {
    for held in facts.identifiers.iter().filter(|held| held.period.holds(at)) {
        if held.confirmed.is_none_or(|confirmed| confirmed > at) {
            let args = vec![("kind", held.kind.clone()), ("value", held.value.clone())];
            reasons.push(Reason { area: Area::Identity, code: "identifier_unconfirmed", args });
        }
    }
}

fn offered(facts: &Facts, category: &str, at: NaiveDateTime, reasons: &mut Vec<Reason>) {
    match facts.offers.iter().find(|offer| offer.category == category) {
        None => reasons.push(reason(Area::Category, "category_not_offered")),
        Some(offer) if offer.closed.is_some_and(|closed| closed <= at) => {
            reasons.push(reason(Area::Category, "category_closed"));
        }
        Some(_) => {}
    }
}

fn reason(area: Area, code: &'static str) -> Reason {
    Reason { area, code, args: Vec::new() }
}
