//! The companies of a group on a day, and how each stands to the one that was asked about.

use std::collections::{HashMap, HashSet, VecDeque};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Company, ControlKind, ControlLink, companies};
use crate::access::Scope;
use crate::db::{AnyConnection, MultiBackend, among};
use crate::error::Error;
use crate::schema::control_links;
use crate::suppliers::find;

/// Companies of a group, at most.
pub const MEMBERS: usize = 1000;
/// Links that one step of the search reads, at most.
const STEP: usize = 5000;

text_enum! {
    /// How a member stands to the company that was asked about.
    Role {
        /// That company itself.
        Principal = "principal",
        /// Above it: controls it, directly or over others.
        Controls = "controls",
        /// Below it: controlled by it, directly or over others.
        ControlledBy = "controlled_by",
        /// Neither, but of the same group: sisters and their like.
        Related = "related",
    }
}

/// A company of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    pub company: Company,
    pub role: Role,
    /// How many links away, the shortest way: 0 for the principal.
    pub steps: usize,
}

/// The group of a company on a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// By role in the order of [`Role`], then the nearest first, then by number. The first is the
    /// company that was asked about; a company without links is a group of one.
    pub members: Vec<Member>,
    /// The controlling links that hold on the day and have both companies among the members.
    pub links: Vec<ControlLink>,
    /// Members that [`Group::within`] left out.
    pub hidden: usize,
    /// Whether there are more companies than [`MEMBERS`]. Those above the company come first, then
    /// those below it, so what is missing is the farthest.
    pub is_cut: bool,
}

impl Group {
    /// The group as somebody sees it who may not see everything: companies outside the scope are
    /// only counted, and links to them are left out.
    pub fn within(self, scope: &Scope) -> Group {
        let all = self.members.len();
        let members: Vec<Member> =
            self.members.into_iter().filter(|m| scope.allows(&m.company.area)).collect();
        let seen: HashSet<&str> = members.iter().map(|m| m.company.id.as_str()).collect();
        let mut links = self.links;
        links.retain(|l| seen.contains(l.parent_id.as_str()) && seen.contains(l.child_id.as_str()));
        Group { hidden: self.hidden + all - members.len(), links, is_cut: self.is_cut, members }
    }
}

/// Everybody who is connected with a company by links of control that hold on `on`, whatever their
/// regions: who shows it to a person narrows it with [`Group::within`].
///
/// A link holds from its first day up to the day before its `valid_to`; withdrawn links and
/// minority holdings never connect. What a member is to the company is read from the links alone:
/// who is above it over any number of companies controls it, who is below it is controlled by it,
/// everybody else is related. With at most [`MEMBERS`] companies; `is_cut` says when there are more.
///
/// One query for each step away from the company and direction, however many companies a step
/// reaches. [`Error::NotFound`] when there is no such company.
pub fn members(c: &mut AnyConnection, supplier_id: &str, on: NaiveDate) -> Result<Group, Error> {
    let principal = find(c, &Scope::Everything, supplier_id)?.id;
    let mut walk = Walk::from(&principal, on);
    walk.go(c, Way::Up, Role::Controls, vec![principal.clone()])?;
    walk.go(c, Way::Down, Role::ControlledBy, vec![principal.clone()])?;
    let mut everybody: Vec<String> = walk.reached.keys().cloned().collect();
    everybody.sort();
    walk.go(c, Way::Both, Role::Related, everybody)?;
    walk.finish(c, &principal)
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Up,
    Down,
    Both,
}

/// The search, and whom it has reached.
struct Walk {
    on: NaiveDate,
    reached: HashMap<String, Role>,
    links: HashMap<String, ControlLink>,
    is_cut: bool,
}

impl Walk {
    fn from(principal: &str, on: NaiveDate) -> Walk {
        let reached = HashMap::from([(principal.to_string(), Role::Principal)]);
        Walk { on, reached, links: HashMap::new(), is_cut: false }
    }

