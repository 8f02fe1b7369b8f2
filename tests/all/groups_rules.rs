//! The rules of groups, compared with slower ones that are plainly right.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use touchstone::access::{Role, command_line};
use touchstone::error::Error;
use touchstone::schema::{control_links, suppliers};
use touchstone::suppliers::groups::{
    self, ControlKind, ControlLink, EndInput, LinkInput, MEMBERS, MistakeInput, Role as Place,
};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, SupplierInput};
use touchstone::values::{new_id, now};

use crate::groups::{day, group_of, roles};
use crate::support::TestApp;

/// What holds between companies 0, 1, 2… from one day of a short calendar to another.
#[derive(Clone, Debug)]
struct Try {
    parent: usize,
    child: usize,
    kind: ControlKind,
    share: i64,
    from: u64,
    to: u64,
}

const COMPANIES: usize = 5;
const CALENDAR: u64 = 6;

fn any_try() -> impl Strategy<Value = Try> {
    let kind = prop::sample::select(ControlKind::ALL);
    (0..COMPANIES, 0..COMPANIES, kind, 1..=100i64, 0..CALENDAR, 1..=CALENDAR).prop_map(
        |(parent, child, kind, share, from, length)| {
            let share = match kind {
                ControlKind::Majority => 51 + share % 50,
                ControlKind::Minority => 1 + share % 50,
                _ => 1 + share % 30,
            };
            Try { parent, child, kind, share, from, to: (from + length).min(CALENDAR) }
        },
    )
}

impl Try {
    fn holds_on(&self, day: u64) -> bool {
        self.from <= day && day < self.to
    }
}

fn calendar(at: u64) -> NaiveDate {
    day("2020-01-01") + Days::new(at)
}

/// Day by day, over every way: slow, and plain enough to be right.
fn is_allowed(accepted: &[Try], new: &Try) -> bool {
    if new.parent == new.child {
        return false;
    }
    (new.from..new.to).all(|day| {
        let held: Vec<&Try> = accepted.iter().filter(|t| t.holds_on(day)).collect();
        let twice = held.iter().any(|t| (t.parent, t.child) == (new.parent, new.child));
        let shares: i64 = held.iter().filter(|t| t.child == new.child).map(|t| t.share).sum();
        let edges: Vec<(usize, usize)> =
            held.iter().filter(|t| t.kind.is_control()).map(|t| (t.parent, t.child)).collect();
        let circle = new.kind.is_control() && reaches(&edges, new.child).contains(&new.parent);
        !twice && shares + new.share <= 100 && !circle
    })
}

/// Everybody below a company.
fn reaches(edges: &[(usize, usize)], from: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut line = vec![from];
    while let Some(here) = line.pop() {
        for (_, child) in edges.iter().filter(|(parent, _)| *parent == here) {
            if found.insert(*child) {
                line.push(*child);
            }
        }
    }
    found
}

#[test]
fn links_are_refused_exactly_when_they_clash_on_some_day_and_roles_follow_from_them() {
    let app = TestApp::new();
    let ids: Vec<String> =
        (0..COMPANIES).map(|n| app.company(&format!("Firma {n} AG"), "CH").id).collect();
    let mut runner =
        TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
    let tries = prop::collection::vec(any_try(), 1..14);
    let checked = runner.run(&tries, |tries| {
        app.tamper("DELETE FROM control_links").expect("an empty table");
        let mut accepted: Vec<Try> = Vec::new();
        for new in tries {
            let input = LinkInput {
                company: ids[new.parent].clone(),
                direction: "controlled_by".into(),
                control: new.kind.as_str().into(),
                share: new.share.to_string(),
                valid_from: calendar(new.from).to_string(),
                valid_to: calendar(new.to).to_string(),
                evidence: "x".into(),
            };
            let child = ids[new.child].clone();
            let done = app.db().write_now(move |c| groups::add(c, &command_line(), &child, &input));
            match done {
                Ok(_) => prop_assert!(is_allowed(&accepted, &new), "{new:?} after {accepted:?}"),
                Err(Error::Invalid(_)) => {
                    prop_assert!(!is_allowed(&accepted, &new), "{new:?} after {accepted:?}");
                    continue;
                }
                Err(error) => return Err(TestCaseError::fail(error.to_string())),
            }
            accepted.push(new);
        }
        for day in 0..CALENDAR {
            for (company, id) in ids.iter().enumerate() {
                let group = group_of(&app, id, &calendar(day).to_string());
                prop_assert_eq!(roles(&group), expected(&accepted, day, company));
            }
        }
        Ok(())
    });
    checked.unwrap();
}

