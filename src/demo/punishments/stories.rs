//! The cases of the invented register, the oldest first: one at least in every state and of every measure.

use super::after;
use super::ballots::{Motion, Went, is_endless};
use super::groups;
use super::making::{Making, Story};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Severity::{self, Critical, Major, Minor};
use crate::punishments::Origin;
use crate::punishments::ballots::{Kind, Outcome};

/// Which way a case goes.
#[derive(Clone, Copy)]
enum Way {
    /// Nobody has told the company yet.
    Proposed,
    /// Served; nobody has said anything.
    Served,
    /// The days to reply and to decide are over.
    Missed,
    /// Served and answered, with what may not wait.
    Answered,
    /// Answered, and the body votes.
    Voting,
    /// In force, for a term in months, decided so many days after the notice.
    InForce(i64),
    /// The same with companies of the group.
    Group(i64),
    Appealed,
    /// The appeal was heard.
    Heard(Outcome),
    Withdrawn,
    Dismissed,
    Released,
    Expired,
    Lifted,
}

/// A case: number of the company, violation, severity, where it comes from, how many days ago it was brought.
type Of = (i64, &'static str, Severity, Origin, i64, Way);

use Origin::{ByHand, Inspection as Visit, ListHit, Report, ScoreCap};
use Way::*;

/// The oldest first.
#[rustfmt::skip]
const CASES: [Of; 25] = [
    (44, "late_delivery", Critical, ByHand, 250, Expired),
    (45, "refuse_inspection", Major, Report, 245, Lifted),
    (43, "labour_rights", Major, Report, 242, Released),
    (30, "collusion", Critical, Report, 230, Group(36)),
    (5, "bribery", Critical, Report, 210, Group(0)),
    (29, "quality", Critical, ScoreCap, 170, InForce(12)),
    (37, "data_breach", Major, Report, 160, Heard(Outcome::Uphold)),
    (34, "safety", Critical, Visit, 150, Group(24)),
    (38, "environment", Critical, Visit, 140, Heard(Outcome::Vary)),
    (28, "child_labour", Critical, Visit, 130, InForce(12)),
    (39, "subcontract", Major, ByHand, 125, Heard(Outcome::Overturn)),
    (41, "quality", Major, Visit, 105, Withdrawn),
    (42, "conflict", Major, Report, 100, Dismissed),
    (25, "conflict", Major, Report, 95, InForce(6)),
    (20, "labour_rights", Critical, Visit, 80, Missed),
    (24, "late_delivery", Major, ByHand, 60, InForce(3)),
    (36, "subcontract", Major, ByHand, 38, Appealed),
    (19, "false_material", Major, ByHand, 34, Voting),
    (16, "late_delivery", Major, ByHand, 20, Proposed),
    (18, "quality", Critical, ScoreCap, 16, Answered),
    (22, "late_delivery", Minor, ByHand, 11, InForce(0)),
    (1, "quality", Major, Visit, 6, Served),
    (32, "money_laundering", Critical, ListHit, 4, Proposed),
    (405, "evasion", Critical, ByHand, 3, Proposed),
    (15, "environment", Major, Visit, 2, Proposed),
];

/// Brings all cases.
pub(super) fn tell(c: &mut AnyConnection, making: &mut Making) -> Result<(), Error> {
    for (company, violation, severity, origin, ago, way) in CASES {
        let mut story = making.propose(c, company, (violation, severity), (origin, ago))?;
        go(c, making, &mut story, way)?;
        making.keep(c, &story)?;
        if story.case.measure.is_some_and(is_endless) {
            groups::eliminate(c, &story)?;
        }
    }
    Ok(())
}

fn go(c: &mut AnyConnection, making: &Making, story: &mut Story, way: Way) -> Result<(), Error> {
    if matches!(way, Proposed) {
        return Ok(());
    }
    let notice = story.standard.notice_days - 1;
    making.serve(c, story, notice)?;
    let replies = (story.standard.reply_days / 2).max(1);
    match way {
        Served => return Ok(()),
        Missed => return making.miss(c, story),
        _ => making.reply(c, story, replies)?,
    }
    // Three days after the reply people begin to vote.
    let votes = replies + 3;
    let shortest = Some(story.standard.term_from);
    match way {
        Proposed | Served | Missed => Ok(()),
        Answered => making.hold(c, story),
        Voting => {
            let on = after(super::making::served_on(&story.case), votes);
            let (kind, outcome) = (Kind::Decision, Outcome::Impose);
            let motion = Motion { kind, outcome, term: shortest, went: Went::Open };
            making.vote(c, story, 1, motion, on)?;
            making.principal(story, on);
            Ok(())
        }
        InForce(months) | Group(months) => {
            let measure = story.standard.measure;
            let term = (!is_endless(measure)).then_some(months);
            let decided = making.impose(c, story, votes, term)?;
            match way {
                Group(_) => groups::fill(c, making, story, decided),
                _ => Ok(()),
            }
        }
        Appealed => {
            making.impose(c, story, votes, shortest)?;
            making.appeal(c, story, 7)
        }
        Heard(outcome) => {
            let longest = story.standard.term_to;
            making.impose(c, story, votes, longest)?;
            making.appeal(c, story, 6)?;
            making.hear(c, story, (outcome, shortest))
        }
        Withdrawn => making.withdraw(c, story),
        Dismissed => making.dismiss(c, story),
        Released => {
            making.impose(c, story, votes, Some(6))?;
            making.end_early(c, story, Kind::Release, 110)
        }
        Lifted => {
            making.impose(c, story, votes, Some(6))?;
            making.end_early(c, story, Kind::Lifting, 70)?;
            making.reenter(c, story)
        }
        Expired => {
            making.impose(c, story, votes, shortest)?;
            making.expire(c, story)
        }
    }
}
