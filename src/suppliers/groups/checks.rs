//! What stands against a link: another one of the same two companies, more than all shares, control
//! that comes back to where it begins.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{ControlKind, ControlLink};
use crate::db::{AnyConnection, among};
use crate::error::{Error, Problem, Problems};
use crate::schema::control_links;

/// All shares of a company, in hundredths of a percent.
const EVERYTHING: i64 = 10_000;

/// Days from the first on, up to but without the second.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Period(NaiveDate, NaiveDate);

impl Period {
    fn of(link: &ControlLink) -> Period {
        Period(link.valid_from, link.valid_to)
    }

    /// The days that both have, `None` for none.
    fn common(self, other: Period) -> Option<Period> {
        let (from, to) = (self.0.max(other.0), self.1.min(other.1));
        (from < to).then_some(Period(from, to))
    }

    fn contains(self, other: Period) -> bool {
        self.0 <= other.0 && other.1 <= self.1
    }
}

/// The problems that a link would bring, each at its field.
pub fn problems(c: &mut AnyConnection, link: &ControlLink) -> Result<Problems, Error> {
    let mut problems = Problems::default();
    let beside = parents_beside(c, link)?;
    if beside.iter().any(|other| other.parent_id == link.parent_id) {
        problems.add(Problem::new("company", "group_overlap"));
    } else if let Some(day) = first_day_over(&beside, link) {
        problems.add(Problem::new("share", "group_shares").with("day", day));
    }
    if problems.is_empty() && link.kind.is_control() && comes_back(c, link)? {
        problems.add(Problem::new("company", "group_circle"));
    }
    Ok(problems)
}

/// The links to the same child at the time of this one.
fn parents_beside(c: &mut AnyConnection, link: &ControlLink) -> Result<Vec<ControlLink>, Error> {
    Ok(control_links::table
        .filter(control_links::child_id.eq(&link.child_id))
        .filter(control_links::valid_from.lt(link.valid_to))
        .filter(control_links::valid_to.gt(link.valid_from))
        .filter(control_links::withdrawn_at.is_null())
        .select(ControlLink::as_select())
        .load(c)?)
}

/// The first day on which all shares together are more than there are. They grow on no other days
/// than those on which a link begins.
fn first_day_over(beside: &[ControlLink], link: &ControlLink) -> Option<NaiveDate> {
    let added = link.share?;
    let mut days: Vec<NaiveDate> =
        beside.iter().map(|o| o.valid_from.max(link.valid_from)).collect();
    days.sort();
    let shares_on = |day: NaiveDate| -> i64 {
        beside.iter().filter(|other| other.holds_on(day)).filter_map(|other| other.share).sum()
    };
    days.into_iter().find(|day| added + shares_on(*day) > EVERYTHING)
}

/// Whether the child of a controlling link controls its parent, over any number of companies, on
/// any day of the link. The walk goes up from the parent, with the days on which the whole way
/// holds; a company is looked at again only for days that it was not reached on.
fn comes_back(c: &mut AnyConnection, link: &ControlLink) -> Result<bool, Error> {
    let mut reached: HashMap<String, Vec<Period>> = HashMap::new();
    let mut ways = vec![(link.parent_id.clone(), Period::of(link))];
    while !ways.is_empty() {
        let above = parents_of(c, &ways, Period::of(link))?;
        let mut further = Vec::new();
        for (company, days) in &ways {
            for up in above.get(company).into_iter().flatten() {
                let Some(days) = days.common(Period::of(up)) else {
                    continue;
                };
                if up.parent_id == link.child_id {
                    return Ok(true);
                }
                let known = reached.entry(up.parent_id.clone()).or_default();
                if !known.iter().any(|earlier| earlier.contains(days)) {
                    known.push(days);
                    further.push((up.parent_id.clone(), days));
                }
            }
        }
        ways = further;
    }
    Ok(false)
}

/// Whether control that goes out from a company comes back to it, on any day.
pub fn stands_in_circle(c: &mut AnyConnection, supplier_id: &str) -> Result<bool, Error> {
    let down: Vec<ControlLink> = control_links::table
        .filter(control_links::parent_id.eq(supplier_id))
        .filter(control_links::withdrawn_at.is_null())
        .filter(control_links::kind.ne(ControlKind::Minority))
        .select(ControlLink::as_select())
        .load(c)?;
    for link in &down {
        if comes_back(c, link)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The controlling links to the companies of the ways within a time, by child.
fn parents_of(
    c: &mut AnyConnection,
    ways: &[(String, Period)],
    within: Period,
) -> Result<HashMap<String, Vec<ControlLink>>, Error> {
    let mut by_child: HashMap<String, Vec<ControlLink>> = HashMap::new();
    for batch in ways.chunks(500) {
        let links: Vec<ControlLink> = control_links::table
            .filter(among(control_links::child_id, batch.iter().map(|(id, _)| id.as_str())))
            .filter(control_links::valid_from.lt(within.1))
            .filter(control_links::valid_to.gt(within.0))
            .filter(control_links::withdrawn_at.is_null())
            .filter(control_links::kind.ne(ControlKind::Minority))
            .select(ControlLink::as_select())
            .load(c)?;
        for link in links {
            let of_child = by_child.entry(link.child_id.clone()).or_default();
            if !of_child.iter().any(|known| known.id == link.id) {
                of_child.push(link);
            }
        }
    }
    Ok(by_child)
}
