//! Which group each company is of on a day, and who stands at its top.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::Scope;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{control_links, suppliers};
use crate::suppliers::groups::ControlKind;

/// A company that a group is called by.
#[derive(Clone, Debug, PartialEq)]
pub struct Leader {
    pub id: String,
    pub number: i64,
    pub legal_name: String,
    pub english_name: String,
    area: String,
    /// Whether another company controls it.
    is_below: bool,
}

/// The groups of a day.
#[derive(Debug, Default)]
pub struct Groups {
    /// The group of each company that is in one.
    of: HashMap<String, usize>,
    /// The companies of each group: those that nobody controls first, then by number.
    all: Vec<Vec<Leader>>,
}

/// Companies read at once.
const BATCH: usize = 500;

impl Groups {
    /// The groups that links of control make, which hold on a day. Two queries and one for each batch of
    /// companies in a group.
    pub(super) fn load(c: &mut AnyConnection, on: NaiveDate) -> Result<Groups, Error> {
        let links: Vec<(String, String)> = control_links::table
            .filter(control_links::valid_from.le(on))
            .filter(control_links::valid_to.gt(on))
            .filter(control_links::withdrawn_at.is_null())
            .filter(control_links::kind.ne(ControlKind::Minority))
            .select((control_links::parent_id, control_links::child_id))
            .load(c)?;
        let mut of: HashMap<String, usize> = HashMap::new();
        let mut joined: Vec<usize> = Vec::new();
        for (parent, child) in &links {
            let (a, b) =
                (number_of(&mut of, &mut joined, parent), number_of(&mut of, &mut joined, child));
            let (a, b) = (root(&mut joined, a), root(&mut joined, b));
            joined[a.max(b)] = a.min(b);
        }
        for number in of.values_mut() {
            *number = root(&mut joined, *number);
        }
        let children: std::collections::HashSet<&str> =
            links.iter().map(|(_, child)| child.as_str()).collect();
        let mut all: Vec<Vec<Leader>> = joined.iter().map(|_| Vec::new()).collect();
        let ids: Vec<&str> = of.keys().map(String::as_str).collect();
        for batch in ids.chunks(BATCH) {
            let found: Vec<(String, i64, String, String, String)> = suppliers::table
                .filter(among(suppliers::id, batch.iter().copied()))
                .select((
                    suppliers::id,
                    suppliers::number,
                    suppliers::legal_name,
                    suppliers::english_name,
                    suppliers::area,
                ))
                .load(c)?;
            for (id, number, legal_name, english_name, area) in found {
                let is_below = children.contains(id.as_str());
                let group = of[&id];
                let one = Leader { id, number, legal_name, english_name, area, is_below };
                all[group].push(one);
            }
        }
        for group in &mut all {
            group.sort_by_key(|one| (one.is_below, one.number));
        }
        Ok(Groups { of, all })
    }

    /// The first company of a company's group that is within a scope.
    pub(super) fn leader(&self, id: &str, scope: &Scope) -> Option<&Leader> {
        let group = self.all.get(*self.of.get(id)?)?;
        group.iter().find(|one| scope.allows(&one.area))
    }
}

fn number_of(of: &mut HashMap<String, usize>, joined: &mut Vec<usize>, id: &str) -> usize {
    if let Some(number) = of.get(id) {
        return *number;
    }
    let number = joined.len();
    of.insert(id.to_string(), number);
    joined.push(number);
    number
}

/// The number that stands for all that are joined with one.
fn root(joined: &mut [usize], mut at: usize) -> usize {
    while joined[at] != at {
        joined[at] = joined[joined[at]];
        at = joined[at];
    }
    at
}
