//! What companies hold of that which standards demand, since when and until when.

mod load;
mod signed;

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::demands::{Demand, DemandKind, Fact, Whom};
use crate::documents::Kind;
use crate::suppliers::clearance::Period;
use crate::suppliers::clearance::periods::{at, last_day, tidy, without};
use crate::suppliers::people::Part;
use crate::values::end_of;

pub use load::{lasting_of, of};

/// How a demand stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Until the end of a day, or without an end as far as is known.
    Met(Option<NaiveDate>),
    Short,
    /// Only a person can say.
    ByHand,
}

/// Somebody who was behind a company for a time, and when they counted as authenticated.
#[derive(Clone, Debug)]
struct Backer {
    part: Part,
    there: Period,
    authenticated: Vec<Period>,
}

/// A certification that was given: when it counted but for suspensions.
#[derive(Clone, Debug)]
pub struct Given {
    pub category_id: String,
    pub period: Period,
    pub revoked: bool,
    /// When it was suspended by somebody's decision, and why.
    pub decisions: Vec<(Period, String)>,
    /// When it was suspended for any cause.
    suspended: Vec<Period>,
}

/// What one company holds.
#[derive(Clone, Debug, Default)]
pub struct Holdings {
    certificates: HashMap<String, Vec<Period>>,
    basic: Vec<Period>,
    people: Vec<Backer>,
    given: Vec<Given>,
    /// When each clause that can be signed was settled, by its code.
    clauses: HashMap<String, Vec<Period>>,
    /// Of today: kinds and their last days.
    documents: Vec<(Kind, Option<NaiveDate>)>,
    /// Of today.
    facts: HashSet<Fact>,
}

impl Holdings {
    /// How a demand stands at the end of a day. Facts and documents are those of today.
    pub fn judge(&self, demand: &Demand, on: NaiveDate) -> Judgement {
        if self.is_by_hand(demand) {
            return Judgement::ByHand;
        }
        if demand.kind.is_lasting() {
            return match at(&self.when(demand), end_of(on)) {
                Some(period) => Judgement::Met(last_day(&period)),
                None => Judgement::Short,
            };
        }
        if demand.kind == DemandKind::Fact {
            let fact = Fact::parse(&demand.subject);
            let is_there = fact.is_some_and(|fact| self.facts.contains(&fact));
            return if is_there { Judgement::Met(None) } else { Judgement::Short };
        }
        let of_kind = self.documents.iter().filter(|(kind, _)| kind.as_str() == demand.subject);
        let last = of_kind.map(|(_, last)| last.unwrap_or(NaiveDate::MAX)).max();
        match last.filter(|last| *last >= on) {
            Some(last) => Judgement::Met((last != NaiveDate::MAX).then_some(last)),
            None => Judgement::Short,
        }
    }

    /// Whether only a person can say if a demand is met: of a clause that nobody can sign yet too.
    fn is_by_hand(&self, demand: &Demand) -> bool {
        let is_clause = demand.kind == DemandKind::Clause;
        demand.kind.is_by_hand() || (is_clause && !self.clauses.contains_key(&demand.subject))
    }

    /// When a lasting demand was and will be met; never for demands of other kinds. What only a person
    /// can judge is taken to be met.
    pub fn when(&self, demand: &Demand) -> Vec<Period> {
        match demand.kind {
            DemandKind::Certificate => {
                tidy(self.certificates.get(&demand.subject).cloned().unwrap_or_default())
            }
            DemandKind::Basic => tidy(self.basic.clone()),
            DemandKind::Authentication => match Whom::parse(&demand.subject) {
                Some(Whom::LegalRepresentative) => self.authenticated(Part::LegalRepresentative),
                Some(Whom::Signatories) => self.authenticated(Part::Signatory),
                None => Vec::new(),
            },
            DemandKind::Category => self.certified(&demand.subject),
            DemandKind::Clause => {
                self.clauses.get(&demand.subject).cloned().unwrap_or(vec![Period::ALWAYS])
            }
            _ => Vec::new(),
        }
    }

    /// When everybody of a part was authenticated, and there was somebody.
    fn authenticated(&self, part: Part) -> Vec<Period> {
        let of_part: Vec<&Backer> = self.people.iter().filter(|one| one.part == part).collect();
        let there: Vec<Period> = of_part.iter().map(|one| one.there).collect();
        let lacking: Vec<Period> =
            of_part.iter().flat_map(|one| without(&[one.there], &one.authenticated)).collect();
        without(&there, &lacking)
    }

    /// The certifications for a category that were given.
    pub fn given(&self, category_id: &str) -> impl Iterator<Item = &Given> {
        self.given.iter().filter(move |one| one.category_id == category_id)
    }

    /// The categories for which a certification was ever given.
    pub fn categories(&self) -> HashSet<&str> {
        self.given.iter().map(|one| one.category_id.as_str()).collect()
    }

    /// When the company was certified for a category, and not suspended.
    pub fn certified(&self, category_id: &str) -> Vec<Period> {
        let mut all = Vec::new();
        for one in self.given(category_id) {
            all.extend(without(&[one.period], &one.suspended));
        }
        tidy(all)
    }
}