fn expected(accepted: &[Try], day: u64, company: usize) -> Vec<(i64, Place)> {
    let held = accepted.iter().filter(|t| t.holds_on(day) && t.kind.is_control());
    let down: Vec<(usize, usize)> = held.map(|t| (t.parent, t.child)).collect();
    let up: Vec<(usize, usize)> = down.iter().map(|(p, c)| (*c, *p)).collect();
    let both = [down.clone(), up.clone()].concat();
    let (above, below) = (reaches(&up, company), reaches(&down, company));
    let steps = |to: usize| {
        let mut near = BTreeSet::from([company]);
        (0..COMPANIES).find(|_| {
            let is_there = near.contains(&to);
            let next: Vec<usize> =
                both.iter().filter(|(a, _)| near.contains(a)).map(|(_, b)| *b).collect();
            near.extend(next);
            is_there
        })
    };
    let mut members: Vec<(Place, Option<usize>, i64)> =
        vec![(Place::Principal, Some(0), company as i64 + 1)];
    for other in reaches(&both, company).into_iter().filter(|other| *other != company) {
        let place = match (above.contains(&other), below.contains(&other)) {
            (true, _) => Place::Controls,
            (_, true) => Place::ControlledBy,
            _ => Place::Related,
        };
        members.push((place, steps(other), other as i64 + 1));
    }
    members.sort();
    members.into_iter().map(|(place, _, number)| (number, place)).collect()
}

#[test]
fn a_group_of_thousands_is_cut_with_the_nearest_kept_and_says_so() {
    let app = TestApp::new();
    let one = |n: usize| NewSupplier {
        company: SupplierInput { legal_name: format!("Glied {n:04} AG"), ..Default::default() },
        place: PlaceInput { country: "CH".into(), ..Default::default() },
        ..Default::default()
    };
    app.enter_all((0..MEMBERS + 50).map(one).collect());
    let id = |number: usize| app.text(&format!("SELECT id FROM suppliers WHERE number = {number}"));
    let (top, first) = (id(1), id(2));
    let parent = top.clone();
    app.db()
        .write_now(move |c| {
            let children: Vec<String> = suppliers::table
                .filter(suppliers::number.gt(1))
                .order(suppliers::number)
                .select(suppliers::id)
                .load(c)?;
            for child_id in children {
                let link = ControlLink {
                    id: new_id(),
                    parent_id: parent.clone(),
                    child_id,
                    kind: ControlKind::Contract,
                    share: None,
                    evidence: "x".into(),
                    valid_from: day("2020-01-01"),
                    valid_to: day("9999-12-31"),
                    recorded_by: "test".into(),
                    created_at: now(),
                    withdrawn_at: None,
                };
                diesel::insert_into(control_links::table).values(&link).execute(c)?;
            }
            Ok(())
        })
        .unwrap();
    let group = group_of(&app, &first, "2021-01-01");
    assert!(group.is_cut);
    assert_eq!(group.members.len(), MEMBERS);
    assert_eq!(roles(&group)[..2], [(2, Place::Principal), (1, Place::Controls)]);
    let reader = app.staff(Role::Auditor);
    reader.get(&format!("/suppliers/{top}/group")).expect(200).shows("more than 1,000 companies");
}

#[test]
fn a_long_chain_is_one_group_and_its_tree_is_whole() {
    let app = TestApp::new();
    let ids: Vec<String> =
        (0..30).map(|n| app.company(&format!("Kette {n} AG"), "CH").id).collect();
    for pair in ids.windows(2) {
        let (parent, child) = (pair[0].clone(), pair[1].clone());
        let input = LinkInput {
            company: parent,
            direction: "controlled_by".into(),
            control: "management".into(),
            valid_from: "2020-01-01".into(),
            evidence: "x".into(),
            ..Default::default()
        };
        app.db().write_now(move |c| groups::add(c, &command_line(), &child, &input)).unwrap();
    }
    let group = group_of(&app, &ids[29], "2021-01-01");
    assert_eq!(group.members.iter().map(|m| m.steps).max(), Some(29));
    assert!(group.members[1..].iter().all(|m| m.role == Place::Controls));
    let tree = groups::tree(&group);
    assert_eq!(tree.len(), 30);
    assert_eq!(
        tree.iter().filter(|b| b.opens).count(),
        tree.iter().map(|b| b.closes).sum::<usize>()
    );
    // The last of the chain cannot control the first: not even where the whole chain holds a day.
    let input = LinkInput {
        company: ids[29].clone(),
        direction: "controlled_by".into(),
        control: "contract".into(),
        valid_from: "1990-01-01".into(),
        valid_to: "2020-01-02".into(),
        evidence: "x".into(),
        ..Default::default()
    };
    let first = ids[0].clone();
    let refused = app.db().write_now({
        let (first, input) = (first.clone(), input.clone());
        move |c| groups::add(c, &command_line(), &first, &input)
    });
    assert!(matches!(refused, Err(Error::Invalid(_))));
    let before = LinkInput { valid_to: "2020-01-01".into(), ..input };
    let link = app.db().write_now(move |c| groups::add(c, &command_line(), &first, &before));
    let (link, last) = (link.expect("at another time"), ids[29].clone());
    let ended = EndInput { ended_on: "1995-01-01".into(), reason: "x".into() };
    let has_end = app.db().write_now({
        let (id, last) = (link.id.clone(), last.clone());
        move |c| groups::end(c, &command_line(), &last, &id, &ended)
    });
    assert!(matches!(has_end, Err(Error::Conflict(_))), "an end is written once");
    let mistake = MistakeInput { mistake: "x".into() };
    app.db()
        .write_now(move |c| groups::withdraw(c, &command_line(), &last, &link.id, &mistake))
        .unwrap();
}
