//! What the people of a body have voted in the cases of the invented register.

use chrono::{Days, Months, NaiveDate};
use diesel::prelude::*;
use serde_json::json;

use super::making::{Making, Story, step};
use super::words;
use super::{after, afternoon};
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::demo::certification::morning;
use crate::error::Error;
use crate::punishments::ballots::{Ballot, Kind, Outcome, Status as BallotStatus, Vote};
use crate::punishments::body::Body;
use crate::punishments::cases::steps;
use crate::punishments::{Ground, Held, Measure, MemberStatus, Status, StepKind, members};
use crate::schema::{punishment_ballots, punishment_votes};
use crate::values::{forever, new_id};

/// How a ballot went.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Went {
    Carried,
    /// The last one has voted against it.
    Failed,
    /// The last one has not voted yet.
    Open,
}

/// What is voted on: its kind, what is to follow, for how many months.
#[derive(Clone, Copy)]
pub(super) struct Motion {
    pub kind: Kind,
    pub outcome: Outcome,
    pub term: Option<i64>,
    pub went: Went,
}

impl Motion {
    /// One that was carried.
    pub fn carried(kind: Kind, outcome: Outcome, term: Option<i64>) -> Motion {
        Motion { kind, outcome, term, went: Went::Carried }
    }
}

impl Making<'_> {
    /// The people of a body, or those who hear an appeal.
    fn seats(&self, body: Body, kind: Kind) -> Vec<&Actor> {
        let team = self.team;
        match (kind, body.quorum().number) {
            (Kind::Appeal, _) => vec![&team.second_approver, &team.second_legal],
            (_, 2) => vec![&team.approver, &team.legal],
            _ => vec![&team.approver, &team.legal, &team.ethics],
        }
    }

    /// A ballot with its votes, opened on a day and closed two days later.
    pub(super) fn vote(
        &self,
        c: &mut AnyConnection,
        story: &Story,
        number: i64,
        motion: Motion,
        on: NaiveDate,
    ) -> Result<(), Error> {
        let standard = &story.standard;
        let imposes = motion.outcome.imposes();
        let people = self.seats(standard.body, motion.kind);
        let grounds = words::grounds(motion.outcome);
        let tells = motion.outcome == Outcome::Impose && standard.body.tells_board();
        let group_hash = match motion.outcome {
            Outcome::Impose => members::preview(c, &story.case, standard)?.hash,
            _ => String::new(),
        };
        let ballot = Ballot {
            id: new_id(),
            case_id: story.case.id.clone(),
            number,
            kind: motion.kind,
            outcome: motion.outcome,
            measure: imposes.then_some(standard.measure),
            orders: imposes.then_some(standard.orders),
            bars_data: imposes && standard.bars_data,
            term: motion.term.filter(|_| imposes),
            grounds: grounds.into(),
            departure: String::new(),
            board_notice: if tells { words::BOARD.into() } else { String::new() },
            group_hash,
            status: match motion.went {
                Went::Carried => BallotStatus::Carried,
                Went::Failed => BallotStatus::Failed,
                Went::Open => BallotStatus::Open,
            },
            opened_by: people[0].account_id.clone(),
            opened_name: people[0].name.clone(),
            opened_at: morning(on),
            closed_at: (motion.went != Went::Open).then(|| afternoon(after(on, 2))),
        };
        diesel::insert_into(punishment_ballots::table).values(&ballot).execute(c)?;
        let opened = (StepKind::BallotOpened, false);
        step(c, people[0], &story.case, opened, grounds, ballot.opened_at)?;
        for (place, person) in people.iter().enumerate() {
            let is_last = place + 1 == people.len();
            if is_last && motion.went == Went::Open {
                continue;
            }
            let agrees = !(is_last && motion.went == Went::Failed);
            let vote = Vote {
                id: new_id(),
                ballot_id: ballot.id.clone(),
                account_id: person.account_id.clone(),
                account_name: person.name.clone(),
                role: person.role.as_str().into(),
                agrees,
                grounds: match (place, agrees) {
                    (0, _) => grounds.into(),
                    (_, true) => words::AGREED.into(),
                    (_, false) => words::AGAINST.into(),
                },
                at: morning(after(on, place as i64)),
            };
            diesel::insert_into(punishment_votes::table).values(&vote).execute(c)?;
        }
        if motion.went == Went::Failed {
            let failed = (StepKind::BallotFailed, false);
            let at = afternoon(after(on, 2));
            step(c, &self.team.legal, &story.case, failed, words::AGAINST, at)?;
        }
        Ok(())
    }

    /// The company of a case as one that its measure is to hold.
    pub(super) fn principal(&self, story: &mut Story, on: NaiveDate) {
        let supplier_id = story.supplier.id.clone();
        self.member(story, supplier_id, Ground::Principal, (MemberStatus::Included, ""), on);
    }

    /// A company of the group of a case, found on a day.
    pub(super) fn member(
        &self,
        story: &mut Story,
        supplier_id: String,
        ground: Ground,
        (status, reason): (MemberStatus, &str),
        on: NaiveDate,
    ) {
        let is_held = matches!(status, MemberStatus::Included | MemberStatus::Left);
        let is_settled = ground != Ground::Principal && status != MemberStatus::Proposed;
        let (case, by) = (&story.case, &self.team.approver);
        let row = Held {
            id: new_id(),
            case_id: case.id.clone(),
            supplier_id,
            ground,
            status,
            reason: reason.into(),
            from_on: case.from_on.filter(|_| is_held),
            to_on: case.to_on.filter(|_| is_held),
            found_at: morning(on),
            left_at: None,
            settled_at: is_settled.then(|| morning(on)),
            settled_by: is_settled.then(|| by.account_id.clone()),
            settled_name: if is_settled { by.name.clone() } else { String::new() },
        };
        story.members.push(row);
    }

    /// The measure of the standard is imposed some days after the notice, for a term in months: none without an
    /// end. The day of the decision.
    pub(super) fn impose(
        &self,
        c: &mut AnyConnection,
        story: &mut Story,
        days: i64,
        term: Option<i64>,
    ) -> Result<NaiveDate, Error> {
        let on = after(super::making::served_on(&story.case), days);
        self.vote(c, story, 1, Motion::carried(Kind::Decision, Outcome::Impose, term), on)?;
        let decided = after(on, 2);
        let standard = &story.standard;
        let appeal_by = after(decided, standard.appeal_days);
        let case = &mut story.case;
        case.status = Status::InForce;
        case.decided_at = Some(afternoon(decided));
        case.measure = Some(standard.measure);
        case.orders = Some(standard.orders);
        case.bars_data = standard.bars_data;
        case.from_on = Some(decided);
        case.to_on = Some(ends(decided, appeal_by, term));
        case.appeal_by = Some(appeal_by);
        let (by, last) = (&self.team.legal, case.to_on.unwrap_or(decided));
        let at = afternoon(decided);
        step(c, by, case, (StepKind::Decided, true), words::grounds(Outcome::Impose), at)?;
        let details = json!({
            "decided_measure": standard.measure,
            "decided_orders": standard.orders,
            "decided_term": term,
            "holds_from": decided.to_string(),
            "holds_until": last.to_string(),
        });
        steps::log(c, by, "punishment.decided", case, details)?;
        self.principal(story, on);
        Ok(decided)
    }
}

/// The first day on which a measure of a term holds no more.
pub(super) fn ends(from: NaiveDate, appeal_by: NaiveDate, term: Option<i64>) -> NaiveDate {
    match term {
        None => forever().date(),
        Some(0) => appeal_by + Days::new(1),
        Some(months) => from + Months::new(months.unsigned_abs() as u32),
    }
}

/// Whether a measure may be imposed without an end.
pub(super) fn is_endless(measure: Measure) -> bool {
    measure == Measure::Elimination
}
