//! The groups of companies under a measure: whom it holds, who has joined and who has left since, and that who is
//! eliminated is no supplier any more.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::making::{Making, Story, step};
use super::{afternoon, words};
use crate::access::{Actor, command_line};
use crate::db::AnyConnection;
use crate::demo::certification::{day, morning};
use crate::error::Error;
use crate::punishments::{Ground, MemberStatus, StepKind};
use crate::schema::{supplier_versions, suppliers};
use crate::suppliers::groups::{self, LinkInput};
use crate::suppliers::{self as companies, Step};

/// Why the stage of a company changes, as the register writes it.
const ELIMINATED: &str = "Decision of the sanctions committee · 采购制裁委员会的决定";

/// Companies of a group: number of the one that the case is against, of the other, status, why. The last two came
/// and went after the decision.
const MEMBERS: [(i64, i64, MemberStatus, &str); 6] = [
    (5, 112, MemberStatus::Included, words::SAME_MANAGERS),
    (5, 27, MemberStatus::Included, words::PAID_THROUGH),
    (5, 48, MemberStatus::Included, words::SAME_MANAGERS),
    (5, 63, MemberStatus::Exempted, words::HAD_NO_PART),
    (30, 401, MemberStatus::Proposed, ""),
    (34, 402, MemberStatus::Left, words::SAME_MANAGERS),
];
/// Days before today on which one company joined its group, and another left.
const JOINED: i64 = -20;
const LEFT: i64 = -15;

/// Records who came into a group and who went out of one.
pub(super) fn link(c: &mut AnyConnection) -> Result<(), Error> {
    let links = [
        (30, 401, day(JOINED).to_string(), String::new()),
        (34, 402, "2019-04-01".to_string(), day(LEFT).to_string()),
    ];
    for (parent, child, valid_from, valid_to) in links {
        let link = LinkInput {
            company: companies::code_of(child),
            direction: "controls".into(),
            control: "majority".into(),
            share: "60".into(),
            valid_from,
            valid_to,
            evidence: "Register extract (invented) 工商登记摘录（虚构）".into(),
        };
        let id = id_of(c, parent)?;
        groups::add(c, &command_line(), &id, &link)?;
    }
    Ok(())
}

/// The id of the company of a number.
pub(super) fn id_of(c: &mut AnyConnection, number: i64) -> Result<String, Error> {
    Ok(suppliers::table.filter(suppliers::number.eq(number)).select(suppliers::id).first(c)?)
}

/// The other companies of the group of a case that was decided.
pub(super) fn fill(
    c: &mut AnyConnection,
    making: &Making,
    story: &mut Story,
    decided: NaiveDate,
) -> Result<(), Error> {
    let (by, clock) = (&making.team.approver, Actor::clock());
    let of = story.supplier.number;
    for (_, number, status, reason) in MEMBERS.into_iter().filter(|(one, ..)| *one == of) {
        let (id, name): (String, String) = suppliers::table
            .filter(suppliers::number.eq(number))
            .select((suppliers::id, suppliers::legal_name))
            .first(c)?;
        let found = if status == MemberStatus::Proposed { day(JOINED + 1) } else { decided };
        making.member(story, id, Ground::ControlledBy, (status, reason), found);
        let line = format!("{} {name}", companies::code_of(number));
        let (kind, by, body, at) = match status {
            MemberStatus::Proposed => (StepKind::MemberFound, &clock, line, morning(found)),
            MemberStatus::Left => {
                let at = morning(day(LEFT + 1));
                if let Some(row) = story.members.last_mut() {
                    row.left_at = Some(at);
                }
                (StepKind::MemberLeft, &clock, line, at)
            }
            MemberStatus::Exempted => {
                let body = format!("{line}: {reason}");
                (StepKind::MemberExempted, by, body, afternoon(found))
            }
            _ => {
                let body = format!("{line}: {reason}");
                (StepKind::MemberIncluded, by, body, afternoon(found))
            }
        };
        step(c, by, &story.case, (kind, false), &body, at)?;
    }
    Ok(())
}

/// Who is eliminated is no supplier any more, from the day of the decision.
pub(super) fn eliminate(c: &mut AnyConnection, story: &Story) -> Result<(), Error> {
    let held = story.members.iter().filter(|row| row.status == MemberStatus::Included);
    for row in held {
        companies::advance(c, &Actor::clock(), &row.supplier_id, Step::Eliminate, ELIMINATED)?;
        let from = row.from_on.unwrap_or_else(|| day(0));
        date_back(c, &row.supplier_id, afternoon(from))?;
    }
    Ok(())
}

/// Moves the newest change of a company, made just now, to the moment at which it is said to have happened.
fn date_back(c: &mut AnyConnection, id: &str, at: NaiveDateTime) -> Result<(), Error> {
    let begins: Vec<NaiveDateTime> = supplier_versions::table
        .filter(supplier_versions::supplier_id.eq(id))
        .order(supplier_versions::valid_from.desc())
        .limit(2)
        .select(supplier_versions::valid_from)
        .load(c)?;
    if let [newest, before] = begins.as_slice() {
        diesel::update(supplier_versions::table.find((id, before)))
            .set(supplier_versions::valid_to.eq(at))
            .execute(c)?;
        diesel::update(supplier_versions::table.find((id, newest)))
            .set(supplier_versions::valid_from.eq(at))
            .execute(c)?;
    }
    Ok(())
}
