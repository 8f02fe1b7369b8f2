//! How cases of the invented register ended: taken back, dismissed, appealed, released, run out, lifted.

use serde_json::json;

use super::ballots::{Motion, Went, ends};
use super::making::{Making, Story, served_on, step};
use super::words;
use super::{after, afternoon};
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::demo::certification::morning;
use crate::error::Error;
use crate::punishments::ballots::{Kind, Outcome};
use crate::punishments::cases::{HEAR_DAYS, steps};
use crate::punishments::{MemberStatus, Status, StepKind};

impl Making<'_> {
    /// The case is taken back.
    pub(super) fn withdraw(&self, c: &mut AnyConnection, story: &mut Story) -> Result<(), Error> {
        let (case, by) = (&mut story.case, &self.team.proposer);
        let at = afternoon(after(served_on(case), 9));
        case.status = Status::Withdrawn;
        case.ended_at = Some(at);
        case.ended_reason = words::WITHDRAWN.into();
        step(c, by, case, (StepKind::Withdrawn, true), words::WITHDRAWN, at)?;
        steps::log(c, by, "punishment.withdrawn", case, json!({ "reason": words::WITHDRAWN }))
    }

    /// A first ballot fails, and in the second all agree that nothing follows.
    pub(super) fn dismiss(&self, c: &mut AnyConnection, story: &mut Story) -> Result<(), Error> {
        let on = after(served_on(&story.case), 14);
        let (kind, term) = (Kind::Decision, Some(story.standard.term_from));
        let first = Motion { kind, outcome: Outcome::Impose, term, went: Went::Failed };
        self.vote(c, story, 1, first, on)?;
        let on = after(on, 5);
        self.vote(c, story, 2, Motion::carried(kind, Outcome::Dismiss, None), on)?;
        let (case, by, at) = (&mut story.case, &self.team.legal, afternoon(after(on, 2)));
        let grounds = words::grounds(Outcome::Dismiss);
        case.status = Status::NotImposed;
        case.decided_at = Some(at);
        case.ended_at = Some(at);
        case.ended_reason = grounds.into();
        step(c, by, case, (StepKind::NotImposed, true), grounds, at)?;
        let details = json!({ "ballot": 2, "ballot_grounds": grounds });
        steps::log(c, by, "punishment.not_imposed", case, details)
    }

    /// The company appeals some days after the decision.
    pub(super) fn appeal(
        &self,
        c: &mut AnyConnection,
        story: &mut Story,
        days: i64,
    ) -> Result<(), Error> {
        let by = self.somebody(c, story)?;
        let case = &mut story.case;
        let on = after(case.from_on.unwrap_or(case.deed_on), days);
        case.status = Status::Appealed;
        case.appealed_at = Some(afternoon(on));
        case.hear_by = Some(after(on, HEAR_DAYS as i64));
        step(c, &by, case, (StepKind::Appealed, true), words::APPEAL, afternoon(on))?;
        steps::log(c, &by, "punishment.appealed", case, json!({ "reason": words::APPEAL }))
    }

    /// The appeal is heard ten days later. A changed measure holds for a term in months.
    pub(super) fn hear(
        &self,
        c: &mut AnyConnection,
        story: &mut Story,
        (outcome, term): (Outcome, Option<i64>),
    ) -> Result<(), Error> {
        let appealed = story.case.appealed_at.unwrap_or(story.case.proposed_at).date();
        let on = after(appealed, 10);
        self.vote(c, story, 2, Motion::carried(Kind::Appeal, outcome, term), on)?;
        let (at, by) = (afternoon(after(on, 2)), &self.team.second_legal);
        let (case, grounds) = (&mut story.case, words::grounds(outcome));
        case.status = Status::InForce;
        let (kind, action) = match outcome {
            Outcome::Vary => (StepKind::Varied, "punishment.varied"),
            Outcome::Overturn => (StepKind::Overturned, "punishment.overturned"),
            _ => (StepKind::Upheld, "punishment.upheld"),
        };
        if outcome == Outcome::Vary
            && let (Some(from), Some(appeal_by)) = (case.from_on, case.appeal_by)
        {
            case.to_on = Some(ends(from, appeal_by, term));
        }
        step(c, by, case, (kind, true), grounds, at)?;
        steps::log(c, by, action, case, json!({ "ballot": 2, "ballot_grounds": grounds }))?;
        match outcome {
            Outcome::Overturn => self.end(story, Status::Overturned, at, grounds),
            _ => {
                let last = story.case.to_on;
                for row in &mut story.members {
                    row.to_on = row.from_on.and(last);
                }
            }
        }
        Ok(())
    }

    /// The measure ends by another ballot some days after its beginning: once the company has asked for it, or for
    /// another reason.
    pub(super) fn end_early(
        &self,
        c: &mut AnyConnection,
        story: &mut Story,
        kind: Kind,
        days: i64,
    ) -> Result<(), Error> {
        let on = after(story.case.from_on.unwrap_or(story.case.deed_on), days);
        if kind == Kind::Release {
            let by = self.somebody(c, story)?;
            let asked = (StepKind::ReleaseAsked, true);
            step(c, &by, &story.case, asked, words::ASKED, morning(on))?;
        }
        let on = after(on, 6);
        self.vote(c, story, 2, Motion::carried(kind, Outcome::End, None), on)?;
        let (status, step_kind, action) = match kind {
            Kind::Release => (Status::Released, StepKind::Released, "punishment.released"),
            _ => (Status::Lifted, StepKind::Lifted, "punishment.lifted"),
        };
        let (at, grounds) = (afternoon(after(on, 2)), words::grounds(Outcome::End));
        self.end(story, status, at, grounds);
        let by = &self.team.legal;
        step(c, by, &story.case, (step_kind, true), grounds, at)?;
        let details = json!({ "reason": grounds, "holds_until": at.date().to_string() });
        steps::log(c, by, action, &story.case, details)
    }

    /// The last day of a measure has passed.
    pub(super) fn expire(&self, c: &mut AnyConnection, story: &mut Story) -> Result<(), Error> {
        let last = story.case.to_on.unwrap_or(story.case.deed_on);
        let at = last.and_hms_opt(0, 20, 0).unwrap_or_default();
        self.end(story, Status::Expired, at, "");
        let clock = Actor::clock();
        step(c, &clock, &story.case, (StepKind::Expired, true), "", at)?;
        let details = json!({ "holds_until": last.to_string() });
        steps::log(c, &clock, "punishment.expired", &story.case, details)
    }

    /// The company may come back, three weeks after the end.
    pub(super) fn reenter(&self, c: &mut AnyConnection, story: &Story) -> Result<(), Error> {
        let ended = story.case.ended_at.unwrap_or(story.case.proposed_at).date();
        let (by, at) = (&self.team.approver, morning(after(ended, 21)));
        step(c, by, &story.case, (StepKind::Reentered, false), words::REENTRY, at)?;
        let details = json!({ "reason": words::REENTRY });
        steps::log(c, by, "punishment.reentered", &story.case, details)
    }

    fn end(&self, story: &mut Story, status: Status, at: chrono::NaiveDateTime, reason: &str) {
        let case = &mut story.case;
        case.status = status;
        case.ended_at = Some(at);
        case.ended_reason = reason.into();
        for row in &mut story.members {
            row.to_on = row.to_on.map(|last| last.min(at.date()));
            if matches!(row.status, MemberStatus::Included | MemberStatus::Left) {
                row.status = MemberStatus::Freed;
            }
        }
    }
}
