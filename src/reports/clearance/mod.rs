//! From whom may we order what, on a day? Every company of a filter, for every category.

pub mod files;
pub mod query;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::categories::Category;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::suppliers::COUNTED;
use crate::suppliers::clearance::{Clearance, HoldSources, clearance, load};
use crate::suppliers::export::{Exported, each_batch};
use crate::suppliers::list::Filter;

/// Companies whose answers a page adds up. Files have no bound.
pub const AT_MOST: usize = 5_000;
/// Companies that stand behind a number, a page at a time.
pub const ROWS: usize = 100;

/// What is asked: each company of `filter` that counts as a supplier, introduced or suspended, for each of `categories`, at the end of `on`.
#[derive(Clone, Debug)]
pub struct Question {
    pub filter: Filter,
    pub categories: Vec<Category>,
    pub on: NaiveDate,
}

/// An answer: a company, a category, whether it offers the category today, and what stands against.
pub struct Answered<'a> {
    pub supplier: &'a Exported,
    pub category: &'a Category,
    pub offers: bool,
    pub clearance: Clearance,
}

/// A category of the page: how many companies offer it, from how many one may order, and how many
/// others each reason stands against. A company may have several reasons.
#[derive(Clone, Debug)]
pub struct Line {
    pub category: Category,
    pub offering: i64,
    pub cleared: i64,
    pub reasons: BTreeMap<&'static str, i64>,
}

/// The page's figures.
#[derive(Clone, Debug)]
pub struct Summary {
    pub lines: Vec<Line>,
    pub companies: usize,
    /// There are more companies than [`AT_MOST`]: the figures are of the first of them only.
    pub is_cut: bool,
}

/// A company behind a number.
#[derive(Clone, Debug)]
pub struct Row {
    pub id: String,
    pub number: i64,
    pub legal_name: String,
    pub english_name: String,
    pub clearance: Clearance,
}

/// Which companies stand behind a number of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behind {
    Offering,
    Cleared,
    Refused,
    /// Those that a reason stands against.
    Reason(String),
}

/// Gives each answer to `tell`, company by company in the filter's order, until it says no more.
pub fn each(
    c: &mut AnyConnection,
    sources: HoldSources,
    question: &Question,
    mut tell: impl FnMut(Answered) -> Result<bool, Error>,
) -> Result<(), Error> {
    let mut goes_on = true;
    each_batch(c, &question.filter, |c, batch| {
        let counted: Vec<&Exported> =
            batch.iter().filter(|row| COUNTED.contains(&row.stage)).collect();
        let ids: Vec<&str> = counted.iter().map(|row| row.id.as_str()).collect();
        let facts = load(c, sources, &ids)?;
        for supplier in counted {
            let Some(facts) = facts.get(&supplier.id) else { continue };
            for category in &question.categories {
                let clearance = clearance(facts, Some(&category.id), question.on);
                let offers = facts.offers.iter().any(|offer| offer.category == category.id);
                goes_on = tell(Answered { supplier, category, offers, clearance })?;
                if !goes_on {
                    return Ok(false);
                }
            }
        }
        Ok(goes_on)
    })
}

/// Adds the answers up by category.
pub fn summary(
    c: &mut AnyConnection,
    sources: HoldSources,
    question: &Question,
) -> Result<Summary, Error> {
    let line = |category: &Category| Line {
        category: category.clone(),
        offering: 0,
        cleared: 0,
        reasons: BTreeMap::new(),
    };
    let mut lines: Vec<Line> = question.categories.iter().map(line).collect();
    let (mut companies, mut at, mut is_cut) = (0, 0, false);
    each(c, sources, question, |answer| {
        if at == 0 {
            is_cut = companies == AT_MOST;
            companies += usize::from(!is_cut);
        }
        if is_cut {
            return Ok(false);
        }
        let line = &mut lines[at];
        at = (at + 1) % question.categories.len();
        if !answer.offers {
            return Ok(true);
        }
        line.offering += 1;
        line.cleared += i64::from(answer.clearance.is_cleared());
        let codes: BTreeSet<&str> = answer.clearance.reasons.iter().map(|one| one.code).collect();
        for code in codes {
            *line.reasons.entry(code).or_default() += 1;
        }
        Ok(true)
    })?;
    Ok(Summary { lines, companies, is_cut })
}

/// The companies behind a number of a category, after the first `skip` of them; and whether there
/// are more. As the figures, they are of the first [`AT_MOST`] companies only.
pub fn rows(
    c: &mut AnyConnection,
    sources: HoldSources,
    question: &Question,
    behind: &Behind,
    skip: usize,
) -> Result<(Vec<Row>, bool), Error> {
    let (mut found, mut seen, mut companies, mut more) = (Vec::new(), 0, 0, false);
    each(c, sources, question, |answer| {
        companies += 1;
        if companies > AT_MOST {
            return Ok(false);
        }
        let stands = answer.offers && behind.is(&answer.clearance);
        if !stands {
            return Ok(true);
        }
        seen += 1;
        if seen > skip + ROWS {
            more = true;
            return Ok(false);
        }
        if seen > skip {
            found.push(Row {
                id: answer.supplier.id.clone(),
                number: answer.supplier.number,
                legal_name: answer.supplier.legal_name.clone(),
                english_name: answer.supplier.english_name.clone(),
                clearance: answer.clearance,
            });
        }
        Ok(true)
    })?;
    Ok((found, more))
}

impl Behind {
    /// "", "cleared", "refused", or the code of a reason.
    pub fn parse(text: &str) -> Behind {
        match text {
            "" => Behind::Offering,
            "cleared" => Behind::Cleared,
            "refused" => Behind::Refused,
            code => Behind::Reason(code.into()),
        }
    }

    fn is(&self, clearance: &Clearance) -> bool {
        match self {
            Behind::Offering => true,
            Behind::Cleared => clearance.is_cleared(),
            Behind::Refused => !clearance.is_cleared(),
            Behind::Reason(code) => clearance.reasons.iter().any(|one| one.code == code),
        }
    }
}