    /// Goes on from some companies, a step at a time, until nobody new is reached. Who is reached
    /// keeps the role of the first search that came there.
    fn go(
        &mut self,
        c: &mut AnyConnection,
        way: Way,
        role: Role,
        from: Vec<String>,
    ) -> Result<(), Error> {
        let mut frontier = from;
        while !frontier.is_empty() {
            let links = self.links_at(c, way, &frontier)?;
            let mut next = Vec::new();
            for link in links {
                for (here, there) in
                    [(&link.child_id, &link.parent_id), (&link.parent_id, &link.child_id)]
                {
                    self.reach(here, there, role, &mut next);
                }
                self.links.insert(link.id.clone(), link);
            }
            frontier = next;
        }
        Ok(())
    }

    fn reach(&mut self, here: &str, there: &str, role: Role, next: &mut Vec<String>) {
        if !self.reached.contains_key(here) || self.reached.contains_key(there) {
            return;
        }
        if self.reached.len() == MEMBERS {
            self.is_cut = true;
            return;
        }
        self.reached.insert(there.to_string(), role);
        next.push(there.to_string());
    }

    fn links_at(
        &mut self,
        c: &mut AnyConnection,
        way: Way,
        frontier: &[String],
    ) -> Result<Vec<ControlLink>, Error> {
        let ids = || frontier.iter().map(String::as_str);
        let mut links = Vec::new();
        for at_child in [true, false] {
            if (at_child && way == Way::Down) || (!at_child && way == Way::Up) {
                continue;
            }
            let query = control_links::table
                .filter(control_links::valid_from.le(self.on))
                .filter(control_links::valid_to.gt(self.on))
                .filter(control_links::withdrawn_at.is_null())
                .filter(control_links::kind.ne(ControlKind::Minority))
                .order(control_links::id)
                .limit(STEP as i64)
                .select(ControlLink::as_select())
                .into_boxed::<MultiBackend>();
            let query = match at_child {
                true => query.filter(among(control_links::child_id, ids())),
                false => query.filter(among(control_links::parent_id, ids())),
            };
            let found: Vec<ControlLink> = query.load(c)?;
            self.is_cut |= found.len() == STEP;
            links.extend(found);
        }
        Ok(links)
    }

    fn finish(mut self, c: &mut AnyConnection, principal: &str) -> Result<Group, Error> {
        let reached = &self.reached;
        let is_in = |id: &String| reached.contains_key(id);
        self.links.retain(|_, link| is_in(&link.parent_id) && is_in(&link.child_id));
        let mut links: Vec<ControlLink> = self.links.into_values().collect();
        links.sort_by(|a, b| a.id.cmp(&b.id));
        let steps = steps_from(principal, &links);
        let known = companies(c, reached.keys().map(String::as_str))?;
        let member = |company: Company| {
            let role = reached.get(&company.id).copied().unwrap_or(Role::Related);
            let steps = steps.get(company.id.as_str()).copied().unwrap_or(0);
            Member { company, role, steps }
        };
        let mut members: Vec<Member> = known.into_iter().map(member).collect();
        members.sort_by_key(|m| (m.role, m.steps, m.company.number));
        Ok(Group { members, links, hidden: 0, is_cut: self.is_cut })
    }
}

/// How many links away each company is.
fn steps_from<'a>(principal: &'a str, links: &'a [ControlLink]) -> HashMap<&'a str, usize> {
    let mut beside: HashMap<&str, Vec<&str>> = HashMap::new();
    for link in links {
        beside.entry(&link.parent_id).or_default().push(&link.child_id);
        beside.entry(&link.child_id).or_default().push(&link.parent_id);
    }
    let mut steps = HashMap::from([(principal, 0)]);
    let mut line = VecDeque::from([principal]);
    while let Some(here) = line.pop_front() {
        let further = steps.get(here).copied().unwrap_or(0) + 1;
        for there in beside.get(here).into_iter().flatten() {
            if !steps.contains_key(there) {
                steps.insert(there, further);
                line.push_back(there);
            }
        }
    }
    steps
}
