//! The visits of the invented register, and what was found at them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::found::Case;
use super::lists::Published;
use super::plans::{Drawn, last_year};
use super::words::{self, pick};
use super::{Rows, Team};
use crate::access::Actor;
use crate::audit;
use crate::db::AnyConnection;
use crate::demo::certification::{day, morning};
use crate::demo::random::Random;
use crate::error::Error;
use crate::inspections::draws::Entry;
use crate::inspections::plans::Plan;
use crate::inspections::visits::{Declaration, ItemResult, New};
use crate::inspections::{Inspection, Kind, Outcome, Severity, Status};
use crate::suppliers::Supplier;
use crate::values::{new_id, now};

/// The states of this year's inspections that are not done: how many of each.
const NOT_DONE: [(Status, usize); 5] = [
    (Status::Planned, 6),
    (Status::Assigned, 6),
    (Status::Scheduled, 15),
    (Status::UnderWay, 4),
    (Status::Cancelled, 3),
];
/// How bad findings are, one after the other.
const SEVERITIES: [Severity; 6] = [
    Severity::Minor,
    Severity::Major,
    Severity::Minor,
    Severity::Critical,
    Severity::Minor,
    Severity::Major,
];
/// How many findings an inspection has, one after the other.
const FOUND: [usize; 7] = [2, 1, 3, 0, 2, 1, 2];

/// The inspections and findings in the making.
pub(super) struct Making<'a> {
    pub team: &'a Team,
    pub list: &'a Published,
    pub rows: Rows,
    companies: HashMap<&'a str, &'a Supplier>,
    /// The company whose owner signs in, and that owner's account: id and name.
    pub first: &'a str,
    pub owner: (String, String),
    /// Findings so far.
    severities: usize,
    /// The newest finding of a company at an item, by both.
    pub earlier: HashMap<(String, String), String>,
    /// The states that findings of a severity have got so far: those that are due, and those that are not.
    pub states: HashMap<(Severity, bool), usize>,
}

/// What a visit is of.
struct Of<'a> {
    company: &'a Supplier,
    plan: Option<&'a Plan>,
    entry: Option<&'a Entry>,
    kind: Kind,
    reason: &'a str,
    made: NaiveDate,
}

impl<'a> Making<'a> {
    pub fn new(
        team: &'a Team,
        list: &'a Published,
        companies: &'a [Supplier],
        (first, owner): (&'a str, (String, String)),
    ) -> Making<'a> {
        Making {
            team,
            list,
            rows: Rows::default(),
            companies: companies.iter().map(|one| (one.id.as_str(), one)).collect(),
            first,
            owner,
            severities: 0,
            earlier: HashMap::new(),
            states: HashMap::new(),
        }
    }

    /// All of last year's plan are done, and their findings closed or withdrawn.
    pub fn of_last_year(&mut self, random: &mut Random, drawn: &Drawn) {
        let (from, to) = last_year();
        let days = (to - from).num_days() as u64;
        let count = drawn.chosen.len().max(1) as u64;
        for (at, entry) in drawn.chosen.iter().enumerate() {
            let visited = from + Days::new(days * at as u64 / count);
            let made = from - Days::new(18);
            if let Some(of) = self.of_entry(drawn, entry, made) {
                let number = FOUND[at % FOUND.len()];
                self.done(random, &of, (visited, number), Case::Over);
            }
        }
    }

    /// Of this year's plan, most are done, and the others are in every state before that.
    pub fn of_this_year(&mut self, random: &mut Random, drawn: &Drawn) {
        // Neighbours by number get different states.
        let mut turned: Vec<&Entry> = drawn.chosen.iter().collect();
        for at in (1..turned.len()).rev() {
            turned.swap(at, random.below(at + 1));
        }
        let states = NOT_DONE.iter().flat_map(|(status, times)| vec![*status; *times]);
        let states: Vec<Status> = states.collect();
        let done = drawn.chosen.len().saturating_sub(states.len()).max(1);
        for (at, entry) in turned.into_iter().enumerate() {
            let Some(of) = self.of_entry(drawn, entry, day(-158)) else { continue };
            match states.get(at) {
                Some(status) => self.not_done(&of, *status, at as i64),
                None => {
                    let place = at - states.len();
                    // The older, the fewer.
                    let ago = 5 + (140 * place * place / (done * done)) as i64;
                    let number = FOUND[place % FOUND.len()];
                    self.done(random, &of, (day(-ago), number), Case::Any);
                }
            }
        }
    }

