//! What companies of the invented register do about findings, and what staff say to it.

use chrono::{Duration, NaiveDate, NaiveDateTime};

use super::found::{Case, Way, after};
use super::visits::Making;
use super::words::{self, Words, pick};
use crate::access::{Actor, Role};
use crate::demo::certification::morning;
use crate::inspections::Severity;
use crate::inspections::findings::{ActionStatus, CorrectiveAction, Finding, Status, StepKind};
use crate::suppliers::Supplier;
use crate::values::{new_id, now};

/// Days in which findings are answered, decided on and contained, by how many days they have.
struct Days {
    first: u64,
    second: u64,
    third: u64,
}

impl Days {
    /// Thirds of the days that there are: up to the last one, or up to today.
    fn of(finding: &Finding) -> Days {
        let until = finding.due_on.min(now().date());
        let all = (until - finding.raised_on).num_days().unsigned_abs();
        Days { first: all / 3, second: all * 2 / 3, third: all }
    }
}

impl Making<'_> {
    /// Lets a finding go its way, and keeps it.
    pub(super) fn answer(&mut self, company: &Supplier, mut one: Finding, case: Case, nth: usize) {
        let way = self.way(case, nth, &one);
        let days = Days::of(&one);
        let (early, later, last) =
            (after(&one, days.first), after(&one, days.second), after(&one, days.third));
        self.contain(company, &mut one, way);
        match way {
            Way::Open => {}
            Way::Overdue => self.escalate(company, &mut one),
            Way::Answered => self.act(company, &mut one, early, None),
            Way::AnsweredOverdue => {
                self.act(company, &mut one, later, None);
                self.escalate(company, &mut one);
            }
            Way::Returned => {
                self.act(company, &mut one, early, Some((ActionStatus::Returned, later)));
                one.status = Status::Open;
            }
            Way::Disputed => self.dispute(company, &mut one, early),
            Way::Upheld => {
                self.dispute(company, &mut one, early);
                let at = noon(later);
                self.staff_step(company, &one, StepKind::Upheld, words::UPHELD, at);
                one.status = Status::Open;
                if one.severity == Severity::Major {
                    self.put_off(company, &mut one, later);
                }
            }
            Way::Reopened => {
                self.act(company, &mut one, early, Some((ActionStatus::Accepted, early)));
                self.end(company, &mut one, (Status::Closed, early));
                let at = evening(later);
                self.staff_step(company, &one, StepKind::Reopened, words::REOPENED, at);
                (one.status, one.reopened) = (Status::Open, 1);
                // The days count from then.
                let severity = one.severity;
                one.due_on = later + chrono::Days::new(severity.days_to_close());
                one.contain_by =
                    severity.days_to_contain().map(|days| later + chrono::Days::new(days));
                one.contained_at = None;
                (one.closed_at, one.closed_by, one.closed_name) = (None, None, String::new());
            }
            Way::Withdrawn => {
                self.dispute(company, &mut one, early);
                self.end(company, &mut one, (Status::Withdrawn, later));
            }
            Way::Closed => {
                // Some at the second try, some on the last day.
                if one.number % 5 == 2 && later < last && early < later {
                    self.act(company, &mut one, early, Some((ActionStatus::Returned, early)));
                }
                let on = if one.number % 3 == 0 { last } else { later };
                self.act(company, &mut one, later.min(on), Some((ActionStatus::Accepted, on)));
                self.end(company, &mut one, (Status::Closed, on));
            }
            Way::ClosedLate => {
                let late = (one.due_on + chrono::Days::new(6)).min(now().date());
                self.escalate(company, &mut one);
                self.act(company, &mut one, late, Some((ActionStatus::Accepted, late)));
                self.end(company, &mut one, (Status::Closed, late));
            }
        }
        if one.status != Status::Withdrawn {
            let key = (one.supplier_id.clone(), one.item_code.clone());
            self.earlier.insert(key, one.id.clone());
        }
        self.rows.findings.push(one);
    }

    /// Somebody of the company.
    fn somebody(&self, company: &Supplier) -> Actor {
        let (account_id, name) = match company.id == self.first {
            true => self.owner.clone(),
            false => ("invented".into(), pick(company, ("质量经理", "Quality manager")).into()),
        };
        Actor { account_id, name, role: Role::SupplierOwner, ..Actor::command_line() }
    }

    fn staff_step(
        &mut self,
        company: &Supplier,
        one: &Finding,
        kind: StepKind,
        body: Words,
        at: NaiveDateTime,
    ) {
        let team = self.team;
        self.step(one, kind, pick(company, body), &team.verifier, at);
    }

    /// The harm of a critical finding is contained: in its days for most, late for some.
    fn contain(&mut self, company: &Supplier, one: &mut Finding, way: Way) {
        if one.contain_by.is_none() || matches!(way, Way::Open | Way::Overdue) {
            return;
        }
        let is_late = one.number % 4 == 1 && after(one, 9) < now().date();
        let on = after(one, if is_late { 9 } else { 4 });
        let by = self.somebody(company);
        let at = noon(on);
        one.contained_at = Some(at);
        self.step(one, StepKind::Contained, pick(company, words::CONTAINED), &by, at);
    }

    /// The company answers on a day; somebody decides about it on another.
    fn act(
        &mut self,
        company: &Supplier,
        one: &mut Finding,
        on: NaiveDate,
        decided: Option<(ActionStatus, NaiveDate)>,
    ) {
        let by = self.somebody(company);
        let answers = words::ANSWERS;
        let round = 1 + self.rows.actions.iter().filter(|a| a.finding_id == one.id).count();
        let (cause, action, owner) = answers[(one.number as usize + round) % answers.len()];
        let team = self.team;
        let (at, verifier) = (noon(on), &team.verifier);
        let status = decided.map_or(ActionStatus::Submitted, |(status, _)| status);
        let is_returned = status == ActionStatus::Returned;
        let note = match status {
            ActionStatus::Submitted | ActionStatus::TakenBack => "",
            ActionStatus::Accepted => pick(company, words::CLOSED),
            ActionStatus::Returned => pick(company, words::RETURNED),
        };
        self.rows.actions.push(CorrectiveAction {
            id: new_id(),
            finding_id: one.id.clone(),
            round: round as i64,
            root_cause: pick(company, cause).into(),
            action: pick(company, action).into(),
            owner: pick(company, owner).into(),
            done_on: on,
            status,
            answered_by: by.account_id.clone(),
            answered_name: by.name.clone(),
            answered_at: at,
            decided_at: decided.map(|(_, on)| evening(on)),
            decided_by: decided.map(|_| verifier.account_id.clone()),
            decided_name: decided.map(|_| verifier.name.clone()).unwrap_or_default(),
            decision_note: note.into(),
        });
        one.answered_at = Some(at);
        one.status = Status::Answered;
        self.step(one, StepKind::Answered, pick(company, action), &by, at);
        if let Some((_, on)) = decided.filter(|_| is_returned) {
            self.staff_step(company, one, StepKind::Returned, words::RETURNED, evening(on));
        }
    }

    fn dispute(&mut self, company: &Supplier, one: &mut Finding, on: NaiveDate) {
        let by = self.somebody(company);
        let body = words::DISPUTES[one.number as usize % words::DISPUTES.len()];
        one.disputed_at = Some(noon(on));
        one.status = Status::Disputed;
        self.step(one, StepKind::Disputed, pick(company, body), &by, noon(on));
    }

    fn end(&mut self, company: &Supplier, one: &mut Finding, (status, on): (Status, NaiveDate)) {
        let verifier = self.team.verifier.clone();
        let (kind, body) = match status {
            Status::Withdrawn => (StepKind::Withdrawn, words::WITHDRAWN),
            _ => (StepKind::Closed, words::CLOSED),
        };
        one.status = status;
        one.closed_at = Some(evening(on));
        one.closed_by = Some(verifier.account_id.clone());
        one.closed_name = verifier.name;
        self.staff_step(company, one, kind, body, evening(on));
    }

    /// There are two weeks more than at first.
    fn put_off(&mut self, company: &Supplier, one: &mut Finding, on: NaiveDate) {
        let (team, day) = (self.team, one.due_on + chrono::Days::new(14));
        let body = format!("{day}: {}", pick(company, words::PUT_OFF));
        self.step(one, StepKind::Extended, &body, &team.verifier, evening(on));
        one.due_on = day;
    }

    fn escalate(&mut self, company: &Supplier, one: &mut Finding) {
        let at = morning(one.due_on + chrono::Days::new(1)) - Duration::hours(9);
        one.escalations = 1;
        one.escalated_at = Some(at);
        let body = pick(company, words::ESCALATED);
        self.step(one, StepKind::Escalated, body, &Actor::clock(), at);
    }
}

fn noon(day: NaiveDate) -> NaiveDateTime {
    morning(day) + Duration::hours(3)
}

fn evening(day: NaiveDate) -> NaiveDateTime {
    morning(day) + Duration::hours(7)
}
