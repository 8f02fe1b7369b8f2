//! Coverage: how many of those who must sign have signed, as at a date (HKEX KPI B5.2: the practices
//! relating to engaging suppliers, and the number of suppliers where they are implemented).

pub mod api;
pub mod count;
mod day;
pub mod files;
mod groups;
pub mod narrowed;
pub mod query;
pub mod rows;
pub mod unasked;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::standing::{InForce, Published, Standing};
use crate::access::Scope;
use crate::cache::Cache;
use crate::db::AnyConnection;
use crate::error::Error;

pub use groups::{Groups, Leader};

/// How a company stands to a clause at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub standing: Standing,
    /// Whether the version in force must have been signed: exceptions are left out, and so is who
    /// signed without having to.
    pub is_asked: bool,
    /// The newest version with a signature that counts.
    pub held: Option<i64>,
}

/// A company that counts on a day.
#[derive(Clone, Debug)]
pub struct Counted {
    pub id: String,
    pub number: i64,
    /// As at the day.
    pub legal_name: String,
    /// Of today: its history is not kept.
    pub english_name: String,
    /// As at the day.
    pub area: String,
    /// Ids of the categories that it offers today.
    categories: Vec<Arc<str>>,
    /// In the order of [`Published::clauses`].
    cells: Vec<Cell>,
}

impl Counted {
    /// "S-000123".
    pub fn code(&self) -> String {
        crate::suppliers::code_of(self.number)
    }

    /// How it stands to the clause at a place of [`Published::clauses`].
    pub fn cell(&self, clause: usize) -> Cell {
        self.cells[clause]
    }
}

/// Everybody and everything at the end of a day, the same for every reader.
#[derive(Debug)]
pub struct Day {
    pub on: NaiveDate,
    pub published: Published,
    /// Introduced or suspended on the day, by number.
    pub companies: Vec<Counted>,
    groups: Groups,
}

impl Day {
    /// The version of the clause at a place that is in force.
    pub fn in_force(&self, clause: usize) -> Option<&InForce> {
        self.published.on(&self.published.clauses[clause].id, self.on)
    }

    /// Whether a company offers a category or one below it.
    fn offers(&self, company: &Counted, category: &str) -> bool {
        let mut all = company.categories.iter();
        all.any(|one| self.published.with_above(one).any(|above| above == category))
    }

    /// The company at the top of a company's group, as somebody sees it who may not see everything.
    /// `None` for a company that nobody controls and that controls nobody.
    pub fn leader(&self, company: &Counted, scope: &Scope) -> Option<&Leader> {
        self.groups.leader(&company.id, scope)
    }
}

/// Days that are kept, each with every company.
const DAYS: usize = 8;

/// Days kept until the register changes.
pub struct DayCache(Cache<NaiveDate, Arc<Day>>);

impl Default for DayCache {
    fn default() -> DayCache {
        DayCache(Cache::of_at_most(DAYS))
    }
}

impl DayCache {
    /// A day. Only for reading: a change that is under way must not be kept.
    pub fn day(&self, c: &mut AnyConnection, on: NaiveDate) -> Result<Arc<Day>, Error> {
        self.0.get(c, on, |c| Ok(Arc::new(day::load(c, on)?)))
    }
}

/// How many companies stand how to a clause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub companies: i64,
    /// Those who must have signed the version in force.
    pub asked: i64,
    /// Those who have.
    pub signed: i64,
    /// Those who have without having to.
    pub voluntary: i64,
    pub must_sign: i64,
    pub must_sign_again: i64,
    pub excepted: i64,
    pub not_asked: i64,
}

impl Figures {
    fn add(&mut self, cell: Cell) {
        self.companies += 1;
        self.asked += i64::from(cell.is_asked);
        let number = match cell.standing {
            Standing::Signed => &mut self.signed,
            Standing::MustSign => &mut self.must_sign,
            Standing::MustSignAgain => &mut self.must_sign_again,
            Standing::Excepted => &mut self.excepted,
            Standing::NotAsked => &mut self.not_asked,
        };
        *number += 1;
        self.voluntary += i64::from(cell.standing == Standing::Signed && !cell.is_asked);
    }

    /// Whether everybody stands in exactly one number, and those who must sign are those who did and
    /// those who did not.
    pub fn adds_up(&self) -> bool {
        let open = self.must_sign + self.must_sign_again;
        self.signed + open + self.excepted + self.not_asked == self.companies
            && self.signed - self.voluntary + open == self.asked
    }

    /// Those who must sign and have not.
    pub fn outstanding(&self) -> i64 {
        self.must_sign + self.must_sign_again
    }

    /// The share of those who must sign that have, in tenths of a percent, rounded down: what is not
    /// whole never looks whole. `None` where nobody must.
    pub fn tenths(&self) -> Option<i64> {
        (self.asked > 0).then(|| (self.signed - self.voluntary) * 1000 / self.asked)
    }
}

/// 489 → "48.9 %"; "–" where nobody must sign.
pub fn percent(tenths: Option<i64>) -> String {
    tenths.map_or("–".into(), |tenths| format!("{}.{} %", tenths / 10, tenths % 10))
}

/// Ids that stand for the same text, once in memory.
#[derive(Default)]
struct Kept(HashMap<String, Arc<str>>);

impl Kept {
    fn of(&mut self, text: String) -> Arc<str> {
        let kept = self.0.entry(text).or_insert_with_key(|text| Arc::from(text.as_str()));
        kept.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_signed_without_having_to_is_no_part_of_the_share() {
        let mut figures = Figures::default();
        let cell = |standing, is_asked| Cell { standing, is_asked, held: None };
        for one in [
            cell(Standing::Signed, true),
            cell(Standing::Signed, false),
            cell(Standing::MustSign, true),
            cell(Standing::MustSignAgain, true),
            cell(Standing::Excepted, false),
            cell(Standing::NotAsked, false),
        ] {
            figures.add(one);
        }
        assert!(figures.adds_up());
        assert_eq!((figures.companies, figures.asked, figures.voluntary), (6, 3, 1));
        assert_eq!(figures.tenths(), Some(333));
        assert_eq!(percent(figures.tenths()), "33.3 %");
        let nearly = Figures { asked: 2000, signed: 1999, ..Figures::default() };
        assert_eq!(percent(nearly.tenths()), "99.9 %");
        assert_eq!(percent(Figures::default().tenths()), "–");
    }
}
