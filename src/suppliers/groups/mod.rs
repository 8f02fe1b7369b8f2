//! Who controls whom. A group is what is connected by control on a day.

mod checks;
mod input;
mod links;
pub mod lookup;
mod members;
mod tree;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Stage;
use crate::access::Scope;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{control_links, suppliers};
use crate::values::forever;

pub use checks::stands_in_circle;
pub use input::{EndInput, LinkInput, MistakeInput};
pub use links::{add, end, find_link, withdraw};
pub use members::{Group, MEMBERS, Member, Role, members};
pub use tree::{Branch, tree};

text_enum! {
    /// What a link between two companies rests on.
    ControlKind {
        /// More than half of the shares.
        Majority = "majority",
        /// The votes, by agreement.
        Voting = "voting",
        /// Contracts, as in a structure with a variable interest entity.
        Contract = "contract",
        /// The same people decide.
        Management = "management",
        /// A holding without control: recorded, and never part of the group.
        Minority = "minority",
    }
}

impl ControlKind {
    /// Whether companies with such a link between them are of one group.
    pub fn is_control(self) -> bool {
        self != ControlKind::Minority
    }
}

/// That one company controls another, or holds a part of it, for a time. It is ended or withdrawn,
/// never edited.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = control_links)]
pub struct ControlLink {
    pub id: String,
    pub parent_id: String,
    pub child_id: String,
    pub kind: ControlKind,
    /// In hundredths of a percent: 5125 is 51.25 %.
    pub share: Option<i64>,
    /// Where it is written.
    pub evidence: String,
    pub valid_from: NaiveDate,
    /// The first day on which the link is no more, 9999-12-31 while no end is known.
    pub valid_to: NaiveDate,
    pub recorded_by: String,
    pub created_at: NaiveDateTime,
    /// Entered by mistake: it holds on no day.
    pub withdrawn_at: Option<NaiveDateTime>,
}

impl ControlLink {
    /// Whether the link holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.withdrawn_at.is_none() && self.valid_from <= day && day < self.valid_to
    }

    /// Whether no end is known.
    pub fn is_open(&self) -> bool {
        self.valid_to == forever().date()
    }

    /// The share for people: "51.25 %"; "" when none is recorded.
    pub fn share_text(&self) -> String {
        self.share.map(share_text).unwrap_or_default()
    }
}

/// 5125 → "51.25 %", 5100 → "51 %".
pub fn share_text(share: i64) -> String {
    let (whole, rest) = (share / 100, share % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{whole} %"),
        (_, 0) => format!("{whole}.{} %", rest / 10),
        _ => format!("{whole}.{rest:02} %"),
    }
}

/// A company as its group shows it.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable)]
#[diesel(table_name = suppliers)]
pub struct Company {
    pub id: String,
    pub number: i64,
    pub legal_name: String,
    pub english_name: String,
    pub stage: Stage,
    pub area: String,
}

impl Company {
    /// "S-000123".
    pub fn code(&self) -> String {
        super::code_of(self.number)
    }
}

/// The companies of some ids, by number.
fn companies<'a>(
    c: &mut AnyConnection,
    ids: impl IntoIterator<Item = &'a str>,
) -> Result<Vec<Company>, Error> {
    Ok(suppliers::table
        .filter(among(suppliers::id, ids))
        .order(suppliers::number)
        .select(Company::as_select())
        .load(c)?)
}

/// A link as seen from one of its two companies.
#[derive(Clone, Debug)]
pub struct Tie {
    pub link: ControlLink,
    /// The company at the other end.
    pub other: Company,
    /// Whether the other one is the parent.
    pub is_up: bool,
}

/// The links of a company that a person may see.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    pub ties: Vec<Tie>,
    /// Links to companies outside what the person may see.
    pub hidden: usize,
}

/// Links of a company that its page shows, at most.
const TIES: i64 = 1000;

/// Every link of a company, holdings, ended and withdrawn ones too: newest beginning first.
pub fn ties(c: &mut AnyConnection, scope: &Scope, supplier_id: &str) -> Result<Ties, Error> {
    let ours = control_links::parent_id.eq(supplier_id).or(control_links::child_id.eq(supplier_id));
    let links: Vec<ControlLink> = control_links::table
        .filter(ours)
        .order((control_links::valid_from.desc(), control_links::id.desc()))
        .limit(TIES)
        .select(ControlLink::as_select())
        .load(c)?;
    seen_from(c, scope, supplier_id, links)
}

/// The companies that control a company on a day, and how many it controls itself.
pub fn nearest(
    c: &mut AnyConnection,
    scope: &Scope,
    supplier_id: &str,
    on: NaiveDate,
) -> Result<(Ties, i64), Error> {
    let links = control_links::table
        .filter(control_links::child_id.eq(supplier_id))
        .filter(control_links::valid_from.le(on))
        .filter(control_links::valid_to.gt(on))
        .filter(control_links::withdrawn_at.is_null())
        .filter(control_links::kind.ne(ControlKind::Minority))
        .order(control_links::valid_from)
        .limit(TIES)
        .select(ControlLink::as_select())
        .load(c)?;
    let above = seen_from(c, scope, supplier_id, links)?;
    let below = control_links::table
        .filter(control_links::parent_id.eq(supplier_id))
        .filter(control_links::valid_from.le(on))
        .filter(control_links::valid_to.gt(on))
        .filter(control_links::withdrawn_at.is_null())
        .filter(control_links::kind.ne(ControlKind::Minority))
        .count()
        .get_result(c)?;
    Ok((above, below))
}

fn seen_from(
    c: &mut AnyConnection,
    scope: &Scope,
    supplier_id: &str,
    links: Vec<ControlLink>,
) -> Result<Ties, Error> {
    if links.is_empty() {
        return Ok(Ties::default());
    }
    let other_end = |link: &ControlLink| match link.parent_id == supplier_id {
        true => link.child_id.clone(),
        false => link.parent_id.clone(),
    };
    let ids: Vec<String> = links.iter().map(other_end).collect();
    let known = companies(c, ids.iter().map(String::as_str))?;
    let mut seen = Ties::default();
    for link in links {
        let id = other_end(&link);
        match known.iter().find(|company| company.id == id && scope.allows(&company.area)) {
            Some(other) => {
                let is_up = link.parent_id == id;
                seen.ties.push(Tie { link, other: other.clone(), is_up });
            }
            None => seen.hidden += 1,
        }
    }
    Ok(seen)
}

#[cfg(test)]
mod tests {
    use super::share_text;

    #[test]
    fn a_share_is_written_with_the_decimals_that_it_has() {
        assert_eq!(share_text(5125), "51.25 %");
        assert_eq!(share_text(5150), "51.5 %");
        assert_eq!(share_text(5105), "51.05 %");
        assert_eq!(share_text(10_000), "100 %");
        assert_eq!(share_text(1), "0.01 %");
    }
}
