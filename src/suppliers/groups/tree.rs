//! A group as a tree for a page: who controls stands above whom it controls.

use std::collections::{HashMap, HashSet};

use super::{ControlLink, Group, Member};

/// A company in the tree, in the order of reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    pub member: Member,
    /// The link to the company above it; `None` at the top.
    pub link: Option<ControlLink>,
    pub depth: usize,
    /// It has two parents, and stands with those below it under the other one.
    pub is_again: bool,
    /// Whether a list of companies below it begins here.
    pub opens: bool,
    /// How many lists end behind it.
    pub closes: usize,
}

/// The group from the top down. Each company stands under each of its parents; those below it only
/// the first time. A company whose parents are not among the members stands at the top.
pub fn tree(group: &Group) -> Vec<Branch> {
    let by_id: HashMap<&str, &Member> =
        group.members.iter().map(|m| (m.company.id.as_str(), m)).collect();
    let mut below: HashMap<&str, Vec<&ControlLink>> = HashMap::new();
    for link in &group.links {
        below.entry(&link.parent_id).or_default().push(link);
    }
    for links in below.values_mut() {
        links.sort_by_key(|link| by_id.get(link.child_id.as_str()).map(|m| m.company.number));
    }
    let children: HashSet<&str> = group.links.iter().map(|l| l.child_id.as_str()).collect();
    let mut tops: Vec<&Member> =
        group.members.iter().filter(|m| !children.contains(m.company.id.as_str())).collect();
    tops.sort_by_key(|m| m.company.number);

    let mut branches: Vec<Branch> = Vec::new();
    let mut shown: HashSet<&str> = HashSet::new();
    // The next one to show is the last: a pile, because a chain may be as long as the group.
    let mut pile: Vec<(&Member, Option<&ControlLink>, usize)> =
        tops.into_iter().rev().map(|m| (m, None, 0)).collect();
    while let Some((member, link, depth)) = pile.pop() {
        let is_again = !shown.insert(&member.company.id);
        branches.push(Branch {
            member: member.clone(),
            link: link.cloned(),
            depth,
            is_again,
            opens: false,
            closes: 0,
        });
        if !is_again {
            let links = below.get(member.company.id.as_str()).into_iter().flatten().rev();
            let children = links.filter_map(|l| Some((*by_id.get(l.child_id.as_str())?, *l)));
            pile.extend(children.map(|(child, link)| (child, Some(link), depth + 1)));
        }
    }
    nest(&mut branches);
    branches
}

fn nest(branches: &mut [Branch]) {
    let depths: Vec<usize> = branches.iter().map(|b| b.depth).chain([0]).collect();
    for (branch, next) in branches.iter_mut().zip(&depths[1..]) {
        branch.opens = *next > branch.depth;
        branch.closes = branch.depth.saturating_sub(*next);
    }
}