    /// The company whose owner signs in has one visit to come, and one with a finding that is open and one
    /// that is disputed.
    pub fn of_the_first(&mut self, random: &mut Random) {
        let Some(company) = self.companies.get(self.first).copied() else { return };
        let of = |ago: i64| Of {
            company,
            plan: None,
            entry: None,
            kind: Kind::Project,
            reason: pick(company, words::DELIVERY),
            made: day(-ago),
        };
        self.done(random, &of(34), (day(-20), 2), Case::OpenAndDisputed);
        self.not_done(&of(6), Status::Scheduled, 9);
    }

    fn of_entry<'e>(&self, drawn: &'e Drawn, entry: &'e Entry, made: NaiveDate) -> Option<Of<'e>>
    where
        'a: 'e,
    {
        let company = self.companies.get(entry.supplier_id.as_str()).copied()?;
        let plan = &drawn.plan;
        Some(Of {
            company,
            plan: Some(plan),
            entry: Some(entry),
            kind: plan.kind,
            reason: "",
            made,
        })
    }

    fn row(&self, of: &Of, status: Status) -> Inspection {
        let new = New {
            kind: of.kind,
            reason: of.reason.into(),
            checklist_version_id: self.list.version.id.clone(),
            plan_id: of.plan.map(|plan| plan.id.clone()),
            entry_id: of.entry.map(|entry| entry.id.clone()),
            category_id: of.entry.and_then(|entry| entry.category_id.clone()),
            site_id: Some(of.company.registered_site_id.clone()),
        };
        let number = self.rows.inspections.len() as i64 + 1;
        let planned = new.planned(number, of.company, &self.team.approver, morning(of.made));
        Inspection { status, ..planned }
    }

    /// The same with an inspector, who has no conflict of interest, and a day.
    fn scheduled(&mut self, of: &Of, status: Status, on: NaiveDate) -> (Inspection, &'a Actor) {
        let team = self.team;
        let inspector = &team.inspectors[self.rows.inspections.len() % team.inspectors.len()];
        let row = Inspection {
            inspector_id: Some(inspector.account_id.clone()),
            inspector_name: inspector.name.clone(),
            planned_on: Some(on),
            ..self.row(of, status)
        };
        self.rows.declarations.push(Declaration {
            id: new_id(),
            inspection_id: row.id.clone(),
            account_id: inspector.account_id.clone(),
            account_name: inspector.name.clone(),
            has_conflict: false,
            statement: pick(of.company, words::NO_CONFLICT).into(),
            declared_at: morning(of.made + Days::new(3)),
        });
        (row, inspector)
    }

    fn not_done(&mut self, of: &Of, status: Status, at: i64) {
        let row = match status {
            Status::Assigned => {
                let inspectors = &self.team.inspectors;
                let inspector = &inspectors[self.rows.inspections.len() % inspectors.len()];
                Inspection {
                    inspector_id: Some(inspector.account_id.clone()),
                    inspector_name: inspector.name.clone(),
                    ..self.row(of, status)
                }
            }
            Status::Scheduled => self.scheduled(of, status, day(2 + at * 5 % 80)).0,
            Status::UnderWay => {
                let (mut row, inspector) = self.scheduled(of, status, day(-(at % 3)));
                row.visited_on = row.planned_on;
                row.place = pick(of.company, words::PLACE).into();
                let items = self.list.items.len() / 2;
                self.conforming(of, &row, inspector, items);
                row
            }
            Status::Cancelled => Inspection {
                planned_on: Some(day(-40 + at)),
                ended_at: Some(morning(day(-45))),
                ended_name: self.team.planner.name.clone(),
                ended_reason: pick(of.company, words::CANCELLED).into(),
                ..self.row(of, status)
            },
            _ => self.row(of, status),
        };
        self.rows.inspections.push(row);
    }

    /// Results of the first items, none of which is a finding.
    fn conforming(&mut self, of: &Of, row: &Inspection, inspector: &Actor, items: usize) {
        let list = self.list;
        for (at, item) in list.items.iter().take(items).enumerate() {
            let outcome = match (row.number as usize + at) % 11 {
                3 => Outcome::Observation,
                7 => Outcome::NotApplicable,
                _ => Outcome::Conform,
            };
            let remark = match outcome {
                Outcome::Observation => pick(of.company, words::OBSERVED),
                _ => "",
            };
            self.result(row, inspector, &item.id, (outcome, remark));
        }
    }

    fn result(
        &mut self,
        row: &Inspection,
        inspector: &Actor,
        item: &str,
        (outcome, remark): (Outcome, &str),
    ) {
        self.rows.results.push(ItemResult {
            id: new_id(),
            inspection_id: row.id.clone(),
            item_id: item.into(),
            outcome,
            remark: remark.into(),
            revision: 1,
            recorded_by: inspector.account_id.clone(),
            recorded_name: inspector.name.clone(),
            recorded_at: morning(row.visited_on.unwrap_or_else(|| now().date())),
        });
    }

