//! A finding of the invented register, as it was raised, and which way it goes.

use chrono::{Days, NaiveDate};

use super::visits::Making;
use crate::access::Actor;
use crate::demo::certification::morning;
use crate::inspections::checklists::Item;
use crate::inspections::findings::{Finding, Step, StepKind};
use crate::inspections::{Inspection, Severity};
use crate::suppliers::Supplier;
use crate::values::{new_id, now};

/// What may become of the findings of an inspection.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Case {
    /// Whatever their days allow, each in its turn.
    Any,
    /// They are closed, in time or late, or withdrawn.
    Over,
    /// The first is minor and open, the second major and disputed.
    OpenAndDisputed,
}

/// Which way a finding goes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Way {
    Open,
    Answered,
    Disputed,
    /// The dispute was not followed: the company has to answer.
    Upheld,
    /// The answer was not enough: the company has to answer again.
    Returned,
    Closed,
    /// Closed, and it turned out that it was not right.
    Reopened,
    Withdrawn,
    ClosedLate,
    /// Nothing was done, its days are over, and people were told.
    Overdue,
    /// The answer came, nobody has verified it, and its days are over.
    AnsweredOverdue,
}

/// The ways of findings whose last day is to come.
const YOUNG: [Way; 8] = [
    Way::Disputed,
    Way::Open,
    Way::Answered,
    Way::Closed,
    Way::Withdrawn,
    Way::Returned,
    Way::Upheld,
    Way::Reopened,
];
/// The ways of those whose last day is over.
const OLD: [Way; 7] = [
    Way::Closed,
    Way::ClosedLate,
    Way::Overdue,
    Way::Closed,
    Way::Withdrawn,
    Way::Closed,
    Way::AnsweredOverdue,
];
/// The ways of last year's.
const OVER: [Way; 6] =
    [Way::Closed, Way::Closed, Way::ClosedLate, Way::Closed, Way::Withdrawn, Way::Closed];

impl Case {
    /// How bad the findings have to be.
    pub fn severity(self, nth: usize) -> Option<Severity> {
        let of = [Severity::Minor, Severity::Major];
        if self == Case::OpenAndDisputed { of.get(nth).copied() } else { None }
    }
}

impl Making<'_> {
    /// A finding that was just raised; its first step is written down.
    pub(super) fn finding(
        &mut self,
        company: &Supplier,
        row: &Inspection,
        inspector: &Actor,
        item: &Item,
        (severity, statement): (Severity, &str),
    ) -> Finding {
        let visited = row.visited_on.unwrap_or_else(|| now().date());
        let at = morning(visited) + chrono::Duration::hours(7);
        let key = (company.id.clone(), item.code.clone());
        let number = self.rows.findings.len() as i64 + 1;
        let finding = Finding {
            repeats_id: self.earlier.get(&key).cloned(),
            ..Finding::raised(number, row, item, (severity, statement), inspector, at)
        };
        self.step(&finding, StepKind::Raised, statement, inspector, finding.raised_at);
        finding
    }

    /// Writes down a step of a finding.
    pub(super) fn step(
        &mut self,
        finding: &Finding,
        kind: StepKind,
        body: &str,
        by: &Actor,
        at: chrono::NaiveDateTime,
    ) -> String {
        let by_supplier = !by.role.is_staff();
        let step = Step {
            id: new_id(),
            finding_id: finding.id.clone(),
            kind,
            body: body.into(),
            by_supplier,
            actor_id: by.account_id.clone(),
            actor_name: by.name.clone(),
            at,
        };
        let id = step.id.clone();
        self.rows.steps.push(step);
        id
    }

    /// The way of the next finding of a severity.
    pub(super) fn way(&mut self, case: Case, nth: usize, finding: &Finding) -> Way {
        let is_over = finding.due_on < now().date();
        let ways: &[Way] = match case {
            Case::OpenAndDisputed => return if nth == 0 { Way::Open } else { Way::Disputed },
            Case::Over => &OVER,
            Case::Any if is_over => &OLD,
            Case::Any => &YOUNG,
        };
        // Those of last year do not take turns from those of this one.
        if case == Case::Over {
            return ways[self.rows.findings.len() % ways.len()];
        }
        let turn = self.states.entry((finding.severity, is_over)).or_default();
        *turn += 1;
        ways[(*turn - 1) % ways.len()]
    }
}

/// So many days after the visit, but not after today.
pub(super) fn after(finding: &Finding, days: u64) -> NaiveDate {
    (finding.raised_on + Days::new(days)).min(now().date())
}