    fn done(
        &mut self,
        random: &mut Random,
        of: &Of,
        (visited, number): (NaiveDate, usize),
        case: Case,
    ) {
        let (row, inspector) = self.scheduled(of, Status::SignedOff, visited);
        let signed = morning(visited) + chrono::Duration::hours(7);
        let mut row = Inspection {
            visited_on: Some(visited),
            place: pick(of.company, words::PLACE).into(),
            people_met: pick(of.company, words::MET).into(),
            summary: pick(of.company, if number == 0 { words::GOOD } else { words::POOR }).into(),
            signed_off_at: Some(signed),
            signed_off_name: inspector.name.clone(),
            representative_name: pick(of.company, words::REPRESENTATIVE).into(),
            representative_title: pick(of.company, words::TITLE).into(),
            ..row
        };
        let places = self.places(random, of, number);
        self.conforming(of, &row, inspector, self.list.items.len());
        let (list, first_finding) = (self.list, self.rows.findings.len());
        for (nth, place) in places.into_iter().enumerate() {
            let severity = case.severity(nth).unwrap_or_else(|| self.next_severity());
            let remark = pick(of.company, *random.one_of(words::seen(severity)));
            let item = &list.items[place];
            let outcome = match severity {
                Severity::Critical => Outcome::Critical,
                Severity::Major => Outcome::Major,
                Severity::Minor => Outcome::Minor,
            };
            let of_item = self.rows.results.iter_mut().rev();
            let mut of_item = of_item.filter(|one| one.item_id == item.id);
            if let Some(result) = of_item.next() {
                (result.outcome, result.remark) = (outcome, remark.into());
            }
            let finding = self.finding(of.company, &row, inspector, item, (severity, remark));
            self.answer(of.company, finding, case, nth);
        }
        let own = &self.rows.findings[first_finding..];
        if own.iter().all(|one| !one.status.is_open()) {
            row.status = Status::Closed;
            row.ended_at = own.iter().filter_map(|one| one.closed_at).max().or(Some(signed));
            row.ended_name = match own.is_empty() {
                true => inspector.name.clone(),
                false => self.team.verifier.name.clone(),
            };
        }
        self.rows.inspections.push(row);
    }

    /// Places of the items that are not right: that of an earlier finding comes first.
    fn places(&self, random: &mut Random, of: &Of, number: usize) -> Vec<usize> {
        let items = &self.list.items;
        let is_known =
            |code: &str| self.earlier.contains_key(&(of.company.id.clone(), code.to_string()));
        let mut places: Vec<usize> = Vec::new();
        let known = items.iter().position(|item| is_known(&item.code));
        places.extend(known.filter(|_| number > 0));
        while places.len() < number.min(items.len()) {
            let place = random.below(items.len());
            if !places.contains(&place) {
                places.push(place);
            }
        }
        places
    }

    fn next_severity(&mut self) -> Severity {
        self.severities += 1;
        SEVERITIES[(self.severities - 1) % SEVERITIES.len()]
    }

    /// The trail tells of the inspections and of their findings.
    pub fn tell(&self, c: &mut AnyConnection) -> Result<(), Error> {
        for row in &self.rows.inspections {
            let subject = ("supplier", row.supplier_id.as_str());
            let details = json!({ "inspection": row.code(), "kind": row.kind });
            audit::append(c, &self.team.approver, "inspection.planned", subject, details)?;
            let inspector = self.team.inspectors.iter();
            let inspector = inspector.filter(|_| row.status.is_done());
            let mut inspector =
                inspector.filter(|one| Some(&one.account_id) == row.inspector_id.as_ref());
            if let Some(inspector) = inspector.next() {
                let visited = row.visited_on.map(|day| day.to_string());
                let details = json!({ "inspection": row.code(), "visited_on": visited });
                audit::append(c, inspector, "inspection.signed_off", subject, details)?;
            }
        }
        for one in &self.rows.findings {
            let inspector = self.team.inspectors.iter().find(|by| by.account_id == one.raised_by);
            let Some(inspector) = inspector else { continue };
            let details = json!({
                "finding": one.code(),
                "severity": one.severity,
                "due_on": one.due_on.to_string(),
            });
            let subject = ("supplier", one.supplier_id.as_str());
            audit::append(c, inspector, "finding.raised", subject, details)?;
        }
        Ok(())
    }
}
